# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Run: one run of the program, from start to result.
#
#     my $run = Limbeck::Run->start(args => ['upgrade', 'head'], dir => $dir);
#     $run->wait_for(qr/Running upgrade/);
#     $run->signal('INT');
#     my $result = $run->finish;    # {status, stdout, stderr, ...}

package Limbeck::Run;

use strict;
use warnings;

use Config;
use Cwd ();
use File::Temp ();
use IPC::Run ();
use Time::HiRes qw(time);
use Limbeck::Server;

my @signals = split ' ', $Config{sig_name};
my %active;

sub builddir { return Cwd::abs_path($ENV{LIMBECK_BUILDDIR} // '.') }

# The command that runs the program. LIMBECK_TEST_WRAPPER goes before it:
# "valgrind -q --trace-children=yes --error-exitcode=99", say.
sub program
{
    return (split(' ', $ENV{LIMBECK_TEST_WRAPPER} // ''), builddir() . '/limbeck');
}

# Options: args, dir, stdin (text), env (undef removes a variable), timeout (in
# seconds), program (a command to run instead, as an array), tty (1: its three
# streams are a terminal; all output is then in stdout), judge (a function that
# finish calls with the result).
sub start
{
    my ($class, %opt) = @_;
    my $self = bless {
        timeout => $ENV{LIMBECK_TEST_TIMEOUT} // 60,
        dir     => '.',
        args    => [],
        stdin   => '',
        %opt,
        stdout  => '',
        stderr  => '',
        sent    => {},
        begun   => time,
    }, $class;
    my @command = (@{ $self->{program} // [program()] }, @{ $self->{args} });
    $self->{timer} = IPC::Run::timeout($self->{timeout});
    $self->{harness} = IPC::Run::start(\@command, $self->streams,
        init => sub { $self->become_child }, $self->{timer});
    $self->{pid} = $self->{harness}{KIDS}[0]{PID};
    $active{ $self->{pid} } = $$;
    return $self;
}

sub streams
{
    my ($self) = @_;
    return ('<pty<', \$self->{stdin}, '>pty>', \$self->{stdout}, '2>&1') if $self->{tty};
    # A file, not a pipe, for a program may end without having read it all.
    my $input = '/dev/null';
    if (length $self->{stdin}) {
        $self->{input} = File::Temp->new(TEMPLATE => 'limbeck-stdin-XXXXXX', TMPDIR => 1);
        print { $self->{input} } $self->{stdin};
        close $self->{input};
        $input = $self->{input}->filename;
    }
    return ('<', $input, '>', \$self->{stdout}, '2>', \$self->{stderr});
}

# A process group of its own, so that all of it can be killed.
sub become_child
{
    my ($self) = @_;
    setpgrp unless $self->{tty};
    chdir $self->{dir} or die "$self->{dir}: $!\n";
    my $env = $self->{env} // {};
    for my $name (keys %$env) {
        if (defined $env->{$name}) { $ENV{$name} = $env->{$name} }
        else                       { delete $ENV{$name} }
    }
}

sub pid { return $_[0]{pid} }

# Waits until what the program has printed so far matches. True if it did.
sub wait_for
{
    my ($self, $pattern) = @_;
    return eval {
        until ("$self->{stdout}$self->{stderr}" =~ $pattern) {
            last unless $self->{harness}->pumpable;
            $self->{harness}->pump;
        }
        1;
    } && "$self->{stdout}$self->{stderr}" =~ $pattern;
}

# To the whole process group, for the program may be run by a shell script.
sub signal
{
    my ($self, $signal) = @_;
    $self->{sent}{$signal} = 1;
    kill $signal, -$self->{pid} or kill $signal, $self->{pid};
    return $self;
}

# Waits for the end. The result: status, stdout, stderr, args, seconds, signal
# (the name of the one it died by) and problem (a sentence: what no test may let
# pass, whatever it expected).
sub finish
{
    my ($self) = @_;
    my $ended = eval { $self->{harness}->finish; 1 };
    my $why = $@;
    $self->kill_all unless $ended;
    delete $active{ $self->{pid} };
    my $code = $self->{harness}{KIDS}[0]{RESULT} // 0;
    my $result = {
        args    => $self->{args},
        stdout  => $self->{stdout},
        stderr  => $self->{stderr},
        seconds => time - $self->{begun},
        signal  => $code & 127 ? $signals[$code & 127] : undef,
        status  => $code & 127 ? 128 + ($code & 127) : $code >> 8,
    };
    $result->{timed_out} = !$ended && $why =~ /timeout/ ? 1 : 0;
    $result->{problem} = $self->problem($result, $ended ? undef : $why);
    $self->{judge}->($result) if $self->{judge};
    return $result;
}

sub kill_all
{
    my ($self) = @_;
    kill 'KILL', -$self->{pid};
    eval { $self->{harness}->kill_kill(grace => 2) };
}

sub problem
{
    my ($self, $result, $why) = @_;
    my $output = "$result->{stdout}\n$result->{stderr}";
    return "timed out after $self->{timeout} s" if $result->{timed_out};
    return "could not be run: $why" if defined $why;
    my $by = $self->crash_signal($result);
    return "crashed by signal $by" if defined $by;
    return 'a sanitizer reported something'
        if $output =~ /AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:/;
    return 'valgrind reported something' if $output =~ /^==\d+== ERROR SUMMARY: [1-9]/m;
    my $password = Limbeck::Server->PASSWORD;
    return 'it printed the password of the database' if $output =~ /\Q$password\E/;
    return undef;
}

# The name of the signal that ended it, unless the test sent it. A shell script
# between us and the program turns signal N into status 128 + N.
sub crash_signal
{
    my ($self, $result) = @_;
    return undef unless $result->{status} > 128;
    my $name = $result->{signal} // $signals[$result->{status} - 128] // return undef;
    return undef if $self->{sent}{$name};
    return $name if $result->{signal};
    # As a status of its own choice: 130 is what an interrupted run ends with.
    return $name =~ /^(?:SEGV|BUS|ABRT|FPE|ILL|TRAP|SYS|KILL|PIPE)$/ ? $name : undef;
}

# A test that ends early leaves nothing running.
END {
    my $status = $?;
    kill 'KILL', map { -$_ } grep { $active{$_} == $$ } keys %active;
    $? = $status;
}

1;
