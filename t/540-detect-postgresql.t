#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# PostgreSQL: what autogenerate and check see, case by case: see Limbeck::Detect.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Detect;
use Limbeck::Database;

my $why = Limbeck::Database->why_not('postgresql');
skip_or_bail($why) if $why;

my $cases = 0;

# A group of cases in a database of its own.
sub group
{
    my ($title, @cases) = @_;
    my $db = Limbeck::Database->create('postgresql');
    $cases += @cases;
    detect($db, $title, \@cases);
    $db->drop;
}

sub c
{
    my ($name, $before, $after, %opt) = @_;
    return { name => $name, before => $before, after => $after, %opt };
}

# A table with rows whose column changes from one definition to another.
my $number = 0;

sub column
{
    my ($name, $from, $to, $value, %opt) = @_;
    my $t = sprintf 'col%d', ++$number;
    return c($name, "CREATE TABLE $t (id int PRIMARY KEY, v $from)", "CREATE TABLE $t (id int PRIMARY KEY, v $to)",
        rows => "INSERT INTO $t (id, v) VALUES (1, $value)", keep => "SELECT id, v FROM $t", names => [$t], %opt);
}

group('tables',
    c('a table is added', '', 'CREATE TABLE ta1 (id int PRIMARY KEY, name text NOT NULL)', sees => ['create table ta1']),
    c('a table is dropped', 'CREATE TABLE ta2 (id int PRIMARY KEY)', '', destructive => 1, lossy => 1,
        rows => 'INSERT INTO ta2 VALUES (1)', sees => ['drop table ta2']),
    c('two tables that refer to each other are added', '', [
        'CREATE TABLE ta3 (id int PRIMARY KEY, other int)',
        'CREATE TABLE ta4 (id int PRIMARY KEY, other int REFERENCES ta3)',
        'ALTER TABLE ta3 ADD FOREIGN KEY (other) REFERENCES ta4']),
    c('two tables that refer to each other are dropped', [
        'CREATE TABLE ta5 (id int PRIMARY KEY, other int)',
        'CREATE TABLE ta6 (id int PRIMARY KEY, other int REFERENCES ta5)',
        'ALTER TABLE ta5 ADD FOREIGN KEY (other) REFERENCES ta6'], '', destructive => 1),
    c('a table that refers to itself is added', '', 'CREATE TABLE ta7 (id int PRIMARY KEY, up int REFERENCES ta7)'),
    c('tables in the wrong order are added', '', [
        'CREATE TABLE tb1 (id int PRIMARY KEY)', 'CREATE TABLE ta8 (id int PRIMARY KEY, b int REFERENCES tb1)']),
    c('a table becomes unlogged', 'CREATE TABLE ta9 (id int)', 'CREATE UNLOGGED TABLE ta9 (id int)',
        rows => 'INSERT INTO ta9 VALUES (1)', keep => 'SELECT * FROM ta9'),
    c('a table gets a storage parameter', 'CREATE TABLE ta10 (id int)',
        'CREATE TABLE ta10 (id int) WITH (fillfactor=70)'),
    c('a table loses a storage parameter', 'CREATE TABLE ta11 (id int) WITH (autovacuum_enabled=false)',
        'CREATE TABLE ta11 (id int)'),
    c('a table is added in a new schema', '', ['CREATE SCHEMA shop', 'CREATE TABLE shop.ta12 (id int PRIMARY KEY)'],
        names => ['shop', 'ta12']),
    c('a schema goes with its table', ['CREATE SCHEMA old', 'CREATE TABLE old.ta13 (id int)'], '',
        destructive => 1, names => ['old', 'ta13']),
    c('a table with odd names is added', '', 'CREATE TABLE "Ta 14" ("select" int, "a""b" text, "Größe" int)',
        names => ['Ta 14']),
    c('a table that inherits is added', 'CREATE TABLE ta15 (id int)',
        ['CREATE TABLE ta15 (id int)', 'CREATE TABLE ta16 (more text) INHERITS (ta15)']),
    c('row security is switched on', 'CREATE TABLE ta17 (id int)',
        ['CREATE TABLE ta17 (id int)', 'ALTER TABLE ta17 ENABLE ROW LEVEL SECURITY']),
    c('row security is forced', 'CREATE TABLE ta18 (id int)', ['CREATE TABLE ta18 (id int)',
        'ALTER TABLE ta18 ENABLE ROW LEVEL SECURITY', 'ALTER TABLE ta18 FORCE ROW LEVEL SECURITY']),
);

