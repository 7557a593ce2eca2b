#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Columns in PostgreSQL's words on all engines: types, defaults, numbers that come by
# themselves, generated columns, names.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Abroad;

abroad(postgresql => <<'END');
== smallint
up    CREATE TABLE t (id integer PRIMARY KEY, v smallint);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, -32768)
do    INSERT INTO t VALUES (2, 32767)
do    INSERT INTO t VALUES (3, NULL)
ask   SELECT id, v FROM t ORDER BY id

== int2
up    CREATE TABLE t (id integer PRIMARY KEY, v int2);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 7)
ask   SELECT id, v FROM t ORDER BY id

== integer
up    CREATE TABLE t (id integer PRIMARY KEY, v integer);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, -2147483648)
do    INSERT INTO t VALUES (2, 2147483647)
ask   SELECT id, v FROM t ORDER BY id

== int
up    CREATE TABLE t (id integer PRIMARY KEY, v int);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 0)
ask   SELECT id, v FROM t ORDER BY id

== int4
up    CREATE TABLE t (id integer PRIMARY KEY, v int4);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 12)
ask   SELECT id, v FROM t ORDER BY id

== bigint
up    CREATE TABLE t (id integer PRIMARY KEY, v bigint);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, -9223372036854775808)
do    INSERT INTO t VALUES (2, 9223372036854775807)
ask   SELECT id, v FROM t ORDER BY id

== int8
up    CREATE TABLE t (id integer PRIMARY KEY, v int8);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 9007199254740993)
ask   SELECT id, v FROM t ORDER BY id

== real
up    CREATE TABLE t (id integer PRIMARY KEY, v real);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 1.5)
do    INSERT INTO t VALUES (2, -0.25)
ask   SELECT id, v FROM t ORDER BY id

== float4
up    CREATE TABLE t (id integer PRIMARY KEY, v float4);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 2.5)
ask   SELECT id, v FROM t ORDER BY id

== double precision
up    CREATE TABLE t (id integer PRIMARY KEY, v double precision);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 0.1)
do    INSERT INTO t VALUES (2, 1e100)
ask   SELECT id FROM t WHERE v = 0.1 OR v > 1e99 ORDER BY id

== float8
up    CREATE TABLE t (id integer PRIMARY KEY, v float8);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 3.75)
ask   SELECT id, v FROM t ORDER BY id

== float
up    CREATE TABLE t (id integer PRIMARY KEY, v float);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 3.75)
ask   SELECT id, v FROM t ORDER BY id

== float(10)
up    CREATE TABLE t (id integer PRIMARY KEY, v float(10));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 0.5)
ask   SELECT id, v FROM t ORDER BY id

== numeric with a precision
up    CREATE TABLE t (id integer PRIMARY KEY, v numeric(10,2));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 12.34)
do    INSERT INTO t VALUES (2, -99999999.99)
ask   SELECT id, v FROM t ORDER BY id

== numeric(5)
up    CREATE TABLE t (id integer PRIMARY KEY, v numeric(5));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 12345)
ask   SELECT id, v FROM t ORDER BY id

== numeric without a precision
up    CREATE TABLE t (id integer PRIMARY KEY, v numeric);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 12.5)
do    INSERT INTO t VALUES (2, 1000000)
ask   SELECT id, v FROM t ORDER BY id

== decimal
up    CREATE TABLE t (id integer PRIMARY KEY, v decimal(12,3));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 0.125)
ask   SELECT id, v FROM t ORDER BY id

== money-like numeric keeps its places when it is added up
up    CREATE TABLE t (id integer PRIMARY KEY, v numeric(12,2));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 0.1)
do    INSERT INTO t VALUES (2, 0.2)
ask   SELECT sum(v) FROM t

== boolean
up    CREATE TABLE t (id integer PRIMARY KEY, v boolean);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, true)
do    INSERT INTO t VALUES (2, false)
do    INSERT INTO t VALUES (3, NULL)
ask   SELECT id, v FROM t ORDER BY id

== bool
up    CREATE TABLE t (id integer PRIMARY KEY, v bool);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, true)
ask   SELECT id, v FROM t ORDER BY id

