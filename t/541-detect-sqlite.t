#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# SQLite: what autogenerate and check see, case by case: see Limbeck::Detect.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Detect;
on_engine('sqlite');
my $number = 0;

# As column, with an index on it and another table that refers to its table.
sub held_column
{
    my ($name, $from, $to, $value, %opt) = @_;
    return column($name, $from, $to, $value, key => 'integer PRIMARY KEY', besides => ['CREATE INDEX T_i ON T (v)',
        'CREATE TABLE T_child (up integer REFERENCES T (id) ON DELETE CASCADE)'], keep => 'SELECT id, v, typeof(v) FROM T', %opt);
}

# A table whose text changes, with two rows; `keep` is its columns.
sub table
{
    my ($name, $from, $to, %opt) = @_;
    my $t = 'tab' . ++$number;
    s/\bT\b/$t/g for $from, $to, $opt{rows} // ();
    return c($name, "CREATE TABLE $t $from", "CREATE TABLE $t $to", names => [$t], %opt,
        $opt{values} ? (rows => "INSERT INTO $t VALUES $opt{values}") : (),
        $opt{select} ? (keep => "SELECT $opt{select} FROM $t") : ());
}

group('tables',
    c('a table is added', '', 'CREATE TABLE ta1 (id integer PRIMARY KEY, name text NOT NULL)', sees => ['create table ta1']),
    c('a table is dropped', 'CREATE TABLE ta2 (id integer PRIMARY KEY)', '', destructive => 1, lossy => 1,
        rows => 'INSERT INTO ta2 VALUES (1)', sees => ['drop table ta2']),
    c('two tables that refer to each other are added', '', [
        'CREATE TABLE ta3 (id integer PRIMARY KEY, other int REFERENCES ta4)',
        'CREATE TABLE ta4 (id integer PRIMARY KEY, other int REFERENCES ta3)']),
    c('two tables that refer to each other are dropped', [
        'CREATE TABLE ta5 (id integer PRIMARY KEY, other int REFERENCES ta6)',
        'CREATE TABLE ta6 (id integer PRIMARY KEY, other int REFERENCES ta5)'], '', destructive => 1),
    c('a table that refers to itself is added', '', 'CREATE TABLE ta7 (id integer PRIMARY KEY, up int REFERENCES ta7 (id))'),
    c('AUTOINCREMENT in a new table', '', 'CREATE TABLE ta8 (id integer PRIMARY KEY AUTOINCREMENT, x)'),
    c('a STRICT table is added', '', 'CREATE TABLE ta9 (id integer PRIMARY KEY, a any) STRICT'),
    c('a table WITHOUT ROWID is added', '', 'CREATE TABLE ta10 (a text, b text, PRIMARY KEY (a, b)) WITHOUT ROWID'),
    c('a table with odd names is added', '', 'CREATE TABLE "Ta 11" ("select" int, "a""b" text, "Größe" int)', names => ['Ta 11']),
    c('a table with all kinds of constraints is added', '', q{CREATE TABLE ta12 (id integer CONSTRAINT ta12_p PRIMARY KEY
        ON CONFLICT REPLACE, a text COLLATE nocase NOT NULL ON CONFLICT IGNORE UNIQUE ON CONFLICT FAIL DEFAULT ('x' || 'y'),
        b int CHECK (b > 0) REFERENCES ta1 (id) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
        c int GENERATED ALWAYS AS (b * 2) STORED, d int AS (b * 3), CONSTRAINT ta12_c CHECK (a <> 'z'), UNIQUE (a, b))},
        names => ['ta12']),
    c('a table is renamed', 'CREATE TABLE ta13 (id integer PRIMARY KEY, name text)', 'CREATE TABLE ta14 (id integer PRIMARY KEY, name text)',
        rename => ['ta13=ta14'], rows => "INSERT INTO ta13 VALUES (1, 'a')", sql => [qr/RENAME TO ta14/]),
    c('a table that others refer to is renamed', ['CREATE TABLE ta15 (id integer PRIMARY KEY)', 'CREATE TABLE ta16 (up int REFERENCES ta15 (id))',
        'CREATE VIEW ta17 AS SELECT id FROM ta15'], ['CREATE TABLE ta18 (id integer PRIMARY KEY)',
        'CREATE TABLE ta16 (up int REFERENCES ta18 (id))', 'CREATE VIEW ta17 AS SELECT id FROM ta18'], rename => ['ta15=ta18'],
        rows => ['INSERT INTO ta15 VALUES (3)', 'INSERT INTO ta16 VALUES (3)'], keep => ['SELECT * FROM ta16', 'SELECT * FROM ta17']),
);

