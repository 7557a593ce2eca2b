/* SPDX-License-Identifier: BSD-2-Clause */
/* Which relations a query reads. */
#include <string.h>
#include <strings.h>

#include "translate/home_int.h"

typedef int relation_visit(void *context, const struct ddl_name *name);

/* The names that WITH gives, from the inside out. */
struct known {
	const struct ddl_cte *ctes;
	const struct ddl_cte *end;   /* those before it; NULL: all */
	const struct known *outer;
};

struct walk {
	relation_visit *visit;
	void *context;
	const struct known *known;
};

static int walk_query(const struct walk *walk, const struct ddl_query *query);
static int walk_from(const struct walk *walk, const struct from_item *item);

static bool is_known(const struct known *known, const struct ddl_name *name)
{
	for (; known && name->count == 1; known = known->outer)
		for (const struct ddl_cte *cte = known->ctes; cte && cte != known->end;
			cte = cte->next)
			if (strcasecmp(cte->name.name, name->last->name) == 0)
				return true;
	return false;
}

static int walk_expr(void *context, const struct ddl_expr *expr)
{
	const struct walk *walk = context;

	switch (expr->kind) {
	case EXPR_EXISTS:
	case EXPR_SUBQUERY: return walk_query(walk, expr->query);
	case EXPR_IN:
	case EXPR_QUANTIFIED:
	case EXPR_ARRAY:
		if (expr->query && walk_query(walk, expr->query))
			return -1;
		break;
	default: break;
	}
	return expr_each(expr, walk_expr, context);
}

static int walk_one(const struct walk *walk, const struct ddl_expr *expr)
{
	struct walk copy = *walk;

	return expr ? walk_expr(&copy, expr) : 0;
}

static int walk_list(const struct walk *walk, const struct expr_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (walk_one(walk, list->items[i]))
			return -1;
	return 0;
}

static int walk_joins(const struct walk *walk, const struct from_join *join)
{
	for (; join; join = join->next)
		if (walk_from(walk, join->item) || walk_one(walk, join->on))
			return -1;
	return 0;
}

static int walk_froms(const struct walk *walk, const struct from_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (walk_from(walk, list->items[i]))
			return -1;
	return 0;
}

static int walk_from(const struct walk *walk, const struct from_item *item)
{
	int failed = 0;

	if (item->kind == FROM_TABLE && !is_known(walk->known, &item->name))
		failed = walk->visit(walk->context, &item->name);
	else if (item->kind == FROM_QUERY)
		failed = walk_query(walk, item->query);
	else if (item->kind == FROM_PAREN)
		failed = walk_froms(walk, &item->inner);
	return failed || walk_list(walk, &item->calls) || walk_joins(walk, item->joins) ? -1 : 0;
}

static int walk_select(const struct walk *walk, const struct ddl_select *select)
{
	for (size_t i = 0; i < select->items.count; i++)
		if (walk_one(walk, select->items.items[i].expr))
			return -1;
	return walk_froms(walk, &select->from) || walk_one(walk, select->where)
		|| walk_list(walk, &select->group) || walk_one(walk, select->having)
		|| walk_list(walk, &select->distinct_on) ? -1 : 0;
}

static int walk_term(const struct walk *walk, const struct query_term *term)
{
	switch (term->kind) {
	case TERM_SELECT: return walk_select(walk, term->select);
	case TERM_TABLE:
		return is_known(walk->known, term->table) ? 0
			: walk->visit(walk->context, term->table);
	case TERM_PAREN: return walk_query(walk, term->query);
	case TERM_VALUES:
		for (size_t i = 0; i < term->rows.count; i++)
			if (walk_list(walk, &term->rows.items[i].values))
				return -1;
	}
	return 0;
}

static int walk_query(const struct walk *walk, const struct ddl_query *query)
{
	struct known known = { query->with ? query->with->first : NULL, NULL, walk->known };
	struct walk inner = { walk->visit, walk->context, &known };

	for (const struct ddl_cte *cte = known.ctes; cte; cte = cte->next) {
		known.end = query->with->recursive ? NULL : cte;
		if (cte->statement->kind == DML_QUERY
			&& walk_query(&inner, cte->statement->query))
			return -1;
	}
	known.end = NULL;
	for (const struct query_term *term = query->terms; term; term = term->next)
		if (walk_term(&inner, term))
			return -1;
	for (size_t i = 0; i < query->order.count; i++)
		if (walk_one(&inner, query->order.items[i].expr))
			return -1;
	return 0;
}

int home_query_relations(const struct ddl_query *query, relation_visit *visit, void *context)
{
	struct walk walk = { visit, context, NULL };

	return walk_query(&walk, query);
}
