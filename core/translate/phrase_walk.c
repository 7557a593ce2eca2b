/* SPDX-License-Identifier: BSD-2-Clause */
/* Going through the expressions of a query. */
#include "translate/phrase_int.h"

struct walk {
	expr_visit *visit;
	void *context;
};

static int each_item(const struct walk *w, const struct from_item *item);

static int each(const struct walk *w, const struct ddl_expr *expr)
{
	return expr ? w->visit(w->context, expr) : 0;
}

static int each_list(const struct walk *w, const struct expr_list *list)
{
	int result = 0;

	for (size_t i = 0; result == 0 && i < list->count; i++)
		result = each(w, list->items[i]);
	return result;
}

static int each_from(const struct walk *w, const struct from_list *list)
{
	int result = 0;

	for (size_t i = 0; result == 0 && i < list->count; i++)
		result = each_item(w, list->items[i]);
	return result;
}

static int each_item(const struct walk *w, const struct from_item *item)
{
	int result = each_list(w, &item->calls);

	if (result == 0 && item->query)
		result = query_each(item->query, w->visit, w->context);
	if (result == 0)
		result = each_from(w, &item->inner);
	for (const struct from_join *join = item->joins; result == 0 && join; join = join->next) {
		result = each_item(w, join->item);
		if (result == 0)
			result = each(w, join->on);
	}
	return result;
}

static int each_select(const struct walk *w, const struct ddl_select *select)
{
	int result = 0;

	for (size_t i = 0; result == 0 && i < select->items.count; i++)
		result = each(w, select->items.items[i].expr);
	if (result == 0)
		result = each_from(w, &select->from);
	if (result == 0)
		result = each(w, select->where);
	if (result == 0)
		result = each_list(w, &select->group);
	return result == 0 ? each(w, select->having) : result;
}

int query_each(const struct ddl_query *query, expr_visit *visit, void *context)
{
	const struct walk w = { visit, context };
	int result = 0;

	for (const struct query_term *term = query->terms; result == 0 && term; term = term->next) {
		if (term->kind == TERM_SELECT)
			result = each_select(&w, term->select);
		else if (term->kind == TERM_PAREN)
			result = query_each(term->query, visit, context);
		for (size_t i = 0; term->kind == TERM_VALUES && result == 0 && i < term->rows.count;
			i++)
			result = each_list(&w, &term->rows.items[i].values);
	}
	for (size_t i = 0; result == 0 && i < query->order.count; i++)
		result = each(&w, query->order.items[i].expr);
	return result;
}
