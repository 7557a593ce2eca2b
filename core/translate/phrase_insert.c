/* SPDX-License-Identifier: BSD-2-Clause */
/* INSERT. */
#include "translate/phrase_rules.h"

#include <string.h>

#include "base/vec.h"

/* The columns that values go into, by place. */
struct places {
	const struct limbeck_object **items;
	size_t count, capacity;
};

static bool find_places(struct rewriting *r, const struct ddl_insert *insert,
	struct places *places)
{
	const struct limbeck_object *table = target_table(r, &insert->name), *column = NULL;

	for (size_t i = 0; i < insert->columns.count; i++) {
		const struct ddl_expr *named = insert->columns.items[i];

		column = named->kind == EXPR_COLUMN
			? target_column(r, &insert->name, named->name->last) : NULL;
		if (!vec_push_arena(places, column, &r->arena))
			return false;
	}
	while (!insert->columns_parens && table && (column = catalog_next(r->scope->home,
		LIMBECK_KIND_COLUMN, limbeck_object_schema(table), limbeck_object_name(table),
		column)))
		if (!vec_push_arena(places, column, &r->arena))
			return false;
	return true;
}

static const struct ddl_expr *value_abroad(struct printer *out, const struct ddl_expr *value,
	const struct limbeck_object *column)
{
	if (is_default(value) && !rewriting_says(rewriting_of(out), LIMBECK_SAYS_DEFAULT_IN_VALUES))
		return default_value(out, value, column);
	return column ? cast_value(out, value, limbeck_object_get(column, LIMBECK_ATTR_TYPE))
		: value;
}

static bool rows_abroad(struct printer *out, const struct ddl_insert *from,
	struct ddl_insert *insert, const struct places *places)
{
	struct rewriting *r = rewriting_of(out);

	insert->rows = (struct value_rows) { NULL, 0, 0 };
	for (size_t i = 0; i < from->rows.count; i++) {
		const struct expr_list *values = &from->rows.items[i].values;
		struct value_row row = { false, { NULL, 0, 0 } };

		for (size_t j = 0; j < values->count; j++) {
			const struct ddl_expr *value = value_abroad(out, values->items[j],
				j < places->count ? places->items[j] : NULL);

			if (!value || !vec_push_arena(&row.values, value, &r->arena))
				return false;
		}
		if (!vec_push_arena(&insert->rows, row, &r->arena))
			return false;
	}
	return true;
}

static struct ddl_select *select_abroad(struct printer *out, const struct ddl_select *from,
	const struct places *places)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_select *select = arena_alloc(&r->arena, sizeof *select);
	bool star = false;

	if (!select)
		return NULL;
	*select = *from;
	select->items = (struct select_list) { NULL, 0, 0 };
	for (size_t i = 0; i < from->items.count; i++) {
		struct select_item item = from->items.items[i];

		star = star || item.expr->kind == EXPR_STAR;
		if (!star && i < places->count && places->items[i])
			item.expr = cast_value(out, item.expr,
				limbeck_object_get(places->items[i], LIMBECK_ATTR_TYPE));
		if (!item.expr || !vec_push_arena(&select->items, item, &r->arena))
			return NULL;
	}
	return select;
}

/* The lists of a query whose rows are put into the columns. */
static struct query_term *terms_abroad(struct printer *out, const struct query_term *from,
	const struct places *places)
{
	struct query_term *term = arena_alloc(&rewriting_of(out)->arena, sizeof *term);

	if (!term)
		return NULL;
	*term = *from;
	if (from->kind == TERM_SELECT && !(term->select = select_abroad(out, from->select, places)))
		return NULL;
	if (from->next && !(term->next = terms_abroad(out, from->next, places)))
		return NULL;
	return term;
}

/* An engine may take ON behind a FROM list for that of a join. */
static void end_list(struct rewriting *r, struct query_term *term)
{
	while (term->next)
		term = term->next;
	if (term->kind == TERM_SELECT && term->select->from.count > 0 && !term->select->where
		&& !term->select->group_by)
		term->select->where = make_keyword(&r->arena, "TRUE");
}

