#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Tables that are altered in PostgreSQL's words on all engines, with rows in them that
# must survive, and back again.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Abroad;

abroad(postgresql => <<'END');
== a column comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c integer;
down  ALTER TABLE t DROP COLUMN c;
ask   SELECT id, a, c FROM t ORDER BY id  => 1 | 10 | ~ // 2 | 20 | ~
ask   SELECT id, a, b, n FROM t ORDER BY id

== a column comes without the word
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD c varchar(20);
down  ALTER TABLE t DROP c;
do    UPDATE t SET c = 'y'
ask   SELECT id, a, b, n FROM t ORDER BY id

== a column with a default comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c integer NOT NULL DEFAULT 7;
down  ALTER TABLE t DROP COLUMN c;
ask   SELECT id, c FROM t ORDER BY id  => 1 | 7 // 2 | 7
no    UPDATE t SET c = NULL

== a boolean with a default comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c boolean NOT NULL DEFAULT false;
down  ALTER TABLE t DROP COLUMN c;
ask   SELECT id, c FROM t ORDER BY id  => 1 | 0 // 2 | 0

== a text with a default comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c text NOT NULL DEFAULT '';
down  ALTER TABLE t DROP COLUMN c;
ask   SELECT id FROM t WHERE c = '' ORDER BY id

== a JSON with a default comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c jsonb NOT NULL DEFAULT '{}'::jsonb;
down  ALTER TABLE t DROP COLUMN c;
ask   SELECT id, c FROM t ORDER BY id  => 1 | {} // 2 | {}

== a time with the default now() comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c timestamptz NOT NULL DEFAULT now();
down  ALTER TABLE t DROP COLUMN c;
ask   SELECT count(*) FROM t WHERE c > '2024-01-01'  => 2
ask   SELECT id, a, b, n FROM t ORDER BY id

== a uuid with a random default comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c uuid NOT NULL DEFAULT gen_random_uuid();
down  ALTER TABLE t DROP COLUMN c;
ask   SELECT count(DISTINCT c) FROM t  => 2

== a unique column comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c integer UNIQUE;
down  ALTER TABLE t DROP COLUMN c;
do    UPDATE t SET c = 5 WHERE id = 1
no    UPDATE t SET c = 5 WHERE id = 2

== a column with a check comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c integer CHECK (c > 0);
down  ALTER TABLE t DROP COLUMN c;
no    UPDATE t SET c = 0
do    UPDATE t SET c = 1

== a column that refers to a table comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);
      CREATE TABLE p (id integer PRIMARY KEY); INSERT INTO p VALUES (1);
down  DROP TABLE t; DROP TABLE p;
up    ALTER TABLE t ADD COLUMN p_id integer REFERENCES p (id) ON DELETE SET NULL;
down  ALTER TABLE t DROP COLUMN p_id;
no    UPDATE t SET p_id = 9
do    UPDATE t SET p_id = 1
do    DELETE FROM p
ask   SELECT count(*) FROM t WHERE p_id IS NULL  => 2

== a column comes if it is not there
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN IF NOT EXISTS a bigint, ADD COLUMN IF NOT EXISTS c integer;
down  ALTER TABLE t DROP COLUMN IF EXISTS c, DROP COLUMN IF EXISTS never;
ask   SELECT a, c FROM t ORDER BY id  => 10 | ~ // 20 | ~

== several columns come
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c integer, ADD COLUMN d text DEFAULT 'q', ADD COLUMN e date;
down  ALTER TABLE t DROP COLUMN c, DROP COLUMN d, DROP COLUMN e;
ask   SELECT id, c, d, e FROM t ORDER BY id
ask   SELECT id, a, b, n FROM t ORDER BY id

== a generated column comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c integer GENERATED ALWAYS AS (a * 2) STORED;
down  ALTER TABLE t DROP COLUMN c;
ask   SELECT c FROM t ORDER BY id  => 20 // 40

== a required column comes and is filled
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c text;
      UPDATE t SET c = 'v' || id;
      ALTER TABLE t ALTER COLUMN c SET NOT NULL;
down  ALTER TABLE t DROP COLUMN c;
ask   SELECT c FROM t ORDER BY id  => v1 // v2
no    UPDATE t SET c = NULL

