# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Hostile: servers that answer what no server should.
#
#     my $server = Limbeck::Hostile->postgresql(query => "garbage");
#     limbeck('-u', $server->url, 'current');
#     $server->stop;
#
# greet: sent at once; start: in answer to the client's first words; query: after a
# login that went well, in answer to the first query. '' closes; undef: silence.

package Limbeck::Hostile;

use strict;
use warnings;

use Exporter 'import';
use IO::Socket::INET;
use POSIX ();

our @EXPORT = qw(pg_message pg_error mysql_packet mysql_error);

use constant SECONDS_AT_MOST => 60;

sub postgresql { my ($class, @how) = @_; return $class->listen('postgresql', @how) }
sub mysql      { my ($class, @how) = @_; return $class->listen('mysql', @how) }

sub listen
{
    my ($class, $engine, $when, $text) = @_;
    my $socket = IO::Socket::INET->new(Listen => 5, LocalAddr => '127.0.0.1', Proto => 'tcp')
        or die "no port to listen at: $!\n";
    my $self = bless { engine => $engine, port => $socket->sockport, owner => $$ }, $class;
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        $SIG{PIPE} = 'IGNORE';
        $SIG{$_} = 'DEFAULT' for qw(INT TERM HUP ALRM);
        alarm SECONDS_AT_MOST;
        while (my $client = $socket->accept) { $class->can($engine . '_talk')->($client, $when, $text) }
        POSIX::_exit(0);
    }
    $self->{pid} = $pid;
    return $self;
}

sub url
{
    my ($self) = @_;
    my %options = (postgresql => '?sslmode=disable&connect_timeout=2', mysql => '?connect_timeout=2');
    return "$self->{engine}://u:$self->{password}\@127.0.0.1:$self->{port}/d$options{ $self->{engine} }"
        if defined $self->{password};
    return "$self->{engine}://u\@127.0.0.1:$self->{port}/d$options{ $self->{engine} }";
}

sub stop
{
    my ($self) = @_;
    return if !$self->{pid} || $self->{owner} != $$;
    kill 'KILL', $self->{pid};
    waitpid delete $self->{pid}, 0;
}

sub DESTROY { local ($?, $!, $@); $_[0]->stop }

sub postgresql_talk
{
    my ($client, $when, $text) = @_;
    my $login = pg_message('R', pack 'N', 0) . pg_message('S', "server_version\0" . "16.0\0")
        . pg_message('S', "client_encoding\0UTF8\0") . pg_message('S', "standard_conforming_strings\0on\0")
        . pg_message('K', pack 'NN', 1, 2) . pg_message('Z', 'I');
    sysread $client, my $words, 65536 if $when ne 'greet';
    if ($when eq 'query') {
        syswrite $client, $login;
        sysread $client, $words, 65536;
    }
    say_and_wait($client, $text);
}

sub mysql_talk
{
    my ($client, $when, $text) = @_;
    my $greeting = mysql_packet(0, "\x0a5.7.99\0" . pack('V', 1) . "abcdefgh\0" . pack('vCvvC', 0xf7ff, 45, 2, 0x80ff, 21)
        . "\0" x 10 . "ijklmnopqrst\0mysql_native_password\0");
    syswrite $client, $greeting if $when ne 'greet';
    sysread $client, my $words, 65536 if $when ne 'greet';
    if ($when eq 'query') {
        syswrite $client, mysql_packet(2, "\0\0\0\x02\0\0\0");
        sysread $client, $words, 65536;
    }
    say_and_wait($client, $text);
}

# Silence is that of a server that neither answers nor hangs up.
sub say_and_wait
{
    my ($client, $text) = @_;
    return sleep SECONDS_AT_MOST if !defined $text;
    syswrite $client, $text if length $text;
    select undef, undef, undef, 0.3;
    close $client;
}

sub pg_message { my ($type, $text) = @_; return $type . pack('N', 4 + length $text) . $text }
sub pg_error   { my ($text) = @_; return pg_message('E', join('', map { "$_\0" } 'SFATAL', 'C28P01', "M$text") . "\0") }
sub mysql_packet { my ($number, $text) = @_; return substr(pack('V', length $text), 0, 3) . chr($number) . $text }
sub mysql_error { my ($number, $text) = @_; return mysql_packet($number, "\xff" . pack('v', 1045) . "#28000$text") }

1;
