/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sort orders. At home (the common dialect) nulls come last, in descending order first;
 * the engines that are no common one do it the other way round.
 */
#include "translate/phrase_rules.h"

#include <string.h>

#include "base/vec.h"

static bool in_primary_key(const struct limbeck_object *column)
{
	const struct limbeck_object *key = catalog_next(object_catalog(column),
		LIMBECK_KIND_PRIMARY_KEY, limbeck_object_schema(column),
		limbeck_object_table(column), NULL);

	for (size_t i = 0; key && i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++)
		if (strcmp(limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i),
			limbeck_object_name(column)) == 0)
			return true;
	return false;
}

static bool never_null(const struct rewriting *r, const struct ddl_expr *expr)
{
	const struct resolution *found;

	expr = expr_inner(expr);
	if (expr->kind == EXPR_NUMBER || expr->kind == EXPR_STRING || expr_calls(expr, "count")
		|| expr_calls(expr, "row_number") || expr_calls(expr, "random"))
		return true;
	found = expr->kind == EXPR_COLUMN ? resolutions_find(&r->names, expr->name) : NULL;
	return found && found->column && !found->outer && (limbeck_object_get(found->column,
		LIMBECK_ATTR_NOT_NULL) || in_primary_key(found->column));
}

static bool descends(const struct order_item *item)
{
	return item->direction && strcmp(item->direction, "DESC") == 0;
}

/* Where the nulls must be put, against what the engine does: "FIRST", "LAST" or NULL. */
static const char *nulls_of(const struct rewriting *r, const struct order_item *item, bool decides)
{
	bool down = descends(item), last;

	if (item->nulls)
		last = strcmp(item->nulls, "LAST") == 0;
	else if (decides)
		last = !down;
	else
		return NULL;
	if (last == down || never_null(r, item->expr))
		return NULL;
	return last ? "LAST" : "FIRST";
}

/* USING < and the like as a direction. */
static bool plain_direction(struct printer *out, struct order_item *item)
{
	if (!item->operator)
		return true;
	if (strcmp(item->operator, "<") != 0 && strcmp(item->operator, ">") != 0) {
		target_refuse(out, &item->expr->span, "ORDER BY ... USING %s has no counterpart",
			item->operator);
		return false;
	}
	item->direction = item->operator[0] == '>' ? "DESC" : "ASC";
	item->operator = NULL;
	return true;
}

/* x IS NULL, x; by a CASE where x IS NULL DESC is wanted, for it reads better. */
static bool push_nulls(struct rewriting *r, struct order_list *list, const struct order_item *item,
	const char *nulls)
{
	const struct order_item first = { .expr = make_test(&r->arena, item->expr, false, "NULL"),
		.direction = strcmp(nulls, "FIRST") == 0 ? "DESC" : NULL };

	return first.expr && vec_push_arena(list, first, &r->arena);
}

struct order_list order_abroad(struct printer *out, const struct order_list *list, bool decides)
{
	struct rewriting *r = rewriting_of(out);
	struct order_list made = { NULL, 0, 0 };
	bool failed = false;

	for (size_t i = 0; i < list->count && !failed; i++) {
		struct order_item item = list->items[i];
		const char *nulls;

		if (!plain_direction(out, &item))
			return made;
		nulls = nulls_of(r, &item, decides);
		item.nulls = NULL;
		if (nulls && rewriting_says(r, LIMBECK_SAYS_NULLS_ORDER))
			item.nulls = nulls;
		else if (nulls)
			failed = !push_nulls(r, &made, &item, nulls);
		failed = failed || !vec_push_arena(&made, item, &r->arena);
	}
	if (failed)
		phrase_nomem(out);
	return made;
}

struct ddl_window *window_abroad(struct printer *out, const struct ddl_window *window)
{
	struct ddl_window *copy = arena_alloc(&rewriting_of(out)->arena, sizeof *copy);

	if (!copy) {
		phrase_nomem(out);
		return NULL;
	}
	*copy = *window;
	copy->order = order_abroad(out, &window->order, true);
	if (window->next)
		copy->next = window_abroad(out, window->next);
	return copy;
}