== a column goes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t DROP COLUMN b;
down  ALTER TABLE t ADD COLUMN b text;
ask   SELECT id, a, n FROM t ORDER BY id

== a column goes with CASCADE
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);
      CREATE INDEX t_b ON t (b);
down  DROP TABLE t;
up    ALTER TABLE t DROP COLUMN b CASCADE;
down  ALTER TABLE t ADD COLUMN b text;
ask   SELECT id, a, n FROM t ORDER BY id

== a column goes with its index
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);
      CREATE INDEX t_a ON t (a);
down  DROP TABLE t;
up    ALTER TABLE t DROP COLUMN a;
down  ALTER TABLE t ADD COLUMN a integer;
ask   SELECT id, b FROM t ORDER BY id

== a column goes with its constraint
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, c integer UNIQUE CHECK (c > 0));
      INSERT INTO t VALUES (1, 10, 1), (2, 20, 2);

down  DROP TABLE t;
up    ALTER TABLE t DROP COLUMN c;
down  ALTER TABLE t ADD COLUMN c integer;
ask   SELECT id, a FROM t ORDER BY id

== a column that refers to another table goes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, p_id integer);
      INSERT INTO t VALUES (1, 10, NULL);
      CREATE TABLE p (id integer PRIMARY KEY); ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p (id);
down  DROP TABLE t; DROP TABLE p;
up    ALTER TABLE t DROP COLUMN p_id;
down  ALTER TABLE t ADD COLUMN p_id integer;
do    DROP TABLE p
do    CREATE TABLE p (id integer PRIMARY KEY)
ask   SELECT id, a FROM t ORDER BY id

== a column is renamed
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t RENAME COLUMN b TO label;
down  ALTER TABLE t RENAME COLUMN label TO b;
ask   SELECT id, label FROM t ORDER BY id  => 1 | x // 2 | ~

== a column is renamed without the word
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t RENAME b TO label;
down  ALTER TABLE t RENAME label TO b;
ask   SELECT id, label FROM t ORDER BY id  => 1 | x // 2 | ~

== a column in an index and a check is renamed
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);
      CREATE INDEX t_a ON t (a); ALTER TABLE t ADD CONSTRAINT pos CHECK (a >= 0);
down  DROP TABLE t;
up    ALTER TABLE t RENAME COLUMN a TO quantity;
down  ALTER TABLE t RENAME COLUMN quantity TO a;
no    UPDATE t SET quantity = -1
ask   SELECT id, quantity FROM t ORDER BY id

== a table is renamed
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t RENAME TO u;
down  ALTER TABLE u RENAME TO t;
ask   SELECT id, a FROM u ORDER BY id

== integer becomes bigint
up    CREATE TABLE t (id integer PRIMARY KEY, v integer);
      INSERT INTO t VALUES (1, 12);

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN v TYPE bigint;
down  SELECT 1;
ask   SELECT id, v FROM t ORDER BY id
do    INSERT INTO t VALUES (2, 5000000000)
ask   SELECT id, v FROM t ORDER BY id

== smallint becomes integer
up    CREATE TABLE t (id integer PRIMARY KEY, v smallint);
      INSERT INTO t VALUES (1, 12);

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN v TYPE integer;
down  SELECT 1;
ask   SELECT id, v FROM t ORDER BY id
do    INSERT INTO t VALUES (2, 70000)
ask   SELECT id, v FROM t ORDER BY id

== varchar(5) becomes varchar(50)
up    CREATE TABLE t (id integer PRIMARY KEY, v varchar(5));
      INSERT INTO t VALUES (1, 'ab');

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN v TYPE varchar(50);
down  SELECT 1;
ask   SELECT id, v FROM t ORDER BY id
do    INSERT INTO t VALUES (2, 'abcdefgh')
ask   SELECT id, v FROM t ORDER BY id

== varchar(5) becomes text
up    CREATE TABLE t (id integer PRIMARY KEY, v varchar(5));
      INSERT INTO t VALUES (1, 'ab');

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN v TYPE text;
down  SELECT 1;
ask   SELECT id, v FROM t ORDER BY id
do    INSERT INTO t VALUES (2, 'abcdefgh')
ask   SELECT id, v FROM t ORDER BY id

