/* SPDX-License-Identifier: BSD-2-Clause */
/* A view has the columns that its * stood for when it was made. */
#include <string.h>

#include "translate/home_int.h"

struct expansion {
	struct performer *p;
	struct select_list *items;
	bool whole;                 /* every column could be named */
};

static struct ddl_ident *make_ident(struct performer *p, const char *name)
{
	struct ddl_ident *ident = arena_alloc(p->arena, sizeof *ident);

	if (ident) {
		ident->name = name;
		ident->quoted = true;
	}
	return ident;
}

/* of.column, with names that are folded already. */
static struct ddl_expr *make_column(struct performer *p, const struct home_column *column)
{
	struct ddl_expr *expr = arena_alloc(p->arena, sizeof *expr);
	struct ddl_name *name = arena_alloc(p->arena, sizeof *name);
	const char *of = home_ident(p, column->of);
	struct ddl_ident *table = of ? make_ident(p, of) : NULL;
	struct ddl_ident *last = make_ident(p, column->name);

	if (!expr || !name || !table || !last)
		return NULL;
	table->next = last;
	*name = (struct ddl_name) { .first = table, .last = last, .count = 2 };
	*expr = (struct ddl_expr) { .kind = EXPR_COLUMN, .height = 1, .name = name };
	if (column->span) {
		expr->span = *column->span;
		expr->span.length = 0;
	}
	return expr;
}

static int add_column(void *context, const struct home_column *column)
{
	struct expansion *expansion = context;
	struct select_item item = { 0 };

	if (!column->of || !column->name) {
		expansion->whole = false;
		return 0;
	}
	item.expr = make_column(expansion->p, column);
	if (!item.expr || !vec_push_arena(expansion->items, item, expansion->p->arena))
		return home_nomem(expansion->p);
	return 0;
}

static struct ddl_select *expand_select(struct performer *p, const struct ddl_query *query,
	const struct ddl_select *select, bool *whole)
{
	struct ddl_select *copy = arena_alloc(p->arena, sizeof *copy);
	struct expansion expansion = { p, NULL, true };

	if (!copy)
		return NULL;
	*copy = *select;
	memset(&copy->items, 0, sizeof copy->items);
	expansion.items = &copy->items;
	for (size_t i = 0; i < select->items.count; i++) {
		const struct select_item *item = &select->items.items[i];
		size_t before = copy->items.count;

		if (item->expr->kind != EXPR_STAR) {
			if (!vec_push_arena(&copy->items, *item, p->arena))
				return NULL;
			continue;
		}
		if (home_star_columns(p, query, select, item->expr, add_column, &expansion) < 0)
			return NULL;
		if (copy->items.count == before)
			expansion.whole = false;
	}
	*whole &= expansion.whole;
	return copy;
}

static bool has_star(const struct query_term *term)
{
	for (size_t i = 0; term->kind == TERM_SELECT && i < term->select->items.count; i++)
		if (term->select->items.items[i].expr->kind == EXPR_STAR)
			return true;
	return false;
}

const struct ddl_query *home_expand_stars(struct performer *p, const struct ddl_query *query)
{
	struct ddl_query *copy = arena_alloc(p->arena, sizeof *copy);
	struct query_term **tail;
	bool whole = true;

	if (!copy)
		return NULL;
	*copy = *query;
	tail = &copy->terms;
	for (const struct query_term *term = query->terms; term; term = term->next) {
		*tail = arena_alloc(p->arena, sizeof **tail);
		if (!*tail)
			return NULL;
		**tail = *term;
		if (has_star(term))
			(*tail)->select = expand_select(p, query, term->select, &whole);
		if (term->kind == TERM_SELECT && !(*tail)->select)
			return NULL;
		tail = &(*tail)->next;
	}
	return whole ? copy : query;
}

bool home_has_stars(const struct ddl_query *query)
{
	for (const struct query_term *term = query->terms; term; term = term->next)
		if (has_star(term) || term->kind == TERM_TABLE)
			return true;
	return false;
}
