/* SPDX-License-Identifier: BSD-2-Clause */
/* Sort orders and windows. */
#include "ddl/expr_int.h"

#include "base/error.h"

static const char *const units[] = { "ROWS", "RANGE", "GROUPS", NULL };
static const char *const exclusions[] = { "CURRENT ROW", "GROUP", "TIES", "NO OTHERS", NULL };

static int item(struct parser *p, struct order_item *out, struct limbeck_error *err)
{
	struct ddl_span span;

	*out = (struct order_item) { 0 };
	if (expr_parse_free(p, &out->expr, err))
		return -1;
	if (parser_accept(p, "ASC")) {
		out->direction = "ASC";
	} else if (parser_accept(p, "DESC")) {
		out->direction = "DESC";
	} else if (parser_accept(p, "USING")) {
		span = parser_take(p);
		out->operator = arena_strndup(p->arena, span.text, span.length);
		if (!out->operator)
			return error_nomem(err);
	}
	if (parser_accept(p, "NULLS FIRST"))
		out->nulls = "FIRST";
	else if (parser_accept(p, "NULLS LAST"))
		out->nulls = "LAST";
	return 0;
}

int order_parse(struct parser *p, struct order_list *out, struct limbeck_error *err)
{
	struct order_item one;

	do {
		if (item(p, &one, err))
			return -1;
		if (!vec_push_arena(out, one, p->arena))
			return error_nomem(err);
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return 0;
}

static int bound(struct parser *p, struct window_bound *out, struct limbeck_error *err)
{
	static const char *const fixed[] = { "UNBOUNDED PRECEDING", "UNBOUNDED FOLLOWING",
		"CURRENT ROW", NULL };

	for (const char *const *word = fixed; *word; word++)
		if (parser_accept(p, *word)) {
			out->word = *word;
			return 0;
		}
	if (expr_parse_free(p, &out->offset, err))
		return -1;
	out->word = parser_at(p, "PRECEDING") ? "PRECEDING" : "FOLLOWING";
	return parser_expect(p, out->word, err);
}

static int frame(struct parser *p, struct ddl_window *out, struct limbeck_error *err)
{
	for (const char *const *unit = units; *unit && !out->unit; unit++)
		if (parser_accept(p, *unit))
			out->unit = *unit;
	if (!out->unit)
		return 0;
	out->between = parser_accept(p, "BETWEEN");
	if (bound(p, &out->from, err))
		return -1;
	if (out->between && (parser_expect(p, "AND", err) || bound(p, &out->to, err)))
		return -1;
	if (!parser_accept(p, "EXCLUDE"))
		return 0;
	for (const char *const *word = exclusions; *word; word++)
		if (parser_accept(p, *word)) {
			out->exclude = *word;
			return 0;
		}
	return parser_fail(p, NULL, err);
}

int window_parse(struct parser *p, struct ddl_window *out, struct limbeck_error *err)
{
	static const char *const begin[] = { "PARTITION BY", "ORDER BY", "ROWS", "RANGE", "GROUPS",
		NULL };

	out->parens = true;
	if (parser_expect_kind(p, TOKEN_OPEN, err))
		return -1;
	if (!parser_at_any(p, begin) && name_at(p, 0) && ident_parse_new(p, &out->base, err))
		return -1;
	if (parser_accept(p, "PARTITION BY") && expr_list_parse(p, &out->partition, err))
		return -1;
	if (parser_accept(p, "ORDER BY") && order_parse(p, &out->order, err))
		return -1;
	return frame(p, out, err) ? -1 : parser_expect_kind(p, TOKEN_CLOSE, err);
}