== numeric(5,2) becomes numeric(12,4)
up    CREATE TABLE t (id integer PRIMARY KEY, v numeric(5,2));
      INSERT INTO t VALUES (1, 12);

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN v TYPE numeric(12,4);
down  SELECT 1;
ask   SELECT id, v FROM t ORDER BY id
do    INSERT INTO t VALUES (2, 123456.1234)
ask   SELECT id, v FROM t ORDER BY id

== integer becomes numeric(10,2)
up    CREATE TABLE t (id integer PRIMARY KEY, v integer);
      INSERT INTO t VALUES (1, 12);

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN v TYPE numeric(10,2);
down  SELECT 1;
ask   SELECT id, v FROM t ORDER BY id
do    INSERT INTO t VALUES (2, 1.25)
ask   SELECT id, v FROM t ORDER BY id

== real becomes double precision
up    CREATE TABLE t (id integer PRIMARY KEY, v real);
      INSERT INTO t VALUES (1, 12);

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN v TYPE double precision;
down  SELECT 1;
ask   SELECT id, v FROM t ORDER BY id
do    INSERT INTO t VALUES (2, 0.5)
ask   SELECT id, v FROM t ORDER BY id

== text becomes varchar(40)
up    CREATE TABLE t (id integer PRIMARY KEY, v text);
      INSERT INTO t VALUES (1, 'ab');

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN v TYPE varchar(40);
down  SELECT 1;
ask   SELECT id, v FROM t ORDER BY id
do    INSERT INTO t VALUES (2, 'abc')
ask   SELECT id, v FROM t ORDER BY id

== SET DATA TYPE
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ALTER a SET DATA TYPE bigint;
down  ALTER TABLE t ALTER a SET DATA TYPE integer;
do    UPDATE t SET a = 5000000000 WHERE id = 1
ask   SELECT a FROM t ORDER BY id
do    UPDATE t SET a = 1

== a type changes under a default, an index and NOT NULL
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);
      CREATE INDEX t_a ON t (a);
down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN a TYPE bigint;
down  ALTER TABLE t ALTER COLUMN a TYPE integer;
do    INSERT INTO t (id) VALUES (3)
no    UPDATE t SET a = NULL
ask   SELECT a FROM t ORDER BY id  => 10 // 20 // 1
do    DELETE FROM t WHERE id = 3

== integer becomes text
up    CREATE TABLE t (id integer PRIMARY KEY, v integer);
      INSERT INTO t VALUES (1, 12), (2, 7);

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN v TYPE text USING v::text;
down  ALTER TABLE t ALTER COLUMN v TYPE integer USING v::integer;
ask   SELECT id, v FROM t ORDER BY id  => 1 | 12 // 2 | 7
do    UPDATE t SET v = '8' WHERE id = 2

== text becomes integer
up    CREATE TABLE t (id integer PRIMARY KEY, v text);
      INSERT INTO t VALUES (1, '12'), (2, '7');

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN v TYPE integer USING v::integer;
down  ALTER TABLE t ALTER COLUMN v TYPE text USING v::text;
ask   SELECT id, v + 1 FROM t ORDER BY id  => 1 | 13 // 2 | 8

== integer becomes boolean
up    CREATE TABLE t (id integer PRIMARY KEY, v integer);
      INSERT INTO t VALUES (1, 5), (2, 0), (3, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN v TYPE boolean USING (v <> 0);
down  ALTER TABLE t ALTER COLUMN v TYPE integer USING (CASE WHEN v THEN 1 ELSE 0 END);
ask   SELECT id, v FROM t ORDER BY id  => 1 | 1 // 2 | 0 // 3 | ~

== timestamp becomes timestamptz
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamp);
      INSERT INTO t VALUES (1, '2024-05-06 07:08:09');

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN v TYPE timestamptz USING v AT TIME ZONE 'UTC';
down  ALTER TABLE t ALTER COLUMN v TYPE timestamp USING v AT TIME ZONE 'UTC';
ask   SELECT id, v FROM t  => 1 | 2024-05-06 07:08:09

