/* SPDX-License-Identifier: BSD-2-Clause */
/* Printing operators, with parentheses where the target binds otherwise. */
#include "ddl/expr_print_int.h"

#include <string.h>

const char *print_spelling(const struct printer *out, const struct ddl_expr *expr)
{
	return !out->target && expr->spelled ? expr->spelled : expr->word;
}

/* The word by which the operator is known in the table of operators. */
static const char *table_word(const struct ddl_expr *expr)
{
	switch (expr->kind) {
	case EXPR_TEST: return "IS";
	case EXPR_BETWEEN: return "BETWEEN";
	case EXPR_IN:
	case EXPR_IN_TABLE: return "IN";
	case EXPR_COLLATE: return "COLLATE";
	case EXPR_ZONE: return "AT";
	case EXPR_LIKE:
		if (strcmp(expr->word, "SIMILAR TO") == 0)
			return "SIMILAR";
		if (strcmp(expr->word, "SOUNDS LIKE") == 0)
			return "SOUNDS";
		return strcmp(expr->word, "MEMBER OF") == 0 ? "MEMBER" : expr->word;
	case EXPR_INFIX:
		if (strcmp(expr->word, "IS") == 0 || strcmp(expr->word, "IS NOT") == 0)
			return "IS=";
		return strncmp(expr->word, "IS ", 3) == 0 ? "IS<>" : expr->word;
	case EXPR_PREFIX: return expr->word;
	default: return NULL;
	}
}

static const struct operator *listed(const struct printer *out, const struct ddl_expr *expr)
{
	const char *word = table_word(expr);

	return word ? operators_find(&out->target->operators, word, strlen(word),
		expr->kind == EXPR_PREFIX) : NULL;
}

unsigned print_level(const struct printer *out, const struct ddl_expr *expr)
{
	const char *word = table_word(expr);

	if (!out->target || !word)
		return LEVEL_ATOM;
	return operators_level(&out->target->operators, word, expr->kind == EXPR_PREFIX);
}

static char grouping(const struct printer *out, const struct ddl_expr *expr)
{
	const struct operator *operator = out->target ? listed(out, expr) : NULL;

	return operator ? operator->grouping : GROUPS_LEFT;
}

/* The levels that the operands at either side must have. */
static unsigned left_level(const struct printer *out, const struct ddl_expr *expr)
{
	unsigned level = out->target ? print_level(out, expr) : 0;

	return level && grouping(out, expr) != GROUPS_LEFT ? level + 1 : level;
}

static unsigned right_level(const struct printer *out, const struct ddl_expr *expr)
{
	unsigned level = out->target ? print_level(out, expr) : 0;

	return level && grouping(out, expr) != GROUPS_RIGHT ? level + 1 : level;
}

/* Nothing is printed that the target can't read. */
static bool missing(struct printer *out, const struct ddl_expr *expr)
{
	const char *word = table_word(expr);

	if (!out->target || !word || print_level(out, expr) > 0)
		return false;
	target_refuse(out, &expr->span, "the operator \"%s\" has no counterpart", expr->word
		? expr->word : word);
	return true;
}

/* Where the operator does not group from the left, parentheses do it. */
static void print_infix(struct printer *out, const struct ddl_expr *expr)
{
	bool parens = grouping(out, expr) != GROUPS_LEFT && out->target;
	size_t count = expr->args.count;

	for (size_t i = 2; parens && i < count; i++)
		printer_open(out);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			printer_word(out, print_spelling(out, expr));
		print_operand(out, expr->args.items[i],
			i > 0 ? right_level(out, expr) : left_level(out, expr));
		if (parens && i > 0 && i + 1 < count)
			printer_close(out);
	}
}

/* Two signs are kept apart: together they begin a comment. */
static void print_prefix(struct printer *out, const struct ddl_expr *expr)
{
	const struct ddl_expr *operand = expr->args.items[0];
	const char *word = print_spelling(out, expr);

	printer_word(out, word);
	if (operand->kind == EXPR_NUMBER && operand->word[0] != '-' && strlen(word) == 1)
		printer_glue(out);
	print_operand(out, operand, out->target ? print_level(out, expr) : 0);
}

static void print_test(struct printer *out, const struct ddl_expr *expr)
{
	print_operand(out, expr->args.items[0], left_level(out, expr));
	if (!out->target && expr->form == TEST_SUFFIX) {
		printer_word(out, expr->negated ? "NOTNULL" : "ISNULL");
		return;
	}
	if (out->target || expr->form != TEST_NOT_NULL)
		printer_word(out, "IS");
	printer_if(out, expr->negated, "NOT");
	printer_word(out, expr->word);
}

