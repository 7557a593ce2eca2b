#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Views, enums, domains, sequences, comments and what matters in production alone, in
# PostgreSQL's words on all engines.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Abroad;

abroad(postgresql => <<'END');
== a view
up    CREATE TABLE t (id integer PRIMARY KEY, name text, ok boolean);
      INSERT INTO t VALUES (1, 'a', true), (2, 'b', false);
      CREATE VIEW v AS SELECT id, upper(name) AS big FROM t WHERE ok;
down  DROP VIEW v; DROP TABLE t;
ask   SELECT id, big FROM v  => 1 | A

== a view with its columns named
up    CREATE TABLE t (id integer PRIMARY KEY, n integer);
      INSERT INTO t VALUES (1, 5);
      CREATE VIEW v (a, b) AS SELECT id, n * 2 FROM t;
down  DROP VIEW v; DROP TABLE t;
ask   SELECT a, b FROM v  => 1 | 10

== a view is replaced
up    CREATE TABLE t (id integer PRIMARY KEY, n integer);
      INSERT INTO t VALUES (1, 5), (2, 6);
      CREATE OR REPLACE VIEW v AS SELECT id FROM t;
down  DROP VIEW v; DROP TABLE t;
up    CREATE OR REPLACE VIEW v AS SELECT id FROM t WHERE n > 5;
down  CREATE OR REPLACE VIEW v AS SELECT id FROM t;
ask   SELECT id FROM v  => 2

== a view of two tables and an aggregate
up    CREATE TABLE t (id integer PRIMARY KEY);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t);
      INSERT INTO t VALUES (1), (2);
      INSERT INTO u VALUES (1, 1), (2, 1);
      CREATE VIEW v AS SELECT t.id, count(u.id) AS c FROM t LEFT JOIN u ON u.t_id = t.id GROUP BY t.id;
      DROP VIEW IF EXISTS never;
down  DROP VIEW v; DROP TABLE u; DROP TABLE t;
ask   SELECT id, c FROM v ORDER BY id  => 1 | 2 // 2 | 0

== a view outlives the rebuild of its table
up    CREATE TABLE t (id integer PRIMARY KEY, n integer);
      INSERT INTO t VALUES (1, 5);
      CREATE VIEW v AS SELECT id FROM t;
      CREATE VIEW w AS SELECT id + 1 AS more FROM v;
down  DROP VIEW w; DROP VIEW v; DROP TABLE t;
up    ALTER TABLE t ADD CONSTRAINT pos CHECK (n > 0);
      ALTER TABLE t ALTER COLUMN n SET NOT NULL;
down  ALTER TABLE t ALTER COLUMN n DROP NOT NULL;
      ALTER TABLE t DROP CONSTRAINT pos;
no    INSERT INTO t VALUES (2, 0)
ask   SELECT more FROM w  => 2

== a materialized view is a view
up    CREATE TABLE t (id integer PRIMARY KEY);
      INSERT INTO t VALUES (1);
      CREATE MATERIALIZED VIEW v AS SELECT id FROM t;
      REFRESH MATERIALIZED VIEW v;
down  DROP MATERIALIZED VIEW v; DROP TABLE t;
ask   SELECT id FROM v  => 1

== an enum
up    CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
      CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'ok', o mood);
      INSERT INTO t (id, o) VALUES (1, 'sad');
down  DROP TABLE t; DROP TYPE mood;
no    INSERT INTO t VALUES (2, 'mad', NULL)
no    INSERT INTO t VALUES (2, 'Sad', NULL)
no    INSERT INTO t VALUES (2, NULL, NULL)
do    INSERT INTO t VALUES (2, 'glad', 'glad')
ask   SELECT id, m, o FROM t ORDER BY id

== a value is added to an enum
up    CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
      CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'ok', o mood);
      INSERT INTO t (id, o) VALUES (1, 'sad');
down  DROP TABLE t; DROP TYPE mood;
up    ALTER TYPE mood ADD VALUE 'great';
do    INSERT INTO t VALUES (2, 'great', NULL)
no    INSERT INTO t VALUES (3, 'mad', NULL)
ask   SELECT id, m, o FROM t ORDER BY id

== a value is added before another, if it is not there
up    CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
      CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'ok', o mood);
      INSERT INTO t (id, o) VALUES (1, 'sad');
