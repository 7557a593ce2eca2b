/* SPDX-License-Identifier: BSD-2-Clause */
/* What foreign keys refer to, and what may stand behind any constraint. */
#include <string.h>

#include "translate/home_int.h"

static int set_columns(struct performer *p, const struct limbeck_object *to,
	struct limbeck_object *key, const struct ddl_part *parts)
{
	for (const struct ddl_part *part = parts; part; part = part->next) {
		struct limbeck_object *column = NULL;
		const char *name;

		if (!part->column || part->period)
			return home_refuse(p, &part->span,
				"this part of a foreign key has no counterpart");
		name = home_ident(p, part->column);
		if (!name)
			return -1;
		if (to)
			column = home_part(p, to, LIMBECK_KIND_COLUMN, name);
		if (to && !column && !(p->traits->flags & HOME_LOOSE_REFERENCES))
			return home_complain(p, HOME_NO_COLUMN, &part->column->span, NULL, name,
				limbeck_object_name(to));
		object_append(key, LIMBECK_ATTR_REF_COLUMNS, column ? limbeck_object_name(column)
			: name);
	}
	return 0;
}

/* Without columns it is the primary key. */
static int refer_to_primary(struct performer *p, const struct limbeck_object *to,
	struct limbeck_object *key, const struct ddl_span *span)
{
	const struct limbeck_object *primary = home_primary_key(p, to);

	if (primary) {
		object_set(key, LIMBECK_ATTR_REF_COLUMNS, NULL);
		for (size_t i = 0; i < limbeck_object_count(primary, LIMBECK_ATTR_COLUMNS); i++)
			object_append(key, LIMBECK_ATTR_REF_COLUMNS,
				limbeck_object_item(primary, LIMBECK_ATTR_COLUMNS, i));
		return 0;
	}
	if (p->traits->flags & HOME_LOOSE_REFERENCES)
		return 0;
	return home_complain(p, HOME_NO_PRIMARY_KEY, span, NULL, NULL, limbeck_object_name(to));
}

/* Whether an index begins with the columns of the key, in any order. */
static bool serves(const struct performer *p, const struct limbeck_object *index,
	const struct limbeck_object *key)
{
	size_t count = limbeck_object_count(key, LIMBECK_ATTR_COLUMNS);

	for (size_t i = 0; i < count; i++) {
		const char *name = limbeck_object_item(index, LIMBECK_ATTR_COLUMNS, i);

		if (!name || !home_lists(p, key, LIMBECK_ATTR_COLUMNS, name))
			return false;
	}
	return true;
}

static bool has_index(struct performer *p, const struct limbeck_object *table,
	const struct limbeck_object *key)
{
	const struct limbeck_object *part = NULL;

	while ((part = catalog_next(p->catalog, LIMBECK_KIND_NONE, limbeck_object_schema(table),
			limbeck_object_name(table), part))) {
		enum limbeck_kind kind = limbeck_object_kind(part);

		if ((kind == LIMBECK_KIND_PRIMARY_KEY || kind == LIMBECK_KIND_UNIQUE
			|| kind == LIMBECK_KIND_INDEX) && serves(p, part, key))
			return true;
	}
	return false;
}

/* It has the constraint's name if that was written, else that of its column. */
static int index_reference(struct performer *p, const struct limbeck_object *table,
	const struct limbeck_object *key, bool named)
{
	struct home_naming naming = { .pattern = p->traits->index, .kind = LIMBECK_KIND_INDEX,
		.schema = limbeck_object_schema(table), .table = limbeck_object_name(table),
		.column = limbeck_object_get(key, LIMBECK_ATTR_COLUMNS) };
	const char *name = named ? limbeck_object_name(key) : NULL;
	struct limbeck_object *index;

	if (!(p->traits->flags & HOME_KEY_INDEXES) || has_index(p, table, key))
		return 0;
	if ((!name || home_part(p, table, LIMBECK_KIND_INDEX, name)
		|| home_part(p, table, LIMBECK_KIND_UNIQUE, name))
		&& home_make_name(p, &naming, &name))
		return -1;
	index = home_add(p, LIMBECK_KIND_INDEX, naming.schema, naming.table, name);
	if (!index)
		return -1;
	for (size_t i = 0; i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++) {
		const char *column = limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i);
		struct strbuf part = STRBUF_INIT;

		object_append(index, LIMBECK_ATTR_COLUMNS, column);
		home_quote(&part, column);
		object_append(index, LIMBECK_ATTR_PARTS, part.buf);
		strbuf_release(&part);
	}
	object_set(index, LIMBECK_ATTR_BACKING_INDEX, limbeck_object_name(key));
	return 0;
}

