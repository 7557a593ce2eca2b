/* SPDX-License-Identifier: BSD-2-Clause */
/* COMMENT ON */
#include <string.h>

#include "translate/home_int.h"

static int set(struct performer *p, struct limbeck_object *object, const struct ddl_expr *text)
{
	const char *comment = NULL;

	if (text->kind == EXPR_STRING) {
		comment = home_string(p, text);
		if (!comment)
			return -1;
	}
	object_set(object, LIMBECK_ATTR_COMMENT, comment && *comment ? comment : NULL);
	return home_touch_object(p, object);
}

/* schema.table.column */
static int on_column(struct performer *p, const struct ddl_comment *comment)
{
	struct ddl_name table = comment->target.name;
	const struct ddl_ident *column = table.last;
	struct ddl_ident *before = table.first;
	struct limbeck_object *relation, *object;

	if (table.count < 2)
		return home_refuse(p, &table.span, "a column without its table");
	while (before->next != column)
		before = before->next;
	table.last = before;
	table.count--;
	if (home_need_relation(p, &table, LIMBECK_KIND_NONE, &relation))
		return -1;
	if (limbeck_object_kind(relation) != LIMBECK_KIND_TABLE)
		return home_leave(p, "A comment on a column of a view matters at home alone.");
	if (home_need_column(p, relation, column, &object))
		return -1;
	return set(p, object, comment->text);
}

static int on_constraint(struct performer *p, const struct ddl_comment *comment)
{
	const char *name = home_ident(p, comment->target.name.last);
	struct limbeck_object *owner, *object;
	struct home_name of;

	if (!name || !comment->table || home_name(p, comment->table, &of))
		return -1;
	owner = comment->on_domain ? home_find(p, LIMBECK_KIND_DOMAIN, of.schema, NULL, of.name)
		: NULL;
	if (!owner && home_need_relation(p, comment->table, LIMBECK_KIND_NONE, &owner))
		return -1;
	object = home_constraint(p, owner, name);
	if (!object)
		return home_complain(p, HOME_NO_CONSTRAINT, &comment->target.name.span, NULL, name,
			limbeck_object_name(owner));
	return set(p, object, comment->text);
}

static int on_index(struct performer *p, const struct ddl_comment *comment)
{
	struct limbeck_object *object;
	struct home_name name;

	if (home_name(p, &comment->target.name, &name))
		return -1;
	object = home_index(p, name.schema, NULL, name.name);
	if (!object && home_taken(p, name.schema, name.name, false))
		return home_leave(p, "A comment on the index of a constraint matters at home alone.");
	return object ? set(p, object, comment->text) : home_complain(p, HOME_NO_INDEX,
		&comment->target.name.span, NULL, name.name, NULL);
}

static int on_type(struct performer *p, const struct ddl_comment *comment)
{
	struct limbeck_object *object;
	struct home_name name;

	if (home_name(p, &comment->target.name, &name))
		return -1;
	object = home_find(p, LIMBECK_KIND_ENUM, name.schema, NULL, name.name);
	if (!object)
		object = home_find(p, LIMBECK_KIND_DOMAIN, name.schema, NULL, name.name);
	return object ? set(p, object, comment->text) : home_complain(p, HOME_NO_OBJECT,
		&comment->target.name.span, "type", name.name, NULL);
}

static int on_sequence(struct performer *p, const struct ddl_comment *comment)
{
	struct limbeck_object *object;
	struct home_name name;

	if (home_name(p, &comment->target.name, &name))
		return -1;
	object = home_find(p, LIMBECK_KIND_SEQUENCE, name.schema, NULL, name.name);
	return object ? set(p, object, comment->text)
		: home_leave(p, "A comment on the sequence of a column matters at home alone.");
}

int home_comment(struct performer *p, const struct ddl_comment *comment)
{
	struct limbeck_object *object;

	switch (comment->object) {
	case DDL_TABLE:
	case DDL_VIEW:
	case DDL_MATERIALIZED_VIEW:
		return home_need_relation(p, &comment->target.name, LIMBECK_KIND_NONE, &object) ? -1
			: set(p, object, comment->text);
	case DDL_COLUMN: return on_column(p, comment);
	case DDL_CONSTRAINT: return on_constraint(p, comment);
	case DDL_INDEX: return on_index(p, comment);
	case DDL_TYPE:
	case DDL_DOMAIN: return on_type(p, comment);
	case DDL_SEQUENCE: return on_sequence(p, comment);
	default: return home_leave(p, "A comment on such an object matters at home alone.");
	}
}
