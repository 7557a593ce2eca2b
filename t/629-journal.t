#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What the journal counts, of statements whose effect is not plain: procedures, tables
# that no rollback touches, settings of the session. And what it costs.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Queries;

my @mysql = grep { $_ eq 'mysql' } engines();

sub entry
{
    my ($db, $id) = @_;
    return $db->query("SELECT outcome, statements_done, statement_started, statements_total
        FROM limbeck_history WHERE revision = '$id' ORDER BY seq");
}

sub ids { return join ' ', map { $_->[0] } @{ $_[0]->query("SELECT id FROM $_[1] ORDER BY id") } }

# A revision that fails at its end, and the same mended.
sub fail_then_mend
{
    my ($db, $sql, %opt) = @_;
    my $project = project;
    $project->revision(id => 'a2', parents => 'a1', upgrade => "${sql}INSERT INTO nowhere VALUES (1);\n", %opt);
    my $run = limbeck('upgrade', 'head');
    is $run->{status}, 1, 'it fails';
    $project->revision(id => 'a2', parents => 'a1', upgrade => $sql, %opt);
    return $run;
}

my $procedures = <<'SQL';
CREATE TABLE t (id int) ENGINE=InnoDB;
-- @statement
CREATE PROCEDURE plain() BEGIN INSERT INTO t VALUES (10); INSERT INTO t VALUES (11); END
-- @end
-- @statement
CREATE PROCEDURE committing() BEGIN INSERT INTO t VALUES (20); CREATE TABLE made (id int); INSERT INTO t VALUES (21); END
-- @end
-- @statement
CREATE PROCEDURE broken() BEGIN INSERT INTO t VALUES (30); CREATE TABLE made (id int); INSERT INTO t VALUES (31); INSERT INTO nowhere VALUES (1); END
-- @end
SQL

for my $case (['plain', 'CALL plain();', '1 10 11'], ['that commits', 'CALL committing();', '1 20 21'],
    ['prepared', "PREPARE p FROM 'INSERT INTO t VALUES (40)';\nEXECUTE p;", '1 40'],
    ['immediate', "EXECUTE IMMEDIATE 'INSERT INTO t VALUES (50)';", '1 50']) {
    my ($name, $sql, $want) = @$case;
    for_each_engine(engines => \@mysql, sub {
        my ($db) = @_;
        my $project = new_project(db => $db);
        $project->revision(id => 'a1', upgrade => $procedures);
        run_ok ['upgrade', 'a1'], "procedure, $name";
        fail_then_mend($db, "INSERT INTO t VALUES (1);\n$sql\n");
        my $done = entry($db, 'a2')->[0][1];
        is ids($db, 't'), $done >= 2 ? $want : $done ? '1' : '', 'what the journal counts is there, and no more';
        run_ok ['upgrade', 'head'], 'mended';
        is ids($db, 't'), $want, 'each row is there once';
    });
}

for_each_engine(engines => \@mysql, sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => $procedures);
    $project->revision(id => 'a2', parents => 'a1', upgrade => "INSERT INTO t VALUES (1);\nCALL broken();\nINSERT INTO t VALUES (2);");
    run_ok ['upgrade', 'a1'], 'a procedure that commits, and fails';
    my $run = fails_with 1, qr/1 of its 3 statements are done and stay; of statement 2 a part may be.*hint: .*repair a2/s,
        ['upgrade', 'head'], 'its run says that a part of it may be there';
    is_deeply entry($db, 'a2'), [['failed', 1, 2, 3]], 'the journal has it in doubt';
    fails_with 1, qr/not known whether statement 2 of revision a2 took effect/, ['upgrade', 'head'], 'the next run asks';
    is ids($db, 't'), '1 30', 'and does nothing';
    run_ok ['repair', 'a2', '--skip'], 'it is left out';
    run_ok ['upgrade', 'head'], 'the next run goes on';
    is ids($db, 't'), '1 2 30', 'after it';
});

# Of a table that knows no transactions.
for_each_engine(engines => \@mysql, sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => "CREATE TABLE t (id int) ENGINE=InnoDB;\nCREATE TABLE m (id int PRIMARY KEY) ENGINE=MyISAM;");
    run_ok ['upgrade', 'a1'], 'MyISAM';
    fail_then_mend($db, "INSERT INTO t VALUES (1);\nINSERT INTO m VALUES (1);\nINSERT INTO t VALUES (2);\n");
    is_deeply entry($db, 'a2'), [['failed', 2, 0, 4]], 'the row that stays is counted, and what is before it';
    is ids($db, 't') . ' / ' . ids($db, 'm'), '1 / 1', 'what is counted is there';
    run_ok ['upgrade', 'head'], 'mended';
    is ids($db, 't') . ' / ' . ids($db, 'm'), '1 2 / 1', 'each row is there once';

    $project->revision(id => 'a3', parents => 'a2', upgrade => "INSERT INTO t VALUES (3);\nINSERT INTO m VALUES (2), (1), (3);\n");
    fails_with 1, qr/Duplicate entry.*of statement 2 a part may be/s, ['upgrade', 'head'], 'one that fails half-way';
    fails_with 1, qr/not known whether statement 2 of revision a3/, ['upgrade', 'head'], 'is not run again unasked';
    is ids($db, 'm'), '1 2', 'since a part of it is there';
    run_ok ['repair', 'a3', '--done'], 'the user says so';
    run_ok ['upgrade', 'head'], 'and it goes on';
    is ids($db, 't') . ' / ' . ids($db, 'm'), '1 2 3 / 1 2', 'with nothing twice';

    $project->revision(id => 'a4', parents => 'a3', upgrade => "CREATE TABLE n (id int) ENGINE = MyISAM;\nINSERT INTO n VALUES (1);\nINSERT INTO t VALUES (4);\nINSERT INTO nowhere VALUES (1);\n");
    fails_with 1, qr/nowhere/, ['upgrade', 'head'], 'a table of the revision itself';
    is_deeply entry($db, 'a4'), [['failed', 2, 0, 4]], 'is known, too';
    is ids($db, 'n'), '1', 'its row stays and is counted';
});

