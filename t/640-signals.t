#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# SIGINT, SIGTERM and SIGHUP at any moment of a run: it says what it has done and
# ends with 130, the history is whole and true, no lock is left, and the next run
# goes on. SIGPIPE, and a reader that is gone, stop nothing.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Crash;
use Time::HiRes qw(sleep);

crash_seed();

# Before the program listens for signals it has done nothing, and dies of them; and
# so it may as it exits, with all done.
sub signalled
{
    my ($crash, $signal) = @_;
    my $pid = $crash->begin({}, $crash->args($crash->{direction}));
    sleep rand(1.1 * $crash->{seconds}{ $crash->{direction} });
    kill $signal, $pid;
    waitpid $pid, 0;
    my ($status, $by) = ($? >> 8, $? & 127);
    my $stderr = Limbeck::Server::slurp($crash->{err}) // '';
    my $number = { INT => 2, TERM => 15, HUP => 1 }->{$signal};
    if ($by) {
        my $whole = $crash->{direction} eq 'upgrade' ? $crash->{ledger}->head : '';
        $crash->problem("died by signal $by: $stderr")
            if $by != $number || (length $stderr && join(' ', $crash->{db}->versions) ne $whole);
    }
    $crash->{hit}++ if $status;
    $crash->problem("status $status: $stderr") if $status && $status != 130;
    $crash->problem("no sentence: $stderr")
        if $status == 130 && $stderr !~ /error: (?:.*interrupt|.*cancel)/;
    # What a run writes down as it stops, it does not leave to the next.
    my @running = grep { $_->[3] eq 'running' } @{ $crash->history };
    $crash->problem("left running: " . $crash->history_text) if @running;
    my $remains = '';
    for (1 .. 40) {
        $remains = $crash->remains or last;
        sleep 0.05;
    }
    $crash->problem("left behind: $remains") if $remains;
}

for_each_engine(sub {
    my ($db) = @_;
    my $crash = Limbeck::Crash->new($db);
    for my $signal (qw(INT TERM HUP)) {
        $crash->rounds(crash_rounds(2), "SIG$signal at a random moment", sub { signalled($crash, $signal) });
    }
});

# Its messages go nowhere: that is no reason to leave a database half-way.
for_each_engine(sub {
    my ($db) = @_;
    my $crash = Limbeck::Crash->new($db);
    my $whole = sub {
        my ($name, $run) = @_;
        $crash->rounds(1, $name, sub {
            my $status = $run->();
            $crash->problem("status $status: " . slurp($crash->{err})) if $status;
        });
    };
    my $shell = sub {
        my ($script) = @_;
        my $program = join ' ', Limbeck::Run::program(), $crash->args($crash->{direction});
        my $dir = $crash->{project}->dir;
        return system('sh', '-c', "cd $dir && " . $script =~ s/PROGRAM/$program/r) >> 8;
    };
    $whole->('SIGPIPE', sub {
        my $pid = $crash->begin({}, $crash->args($crash->{direction}));
        # Not before it has said what SIGPIPE means to it.
        sleep 0.03;
        kill 'PIPE', $pid;
        waitpid $pid, 0;
        return $? == 13 && -z $crash->{err} ? 0 : $?;
    });
    $whole->('nobody reads its messages', sub {
        $shell->('{ PROGRAM 2>&1; echo $? > status; } | true; exit $(cat status)');
    });
    $whole->('standard error is full', sub { $shell->('PROGRAM 2> /dev/full') });
    $whole->('all three streams are closed', sub { $shell->('PROGRAM <&- >&- 2>&-') });
});

done_testing;
