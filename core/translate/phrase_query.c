/* SPDX-License-Identifier: BSD-2-Clause */
/* Queries as a whole: what stands around their terms. */
#include "translate/phrase_rules.h"

#include <string.h>

static bool outward(const struct printer *out)
{
	const struct phrasebook *book = rewriting_of(out)->book;

	return book->way != PHRASE_INWARD && !book->common;
}

/* OFFSET alone, FETCH FIRST, LIMIT ALL: LIMIT n OFFSET m. */
static struct ddl_limit *limit_abroad(struct printer *out, const struct ddl_limit *limit,
	const struct ddl_span *span)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_limit *copy;

	if (limit->fetch_end && strcmp(limit->fetch_end, "WITH TIES") == 0) {
		target_refuse(out, span, "FETCH ... WITH TIES has no counterpart");
		return NULL;
	}
	if (limit->all && !limit->offset)
		return NULL;
	copy = arena_alloc(&r->arena, sizeof *copy);
	if (!copy)
		return (void)phrase_nomem(out), NULL;
	copy->word = "LIMIT";
	copy->offset = limit->offset;
	copy->count = limit->all ? NULL : limit->count;
	if (!copy->count)
		copy->count = make_number(&r->arena, limit->word && !limit->all ? "1"
			: "9223372036854775807");
	return copy;
}

/* (SELECT ...) among others: SELECT * FROM (SELECT ...) */
static struct ddl_select *select_from(struct rewriting *r, const struct ddl_query *query,
	const struct ddl_name *table)
{
	struct ddl_select *select = arena_alloc(&r->arena, sizeof *select);
	struct from_item *item = arena_alloc(&r->arena, sizeof *item);
	struct from_item **items = arena_alloc(&r->arena, sizeof *items);
	struct select_item *star = arena_alloc(&r->arena, sizeof *star);
	struct ddl_expr *expr = arena_alloc(&r->arena, sizeof *expr);

	if (!select || !item || !items || !star || !expr)
		return NULL;
	expr->kind = EXPR_STAR;
	star->expr = expr;
	select->items = (struct select_list) { star, 1, 1 };
	*items = item;
	select->from = (struct from_list) { items, 1, 1 };
	item->kind = table ? FROM_TABLE : FROM_QUERY;
	if (table)
		item->name = *table;
	item->query = (struct ddl_query *)(uintptr_t)query;
	return select;
}

static struct query_term *term_abroad(struct printer *out, const struct query_term *term)
{
	struct rewriting *r = rewriting_of(out);
	struct query_term *copy = arena_alloc(&r->arena, sizeof *copy);

	if (!copy)
		return (void)phrase_nomem(out), NULL;
	*copy = *term;
	if (term->kind == TERM_PAREN || term->kind == TERM_TABLE) {
		copy->select = select_from(r, term->kind == TERM_PAREN ? term->query : NULL,
			term->table);
		copy->kind = TERM_SELECT;
		if (!copy->select)
			return (void)phrase_nomem(out), NULL;
	}
	if (term->next)
		copy->next = term_abroad(out, term->next);
	return copy;
}

struct ddl_with *with_abroad(struct printer *out, const struct ddl_with *with)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_with *copy = arena_alloc(&r->arena, sizeof *copy);
	struct ddl_cte **tail;

	if (!copy)
		return (void)phrase_nomem(out), NULL;
	*copy = *with;
	tail = &copy->first;
	for (const struct ddl_cte *cte = with->first; cte; cte = cte->next) {
		if (cte->statement->kind != DML_QUERY) {
			target_refuse(out, &cte->name.span,
				"a statement in WITH that changes rows has no counterpart");
			return NULL;
		}
		*tail = arena_alloc(&r->arena, sizeof **tail);
		if (!*tail)
			return (void)phrase_nomem(out), NULL;
		**tail = *cte;
		(*tail)->materialized = MATERIALIZED_UNSAID;
		tail = &(*tail)->next;
	}
	return copy;
}

/* ORDER BY 2: what the second column is. */
static struct order_list named_order(struct printer *out, const struct ddl_query *query,
	const struct order_list *list)
{
	const struct ddl_select *select = query->terms->kind == TERM_SELECT && !query->terms->next
		? query->terms->select : NULL;
	struct rewriting *r = rewriting_of(out);
	struct order_list copy = *list;

	if (!select || list->count == 0)
		return copy;
	copy.items = arena_array(&r->arena, list->count, sizeof *copy.items);
	if (!copy.items) {
		phrase_nomem(out);
		return (struct order_list) { NULL, 0, 0 };
	}
	for (size_t i = 0; i < list->count; i++) {
		const struct ddl_expr *expr = list->items[i].expr;
		size_t place = expr->kind == EXPR_NUMBER && strlen(expr->word) < 4
			? (size_t)(expr->word[0] - '0') : 0;

		copy.items[i] = list->items[i];
		if (expr->kind != EXPR_NUMBER || expr->word[1] || place == 0
			|| place > select->items.count)
			continue;
		for (size_t j = 0; j < place; j++)
			if (select->items.items[j].expr->kind == EXPR_STAR)
				place = 0;
		if (place > 0 && !select->items.items[place - 1].alias)
			copy.items[i].expr = select->items.items[place - 1].expr;
	}
	return copy;
}

/* Whether the place of nulls in the order is more than a matter of taste. */
static bool order_decides(const struct ddl_query *query)
{
	return query->limit && (query->limit->word || query->limit->offset);
}

const struct ddl_query *phrase_hook_query(struct printer *out, const struct ddl_query *query)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_select *select = query->terms->kind == TERM_SELECT
		? query->terms->select : NULL;
	struct ddl_query *copy;

	if (!outward(out))
		return r->book->common ? query : inward_query(out, query);
	if (query->terms->kind == TERM_PAREN && !query->terms->next && !query->order.count
		&& !query->limit && !query->with)
		return phrase_hook_query(out, query->terms->query);
	if (select && select->on && !query->terms->next
		&& !rewriting_says(r, LIMBECK_SAYS_DISTINCT_ON)) {
		query = distinct_on(out, query);
		if (!query)
			return NULL;
	}
	copy = arena_alloc(&r->arena, sizeof *copy);
	if (!copy)
		return (void)phrase_nomem(out), NULL;
	*copy = *query;
	copy->locks = NULL;
	if (query->with)
		copy->with = with_abroad(out, query->with);
	if (query->limit)
		copy->limit = limit_abroad(out, query->limit, &query->span);
	if (query->terms->next || query->terms->kind == TERM_TABLE
		|| query->terms->kind == TERM_PAREN)
		copy->terms = term_abroad(out, query->terms);
	if (order_decides(query) && query->order.count > 0)
		copy->order = named_order(out, query, &query->order);
	copy->order = order_abroad(out, &copy->order, order_decides(query));
	return out->target->failed ? NULL : copy;
}

const struct ddl_select *phrase_hook_select(struct printer *out, const struct ddl_select *select)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_select *copy;

	if (!outward(out))
		return r->book->common ? select : inward_select(out, select);
	if (select->into_words) {
		target_refuse(out, &select->span, "SELECT ... INTO has no counterpart");
		return NULL;
	}
	if (select->on) {
		target_refuse(out, &select->span, "DISTINCT ON has no counterpart here");
		return NULL;
	}
	select = functions_moved(out, select);
	if (!select || !select->windows)
		return select;
	copy = arena_alloc(&r->arena, sizeof *copy);
	if (!copy)
		return (void)phrase_nomem(out), NULL;
	*copy = *select;
	copy->windows = window_abroad(out, select->windows);
	return out->target->failed ? NULL : copy;
}