== text becomes JSON
up    CREATE TABLE t (id integer PRIMARY KEY, v text);
      INSERT INTO t VALUES (1, '{"a": 1}');

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN v TYPE jsonb USING v::jsonb;
down  ALTER TABLE t ALTER COLUMN v TYPE text USING v::text;
ask   SELECT id, v FROM t  => 1 | {"a":1}

== several types change in one statement
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN a TYPE bigint, ALTER COLUMN b TYPE varchar(100), ALTER COLUMN n TYPE numeric(14,2);
down  ALTER TABLE t ALTER COLUMN a TYPE integer, ALTER COLUMN b TYPE text, ALTER COLUMN n TYPE numeric(10,2);
ask   SELECT id, a, b, n FROM t ORDER BY id

== SET NOT NULL
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);
      UPDATE t SET b = 'y' WHERE b IS NULL;
down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN b SET NOT NULL;
down  ALTER TABLE t ALTER COLUMN b DROP NOT NULL;
no    UPDATE t SET b = NULL
ask   SELECT id, a, b, n FROM t ORDER BY id

== DROP NOT NULL
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN a DROP NOT NULL;
down  ALTER TABLE t ALTER COLUMN a SET NOT NULL;
do    UPDATE t SET a = NULL WHERE id = 1
ask   SELECT id, a FROM t ORDER BY id
do    UPDATE t SET a = 5 WHERE id = 1

== SET DEFAULT
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN b SET DEFAULT 'new';
down  ALTER TABLE t ALTER COLUMN b DROP DEFAULT;
do    INSERT INTO t (id) VALUES (3)
ask   SELECT id, a, b FROM t ORDER BY id  => 1 | 10 | x // 2 | 20 | ~ // 3 | 1 | new
do    DELETE FROM t WHERE id = 3

== another default
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN a SET DEFAULT 99;
down  ALTER TABLE t ALTER COLUMN a SET DEFAULT 1;
do    INSERT INTO t (id) VALUES (3)
ask   SELECT id, a FROM t ORDER BY id
do    DELETE FROM t WHERE id = 3

== a default becomes now()
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c timestamptz;
      ALTER TABLE t ALTER COLUMN c SET DEFAULT now();
down  ALTER TABLE t DROP COLUMN c;
do    INSERT INTO t (id) VALUES (3)
ask   SELECT count(*) FROM t WHERE c IS NOT NULL  => 1
do    DELETE FROM t WHERE id = 3

== DROP DEFAULT
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN a DROP DEFAULT;
down  ALTER TABLE t ALTER COLUMN a SET DEFAULT 1;
no    INSERT INTO t (id) VALUES (3)
ask   SELECT id, a, b, n FROM t ORDER BY id

== a check comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD CONSTRAINT big CHECK (a >= 10);
down  ALTER TABLE t DROP CONSTRAINT big;
no    UPDATE t SET a = 9 WHERE id = 1
ask   SELECT id, a, b, n FROM t ORDER BY id

== an unnamed check comes and goes by the name that it got
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD CHECK (a >= 10);
down  ALTER TABLE t DROP CONSTRAINT t_a_check;
no    UPDATE t SET a = 9 WHERE id = 1

== a unique constraint comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD CONSTRAINT once UNIQUE (a);
down  ALTER TABLE t DROP CONSTRAINT once;
no    UPDATE t SET a = 10 WHERE id = 2
ask   SELECT id, a, b, n FROM t ORDER BY id

== an unnamed unique constraint comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD UNIQUE (a, n);
down  ALTER TABLE t DROP CONSTRAINT t_a_n_key;
do    INSERT INTO t (id, a, n) VALUES (3, 10, 2)
no    INSERT INTO t (id, a, n) VALUES (4, 10, 2)
do    DELETE FROM t WHERE id = 3

== a unique constraint of text comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD CONSTRAINT once UNIQUE (b);
down  ALTER TABLE t DROP CONSTRAINT once;
no    UPDATE t SET b = 'x' WHERE id = 2
do    UPDATE t SET b = 'X' WHERE id = 2
ask   SELECT id, b FROM t ORDER BY id

