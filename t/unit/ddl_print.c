/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Proves that statements of every kind are told apart, and that their trees hold all that
 * the texts say: printed again they have the same tokens, and so has the print of that.
 */
#include <string.h>

#include "base/arena.h"
#include "ddl/ddl.h"
#include "ddl_statements.h"
#include "ddl_tokens.h"
#include "sql/scanner.h"
#include "tap.h"

static int parse(struct arena *arena, const char *dialect, const char *text,
	struct ddl_statement **out, struct limbeck_error *err)
{
	return ddl_parse(arena, dialect_lexis(dialect), dialect, text, strlen(text), NULL, out,
		err);
}

static bool trip(struct arena *arena, const char *dialect, const char *text, struct strbuf *out)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf why = STRBUF_INIT;
	struct ddl_statement *statement;
	bool same = false;

	strbuf_reset(out);
	if (parse(arena, dialect, text, &statement, &err)) {
		diag("%u:%u: %s (%s)", err.line, err.column, err.message,
			err.detail ? err.detail : "");
	} else {
		ddl_print(out, statement);
		same = same_tokens(dialect_lexis(dialect), out->buf, text, &why);
		if (!same)
			diag("%s in %s", why.buf, out->buf);
	}
	limbeck_error_release(&err);
	strbuf_release(&why);
	return same;
}

static void test_one(const struct statement_case *c)
{
	struct strbuf once = STRBUF_INIT, twice = STRBUF_INIT;
	struct arena arena = ARENA_INIT;
	struct ddl_statement *statement;

	ok(trip(&arena, c->dialect, c->text, &once), "%s: %s", c->dialect, c->text);
	if (parse(&arena, c->dialect, c->text, &statement, NULL) == 0)
		is_int((int)statement->kind, (int)c->kind, "... is of its kind, %s",
			statement->construct);
	trip(&arena, c->dialect, once.buf, &twice);
	is_str(twice.buf, once.buf, "... and its print is stable");
	strbuf_release(&once);
	strbuf_release(&twice);
	arena_release(&arena);
}

int main(void)
{
	for (size_t i = 0; created_cases[i].text; i++)
		test_one(&created_cases[i]);
	for (size_t i = 0; other_cases[i].text; i++)
		test_one(&other_cases[i]);
	return done_testing();
}
