#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Constraints and indexes in PostgreSQL's words on all engines: what they refuse, what
# cascades, what they are called.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Abroad;

abroad(postgresql => <<'END');
== a primary key with its column
up    CREATE TABLE t (id integer PRIMARY KEY);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1)
no    INSERT INTO t VALUES (1)
no    INSERT INTO t VALUES (NULL)
ask   SELECT id FROM t

== a primary key of the table
up    CREATE TABLE t (id integer, PRIMARY KEY (id));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1)
no    INSERT INTO t VALUES (1)
no    INSERT INTO t VALUES (NULL)

== a named primary key
up    CREATE TABLE t (id integer, CONSTRAINT t_key PRIMARY KEY (id));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1)
no    INSERT INTO t VALUES (1)

== a primary key of two columns
up    CREATE TABLE t (a integer, b integer, n text, PRIMARY KEY (a, b));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 1, 'x'), (1, 2, 'y')
no    INSERT INTO t VALUES (1, 2, 'z')
no    INSERT INTO t (a) VALUES (3)
ask   SELECT a, b, n FROM t ORDER BY a, b

== a primary key of text
up    CREATE TABLE t (code text PRIMARY KEY, n integer);
down  DROP TABLE t;
do    INSERT INTO t VALUES ('a', 1), ('A', 2)
no    INSERT INTO t VALUES ('a', 3)
ask   SELECT n FROM t WHERE code = 'A'  => 2

== a primary key of varchar
up    CREATE TABLE t (code varchar(30) PRIMARY KEY);
down  DROP TABLE t;
do    INSERT INTO t VALUES ('a'), ('A')
no    INSERT INTO t VALUES ('a')

== a primary key of uuid
up    CREATE TABLE t (id uuid PRIMARY KEY);
down  DROP TABLE t;
do    INSERT INTO t VALUES ('123e4567-e89b-12d3-a456-426614174000')
no    INSERT INTO t VALUES ('123e4567-e89b-12d3-a456-426614174000')

== unique with its column
up    CREATE TABLE t (id integer PRIMARY KEY, v integer UNIQUE);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 1), (2, NULL), (3, NULL)
no    INSERT INTO t VALUES (4, 1)
ask   SELECT count(*) FROM t  => 3

== unique of text
up    CREATE TABLE t (id integer PRIMARY KEY, v text NOT NULL UNIQUE);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 'a'), (2, 'A')
no    INSERT INTO t VALUES (3, 'a')
ask   SELECT id FROM t WHERE v = 'a'  => 1

== unique of varchar tells case and accents apart
up    CREATE TABLE t (id integer PRIMARY KEY, v varchar(40) UNIQUE);
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 'resume'), (2, 'résumé'), (3, 'Resume')
no    INSERT INTO t VALUES (4, 'resume')

== unique of the table
up    CREATE TABLE t (a integer, b integer, UNIQUE (a, b));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 1), (1, 2), (1, NULL), (1, NULL)
no    INSERT INTO t VALUES (1, 1)

== a named unique constraint
up    CREATE TABLE t (a integer, b text, CONSTRAINT t_ab UNIQUE (a, b));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 'x'), (1, 'y')
no    INSERT INTO t VALUES (1, 'x')

== a check with its column
up    CREATE TABLE t (id integer PRIMARY KEY, v integer CHECK (v > 0));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 1), (2, NULL)
no    INSERT INTO t VALUES (3, 0)

== a named check with its column
up    CREATE TABLE t (id integer PRIMARY KEY, v integer CONSTRAINT positive CHECK (v > 0));
down  DROP TABLE t;
no    INSERT INTO t VALUES (3, 0)
do    INSERT INTO t VALUES (3, 1)

== a check of the table
up    CREATE TABLE t (a integer, b integer, CHECK (a < b));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 2)
no    INSERT INTO t VALUES (2, 1)

