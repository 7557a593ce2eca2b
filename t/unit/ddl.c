/* SPDX-License-Identifier: BSD-2-Clause */
/* Files of DDL: what of them is run, and their hints. */
#include <stdio.h>
#include <string.h>

#include "api/ddl.h"
#include "base/strbuf.h"
#include "tap.h"

static struct arena arena;

/* The first words of the statements that are left, separated by "|"; settings
 * have a "=" in front. */
static const char *read(const char *dialect, const char *text, bool schemas,
	struct limbeck_error *err)
{
	struct ddl ddl = { .arena = &arena, .lexis = dialect_lexis(dialect), .schemas = schemas };
	struct strbuf out = STRBUF_INIT;
	char *copy;

	if (ddl_add(&ddl, "a.sql", text, strlen(text), err) < 0)
		return NULL;
	for (size_t i = 0; i < ddl.statements.count; i++)
		strbuf_addf(&out, "%s%s%.*s@%u", i ? "|" : "", ddl.statements.items[i].setting ? "=" : "",
			(int)ddl.statements.items[i].length, ddl.statements.items[i].sql,
			ddl.statements.items[i].line);
	copy = arena_strdup(&arena, out.buf);
	strbuf_release(&out);
	return copy;
}

static void reads(const char *dialect, const char *text, const char *want, const char *name)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	const char *got = read(dialect, text, true, &err);

	if (!is_str(got, want, "%s", name) && !got)
		diag("%s", err.message);
	limbeck_error_release(&err);
}

static void fails(const char *text, const char *message, unsigned line, unsigned column,
	const char *name)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	const char *got = read("postgresql", text, true, &err);

	if (!ok(!got && err.message && strstr(err.message, message), "%s", name))
		diag("%s", got ? got : err.message);
	is_int(err.line, line, "... in line %u", line);
	is_int(err.column, column, "... in column %u", column);
	is_str(err.file, "a.sql", "... of the file");
	limbeck_error_release(&err);
}

static void test_statements(void)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;

	reads("postgresql", "BEGIN; CREATE TABLE a (b int);\nCOMMIT;\n", "CREATE TABLE a (b int)@1",
		"transactions are left out");
	reads("postgresql", "SET a = b;\nSELECT set_config('a', 'b', false);\nSET ROLE x;\n",
		"=SET a = b@1|=SELECT set_config('a', 'b', false)@2",
		"settings are known, and those of a role left out");
	reads("postgresql", "GRANT ALL ON a TO b; REVOKE ALL ON a FROM b;"
		"ALTER DEFAULT PRIVILEGES FOR ROLE a GRANT ALL ON TABLES TO b;"
		"ALTER TABLE public.a OWNER TO \"b c\"; ALTER FUNCTION f(integer) OWNER TO b;",
		"", "rights and owners are left out");
	reads("postgresql", "ALTER TABLE owner RENAME COLUMN owner TO holder",
		"ALTER TABLE owner RENAME COLUMN owner TO holder@1", "an owner may be a column's name");
	reads("postgresql", "insert into a values (1); delete from a; create database d",
		"", "rows and databases are left out");
	reads("mysql", "/*!40101 SET NAMES utf8 */;\nLOCK TABLES `a` WRITE;\nUNLOCK TABLES;",
		"=/*!40101 SET NAMES utf8 */@1", "comments that are executed are looked into");
	reads("mysql", "DELIMITER $$\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN "
		"SET NEW.b = 1; END$$\nDELIMITER ;\nUSE x;",
		"CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.b = 1; END@2",
		"DELIMITER is understood");
	is_str(read("mysql", "CREATE SCHEMA a; CREATE TABLE b (c int)", false, &err),
		"CREATE TABLE b (c int)@1", "a schema is left out where it is a database");
	reads("postgresql", "CREATE SCHEMA a", "CREATE SCHEMA a@1", "and is kept where it is not");
}

