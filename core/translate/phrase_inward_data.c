/* SPDX-License-Identifier: BSD-2-Clause */
/* Statements about rows of another home dialect in common words. */
#include "translate/phrase_inward.h"

#include <string.h>
#include <strings.h>

#include "base/vec.h"

static bool has_word(const struct ddl_word *words, const char *word)
{
	for (; words; words = words->next)
		if (strcmp(words->word, word) == 0)
			return true;
	return false;
}

static struct ddl_conflict *conflict_on(struct rewriting *r, const struct limbeck_object *key,
	enum conflict_action action)
{
	struct ddl_conflict *conflict = arena_alloc(&r->arena, sizeof *conflict);

	if (!conflict)
		return NULL;
	conflict->action = action;
	conflict->parens = key != NULL;
	for (size_t i = 0; key && i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++) {
		const struct ddl_expr *column = make_column(&r->arena,
			limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i));
		const struct conflict_target target = { .expr = make_final(&r->arena, column) };

		if (!column || !target.expr || !vec_push_arena(&conflict->targets, target, &r->arena))
			return NULL;
		column->name->last->quoted = true;
	}
	return conflict;
}

static const struct limbeck_object *key_or_refuse(struct printer *out,
	const struct ddl_insert *insert, const char *what)
{
	struct rewriting *r = rewriting_of(out);
	const struct limbeck_object *key = only_key(r, insert);

	if (!key)
		target_refuse(out, &insert->name.span, target_table(r, &insert->name)
			? "%s has no counterpart where a table has not exactly one key that can be met"
			: "%s of a table that is not known has no counterpart", what);
	return key;
}

/* SET a = excluded.a for a column of the rows, a = DEFAULT for another. */
static bool push_replaced(struct rewriting *r, struct ddl_assignment ***tail, const char *name,
	bool given)
{
	struct ddl_assignment *one = arena_alloc(&r->arena, sizeof *one);
	const struct ddl_expr *column = make_column(&r->arena, name);
	const struct ddl_name excluded = { .last = made_ident(r, "excluded") };

	if (!one || !column || !excluded.last)
		return false;
	excluded.last->quoted = false;
	column->name->last->quoted = true;
	one->operator = "=";
	one->value = given ? make_final(&r->arena, qualified_column(r, &excluded, column))
		: make_keyword(&r->arena, "DEFAULT");
	**tail = one;
	*tail = &one->next;
	return vec_push_arena(&one->targets, make_final(&r->arena, column), &r->arena);
}

static bool is_given(const struct ddl_insert *insert, const char *name)
{
	if (!insert->columns_parens)
		return true;
	for (size_t i = 0; i < insert->columns.count; i++)
		if (insert->columns.items[i]->kind == EXPR_COLUMN
			&& strcasecmp(insert->columns.items[i]->name->last->name, name) == 0)
			return true;
	return false;
}

static bool in_key(const struct limbeck_object *key, const char *name)
{
	for (size_t i = 0; i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++)
		if (strcmp(limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i), name) == 0)
			return true;
	return false;
}

/* REPLACE: the row that is there gets all values anew, defaults where none is given. */
static bool replaced(struct printer *out, struct ddl_insert *insert)
{
	struct rewriting *r = rewriting_of(out);
	const struct limbeck_object *table = target_table(r, &insert->name), *column = NULL;
	const struct limbeck_object *key = key_or_refuse(out, insert, "REPLACE");
	struct ddl_assignment **tail;

	if (!key)
		return false;
	insert->conflicts = conflict_on(r, key, CONFLICT_UPDATE);
	if (!insert->conflicts)
		return false;
	tail = &insert->conflicts->set;
	while ((column = catalog_next(r->scope->home, LIMBECK_KIND_COLUMN,
		limbeck_object_schema(table), limbeck_object_name(table), column)))
		if (!in_key(key, limbeck_object_name(column)) && !push_replaced(r, &tail,
			limbeck_object_name(column), is_given(insert, limbeck_object_name(column))))
			return false;
	if (!insert->conflicts->set)
		insert->conflicts->action = CONFLICT_NOTHING;
	return true;
}

