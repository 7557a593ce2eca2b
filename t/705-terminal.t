#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Progress: on a terminal a line that is rewritten while a step runs and is gone
# afterwards; elsewhere plain lines, begun when the step begins.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $slow = 'INSERT INTO slow WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3000000) SELECT max(x) FROM c;';

sub fresh
{
    my $project = new_project();
    $project->revision(id => 'a1', created => '2026-01-01', message => 'First', upgrade => 'CREATE TABLE slow (a integer);', downgrade => '');
    $project->revision(id => 'a2', created => '2026-01-02', parents => 'a1', message => 'Slow', upgrade => $slow, downgrade => '');
    $project->revision(id => 'a3', created => '2026-01-03', parents => 'a2', message => 'Last', downgrade => '');
    return $project;
}

my @tty = ({ tty => 1, env => { TERM => 'xterm' } });

# What is left on the screen: a carriage return goes back, ESC [ K erases.
sub screen
{
    my ($text) = @_;
    my @lines = ('');
    my $column = 0;
    while ($text =~ /\G(?:(\r)|(\n)|\e\[(\d*)K|\e\[[0-9;?]*[a-zA-Z]|(.))/gs) {
        if (defined $1)    { $column = 0 }
        elsif (defined $2) { push @lines, ''; $column = 0 }
        elsif (defined $3) { substr($lines[-1], $3 eq '2' ? 0 : $column) = '' if length $lines[-1] > $column || $3 eq '2' }
        elsif (defined $4) {
            $lines[-1] .= ' ' x ($column - length $lines[-1]) if $column > length $lines[-1];
            substr($lines[-1], $column++, 1) = $4;
        }
    }
    return join "\n", map { s/ +\z//r } @lines;
}

subtest 'on a terminal' => sub {
    fresh();
    my $run = limbeck_start(@tty, 'upgrade', 'head');
    ok $run->wait_for(qr/upgrade a2, Slow/), 'while a step runs, it is shown';
    ok $run->wait_for(qr{\r2 of 3, 1 left: }), 'with how many are left';
    my $result = $run->finish;
    is $result->{status}, 0, 'the run ends well';
    my $screen = normalize(screen($result->{stdout}));
    $screen =~ s/ {2,}/  /g;
    is $screen, "Running upgrade  -> a1, First  [TIME]\nRunning upgrade a1 -> a2, Slow  [TIME]\nRunning upgrade a2 -> a3, Last  [TIME]\n",
        'a line for each step is left, and nothing else';
};

subtest 'a terminal with --no-progress' => sub {
    fresh();
    my $result = limbeck(@tty, '--no-progress', 'upgrade', 'head');
    unlike $result->{stdout}, qr/\r(?!\n)/, 'no line is rewritten';
    my $text = normalize($result->{stdout} =~ s/\r//gr =~ s/\e\[[0-9;]*m//gr) =~ s/ {2,}/  /gr;
    is $text, "Running upgrade  -> a1, First  [TIME]\nRunning upgrade a1 -> a2, Slow  [TIME]\nRunning upgrade a2 -> a3, Last  [TIME]\n", 'the lines are the same';
};

subtest 'elsewhere' => sub {
    fresh();
    my $run = limbeck_start('upgrade', 'head');
    ok $run->wait_for(qr/Running upgrade a1 -> a2, Slow\z/), 'a line is begun when its step begins';
    my $result = $run->finish;
    unlike $result->{stderr}, qr/[\r\e]/, 'without control characters';
    like $result->{stderr}, qr/^Running upgrade a1 -> a2, Slow {2,}\[[0-9.]+s\]$/m, 'and ended with the time it took';
};

subtest 'a failure on a terminal' => sub {
    my $project = fresh();
    $project->revision(id => 'a4', parents => 'a3', message => 'Bad', upgrade => 'CREATE TABEL x;');
    my $result = limbeck(@tty, 'upgrade', 'head');
    is $result->{status}, 1, 'fails';
    like screen($result->{stdout}), qr/^(?:Running upgrade a3 -> a4, Bad\n)?\S+a4_bad\.sql:\d+:8: error: near "TABEL"/m, 'the error has lines of its own';
};

subtest 'a narrow terminal' => sub {
    my $project = new_project();
    $project->revision(id => 'a1', file => 'a1.sql', message => 'long ' x 60, upgrade => "CREATE TABLE slow (a integer);\n$slow");
    my $run = limbeck_start({ tty => 1, env => { TERM => 'xterm', COLUMNS => '40' } }, 'upgrade', 'head');
    my $result = $run->finish;
    is $result->{status}, 0, 'a message wider than it does no harm';
    is scalar(grep { /Running upgrade/ } split /\n/, screen($result->{stdout})), 1, 'and leaves one line';
};

subtest 'control characters in a message' => sub {
    my $project = new_project();
    $project->revision(id => 'a1', file => 'a1.sql', message => "x\e[2Jy\x07z\xc2\x9bm");
    unlike limbeck('upgrade', 'head')->{stderr}, qr/\e|\x07|\xc2\x9b/, 'do not reach the terminal by upgrade';
    unlike limbeck($_)->{stdout}, qr/\e|\x07|\xc2\x9b/, "nor by $_" for qw(history log);
    unlike limbeck('show', 'a1')->{stdout}, qr/\e|\x07|\xc2\x9b/, 'nor by show';
};
done_testing;
