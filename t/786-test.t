#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# `limbeck test`: every revision up, down and up again in scratch, on each engine:
# what it finds, and that the configured database sees nothing of it.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Slow;
use Limbeck::Test;

my $project;
my $last;

sub start
{
    my ($db) = @_;
    $project = new_project(db => $db);
    $last = undef;
}

sub revision
{
    my ($id, %opt) = @_;
    $project->revision(id => $id, parents => $last, message => '', %opt);
    $last = $id;
}

# "id outcome; ..." and all details as one text.
sub outcomes
{
    my ($status) = @_;
    my $run = limbeck('--json', 'test');
    my $text = $run->{stdout};
    my $value = eval { JSON::PP->new->utf8->decode($text) } // {};
    my @revisions = @{ $value->{revisions} // [] };
    is $run->{status}, $status, "status $status" or diag $run->{stdout}, $run->{stderr};
    return (join('; ', map { "$_->{revision} $_->{outcome}" } @revisions),
        join("\n", map { @{ $_->{details} } } @revisions));
}

for_each_engine(sub {
    my ($db) = @_;
    start($db);
    revision('a1', upgrade => "CREATE TABLE t (id int NOT NULL PRIMARY KEY, name varchar(20));\nCREATE INDEX ix_t ON t (name);",
        downgrade => 'DROP TABLE t;');
    revision('a2', upgrade => 'CREATE TABLE u (id int NOT NULL PRIMARY KEY, t int REFERENCES t (id));', downgrade => 'DROP TABLE u;');
    revision('a3', upgrade => 'ALTER TABLE t ADD COLUMN age int;', downgrade => 'ALTER TABLE t DROP COLUMN age;');
    revision('a4', upgrade => 'CREATE VIEW v AS SELECT id FROM t;', downgrade => 'DROP VIEW v;');
    revision('a5', upgrade => "INSERT INTO t (id, name) VALUES (77, 'seed');", downgrade => 'DELETE FROM t WHERE id = 77;',
        upgrade_args => 'no-transaction');
    my ($found, $details) = outcomes(0);
    is $found, 'a1 passed; a2 passed; a3 passed; a4 passed; a5 passed', 'revisions that are as they should be';
    is $details, '', 'with nothing to say of them';
    is_deeply [$db->tables], [], 'the database itself sees nothing of it';
    run_like ['test', 'a2'], qr/\Aa1 .*\na2 .*\n\z/, 'up to a revision, in words';

    run_ok ['upgrade', 'head'], 'the database may be at any revision';
    is +(outcomes(0))[0], $found, 'that is no matter';
});

for_each_engine(sub {
    my ($db) = @_;
    start($db);
    revision('b1', upgrade => 'CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int, b int);', downgrade => 'DROP TABLE t;');
    revision('b2', upgrade => 'CREATE TABLE u (id int);', irreversible => 'u is for ever');
    revision('b3', upgrade => 'ALTER TABLE t ADD COLUMN c int;', downgrade => '-- forgotten');
    revision('b4', upgrade => 'ALTER TABLE t ADD COLUMN d int;', downgrade => 'ALTER TABLE nowhere DROP COLUMN d;');
    revision('b5', upgrade => 'CREATE TABLE w (id int);', downgrade => 'DROP TABLE w;');
    my ($found, $details) = outcomes(1);
    is $found, 'b1 passed; b2 irreversible; b3 not restored; b4 downgrade failed; b5 passed', 'what is found';
    like $details, qr/does not restore the schema.*\n\s+.*\bt\.c\b/, 'what is left is named';
    like $details, qr/b4\.sql:\d+.*nowhere/, 'and so is the statement that fails';
    my $run = fails_with 1, qr/2 of 5 revisions did not pass/, ['test'], 'in words';
    like $run->{stdout}, qr/^b3 .*restore/m, 'a line for each';

    revision('b6', upgrade => 'INSERT INTO nothing VALUES (1);', downgrade => '-- nothing');
    revision('b7', upgrade => 'CREATE TABLE x (id int);', downgrade => 'DROP TABLE x;');
    ($found) = outcomes(1);
    like $found, qr/b5 passed; b6 upgrade failed\z/, 'an upgrade that fails ends it';
});

# Rows, on the way through.
for_each_engine(sub {
    my ($db) = @_;
    start($db);
    revision('c1', upgrade => "CREATE TABLE t (id int NOT NULL PRIMARY KEY, name varchar(20) NOT NULL);\n"
        . "CREATE TABLE child (id int NOT NULL PRIMARY KEY, t int NOT NULL, CONSTRAINT f FOREIGN KEY (t) REFERENCES t (id));",
        downgrade => "DROP TABLE child;\nDROP TABLE t;");
    revision('c2', upgrade => 'CREATE TABLE log (id int);', downgrade => "DROP TABLE log;\nDELETE FROM child;");
    my ($found, $details) = outcomes(1);
    is $found, 'c1 passed; c2 rows lost', 'a downgrade that loses rows';
    like $details, qr/table child had 2 rows before, and has 0 after upgrade and downgrade/, 'of which table';

    start($db);
    revision('h1', upgrade => "CREATE TABLE t (id int NOT NULL PRIMARY KEY);", downgrade => 'DROP TABLE t;');
    revision('h2', upgrade => 'INSERT INTO t VALUES (99);', downgrade => '-- forgotten');
    revision('h3', upgrade => 'CREATE TABLE u (id int);', downgrade => 'DROP TABLE u;');
    ($found, $details) = outcomes(1);
    is $found, 'h1 passed; h2 not repeated; h3 passed', 'an upgrade that can be done once only';
    like $details, qr/h2\.sql:\d+/, 'and where';

    start($db);
    revision('d1', upgrade => "CREATE TABLE t (id int NOT NULL PRIMARY KEY, name varchar(20) NOT NULL);", downgrade => 'DROP TABLE t;');
    revision('d2', upgrade => 'CREATE UNIQUE INDEX u ON t (name);', downgrade => $db->engine eq 'mysql' ? 'DROP INDEX u ON t;' : 'DROP INDEX u;');
    revision('d3', upgrade => "INSERT INTO t VALUES (1, 'one');", downgrade => 'DELETE FROM t WHERE id = 1;');
    ($found, $details) = outcomes(0);
    is $found, 'd1 passed; d2 passed; d3 passed', 'a revision that our rows are in the way of';
    like $details, qr/\Awith sample rows in the tables it fails, and was tested without any:\n.*d3\.sql/, 'is tested without them';
});

# A rebuild, and its foreign keys.
for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    start($db);
    revision('e1', upgrade => "CREATE TABLE t (id integer PRIMARY KEY, name text);\nCREATE TABLE c (t integer REFERENCES t (id));",
        downgrade => "DROP TABLE c;\nDROP TABLE t;");
    my $rebuild = sub { "CREATE TABLE n (id integer PRIMARY KEY, name $_[0]);\nINSERT INTO n SELECT * FROM t $_[1];\n"
        . "DROP TABLE t;\nALTER TABLE n RENAME TO t;\n" };
    revision('e2', upgrade => $rebuild->('text NOT NULL', ''), upgrade_args => 'rebuild', downgrade => $rebuild->('text', ''),
        downgrade_args => 'rebuild');
    is +(outcomes(0))[0], 'e1 passed; e2 passed', 'a rebuild';
    revision('e3', upgrade => $rebuild->('text', 'WHERE id > 1'), upgrade_args => 'rebuild', downgrade => $rebuild->('text NOT NULL', ''),
        downgrade_args => 'rebuild');
    my ($found, $details) = outcomes(0);
    like $details, qr/foreign key check failed/, 'one that loses a row which others refer to';
    is $found, 'e1 passed; e2 passed; e3 passed', 'as seen with rows in it';
});

