#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The forms of identifiers on the command line, on a small tree with two
# branches: each command takes the forms that make sense for it, and says what
# is wrong with the others. (3NN-*.t has the graph's own rules.)

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $project = new_project();
my %at = (upgrade => 'SELECT 1;', downgrade => 'SELECT 1;');
$project->revision(id => '1975ea83b712', created => '2026-01-01', message => 'base', %at);
$project->revision(id => '27c6a30d7c24', created => '2026-01-02', parents => '1975ea83b712', message => 'middle', %at);
$project->revision(id => '3aaaaaaaaaaa', created => '2026-01-03', parents => '27c6a30d7c24', labels => 'left', message => 'left', %at);
$project->revision(id => '3bbbbbbbbbbb', created => '2026-01-04', parents => '27c6a30d7c24', labels => 'right', message => 'right', %at);
$project->revision(id => '4aaaaaaaaaaa', created => '2026-01-05', parents => '3aaaaaaaaaaa', message => 'left two', %at);

# Goes to a state, runs, and looks where it is: ids by their first two letters.
sub goes
{
    my ($from, $args, $expected, $name) = @_;
    run_ok(['-q', 'stamp', '--purge', split ' ', $from], "$name: from $from");
    my $result = limbeck(@$args);
    my $now = join ' ', map { substr $_, 0, 2 } sort map { /^(\w+)/ } split /\n/, limbeck('current')->{stdout};
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    if (ref $expected) {
        my ($status, $error) = @$expected;
        return ok($result->{status} == $status && $result->{stderr} =~ $error, $name) || Limbeck::Test::explain_run($result);
    }
    return is($now, $expected, "$name: limbeck @$args") || Limbeck::Test::explain_run($result);
}

my @ups = (
    ['base', 'heads', '3b 4a', 'all heads'],
    ['base', 'left@head', '4a', 'the head of a branch'],
    ['base', 'left', '3a', 'a label is its revision'],
    ['base', '27c6', '27', 'the beginning of an id'],
    ['base', '1', '19', 'one letter, where it is enough'],
    ['base', '+1', '19', 'one step'],
    ['base', '+2', '27', 'two steps'],
    ['27c6', 'left@+1', '3a', 'a step on a branch'],
    ['27c6', 'right@+1', '3b', 'a step on the other branch'],
    ['base', '1975+1', '27', 'a step from a revision'],
    ['base', 'left@head-1', '3a', 'one before the head of a branch'],
    ['3bbb', 'left@head', '3b 4a', 'a branch beside another'],
    ['base', 'head', [1, qr/"head" is ambiguous: there are 2 heads.*3bbbbbbbbbbb.*4aaaaaaaaaaa/s], 'head, with two'],
    ['27c6', '+1', [1, qr/ambiguous.*3aaaaaaaaaaa.*3bbbbbbbbbbb/s], 'a step where the way parts'],
    ['4aaa', 'left@+1', [1, qr/goes too far/], 'a step too far'],
    ['base', '3', [1, qr/"3" fits 2 revisions.*3aaaaaaaaaaa.*3bbbbbbbbbbb.*Write more/s], 'a beginning of two ids'],
    ['base', 'lfet@head', [1, qr/no such branch: "lfet".*Perhaps "left" is meant/s], 'a slip in a label'],
    ['base', 'left@3bbb', [1, qr/on branch "left"/], 'a revision of another branch'],
    ['base', '-1', [1, qr/"-1" does not lead up/], 'a step down'],
    ['base', 'left@', [2, qr/left\@/], 'a branch without more'],
    ['base', 'left@@head', [2, qr/left\@\@head|identifier/], 'two @'],
);
goes($_->[0], ['upgrade', $_->[1]], @$_[2, 3]) for @ups;

my @downs = (
    ['4aaa', '-1', '3a', 'one step'],
    ['4aaa', '-3', '19', 'three steps'],
    ['4aaa', '-4', '', 'all steps'],
    ['4aaa', 'base', '', 'all'],
    ['4aaa', '27c6', '27', 'to a revision'],
    ['4aaa', 'left', '3a', 'to a label'],
    ['4aaa 3bbb', 'left@-1', '3a 3b', 'a step on a branch'],
    ['4aaa 3bbb', 'left@27c6', '3b', 'a branch to where it begins'],
    ['4aaa 3bbb', '27c6', '27', 'both branches'],
    ['4aaa', '4aaa-2', '27', 'from a revision'],
    ['4aaa', '1975+1', '27', 'up from a revision below'],
    ['4aaa 3bbb', '-1', [1, qr/ambiguous: 2 current revisions.*Name the branch/s], 'a step, with two'],
    ['4aaa', '-5', [1, qr/"-5" goes too far: there are only 4 steps/], 'a step too far'],
    ['27c6', '4aaa', [1, qr/is not applied/], 'to what is not applied'],
    ['4aaa', '+1', [1, qr/"\+1" does not lead down/], 'a step up'],
);
goes($_->[0], ['downgrade', $_->[1]], @$_[2, 3]) for @downs;

# show and history
my @listings = (
    [['show', 'head'], [1, qr/2 heads/]], [['show', 'heads'], '3b 4a'], [['show', 'left@head'], '4a'],
    [['show', '27c6'], '27'], [['show', 'left@head-2'], '27'], [['show', 'base'], ''], [['show', '27c6@heads'], '3b 4a'],
    [['show', 'nowhere'], [1, qr/no revision or label is called "nowhere"/]],
    [['history', '-r', '27c6:left'], '27 3a'], [['history', '-r', ':27c6'], '19 27'], [['history', '-r', 'left:'], '3a 4a'],
    [['history', '-r', '1975:left@head'], '19 27 3a 4a'], [['history', '-r', 'left@head-1:left@head'], '3a 4a'],
    [['history', '-r', 'left:right'], [1, qr/"3aaaaaaaaaaa" is not an ancestor/]],
    [['history', '-r', 'nowhere:'], [1, qr/"nowhere"/]],
);
for my $case (@listings) {
    my ($args, $expected) = @$case;
    my $result = limbeck('--json', @$args);
    if (ref $expected) {
        ok $result->{status} == $expected->[0] && $result->{stderr} =~ $expected->[1], "@$args is refused" or Limbeck::Test::explain_run($result);
        next;
    }
    my @ids = sort map { substr $_->{id}, 0, 2 } @{ JSON::PP->new->decode($result->{stdout})->{revisions} // [] };
    is "@ids", $expected, "@$args";
}
run_ok(['-q', 'stamp', '--purge', '27c6'], 'the database at 27');
run_like(['show', 'current'], qr/^Rev: 27c6a30d7c24 /m, 'show current');
stdout_is(['history', '-r', ':current'], "1975ea83b712 -> 27c6a30d7c24 (branchpoint), middle\n"
    . "<base> -> 1975ea83b712, base\n", 'history -r :current');
done_testing;
