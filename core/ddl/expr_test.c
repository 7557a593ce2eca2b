/* SPDX-License-Identifier: BSD-2-Clause */
/* Conditions: IS, IN, BETWEEN, LIKE and their kin. */
#include "ddl/expr_int.h"

#include <string.h>

#include "base/error.h"

/* Words behind IS [NOT], longer before shorter. */
static const char *const states[] = { "NULL", "TRUE", "FALSE", "UNKNOWN", "DOCUMENT", "JSON OBJECT",
	"JSON ARRAY", "JSON SCALAR", "JSON VALUE", "JSON", "NORMALIZED", "NFC NORMALIZED",
	"NFD NORMALIZED", "NFKC NORMALIZED", "NFKD NORMALIZED", NULL };

static const char *const likes[] = { "LIKE", "ILIKE", "SIMILAR TO", "SOUNDS LIKE", "REGEXP", "RLIKE",
	"GLOB", "MATCH", "MEMBER OF", NULL };

static bool state(struct parser *p, struct ddl_expr *expr)
{
	for (const char *const *word = states; *word; word++)
		if (parser_accept(p, *word)) {
			expr->word = *word;
			return true;
		}
	return false;
}

/* Where IS is an operator between any operands, NULL may begin a longer one: a IS NULL +
 * 1. Alone it is a state. */
static int is_operand(struct parser *p, unsigned level, struct ddl_expr *expr,
	struct limbeck_error *err)
{
	struct ddl_expr *right;

	if (expr_climb(p, level + 1, &right, err))
		return -1;
	if (right->kind == EXPR_KEYWORD) {
		expr->word = right->word;
		return 0;
	}
	expr->kind = EXPR_INFIX;
	expr->word = expr->negated ? "IS NOT" : "IS";
	expr->negated = false;
	return expr_add(p, expr, right, err);
}

static int is(struct parser *p, unsigned level, struct ddl_expr *expr, struct limbeck_error *err)
{
	if (operators_level(p->operators, "IS<>", false) && parser_accept(p, "DISTINCT FROM")) {
		expr->kind = EXPR_INFIX;
		expr->word = expr->negated ? "IS NOT DISTINCT FROM" : "IS DISTINCT FROM";
		expr->negated = false;
		return expr_operand(p, expr, level + 1, err);
	}
	if (operators_level(p->operators, "IS=", false))
		return is_operand(p, level, expr, err);
	if (state(p, expr))
		return 0;
	return parser_fail(p, "NULL, TRUE, FALSE or UNKNOWN", err);
}

static int between(struct parser *p, unsigned level, struct ddl_expr *expr,
	struct limbeck_error *err)
{
	expr->kind = EXPR_BETWEEN;
	if (parser_accept(p, "SYMMETRIC"))
		expr->word = "SYMMETRIC";
	else if (parser_accept(p, "ASYMMETRIC"))
		expr->word = "ASYMMETRIC";
	return expr_operand(p, expr, level + 1, err) || parser_expect(p, "AND", err)
		|| expr_operand(p, expr, level + 1, err) ? -1 : 0;
}

static int in(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	struct ddl_expr *table;
	struct expr_list list = { NULL, 0, 0 };

	if (!parser_at_kind(p, TOKEN_OPEN)) {
		expr->kind = EXPR_IN_TABLE;
		return expr_primary(p, &table, err) || expr_add(p, expr, table, err) ? -1 : 0;
	}
	expr->kind = EXPR_IN;
	if (expr_at_query(p))
		return expr_query(p, expr, err);
	parser_next(p);
	if (!parser_at_kind(p, TOKEN_CLOSE) && expr_list_parse(p, &list, err))
		return -1;
	for (size_t i = 0; i < list.count; i++)
		if (expr_add(p, expr, list.items[i], err))
			return -1;
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

static int like(struct parser *p, unsigned level, struct ddl_expr *expr,
	struct limbeck_error *err)
{
	struct ddl_expr *pattern;
	int quantified;

	expr->kind = EXPR_LIKE;
	for (const char *const *word = likes; *word && !expr->word; word++)
		if (parser_accept(p, *word))
			expr->word = *word;
	if (!expr->word)
		return parser_fail(p, NULL, err);
	if (strcmp(expr->word, "RLIKE") == 0) {
		expr->spelled = "RLIKE";
		expr->word = "REGEXP";
	}
	quantified = expr_quantified(p, &pattern, err);
	if (quantified < 0 || (!quantified && expr_climb(p, level + 1, &pattern, err))
		|| expr_add(p, expr, pattern, err))
		return -1;
	return parser_accept(p, "ESCAPE") ? expr_operand(p, expr, level + 1, err) : 0;
}

/* ISNULL, NOTNULL, NOT NULL */
static bool suffix(struct parser *p, struct ddl_expr *expr)
{
	bool null = parser_accept(p, "ISNULL"), suffixed = null || parser_accept(p, "NOTNULL");

	expr->form = TEST_SUFFIX;
	if (!suffixed) {
		expr->form = TEST_NOT_NULL;
		suffixed = parser_accept(p, "NOT NULL");
	}
	if (!suffixed) {
		expr->form = FORM_PLAIN;
		return false;
	}
	expr->kind = EXPR_TEST;
	expr->word = "NULL";
	expr->negated = !null;
	return true;
}

int expr_test(struct parser *p, unsigned level, struct ddl_expr **left,
	struct limbeck_error *err)
{
	struct ddl_expr *expr;
	int result = 0;

	if (expr_wrap(p, EXPR_TEST, *left, &expr, err))
		return -1;
	*left = expr;
	if (suffix(p, expr))
		return expr_end(p, expr, err);
	if (parser_accept(p, "IS")) {
		expr->negated = parser_accept(p, "NOT");
		result = is(p, level, expr, err);
	} else {
		expr->negated = parser_accept(p, "NOT");
		if (parser_accept(p, "BETWEEN"))
			result = between(p, level, expr, err);
		else if (parser_accept(p, "IN"))
			result = in(p, expr, err);
		else
			result = like(p, level, expr, err);
	}
	return result ? -1 : expr_end(p, expr, err);
}

int expr_quantified(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	static const char *const words[] = { "ANY", "ALL", "SOME", NULL };
	const char *const *word = words;
	const struct ddl_expr *operand;
	struct ddl_expr *expr;

	while (*word && !parser_at(p, *word))
		word++;
	if (!*word || parser_peek(p, 1)->kind != TOKEN_OPEN)
		return 0;
	if (expr_new(p, EXPR_QUANTIFIED, &expr, err))
		return -1;
	expr->word = *word;
	parser_next(p);
	*out = expr;
	if (expr_at_query(p))
		return expr_query(p, expr, err) || expr_end(p, expr, err) ? -1 : 1;
	parser_next(p);
	if (expr_parse_free(p, &operand, err) || expr_add(p, expr, operand, err)
		|| parser_expect_kind(p, TOKEN_CLOSE, err) || expr_end(p, expr, err))
		return -1;
	return 1;
}
