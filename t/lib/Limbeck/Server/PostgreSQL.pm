# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Server::PostgreSQL: a private PostgreSQL.
#
# Its socket lies in the server's folder, which only its owner and root can
# enter, and lets in without a password. Over TCP the user must give one, so
# that every test also shows that passwords stay secret.

package Limbeck::Server::PostgreSQL;

use strict;
use warnings;
use parent 'Limbeck::Server';

sub engine       { return 'postgresql' }
sub prefix       { return 'pg' }
sub clean_signal { return 'INT' }     # "fast": open sessions are ended
sub fast_signal  { return 'QUIT' }    # "immediate": nothing is written back

sub missing
{
    return undef if program('initdb') && program('postgres');
    return 'no PostgreSQL server here: neither pg_config, /usr/lib/postgresql nor PATH leads to '
        . 'initdb and postgres (Debian: apt-get install postgresql)';
}

sub program
{
    my ($name) = @_;
    my @folders = glob '/usr/lib/postgresql/*/bin';
    @folders = sort { version_in($b) <=> version_in($a) } @folders;
    chomp(my $bindir = `pg_config --bindir 2>/dev/null` // '');
    unshift @folders, $bindir if length $bindir;
    return Limbeck::Server::find_program([$name], @folders);
}

sub version_in
{
    return $_[0] =~ m{/(\d+(?:\.\d+)?)/bin} ? $1 : 0;
}

# The server refuses to run as root.
sub account
{
    return if $>;
    for my $name (qw(postgres nobody)) {
        my (undef, undef, $uid, $gid) = getpwnam $name;
        return ($uid, $gid) if $uid;
    }
    die "as root, PostgreSQL needs an account named postgres or nobody\n";
}

sub socket_path
{
    my ($self) = @_;
    return "$self->{dir}/.s.PGSQL.$self->{port}";
}

sub initialize
{
    my ($self) = @_;
    my $password = "$self->{dir}/password";
    Limbeck::Server::spew($password, $self->PASSWORD . "\n");
    chmod 0644, $password;
    my @command = (
        program('initdb'), '--no-sync', '-D', "$self->{dir}/data", '-E', 'UTF8',
        '-U', $self->USER, "--pwfile=$password",
        '--auth-local=trust', '--auth-host=scram-sha-256',
    );
    return if $self->run_tool(@command, '--locale=C.UTF-8');
    return if $self->run_tool(@command, '--no-locale');
    die "initdb failed:\n" . $self->log_tail . "\n";
}

sub command
{
    my ($self) = @_;
    my $write = $self->{durable} ? 'on' : 'off';
    my %setting = (
        fsync                => $write,
        synchronous_commit   => $write,
        full_page_writes     => $write,
        shared_buffers       => '16MB',
        max_connections      => 60,
        wal_level            => 'minimal',
        max_wal_senders      => 0,
        log_line_prefix      => '%m [%p] %q%d %a ',
        log_lock_waits       => 'on',
        logging_collector    => 'off',
        timezone             => 'UTC',
        %{ $self->{settings} },
    );
    return (
        program('postgres'), '-D', "$self->{dir}/data", '-k', $self->{dir},
        '-h', '127.0.0.1', '-p', $self->{port},
        map { ('-c', "$_=$setting{$_}") } sort keys %setting,
    );
}

# As pg_ctl does: line 8 of postmaster.pid says when connections are welcome.
# Line 1 must be this server's, for a killed one leaves its file behind.
sub ready
{
    my ($self) = @_;
    my @line = split /\n/, Limbeck::Server::slurp("$self->{dir}/data/postmaster.pid") // '';
    return @line > 7 && $line[0] == $self->{pid} && $line[7] =~ /^ready/;
}

sub prepare { return }

# The sessions of a killed server go on for a moment, and while they do, the
# next server refuses to start.
sub after_end
{
    my ($self, $signal) = @_;
    return if $signal ne 'KILL';
    my $segment = Limbeck::Server::shared_memory($self->{dir}) // return;
    for (1 .. 200) {
        # shm_nattch is zero when the last of them is gone.
        last if attached_to($segment) == 0;
        Time::HiRes::sleep(0.05);
    }
}

sub attached_to
{
    my ($segment) = @_;
    open my $fh, '<', '/proc/sysvipc/shm' or return 0;
    while (<$fh>) {
        my @field = split;
        return $field[6] if $field[1] eq $segment;
    }
    return 0;
}

# How a test that the keeper starts finds this server.
sub environment
{
    my ($self) = @_;
    return (
        LIMBECK_TEST_PGHOST => $self->{dir},
        LIMBECK_TEST_PGPORT => $self->{port},
        LIMBECK_TEST_PGLOG  => $self->{log},
    );
}

sub from_environment
{
    my ($class) = @_;
    return undef unless $ENV{LIMBECK_TEST_PGHOST} && $ENV{LIMBECK_TEST_PGPORT};
    return bless {
        attached => 1,
        owner    => 0,
        dir      => $ENV{LIMBECK_TEST_PGHOST},
        port     => $ENV{LIMBECK_TEST_PGPORT},
        log      => $ENV{LIMBECK_TEST_PGLOG} // "$ENV{LIMBECK_TEST_PGHOST}/server.log",
    }, $class;
}

1;
