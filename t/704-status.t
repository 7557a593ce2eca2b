#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Exit statuses, and output that can't be written.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use IPC::Run ();

# A statement that takes some seconds, unless it is stopped.
my %slow = (
    sqlite     => 'INSERT INTO slow WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 100000000) SELECT max(x) FROM c;',
    postgresql => 'INSERT INTO slow SELECT 1 FROM pg_sleep(20);',
    mysql      => 'INSERT INTO slow SELECT SLEEP(20);',
);

sub status_is
{
    my ($status, @args) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $result = limbeck(@args);
    return is $result->{status}, $status, "$status: limbeck @{[grep { !ref } @args]}" || Limbeck::Test::explain_run($result);
}

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { lock_timeout => '300ms' });
    $project->revision(id => 'a1', created => '2026-01-01', upgrade => 'CREATE TABLE slow (a integer);', downgrade => 'DROP TABLE slow;');
    status_is(0, 'heads');
    status_is(0, 'current');
    status_is(3, 'current', '--check-heads');
    status_is(0, 'upgrade', 'head');
    status_is(0, 'current', '--check-heads');
    status_is(0, 'upgrade', 'head');
    status_is(1, 'upgrade', 'nowhere');
    status_is(2, 'upgrade');
    status_is(2, '--bogus');
    status_is(2, '-u', 'nosuch://x', 'current');
    status_is(2, '-c', 'no.ini', 'current');

    $project->revision(id => 'a2', parents => 'a1', upgrade => "INSERT INTO slow VALUES (7);\n" . $slow{ $db->engine }, downgrade => '');
    my $run = limbeck_start({ timeout => 60 }, 'upgrade', 'head');
    ok $run->wait_for(qr/Running upgrade a1 -> a2/), 'an upgrade that takes its time';
    # The lock is taken before the first line is printed.
    fails_with(4, qr/lock/, ['upgrade', 'head'], '4: another run holds the lock');
    $run->signal('INT');
    my $result = $run->finish;
    is $result->{status}, 130, '130: interrupted';
    cmp_ok $result->{seconds}, '<', 15, 'at once';
    like $result->{stderr}, qr/error: .*(?:interrupt|cancel)/i, 'it says so';
    status_is(3, 'current', '-c');
});

subtest 'output that can\'t be written' => sub {
    my $project = new_project();
    $project->revision(id => "r$_", $_ > 1 ? (parents => 'r' . ($_ - 1)) : (), created => '2026-01-01', message => 'x' x 50, downgrade => '') for 1 .. 200;
    run_ok(['-q', 'upgrade', 'head'], 'many revisions');
    for my $args (['history'], ['heads'], ['help'], ['--version'], ['current'], ['log'], ['--json', 'history']) {
        my $result = sh('"$0" "$@" > /dev/full', @$args);
        is $result->{status}, 1, "@$args > /dev/full: status 1";
        like $result->{stderr}, qr/error: could not write to standard output: No space left on device/, 'and why';
    }
    my $result = sh('"$0" "$@" > /dev/full', 'upgrade', 'base:head', '--sql');
    is $result->{status}, 1, 'a script > /dev/full: status 1';
    like $result->{stderr}, qr/error: could not write the script/, 'and that it is not whole';
    $result = sh('"$0" "$@" >&-', 'history');
    is $result->{status}, 1, 'a closed stdout: status 1';
    like $result->{stderr}, qr/could not write to standard output/, 'and why';
    $result = sh('"$0" "$@" 2>&-', 'history');
    is $result->{status}, 0, 'a closed stderr is no error';
    $result = sh('{ "$0" "$@"; echo $? >status; } | head -n 1', 'upgrade', 'base:head', '--sql');
    is $result->{stdout} =~ tr/\n//, 1, 'a reader that leaves early';
    is slurp('status'), "1\n", 'is no crash';
    $result = sh('"$0" "$@" <&- >&- 2>&-', 'downgrade', 'base');
    is $result->{status}, 0, 'with all three closed it works all the same';
    stdout_is(['current'], '', 'and has done it');
};
done_testing;

# The shell's line, with the program as $0.
sub sh
{
    my ($line, @args) = @_;
    return limbeck({ program => ['sh', '-c', $line, Limbeck::Run::program()] }, @args);
}