group('columns',
    c('a column is added', 'CREATE TABLE ca1 (id int)', 'CREATE TABLE ca1 (id int, name text)',
        rows => 'INSERT INTO ca1 VALUES (1)', keep => 'SELECT id FROM ca1', sees => ['add column ca1.name']),
    c('a column with a default is added', 'CREATE TABLE ca2 (id int)',
        'CREATE TABLE ca2 (id int, n int NOT NULL DEFAULT 7)', rows => 'INSERT INTO ca2 VALUES (1)',
        keep => 'SELECT id FROM ca2'),
    c('a column that may not be null is added', 'CREATE TABLE ca3 (id int)', 'CREATE TABLE ca3 (id int, name text NOT NULL)',
        rows => 'INSERT INTO ca3 VALUES (1)', keep => 'SELECT id FROM ca3', fill => { 'ca3.name' => "'x'" },
        sql => [qr/UPDATE ca3/]),
    c('a column is dropped', 'CREATE TABLE ca4 (id int, name text)', 'CREATE TABLE ca4 (id int)', destructive => 1,
        rows => "INSERT INTO ca4 VALUES (1, 'a')", keep => 'SELECT id FROM ca4', sees => ['drop column ca4.name']),
    c('a column is renamed', 'CREATE TABLE ca5 (id int, fullname text)', 'CREATE TABLE ca5 (id int, name text)',
        rows => "INSERT INTO ca5 VALUES (1, 'a')", keep => 'SELECT * FROM ca5', rename => ['ca5.fullname=name'],
        sql => [qr/RENAME COLUMN fullname TO name/]),
    c('a column in an index, a check and a view is renamed', [
        'CREATE TABLE ca6 (id int, a int, CONSTRAINT ca6_a CHECK (a > 0))', 'CREATE INDEX ca6_i ON ca6 (a) WHERE a > 5',
        'CREATE VIEW ca6_v AS SELECT id, a FROM ca6'], [
        'CREATE TABLE ca6 (id int, b int, CONSTRAINT ca6_a CHECK (b > 0))', 'CREATE INDEX ca6_i ON ca6 (b) WHERE b > 5',
        'CREATE VIEW ca6_v AS SELECT id, b AS a FROM ca6'], rename => ['ca6.a=b'],
        rows => 'INSERT INTO ca6 VALUES (1, 9)', keep => 'SELECT * FROM ca6'),
    c('a table is renamed', 'CREATE TABLE ca7 (id int PRIMARY KEY, name text)',
        'CREATE TABLE ca8 (id int CONSTRAINT ca7_pkey PRIMARY KEY, name text)', rename => ['ca7=ca8'],
        rows => "INSERT INTO ca7 VALUES (1, 'a')", sql => [qr/RENAME TO ca8/]),
    c('a table is renamed, and its primary key with it', 'CREATE TABLE ca9 (id int PRIMARY KEY)',
        'CREATE TABLE ca10 (id int PRIMARY KEY)', rename => ['ca9=ca10'], rows => 'INSERT INTO ca9 VALUES (1)'),
    column('a column becomes not null', 'text', 'text NOT NULL', "'a'", sql => [qr/SET NOT NULL/]),
    column('a column may be null', 'text NOT NULL', 'text', "'a'", sql => [qr/DROP NOT NULL/]),
    column('a default is added', 'int', 'int DEFAULT 5', 1),
    column('a default is dropped', 'int DEFAULT 5', 'int', 1),
    column('a default changes', 'int DEFAULT 5', 'int DEFAULT 6', 1),
    column('a text default changes', "text DEFAULT 'a'", "text DEFAULT 'it''s'", "'b'"),
    column('a function becomes the default', 'timestamptz', 'timestamptz DEFAULT now()', "'2026-01-01'"),
    column('an expression becomes the default', 'int', 'int DEFAULT (1 + 2) * 3', 1),
    column('a default null is none', 'text DEFAULT NULL', "text DEFAULT 'x'", "'a'"),
    column('several things change at once', 'varchar(10)', "text NOT NULL DEFAULT ''", "'a'"),
    column('a collation is set', 'text', 'text COLLATE "C"', "'a'"),
    column('a collation is taken away', 'text COLLATE "C"', 'text', "'a'"),
    column('a storage is set', 'text', 'text', "'a'", before => ['CREATE TABLE cst (id int, v text)'],
        after => ['CREATE TABLE cst (id int, v text)', 'ALTER TABLE cst ALTER v SET STORAGE EXTERNAL'],
        rows => '', keep => 'SELECT 1', names => ['cst']),
);

