/* SPDX-License-Identifier: BSD-2-Clause */
/* UPDATE and DELETE. */
#include "translate/phrase_rules.h"

#include <string.h>

#include "base/vec.h"

const struct ddl_expr *qualified_column(struct rewriting *r, const struct ddl_name *table,
	const struct ddl_expr *column)
{
	struct ddl_expr *copy = make_copy(&r->arena, column);
	struct ddl_name *name = arena_alloc(&r->arena, sizeof *name);
	struct ddl_ident *parts = arena_alloc(&r->arena, 2 * sizeof *parts);

	if (!copy || !name || !parts)
		return NULL;
	parts[0] = *table->last;
	parts[1] = *column->name->last;
	parts[0].next = &parts[1];
	parts[1].next = NULL;
	name->first = parts;
	name->last = &parts[1];
	name->count = 2;
	copy->name = name;
	return copy;
}

/* The item and what is joined with it is what the statement itself is about: it is not
 * replaced by a copy. */
static struct from_item *marked(struct rewriting *r, const struct from_item *item)
{
	struct from_item *copy = arena_alloc(&r->arena, sizeof *copy);
	struct from_join **tail = copy ? &copy->joins : NULL;

	if (!copy)
		return NULL;
	*copy = *item;
	copy->star = true;
	copy->as = copy->alias != NULL;
	for (const struct from_join *join = item->joins; join; join = join->next) {
		*tail = arena_alloc(&r->arena, sizeof **tail);
		if (!*tail)
			return NULL;
		**tail = *join;
		(*tail)->item = marked(r, join->item);
		if (!(*tail)->item)
			return NULL;
		tail = &(*tail)->next;
	}
	return copy;
}

static bool mark(struct rewriting *r, struct from_list *list, const struct from_list *add)
{
	for (size_t i = 0; i < add->count; i++) {
		struct from_item *item = marked(r, add->items[i]);

		if (!item || !vec_push_arena(list, item, &r->arena))
			return false;
	}
	return true;
}

static struct ddl_name *called(struct rewriting *r, const struct from_item *item)
{
	struct ddl_name *name = arena_alloc(&r->arena, sizeof *name);

	if (!name)
		return NULL;
	*name = item->name;
	if (item->alias) {
		name->first = name->last = item->alias;
		name->count = 1;
	}
	return name;
}

/* Before several tables, the columns that are set say whose they are. */
static bool qualify(struct rewriting *r, struct ddl_assignment *set, const struct from_item *item)
{
	const struct ddl_name *table = called(r, item);

	for (; table && set; set = set->next) {
		set->targets.items[0] = qualified_column(r, table, set->targets.items[0]);
		if (!set->targets.items[0])
			return false;
	}
	return table != NULL;
}

static bool update_from(struct printer *out, struct ddl_update *update,
	const struct ddl_update *from)
{
	struct rewriting *r = rewriting_of(out);

	update->tables = update->from = (struct from_list) { NULL, 0, 0 };
	if (!mark(r, &update->tables, &from->tables))
		return false;
	if (from->from.count == 0)
		return true;
	if (rewriting_says(r, LIMBECK_SAYS_UPDATE_FROM))
		return mark(r, &update->from, &from->from);
	if (!rewriting_says(r, LIMBECK_SAYS_UPDATE_JOIN)) {
		target_refuse(out, &from->from.items[0]->span, "UPDATE ... FROM has no counterpart");
		return false;
	}
	return mark(r, &update->tables, &from->from)
		&& qualify(r, update->set, from->tables.items[0]);
}

static bool with_changes(struct printer *out, struct ddl_with **with)
{
	struct rewriting *r = rewriting_of(out);

	if (!*with)
		return true;
	*with = with_abroad(out, *with);
	if (!*with || rewriting_says(r, LIMBECK_SAYS_CTE_CHANGES))
		return *with != NULL;
	if ((*with)->recursive) {
		target_refuse(out, &(*with)->span, "WITH RECURSIVE before a change of rows has no "
			"counterpart");
		return false;
	}
	r->inlined = *with;
	*with = NULL;
	return true;
}

static bool cursor_refused(struct printer *out, const struct ddl_ident *cursor)
{
	if (cursor)
		target_refuse(out, &cursor->span, "WHERE CURRENT OF has no counterpart");
	return cursor != NULL;
}

