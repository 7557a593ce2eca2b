# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Proxy: stands between the program and a server, and cuts the connection at
# a message that matches: before it is passed on, or after, when the server has done
# what it says and its answer is on its way.
#
#     my $proxy = Limbeck::Proxy->new($db, cut => 'after', at => qr/COMMIT/, times => 1);
#     limbeck('-u', $proxy->url, 'upgrade', 'head');
#     is $proxy->cuts, 1, 'the connection was cut';

package Limbeck::Proxy;

use strict;
use warnings;

use File::Temp ();
use IO::Select;
use IO::Socket::INET;
use POSIX ();

sub new
{
    my ($class, $db, %opt) = @_;
    my ($host, $port) = $db->url =~ m{\@([^:/]+):(\d+)/} or die "no host and port in the URL\n";
    my $listener = IO::Socket::INET->new(Listen => 16, LocalAddr => '127.0.0.1', Proto => 'tcp')
        or die "proxy: $!\n";
    my $self = bless { %opt, host => $host, port => $port, listener => $listener,
        log => File::Temp->new, owner => $$ }, $class;
    $self->{url} = $db->url =~ s{\@[^:/]+:\d+/}{'@127.0.0.1:' . $listener->sockport . '/'}er;
    $self->{pid} = fork // die "fork: $!\n";
    if (!$self->{pid}) {
        $SIG{PIPE} = 'IGNORE';
        $self->serve;
        POSIX::_exit(0);
    }
    close $listener;
    return $self;
}

sub url { return $_[0]{url} }

# How often it has cut a connection.
sub cuts { return -s $_[0]{log}->filename // 0 }

sub DESTROY
{
    my ($self) = @_;
    return unless $self->{pid} && $$ == $self->{owner};
    local ($?, $!);
    kill 'KILL', $self->{pid};
    waitpid $self->{pid}, 0;
}

# One process, so that the cuts are counted in one place.
sub serve
{
    my ($self) = @_;
    my %pair;
    my $select = IO::Select->new($self->{listener});
    for (;;) {
        for my $ready ($select->can_read) {
            if ($ready == $self->{listener}) {
                my $client = $ready->accept or next;
                my $server = IO::Socket::INET->new(PeerAddr => $self->{host}, PeerPort => $self->{port});
                if (!$server) { close $client; next }
                $pair{$client} = { from => $client, to => $server, client => 1, tail => '' };
                $pair{$server} = { from => $server, to => $client };
                $select->add($client, $server);
            } elsif ($pair{$ready} && !$self->pump($pair{$ready})) {
                my $other = $pair{$ready}{to};
                $select->remove($ready, $other);
                delete @pair{$ready, $other};
                close $_ for $ready, $other;
            }
        }
    }
}

# False: this connection is over.
sub pump
{
    my ($self, $way) = @_;
    my $got = sysread $way->{from}, my $data, 65536;
    return 0 unless $got;
    if ($way->{client} && $self->{times}) {
        # A message may come in pieces.
        $way->{tail} = substr($way->{tail}, -200) . $data;
        if ($way->{tail} =~ $self->{at}) {
            $self->{times}--;
            syswrite $self->{log}, '.';
            return 0 if $self->{cut} eq 'before';
            syswrite $way->{to}, $data;
            my $answers = IO::Select->new($way->{to});
            1 while $answers->can_read(1) && sysread $way->{to}, my $lost, 65536;
            return 0;
        }
    }
    my $at = 0;
    $at += syswrite($way->{to}, $data, $got - $at, $at) // return 0 while $at < $got;
    return 1;
}

1;
