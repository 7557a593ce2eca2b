#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# MySQL and MariaDB: what autogenerate and check see, case by case: see Limbeck::Detect.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Detect;
on_engine('mysql');
my $number = 0;

# A table of which anything changes.
sub table
{
    my ($name, $from, $to, %opt) = @_;
    my $t = 'tab' . ++$number;
    s/\bT\b/$t/g for $from, $to;
    return c($name, "CREATE TABLE $t $from", "CREATE TABLE $t $to", names => [$t], %opt,
        $opt{values} ? (rows => "INSERT INTO $t VALUES $opt{values}") : (),
        $opt{select} ? (keep => "SELECT $opt{select} FROM $t") : ());
}

group('tables',
    c('a table is added', '', 'CREATE TABLE ta1 (id int PRIMARY KEY, name text NOT NULL)', sees => ['create table ta1']),
    c('a table is dropped', 'CREATE TABLE ta2 (id int PRIMARY KEY)', '', destructive => 1, lossy => 1,
        rows => 'INSERT INTO ta2 VALUES (1)', sees => ['drop table ta2']),
    c('two tables that refer to each other are added', '', ['CREATE TABLE ta3 (id int PRIMARY KEY, other int)',
        'CREATE TABLE ta4 (id int PRIMARY KEY, other int, CONSTRAINT ta4_f FOREIGN KEY (other) REFERENCES ta3 (id))',
        'ALTER TABLE ta3 ADD CONSTRAINT ta3_f FOREIGN KEY (other) REFERENCES ta4 (id)']),
    c('two tables that refer to each other are dropped', ['CREATE TABLE ta5 (id int PRIMARY KEY, other int)',
        'CREATE TABLE ta6 (id int PRIMARY KEY, other int, CONSTRAINT ta6_f FOREIGN KEY (other) REFERENCES ta5 (id))',
        'ALTER TABLE ta5 ADD CONSTRAINT ta5_f FOREIGN KEY (other) REFERENCES ta6 (id)'], '', destructive => 1),
    c('AUTO_INCREMENT in a new table', '', 'CREATE TABLE ta7 (id int AUTO_INCREMENT PRIMARY KEY, x int)'),
    c('AUTO_INCREMENT on a key that is not the primary one', '', 'CREATE TABLE ta8 (a int PRIMARY KEY, n int NOT NULL AUTO_INCREMENT, UNIQUE KEY ta8_n (n))'),
    c('a table with odd names is added', '', 'CREATE TABLE `Ta 9` (`select` int, `a``b` text, `Größe` int)', names => ['Ta 9']),
    c('a table with comments is added', '', "CREATE TABLE ta10 (a int COMMENT 'it''s a') COMMENT 'the table'"),
    c('a table is renamed', 'CREATE TABLE ta11 (id int PRIMARY KEY, name text)', 'CREATE TABLE ta12 (id int PRIMARY KEY, name text)',
        rename => ['ta11=ta12'], rows => "INSERT INTO ta11 VALUES (1, 'a')"),
    c('a table that others refer to is renamed', ['CREATE TABLE ta13 (id int PRIMARY KEY)',
        'CREATE TABLE ta14 (up int, CONSTRAINT ta14_f FOREIGN KEY (up) REFERENCES ta13 (id))'], ['CREATE TABLE ta15 (id int PRIMARY KEY)',
        'CREATE TABLE ta14 (up int, CONSTRAINT ta14_f FOREIGN KEY (up) REFERENCES ta15 (id))'], rename => ['ta13=ta15'],
        rows => ['INSERT INTO ta13 VALUES (3)', 'INSERT INTO ta14 VALUES (3)'], keep => 'SELECT * FROM ta14'),
    table('a comment on a table is added', '(a int)', "(a int) COMMENT 'new'"),
    table('a comment on a table changes', "(a int) COMMENT 'old'", "(a int) COMMENT 'new'"),
    table('a comment on a table goes', "(a int) COMMENT 'old'", '(a int)'),
    table('the engine changes', '(a int) ENGINE=InnoDB', '(a int) ENGINE=MyISAM', values => '(1)', select => 'a'),
    table('the character set changes', '(a varchar(20)) DEFAULT CHARSET=latin1', '(a varchar(20)) DEFAULT CHARSET=utf8mb4', values => "('x')", select => 'a', destructive => undef),
    table('the collation changes', '(a varchar(20)) COLLATE=utf8mb4_general_ci', '(a varchar(20)) COLLATE=utf8mb4_bin', values => "('x')", select => 'a'),
    table('the row format changes', '(a int)', '(a int) ROW_FORMAT=COMPRESSED', values => '(1)', select => 'a'),
);

