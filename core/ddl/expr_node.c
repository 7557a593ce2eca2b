/* SPDX-License-Identifier: BSD-2-Clause */
/* Making nodes, and looking at them. */
#include "ddl/expr_int.h"

#include <string.h>
#include <strings.h>

#include "base/error.h"

int expr_new(struct parser *p, enum expr_kind kind, struct ddl_expr **out,
	struct limbeck_error *err)
{
	struct ddl_expr *expr = parser_alloc(p, sizeof *expr, err);

	if (!expr)
		return -1;
	expr->kind = kind;
	expr->height = 1;
	expr->span = parser_open_span(p);
	*out = expr;
	return 0;
}

int expr_wrap(struct parser *p, enum expr_kind kind, struct ddl_expr *first,
	struct ddl_expr **out, struct limbeck_error *err)
{
	if (expr_new(p, kind, out, err))
		return -1;
	(*out)->span = first->span;
	return expr_add(p, *out, first, err);
}

void expr_raise(struct ddl_expr *expr, const struct ddl_expr *operand)
{
	if (operand && operand->height >= expr->height)
		expr->height = (unsigned short)(operand->height + 1);
}

int expr_add(struct parser *p, struct ddl_expr *expr, const struct ddl_expr *operand,
	struct limbeck_error *err)
{
	expr_raise(expr, operand);
	return vec_push_arena(&expr->args, operand, p->arena) ? 0 : error_nomem(err);
}

int expr_end(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	parser_close_span(p, &expr->span);
	if (expr->height > EXPR_TALLEST)
		return parser_refuse(p, &expr->span, "an expression nested this deeply", err);
	if (expr->height > p->tallest)
		p->tallest = expr->height;
	return 0;
}

const char *expr_upper(struct parser *p, const char *text, size_t length,
	struct limbeck_error *err)
{
	char *copy = arena_strndup(p->arena, text, length);

	if (!copy) {
		error_nomem(err);
		return NULL;
	}
	for (char *c = copy; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	return copy;
}

static int each_in_order(const struct order_list *list, expr_visit *visit, void *context)
{
	int result = 0;

	for (size_t i = 0; result == 0 && i < list->count; i++)
		result = visit(context, list->items[i].expr);
	return result;
}

static int each_if(const struct ddl_expr *expr, expr_visit *visit, void *context)
{
	return expr ? visit(context, expr) : 0;
}

static int each_in_list(const struct expr_list *list, expr_visit *visit, void *context)
{
	int result = 0;

	for (size_t i = 0; result == 0 && i < list->count; i++)
		result = each_if(list->items[i], visit, context);
	return result;
}

static int each_in_call(const struct ddl_call *call, expr_visit *visit, void *context)
{
	const struct ddl_window *over = call->over;
	int result = each_in_order(&call->order, visit, context);

	if (result == 0)
		result = each_if(call->separator, visit, context);
	if (result == 0)
		result = each_if(call->limit_offset, visit, context);
	if (result == 0)
		result = each_if(call->limit, visit, context);
	if (result == 0)
		result = each_in_order(&call->within, visit, context);
	if (result == 0)
		result = each_if(call->filter, visit, context);
	if (result != 0 || !over)
		return result;
	result = each_in_list(&over->partition, visit, context);
	if (result == 0)
		result = each_in_order(&over->order, visit, context);
	if (result == 0)
		result = each_if(over->from.offset, visit, context);
	return result == 0 ? each_if(over->to.offset, visit, context) : result;
}

static int each_in_case(const struct ddl_case *branches, expr_visit *visit, void *context)
{
	int result = each_if(branches->subject, visit, context);

	for (size_t i = 0; result == 0 && i < branches->branches.count; i++) {
		result = visit(context, branches->branches.items[i].when);
		if (result == 0)
			result = visit(context, branches->branches.items[i].then);
	}
	return result == 0 ? each_if(branches->otherwise, visit, context) : result;
}

int expr_each(const struct ddl_expr *expr, expr_visit *visit, void *context)
{
	int result;

	if (expr->kind == EXPR_CASE)
		return each_in_case(expr->branches, visit, context);
	result = each_in_list(&expr->args, visit, context);
	if (result == 0 && expr->kind == EXPR_CALL)
		result = each_in_call(expr->call, visit, context);
	return result;
}

bool expr_calls(const struct ddl_expr *expr, const char *name)
{
	const struct ddl_ident *first, *last;

	if (expr->kind != EXPR_CALL)
		return false;
	first = expr->call->name.first;
	last = expr->call->name.last;
	if (first != last && (first->next != last || strcasecmp(first->name, "pg_catalog") != 0))
		return false;
	return last->quoted ? strcmp(last->name, name) == 0 : strcasecmp(last->name, name) == 0;
}

const struct ddl_expr *expr_inner(const struct ddl_expr *expr)
{
	while (expr->kind == EXPR_PAREN)
		expr = expr->args.items[0];
	return expr;
}