down  DROP TABLE t; DROP TYPE mood;
up    ALTER TYPE mood ADD VALUE IF NOT EXISTS 'sad';
      ALTER TYPE mood ADD VALUE IF NOT EXISTS 'low' BEFORE 'sad';
do    INSERT INTO t VALUES (2, 'low', 'sad')
ask   SELECT id, m, o FROM t ORDER BY id

== a value of an enum is renamed
up    CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
      CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'ok', o mood);
      INSERT INTO t (id, o) VALUES (1, 'sad');
down  DROP TABLE t; DROP TYPE mood;
up    ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
down  ALTER TYPE mood RENAME VALUE 'blue' TO 'sad';
no    INSERT INTO t VALUES (2, 'sad', NULL)
do    INSERT INTO t VALUES (2, 'blue', 'ok')
ask   SELECT id, m, o FROM t ORDER BY id  => 1 | ok | blue // 2 | blue | ok

== an enum type is renamed
up    CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
      CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'ok', o mood);
      INSERT INTO t (id, o) VALUES (1, 'sad');
down  DROP TABLE t; DROP TYPE mood;
up    ALTER TYPE mood RENAME TO feeling;
      ALTER TABLE t ADD COLUMN p feeling;
down  ALTER TABLE t DROP COLUMN p;
      ALTER TYPE feeling RENAME TO mood;
no    UPDATE t SET p = 'mad'
do    UPDATE t SET p = 'glad'

== a column becomes an enum
up    CREATE TABLE t (id integer PRIMARY KEY, s text NOT NULL DEFAULT 'a');
      INSERT INTO t VALUES (1, 'b');
down  DROP TABLE t;
up    CREATE TYPE kind AS ENUM ('a', 'b');
      ALTER TABLE t ALTER COLUMN s DROP DEFAULT;
      ALTER TABLE t ALTER COLUMN s TYPE kind USING s::kind;
      ALTER TABLE t ALTER COLUMN s SET DEFAULT 'a';
down  ALTER TABLE t ALTER COLUMN s DROP DEFAULT;
      ALTER TABLE t ALTER COLUMN s TYPE text;
      ALTER TABLE t ALTER COLUMN s SET DEFAULT 'a';
      DROP TYPE kind;
no    INSERT INTO t VALUES (2, 'c')
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, s FROM t ORDER BY id  => 1 | b // 2 | a

== an enum is replaced by another
up    CREATE TYPE kind AS ENUM ('a', 'b');
      CREATE TABLE t (id integer PRIMARY KEY, s kind);
      INSERT INTO t VALUES (1, 'b');
down  DROP TABLE t; DROP TYPE kind;
up    ALTER TYPE kind RENAME TO kind_old;
      CREATE TYPE kind AS ENUM ('b', 'c');
      ALTER TABLE t ALTER COLUMN s TYPE kind USING s::text::kind;
      DROP TYPE kind_old;
down  ALTER TYPE kind RENAME TO kind_new;
      CREATE TYPE kind AS ENUM ('a', 'b');
      ALTER TABLE t ALTER COLUMN s TYPE kind USING s::text::kind;
      DROP TYPE kind_new;
no    INSERT INTO t VALUES (2, 'a')
do    INSERT INTO t VALUES (2, 'c')
ask   SELECT id, s FROM t ORDER BY id
do    DELETE FROM t WHERE id = 2

== a column of an enum comes and goes
up    CREATE TABLE t (id integer PRIMARY KEY);
      INSERT INTO t VALUES (1);
down  DROP TABLE t;
up    CREATE TYPE kind AS ENUM ('a', 'b');
      ALTER TABLE t ADD COLUMN k kind NOT NULL DEFAULT 'b';
down  ALTER TABLE t DROP COLUMN k;
      DROP TYPE IF EXISTS kind;
no    UPDATE t SET k = 'c'
ask   SELECT id, k FROM t  => 1 | b

== a domain
up    CREATE DOMAIN percent AS integer DEFAULT 50 NOT NULL CHECK (VALUE BETWEEN 0 AND 100);
      CREATE TABLE t (id integer PRIMARY KEY, p percent);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t; DROP DOMAIN percent;