group('columns',
    c('a column is added', 'CREATE TABLE ca1 (id int)', 'CREATE TABLE ca1 (id int, name text)',
        rows => 'INSERT INTO ca1 VALUES (1)', keep => 'SELECT id FROM ca1', sees => ['add column ca1.name'], sql => [qr/ADD COLUMN/]),
    c('a column with a default is added', 'CREATE TABLE ca2 (id int)', 'CREATE TABLE ca2 (id int, n int NOT NULL DEFAULT 7)',
        rows => 'INSERT INTO ca2 VALUES (1)', keep => 'SELECT id FROM ca2'),
    c('a column that may not be null is added', 'CREATE TABLE ca3 (id int)', 'CREATE TABLE ca3 (id int, name text NOT NULL)',
        rows => 'INSERT INTO ca3 VALUES (1)', keep => 'SELECT id FROM ca3', fill => { 'ca3.name' => "'x'" }),
    c('a column with a default that is no constant is added', 'CREATE TABLE ca4 (id int)',
        'CREATE TABLE ca4 (id int, t text DEFAULT CURRENT_TIMESTAMP)', rows => 'INSERT INTO ca4 VALUES (1)', keep => 'SELECT id FROM ca4'),
    c('a unique column is added', 'CREATE TABLE ca5 (id int)', 'CREATE TABLE ca5 (id int, u text UNIQUE)',
        rows => 'INSERT INTO ca5 VALUES (1)', keep => 'SELECT id, rowid FROM ca5'),
    c('a column with a check is added', 'CREATE TABLE ca6 (id int)', 'CREATE TABLE ca6 (id int, n int CHECK (n > 0))',
        rows => 'INSERT INTO ca6 VALUES (1)', keep => 'SELECT id FROM ca6'),
    c('a column that refers to a table is added', ['CREATE TABLE ca7 (id integer PRIMARY KEY)', 'CREATE TABLE ca8 (id int)'],
        ['CREATE TABLE ca7 (id integer PRIMARY KEY)', 'CREATE TABLE ca8 (id int, up int REFERENCES ca7 (id) ON DELETE CASCADE)'],
        rows => 'INSERT INTO ca8 VALUES (1)', keep => 'SELECT id FROM ca8'),
    c('a column is dropped', 'CREATE TABLE ca9 (id int, name text)', 'CREATE TABLE ca9 (id int)', destructive => 1,
        rows => "INSERT INTO ca9 VALUES (1, 'a')", keep => 'SELECT id FROM ca9', sql => [qr/DROP COLUMN/]),
    c('an indexed column is dropped', ['CREATE TABLE ca10 (id int, name text)', 'CREATE INDEX ca10_i ON ca10 (name)'],
        'CREATE TABLE ca10 (id int)', destructive => 1, rows => "INSERT INTO ca10 VALUES (1, 'a')", keep => 'SELECT id FROM ca10'),
    c('a unique column is dropped', 'CREATE TABLE ca11 (id int, name text UNIQUE)', 'CREATE TABLE ca11 (id int)', destructive => 1,
        rows => "INSERT INTO ca11 VALUES (1, 'a')", keep => 'SELECT id FROM ca11'),
    c('a column is renamed', 'CREATE TABLE ca12 (id int, fullname text)', 'CREATE TABLE ca12 (id int, name text)',
        rows => "INSERT INTO ca12 VALUES (1, 'a')", keep => 'SELECT * FROM ca12', rename => ['ca12.fullname=name'],
        sql => [qr/RENAME COLUMN fullname TO name/]),
    c('a column in an index, a check, a trigger and a view is renamed', ['CREATE TABLE ca13 (id int, a int CHECK (a > 0))',
        'CREATE INDEX ca13_i ON ca13 (a) WHERE a > 5', 'CREATE VIEW ca13_v AS SELECT id, a AS x FROM ca13',
        'CREATE TRIGGER ca13_t AFTER UPDATE OF a ON ca13 BEGIN UPDATE ca13 SET id = id WHERE a = new.a; END'],
        ['CREATE TABLE ca13 (id int, b int CHECK (b > 0))',
        'CREATE INDEX ca13_i ON ca13 (b) WHERE b > 5', 'CREATE VIEW ca13_v AS SELECT id, b AS x FROM ca13',
        'CREATE TRIGGER ca13_t AFTER UPDATE OF b ON ca13 BEGIN UPDATE ca13 SET id = id WHERE b = new.b; END'],
        rename => ['ca13.a=b'], rows => 'INSERT INTO ca13 VALUES (1, 9)', keep => 'SELECT * FROM ca13'),
    held_column('a column becomes not null', 'text', 'text NOT NULL', "'a'"),
    held_column('a column may be null', 'text NOT NULL', 'text', "'a'"),
    held_column('a default is added', 'int', 'int DEFAULT 5', 1),
    held_column('a default is dropped', 'int DEFAULT 5', 'int', 1),
    held_column('a default changes', 'int DEFAULT 5', 'int DEFAULT 6', 1),
    held_column('a text default changes', "text DEFAULT 'a'", "text DEFAULT 'it''s'", "'b'"),
    held_column('a time becomes the default', 'text', 'text DEFAULT CURRENT_TIMESTAMP', "'b'"),
    held_column('an expression becomes the default', 'int', 'int DEFAULT (1 + 2)', 1),
    held_column('a negative default', 'int DEFAULT 1', 'int DEFAULT -1', 1),
    held_column('a collation is set', 'text', 'text COLLATE nocase', "'a'"),
    held_column('a collation is taken away', 'text COLLATE nocase', 'text', "'a'"),
    held_column('a collation changes', 'text COLLATE nocase', 'text COLLATE rtrim', "'a'"),
    held_column('several things change at once', 'varchar(10)', "text NOT NULL DEFAULT ''", "'a'"),
    held_column('a check is added', 'int', 'int CHECK (v > 0)', 1),
    held_column('a check is dropped', 'int CHECK (v > 0)', 'int', 1),
    held_column('a check changes', 'int CHECK (v > 0)', 'int CHECK (v >= 0)', 1),
    held_column('a check gets a name', 'int CHECK (v > 0)', 'int CONSTRAINT positive CHECK (v > 0)', 1),
    held_column('ON CONFLICT of NOT NULL', 'text NOT NULL', 'text NOT NULL ON CONFLICT IGNORE', "'a'"),
);