== a foreign key comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);
      CREATE TABLE p (id integer PRIMARY KEY); INSERT INTO p VALUES (10), (20);
down  DROP TABLE t; DROP TABLE p;
up    ALTER TABLE t ADD CONSTRAINT t_p FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE;
down  ALTER TABLE t DROP CONSTRAINT t_p;
no    UPDATE t SET a = 5 WHERE id = 1
do    DELETE FROM p WHERE id = 20
ask   SELECT id, a FROM t ORDER BY id  => 1 | 10

== an unnamed foreign key comes
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);
      CREATE TABLE p (id integer PRIMARY KEY); INSERT INTO p VALUES (10), (20);
down  DROP TABLE t; DROP TABLE p;
up    ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (id);
down  ALTER TABLE t DROP CONSTRAINT t_a_fkey;
no    UPDATE t SET a = 5 WHERE id = 1
no    DELETE FROM p WHERE id = 20

== a constraint goes if it is there
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);
      ALTER TABLE t ADD CONSTRAINT big CHECK (a >= 10);
down  DROP TABLE t;
up    ALTER TABLE t DROP CONSTRAINT IF EXISTS never, DROP CONSTRAINT IF EXISTS big;
down  ALTER TABLE t ADD CONSTRAINT big CHECK (a >= 10);
do    UPDATE t SET a = 9 WHERE id = 1
do    UPDATE t SET a = 10 WHERE id = 1

== a constraint is renamed
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);
      ALTER TABLE t ADD CONSTRAINT big CHECK (a >= 10);
down  DROP TABLE t;
up    ALTER TABLE t RENAME CONSTRAINT big TO large;
down  ALTER TABLE t RENAME CONSTRAINT large TO big;
no    UPDATE t SET a = 9 WHERE id = 1

== an index is renamed
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);
      CREATE INDEX t_a ON t (a);
down  DROP TABLE t;
up    ALTER INDEX t_a RENAME TO t_first;
down  ALTER INDEX t_first RENAME TO t_a;
ask   SELECT id, a, b, n FROM t ORDER BY id

== a primary key comes
up    CREATE TABLE t (id integer NOT NULL, a integer);
      INSERT INTO t VALUES (1, 10), (2, 20);
down  DROP TABLE t;
up    ALTER TABLE t ADD CONSTRAINT t_key PRIMARY KEY (id);
down  ALTER TABLE t DROP CONSTRAINT t_key;
no    INSERT INTO t VALUES (1, 5)
ask   SELECT id, a FROM t ORDER BY id

== a primary key goes to another column
up    CREATE TABLE t (id integer PRIMARY KEY, code varchar(20) NOT NULL);
      INSERT INTO t VALUES (1, 'a'), (2, 'b');
down  DROP TABLE t;
up    ALTER TABLE t DROP CONSTRAINT t_pkey;
      ALTER TABLE t ADD PRIMARY KEY (code);
down  ALTER TABLE t DROP CONSTRAINT t_pkey;
      ALTER TABLE t ADD PRIMARY KEY (id);
do    INSERT INTO t VALUES (1, 'c')
no    INSERT INTO t VALUES (5, 'a')
ask   SELECT id, code FROM t ORDER BY code
do    DELETE FROM t WHERE code = 'c'

== many changes in one statement
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE t ADD COLUMN c integer NOT NULL DEFAULT 5, DROP COLUMN n, ALTER COLUMN a DROP DEFAULT, ALTER COLUMN a TYPE bigint, ADD CONSTRAINT big CHECK (a > 0), ADD CONSTRAINT once UNIQUE (a, c);
down  ALTER TABLE t DROP CONSTRAINT once, DROP CONSTRAINT big, ALTER COLUMN a TYPE integer, ALTER COLUMN a SET DEFAULT 1, ADD COLUMN n numeric(10,2), DROP COLUMN c;
no    UPDATE t SET a = 0 WHERE id = 1
no    INSERT INTO t (id) VALUES (9)
ask   SELECT id, a, b, c FROM t ORDER BY id  => 1 | 10 | x | 5 // 2 | 20 | ~ | 5

== ALTER TABLE ONLY, IF EXISTS
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);

