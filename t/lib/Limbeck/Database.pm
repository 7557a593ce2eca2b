# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Database: an empty database for one test, on any engine.
#
# Tests look into it through the engine's own client (sqlite3, psql, mariadb),
# never through the code under test.

package Limbeck::Database;

use strict;
use warnings;

use File::Temp ();
use IPC::Run ();
use Limbeck::Server;

my $count = 0;
my @open;

# An empty database on the server that all tests share, or on one's own:
# Limbeck::Database->create('postgresql', $server).
sub create
{
    my (undef, $engine, $server) = @_;
    my $package = {
        sqlite     => 'Limbeck::Database::SQLite',
        postgresql => 'Limbeck::Database::PostgreSQL',
        mysql      => 'Limbeck::Database::MySQL',
    }->{$engine} or die "no such engine: $engine\n";
    my $self = bless {
        engine => $engine,
        server => $server // Limbeck::Server->shared($engine),
        name   => sprintf('lt_%d_%d', $$, ++$count),
        owner  => $$,
    }, $package;
    $self->make;
    push @open, $self;
    return $self;
}

# Why this engine cannot be tested here, or undef.
sub why_not
{
    my (undef, $engine) = @_;
    return Limbeck::Server->why_missing($engine) if $engine ne 'sqlite';
    return undef if Limbeck::Server::find_program(['sqlite3']);
    return 'no sqlite3 command here (Debian: apt-get install sqlite3)';
}

sub engine { return $_[0]{engine} }
sub name   { return $_[0]{name} }
sub server { return $_[0]{server} }

# The address that tests use; over TCP and with a password where there are any.
sub url { return $_[0]{url} }