group('types',
    map { held_column("$_->[0] becomes $_->[1]", @$_, destructive => undef) }
        ['varchar(20)', 'varchar(32)', "'a'"], ['varchar(32)', 'varchar(20)', "'a'"], ['text', 'varchar(20)', "'a'"],
        ['int', 'bigint', 5], ['integer', 'int', 5], ['int', 'numeric', 5], ['int', 'unsigned big int', 5],
        ['datetime', 'timestamp', "'2026-01-01'"], ['blob', 'text', "'x'"], ['', 'text', "'x'"], ['text', '', "'x'"],
        ['boolean', 'int', 1], ['decimal(8, 2)', 'decimal(12,2)', 5.25],
);

group('tables as a whole',
    table('STRICT is added', '(id integer PRIMARY KEY, a text)', '(id integer PRIMARY KEY, a text) STRICT', values => "(5, 'x')", select => 'id, a'),
    table('STRICT goes', '(id integer PRIMARY KEY, a text) STRICT', '(id integer PRIMARY KEY, a text)', values => "(5, 'x')", select => 'id, a'),
    table('WITHOUT ROWID is added', '(a text PRIMARY KEY, b int)', '(a text PRIMARY KEY, b int) WITHOUT ROWID', values => "('x', 1)", select => 'a, b'),
    table('WITHOUT ROWID goes', '(a text PRIMARY KEY, b int) WITHOUT ROWID', '(a text PRIMARY KEY, b int)', values => "('x', 1)", select => 'a, b'),
    table('AUTOINCREMENT is added', '(id integer PRIMARY KEY, a)', '(id integer PRIMARY KEY AUTOINCREMENT, a)', values => '(5, 1)', select => 'id, a'),
    table('AUTOINCREMENT goes', '(id integer PRIMARY KEY AUTOINCREMENT, a)', '(id integer PRIMARY KEY, a)', values => '(5, 1)', select => 'id, a'),
    table('a primary key is added', '(a int, b int)', '(a int PRIMARY KEY, b int)', values => '(1, 2)', select => 'a, b'),
    table('a primary key is dropped', '(a int PRIMARY KEY, b int)', '(a int, b int)', values => '(1, 2)', select => 'a, b'),
    table('a primary key changes its columns', '(a int, b int, PRIMARY KEY (a))', '(a int, b int, PRIMARY KEY (b, a))', values => '(1, 2)', select => 'a, b'),
    table('a primary key gets a name', '(a int PRIMARY KEY)', '(a int CONSTRAINT pk PRIMARY KEY)', values => '(1)', select => 'a'),
    table('an integer primary key becomes an int one', '(a integer PRIMARY KEY)', '(a int PRIMARY KEY)', values => '(4)', select => 'a', destructive => undef),
    table('a unique constraint is added', '(a int, b int)', '(a int, b int, UNIQUE (a, b))', values => '(1, 2)', select => 'rowid, a, b'),
    table('a unique constraint is dropped', '(a int UNIQUE, b int)', '(a int, b int)', values => '(1, 2)', select => 'rowid, a, b'),
    table('a unique constraint changes its columns', '(a int, b int, UNIQUE (a))', '(a int, b int, UNIQUE (b))', values => '(1, 2)', select => 'a, b'),
    table('a unique constraint gets a name', '(a int UNIQUE)', '(a int CONSTRAINT u UNIQUE)', values => '(1)', select => 'a'),
    table('ON CONFLICT of a unique constraint', '(a int UNIQUE)', '(a int UNIQUE ON CONFLICT REPLACE)', values => '(1)', select => 'a'),
    table('a table check is added', '(a int, b int)', '(a int, b int, CHECK (a < b))', values => '(1, 2)', select => 'a, b'),
    table('a table check is dropped', '(a int, b int, CHECK (a < b))', '(a int, b int)', values => '(1, 2)', select => 'a, b'),
    table('a named check changes', '(a int, CONSTRAINT k CHECK (a < 5))', '(a int, CONSTRAINT k CHECK (a < 6))', values => '(1)', select => 'a'),
    table('a check with a list changes', "(a text CHECK (a IN ('x', 'y')))", "(a text CHECK (a IN ('x', 'y', 'z')))", values => "('x')", select => 'a'),
    table('a generated column is added', '(a int)', '(a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL)', values => '(3)', select => 'a'),
    table('a stored generated column is added', '(a int)', '(a int, b int AS (a * 2) STORED)', values => '(3)', select => 'a'),
    table('a generated column changes', '(a int, b int AS (a * 2) STORED)', '(a int, b int AS (a * 3) STORED)', rows => 'INSERT INTO T (a) VALUES (3)', select => 'a', destructive => undef),
    table('a virtual column becomes stored', '(a int, b int AS (a * 2))', '(a int, b int AS (a * 2) STORED)', rows => 'INSERT INTO T (a) VALUES (3)', select => 'a, b', destructive => undef),
    table('a generated column becomes ordinary', '(a int, b int AS (a * 2))', '(a int, b int)', rows => 'INSERT INTO T (a) VALUES (3)', select => 'a, b', destructive => undef),
    table('a generated column is dropped', '(a int, b int AS (a * 2))', '(a int)', rows => 'INSERT INTO T (a) VALUES (3)', select => 'a', destructive => undef),
    table('several changes in one', "(a int, b int DEFAULT 1)", "(a bigint NOT NULL, b text DEFAULT 'x', c int, CHECK (a > 0))", values => '(1, 2)', select => 'a', destructive => undef),
);