== a named check of the table
up    CREATE TABLE t (a integer, b integer, CONSTRAINT ordered CHECK (a < b OR b IS NULL));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 2), (1, NULL)
no    INSERT INTO t VALUES (2, 1)

== a check of a list
up    CREATE TABLE t (v text CHECK (v IN ('a', 'b')));
down  DROP TABLE t;
do    INSERT INTO t VALUES ('a')
no    INSERT INTO t VALUES ('c')
no    INSERT INTO t VALUES ('A')

== a check of a length
up    CREATE TABLE t (v text CHECK (length(v) <= 3));
down  DROP TABLE t;
do    INSERT INTO t VALUES ('abc')
no    INSERT INTO t VALUES ('abcd')

== a check of char_length
up    CREATE TABLE t (v text CHECK (char_length(v) = 2));
down  DROP TABLE t;
do    INSERT INTO t VALUES ('äö')
no    INSERT INTO t VALUES ('a')

== a check that either is null
up    CREATE TABLE t (a integer, b integer, CHECK ((a IS NULL) <> (b IS NULL)));
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, NULL), (NULL, 1)
no    INSERT INTO t VALUES (1, 1)
no    INSERT INTO t VALUES (NULL, NULL)

== a check with a boolean
up    CREATE TABLE t (a boolean NOT NULL, b text, CHECK (NOT a OR b IS NOT NULL));
down  DROP TABLE t;
do    INSERT INTO t VALUES (true, 'x'), (false, NULL)
no    INSERT INTO t VALUES (true, NULL)

== a check with BETWEEN
up    CREATE TABLE t (v integer CHECK (v BETWEEN 1 AND 5));
down  DROP TABLE t;
do    INSERT INTO t VALUES (5)
no    INSERT INTO t VALUES (6)

== a check with LIKE tells case apart
up    CREATE TABLE t (v text CHECK (v LIKE 'a%'));
down  DROP TABLE t;
do    INSERT INTO t VALUES ('abc')
no    INSERT INTO t VALUES ('bbc')
no    INSERT INTO t VALUES ('Abc')

== a check of a trimmed text
up    CREATE TABLE t (v text NOT NULL CHECK (trim(v) <> ''));
down  DROP TABLE t;
do    INSERT INTO t VALUES (' a ')
no    INSERT INTO t VALUES ('  ')

== a check of arithmetic
up    CREATE TABLE t (a integer, b integer, CHECK (a + b = 10 AND a % 2 = 0));
down  DROP TABLE t;
do    INSERT INTO t VALUES (4, 6)
no    INSERT INTO t VALUES (5, 5)

== two checks of one column
up    CREATE TABLE t (v integer CHECK (v > 0) CHECK (v < 10));
down  DROP TABLE t;
do    INSERT INTO t VALUES (5)
no    INSERT INTO t VALUES (0)
no    INSERT INTO t VALUES (10)

== a foreign key with its column
up    CREATE TABLE p (id integer PRIMARY KEY, code varchar(20) UNIQUE, a integer, b integer, UNIQUE (a, b));
      INSERT INTO p VALUES (1, 'x', 1, 1), (2, 'y', 1, 2), (0, 'z', 0, 0);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer REFERENCES p);
down  DROP TABLE t; DROP TABLE p;
do    INSERT INTO t VALUES (1, 1), (2, NULL)
no    INSERT INTO t VALUES (3, 9)
no    DELETE FROM p WHERE id = 1
no    UPDATE p SET id = 7 WHERE id = 1
ask   SELECT id, p_id FROM t ORDER BY id

== a foreign key to a column
up    CREATE TABLE p (id integer PRIMARY KEY, code varchar(20) UNIQUE, a integer, b integer, UNIQUE (a, b));
      INSERT INTO p VALUES (1, 'x', 1, 1), (2, 'y', 1, 2), (0, 'z', 0, 0);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer NOT NULL REFERENCES p (id));
