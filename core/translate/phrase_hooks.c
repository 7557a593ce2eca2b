/* SPDX-License-Identifier: BSD-2-Clause */
/* What is asked about each node of an expression: rules of grammar, then phrases. */
#include "translate/phrase_inward.h"

#include <string.h>

static bool outward(const struct printer *out)
{
	const struct phrasebook *book = rewriting_of(out)->book;

	return book->way != PHRASE_INWARD && !book->common;
}

static const struct ddl_expr *inward(struct printer *out, const struct ddl_expr *expr)
{
	return rewriting_of(out)->book->common ? expr : inward_expr(out, expr);
}

/* Phrases; else it means the same if the engine has the operator. */
static const struct ddl_expr *hook_plain(struct printer *out, const struct ddl_expr *expr)
{
	return outward(out) ? phrase_apply(out, expr) : inward(out, expr);
}

static const struct ddl_expr *refused(struct printer *out, const struct ddl_expr *expr,
	const char *what)
{
	const struct ddl_expr *node = phrase_apply(out, expr);

	if (node != expr || !outward(out))
		return node;
	target_refuse(out, &expr->span, "%s has no counterpart", what);
	return NULL;
}

static const struct ddl_expr *hook_keyword(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *node = phrase_apply(out, expr);

	if (node != expr || !outward(out) || rewriting_says(r, LIMBECK_SAYS_BOOLEAN))
		return node;
	if (strcmp(expr->word, "TRUE") == 0)
		return make_number(&r->arena, "1");
	return strcmp(expr->word, "FALSE") == 0 ? make_number(&r->arena, "0") : expr;
}

static bool is_range(struct rewriting *r, const struct ddl_expr *expr, const char *name)
{
	const char *range = expr->name->count == 2 ? name_meant(r, expr->name->first) : NULL;

	return range && name && strcmp(range, name) == 0;
}

/* The new row of an INSERT, and the table by another name than its own. */
static const struct ddl_expr *hook_column(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_name table = { .last = r->alias ? made_ident(r, r->changed) : NULL };
	const struct resolution *found = resolutions_find(&r->names, expr->name);
	struct ddl_expr *column;

	if (!outward(out))
		return inward(out, expr);
	if (found && found->function)
		return function_value(out, found->function);
	if (r->conflict && is_range(r, expr, "excluded")) {
		column = make_copy(&r->arena, make_column(&r->arena, expr->name->last->name));
		if (!column)
			return phrase_nomem(out);
		column->name->last->quoted = expr->name->last->quoted;
		return make_final(&r->arena, make_call(&r->arena, "VALUES", 1, column));
	}
	if (found && found->crowded && found->range && expr->name->count == 1) {
		const struct ddl_name range = { .last = made_ident(r, found->range) };

		return range.last ? qualified_column(r, &range, expr) : phrase_nomem(out);
	}
	if (table.last && is_range(r, expr, name_meant(r, r->alias)))
		return qualified_column(r, &table, expr);
	return phrase_apply(out, expr);
}

static const struct ddl_expr *hook_string(struct printer *out, const struct ddl_expr *expr)
{
	if (!outward(out))
		return inward(out, expr);
	if (expr->string->form == STRING_BITS || expr->string->form == STRING_HEX)
		return refused(out, expr, "a string of bits");
	return expr;
}

static const struct ddl_expr *hook_typed(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_expr *cast;

	if (!outward(out))
		return phrase_apply(out, expr);
	cast = make_copy(&r->arena, expr);
	if (!cast)
		return phrase_nomem(out);
	cast->kind = EXPR_CAST;
	cast->form = CAST_COLONS;
	return phrase_again(out, cast);
}

static const struct ddl_expr *hook_interval(struct printer *out, const struct ddl_expr *expr)
{
	if (!outward(out))
		return inward(out, expr);
	return refused(out, expr, "an interval that is not added to a time");
}

static const struct ddl_expr *hook_infix(struct printer *out, const struct ddl_expr *expr)
{
	return outward(out) ? rule_infix(out, expr) : inward(out, expr);
}

static const struct ddl_expr *hook_between(struct printer *out, const struct ddl_expr *expr)
{
	return outward(out) ? rule_between(out, expr) : phrase_apply(out, expr);
}

static const struct ddl_expr *hook_in(struct printer *out, const struct ddl_expr *expr)
{
	return outward(out) ? rule_in(out, expr) : inward(out, expr);
}

static const struct ddl_expr *hook_like(struct printer *out, const struct ddl_expr *expr)
{
	return outward(out) ? rule_like(out, expr) : inward(out, expr);
}

static const struct ddl_expr *hook_cast(struct printer *out, const struct ddl_expr *expr)
{
	return outward(out) ? rule_cast(out, expr) : inward(out, expr);
}

static const struct ddl_expr *hook_call(struct printer *out, const struct ddl_expr *expr)
{
	return outward(out) ? rule_call(out, expr) : inward(out, expr);
}

