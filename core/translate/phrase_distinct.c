/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * DISTINCT ON: the first row of each group by a window,
 *
 *     SELECT a, b FROM (SELECT a, b, row_number() OVER (PARTITION BY ... ORDER BY ...)
 *     AS limbeck_row FROM ...) AS limbeck_rows WHERE limbeck_row = 1 ORDER BY ...
 */
#include "translate/phrase_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/vec.h"

struct ddl_ident *made_ident(struct rewriting *r, const char *name)
{
	struct ddl_ident *ident = arena_alloc(&r->arena, sizeof *ident);

	if (ident) {
		ident->name = name ? arena_strdup(&r->arena, name) : NULL;
		ident->quoted = true;
	}
	return ident && ident->name ? ident : NULL;
}

/* A reference to a column by the name that it has, without folding. */
static const struct ddl_expr *made_column(struct rewriting *r, const struct ddl_ident *name)
{
	const struct ddl_expr *column = make_column(&r->arena, name->name);

	if (column)
		column->name->last->quoted = name->quoted;
	return column;
}

static bool push_item(struct rewriting *r, struct select_list *list, const struct ddl_expr *expr,
	struct ddl_ident *alias)
{
	const struct select_item item = { expr, true, alias };

	return expr && alias && vec_push_arena(list, item, &r->arena);
}

/* All columns of the only table of the query. */
static bool push_star(struct rewriting *r, const struct ddl_select *select,
	struct select_list *inner, struct select_list *outer)
{
	const struct from_item *item = select->from.count == 1 ? select->from.items[0] : NULL;
	const struct limbeck_object *column = NULL, *table = NULL;
	const char *name = item && item->kind == FROM_TABLE && !item->joins
		? name_meant(r, item->name.last) : NULL;

	if (name && r->scope->home)
		table = catalog_relation(r->scope->home, item->name.count > 1
			? item->name.first->name : NULL, name);
	if (!table)
		return false;
	while ((column = catalog_next(r->scope->home, LIMBECK_KIND_COLUMN,
		limbeck_object_schema(table), name, column))) {
		struct ddl_ident *ident = made_ident(r, limbeck_object_name(column));

		if (!ident || !push_item(r, inner, made_column(r, ident), ident)
			|| !push_item(r, outer, made_column(r, ident), ident))
			return false;
	}
	return true;
}

static bool push_columns(struct printer *out, const struct ddl_select *select,
	struct select_list *inner, struct select_list *outer)
{
	struct rewriting *r = rewriting_of(out);

	for (size_t i = 0; i < select->items.count; i++) {
		const struct select_item *item = &select->items.items[i];
		struct ddl_ident *alias = item->alias;

		if (item->expr->kind == EXPR_STAR) {
			if (push_star(r, select, inner, outer))
				continue;
			target_refuse(out, &item->expr->span,
				"DISTINCT ON with * of these tables has no counterpart");
			return false;
		}
		if (!alias && item->expr->kind == EXPR_COLUMN)
			alias = item->expr->name->last;
		if (!alias)
			alias = made_ident(r, arena_printf(&r->arena, "limbeck_%zu", i + 1));
		if (!push_item(r, inner, item->expr, alias)
			|| !push_item(r, outer, made_column(r, alias), alias))
			return false;
	}
	return true;
}

/* What an expression of ORDER BY or DISTINCT ON means: a place or an alias in the list
 * stands for what is there. */
static const struct ddl_expr *meant(const struct ddl_select *select, const struct ddl_expr *expr)
{
	for (size_t i = 0; i < select->items.count; i++) {
		const struct select_item *item = &select->items.items[i];
		char place[24];

		snprintf(place, sizeof place, "%zu", i + 1);
		if (expr->kind == EXPR_NUMBER && strcmp(expr->word, place) == 0)
			return item->expr;
		if (expr->kind == EXPR_COLUMN && expr->name->count == 1 && item->alias
			&& strcmp(item->alias->name, expr->name->last->name) == 0)
			return item->expr;
	}
	return expr;
}