group('foreign keys',
    c('the tables that are referred to', [map { "CREATE TABLE fr$_ (id integer PRIMARY KEY, other int UNIQUE)" } 1 .. 2],
        [(map { "CREATE TABLE fr$_ (id integer PRIMARY KEY, other int UNIQUE)" } 1 .. 2), 'CREATE TABLE fr3 (a int)'], names => ['fr3']),
    (map {
        my ($name, $from, $to) = @$_;
        my $t = 'fk' . ++$number;
        c($name, "CREATE TABLE $t (id integer PRIMARY KEY, a int $from)", "CREATE TABLE $t (id integer PRIMARY KEY, a int $to)", names => [$t],
            rows => "INSERT INTO $t VALUES (3, NULL)", keep => "SELECT * FROM $t")
    }
        ['one is added', '', 'REFERENCES fr1'],
        ['one is dropped', 'REFERENCES fr1', ''],
        ['its table changes', 'REFERENCES fr1', 'REFERENCES fr2'],
        ['its column changes', 'REFERENCES fr1 (id)', 'REFERENCES fr1 (other)'],
        ['ON DELETE CASCADE is added', 'REFERENCES fr1', 'REFERENCES fr1 ON DELETE CASCADE'],
        ['ON DELETE changes', 'REFERENCES fr1 ON DELETE CASCADE', 'REFERENCES fr1 ON DELETE SET NULL'],
        ['ON DELETE RESTRICT', 'REFERENCES fr1', 'REFERENCES fr1 ON DELETE RESTRICT'],
        ['ON UPDATE CASCADE', 'REFERENCES fr1', 'REFERENCES fr1 ON UPDATE CASCADE'],
        ['ON UPDATE goes', 'REFERENCES fr1 ON UPDATE SET NULL', 'REFERENCES fr1'],
        ['it becomes deferred', 'REFERENCES fr1', 'REFERENCES fr1 DEFERRABLE INITIALLY DEFERRED'],
        ['it gets a name', 'REFERENCES fr1', 'CONSTRAINT named REFERENCES fr1'],
    ),
    c('one of two columns is added', ['CREATE TABLE fa1 (x int, y int, PRIMARY KEY (x, y))', 'CREATE TABLE fa2 (x int, y int)'],
        ['CREATE TABLE fa1 (x int, y int, PRIMARY KEY (x, y))', 'CREATE TABLE fa2 (x int, y int, FOREIGN KEY (x, y) REFERENCES fa1 (x, y))']),
);

