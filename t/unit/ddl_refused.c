/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Proves that what is not understood is refused at its place, with the name of what it
 * stands in, and that no depth of nesting and no cut does harm.
 */
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "ddl/ddl.h"
#include "ddl_statements.h"
#include "ddl_tokens.h"
#include "sql/scanner.h"
#include "tap.h"

static const struct {
	const char *dialect;
	const char *text;
	unsigned line;
	unsigned column;
	const char *message;
} cases[] = {
	{ "postgresql", "", 1, 1, "this statement ends too early" },
	{ "postgresql", "FROB x", 1, 1, "\"FROB\" is not understood in this statement" },
	{ "postgresql", "CREATE TABLE t", 1, 15, "CREATE TABLE ends too early" },
	{ "postgresql", "CREATE TABLE t (a int", 1, 22, "CREATE TABLE ends too early" },
	{ "postgresql", "CREATE TABLE t (a int) FROB", 1, 24,
		"\"FROB\" is not understood in CREATE TABLE" },
	{ "postgresql", "CREATE TABLE t (\n  a int FROB\n)", 2, 9,
		"\"FROB\" is not understood in CREATE TABLE" },
	{ "postgresql", "CREATE TABLE t (a int, CONSTRAINT c FROB (a))", 1, 37,
		"\"FROB\" is not understood in CREATE TABLE" },
	{ "postgresql", "CREATE TABLE t (a text DEFAULT 'x)", 1, 32,
		"a quote or comment in CREATE TABLE is not closed" },
	{ "postgresql", "CREATE TABLE t (a int NOT)", 1, 23,
		"\"NOT\" is not understood in CREATE TABLE" },
	{ "postgresql", "ALTER TABLE t FROB a", 1, 15, "\"FROB\" is not understood in ALTER TABLE" },
	{ "postgresql", "ALTER TABLE t DROP COLUMN a, FROB", 1, 30,
		"\"FROB\" is not understood in ALTER TABLE" },
	{ "postgresql", "ALTER TABLE t ALTER a FROB", 1, 23,
		"\"FROB\" is not understood in ALTER TABLE" },
	{ "postgresql", "ALTER TABLE t DROP COLUMN a int", 1, 29,
		"\"int\" is not understood in ALTER TABLE" },
	{ "postgresql", "CREATE INDEX i ON t (a) FROB", 1, 25,
		"\"FROB\" is not understood in CREATE INDEX" },
	{ "postgresql", "CREATE VIEW v AS SELECT 1 WITH FROB", 1, 27,
		"\"WITH\" is not understood in CREATE VIEW" },
	{ "postgresql", "CREATE SEQUENCE s FROB 1", 1, 19,
		"\"FROB\" is not understood in CREATE SEQUENCE" },
	{ "postgresql", "DROP TABLE IF EXIST t", 1, 15, "\"EXIST\" is not understood in DROP" },
	{ "postgresql", "DROP FROB x", 1, 1, "\"DROP\" is not understood in this statement" },
	{ "postgresql", "CREATE FROB x", 1, 1, "\"CREATE\" is not understood in this statement" },
	{ "postgresql", "COMMENT ON TABLE t IS 5", 1, 23, "\"5\" is not understood in COMMENT ON" },
	{ "postgresql", "CREATE TYPE t FROB", 1, 15, "\"FROB\" is not understood in CREATE TYPE" },
	{ "mysql", "ALTER TABLE t ENGINE=InnoDB FROB=1", 1, 29,
		"\"FROB\" is not understood in ALTER TABLE" },
	{ "mysql", "CREATE TABLE t (KEY k (a) FROB)", 1, 27,
		"\"FROB\" is not understood in CREATE TABLE" },
	{ "postgresql", "CREATE TABLE t (a U&\"x\")", 1, 19,
		"\"U&\"x\"\" is not understood in CREATE TABLE" },
	{ "postgresql", "CREATE TABLE t (a int); DROP TABLE t", 1, 23,
		"\";\" is not understood in CREATE TABLE" },
};

