/* SPDX-License-Identifier: BSD-2-Clause */
/* Indexes, views, comments, and what is left when something has been dropped. */
#include "homes.h"
#include "tap.h"

static const struct homes_case cases[] = {
	{ "postgresql", "indexes have a method, orders, an operator class, a predicate",
	  "CREATE TABLE t (a int, b text, c jsonb);\n"
	  "CREATE INDEX i ON t USING btree (a DESC, b ASC NULLS FIRST);\n"
	  "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS j ON ONLY t (b "
	  "text_pattern_ops, a DESC NULLS LAST) INCLUDE (c) WHERE (a > 0);\n"
	  "CREATE INDEX k ON t USING gin (c jsonb_path_ops) WITH (fastupdate = off)",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=text\n"
	  "column t.c type=jsonb\n"
	  "index t.i columns=a,b parts=a DESC,b NULLS FIRST\n"
	  "index t.j columns=b,a parts=b text_pattern_ops,a DESC NULLS LAST "
	  "include=c predicate=a > 0 unique\n"
	  "index t.k columns=c parts=c jsonb_path_ops method=gin\n" },
	{ "postgresql", "unnamed indexes",
	  "CREATE TABLE t (a int, b text);\n"
	  "CREATE INDEX ON t (a, b);\n"
	  "CREATE INDEX ON t (a, b);\n"
	  "CREATE INDEX ON t (lower(b));\n"
	  "CREATE INDEX ON t ((a + 1), (b || 'x'));\n"
	  "CREATE INDEX ON t ((a));\n"
	  "CREATE INDEX ON t (lower(b), lower(b))",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=text\n"
	  "index t.t_a_b_idx columns=a,b parts=a,b\n"
	  "index t.t_a_b_idx1 columns=a,b parts=a,b\n"
	  "index t.t_lower_idx columns= parts=lower(b)\n"
	  "index t.t_expr_expr1_idx columns=, parts=(a + 1),(b || 'x')\n"
	  "index t.t_a_idx columns=a parts=a\n"
	  "index t.t_lower_lower1_idx columns=, parts=lower(b),lower(b)\n" },
	{ "postgresql", "NULLS NOT DISTINCT",
	  "CREATE TABLE t (a int);\n"
	  "CREATE UNIQUE INDEX u ON t (a) NULLS NOT DISTINCT",
	  "table t\n"
	  "column t.a type=integer\n"
	  "index t.u columns=a parts=a unique nulls_not_distinct\n" },
	{ "postgresql", "a collation in an index",
	  "CREATE TABLE t (a text);\n"
	  "CREATE INDEX i ON t (a COLLATE \"C\", lower(a) COLLATE \"C\")",
	  "table t\n"
	  "column t.a type=text\n"
	  "index t.i columns=a, parts=a COLLATE \"C\",lower(a) COLLATE \"C\"\n" },
	{ "postgresql", "an index of a materialized view",
	  "CREATE TABLE t (a int);\n"
	  "CREATE MATERIALIZED VIEW m AS SELECT a, a + 1 AS b FROM t WITH NO DATA;\n"
	  "CREATE UNIQUE INDEX u ON m (b)",
	  "table t\n"
	  "column t.a type=integer\n"
	  "materialized_view m definition=CREATE MATERIALIZED VIEW m (a, b) AS "
	  "SELECT a, a + 1 AS b FROM t columns=a,b no_data "
	  "column_types=integer,integer\n"
	  "index m.u columns=b parts=b unique\n" },
	{ "postgresql", "indexes are dropped",
	  "CREATE TABLE t (a int);\n"
	  "CREATE INDEX i ON t (a);\n"
	  "CREATE INDEX j ON t (a);\n"
	  "DROP INDEX CONCURRENTLY IF EXISTS public.i, j, k",
	  "table t\n"
	  "column t.a type=integer\n" },
	{ "postgresql", "a unique index with what refers to it",
	  "CREATE TABLE t (a int);\n"
	  "CREATE UNIQUE INDEX i ON t (a);\n"
	  "CREATE TABLE c (a int REFERENCES t (a));\n"
	  "DROP INDEX i CASCADE",
	  "table t\n"
	  "column t.a type=integer\n"
	  "table c\n"
	  "column c.a type=integer\n" },
	{ "postgresql", "a primary key with what refers to it",
	  "CREATE TABLE t (a int PRIMARY KEY);\n"
	  "CREATE TABLE c (a int REFERENCES t);\n"
	  "ALTER TABLE t DROP CONSTRAINT t_pkey CASCADE",
	  "table t\n"
	  "column t.a type=integer not_null\n"
	  "table c\n"
	  "column c.a type=integer\n" },
	{ "postgresql", "tables with foreign keys and views",
	  "CREATE TABLE t (a int PRIMARY KEY);\n"
	  "CREATE TABLE c (a int REFERENCES t);\n"
	  "CREATE VIEW v AS SELECT a FROM t;\n"
	  "CREATE VIEW w AS SELECT a FROM v;\n"
	  "DROP TABLE t CASCADE",
	  "table c\n"
	  "column c.a type=integer\n" },
	{ "postgresql", "several tables that refer to each other",
	  "CREATE TABLE a (x int PRIMARY KEY);\n"
	  "CREATE TABLE b (y int PRIMARY KEY REFERENCES a);\n"
	  "ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES b;\n"
	  "DROP TABLE IF EXISTS a, b, c",
	  "" },
	{ "postgresql", "a table takes its sequences and partitions along",
	  "CREATE TABLE t (id int, k int) PARTITION BY LIST (k);\n"
	  "CREATE TABLE p PARTITION OF t FOR VALUES IN (1);\n"
	  "CREATE SEQUENCE s OWNED BY t.id;\n"
	  "DROP TABLE t",
	  "" },
	{ "postgresql", "a column with what needs it",
	  "CREATE TABLE t (a int UNIQUE, b int);\n"
	  "CREATE TABLE c (a int REFERENCES t (a));\n"
	  "CREATE VIEW v AS SELECT a FROM t;\n"
	  "CREATE VIEW w AS SELECT b FROM t;\n"
	  "ALTER TABLE t DROP COLUMN a CASCADE",
	  "table t\n"
	  "column t.b type=integer\n"
	  "table c\n"
	  "column c.a type=integer\n"
	  "view w definition=CREATE VIEW w (b) AS SELECT b FROM t columns=b "
	  "column_types=integer\n" },
	{ "postgresql", "a type with its columns",
	  "CREATE TYPE e AS ENUM ('a');\n"
	  "CREATE DOMAIN d AS int;\n"
	  "CREATE TABLE t (a e, b d, c int);\n"
	  "DROP TYPE e CASCADE;\n"
	  "DROP DOMAIN d CASCADE",
	  "table t\n"
	  "column t.c type=integer\n" },
	{ "postgresql", "types that are not used",
	  "CREATE TYPE e AS ENUM ('a');\n"
	  "CREATE DOMAIN d AS int;\n"
	  "DROP TYPE IF EXISTS e, f;\n"
	  "DROP DOMAIN d",
	  "" },
	{ "postgresql", "a schema with all in it",
	  "CREATE SCHEMA s;\n"
	  "CREATE TABLE s.t (a int);\n"
	  "CREATE TYPE s.e AS ENUM ('x');\n"
	  "CREATE TABLE t (a int);\n"
	  "DROP SCHEMA s CASCADE",
	  "table t\n"
	  "column t.a type=integer\n" },
	{ "postgresql", "views and their columns",
	  "CREATE TABLE t (a int, \"B\" text, c numeric(5,2));\n"
	  "CREATE VIEW v AS SELECT * FROM t;\n"
	  "CREATE VIEW w (x, y) AS SELECT a, count(*) FROM v GROUP BY 1;\n"
	  "CREATE VIEW u AS SELECT t.a AS k, c::text, CASE WHEN a > 0 THEN 1 END, "
	  "'x', coalesce(c, 0) FROM t",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.B type=text\n"
	  "column t.c type=numeric(5,2)\n"
	  "view v definition=CREATE VIEW v (a, \"B\", c) AS SELECT t.a, t.\"B\", "
	  "t.c FROM t columns=a,B,c column_types=integer,text,numeric(5,2)\n"
	  "view w definition=CREATE VIEW w (x, y) AS SELECT a, count(*) FROM v "
	  "GROUP BY 1 columns=x,y column_types=integer,bigint\n"
	  "view u definition=CREATE VIEW u (k, c, \"case\", \"?column?\", "
	  "\"coalesce\") AS SELECT t.a AS k, CAST(c AS text), CASE WHEN a > 0 THEN "
	  "1 END, 'x', coalesce(c, 0) FROM t columns=k,c,case,?column?,coalesce "
	  "column_types=integer,text,integer,text,numeric(5,2)\n" },
	{ "postgresql", "OR REPLACE",
	  "CREATE TABLE t (a int, b int);\n"
	  "CREATE VIEW v AS SELECT a FROM t;\n"
	  "CREATE OR REPLACE VIEW v AS SELECT a, b FROM t",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=integer\n"
	  "view v definition=CREATE VIEW v (a, b) AS SELECT a, b FROM t "
	  "columns=a,b column_types=integer,integer\n" },
	{ "postgresql", "a view of a union, a subquery and WITH",
	  "CREATE TABLE t (a int);\n"
	  "CREATE TABLE u (b text);\n"
	  "CREATE VIEW v AS WITH t2 AS (SELECT a FROM t) SELECT a FROM t2 UNION "
	  "ALL SELECT length(b) FROM u WHERE EXISTS (SELECT 1 FROM t)",
	  "table t\n"
	  "column t.a type=integer\n"
	  "table u\n"
	  "column u.b type=text\n"
	  "view v definition=CREATE VIEW v (a) AS WITH t2 AS (SELECT a FROM t) "
	  "SELECT a FROM t2 UNION ALL SELECT length(b) FROM u WHERE EXISTS (SELECT "
	  "1 FROM t) columns=a column_types=integer\n" },
	{ "postgresql", "views are renamed and dropped",
	  "CREATE TABLE t (a int);\n"
	  "CREATE VIEW v AS SELECT a FROM t;\n"
	  "CREATE MATERIALIZED VIEW m AS SELECT a FROM t;\n"
	  "CREATE VIEW w AS SELECT a FROM v;\n"
	  "ALTER VIEW v RENAME TO x;\n"
	  "ALTER MATERIALIZED VIEW m RENAME TO n;\n"
	  "DROP VIEW w",
	  "table t\n"
	  "column t.a type=integer\n"
	  "view x definition=CREATE VIEW x (a) AS SELECT a FROM t columns=a "
	  "column_types=integer\n"
	  "materialized_view n definition=CREATE MATERIALIZED VIEW n (a) AS SELECT "
	  "a FROM t columns=a column_types=integer\n" },
	{ "postgresql", "a view reads what a table is called now",
	  "CREATE TABLE t (a int);\n"
	  "CREATE VIEW v AS SELECT t.a, x.a AS b FROM t JOIN t x USING (a);\n"
	  "ALTER TABLE t RENAME TO u;\n"
	  "ALTER TABLE u RENAME COLUMN a TO z",
	  "table u\n"
	  "column u.z type=integer\n"
	  "view v definition=CREATE VIEW v (a, b) AS SELECT u.z, x.z AS b FROM u "
	  "JOIN u x USING (z) columns=a,b column_types=integer,integer\n" },
	{ "postgresql", "comments on all sorts of things",
	  "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0));\n"
	  "CREATE INDEX i ON t (a);\n"
	  "CREATE TYPE e AS ENUM ('a');\n"
	  "CREATE VIEW v AS SELECT a FROM t;\n"
	  "CREATE SEQUENCE s;\n"
	  "COMMENT ON CONSTRAINT c ON t IS 'constraint';\n"
	  "COMMENT ON INDEX i IS 'index';\n"
	  "COMMENT ON TYPE e IS 'type';\n"
	  "COMMENT ON VIEW v IS 'view';\n"
	  "COMMENT ON SEQUENCE s IS 'sequence';\n"
	  "COMMENT ON TABLE t IS 'a';\n"
	  "COMMENT ON TABLE t IS NULL",
	  "enum e comment=type values=a\n"
	  "sequence s comment=sequence\n"
	  "table t\n"
	  "column t.a type=integer\n"
	  "check t.c comment=constraint expression=a > 0\n"
	  "index t.i comment=index columns=a parts=a\n"
	  "view v comment=view definition=CREATE VIEW v (a) AS SELECT a FROM t "
	  "columns=a column_types=integer\n" },
	{ "sqlite", "views stay when a table goes",
	  "CREATE TABLE t (a INTEGER);\n"
	  "CREATE VIEW v AS SELECT a FROM t;\n"
	  "DROP TABLE t",
	  "view v definition=CREATE VIEW v (a) AS SELECT a FROM t columns=a "
	  "column_types=bigint\n" },
	{ "sqlite", "indexes",
	  "CREATE TABLE t (a TEXT, b INTEGER);\n"
	  "CREATE UNIQUE INDEX i ON t (lower(a), b DESC) WHERE b IS NOT NULL;\n"
	  "CREATE INDEX j ON t (a COLLATE NOCASE);\n"
	  "DROP INDEX IF EXISTS k",
	  "table t\n"
	  "column t.a type=text\n"
	  "column t.b type=bigint\n"
	  "index t.i columns=,b parts=lower(a),b DESC predicate=b IS NOT NULL unique\n"
	  "index t.j columns=a parts=a COLLATE \"NOCASE\"\n" },
	{ "mysql", "indexes belong to their table",
	  "CREATE TABLE t (a int, b text);\n"
	  "CREATE TABLE u (a int);\n"
	  "CREATE INDEX i ON t (a, b(10));\n"
	  "CREATE UNIQUE INDEX i ON u (a) USING BTREE COMMENT 'mine';\n"
	  "DROP INDEX i ON t",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=text collation=utf8mb4_general_ci\n"
	  "table u\n"
	  "column u.a type=integer\n"
	  "index u.i comment=mine columns=a parts=a unique\n" },
	{ "mysql", "DROP INDEX of a primary key",
	  "CREATE TABLE t (a int PRIMARY KEY);\n"
	  "DROP INDEX `PRIMARY` ON t",
	  "table t\n"
	  "column t.a type=integer not_null\n" },
	{ "mysql", "an index of an expression",
	  "CREATE TABLE t (a varchar(9));\n"
	  "CREATE INDEX i ON t ((lower(a)))",
	  "table t\n"
	  "column t.a type=varchar(9) collation=utf8mb4_general_ci\n"
	  "index t.i columns= parts=lower(a)\n" },
	{ "mysql", "names in any case",
	  "CREATE TABLE t (Id int PRIMARY KEY, `Name` varchar(9));\n"
	  "CREATE INDEX i ON t (NAME);\n"
	  "ALTER TABLE t DROP INDEX I;\n"
	  "ALTER TABLE t RENAME COLUMN `name` TO title",
	  "table t\n"
	  "column t.Id type=integer\n"
	  "column t.title type=varchar(9) collation=utf8mb4_general_ci\n"
	  "primary_key t (Id) columns=Id\n" },
	{ "mysql", "views",
	  "CREATE TABLE t (a int, b varchar(9));\n"
	  "CREATE ALGORITHM=MERGE DEFINER=`root`@`localhost` SQL SECURITY DEFINER "
	  "VIEW v AS SELECT `t`.`a` AS `a`, concat(b, 'x') FROM `t`;\n"
	  "ALTER VIEW v AS SELECT b FROM t",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=varchar(9) collation=utf8mb4_general_ci\n"
	  "view v definition=CREATE VIEW v (b) AS SELECT b FROM t columns=b "
	  "column_types=varchar(9)\n" },
	{ "postgresql", "stars in views are what they stood for",
	  "CREATE TABLE t (a int, \"B\" text, c numeric(5,2));\n"
	  "CREATE TABLE u (a int, d int);\n"
	  "CREATE VIEW v AS SELECT * FROM t;\n"
	  "CREATE VIEW w AS SELECT x.*, y.d + 1 AS e FROM t x JOIN u y USING (a);\n"
	  "CREATE VIEW x AS SELECT * FROM u NATURAL JOIN t;\n"
	  "CREATE VIEW y AS SELECT * FROM (SELECT a AS k, count(*) FROM t GROUP BY "
	  "1) z, u;\n"
	  "ALTER TABLE t ADD more int",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.B type=text\n"
	  "column t.c type=numeric(5,2)\n"
	  "column t.more type=integer\n"
	  "table u\n"
	  "column u.a type=integer\n"
	  "column u.d type=integer\n"
	  "view v definition=CREATE VIEW v (a, \"B\", c) AS SELECT t.a, t.\"B\", "
	  "t.c FROM t columns=a,B,c column_types=integer,text,numeric(5,2)\n"
	  "view w definition=CREATE VIEW w (a, \"B\", c, e) AS SELECT x.a, "
	  "x.\"B\", x.c, y.d + 1 AS e FROM t x JOIN u y USING (a) columns=a,B,c,e "
	  "column_types=integer,text,numeric(5,2),integer\n"
	  "view x definition=CREATE VIEW x (a, d, \"B\", c) AS SELECT u.a, u.d, "
	  "t.\"B\", t.c FROM u NATURAL JOIN t columns=a,d,B,c "
	  "column_types=integer,integer,text,numeric(5,2)\n"
	  "view y definition=CREATE VIEW y (k, count, a, d) AS SELECT z.k, "
	  "z.count, u.a, u.d FROM (SELECT a AS k, count(*) FROM t GROUP BY 1) z, u "
	  "columns=k,count,a,d column_types=integer,bigint,integer,integer\n" },
	{ "sqlite", "stars in views stay",
	  "CREATE TABLE t (a INTEGER, b TEXT);\n"
	  "CREATE VIEW v AS SELECT * FROM t;\n"
	  "ALTER TABLE t ADD c INTEGER",
	  "table t\n"
	  "column t.a type=bigint\n"
	  "column t.b type=text\n"
	  "column t.c type=bigint\n"
	  "view v definition=CREATE VIEW v AS SELECT * FROM t columns=a,b "
	  "column_types=bigint,text\n" },
	{ "postgresql", "a view's column is renamed",
	  "CREATE TABLE t (a int, b int);\n"
	  "CREATE VIEW v AS SELECT a, b FROM t;\n"
	  "CREATE MATERIALIZED VIEW m AS SELECT a FROM t;\n"
	  "ALTER VIEW v RENAME COLUMN a TO c;\n"
	  "ALTER TABLE m RENAME COLUMN a TO \"D\"",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=integer\n"
	  "view v definition=CREATE VIEW v (c, b) AS SELECT a, b FROM t "
	  "columns=c,b column_types=integer,integer\n"
	  "materialized_view m definition=CREATE MATERIALIZED VIEW m (\"D\") AS "
	  "SELECT a FROM t columns=D column_types=integer\n" },
};

int main(void)
{
	homes_check(cases, sizeof cases / sizeof *cases, homes_shown, false);
	return done_testing();
}
