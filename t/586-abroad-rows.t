#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Statements about rows in PostgreSQL's words on all engines: what the migration leaves in
# the tables is the same everywhere.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Abroad;

abroad(postgresql => <<'END');
== UPDATE
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = n + 1, name = 'x' WHERE id = 1;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== UPDATE of all rows with coalesce
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = coalesce(n, 0), name = coalesce(name, '');
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== UPDATE with concatenation
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = name || '-' || id;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | Ann-1 | 10 // 2 | bob-2 | 20 // 3 | ~ | ~

== UPDATE with CASE
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = CASE WHEN n > 15 THEN 1 WHEN n IS NULL THEN -1 ELSE 0 END;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== UPDATE with a subquery
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = (SELECT count(*) FROM u WHERE u.t_id = t.id);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | Ann | 2 // 2 | bob | 1 // 3 | ~ | 0

== UPDATE FROM
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = u.label FROM u WHERE u.t_id = t.id AND u.id = 3;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | Ann | 10 // 2 | three | 20 // 3 | ~ | ~

== UPDATE FROM with aliases
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE u AS x SET label = y.name || '!' FROM t y WHERE x.t_id = y.id AND y.ok;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, label FROM u ORDER BY id  => 1 | Ann! // 2 | Ann! // 3 | three

== UPDATE FROM a subquery
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = s.c FROM (SELECT t_id, count(*) AS c FROM u GROUP BY t_id) AS s WHERE s.t_id = t.id;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== UPDATE with EXISTS
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET ok = true WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.t_id = t.id);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, ok FROM t ORDER BY id  => 1 | 1 // 2 | 0 // 3 | 1

== UPDATE with IN of a query
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = 0 WHERE id IN (SELECT t_id FROM u WHERE label LIKE 't%');
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== UPDATE that reads its own table
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = (SELECT max(n) FROM t) + 1 WHERE n IS NULL;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | Ann | 10 // 2 | bob | 20 // 3 | ~ | 21

== UPDATE of a boolean
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET ok = NOT ok;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, ok FROM t ORDER BY id  => 1 | 0 // 2 | 1 // 3 | 1

== UPDATE of a boolean by a comparison
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET ok = (coalesce(n, 0) > 15);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, ok FROM t ORDER BY id

== WHERE of a boolean
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = 1 WHERE ok;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== WHERE ok = true
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = 1 WHERE ok = true;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== WHERE ok IS FALSE
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = 1 WHERE ok IS FALSE;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== WITH before UPDATE
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      WITH s AS (SELECT t_id, min(label) AS l FROM u GROUP BY t_id) UPDATE t SET name = s.l FROM s WHERE s.t_id = t.id;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== several columns at once
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET (name, n) = ('q', 5) WHERE id = 2;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== INSERT of several rows
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name) VALUES (4, 'd'), (5, NULL);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== INSERT with DEFAULT
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name, ok) VALUES (4, 'd', DEFAULT);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, ok FROM t WHERE id = 4  => 4 | 0

== INSERT SELECT
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name, n) SELECT id + 10, label, length(label) FROM u WHERE t_id = 1;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== INSERT SELECT with DISTINCT and ORDER BY
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, n) SELECT DISTINCT t_id + 20, t_id FROM u ORDER BY t_id + 20;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== INSERT SELECT WHERE NOT EXISTS
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name) SELECT 4, 'new' WHERE NOT EXISTS (SELECT 1 FROM t WHERE id = 4);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== INSERT with a CTE
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      WITH x AS (SELECT max(id) AS m FROM t) INSERT INTO t (id, name) SELECT m + 1, 'cte' FROM x;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== INSERT SELECT with UNION ALL
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name) SELECT 5, 'a' UNION ALL SELECT 6, 'b';
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== ON CONFLICT DO NOTHING
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name) VALUES (1, 'again'), (4, 'new') ON CONFLICT DO NOTHING;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== ON CONFLICT (id) DO NOTHING
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name) VALUES (2, 'again') ON CONFLICT (id) DO NOTHING;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== ON CONFLICT DO UPDATE
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name, n) VALUES (1, 'up', 5), (4, 'new', 6) ON CONFLICT (id) DO UPDATE SET name = excluded.name, n = t.n + excluded.n;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | up | 15 // 2 | bob | 20 // 3 | ~ | ~ // 4 | new | 6

== RETURNING is nobody's
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name) VALUES (4, 'r') RETURNING id;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== DELETE
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      DELETE FROM u WHERE t_id = 1;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id FROM u  => 3

== DELETE with a subquery
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      DELETE FROM u WHERE t_id IN (SELECT id FROM t WHERE NOT ok);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id FROM u ORDER BY id  => 1 // 2

== DELETE USING
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      DELETE FROM u USING t WHERE u.t_id = t.id AND t.name = 'bob';
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id FROM u ORDER BY id  => 1 // 2

== DELETE of duplicates
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      DELETE FROM u a USING u b WHERE a.t_id = b.t_id AND a.id > b.id;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id FROM u ORDER BY id  => 1 // 3

== DELETE that reads its own table
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      DELETE FROM u WHERE id NOT IN (SELECT min(id) FROM u GROUP BY t_id);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id FROM u ORDER BY id  => 1 // 3

