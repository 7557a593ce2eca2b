#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Others who write into our tables: nothing of theirs is overwritten, and what
# can't be made sense of stops the run.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Slow;

sub make
{
    my ($db, %a2) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => 'CREATE TABLE t (id int);', downgrade => 'DROP TABLE t;');
    $project->revision(id => 'a2', parents => 'a1', upgrade => 'CREATE TABLE u (id int);',
        downgrade => 'DROP TABLE u;', %a2);
    $project->revision(id => 'a3', parents => 'a2', upgrade => 'CREATE TABLE v (id int);',
        downgrade => 'DROP TABLE v;');
    return $project;
}

# A revision that changes the version row under the run's feet, always.
for_each_engine(sub {
    my ($db) = @_;
    make($db, upgrade => "CREATE TABLE u (id int);\nUPDATE limbeck_version SET version_num = 'a3';");
    my $run = fails_with 1, qr/error: the version table limbeck_version is not as it was when the run began/,
        ['upgrade', 'head'], 'a version row that is not the one expected';
    like $run->{stderr}, qr/^detail: Revision a2 expected.*^hint: .*limbeck current/ms, 'says which step found it, and what to do';
    cmp_ok scalar(() = $run->{stderr} =~ /^Running upgrade a1 -> a2/mg), '<=', 3, 'it is not tried for ever';
    is_deeply [$db->versions], ['a1'], 'the change is undone with the revision';
    is_deeply [grep { $_ ne 'u' } $db->user_tables], ['t'], 'and nothing after it ran';
});

# Another program does, while the revision runs. SQLite has one writer at a time.
for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    make($db, upgrade => slow_sql($db, 1) . "CREATE TABLE u (id int);");
    run_ok ['upgrade', 'a1'], 'the first revision';
    my $run = limbeck_start('upgrade', 'head');
    select undef, undef, undef, 0.4;
    $db->do("UPDATE limbeck_version SET version_num = 'zz'");
    my $result = $run->finish;
    is $result->{status}, 1, 'a row changed by another program meanwhile';
    like $result->{stderr}, qr/\bzz\b/, 'is seen, and named';
    is_deeply [$db->versions], ['zz'], 'and not overwritten';
    ok !grep({ $_ eq 'u' } $db->tables), 'the revision was rolled back' if $db->engine eq 'postgresql';
    ok !grep({ $_ eq 'v' } $db->tables), 'nothing after it ran';
});

for_each_engine(sub {
    my ($db) = @_;
    make($db);
    run_ok ['upgrade', 'a1'], 'the first revision';
    $db->do("INSERT INTO limbeck_version VALUES ('unheard_of')");
    for my $args (['upgrade', 'head'], ['downgrade', 'base']) {
        my $run = fails_with 1, qr/unheard_of.*no revision file has.*hint: .*stamp/s, $args, "$args->[0] with an unknown row";
        unlike $run->{stderr}, qr/^Running/m, 'runs nothing';
    }
    is_deeply [$db->versions], ['a1', 'unheard_of'], 'the rows stay';
    run_like ['current'], qr/^a1\b.*^unheard_of \(missing\)|^unheard_of \(missing\).*^a1\b/ms, 'current shows both';
    run_ok ['stamp', 'a1', '--purge', '--yes'], 'stamp --purge';
    is_deeply [$db->versions], ['a1'], 'takes it away';
    run_ok ['upgrade', 'head'], 'and the way is free';
});

# Rows that contradict each other.
for_each_engine(sub {
    my ($db) = @_;
    make($db);
    run_ok ['upgrade', 'a2'], 'two revisions';
    $db->do("INSERT INTO limbeck_version VALUES ('a1')");
    my $run = fails_with 1, qr/overlap.*"a1" is an ancestor of "a2".*hint: .*stamp a2/s, ['upgrade', 'head'],
        'an ancestor beside its descendant';
    unlike $run->{stderr}, qr/^Running/m, 'runs nothing';
    run_ok ['stamp', 'a2'], 'the stamp that it names';
    is_deeply [$db->versions], ['a2'], 'leaves the one';
    run_ok ['upgrade', 'head'], 'and the way is free';
});

# The history's next number is taken: by a run that there was no lock against.
for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    make($db, upgrade => slow_sql($db, 1) . "CREATE TABLE u (id int);");
    run_ok ['upgrade', 'a1'], 'the first revision';
    my $run = limbeck_start('upgrade', 'head');
    select undef, undef, undef, 0.4;
    my $taken = $db->engine eq 'mysql' ? 3 : 2;
    my $columns = join ', ', map { $_->[0] } @{ $db->query("SELECT column_name FROM information_schema.columns
        WHERE table_name = 'limbeck_history' AND column_name <> 'seq'
        AND table_schema IN ('public', 'limbeck', '@{[$db->name]}')") };
    $db->do("INSERT INTO limbeck_history (seq, $columns) SELECT $taken, $columns FROM limbeck_history WHERE seq = 1");
    my $result = $run->finish;
    is $result->{status}, 0, 'a history number that another took' or diag $result->{stderr};
    is_deeply [$db->versions], ['a3'], 'is no obstacle: the run reads anew';
    is $db->value("SELECT count(*) FROM limbeck_history WHERE revision = 'a2' AND outcome = 'done'"), 1, 'each is done once';
});

done_testing;