for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    $project = new_project(ini => { url => 'sqlite:///not/there.db' });
    $last = undef;
    revision('f1', upgrade => 'CREATE TABLE t (id int);', downgrade => 'DROP TABLE t;');
    is +(outcomes(0))[0], 'f1 passed', 'a database whose folder does not exist';
    ok !-e $project->path('not'), 'stays so';
    revision('f2', upgrade => "-- \@decide what?\nCREATE TABLE u (id int);", downgrade => 'DROP TABLE u;');
    my ($found, $details) = outcomes(1);
    is $found, 'f1 passed; f2 upgrade failed', 'an open decision';
    like $details, qr/f2\.sql:5: to be decided: what\?/, 'is told';
    fails_with 1, qr/no revision or label is called "nowhere"/, ['test', 'nowhere'], 'an unknown revision';
});

# Ctrl-C reaches the scratch too.
for_each_engine(sub {
    my ($db) = @_;
    start($db);
    revision('g1', upgrade => 'CREATE TABLE t (id int);', downgrade => 'DROP TABLE t;');
    revision('g2', upgrade => endless_sql($db), downgrade => '-- nothing');
    my $run = limbeck_start('-vv', 'test');
    ok $run->wait_for(qr/scratch/), 'in scratch';
    # Wherever it is then, before long it is at the statement that never ends.
    select undef, undef, undef, 2;
    my $result = $run->signal('INT')->finish;
    is $result->{status}, 130, 'a test that is interrupted ends';
    cmp_ok $result->{seconds}, '<', 30, 'soon';
    is_deeply [$db->tables], [], 'and the database has nothing of it';
});

done_testing;