== varchar(n)
up    CREATE TABLE t (id integer PRIMARY KEY, v varchar(20));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 'abc')
do    INSERT INTO t VALUES (2, '')
do    INSERT INTO t VALUES (3, 'Größe')
ask   SELECT id, v FROM t ORDER BY id

== varchar
up    CREATE TABLE t (id integer PRIMARY KEY, v varchar);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 'abc')
ask   SELECT id, v FROM t ORDER BY id

== character varying
up    CREATE TABLE t (id integer PRIMARY KEY, v character varying(10));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 'abc')
ask   SELECT id, v FROM t ORDER BY id

== text
up    CREATE TABLE t (id integer PRIMARY KEY, v text);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 'a"b''c')
do    INSERT INTO t VALUES (2, 'two lines')
do    INSERT INTO t VALUES (3, NULL)
ask   SELECT id, v FROM t ORDER BY id

== char(n)
up    CREATE TABLE t (id integer PRIMARY KEY, v char(3));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 'abc')
ask   SELECT id, v FROM t ORDER BY id

== character(n)
up    CREATE TABLE t (id integer PRIMARY KEY, v character(2));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 'de')
ask   SELECT id, v FROM t ORDER BY id

== text tells letter case apart
up    CREATE TABLE t (id integer PRIMARY KEY, v text);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 'a')
do    INSERT INTO t VALUES (2, 'A')
ask   SELECT id FROM t WHERE v = 'A'

== text sorts by bytes where that is said
up    CREATE TABLE t (id integer PRIMARY KEY, v text);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 'b')
do    INSERT INTO t VALUES (2, 'B')
do    INSERT INTO t VALUES (3, 'a')
ask   SELECT count(*) FROM t WHERE v < 'a'

== date
up    CREATE TABLE t (id integer PRIMARY KEY, v date);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, '2024-02-29')
do    INSERT INTO t VALUES (2, '1999-12-31')
ask   SELECT id, v FROM t ORDER BY id

== time
up    CREATE TABLE t (id integer PRIMARY KEY, v time);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, '23:59:58')
do    INSERT INTO t VALUES (2, '00:00:00')
ask   SELECT id, v FROM t ORDER BY id

== timestamp
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamp);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, '2024-02-29 12:34:56')
do    INSERT INTO t VALUES (2, '2024-02-29 12:34:56.789')
ask   SELECT id, v FROM t ORDER BY id

== timestamp(0)
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamp(0));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, '2024-02-29 12:34:56')
ask   SELECT id, v FROM t ORDER BY id

== timestamp without time zone
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamp without time zone);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, '2024-01-01 00:00:00')
ask   SELECT id, v FROM t ORDER BY id

== timestamptz
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamptz);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, '2024-02-29 12:34:56')
ask   SELECT id, v FROM t ORDER BY id

== timestamp with time zone
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamp with time zone);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, '2024-02-29 12:34:56.123456')
ask   SELECT id, v FROM t ORDER BY id

== uuid
up    CREATE TABLE t (id integer PRIMARY KEY, v uuid);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, '123e4567-e89b-12d3-a456-426614174000')
ask   SELECT id, v FROM t ORDER BY id

== json
up    CREATE TABLE t (id integer PRIMARY KEY, v json);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, '{"a": [1, 2, {"b": null}]}')
ask   SELECT id, v FROM t ORDER BY id

== jsonb
up    CREATE TABLE t (id integer PRIMARY KEY, v jsonb);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, '{"b": 1, "a": "x"}')
do    INSERT INTO t VALUES (2, '[1, 2]')
ask   SELECT id, v FROM t ORDER BY id

== bytea
up    CREATE TABLE t (id integer PRIMARY KEY, v bytea);
down  DROP TABLE t;
ask   SELECT count(*) FROM t

== citext-like text by lower()
up    CREATE TABLE t (id integer PRIMARY KEY, v text);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 'Abc')
ask   SELECT id FROM t WHERE lower(v) = 'abc'

