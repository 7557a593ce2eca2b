/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Proves what a statement is found to touch, in the spellings of all built-in
 * dialects, which statements can't be told, and which pairs of statements meet.
 */
#include <string.h>

#include "script/touch.h"
#include "sql/scanner.h"
#include "tap.h"

/* What is touched, in order: "+" writes the object, "~" its rows, "=" mentions
 * it, "*" mentions all its columns, "<" depends on its rows, "." is a word of an
 * expression; "&" before it: shared; "/" : a schema. Then rows, star, and ? with
 * the front of the reason. */
static const struct {
	const char *text;
	const char *dialect;
	const char *says;
} cases[] = {
	{ "CREATE TABLE t (a int, b text NOT NULL)", "postgresql", "+t =int =text" },
	{ "CREATE TEMP TABLE IF NOT EXISTS \"My T\" (id serial)", "postgresql", "+My T =serial" },
	{ "CREATE TABLE s.t (a mood, CONSTRAINT k PRIMARY KEY (a), "
	  "FOREIGN KEY (b) REFERENCES u (c, d))",
	  "postgresql",
	  "+s.t =mood =key =u (keys) =u.c =u (unique c) =u.d =u (unique d)" },
	{ "CREATE TABLE t (a int DEFAULT nextval('s.q'::regclass), b int REFERENCES u)", "postgresql",
	  "+t =int =nextval =s.q =u (keys) =u (primary key)" },
	{ "CREATE TABLE t (a int CHECK (good(a) AND b IN (1, 2)))", "postgresql", "+t =int =good" },
	{ "CREATE TABLE t AS SELECT u.a, count(*) FROM u GROUP BY 1", "postgresql",
	  "+t .u .u.a .count .by rows" },
	{ "CREATE TABLE t (LIKE u INCLUDING ALL, b int)", "postgresql", "+t *u <u =including =int" },
	{ "CREATE TABLE t (a int) INHERITS (u, v)", "postgresql", "+t =int *u <u *v <v" },
	{ "CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('x')", "postgresql",
	  "+p1 =partition *p <p =for .values rows" },
	{ "CREATE TABLE `T` (`a` int, KEY `i` (`a`)) ENGINE=InnoDB", "mysql",
	  "+t =int =key =engine =innodb" },
	{ "CREATE TABLE t (a int) SELECT * FROM u", "mysql", "+t =int .u rows star" },
	{ "CREATE TABLE t LIKE u", "mysql", "+t *u <u" },
	{ "CREATE TABLE [t] (\"a\" INTEGER PRIMARY KEY AUTOINCREMENT) STRICT", "sqlite",
	  "+t =integer =key =strict" },
	{ "CREATE VIRTUAL TABLE f USING fts5(a)", "sqlite",
	  " ?what it creates is of a kind that is not known" },
	{ "CREATE INDEX i ON t (a, lower(b) DESC) WHERE c > 0", "postgresql",
	  "=t .a .lower .b .desc +i +t.i .c" },
	{ "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t USING btree (a)", "postgresql",
	  "=s.t .a +s.t (unique a) +i +s.t.i rows" },
	{ "CREATE INDEX ON s.t (a, b)", "postgresql", "=s.t .a .b +s.t_a_b_idx +s.t.t_a_b_idx" },
	{ "CREATE FULLTEXT INDEX i ON t (a(10))", "mysql", "=t .a +i +t.i" },
	{ "ALTER TABLE IF EXISTS ONLY s.t ADD COLUMN IF NOT EXISTS a numeric(10,2) DEFAULT 0",
	  "postgresql",
	  "=s.t +s.t.a =numeric" },
	{ "ALTER TABLE t ADD a int NOT NULL, DROP COLUMN b, "
	  "ALTER COLUMN c TYPE text USING c::text, RENAME d TO e",
	  "postgresql",
	  "=t +t.a =int +t.b +t.c =type =text .c .text +t.d +t.e rows" },
	{ "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES s.u (b) ON DELETE CASCADE",
	  "postgresql",
	  "=t +t.k .a =s.u (keys) =s.u.b =s.u (unique b) .delete .cascade rows" },
	{ "ALTER TABLE t ADD PRIMARY KEY (a, b)", "postgresql",
	  "=t +t (primary key) =t.a +t (unique a) =t.b +t (unique b) rows" },
	{ "ALTER TABLE t ADD UNIQUE (a)", "postgresql",
	  "=t +t (unnamed constraint) =t.a +t (unique a) rows" },
	{ "ALTER TABLE t ADD CHECK (a > 0)", "postgresql", "=t +t (unnamed constraint) .a rows" },
	{ "ALTER TABLE t DROP CONSTRAINT IF EXISTS k CASCADE", "postgresql",
	  "=t +t.k &+t (keys) .cascade rows ?what CASCADE takes along is not in the file" },
	{ "ALTER TABLE s.t RENAME TO u", "postgresql", "=s.t +s.u +s.t rows" },
	{ "ALTER TABLE s.t SET SCHEMA r", "postgresql", "=s.t +r.t +s.t rows" },
	{ "ALTER TABLE t OWNER TO boss", "postgresql", "=t +t .owner .boss rows" },
	{ "ALTER TABLE t RENAME CONSTRAINT a TO b", "postgresql", "=t +t.a +t.b" },
	{ "ALTER TABLE t ADD (a int, b int), ADD INDEX i (a), ADD UNIQUE KEY (b)", "mysql",
	  "=t +t.a =int +t.b +t.i .a +t (unnamed constraint) =t.b +t (unique b) rows" },
	{ "ALTER TABLE t MODIFY COLUMN a bigint AFTER b, CHANGE c d int", "mysql",
	  "=t +t.a =bigint =t.b +t.c +t.d =int rows" },
	{ "ALTER TABLE t DROP PRIMARY KEY, DROP FOREIGN KEY f, DROP INDEX i", "mysql",
	  "=t +t (primary key) &+t (keys) .key +t.f +t.i rows" },
	{ "ALTER TABLE t RENAME AS u", "mysql", "=t +u +t rows" },
	{ "ALTER TABLE t ENGINE=InnoDB", "mysql", "=t +t .engine .innodb rows" },
	{ "ALTER TABLE t ADD COLUMN a int GENERATED ALWAYS AS (b + 1) STORED", "mysql",
	  "=t +t.a =int =generated =always .b =stored rows" },
	{ "DROP TABLE IF EXISTS a, s.b RESTRICT", "postgresql", "+a +s.b =restrict" },
	{ "DROP VIEW v CASCADE", "postgresql",
	  "+v =cascade ?what CASCADE takes along is not in the file" },
	{ "DROP INDEX CONCURRENTLY IF EXISTS i, s.j", "postgresql", "+i +s.j" },
	{ "DROP INDEX i ON t", "mysql", "+i +t.i" },
	{ "DROP TRIGGER IF EXISTS x ON t", "postgresql", "+t.x" },
	{ "DROP TRIGGER x", "sqlite", "+x" },
	{ "DROP FUNCTION f(int, text), g", "postgresql", "+f +g" },
	{ "DROP MATERIALIZED VIEW v", "postgresql", "+v" },
	{ "DROP SCHEMA s", "postgresql", "+/s" },
	{ "DROP OWNED BY x", "postgresql", " ?what it is about is of a kind that is not known" },
	{ "RENAME TABLE a TO b, c.d TO c.e", "mysql", "+a +b +c.d +c.e" },
	{ "INSERT INTO t (a, b) VALUES (1, now()) ON CONFLICT (a) DO UPDATE SET b = excluded.b",
	  "postgresql",
	  "~t .a .b .values .now .conflict .do .update .set .excluded .excluded.b rows" },
	{ "INSERT INTO s.t AS x SELECT * FROM u", "postgresql", "~s.t *s.t .u rows star" },
	{ "INSERT IGNORE t SET a = 1", "mysql", "~t .set .a rows" },
	{ "REPLACE INTO t VALUES (1, 'it''s')", "mysql", "~t *t .values rows" },
	{ "INSERT OR REPLACE INTO t (a) SELECT b FROM u", "sqlite", "~t .a .b .u rows" },
	{ "UPDATE ONLY t SET a = a + 1, (b, c) = (SELECT d, e FROM u), f = DEFAULT WHERE g IS NULL",
	  "postgresql",
	  "=t ~t.a .a ~t.b ~t.c .d .e .u ~t.f .g rows" },
	{ "UPDATE t x SET a = u.b FROM u WHERE x.id = u.id", "postgresql",
	  "=t ~t.a .u .u.b .x .x.id .u.id rows" },
	{ "UPDATE t JOIN u ON t.a = u.a SET t.b = u.b", "mysql",
	  "=t ~t ~u .t .t.a .u .u.a .set .t.b .u.b rows" },
	{ "DELETE a, b FROM t a JOIN u b ON a.x = b.x WHERE y", "mysql",
	  "~a ~b ~t .a ~u .b .a.x .b.x .y rows" },
	{ "DELETE FROM t USING u WHERE t.a = u.a", "postgresql", "~t .u .t .t.a .u.a rows" },
	{ "TRUNCATE TABLE ONLY t, s.u RESTART IDENTITY", "postgresql",
	  "~t ~s.u .restart .identity rows" },
	{ "TRUNCATE t CASCADE", "postgresql",
	  "~t .cascade rows ?what CASCADE takes along is not in the file" },
	{ "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET b = u.b", "postgresql",
	  "~t .u .t .t.a .u.a .matched .update .set .b .u.b rows" },
	{ "SELECT a INTO TEMP t FROM u FOR UPDATE OF u", "postgresql", ".a +t .u .for =of rows" },
	{ "SELECT setval('s.q', (SELECT max(a) FROM t))", "postgresql",
	  ".setval +s.q .max .a .t rows" },
	{ "SELECT do_it('t')", "postgresql",
	  ".do_it rows ?what a function that it calls does is not in the file" },
	{ "SELECT count(*), t.* FROM t", "postgresql", ".count .t rows star" },
	{ "WITH x AS (UPDATE t SET a = 1 RETURNING *) SELECT count(*) FROM x", "postgresql",
	  ".x ~t .set .a .returning .count rows star" },
	{ "CREATE OR REPLACE VIEW s.v (a) AS SELECT b FROM t WITH CASCADED CHECK OPTION", "postgresql",
	  "+s.v .a .b .t .with .cascaded .option" },
	{ "CREATE ALGORITHM=MERGE DEFINER=`a`@`b` SQL SECURITY DEFINER VIEW v AS SELECT 1", "mysql",
	  "+v" },
	{ "CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT a FROM t", "postgresql",
	  "+v .a .t rows" },
	{ "CREATE TRIGGER x AFTER INSERT OR UPDATE OF a ON s.t FOR EACH ROW EXECUTE FUNCTION f()",
	  "postgresql",
	  "=x .after .insert .update .of .a .for .each .row .function .f <s.t +s.t.x" },
	{ "CREATE TRIGGER x AFTER INSERT ON t BEGIN UPDATE u SET a = 1; END", "sqlite",
	  "=x .after .insert .begin .update .u .set .a .end <t +t.x +x" },
	{ "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1", "mysql",
	  "=x .before .insert .for .each .row .set .new .new.a <t +t.x +x" },
	{ "CREATE FUNCTION s.f(a int) RETURNS int AS $b$ SELECT c FROM t $b$ LANGUAGE sql",
	  "postgresql",
	  "+s.f .a .int .returns .sql .c .t" },
	{ "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DROP TABLE t'; END $$",
	  "postgresql",
	  "+f .returns .int .plpgsql .begin .execute .end ?its body makes statements as it runs" },
	{ "CREATE FUNCTION f() RETURNS int LANGUAGE 'plperl' AS $$ x $$", "postgresql",
	  "+f .returns .int ?its body is not SQL" },
	{ "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a FROM t; SELECT 2; END",
	  "postgresql",
	  "+f .returns .int .sql .begin .atomic .a .t .end" },
	{ "CREATE PROCEDURE f() BEGIN PREPARE s FROM 'x'; END", "mysql",
	  "+f .begin .prepare .s .end ?its body makes statements as it runs" },
	{ "CREATE PROCEDURE f() BEGIN DELETE FROM t; SELECT 1; END", "mysql",
	  "+f .begin .delete .t .end" },
	{ "CREATE SEQUENCE q OWNED BY t.a", "postgresql", "+q .owned .by .t .t.a" },
	{ "CREATE TYPE mood AS ENUM ('a', 'b')", "postgresql", "+mood =enum" },
	{ "ALTER TYPE s.mood ADD VALUE 'c'", "postgresql", "+s.mood .add .value" },
	{ "ALTER TYPE mood RENAME TO temper", "postgresql", "+mood .rename +temper" },
	{ "CREATE DOMAIN d AS text CHECK (VALUE <> '')", "postgresql", "+d =text =value" },
	{ "CREATE SCHEMA IF NOT EXISTS s", "postgresql", "&+/s" },
	{ "CREATE SCHEMA s CREATE TABLE t (a int)", "postgresql",
	  "+/s =t =a =int ?it creates objects along with the schema" },
	{ "CREATE DATABASE d", "mysql", "+/d" },
	{ "CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" WITH SCHEMA s", "postgresql",
	  "&+uuid-ossp =with =schema =s" },
	{ "CREATE POLICY p ON s.t USING (a = 1)", "postgresql", "+s.t.p .a" },
	{ "CREATE RULE r AS ON INSERT TO t DO NOTHING", "postgresql",
	  " ?what it creates is of a kind that is not known" },
	{ "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f()", "postgresql",
	  " ?what it creates is of a kind that is not known" },
	{ "ALTER INDEX s.i RENAME TO j", "postgresql", "+s.i .rename +s.j" },
	{ "ALTER TRIGGER x ON t RENAME TO y", "postgresql", "+t.x +t.y" },
	{ "ALTER SCHEMA s RENAME TO r", "postgresql", "+/s .rename +/r" },
	{ "ALTER ROLE x SET y = 1", "postgresql", " ?what it is about is of a kind that is not known" },
	{ "ALTER VIEW v SET SCHEMA r", "postgresql", "+v .set +r.v" },
	{ "COMMENT ON TABLE s.t IS 'x'", "postgresql", "+s.t (comment)" },
	{ "COMMENT ON COLUMN s.t.a IS NULL", "postgresql", "=s.t.a +s.t (comment on a)" },
	{ "COMMENT ON CONSTRAINT k ON t IS 'x'", "postgresql", "=t.k +t (comment on k)" },
	{ "COMMENT ON ROLE r IS 'x'", "postgresql",
	  " ?what it is about is of a kind that is not known" },
	{ "GRANT SELECT, UPDATE (a) ON TABLE t, s.u TO x, y WITH GRANT OPTION", "postgresql",
	  ".update .a &+t (rights of x) &+s.u (rights of x) &+t (rights of y) &+s.u (rights of y)" },
	{ "GRANT boss TO x", "postgresql", ".boss ?whose rights it changes is not in the file" },
	{ "GRANT SELECT ON ALL TABLES IN SCHEMA s TO x", "postgresql",
	  " ?whose rights it changes is not in the file" },
	{ "GRANT SELECT ON d.* TO 'x'@'localhost'", "mysql",
	  " ?whose rights it changes is not in the file" },
	{ "GRANT SELECT ON d.t TO 'x'@'localhost'", "mysql",
	  "&+d.t (rights of x) &+d.t (rights of localhost)" },
	{ "REVOKE ALL ON FUNCTION f(int) FROM x", "postgresql", "+f (rights of x)" },
	{ "GRANT USAGE ON SCHEMA s TO x", "postgresql", ".usage &+/s (rights of x)" },
	{ "DO $$ BEGIN END $$", "postgresql",
	  " ?what a statement of its kind does is not in the file" },
	{ "CALL f()", "mysql", " ?what a statement of its kind does is not in the file" },
	{ "PRAGMA foreign_keys = off", "sqlite",
	  " ?what a statement of its kind does is not in the file" },
	{ "COPY t FROM '/x'", "postgresql", " ?what a statement of its kind does is not in the file" },
	{ "SET search_path = s", "postgresql", " ?what a setting changes is not in the file" },
	{ "SET LOCAL statement_timeout = 0", "postgresql", "" },
	{ "SET lock_wait_timeout = 1, sql_mode = ''", "mysql",
	  " ?what a setting changes is not in the file" },
	{ "BEGIN", "postgresql", "" },
	{ "VACUUM t", "postgresql", "" },
	{ "EXPLAIN DELETE FROM t", "postgresql",
	  " ?what a statement of its kind does is not in the file" },
	{ "", "postgresql", "" },
	{ "/* nothing */", "postgresql", "" },
	{ "CREATE TABLE t (a int); DROP TABLE u", "postgresql",
	  "+t =int =drop =u ?it is more than one statement" },
	{ "CREATE TABLE t (a int);", "postgresql", "+t =int" },
	{ "CREATE TABLE t (a int /*!50100 COMMENT 'x' */) /*!50100 ENGINE=InnoDB */", "mysql",
	  "+t =int =comment =engine =innodb" },
	{ "ALTER TABLE t ADD U&\"\\0061\" int", "postgresql",
	  "=t +t. =int ?a name in it is written with escapes" },
	{ "ALTER TABLE \"a\"\"b\".\"c.d\" ADD \"E f\" int", "postgresql",
	  "=a\"b.c.d +a\"b.c.d.E f =int" },
	{ "INSERT INTO t (a) VALUES ('open", "postgresql",
	  "~t .a .values rows ?a quote or comment in it is not closed" },
};

