# SPDX-License-Identifier: BSD-2-Clause
#
# Bench::Engine: a durable server of our own for one engine, and how limbeck and
# the engine's own client are told to use it.

package Bench::Engine;

use strict;
use warnings;

use Limbeck::Database;
use Limbeck::Server;

# What the server is given besides "durable". The background work that an idle
# server does by itself is kept out of the measurement.
my %settings = (
    postgresql => {
        'autovacuum'         => 'off',
        'checkpoint_timeout' => '1h',
        'max_wal_size'       => '2GB',
        'shared_buffers'     => '128MB',
        # pg_dump locks each table.
        'max_locks_per_transaction' => '256',
    },
    mysql => {
        'innodb-buffer-pool-size'    => '128M',
        'loose-innodb-log-file-size' => '96M',
        'log-output'                 => 'TABLE',
    },
);

my %engines;

# Why there is nothing to measure with, or undef.
sub why_not
{
    my ($name, $build) = @_;
    my %client = (sqlite => ['sqlite3'], postgresql => ['psql'], mysql => ['mariadb', 'mysql']);
    return "the $name driver was not built" unless -e "$build/drivers/.libs/$name.so";
    return "there is no $client{$name}[0] command"
        unless Limbeck::Server::find_program($client{$name});
    return Limbeck::Database->why_not($name);
}

# The engine of this name; its server is started the first time.
sub get
{
    my ($class, $name) = @_;
    return $engines{$name} //= bless {
        name   => $name,
        server => $name eq 'sqlite' ? undef
            : Limbeck::Server->private($name, durable => 1, settings => $settings{$name}),
    }, $class;
}

sub name { return $_[0]{name} }
sub port { return $_[0]{server}->port }

# Whether its DDL commits by itself.
sub ddl_commits { return $_[0]{name} eq 'mysql' }

sub client_name
{
    my ($self) = @_;
    return { sqlite => 'sqlite3', postgresql => 'psql', mysql => 'mariadb' }->{ $self->{name} };
}

sub fresh
{
    my ($self) = @_;
    return Limbeck::Database->create($self->{name}, $self->{server});
}

sub dump_name
{
    my ($self) = @_;
    return { sqlite => '.schema', postgresql => 'pg_dump', mysql => 'mariadb-dump' }->{ $self->{name} };
}

# A run of what prints the schema of a database.
sub dump_run
{
    my ($self, $db) = @_;
    return (command => ['sqlite3', '-batch', $db->path, '.schema']) if $self->{name} eq 'sqlite';
    return (command => ['pg_dump', '--schema-only', $self->url($db)])
        if $self->{name} eq 'postgresql';
    my $program = Limbeck::Server::find_program(['mariadb-dump', 'mysqldump'])
        or die "there is no mariadb-dump command\n";
    return (command => [$program, '--no-defaults', '-uroot', '-S', $self->{server}->socket_path,
        '--no-data', '--skip-lock-tables', '--single-transaction', $db->name]);
}

# The address of a database, over TCP and another port if one is given.
sub url
{
    my ($self, $db, $port) = @_;
    return $db->socket_url unless $port;
    my ($url, $own) = ($db->url, $self->port);
    $url =~ s/:$own\//:$port\//;
    return $url;
}

# The client's run of a script, as measure wants it.
sub client_run
{
    my ($self, $db, $script, $port) = @_;
    return { command => ['sqlite3', '-batch', '-bail', $db->path], input => $script }
        if $self->{name} eq 'sqlite';
    my @psql = qw(psql -X -q -v ON_ERROR_STOP=1 -f);
    return { command => [@psql, $script, $self->url($db, $port)] }
        if $self->{name} eq 'postgresql';
    return $self->mysql_run($db, $script, $port);
}

sub mysql_run
{
    my ($self, $db, $script, $port) = @_;
    my @address = $port
        ? ('--protocol=tcp', '-h', '127.0.0.1', '-P', $port, '-u', Limbeck::Server->USER)
        : ('-uroot', '-S', $self->{server}->socket_path);
    return {
        command => [Limbeck::Server::MySQL::client(), '--no-defaults', @address, $db->name],
        input   => $script,
        env     => $port ? { MYSQL_PWD => Limbeck::Server->PASSWORD } : {},
    };
}

# Runs the function and returns the statements that the server was sent
# meanwhile, as a script. Only for engines that write such a log (MySQL).
sub recorded
{
    my ($self, $db, $function) = @_;
    $db->admin('TRUNCATE TABLE mysql.general_log; SET GLOBAL general_log = ON');
    $function->();
    $db->admin('SET GLOBAL general_log = OFF');
    my $rows = $db->query(q{SELECT argument FROM mysql.general_log
        WHERE command_type = 'Query' ORDER BY event_time});
    my @statements = grep { !/general_log/ } map { $_->[0] } @$rows;
    # What comes before the first table only asks, and finds nothing.
    shift @statements while @statements && $statements[0] !~ /^CREATE TABLE/;
    # They are replayed in another database than the one they name.
    s/`lt_\w+`\.//g for @statements;
    return join '', map { "$_;\n" } @statements;
}

1;
