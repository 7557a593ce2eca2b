#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Migrations in MySQL's words on all engines.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Abroad;

abroad(mysql => <<'END');
== tinyint
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v tinyint);
      INSERT INTO t VALUES (1, -128);
      INSERT INTO t VALUES (2, 127);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== tinyint(1) is a boolean
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v tinyint(1) NOT NULL DEFAULT 0);
      INSERT INTO t VALUES (1, 1);
      INSERT INTO t VALUES (2, 0);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== boolean
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v boolean);
      INSERT INTO t VALUES (1, true);
      INSERT INTO t VALUES (2, FALSE);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== mediumint and int(11)
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v int(11));
      INSERT INTO t VALUES (1, -5);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== int unsigned
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v int unsigned);
      INSERT INTO t VALUES (1, 4294967295);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== bigint
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v bigint(20));
      INSERT INTO t VALUES (1, 9000000000);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== smallint unsigned
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v smallint unsigned NOT NULL);
      INSERT INTO t VALUES (1, 65535);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== decimal
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v decimal(10,2));
      INSERT INTO t VALUES (1, 12.50);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== double
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v double);
      INSERT INTO t VALUES (1, 2.5);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== float
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v float);
      INSERT INTO t VALUES (1, 0.5);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== varchar
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v varchar(50) NOT NULL);
      INSERT INTO t VALUES (1, 'a');
      INSERT INTO t VALUES (2, "double quotes");
      INSERT INTO t VALUES (3, 'it\'s');
      INSERT INTO t VALUES (4, 'a''b');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== text and longtext
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v longtext);
      INSERT INTO t VALUES (1, 'abc');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== char
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v char(2));
      INSERT INTO t VALUES (1, 'de');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== mediumtext
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v mediumtext);
      INSERT INTO t VALUES (1, 'x');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== datetime
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v datetime);
      INSERT INTO t VALUES (1, '2024-01-02 03:04:05');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== datetime(6)
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v datetime(6));
      INSERT INTO t VALUES (1, '2024-01-02 03:04:05.123456');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== timestamp
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v timestamp NULL DEFAULT NULL);
      INSERT INTO t VALUES (1, '2024-01-02 03:04:05');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== date and time
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v date);
      INSERT INTO t VALUES (1, '2024-01-02');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== time
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v time);
      INSERT INTO t VALUES (1, '11:22:33');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== json
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v json);
      INSERT INTO t VALUES (1, '{"a": 1}');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== enum
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v enum('a','b') NOT NULL DEFAULT 'a');
      INSERT INTO t VALUES (1, 'b');
      INSERT INTO t VALUES (2, DEFAULT);
down  DROP TABLE t;
no    INSERT INTO t VALUES (99, 'c')
ask   SELECT id, v FROM t ORDER BY id

== blob
up    CREATE TABLE t (id int NOT NULL PRIMARY KEY, v blob);
      INSERT INTO t VALUES (1, x'00ff');
      INSERT INTO t VALUES (2, 0x0102);
down  DROP TABLE t;
ask   SELECT count(*) FROM t WHERE length(v) = 2