/* ON DUPLICATE KEY UPDATE: of the only key that rows can meet. */
static bool duplicates(struct printer *out, struct ddl_insert *insert)
{
	struct rewriting *r = rewriting_of(out);
	const struct limbeck_object *key = key_or_refuse(out, insert, "ON DUPLICATE KEY UPDATE");

	if (!key)
		return false;
	insert->conflicts = conflict_on(r, key, CONFLICT_UPDATE);
	if (!insert->conflicts)
		return false;
	insert->conflicts->set = set_abroad(out, &insert->name, insert->duplicate);
	insert->duplicate = NULL;
	return insert->conflicts->set != NULL;
}

/* INSERT ... SET a = 1: (a) VALUES (1) */
static bool from_set(struct rewriting *r, struct ddl_insert *insert)
{
	struct value_row row = { false, { NULL, 0, 0 } };

	for (const struct ddl_assignment *one = insert->set; one; one = one->next)
		if (!vec_push_arena(&insert->columns, one->targets.items[0], &r->arena)
			|| !vec_push_arena(&row.values, one->value, &r->arena))
			return false;
	insert->source = INSERT_VALUES;
	insert->columns_parens = true;
	insert->set = NULL;
	return vec_push_arena(&insert->rows, row, &r->arena);
}

static bool values(struct printer *out, struct ddl_insert *insert)
{
	struct rewriting *r = rewriting_of(out);
	const struct limbeck_object *table = target_table(r, &insert->name), *column = NULL;
	struct value_rows rows = { NULL, 0, 0 };

	for (size_t i = 0; i < insert->rows.count; i++) {
		struct value_row row = { false, { NULL, 0, 0 } };
		const struct expr_list *from = &insert->rows.items[i].values;

		column = NULL;
		for (size_t j = 0; j < from->count; j++) {
			const struct ddl_expr *value = from->items[j];

			if (insert->columns_parens)
				column = j < insert->columns.count
					&& insert->columns.items[j]->kind == EXPR_COLUMN
					? target_column(r, &insert->name, insert->columns.items[j]->name->last) : NULL;
			else if (table)
				column = catalog_next(r->scope->home, LIMBECK_KIND_COLUMN,
					limbeck_object_schema(table), limbeck_object_name(table), column);
			if (column && !is_default(value))
				value = inward_value(out, value, column);
			if (!value || !vec_push_arena(&row.values, value, &r->arena))
				return false;
		}
		if (!vec_push_arena(&rows, row, &r->arena))
			return false;
	}
	insert->rows = rows;
	/* INSERT INTO t () VALUES () */
	if (insert->columns_parens && insert->columns.count == 0) {
		insert->columns_parens = false;
		insert->source = INSERT_DEFAULT;
	}
	return true;
}

static bool selected(struct printer *out, struct ddl_insert *insert)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_query *query = arena_alloc(&r->arena, sizeof *query);
	struct query_term *term = arena_alloc(&r->arena, sizeof *term);
	struct ddl_select *select = arena_alloc(&r->arena, sizeof *select);

	if (!query || !term || !select)
		return false;
	if (insert->query->terms->kind != TERM_SELECT || insert->query->terms->next
		|| !insert->columns_parens)
		return true;
	*query = *insert->query;
	*term = *query->terms;
	*select = *term->select;
	query->terms = term;
	term->select = select;
	select->items = (struct select_list) { NULL, 0, 0 };
	for (size_t i = 0; i < insert->query->terms->select->items.count; i++) {
		struct select_item item = insert->query->terms->select->items.items[i];
		const struct limbeck_object *column;

		column = i < insert->columns.count && insert->columns.items[i]->kind == EXPR_COLUMN
			&& item.expr->kind != EXPR_STAR
			? target_column(r, &insert->name, insert->columns.items[i]->name->last) : NULL;
		if (column)
			item.expr = inward_value(out, item.expr, column);
		if (!item.expr || !vec_push_arena(&select->items, item, &r->arena))
			return false;
	}
	insert->query = query;
	return true;
}