group('columns',
    c('a column is added', 'CREATE TABLE ca1 (id int)', 'CREATE TABLE ca1 (id int, name text)', rows => 'INSERT INTO ca1 VALUES (1)',
        keep => 'SELECT id FROM ca1', sees => ['add column ca1.name']),
    c('a column with a default is added', 'CREATE TABLE ca2 (id int)', 'CREATE TABLE ca2 (id int, n int NOT NULL DEFAULT 7)',
        rows => 'INSERT INTO ca2 VALUES (1)', keep => 'SELECT id FROM ca2'),
    c('a column that may not be null is added', 'CREATE TABLE ca3 (id int)', 'CREATE TABLE ca3 (id int, name varchar(20) NOT NULL)',
        rows => 'INSERT INTO ca3 VALUES (1)', keep => 'SELECT id FROM ca3', fill => { 'ca3.name' => "'x'" }),
    c('an auto_increment primary key is added', 'CREATE TABLE ca4 (a int)', 'CREATE TABLE ca4 (a int, id int NOT NULL AUTO_INCREMENT PRIMARY KEY)',
        rows => 'INSERT INTO ca4 VALUES (1)', keep => 'SELECT a FROM ca4', destructive => undef),
    c('a column is dropped', 'CREATE TABLE ca5 (id int, name text)', 'CREATE TABLE ca5 (id int)', destructive => 1,
        rows => "INSERT INTO ca5 VALUES (1, 'a')", keep => 'SELECT id FROM ca5'),
    c('an indexed column is dropped', 'CREATE TABLE ca6 (id int, a int, KEY ca6_k (a))', 'CREATE TABLE ca6 (id int)', destructive => 1,
        rows => 'INSERT INTO ca6 VALUES (1, 2)', keep => 'SELECT id FROM ca6'),
    c('a column with a foreign key is dropped', ['CREATE TABLE ca7 (id int PRIMARY KEY)',
        'CREATE TABLE ca8 (id int, up int, CONSTRAINT ca8_f FOREIGN KEY (up) REFERENCES ca7 (id))'],
        ['CREATE TABLE ca7 (id int PRIMARY KEY)', 'CREATE TABLE ca8 (id int)'], destructive => 1),
    c('a column is renamed', "CREATE TABLE ca9 (id int, fullname varchar(20) NOT NULL DEFAULT 'x' COMMENT 'c')",
        "CREATE TABLE ca9 (id int, name varchar(20) NOT NULL DEFAULT 'x' COMMENT 'c')", rename => ['ca9.fullname=name'],
        rows => "INSERT INTO ca9 VALUES (1, 'a')", keep => 'SELECT * FROM ca9'),
    column('a column becomes not null', 'text', 'text NOT NULL', "'a'"),
    column('a column may be null', 'text NOT NULL', 'text', "'a'"),
    column('a default is added', 'int', 'int DEFAULT 5', 1),
    column('a default is dropped', 'int DEFAULT 5', 'int', 1),
    column('a default changes', 'int DEFAULT 5', 'int DEFAULT 6', 1),
    column('a text default changes', "varchar(20) DEFAULT 'a'", "varchar(20) DEFAULT 'it''s'", "'b'"),
    column('a time becomes the default', 'timestamp NULL', 'timestamp NULL DEFAULT CURRENT_TIMESTAMP', "'2026-01-01'"),
    column('ON UPDATE is added', 'timestamp NULL', 'timestamp NULL ON UPDATE CURRENT_TIMESTAMP', "'2026-01-01'"),
    column('ON UPDATE goes', 'datetime(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)', 'datetime(6) DEFAULT CURRENT_TIMESTAMP(6)', "'2026-01-01'"),
    column('an expression becomes the default', 'int', 'int DEFAULT (1 + 2)', 1),
    column('a collation is set', 'varchar(20)', 'varchar(20) COLLATE utf8mb4_bin', "'a'"),
    column('a character set is set', 'varchar(20)', 'varchar(20) CHARACTER SET latin1', "'a'", destructive => undef),
    column('a comment is added', 'int', "int COMMENT 'new'", 1),
    column('a comment goes', "int COMMENT 'old'", 'int', 1),
    column('a column becomes invisible', 'int', 'int INVISIBLE', 1),
    column('several things change at once', "varchar(10) COMMENT 'c'", "text NOT NULL COMMENT 'd'", "'a'"),
    column('what is not named stays', "varchar(10) COLLATE utf8mb4_bin NOT NULL DEFAULT 'q' COMMENT 'c'",
        "varchar(20) COLLATE utf8mb4_bin NOT NULL DEFAULT 'q' COMMENT 'c'", "'a'"),
    column('auto_increment is added', 'int NOT NULL, KEY (v)', 'int NOT NULL AUTO_INCREMENT, KEY (v)', 3),
    column('auto_increment goes', 'int NOT NULL AUTO_INCREMENT, KEY (v)', 'int NOT NULL, KEY (v)', 3),
);

