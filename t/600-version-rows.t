#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What the version table holds after each step, in a line, in branches, after a
# merge, and after one of two branches was undone.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

sub table_revision
{
    my ($project, $id, %opt) = @_;
    $project->revision(id => $id, upgrade => "CREATE TABLE t_$id (id int);",
        downgrade => "DROP TABLE t_$id;", %opt);
}

# Runs and looks at the version table and the tables.
sub run_leaves
{
    my ($db, $args, $rows, $tables, $name) = @_;
    run_ok $args, $name;
    is_deeply [$db->versions], $rows, "@$args: rows of the version table";
    is_deeply [$db->user_tables], [map { "t_$_" } @$tables], "@$args: tables" if $tables;
}

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    table_revision($project, 'a1', message => 'First');
    table_revision($project, 'a2', parents => 'a1', message => 'Second');
    table_revision($project, 'a3', parents => 'a2');
    run_err_like ['upgrade', '+1'], qr/^Running upgrade  -> a1, First  \[\d+\.\d{3}s\]$/m,
        'the first step comes from nowhere, and says how long it took';
    is_deeply [$db->versions], ['a1'], 'one row after one step';
    is_deeply [$db->user_tables], ['t_a1'], 'and its table';
    run_err_like ['upgrade', 'head'],
        qr/\ARunning upgrade a1 -> a2, Second .*\nRunning upgrade a2 -> a3, Revision a3 .*\n\z/,
        'a line a step, in order, and nothing else';
    is_deeply [$db->versions], ['a3'], 'the row moved along the line';
    run_leaves($db, ['upgrade', 'head'], ['a3'], ['a1', 'a2', 'a3'], 'upgrade to where it is');
    run_err_like ['downgrade', '-1'], qr/^Running downgrade a3 -> a2, Revision a3/m,
        'downgrade says where it goes';
    is_deeply [$db->versions], ['a2'], 'the row moved back';
    run_leaves($db, ['downgrade', 'base'], [], [], 'down to nothing');
    run_leaves($db, ['upgrade', 'heads'], ['a3'], ['a1', 'a2', 'a3'], 'and up again');
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    table_revision($project, 'base0');
    table_revision($project, 'left1', parents => 'base0');
    table_revision($project, 'left2', parents => 'left1');
    table_revision($project, 'right1', parents => 'base0');
    fails_with 1, qr/left2.*right1|right1.*left2/s, ['upgrade', 'head'],
        'head is ambiguous with two, and both are named';
    is_deeply [$db->tables], [], 'and nothing was done, no table of ours made';
    run_leaves($db, ['upgrade', 'left1'], ['left1'], ['base0', 'left1'], 'one branch');
    run_leaves($db, ['upgrade', 'right1'], ['left1', 'right1'], ['base0', 'left1', 'right1'],
        'a second branch adds a row');
    run_leaves($db, ['upgrade', 'heads'], ['left2', 'right1'], undef, 'all branches');
    run_leaves($db, ['downgrade', 'left1'], ['left1', 'right1'], undef, 'one side, one step back');

    table_revision($project, 'join', parents => ['left2', 'right1']);
    run_err_like ['upgrade', 'head'], qr/^Running upgrade left2, right1 -> join,/m,
        'a merge comes from both';
    is_deeply [$db->versions], ['join'], 'a merge leaves one row of two';
    fails_with 1, qr/"-1" is ambiguous.*left2.*right1/s, ['downgrade', '-1'],
        'one step back from a merge could be either way';
    run_err_like ['downgrade', 'left2'], qr/\ARunning downgrade join -> left2, right1,.*\n\z/,
        'undoing a merge goes to both';
    is_deeply [$db->versions], ['left2', 'right1'], 'and makes two rows of one';
    run_ok ['upgrade', 'join'], 'the merge again';
    run_leaves($db, ['downgrade', 'left1'], ['left1', 'right1'], [sort qw(base0 left1 right1)],
        'through the merge down one side: the other side stays');
    run_leaves($db, ['downgrade', 'base'], [], [], 'down from two branches to nothing');
    run_leaves($db, ['upgrade', 'head'], ['join'], [sort qw(base0 join left1 left2 right1)],
        'all of it again');
});

# What another depends on needs no row of its own beside it.
for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    table_revision($project, 'a1');
    table_revision($project, 'x1');
    table_revision($project, 'a2', parents => 'a1', depends => 'x1');
    run_leaves($db, ['upgrade', 'x1'], ['x1'], ['x1'], 'a base of its own');
    run_leaves($db, ['upgrade', 'a1'], ['a1', 'x1'], ['a1', 'x1'], 'another');
    run_leaves($db, ['upgrade', 'a2'], ['a2'], [qw(a1 a2 x1)], 'one that depends on the first');
    run_leaves($db, ['downgrade', 'a1'], ['a1', 'x1'], ['a1', 'x1'], 'and back: the row is there again');
});

done_testing;
