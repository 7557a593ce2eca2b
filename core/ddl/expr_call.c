/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls: arguments in all their forms, and what follows them. */
#include "ddl/expr_int.h"

#include <string.h>

#include "base/error.h"

/* Words that part arguments instead of commas: substring(a FROM 1 FOR 2). */
static const char *const between[] = { "FROM", "FOR", "PLACING", "USING", "IN", "AS", "RETURNING",
	"VALUE", NULL };

/* Words before an argument, the longer first. */
static const char *const before[] = { "BOTH FROM", "LEADING FROM", "TRAILING FROM", "BOTH", "LEADING",
	"TRAILING", "FROM", "VARIADIC", NULL };

static const char *accept_any(struct parser *p, const char *const *words)
{
	for (; *words; words++)
		if (parser_accept(p, *words))
			return *words;
	return NULL;
}

static int set_part(struct parser *p, struct ddl_expr *expr, struct call_part *part,
	struct limbeck_error *err)
{
	struct ddl_call *call = expr->call;
	size_t count = expr->args.count;
	struct call_part *parts;

	if (!part->keyword && !part->name && !call->parts)
		return 0;
	/* As many as the list has room for, so that both grow together. */
	if (!call->parts || (count & (count - 1)) == 0 || count == 0) {
		parts = arena_array(p->arena, count ? 2 * count : 1, sizeof *parts);
		if (!parts)
			return error_nomem(err);
		if (call->parts && count > 0)
			memcpy(parts, call->parts, count * sizeof *parts);
		call->parts = parts;
	}
	call->parts[count] = *part;
	return 0;
}

/* name => and name := */
static int part_name(struct parser *p, struct call_part *part, struct limbeck_error *err)
{
	const struct token *second = parser_peek(p, 1), *third = parser_peek(p, 2);

	if (!parser_at_kind(p, TOKEN_WORD) && !parser_at_kind(p, TOKEN_IDENTIFIER))
		return 0;
	if (second->kind != TOKEN_OPERATOR)
		return 0;
	if (second->length == 2 && memcmp(second->text, ":=", 2) == 0)
		part->arrow = ":=";
	else if (second->text[0] == '=' && second->length == 1 && third->text[0] == '>'
		&& parser_adjacent(p, 1))
		part->arrow = "=>";
	else
		return 0;
	if (ident_parse_new(p, &part->name, err))
		return -1;
	parser_next(p);
	if (part->arrow[0] == '=')
		parser_next(p);
	return 0;
}

/* position(a IN b): IN ends the first argument. */
static bool ends_at_in(const struct ddl_expr *expr)
{
	return expr->args.count == 0 && expr_calls(expr, "position");
}

static int argument(struct parser *p, struct ddl_expr *expr, const char *keyword,
	struct limbeck_error *err)
{
	struct call_part part = { .keyword = keyword, .instead = keyword != NULL };
	bool restricted = p->restricted;
	struct ddl_expr *operand;
	int result;

	if (!keyword)
		part.keyword = accept_any(p, before);
	if (part_name(p, &part, err) || set_part(p, expr, &part, err))
		return -1;
	p->restricted = ends_at_in(expr);
	if (expr->args.count == 0 && !keyword && parser_at(p, "SELECT"))
		result = parser_fail(p, "a query in parentheses of its own", err);
	else
		result = expr_parse(p, &operand, err);
	p->restricted = restricted;
	return result ? -1 : expr_add(p, expr, operand, err);
}

static int arguments(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	const char *keyword;

	for (;;) {
		if (argument(p, expr, NULL, err))
			return -1;
		while ((keyword = accept_any(p, between)))
			if (argument(p, expr, keyword, err))
				return -1;
		if (!parser_accept_kind(p, TOKEN_COMMA))
			return 0;
	}
}

static void raise_order(struct ddl_expr *expr, const struct order_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		expr_raise(expr, list->items[i].expr);
}

static const char *nulls(struct parser *p)
{
	if (parser_accept(p, "IGNORE NULLS"))
		return "IGNORE NULLS";
	return parser_accept(p, "RESPECT NULLS") ? "RESPECT NULLS" : NULL;
}

/* ORDER BY, SEPARATOR, LIMIT, IGNORE NULLS behind the arguments. */
static int closing(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	struct ddl_call *call = expr->call;

	if (parser_accept(p, "ORDER BY") && order_parse(p, &call->order, err))
		return -1;
	raise_order(expr, &call->order);
	if (parser_accept(p, "SEPARATOR") && expr_parse_free(p, &call->separator, err))
		return -1;
	if (parser_accept(p, "LIMIT")) {
		if (expr_parse_free(p, &call->limit, err))
			return -1;
		call->limit_comma = parser_accept_kind(p, TOKEN_COMMA);
		if (call->limit_comma)
			call->limit_offset = call->limit;
		if (call->limit_comma && expr_parse_free(p, &call->limit, err))
			return -1;
		if (parser_accept(p, "OFFSET") && expr_parse_free(p, &call->limit_offset, err))
			return -1;
	}
	call->nulls = nulls(p);
	call->nulls_inside = call->nulls != NULL;
	expr_raise(expr, call->separator);
	expr_raise(expr, call->limit);
	expr_raise(expr, call->limit_offset);
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

int expr_call(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	if (parser_expect_kind(p, TOKEN_OPEN, err))
		return -1;
	if (parser_accept_kind(p, TOKEN_CLOSE))
		return 0;
	if (parser_accept(p, "DISTINCT"))
		expr->call->quantifier = "DISTINCT";
	else if (parser_accept(p, "ALL"))
		expr->call->quantifier = "ALL";
	if (!parser_at(p, "ORDER BY") && arguments(p, expr, err))
		return -1;
	return closing(p, expr, err);
}

static int over(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	struct ddl_window *window = parser_alloc(p, sizeof *window, err);

	if (!window)
		return -1;
	expr->call->over = window;
	if (!parser_at_kind(p, TOKEN_OPEN))
		return ident_parse_new(p, &window->name, err);
	if (window_parse(p, window, err))
		return -1;
	for (size_t i = 0; i < window->partition.count; i++)
		expr_raise(expr, window->partition.items[i]);
	raise_order(expr, &window->order);
	expr_raise(expr, window->from.offset);
	expr_raise(expr, window->to.offset);
	return 0;
}

static int within(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	if (parser_expect_kind(p, TOKEN_OPEN, err) || parser_expect(p, "ORDER BY", err)
		|| order_parse(p, &expr->call->within, err)
		|| parser_expect_kind(p, TOKEN_CLOSE, err))
		return -1;
	raise_order(expr, &expr->call->within);
	return 0;
}

static bool opens(struct parser *p, const char *word)
{
	return parser_at(p, word) && parser_peek(p, 1)->kind == TOKEN_OPEN;
}

int expr_call_end(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	struct ddl_call *call = expr->call;

	if (parser_accept(p, "WITHIN GROUP") && within(p, expr, err))
		return -1;
	if (opens(p, "FILTER")) {
		parser_next(p);
		parser_next(p);
		if (parser_expect(p, "WHERE", err) || expr_parse_free(p, &call->filter, err)
			|| parser_expect_kind(p, TOKEN_CLOSE, err))
			return -1;
		expr_raise(expr, call->filter);
	}
	if (!call->nulls)
		call->nulls = nulls(p);
	if (parser_at(p, "OVER") && name_at(p, 1)) {
		parser_next(p);
		return over(p, expr, err);
	}
	if (opens(p, "OVER")) {
		parser_next(p);
		return over(p, expr, err);
	}
	return 0;
}
