#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A revision that is left half done: by an engine whose DDL can't be undone, or
# because the file asks for it. The next run goes on after what is done.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

# Parts that stay on every engine: in a section outside transactions.
my @parts = ("CREATE TABLE u (id int);\n", "INSERT INTO u VALUES (1);\n", "CREATE TABLE v (id int);\n",
    "INSERT INTO nowhere VALUES (2);\n", "CREATE TABLE w (id int);\n");

sub write_a2
{
    my ($project, @sql) = @_;
    $project->revision(id => 'a2', parents => 'a1', upgrade => join('', @sql),
        upgrade_args => 'no-transaction', downgrade => "DROP TABLE w;\nDROP TABLE v;\nDROP TABLE u;",
        downgrade_args => 'no-transaction');
}

sub half_done
{
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => 'CREATE TABLE t (id int);', downgrade => 'DROP TABLE t;');
    write_a2($project, @parts);
    $project->revision(id => 'a3', parents => 'a2', upgrade => 'CREATE TABLE x (id int);',
        downgrade => 'DROP TABLE x;');
    fails_with 1, qr/a2\.sql:\d+:13: error: .*nowhere.*\brevision a2 stopped half-way: 3 of its 5 statements/s,
        ['upgrade', 'head'], 'a revision stops half-way';
    return $project;
}