# How a value is written changes with its type; how many there are does not.
group('types', map { column("$_->[0] becomes $_->[1]", @$_, destructive => undef,
    keep => 'SELECT id, count(v) FROM T GROUP BY id') }
    ['varchar(20)', 'varchar(32)', "'a'"], ['varchar(32)', 'varchar(20)', "'a'"], ['varchar(20)', 'text', "'a'"],
    ['text', 'longtext', "'a'"], ['char(4)', 'varchar(4)', "'abcd'"], ['smallint', 'int', 5], ['int', 'bigint', 5], ['bigint', 'int', 5],
    ['int', 'int unsigned', 5], ['tinyint(1)', 'int', 1], ['int', 'decimal(10,2)', 5], ['decimal(8,2)', 'decimal(12,2)', 5.25],
    ['float', 'double', 0.5], ['date', 'datetime', "'2026-01-01'"], ['datetime', 'datetime(6)', "'2026-01-01'"], ['datetime', 'timestamp NULL', "'2026-01-01'"],
    ["enum('a','b')", "enum('a','b','c')", "'b'"], ["enum('a','b','c')", "enum('a','b')", "'b'"], ["set('a','b')", "set('a','b','c')", "'a,b'"],
    ['varchar(20)', "enum('a','b')", "'b'"], ['blob', 'longblob', "'x'"], ['binary(4)', 'varbinary(8)', "'abcd'"], ['longtext', 'json', q('{"a": 1}')],
    ['varchar(36)', 'char(36)', "'x'"],
);

group('keys and constraints',
    table('a primary key is added', '(a int NOT NULL)', '(a int NOT NULL, PRIMARY KEY (a))', values => '(1)', select => 'a'),
    table('a primary key is dropped', '(a int NOT NULL, PRIMARY KEY (a))', '(a int NOT NULL)', values => '(1)', select => 'a'),
    table('a primary key changes its columns', '(a int NOT NULL, b int NOT NULL, PRIMARY KEY (a))', '(a int NOT NULL, b int NOT NULL, PRIMARY KEY (a, b))', values => '(1, 2)', select => 'a, b'),
    table('a unique key is added', '(a int)', '(a int, UNIQUE KEY u (a))', values => '(1)', select => 'a'),
    table('a unique key is dropped', '(a int, UNIQUE KEY u (a))', '(a int)', values => '(1)', select => 'a'),
    table('a unique key changes its columns', '(a int, b int, UNIQUE KEY u (a))', '(a int, b int, UNIQUE KEY u (a, b))'),
    table('a unique key changes its name', '(a int, UNIQUE KEY u (a))', '(a int, UNIQUE KEY w (a))'),
    table('an index is added', '(a int)', '(a int, KEY k (a))', values => '(1)', select => 'a'),
    table('an index is dropped', '(a int, KEY k (a))', '(a int)'),
    table('an index becomes unique', '(a int, KEY k (a))', '(a int, UNIQUE KEY k (a))'),
    table('an index changes its columns', '(a int, b int, KEY k (a))', '(a int, b int, KEY k (b, a))'),
    table('an index changes its name', '(a int, KEY k (a))', '(a int, KEY m (a))'),
    table('an index gets a prefix', '(a varchar(200), KEY k (a))', '(a varchar(200), KEY k (a(10)))'),
    table('an index changes its prefix', '(a text, KEY k (a(5)))', '(a text, KEY k (a(10)))'),
    table('an index on several prefixes', '(a text, b text)', '(a text, b text, KEY k (a(5), b(7)))'),
    table('an index becomes descending', '(a int, KEY k (a))', '(a int, KEY k (a DESC))'),
    table('a full text index is added', '(a text)', '(a text, FULLTEXT KEY k (a))'),
    table('a spatial index is added', '(p point NOT NULL)', '(p point NOT NULL, SPATIAL KEY k (p))'),
    table('an index gets a comment', '(a int, KEY k (a))', "(a int, KEY k (a) COMMENT 'c')"),
    table('a named check is added', '(a int)', '(a int, CONSTRAINT T_c CHECK (a > 0))', values => '(1)', select => 'a'),
    table('a named check is dropped', '(a int, CONSTRAINT T_c CHECK (a > 0))', '(a int)'),
    table('a named check changes', '(a int, CONSTRAINT T_c CHECK (a > 0))', '(a int, CONSTRAINT T_c CHECK (a > 1))'),
    table('an unnamed check is added', '(a int)', '(a int, CHECK (a > 0))'),
    table('a check of a column is added', '(a int)', '(a int CHECK (a > 0))', values => '(1)', select => 'a'),
    table('a check of a column goes', '(a int CHECK (a > 0))', '(a int)', values => '(1)', select => 'a'),
    table('a check of a column changes', '(a int CHECK (a > 0))', '(a int CHECK (a > 1))'),
    table('a generated column is added', '(a int)', '(a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL)', values => '(3)', select => 'a'),
    table('a stored generated column is added', '(a int)', '(a int, b int GENERATED ALWAYS AS (a * 2) STORED)', values => '(3)', select => 'a'),
    table('a generated column changes', '(a int, b int GENERATED ALWAYS AS (a * 2) STORED)', '(a int, b int GENERATED ALWAYS AS (a * 3) STORED)', destructive => undef),
    table('a virtual column becomes stored', '(a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL)', '(a int, b int GENERATED ALWAYS AS (a * 2) STORED)', destructive => undef),
    table('partitions are added', '(id int NOT NULL, k int NOT NULL)', '(id int NOT NULL, k int NOT NULL) PARTITION BY HASH (k) PARTITIONS 4', values => '(1, 2)', select => 'id, k'),
    table('a partition is added', '(k int NOT NULL) PARTITION BY RANGE (k) (PARTITION p0 VALUES LESS THAN (10))',
        '(k int NOT NULL) PARTITION BY RANGE (k) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))', values => '(1)', select => 'k', destructive => undef),
    table('partitions go', '(k int NOT NULL) PARTITION BY KEY (k) PARTITIONS 2', '(k int NOT NULL)', values => '(1)', select => 'k'),
);

