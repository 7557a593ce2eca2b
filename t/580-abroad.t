#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# One text of PostgreSQL on all engines: tables made, changed, rebuilt and dropped, with
# what hangs on them; rows written and rewritten on the way.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Abroad;

abroad(postgresql => <<'END');
== tables, rows, and back
up    CREATE TABLE users (id serial PRIMARY KEY, email varchar(200) NOT NULL UNIQUE,
        active boolean NOT NULL DEFAULT true);
      INSERT INTO users (email) VALUES ('a@x'), ('b@x');
down  DROP TABLE users;
do    INSERT INTO users (email) VALUES ('c@x')
no    INSERT INTO users (email) VALUES ('c@x')
no    INSERT INTO users (email) VALUES (NULL)
ask   SELECT id, email, active FROM users ORDER BY id  => 1 | a@x | 1 // 2 | b@x | 1 // 3 | c@x | 1

== several changes of one table, with rows in it
up    CREATE TABLE plans (id integer PRIMARY KEY, name text NOT NULL);
      CREATE TABLE users (id integer PRIMARY KEY, name text, age integer DEFAULT 7);
      INSERT INTO plans VALUES (1, 'free');
      INSERT INTO users VALUES (1, 'ann', 20), (2, 'bob', NULL);
down  DROP TABLE users; DROP TABLE plans;
up    ALTER TABLE users ADD COLUMN plan_id integer REFERENCES plans (id),
        ALTER COLUMN name SET NOT NULL, ALTER COLUMN age TYPE bigint;
      ALTER TABLE users ADD CONSTRAINT adult CHECK (age IS NULL OR age >= 18);
      CREATE INDEX users_by_name ON users (name);
      ALTER TABLE users ALTER COLUMN age DROP DEFAULT;
down  DROP INDEX users_by_name;
      ALTER TABLE users DROP CONSTRAINT adult;
      ALTER TABLE users DROP COLUMN plan_id, ALTER COLUMN name DROP NOT NULL,
        ALTER COLUMN age TYPE integer, ALTER COLUMN age SET DEFAULT 7;
no    INSERT INTO users (id, name, age) VALUES (3, 'cid', 17)
no    INSERT INTO users (id, name, plan_id) VALUES (3, 'cid', 2)
no    INSERT INTO users (id) VALUES (3)
do    INSERT INTO users (id, name, plan_id) VALUES (3, 'cid', 1)
ask   SELECT id, name, age, plan_id FROM users ORDER BY id

== names that the home engine gives are those to drop by
up    CREATE TABLE a (id integer PRIMARY KEY, n integer UNIQUE, m integer CHECK (m > 0));
      CREATE TABLE b (id integer PRIMARY KEY, a_id integer REFERENCES a);
down  DROP TABLE b; DROP TABLE a;
no    INSERT INTO b VALUES (1, 1)
up    ALTER TABLE b DROP CONSTRAINT b_a_id_fkey;
      ALTER TABLE a DROP CONSTRAINT a_n_key;
      ALTER TABLE a DROP CONSTRAINT a_m_check;
down  ALTER TABLE a ADD CHECK (m > 0);
      ALTER TABLE a ADD UNIQUE (n);
      ALTER TABLE b ADD FOREIGN KEY (a_id) REFERENCES a;
do    INSERT INTO b VALUES (1, 1)
do    INSERT INTO a VALUES (1, 1, -1), (2, 1, 0)
do    DELETE FROM a
do    DELETE FROM b

== renames reach what hangs on the table
up    CREATE TABLE one (id integer PRIMARY KEY, word text);
      CREATE TABLE two (id integer PRIMARY KEY, one_id integer NOT NULL REFERENCES one (id) ON DELETE CASCADE);
      CREATE VIEW words AS SELECT word FROM one WHERE id > 0;
      INSERT INTO one VALUES (1, 'w'), (2, 'x');
      INSERT INTO two VALUES (1, 1), (2, 2);
down  DROP VIEW words; DROP TABLE two; DROP TABLE one;
up    ALTER TABLE one RENAME TO first;
      ALTER TABLE first RENAME COLUMN word TO text_of;
down  ALTER TABLE first RENAME COLUMN text_of TO word;
      ALTER TABLE first RENAME TO one;