group('types',
    # How a value is written changes with its type; how many there are does not.
    map { column("$_->[0] becomes $_->[1]", @$_[0, 1, 2], sql => [qr/ALTER COLUMN v TYPE/], destructive => undef,
        keep => 'SELECT id, count(v) FROM col' . ($number + 1) . ' GROUP BY id', %{ $_->[3] // {} }) }
        ['varchar(20)', 'varchar(32)', "'a'"],
        ['varchar(32)', 'varchar(20)', "'a'", { destructive => 1 }],
        ['varchar(20)', 'text', "'a'"],
        ['text', 'varchar(20)', "'a'"],
        ['char(4)', 'varchar(4)', "'abcd'"],
        ['smallint', 'integer', 5],
        ['integer', 'bigint', 5],
        ['bigint', 'integer', 5, { destructive => 1 }],
        ['integer', 'numeric(10,2)', 5],
        ['numeric(8,2)', 'numeric(12,2)', 5.25],
        ['numeric', 'numeric(12,4)', 5.25],
        ['real', 'double precision', 0.5],
        ['text', 'integer', "'5'"],
        ['integer', 'text', 5],
        ['text', 'uuid', "'2a0a0a0a-0000-4000-8000-000000000001'"],
        ['json', 'jsonb', q('{"a": 1}')],
        ['text', 'jsonb', q('{"a": 1}')],
        ['timestamp', 'timestamptz', "'2026-01-01 00:00:00'"],
        ['timestamp(3)', 'timestamp', "'2026-01-01 00:00:00'"],
        ['date', 'timestamp', "'2026-01-01'"],
        ['text', 'text[]', "'{a,b}'"],
        ['integer[]', 'bigint[]', "'{1,2}'"],
        ['text', 'bytea', "'abc'"],
        ['bit(4)', 'varbit', "B'1010'"],
        ['text', 'inet', "'10.0.0.1'"],
        ['inet', 'cidr', "'10.0.0.0/8'"],
        ['interval', 'interval(3)', "'1 hour'"],
        ['int4range', 'text', "'[1,5)'"],
        ['boolean', 'text', 'true'],
);

group('numbers from a sequence',
    c('serial is added', 'CREATE TABLE na1 (x int)', 'CREATE TABLE na1 (x int, id serial)',
        rows => 'INSERT INTO na1 VALUES (4)', keep => 'SELECT x FROM na1'),
    c('a table with serial is added', '', 'CREATE TABLE na2 (id serial PRIMARY KEY)'),
    c('a table with bigserial and smallserial is added', '', 'CREATE TABLE na3 (id bigserial, s smallserial)'),
    c('identity is added', 'CREATE TABLE na4 (x int)', 'CREATE TABLE na4 (x int, id int GENERATED ALWAYS AS IDENTITY)',
        rows => 'INSERT INTO na4 VALUES (4)', keep => 'SELECT x FROM na4'),
    c('a column becomes an identity', 'CREATE TABLE na5 (id int NOT NULL)',
        'CREATE TABLE na5 (id int NOT NULL GENERATED BY DEFAULT AS IDENTITY)', rows => 'INSERT INTO na5 VALUES (4)',
        keep => 'SELECT id FROM na5'),
    c('an identity ceases', 'CREATE TABLE na6 (id int NOT NULL GENERATED BY DEFAULT AS IDENTITY)',
        'CREATE TABLE na6 (id int NOT NULL)', rows => 'INSERT INTO na6 DEFAULT VALUES', keep => 'SELECT id FROM na6'),
    c('by default becomes always', 'CREATE TABLE na7 (id int GENERATED BY DEFAULT AS IDENTITY)',
        'CREATE TABLE na7 (id int GENERATED ALWAYS AS IDENTITY)'),
    c('options of an identity change', 'CREATE TABLE na8 (id int GENERATED ALWAYS AS IDENTITY)',
        'CREATE TABLE na8 (id int GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 5 CACHE 10))'),
    c('a column becomes serial', 'CREATE TABLE na9 (id int NOT NULL)', 'CREATE TABLE na9 (id serial)',
        rows => 'INSERT INTO na9 VALUES (4)', keep => 'SELECT id FROM na9'),
    c('a serial ceases', 'CREATE TABLE na10 (id serial)', 'CREATE TABLE na10 (id int NOT NULL)',
        rows => 'INSERT INTO na10 DEFAULT VALUES', keep => 'SELECT id FROM na10'),
    c('serial becomes bigserial', 'CREATE TABLE na11 (id serial PRIMARY KEY)', 'CREATE TABLE na11 (id bigserial PRIMARY KEY)',
        rows => 'INSERT INTO na11 DEFAULT VALUES', keep => 'SELECT id FROM na11'),
    c('a sequence is added', '', 'CREATE SEQUENCE na12 START 5 INCREMENT 2 CYCLE'),
    c('a sequence is dropped', 'CREATE SEQUENCE na13', '', destructive => 1),
    c('a sequence changes', 'CREATE SEQUENCE na14', 'CREATE SEQUENCE na14 MAXVALUE 1000 CACHE 5'),
    c('a sequence changes its type', 'CREATE SEQUENCE na15', 'CREATE SEQUENCE na15 AS integer'),
    c('a sequence gets an owner', ['CREATE TABLE na16 (id int)', 'CREATE SEQUENCE na17'],
        ['CREATE TABLE na16 (id int)', 'CREATE SEQUENCE na17 OWNED BY na16.id']),
    c('a sequence becomes a default', ['CREATE SEQUENCE na18', 'CREATE TABLE na19 (id int)'],
        ['CREATE SEQUENCE na18', "CREATE TABLE na19 (id int DEFAULT nextval('na18'))"]),
);

group('generated columns',
    c('a generated column is added', 'CREATE TABLE ga1 (a int)',
        'CREATE TABLE ga1 (a int, b int GENERATED ALWAYS AS (a * 2) STORED)', rows => 'INSERT INTO ga1 VALUES (2)',
        keep => 'SELECT a FROM ga1'),
    c('a generated column is dropped', 'CREATE TABLE ga2 (a int, b int GENERATED ALWAYS AS (a * 2) STORED)',
        'CREATE TABLE ga2 (a int)', rows => 'INSERT INTO ga2 VALUES (2)', keep => 'SELECT a FROM ga2', names => ['ga2'],
        destructive => undef),
    c('a generated column changes', 'CREATE TABLE ga3 (a int, b int GENERATED ALWAYS AS (a * 2) STORED)',
        'CREATE TABLE ga3 (a int, b int GENERATED ALWAYS AS (a * 3) STORED)', rows => 'INSERT INTO ga3 VALUES (2)',
        keep => 'SELECT a FROM ga3', destructive => undef),
    c('a generated column becomes ordinary', 'CREATE TABLE ga4 (a int, b int GENERATED ALWAYS AS (a * 2) STORED)',
        'CREATE TABLE ga4 (a int, b int)', rows => 'INSERT INTO ga4 VALUES (2)', keep => 'SELECT a, b FROM ga4',
        destructive => undef),
);

group('primary keys',
    c('one is added', 'CREATE TABLE pa1 (id int)', 'CREATE TABLE pa1 (id int PRIMARY KEY)',
        rows => 'INSERT INTO pa1 VALUES (1)', keep => 'SELECT * FROM pa1'),
    c('one is dropped', 'CREATE TABLE pa2 (id int PRIMARY KEY)', 'CREATE TABLE pa2 (id int NOT NULL)',
        rows => 'INSERT INTO pa2 VALUES (1)', keep => 'SELECT * FROM pa2'),
    c('its columns change', 'CREATE TABLE pa3 (a int, b int, PRIMARY KEY (a))',
        'CREATE TABLE pa3 (a int, b int, PRIMARY KEY (a, b))', rows => 'INSERT INTO pa3 VALUES (1, 2)',
        keep => 'SELECT * FROM pa3', destructive => undef),
    c('its order of columns changes', 'CREATE TABLE pa4 (a int, b int, PRIMARY KEY (a, b))',
        'CREATE TABLE pa4 (a int, b int, PRIMARY KEY (b, a))'),
    c('its name changes', 'CREATE TABLE pa5 (id int CONSTRAINT pa5_old PRIMARY KEY)',
        'CREATE TABLE pa5 (id int CONSTRAINT pa5_new PRIMARY KEY)', sql => [qr/RENAME CONSTRAINT/]),
    c('it includes a column', 'CREATE TABLE pa6 (a int, b int, PRIMARY KEY (a))',
        'CREATE TABLE pa6 (a int, b int, PRIMARY KEY (a) INCLUDE (b))'),
    c('it becomes deferrable', 'CREATE TABLE pa7 (a int PRIMARY KEY)',
        'CREATE TABLE pa7 (a int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)'),
    c('one that a foreign key refers to changes', [
        'CREATE TABLE pa8 (a int PRIMARY KEY, b int NOT NULL UNIQUE)', 'CREATE TABLE pa9 (a int REFERENCES pa8 (b))'],
        ['CREATE TABLE pa8 (a int PRIMARY KEY DEFERRABLE, b int NOT NULL UNIQUE)', 'CREATE TABLE pa9 (a int REFERENCES pa8 (b))']),
);

group('unique constraints',
    c('one is added', 'CREATE TABLE ua1 (a int)', 'CREATE TABLE ua1 (a int UNIQUE)'),
    c('one is dropped', 'CREATE TABLE ua2 (a int UNIQUE)', 'CREATE TABLE ua2 (a int)'),
    c('one on two columns is added', 'CREATE TABLE ua3 (a int, b int)', 'CREATE TABLE ua3 (a int, b int, UNIQUE (a, b))'),
    c('its columns change', 'CREATE TABLE ua4 (a int, b int, CONSTRAINT ua4_u UNIQUE (a))',
        'CREATE TABLE ua4 (a int, b int, CONSTRAINT ua4_u UNIQUE (b))'),
    c('its name changes', 'CREATE TABLE ua5 (a int CONSTRAINT ua5_x UNIQUE)', 'CREATE TABLE ua5 (a int CONSTRAINT ua5_y UNIQUE)',
        sql => [qr/RENAME CONSTRAINT ua5_x TO ua5_y/]),
    c('it becomes deferrable', 'CREATE TABLE ua6 (a int UNIQUE)', 'CREATE TABLE ua6 (a int UNIQUE DEFERRABLE)'),
    c('it becomes initially deferred', 'CREATE TABLE ua7 (a int UNIQUE DEFERRABLE)',
        'CREATE TABLE ua7 (a int UNIQUE DEFERRABLE INITIALLY DEFERRED)'),
    c('it includes a column', 'CREATE TABLE ua8 (a int, b int, UNIQUE (a))', 'CREATE TABLE ua8 (a int, b int, UNIQUE (a) INCLUDE (b))',
        destructive => undef),
    c('nulls become not distinct', 'CREATE TABLE ua9 (a int UNIQUE)', 'CREATE TABLE ua9 (a int UNIQUE NULLS NOT DISTINCT)'),
    c('an index becomes a constraint', ['CREATE TABLE ua10 (a int)', 'CREATE UNIQUE INDEX ua10_a_key ON ua10 (a)'],
        'CREATE TABLE ua10 (a int UNIQUE)'),
);

group('checks',
    c('one is added', 'CREATE TABLE ka1 (a int)', 'CREATE TABLE ka1 (a int CHECK (a > 0))',
        rows => 'INSERT INTO ka1 VALUES (1)', keep => 'SELECT * FROM ka1'),
    c('one is dropped', 'CREATE TABLE ka2 (a int CHECK (a > 0))', 'CREATE TABLE ka2 (a int)'),
    c('its expression changes', 'CREATE TABLE ka3 (a int CHECK (a > 0))', 'CREATE TABLE ka3 (a int CHECK (a >= 0))'),
    c('its name changes', 'CREATE TABLE ka4 (a int CONSTRAINT ka4_x CHECK (a > 0))',
        'CREATE TABLE ka4 (a int CONSTRAINT ka4_y CHECK (a > 0))', sql => [qr/RENAME CONSTRAINT/]),
    c('one on two columns is added', 'CREATE TABLE ka5 (a int, b int)', 'CREATE TABLE ka5 (a int, b int, CHECK (a < b))'),
    c('one with IN changes its values', "CREATE TABLE ka6 (a text CHECK (a IN ('x', 'y')))",
        "CREATE TABLE ka6 (a text CHECK (a IN ('x', 'y', 'z')))"),
    c('one is not valid', 'CREATE TABLE ka7 (a int)',
        ['CREATE TABLE ka7 (a int)', 'ALTER TABLE ka7 ADD CONSTRAINT ka7_c CHECK (a > 0) NOT VALID']),
    c('one becomes valid', ['CREATE TABLE ka8 (a int)', 'ALTER TABLE ka8 ADD CONSTRAINT ka8_c CHECK (a > 0) NOT VALID'],
        'CREATE TABLE ka8 (a int, CONSTRAINT ka8_c CHECK (a > 0))'),
    c('one is not inherited', 'CREATE TABLE ka9 (a int CHECK (a > 0))', 'CREATE TABLE ka9 (a int CHECK (a > 0) NO INHERIT)'),
);

group('foreign keys',
    c('the tables that are referred to', [map { "CREATE TABLE fr$_ (id int PRIMARY KEY, other int UNIQUE)" } 1 .. 2],
        [(map { "CREATE TABLE fr$_ (id int PRIMARY KEY, other int UNIQUE)" } 1 .. 2), 'CREATE TABLE fr3 (a int)'],
        names => ['fr3']),
    (map {
        my ($name, $from, $to) = @$_;
        my $t = 'fk' . ++$number;
        c($name, "CREATE TABLE $t (a int $from)", "CREATE TABLE $t (a int $to)", names => [$t],
            destructive => undef)
    }
        ['one is added', '', 'REFERENCES fr1'],
        ['one is dropped', 'REFERENCES fr1', ''],
        ['its table changes', 'REFERENCES fr1', 'REFERENCES fr2'],
        ['its column changes', 'REFERENCES fr1', 'REFERENCES fr1 (other)'],
        ['ON DELETE CASCADE is added', 'REFERENCES fr1', 'REFERENCES fr1 ON DELETE CASCADE'],
        ['ON DELETE changes', 'REFERENCES fr1 ON DELETE CASCADE', 'REFERENCES fr1 ON DELETE SET NULL'],
        ['ON DELETE RESTRICT is not NO ACTION', 'REFERENCES fr1', 'REFERENCES fr1 ON DELETE RESTRICT'],
        ['ON DELETE SET DEFAULT', 'REFERENCES fr1', 'REFERENCES fr1 ON DELETE SET DEFAULT'],
        ['ON UPDATE CASCADE', 'REFERENCES fr1', 'REFERENCES fr1 ON UPDATE CASCADE'],
        ['ON UPDATE goes', 'REFERENCES fr1 ON UPDATE SET NULL', 'REFERENCES fr1'],
        ['it becomes deferrable', 'REFERENCES fr1', 'REFERENCES fr1 DEFERRABLE'],
        ['it becomes initially deferred', 'REFERENCES fr1', 'REFERENCES fr1 DEFERRABLE INITIALLY DEFERRED'],
        ['MATCH FULL', 'REFERENCES fr1', 'REFERENCES fr1 MATCH FULL'],
    ),
    c('its name changes', 'CREATE TABLE fn1 (a int CONSTRAINT fn1_x REFERENCES fr1)',
        'CREATE TABLE fn1 (a int CONSTRAINT fn1_y REFERENCES fr1)', sql => [qr/RENAME CONSTRAINT/]),
    c('one of two columns is added', ['CREATE TABLE fa1 (x int, y int, PRIMARY KEY (x, y))', 'CREATE TABLE fa2 (x int, y int)'],
        ['CREATE TABLE fa1 (x int, y int, PRIMARY KEY (x, y))',
        'CREATE TABLE fa2 (x int, y int, FOREIGN KEY (x, y) REFERENCES fa1)']),
    c('SET NULL of one column', ['CREATE TABLE fa3 (x int, y int, PRIMARY KEY (x, y))',
        'CREATE TABLE fa4 (x int, y int, FOREIGN KEY (x, y) REFERENCES fa3 ON DELETE SET NULL)'],
        ['CREATE TABLE fa3 (x int, y int, PRIMARY KEY (x, y))',
        'CREATE TABLE fa4 (x int, y int, FOREIGN KEY (x, y) REFERENCES fa3 ON DELETE SET NULL (y))']),
    c('one is not valid', ['CREATE TABLE fa5 (a int)'],
        ['CREATE TABLE fa5 (a int)', 'ALTER TABLE fa5 ADD CONSTRAINT fa5_f FOREIGN KEY (a) REFERENCES fr1 NOT VALID']),
    c('the type of a key and of what it refers to change', ['CREATE TABLE fa6 (id int PRIMARY KEY)',
        'CREATE TABLE fa7 (a int REFERENCES fa6)'],
        ['CREATE TABLE fa6 (id bigint PRIMARY KEY)', 'CREATE TABLE fa7 (a bigint REFERENCES fa6)'],
        rows => ['INSERT INTO fa6 VALUES (1)', 'INSERT INTO fa7 VALUES (1)'], keep => 'SELECT * FROM fa7'),
    c('what is referred to is dropped with the key', ['CREATE TABLE fa8 (id int PRIMARY KEY)',
        'CREATE TABLE fa9 (a int REFERENCES fa8)'], 'CREATE TABLE fa9 (a int)', destructive => 1),
);

sub index_case
{
    my ($name, $from, $to, %opt) = @_;
    my $t = 'ix' . ++$number;
    my $table = "CREATE TABLE $t (a int, b text, c int[], d tsvector, e point, f text)";
    s/\bT\b/$t/g, s/\bI\b/${t}_i/g, s/\bJ\b/${t}_j/g for $from, $to;
    return c($name, [$table, $from], [$table, $to], names => ["${t}_i", "${t}_j"], %opt);
}

group('indexes',
    index_case('one is added', '', 'CREATE INDEX I ON T (a)'),
    index_case('one is dropped', 'CREATE INDEX I ON T (a)', ''),
    index_case('it becomes unique', 'CREATE INDEX I ON T (a)', 'CREATE UNIQUE INDEX I ON T (a)'),
    index_case('its columns change', 'CREATE INDEX I ON T (a)', 'CREATE INDEX I ON T (a, b)'),
    index_case('its order changes', 'CREATE INDEX I ON T (a)', 'CREATE INDEX I ON T (a DESC)'),
    index_case('where nulls go changes', 'CREATE INDEX I ON T (a)', 'CREATE INDEX I ON T (a NULLS FIRST)'),
    index_case('an expression is added', '', 'CREATE INDEX I ON T (lower(b))'),
    index_case('an expression changes', 'CREATE INDEX I ON T (lower(b))', 'CREATE INDEX I ON T (upper(b))'),
    index_case('a column and an expression', 'CREATE INDEX I ON T (a)', 'CREATE INDEX I ON T (a, (b || f))'),
    index_case('a predicate is added', 'CREATE INDEX I ON T (a)', 'CREATE INDEX I ON T (a) WHERE a > 0'),
    index_case('a predicate changes', 'CREATE INDEX I ON T (a) WHERE a > 0', 'CREATE INDEX I ON T (a) WHERE a > 1'),
    index_case('a predicate goes', 'CREATE INDEX I ON T (a) WHERE b IS NOT NULL', 'CREATE INDEX I ON T (a)'),
    index_case('its method changes', 'CREATE INDEX I ON T (a)', 'CREATE INDEX I ON T USING hash (a)'),
    index_case('gin', '', 'CREATE INDEX I ON T USING gin (c)'),
    index_case('gist', '', 'CREATE INDEX I ON T USING gist (e)'),
    index_case('brin', '', 'CREATE INDEX I ON T USING brin (a)'),
    index_case('brin with an option', 'CREATE INDEX I ON T USING brin (a)', 'CREATE INDEX I ON T USING brin (a) WITH (pages_per_range=8)'),
    index_case('gin of a text search', '', 'CREATE INDEX I ON T USING gin (d)'),
    index_case('an operator class', 'CREATE INDEX I ON T (b)', 'CREATE INDEX I ON T (b text_pattern_ops)'),
    index_case('a collation', 'CREATE INDEX I ON T (b)', 'CREATE INDEX I ON T (b COLLATE "C")'),
    index_case('included columns', 'CREATE INDEX I ON T (a)', 'CREATE INDEX I ON T (a) INCLUDE (b, f)'),
    index_case('included columns change', 'CREATE INDEX I ON T (a) INCLUDE (b)', 'CREATE INDEX I ON T (a) INCLUDE (f)'),
    index_case('a storage parameter', 'CREATE INDEX I ON T (a)', 'CREATE INDEX I ON T (a) WITH (fillfactor=70)'),
    index_case('nulls not distinct', 'CREATE UNIQUE INDEX I ON T (a)', 'CREATE UNIQUE INDEX I ON T (a) NULLS NOT DISTINCT'),
    index_case('its name changes', 'CREATE INDEX I ON T (a, b)', 'CREATE INDEX J ON T (a, b)', sql => [qr/ALTER INDEX \w+ RENAME TO/]),
);

group('enums',
    c('one is added', '', "CREATE TYPE ea1 AS ENUM ('a', 'b')"),
    c('one is dropped', "CREATE TYPE ea2 AS ENUM ('a', 'b')", '', destructive => undef),
    c('one is added with a column', 'CREATE TABLE ea3 (id int)',
        ["CREATE TYPE ea4 AS ENUM ('a', 'b')", 'CREATE TABLE ea3 (id int, m ea4)'], rows => 'INSERT INTO ea3 VALUES (1)',
        keep => 'SELECT id FROM ea3'),
    c('a value is added at the end', "CREATE TYPE ea5 AS ENUM ('a')", "CREATE TYPE ea5 AS ENUM ('a', 'b')",
        sql => [qr/ADD VALUE 'b'/]),
    c('a value is added at the front', "CREATE TYPE ea6 AS ENUM ('b')", "CREATE TYPE ea6 AS ENUM ('a', 'b')"),
    c('a value is added in the middle', "CREATE TYPE ea7 AS ENUM ('a', 'c')", "CREATE TYPE ea7 AS ENUM ('a', 'b', 'c')"),
    c('a value is removed', ["CREATE TYPE ea8 AS ENUM ('a', 'b', 'c')", "CREATE TABLE ea9 (m ea8 DEFAULT 'a')"],
        ["CREATE TYPE ea8 AS ENUM ('a', 'c')", "CREATE TABLE ea9 (m ea8 DEFAULT 'a')"], destructive => 1,
        rows => "INSERT INTO ea9 VALUES ('a'), ('c')", keep => 'SELECT m FROM ea9'),
    c('values change their order', ["CREATE TYPE ea10 AS ENUM ('a', 'b')", 'CREATE TABLE ea11 (m ea10)'],
        ["CREATE TYPE ea10 AS ENUM ('b', 'a')", 'CREATE TABLE ea11 (m ea10)'], rows => "INSERT INTO ea11 VALUES ('b')",
        keep => 'SELECT m FROM ea11', destructive => undef),
    c('a text column becomes an enum', ['CREATE TABLE ea12 (m text)'],
        ["CREATE TYPE ea13 AS ENUM ('a', 'b')", 'CREATE TABLE ea12 (m ea13)'], rows => "INSERT INTO ea12 VALUES ('b')",
        keep => 'SELECT m FROM ea12', destructive => undef),
    c('an enum with a quote in a value', '', "CREATE TYPE ea14 AS ENUM ('it''s', 'a b')"),
);

group('an enum value that is used at once',
    c('as a default', ["CREATE TYPE eb1 AS ENUM ('a')", 'CREATE TABLE eb2 (m eb1)'],
        ["CREATE TYPE eb1 AS ENUM ('a', 'b')", "CREATE TABLE eb2 (m eb1 DEFAULT 'b')"], sql => [qr/\@autocommit/],
        destructive => undef),
);

group('other types',
    c('a domain is added', '', 'CREATE DOMAIN da1 AS text CHECK (VALUE <> \'\')'),
    c('a domain is dropped', 'CREATE DOMAIN da2 AS int', '', destructive => undef),
    c('a domain becomes not null', 'CREATE DOMAIN da3 AS int', 'CREATE DOMAIN da3 AS int NOT NULL'),
    c('a domain gets a default', 'CREATE DOMAIN da4 AS int', 'CREATE DOMAIN da4 AS int DEFAULT 5'),
    c('a domain gets a check', ['CREATE DOMAIN da5 AS int', 'CREATE TABLE da6 (v da5)'],
        ['CREATE DOMAIN da5 AS int CHECK (VALUE > 0)', 'CREATE TABLE da6 (v da5)'], rows => 'INSERT INTO da6 VALUES (1)',
        keep => 'SELECT v FROM da6'),
    c('the check of a domain changes', 'CREATE DOMAIN da7 AS int CHECK (VALUE > 0)', 'CREATE DOMAIN da7 AS int CHECK (VALUE > 1)'),
    c('a column of a domain is added', ['CREATE DOMAIN da8 AS int', 'CREATE TABLE da9 (id int)'],
        ['CREATE DOMAIN da8 AS int', 'CREATE TABLE da9 (id int, v da8)']),
    c('a composite type is added', '', 'CREATE TYPE da10 AS (x int, y text)'),
    c('a composite type changes', 'CREATE TYPE da11 AS (x int)', 'CREATE TYPE da11 AS (x int, y int)', destructive => undef),
    c('a range type is added', '', 'CREATE TYPE da12 AS RANGE (subtype = float8)'),
);

group('views',
    c('one is added', 'CREATE TABLE va1 (a int)', ['CREATE TABLE va1 (a int)', 'CREATE VIEW va2 AS SELECT a FROM va1']),
    c('one is dropped', ['CREATE TABLE va3 (a int)', 'CREATE VIEW va4 AS SELECT a FROM va3'], 'CREATE TABLE va3 (a int)'),
    c('one changes', ['CREATE TABLE va5 (a int)', 'CREATE VIEW va6 AS SELECT a FROM va5'],
        ['CREATE TABLE va5 (a int)', 'CREATE VIEW va6 AS SELECT a FROM va5 WHERE a > 0']),
    c('one gets a column at the end', ['CREATE TABLE va7 (a int, b int)', 'CREATE VIEW va8 AS SELECT a FROM va7'],
        ['CREATE TABLE va7 (a int, b int)', 'CREATE VIEW va8 AS SELECT a, b FROM va7']),
    c('one loses a column', ['CREATE TABLE va9 (a int, b int)', 'CREATE VIEW va10 AS SELECT a, b FROM va9'],
        ['CREATE TABLE va9 (a int, b int)', 'CREATE VIEW va10 AS SELECT b FROM va9']),
    c('views that build on each other are added', '', ['CREATE TABLE va11 (a int)',
        'CREATE VIEW va13 AS SELECT a FROM va11', 'CREATE VIEW va12 AS SELECT a FROM va13']),
    c('the lowest of three changes', ['CREATE TABLE va14 (a int, b int)', 'CREATE VIEW va15 AS SELECT a, b FROM va14',
        'CREATE VIEW va16 AS SELECT a FROM va15', 'CREATE VIEW va17 AS SELECT a FROM va16'],
        ['CREATE TABLE va14 (a int, b int)', 'CREATE VIEW va15 AS SELECT b, a FROM va14',
        'CREATE VIEW va16 AS SELECT a FROM va15', 'CREATE VIEW va17 AS SELECT a FROM va16']),
    c('a column that a view reads changes its type', ['CREATE TABLE va18 (a int)', 'CREATE VIEW va19 AS SELECT a FROM va18'],
        ['CREATE TABLE va18 (a bigint)', 'CREATE VIEW va19 AS SELECT a FROM va18'], rows => 'INSERT INTO va18 VALUES (1)',
        keep => 'SELECT a FROM va19', destructive => undef),
    c('a materialized view is added', 'CREATE TABLE va20 (a int)',
        ['CREATE TABLE va20 (a int)', 'CREATE MATERIALIZED VIEW va21 AS SELECT a FROM va20']),
    c('a materialized view with an index is added', 'CREATE TABLE va22 (a int)', ['CREATE TABLE va22 (a int)',
        'CREATE MATERIALIZED VIEW va23 AS SELECT a FROM va22', 'CREATE UNIQUE INDEX va23_i ON va23 (a)']),
    c('a materialized view with an index changes', ['CREATE TABLE va24 (a int)',
        'CREATE MATERIALIZED VIEW va25 AS SELECT a FROM va24', 'CREATE INDEX va25_i ON va25 (a)'], ['CREATE TABLE va24 (a int)',
        'CREATE MATERIALIZED VIEW va25 AS SELECT a + 1 AS a FROM va24', 'CREATE INDEX va25_i ON va25 (a)']),
    c('a view with options', ['CREATE TABLE va26 (a int)', 'CREATE VIEW va27 AS SELECT a FROM va26'],
        ['CREATE TABLE va26 (a int)', 'CREATE VIEW va27 WITH (security_barrier=true) AS SELECT a FROM va26']),
    c('a view with a check option', ['CREATE TABLE va28 (a int)', 'CREATE VIEW va29 AS SELECT a FROM va28 WHERE a > 0'],
        ['CREATE TABLE va28 (a int)', 'CREATE VIEW va29 AS SELECT a FROM va28 WHERE a > 0 WITH LOCAL CHECK OPTION']),
    c('a table and its view go', ['CREATE TABLE va30 (a int)', 'CREATE VIEW va31 AS SELECT a FROM va30'], '', destructive => 1),
);

my $body = 'LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$';
group('functions and triggers',
    c('a function is added', '', 'CREATE FUNCTION pa1(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1; $$'),
    c('a function is dropped', 'CREATE FUNCTION pa2(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1; $$', ''),
    c('its body changes', 'CREATE FUNCTION pa3(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1; $$',
        'CREATE FUNCTION pa3(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 2; $$'),
    c('its result changes', 'CREATE FUNCTION pa4(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1; $$',
        'CREATE FUNCTION pa4(a int) RETURNS bigint LANGUAGE sql AS $$ SELECT a::bigint + 1; $$'),
    c('its volatility changes', 'CREATE FUNCTION pa5(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1; $$',
        'CREATE FUNCTION pa5(a int) RETURNS int IMMUTABLE LANGUAGE sql AS $$ SELECT a + 1; $$'),
    c('one of two of the same name changes', [map { "CREATE FUNCTION pa6(a $_) RETURNS int LANGUAGE sql AS \$\$ SELECT 1; \$\$" } qw(int text)],
        ['CREATE FUNCTION pa6(a int) RETURNS int LANGUAGE sql AS $$ SELECT 1; $$',
         'CREATE FUNCTION pa6(a text) RETURNS int LANGUAGE sql AS $$ SELECT 2; $$']),
    c('a procedure is added', '', 'CREATE PROCEDURE pa7() LANGUAGE plpgsql AS $$ BEGIN NULL; END $$'),
    c('an aggregate is added', '', 'CREATE AGGREGATE pa8(int) (SFUNC = int4pl, STYPE = int, INITCOND = \'0\')'),
    c('a trigger is added with its function', 'CREATE TABLE pa9 (a int)', ['CREATE TABLE pa9 (a int)',
        "CREATE FUNCTION pa10() RETURNS trigger $body", 'CREATE TRIGGER pa11 BEFORE INSERT ON pa9 FOR EACH ROW EXECUTE FUNCTION pa10()']),
    c('a trigger changes', ['CREATE TABLE pa12 (a int)', "CREATE FUNCTION pa13() RETURNS trigger $body",
        'CREATE TRIGGER pa14 BEFORE INSERT ON pa12 FOR EACH ROW EXECUTE FUNCTION pa13()'],
        ['CREATE TABLE pa12 (a int)', "CREATE FUNCTION pa13() RETURNS trigger $body",
        'CREATE TRIGGER pa14 BEFORE INSERT OR UPDATE OF a ON pa12 FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION pa13()']),
    c('a trigger is dropped', ['CREATE TABLE pa15 (a int)', "CREATE FUNCTION pa16() RETURNS trigger $body",
        'CREATE TRIGGER pa17 BEFORE INSERT ON pa15 FOR EACH ROW EXECUTE FUNCTION pa16()'],
        ['CREATE TABLE pa15 (a int)', "CREATE FUNCTION pa16() RETURNS trigger $body"], names => ['pa17']),
    c('a trigger is disabled', ['CREATE TABLE pa18 (a int)', "CREATE FUNCTION pa19() RETURNS trigger $body",
        'CREATE TRIGGER pa20 BEFORE INSERT ON pa18 FOR EACH ROW EXECUTE FUNCTION pa19()'],
        ['CREATE TABLE pa18 (a int)', "CREATE FUNCTION pa19() RETURNS trigger $body",
        'CREATE TRIGGER pa20 BEFORE INSERT ON pa18 FOR EACH ROW EXECUTE FUNCTION pa19()', 'ALTER TABLE pa18 DISABLE TRIGGER pa20']),
    c('a function becomes a default', 'CREATE TABLE pa21 (a int)',
        ['CREATE FUNCTION pa22() RETURNS int LANGUAGE sql AS $$ SELECT 3; $$', 'CREATE TABLE pa21 (a int DEFAULT pa22())']),
    c('a function is used by a check', 'CREATE TABLE pa23 (a int)',
        ['CREATE FUNCTION pa24(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT $1 > 0; $$',
         'CREATE TABLE pa23 (a int CHECK (pa24(a)))']),
    c('a rule is added', 'CREATE TABLE pa25 (a int)',
        ['CREATE TABLE pa25 (a int)', 'CREATE RULE pa26 AS ON DELETE TO pa25 DO INSTEAD NOTHING']),
    c('a policy is added', 'CREATE TABLE pa27 (a int)', ['CREATE TABLE pa27 (a int)', 'CREATE POLICY pa28 ON pa27 USING (a > 0)']),
    c('a policy changes', ['CREATE TABLE pa29 (a int)', 'CREATE POLICY pa30 ON pa29 FOR SELECT USING (a > 0)'],
        ['CREATE TABLE pa29 (a int)', 'CREATE POLICY pa30 ON pa29 FOR SELECT USING (a > 1)']),
    c('statistics are added', 'CREATE TABLE pa31 (a int, b int)',
        ['CREATE TABLE pa31 (a int, b int)', 'CREATE STATISTICS pa32 (dependencies) ON a, b FROM pa31']),
);

group('exclusion constraints and partitions',
    c('an exclusion constraint is added', 'CREATE TABLE xa1 (r int4range)',
        'CREATE TABLE xa1 (r int4range, CONSTRAINT xa1_x EXCLUDE USING gist (r WITH &&))'),
    c('an exclusion constraint is dropped', 'CREATE TABLE xa2 (r int4range, CONSTRAINT xa2_x EXCLUDE USING gist (r WITH &&))',
        'CREATE TABLE xa2 (r int4range)'),
    c('an exclusion constraint changes', 'CREATE TABLE xa3 (a int, r int4range, CONSTRAINT xa3_x EXCLUDE USING gist (r WITH &&))',
        'CREATE TABLE xa3 (a int, r int4range, CONSTRAINT xa3_x EXCLUDE USING gist (r WITH &&) WHERE (a > 0))'),
    c('a partitioned table is added', '', ['CREATE TABLE xa4 (id int, day date NOT NULL) PARTITION BY RANGE (day)',
        "CREATE TABLE xa5 PARTITION OF xa4 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')"]),
    c('a partition is added', ['CREATE TABLE xa6 (id int, k int) PARTITION BY LIST (k)', 'CREATE TABLE xa7 PARTITION OF xa6 FOR VALUES IN (1)'],
        ['CREATE TABLE xa6 (id int, k int) PARTITION BY LIST (k)', 'CREATE TABLE xa7 PARTITION OF xa6 FOR VALUES IN (1)',
         'CREATE TABLE xa8 PARTITION OF xa6 DEFAULT'], rows => 'INSERT INTO xa6 VALUES (5, 1)', keep => 'SELECT * FROM xa6'),
    c('a partition is dropped', ['CREATE TABLE xa9 (id int, k int) PARTITION BY HASH (k)',
        'CREATE TABLE xa10 PARTITION OF xa9 FOR VALUES WITH (MODULUS 2, REMAINDER 0)',
        'CREATE TABLE xa11 PARTITION OF xa9 FOR VALUES WITH (MODULUS 2, REMAINDER 1)'],
        ['CREATE TABLE xa9 (id int, k int) PARTITION BY HASH (k)',
        'CREATE TABLE xa10 PARTITION OF xa9 FOR VALUES WITH (MODULUS 2, REMAINDER 0)'], destructive => 1),
    c('an index of a partitioned table is added', ['CREATE TABLE xa12 (id int, k int) PARTITION BY LIST (k)',
        'CREATE TABLE xa13 PARTITION OF xa12 FOR VALUES IN (1)'], ['CREATE TABLE xa12 (id int, k int) PARTITION BY LIST (k)',
        'CREATE TABLE xa13 PARTITION OF xa12 FOR VALUES IN (1)', 'CREATE INDEX xa12_i ON xa12 (id)']),
    c('a column of a partitioned table is added', ['CREATE TABLE xa14 (id int, k int) PARTITION BY LIST (k)',
        'CREATE TABLE xa15 PARTITION OF xa14 FOR VALUES IN (1)'], ['CREATE TABLE xa14 (id int, k int, more text) PARTITION BY LIST (k)',
        'CREATE TABLE xa15 PARTITION OF xa14 FOR VALUES IN (1)'], rows => 'INSERT INTO xa14 VALUES (5, 1)', keep => 'SELECT id, k FROM xa14'),
);

group('comments',
    (map { c("on $_->[0]", $_->[1], [@{ ref $_->[1] ? $_->[1] : [$_->[1]] }, "COMMENT ON $_->[2] IS 'it''s said'"]) }
        ['a table', 'CREATE TABLE oa1 (a int)', 'TABLE oa1'],
        ['a column', 'CREATE TABLE oa2 (a int)', 'COLUMN oa2.a'],
        ['a constraint', 'CREATE TABLE oa3 (a int CONSTRAINT oa3_c CHECK (a > 0))', 'CONSTRAINT oa3_c ON oa3'],
        ['an index', ['CREATE TABLE oa4 (a int)', 'CREATE INDEX oa4_i ON oa4 (a)'], 'INDEX oa4_i'],
        ['a view', 'CREATE VIEW oa5 AS SELECT 1 AS a', 'VIEW oa5'],
        ['a sequence', 'CREATE SEQUENCE oa6', 'SEQUENCE oa6'],
        ['an enum', "CREATE TYPE oa7 AS ENUM ('a')", 'TYPE oa7'],
        ['a domain', 'CREATE DOMAIN oa8 AS int', 'DOMAIN oa8'],
        ['a function', 'CREATE FUNCTION oa9(a int) RETURNS int LANGUAGE sql AS $$ SELECT 1; $$', 'FUNCTION oa9(int)'],
        ['a trigger', ['CREATE TABLE oa10 (a int)', "CREATE FUNCTION oa11() RETURNS trigger $body",
            'CREATE TRIGGER oa12 BEFORE INSERT ON oa10 FOR EACH ROW EXECUTE FUNCTION oa11()'], 'TRIGGER oa12 ON oa10'],
        ['a materialized view', 'CREATE MATERIALIZED VIEW oa13 AS SELECT 1 AS a', 'MATERIALIZED VIEW oa13'],
        ['a schema', 'CREATE SCHEMA oa14', 'SCHEMA oa14'],
    ),
    c('one changes', ['CREATE TABLE oa15 (a int)', "COMMENT ON TABLE oa15 IS 'a'"],
        ['CREATE TABLE oa15 (a int)', "COMMENT ON TABLE oa15 IS 'b'"]),
    c('one goes', ['CREATE TABLE oa16 (a int)', "COMMENT ON COLUMN oa16.a IS 'a'"], 'CREATE TABLE oa16 (a int)'),
    c('one comes with a new table', '', ['CREATE TABLE oa17 (a int)', "COMMENT ON TABLE oa17 IS 'new'", "COMMENT ON COLUMN oa17.a IS 'newer'"]),
);

group('extensions',
    c('one is added', '', 'CREATE EXTENSION citext', names => ['citext']),
    c('one is dropped', 'CREATE EXTENSION pg_trgm', '', names => ['pg_trgm'], destructive => undef),
    c('a type of one is used', 'CREATE TABLE za1 (a text)', 'CREATE TABLE za1 (a citext)', destructive => undef,
        rows => "INSERT INTO za1 VALUES ('a')", keep => 'SELECT a FROM za1'),
);

cmp_ok $cases, '>=', 200, "there are $cases cases";
done_testing;
