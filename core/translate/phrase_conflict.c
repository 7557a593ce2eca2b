/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ON CONFLICT. Where the engine has ON DUPLICATE KEY UPDATE alone, which any key of the
 * table sets off, the one that is named must be the only one that can be met; DO NOTHING
 * sets a column to what it is, since INSERT IGNORE would hide other errors.
 */
#include "translate/phrase_inward.h"

#include <string.h>
#include <strings.h>

#include "base/vec.h"

static bool is_key(const struct limbeck_object *object)
{
	switch (limbeck_object_kind(object)) {
	case LIMBECK_KIND_PRIMARY_KEY:
	case LIMBECK_KIND_UNIQUE:
		return true;
	case LIMBECK_KIND_INDEX:
		return limbeck_object_get(object, LIMBECK_ATTR_UNIQUE) != NULL;
	default:
		return false;
	}
}

static bool has_column(const struct limbeck_object *key, const char *name)
{
	for (size_t i = 0; i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++)
		if (strcmp(limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i), name) == 0)
			return true;
	return false;
}

/* Whether the key has the columns that the clause names, and no others. */
static bool is_target(struct rewriting *r, const struct limbeck_object *key,
	const struct ddl_conflict *conflict)
{
	size_t count = conflict->targets.count;

	if (conflict->constraint)
		return strcmp(limbeck_object_name(key), name_meant(r, conflict->constraint)) == 0;
	if (limbeck_object_count(key, LIMBECK_ATTR_COLUMNS) != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct ddl_expr *expr = expr_inner(conflict->targets.items[i].expr);

		if (expr->kind != EXPR_COLUMN || !has_column(key, name_meant(r, expr->name->last)))
			return false;
	}
	return true;
}

static bool is_inserted(struct rewriting *r, const struct ddl_insert *insert, const char *column)
{
	if (!insert->columns_parens)
		return true;
	for (size_t i = 0; i < insert->columns.count; i++)
		if (insert->columns.items[i]->kind == EXPR_COLUMN
			&& (r->book->home->folds ? strcmp(name_meant(r,
				insert->columns.items[i]->name->last), column) == 0 : strcasecmp(
				insert->columns.items[i]->name->last->name, column) == 0))
			return true;
	return false;
}

/* A key of which a column is left to its numbers is never met. */
static bool is_numbered(const struct limbeck_object *table, const char *column)
{
	const struct object_name name = { .kind = LIMBECK_KIND_COLUMN,
		.schema = limbeck_object_schema(table), .table = limbeck_object_name(table),
		.name = column };
	const struct limbeck_object *object = catalog_find(object_catalog(table), &name);
	const char *text = object ? limbeck_object_get(object, LIMBECK_ATTR_DEFAULT) : NULL;

	return object && (limbeck_object_get(object, LIMBECK_ATTR_IDENTITY)
		|| (text && (strstr(text, "nextval(") || strstr(text, "uuid")))
		|| (!text && !limbeck_object_get(object, LIMBECK_ATTR_NOT_NULL)));
}

static bool may_be_met(struct rewriting *r, const struct limbeck_object *table,
	const struct limbeck_object *key, const struct ddl_insert *insert)
{
	for (size_t i = 0; i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++) {
		const char *column = limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i);

		if (!is_inserted(r, insert, column) && is_numbered(table, column))
			return false;
	}
	return true;
}

static const struct limbeck_object *next_key(const struct limbeck_object *table,
	const struct limbeck_object *key)
{
	do
		key = catalog_next(object_catalog(table), LIMBECK_KIND_NONE,
			limbeck_object_schema(table), limbeck_object_name(table), key);
	while (key && !is_key(key));
	return key;
}

static const struct limbeck_object *find_target(struct rewriting *r,
	const struct limbeck_object *table, const struct ddl_conflict *conflict)
{
	const struct limbeck_object *key = NULL;

	while (table && (key = next_key(table, key)))
		if (is_target(r, key, conflict))
			return key;
	return NULL;
}

/* ON CONSTRAINT name: its columns. */
static bool name_columns(struct printer *out, const struct ddl_insert *insert,
	struct ddl_conflict *conflict)
{
	struct rewriting *r = rewriting_of(out);
	const struct limbeck_object *key = find_target(r, target_table(r, &insert->name), conflict);

	if (!key) {
		target_refuse(out, &conflict->span, "the constraint \"%s\" is not known",
			conflict->constraint->name);
		return false;
	}
	for (size_t i = 0; i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++) {
		const struct ddl_expr *column = make_column(&r->arena,
			limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i));
		const struct conflict_target target = { .expr = column };

		if (!column || !vec_push_arena(&conflict->targets, target, &r->arena))
			return false;
		column->name->last->quoted = true;
	}
	conflict->parens = true;
	conflict->constraint = NULL;
	return true;
}