static int parse(struct arena *arena, const char *dialect, const char *text,
	struct ddl_statement **out, struct limbeck_error *err)
{
	struct ddl_place place = { .file = "a.sql", .line = 1, .column = 1 };

	return ddl_parse(arena, dialect_lexis(dialect), dialect, text, strlen(text), &place, out,
		err);
}

static void test_cases(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct limbeck_error err = LIMBECK_ERROR_INIT;
		struct arena arena = ARENA_INIT;
		struct ddl_statement *statement;

		is_int(parse(&arena, cases[i].dialect, cases[i].text, &statement, &err), -1, "%s",
			cases[i].text);
		is_int(err.code, LIMBECK_E_UNSUPPORTED, "... with its code");
		is_str(err.message, cases[i].message, "... and its message");
		is_str(err.file, "a.sql", "... its file");
		is_int(err.line, cases[i].line, "... its line");
		is_int(err.column, cases[i].column, "... and its column");
		limbeck_error_release(&err);
		arena_release(&arena);
	}
}

/* Many times what opens, then what is inside, then what closes. */
static int parse_nested(const char *before, const char *open, const char *inside,
	const char *close, const char *after, unsigned times)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf text = STRBUF_INIT;
	struct arena arena = ARENA_INIT;
	struct ddl_statement *statement;
	int failed;

	strbuf_addstr(&text, before);
	for (unsigned i = 0; i < times; i++)
		strbuf_addstr(&text, open);
	strbuf_addstr(&text, inside);
	for (unsigned i = 0; i < times; i++)
		strbuf_addstr(&text, close);
	strbuf_addstr(&text, after);
	failed = parse(&arena, "postgresql", text.buf, &statement, &err);
	limbeck_error_release(&err);
	strbuf_release(&text);
	arena_release(&arena);
	return failed;
}

static void test_depth(void)
{
	static const char check[] = "CREATE TABLE t (a int CHECK (", view[] = "CREATE VIEW v AS ";

	is_int(parse_nested(check, "(", "a", ")", "))", 20), 0, "parentheses in parentheses");
	is_int(parse_nested(check, "(", "a", ")", "))", 100000), -1, "... but not for ever");
	is_int(parse_nested(check, "NOT ", "a", "", "))", 100000), -1, "nor a chain of NOT");
	is_int(parse_nested(view, "(", "SELECT 1", ")", "", 100000), -1, "nor queries in queries");
	is_int(parse_nested("CREATE TABLE t (a int", "[]", "", "", ")", 1000), 0,
		"dimensions do not nest");
	is_int(parse_nested("GRANT a ", "(", "", ")", "", 100000), 0, "nor does text that is kept");
}

/* How much is lost when what is left of the text is taken. */
static unsigned try(const char *dialect, const char *text)
{
	struct strbuf out = STRBUF_INIT, why = STRBUF_INIT;
	struct arena arena = ARENA_INIT;
	struct ddl_statement *statement;
	unsigned lost = 0;

	if (parse(&arena, dialect, text, &statement, NULL) == 0) {
		ddl_print(&out, statement);
		if (!same_tokens(dialect_lexis(dialect), out.buf, text, &why)) {
			diag("%s: %s", text, why.buf);
			lost = 1;
		}
	}
	strbuf_release(&out);
	strbuf_release(&why);
	arena_release(&arena);
	return lost;
}

/* Every statement cut at every byte. */
static void test_cuts(const struct statement_case *c)
{
	struct strbuf text = STRBUF_INIT;
	unsigned lost = 0;

	for (; c->text; c++)
		for (size_t length = strlen(c->text); length-- > 0;) {
			strbuf_reset(&text);
			strbuf_add(&text, c->text, length);
			lost += try(c->dialect, text.buf);
		}
	is_int(lost, 0, "statements cut short lose nothing");
	strbuf_release(&text);
}

int main(void)
{
	test_cases();
	test_depth();
	test_cuts(created_cases);
	test_cuts(other_cases);
	return done_testing();
}