== inet
up    CREATE TABLE t (id integer PRIMARY KEY, v inet);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, '10.0.0.1')
ask   SELECT count(*) FROM t

== rows of every common type, written by the migration
up    CREATE TABLE t (id integer PRIMARY KEY, b boolean, i bigint, n numeric(8,3), s text,
        d date, ts timestamp, tz timestamptz, u uuid, j jsonb);
      INSERT INTO t VALUES (1, true, 5000000000, 1.250, 'it''s', '2024-03-01', '2024-03-01 10:00:00',
        '2024-03-01 10:00:00+02', '123E4567-e89b-12d3-a456-426614174000', '{"k": true}');
      INSERT INTO t (id, b) VALUES (2, 'f'), (3, 't'), (4, NULL);
down  DROP TABLE t;
ask   SELECT id, b, i, n, s, d, ts, u FROM t ORDER BY id
ask   SELECT tz FROM t WHERE id = 1  => 2024-03-01 08:00:00
ask   SELECT j FROM t WHERE id = 1

== a blob written by the migration
up    CREATE TABLE t (id integer PRIMARY KEY, v bytea);
      INSERT INTO t VALUES (1, '\x00ff10'), (2, '\xDEADBEEF'::bytea);
down  DROP TABLE t;
ask   SELECT id FROM t WHERE length(v) = 3  => 1

== an array written by the migration
up    CREATE TABLE t (id integer PRIMARY KEY, v text[] NOT NULL DEFAULT '{}');
      INSERT INTO t VALUES (1, '{a,b}'), (2, ARRAY['x y', 'z']::text[]);
      INSERT INTO t (id) VALUES (3);
down  DROP TABLE t;
ask@sqlite,mysql SELECT v FROM t ORDER BY id  => ["a","b"] // ["x y","z"] // []

== an array of integers
up    CREATE TABLE t (id integer PRIMARY KEY, v integer[]);
      INSERT INTO t VALUES (1, '{1,2,3}'), (2, ARRAY[4, 5]);
down  DROP TABLE t;
ask@sqlite,mysql SELECT v FROM t ORDER BY id  => [1,2,3] // [4,5]

== serial
up    CREATE TABLE t (id serial PRIMARY KEY, name text);
      INSERT INTO t (name) VALUES ('a'), ('b');
down  DROP TABLE t;
do    INSERT INTO t (name) VALUES ('c')
ask   SELECT id, name FROM t ORDER BY id  => 1 | a // 2 | b // 3 | c

== bigserial
up    CREATE TABLE t (id bigserial PRIMARY KEY, name text);
      INSERT INTO t (name) VALUES ('a'), ('b');
down  DROP TABLE t;
do    INSERT INTO t (name) VALUES ('c')
ask   SELECT id, name FROM t ORDER BY id  => 1 | a // 2 | b // 3 | c

== smallserial
up    CREATE TABLE t (id smallserial PRIMARY KEY, name text);
      INSERT INTO t (name) VALUES ('a'), ('b');
down  DROP TABLE t;
do    INSERT INTO t (name) VALUES ('c')
ask   SELECT id, name FROM t ORDER BY id  => 1 | a // 2 | b // 3 | c

== serial4
up    CREATE TABLE t (id serial4 PRIMARY KEY, name text);
      INSERT INTO t (name) VALUES ('a'), ('b');
down  DROP TABLE t;
do    INSERT INTO t (name) VALUES ('c')
ask   SELECT id, name FROM t ORDER BY id  => 1 | a // 2 | b // 3 | c

== serial8
up    CREATE TABLE t (id serial8 PRIMARY KEY, name text);
      INSERT INTO t (name) VALUES ('a'), ('b');
down  DROP TABLE t;
do    INSERT INTO t (name) VALUES ('c')
ask   SELECT id, name FROM t ORDER BY id  => 1 | a // 2 | b // 3 | c

== identity always
up    CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
      INSERT INTO t (name) VALUES ('a'), ('b');
down  DROP TABLE t;
do    INSERT INTO t (name) VALUES ('c')
ask   SELECT id, name FROM t ORDER BY id  => 1 | a // 2 | b // 3 | c

