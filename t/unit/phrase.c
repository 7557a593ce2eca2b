/* SPDX-License-Identifier: BSD-2-Clause */
/* core/translate, the phrasebook: homes in common words, and the types of expressions. What
 * expressions mean is proven by t/580-phrases.t, on the engines. */
#include <string.h>

#include "base/error.h"
#include "sql/scanner.h"
#include "tap.h"
#include "translate/phrase.h"

static const struct { const char *home, *type, *common; } types[] = {
	{ "postgresql", "int4", "integer" }, { "postgresql", "character varying(20)", "varchar(20)" },
	{ "postgresql", "timestamp(3) with time zone", "timestamptz(3)" },
	{ "postgresql", "int8[]", "bigint[]" }, { "postgresql", "decimal(10,2)", "numeric(10,2)" },
	{ "postgresql", "mood", "mood" }, { "mysql", "tinyint(1)", "boolean" },
	{ "mysql", "int(11) unsigned", "bigint" }, { "mysql", "bigint unsigned", "numeric(20,0)" },
	{ "mysql", "mediumtext", "text" }, { "mysql", "datetime(6)", "timestamp(6)" },
	{ "mysql", "varbinary(20)", "bytea" }, { "sqlite", "INTEGER", "bigint" },
	{ "sqlite", "NVARCHAR(30)", "varchar(30)" }, { "sqlite", "UNSIGNED BIG INT", "bigint" },
	{ "sqlite", "DOUBLE", "double precision" }, { "sqlite", "STRING", "numeric" }
};

static const struct { const char *home, *text, *common; } expressions[] = {
	{ "postgresql", "Now() - INTERVAL '1 day'", "Now() - INTERVAL '1 day'" },
	{ "mysql", "IFNULL(`a`, \"x\")", "coalesce(a, 'x')" },
	{ "mysql", "IF(a > 1, 'y', 'n')", "CASE WHEN a > 1 THEN 'y' ELSE 'n' END" },
	{ "mysql", "a || b", "a OR b" }, { "mysql", "CONCAT('a', 'b')", "'a' || 'b'" },
	{ "mysql", "NOW() + INTERVAL 2 QUARTER", "now() + INTERVAL '6 months'" },
	{ "mysql", "0x00ff", "CAST(E'\\\\x00ff' AS bytea)" }, { "mysql", "FIELD(a, 1)", NULL },
	{ "sqlite", "a IS NOT b", "a IS DISTINCT FROM b" },
	{ "sqlite", "a GLOB 'x*_?'", "a LIKE E'x%\\\\__'" },
	{ "sqlite", "datetime('now', '-3 days')", "now() + CAST('-3 days' AS interval)" },
	{ "sqlite", "julianday('now')", NULL }
};

static const struct { const char *text, *meaning; } meanings[] = {
	{ "1 + 2", "integer" }, { "1 + 2.5", "numeric" }, { "a = b", "boolean" },
	{ "now() - interval '1 day'", "timestamptz" }, { "date '2000-01-01' - 1", "date" },
	{ "x::jsonb -> 'a'", "json" }, { "x::jsonb ->> 'a'", "text" }, { "count(*)", "bigint" },
	{ "coalesce(NULL, 1)", "integer" }, { "CASE WHEN a THEN 'x' ELSE 'y' END", "text" },
	{ "'{a}'::text[]", "array" }, { "lower(a) || 'b'", "text" }, { "f(1)", "other" }
};

static int read(struct arena *arena, const char *dialect, const char *text, struct ddl_expr **out)
{
	const struct ddl_place place = { NULL, 1, 1 };
	struct parser p;

	return parser_init(&p, arena, dialect_lexis(dialect), dialect, text, strlen(text), &place,
		NULL) || expr_parse(&p, out, NULL) ? -1 : 0;
}

static struct phrasebook *book_of(const char *home)
{
	const struct phrase_options options = { .way = PHRASE_INWARD, .dialect = home };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct phrasebook *book = NULL;

	ok(phrasebook_new(&options, &book, &err) == 0, "%s has phrases that can be read", home);
	limbeck_error_release(&err);
	return book;
}

static void test_type(size_t i)
{
	const struct ddl_place place = { NULL, 1, 1 };
	struct phrasebook *book = book_of(types[i].home);
	struct strbuf out = STRBUF_INIT;
	struct arena arena = ARENA_INIT;
	struct ddl_type *type;
	struct parser p;

	if (book && parser_init(&p, &arena, dialect_lexis(types[i].home), types[i].home,
		types[i].type, strlen(types[i].type), &place, NULL) == 0
		&& type_parse(&p, TYPE_OF_COLUMN, &type, NULL) == 0)
		phrase_type(book, type, &out, NULL);
	is_str(out.buf, types[i].common, "%s: %s", types[i].home, types[i].type);
	strbuf_release(&out);
	arena_release(&arena);
	phrasebook_free(book);
}

static void test_expression(size_t i)
{
	const struct phrase_scope scope = { NULL, NULL, NULL, NULL };
	struct phrasebook *book = book_of(expressions[i].home);
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf out = STRBUF_INIT;
	struct arena arena = ARENA_INIT;
	struct ddl_expr *expr;
	int result = -1;

	if (book && read(&arena, expressions[i].home, expressions[i].text, &expr) == 0)
		result = phrase_expr(book, &scope, expr, &out, &err);
	is_str(result == 0 ? out.buf : NULL, expressions[i].common, "%s: %s", expressions[i].home,
		expressions[i].text);
	ok(result == 0 || (err.code == LIMBECK_E_UNSUPPORTED && err.line == 1),
		"... or an error at its place");
	limbeck_error_release(&err);
	strbuf_release(&out);
	arena_release(&arena);
	phrasebook_free(book);
}

int main(void)
{
	const struct phrase_scope scope = { NULL, NULL, NULL, NULL };

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		test_type(i);
	for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++)
		test_expression(i);
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		struct arena arena = ARENA_INIT;
		struct ddl_expr *expr;

		is_str(read(&arena, "postgresql", meanings[i].text, &expr) == 0
			? phrase_meaning(&scope, expr) : "?", meanings[i].meaning, "%s is %s",
			meanings[i].text, meanings[i].meaning);
		arena_release(&arena);
	}
	return done_testing();
}