ask   SELECT text_of FROM first ORDER BY id
ask   SELECT count(*) FROM words  => 2
ask   SELECT count(*) FROM two  => 2

== USING converts the rows that are there
up    CREATE TABLE t (id integer PRIMARY KEY, state text NOT NULL DEFAULT 'no', price text);
      INSERT INTO t VALUES (1, 'yes', '12.50'), (2, 'no', NULL);
down  DROP TABLE t;
up    ALTER TABLE t ALTER COLUMN state DROP DEFAULT;
      ALTER TABLE t ALTER COLUMN state TYPE boolean USING (state = 'yes');
      ALTER TABLE t ALTER COLUMN price TYPE numeric(10,2) USING price::numeric;
down  ALTER TABLE t ALTER COLUMN price TYPE text USING price::text;
      ALTER TABLE t ALTER COLUMN state TYPE text USING CASE WHEN state THEN 'yes' ELSE 'no' END;
      ALTER TABLE t ALTER COLUMN state SET DEFAULT 'no';
no    INSERT INTO t VALUES (3, NULL, 1)
do    INSERT INTO t VALUES (3, true, 7)
ask   SELECT id, state, price FROM t ORDER BY id  => 1 | 1 | 12.5 // 2 | 0 | ~ // 3 | 1 | 7

== a table from a query, and an empty one
up    CREATE TABLE t (id integer PRIMARY KEY, n integer);
      INSERT INTO t VALUES (1, 10), (2, 20);
      CREATE TABLE copy AS SELECT id, (n * 2)::integer AS twice FROM t;
      TRUNCATE t;
down  DROP TABLE copy; DROP TABLE t;
ask   SELECT id, twice FROM copy ORDER BY id  => 1 | 20 // 2 | 40
ask   SELECT count(*) FROM t  => 0

== an enum reaches every column
up    CREATE TYPE mood AS ENUM ('sad', 'glad');
      CREATE TABLE p (id integer PRIMARY KEY, now_is mood NOT NULL DEFAULT 'sad', was mood);
      INSERT INTO p (id) VALUES (1);
down  DROP TABLE p; DROP TYPE mood;
no    INSERT INTO p VALUES (2, 'mad', NULL)
up    ALTER TYPE mood ADD VALUE 'mad';
do    INSERT INTO p VALUES (2, 'mad', 'sad')
ask   SELECT id, now_is, was FROM p ORDER BY id

== what was made in a block for the engine alone is kept by a rebuild
up    CREATE TABLE t (id integer PRIMARY KEY, n integer);
      CREATE TABLE log (n integer);
down  DROP TABLE log; DROP TABLE t;
up@sqlite CREATE TRIGGER t_log AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.n); END;
up@mysql CREATE TRIGGER t_log AFTER INSERT ON t FOR EACH ROW INSERT INTO log VALUES (NEW.n);
up@postgresql CREATE FUNCTION t_log() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO log VALUES (NEW.n); RETURN NEW; END $$;
      CREATE TRIGGER t_log AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION t_log();
up    ALTER TABLE t ADD CONSTRAINT small CHECK (n < 100);
down  ALTER TABLE t DROP CONSTRAINT small;
down@postgresql DROP TRIGGER t_log ON t; DROP FUNCTION t_log();
down@sqlite DROP TRIGGER t_log;
down@mysql DROP TRIGGER t_log;
do    INSERT INTO t VALUES (1, 5)
no    INSERT INTO t VALUES (2, 500)
ask   SELECT n FROM log  => 5

== a column of the same name that comes when another goes is another column
up    CREATE TABLE t (id integer PRIMARY KEY, n integer);
      INSERT INTO t VALUES (1, 5);
down  DROP TABLE t;
up    ALTER TABLE t DROP COLUMN n, ADD COLUMN n integer;
down  SELECT 1;
ask   SELECT n FROM t  => ~

== what matters at home alone is left out
up    CREATE TABLE t (id integer PRIMARY KEY, n integer);
      CREATE INDEX CONCURRENTLY IF NOT EXISTS t_n ON t (n);
      COMMENT ON COLUMN t.n IS 'a number';
      ANALYZE t;
down  DROP TABLE t;
skip  postgresql CONCURRENTLY is for a section without a transaction
ask   SELECT count(*) FROM t  => 0
END

done_testing;