== identity by default
up    CREATE TABLE t (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name text);
      INSERT INTO t (name) VALUES ('a'), ('b');
down  DROP TABLE t;
do    INSERT INTO t (name) VALUES ('c')
ask   SELECT id, name FROM t ORDER BY id  => 1 | a // 2 | b // 3 | c

== serial with the key named in the table
up    CREATE TABLE t (id serial NOT NULL, name text, CONSTRAINT t_key PRIMARY KEY (id));
      INSERT INTO t (name) VALUES ('a');
down  DROP TABLE t;
do    INSERT INTO t (name) VALUES ('b')
no    INSERT INTO t VALUES (1, 'x')
ask   SELECT id, name FROM t ORDER BY id

== serial goes on behind a number that was given
up    CREATE TABLE t (id serial PRIMARY KEY, name text);
      INSERT INTO t VALUES (10, 'a');
      SELECT setval('t_id_seq', 10);
down  DROP TABLE t;
do    INSERT INTO t (name) VALUES ('b')
ask   SELECT id FROM t ORDER BY id  => 10 // 11

== the sequence of a dump
up    CREATE TABLE t (id integer NOT NULL, name text);
      CREATE SEQUENCE t_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
      ALTER SEQUENCE t_id_seq OWNED BY t.id;
      ALTER TABLE ONLY t ALTER COLUMN id SET DEFAULT nextval('t_id_seq'::regclass);
      ALTER TABLE ONLY t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
      INSERT INTO t (name) VALUES ('a');
down  DROP TABLE t;
do    INSERT INTO t (name) VALUES ('b')
ask   SELECT id, name FROM t ORDER BY id  => 1 | a // 2 | b

== a default of 0
up    CREATE TABLE t (id integer PRIMARY KEY, v integer NOT NULL DEFAULT 0);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | 0 // 2 | 0

== a negative default
up    CREATE TABLE t (id integer PRIMARY KEY, v integer DEFAULT -1);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | -1 // 2 | -1

== a default of true
up    CREATE TABLE t (id integer PRIMARY KEY, v boolean NOT NULL DEFAULT true);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | 1 // 2 | 1

== a default of false
up    CREATE TABLE t (id integer PRIMARY KEY, v boolean NOT NULL DEFAULT false);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | 0 // 2 | 0

== a default of 't'
up    CREATE TABLE t (id integer PRIMARY KEY, v boolean NOT NULL DEFAULT 't');
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | 1 // 2 | 1

== a default of 'f'
up    CREATE TABLE t (id integer PRIMARY KEY, v boolean NOT NULL DEFAULT 'f');
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | 0 // 2 | 0

== a default of 'false'
up    CREATE TABLE t (id integer PRIMARY KEY, v boolean NOT NULL DEFAULT 'false');
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | 0 // 2 | 0

== an empty default
up    CREATE TABLE t (id integer PRIMARY KEY, v text NOT NULL DEFAULT '');
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id

== a default with quotes in it
up    CREATE TABLE t (id integer PRIMARY KEY, v text NOT NULL DEFAULT 'it''s "x"');
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | it's "x" // 2 | it's "x"

== a default with a cast
up    CREATE TABLE t (id integer PRIMARY KEY, v text NOT NULL DEFAULT 'abc'::text);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | abc // 2 | abc

== a default with a cast of varchar
up    CREATE TABLE t (id integer PRIMARY KEY, v varchar(10) DEFAULT 'abc'::character varying);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | abc // 2 | abc

== a default with a backslash
up    CREATE TABLE t (id integer PRIMARY KEY, v text DEFAULT 'a\b');
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | a\b // 2 | a\b

== a default of null
up    CREATE TABLE t (id integer PRIMARY KEY, v text DEFAULT NULL);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id

== a decimal default
up    CREATE TABLE t (id integer PRIMARY KEY, v numeric(6,2) DEFAULT 1.25);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | 1.25 // 2 | 1.25

== a number in quotes as default
up    CREATE TABLE t (id integer PRIMARY KEY, v integer DEFAULT '0');
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | 0 // 2 | 0