down  DROP TABLE t; DROP TABLE p;
no    INSERT INTO t VALUES (3, 9)
do    INSERT INTO t VALUES (3, 2)

== a foreign key of the table
up    CREATE TABLE p (id integer PRIMARY KEY, code varchar(20) UNIQUE, a integer, b integer, UNIQUE (a, b));
      INSERT INTO p VALUES (1, 'x', 1, 1), (2, 'y', 1, 2), (0, 'z', 0, 0);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer, FOREIGN KEY (p_id) REFERENCES p (id));
down  DROP TABLE t; DROP TABLE p;
no    INSERT INTO t VALUES (3, 9)
do    INSERT INTO t VALUES (3, 2)

== a named foreign key
up    CREATE TABLE p (id integer PRIMARY KEY, code varchar(20) UNIQUE, a integer, b integer, UNIQUE (a, b));
      INSERT INTO p VALUES (1, 'x', 1, 1), (2, 'y', 1, 2), (0, 'z', 0, 0);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer, CONSTRAINT t_to_p FOREIGN KEY (p_id) REFERENCES p (id));
down  DROP TABLE t; DROP TABLE p;
no    INSERT INTO t VALUES (3, 9)

== a foreign key of two columns
up    CREATE TABLE p (id integer PRIMARY KEY, code varchar(20) UNIQUE, a integer, b integer, UNIQUE (a, b));
      INSERT INTO p VALUES (1, 'x', 1, 1), (2, 'y', 1, 2), (0, 'z', 0, 0);
      CREATE TABLE t (x integer, y integer, FOREIGN KEY (x, y) REFERENCES p (a, b));
down  DROP TABLE t; DROP TABLE p;
do    INSERT INTO t VALUES (1, 2)
no    INSERT INTO t VALUES (2, 1)

== a foreign key to a unique text
up    CREATE TABLE p (id integer PRIMARY KEY, code varchar(20) UNIQUE, a integer, b integer, UNIQUE (a, b));
      INSERT INTO p VALUES (1, 'x', 1, 1), (2, 'y', 1, 2), (0, 'z', 0, 0);
      CREATE TABLE t (code varchar(20) REFERENCES p (code));
down  DROP TABLE t; DROP TABLE p;
do    INSERT INTO t VALUES ('x')
no    INSERT INTO t VALUES ('q')

== ON DELETE CASCADE
up    CREATE TABLE p (id integer PRIMARY KEY, code varchar(20) UNIQUE, a integer, b integer, UNIQUE (a, b));
      INSERT INTO p VALUES (1, 'x', 1, 1), (2, 'y', 1, 2), (0, 'z', 0, 0);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer REFERENCES p (id) ON DELETE CASCADE);
down  DROP TABLE t; DROP TABLE p;
do    INSERT INTO t VALUES (1, 1), (2, 2)
do    DELETE FROM p WHERE id = 1
ask   SELECT id, p_id FROM t ORDER BY id  => 2 | 2

== ON DELETE SET NULL
up    CREATE TABLE p (id integer PRIMARY KEY, code varchar(20) UNIQUE, a integer, b integer, UNIQUE (a, b));
      INSERT INTO p VALUES (1, 'x', 1, 1), (2, 'y', 1, 2), (0, 'z', 0, 0);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer REFERENCES p (id) ON DELETE SET NULL);
down  DROP TABLE t; DROP TABLE p;
do    INSERT INTO t VALUES (1, 1), (2, 2)
do    DELETE FROM p WHERE id = 1
ask   SELECT id, p_id FROM t ORDER BY id  => 1 | ~ // 2 | 2

== ON DELETE RESTRICT
up    CREATE TABLE p (id integer PRIMARY KEY, code varchar(20) UNIQUE, a integer, b integer, UNIQUE (a, b));
      INSERT INTO p VALUES (1, 'x', 1, 1), (2, 'y', 1, 2), (0, 'z', 0, 0);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer REFERENCES p (id) ON DELETE RESTRICT);
