#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The server ends the session while a revision runs.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Slow;

for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { lock_timeout => '10s' });
    my $halfway = $db->engine eq 'mysql';
    my $write = sub {
        my ($slow) = @_;
        $project->revision(id => 'a2', parents => 'a1', upgrade => "CREATE TABLE u (id int);\n"
            . "INSERT INTO u VALUES (1);\n$slow", downgrade => 'DROP TABLE u;');
    };
    $project->revision(id => 'a1', upgrade => 'CREATE TABLE t (id int);', downgrade => 'DROP TABLE t;');
    $write->(endless_sql($db));
    run_ok ['upgrade', 'a1'], 'the first revision';
    my $run = limbeck_start('upgrade', 'head');
    ok wait_and_kill($db), 'the session is killed';
    my $result = $run->finish;
    is $result->{status}, 1, 'the run fails';
    like $result->{stderr}, qr/error: .*/, 'with a message';
    like $result->{stderr}, qr/connection was lost .*connecting again/, 'that limbeck looks what was done';
    like $result->{stderr}, $halfway ? qr/revision a2 stopped half-way: 1 of its 3 .*is at a1$/m
        : qr/revision a2 was rolled back, the database is at a1$/m, 'and what it found';
    is_deeply $db->query('SELECT revision, outcome, statements_done FROM limbeck_history ORDER BY seq'),
        [['a1', 'done', 1], ['a2', 'failed', $halfway ? 1 : 0]], 'the history says so';
    is_deeply [$db->versions], ['a1'], 'the version row is that of the revision before';
    is_deeply [$db->user_tables], $halfway ? ['t', 'u'] : ['t'], 'what the server could undo is undone';
    $write->(slow_sql($db, 0));
    run_ok ['upgrade', 'head'], 'the next run';
    is $db->value('SELECT count(*) FROM u'), 1, 'does each statement once';
    is_deeply [$db->versions], ['a2'], 'and arrives';
});

sub wait_and_kill
{
    my ($db) = @_;
    my ($find, $kill) = $db->engine eq 'mysql'
        ? ("SELECT id FROM information_schema.processlist WHERE db = database() AND state = 'User sleep'", 'KILL %d')
        : ("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
            AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()", 'SELECT pg_terminate_backend(%d)');
    for (1 .. 200) {
        my $id = $db->value($find);
        if ($id) {
            $db->do(sprintf $kill, $id);
            return 1;
        }
        select undef, undef, undef, 0.05;
    }
    return 0;
}

done_testing;
