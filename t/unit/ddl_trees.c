/* SPDX-License-Identifier: BSD-2-Clause */
#include "ddl_trees.h"

#include <string.h>

#include "ddl/print.h"
#include "sql/scanner.h"

const char *tree_dialect(const char *shorthand)
{
	if (strcmp(shorthand, "pg") == 0)
		return "postgresql";
	return strcmp(shorthand, "my") == 0 ? "mysql" : "sqlite";
}

static int begin(struct parser *p, struct arena *arena, const char *dialect, const char *text,
	struct limbeck_error *err)
{
	const char *name = tree_dialect(dialect);

	return parser_init(p, arena, dialect_lexis(name), name, text, strlen(text), NULL, err);
}

struct ddl_expr *tree_expr(struct arena *arena, const char *dialect, const char *text,
	struct limbeck_error *err)
{
	struct ddl_expr *expr;
	struct parser p;

	if (begin(&p, arena, dialect, text, err) || expr_parse(&p, &expr, err))
		return NULL;
	if (!parser_ended(&p)) {
		parser_fail(&p, "the end", err);
		return NULL;
	}
	return expr;
}

struct ddl_dml *tree_dml(struct arena *arena, const char *dialect, const char *text,
	struct limbeck_error *err)
{
	struct ddl_dml *dml;
	struct parser p;

	if (begin(&p, arena, dialect, text, err) || dml_parse(&p, &dml, err))
		return NULL;
	if (!parser_ended(&p)) {
		parser_fail(&p, "the end", err);
		return NULL;
	}
	return dml;
}

static const char *label(const struct ddl_expr *expr)
{
	static const char *const labels[EXPR_KINDS] = { [EXPR_TEST] = "is", [EXPR_BETWEEN] = "between",
		[EXPR_IN] = "in", [EXPR_COLLATE] = "collate", [EXPR_ZONE] = "zone", [EXPR_CAST] = "cast",
		[EXPR_PAREN] = "paren", [EXPR_ROW] = "row", [EXPR_ARRAY] = "array",
		[EXPR_SUBSCRIPT] = "subscript", [EXPR_SLICE] = "slice", [EXPR_FIELD] = "field",
		[EXPR_CASE] = "case", [EXPR_TYPED] = "typed", [EXPR_INTERVAL] = "interval" };

	if (expr->kind == EXPR_CALL)
		return expr->call->name.last->name;
	return labels[expr->kind] ? labels[expr->kind] : expr->word ? expr->word : "?";
}

static int show_operand(void *context, const struct ddl_expr *expr)
{
	strbuf_addch(context, ' ');
	tree_shape(context, expr);
	return 0;
}

void tree_shape(struct strbuf *out, const struct ddl_expr *expr)
{
	struct printer printer = PRINTER_INIT(out);

	if (expr->kind <= EXPR_PARAMETER) {
		expr_print(&printer, expr);
		return;
	}
	strbuf_addstr(out, expr->negated ? "(not-" : "(");
	strbuf_addstr(out, label(expr));
	expr_each(expr, show_operand, out);
	strbuf_addch(out, ')');
}