== auto_increment
up    CREATE TABLE `t` (`id` int(11) unsigned NOT NULL AUTO_INCREMENT, `name` varchar(40) DEFAULT NULL, PRIMARY KEY (`id`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='things';
      INSERT INTO `t` (`name`) VALUES ('a'), ('b');
down  DROP TABLE `t`;
do    INSERT INTO t (name) VALUES ('c')
ask   SELECT id, name FROM t ORDER BY id

== keys inside a table
up    CREATE TABLE t (id int NOT NULL, a int, b varchar(100), PRIMARY KEY (id), UNIQUE KEY t_a (a), KEY t_b (b(10)), INDEX t_ab (a, b));
      INSERT INTO t VALUES (1, 1, 'x');
down  DROP TABLE t;
no    INSERT INTO t VALUES (2, 1, 'y')
do    INSERT INTO t VALUES (2, NULL, 'x')
ask   SELECT id, a, b FROM t ORDER BY id

== foreign keys
up    CREATE TABLE p (id int PRIMARY KEY);
      CREATE TABLE t (id int PRIMARY KEY, p_id int, KEY t_p (p_id), CONSTRAINT t_to_p FOREIGN KEY (p_id) REFERENCES p (id) ON DELETE CASCADE ON UPDATE CASCADE);
      INSERT INTO p VALUES (1), (2);
      INSERT INTO t VALUES (1, 1), (2, 2);
down  DROP TABLE t; DROP TABLE p;
no    INSERT INTO t VALUES (3, 9)
do    DELETE FROM p WHERE id = 1
ask   SELECT id, p_id FROM t  => 2 | 2

== a foreign key without a name goes by the one it got
up    CREATE TABLE p (id int PRIMARY KEY);
      CREATE TABLE t (id int PRIMARY KEY, p_id int, FOREIGN KEY (p_id) REFERENCES p (id));
      INSERT INTO p VALUES (1);
down  DROP TABLE t; DROP TABLE p;
up    ALTER TABLE t DROP FOREIGN KEY t_ibfk_1;
down  ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p (id);
do    INSERT INTO t VALUES (3, 9)
do    DELETE FROM t

== a check
up    CREATE TABLE t (id int PRIMARY KEY, n int, CONSTRAINT pos CHECK (n > 0));
down  DROP TABLE t;
no    INSERT INTO t VALUES (1, 0)
do    INSERT INTO t VALUES (1, 1)

== MODIFY
up    CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 1, b varchar(20) DEFAULT 'x');
      INSERT INTO t VALUES (1, 10, 'p'), (2, 20, NULL);
down  DROP TABLE t;
up    ALTER TABLE t MODIFY COLUMN a bigint NOT NULL DEFAULT 5, MODIFY b varchar(200) NULL;
down  ALTER TABLE t MODIFY COLUMN a int NOT NULL DEFAULT 1, MODIFY b varchar(20) DEFAULT 'x';
do    INSERT INTO t (id) VALUES (3)
ask   SELECT id, a, b FROM t ORDER BY id  => 1 | 10 | p // 2 | 20 | ~ // 3 | 5 | ~
do    DELETE FROM t WHERE id = 3

== CHANGE COLUMN
up    CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 1, b varchar(20) DEFAULT 'x');
      INSERT INTO t VALUES (1, 10, 'p'), (2, 20, NULL);
down  DROP TABLE t;
up    ALTER TABLE t CHANGE COLUMN b label varchar(30) DEFAULT 'y';
down  ALTER TABLE t CHANGE COLUMN label b varchar(20) DEFAULT 'x';
do    INSERT INTO t (id) VALUES (3)
ask   SELECT id, label FROM t ORDER BY id  => 1 | p // 2 | ~ // 3 | y
do    DELETE FROM t WHERE id = 3

== ADD COLUMN with AFTER and FIRST
up    CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 1, b varchar(20) DEFAULT 'x');
      INSERT INTO t VALUES (1, 10, 'p'), (2, 20, NULL);
down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c int DEFAULT 3 AFTER id, ADD d int FIRST;
down  ALTER TABLE t DROP COLUMN c, DROP d;
ask   SELECT id, a, c, d FROM t ORDER BY id

== ADD KEY and DROP KEY
up    CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 1, b varchar(20) DEFAULT 'x');
      INSERT INTO t VALUES (1, 10, 'p'), (2, 20, NULL);
down  DROP TABLE t;
up    ALTER TABLE t ADD KEY t_a (a), ADD UNIQUE KEY t_b (b);
down  ALTER TABLE t DROP KEY t_a, DROP INDEX t_b;
no    INSERT INTO t (id, b) VALUES (3, 'p')

== RENAME TABLE
up    CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 1, b varchar(20) DEFAULT 'x');
      INSERT INTO t VALUES (1, 10, 'p'), (2, 20, NULL);
down  DROP TABLE t;
up    RENAME TABLE t TO u;
down  RENAME TABLE u TO t;
ask   SELECT id, a FROM u ORDER BY id

== ALTER TABLE RENAME
up    CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 1, b varchar(20) DEFAULT 'x');
      INSERT INTO t VALUES (1, 10, 'p'), (2, 20, NULL);
down  DROP TABLE t;
up    ALTER TABLE t RENAME u;
down  ALTER TABLE u RENAME TO t;
ask   SELECT id, a FROM u ORDER BY id

== CREATE INDEX and DROP INDEX ON
up    CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 1, b varchar(20) DEFAULT 'x');
      INSERT INTO t VALUES (1, 10, 'p'), (2, 20, NULL);