down  DROP TABLE t;
up    ALTER TABLE ONLY t ADD COLUMN c integer;
      ALTER TABLE IF EXISTS never ADD COLUMN c integer;
      ALTER TABLE IF EXISTS t ALTER COLUMN c SET DEFAULT 3;
down  ALTER TABLE t DROP COLUMN c;
do    INSERT INTO t (id) VALUES (3)
ask   SELECT c FROM t WHERE id = 3  => 3
do    DELETE FROM t WHERE id = 3

== rows and what hangs on the table survive three rebuilds in a row
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);
      CREATE UNIQUE INDEX t_a ON t (a); CREATE TABLE child (id integer PRIMARY KEY, t_id integer REFERENCES t (id) ON DELETE CASCADE); INSERT INTO child VALUES (1, 1);
down  DROP TABLE child; DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN a TYPE bigint;
      ALTER TABLE t ALTER COLUMN b SET DEFAULT 'd';
      UPDATE t SET b = 'y' WHERE b IS NULL;
      ALTER TABLE t ALTER COLUMN b SET NOT NULL;
      ALTER TABLE t ADD CONSTRAINT big CHECK (a > 0);
down  ALTER TABLE t DROP CONSTRAINT big;
      ALTER TABLE t ALTER COLUMN b DROP NOT NULL, ALTER COLUMN b DROP DEFAULT, ALTER COLUMN a TYPE integer;
no    INSERT INTO child VALUES (2, 9)
no    UPDATE t SET a = 20 WHERE id = 1
ask   SELECT id, a, b FROM t ORDER BY id  => 1 | 10 | x // 2 | 20 | y
ask   SELECT id, t_id FROM child  => 1 | 1
do    DELETE FROM t WHERE id = 1
ask   SELECT count(*) FROM child  => 0

== a table that others refer to is rebuilt
up    CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, n numeric(10,2));
      INSERT INTO t VALUES (1, 10, 'x', 1.5), (2, 20, NULL, NULL);
      CREATE TABLE child (id integer PRIMARY KEY, t_id integer NOT NULL REFERENCES t (id)); INSERT INTO child VALUES (1, 1), (2, 2);
down  DROP TABLE child; DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN b TYPE varchar(200);
      ALTER TABLE t ALTER COLUMN b SET DEFAULT 'z';
down  ALTER TABLE t ALTER COLUMN b DROP DEFAULT;
      ALTER TABLE t ALTER COLUMN b TYPE text;
ask   SELECT id, t_id FROM child ORDER BY id  => 1 | 1 // 2 | 2
no    DELETE FROM t WHERE id = 1
ask   SELECT id, a, b, n FROM t ORDER BY id

== numbers that come by themselves go on after a rebuild
up    CREATE TABLE t (id serial PRIMARY KEY, a integer);
      INSERT INTO t (a) VALUES (1), (2), (3);
      DELETE FROM t WHERE id = 3;
down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN a SET NOT NULL;
      ALTER TABLE t ADD CONSTRAINT pos CHECK (a > 0);
down  ALTER TABLE t DROP CONSTRAINT pos;
      ALTER TABLE t ALTER COLUMN a DROP NOT NULL;
do    INSERT INTO t (a) VALUES (9)
ask   SELECT count(*) FROM t WHERE id > 2 AND a = 9  => 1

== the key of a table with numbers grows
up    CREATE TABLE t (id serial PRIMARY KEY, a integer);
      INSERT INTO t (a) VALUES (1);
down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN id TYPE bigint;
down  ALTER TABLE t ALTER COLUMN id TYPE integer;
do    INSERT INTO t (a) VALUES (2)
ask   SELECT id, a FROM t ORDER BY id  => 1 | 1 // 2 | 2

== a referenced key changes its type
up    CREATE TABLE p (id integer PRIMARY KEY);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer REFERENCES p (id) ON DELETE CASCADE);
      INSERT INTO p VALUES (1);
      INSERT INTO t VALUES (1, 1);
down  DROP TABLE t; DROP TABLE p;
up    ALTER TABLE p ALTER COLUMN id TYPE bigint;
      ALTER TABLE t ALTER COLUMN p_id TYPE bigint;