group('foreign keys',
    c('the tables that are referred to', [map { "CREATE TABLE fr$_ (id int PRIMARY KEY, other int UNIQUE)" } 1 .. 2],
        [(map { "CREATE TABLE fr$_ (id int PRIMARY KEY, other int UNIQUE)" } 1 .. 2), 'CREATE TABLE fr3 (a int)'], names => ['fr3']),
    (map {
        my ($name, $from, $to) = @$_;
        my $t = 'fk' . ++$number;
        my @texts = map { length $_ ? ", CONSTRAINT ${t}_f FOREIGN KEY (a) $_" : '' } $from, $to;
        c($name, "CREATE TABLE $t (a int, KEY ${t}_k (a)$texts[0])", "CREATE TABLE $t (a int, KEY ${t}_k (a)$texts[1])", names => [$t],
            rows => "INSERT INTO $t VALUES (NULL)", keep => "SELECT * FROM $t")
    }
        ['one is added', '', 'REFERENCES fr1 (id)'],
        ['one is dropped', 'REFERENCES fr1 (id)', ''],
        ['its table changes', 'REFERENCES fr1 (id)', 'REFERENCES fr2 (id)'],
        ['its column changes', 'REFERENCES fr1 (id)', 'REFERENCES fr1 (other)'],
        ['ON DELETE CASCADE is added', 'REFERENCES fr1 (id)', 'REFERENCES fr1 (id) ON DELETE CASCADE'],
        ['ON DELETE changes', 'REFERENCES fr1 (id) ON DELETE CASCADE', 'REFERENCES fr1 (id) ON DELETE SET NULL'],
        ['ON UPDATE CASCADE', 'REFERENCES fr1 (id)', 'REFERENCES fr1 (id) ON UPDATE CASCADE'],
        ['ON UPDATE goes', 'REFERENCES fr1 (id) ON UPDATE SET NULL', 'REFERENCES fr1 (id)'],
    ),
    c('one without an index of its own is added', 'CREATE TABLE fa1 (a int)', 'CREATE TABLE fa1 (a int, CONSTRAINT fa1_f FOREIGN KEY (a) REFERENCES fr1 (id))'),
    c('one without an index of its own is dropped', 'CREATE TABLE fa2 (a int, CONSTRAINT fa2_f FOREIGN KEY (a) REFERENCES fr1 (id))', 'CREATE TABLE fa2 (a int, KEY fa2_f (a))'),
    c('an unnamed one is added', 'CREATE TABLE fa3 (a int)', 'CREATE TABLE fa3 (a int, FOREIGN KEY (a) REFERENCES fr1 (id))'),
    c('one of two columns is added', ['CREATE TABLE fa4 (x int, y int, PRIMARY KEY (x, y))', 'CREATE TABLE fa5 (x int, y int)'],
        ['CREATE TABLE fa4 (x int, y int, PRIMARY KEY (x, y))',
         'CREATE TABLE fa5 (x int, y int, CONSTRAINT fa5_f FOREIGN KEY (x, y) REFERENCES fa4 (x, y))']),
    c('the types at both ends change', ['CREATE TABLE fa6 (id int PRIMARY KEY)',
        'CREATE TABLE fa7 (a int, CONSTRAINT fa7_f FOREIGN KEY (a) REFERENCES fa6 (id))'], ['CREATE TABLE fa6 (id bigint PRIMARY KEY)',
        'CREATE TABLE fa7 (a bigint, CONSTRAINT fa7_f FOREIGN KEY (a) REFERENCES fa6 (id))'],
        rows => ['INSERT INTO fa6 VALUES (1)', 'INSERT INTO fa7 VALUES (1)'], keep => 'SELECT * FROM fa7'),
);

