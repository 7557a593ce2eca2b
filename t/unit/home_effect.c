/* SPDX-License-Identifier: BSD-2-Clause */
/* What a statement has touched, and what it leaves to be done or out. */
#include "homes.h"
#include "tap.h"

static const struct homes_case cases[] = {
	{ "postgresql", "a new table",
	  "CREATE TABLE t (a int)",
	  "touched table t" },
	{ "postgresql", "nothing new",
	  "CREATE TABLE t (a int);\n"
	  "CREATE TABLE IF NOT EXISTS t (a int)",
	  "" },
	{ "postgresql", "nothing to drop",
	  "DROP TABLE IF EXISTS t",
	  "" },
	{ "postgresql", "a column that goes stands alone",
	  "CREATE TABLE t (a int, b int);\n"
	  "ALTER TABLE t DROP a, ADD c int",
	  "touched table t; alone" },
	{ "postgresql", "a table that goes, with what refers to it",
	  "CREATE TABLE t (a int PRIMARY KEY);\n"
	  "CREATE TABLE c (a int REFERENCES t);\n"
	  "CREATE VIEW v AS SELECT a FROM t;\n"
	  "DROP TABLE t CASCADE",
	  "touched table t; touched table c; touched view v; alone" },
	{ "postgresql", "a table gets another name",
	  "CREATE TABLE t (a int PRIMARY KEY);\n"
	  "CREATE TABLE c (a int REFERENCES t);\n"
	  "ALTER TABLE t RENAME TO u",
	  "touched table t; touched table c; touched table u; rename table t to u; "
	  "alone" },
	{ "postgresql", "a column gets another name",
	  "CREATE TABLE t (a int);\n"
	  "CREATE VIEW v AS SELECT a FROM t;\n"
	  "ALTER TABLE t RENAME a TO b",
	  "touched table t; touched view v; rename column t.a to b; alone" },
	{ "postgresql", "an index and a constraint get other names",
	  "CREATE TABLE t (a int CONSTRAINT c UNIQUE);\n"
	  "CREATE INDEX i ON t (a);\n"
	  "ALTER INDEX i RENAME TO j",
	  "touched table t; rename index t.i to j; alone" },
	{ "postgresql", "a type changes for rows too",
	  "CREATE TABLE t (a text);\n"
	  "ALTER TABLE t ALTER a TYPE int USING a::int, ALTER a SET NOT NULL",
	  "touched table t; work using t.a" },
	{ "postgresql", "a table is filled from a query",
	  "CREATE TABLE t (a int);\n"
	  "CREATE TABLE u AS SELECT a FROM t",
	  "touched table u; work insert u" },
	{ "postgresql", "TRUNCATE of several",
	  "CREATE TABLE t (a int);\n"
	  "CREATE TABLE u (a int);\n"
	  "TRUNCATE TABLE t, u RESTART IDENTITY",
	  "work truncate t restart; work truncate u restart" },
	{ "postgresql", "TRUNCATE of what refers to it too",
	  "CREATE TABLE t (a int PRIMARY KEY);\n"
	  "CREATE TABLE c (a int PRIMARY KEY REFERENCES t);\n"
	  "CREATE TABLE d (a int REFERENCES c);\n"
	  "TRUNCATE t CASCADE",
	  "work truncate t; work truncate c; work truncate d" },
	{ "postgresql", "the tables that have an enum",
	  "CREATE TYPE e AS ENUM ('a');\n"
	  "CREATE TABLE t (x e);\n"
	  "CREATE TABLE u (x e[]);\n"
	  "ALTER TYPE e ADD VALUE 'b'",
	  "touched table t; touched table u; touched enum e" },
	{ "postgresql", "rows change with a value's name",
	  "CREATE TYPE e AS ENUM ('a');\n"
	  "CREATE TABLE t (x e);\n"
	  "ALTER TYPE e RENAME VALUE 'a' TO 'b'",
	  "touched table t; touched enum e; work rename_value e a to b; alone" },
	{ "postgresql", "what is left out of an index",
	  "CREATE TABLE t (a int);\n"
	  "CREATE INDEX CONCURRENTLY i ON t (a) WITH (fillfactor = 70) TABLESPACE s",
	  "touched table t; left out CONCURRENTLY of an index; left out WITH of an "
	  "index; left out TABLESPACE of an index" },
	{ "postgresql", "what is left out of a table",
	  "CREATE TABLE t (a int) WITH (fillfactor = 70)",
	  "touched table t; left out WITH of a table" },
	{ "postgresql", "storage of a table",
	  "CREATE TABLE t (a int);\n"
	  "ALTER TABLE t SET (fillfactor = 50), ALTER a SET STATISTICS 10, ALTER a "
	  "SET STORAGE EXTERNAL",
	  "touched table t; left out SET (fillfactor = 50) of t; left out ALTER a "
	  "SET STATISTICS 10 of column a; left out ALTER a SET STORAGE EXTERNAL of "
	  "column a" },
	{ "postgresql", "owners",
	  "CREATE TABLE t (a int);\n"
	  "ALTER TABLE t OWNER TO me",
	  "dropped: Owners matter at home alone." },
	{ "postgresql", "extensions",
	  "CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public",
	  "dropped: Extensions matter at home alone." },
	{ "postgresql", "rights",
	  "GRANT SELECT ON t TO me",
	  "dropped: Rights matter at home alone." },
	{ "postgresql", "default privileges",
	  "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO me",
	  "dropped: Rights matter at home alone." },
	{ "postgresql", "maintenance",
	  "VACUUM ANALYZE t",
	  "dropped: Statistics and storage are the home engine's own." },
	{ "postgresql", "a view is refreshed",
	  "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
	  "dropped: Statistics and storage are the home engine's own." },
	{ "postgresql", "a lock",
	  "LOCK TABLE t IN EXCLUSIVE MODE",
	  "dropped: Locks of tables matter at home alone." },
	{ "postgresql", "a setting",
	  "SET statement_timeout = 0",
	  "dropped: It is a setting of the home engine's session." },
	{ "postgresql", "a search path that changes nothing",
	  "SET search_path TO \"$user\", public",
	  "dropped: It is a setting of the home engine's session." },
	{ "postgresql", "the time zone of the common dialect",
	  "SET TIME ZONE 'UTC'",
	  "dropped: It is a setting of the home engine's session." },
	{ "postgresql", "a comment on a function",
	  "COMMENT ON FUNCTION f(int) IS 'x'",
	  "dropped: A comment on such an object matters at home alone." },
	{ "postgresql", "a comment on a view's column",
	  "CREATE VIEW v AS SELECT 1 AS a;\n"
	  "COMMENT ON COLUMN v.a IS 'x'",
	  "dropped: A comment on a column of a view matters at home alone." },
	{ "postgresql", "statistics",
	  "CREATE STATISTICS s ON a, b FROM t",
	  "dropped: It matters in production alone." },
	{ "postgresql", "an event trigger's owner is of no concern",
	  "ALTER EXTENSION pgcrypto UPDATE",
	  "dropped: Extensions matter at home alone." },
	{ "sqlite", "a pragma",
	  "PRAGMA foreign_keys = OFF",
	  "dropped: It is a setting of the home engine's session." },
	{ "sqlite", "a pragma of a schema",
	  "PRAGMA main.user_version = 3",
	  "dropped: It is a setting of the home engine's session." },
	{ "sqlite", "what hung on a table that goes",
	  "CREATE TABLE t (a INTEGER PRIMARY KEY);\n"
	  "CREATE TABLE c (a INTEGER REFERENCES t);\n"
	  "CREATE VIEW v AS SELECT a FROM t;\n"
	  "DROP TABLE t",
	  "touched table t; touched table c; touched view v; alone" },
	{ "sqlite", "what waited for a table that comes",
	  "CREATE TABLE c (a INTEGER REFERENCES t);\n"
	  "CREATE TABLE t (a INTEGER PRIMARY KEY)",
	  "touched table t; touched table c" },
	{ "mysql", "settings of a dump",
	  "/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */",
	  "dropped: It is a setting of the home engine's session." },
	{ "mysql", "foreign_key_checks",
	  "SET FOREIGN_KEY_CHECKS = 0, @@session.sql_mode = 'TRADITIONAL'",
	  "dropped: It is a setting of the home engine's session." },
	{ "mysql", "SET NAMES",
	  "SET NAMES utf8mb4 COLLATE utf8mb4_bin",
	  "dropped: It is a setting of the home engine's session." },
	{ "mysql", "CHANGE is a rename",
	  "CREATE TABLE t (a int);\n"
	  "ALTER TABLE t CHANGE a b bigint COMMENT 'x', RENAME TO u",
	  "touched table t; touched table u; rename column u.a to b; rename table "
	  "t to u; alone" },
	{ "mysql", "the place of a column",
	  "CREATE TABLE t (a int);\n"
	  "ALTER TABLE t ADD b int FIRST, ENGINE = InnoDB, ALGORITHM = INPLACE",
	  "touched table t; left out the place of column b of table t; left out "
	  "ENGINE of a table; left out ALGORITHM = INPLACE of t" },
	{ "mysql", "RENAME TABLE",
	  "CREATE TABLE a (x int);\n"
	  "CREATE TABLE b (x int);\n"
	  "RENAME TABLE a TO c, b TO a",
	  "touched table a; touched table c; touched table b; rename table a to c; "
	  "rename table b to a; alone" },
	{ "mysql", "TRUNCATE starts again",
	  "CREATE TABLE t (a int);\n"
	  "TRUNCATE t",
	  "work truncate t restart" },
	{ "mysql", "what does nothing there",
	  "CREATE TABLE p (a int PRIMARY KEY);\n"
	  "CREATE TABLE t (a int REFERENCES p (a), b int INVISIBLE)",
	  "touched table t; left out INVISIBLE of column b; left out REFERENCES of "
	  "column a, which does nothing there" },
};

int main(void)
{
	homes_check(cases, sizeof cases / sizeof *cases, homes_effect, false);
	return done_testing();
}