/* What two statements do: "" commute, "!" conflict, "?" not known. */
static const struct {
	const char *a;
	const char *b;
	const char *verdict;
} pairs[] = {
	{ "ALTER TABLE t ADD COLUMN a int", "ALTER TABLE t ADD COLUMN b int", "" },
	{ "ALTER TABLE t ADD COLUMN a int", "ALTER TABLE t ADD COLUMN a text", "!" },
	{ "ALTER TABLE t ADD COLUMN a int", "ALTER TABLE T ADD A int", "!" },
	{ "ALTER TABLE t ADD COLUMN \"A\" int", "ALTER TABLE t ADD a int", "" },
	{ "ALTER TABLE t ADD COLUMN a int", "DROP TABLE t", "!" },
	{ "ALTER TABLE t ADD COLUMN a int", "DROP TABLE IF EXISTS x, s.t", "!" },
	{ "ALTER TABLE r.t ADD COLUMN a int", "DROP TABLE s.t", "" },
	{ "ALTER TABLE t ADD COLUMN a int", "ALTER TABLE t RENAME TO u", "!" },
	{ "ALTER TABLE t ADD COLUMN a int", "ALTER TABLE t RENAME b TO a", "!" },
	{ "ALTER TABLE t RENAME COLUMN a TO c", "ALTER TABLE t RENAME COLUMN b TO c", "!" },
	{ "ALTER TABLE t RENAME COLUMN a TO c", "ALTER TABLE t RENAME COLUMN b TO d", "" },
	{ "ALTER TABLE t ADD a date", "ALTER TABLE t ADD date date", "" },
	{ "ALTER TABLE t ADD a mood", "CREATE TYPE mood AS ENUM ('x')", "!" },
	{ "ALTER TABLE t ADD a int, ADD b int", "ALTER TABLE t ADD c int, ADD b int", "!" },
	{ "ALTER TABLE t ADD (a int, b int)", "ALTER TABLE t ADD b int", "!" },
	{ "ALTER TABLE t ADD a int CHECK (a > b)", "ALTER TABLE t DROP COLUMN b", "!" },
	{ "ALTER TABLE t ADD a int AFTER b", "ALTER TABLE t DROP b", "!" },
	{ "ALTER TABLE t ADD a int", "INSERT INTO t (b) VALUES (1)", "" },
	{ "ALTER TABLE t ADD a int NOT NULL", "INSERT INTO t (b) VALUES (1)", "!" },
	{ "ALTER TABLE t ADD a int NOT NULL DEFAULT 0", "INSERT INTO t (b) VALUES (1)", "" },
	{ "ALTER TABLE t ADD a int", "INSERT INTO t VALUES (1)", "!" },
	{ "ALTER TABLE t ADD a int", "INSERT INTO t (a) VALUES (1)", "!" },
	{ "ALTER TABLE t ADD a serial", "INSERT INTO t (b) VALUES (1)", "!" },
	{ "ALTER TABLE t ALTER a SET DEFAULT 1", "INSERT INTO t (b) VALUES (1)", "!" },
	{ "ALTER TABLE t ALTER a TYPE text", "UPDATE t SET a = 1", "!" },
	{ "ALTER TABLE t ALTER a TYPE text", "UPDATE t SET b = 1", "" },
	{ "ALTER TABLE t ALTER a TYPE text", "UPDATE t SET b = a", "!" },
	{ "ALTER TABLE t ADD CHECK (a > 0)", "UPDATE t SET a = 1", "!" },
	{ "ALTER TABLE t ADD CHECK (a > 0)", "UPDATE t SET b = 1", "" },
	{ "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)", "ALTER TABLE t DROP CONSTRAINT k", "!" },
	{ "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)", "ALTER TABLE t DROP CONSTRAINT l", "" },
	{ "ALTER TABLE t ADD UNIQUE (a)", "ALTER TABLE u ADD FOREIGN KEY (b) REFERENCES t (a)", "!" },
	{ "ALTER TABLE t ADD UNIQUE (a)", "ALTER TABLE u ADD FOREIGN KEY (b) REFERENCES t (c)", "" },
	{ "ALTER TABLE t DROP CONSTRAINT k", "CREATE TABLE u (b int REFERENCES t)", "!" },
	{ "ALTER TABLE t DROP CONSTRAINT k", "ALTER TABLE t DROP CONSTRAINT l", "" },
	{ "ALTER TABLE t OWNER TO x", "ALTER TABLE t ADD a int", "!" },
	{ "ALTER TABLE t SET SCHEMA s", "CREATE TABLE s.t (a int)", "!" },
	{ "ALTER TABLE r.t RENAME TO u", "CREATE TABLE s.u (a int)", "" },
	{ "ALTER TABLE t ADD key text", "UPDATE t SET a = key", "!" },
	{ "ALTER TABLE t ADD key varchar(9)", "ALTER TABLE t DROP key", "!" },
	{ "ALTER TABLE t RENAME key TO k", "ALTER TABLE t ADD index int", "" },
	{ "ALTER TABLE t ALTER index TYPE int", "ALTER TABLE t ADD COLUMN index int", "!" },
	{ "ALTER TABLE t ADD period int", "ALTER TABLE t ADD partition int", "" },
	{ "ALTER TABLE t DROP language", "CREATE VIEW v AS SELECT language FROM t", "!" },
	{ "CREATE TABLE t (a int)", "CREATE TABLE u (a int)", "" },
	{ "CREATE TABLE t (a int)", "CREATE TABLE IF NOT EXISTS t (b int)", "!" },
	{ "CREATE TABLE t (a int, u int)", "CREATE TABLE u (t int)", "" },
	{ "CREATE TABLE t (a int REFERENCES u (id))", "ALTER TABLE u ADD a int", "" },
	{ "CREATE TABLE t (a int REFERENCES u (id))", "ALTER TABLE u DROP id", "!" },
	{ "CREATE TABLE t (a int PRIMARY KEY REFERENCES u)", "DROP TABLE u", "!" },
	{ "CREATE TABLE t (a int CHECK (f(a) > 0))", "DROP FUNCTION f(int)", "!" },
	{ "CREATE TABLE t AS SELECT a FROM u", "INSERT INTO u (a) VALUES (1)", "!" },
	{ "CREATE TABLE t AS SELECT * FROM u", "ALTER TABLE u ADD b int", "!" },
	{ "CREATE TABLE t (LIKE u)", "ALTER TABLE u ADD b int", "!" },
	{ "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)",
	  "CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2)", "" },
	{ "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)", "INSERT INTO p (a) VALUES (1)", "!" },
	{ "CREATE INDEX i ON t (a)", "CREATE INDEX j ON t (a)", "" },
	{ "CREATE INDEX i ON t (a)", "CREATE INDEX i ON u (a)", "!" },
	{ "CREATE INDEX ON t (a)", "CREATE INDEX ON t (b)", "" },
	{ "CREATE INDEX ON t (a)", "CREATE INDEX ON t (a)", "!" },
	{ "CREATE INDEX ON t (a)", "CREATE INDEX t_a_idx ON u (b)", "!" },
	{ "CREATE INDEX i ON t (a)", "INSERT INTO t (a) VALUES (1)", "" },
	{ "CREATE INDEX i ON t (a)", "UPDATE t SET a = 1", "" },
	{ "CREATE INDEX i ON t (a)", "ALTER TABLE t ADD b int", "" },
	{ "CREATE INDEX i ON t (a)", "ALTER TABLE t DROP a", "!" },
	{ "CREATE INDEX i ON t (lower(a))", "ALTER TABLE t DROP a", "!" },
	{ "CREATE INDEX i ON t (b) WHERE a > 0", "ALTER TABLE t DROP a", "!" },
	{ "CREATE INDEX i ON t (a)", "DROP INDEX i", "!" },
	{ "CREATE UNIQUE INDEX i ON t (a)", "DELETE FROM t WHERE b", "!" },
	{ "CREATE UNIQUE INDEX i ON t (a)", "CREATE TABLE u (b int REFERENCES t (a))", "!" },
	{ "CREATE UNIQUE INDEX i ON t (a)", "CREATE INDEX j ON t (a)", "" },
	{ "INSERT INTO t (a) VALUES (1)", "INSERT INTO t (a) VALUES (2)", "!" },
	{ "INSERT INTO t (a) VALUES (1)", "INSERT INTO u (a) VALUES (2)", "" },
	{ "INSERT INTO t (a) SELECT b FROM u", "DELETE FROM u", "!" },
	{ "INSERT INTO t (a) VALUES (1)", "UPDATE t SET b = 1", "!" },
	{ "INSERT INTO t (a) VALUES (nextval('q'))", "INSERT INTO u (a) VALUES (nextval('q'))", "!" },
	{ "UPDATE t SET a = 1", "UPDATE t SET b = 1", "" },
	{ "UPDATE t SET a = 1", "UPDATE t SET b = 1 WHERE a = 2", "!" },
	{ "UPDATE t SET (c, a) = (1, 2)", "UPDATE t SET a = 1", "!" },
	{ "UPDATE t AS x SET a = x.b + 1, c = (SELECT max(d) FROM u)", "UPDATE u SET d = 1", "!" },
	{ "DELETE FROM t", "DELETE FROM u WHERE id IN (SELECT a FROM t)", "!" },
	{ "TRUNCATE t, u", "INSERT INTO u (a) VALUES (1)", "!" },
	{ "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE", "UPDATE u SET a = 1", "!" },
	{ "WITH x AS (DELETE FROM t RETURNING a) INSERT INTO u (a) SELECT a FROM x",
	  "INSERT INTO t (a) VALUES (1)", "!" },
	{ "SELECT a FROM t", "INSERT INTO t (a) VALUES (1)", "!" },
	{ "SELECT f()", "CREATE TABLE t (a int)", "?" },
	{ "SELECT f()", "ANALYZE t", "" },
	{ "CREATE VIEW v AS SELECT a FROM t", "ALTER TABLE t ADD b int", "" },
	{ "CREATE VIEW v AS SELECT * FROM t", "ALTER TABLE t ADD b int", "!" },
	{ "CREATE VIEW v AS SELECT a FROM t", "ALTER TABLE t DROP a", "!" },
	{ "CREATE VIEW v AS SELECT a FROM t", "INSERT INTO t (a) VALUES (1)", "" },
	{ "CREATE OR REPLACE VIEW v AS SELECT 1", "CREATE OR REPLACE VIEW v AS SELECT 2", "!" },
	{ "CREATE MATERIALIZED VIEW v AS SELECT a FROM t", "INSERT INTO t (a) VALUES (1)", "!" },
	{ "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
	  "CREATE TRIGGER x BEFORE UPDATE ON u FOR EACH ROW EXECUTE FUNCTION f()", "" },
	{ "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
	  "UPDATE t SET a = 1", "!" },
	{ "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
	  "ALTER TABLE t ADD a int", "" },
	{ "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
	  "CREATE OR REPLACE FUNCTION f() RETURNS trigger AS $$ begin return new; end $$ "
	  "LANGUAGE plpgsql", "!" },
	{ "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
	  "DROP TRIGGER x", "!" },
	{ "CREATE FUNCTION f() RETURNS int AS $$ select a from t $$ LANGUAGE sql",
	  "ALTER TABLE t DROP a", "!" },
	{ "CREATE FUNCTION f() RETURNS int AS $$ begin execute 'x'; end $$ LANGUAGE plpgsql",
	  "CREATE TABLE t (a int)", "?" },
	{ "CREATE FUNCTION f() RETURNS int AS 'x' LANGUAGE plperl", "CREATE TABLE f (a int)", "!" },
	{ "CREATE FUNCTION f() RETURNS int AS 'x' LANGUAGE plperl", "CREATE TABLE g (a int)", "?" },
	{ "CREATE SCHEMA s", "CREATE TABLE s.t (a int)", "!" },
	{ "CREATE SCHEMA s", "CREATE SCHEMA IF NOT EXISTS s", "!" },
	{ "CREATE SCHEMA IF NOT EXISTS s", "CREATE SCHEMA IF NOT EXISTS s", "" },
	{ "CREATE SCHEMA IF NOT EXISTS s", "CREATE TABLE s.t (a int)", "" },
	{ "CREATE SCHEMA s", "CREATE TABLE t (s int)", "" },
	{ "DROP SCHEMA s", "CREATE TABLE s.t (a int)", "!" },
	{ "CREATE EXTENSION IF NOT EXISTS x", "CREATE EXTENSION IF NOT EXISTS x", "" },
	{ "CREATE EXTENSION x", "DROP EXTENSION x", "!" },
	{ "CREATE SEQUENCE q", "ALTER TABLE t ADD a int DEFAULT nextval('q')", "!" },
	{ "CREATE SEQUENCE q", "ALTER TABLE t ADD a int DEFAULT nextval('p'::regclass)", "" },
	{ "SELECT setval('q', 1)", "ALTER SEQUENCE q RESTART", "!" },
	{ "COMMENT ON TABLE t IS 'a'", "COMMENT ON TABLE t IS 'b'", "!" },
	{ "COMMENT ON TABLE t IS 'a'", "COMMENT ON COLUMN t.a IS 'b'", "" },
	{ "COMMENT ON COLUMN t.a IS 'a'", "ALTER TABLE t DROP a", "!" },
	{ "COMMENT ON COLUMN t.a IS 'a'", "ALTER TABLE t DROP b", "" },
	{ "COMMENT ON COLUMN t.a IS 'a'", "COMMENT ON COLUMN t.a IS 'b'", "!" },
	{ "COMMENT ON TABLE t IS 'a'", "INSERT INTO t VALUES (1)", "" },
	{ "GRANT SELECT ON t TO a", "GRANT ALL ON t TO a", "" },
	{ "GRANT SELECT ON t TO a", "REVOKE ALL ON t FROM a", "!" },
	{ "GRANT SELECT ON t TO a", "REVOKE ALL ON t FROM b", "" },
	{ "GRANT SELECT ON t TO a", "DROP TABLE t", "!" },
	{ "GRANT USAGE ON SCHEMA s TO a", "DROP SCHEMA s", "!" },
	{ "GRANT SELECT ON t TO a", "ALTER TABLE t ADD b int", "" },
	{ "DROP TABLE t CASCADE", "CREATE TABLE u (a int)", "?" },
	{ "DROP TABLE t CASCADE", "ALTER TABLE t ADD a int", "!" },
	{ "CREATE TABLE t (a int REFERENCES u ON DELETE CASCADE)", "CREATE TABLE v (a int)", "" },
	{ "DO $$ begin end $$", "CREATE TABLE u (a int)", "?" },
	{ "CALL f()", "", "" },
	{ "SET LOCAL lock_timeout = '2s'", "CREATE TABLE u (a int)", "" },
	{ "SET search_path = s", "CREATE TABLE u (a int)", "?" },
	{ "CREATE POLICY p ON t USING (a = 1)", "ALTER TABLE t DROP a", "!" },
	{ "RENAME TABLE t TO u, v TO w", "CREATE TABLE w (a int)", "!" },
};

