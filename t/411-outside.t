#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Statements that can't or must not run in a transaction: no-transaction,
# @autocommit, @statement, @whole; and transaction control where there is one.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

# What each engine refuses inside a transaction.
my %outside = (
    sqlite     => 'VACUUM;',
    postgresql => 'CREATE INDEX CONCURRENTLY ix_t ON t (id);',
    mysql      => 'CREATE INDEX ix_t ON t (id);',
);
my $t = "CREATE TABLE t (id int);\n";

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    my $statement = $outside{ $db->engine };
    if ($db->engine ne 'mysql') {
        $project->revision(id => 'a1', upgrade => "$t$statement", downgrade => 'DROP TABLE t;');
        fails_with 1, qr/a1\.sql:7:1: error: .*transaction/, ['upgrade', 'head'], 'in a transaction it fails';
        is_deeply [$db->user_tables], [], 'and leaves nothing';
    }
    $project->revision(id => 'a1', upgrade => "$t-- \@autocommit\n$statement\n-- \@end\n"
        . "INSERT INTO t VALUES (1);", downgrade => 'DROP TABLE t;');
    run_ok ['upgrade', 'head'], 'in @autocommit it works';
    is $db->value('SELECT count(*) FROM t'), 1, 'and the statements around it ran';
    is_deeply $db->query("SELECT outcome, statements_done, statements_total FROM limbeck_history
            WHERE outcome = 'done'"), [['done', 3, 3]], 'the history counts all three';
    run_ok ['downgrade', 'base'], 'down';

    $project->revision(id => 'a1', upgrade => "$t$statement\n", upgrade_args => 'no-transaction',
        downgrade => "DROP TABLE t;\n", downgrade_args => 'no-transaction');
    run_ok ['upgrade', 'head'], 'and in a section without transactions';
    is_deeply [$db->versions], ['a1'], 'the version row is written';
    run_ok ['downgrade', 'base'], 'also on the way down';
    is_deeply [$db->user_tables], [], 'to nothing';

    # What precedes @autocommit is committed first.
    $project->revision(id => 'a1', upgrade => "${t}INSERT INTO t VALUES (1);\n-- \@autocommit\n"
        . "INSERT INTO nowhere VALUES (1);\n-- \@end\nINSERT INTO t VALUES (2);", downgrade => 'DROP TABLE t;');
    fails_with 1, qr/a1 stopped half-way: 2 of its 4 statements/, ['upgrade', 'head'],
        'an @autocommit part that fails';
    is_deeply $db->query('SELECT id FROM t'), [[1]], 'what precedes it stays';
});

# A statement in a section without transactions is committed at once.
for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => $t
        . "INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);\nINSERT INTO nowhere VALUES (3);\n",
        upgrade_args => 'no-transaction');
    fails_with 1, qr/3 of its 4 statements/, ['upgrade', 'head'], 'a section without transactions fails';
    is $db->value('SELECT count(*) FROM t'), 2, 'each statement before stays';
    $project->revision(id => 'a1', upgrade => $t
        . "INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);\nINSERT INTO t VALUES (3);\n",
        upgrade_args => 'no-transaction');
    run_ok ['upgrade', 'head'], 'mended, it goes on';
    is_deeply $db->query('SELECT id FROM t ORDER BY id'), [[1], [2], [3]], 'without doing anything twice';
});

my %control = (
    sqlite     => ['BEGIN', 'COMMIT', 'ROLLBACK', 'END', 'BEGIN IMMEDIATE'],
    postgresql => ['BEGIN', 'COMMIT', 'ROLLBACK', 'START TRANSACTION', 'END', 'ABORT'],
    mysql      => ['BEGIN', 'COMMIT', 'ROLLBACK', 'START TRANSACTION', 'SET autocommit = 0'],
);

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => $t);
    for my $word (@{ $control{ $db->engine } }) {
        $project->revision(id => 'a2', parents => 'a1', message => '', upgrade => "SELECT 1;\n\n/* */ $word;\n");
        fails_with 1, qr/a2\.sql:7:7: error: transaction control.*hint: .*no-transaction/s, ['upgrade', 'head'],
            "$word in a transaction is refused";
    }
    is_deeply [$db->tables], [], 'before anything was done';
    $project->revision(id => 'a2', parents => 'a1', upgrade => "SAVEPOINT s;\nINSERT INTO t VALUES (1);\n"
        . "ROLLBACK TO SAVEPOINT s;\nRELEASE SAVEPOINT s;\nINSERT INTO t VALUES (2);");
    run_ok ['upgrade', 'head'], 'savepoints may be used';
    is_deeply $db->query('SELECT id FROM t'), [[2]], 'and work';
    $project->revision(id => 'a3', parents => 'a2', upgrade => "BEGIN;\nINSERT INTO t VALUES (3);\nCOMMIT;\n",
        upgrade_args => 'no-transaction');
    run_ok ['upgrade', 'head'], 'a section without transactions may have its own';
    is_deeply $db->query('SELECT id FROM t ORDER BY id'), [[2], [3]], 'and they work';
});