static void test_commands(void)
{
	reads("postgresql", "\\restrict it's\n-- a\n\\connect x\nCREATE TABLE a (b int);\n\n"
		"\\echo \"done;\n \\set x 1\nCREATE TABLE b (c int);\n\\unrestrict it's",
		"CREATE TABLE a (b int)@4|CREATE TABLE b (c int)@8",
		"the client's own lines are left out, whatever is in them");
	reads("postgresql", "CREATE TABLE a (b text DEFAULT '\n\\x');",
		"CREATE TABLE a (b text DEFAULT '\n\\x')@1", "but not inside of a string");
	fails("CREATE TABLE a (b int);\n\\i other.sql\n", "not followed", 2, 1,
		"a file that is included is refused");
	fails("\\restrict x\nCREATE TABLE a (b text DEFAULT 'x);\n", "", 2, 32,
		"a place behind such a line is right");
	fails("CREATE TABLE a (b int);\n  COPY a (b) FROM stdin;\n1\n2\n\\.\n", "COPY", 2, 3,
		"rows behind COPY are refused");
	reads("postgresql", "COPY a FROM '/tmp/x'", "COPY a FROM '/tmp/x'@1",
		"COPY from a file is the server's to refuse");
	fails("ATTACH 'x' AS y", "ATTACH", 1, 1, "another database is refused");
}

static void hints(const char *text, const char *want, const char *name)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct ddl ddl = { .arena = &arena, .lexis = dialect_lexis("postgresql"), .schemas = true };
	char got[500] = "";

	if (ddl_add(&ddl, "a.sql", text, strlen(text), &err) < 0)
		snprintf(got, sizeof got, "%u:%u: %s", err.line, err.column, err.message);
	for (size_t i = 0; i < ddl.hints.count; i++) {
		const struct ddl_hint *hint = &ddl.hints.items[i];

		snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s %s%s%s%s%s was %s",
			i ? ", " : "", limbeck_kind_name(hint->kind), hint->schema ? hint->schema : "",
			hint->schema ? "." : "", hint->table ? hint->table : "", hint->table ? "." : "",
			hint->name, hint->old);
	}
	is_str(got, want, "%s", name);
	limbeck_error_release(&err);
}

static void test_hints(void)
{
	hints("-- @renamed old_users\nCREATE TABLE users (id int);", "table users was old_users",
		"a table's hint");
	hints("-- @renamed \"Old \"\"users\"\n-- Who they are.\nCREATE UNLOGGED TABLE IF NOT EXISTS "
		"app.\"Users\" (id int);", "table app.Users was Old \"users", "names in quotes");
	hints("CREATE TABLE users (\n  id int,\n  -- @renamed fullname\n  -- the whole one\n"
		"  name varchar(20) CHECK (name <> ''),\n  -- @renamed x\n  \"y\" int, z int);",
		"column users.name was fullname, column users.y was x", "columns' hints");
	hints("CREATE TABLE a (\n-- @renamed b\nc int)", "column a.c was b", "the first column's");
	hints("-- @renamed v\nCREATE OR REPLACE VIEW w AS SELECT 1;", "view w was v", "a view's");
	hints("-- @renamed v\nCREATE MATERIALIZED VIEW w AS SELECT 1;", "materialized view w was v",
		"a materialized view's");
	hints("-- @renamed s\nCREATE SEQUENCE t;\n-- @renamed m\nCREATE TYPE mood AS ENUM ('a');",
		"sequence t was s, enum mood was m", "a sequence's and a type's");
	hints("CREATE TABLE a (b int, -- @renamed c\n d int)",
		"1:24: @renamed does not stand before a column", "behind a column is no place for it");
	hints("CREATE TABLE a (b int,\n -- @renamed c\n PRIMARY KEY (b))",
		"2:2: @renamed does not stand before a column", "nor is before a constraint");
	hints("CREATE TABLE a (b int\n -- @renamed c\n)",
		"2:2: @renamed does not stand before a column", "nor at the end");
	hints("-- @renamed a\nCREATE INDEX b ON c (d);",
		"1:4: @renamed stands before nothing that can have been renamed", "nor before an index");
	hints("CREATE TABLE a (b int);\n-- @renamed a\n",
		"2:4: @renamed stands before nothing that can have been renamed",
		"nor at the end of a file");
	hints("-- @renamed\nCREATE TABLE a (b int);", "1:4: @renamed needs one name", "it needs a name");
	hints("-- @renamed a.b\nCREATE TABLE a (b int);", "1:4: @renamed needs one name",
		"without its table");
	hints("-- @rename a\nCREATE TABLE a (b int);", "1:4: unknown directive @rename",
		"a slip of the pen is told");
	hints("-- @param a of the table\nCREATE TABLE a (b int);", "", "other words are comments");
}

int main(void)
{
	test_statements();
	test_commands();
	test_hints();
	arena_release(&arena);
	return done_testing();
}
