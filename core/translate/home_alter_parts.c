/* SPDX-License-Identifier: BSD-2-Clause */
/* What ALTER TABLE does to constraints and indexes. */
#include <string.h>

#include "sql/scanner.h"
#include "translate/home_int.h"

static int drop_constraint(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	const char *name = home_ident(p, action->name);
	struct limbeck_object *object;

	if (!name)
		return -1;
	object = home_constraint(p, table, name);
	/* MySQL's unique keys are indexes, and constraints all the same. */
	if (!object && !(p->traits->flags & HOME_SCHEMA_INDEXES)) {
		object = home_part(p, table, LIMBECK_KIND_INDEX, name);
		if (object && !limbeck_object_get(object, LIMBECK_ATTR_UNIQUE))
			object = NULL;
	}
	if (!object)
		return action->if_exists ? 0 : home_complain(p, HOME_NO_CONSTRAINT,
			&action->name->span, NULL, name, limbeck_object_name(table));
	return home_drop_held(p, object, action->behavior == DDL_CASCADE, &action->name->span,
		"constraint");
}

static int drop_primary_key(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	struct limbeck_object *key = home_primary_key(p, table);

	if (!key)
		return home_complain(p, HOME_NO_INDEX, &action->span, NULL, "PRIMARY", NULL);
	home_keep_not_null(p, key);
	catalog_remove(p->catalog, key);
	return 0;
}

static int drop_of_kind(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action, enum limbeck_kind kind)
{
	const char *name = home_ident(p, action->name);
	struct limbeck_object *object = name ? home_part(p, table, kind, name) : NULL;

	if (!name)
		return -1;
	if (!object)
		return action->if_exists ? 0 : home_complain(p, HOME_NO_CONSTRAINT,
			&action->name->span, NULL, name, limbeck_object_name(table));
	catalog_remove(p->catalog, object);
	return 0;
}

static int drop_index(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	const char *name = home_ident(p, action->name);

	return name ? home_drop_key(p, table, name, action->if_exists, &action->name->span) : -1;
}

static int alter_constraint(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	const char *name = home_ident(p, action->name);
	struct limbeck_object *object = name ? home_constraint(p, table, name) : NULL;

	if (!name)
		return -1;
	if (!object)
		return home_complain(p, HOME_NO_CONSTRAINT, &action->name->span, NULL, name,
			limbeck_object_name(table));
	return home_set_constraint_options(p, object, action->options);
}

static int validate(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	const struct ddl_ident *ident = action->option->name->last;
	const char *name = home_ident(p, ident);
	struct limbeck_object *object = name ? home_constraint(p, table, name) : NULL;

	if (!name)
		return -1;
	if (!object)
		return home_complain(p, HOME_NO_CONSTRAINT, &ident->span, NULL, name,
			limbeck_object_name(table));
	object_set(object, LIMBECK_ATTR_NOT_ENFORCED, NULL);
	return 0;
}

/* ATTACH PARTITION name bound, DETACH PARTITION name: what follows the words is a text. */
static int attach(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	const struct ddl_span *span = &action->option->text;
	const struct ddl_place place = { p->home->file, span->line, span->column };
	const char *schema = limbeck_object_schema(table);
	struct limbeck_object *partition;
	struct parser parser;
	struct ddl_name name;
	struct ddl_span rest;
	char *bound;

	if (parser_init(&parser, p->arena, dialect_lexis(p->traits->dialect), p->traits->dialect,
			span->text, span->length, &place, p->err)
		|| name_parse(&parser, &name, p->err)
		|| home_need_relation(p, &name, LIMBECK_KIND_TABLE, &partition))
		return -1;
	rest = parser_rest(&parser);
	bound = arena_strndup(p->arena, rest.text, rest.length);
	if (!bound)
		return home_nomem(p);
	object_set(partition, LIMBECK_ATTR_PARTITION_OF, NULL);
	object_set(partition, LIMBECK_ATTR_PARTITION_BOUND, NULL);
	if (action->kind == ACTION_ATTACH) {
		object_append(partition, LIMBECK_ATTR_PARTITION_OF, schema ? schema : "");
		object_append(partition, LIMBECK_ATTR_PARTITION_OF, limbeck_object_name(table));
		object_set(partition, LIMBECK_ATTR_PARTITION_BOUND, bound);
	}
	return home_touch_object(p, partition);
}

int home_partition(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	if (action->kind == ACTION_PARTITION && action->option->kind == OPTION_OTHER
		&& action->option->form->shape == SHAPE_PARTITION) {
		const char *text = home_span_text(p, &action->option->text);

		if (!text)
			return -1;
		object_set(table, LIMBECK_ATTR_PARTITION_BY, text);
		return 0;
	}
	if (action->kind == ACTION_PARTITION
		&& strcmp(action->option->form->words, "REMOVE PARTITIONING") == 0) {
		object_set(table, LIMBECK_ATTR_PARTITION_BY, NULL);
		return 0;
	}
	if (action->kind == ACTION_ATTACH || action->kind == ACTION_DETACH)
		return attach(p, table, action);
	return home_refuse(p, &action->span, "%.*s has no counterpart",
		action->span.length > 60 ? 60 : (int)action->span.length, action->span.text);
}

int home_alter_parts(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	switch (action->kind) {
	case ACTION_ADD_CONSTRAINT: return home_add_constraint(p, table, NULL, action->constraint);
	case ACTION_ADD_INDEX: return home_add_index(p, table, action->index);
	case ACTION_DROP_COLUMN: return home_drop_column(p, table, action);
	case ACTION_DROP_CONSTRAINT:
		return drop_constraint(p, table, action);
	case ACTION_DROP_INDEX: return drop_index(p, table, action);
	case ACTION_DROP_PRIMARY_KEY:
		return drop_primary_key(p, table, action);
	case ACTION_DROP_FOREIGN_KEY:
		return drop_of_kind(p, table, action, LIMBECK_KIND_FOREIGN_KEY);
	case ACTION_DROP_CHECK:
		return drop_of_kind(p, table, action, LIMBECK_KIND_CHECK);
	case ACTION_ALTER_CONSTRAINT: return alter_constraint(p, table, action);
	case ACTION_ALTER_INDEX:
		return home_notice(p, &action->span, "%.*s", (int)action->span.length,
			action->span.text);
	case ACTION_VALIDATE: return validate(p, table, action);
	case ACTION_RENAME_COLUMN:
	case ACTION_RENAME_CONSTRAINT:
	case ACTION_RENAME_INDEX: return home_rename_part(p, table, action);
	case ACTION_MODIFY_COLUMN:
	case ACTION_CHANGE_COLUMN:
	case ACTION_ALTER_TYPE:
	case ACTION_SET_DEFAULT:
	case ACTION_DROP_DEFAULT:
	case ACTION_SET_NOT_NULL:
	case ACTION_DROP_NOT_NULL:
	case ACTION_ADD_IDENTITY:
	case ACTION_SET_IDENTITY:
	case ACTION_DROP_IDENTITY:
	case ACTION_SET_EXPRESSION:
	case ACTION_DROP_EXPRESSION:
	case ACTION_COLUMN_OPTION: return home_alter_column(p, table, action);
	default:
		return home_refuse(p, &action->span, "%.*s has no counterpart",
			action->span.length > 60 ? 60 : (int)action->span.length, action->span.text);
	}
}