group('views, triggers and routines',
    c('a view is added', 'CREATE TABLE va1 (a int)', ['CREATE TABLE va1 (a int)', 'CREATE VIEW va2 AS SELECT a FROM va1']),
    c('a view is dropped', ['CREATE TABLE va3 (a int)', 'CREATE VIEW va4 AS SELECT a FROM va3'], 'CREATE TABLE va3 (a int)'),
    c('a view changes', ['CREATE TABLE va5 (a int)', 'CREATE VIEW va6 AS SELECT a FROM va5'],
        ['CREATE TABLE va5 (a int)', 'CREATE VIEW va6 AS SELECT a FROM va5 WHERE a > 0']),
    c('views that build on each other are added', '', ['CREATE TABLE va7 (a int)', 'CREATE VIEW va9 AS SELECT a FROM va7', 'CREATE VIEW va8 AS SELECT a FROM va9']),
    c('a view changes its security', ['CREATE TABLE va10 (a int)', 'CREATE VIEW va11 AS SELECT a FROM va10'],
        ['CREATE TABLE va10 (a int)', 'CREATE SQL SECURITY INVOKER VIEW va11 AS SELECT a FROM va10']),
    c('a trigger is added', 'CREATE TABLE va12 (a int)', ['CREATE TABLE va12 (a int)', 'CREATE TRIGGER va13 BEFORE INSERT ON va12 FOR EACH ROW SET NEW.a = NEW.a + 1']),
    c('a trigger is dropped', ['CREATE TABLE va14 (a int)', 'CREATE TRIGGER va15 BEFORE INSERT ON va14 FOR EACH ROW SET NEW.a = NEW.a + 1'], 'CREATE TABLE va14 (a int)'),
    c('a trigger changes', ['CREATE TABLE va16 (a int)', 'CREATE TRIGGER va17 BEFORE INSERT ON va16 FOR EACH ROW SET NEW.a = NEW.a + 1'],
        ['CREATE TABLE va16 (a int)', 'CREATE TRIGGER va17 BEFORE INSERT ON va16 FOR EACH ROW SET NEW.a = NEW.a + 2']),
    c('a function is added', '', 'CREATE FUNCTION va18(x int) RETURNS int DETERMINISTIC RETURN x + 1'),
    c('a function is dropped', 'CREATE FUNCTION va19(x int) RETURNS int DETERMINISTIC RETURN x + 1', ''),
    c('a function changes', 'CREATE FUNCTION va20(x int) RETURNS int DETERMINISTIC RETURN x + 1', 'CREATE FUNCTION va20(x int) RETURNS int DETERMINISTIC RETURN x + 2'),
    c('a procedure is added', '', 'CREATE PROCEDURE va21(IN x int, OUT y int) SET y = x + 1'),
    c('a procedure changes', 'CREATE PROCEDURE va22(IN x int) SELECT x', 'CREATE PROCEDURE va22(IN x bigint) SELECT x'),
    c('an event is added', '', 'CREATE EVENT va23 ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM mysql.user WHERE 0'),
);

done_cases(100);