const struct ddl_update *phrase_hook_update(struct printer *out, const struct ddl_update *from)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_update *update;
	const struct ddl_name *table;

	if (r->book->common)
		return from;
	if (r->book->way == PHRASE_INWARD)
		return inward_update(out, from);
	update = arena_alloc(&r->arena, sizeof *update);
	if (!update || from->tables.count == 0)
		return (void)phrase_nomem(out), NULL;
	*update = *from;
	table = &from->tables.items[0]->name;
	r->changed = name_meant(r, table->last);
	update->returning = (struct select_list) { NULL, 0, 0 };
	if (cursor_refused(out, from->cursor) || !with_changes(out, &update->with))
		return NULL;
	update->set = set_abroad(out, table, from->set);
	if (update->set && !rewriting_says(r, LIMBECK_SAYS_SIMULTANEOUS))
		update->set = set_in_order(out, update->set);
	if ((!update->set || !update_from(out, update, from)) && !out->target->failed)
		phrase_nomem(out);
	return out->target->failed ? NULL : update;
}

/* DELETE FROM t USING a WHERE c: DELETE FROM t WHERE EXISTS (SELECT 1 FROM a WHERE c) */
static bool by_exists(struct rewriting *r, struct ddl_delete *delete)
{
	struct ddl_expr *exists = arena_alloc(&r->arena, sizeof *exists);
	struct ddl_query *query = arena_alloc(&r->arena, sizeof *query);
	struct query_term *term = arena_alloc(&r->arena, sizeof *term);
	struct ddl_select *select = arena_alloc(&r->arena, sizeof *select);
	struct select_item *one = arena_alloc(&r->arena, sizeof *one);

	if (!exists || !query || !term || !select || !one)
		return false;
	one->expr = make_number(&r->arena, "1");
	select->items = (struct select_list) { one, 1, 1 };
	select->from = delete->from;
	select->where = delete->where;
	term->kind = TERM_SELECT;
	term->select = select;
	query->terms = term;
	exists->kind = EXPR_EXISTS;
	exists->query = query;
	delete->where = exists;
	delete->from = (struct from_list) { NULL, 0, 0 };
	return one->expr != NULL;
}

/* DELETE FROM t USING a WHERE c: DELETE t FROM t, a WHERE c */
static bool by_list(struct rewriting *r, struct ddl_delete *delete)
{
	struct ddl_name *name = called(r, delete->tables.items[0]);
	struct delete_target *target = arena_alloc(&r->arena, sizeof *target);

	if (!name || !target)
		return false;
	target->name = *name;
	delete->form = DELETE_LIST;
	delete->no_from = false;
	delete->targets = target;
	for (size_t i = 0; i < delete->from.count; i++)
		if (!vec_push_arena(&delete->tables, delete->from.items[i], &r->arena))
			return false;
	delete->from = (struct from_list) { NULL, 0, 0 };
	return true;
}

static bool delete_from(struct printer *out, struct ddl_delete *delete,
	const struct ddl_delete *from)
{
	struct rewriting *r = rewriting_of(out);
	bool alone = from->from.count == 0;

	delete->tables = delete->from = (struct from_list) { NULL, 0, 0 };
	if (!mark(r, &delete->tables, &from->tables) || !mark(r, &delete->from, &from->from))
		return false;
	if (alone && (!delete->tables.items[0]->alias
		|| rewriting_says(r, LIMBECK_SAYS_TABLE_ALIAS)))
		return true;
	if (!alone && rewriting_says(r, LIMBECK_SAYS_DELETE_USING))
		return true;
	return rewriting_says(r, LIMBECK_SAYS_DELETE_JOIN) ? by_list(r, delete)
		: by_exists(r, delete);
}

const struct ddl_delete *phrase_hook_delete(struct printer *out, const struct ddl_delete *from)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_delete *delete;

	if (r->book->common)
		return from;
	if (r->book->way == PHRASE_INWARD)
		return inward_delete(out, from);
	delete = arena_alloc(&r->arena, sizeof *delete);
	if (!delete || from->tables.count == 0)
		return (void)phrase_nomem(out), NULL;
	*delete = *from;
	r->changed = name_meant(r, from->tables.items[0]->name.last);
	delete->returning = (struct select_list) { NULL, 0, 0 };
	if (cursor_refused(out, from->cursor) || !with_changes(out, &delete->with))
		return NULL;
	if (!delete_from(out, delete, from) && !out->target->failed)
		phrase_nomem(out);
	return out->target->failed ? NULL : delete;
}
