/* SPDX-License-Identifier: BSD-2-Clause */
/* What ALTER TABLE does to columns that are there. */
#include <string.h>

#include "translate/home_int.h"

static int alter_type(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *column, const struct ddl_action *action)
{
	const struct ddl_option *collate = option_of(action->options, OPTION_COLLATE);
	const struct ddl_name *collation = collate ? collate->name : type_collation(action->type);
	struct home_work work = { .kind = HOME_WORK_USING, .expr = action->expr,
		.schema = limbeck_object_schema(table), .table = limbeck_object_name(table),
		.column = limbeck_object_name(column) };
	struct home_type type;

	if (home_type(p, action->type, &type))
		return -1;
	if (type.serial)
		return home_complain(p, HOME_NO_OBJECT, &action->type->span, "type",
			action->type->plain, NULL);
	object_set(column, LIMBECK_ATTR_TYPE, type.text);
	object_set(column, LIMBECK_ATTR_COLLATION, collation ? collation->last->name : NULL);
	if (home_set_collation(p, table, column))
		return -1;
	return action->expr ? home_work(p, &work) : 0;
}

static int modify(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	const struct ddl_ident *old = action->name ? action->name : &action->column->name;
	const char *name = home_ident(p, &action->column->name), *old_name = home_ident(p, old);
	struct limbeck_object *column;

	if (!name || !old_name)
		return -1;
	column = home_part(p, table, LIMBECK_KIND_COLUMN, old_name);
	if (!column)
		return action->if_exists ? 0 : home_complain(p, HOME_NO_COLUMN, &old->span, NULL,
			old_name, limbeck_object_name(table));
	if (action->name && strcmp(limbeck_object_name(column), name) != 0) {
		struct limbeck_object *other = home_part(p, table, LIMBECK_KIND_COLUMN, name);

		if (other && other != column)
			return home_complain(p, HOME_COLUMN_EXISTS, &action->column->name.span, NULL,
				name, limbeck_object_name(table));
		if (home_rename_to(p, column, limbeck_object_schema(table), name))
			return -1;
	}
	return home_redefine_column(p, table, column, action->column);
}

static void drop_identity(struct limbeck_object *column)
{
	static const enum limbeck_attribute gone[] = { LIMBECK_ATTR_IDENTITY,
		LIMBECK_ATTR_SEQUENCE, LIMBECK_ATTR_START, LIMBECK_ATTR_INCREMENT,
		LIMBECK_ATTR_MINIMUM, LIMBECK_ATTR_MAXIMUM, LIMBECK_ATTR_CACHE, LIMBECK_ATTR_CYCLE };

	for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
		object_set(column, gone[i], NULL);
}

static int set_identity(struct performer *p, struct limbeck_object *column,
	const struct ddl_action *action)
{
	for (const struct ddl_option *o = action->options; o; o = o->next) {
		if (o->kind == OPTION_IDENTITY_ALWAYS)
			object_set(column, LIMBECK_ATTR_IDENTITY, "always");
		if (o->kind == OPTION_IDENTITY_DEFAULT)
			object_set(column, LIMBECK_ATTR_IDENTITY, "by default");
	}
	return home_sequence_options(p, column, action->options);
}

static bool is_serial(const struct limbeck_object *column)
{
	const char *identity = limbeck_object_get(column, LIMBECK_ATTR_IDENTITY);

	return identity && strcmp(identity, "serial") == 0;
}

static int drop_default(struct performer *p, struct limbeck_object *column)
{
	if (is_serial(column) && !home_split_sequence(p, column))
		return -1;
	object_set(column, LIMBECK_ATTR_DEFAULT, NULL);
	return 0;
}

static int set_default(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *column, const struct ddl_action *action)
{
	if (is_serial(column) && !home_split_sequence(p, column))
		return -1;
	return home_set_default(p, table, column, action->expr);
}

static void set_not_null(struct performer *p, const struct limbeck_object *table,
	struct limbeck_object *column)
{
	const struct limbeck_object *key = home_primary_key(p, table);

	if (!key || !home_lists(p, key, LIMBECK_ATTR_COLUMNS, limbeck_object_name(column)))
		object_set(column, LIMBECK_ATTR_NOT_NULL, "yes");
}

static int set_expression(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *column, const struct ddl_action *action)
{
	const char *text = home_expr(p, table, expr_inner(action->expr));

	if (!text)
		return -1;
	object_set(column, LIMBECK_ATTR_GENERATED, text);
	return 0;
}

int home_alter_column(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	struct limbeck_object *column;

	if (action->kind == ACTION_MODIFY_COLUMN || action->kind == ACTION_CHANGE_COLUMN)
		return modify(p, table, action);
	if (home_need_column(p, table, action->name, &column))
		return -1;
	switch (action->kind) {
	case ACTION_ALTER_TYPE: return alter_type(p, table, column, action);
	case ACTION_SET_DEFAULT: return set_default(p, table, column, action);
	case ACTION_DROP_DEFAULT: return drop_default(p, column);
	case ACTION_SET_NOT_NULL: set_not_null(p, table, column); return 0;
	case ACTION_DROP_NOT_NULL: object_set(column, LIMBECK_ATTR_NOT_NULL, NULL); return 0;
	case ACTION_ADD_IDENTITY: return home_set_identity(p, column, action->option);
	case ACTION_SET_IDENTITY: return set_identity(p, column, action);
	case ACTION_DROP_IDENTITY: drop_identity(column); return 0;
	case ACTION_SET_EXPRESSION: return set_expression(p, table, column, action);
	case ACTION_DROP_EXPRESSION:
		object_set(column, LIMBECK_ATTR_GENERATED, NULL);
		object_set(column, LIMBECK_ATTR_GENERATED_KIND, NULL);
		return 0;
	default:
		return home_notice(p, &action->span, "%.*s of column %s", (int)action->span.length,
			action->span.text, limbeck_object_name(column));
	}
}
