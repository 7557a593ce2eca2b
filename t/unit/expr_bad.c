/* SPDX-License-Identifier: BSD-2-Clause */
/* Bad input: an error at its place, and never more than that. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "ddl/print.h"
#include "ddl_texts.h"
#include "ddl_trees.h"
#include "tap.h"

static const struct {
	const char *dialect, *text;
	unsigned line, column;
} bad[] = {
	{ "pg", "", 1, 1 }, { "pg", "a +", 1, 4 }, { "pg", "(a", 1, 3 }, { "pg", "a)", 1, 2 },
	{ "pg", "a b", 1, 3 }, { "pg", "f(a,)", 1, 5 }, { "pg", "a < b < c", 1, 7 },
	{ "pg", "a IS 5", 1, 6 }, { "pg", "a BETWEEN 1 OR 2", 1, 13 }, { "pg", "CASE a END", 1, 8 },
	{ "pg", "CASE WHEN a THEN b", 1, 19 }, { "pg", "a IN b +\nc from", 2, 3 },
	{ "pg", "a[", 1, 3 }, { "pg", "a[]", 1, 3 }, { "pg", "ARRAY[1", 1, 8 }, { "pg", "'a", 1, 1 },
	{ "pg", "a::", 1, 4 }, { "pg", "CAST(a)", 1, 7 }, { "pg", "select", 1, 1 }, { "pg", "a.", 1, 3 },
	{ "pg", "f(SELECT 1)", 1, 3 }, { "pg", "a = = b", 1, 5 }, { "pg", "count(DISTINCT)", 1, 15 },
	{ "my", "INTERVAL 1 + 2", 1, 15 }, { "my", "a @> b", 1, 3 }, { "my", "MATCH (a) b", 1, 11 },
	{ "lite", "a ~ b", 1, 3 }, { "lite", "a ILIKE b", 1, 3 }, { "lite", "a LIKE", 1, 7 },
	{ "lite", "/* x", 1, 1 },
};

static const struct {
	const char *dialect, *text;
	unsigned line, column;
} bad_statements[] = {
	{ "pg", "SELECT a FROM", 1, 14 }, { "pg", "SELECT a FROM t WHERE", 1, 22 },
	{ "pg", "SELECT a FROM t JOIN", 1, 21 }, { "pg", "SELECT a, FROM t", 1, 11 },
	{ "pg", "SELECT a FROM (SELECT 1", 1, 24 }, { "pg", "INSERT INTO t", 1, 14 },
	{ "pg", "INSERT INTO t (a, ) VALUES (1)", 1, 19 }, { "pg", "INSERT INTO t VALUES", 1, 21 },
	{ "pg", "INSERT INTO t VALUES (1) ON CONFLICT (a) DO", 1, 44 }, { "pg", "UPDATE t a = 1", 1, 12 },
	{ "pg", "UPDATE t SET a", 1, 15 }, { "pg", "UPDATE t SET a = ", 1, 18 }, { "pg", "DELETE t WHERE", 1, 15 },
	{ "pg", "WITH a AS SELECT 1", 1, 11 }, { "pg", "WITH a AS (SELECT 1)", 1, 21 }, { "pg", "WITH", 1, 5 },
	{ "pg", "SELECT 1 UNION", 1, 15 }, { "pg", "SELECT 1 LIMIT 1 LIMIT 2", 1, 18 }, { "pg", "VALUES 1", 1, 8 },
	{ "pg", "SELECT 1 FETCH FIRST 1", 1, 23 }, { "pg", "SELECT sum(a) OVER (ROWS 1)", 1, 27 },
	{ "my", "SELECT a FROM t GROUP BY a DESC", 1, 26 }, { "pg", "SELECT XMLELEMENT(name a)", 1, 24 },
};

static void check(const char *dialect, const char *text, bool statement, unsigned line,
	unsigned column)
{
	struct arena arena = ARENA_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	bool read = statement ? tree_dml(&arena, dialect, text, &err) != NULL
		: tree_expr(&arena, dialect, text, &err) != NULL;

	if (ok(!read && err.code == LIMBECK_E_UNSUPPORTED, "%s does not read %s", dialect, text)
		&& !ok(err.line == line && err.column == column, "... from that place on"))
		diag("%u:%u: %s", err.line, err.column, err.message);
	limbeck_error_release(&err);
	arena_release(&arena);
}

/* `count` times the opening text, then the middle, then the closing one. */
static char *nest(const char *open, const char *middle, const char *close, size_t count)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < count; i++)
		strbuf_addstr(&text, open);
	strbuf_addstr(&text, middle);
	for (size_t i = 0; i < count; i++)
		strbuf_addstr(&text, close);
	return strbuf_detach(&text);
}

static void deep(const char *dialect, const char *open, const char *middle, const char *close,
	bool statement)
{
	struct arena arena = ARENA_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	char *text = nest(open, middle, close, 50000);
	bool read = statement ? tree_dml(&arena, dialect, text, &err) != NULL
		: tree_expr(&arena, dialect, text, &err) != NULL;

	if (!ok(!read && err.message && strstr(err.message, "deeply"),
		"%s refuses 50000 times %s", dialect, open))
		diag("%s", read ? "read" : err.message);
	limbeck_error_release(&err);
	arena_release(&arena);
	mem_free(text);
}