sub index_case
{
    my ($name, $from, $to, %opt) = @_;
    my $t = 'ix' . ++$number;
    my $table = "CREATE TABLE $t (a int, b text, c text)";
    s/\bT\b/$t/g, s/\bI\b/${t}_i/g, s/\bJ\b/${t}_j/g for $from, $to;
    return c($name, [$table, $from], [$table, $to], names => ["${t}_i", "${t}_j"], %opt);
}

group('indexes',
    index_case('one is added', '', 'CREATE INDEX I ON T (a)'),
    index_case('one is dropped', 'CREATE INDEX I ON T (a)', ''),
    index_case('it becomes unique', 'CREATE INDEX I ON T (a)', 'CREATE UNIQUE INDEX I ON T (a)'),
    index_case('its columns change', 'CREATE INDEX I ON T (a)', 'CREATE INDEX I ON T (a, b)'),
    index_case('its order changes', 'CREATE INDEX I ON T (a)', 'CREATE INDEX I ON T (a DESC)'),
    index_case('a collation', 'CREATE INDEX I ON T (b)', 'CREATE INDEX I ON T (b COLLATE nocase)'),
    index_case('an expression is added', '', 'CREATE INDEX I ON T (lower(b))'),
    index_case('an expression changes', 'CREATE INDEX I ON T (lower(b))', 'CREATE INDEX I ON T (upper(b))'),
    index_case('a predicate is added', 'CREATE INDEX I ON T (a)', 'CREATE INDEX I ON T (a) WHERE a > 0'),
    index_case('a predicate changes', 'CREATE INDEX I ON T (a) WHERE a > 0', 'CREATE INDEX I ON T (a) WHERE a > 1'),
    index_case('its name changes', 'CREATE INDEX I ON T (a, b)', 'CREATE INDEX J ON T (a, b)'),
);

