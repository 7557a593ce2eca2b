/* SPDX-License-Identifier: BSD-2-Clause */
/* Every expression and statement of ddl_texts.h is printed again with its tokens, and
 * what is printed is read again and printed the same. */
#include <string.h>

#include "base/error.h"
#include "ddl/print.h"
#include "ddl_texts.h"
#include "ddl_tokens.h"
#include "ddl_trees.h"
#include "sql/scanner.h"
#include "tap.h"

static int print(struct strbuf *out, const char *dialect, const char *text, bool statement,
	struct limbeck_error *err)
{
	struct arena arena = ARENA_INIT;
	struct printer printer = PRINTER_INIT(out);
	struct ddl_expr *expr = NULL;
	struct ddl_dml *dml = NULL;

	if (statement)
		dml = tree_dml(&arena, dialect, text, err);
	else
		expr = tree_expr(&arena, dialect, text, err);
	if (dml)
		dml_print(&printer, dml);
	if (expr)
		expr_print(&printer, expr);
	arena_release(&arena);
	return dml || expr ? 0 : -1;
}

static void check(const char *dialect, const char *text, bool statement)
{
	const struct limbeck_lexis *lexis = dialect_lexis(tree_dialect(dialect));
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf once = STRBUF_INIT, twice = STRBUF_INIT, why = STRBUF_INIT;

	if (!ok(print(&once, dialect, text, statement, &err) == 0, "%s reads %s", dialect, text)) {
		diag("%s: %s", err.message, err.detail ? err.detail : "");
	} else {
		ok(same_tokens(lexis, once.buf, text, &why), "... and prints the same tokens")
			|| (diag("%s: %s", once.buf, why.buf), false);
		print(&twice, dialect, once.buf, statement, NULL);
		is_str(twice.buf, once.buf, "... and again the same");
	}
	limbeck_error_release(&err);
	strbuf_release(&once);
	strbuf_release(&twice);
	strbuf_release(&why);
}

static void check_all(const struct ddl_text *texts, size_t count, bool statement)
{
	static const char *const dialects[] = { "pg", "my", "lite" };

	for (size_t i = 0; i < count; i++) {
		if (strcmp(texts[i].dialect, "all") != 0)
			check(texts[i].dialect, texts[i].text, statement);
		else
			for (size_t d = 0; d < 3; d++)
				check(dialects[d], texts[i].text, statement);
	}
}

int main(void)
{
	check_all(expression_texts, sizeof expression_texts / sizeof *expression_texts, false);
	check_all(statement_texts, sizeof statement_texts / sizeof *statement_texts, true);
	return done_testing();
}