down  DROP TABLE t; DROP TABLE p;
do    INSERT INTO t VALUES (1, 1), (2, 2)
no    DELETE FROM p WHERE id = 1

== ON DELETE NO ACTION
up    CREATE TABLE p (id integer PRIMARY KEY, code varchar(20) UNIQUE, a integer, b integer, UNIQUE (a, b));
      INSERT INTO p VALUES (1, 'x', 1, 1), (2, 'y', 1, 2), (0, 'z', 0, 0);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer REFERENCES p (id) ON DELETE NO ACTION);
down  DROP TABLE t; DROP TABLE p;
do    INSERT INTO t VALUES (1, 1), (2, 2)
no    DELETE FROM p WHERE id = 1

== ON UPDATE CASCADE
up    CREATE TABLE p (id integer PRIMARY KEY, code varchar(20) UNIQUE, a integer, b integer, UNIQUE (a, b));
      INSERT INTO p VALUES (1, 'x', 1, 1), (2, 'y', 1, 2), (0, 'z', 0, 0);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer REFERENCES p (id) ON UPDATE CASCADE);
down  DROP TABLE t; DROP TABLE p;
do    INSERT INTO t VALUES (1, 1), (2, 2)
do    UPDATE p SET id = 7 WHERE id = 1
ask   SELECT id, p_id FROM t ORDER BY id  => 1 | 7 // 2 | 2

== ON UPDATE SET NULL
up    CREATE TABLE p (id integer PRIMARY KEY, code varchar(20) UNIQUE, a integer, b integer, UNIQUE (a, b));
      INSERT INTO p VALUES (1, 'x', 1, 1), (2, 'y', 1, 2), (0, 'z', 0, 0);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer REFERENCES p (id) ON UPDATE SET NULL);
down  DROP TABLE t; DROP TABLE p;
do    INSERT INTO t VALUES (1, 1), (2, 2)
do    UPDATE p SET id = 7 WHERE id = 1
ask   SELECT id, p_id FROM t ORDER BY id  => 1 | ~ // 2 | 2

== both actions
up    CREATE TABLE p (id integer PRIMARY KEY, code varchar(20) UNIQUE, a integer, b integer, UNIQUE (a, b));
      INSERT INTO p VALUES (1, 'x', 1, 1), (2, 'y', 1, 2), (0, 'z', 0, 0);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer REFERENCES p (id) ON DELETE CASCADE ON UPDATE CASCADE);
down  DROP TABLE t; DROP TABLE p;
do    INSERT INTO t VALUES (1, 1), (2, 2)
do    UPDATE p SET id = 7 WHERE id = 1
do    DELETE FROM p WHERE id = 2
ask   SELECT id, p_id FROM t ORDER BY id  => 1 | 7

== a foreign key to its own table
up    CREATE TABLE t (id integer PRIMARY KEY, up_id integer REFERENCES t (id) ON DELETE CASCADE);
      INSERT INTO t VALUES (1, NULL), (2, 1), (3, 2);
down  DROP TABLE t;
no    INSERT INTO t VALUES (4, 9)
do    DELETE FROM t WHERE id = 1
ask   SELECT count(*) FROM t  => 0

== two tables that refer to each other
up    CREATE TABLE a (id integer PRIMARY KEY, b_id integer);
      CREATE TABLE b (id integer PRIMARY KEY, a_id integer REFERENCES a (id));
      ALTER TABLE a ADD CONSTRAINT a_to_b FOREIGN KEY (b_id) REFERENCES b (id);
      INSERT INTO a VALUES (1, NULL);
      INSERT INTO b VALUES (1, 1);
      UPDATE a SET b_id = 1;
down  ALTER TABLE a DROP CONSTRAINT a_to_b;
      DROP TABLE b; DROP TABLE a;
no    INSERT INTO a VALUES (2, 9)
no    INSERT INTO b VALUES (2, 9)
ask   SELECT id, b_id FROM a