const struct limbeck_object *only_key(struct rewriting *r, const struct ddl_insert *insert)
{
	const struct limbeck_object *table = target_table(r, &insert->name);
	const struct limbeck_object *key = NULL, *found = NULL;

	while (table && (key = next_key(table, key))) {
		if (!may_be_met(r, table, key, insert))
			continue;
		if (found)
			return NULL;
		found = key;
	}
	return found;
}

static bool native(struct printer *out, struct ddl_insert *insert)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_conflict **at = &insert->conflicts;

	for (; *at; at = &(*at)->next) {
		struct ddl_conflict *copy = arena_alloc(&r->arena, sizeof *copy);

		if (!copy)
			return false;
		*copy = **at;
		*at = copy;
		if (copy->constraint && !name_columns(out, insert, copy))
			return false;
		if (copy->set && !(copy->set = set_abroad(out, &insert->name, copy->set)))
			return false;
		for (size_t i = 0; i < copy->targets.count; i++)
			if (copy->targets.items[i].class)
				copy->targets.items[i].class = NULL;
	}
	return true;
}

/* The only key that the rows can meet is the one that is named. */
static bool meets_target(struct printer *out, const struct ddl_insert *insert,
	const struct ddl_conflict *conflict)
{
	struct rewriting *r = rewriting_of(out);
	const struct limbeck_object *table = target_table(r, &insert->name), *key = NULL;
	const struct limbeck_object *target = find_target(r, table, conflict);

	if (!conflict->parens && !conflict->constraint)
		return true;
	if (!target || limbeck_object_get(target, LIMBECK_ATTR_PREDICATE)) {
		target_refuse(out, &conflict->span, table ? "ON CONFLICT with a target that is no key "
			"has no counterpart" : "ON CONFLICT of a table that is not known has no "
			"counterpart");
		return false;
	}
	while ((key = next_key(table, key)))
		if (key != target && may_be_met(r, table, key, insert)) {
			target_refuse(out, &conflict->span, "ON CONFLICT has no counterpart where the "
				"table has another key (\"%s\")", limbeck_object_name(key));
			return false;
		}
	return true;
}

static struct ddl_assignment *keep_as_is(struct rewriting *r, const struct ddl_insert *insert)
{
	const struct limbeck_object *table = target_table(r, &insert->name);
	const struct limbeck_object *key = table ? next_key(table, NULL) : NULL;
	struct ddl_assignment *one = arena_alloc(&r->arena, sizeof *one);
	const struct ddl_expr *column = NULL;

	if (key && limbeck_object_count(key, LIMBECK_ATTR_COLUMNS) > 0)
		column = make_column(&r->arena, limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, 0));
	if (column)
		column->name->last->quoted = true;
	else if (insert->columns.count > 0)
		column = insert->columns.items[0];
	if (!one || !column || !vec_push_arena(&one->targets, column, &r->arena))
		return NULL;
	one->operator = "=";
	one->value = qualified_column(r, &insert->name, column);
	return one->value ? one : NULL;
}

/* DO UPDATE SET a = x WHERE y: a = CASE WHEN y THEN x ELSE a END */
static bool put_condition(struct rewriting *r, const struct ddl_insert *insert,
	struct ddl_assignment *set, const struct ddl_expr *where)
{
	for (; set; set = set->next) {
		const struct ddl_expr *old = qualified_column(r, &insert->name,
			set->targets.items[0]);

		set->value = make_case(&r->arena, where, set->value, old);
		if (!set->value || !old)
			return false;
	}
	return true;
}

static bool by_duplicate(struct printer *out, struct ddl_insert *insert)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_conflict *conflict = insert->conflicts;

	if (conflict->next) {
		target_refuse(out, &conflict->next->span,
			"a second ON CONFLICT has no counterpart");
		return false;
	}
	if (!meets_target(out, insert, conflict))
		return false;
	insert->conflicts = NULL;
	r->conflict = true;
	r->changed = name_meant(r, insert->name.last);
	if (conflict->action == CONFLICT_NOTHING) {
		insert->duplicate = keep_as_is(r, insert);
		return insert->duplicate != NULL;
	}
	insert->duplicate = set_abroad(out, &insert->name, conflict->set);
	if (!insert->duplicate)
		return false;
	if (conflict->where && !put_condition(r, insert, insert->duplicate, conflict->where))
		return false;
	insert->duplicate = set_in_order(out, insert->duplicate);
	return insert->duplicate != NULL;
}

bool conflict_abroad(struct printer *out, struct ddl_insert *insert)
{
	struct rewriting *r = rewriting_of(out);

	if (!insert->conflicts)
		return true;
	if (rewriting_says(r, LIMBECK_SAYS_ON_CONFLICT))
		return native(out, insert);
	if (rewriting_says(r, LIMBECK_SAYS_ON_DUPLICATE_KEY))
		return by_duplicate(out, insert);
	target_refuse(out, &insert->conflicts->span, "ON CONFLICT has no counterpart");
	return false;
}
