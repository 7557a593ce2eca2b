/* SPDX-License-Identifier: BSD-2-Clause */
/* ALTER TABLE, and what is altered by statements of their own kind. */
#include <string.h>

#include "base/error.h"
#include "translate/home_int.h"

static int refuse(struct performer *p, const struct ddl_action *action)
{
	return home_refuse(p, &action->span, "%.*s has no counterpart",
		action->span.length > 60 ? 60 : (int)action->span.length, action->span.text);
}

static int skip(struct performer *p, const struct limbeck_object *object,
	const struct ddl_action *action)
{
	return home_notice(p, &action->span, "%.*s of %s",
		action->span.length > 60 ? 60 : (int)action->span.length, action->span.text,
		limbeck_object_name(object));
}

static int add_columns(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	const char *name;

	if (action->parentheses)
		return home_elements(p, table, action->elements);
	name = home_ident(p, &action->column->name);
	if (!name)
		return -1;
	if (action->if_not_exists && home_part(p, table, LIMBECK_KIND_COLUMN, name))
		return 0;
	return home_add_column(p, table, action->column);
}

static int convert(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	const char *collation = action->target ? action->target->last->name : NULL;
	struct limbeck_object *column = NULL;

	object_set(table, LIMBECK_ATTR_CHARSET, action->option->name->last->name);
	object_set(table, LIMBECK_ATTR_COLLATION, collation);
	while ((column = catalog_next(p->catalog, LIMBECK_KIND_COLUMN,
			limbeck_object_schema(table), limbeck_object_name(table), column))) {
		object_set(column, LIMBECK_ATTR_CHARSET, NULL);
		object_set(column, LIMBECK_ATTR_COLLATION, NULL);
		if (home_set_collation(p, table, column))
			return -1;
	}
	return skip(p, table, action);
}

static int set_schema(struct performer *p, struct limbeck_object *object,
	const struct ddl_action *action)
{
	const char *name = limbeck_object_name(object);
	struct ddl_name full = *action->option->name;
	struct ddl_ident last = *full.last, schema = *full.last;
	struct home_name to;

	/* A name in that schema, so that the default one is known. */
	schema.next = &last;
	full.first = &schema;
	full.last = &last;
	full.count = 2;
	if (home_name(p, &full, &to))
		return -1;
	if (to.schema && !home_find(p, LIMBECK_KIND_SCHEMA, NULL, NULL, to.schema))
		return home_complain(p, HOME_NO_OBJECT, &action->option->name->span, "schema",
			to.schema, NULL);
	if (catalog_relation(p->catalog, to.schema, name)
		&& catalog_relation(p->catalog, to.schema, name) != object)
		return home_complain(p, HOME_RELATION_EXISTS, &action->option->name->span, NULL,
			name, NULL);
	return home_rename_to(p, object, to.schema, name);
}

static int row_security(struct performer *p, const struct ddl_action *action)
{
	const char *words = action->option->form->words;

	if (words[0] == 'D' || words[0] == 'N')
		return home_notice(p, &action->span, "%s", words);
	home_refuse(p, &action->span, "%s has no counterpart", words);
	error_hint(p->err, "What rows a user may see is not limited on another engine: say in an "
		"@only block that this is so.");
	return -1;
}

/* The trigger, rule or keys that are told by name. */
static int triggers(struct performer *p, const struct limbeck_object *table,
	const struct ddl_action *action)
{
	const char *words = action->option->form->words;
	size_t length = strlen(words);

	if (length > 4 && strcmp(words + length - 4, "KEYS") == 0)
		return skip(p, table, action);
	return refuse(p, action);
}

static int table_action(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	struct home_name name;

	switch (action->kind) {
	case ACTION_OPTION: return home_table_option(p, table, action->option);
	case ACTION_ADD_COLUMN: return add_columns(p, table, action);
	case ACTION_RENAME:
		if (home_name(p, action->target, &name))
			return -1;
		if (action->target->count == 1)
			name.schema = limbeck_object_schema(table);
		return home_rename_table_to(p, table, &name);
	case ACTION_SET_SCHEMA: return set_schema(p, table, action);
	case ACTION_CONVERT: return convert(p, table, action);
	case ACTION_ROW_SECURITY: return row_security(p, action);
	case ACTION_TRIGGERS: return triggers(p, table, action);
	case ACTION_OWNER:
	case ACTION_STORAGE:
	case ACTION_HOW: return skip(p, table, action);
	case ACTION_INHERIT:
	case ACTION_ATTACH:
	case ACTION_DETACH:
	case ACTION_PARTITION: return home_partition(p, table, action);
	default: return home_alter_parts(p, table, action);
	}
}