== a deferred foreign key
up    CREATE TABLE p (id integer PRIMARY KEY);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED);
down  DROP TABLE t; DROP TABLE p;
no    INSERT INTO t VALUES (1, 9)
do    INSERT INTO p VALUES (1)
do    INSERT INTO t VALUES (1, 1)
do@sqlite,postgresql BEGIN; INSERT INTO t VALUES (2, 2); INSERT INTO p VALUES (2); COMMIT

== a foreign key that is not valid yet
up    CREATE TABLE p (id integer PRIMARY KEY);
      CREATE TABLE t (id integer PRIMARY KEY, p_id integer);
      ALTER TABLE t ADD CONSTRAINT t_p FOREIGN KEY (p_id) REFERENCES p (id) NOT VALID;
      ALTER TABLE t VALIDATE CONSTRAINT t_p;
down  DROP TABLE t; DROP TABLE p;
no    INSERT INTO t VALUES (1, 9)

== an index
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE INDEX t_i ON t (a);
down  DROP INDEX t_i;
      DROP TABLE t;
ask   SELECT id, a, b FROM t WHERE a = 1

== an index of two columns
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE INDEX t_i ON t (a, c);
down  DROP INDEX t_i;
      DROP TABLE t;
ask   SELECT id, a, b FROM t WHERE a = 1

== an index of text
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE INDEX t_i ON t (b);
down  DROP INDEX t_i;
      DROP TABLE t;
ask   SELECT id FROM t WHERE b = 'x'

== an index USING btree
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE INDEX t_i ON t USING btree (a);
down  DROP INDEX t_i;
      DROP TABLE t;
ask   SELECT id, a, b FROM t WHERE a = 1

== an index USING hash
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE INDEX t_i ON t USING hash (a);
down  DROP INDEX t_i;
      DROP TABLE t;
ask   SELECT id, a, b FROM t WHERE a = 1

== an index with DESC
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE INDEX t_i ON t (a DESC, c);
down  DROP INDEX t_i;
      DROP TABLE t;
ask   SELECT id, a, b FROM t WHERE a = 1

== an index with NULLS LAST
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE INDEX t_i ON t (a DESC NULLS LAST);
down  DROP INDEX t_i;
      DROP TABLE t;
ask   SELECT id, a, b FROM t WHERE a = 1

== an index IF NOT EXISTS
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE INDEX IF NOT EXISTS t_i ON t (a);
      CREATE INDEX IF NOT EXISTS t_i ON t (a);
down  DROP INDEX t_i;
      DROP TABLE t;
ask   SELECT id, a, b FROM t WHERE a = 1

== an index with INCLUDE
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE INDEX t_i ON t (a) INCLUDE (c);
down  DROP INDEX t_i;
      DROP TABLE t;
ask   SELECT id, a, b FROM t WHERE a = 1

== an index with an operator class
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE INDEX t_i ON t (c varchar_pattern_ops);
down  DROP INDEX t_i;
      DROP TABLE t;
ask   SELECT id, a, b FROM t WHERE a = 1

== an index with storage parameters
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE INDEX t_i ON t (a) WITH (fillfactor = 80);
down  DROP INDEX t_i;
      DROP TABLE t;
ask   SELECT id, a, b FROM t WHERE a = 1

== a partial index
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE INDEX t_i ON t (a) WHERE b IS NOT NULL;
down  DROP INDEX t_i;
      DROP TABLE t;
ask   SELECT id, a, b FROM t WHERE a = 1

== an index of an expression
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE INDEX t_i ON t (lower(c));
down  DROP INDEX t_i;
      DROP TABLE t;
ask   SELECT id, a, b FROM t WHERE a = 1

== a unique index
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE UNIQUE INDEX t_i ON t (a);
down  DROP INDEX t_i;
      DROP TABLE t;