static const struct ddl_expr *hook_case(struct printer *out, const struct ddl_expr *expr)
{
	return outward(out) ? rule_case(out, expr) : inward(out, expr);
}

static const struct ddl_expr *hook_array(struct printer *out, const struct ddl_expr *expr)
{
	return outward(out) ? rule_array(out, expr) : phrase_apply(out, expr);
}

static const struct ddl_expr *hook_collate(struct printer *out, const struct ddl_expr *expr)
{
	return outward(out) ? rule_collate(out, expr) : inward(out, expr);
}

static const struct ddl_expr *hook_zone(struct printer *out, const struct ddl_expr *expr)
{
	return refused(out, expr, "AT TIME ZONE");
}

static const struct ddl_expr *hook_test(struct printer *out, const struct ddl_expr *expr)
{
	static const char *const known[] = { "NULL", "TRUE", "FALSE", NULL };
	const struct ddl_expr *node;

	if (!outward(out))
		return inward(out, expr);
	node = phrase_apply(out, expr);
	if (node != expr)
		return node;
	for (const char *const *word = known; *word; word++)
		if (strcmp(expr->word, *word) == 0)
			return expr;
	target_refuse(out, &expr->span, "IS %s has no counterpart", expr->word);
	return NULL;
}

static const struct ddl_expr *hook_in_table(struct printer *out, const struct ddl_expr *expr)
{
	return refused(out, expr, "IN with a table");
}

static const struct ddl_expr *hook_quantified(struct printer *out, const struct ddl_expr *expr)
{
	return refused(out, expr, "a comparison with ANY, SOME or ALL");
}

static const struct ddl_expr *hook_subscript(struct printer *out, const struct ddl_expr *expr)
{
	return refused(out, expr, "an element of an array");
}

static const struct ddl_expr *hook_slice(struct printer *out, const struct ddl_expr *expr)
{
	return refused(out, expr, "a part of an array");
}

static const struct ddl_expr *hook_field(struct printer *out, const struct ddl_expr *expr)
{
	return refused(out, expr, "a field of a row");
}

static const struct ddl_expr *hook_charset(struct printer *out, const struct ddl_expr *expr)
{
	if (!outward(out))
		return inward(out, expr);
	return refused(out, expr, "CONVERT ... USING");
}

static const struct ddl_expr *hook_match(struct printer *out, const struct ddl_expr *expr)
{
	return refused(out, expr, "MATCH ... AGAINST");
}

static const struct ddl_expr *hook_sequence(struct printer *out, const struct ddl_expr *expr)
{
	return refused(out, expr, "NEXT VALUE FOR");
}

static const struct ddl_expr *hook_grouping(struct printer *out, const struct ddl_expr *expr)
{
	return refused(out, expr, "GROUPING SETS");
}

static const struct ddl_expr *hook_parameter(struct printer *out, const struct ddl_expr *expr)
{
	return refused(out, expr, "a variable or parameter");
}

const struct print_hooks phrase_hooks = {
	.expr = {
		[EXPR_KEYWORD] = hook_keyword,
		[EXPR_STRING] = hook_string,
		[EXPR_PARAMETER] = hook_parameter,
		[EXPR_TYPED] = hook_typed,
		[EXPR_INTERVAL] = hook_interval,
		[EXPR_NUMBER] = hook_plain,
		[EXPR_COLUMN] = hook_column,
		[EXPR_PREFIX] = hook_plain,
		[EXPR_ROW] = hook_plain,
		[EXPR_INFIX] = hook_infix,
		[EXPR_TEST] = hook_test,
		[EXPR_BETWEEN] = hook_between,
		[EXPR_IN] = hook_in,
		[EXPR_IN_TABLE] = hook_in_table,
		[EXPR_LIKE] = hook_like,
		[EXPR_COLLATE] = hook_collate,
		[EXPR_ZONE] = hook_zone,
		[EXPR_CAST] = hook_cast,
		[EXPR_CHARSET] = hook_charset,
		[EXPR_QUANTIFIED] = hook_quantified,
		[EXPR_ARRAY] = hook_array,
		[EXPR_SUBSCRIPT] = hook_subscript,
		[EXPR_SLICE] = hook_slice,
		[EXPR_FIELD] = hook_field,
		[EXPR_CASE] = hook_case,
		[EXPR_CALL] = hook_call,
		[EXPR_MATCH] = hook_match,
		[EXPR_SEQUENCE] = hook_sequence,
		[EXPR_GROUPING_SETS] = hook_grouping
	},
	.query = phrase_hook_query,
	.select = phrase_hook_select,
	.from = phrase_hook_from,
	.insert = phrase_hook_insert,
	.update = phrase_hook_update,
	.delete = phrase_hook_delete,
	.name = phrase_name,
	.ident = phrase_ident,
	.type = phrase_type_hook
};
