/* SPDX-License-Identifier: BSD-2-Clause */
/* Statements that fail, with the place, in the words of the home engine. */
#include "homes.h"
#include "tap.h"

static const struct homes_case cases[] = {
	{ "postgresql", "a table that is not there",
	  "ALTER TABLE t ADD a int",
	  "1:13 relation \"t\" does not exist" },
	{ "postgresql", "a table that is there",
	  "CREATE TABLE t (a int);\n"
	  "CREATE TABLE t (a int)",
	  "2:14 relation \"t\" already exists" },
	{ "postgresql", "a name that an index has",
	  "CREATE TABLE t (a int);\n"
	  "CREATE INDEX i ON t (a);\n"
	  "CREATE TABLE i (a int)",
	  "3:14 relation \"i\" already exists" },
	{ "postgresql", "a column that is there",
	  "CREATE TABLE t (a int);\n"
	  "ALTER TABLE t ADD COLUMN a int",
	  "2:26 column \"a\" of relation \"t\" already exists" },
	{ "postgresql", "a column twice",
	  "CREATE TABLE t (a int,\n"
	  "  A text)",
	  "2:3 column \"a\" of relation \"t\" already exists" },
	{ "postgresql", "a column that is not there",
	  "CREATE TABLE t (a int);\n"
	  "ALTER TABLE t ALTER COLUMN b SET NOT NULL",
	  "2:28 column \"b\" of relation \"t\" does not exist" },
	{ "postgresql", "a key of a column that is not there",
	  "CREATE TABLE t (a int, PRIMARY KEY (b))",
	  "1:37 column \"b\" named in key does not exist" },
	{ "postgresql", "a key of what is not there refers",
	  "CREATE TABLE t (a int REFERENCES p)",
	  "1:34 relation \"p\" does not exist" },
	{ "postgresql", "a reference without a key to refer to",
	  "CREATE TABLE p (a int);\n"
	  "CREATE TABLE t (a int REFERENCES p)",
	  "2:34 there is no primary key for referenced table \"p\"" },
	{ "postgresql", "a reference to a column that is not there",
	  "CREATE TABLE p (a int PRIMARY KEY);\n"
	  "CREATE TABLE t (a int REFERENCES p (b))",
	  "2:37 column \"b\" of relation \"p\" does not exist" },
	{ "postgresql", "two primary keys",
	  "CREATE TABLE t (a int PRIMARY KEY, PRIMARY KEY (a))",
	  "1:36 multiple primary keys for table \"t\" are not allowed" },
	{ "postgresql", "a constraint that is there",
	  "CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0));\n"
	  "ALTER TABLE t ADD CONSTRAINT c UNIQUE (a)",
	  "2:30 constraint \"c\" for relation \"t\" already exists" },
	{ "postgresql", "a constraint that is not there",
	  "CREATE TABLE t (a int);\n"
	  "ALTER TABLE t DROP CONSTRAINT c",
	  "2:31 constraint \"c\" of relation \"t\" does not exist" },
	{ "postgresql", "an index that is there",
	  "CREATE TABLE t (a int);\n"
	  "CREATE INDEX i ON t (a);\n"
	  "CREATE INDEX i ON t (a)",
	  "3:14 relation \"i\" already exists" },
	{ "postgresql", "an index that is not there",
	  "DROP INDEX i",
	  "1:12 index \"i\" does not exist" },
	{ "postgresql", "the index of a constraint",
	  "CREATE TABLE t (a int PRIMARY KEY);\n"
	  "DROP INDEX t_pkey",
	  "2:12 cannot drop index t_pkey because other objects depend on it" },
	{ "postgresql", "a table that another refers to",
	  "CREATE TABLE t (a int PRIMARY KEY);\n"
	  "CREATE TABLE c (a int REFERENCES t);\n"
	  "DROP TABLE t",
	  "3:12 cannot drop table t because other objects depend on it" },
	{ "postgresql", "a table that a view reads",
	  "CREATE TABLE t (a int);\n"
	  "CREATE VIEW v AS SELECT a FROM t;\n"
	  "DROP TABLE t RESTRICT",
	  "3:12 cannot drop table t because other objects depend on it" },
	{ "postgresql", "a column that a view reads",
	  "CREATE TABLE t (a int);\n"
	  "CREATE VIEW v AS SELECT a FROM t;\n"
	  "ALTER TABLE t DROP a",
	  "3:20 cannot drop column a because other objects depend on it" },
	{ "postgresql", "a key that is referred to",
	  "CREATE TABLE t (a int PRIMARY KEY);\n"
	  "CREATE TABLE c (a int REFERENCES t);\n"
	  "ALTER TABLE t DROP CONSTRAINT t_pkey",
	  "3:31 cannot drop constraint t_pkey because other objects depend on it" },
	{ "postgresql", "a type that a column has",
	  "CREATE TYPE e AS ENUM ('a');\n"
	  "CREATE TABLE t (a e);\n"
	  "DROP TYPE e",
	  "3:11 cannot drop type e because other objects depend on it" },
	{ "postgresql", "a type that is there",
	  "CREATE TYPE e AS ENUM ('a');\n"
	  "CREATE DOMAIN e AS int",
	  "2:15 type \"e\" already exists" },
	{ "postgresql", "a type that is not there",
	  "ALTER TYPE e ADD VALUE 'x'",
	  "1:12 type \"e\" does not exist" },
	{ "postgresql", "a value that is there",
	  "CREATE TYPE e AS ENUM ('a');\n"
	  "ALTER TYPE e ADD VALUE 'a'",
	  "2:24 enum label \"a\" already exists" },
	{ "postgresql", "a neighbour that is not there",
	  "CREATE TYPE e AS ENUM ('a');\n"
	  "ALTER TYPE e ADD VALUE 'b' AFTER 'c'",
	  "2:34 enum label \"c\" does not exist" },
	{ "postgresql", "the sequence of a column",
	  "CREATE TABLE t (a serial);\n"
	  "DROP SEQUENCE t_a_seq",
	  "2:15 cannot drop sequence t_a_seq because other objects depend on it" },
	{ "postgresql", "a sequence that is not there",
	  "ALTER SEQUENCE s RESTART",
	  "1:16 relation \"s\" does not exist" },
	{ "postgresql", "a view of what is not there",
	  "CREATE VIEW v AS SELECT a FROM nowhere",
	  "1:32 relation \"nowhere\" does not exist" },
	{ "postgresql", "a view of a table's name",
	  "CREATE TABLE t (a int);\n"
	  "CREATE OR REPLACE VIEW t AS SELECT 1 AS a",
	  "2:24 relation \"t\" already exists" },
	{ "postgresql", "DROP VIEW of a table",
	  "CREATE TABLE t (a int);\n"
	  "DROP VIEW t",
	  "2:11 \"t\" is not a view" },
	{ "postgresql", "a view that is not there",
	  "DROP VIEW v",
	  "1:11 view \"v\" does not exist" },
	{ "postgresql", "a rename to what is there",
	  "CREATE TABLE t (a int);\n"
	  "CREATE TABLE u (a int);\n"
	  "ALTER TABLE t RENAME TO u",
	  "3:25 relation \"u\" already exists" },
	{ "postgresql", "a schema that is not empty",
	  "CREATE SCHEMA s;\n"
	  "CREATE TABLE s.t (a int);\n"
	  "DROP SCHEMA s",
	  "3:13 cannot drop schema s because other objects depend on it" },
	{ "postgresql", "another search path",
	  "SET search_path = app",
	  "1:1 SET search_path has no counterpart" },
	{ "postgresql", "another time zone",
	  "SET timezone = 'Europe/Berlin'",
	  "1:1 SET timezone has no counterpart" },
	{ "postgresql", "a function",
	  "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
	  "1:1 CREATE FUNCTION has no counterpart" },
	{ "postgresql", "a trigger",
	  "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
	  "1:1 CREATE TRIGGER has no counterpart" },
	{ "postgresql", "DO",
	  "DO $$ BEGIN END $$",
	  "1:1 DO has no counterpart" },
	{ "postgresql", "a function goes",
	  "DROP FUNCTION f",
	  "1:15 DROP FUNCTION has no counterpart" },
	{ "postgresql", "row security",
	  "CREATE TABLE t (a int);\n"
	  "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
	  "2:15 ENABLE ROW LEVEL SECURITY has no counterpart" },
	{ "postgresql", "INHERITS",
	  "CREATE TABLE t (a int);\n"
	  "CREATE TABLE u (b int) INHERITS (t)",
	  "2:24 INHERITS has no counterpart" },
	{ "postgresql", "a composite type",
	  "CREATE TYPE c AS (a int, b int)",
	  "1:13 CREATE TYPE of another kind than ENUM has no counterpart" },
	{ "postgresql", "a foreign table",
	  "CREATE FOREIGN TABLE t (a int) SERVER s",
	  "1:22 a foreign table has no counterpart" },
	{ "postgresql", "an unknown type of a query's column",
	  "CREATE TABLE t (a int);\n"
	  "CREATE TABLE u AS SELECT a, my_function(a)\n"
	  "  AS b FROM t",
	  "2:29 the type of column \"b\" of the query is not known" },
	{ "postgresql", "a trigger is switched off",
	  "CREATE TABLE t (a int);\n"
	  "ALTER TABLE t DISABLE TRIGGER ALL",
	  "2:15 DISABLE TRIGGER ALL has no counterpart" },
	{ "postgresql", "a recursive view",
	  "CREATE RECURSIVE VIEW v (n) AS SELECT 1",
	  "1:23 CREATE RECURSIVE VIEW has no counterpart" },
	{ "postgresql", "CHECK OPTION",
	  "CREATE TABLE t (a int);\n"
	  "CREATE VIEW v AS SELECT a FROM t WITH CHECK OPTION",
	  "2:34 WITH CHECK OPTION has no counterpart" },
	{ "postgresql", "COPY",
	  "COPY t FROM stdin",
	  "1:1 COPY has no counterpart" },
	{ "postgresql", "a temporary table that forgets its rows",
	  "CREATE TEMP TABLE t (a int) ON COMMIT DELETE ROWS",
	  "1:29 ON COMMIT DELETE ROWS has no counterpart" },
	{ "sqlite", "a table that is not there",
	  "ALTER TABLE t RENAME TO u",
	  "1:13 no such table: t" },
	{ "sqlite", "a table that is there, in another case",
	  "CREATE TABLE Foo (a INTEGER);\n"
	  "CREATE TABLE foo (a INTEGER)",
	  "2:14 table foo already exists" },
	{ "sqlite", "a column that is not there",
	  "CREATE TABLE t (a INTEGER);\n"
	  "ALTER TABLE t DROP COLUMN b",
	  "2:27 no such column: b" },
	{ "sqlite", "a virtual table",
	  "CREATE VIRTUAL TABLE t USING fts5(a)",
	  "1:22 a virtual table has no counterpart" },
	{ "sqlite", "rows that replace others",
	  "CREATE TABLE t (a INTEGER UNIQUE ON CONFLICT REPLACE)",
	  "1:34 ON CONFLICT REPLACE of a constraint has no counterpart" },
	{ "sqlite", "a pragma that matters",
	  "PRAGMA writable_schema = 1",
	  "1:1 PRAGMA writable_schema has no counterpart" },
	{ "sqlite", "ATTACH",
	  "ATTACH 'x.db' AS x",
	  "1:1 ATTACH has no counterpart" },
	{ "mysql", "a table that is not there",
	  "ALTER TABLE t ADD a int",
	  "1:13 Table 't' doesn't exist" },
	{ "mysql", "a column that is not there",
	  "CREATE TABLE t (a int);\n"
	  "ALTER TABLE t MODIFY b int",
	  "2:22 Unknown column 'b' in 't'" },
	{ "mysql", "a key that is not there",
	  "CREATE TABLE t (a int);\n"
	  "ALTER TABLE t DROP KEY k",
	  "2:24 Can't DROP INDEX `k`; check that it exists" },
	{ "mysql", "a key of that name",
	  "CREATE TABLE t (a int, KEY k (a));\n"
	  "ALTER TABLE t ADD KEY k (a)",
	  "2:23 Duplicate key name 'k'" },
	{ "mysql", "a column of that name",
	  "CREATE TABLE t (a int, b int);\n"
	  "ALTER TABLE t CHANGE a b int",
	  "2:24 Duplicate column name 'b'" },
	{ "mysql", "a variable",
	  "SET @x = 1",
	  "1:1 SET @x has no counterpart" },
	{ "mysql", "another database",
	  "USE other",
	  "1:1 USE has no counterpart" },
	{ "mysql", "a procedure",
	  "CREATE PROCEDURE p() SELECT 1",
	  "1:1 CREATE PROCEDURE has no counterpart" },
	{ "postgresql", "a value that a check has",
	  "CREATE TYPE e AS ENUM ('a', 'b');\n"
	  "CREATE TABLE t (x e, CHECK (x <> 'a'));\n"
	  "ALTER TYPE e RENAME VALUE 'a' TO 'z'",
	  "3:14 RENAME VALUE has no counterpart while check t.t_x_check has 'a' in "
	  "its text" },
	{ "postgresql", "a column of a view",
	  "CREATE TABLE t (a int);\n"
	  "CREATE VIEW v AS SELECT a FROM t;\n"
	  "ALTER TABLE v ADD b int",
	  "3:13 \"v\" is not a table" },
	{ "postgresql", "a view of itself",
	  "CREATE VIEW v AS SELECT 1 AS a;\n"
	  "CREATE OR REPLACE VIEW v AS SELECT a FROM v",
	  "2:43 a view that reads itself" },
	{ "postgresql", "a schema that is not there",
	  "CREATE TABLE t (a int);\n"
	  "ALTER TABLE t SET SCHEMA s",
	  "2:26 schema \"s\" does not exist" },
};

int main(void)
{
	homes_check(cases, sizeof cases / sizeof *cases, homes_error, true);
	return done_testing();
}