static void print_between(struct printer *out, const struct ddl_expr *expr)
{
	print_operand(out, expr->args.items[0], left_level(out, expr));
	printer_if(out, expr->negated, "NOT");
	printer_word(out, "BETWEEN");
	if (expr->word)
		printer_word(out, expr->word);
	print_operand(out, expr->args.items[1], right_level(out, expr));
	printer_word(out, "AND");
	print_operand(out, expr->args.items[2], right_level(out, expr));
}

static void print_in(struct printer *out, const struct ddl_expr *expr)
{
	struct expr_list list = expr->args;

	print_operand(out, expr->args.items[0], left_level(out, expr));
	printer_if(out, expr->negated, "NOT");
	printer_word(out, "IN");
	if (expr->kind == EXPR_IN_TABLE) {
		print_operand(out, expr->args.items[1], LEVEL_ATOM);
		return;
	}
	list.items++;
	list.count--;
	printer_open(out);
	if (expr->query)
		query_print(out, expr->query);
	else
		expr_list_print(out, &list);
	printer_close(out);
}

static void print_like(struct printer *out, const struct ddl_expr *expr)
{
	print_operand(out, expr->args.items[0], left_level(out, expr));
	printer_if(out, expr->negated, "NOT");
	printer_word(out, print_spelling(out, expr));
	print_operand(out, expr->args.items[1], right_level(out, expr));
	if (expr->args.count < 3)
		return;
	printer_word(out, "ESCAPE");
	print_operand(out, expr->args.items[2], right_level(out, expr));
}

static void print_cast(struct printer *out, const struct ddl_expr *expr)
{
	unsigned char form = out->target && expr->form == CAST_COLONS ? CAST_CALL : expr->form;
	static const char *const words[] = { [CAST_CALL] = "CAST", [CAST_CONVERT] = "CONVERT",
		[CAST_TREAT] = "TREAT" };

	if (form == CAST_COLONS) {
		print_operand(out, expr->args.items[0], LEVEL_ATOM);
		printer_glue(out);
		printer_word(out, "::");
		printer_glue(out);
		target_type(out, expr->type);
		return;
	}
	printer_word(out, words[form]);
	printer_glue(out);
	printer_open(out);
	expr_print(out, expr->args.items[0]);
	if (form == CAST_CONVERT)
		printer_comma(out);
	else
		printer_word(out, "AS");
	if (expr->type)
		target_type(out, expr->type);
	else
		printer_word(out, expr->word);
	printer_close(out);
}

static void print_charset(struct printer *out, const struct ddl_expr *expr)
{
	printer_word(out, "CONVERT");
	printer_open(out);
	expr_print(out, expr->args.items[0]);
	printer_word(out, "USING");
	target_name(out, expr->name, NAME_OTHER);
	printer_close(out);
}

static void print_zone(struct printer *out, const struct ddl_expr *expr)
{
	print_operand(out, expr->args.items[0], left_level(out, expr));
	if (expr->args.count < 2) {
		printer_word(out, "AT LOCAL");
		return;
	}
	printer_word(out, "AT TIME ZONE");
	print_operand(out, expr->args.items[1], right_level(out, expr));
}

static void print_literal(struct printer *out, const struct ddl_expr *expr)
{
	if (expr->kind == EXPR_TYPED)
		target_type(out, expr->type);
	else
		printer_word(out, "INTERVAL");
	expr_print(out, expr->args.items[0]);
	if (expr->kind == EXPR_INTERVAL && expr->word)
		printer_word(out, expr->word);
}

bool print_operators(struct printer *out, const struct ddl_expr *expr)
{
	if (missing(out, expr))
		return true;
	switch (expr->kind) {
	case EXPR_TYPED:
	case EXPR_INTERVAL: print_literal(out, expr); return true;
	case EXPR_PREFIX: print_prefix(out, expr); return true;
	case EXPR_INFIX: print_infix(out, expr); return true;
	case EXPR_TEST: print_test(out, expr); return true;
	case EXPR_BETWEEN: print_between(out, expr); return true;
	case EXPR_IN:
	case EXPR_IN_TABLE: print_in(out, expr); return true;
	case EXPR_LIKE: print_like(out, expr); return true;
	case EXPR_CAST: print_cast(out, expr); return true;
	case EXPR_CHARSET: print_charset(out, expr); return true;
	case EXPR_ZONE: print_zone(out, expr); return true;
	case EXPR_COLLATE:
		print_operand(out, expr->args.items[0], left_level(out, expr));
		printer_word(out, "COLLATE");
		target_name(out, expr->name, NAME_COLLATION);
		return true;
	default: return false;
	}
}