my %procedure = (
    postgresql => "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC; SELECT 1; SELECT 7; END",
    sqlite     => "CREATE TRIGGER f AFTER INSERT ON t BEGIN\n  DELETE FROM t WHERE id = 1;\n  DELETE FROM t WHERE id = 2;\nEND",
    mysql      => "CREATE PROCEDURE f()\nBEGIN\n  INSERT INTO t VALUES (1);\n  INSERT INTO t VALUES (2);\nEND",
);
$procedure{postgresql} = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 7;'";

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => "$t-- \@statement\n$procedure{ $db->engine };\n-- \@end\n"
        . "INSERT INTO t VALUES (5);");
    run_ok ['upgrade', 'head'], '@statement makes one of several semicolons';
    is $db->value("SELECT statements_total FROM limbeck_history"), 3, 'it counts as one';
    is $db->value('SELECT id FROM t'), 5, 'and what follows ran';

    $project->revision(id => 'a2', parents => 'a1',
        upgrade => "-- \@whole\nCREATE TABLE u (id int);\nINSERT INTO u VALUES (1);\nINSERT INTO u VALUES (2);\n",
        downgrade => "-- \@whole\nDELETE FROM u;\nDROP TABLE u;\n");
    run_ok ['upgrade', 'head'], '@whole sends the section as one text';
    is $db->value('SELECT count(*) FROM u'), 2, 'of which all runs';
    is $db->value("SELECT statements_total FROM limbeck_history WHERE revision = 'a2'"), 1, 'it counts as one';
    run_ok ['downgrade', '-1'], 'also on the way down';
    is_deeply [$db->user_tables], ['t'], 'it is undone';

    $project->revision(id => 'a2', parents => 'a1', message => '',
        upgrade => "-- \@whole\nINSERT INTO t VALUES (6);\nINSERT INTO nowhere VALUES (2);\nINSERT INTO t VALUES (7);\n");
    my $run = fails_with 1, qr/a2\.sql:\d+:\d+: error: .*nowhere/, ['upgrade', 'head'], 'a @whole section that fails';
    is_deeply $db->query('SELECT id FROM t'), [[5]], 'is undone' if $db->engine ne 'mysql';
    like $run->{stderr}, qr/a2\.sql:7:13:/, 'and says where' if $db->engine eq 'postgresql';
    like $run->{stderr}, $db->engine eq 'mysql' ? qr/; what revision a2 did before this is not undone where/
        : qr/; revision a2 was rolled back, the database is at a1$/m, 'and what became of it';

    $project->revision(id => 'a2', parents => 'a1', message => '',
        upgrade => "-- \@whole\nINSERT INTO t VALUES (6);\nCOMMIT;\nINSERT INTO nowhere VALUES (2);\n");
    fails_with 1, qr/a2\.sql:7:1: error: transaction control .*\n.*\n.*\nhint: .*-- \@upgrade no-transaction/,
        ['upgrade', 'head'], 'a @whole section can not end the transaction that it is in';
    ok !$db->value('SELECT count(*) FROM t WHERE id = 6'), 'it was not sent' if $db->engine ne 'mysql';

    $project->revision(id => 'a2', parents => 'a1', message => '', upgrade_args => 'no-transaction',
        upgrade => "-- \@whole\nCREATE TABLE u (id int);\nINSERT INTO u VALUES (1);\nINSERT INTO nowhere VALUES (2);\n");
    $run = fails_with 1, qr/nowhere/, ['upgrade', 'head'], 'without a transaction it may be done in part';
    like $run->{stderr}, qr/; what revision a2 did before this is not undone where the engine or the text/,
        'which is said';
});

# What keeps limbeck from its own tables keeps it from saying how far it came.
for_each_engine(engines => [grep { $_ eq 'mysql' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => "$t\nLOCK TABLES t WRITE;\nINSERT INTO t VALUES (1);\nUNLOCK TABLES;");
    my $run = fails_with 1, qr/not locked with LOCK TABLES\n/, ['upgrade', 'head'], 'LOCK TABLES';
    like $run->{stderr}, qr/; revision a1 stopped half-way: 2 of its 4 statements ran, but that could not be written/,
        'is found out';
    like $run->{stderr}, qr/^hint: Take LOCK TABLES out of the revision/m, 'and what to do';
    fails_with 1, qr/not known whether statement 2 .*limbeck repair a1 --retry/s, ['upgrade', 'head'],
        'the next run asks';
    run_ok ['repair', 'a1', '--done'], 'and takes the answer';
    is $db->value('SELECT statements_done FROM limbeck_history'), 2, 'which is written down';
});

done_testing;