/* A long chain of one operator is no depth. */
static void wide(const char *open, const char *middle)
{
	struct arena arena = ARENA_INIT;
	struct strbuf out = STRBUF_INIT;
	struct printer printer = PRINTER_INIT(&out);
	char *text = nest(open, middle, "", 20000);
	struct ddl_expr *expr = tree_expr(&arena, "pg", text, NULL);

	if (ok(expr && expr->args.count == 20001, "20000 times \"%s\" is one node", open))
		expr_print(&printer, expr);
	is_str(out.buf, text, "... and prints so");
	strbuf_release(&out);
	arena_release(&arena);
	mem_free(text);
}

static unsigned long long seed = 1;

static size_t below(size_t limit)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (size_t)(seed >> 33) % (limit ? limit : 1);
}

static void read_and_print(const char *dialect, const char *text, bool statement)
{
	struct arena arena = ARENA_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf out = STRBUF_INIT;
	struct printer printer = PRINTER_INIT(&out);
	struct ddl_dml *dml = statement ? tree_dml(&arena, dialect, text, &err) : NULL;
	struct ddl_expr *expr = statement ? NULL : tree_expr(&arena, dialect, text, &err);

	if (dml)
		dml_print(&printer, dml);
	if (expr)
		expr_print(&printer, expr);
	strbuf_release(&out);
	limbeck_error_release(&err);
	arena_release(&arena);
}

/* Every beginning of the text, and the text with bytes and words changed. */
static void torture(const char *dialect, const char *text, bool statement)
{
	static const char *const bits[] = { "(", ")", ",", "'", "\"", "`", ";", ".", "$", "[", "]", "::",
		" SELECT ", " NOT ", " AS ", " IN ", "--", "/*", " WITH ", " CASE ", " OR ", "$$", "@",
		" FROM ", "*", "1", " VALUES ", " ON ", "\\", "E'" };
	char copy[1024];
	size_t length = strlen(text);

	for (size_t cut = 0; cut < length; cut++) {
		memcpy(copy, text, cut);
		copy[cut] = '\0';
		read_and_print(dialect, copy, statement);
	}
	for (int i = 0; i < 40; i++) {
		size_t at = below(length + 1), skip = below(6);
		const char *bit = bits[below(sizeof bits / sizeof *bits)];

		if (at + skip > length)
			skip = length - at;
		if (length + strlen(bit) >= sizeof copy)
			continue;
		memcpy(copy, text, at);
		strcpy(copy + at, bit);
		strcat(copy, text + at + skip);
		read_and_print(dialect, copy, statement);
	}
}

static void torture_all(const struct ddl_text *texts, size_t count, bool statement)
{
	static const char *const dialects[] = { "pg", "my", "lite" };

	for (size_t i = 0; i < count; i++)
		for (size_t d = 0; d < 3; d++)
			torture(dialects[d], texts[i].text, statement);
	ok(true, "%zu %s cut and changed at random", count, statement ? "statements" : "expressions");
}

int main(int argc, char **argv)
{
	if (argc > 1)
		seed = strtoull(argv[1], NULL, 10);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		check(bad[i].dialect, bad[i].text, false, bad[i].line, bad[i].column);
	for (size_t i = 0; i < sizeof bad_statements / sizeof *bad_statements; i++)
		check(bad_statements[i].dialect, bad_statements[i].text, true,
			bad_statements[i].line, bad_statements[i].column);
	deep("pg", "(", "1", ")", false);
	deep("pg", "- ", "1", "", false);
	deep("pg", "NOT ", "a", "", false);
	deep("pg", "f(", "1", ")", false);
	deep("pg", "ARRAY[", "1", "]", false);
	deep("pg", "CASE WHEN a THEN ", "1", " END", false);
	deep("pg", "a + b - ", "1", "", false);
	deep("pg", "", "1", "::int", false);
	deep("pg", "", "a", "[1]", false);
	deep("my", "@a := ", "1", "", false);
	deep("my", "INTERVAL ", "1", " DAY", false);
	deep("pg", "(", "SELECT 1", ")", true);
	deep("pg", "SELECT (", "SELECT 1", ")", true);
	deep("pg", "SELECT * FROM (", "SELECT 1", ") a", true);
	deep("pg", "WITH a AS (", "SELECT 1", ") SELECT 1", true);
	deep("my", "SELECT 1 FROM (", "t", ")", true);
	deep("pg", "SELECT ((", "SELECT 1", ") + 1)", true);
	wide("a AND ", "b");
	wide("a || ", "b");
	wide("a + ", "b");
	torture_all(expression_texts, sizeof expression_texts / sizeof *expression_texts, false);
	torture_all(statement_texts, sizeof statement_texts / sizeof *statement_texts, true);
	return done_testing();
}