down  DROP TABLE t;
up    CREATE UNIQUE INDEX t_b ON t (b);
down  DROP INDEX t_b ON t;
no    INSERT INTO t (id, b) VALUES (3, 'p')

== ALTER COLUMN SET DEFAULT
up    CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 1, b varchar(20) DEFAULT 'x');
      INSERT INTO t VALUES (1, 10, 'p'), (2, 20, NULL);
down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN a SET DEFAULT 8, ALTER b DROP DEFAULT;
down  ALTER TABLE t ALTER COLUMN a SET DEFAULT 1, ALTER b SET DEFAULT 'x';
do    INSERT INTO t (id, b) VALUES (3, 'q')
ask   SELECT id, a, b FROM t ORDER BY id
do    DELETE FROM t WHERE id = 3

== DROP and ADD PRIMARY KEY
up    CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 1, b varchar(20) DEFAULT 'x');
      INSERT INTO t VALUES (1, 10, 'p'), (2, 20, NULL);
down  DROP TABLE t;
up    ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (id, a);
down  ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (id);
do    INSERT INTO t VALUES (1, 11, 'z')
no    INSERT INTO t VALUES (1, 10, 'z')
do    DELETE FROM t WHERE a = 11

== IF and IFNULL
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = IF(n > 15, 1, 0), name = IFNULL(name, 'none');
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== CONCAT
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = CONCAT(name, '-', id) WHERE name IS NOT NULL;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== CONCAT of NULL is NULL
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = CONCAT(name, '-', id);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== INSERT IGNORE
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT IGNORE INTO t (id, name) VALUES (1, 'again'), (4, 'new');
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== REPLACE INTO
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      REPLACE INTO t (id, name) VALUES (1, 'again'), (4, 'new');
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== ON DUPLICATE KEY UPDATE
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name, n) VALUES (1, 'up', 5), (4, 'new', 6) ON DUPLICATE KEY UPDATE name = VALUES(name), n = n + VALUES(n);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== UPDATE JOIN
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t JOIN u ON u.t_id = t.id AND u.id = 3 SET t.name = u.label;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== UPDATE of two tables in its other form
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t, u SET t.name = u.label WHERE u.t_id = t.id AND u.id = 3;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== DELETE JOIN
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      DELETE u FROM u JOIN t ON u.t_id = t.id WHERE t.name = 'bob';
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id FROM u ORDER BY id

== INSERT SET
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t SET id = 4, name = 'set';
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== DATE_ADD
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET at = DATE_ADD(at, INTERVAL 1 DAY) WHERE id = 1;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT at FROM t ORDER BY id

== NOW()
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET at = NOW() WHERE at IS NULL;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT count(*) FROM t WHERE at > '2024-06-01'

== GROUP_CONCAT
refused sqlite ORDER BY inside
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = (SELECT GROUP_CONCAT(label ORDER BY label SEPARATOR ';') FROM u WHERE u.t_id = t.id);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== INSERT SELECT with LIMIT a, b
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name) SELECT id + 10, label FROM u ORDER BY id LIMIT 1, 2;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== || is OR, && is AND
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = 0 WHERE n = 10 || n = 20 && name = 'x';
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== division is exact, DIV is not
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = n DIV 3 WHERE id = 2;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== strings with escapes and double quotes
up    CREATE TABLE t (id int PRIMARY KEY, name varchar(50), n int, at datetime);
      CREATE TABLE u (id int PRIMARY KEY, t_id int, label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = "it's \"x\"" WHERE id = 1; UPDATE t SET name = 'a\\b' WHERE id = 2;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== what matters at home alone is left out
up    SET FOREIGN_KEY_CHECKS = 0;
      SET NAMES utf8mb4;
      CREATE TABLE t (id int PRIMARY KEY, name varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'a name') ENGINE=InnoDB ROW_FORMAT=DYNAMIC;
      ALTER TABLE t ENGINE=InnoDB;
      SET FOREIGN_KEY_CHECKS = 1;
      INSERT INTO t VALUES (1, 'x');
down  DROP TABLE t;
ask   SELECT id, name FROM t

== a procedure is refused
up    CREATE TABLE t (id int PRIMARY KEY);
      CREATE PROCEDURE p() SELECT 1;
refused sqlite (?s)PROCEDURE.*\@only
refused postgresql (?s)PROCEDURE.*\@only
ask   SELECT count(*) FROM t
END

done_testing;