static void put_touch(struct strbuf *out, const struct touch *touch)
{
	char mark = touch->flags & TOUCH_WRITE ? touch->flags & TOUCH_DATA ? '~' : '+'
		: touch->flags & TOUCH_DATA ? '<' : touch->flags & TOUCH_WHOLE ? '*'
		: touch->flags & TOUCH_WORD ? '.' : '=';

	if (out->len > 0)
		strbuf_addch(out, ' ');
	if (touch->flags & TOUCH_SHARED)
		strbuf_addch(out, '&');
	strbuf_addch(out, mark);
	if (touch->flags & TOUCH_SCHEMA)
		strbuf_addch(out, '/');
	touch_describe(out, touch);
}

static void check_case(const char *text, const char *dialect, const char *want)
{
	struct arena arena = ARENA_INIT;
	struct strbuf out = STRBUF_INIT;
	struct touches touches;

	if (!touch_statement(&arena, dialect_lexis(dialect), text, strlen(text), &touches))
		diag("no memory");
	for (size_t i = 0; i < touches.list.count; i++)
		put_touch(&out, &touches.list.items[i]);
	strbuf_addf(&out, "%s%s", touches.rows ? " rows" : "", touches.star ? " star" : "");
	if (touches.unknown)
		strbuf_addf(&out, " ?%s", touches.unknown);
	is_str(out.buf, want, "%s: %s", dialect, text);
	strbuf_release(&out);
	arena_release(&arena);
}

