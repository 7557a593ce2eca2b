#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Migrations in SQLite's words on all engines.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Abroad;

abroad(sqlite => <<'END');
== INTEGER
up    CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v INTEGER);
      INSERT INTO t VALUES (1, 5000000000);
      INSERT INTO t VALUES (2, -1);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== TEXT
up    CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v TEXT NOT NULL DEFAULT '');
      INSERT INTO t VALUES (1, 'a');
      INSERT INTO t VALUES (2, 'it''s');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== REAL
up    CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v REAL);
      INSERT INTO t VALUES (1, 0.5);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== BLOB
up    CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v BLOB);
      INSERT INTO t VALUES (1, X'00ff');
down  DROP TABLE t;
ask   SELECT count(*) FROM t WHERE length(v) = 2

== NUMERIC
up    CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v NUMERIC);
      INSERT INTO t VALUES (1, 12.5);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== VARCHAR and BOOLEAN
up    CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v VARCHAR(20));
      INSERT INTO t VALUES (1, 'a');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== BOOLEAN
up    CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v BOOLEAN NOT NULL DEFAULT 0);
      INSERT INTO t VALUES (1, 1);
      INSERT INTO t VALUES (2, 0);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== DATETIME
up    CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v DATETIME);
      INSERT INTO t VALUES (1, '2024-01-02 03:04:05');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== TIMESTAMP with a default
up    CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
      INSERT INTO t VALUES (1, '2024-01-02 03:04:05');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== DATE
up    CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v DATE);
      INSERT INTO t VALUES (1, '2024-01-02');
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== a check
up    CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v INTEGER CHECK (v > 0));
      INSERT INTO t VALUES (1, 1);
down  DROP TABLE t;
no    INSERT INTO t VALUES (99, 0)
ask   SELECT id, v FROM t ORDER BY id

== unique
up    CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v TEXT UNIQUE);
      INSERT INTO t VALUES (1, 'a');
      INSERT INTO t VALUES (2, 'A');
down  DROP TABLE t;
no    INSERT INTO t VALUES (99, 'a')
ask   SELECT id, v FROM t ORDER BY id

== a decimal
up    CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v DECIMAL(10,2));
      INSERT INTO t VALUES (1, 1.25);
down  DROP TABLE t;
ask   SELECT id, v FROM t ORDER BY id

== AUTOINCREMENT
up    CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);
      INSERT INTO t (name) VALUES ('a'), ('b');
down  DROP TABLE t;
do    INSERT INTO t (name) VALUES ('c')
ask   SELECT id, name FROM t ORDER BY id  => 1 | a // 2 | b // 3 | c

== foreign keys
up    CREATE TABLE p (id INTEGER PRIMARY KEY);
      CREATE TABLE t (id INTEGER PRIMARY KEY, p_id INTEGER NOT NULL REFERENCES p (id) ON DELETE CASCADE);
      INSERT INTO p VALUES (1), (2);
      INSERT INTO t VALUES (1, 1), (2, 2);
down  DROP TABLE t; DROP TABLE p;
no    INSERT INTO t VALUES (3, 9)
do    DELETE FROM p WHERE id = 1
ask   SELECT id, p_id FROM t  => 2 | 2

== a table rebuilt by hand
up    CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT);
      INSERT INTO t VALUES (1, 10, 'x'), (2, 20, NULL);
down  DROP TABLE t;
up    PRAGMA foreign_keys = OFF;
      CREATE TABLE t_new (id INTEGER PRIMARY KEY, a BIGINT NOT NULL, b TEXT DEFAULT 'd');
      INSERT INTO t_new (id, a, b) SELECT id, a, b FROM t;
      DROP TABLE t;
      ALTER TABLE t_new RENAME TO t;
      CREATE INDEX t_a ON t (a);
      PRAGMA foreign_keys = ON;
down  SELECT 1;
do    INSERT INTO t (id, a) VALUES (3, 30)
no    INSERT INTO t (id) VALUES (4)
ask   SELECT id, a, b FROM t ORDER BY id  => 1 | 10 | x // 2 | 20 | ~ // 3 | 30 | d

== ADD COLUMN
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      ALTER TABLE t ADD COLUMN c TEXT NOT NULL DEFAULT 'q';
      ALTER TABLE t ADD d INTEGER;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, c, d FROM t ORDER BY id

== RENAME COLUMN
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      ALTER TABLE t RENAME COLUMN name TO title;
      ALTER TABLE t RENAME n TO k;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, title, k FROM t ORDER BY id

== DROP COLUMN
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      ALTER TABLE t DROP COLUMN at;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT * FROM t ORDER BY id

== an index, a unique one, a partial one
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      CREATE INDEX t_n ON t (n DESC);
      CREATE UNIQUE INDEX t_name ON t (name);
      CREATE INDEX IF NOT EXISTS t_p ON t (n) WHERE n > 5;
      DROP INDEX t_p;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== INSERT OR IGNORE
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT OR IGNORE INTO t (id, name) VALUES (1, 'again'), (4, 'new');
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== INSERT OR REPLACE
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT OR REPLACE INTO t (id, name) VALUES (1, 'again'), (4, 'new');
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== an upsert
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name, n) VALUES (1, 'up', 5), (4, 'new', 6) ON CONFLICT (id) DO UPDATE SET name = excluded.name;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== ifnull and iif
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = iif(n > 15, 1, 0), name = ifnull(name, 'none');
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== ||
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = name || '-' || id;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== ==
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = 0 WHERE name == 'bob';
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== datetime('now')
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET at = datetime('now') WHERE at IS NULL;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT count(*) FROM t WHERE at > '2024-06-01'

== UPDATE FROM
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = u.label FROM u WHERE u.t_id = t.id AND u.id = 3;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== instr, substr, length, upper
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = instr(name, 'o') + length(name), name = upper(substr(name, 1, 2)) WHERE name IS NOT NULL;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== a view
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      CREATE VIEW v AS SELECT t.id, count(u.id) AS c FROM t LEFT JOIN u ON u.t_id = t.id GROUP BY t.id;
      DROP VIEW v;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== quotes of all kinds
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE "t" SET [name] = 'x', `n` = 1 WHERE id = 1;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== group_concat
up    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, at DATETIME);
      CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER, label TEXT);
      INSERT INTO t VALUES (1, 'Ann', 10, '2024-01-15 10:00:00'), (2, 'bob', 20, NULL), (3, NULL, NULL, NULL);
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = (SELECT group_concat(label, ';') FROM u WHERE u.t_id = t.id AND u.id > 1);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== STRICT and WITHOUT ROWID
up    CREATE TABLE t (code TEXT PRIMARY KEY NOT NULL, n INTEGER) STRICT, WITHOUT ROWID;
      INSERT INTO t VALUES ('a', 1);
down  DROP TABLE t;
no    INSERT INTO t VALUES ('a', 2)
ask   SELECT code, n FROM t

== a trigger is refused
up    CREATE TABLE t (id INTEGER PRIMARY KEY);
      CREATE TRIGGER tr AFTER INSERT ON t BEGIN DELETE FROM t WHERE id < 0; END;
refused mysql (?s)TRIGGER.*\@only
refused postgresql (?s)TRIGGER.*\@only
ask   SELECT count(*) FROM t
END

done_testing;