static bool rows(struct printer *out, struct ddl_insert *insert)
{
	struct rewriting *r = rewriting_of(out);

	if (insert->source == INSERT_SET && !from_set(r, insert))
		return false;
	if (insert->source == INSERT_VALUES)
		return values(out, insert);
	return insert->source != INSERT_QUERY || selected(out, insert);
}

const struct ddl_insert *inward_insert(struct printer *out, const struct ddl_insert *from)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_insert *insert;
	bool replaces, good;

	if (is_common(r))
		return from;
	insert = arena_alloc(&r->arena, sizeof *insert);
	if (!insert)
		return (void)phrase_nomem(out), NULL;
	*insert = *from;
	replaces = strcmp(from->verb, "REPLACE") == 0
		|| (from->or_action && strcmp(from->or_action, "OR REPLACE") == 0);
	insert->verb = "INSERT";
	insert->or_action = NULL;
	insert->modifiers = NULL;
	insert->into = true;
	insert->values_word = "VALUES";
	insert->partitions = NULL;
	good = rows(out, insert);
	if (good && replaces)
		good = replaced(out, insert);
	else if (good && insert->duplicate)
		good = duplicates(out, insert);
	else if (good && (has_word(from->modifiers, "IGNORE")
		|| (from->or_action && strcmp(from->or_action, "OR IGNORE") == 0)))
		good = (insert->conflicts = conflict_on(r, NULL, CONFLICT_NOTHING)) != NULL;
	insert->row_alias = insert->row_columns = NULL;
	if (!good && !out->target->failed)
		phrase_nomem(out);
	return out->target->failed ? NULL : insert;
}

/* All tables of a list with inner joins as a list without, and their conditions. */
static bool flatten(struct printer *out, const struct from_item *item, struct from_list *list,
	const struct ddl_expr **where)
{
	struct rewriting *r = rewriting_of(out);
	struct from_item *copy = arena_alloc(&r->arena, sizeof *copy);

	if (!copy)
		return false;
	*copy = *item;
	copy->joins = NULL;
	if (!vec_push_arena(list, copy, &r->arena))
		return false;
	for (const struct from_join *join = item->joins; join; join = join->next) {
		if (strstr(join->words, "LEFT") || strstr(join->words, "RIGHT") || join->columns
			|| strstr(join->words, "NATURAL")) {
			target_refuse(out, &join->span, "a change of rows with %s has no counterpart",
				join->columns ? "USING" : join->words);
			return false;
		}
		if (!flatten(out, join->item, list, where))
			return false;
		if (join->on)
			*where = *where ? make_infix(&r->arena, make_parens(&r->arena,
				inward_condition(out, join->on)), "AND", *where)
				: inward_condition(out, join->on);
	}
	return true;
}

static const char *called(const struct from_item *item)
{
	return item->alias ? item->alias->name : item->kind == FROM_TABLE ? item->name.last->name : "";
}

/* The table whose columns are set: by the names before them, else the first. */
static size_t target_of(const struct from_list *list, const struct ddl_assignment *set)
{
	const struct ddl_expr *column = set->targets.items[0];
	const char *range = column->kind == EXPR_COLUMN && column->name->count > 1
		? column->name->first->name : NULL;

	for (size_t i = 0; range && i < list->count; i++)
		if (strcasecmp(called(list->items[i]), range) == 0)
			return i;
	return 0;
}

/* t.a = 1: a = 1 */
static struct ddl_assignment *bare_targets(struct rewriting *r, const struct ddl_assignment *set)
{
	struct ddl_assignment *first = NULL, **tail = &first;