static bool meets(const struct touches *a, const struct touches *b)
{
	for (size_t i = 0; i < a->list.count; i++)
		if (touch_meets(&a->list.items[i], b))
			return true;
	return false;
}

static bool is_empty(const struct touches *touches)
{
	return touches->list.count == 0 && !touches->unknown;
}

static void check_pair(const char *a, const char *b, const char *want)
{
	struct arena arena = ARENA_INIT;
	const struct limbeck_lexis *lexis = dialect_lexis(
		strncmp(a, "RENAME TABLE", 12) ? "postgresql" : "mysql");
	struct touches one, other;
	const char *verdict = "";

	if (!touch_statement(&arena, lexis, a, strlen(a), &one)
		|| !touch_statement(&arena, lexis, b, strlen(b), &other))
		diag("no memory");
	if (meets(&one, &other) || meets(&other, &one))
		verdict = "!";
	else if ((one.unknown || other.unknown) && !is_empty(&one) && !is_empty(&other))
		verdict = "?";
	is_str(verdict, want, "%s | %s", a, b);
	arena_release(&arena);
}

/* Texts that end anywhere, or have bytes of any kind, are survived. */
static void check_cut(void)
{
	struct arena arena = ARENA_INIT;
	size_t count = 0;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t length = 0; length < strlen(cases[i].text); length++) {
			struct touches touches;

			count += touch_statement(&arena, dialect_lexis(cases[i].dialect),
				cases[i].text, length, &touches);
		}
	ok(count > 1000, "%zu statements that end too early", count);
	arena_release(&arena);
}

int main(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_case(cases[i].text, cases[i].dialect, cases[i].says);
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		check_pair(pairs[i].a, pairs[i].b, pairs[i].verdict);
	check_cut();
	return done_testing();
}