no    INSERT INTO t VALUES (2, 101)
do    INSERT INTO t VALUES (2, 100)
ask   SELECT id, p FROM t ORDER BY id  => 1 | 50 // 2 | 100

== a domain of text with a name
up    CREATE DOMAIN code AS varchar(8) CONSTRAINT code_not_empty CHECK (VALUE <> '');
      CREATE TABLE t (id integer PRIMARY KEY, c code NOT NULL);
down  DROP TABLE t; DROP DOMAIN code;
no    INSERT INTO t VALUES (1, '')
do    INSERT INTO t VALUES (1, 'x')

== comments
up    CREATE TABLE t (id integer PRIMARY KEY, a integer);
      COMMENT ON TABLE t IS 'things; and ''more''';
      COMMENT ON COLUMN t.a IS 'a number';
      COMMENT ON COLUMN t.a IS NULL;
      INSERT INTO t VALUES (1, 2);
down  DROP TABLE t;
ask   SELECT id, a FROM t

== comments on MariaDB are there
up    CREATE TABLE t (id integer PRIMARY KEY, a integer);
      COMMENT ON TABLE t IS 'things';
      COMMENT ON COLUMN t.a IS 'a number';
down  DROP TABLE t;
ask@mysql SELECT table_comment FROM information_schema.tables WHERE table_schema = database() AND table_name = 't'  => things
ask@mysql SELECT column_comment FROM information_schema.columns WHERE table_schema = database() AND table_name = 't' AND column_name = 'a'  => a number

== extensions, rights and owners are left out
up    CREATE EXTENSION IF NOT EXISTS plpgsql;
      CREATE TABLE t (id integer PRIMARY KEY);
      GRANT SELECT ON t TO PUBLIC;
      REVOKE ALL ON TABLE t FROM PUBLIC;
      ALTER TABLE t OWNER TO CURRENT_USER;
      INSERT INTO t VALUES (1);
down  DROP TABLE t;
ask   SELECT id FROM t

== what is left out is said
up    CREATE TABLE t (id integer PRIMARY KEY);
      GRANT SELECT ON t TO PUBLIC;
says  sqlite (?i)grant
says  mysql (?i)grant
down  DROP TABLE t;
ask   SELECT count(*) FROM t

== the default schema is there
up    CREATE SCHEMA IF NOT EXISTS public;
      CREATE TABLE public.t (id integer PRIMARY KEY);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1)

== another schema is refused
up    CREATE SCHEMA shop;
      CREATE TABLE shop.t (id integer PRIMARY KEY);
refused sqlite (?i)schema
refused mysql (?i)schema
ask   SELECT count(*) FROM shop.t

== a function in PL/pgSQL is refused
up    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
refused sqlite (?s)CREATE FUNCTION.*\@only
refused mysql (?s)CREATE FUNCTION.*\@only

== a DO block is refused
up    DO $$ BEGIN PERFORM 1; END $$;
refused sqlite (?s)\bDO\b.*\@only
refused mysql (?s)\bDO\b.*\@only

== a trigger is refused
up    CREATE TABLE t (id integer PRIMARY KEY);
      CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
skip  postgresql that function is for updates alone
refused sqlite (?s)TRIGGER.*\@only
refused mysql (?s)TRIGGER.*\@only

== a function that nobody else has is refused
up    CREATE TABLE t (id integer PRIMARY KEY, a text);
      UPDATE t SET a = pg_size_pretty(5::bigint);
refused sqlite pg_size_pretty
refused mysql pg_size_pretty

== a partitioned table is one table
up    CREATE TABLE t (id integer NOT NULL, day date NOT NULL, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
      CREATE TABLE t_2024 PARTITION OF t FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
      INSERT INTO t VALUES (1, '2024-05-05');
down  DROP TABLE t;
no    INSERT INTO t VALUES (1, '2024-05-05')
ask   SELECT id, day FROM t  => 1 | 2024-05-05

== blocks for one engine stand beside translated statements
up    CREATE TABLE t (id integer PRIMARY KEY, s text);
up@sqlite INSERT INTO t VALUES (1, 'here');
up@mysql INSERT INTO t VALUES (1, 'here');
up@postgresql INSERT INTO t VALUES (1, 'here');
up    UPDATE t SET s = s || '!';
down  DROP TABLE t;
ask   SELECT id, s FROM t  => 1 | here!
END

done_testing;
