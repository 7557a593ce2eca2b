#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# limbeck test as people read it: its lines, word for word, for each way in which
# a revision can fail; branches and merges.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $last;

sub start
{
    my ($db) = @_;
    $last = undef;
    return new_project(db => $db);
}

sub revision
{
    my ($id, %opt) = @_;
    project->revision(id => $id, parents => $last, message => "Do $id", file => "$id.sql", %opt);
    $last = $id;
}

# What it prints, without times and what only the engine says.
sub lines
{
    my ($got) = @_;
    return $got->{stdout} =~ s/\(\d+\.\d\d s\)/(T)/gr;
}

for_each_engine(sub {
    my ($db) = @_;
    start($db);
    revision('r1', upgrade => 'CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int);', downgrade => 'DROP TABLE t;');
    revision('r2', upgrade => 'ALTER TABLE t ADD COLUMN b int;', downgrade => 'ALTER TABLE t DROP COLUMN b;');
    my $got = run_ok ['test'], 'all is well';
    is lines($got), "r1  ok (T)  Do r1\nr2  ok (T)  Do r2\n", 'a line for each revision';
    is $got->{stderr}, "2 revisions passed.\n", 'and a sum';
    return unless $db->engine eq 'sqlite';
    is limbeck('-q', 'test')->{stderr}, '', 'none with -q';
    is lines(limbeck('test', 'r1')), "r1  ok (T)  Do r1\n", 'up to a revision';
    is lines(limbeck('test', 'head-1')), "r1  ok (T)  Do r1\n", 'or relative to one';
    is limbeck('test', 'base')->{stderr}, "0 revisions passed.\n", 'the base is before all';
    fails_with 2, qr/test does not know what to do with "r2"/, ['test', 'r1', 'r2'], 'two at once';
});

for_each_engine(sub {
    my ($db) = @_;
    my $mysql = $db->engine eq 'mysql';
    start($db);
    revision('r1', upgrade => 'CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int DEFAULT 1, b varchar(10));', downgrade => 'DROP TABLE t;');
    revision('r2', upgrade => 'CREATE INDEX ix ON t (a);', downgrade => $mysql ? "DROP INDEX ix ON t;\nCREATE INDEX ix2 ON t (a);" : "DROP INDEX ix;\nCREATE INDEX ix2 ON t (a);");
    revision('r3', upgrade => 'DROP TABLE t;', irreversible => 'the rows are gone');
    revision('r4', upgrade => 'CREATE TABLE u (id int);');
    revision('r5', upgrade => 'CREATE TABLE w (id int);', downgrade => "DROP TABLE w;\nDROP TABLE wx;");
    my $got = fails_with 1, qr/^limbeck: error: 2 of 5 revisions did not pass$/m, ['test'], 'what is not well';
    my $out = lines($got);
    like $out, qr/^r1  ok \(T\)  Do r1\nr2  downgrade does not restore the schema \(T\)  Do r2\n(?:    .*\n)+r3  irreversible \(T\)  Do r3\n(?:    .*\n)*r4  irreversible \(T\)  Do r4\n(?:    .*\n)*r5  downgrade fails \(T\)  Do r5\n(?:    .*\n)+\z/,
        'a line for each, with details below';
    like $out, qr/^    .*index ix2/m, 'an index that is left behind';
    like $out, qr/^    .*r5\.sql:11: .*wx/m, 'the statement that fails, with its place';
    my $value = json_of [{ status => 1 }, 'test'], 'as JSON';
    is $value->{failures}, 2, 'with the number of failures';
    is_deeply [$db->tables], [], 'the database has seen nothing of it';
});

# A second upgrade that differs, and rows that are lost.
for_each_engine(sub {
    my ($db) = @_;
    start($db);
    revision('r1', upgrade => 'CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int);', downgrade => 'DROP TABLE t;');
    # What the downgrade leaves elsewhere makes the second upgrade another one.
    my $once = { sqlite => 'CREATE TABLE IF NOT EXISTS u (id int, b int);', postgresql => 'CREATE TABLE IF NOT EXISTS u (id int, b int);',
        mysql => 'CREATE TABLE IF NOT EXISTS u (id int, b int);' }->{ $db->engine };
    revision('r2', upgrade => $once, downgrade => "DROP TABLE u;\nCREATE TABLE u (id int, c int);");
    my $got = fails_with 1, qr/1 of 2 revisions did not pass/, ['test'], 'a downgrade that leaves a table in another form';
    like lines($got), qr/^r2  downgrade does not restore/m, 'is found at the downgrade';

    start($db);
    revision('r1', upgrade => "CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int);\nCREATE TABLE log (n int NOT NULL PRIMARY KEY);", downgrade => "DROP TABLE t;\nDROP TABLE log;");
    revision('r2', upgrade => 'INSERT INTO log VALUES (99);', downgrade => '-- keeps it');
    $got = fails_with 1, qr/1 of 2 revisions did not pass/, ['test'], 'an upgrade that works once';
    like lines($got), qr/^r2  a second upgrade makes another schema/m, 'is told as such';
    like lines($got), qr/^    .*r2\.sql:\d+/m, 'with the place';

    start($db);
    revision('r1', upgrade => 'CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int);', downgrade => 'DROP TABLE t;');
    revision('r2', upgrade => 'CREATE TABLE u (id int NOT NULL PRIMARY KEY);', downgrade => "DROP TABLE u;\nDELETE FROM t;");
    revision('r3', upgrade => 'ALTER TABLE t ADD COLUMN b int;', downgrade => "ALTER TABLE t DROP COLUMN b;\nUPDATE t SET a = 5;");
    $got = fails_with 1, qr/1 of 3 revisions did not pass|2 of 3 revisions did not pass/, ['test'], 'rows that are lost';
    like lines($got), qr/^r2  rows are lost \(T\)  Do r2\n    .*\bt\b.*row/m, 'of which table, and how many';
});

# Branches, a merge, a dependency, another base; parts outside a transaction.
for_each_engine(sub {
    my ($db) = @_;
    my $project = start($db);
    $project->revision(id => 'a1', message => '', created => '2026-01-01', upgrade => 'CREATE TABLE a (id int NOT NULL PRIMARY KEY);', downgrade => 'DROP TABLE a;');
    $project->revision(id => 'b1', message => '', created => '2026-01-02', parents => 'a1', upgrade => 'ALTER TABLE a ADD COLUMN b int;', downgrade => 'ALTER TABLE a DROP COLUMN b;');
    $project->revision(id => 'c1', message => '', created => '2026-01-03', parents => 'a1', upgrade => 'ALTER TABLE a ADD COLUMN c int;', downgrade => 'ALTER TABLE a DROP COLUMN c;');
    $project->revision(id => 'm1', message => '', created => '2026-01-04', parents => ['b1', 'c1'], upgrade => '', downgrade => '');
    $project->revision(id => 'x1', message => '', created => '2026-01-05', depends => 'm1', upgrade_args => 'no-transaction', upgrade => 'CREATE TABLE x (id int);',
        downgrade => 'DROP TABLE x;');
    my $got = run_ok ['test'], 'a graph';
    is join(' ', lines($got) =~ /^(\w+)  ok/mg), 'a1 b1 c1 m1 x1', 'in the order of an upgrade';
    is $got->{stderr}, "5 revisions passed.\n", 'all of it';
    $got = run_ok ['test', 'c1'], 'one branch';
    is join(' ', lines($got) =~ /^(\w+)  ok/mg), 'a1 c1', 'and what is below it' if $db->engine ne 'postgresql';
});
done_testing;