static const struct ddl_expr *row_number(struct rewriting *r, const struct ddl_query *query)
{
	const struct ddl_select *select = query->terms->select;
	const struct ddl_expr *call = make_call(&r->arena, "row_number", 0);
	struct ddl_window *window = arena_alloc(&r->arena, sizeof *window);

	if (!call || !window)
		return NULL;
	call->call->over = window;
	window->parens = true;
	for (size_t i = 0; i < select->distinct_on.count; i++)
		if (!vec_push_arena(&window->partition, meant(select,
			select->distinct_on.items[i]), &r->arena))
			return NULL;
	for (size_t i = 0; i < query->order.count; i++) {
		struct order_item item = query->order.items[i];

		item.expr = meant(select, item.expr);
		if (!vec_push_arena(&window->order, item, &r->arena))
			return NULL;
	}
	return call;
}

/* The order of the whole, by columns of its own in the inner query. */
static bool push_order(struct rewriting *r, const struct ddl_query *query,
	struct select_list *inner, struct order_list *order)
{
	for (size_t i = 0; i < query->order.count; i++) {
		struct order_item item = query->order.items[i];
		struct ddl_ident *name = made_ident(r, arena_printf(&r->arena, "limbeck_order%zu",
			i + 1));

		if (!name || !push_item(r, inner, meant(query->terms->select, item.expr), name))
			return false;
		item.expr = made_column(r, name);
		if (!item.expr || !vec_push_arena(order, item, &r->arena))
			return false;
	}
	return true;
}

static struct ddl_query *wrap(struct rewriting *r, const struct ddl_query *query,
	const struct ddl_select *inner, struct ddl_select *outer)
{
	struct ddl_query *copy = arena_alloc(&r->arena, 2 * sizeof *copy), *below;
	struct query_term *terms = arena_alloc(&r->arena, 2 * sizeof *terms);
	struct from_item *item = arena_alloc(&r->arena, sizeof *item);
	struct from_item **items = arena_alloc(&r->arena, sizeof *items);

	if (!copy || !terms || !item || !items)
		return NULL;
	below = copy + 1;
	terms[0].kind = terms[1].kind = TERM_SELECT;
	terms[0].select = outer;
	terms[1].select = (struct ddl_select *)(uintptr_t)inner;
	below->terms = &terms[1];
	*copy = *query;
	copy->terms = &terms[0];
	item->kind = FROM_QUERY;
	item->query = below;
	item->as = true;
	item->alias = made_ident(r, "limbeck_rows");
	*items = item;
	outer->from = (struct from_list) { items, 1, 1 };
	return item->alias ? copy : NULL;
}

const struct ddl_query *distinct_on(struct printer *out, const struct ddl_query *query)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_select *inner = arena_alloc(&r->arena, sizeof *inner);
	struct ddl_select *outer = arena_alloc(&r->arena, sizeof *outer);
	struct order_list order = { NULL, 0, 0 };
	struct ddl_query *whole;

	if (!inner || !outer)
		return (void)phrase_nomem(out), NULL;
	*inner = *query->terms->select;
	inner->items = (struct select_list) { NULL, 0, 0 };
	inner->modifiers = NULL;
	inner->on = inner->distinct = false;
	if (!push_columns(out, query->terms->select, &inner->items, &outer->items))
		return out->target->failed ? NULL : ((void)phrase_nomem(out), NULL);
	if (!push_item(r, &inner->items, row_number(r, query), made_ident(r, "limbeck_row"))
		|| !push_order(r, query, &inner->items, &order))
		return (void)phrase_nomem(out), NULL;
	outer->where = make_infix(&r->arena, make_column(&r->arena, "limbeck_row"), "=",
		make_number(&r->arena, "1"));
	whole = wrap(r, query, inner, outer);
	if (!whole || !outer->where)
		return (void)phrase_nomem(out), NULL;
	whole->order = order;
	return whole;
}