	for (; set; set = set->next) {
		const struct ddl_expr *target = set->targets.items[0];
		const struct ddl_expr *column = target->kind == EXPR_COLUMN
			? make_column(&r->arena, target->name->last->name) : target;

		*tail = arena_alloc(&r->arena, sizeof **tail);
		if (!*tail || !column)
			return NULL;
		**tail = *set;
		(*tail)->targets = (struct expr_list) { NULL, 0, 0 };
		if (column != target)
			column->name->last->quoted = target->name->last->quoted;
		if (!vec_push_arena(&(*tail)->targets, column, &r->arena))
			return NULL;
		tail = &(*tail)->next;
	}
	return first;
}

static bool split_tables(struct printer *out, struct ddl_update *update,
	const struct ddl_update *from)
{
	struct rewriting *r = rewriting_of(out);
	struct from_list all = { NULL, 0, 0 };
	const struct ddl_expr *where = update->where;
	size_t target;

	for (size_t i = 0; i < from->tables.count; i++)
		if (!flatten(out, from->tables.items[i], &all, &where))
			return false;
	target = target_of(&all, from->set);
	update->tables = (struct from_list) { NULL, 0, 0 };
	update->where = where;
	for (size_t i = 0; i < all.count; i++)
		if (i == target ? !vec_push_arena(&update->tables, all.items[i], &r->arena)
			: !vec_push_arena(&update->from, all.items[i], &r->arena))
			return false;
	return update->tables.items[0]->kind == FROM_TABLE;
}

const struct ddl_update *inward_update(struct printer *out, const struct ddl_update *from)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_update *update;

	if (is_common(r))
		return from;
	if (from->limit) {
		target_refuse(out, &from->set->value->span, "UPDATE ... LIMIT has no counterpart");
		return NULL;
	}
	update = arena_alloc(&r->arena, sizeof *update);
	if (!update)
		return (void)phrase_nomem(out), NULL;
	*update = *from;
	update->modifiers = NULL;
	update->or_action = NULL;
	update->order = (struct order_list) { NULL, 0, 0 };
	if (from->where)
		update->where = inward_condition(out, from->where);
	update->set = bare_targets(r, from->set);
	if (!update->set || !split_tables(out, update, from)
		|| !(update->set = set_abroad(out, &update->tables.items[0]->name, update->set)))
		return out->target->failed ? NULL : ((void)phrase_nomem(out), NULL);
	return out->target->failed ? NULL : update;
}

static bool joins_outside(const struct from_list *tables)
{
	for (size_t i = 0; i < tables->count; i++)
		for (const struct from_join *j = tables->items[i]->joins; j; j = j->next)
			if (strstr(j->words, "LEFT") || strstr(j->words, "RIGHT") || j->columns)
				return true;
	return false;
}

static const struct from_item *find_called(const struct from_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcasecmp(called(list->items[i]), name) == 0)
			return list->items[i];
		for (const struct from_join *j = list->items[i]->joins; j; j = j->next)
			if (strcasecmp(called(j->item), name) == 0)
				return j->item;
	}
	return NULL;
}