/* What is a table to a statement may be a view, which has no parts to alter. */
static bool is_of_any(const struct ddl_action *action)
{
	return action->kind == ACTION_RENAME || action->kind == ACTION_RENAME_COLUMN
		|| action->kind == ACTION_SET_SCHEMA || action->kind == ACTION_OWNER
		|| action->kind == ACTION_STORAGE;
}

/* A rename takes the object to another place in the catalog, where it is the same. */
static int alter_table(struct performer *p, const struct ddl_alter *alter)
{
	struct limbeck_object *table;
	struct home_name name;

	if (home_name(p, alter->name, &name) || home_relation(p, &name, &table))
		return -1;
	if (!table)
		table = home_find(p, LIMBECK_KIND_SEQUENCE, name.schema, NULL, name.name);
	if (!table)
		return alter->if_exists ? 0 : home_complain(p, HOME_NO_RELATION,
			&alter->name->span, NULL, name.name, NULL);
	if (home_touch_object(p, table))
		return -1;
	for (const struct ddl_action *a = alter->actions; a; a = a->next) {
		if (limbeck_object_kind(table) != LIMBECK_KIND_TABLE && !is_of_any(a))
			return home_refuse(p, &alter->name->span, "\"%s\" is not a table",
				name.name);
		if (table_action(p, table, a))
			return -1;
	}
	return home_touch_object(p, table);
}

/* Of an object that has no actions but these. */
static int alter_plain(struct performer *p, const struct ddl_alter *alter,
	struct limbeck_object *object)
{
	struct home_name name;
	int failed = 0;

	if (home_touch_object(p, object))
		return -1;
	for (const struct ddl_action *a = alter->actions; a && !failed; a = a->next)
		switch (a->kind) {
		case ACTION_RENAME:
			failed = home_name(p, a->target, &name) || home_rename_to(p, object,
				a->target->count > 1 ? name.schema : limbeck_object_schema(object),
				name.name);
			break;
		case ACTION_SET_SCHEMA: failed = set_schema(p, object, a); break;
		case ACTION_RENAME_COLUMN: failed = home_rename_part(p, object, a); break;
		case ACTION_OWNER:
		case ACTION_STORAGE: failed = skip(p, object, a); break;
		default: failed = refuse(p, a);
		}
	return failed ? -1 : home_touch_object(p, object);
}

int home_alter_plainly(struct performer *p, const struct ddl_alter *alter,
	enum limbeck_kind kind, const char *word)
{
	struct limbeck_object *object;
	struct home_name name;

	if (home_name(p, alter->name, &name))
		return -1;
	object = home_find(p, kind, kind == LIMBECK_KIND_SCHEMA ? NULL : name.schema, NULL,
		name.name);
	if (!object)
		return alter->if_exists ? 0 : home_complain(p, HOME_NO_OBJECT, &alter->name->span,
			word, name.name, NULL);
	return alter_plain(p, alter, object);
}

static bool only_owner(const struct ddl_alter *alter)
{
	for (const struct ddl_action *a = alter->actions; a; a = a->next)
		if (a->kind != ACTION_OWNER)
			return false;
	return alter->actions != NULL;
}

int home_alter(struct performer *p, const struct ddl_alter *alter)
{
	if (only_owner(alter))
		return home_leave(p, "Owners matter at home alone.");
	switch (alter->object) {
	case DDL_TABLE: return alter_table(p, alter);
	case DDL_INDEX: return home_alter_index(p, alter);
	case DDL_TYPE: return home_alter_type(p, alter);
	case DDL_DOMAIN: return home_alter_domain(p, alter);
	case DDL_SEQUENCE: return home_alter_sequence(p, alter);
	case DDL_VIEW: return home_alter_view(p, alter);
	case DDL_MATERIALIZED_VIEW:
		return home_alter_plainly(p, alter, LIMBECK_KIND_MATERIALIZED_VIEW,
			"materialized view");
	case DDL_SCHEMA: return home_alter_plainly(p, alter, LIMBECK_KIND_SCHEMA, "schema");
	case DDL_DATABASE: return home_leave(p, "Settings of a database matter at home alone.");
	case DDL_EXTENSION: return home_leave(p, "Extensions matter at home alone.");
	default:
		return home_refuse(p, &alter->name->span, "ALTER %s has no counterpart",
			alter->words);
	}
}
