/* SPDX-License-Identifier: BSD-2-Clause */
/* The replacement of a phrase, with what its operands stand for. */
#include "translate/phrase_int.h"

#include <string.h>

#include "base/vec.h"

struct building {
	struct arena *arena;
	const struct binding *binding;
	const struct ddl_span *span;
	bool failed;
};

static const struct ddl_expr *build(struct building *b, const struct ddl_expr *to);
static struct ddl_query *build_query(struct building *b, const struct ddl_query *to);

static void *copied(struct building *b, const void *from, size_t size)
{
	void *copy = arena_alloc(b->arena, size);

	if (copy)
		memcpy(copy, from, size);
	else
		b->failed = true;
	return copy;
}

static bool is_rest(const struct ddl_expr *expr)
{
	return expr && expr->kind == EXPR_PARAMETER && strcmp(expr->word, "$0") == 0;
}

static void push(struct building *b, struct expr_list *list, const struct ddl_expr *expr)
{
	if (!vec_push_arena(list, expr, b->arena))
		b->failed = true;
}

static struct expr_list build_list(struct building *b, const struct expr_list *to)
{
	struct expr_list list = { NULL, 0, 0 };
	const struct expr_list *rest = &b->binding->rest;

	for (size_t i = 0; i < to->count; i++) {
		if (!is_rest(to->items[i])) {
			push(b, &list, to->items[i] ? build(b, to->items[i]) : NULL);
			continue;
		}
		for (size_t j = 0; j < rest->count; j++)
			push(b, &list, rest->items[j]);
	}
	return list;
}

static struct order_list build_order(struct building *b, const struct order_list *to)
{
	struct order_list list = *to;

	if (to->count == 0)
		return list;
	list.items = copied(b, to->items, to->count * sizeof *to->items);
	for (size_t i = 0; list.items && i < list.count; i++)
		list.items[i].expr = build(b, to->items[i].expr);
	return list;
}

static struct ddl_window *build_window(struct building *b, const struct ddl_window *to)
{
	struct ddl_window *window = to ? copied(b, to, sizeof *to) : NULL;

	if (!window)
		return NULL;
	window->partition = build_list(b, &to->partition);
	window->order = build_order(b, &to->order);
	return window;
}

static struct ddl_call *build_call(struct building *b, const struct ddl_call *to)
{
	struct ddl_call *call = copied(b, to, sizeof *to);

	if (!call)
		return NULL;
	call->order = build_order(b, &to->order);
	call->separator = to->separator ? build(b, to->separator) : NULL;
	call->filter = to->filter ? build(b, to->filter) : NULL;
	call->over = build_window(b, to->over);
	return call;
}

static struct ddl_case *build_case(struct building *b, const struct ddl_case *to)
{
	struct ddl_case *branches = copied(b, to, sizeof *to);
	size_t count = to->branches.count;

	if (!branches)
		return NULL;
	branches->subject = to->subject ? build(b, to->subject) : NULL;
	branches->otherwise = to->otherwise ? build(b, to->otherwise) : NULL;
	branches->branches.items = copied(b, to->branches.items,
		count * sizeof *to->branches.items);
	for (size_t i = 0; branches->branches.items && i < count; i++) {
		const struct expr_branch *branch = &to->branches.items[i];

		branches->branches.items[i] = (struct expr_branch) {
			build(b, branch->when), build(b, branch->then) };
	}
	return branches;
}

static struct from_list build_from(struct building *b, const struct from_list *to);

static struct from_item *build_item(struct building *b, const struct from_item *to)
{
	struct from_item *item = copied(b, to, sizeof *to);
	struct from_join **join = item ? &item->joins : NULL;

	if (!item)
		return NULL;
	item->query = to->query ? build_query(b, to->query) : NULL;
	item->calls = build_list(b, &to->calls);
	item->inner = build_from(b, &to->inner);
	for (const struct from_join *one = to->joins; one; one = one->next) {
		*join = copied(b, one, sizeof *one);
		if (!*join)
			return NULL;
		(*join)->item = build_item(b, one->item);
		(*join)->on = one->on ? build(b, one->on) : NULL;
		join = &(*join)->next;
	}
	return item;
}

static struct from_list build_from(struct building *b, const struct from_list *to)
{
	struct from_list list = { NULL, 0, 0 };

	for (size_t i = 0; i < to->count; i++)
		if (!vec_push_arena(&list, build_item(b, to->items[i]), b->arena))
			b->failed = true;
	return list;
}

static struct ddl_select *build_select(struct building *b, const struct ddl_select *to)
{
	struct ddl_select *select = copied(b, to, sizeof *to);