down  ALTER TABLE t ALTER COLUMN p_id TYPE integer;
      ALTER TABLE p ALTER COLUMN id TYPE integer;
no    INSERT INTO t VALUES (2, 9)
do    INSERT INTO p VALUES (5000000000)
do    INSERT INTO t VALUES (2, 5000000000)
ask   SELECT id, p_id FROM t ORDER BY id
do    DELETE FROM p
ask   SELECT count(*) FROM t  => 0

== identity comes to a column
up    CREATE TABLE t (id integer PRIMARY KEY, a integer);
      INSERT INTO t VALUES (1, 1), (2, 2);
down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (START WITH 3);
down  ALTER TABLE t ALTER COLUMN id DROP IDENTITY;
do    INSERT INTO t (a) VALUES (3)
ask   SELECT id, a FROM t ORDER BY id  => 1 | 1 // 2 | 2 // 3 | 3

== DROP TABLE of several, with CASCADE
up    CREATE TABLE a (id integer PRIMARY KEY);
      CREATE TABLE b (id integer PRIMARY KEY, a_id integer REFERENCES a (id));
      CREATE TABLE c (id integer PRIMARY KEY, a_id integer REFERENCES a (id));
      INSERT INTO a VALUES (1);
      INSERT INTO c VALUES (1, 1);
      DROP TABLE a, b CASCADE;
down  DROP TABLE c;
do    INSERT INTO c VALUES (2, 9)
ask   SELECT id, a_id FROM c ORDER BY id  => 1 | 1 // 2 | 9

== a table comes again under its name
up    CREATE TABLE t (id integer PRIMARY KEY, a integer);
      INSERT INTO t VALUES (1, 1);
      DROP TABLE t;
      CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
      INSERT INTO t VALUES (2, 'x');
down  DROP TABLE t;
ask   SELECT id, a FROM t  => 2 | x

== two tables change places
up    CREATE TABLE a (id integer PRIMARY KEY, x integer);
      CREATE TABLE b (id integer PRIMARY KEY, y integer);
      INSERT INTO a VALUES (1, 1);
      INSERT INTO b VALUES (2, 2);
down  DROP TABLE a; DROP TABLE b;
up    ALTER TABLE a RENAME TO c;
      ALTER TABLE b RENAME TO a;
      ALTER TABLE c RENAME TO b;
down  ALTER TABLE a RENAME TO c;
      ALTER TABLE b RENAME TO a;
      ALTER TABLE c RENAME TO b;
ask   SELECT id, y FROM a  => 2 | 2
ask   SELECT id, x FROM b  => 1 | 1

== columns change places
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
      INSERT INTO t VALUES (1, 10, 20);
down  DROP TABLE t;
up    ALTER TABLE t RENAME COLUMN a TO c;
      ALTER TABLE t RENAME COLUMN b TO a;
      ALTER TABLE t RENAME COLUMN c TO b;
down  ALTER TABLE t RENAME COLUMN a TO c;
      ALTER TABLE t RENAME COLUMN b TO a;
      ALTER TABLE t RENAME COLUMN c TO b;
ask   SELECT a, b FROM t  => 20 | 10

== things of production alone are left out
up    CREATE TABLE t (id integer PRIMARY KEY, a integer);
      INSERT INTO t VALUES (1, 1);
      ALTER TABLE t SET (autovacuum_enabled = false);
      ALTER TABLE t ALTER COLUMN a SET STATISTICS 500;
      ALTER TABLE t CLUSTER ON t_pkey;
      ALTER TABLE t REPLICA IDENTITY FULL;
      COMMENT ON TABLE t IS 'it''s a table';
      SET lock_timeout = '3s';
      SET LOCAL statement_timeout = 0;
      LOCK TABLE t IN EXCLUSIVE MODE;
      ANALYZE t;
down  DROP TABLE t;
ask   SELECT id, a FROM t  => 1 | 1

== row security is refused
up    CREATE TABLE t (id integer PRIMARY KEY);
      ALTER TABLE t ENABLE ROW LEVEL SECURITY;
refused sqlite (?i)row
refused mysql (?i)row
ask   SELECT count(*) FROM t
END

done_testing;
