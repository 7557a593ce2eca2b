# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Server::Galera: a node of a cluster of MariaDB servers that all take
# writes.
#
#     my ($one, $two) = Limbeck::Server::Galera->cluster(2);
#
# Each is a server like any other: a database is made on one of them,
# Limbeck::Database->create('mysql', $one), and is on all.

package Limbeck::Server::Galera;

use strict;
use warnings;
use parent 'Limbeck::Server::MySQL';

use IPC::Run ();

sub prefix { return 'galera' }

# Started by root, rsync writes as nobody, and may not.
sub account
{
    return if $>;
    for my $name (qw(mysql nobody)) {
        my (undef, undef, $uid, $gid) = getpwnam $name;
        return ($uid, $gid) if $uid;
    }
    die "as root, a node needs an account named mysql or nobody\n";
}

sub common
{
    my ($self) = @_;
    return grep { $_ ne '--user=root' } $self->SUPER::common;
}

sub provider
{
    my ($found) = grep { -e } map { "$_/libgalera_smm.so" } '/usr/lib/galera', '/usr/lib64/galera-4',
        '/usr/lib/galera-4', '/usr/lib64/galera';
    return $found;
}

# It is always one's own.
sub from_environment { return undef }

sub missing
{
    my ($class) = @_;
    return $class->SUPER::missing // (provider() ? undef
        : 'no libgalera_smm.so here (Debian: apt-get install galera-4)');
}

# The first one is set up, and the others begin as copies of it, so that none has to
# ask another for what it has.
sub cluster
{
    my ($class, $count) = @_;
    my $first = $class->new(first => 1)->start;
    $first->stop;
    my @nodes = ($first, map { $class->new(seed => $first) } 2 .. $count);
    $_->copy_seed for @nodes[1 .. $#nodes];
    $first->start;
    for my $node (@nodes[1 .. $#nodes]) {
        $node->{beside} = $first;
        $node->start;
    }
    return @nodes;
}

sub copy_seed
{
    my ($self) = @_;
    system('cp', '-a', "$self->{seed}{dir}/data", "$self->{dir}/data") == 0
        or die "copying a node's data failed\n";
    $self->{initialized} = 1;
}

sub command
{
    my ($self) = @_;
    $self->{gcomm_port} //= Limbeck::Server::free_port();
    $self->{ist_port} //= Limbeck::Server::free_port();
    $self->{sst_port} //= Limbeck::Server::free_port();
    my $address = $self->{beside} ? "127.0.0.1:$self->{beside}{gcomm_port}" : '';
    my @command = $self->SUPER::command;
    push @command, '--wsrep-on=ON', '--wsrep-provider=' . provider(),
        "--wsrep-cluster-address=gcomm://$address", '--wsrep-cluster-name=limbeck',
        '--wsrep-node-address=127.0.0.1', "--wsrep-sst-receive-address=127.0.0.1:$self->{sst_port}", "--wsrep-node-name=node$self->{port}",
        "--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:$self->{gcomm_port};"
        . "ist.recv_addr=127.0.0.1:$self->{ist_port};gcache.size=16M;pc.recovery=no",
        '--binlog-format=ROW', '--innodb-autoinc-lock-mode=2', '--default-storage-engine=InnoDB';
    push @command, '--wsrep-new-cluster' unless $self->{beside};
    return @command;
}

# It is a node when it takes statements.
sub ready
{
    my ($self) = @_;
    return 0 unless $self->SUPER::ready;
    my @command = ($self->client, '--no-defaults', '-uroot', '-S', $self->socket_path, '-BN', '-e',
        "SHOW STATUS LIKE 'wsrep_ready'");
    my $out = '';
    return IPC::Run::run(\@command, '>', \$out, '2>', \my $error) && $out =~ /\bON\b/ ? 1 : 0;
}

1;