# What the session was told before the place where a run stopped.
my %settings = (
    mysql      => ["SET \@x = 5;\n", 'INSERT INTO t VALUES (@x);'],
    postgresql => ["SET my.x = '5';\n", "INSERT INTO t VALUES (current_setting('my.x')::int);"],
    sqlite     => ["PRAGMA recursive_triggers = 1;\nPRAGMA cache_size = 555;\n", 'INSERT INTO t SELECT cache_size / 111 FROM pragma_cache_size;'],
);
for my $args ([], [upgrade_args => 'no-transaction']) {
    for_each_engine(sub {
        my ($db) = @_;
        my ($set, $use) = @{ $settings{ $db->engine } };
        my $project = new_project(db => $db);
        $project->revision(id => 'a1', upgrade => 'CREATE TABLE t (id int);');
        run_ok ['upgrade', 'a1'], 'settings of the session';
        my $sql = "${set}CREATE TABLE u (id int);\n";
        $project->revision(id => 'a2', parents => 'a1', upgrade => "${sql}INSERT INTO nowhere VALUES (1);\n$use", @$args);
        fails_with 1, qr/nowhere/, ['upgrade', 'head'], 'a run stops after them';
        $project->revision(id => 'a2', parents => 'a1', upgrade => "$sql$use", @$args);
        run_ok ['upgrade', 'head'], 'the next one';
        is ids($db, 't'), '5', 'has them too';
    });
}

# Several revisions that are left half done are all known.
for_each_engine(engines => \@mysql, sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    my @sql = map { "CREATE TABLE $_ (id int);\n" } qw(u v);
    $project->revision(id => 'b1', upgrade => "$sql[0]SELECT * FROM nowhere;");
    $project->revision(id => 'c1', upgrade => "$sql[1]SELECT * FROM nowhere;");
    fails_with 1, qr/nowhere/, ['upgrade', 'b1'], 'one stops half-way';
    $db->do("INSERT INTO limbeck_history SELECT seq + 1, version_table, 'c1', direction, outcome, checksum, dialect, message,
        parents, depends, rows_matched, statements_total, 1, 0, '', '', '', started_at, finished_at, database_user,
        os_user, host, tool_version, error, downgrade FROM limbeck_history");
    fails_with 1, qr/half-way through the upgrade of revision c1/, ['upgrade', 'b1'], 'another one did, too: it is not forgotten';
    fails_with 1, qr/half-way through the upgrade of revision b1|half done.*changed/, ['upgrade', 'c1'], 'nor is the first';
    run_ok ['repair', 'c1', '--forget'], 'one is settled';
    $project->revision(id => 'b1', upgrade => $sql[0]);
    run_ok ['upgrade', 'b1'], 'the other one goes on';
});

# --skip of a statement that failed.
for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade_args => 'no-transaction',
        upgrade => "CREATE TABLE t (id int);\nINSERT INTO nowhere VALUES (1);\nINSERT INTO t VALUES (1);");
    fails_with 1, qr/nowhere/, ['upgrade', 'head'], 'a statement fails';
    run_err_like ['repair', 'a1', '--skip'], qr/the next run will leave the statement out/, 'it is left out';
    run_ok ['upgrade', 'head'], 'the next run goes on after it';
    is ids($db, 't'), '1', 'to the end';
    fails_with 1, qr/was not left half done/, ['repair', 'a1', '--skip'], 'then there is nothing to leave out';
});

# How many times the server has to write to its disk.
for_each_engine(engines => \@mysql, sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    run_ok ['ensure_version'], 'our tables';
    my $commits = sub { $db->value("SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'COM_COMMIT'") };
    my %revisions = (a1 => ['CREATE TABLE t (id int);', 1], a2 => ['INSERT INTO t VALUES (1);', 1],
        a3 => ["ALTER TABLE t ADD COLUMN a int;\nALTER TABLE t ADD COLUMN b int;", 1]);
    my $parent;
    for my $id (sort keys %revisions) {
        $project->revision(id => $id, upgrade => $revisions{$id}[0], ($parent ? (parents => $parent) : ()));
        $parent = $id;
    }
    plan skip_all => 'the server does not count commits' unless eval { defined $commits->() };
    for my $id (sort keys %revisions) {
        my $before = $commits->();
        run_ok ['upgrade', $id], $id;
        cmp_ok $commits->() - $before, '<=', $revisions{$id}[1], 'one COMMIT: the note of a statement is committed by the statement';
    }
});

done_testing;