== casts
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = n::text WHERE n IS NOT NULL; UPDATE t SET n = CAST(amount AS integer) WHERE id = 3;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== integer division
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = n / 3;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | Ann | 3 // 2 | bob | 6 // 3 | ~ | ~

== functions of text
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = upper(trim(name)) || lower('X') || replace('abc', 'b', '-') || substr('hello', 2, 3);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | ANNxa-cell | 10 // 2 | BOBxa-cell | 20 // 3 | ~ | ~

== substring in its other form
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = substring(name FROM 1 FOR 2);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== position and length
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = position('o' in name) + length(name) WHERE name IS NOT NULL;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== left, right and concat
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = concat(left(name, 1), right(name, 1), NULL, 'z');
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== nullif, greatest, least, abs
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = greatest(least(n, 15), abs(-12)), name = nullif(name, 'bob');
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== round and floor
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = round(amount) + floor(2.7) WHERE amount IS NOT NULL;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== LIKE tells case apart
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = 0 WHERE name LIKE 'a%' OR name LIKE 'B%';
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | Ann | 10 // 2 | bob | 20 // 3 | ~ | ~

== ILIKE does not
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = 0 WHERE name ILIKE 'a%' OR name ILIKE 'BO_';
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | Ann | 0 // 2 | bob | 0 // 3 | ~ | ~

== comparing text tells case apart
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = 0 WHERE name = 'ann' OR name = 'bob';
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | Ann | 10 // 2 | bob | 0 // 3 | ~ | ~

== IS DISTINCT FROM
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = 0 WHERE name IS DISTINCT FROM 'bob';
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== an interval
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET at = at + interval '1 day' WHERE id = 1;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, at FROM t ORDER BY id  => 1 | 2024-01-16 10:00:00 // 2 | ~ // 3 | 2024-03-01 00:00:00

== an interval taken away
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET at = at - interval '90 minutes' WHERE at IS NOT NULL;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT at FROM t WHERE id = 1  => 2024-01-15 08:30:00

== now()
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET at = now() WHERE at IS NULL;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT count(*) FROM t WHERE at > '2024-06-01'  => 1

== date_trunc and extract
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = extract(year FROM at) + extract(month FROM at), at = date_trunc('month', at) WHERE at IS NOT NULL;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, n, at FROM t WHERE id = 1  => 1 | 2025 | 2024-01-01 00:00:00

== JSON ->>
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = doc->>'a';
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | 1 | 10 // 2 | ~ | 20 // 3 | ~ | ~

== JSON path
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = (doc->'b'->>1)::integer WHERE doc IS NOT NULL;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== jsonb_build_object
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET doc = jsonb_build_object('id', id, 'name', name);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT doc FROM t ORDER BY id

== jsonb_set
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET doc = jsonb_set(doc, '{a}', '5') WHERE id = 1;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT doc FROM t WHERE id = 1

== string_agg
refused sqlite ORDER BY inside "string_agg"
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = (SELECT string_agg(label, ',' ORDER BY label) FROM u WHERE u.t_id = t.id);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | one,two | 10 // 2 | three | 20 // 3 | ~ | ~

== row_number
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET n = s.r FROM (SELECT id, row_number() OVER (ORDER BY id DESC) AS r FROM t) AS s WHERE s.id = t.id;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | Ann | 3 // 2 | bob | 2 // 3 | ~ | 1

== DISTINCT ON
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name) SELECT DISTINCT ON (t_id) t_id + 100, label FROM u ORDER BY t_id, id DESC;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id  => 1 | Ann | 10 // 2 | bob | 20 // 3 | ~ | ~ // 101 | two | ~ // 102 | three | ~

== joins and GROUP BY HAVING
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, n) SELECT 50 + t.id, count(u.id) FROM t LEFT JOIN u ON u.t_id = t.id GROUP BY t.id HAVING count(u.id) < 2;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== LIMIT and OFFSET
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name) SELECT id + 30, label FROM u ORDER BY id LIMIT 1 OFFSET 1;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== FROM VALUES
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      UPDATE t SET name = v.name FROM (VALUES (1, 'eins'), (2, 'zwei')) AS v (id, name) WHERE v.id = t.id;
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id

== strings with everything in them
up    CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, amount numeric(10,2), ok boolean NOT NULL DEFAULT false, at timestamptz, doc jsonb);
      CREATE TABLE u (id integer PRIMARY KEY, t_id integer REFERENCES t (id), label varchar(50));
      INSERT INTO t VALUES (1, 'Ann', 10, 1.50, true, '2024-01-15 10:00:00+00', '{"a": 1, "b": [1, 2]}'), (2, 'bob', 20, NULL, false, NULL, NULL), (3, NULL, NULL, 3.25, false, '2024-03-01 00:00:00+00', '{"a": null}');
      INSERT INTO u VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');
      INSERT INTO t (id, name) VALUES (4, 'it''s; -- "no" \ comment /* */ %s'), (5, E'a\tb\\c'), (6, $$do'l"lar$$);
down  DROP TABLE u; DROP TABLE t;
ask   SELECT id, name, n FROM t ORDER BY id
END

done_testing;
