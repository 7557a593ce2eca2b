/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include <strings.h>

#include "translate/home_int.h"

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : !a && !b;
}

/* What was renamed before is in the table of the new name. */
static void follow(struct performer *p, const struct object_name *from, const char *to)
{
	for (size_t i = 0; i < p->effect->renames.count; i++) {
		struct diff_rename *old = &p->effect->renames.items[i];

		if (old->table && strcmp(old->table, from->name) == 0
			&& same_text(old->schema, from->schema))
			old->table = to;
	}
}

static int record(struct performer *p, const struct object_name *from, const char *to)
{
	struct diff_rename rename = { .kind = from->kind };

	rename.to = arena_strdup(p->arena, to);
	rename.from = arena_strdup(p->arena, from->name);
	rename.schema = from->schema ? arena_strdup(p->arena, from->schema) : NULL;
	rename.table = from->table ? arena_strdup(p->arena, from->table) : NULL;
	if (!rename.to || !rename.from || (from->schema && !rename.schema)
		|| (from->table && !rename.table))
		return home_nomem(p);
	if (from->kind == LIMBECK_KIND_TABLE)
		follow(p, from, rename.to);
	p->effect->alone = true;
	return vec_push_arena(&p->effect->renames, rename, p->arena) ? 0 : home_nomem(p);
}

static int apply(struct performer *p, struct limbeck_object *object,
	const struct object_name *to)
{
	struct limbeck_catalog *aside = catalog_new(catalog_rules(p->catalog));
	struct limbeck_change change = { .size = sizeof change, .verb = LIMBECK_RENAME,
		.before = object };
	int failed = -1;

	if (aside)
		change.after = catalog_copy(aside, object, false, to);
	if (!change.after)
		home_nomem(p);
	else
		failed = catalog_apply(p->catalog, &change, p->err);
	catalog_free(aside);
	return failed;
}

static int restore_views(struct performer *p, const struct object_name *column)
{
	static const enum limbeck_kind views[] = { LIMBECK_KIND_VIEW,
		LIMBECK_KIND_MATERIALIZED_VIEW };
	const struct limbeck_object *table = catalog_relation(p->catalog, column->schema,
		column->table);

	for (size_t i = 0; table && i < 2; i++) {
		struct limbeck_object *view = NULL;

		while ((view = catalog_next(p->catalog, views[i], NULL, NULL, view)))
			if (home_reads(p, view, table) && home_restore_columns(p, view))
				return -1;
	}
	return 0;
}

int home_rename_to(struct performer *p, struct limbeck_object *object, const char *schema,
	const char *name)
{
	struct object_name from, to;

	object_name_of(object, &from);
	to = from;
	to.schema = schema;
	to.name = name;
	if (same_text(from.schema, schema) && strcmp(from.name, name) == 0)
		return 0;
	if (from.kind == LIMBECK_KIND_SEQUENCE)
		catalog_connect(p->catalog);
	if (home_touch_object(p, object)
		|| (!object_is_part(object) && home_touch_dependents(p, object))
		|| apply(p, object, &to) || record(p, &from, name))
		return -1;
	if (from.kind == LIMBECK_KIND_COLUMN && restore_views(p, &from))
		return -1;
	return object_is_part(object) ? 0 : home_touch(p, from.kind, schema, name);
}

/* Foreign keys without a name of their own are called after the table. */
static int rename_keys(struct performer *p, const struct limbeck_object *table,
	const char *old_name)
{
	struct home_naming naming = { .pattern = p->traits->renamed, .table = old_name };
	struct limbeck_object *key = NULL;
	struct strbuf stem = STRBUF_INIT;
	int failed = 0;

	if (!naming.pattern)
		return 0;
	strbuf_addf(&stem, "%s%s", old_name, strchr(naming.pattern, '}') + 1);
	while (!failed && (key = catalog_next(p->catalog, LIMBECK_KIND_FOREIGN_KEY,
			limbeck_object_schema(table), limbeck_object_name(table), key))) {
		const char *name = limbeck_object_name(key), *to;

		if (strncmp(name, stem.buf, stem.len) != 0)
			continue;
		to = arena_printf(p->arena, "%s%s", limbeck_object_name(table),
			name + strlen(old_name));
		failed = to ? home_rename_to(p, key, limbeck_object_schema(table), to)
			: home_nomem(p);
	}
	strbuf_release(&stem);
	return failed;
}