sub entry
{
    my ($db) = @_;
    return $db->query("SELECT outcome, statements_done, statement_started, statements_total
        FROM limbeck_history WHERE revision = 'a2' ORDER BY seq");
}

for_each_engine(sub {
    my ($db) = @_;
    my $project = half_done($db);
    is_deeply [$db->versions], ['a1'], 'the database is at the one before';
    is_deeply [$db->user_tables], [qw(t u v)], 'the done part stays';
    is_deeply entry($db), [['failed', 3, 0, 5]], 'the history says how far it got';

    fails_with 1, qr/nowhere/, ['upgrade', 'head'], 'again, not mended';
    is_deeply entry($db), [['failed', 3, 0, 5]], 'the same entry, for it goes on';
    is $db->value('SELECT count(*) FROM u'), 1, 'nothing was done twice';

    fails_with 1, qr/half-way through the upgrade of revision a2.*3 of its 5 statements/s,
        ['downgrade', 'base'], 'no other way may be taken meanwhile';
    is_deeply [$db->user_tables], [qw(t u v)], 'and nothing was done';

    write_a2($project, @parts[0 .. 2], "INSERT INTO v VALUES (2);\n", $parts[4]);
    run_ok ['upgrade', 'head'], 'with the rest of the file mended';
    is_deeply [$db->versions], ['a3'], 'it goes to the end';
    is_deeply [$db->user_tables], [qw(t u v w x)], 'all tables are there';
    is_deeply $db->query('SELECT count(*) FROM u; SELECT count(*) FROM v'), [[1], [1]],
        'each statement ran once';
    is_deeply entry($db), [['done', 5, 0, 5]], 'one entry, done';
    is $db->value("SELECT error FROM limbeck_history WHERE revision = 'a2'"), '', 'without an error';
    run_ok ['downgrade', 'base'], 'and down again';
    is_deeply [$db->user_tables], [], 'nothing is left';
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = half_done($db);
    write_a2($project, $parts[0], "INSERT INTO u VALUES (7);\n", $parts[2], $parts[4]);
    fails_with 1, qr/^migrations\/versions\/a2\.sql: error: .*half done.*changed since.*hint: /ms,
        ['upgrade', 'head'], 'a change of the done part is refused';
    is_deeply [$db->user_tables], [qw(t u v)], 'and nothing was done';
    is $db->value('SELECT id FROM u'), 1, 'the rows neither';
    is_deeply entry($db), [['failed', 3, 0, 5]], 'the entry stands';
    write_a2($project, @parts[0 .. 1]);
    fails_with 1, qr/half done.*changed since/, ['upgrade', 'head'], 'a shorter file is refused';
    write_a2($project, map { s/\n/  \r\n/r } @parts[0 .. 2], "-- that was it\n");
    run_ok ['upgrade', 'a2'], 'other white space and line ends between statements are no change';
    is_deeply [$db->versions], ['a2'], 'so it is done';
});

# As a crash would leave it: statement 4 was under way.
sub doubt
{
    my ($db) = @_;
    $db->do("UPDATE limbeck_history SET outcome = 'running', statement_started = 4,
        finished_at = '' WHERE revision = 'a2'");
    fails_with 1, qr/not known whether statement 4 of revision a2 took effect.*limbeck repair a2 --retry/s,
        ['upgrade', 'head'], 'a statement in doubt stops the run';
    is_deeply [$db->user_tables], [qw(t u v)], 'and nothing was done';
}

for_each_engine(sub {
    my ($db) = @_;
    my $project = half_done($db);
    fails_with 1, qr/no statement of revision a2 is in doubt.*limbeck upgrade/s,
        ['repair', 'a2', '--retry'], 'repair, where nothing is in doubt';
    fails_with 1, qr/revision a1 was not left half done.*Revision a2 was/s,
        ['repair', 'a1', '--retry'], 'repair of another revision';
    doubt($db);
    run_ok ['repair', 'a2', '--retry'], 'it did not take effect, says the user';
    is_deeply entry($db), [['running', 3, 0, 5]], 'so it does not count';
    fails_with 1, qr/nowhere/, ['upgrade', 'head'], 'and the run repeats it';

    doubt($db);
    write_a2($project, $parts[0], @parts[2 .. 4]);
    fails_with 1, qr/half done.*changed since/, ['repair', 'a2', '--done'],
        'it did, but the file has changed';
    write_a2($project, @parts);
    run_ok ['repair', 'a2', '--done'], 'it did';
    is_deeply entry($db), [['running', 4, 0, 5]], 'so it counts';
    run_ok ['upgrade', 'head'], 'and the run goes on after it';
    is_deeply [$db->user_tables], [qw(t u v w x)], 'to the end';
});

# The way down stops half-way just as well.
for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    my $write = sub {
        my ($last) = @_;
        $project->revision(id => 'a1', upgrade => "CREATE TABLE t (id int);\nCREATE TABLE u (id int);",
            downgrade => "DROP TABLE u;\n$last", downgrade_args => 'no-transaction');
    };
    $write->('DROP TABLE nowhere;');
    run_ok ['upgrade', 'head'], 'up';
    fails_with 1, qr/a1\.sql:\d+:\d+: error: .*nowhere.*a1 stopped half-way: 1 of its 2 statements.*is at a1$/ms,
        ['downgrade', 'base'], 'a downgrade that stops half-way';
    is_deeply [$db->versions], ['a1'], 'leaves the version row';
    is_deeply [$db->user_tables], ['t'], 'and what was not undone yet';
    $project->revision(id => 'a2', parents => 'a1', upgrade => 'SELECT 1;');
    fails_with 1, qr/half-way through the downgrade of revision a1/, ['upgrade', 'head'], 'no way up from there';
    $write->('DROP TABLE t;');
    run_ok ['downgrade', 'base'], 'mended, it goes on';
    is_deeply [$db->user_tables], [], 'to nothing';
    is_deeply [$db->versions], [], 'also in the version table';
    is_deeply $db->query('SELECT direction, outcome, statements_done FROM limbeck_history ORDER BY seq'),
        [['upgrade', 'done', 2], ['downgrade', 'done', 2]], 'the history has it in one entry';
    run_ok ['upgrade', 'a1'], 'and up again';
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = half_done($db);
    $db->do('DROP TABLE v; DROP TABLE u');
    run_ok ['repair', 'a2', '--forget'], 'the half was undone by hand';
    is_deeply entry($db), [['abandoned', 3, 0, 5]], 'the history says so';
    write_a2($project, @parts[0 .. 2, 4]);
    run_ok ['upgrade', 'head'], 'and it begins anew';
    is_deeply [$db->user_tables], [qw(t u v w x)], 'all is there';
    is_deeply entry($db), [['abandoned', 3, 0, 5], ['done', 4, 0, 4]], 'in an entry of its own';
});

done_testing;