/* DELETE t FROM t LEFT JOIN u ...: DELETE FROM t WHERE id IN (SELECT t.id FROM ...) */
static bool by_key(struct printer *out, struct ddl_delete *delete, const struct from_item *target)
{
	struct rewriting *r = rewriting_of(out);
	const struct limbeck_object *table = target_table(r, &target->name), *key = NULL;
	struct ddl_expr *in = arena_alloc(&r->arena, sizeof *in);
	struct ddl_query *query = arena_alloc(&r->arena, sizeof *query);
	struct query_term *term = arena_alloc(&r->arena, sizeof *term);
	struct ddl_select *select = arena_alloc(&r->arena, sizeof *select);
	const struct ddl_name range = { .last = made_ident(r, called(target)) };
	struct from_item *alone = arena_alloc(&r->arena, sizeof *alone);
	struct select_item item = { NULL, false, NULL };
	const struct ddl_expr *column;

	if (table)
		key = catalog_next(r->scope->home, LIMBECK_KIND_PRIMARY_KEY,
			limbeck_object_schema(table), limbeck_object_name(table), NULL);
	if (!key || limbeck_object_count(key, LIMBECK_ATTR_COLUMNS) != 1) {
		target_refuse(out, &target->span, "DELETE with an outer join has no counterpart where "
			"the table has no primary key of one column");
		return false;
	}
	if (!in || !query || !term || !select || !range.last || !alone)
		return false;
	column = make_column(&r->arena, limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, 0));
	if (!column)
		return false;
	column->name->last->quoted = true;
	item.expr = make_final(&r->arena, qualified_column(r, &range, column));
	select->from = delete->tables;
	select->where = delete->where;
	term->kind = TERM_SELECT;
	term->select = select;
	query->terms = term;
	in->kind = EXPR_IN;
	in->query = query;
	*alone = *target;
	alone->joins = NULL;
	alone->alias = NULL;
	alone->as = false;
	delete->tables = (struct from_list) { NULL, 0, 0 };
	delete->where = in;
	return vec_push_arena(&select->items, item, &r->arena)
		&& vec_push_arena(&in->args, make_final(&r->arena, column), &r->arena)
		&& vec_push_arena(&delete->tables, alone, &r->arena);
}

static bool one_target(struct printer *out, struct ddl_delete *delete)
{
	struct rewriting *r = rewriting_of(out);
	const struct from_item *target = delete->targets && !delete->targets->next
		? find_called(&delete->tables, delete->targets->name.last->name) : NULL;
	struct from_list all = { NULL, 0, 0 };
	const struct ddl_expr *where = delete->where;

	if (!target || target->kind != FROM_TABLE) {
		target_refuse(out, delete->targets ? &delete->targets->name.span : NULL,
			"DELETE from several tables at once has no counterpart");
		return false;
	}
	if (joins_outside(&delete->tables))
		return by_key(out, delete, target);
	for (size_t i = 0; i < delete->tables.count; i++)
		if (!flatten(out, delete->tables.items[i], &all, &where))
			return false;
	delete->where = where;
	delete->tables = (struct from_list) { NULL, 0, 0 };
	for (size_t i = 0; i < all.count; i++)
		if (strcasecmp(called(all.items[i]), called(target)) == 0
			? !vec_push_arena(&delete->tables, all.items[i], &r->arena)
			: !vec_push_arena(&delete->from, all.items[i], &r->arena))
			return false;
	return true;
}

const struct ddl_delete *inward_delete(struct printer *out, const struct ddl_delete *from)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_delete *delete;
	bool good = true;

	if (is_common(r))
		return from;
	if (from->limit) {
		target_refuse(out, from->where ? &from->where->span : NULL,
			"DELETE ... LIMIT has no counterpart");
		return NULL;
	}
	delete = arena_alloc(&r->arena, sizeof *delete);
	if (!delete)
		return (void)phrase_nomem(out), NULL;
	*delete = *from;
	delete->modifiers = NULL;
	delete->order = (struct order_list) { NULL, 0, 0 };
	if (from->where)
		delete->where = inward_condition(out, from->where);
	/* DELETE FROM t USING t JOIN u: the tables are those behind USING alone. */
	if (from->form == DELETE_FROM && from->from.count > 0 && from->tables.count > 0) {
		struct delete_target *target = arena_alloc(&r->arena, sizeof *target);

		if (!target)
			return (void)phrase_nomem(out), NULL;
		target->name = from->tables.items[0]->name;
		delete->targets = target;
		delete->tables = from->from;
		delete->from = (struct from_list) { NULL, 0, 0 };
		delete->form = DELETE_USING;
	}
	if (delete->form != DELETE_FROM) {
		good = one_target(out, delete);
		delete->form = DELETE_FROM;
		delete->targets = NULL;
		delete->no_from = false;
	}
	if (!good && !out->target->failed)
		phrase_nomem(out);
	return out->target->failed ? NULL : delete;
}
