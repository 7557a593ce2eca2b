# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Server::MySQL: a private MariaDB or MySQL, whichever is installed.
#
# root comes in through the socket without a password; the socket lies in a
# folder that only its owner can enter. The user of the tests has a password.

package Limbeck::Server::MySQL;

use strict;
use warnings;
use parent 'Limbeck::Server';

use IO::Socket::UNIX;
use IPC::Run ();

sub engine       { return 'mysql' }
sub prefix       { return 'my' }
sub clean_signal { return 'TERM' }
sub fast_signal  { return 'KILL' }    # nothing but its folder is left behind

sub missing
{
    return 'no MariaDB or MySQL server here: PATH and /usr/sbin have neither mariadbd nor mysqld '
        . '(Debian: apt-get install mariadb-server)' unless server();
    return 'no mariadb or mysql command here (Debian: apt-get install mariadb-client)'
        unless client();
    return undef;
}

sub server { return Limbeck::Server::find_program(['mariadbd', 'mysqld']) }
sub client { return Limbeck::Server::find_program(['mariadb', 'mysql']) }

sub socket_path
{
    my ($self) = @_;
    return "$self->{dir}/mysql.sock";
}

# What is the same for setting up and for running. --no-defaults must be first.
sub common
{
    my ($self) = @_;
    my @common = ('--no-defaults', "--datadir=$self->{dir}/data", "--tmpdir=$self->{dir}");
    # It runs as root only when told so.
    push @common, '--user=root' unless $>;
    return @common;
}

sub small
{
    my ($self) = @_;
    return qw(--innodb-buffer-pool-size=24M --loose-innodb-log-file-size=8M
        --loose-performance-schema=OFF);
}

sub initialize
{
    my ($self) = @_;
    my $installer = Limbeck::Server::find_program(['mariadb-install-db', 'mysql_install_db']);
    my $done;
    if ($installer) {
        $done = $self->run_tool($installer, $self->common, '--skip-test-db',
            '--auth-root-authentication-method=normal', $self->small,
            '--innodb-flush-log-at-trx-commit=0', '--loose-innodb-doublewrite=0');
    } else {
        $done = $self->run_tool(server(), $self->common, '--initialize-insecure', $self->small);
    }
    die "setting up a MySQL data folder failed:\n" . $self->log_tail . "\n" unless $done;
}

sub command
{
    my ($self) = @_;
    my %setting = (
        'innodb-flush-log-at-trx-commit' => $self->{durable} ? 1 : 0,
        'loose-innodb-doublewrite'       => $self->{durable} ? 1 : 0,
        'character-set-server'           => 'utf8mb4',
        'default-time-zone'              => '+00:00',
        'max-connections'                => 60,
        %{ $self->{settings} },
    );
    return (
        server(), $self->common, $self->small,
        "--socket=" . $self->socket_path, "--port=$self->{port}", '--bind-address=127.0.0.1',
        "--pid-file=$self->{dir}/mysqld.pid", '--skip-name-resolve', '--skip-log-bin',
        '--loose-mysqlx=0', '--loose-skip-feedback',
        map { "--$_=$setting{$_}" } sort keys %setting,
    );
}

sub ready
{
    my ($self) = @_;
    return -S $self->socket_path && IO::Socket::UNIX->new(Peer => $self->socket_path) ? 1 : 0;
}

sub prepare
{
    my ($self) = @_;
    my ($user, $password) = ($self->USER, $self->PASSWORD);
    my $sql = '';
    # Both: with anonymous accounts about, '%' alone does not cover localhost.
    for my $host ('%', 'localhost') {
        $sql .= "CREATE USER '$user'\@'$host' IDENTIFIED BY '$password';\n"
            . "GRANT ALL ON *.* TO '$user'\@'$host' WITH GRANT OPTION;\n";
    }
    my $error = '';
    my @command = (client(), '--no-defaults', '-uroot', '-S', $self->socket_path);
    IPC::Run::run(\@command, '<', \$sql, '>', \my $out, '2>', \$error)
        or die "creating the tests' user failed: $error\n";
}

sub after_end
{
    my ($self) = @_;
    # A killed server's socket would refuse connections; none at all is clearer.
    unlink $self->socket_path;
}

# How a test that the keeper starts finds this server.
sub environment
{
    my ($self) = @_;
    return (
        LIMBECK_TEST_MYSQL_SOCKET => $self->socket_path,
        LIMBECK_TEST_MYSQL_PORT   => $self->{port},
        LIMBECK_TEST_MYSQL_LOG    => $self->{log},
    );
}

sub from_environment
{
    my ($class) = @_;
    my ($socket, $port) = @ENV{qw(LIMBECK_TEST_MYSQL_SOCKET LIMBECK_TEST_MYSQL_PORT)};
    return undef unless $socket && $port;
    my ($dir) = $socket =~ m{^(.*)/mysql\.sock\z}
        or die "LIMBECK_TEST_MYSQL_SOCKET must end in /mysql.sock\n";
    return bless {
        attached => 1,
        owner    => 0,
        dir      => $dir,
        port     => $port,
        log      => $ENV{LIMBECK_TEST_MYSQL_LOG} // "$dir/server.log",
    }, $class;
}

1;
