/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls of functions. */
#include "translate/phrase_rules.h"

#include <string.h>
#include <strings.h>

#include "base/vec.h"

static bool calls_any(const struct ddl_expr *expr, const char *const *names)
{
	while (*names && !expr_calls(expr, *names))
		names++;
	return *names != NULL;
}

static const struct ddl_expr *ordered(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_expr *copy = make_copy(&r->arena, expr);
	struct ddl_call *call = copy ? arena_alloc(&r->arena, sizeof *call) : NULL;

	if (!call)
		return phrase_nomem(out);
	*call = *expr->call;
	copy->call = call;
	call->order = order_abroad(out, &call->order, true);
	if (call->over && call->over->parens)
		call->over = window_abroad(out, call->over);
	return out->target->failed ? NULL : copy;
}

/* sum(x) FILTER (WHERE y): sum(CASE WHEN y THEN x END) */
static const struct ddl_expr *filtered(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_expr *copy = make_copy(&r->arena, expr);
	struct ddl_call *call = copy ? arena_alloc(&r->arena, sizeof *call) : NULL;
	const struct ddl_expr *value;

	if (!call)
		return phrase_nomem(out);
	if (expr->args.count == 0) {
		target_refuse(out, &expr->span, "this aggregate with FILTER has no counterpart");
		return NULL;
	}
	*call = *expr->call;
	call->filter = NULL;
	copy->call = call;
	value = expr->args.items[0];
	if (value->kind == EXPR_STAR)
		value = make_number(&r->arena, "1");
	copy->args.items[0] = make_case(&r->arena, expr->call->filter, value, NULL);
	return copy->args.items[0] ? copy : phrase_nomem(out);
}

static bool is_constant(const struct ddl_expr *expr)
{
	expr = expr_inner(expr);
	return expr->kind == EXPR_NUMBER || (expr->kind == EXPR_STRING);
}

/* The operand, or where that is null the next that is not. */
static const struct ddl_expr *first_known(struct rewriting *r, const struct expr_list *list,
	size_t from)
{
	struct expr_list known = { NULL, 0, 0 };

	for (size_t i = 0; i < list->count; i++) {
		const struct ddl_expr *one = list->items[(from + i) % list->count];

		if (!vec_push_arena(&known, one, &r->arena))
			return NULL;
		if (is_constant(one))
			break;
	}
	return known.count == 1 ? known.items[0] : make_call_list(&r->arena, "coalesce", &known);
}

/* greatest(a, b), which nulls do not count in. */
static const struct ddl_expr *extreme(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	struct expr_list known = { NULL, 0, 0 };
	const struct ddl_expr *call;

	for (size_t i = 0; i < expr->args.count; i++) {
		const struct ddl_expr *one = first_known(r, &expr->args, i);

		if (!one || !vec_push_arena(&known, one, &r->arena))
			return phrase_nomem(out);
	}
	call = own_call(&r->arena, expr_calls(expr, "least") ? "least" : "greatest", known.count,
		known.items);
	return call ? phrase_call(out, call) : phrase_nomem(out);
}

/* What is put into JSON keeps its kind there: true is no number, JSON no text. */
static const struct ddl_expr *json_values(struct printer *out, const struct ddl_expr *expr,
	size_t first, size_t step)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_expr *copy = make_copy(&r->arena, expr);

	for (size_t i = first; copy && i < copy->args.count; i += step) {
		const struct ddl_expr *value = copy->args.items[i];
		const char *its = expr_meaning(r, value);
		const char *word = strcmp(its, "boolean") == 0 ? "json_boolean"
			: strcmp(its, "json") == 0 || strcmp(its, "array") == 0 ? "json_value" : NULL;

		if (!word)
			continue;
		copy->args.items[i] = own_call(&r->arena, word, 1, &value);
		if (!copy->args.items[i])
			return phrase_nomem(out);
	}
	return copy ? phrase_call(out, copy) : phrase_nomem(out);
}

const struct ddl_expr *rule_call(struct printer *out, const struct ddl_expr *expr)
{
	static const char *const alike[] = { "coalesce", "nullif", "greatest", "least", NULL };
	static const char *const extremes[] = { "greatest", "least", NULL };
	static const char *const objects[] = { "jsonb_build_object", "json_build_object",
		"json_object_agg", "jsonb_object_agg", NULL };
	static const char *const arrays[] = { "jsonb_build_array", "json_build_array", "json_agg",
		"jsonb_agg", "array_agg", NULL };

	const struct rewriting *r = rewriting_of(out);

	if (expr->call->over || expr->call->order.count > 0) {
		expr = ordered(out, expr);
		if (!expr)
			return NULL;
	}
	if (expr->call->filter && !rewriting_says(r, LIMBECK_SAYS_FILTER)) {
		expr = filtered(out, expr);
		if (!expr)
			return NULL;
	}
	if (expr->call->order.count > 0 && !rewriting_says(r, LIMBECK_SAYS_AGGREGATE_ORDER)) {
		target_refuse(out, &expr->span, "ORDER BY inside \"%s\" has no counterpart",
			expr->call->name.last->name);
		return NULL;
	}
	if (expr_calls(expr, "to_char"))
		return rule_to_char(out, expr);
	if (expr_calls(expr, "jsonb_set") || expr_calls(expr, "json_set"))
		return rule_json_set(out, expr);
	if (calls_any(expr, alike) || expr_calls(expr, "array_cat")) {
		expr = typed_alike(out, expr);
		if (!expr)
			return NULL;
	}
	if (calls_any(expr, extremes) && expr->args.count > 1)
		return extreme(out, expr);
	if (calls_any(expr, objects))
		return json_values(out, expr, 1, 2);
	if (calls_any(expr, arrays))
		return json_values(out, expr, 0, 1);
	return phrase_call(out, expr);
}