static bool query_abroad(struct printer *out, struct ddl_insert *insert,
	const struct places *places)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_query *query = arena_alloc(&r->arena, sizeof *query);

	if (!query)
		return false;
	*query = *insert->query;
	query->terms = terms_abroad(out, insert->query->terms, places);
	if (!query->terms)
		return false;
	if (insert->conflicts && rewriting_says(r, LIMBECK_SAYS_ON_CONFLICT)
		&& !query->order.count && !query->limit)
		end_list(r, query->terms);
	if (insert->with && !rewriting_says(r, LIMBECK_SAYS_CTE_INSERT)) {
		if (query->with)
			target_refuse(out, &insert->with->span, "WITH inside and before INSERT "
				"has no counterpart");
		query->with = insert->with;
		insert->with = NULL;
	}
	insert->query = query;
	return true;
}

/* INSERT INTO t DEFAULT VALUES: INSERT INTO t () VALUES () */
static bool defaults_abroad(struct rewriting *r, struct ddl_insert *insert)
{
	const struct value_row row = { false, { NULL, 0, 0 } };

	if (rewriting_says(r, LIMBECK_SAYS_INSERT_DEFAULT_VALUES))
		return true;
	insert->source = INSERT_VALUES;
	insert->values_word = "VALUES";
	insert->columns_parens = true;
	insert->columns = (struct expr_list) { NULL, 0, 0 };
	return vec_push_arena(&insert->rows, row, &r->arena);
}

/* DEFAULT in each row where the engine does not know it: the column is left out. */
static void leave_defaults(struct rewriting *r, struct ddl_insert *insert)
{
	struct expr_list columns = { NULL, 0, 0 };
	struct value_rows rows = { NULL, 0, 0 };
	size_t count = insert->columns.count;
	bool *kept = arena_array(&r->arena, count + 1, sizeof *kept);

	if (!kept || !insert->columns_parens || insert->source != INSERT_VALUES
		|| rewriting_says(r, LIMBECK_SAYS_DEFAULT_IN_VALUES))
		return;
	for (size_t i = 0; i < insert->rows.count; i++) {
		if (insert->rows.items[i].values.count != count)
			return;
		for (size_t j = 0; j < count; j++)
			kept[j] = kept[j] || !is_default(insert->rows.items[i].values.items[j]);
	}
	for (size_t i = 0; i < insert->rows.count; i++) {
		struct value_row row = { false, { NULL, 0, 0 } };

		for (size_t j = 0; j < count; j++)
			if (kept[j] && !vec_push_arena(&row.values,
				insert->rows.items[i].values.items[j], &r->arena))
				return;
		if (row.values.count == 0 || !vec_push_arena(&rows, row, &r->arena))
			return;
	}
	for (size_t j = 0; j < count; j++)
		if (kept[j] && !vec_push_arena(&columns, insert->columns.items[j], &r->arena))
			return;
	insert->columns = columns;
	insert->rows = rows;
}

static bool source_abroad(struct printer *out, struct ddl_insert *insert)
{
	struct rewriting *r = rewriting_of(out);
	struct places places = { NULL, 0, 0 };
	struct ddl_insert left;

	if (insert->source == INSERT_DEFAULT)
		return defaults_abroad(r, insert);
	leave_defaults(r, insert);
	left = *insert;
	if (!find_places(r, insert, &places))
		return false;
	if (insert->source == INSERT_VALUES) {
		if (insert->with) {
			target_refuse(out, &insert->with->span,
				"WITH before INSERT ... VALUES has no counterpart");
			return false;
		}
		return rows_abroad(out, &left, insert, &places);
	}
	return insert->source != INSERT_QUERY || query_abroad(out, insert, &places);
}

const struct ddl_insert *phrase_hook_insert(struct printer *out, const struct ddl_insert *from)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_insert *insert;

	if (r->book->common)
		return from;
	if (r->book->way == PHRASE_INWARD)
		return inward_insert(out, from);
	insert = arena_alloc(&r->arena, sizeof *insert);
	if (!insert)
		return (void)phrase_nomem(out), NULL;
	*insert = *from;
	insert->overriding = NULL;
	insert->returning = (struct select_list) { NULL, 0, 0 };
	if (insert->with && !(insert->with = with_abroad(out, insert->with)))
		return NULL;
	if (insert->alias && !rewriting_says(r, LIMBECK_SAYS_TABLE_ALIAS)) {
		r->alias = insert->alias;
		r->changed = name_meant(r, insert->name.last);
		insert->alias = NULL;
	}
	insert->as = insert->alias != NULL;
	if ((!source_abroad(out, insert) || !conflict_abroad(out, insert))
		&& !out->target->failed)
		phrase_nomem(out);
	return out->target->failed ? NULL : insert;
}