int home_rename_table_to(struct performer *p, struct limbeck_object *table,
	const struct home_name *to)
{
	const char *old = arena_strdup(p->arena, limbeck_object_name(table));
	/* The engine may still have a table of that name, which has another here already. */
	const struct limbeck_object *there = home_known(p, to);

	if (!old)
		return home_nomem(p);
	if ((there && there != table) || (!there && p->traits->flags & HOME_SCHEMA_INDEXES
		&& home_taken(p, to->schema, to->name, false)))
		return home_complain(p, HOME_RELATION_EXISTS, to->span, NULL, to->name, NULL);
	if (home_rename_to(p, table, to->schema, to->name) || rename_keys(p, table, old))
		return -1;
	/* Those that were waiting for a table of this name. */
	return home_complete_references(p, table) || home_touch_dependents(p, table) ? -1 : 0;
}

int home_rename_table(struct performer *p, const struct ddl_rename *rename)
{
	for (; rename; rename = rename->next) {
		struct limbeck_object *table;
		struct home_name to;

		if (home_need_relation(p, &rename->from, LIMBECK_KIND_NONE, &table)
			|| home_name(p, &rename->to, &to))
			return -1;
		if (home_rename_table_to(p, table, &to))
			return -1;
	}
	return 0;
}

static int find_part(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action, const char *name, struct limbeck_object **out)
{
	enum home_message missing = HOME_NO_CONSTRAINT;

	switch (action->kind) {
	case ACTION_RENAME_COLUMN:
		*out = home_part(p, table, LIMBECK_KIND_COLUMN, name);
		missing = HOME_NO_COLUMN;
		break;
	case ACTION_RENAME_INDEX:
		*out = home_part(p, table, LIMBECK_KIND_INDEX, name);
		if (!*out)
			*out = home_part(p, table, LIMBECK_KIND_UNIQUE, name);
		missing = HOME_NO_INDEX;
		break;
	default: *out = home_constraint(p, table, name); break;
	}
	if (*out)
		return 0;
	return action->if_exists ? 0 : home_complain(p, missing, &action->name->span, NULL, name,
		limbeck_object_name(table));
}

/* Of a view: the names of its columns are a list. */
static int rename_view_column(struct performer *p, struct limbeck_object *view,
	const struct ddl_action *action, const char *from, const char *to)
{
	size_t count = limbeck_object_count(view, LIMBECK_ATTR_COLUMNS), at = count;
	const char **names = arena_array(p->arena, count + 1, sizeof *names);

	if (!names)
		return home_nomem(p);
	for (size_t i = 0; i < count; i++) {
		names[i] = limbeck_object_item(view, LIMBECK_ATTR_COLUMNS, i);
		if (home_same(p, names[i], to))
			return home_complain(p, HOME_COLUMN_EXISTS, &action->new_name->span, NULL,
				to, limbeck_object_name(view));
		if (home_same(p, names[i], from))
			at = i;
	}
	if (at == count)
		return home_complain(p, HOME_NO_COLUMN, &action->name->span, NULL, from,
			limbeck_object_name(view));
	names[at] = to;
	object_set(view, LIMBECK_ATTR_COLUMNS, NULL);
	for (size_t i = 0; i < count; i++)
		object_append(view, LIMBECK_ATTR_COLUMNS, names[i]);
	return home_restore_columns(p, view) || home_touch_dependents(p, view) ? -1 : 0;
}

int home_rename_part(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	const char *name = home_ident(p, action->name), *to = home_ident(p, action->new_name);
	struct limbeck_object *part, *other = NULL;

	if (!name || !to)
		return -1;
	if (limbeck_object_kind(table) != LIMBECK_KIND_TABLE
		&& action->kind == ACTION_RENAME_COLUMN)
		return rename_view_column(p, table, action, name, to);
	if (find_part(p, table, action, name, &part))
		return -1;
	if (!part)
		return 0;
	other = home_part(p, table, limbeck_object_kind(part), to);
	if (other && other != part)
		return home_complain(p, action->kind == ACTION_RENAME_COLUMN ? HOME_COLUMN_EXISTS
			: HOME_CONSTRAINT_EXISTS, &action->new_name->span, NULL, to,
			limbeck_object_name(table));
	if (action->kind == ACTION_RENAME_COLUMN && home_touch_dependents(p, table))
		return -1;
	return home_rename_to(p, part, limbeck_object_schema(part), to);
}
