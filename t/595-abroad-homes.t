#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What the home engine does by the way, done on the others too: names, copies, sequences,
# views that stay as they were made, tables that change places.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Abroad;

abroad(postgresql => <<'END');
== a value of an enum gets another name
up    CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
      CREATE TABLE people (id integer PRIMARY KEY, mood mood NOT NULL DEFAULT 'ok');
      INSERT INTO people (id) VALUES (1);
      INSERT INTO people VALUES (2, 'sad');
down  DROP TABLE people; DROP TYPE mood;
up    ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';
down  ALTER TYPE mood RENAME VALUE 'fine' TO 'ok';
no    INSERT INTO people VALUES (3, 'ok')
do    INSERT INTO people (id) VALUES (3)
ask   SELECT id, mood FROM people ORDER BY id  => 1 | fine // 2 | sad // 3 | fine

== a view has the columns that it was made with
up    CREATE TABLE t (a integer PRIMARY KEY, b text);
      CREATE VIEW v AS SELECT * FROM t;
      INSERT INTO t VALUES (1, 'x');
down  DROP VIEW v; DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c integer DEFAULT 5;
      ALTER TABLE t RENAME COLUMN b TO d;
      ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0);
down  ALTER TABLE t DROP CONSTRAINT positive;
      ALTER TABLE t RENAME COLUMN d TO b;
      ALTER TABLE t DROP COLUMN c;
ask   SELECT * FROM v  => 1 | x
ask   SELECT b FROM v  => x
ask   SELECT d, c FROM t  => x | 5

== a table from a query, and a temporary one on the way
up    CREATE TABLE t (id integer PRIMARY KEY, n varchar(9), at date);
      INSERT INTO t VALUES (1, 'a', '2020-01-02'), (2, NULL, NULL);
down  DROP TABLE t;
up    CREATE TEMPORARY TABLE kept AS SELECT id, n FROM t WHERE n IS NOT NULL;
      CREATE TABLE u AS SELECT t.*, upper(n) AS big, id + 1 AS next FROM t;
      INSERT INTO u (id, n) SELECT id + 10, n FROM kept;
      DROP TABLE kept;
down  DROP TABLE u;
ask   SELECT id, n, at, big, next FROM u ORDER BY id  => 1 | a | 2020-01-02 | A | 2 // 2 | ~ | ~ | ~ | 3 // 11 | a | ~ | ~ | ~

== a sequence that a dump made beside the column
up    CREATE TABLE t (id integer NOT NULL, n text);
      CREATE SEQUENCE t_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
      ALTER SEQUENCE t_id_seq OWNED BY t.id;
      ALTER TABLE ONLY t ALTER COLUMN id SET DEFAULT nextval('t_id_seq'::regclass);
      ALTER TABLE ONLY t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
down  DROP TABLE t;
do    INSERT INTO t (n) VALUES ('a'), ('b')
ask   SELECT id, n FROM t ORDER BY id  => 1 | a // 2 | b

== LIKE with all that the other has
up    CREATE TABLE a (id integer PRIMARY KEY, n text DEFAULT 'd' CHECK (n <> ''), m integer UNIQUE);
      CREATE TABLE b (LIKE a INCLUDING ALL);
down  DROP TABLE b; DROP TABLE a;
do    INSERT INTO b (id, m) VALUES (1, 1)
no    INSERT INTO b (id, m) VALUES (2, 1)
no    INSERT INTO b (id, n) VALUES (3, '')
no    INSERT INTO b (id) VALUES (1)
ask   SELECT id, n, m FROM b  => 1 | d | 1

== CASCADE takes along what hangs on the table
up    CREATE TABLE p (id integer PRIMARY KEY);
      CREATE TABLE c (id integer PRIMARY KEY, p_id integer REFERENCES p);
      CREATE VIEW v AS SELECT id FROM p;
      CREATE VIEW w AS SELECT id FROM v;
up    DROP TABLE p CASCADE;
do    INSERT INTO c VALUES (1, 99)
no    SELECT id FROM w
ask   SELECT id, p_id FROM c  => 1 | 99

== a table gets the name of one that went
up    CREATE TABLE t (id integer PRIMARY KEY, n text);
      INSERT INTO t VALUES (1, 'a');
      CREATE TABLE t_new (id integer PRIMARY KEY, n text NOT NULL, x integer DEFAULT 3);
      INSERT INTO t_new (id, n) SELECT id, n FROM t;
      DROP TABLE t;
      ALTER TABLE t_new RENAME TO t;
      CREATE TABLE u (t_id integer REFERENCES t);
down  DROP TABLE u; DROP TABLE t;
no    INSERT INTO t VALUES (2, NULL)
no    INSERT INTO u VALUES (7)
ask   SELECT id, n, x FROM t  => 1 | a | 3
END

abroad(sqlite => <<'END');
== the twelve steps of a rebuild
up    CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT);
      CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id));
      INSERT INTO p (n) VALUES ('a'), ('b');
      INSERT INTO c VALUES (1, 2);
down  DROP TABLE c; DROP TABLE p;
up    CREATE TABLE p_new (id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT NOT NULL DEFAULT 'x', m INTEGER);
      INSERT INTO p_new (id, n) SELECT id, n FROM p;
      DROP TABLE p;
      ALTER TABLE p_new RENAME TO p;
do    INSERT INTO p (id, m) VALUES (3, 4)
no    INSERT INTO c VALUES (2, 77)
ask   SELECT id, n, m FROM p ORDER BY id  => 1 | a | ~ // 2 | b | ~ // 3 | x | 4
ask   SELECT id, p_id FROM c  => 1 | 2
END

abroad(mysql => <<'END');
== two tables change places
up    CREATE TABLE a (id int PRIMARY KEY, x int);
      CREATE TABLE b (id int PRIMARY KEY, y int);
      INSERT INTO a VALUES (1, 1);
      INSERT INTO b VALUES (2, 2);
up    RENAME TABLE a TO tmp, b TO a, tmp TO b;
ask   SELECT id, y FROM a  => 2 | 2
ask   SELECT id, x FROM b  => 1 | 1

== a foreign key, its index and both of their names
up    CREATE TABLE p (id int PRIMARY KEY);
      CREATE TABLE c (id int PRIMARY KEY, p_id int, CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id));
no    INSERT INTO c VALUES (1, 1)
up    ALTER TABLE c DROP FOREIGN KEY fk, DROP INDEX fk;
do    INSERT INTO c VALUES (1, 1)
END

done_testing();