int home_set_reference(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *key, const struct ddl_constraint *constraint)
{
	const struct ddl_reference *reference = constraint->reference;
	struct limbeck_object *to;
	struct home_name name;

	if (home_name(p, &reference->table, &name) || home_relation(p, &name, &to))
		return -1;
	if (!to && !(p->traits->flags & HOME_LOOSE_REFERENCES))
		return home_complain(p, HOME_NO_RELATION, &reference->table.span, NULL, name.name,
			NULL);
	if (to && limbeck_object_kind(to) != LIMBECK_KIND_TABLE)
		return home_refuse(p, &reference->table.span,
			"referenced relation \"%s\" is not a table", name.name);
	object_set(key, LIMBECK_ATTR_REF_SCHEMA, name.schema);
	object_set(key, LIMBECK_ATTR_REF_TABLE, to ? limbeck_object_name(to) : name.name);
	if (reference->parts) {
		if (set_columns(p, to, key, reference->parts))
			return -1;
	} else if (to && refer_to_primary(p, to, key, &reference->table.span)) {
		return -1;
	}
	return index_reference(p, table, key, constraint->name || constraint->index_name);
}

int home_complete_references(struct performer *p, const struct limbeck_object *table)
{
	struct limbeck_object *key = NULL;

	while ((key = catalog_next(p->catalog, LIMBECK_KIND_FOREIGN_KEY, NULL, NULL, key)))
		if (home_refers(p, key, table) && !limbeck_object_get(key, LIMBECK_ATTR_REF_COLUMNS)
			&& refer_to_primary(p, table, key, NULL))
			return -1;
	return 0;
}

static int set_action(struct performer *p, struct limbeck_object *key,
	const struct ddl_option *option)
{
	enum limbeck_attribute attribute = option->kind == OPTION_ON_DELETE
		? LIMBECK_ATTR_ON_DELETE : LIMBECK_ATTR_ON_UPDATE;
	const char *words = option->form->words + strlen("ON DELETE ");

	object_set(key, attribute, strcmp(words, "NO ACTION") == 0 ? NULL : words);
	if (option->idents && attribute == LIMBECK_ATTR_ON_UPDATE)
		return home_refuse(p, &option->span, "ON UPDATE with columns has no counterpart");
	for (const struct ddl_ident *i = option->idents; i; i = i->next) {
		const char *name = home_ident(p, i);

		if (!name)
			return -1;
		object_append(key, LIMBECK_ATTR_ON_DELETE_COLUMNS, name);
	}
	return 0;
}

static int set_match(struct performer *p, struct limbeck_object *key,
	const struct ddl_option *option)
{
	if (strcmp(option->form->words, "MATCH PARTIAL") == 0)
		return home_refuse(p, &option->span, "MATCH PARTIAL has no counterpart");
	if (strcmp(option->form->words, "MATCH FULL") == 0)
		object_set(key, LIMBECK_ATTR_MATCH, "FULL");
	return 0;
}

static int add_included(struct performer *p, struct limbeck_object *object,
	const struct ddl_option *option)
{
	for (const struct ddl_ident *i = option->idents; i; i = i->next) {
		const char *name = home_ident(p, i);

		if (!name)
			return -1;
		object_append(object, LIMBECK_ATTR_INCLUDE, name);
	}
	return 0;
}

/* What is done about a row that breaks it; an error otherwise. */
int home_check_conflict(struct performer *p, const struct ddl_option *option)
{
	if (strcmp(option->form->words, "ON CONFLICT ABORT") == 0)
		return 0;
	return home_refuse(p, &option->span, "%s of a constraint has no counterpart",
		option->form->words);
}

