/* SPDX-License-Identifier: BSD-2-Clause */
/* Random expressions, printed for another dialect and read there, group as they did at
 * home. The first argument is how many, the second the seed. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "ddl/target.h"
#include "ddl_trees.h"
#include "sql/scanner.h"
#include "tap.h"

static unsigned long long seed = 5;

static size_t below(size_t limit)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (size_t)(seed >> 33) % limit;
}

static void make(struct strbuf *out, unsigned operands)
{
	static const char *const infix[] = { "OR", "AND", "=", "<>", "<", "<=", ">", ">=", "+", "-", "*",
		"/", "%", "LIKE", "NOT LIKE", "|", "&", "<<", ">>" };
	static const char *const prefix[] = { "-", "+", "~", "NOT " };
	static const char *const suffix[] = { " IS NULL", " IS NOT NULL", " IN (1, 2)", " NOT IN (x)",
		" BETWEEN 1 AND 3", " COLLATE c", " IS TRUE" };

	while (operands-- > 0) {
		if (below(6) == 0)
			strbuf_addstr(out, prefix[below(4)]);
		if (operands > 1 && below(5) == 0) {
			strbuf_addch(out, '(');
			make(out, 2);
			strbuf_addch(out, ')');
		} else {
			strbuf_addch(out, (int)('a' + below(8)));
		}
		if (below(6) == 0)
			strbuf_addstr(out, suffix[below(7)]);
		if (operands > 0)
			strbuf_addf(out, " %s ", infix[below(sizeof infix / sizeof *infix)]);
	}
}

/* The grouping alone: every operator with two operands, parentheses left out. */
static void canon(struct strbuf *out, const struct ddl_expr *expr)
{
	size_t count;

	expr = expr_inner(expr);
	count = expr->args.count;
	if (count == 0) {
		tree_shape(out, expr);
		return;
	}
	for (size_t i = expr->kind == EXPR_INFIX ? 1 : count; i < count; i++)
		strbuf_addch(out, '(');
	if (expr->kind != EXPR_INFIX)
		strbuf_addf(out, "%d%s%s(", expr->kind, expr->negated ? "!" : "",
			expr->word ? expr->word : "");
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			strbuf_addf(out, " %s ", expr->kind == EXPR_INFIX ? expr->word : ",");
		canon(out, expr->args.items[i]);
		if (expr->kind == EXPR_INFIX && i > 0)
			strbuf_addch(out, ')');
	}
	if (expr->kind != EXPR_INFIX)
		strbuf_addch(out, ')');
}

/* Prints the tree for `to` and reads that: false if it groups otherwise. One that has an
 * operator which is not there is refused. */
static bool same_there(struct arena *arena, const struct ddl_expr *expr, const char *to,
	struct strbuf *printed)
{
	struct strbuf home = STRBUF_INIT, there = STRBUF_INIT;
	struct print_target target = { .lexis = dialect_lexis(tree_dialect(to)),
		.operators_text = dialect_operators(tree_dialect(to)), .arena = arena };
	struct printer printer;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	const struct ddl_expr *again;
	bool same;

	target_init(&printer, &target, printed, &err);
	expr_print(&printer, expr);
	again = target_end(&printer) == 0 ? tree_expr(arena, to, printed->buf, NULL) : NULL;
	canon(&home, expr);
	if (again)
		canon(&there, again);
	same = strcmp(home.buf, there.buf) == 0 || error_is(&err, LIMBECK_E_UNSUPPORTED);
	limbeck_error_release(&err);
	strbuf_release(&home);
	strbuf_release(&there);
	return same;
}

int main(int argc, char **argv)
{
	static const char *const dialects[] = { "pg", "my", "lite" };
	unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 3000, read = 0, wrong = 0;

	if (argc > 2)
		seed = strtoull(argv[2], NULL, 10);
	for (unsigned long i = 0; i < count; i++) {
		const char *from = dialects[below(3)], *to = dialects[below(3)];
		struct strbuf text = STRBUF_INIT, printed = STRBUF_INIT;
		struct arena arena = ARENA_INIT;
		const struct ddl_expr *expr;

		make(&text, (unsigned)below(7) + 1);
		expr = tree_expr(&arena, from, text.buf, NULL);
		read += expr != NULL;
		if (expr && !same_there(&arena, expr, to, &printed) && wrong++ < 5)
			diag("%s: %s\n%s: %s", from, text.buf, to, printed.buf);
		strbuf_release(&text);
		strbuf_release(&printed);
		arena_release(&arena);
	}
	ok(read > count / 3, "%lu of %lu random expressions are some dialect's", read, count);
	is_int((long long)wrong, 0, "printed for another dialect they group the same");
	return done_testing();
}
