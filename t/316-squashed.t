#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A revision that replaces others (@replaces): databases that stand at the last of
# them count as standing at it, those within finish the old files in squashed/
# first; old ids still name it.

use File::Path qw(make_path);
use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

# a1 - r1 - r2 - r3 - b1, where s1 replaces r1 to r3 afterwards.
sub old_project
{
    my ($db) = @_;
    my $project = new_project(db => $db);
    my $parent;
    for my $id (qw(a1 r1 r2 r3 b1)) {
        $project->revision(id => $id, parents => $parent, message => '', upgrade => "CREATE TABLE t_$id (id int);",
            downgrade => "DROP TABLE t_$id;");
        $parent = $id;
    }
    return $project;
}

sub squash
{
    my ($project) = @_;
    make_path($project->path('migrations/squashed'));
    rename $project->path("migrations/versions/$_.sql"), $project->path("migrations/squashed/$_.sql") or die $! for qw(r1 r2 r3);
    $project->revision(id => 's1', parents => 'a1', header => "-- \@replaces r1 r2 r3\n", message => '',
        upgrade => join('', map { "CREATE TABLE t_$_ (id int);\n" } qw(r1 r2 r3)),
        downgrade => join('', map { "DROP TABLE t_$_;\n" } qw(r3 r2 r1)));
}

my @all = map { "t_$_" } qw(a1 b1 r1 r2 r3);

for_each_engine(sub {
    my ($db) = @_;
    my $project = old_project($db);
    squash($project);
    run_ok ['upgrade', 'head'], 'a new database';
    is_deeply [$db->user_tables], \@all, 'gets all tables';
    is_deeply $db->query("SELECT revision FROM limbeck_history ORDER BY seq"), [['a1'], ['s1'], ['b1']],
        'by the one revision';
    stdout_is ['heads'], "b1 (head)\n", 'one head';
    run_like ['history'], qr/^s1 -> b1 \(head\).*^a1 -> s1.*^<base> -> a1/ms, 'its child, which names the old parent, follows it';
    run_like ['show', 'r2'], qr/^Rev: s1$/m, 'an old id names it';
    run_ok ['downgrade', 'base'], 'down';
    is_deeply [$db->user_tables], [], 'to nothing';
});

for my $at (qw(a1 r1 r2 r3 b1)) {
    for_each_engine(sub {
        my ($db) = @_;
        my $project = old_project($db);
        run_ok ['upgrade', $at], "a database at $at";
        squash($project);
        my %shown = (r3 => 's1', map { $_ => $_ } qw(a1 r1 r2 b1));
        run_like ['current'], qr/^$shown{$at}\b/m, 'current says where it is';
        my $plan = json_of(['plan', 'head']);
        my @steps = map { $_->{revision} } @{ $plan->{steps} };
        my %steps = (a1 => 's1 b1', r1 => 'r2 r3 b1', r2 => 'r3 b1', r3 => 's1 b1', b1 => '');
        is "@steps", $steps{$at}, 'the plan';
        is_deeply $plan->{rows_before}, [$at], 'from what the table holds';
        my $run = run_ok ['upgrade', 'head'], 'the way up';
        like $run->{stderr}, qr/^Running stamp_revision r3 -> s1/m, 'rewrites the row' if $at eq 'r3';
        is_deeply [$db->user_tables], \@all, 'leads to all tables';
        is_deeply [$db->versions], ['b1'], 'and the head';
        run_ok ['downgrade', 'a1'], 'the way down, by the new one';
        is_deeply [$db->user_tables], ['t_a1'], 'leads back';
        is_deeply [$db->versions], ['a1'], 'and is recorded';
    });
}

for_each_engine(engines => ['sqlite'], sub {
    my ($db) = @_;
    my $project = old_project($db);
    run_ok ['upgrade', 'r2'], 'a database within';
    squash($project);
    run_ok ['downgrade', 'base'], 'the way down from there';
    is_deeply [$db->user_tables], [], 'by the old files';

    $project = old_project($db);
    run_ok ['upgrade', 'r3'], 'a database at the end of the range';
    squash($project);
    unlink $project->path('migrations/versions/b1.sql') or die $!;
    run_ok ['upgrade', 'head'], 'with nothing behind it';
    is_deeply [$db->versions], ['s1'], 'is recorded at the new one';
    run_err_like ['upgrade', 'head'], qr/Nothing to do/, 'and then there is nothing to do';
    run_ok ['downgrade', 'base'], 'down';
    is_deeply [$db->user_tables], [], 'by the new one';
});