== a default in parentheses
up    CREATE TABLE t (id integer PRIMARY KEY, v integer DEFAULT (5));
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | 5 // 2 | 5

== a calculated default
up    CREATE TABLE t (id integer PRIMARY KEY, v integer DEFAULT (2 + 3) * 4);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | 20 // 2 | 20

== a JSON default
up    CREATE TABLE t (id integer PRIMARY KEY, v jsonb NOT NULL DEFAULT '{}'::jsonb);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | {} // 2 | {}

== a JSON default without a cast
up    CREATE TABLE t (id integer PRIMARY KEY, v json DEFAULT '[]');
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | [] // 2 | []

== an empty array as default
up    CREATE TABLE t (id integer PRIMARY KEY, v text[] NOT NULL DEFAULT array[]::text[]);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT count(*) FROM t WHERE v IS NOT NULL

== a date as default
up    CREATE TABLE t (id integer PRIMARY KEY, v date DEFAULT '2020-01-01');
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | 2020-01-01 // 2 | 2020-01-01

== a timestamp as default
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamp DEFAULT '2020-01-01 00:00:00');
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | 2020-01-01 00:00:00 // 2 | 2020-01-01 00:00:00

== now() as default
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamptz NOT NULL DEFAULT now());
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT count(*) FROM t WHERE v > '2024-01-01' AND v < '2100-01-01'  => 2

== CURRENT_TIMESTAMP as default
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT count(*) FROM t WHERE v > '2024-01-01' AND v < '2100-01-01'  => 2

== CURRENT_TIMESTAMP(3) as default
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3));
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT count(*) FROM t WHERE v > '2024-01-01' AND v < '2100-01-01'  => 2

== now() in UTC as default
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'utc'));
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT count(*) FROM t WHERE v > '2024-01-01' AND v < '2100-01-01'  => 2

== clock_timestamp() as default
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamptz DEFAULT clock_timestamp());
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT count(*) FROM t WHERE v > '2024-01-01' AND v < '2100-01-01'  => 2

== current_date as default
up    CREATE TABLE t (id integer PRIMARY KEY, v date NOT NULL DEFAULT CURRENT_DATE);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT count(*) FROM t WHERE v > '2024-01-01' AND v < '2100-01-01'  => 2

== now() for a date as default
up    CREATE TABLE t (id integer PRIMARY KEY, v date DEFAULT now());
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT count(*) FROM t WHERE v > '2024-01-01' AND v < '2100-01-01'  => 2

== localtimestamp as default
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamp DEFAULT LOCALTIMESTAMP);
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT count(*) FROM t WHERE v > '2024-01-01' AND v < '2100-01-01'  => 2

== timezone('utc', now()) as default
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamp DEFAULT timezone('utc', now()));
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT count(*) FROM t WHERE v > '2024-01-01' AND v < '2100-01-01'  => 2

== now() and an interval as default
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamptz DEFAULT (now() + interval '1 day'));
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT count(*) FROM t WHERE v > '2024-01-01' AND v < '2100-01-01'  => 2

== now() is compared as time
up    CREATE TABLE t (id integer PRIMARY KEY, v timestamptz NOT NULL DEFAULT now());
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT count(*) FROM t AS a WHERE a.v >= (SELECT min(v) FROM t)  => 2

== a random uuid as default
up    CREATE TABLE t (id integer PRIMARY KEY, v uuid NOT NULL DEFAULT gen_random_uuid());
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT count(DISTINCT v) FROM t  => 2

== lower() as default
up    CREATE TABLE t (id integer PRIMARY KEY, v text DEFAULT lower('ABC'));
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | abc // 2 | abc

== concatenation as default
up    CREATE TABLE t (id integer PRIMARY KEY, v text DEFAULT 'a' || 'b');
      INSERT INTO t (id) VALUES (1);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (2)
ask   SELECT id, v FROM t ORDER BY id  => 1 | ab // 2 | ab

