#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The schema on MySQL and MariaDB: a rich database is written down and made again
# without loss; changes that this engine allows only in company are made; a scratch
# leaves nothing behind.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Detect;
use Limbeck::Dump;
use Limbeck::Database;

on_engine('mysql');

my $db = Limbeck::Database->create('mysql');
my $mariadb = $db->value('SELECT version()') =~ /mariadb/i;

# Statements, the last of each without a semicolon behind it.
my @rich = (
    q{CREATE TABLE authors (
        id bigint unsigned NOT NULL AUTO_INCREMENT,
        name varchar(80) NOT NULL DEFAULT 'it''s \\\\ a "name"' COMMENT 'who''s \\\\ that',
        bio text, score decimal(10,2) unsigned zerofill DEFAULT 1.50, tiny tinyint(1) NOT NULL DEFAULT 0,
        flags bit(4) DEFAULT b'101', kind enum('a','b''c','d,e') DEFAULT 'a', opts set('x','y') NOT NULL DEFAULT 'x,y',
        born date DEFAULT '2000-01-01', y year, t time(3), d double, f float, m mediumint,
        created datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
        ts timestamp NULL DEFAULT NULL, latin varchar(20) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT 'x',
        bincol varchar(20) COLLATE utf8mb4_bin, bin binary(4) DEFAULT 'ab', j json,
        full_name varchar(200) GENERATED ALWAYS AS (concat(name, ' ', kind)) VIRTUAL,
        len int GENERATED ALWAYS AS (char_length(name)) STORED,
        hidden int INVISIBLE DEFAULT 3, expr int DEFAULT (1 + 2 * 3), pos int CHECK (pos > 0), pt point NOT NULL,
        PRIMARY KEY (id), UNIQUE KEY name (name), UNIQUE KEY u2 (kind, name(10) DESC),
        KEY k1 (born, created DESC) COMMENT 'an index', FULLTEXT KEY ft (bio, name), SPATIAL KEY sp (pt),
        CONSTRAINT chk_named CHECK (score >= 0 AND name <> 'x''y\\\\'), CHECK (len < 1000)
    ) COMMENT='the table''s comment' ROW_FORMAT=DYNAMIC},
    q{CREATE TABLE books (
        id int NOT NULL AUTO_INCREMENT, author_id bigint unsigned, second_id bigint unsigned, third_id bigint unsigned,
        title varchar(100), PRIMARY KEY (id), KEY third (third_id),
        CONSTRAINT fk_author FOREIGN KEY (second_id) REFERENCES authors (id) ON DELETE CASCADE ON UPDATE SET NULL,
        FOREIGN KEY (author_id) REFERENCES authors (id) ON DELETE NO ACTION,
        CONSTRAINT fk3 FOREIGN KEY (third_id) REFERENCES authors (id) ON DELETE RESTRICT
    ) DEFAULT CHARSET=latin1},
    q{CREATE TABLE circle_a (id int PRIMARY KEY, b int)},
    q{CREATE TABLE circle_b (id int PRIMARY KEY, a int, FOREIGN KEY (a) REFERENCES circle_a (id))},
    q{ALTER TABLE circle_a ADD CONSTRAINT to_b FOREIGN KEY (b) REFERENCES circle_b (id)},
    q{CREATE TABLE auto_key (id int NOT NULL AUTO_INCREMENT, a int, KEY id (id)) ENGINE=MyISAM},
    q{CREATE TABLE mem (id int, KEY b (id) USING BTREE, KEY h (id)) ENGINE=MEMORY},
    q{CREATE TABLE `odd name` (`select` int, `a ``b` int, KEY `key` (`select`, `a ``b`))},
    q{CREATE TABLE p_range (id int NOT NULL, d date NOT NULL, PRIMARY KEY (id, d)) PARTITION BY RANGE (year(d))
        SUBPARTITION BY HASH (id) SUBPARTITIONS 2
        (PARTITION p0 VALUES LESS THAN (2020) COMMENT 'old', PARTITION p1 VALUES LESS THAN MAXVALUE)},
    q{CREATE TABLE p_hash (id int NOT NULL) PARTITION BY LINEAR HASH (id + 1) PARTITIONS 4},
    q{CREATE TABLE p_key (id int NOT NULL PRIMARY KEY) PARTITION BY KEY () PARTITIONS 3},
    q{CREATE TABLE p_list (id int NOT NULL, k varchar(5)) PARTITION BY LIST COLUMNS (id, k)
        (PARTITION a VALUES IN ((1,'x'),(2,'y')), PARTITION b VALUES IN ((3,'it''s')))},
    q{CREATE TABLE p_columns (d date NOT NULL) PARTITION BY RANGE COLUMNS (d)
        (PARTITION a VALUES LESS THAN ('2020-01-01'), PARTITION b VALUES LESS THAN (MAXVALUE))},
    q{CREATE FUNCTION f1(a int, b varchar(10) CHARSET latin1 COLLATE latin1_bin) RETURNS varchar(20) DETERMINISTIC COMMENT 'it''s'
        RETURN concat(a, b)},
    q{CREATE FUNCTION f1_twin() RETURNS int DETERMINISTIC RETURN 1},
    q{CREATE PROCEDURE f1_twin() SELECT 1},
    q{CREATE PROCEDURE p1(IN a int, OUT b varchar(20), INOUT c decimal(10,2)) MODIFIES SQL DATA SQL SECURITY INVOKER
        BEGIN IF a > 1 THEN SET b = 'x;y'; END IF; SELECT count(*) INTO c FROM authors; END},
    q{CREATE VIEW v_first AS SELECT a.id, a.name AS n, f1(1, 'x') AS fx FROM authors a JOIN books b ON b.author_id = a.id
        WHERE a.name LIKE 'x\'%'},
    q{CREATE SQL SECURITY INVOKER VIEW v_check (x, y) AS SELECT id, name FROM authors WHERE id > 1 WITH CHECK OPTION},
    q{CREATE VIEW a_view AS SELECT * FROM v_first},
    q{CREATE TRIGGER tr1 BEFORE INSERT ON books FOR EACH ROW BEGIN IF NEW.title IS NULL THEN SET NEW.title = 'none'; END IF; END},
    q{CREATE TRIGGER tr0 BEFORE INSERT ON books FOR EACH ROW FOLLOWS tr1 SET NEW.title = upper(NEW.title)},
    q{CREATE TRIGGER tr3 AFTER DELETE ON books FOR EACH ROW SET @x = 1},
    q{CREATE EVENT ev1 ON SCHEDULE EVERY '1:30' HOUR_MINUTE STARTS '2030-01-01 00:00:00' ENDS '2031-01-01 00:00:00'
        ON COMPLETION PRESERVE DISABLE COMMENT 'it''s' DO BEGIN SET @a = 1; END},
    $mariadb ? (
        q{CREATE SEQUENCE s1 START WITH 100 INCREMENT BY 10 CACHE 20 CYCLE},
        q{CREATE SEQUENCE s_down INCREMENT BY -1},
        q{CREATE TABLE of_sequence (id int DEFAULT nextval(s1))},
        q{CREATE TABLE versioned (a int, b int WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING},
        q{CREATE TABLE period (a int, s timestamp(6) GENERATED ALWAYS AS ROW START, e timestamp(6) GENERATED ALWAYS AS ROW END,
            PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING},
        q{CREATE TABLE long_unique (a text, b blob, u uuid DEFAULT uuid(), i inet6, UNIQUE KEY ua (a), UNIQUE KEY ub (b(20)))},
        q{ALTER TABLE auto_key ALTER INDEX id IGNORED},
    ) : (
        q{CREATE TABLE functional (a varchar(20), KEY low ((lower(a))), UNIQUE KEY up ((upper(a))))},
    ),
);

# Lines of SHOW CREATE, in which the order of keys does not matter.
sub lines_of
{
    my ($of) = @_;
    return [map { join "\n", sort split /,?\n/, s/ ON DELETE NO ACTION//r } @{ dump_of($of) }];
}

subtest 'a rich database is written down and made again' => sub {
    my $project = new_project(db => $db);
    $db->do("DELIMITER //\n$_\n//\n") for @rich;
    my $dump = run_ok(['schema', 'dump'], 'schema dump')->{stdout};
    unlike $dump, qr/`?\Q${\ $db->name }\E`?\./, 'the name of the database is nowhere';
    unlike $dump, qr/DEFINER/, 'and neither is the definer';
    $project->write_file('dump.sql', $dump);
    run_ok(['diff', $db->url, 'dump.sql'], 'loaded, it is the same schema');
    is run_ok(['schema', 'dump'], 'schema dump again')->{stdout}, $dump, 'the dump is always the same';

    my $other = $db->fresh;
    my $copy = new_project(db => $other);
    $copy->revision(id => 'made', upgrade => $dump);
    run_ok(['upgrade', 'head'], 'the dump runs as a revision');
    is_deeply lines_of($other), lines_of($db), 'SHOW CREATE says the same of both';
    run_ok(['diff', $db->url, $other->url], 'and so does diff');
    $other->drop;
};

subtest 'a name that the database shares' => sub {
    my $name = $db->name;
    my $other = $db->fresh;
    $other->do("CREATE TABLE `$name` (id int, `$name` int)");
    my $own = $other->name;
    $other->do("CREATE TABLE `$own` (id int)");
    $other->do("CREATE VIEW aliased AS SELECT `$own`.id, extract(year FROM `$own`.`$name`) AS y
        FROM `$name` AS `$own` JOIN `$own` AS other ON other.id = `$own`.id");
    new_project(db => $other);
    my $dump = run_ok(['schema', 'dump'], 'schema dump')->{stdout};
    write_file('dump.sql', $dump);
    run_ok(['diff', $other->url, 'dump.sql'], 'a view with the name as an alias');
    $other->drop;
};

# A table that changes from one definition to another.
my $number = 0;
sub t
{
    my ($name, $from, $to, %opt) = @_;
    my $t = 'tab' . ++$number;
    my @before = map { s/\bT(?=\b|_)/$t/gr } ref $from ? @$from : $from;
    my @after = map { s/\bT(?=\b|_)/$t/gr } ref $to ? @$to : $to;
    $before[0] = "CREATE TABLE $t $before[0]";
    $after[0] = "CREATE TABLE $t $after[0]";
    my %keep = map { $_ => $opt{$_} =~ s/\bT(?=\b|_)/$t/gr } grep { $opt{$_} } qw(rows keep);
    return c($name, \@before, \@after, names => [$t, map { "${t}_$_" } qw(k l u f g c)], destructive => undef, %opt, %keep);
}

sub changes
{
    my ($title, @cases) = @_;
    my $up = 'CREATE TABLE up (id int PRIMARY KEY, other int, UNIQUE KEY other (other))';
    my $other = $db->fresh;
    detect($other, $title, [c('the table referred to', $up, [$up, 'CREATE TABLE always (a int)'], names => ['always']), @cases]);
    $other->drop;
}

my $f = 'CONSTRAINT T_f FOREIGN KEY (a) REFERENCES up (id)';
my $g = 'CONSTRAINT T_g FOREIGN KEY (a) REFERENCES up (other)';
my $unnamed = 'FOREIGN KEY (a) REFERENCES up (id)';

changes('foreign keys and the indexes that they need',
    t('a foreign key goes, and its index with it', "(a int, $f)", '(a int)'),
    t('an unnamed foreign key goes, and its index with it', "(a int, $unnamed)", '(a int)'),
    t('both that share an index go', "(a int, $f, $g)", '(a int)'),
    t('an index goes that a foreign key needs', "(a int, b int, KEY T_k (a, b), $f)", "(a int, b int, $f)"),
    t('an index comes that serves a foreign key', "(a int, b int, $f)", "(a int, b int, KEY T_k (a, b), $f)"),
    t('such an index changes', "(a int, b int, KEY T_k (a), $f)", "(a int, b int, KEY T_k (a, b), $f)"),
    t('a unique key goes that an unnamed foreign key needs', "(a int, UNIQUE KEY T_u (a), $unnamed)", "(a int, $unnamed)"),
    t('the primary key goes that a foreign key needs', "(a int NOT NULL, PRIMARY KEY (a), $f)", "(a int NOT NULL, $f)"),
    t('a foreign key goes with its column', "(b int, a int, KEY T_k (a, b), $f)", '(b int)'),
    t('the action of a foreign key changes', "(a int, $f)", "(a int, $f ON DELETE CASCADE)", rows => 'INSERT INTO T VALUES (NULL)', keep => 'SELECT * FROM T'),
    t('the name of a foreign key changes', "(a int, $f)", "(a int, " . $f =~ s/T_f/T_g/r . ')'),
);

changes('primary keys and AUTO_INCREMENT',
    t('it moves to another column', '(a int NOT NULL AUTO_INCREMENT, b int NOT NULL, PRIMARY KEY (a))',
        '(a int NOT NULL, b int NOT NULL AUTO_INCREMENT, PRIMARY KEY (b))', rows => 'INSERT INTO T VALUES (1, 2)', keep => 'SELECT * FROM T'),
    t('the key gets a column more', '(a int NOT NULL AUTO_INCREMENT, b int NOT NULL, PRIMARY KEY (a))',
        '(a int NOT NULL AUTO_INCREMENT, b int NOT NULL, PRIMARY KEY (a, b))', rows => 'INSERT INTO T VALUES (1, 2)', keep => 'SELECT * FROM T'),
    t('the primary key becomes an index', '(a int NOT NULL AUTO_INCREMENT, PRIMARY KEY (a))', '(a int NOT NULL AUTO_INCREMENT, KEY T_k (a))'),
    t('AUTO_INCREMENT comes with its key', '(a int)', '(a int NOT NULL AUTO_INCREMENT, KEY T_k (a))'),
    t('a column that leaves the key may be null', '(a int, b int, PRIMARY KEY (a, b))', '(a int, b int NULL, PRIMARY KEY (a))',
        rows => 'INSERT INTO T VALUES (1, 2)', keep => 'SELECT * FROM T'),
    t('a column with a key of its own goes', '(a int, id int AUTO_INCREMENT, PRIMARY KEY (id))', '(a int)'),
);

changes('what a dropped column takes along',
    t('an index of two columns', '(a int, b int, KEY T_k (a, b))', '(a int)'),
    t('a unique key of two columns', '(a int, b int, UNIQUE KEY T_u (a, b))', '(a int)'),
    t('an index that gets along without it', '(a int, b int, KEY T_k (a, b))', '(a int, KEY T_k (a))'),
    t('a check of two columns', '(a int, b int, CONSTRAINT T_c CHECK (a < b))', '(a int)'),
    t('a generated column', '(a int, b int, c int GENERATED ALWAYS AS (b + 1) VIRTUAL)', '(a int)'),
);

changes('character sets and options',
    t('columns follow the table or not', "(a varchar(20), b varchar(20) COLLATE utf8mb4_bin, c enum('x') NOT NULL DEFAULT 'x' COMMENT 'c', d text) COLLATE utf8mb4_general_ci",
        "(a varchar(20), b varchar(20) COLLATE utf8mb4_bin, c enum('x') NOT NULL DEFAULT 'x' COMMENT 'c', d text) COLLATE utf8mb4_unicode_ci",
        rows => "INSERT INTO T VALUES ('ä', 'ö', 'x', 'ü')", keep => 'SELECT * FROM T'),
    t('the table gets the standard of the database', '(a varchar(20), b int) DEFAULT CHARSET latin1', '(a varchar(20), b int)',
        rows => "INSERT INTO T VALUES ('e', 1)", keep => 'SELECT * FROM T'),
    t('a column that had its own follows', '(a varchar(20) CHARACTER SET latin1) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin', '(a varchar(20)) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin'),
    t('options come', '(a int)', "(a int) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8 STATS_PERSISTENT=1 COMMENT 'x'"),
    t('options change', '(a int) STATS_PERSISTENT=1', '(a int) STATS_PERSISTENT=0 ROW_FORMAT=DYNAMIC'),
    t('an engine, and what it allows', '(a int, KEY T_k (a) USING BTREE) ENGINE=MEMORY', '(a int, KEY T_k (a))'),
    t('a partition between others', '(k int NOT NULL) PARTITION BY RANGE (k) (PARTITION p0 VALUES LESS THAN (10), PARTITION p2 VALUES LESS THAN MAXVALUE)',
        '(k int NOT NULL) PARTITION BY RANGE (k) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20), PARTITION p2 VALUES LESS THAN MAXVALUE)',
        rows => 'INSERT INTO T VALUES (1), (15), (100)', keep => 'SELECT * FROM T ORDER BY k'),
    t('a named partition more', '(k int NOT NULL) PARTITION BY LIST (k) (PARTITION one VALUES IN (1))',
        '(k int NOT NULL) PARTITION BY LIST (k) (PARTITION one VALUES IN (1), PARTITION two VALUES IN (2, NULL))',
        rows => 'INSERT INTO T VALUES (1)', keep => 'SELECT * FROM T', sql => [qr/ADD PARTITION/]),
);

changes('triggers, routines and sequences',
    t('a trigger behind another changes', ['(a int)', 'CREATE TRIGGER T_k BEFORE INSERT ON T FOR EACH ROW SET NEW.a = 1', 'CREATE TRIGGER T_c BEFORE INSERT ON T FOR EACH ROW SET NEW.a = 2'],
        ['(a int)', 'CREATE TRIGGER T_k BEFORE INSERT ON T FOR EACH ROW SET NEW.a = 3', 'CREATE TRIGGER T_c BEFORE INSERT ON T FOR EACH ROW SET NEW.a = 2']),
    t('a trigger comes first', ['(a int)', 'CREATE TRIGGER T_k BEFORE INSERT ON T FOR EACH ROW SET NEW.a = 1', 'CREATE TRIGGER T_c BEFORE INSERT ON T FOR EACH ROW SET NEW.a = 2'],
        ['(a int)', 'CREATE TRIGGER T_f BEFORE INSERT ON T FOR EACH ROW SET NEW.a = 0', 'CREATE TRIGGER T_k BEFORE INSERT ON T FOR EACH ROW SET NEW.a = 1',
            'CREATE TRIGGER T_c BEFORE INSERT ON T FOR EACH ROW SET NEW.a = 2']),
    c('a body of many statements', 'CREATE TABLE bodies (a int)', ['CREATE TABLE bodies (a int)', <<'SQL' =~ s/\n\z//r], names => ['T_body']),
DELIMITER //
CREATE PROCEDURE T_body(IN n int)
BEGIN
  DECLARE i int DEFAULT 0;
  l: WHILE i < n DO
    IF i = 3 THEN LEAVE l; END IF;
    CASE i WHEN 1 THEN INSERT INTO bodies VALUES (1); ELSE BEGIN END; END CASE;
    SET i = i + 1;
  END WHILE;
  SELECT 'a;b', ";" FROM bodies;
END
//
DELIMITER 
SQL
    c('an event changes', "CREATE EVENT ev_c ON SCHEDULE EVERY 1 DAY STARTS '2035-01-01 00:00:00' DISABLE DO SET \@a = 1",
        "CREATE EVENT ev_c ON SCHEDULE EVERY 2 DAY STARTS '2035-01-01 00:00:00' DISABLE COMMENT 'x' DO SET \@a = 1"),
    !$mariadb ? () : (
        c('a sequence changes', 'CREATE SEQUENCE sq START WITH 5 CACHE 10 CYCLE', 'CREATE SEQUENCE sq INCREMENT BY 2 MAXVALUE 1000'),
        t('a table gets versions of its rows', '(a int)', '(a int) WITH SYSTEM VERSIONING'),
        t('a check of a column stays when the column changes', '(a int CHECK (a > 0))', '(a bigint CHECK (a > 0))'),
        t('a check of a column goes', '(a int CHECK (a > 0))', '(a int)'),
        t('an index is ignored', '(a int, KEY T_k (a))', '(a int, KEY T_k (a) IGNORED)'),
        t('a json column changes', '(a json)', "(a json NOT NULL DEFAULT '{}' COMMENT 'j')"),
    ),
);

subtest 'a column is renamed, and what names it' => sub {
    my $other = $db->fresh;
    my $table = 'CREATE TABLE users (id int AUTO_INCREMENT, NAME varchar(20) NOT NULL, len int GENERATED ALWAYS AS (char_length(NAME)) VIRTUAL,
        PRIMARY KEY (id), UNIQUE KEY u (NAME(5)), KEY k (len, NAME), CONSTRAINT c CHECK (NAME <> \'\'))';
    detect($other, 'with keys and checks', [
        c('a column', $table =~ s/NAME/fullname/gr, $table =~ s/NAME/name/gr, rename => ['users.fullname=name'], names => ['users'],
            rows => "INSERT INTO users (fullname) VALUES ('a')", keep => 'SELECT id, len FROM users')]);
    $other->drop;
};

subtest 'scratch' => sub {
    my $other = $db->fresh;
    my $project = new_project(db => $other);
    my $left = sub { $other->query(q{SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'limbeck\_scratch\_%'}) };
    $project->write_file('one.sql', "CREATE TABLE a (id int);\n");
    $project->write_file('bad.sql', "CREATE TABLE a (id int);\nCREATE TABEL b (id int);\n");
    fails_with 3, qr/differ/, ['diff', $other->url, 'one.sql'], 'a diff';
    fails_with 1, qr/bad\.sql:2:/, ['diff', $other->url, 'bad.sql'], 'a file that can\'t be loaded';
    is_deeply $left->(), [], 'nothing is left of either';

    $other->do('CREATE DATABASE limbeck_scratch_0123456789abcdef');
    $other->do('CREATE DATABASE limbeck_scratch_mine');
    $project->limbeck('diff', $other->url, 'one.sql');
    is_deeply [map { $_->[0] } @{ $left->() }], ['limbeck_scratch_mine'], 'an abandoned one is dropped by the next, and nothing else';
    $other->do('DROP DATABASE limbeck_scratch_mine');

    my $name = $other->name;
    $other->do("CREATE USER poor\@'%' IDENTIFIED BY 'pw'");
    $other->do("GRANT ALL ON `$name`.* TO poor\@'%'");
    my $url = $other->url =~ s{//[^@]*@}{//poor:pw@}r;
    fails_with 1, qr/scratch_url/, ['-u', $url, 'diff', 'database', 'one.sql'], 'without the right to make one, the hint says what to do';
    $other->do("REVOKE ALL ON `$name`.* FROM poor\@'%'");
    $other->do('CREATE VIEW v AS SELECT 1 AS one');
    $other->do("GRANT SELECT ON `$name`.* TO poor\@'%'");
    fails_with 1, qr/view "v" can't be read.*SHOW VIEW/s, ['schema', 'dump'], 'and so it is with what may not be seen'
        if $project->write_file('limbeck.ini', "[limbeck]\nurl = $url\n");
    $other->do("DROP USER poor\@'%'");
    $other->drop;
};

$db->drop;
done_testing;