group('views and triggers',
    c('a view is added', 'CREATE TABLE va1 (a int)', ['CREATE TABLE va1 (a int)', 'CREATE VIEW va2 AS SELECT a FROM va1']),
    c('a view is dropped', ['CREATE TABLE va3 (a int)', 'CREATE VIEW va4 AS SELECT a FROM va3'], 'CREATE TABLE va3 (a int)'),
    c('a view changes', ['CREATE TABLE va5 (a int)', 'CREATE VIEW va6 AS SELECT a FROM va5'],
        ['CREATE TABLE va5 (a int)', 'CREATE VIEW va6 AS SELECT a FROM va5 WHERE a > 0']),
    c('views that build on each other are added', '', ['CREATE TABLE va11 (a int)', 'CREATE VIEW va12 AS SELECT a FROM va13',
        'CREATE VIEW va13 AS SELECT a FROM va11']),
    c('a table that a view reads is rebuilt', ['CREATE TABLE va14 (a int)', 'CREATE VIEW va15 AS SELECT a FROM va14'],
        ['CREATE TABLE va14 (a bigint NOT NULL)', 'CREATE VIEW va15 AS SELECT a FROM va14'], rows => 'INSERT INTO va14 VALUES (1)',
        keep => 'SELECT a FROM va15', destructive => undef),
    c('a trigger is added', 'CREATE TABLE va16 (a int)',
        ['CREATE TABLE va16 (a int)', 'CREATE TRIGGER va17 AFTER INSERT ON va16 BEGIN DELETE FROM va16 WHERE a < 0; END']),
    c('a trigger is dropped', ['CREATE TABLE va18 (a int)', 'CREATE TRIGGER va19 AFTER INSERT ON va18 BEGIN DELETE FROM va18 WHERE a < 0; END'],
        'CREATE TABLE va18 (a int)'),
    c('a trigger changes', ['CREATE TABLE va20 (a int)', 'CREATE TRIGGER va21 AFTER INSERT ON va20 BEGIN DELETE FROM va20 WHERE a < 0; END'],
        ['CREATE TABLE va20 (a int)', 'CREATE TRIGGER va21 AFTER INSERT ON va20 WHEN new.a > 3 BEGIN DELETE FROM va20 WHERE a < 0; END']),
    c('a table with a trigger is rebuilt', ['CREATE TABLE va22 (a int)', 'CREATE TABLE va23 (n int)',
        'CREATE TRIGGER va24 AFTER INSERT ON va22 BEGIN INSERT INTO va23 VALUES (new.a); END'],
        ['CREATE TABLE va22 (a int NOT NULL)', 'CREATE TABLE va23 (n int)',
        'CREATE TRIGGER va24 AFTER INSERT ON va22 BEGIN INSERT INTO va23 VALUES (new.a); END'], rows => 'INSERT INTO va22 VALUES (1)',
        keep => ['SELECT a FROM va22', 'SELECT n FROM va23']),
    c('a trigger INSTEAD OF on a view', ['CREATE TABLE va25 (a int)', 'CREATE VIEW va26 AS SELECT a FROM va25'],
        ['CREATE TABLE va25 (a int)', 'CREATE VIEW va26 AS SELECT a FROM va25',
         'CREATE TRIGGER va27 INSTEAD OF INSERT ON va26 BEGIN INSERT INTO va25 VALUES (new.a); END']),
);

subtest 'spelling is no difference' => sub {
    my $db = Limbeck::Database->create('sqlite');
    my $project = new_project(db => $db, ini => { schema => 'desired.sql' });
    $project->revision(id => 'base0', upgrade => <<'SQL');
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, n int DEFAULT 5, CHECK (n>0 AND name<>'A b'));
CREATE INDEX i ON users (lower(name)) WHERE n > 1;
CREATE VIEW v AS SELECT id, name FROM users WHERE n = 1;
CREATE TRIGGER t AFTER INSERT ON users BEGIN UPDATE users SET n = 1; END;
SQL
    run_ok(['upgrade', 'head'], 'upgrade');
    $project->write_file('desired.sql', <<'SQL');
create table "users" (
    "id" integer /* the key */ not null default 1, `name` Text constraint x not null, [n] INT default (5)
);
SQL
    is limbeck('check')->{status}, 3, 'another schema is seen';
    $project->write_file('desired.sql', <<'SQL');
create table "users" (
    "id" integer /* the key */, `name` Text not null, [n] INT default (5), -- five
    primary key ("id"), unique (name), check ( (n > 0   and "name" <> 'A b') )
);
create index "i" on "users" ( LOWER(name) ) where (n > 1);
create  view v as
    select id, "name" from users where n=1;
create trigger t after insert on users begin update users set n=1 ; end;
SQL
    my $check = limbeck('check');
    is $check->{status}, 0, 'the same schema in another spelling' or diag $check->{stdout}, $check->{stderr};
};

done_cases(100);