no    INSERT INTO t (id, a) VALUES (2, 1)
do    INSERT INTO t (id, a) VALUES (2, 2), (3, NULL), (4, NULL)

== a unique index of two columns
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE UNIQUE INDEX t_i ON t (a, c);
down  DROP INDEX t_i;
      DROP TABLE t;
no    INSERT INTO t (id, a, c) VALUES (2, 1, 'X')
do    INSERT INTO t (id, a, c) VALUES (2, 1, 'x')

== a unique index of text
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE UNIQUE INDEX t_i ON t (b);
down  DROP INDEX t_i;
      DROP TABLE t;
no    INSERT INTO t (id, b) VALUES (2, 'x')
do    INSERT INTO t (id, b) VALUES (2, 'X')

== a unique partial index
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE UNIQUE INDEX t_i ON t (a) WHERE b IS NULL;
down  DROP INDEX t_i;
      DROP TABLE t;
do    INSERT INTO t (id, a, b) VALUES (2, 1, 'y'), (3, 1, NULL)
no    INSERT INTO t (id, a, b) VALUES (4, 1, NULL)

== a unique partial index with a literal
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE UNIQUE INDEX t_i ON t (c) WHERE a = 5;
down  DROP INDEX t_i;
      DROP TABLE t;
do    INSERT INTO t (id, a, c) VALUES (2, 1, 'X'), (3, 5, 'X')
no    INSERT INTO t (id, a, c) VALUES (4, 5, 'X')

== a unique index of an expression
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE UNIQUE INDEX t_i ON t (lower(c));
down  DROP INDEX t_i;
      DROP TABLE t;
no    INSERT INTO t (id, c) VALUES (2, 'x')
do    INSERT INTO t (id, c) VALUES (2, 'y'), (3, NULL), (4, NULL)

== a unique index of a column and an expression
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE UNIQUE INDEX t_i ON t (a, lower(c));
down  DROP INDEX t_i;
      DROP TABLE t;
no    INSERT INTO t (id, a, c) VALUES (2, 1, 'x')
do    INSERT INTO t (id, a, c) VALUES (2, 2, 'x')

== a unique index of coalesce
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c varchar(50), d timestamptz, j jsonb);
      INSERT INTO t (id, a, b, c) VALUES (1, 1, 'x', 'X');
      CREATE UNIQUE INDEX t_i ON t (a, coalesce(b, ''));
down  DROP INDEX t_i;
      DROP TABLE t;
do    INSERT INTO t (id, a) VALUES (2, 2)
no    INSERT INTO t (id, a) VALUES (3, 2)

== an index without a name
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
      CREATE INDEX ON t (a, b);
      DROP INDEX t_a_b_idx;
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 1, 1)

== a GIN index is left out
up    CREATE TABLE t (id integer PRIMARY KEY, j jsonb);
      CREATE INDEX t_j ON t USING gin (j);
      INSERT INTO t VALUES (1, '{}');
down  DROP INDEX t_j; DROP TABLE t;
ask   SELECT id FROM t

== indexes of one name come and go
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
      CREATE INDEX t_i ON t (a);
      DROP INDEX t_i;
      CREATE UNIQUE INDEX t_i ON t (b);
      DROP INDEX IF EXISTS t_i, never;
down  DROP TABLE t;
do    INSERT INTO t VALUES (1, 1, 1), (2, 1, 1)

== an exclusion constraint is refused
up    CREATE TABLE t (id integer PRIMARY KEY, a integer, EXCLUDE USING btree (a WITH =));
refused sqlite (?i)exclu
refused mysql (?i)exclu
no    INSERT INTO t VALUES (1, 1), (2, 1)

== unique, nulls not distinct, on engines that have it not
skip  postgresql it came with a later server
up    CREATE TABLE t (a integer, UNIQUE NULLS NOT DISTINCT (a));
refused sqlite (?i)nulls not distinct
refused mysql (?i)nulls not distinct
END

done_testing;
