#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The command line: options in any order and form, what is unknown with the
# nearest known, and what is missing or too much.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Refusal;

my $project = new_project(sections => "[test]\nurl = sqlite:///test.db\n");
$project->revision(id => 'a1', created => '2026-01-01', message => 'First', upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');
$project->revision(id => 'a2', created => '2026-01-02', parents => 'a1', message => 'Second', upgrade => 'CREATE TABLE u (a integer);', downgrade => 'DROP TABLE u;');

subtest 'forms of options' => sub {
    my $test = qr{"database":"sqlite:///.*/test\.db"};
    run_like([@$_], $test, "limbeck @$_") for
        ['-n', 'test', '--json', 'current'], ['-ntest', '--json', 'current'], ['--name', 'test', '--json', 'current'],
        ['--name=test', '--json', 'current'], ['current', '--json', '-n', 'test'], ['current', '--name=test', '--json'],
        ['--json', 'current', '-ntest'], ['-qn', 'test', 'current', '--json'], ['--na', 'test', '--js', 'current'],
        ['-n', 'nothing', 'current', '--json', '-n', 'test'];
    run_like(['-u', 'sqlite:///test.db', 'current', '--json'], $test, '-u before the command');
    run_like(['current', '--json', '--url=sqlite:///test.db'], $test, '--url= behind it');
    stdout_is(['history', '-r', 'a2:'], "a1 -> a2 (head), Second\n", '-r');
    stdout_is(['history', '-ra2:'], "a1 -> a2 (head), Second\n", '-r with its argument glued to it');
    stdout_is(['history', '--rev-range=a2:'], "a1 -> a2 (head), Second\n", '--rev-range=');
    stdout_is(['history', '--rev-range', ':a1'], "<base> -> a1, First\n", '--rev-range');
    like limbeck('history', '-vr', 'a2:')->{stdout}, qr/^Rev: a2 \(head\)$/m, 'short ones run together';
    like limbeck('history', '--rev=a2:')->{stdout}, qr/a2/, 'the beginning of a name that is clear';
    stdout_is(['show', '--', 'base'], '', '-- ends the options');
};

subtest 'numbers are no options' => sub {
    run_ok(['-q', 'upgrade', '+2'], 'upgrade +2');
    run_err_like(['downgrade', '-1'], qr/\ARunning downgrade a2 -> a1/, 'downgrade -1');
    run_err_like(['-n', 'limbeck', 'downgrade', '-1', '--no-progress'], qr/\ARunning downgrade a1 -> ,/, 'with options around');
    run_ok(['-q', 'upgrade', 'head'], 'up again');
    run_like(['show', '-1'], qr/^Rev: a1$/m, 'show -1');
    run_like(['history', '-r', '-1:'], qr/a2/, 'history -r -1:');
    run_err_like(['downgrade', '--', '-1'], qr/\ARunning downgrade a2 -> a1/, 'downgrade -- -1');
};

subtest '-q and -v' => sub {
    my $result = run_ok(['-q', 'upgrade', 'head'], 'with -q');
    is "$result->{stdout}$result->{stderr}", '', 'an upgrade prints nothing';
    $result = run_ok(['-q', 'upgrade', 'head'], 'with -q again');
    is "$result->{stdout}$result->{stderr}", '', 'nor that there is nothing to do';
    stdout_is(['-q', 'current'], "a2 (head)\n", 'results are printed all the same');
    fails_with(1, qr/error: /, ['-q', 'upgrade', 'nowhere'], 'and errors');
    $result = run_ok(['-vv', 'downgrade', 'base'], 'with -vv');
    like $result->{stderr}, qr/^sqlite: execute .*: DROP TABLE u/m, 'each statement is logged';
    like $result->{stderr}, qr/^sqlite: open .*limbeck\.db$/m, 'and each call of the driver';
    is $result->{stdout}, '', 'on stderr alone';
    $result = run_ok(['-v', '-v', 'upgrade', 'head'], '-v -v');
    like $result->{stderr}, qr/^sqlite: execute /m, 'is -vv';
    run_like(['-v', 'current'], qr/\Aa2 \(head\)\n\z/, '-v before the command is the log');
    run_like(['current', '-v'], qr/^Rev: a2 \(head\)$/m, 'behind it the long form, where there is one');
};

subtest 'colour' => sub {
    my $color = qr/\e\[[0-9;]*m/;
    unlike limbeck('history')->{stdout}, $color, 'none where no terminal is';
    like limbeck('--color', 'always', 'history')->{stdout}, $color, '--color always';
    like limbeck('history', '--color=always')->{stdout}, $color, '--color=always behind the command';
    like limbeck({ tty => 1, env => { TERM => 'xterm' } }, 'history')->{stdout}, $color, 'on a terminal';
    unlike limbeck({ tty => 1, env => { TERM => 'xterm' } }, '--color', 'never', 'history')->{stdout}, $color, '--color never';
    unlike limbeck({ tty => 1, env => { TERM => 'xterm', NO_COLOR => '1' } }, 'history')->{stdout}, $color, 'NO_COLOR';
    like limbeck({ env => { NO_COLOR => '1' } }, '--color', 'always', 'history')->{stdout}, $color, 'which --color always overrules';
    unlike limbeck({ tty => 1, env => { TERM => 'dumb' } }, 'history')->{stdout}, $color, 'a dumb terminal';
    like limbeck('--color', 'always', 'upgrade', 'nowhere')->{stderr}, $color, 'errors too';
    unlike limbeck('--color', 'always', '--json', 'history')->{stdout}, $color, 'JSON never';
};

# arguments, error, further texts
my @wrong = (
    [['upgrad', 'head'], 'unknown command "upgrad"', 'Did you mean "upgrade"?'],
    [['hsitory'], 'unknown command "hsitory"', 'Did you mean "history"?'],
    [['migrat'], 'unknown command "migrat"', 'Did you mean "migrate"?'],
    [['frobnicate'], 'unknown command "frobnicate"', '`limbeck help` lists all commands'],
    [['help', 'upgrad'], 'unknown command "upgrad"', 'Did you mean "upgrade"?'],
    [['Upgrade', 'head'], 'unknown command "Upgrade"', 'upgrade'],
    [['--bogus', 'heads'], 'unknown option "--bogus"', '`limbeck help` lists the options'],
    [['--jsno', 'heads'], 'unknown option "--jsno"', 'Did you mean --json?'],
    [['heads', '--verbse'], 'unknown option "--verbse"', 'Did you mean --verbose?'],
    [['heads', '--sql'], 'unknown option "--sql"', '`limbeck help heads` lists the options'],
    [['upgrade', 'head', '--sgl'], 'unknown option "--sgl"', 'Did you mean --sql?'],
    [['-z', 'heads'], 'unknown option "-z"'],
    [['heads', '-qz'], 'unknown option "-qz"'],
    [['--ver', 'heads'], 'option "--ver" is ambiguous', '--verbose, --version'],
    [['--json=1', 'heads'], 'option --json takes no argument'],
    [['-c'], 'option "-c" needs an argument', 'Write -c FILE'],
    [['--url'], 'option "--url" needs an argument', 'Write --url URL'],
    [['heads', '-n'], 'option "-n" needs an argument', 'Write -n NAME'],
    [['history', '--rev-range'], 'option "--rev-range" needs an argument'],
    [['--color', 'blue', 'heads'], 'option --color does not know "blue"', 'auto, always or never'],
    [['log', '-n', 'ten'], 'option -n takes a number, not "ten"'],
    [['log', '-n', '0'], 'option -n takes a number, not "0"'],
    [['log', '-n', '99999999999999999999999'], 'option -n takes a number'],
    [['history', '-r', 'a1'], '"a1" is no range', 'FROM:TO'],
    [['history', '-r', 'a:b:c'], '"a:b:c" is not a range'],
    [['upgrade'], 'upgrade needs a revision, like head or +1', '`limbeck upgrade [OPTION]... REVISION`'],
    [['upgrade', 'a1', 'a2'], 'upgrade does not know what to do with "a2"'],
    [['downgrade'], 'downgrade needs a revision, like -1 or base'],
    [['stamp'], 'stamp needs a revision, like head or base'],
    [['show'], 'show needs a revision'],
    [['heads', 'a1'], 'heads does not know what to do with "a1"', 'limbeck help heads'],
    [['current', 'a1'], 'current does not know what to do with "a1"'],
    [['history', 'a1:a2'], 'history does not know what to do with "a1:a2"'],
    [['log', '5'], 'log does not know what to do with "5"'],
    [['drivers', 'sqlite'], 'drivers does not know what to do with "sqlite"'],
    [['ensure_version', 'x'], 'ensure_version does not know what to do with "x"'],
    [['repair'], 'repair needs'],
    [['upgrade', ''], 'an identifier is empty'],
    [['upgrade', 'a1:a2'], 'a range (a1:a2) is for --sql'],
    [['downgrade', 'a1', '--sql'], 'downgrade --sql needs a range', 'FROM:TO'],
    [['stamp', '+1'], 'the relative identifier "+1"'],
    [['stamp', 'current'], q("current" can't be used here)],
    [['upgrade', 'head', '--sql', '--json'], '--sql and --json exclude each other'],
);
for my $case (@wrong) {
    my ($args, $error, @also) = @$case;
    my $json = grep { $_ eq '--json' } @$args;
    if ($json) {
        fails_with(2, qr/\Q$error\E/, $args);
        next;
    }
    refused("limbeck @$args", args => $args, status => 2, error => $error, also => \@also);
}

my $result = limbeck();
is $result->{status}, 2, 'no arguments: status 2';
is $result->{stdout}, '', 'nothing on stdout';
like $result->{stderr}, qr/\AUsage: limbeck .*^  limbeck init .*limbeck help/ms, 'a few lines of help on stderr';
like run_ok(['--version'], '--version')->{stdout}, qr/\Alimbeck \d+\.\d+\.\d+\n\z/, 'prints name and version';
done_testing;