for_each_engine(engines => ['sqlite'], sub {
    my ($db) = @_;
    my $project = old_project($db);
    squash($project);
    my $script = run_ok(['upgrade', 'r3:head', '--sql'], 'a script from the end of the range')->{stdout};
    like $script, qr/version_num = 's1' WHERE version_num = 'r3'/, 'rewrites the row first';
    unlike $script, qr/CREATE TABLE t_r/, 'and makes nothing again';
    $script = run_ok(['upgrade', 'r1:head', '--sql'], 'a script from within')->{stdout};
    is join(' ', $script =~ /^CREATE TABLE (t_\w+)/mg), 't_r2 t_r3 t_b1', 'has the old ones that are missing';
});

# What is wrong with it.
for_each_engine(engines => ['sqlite'], sub {
    my ($db) = @_;
    my $project = old_project($db);
    $project->revision(id => 's1', parents => 'a1', header => "-- \@replaces r1 r2 r3\n", upgrade => '', message => '');
    my $run = fails_with 1, qr{s1\.sql:1: error: revision "r1", which "s1" replaces, has a file$}m, ['heads'],
        'a replaced revision among the others';
    like $run->{stderr}, qr{^detail: It is migrations/versions/r1\.sql:1\.\nhint: Move the file to the folder squashed}m, 'where it goes';
    squash($project);
    $project->revision(id => 's2', parents => 'a1', header => "-- \@replaces r9 r2\n", upgrade => '', message => '');
    fails_with 1, qr{revision "r2" is replaced by "s1" and by "s2"}, ['heads'], 'two that replace one';
    $project->revision(id => 's2', parents => 'a1', header => "-- \@replaces s2\n", upgrade => '', message => '');
    fails_with 1, qr{revision "s2" replaces itself}, ['heads'], 'one that replaces itself';
    $project->revision(id => 's2', parents => 'a1', header => "-- \@replaces head\n", upgrade => '', message => '');
    fails_with 1, qr{s2\.sql:3:14: error: "head" is reserved}, ['heads'], 'a reserved name';
});

for_each_engine(engines => ['sqlite'], sub {
    my ($db) = @_;
    my $project = old_project($db);
    run_ok ['upgrade', 'r1'], 'a database within';
    squash($project);
    unlink glob $project->path('migrations/squashed/*.sql');
    fails_with 1, qr{error: the database is at r1, which was squashed into s1, and its files are not all here}, ['upgrade', 'head'],
        'the old files are gone';
    is_deeply [$db->versions], ['r1'], 'nothing is done';
});

# Squashed twice: x1 stands for s1 and what follows it.
sub squash_again
{
    my ($project) = @_;
    rename $project->path("migrations/versions/$_.sql"), $project->path("migrations/squashed/$_.sql") or die $! for qw(s1 b1);
    $project->revision(id => 'x1', parents => 'a1', header => "-- \@replaces r1 r2 r3 s1 b1\n", message => '',
        upgrade => join('', map { "CREATE TABLE t_$_ (id int);\n" } qw(r1 r2 r3 b1)), downgrade => '');
}

for my $at (qw(a1 r1 r3 s1 b1)) {
    for_each_engine(engines => ['sqlite'], sub {
        my ($db) = @_;
        my $project = old_project($db);
        run_ok ['upgrade', $at], "a database at $at" if $at ne 's1';
        squash($project);
        run_ok ['upgrade', $at], "a database at $at" if $at eq 's1';
        squash_again($project);
        run_ok ['upgrade', 'head'], 'of which more was squashed afterwards, goes up';
        is_deeply [$db->user_tables], \@all, 'to all tables';
        run_ok ['upgrade', 'head'], 'and once more';
        is_deeply [$db->versions], ['x1'], 'to the one revision that is left';
    });
}

done_testing;