static int set_comment(struct performer *p, struct limbeck_object *object,
	const struct ddl_option *option)
{
	const char *text = home_string(p, option->expr);

	if (!text)
		return -1;
	object_set(object, LIMBECK_ATTR_COMMENT, *text ? text : NULL);
	return 0;
}

static int set_method(struct performer *p, struct limbeck_object *object,
	const struct ddl_option *option)
{
	const char *name = home_ident(p, option->name->last);

	if (!name)
		return -1;
	object_set(object, LIMBECK_ATTR_METHOD, home_same(p, name, p->traits->method)
		|| limbeck_object_kind(object) != LIMBECK_KIND_EXCLUSION ? NULL : name);
	return 0;
}

static int set_predicate(struct performer *p, struct limbeck_object *object,
	const struct ddl_option *option)
{
	const struct limbeck_object *table = catalog_relation(p->catalog,
		limbeck_object_schema(object), limbeck_object_table(object));
	const char *text = home_expr(p, table, expr_inner(option->expr));

	if (!text)
		return -1;
	object_set(object, LIMBECK_ATTR_PREDICATE, text);
	return 0;
}

static int set_option(struct performer *p, struct limbeck_object *object,
	const struct ddl_option *option)
{
	switch ((enum ddl_option_kind)option->kind) {
	case OPTION_MATCH: return set_match(p, object, option);
	case OPTION_ON_DELETE:
	case OPTION_ON_UPDATE_KEY: return set_action(p, object, option);
	case OPTION_DEFERRABLE:
		if (!limbeck_object_get(object, LIMBECK_ATTR_DEFERRABLE))
			object_set(object, LIMBECK_ATTR_DEFERRABLE, "deferrable");
		return 0;
	case OPTION_INITIALLY_DEFERRED:
		object_set(object, LIMBECK_ATTR_DEFERRABLE, "initially deferred");
		return 0;
	case OPTION_INITIALLY_IMMEDIATE:
		if (limbeck_object_get(object, LIMBECK_ATTR_DEFERRABLE))
			object_set(object, LIMBECK_ATTR_DEFERRABLE, "deferrable");
		return 0;
	case OPTION_NOT_DEFERRABLE: object_set(object, LIMBECK_ATTR_DEFERRABLE, NULL); return 0;
	case OPTION_NOT_VALID:
		object_set(object, LIMBECK_ATTR_NOT_ENFORCED, "not valid");
		return 0;
	case OPTION_NOT_ENFORCED:
		object_set(object, LIMBECK_ATTR_NOT_ENFORCED, "not enforced");
		return 0;
	case OPTION_ENFORCED: object_set(object, LIMBECK_ATTR_NOT_ENFORCED, NULL); return 0;
	case OPTION_NO_INHERIT: object_set(object, LIMBECK_ATTR_NO_INHERIT, "yes"); return 0;
	case OPTION_NULLS_NOT_DISTINCT:
		object_set(object, LIMBECK_ATTR_NULLS_NOT_DISTINCT, "yes");
		return 0;
	case OPTION_INCLUDE: return add_included(p, object, option);
	case OPTION_ON_CONFLICT: return home_check_conflict(p, option);
	case OPTION_COMMENT: return set_comment(p, object, option);
	case OPTION_USING: return set_method(p, object, option);
	case OPTION_WHERE: return set_predicate(p, object, option);
	case OPTION_ASC:
	case OPTION_DESC:
	case OPTION_USING_INDEX: return 0;
	default:
		if (strcmp(option->form->words, "NULLS DISTINCT") == 0
			|| strcmp(option->form->words, "VISIBLE") == 0)
			return 0;
		return home_skip_option(p, option, "a constraint");
	}
}

int home_set_constraint_options(struct performer *p, struct limbeck_object *object,
	const struct ddl_option *options)
{
	for (const struct ddl_option *option = options; option; option = option->next)
		if (set_option(p, object, option))
			return -1;
	return 0;
}