# The address without a password: a Unix socket where there is one.
sub socket_url { return $_[0]{socket_url} // $_[0]{url} }

# The address of a further empty database of the same engine.
sub fresh_url
{
    my ($self) = @_;
    return $self->fresh->url;
}

sub fresh
{
    my ($self) = @_;
    return Limbeck::Database->create($self->{engine}, $self->{server});
}

# The rows as an array of arrays; NULL is undef. Dies with the client's words.
# Of several statements all rows come, one after the other.
sub query
{
    my ($self, $sql) = @_;
    return $self->rows_of($self->client($sql));
}

# The first field of the first row.
sub value
{
    my ($self, $sql) = @_;
    my $rows = $self->query($sql);
    return @$rows ? $rows->[0][0] : undef;
}

sub do
{
    my ($self, $sql) = @_;
    $self->client($sql);
    return $self;
}

# Names of all tables, sorted; those outside the default schema as schema.name.
sub tables
{
    my ($self) = @_;
    return sort map { $_->[0] } @{ $self->query($self->tables_query) };
}

# The same without limbeck's own.
sub user_tables
{
    my ($self) = @_;
    return grep { !/^limbeck_/ } $self->tables;
}

# What the version table holds, sorted; nothing when there is no such table.
sub versions
{
    my ($self, $table) = @_;
    $table //= 'limbeck_version';
    return () unless grep { $_ eq $table } $self->tables;
    return sort map { $_->[0] } @{ $self->query("SELECT version_num FROM $table") };
}

# Runs SQL through the raw client and returns what it printed.
sub client
{
    my ($self, $sql) = @_;
    my ($out, $error) = ('', '');
    my @command = $self->command;
    return $out if IPC::Run::run(\@command, '<', \$sql, '>', \$out, '2>', \$error);
    chomp $error;
    $sql = substr($sql, 0, 500) . '...' if length $sql > 500;
    die "$self->{engine}: $error\nin: $sql\n";
}

# psql and sqlite3 print control characters after fields and rows, which no test
# has in its data, so that values may contain anything else.
use constant { FIELD => "\x1f", ROW => "\x1e", NULL => "\x1d" };

sub row_end { return ROW }

sub rows_of
{
    my ($self, $text) = @_;
    my $end = $self->row_end;
    my @rows = split /$end/, $text, -1;
    # After the last end there is nothing.
    pop @rows;
    return [map { fields_of($_) } @rows];
}

# A row of one empty text has no separator, and split would make nothing of it.
sub fields_of
{
    my ($row) = @_;
    my @fields = length $row ? split(FIELD, $row, -1) : '';
    return [map { $_ eq NULL ? undef : $_ } @fields];
}

# Removes it; the server is shared, and a run makes a thousand of them.
sub drop
{
    my ($self) = @_;
    return if $self->{dropped}++ || $self->{owner} != $$;
    eval { $self->remove };
    @open = grep { $_ != $self } @open;
}

# Drops what was created since: for_each_engine calls this after each block.
sub drop_since
{
    my (undef, $mark) = @_;
    # A copy, for each drop shortens the list.
    my @late = reverse @open[$mark .. $#open];
    $_->drop for @late;
}

sub mark { return scalar @open }

END {
    my $status = $?;
    # A server of one's own goes away with all that it holds.
    my @late = grep { $_->{server} && $_->{server}{attached} } reverse @open;
    $_->drop for @late;
    $? = $status;
}

# ---------------------------------------------------------------------------
package Limbeck::Database::SQLite;
our @ISA = ('Limbeck::Database');

sub make
{
    my ($self) = @_;
    $self->{dir} = File::Temp->newdir('limbeck-sqlite-XXXXXX', TMPDIR => 1);
    $self->{path} = "$self->{dir}/$self->{name}.db";
    $self->{url} = "sqlite:///$self->{path}";
}

sub path { return $_[0]{path} }

sub command
{
    my ($self) = @_;
    return ('sqlite3', '-batch', '-bail', '-cmd', '.timeout 10000', '-noheader', '-ascii',
        '-nullvalue', Limbeck::Database::NULL, $self->{path});
}

sub tables_query
{
    return q{SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'};
}

sub remove { delete $_[0]{dir} }

# ---------------------------------------------------------------------------
package Limbeck::Database::PostgreSQL;
our @ISA = ('Limbeck::Database');

sub make
{
    my ($self) = @_;
    my ($user, $password) = (Limbeck::Server->USER, Limbeck::Server->PASSWORD);
    my ($host, $port) = ($self->{server}->dir, $self->{server}->port);
    $self->admin("CREATE DATABASE $self->{name}");
    $self->{url} = "postgresql://$user:$password\@127.0.0.1:$port/$self->{name}";
    $self->{socket_url} = "postgresql://$user@/$self->{name}?host=$host&port=$port";
}

sub command
{
    my ($self) = @_;
    # Not -c, which would put all statements in one transaction.
    return ('psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-0', '-F', Limbeck::Database::FIELD, '-P', 'null=' . Limbeck::Database::NULL,
        '-h', $self->{server}->dir, '-p', $self->{server}->port,
        '-U', Limbeck::Server->USER, '-d', $self->{admin} // $self->{name}, '-f', '-');
}

sub admin
{
    my ($self, $sql) = @_;
    local $self->{admin} = 'postgres';
    return $self->client($sql);
}

# psql puts another separator than a zero byte only between the rows of one
# result, so that several results could not be told apart.
sub row_end { return "\0" }

sub tables_query
{
    return q{SELECT CASE schemaname WHEN 'public' THEN '' ELSE schemaname || '.' END || tablename
        FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')};
}

# WITH (FORCE) came with PostgreSQL 13.
sub remove
{
    my ($self) = @_;
    eval { $self->admin("DROP DATABASE $self->{name} WITH (FORCE)"); 1 }
        or $self->admin("DROP DATABASE $self->{name}");
}

# ---------------------------------------------------------------------------
package Limbeck::Database::MySQL;
our @ISA = ('Limbeck::Database');

sub make
{
    my ($self) = @_;
    my ($user, $password) = (Limbeck::Server->USER, Limbeck::Server->PASSWORD);
    my $port = $self->{server}->port;
    my $socket = $self->{server}->socket_path;
    $self->admin("CREATE DATABASE $self->{name}");
    $self->{url} = "mysql://$user:$password\@127.0.0.1:$port/$self->{name}";
    $self->{socket_url} = "mysql://root\@localhost/$self->{name}?socket=$socket";
}

# XML, for the plain output does not tell NULL from 'NULL'.
sub command
{
    my ($self) = @_;
    require Limbeck::Server::MySQL;
    return (Limbeck::Server::MySQL::client(), '--no-defaults', '--xml',
        '--default-character-set=utf8mb4', '-uroot', '-S', $self->{server}->socket_path,
        $self->{admin} // $self->{name});
}

sub admin
{
    my ($self, $sql) = @_;
    local $self->{admin} = 'mysql';
    return $self->client($sql);
}

sub rows_of
{
    my ($self, $text) = @_;
    my @rows;
    while ($text =~ m{<row>(.*?)</row>}gs) {
        my $row = $1;
        my @fields;
        while ($row =~ m{<field name="[^"]*"(?:( xsi:nil="true")\s*/>|>(.*?)</field>)}gs) {
            push @fields, defined $1 ? undef : plain($2);
        }
        push @rows, \@fields;
    }
    return \@rows;
}

sub plain
{
    my ($text) = @_;
    my %char = (lt => '<', gt => '>', quot => '"', amp => '&');
    $text =~ s/&(lt|gt|quot|amp);/$char{$1}/g;
    return $text;
}

sub tables_query
{
    return q{SELECT table_name FROM information_schema.tables
        WHERE table_schema = database() AND table_type = 'BASE TABLE'};
}

sub remove
{
    my ($self) = @_;
    $self->admin("DROP DATABASE $self->{name}");
}

1;
