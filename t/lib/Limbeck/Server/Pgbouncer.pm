# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Server::Pgbouncer: a pooler in front of a PostgreSQL server.
#
#     my $pooler = Limbeck::Server->private('pgbouncer', behind => $db->server,
#         settings => { default_pool_size => 4 });
#     $pooler->url($db);     # leads to the same database through the pooler
#
# It pools transactions, unless the settings say something else.

package Limbeck::Server::Pgbouncer;

use strict;
use warnings;
use parent 'Limbeck::Server';

use IO::Socket::INET;

sub engine       { return 'pgbouncer' }
sub prefix       { return 'pool' }
sub clean_signal { return 'INT' }
sub fast_signal  { return 'KILL' }

# It is always one's own.
sub from_environment { return undef }

sub missing
{
    return undef if program();
    return 'no pgbouncer here: PATH and /usr/sbin do not have it (Debian: apt-get install pgbouncer)';
}

sub program { return Limbeck::Server::find_program(['pgbouncer']) }

# As root it refuses to run.
sub account
{
    require Limbeck::Server::PostgreSQL;
    return Limbeck::Server::PostgreSQL->account;
}

sub socket_path
{
    my ($self) = @_;
    return "$self->{dir}/none";
}

sub initialize { return }
sub prepare    { return }

# The ini has the port, which a second try to start may change.
sub command
{
    my ($self) = @_;
    my %setting = (
        listen_addr       => '127.0.0.1',
        listen_port       => $self->{port},
        unix_socket_dir   => '',
        auth_type         => 'scram-sha-256',
        auth_file         => "$self->{dir}/users",
        pool_mode         => 'transaction',
        default_pool_size => 8,
        max_client_conn   => 200,
        %{ $self->{settings} },
    );
    my ($user, $password) = ($self->USER, $self->PASSWORD);
    my ($host, $port) = ($self->{behind}->dir, $self->{behind}->port);
    Limbeck::Server::spew("$self->{dir}/users", qq("$user" "$password"\n));
    Limbeck::Server::spew("$self->{dir}/pgbouncer.ini", "[databases]\n* = host=$host port=$port\n[pgbouncer]\n"
        . join '', map { "$_ = $setting{$_}\n" } sort keys %setting);
    my ($uid, $gid) = $self->account;
    chown $uid, $gid, "$self->{dir}/users", "$self->{dir}/pgbouncer.ini" if $uid;
    return (program(), "$self->{dir}/pgbouncer.ini");
}

sub ready
{
    my ($self) = @_;
    return IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $self->{port}) ? 1 : 0;
}

sub url
{
    my ($self, $db) = @_;
    my ($user, $password) = ($self->USER, $self->PASSWORD);
    return "postgresql://$user:$password\@127.0.0.1:$self->{port}/" . $db->name;
}

1;