== not null
up    CREATE TABLE t (id integer PRIMARY KEY, v text NOT NULL);
down  DROP TABLE t;
no    INSERT INTO t (id) VALUES (1)
no    INSERT INTO t VALUES (1, NULL)
do    INSERT INTO t VALUES (1, '')
ask   SELECT id, v FROM t

== null spelled out
up    CREATE TABLE t (id integer PRIMARY KEY, v text NULL DEFAULT NULL);
down  DROP TABLE t;
do    INSERT INTO t (id) VALUES (1)
ask   SELECT id, v FROM t

== a generated column
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, total integer GENERATED ALWAYS AS (a + b) STORED);
      INSERT INTO t (id, a, b) VALUES (1, 2, 3);
down  DROP TABLE t;
do    UPDATE t SET a = 10
no    UPDATE t SET total = 1
ask   SELECT id, total FROM t  => 1 | 13

== a generated column of text
up    CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c text GENERATED ALWAYS AS (lower(a) || '-' || coalesce(b, 'none')) STORED);
      INSERT INTO t (id, a) VALUES (1, 'X');
down  DROP TABLE t;
ask   SELECT c FROM t  => x-none

== quoted names and reserved words
up    CREATE TABLE "Order" ("select" integer PRIMARY KEY, "From" text NOT NULL, "a b" text, "group" integer DEFAULT 1);
      INSERT INTO "Order" ("select", "From") VALUES (1, 'x');
down  DROP TABLE "Order";
ask@sqlite,postgresql SELECT "select", "From", "group" FROM "Order"  => 1 | x | 1
ask@mysql SELECT `select`, `From`, `group` FROM `Order`  => 1 | x | 1

== words that are reserved elsewhere
up    CREATE TABLE t (id integer PRIMARY KEY, key text, rank integer, system boolean, usage text, lead integer, index integer, release text, rows integer, condition text);
      INSERT INTO t (id, key, rank, index) VALUES (1, 'k', 2, 3);
      UPDATE t SET condition = key, rows = rank + index;
down  DROP TABLE t;
ask@mysql SELECT `condition`, `rows` FROM t  => k | 5
ask@sqlite,postgresql SELECT "condition", "rows" FROM t  => k | 5

== names without quotes in capitals
up    CREATE TABLE Users (ID integer PRIMARY KEY, UserName text);
      INSERT INTO USERS (id, username) VALUES (1, 'a');
down  DROP TABLE users;
ask   SELECT username FROM users  => a

== IF NOT EXISTS
up    CREATE TABLE t (id integer PRIMARY KEY);
      CREATE TABLE IF NOT EXISTS t (other text);
      CREATE TABLE IF NOT EXISTS u (id integer PRIMARY KEY);
down  DROP TABLE IF EXISTS t, u, never;
do    INSERT INTO u VALUES (1)
ask   SELECT id FROM t

== LIKE another table
up    CREATE TABLE t (id integer PRIMARY KEY, n integer NOT NULL DEFAULT 4);
      CREATE TABLE u (LIKE t INCLUDING ALL);
      INSERT INTO u (id) VALUES (1);
down  DROP TABLE u; DROP TABLE t;
no    INSERT INTO u VALUES (1, 1)
no    INSERT INTO u VALUES (2, NULL)
ask   SELECT id, n FROM u  => 1 | 4

== a table from a query
up    CREATE TABLE t (id integer PRIMARY KEY, n integer);
      INSERT INTO t VALUES (1, 2), (2, 3);
      CREATE TABLE u AS SELECT id, n * 10 AS m FROM t WHERE n > 2;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, m FROM u  => 2 | 30

== an unlogged table
up    CREATE UNLOGGED TABLE t (id integer PRIMARY KEY);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1)
ask   SELECT id FROM t

== a table with storage parameters
up    CREATE TABLE t (id integer PRIMARY KEY) WITH (fillfactor = 70);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1)
ask   SELECT id FROM t

== a table without a key
up    CREATE TABLE t (a integer, b text);
      INSERT INTO t VALUES (1, 'x'), (1, 'x');
down  DROP TABLE t;
ask   SELECT count(*) FROM t  => 2
END

done_testing;