	if (!select)
		return NULL;
	select->items.items = copied(b, to->items.items,
		to->items.count * sizeof *to->items.items);
	for (size_t i = 0; select->items.items && i < to->items.count; i++)
		select->items.items[i].expr = build(b, to->items.items[i].expr);
	select->from = build_from(b, &to->from);
	select->where = to->where ? build(b, to->where) : NULL;
	select->group = build_list(b, &to->group);
	select->having = to->having ? build(b, to->having) : NULL;
	return select;
}

static struct query_term *build_term(struct building *b, const struct query_term *to)
{
	struct query_term *term = copied(b, to, sizeof *to);

	if (!term)
		return NULL;
	if (to->kind == TERM_SELECT)
		term->select = build_select(b, to->select);
	if (to->kind == TERM_PAREN)
		term->query = build_query(b, to->query);
	if (to->next)
		term->next = build_term(b, to->next);
	return term;
}

static struct ddl_with *build_with(struct building *b, const struct ddl_with *to)
{
	struct ddl_with *with = copied(b, to, sizeof *to);
	struct ddl_cte **tail = with ? &with->first : NULL;

	for (const struct ddl_cte *cte = to->first; tail && cte; cte = cte->next) {
		struct ddl_dml *statement = copied(b, cte->statement, sizeof *statement);

		*tail = copied(b, cte, sizeof *cte);
		if (!*tail || !statement)
			return NULL;
		if (statement->kind == DML_QUERY)
			statement->query = build_query(b, statement->query);
		(*tail)->statement = statement;
		tail = &(*tail)->next;
	}
	return with;
}

static struct ddl_query *build_query(struct building *b, const struct ddl_query *to)
{
	struct ddl_query *query = copied(b, to, sizeof *to);

	if (!query)
		return NULL;
	if (to->with)
		query->with = build_with(b, to->with);
	query->terms = build_term(b, to->terms);
	query->order = build_order(b, &to->order);
	if (query->limit && (query->limit = copied(b, to->limit, sizeof *to->limit))
		&& to->limit->count)
		query->limit->count = build(b, to->limit->count);
	return query;
}

/* The type of a cast is the target's already: its words are printed as they stand. */
static void build_type(struct building *b, struct ddl_expr *expr)
{
	const struct ddl_type *type = expr->type;

	expr->word = arena_strndup(b->arena, type->span.text, type->span.length);
	expr->type = NULL;
	if (!expr->word)
		b->failed = true;
}

static const struct ddl_expr *operand(struct building *b, const struct ddl_expr *to)
{
	const struct ddl_expr *bound = b->binding->operands[(to->word[1] - '0') % PHRASE_OPERANDS];

	return bound ? bound : to;
}

static const struct ddl_expr *build(struct building *b, const struct ddl_expr *to)
{
	struct ddl_expr *expr;

	if (to->kind == EXPR_PARAMETER && to->word[0] == '$')
		return operand(b, to);
	expr = copied(b, to, sizeof *to);
	if (!expr)
		return to;
	expr->final = true;
	expr->args = build_list(b, &to->args);
	if (b->span)
		expr->span = (struct ddl_span) { .line = b->span->line, .column = b->span->column };
	if (to->kind == EXPR_CALL)
		expr->call = build_call(b, to->call);
	else if (to->kind == EXPR_CASE)
		expr->branches = build_case(b, to->branches);
	else if (to->kind == EXPR_CAST && to->type)
		build_type(b, expr);
	else if ((to->kind == EXPR_SUBQUERY || to->kind == EXPR_EXISTS || to->kind == EXPR_IN
		|| to->kind == EXPR_ARRAY) && to->query)
		expr->query = build_query(b, to->query);
	return expr;
}

/* What stood behind the arguments of the call that was matched, and in front of them. */
static void add_tail(struct building *b, const struct ddl_expr *expr)
{
	const struct ddl_call *tail = b->binding->tail;
	struct ddl_call *call = expr->kind == EXPR_CALL ? expr->call : NULL;

	if (!tail || !call)
		return;
	if (!call->quantifier)
		call->quantifier = tail->quantifier;
	if (call->order.count == 0)
		call->order = tail->order;
	if (!call->filter)
		call->filter = tail->filter;
	if (!call->over)
		call->over = tail->over;
	if (!call->nulls) {
		call->nulls = tail->nulls;
		call->nulls_inside = tail->nulls_inside;
	}
}

const struct ddl_expr *phrase_build(struct rewriting *r, const struct ddl_expr *to,
	const struct binding *binding, const struct ddl_span *span)
{
	struct building b = { &r->arena, binding, span, false };
	const struct ddl_expr *expr = build(&b, to);

	if (!b.failed && to->kind == EXPR_CALL)
		add_tail(&b, expr);
	return b.failed ? NULL : expr;
}
