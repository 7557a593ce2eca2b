/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "translate/home_int.h"

int home_constraint_name(struct performer *p, const struct ddl_constraint *constraint,
	const struct home_naming *naming, const char **out)
{
	const struct ddl_ident *written = constraint->name ? constraint->name
		: constraint->index_name;

	*out = "";
	if (written) {
		*out = home_ident(p, written);
		return *out ? 0 : -1;
	}
	if (home_make_name(p, naming, out))
		return -1;
	if (!*out)
		*out = "";
	return 0;
}

/* The object of a constraint, empty but for its name; NULL with err filled. */
static struct limbeck_object *make(struct performer *p, const struct limbeck_object *owner,
	enum limbeck_kind kind, const struct ddl_constraint *constraint,
	struct home_naming *naming)
{
	const char *name;

	naming->kind = kind;
	naming->schema = limbeck_object_schema(owner);
	naming->table = limbeck_object_name(owner);
	if (home_constraint_name(p, constraint, naming, &name))
		return NULL;
	if (*name && home_constraint(p, owner, name)) {
		const struct ddl_ident *written = constraint->name ? constraint->name
			: constraint->index_name;

		home_complain(p, HOME_CONSTRAINT_EXISTS,
			written ? &written->span : &constraint->span, NULL, name, naming->table);
		return NULL;
	}
	return home_add(p, kind, naming->schema, naming->table, name);
}

void home_keep_not_null(struct performer *p, const struct limbeck_object *key)
{
	for (size_t i = 0; i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++) {
		struct limbeck_object *column = home_find(p, LIMBECK_KIND_COLUMN,
			limbeck_object_schema(key), limbeck_object_table(key),
			limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i));

		if (column)
			object_set(column, LIMBECK_ATTR_NOT_NULL, "yes");
	}
}

/* The key says it. */
static void unsay_not_null(struct performer *p, const struct limbeck_object *table,
	const struct limbeck_object *key)
{
	for (size_t i = 0; i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++) {
		struct limbeck_object *column = home_part(p, table, LIMBECK_KIND_COLUMN,
			limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i));

		if (column)
			object_set(column, LIMBECK_ATTR_NOT_NULL, NULL);
	}
}

/* USING INDEX: an index that is there becomes the constraint. */
static int take_index(struct performer *p, struct limbeck_object *table,
	const struct ddl_constraint *constraint, const struct ddl_name *name)
{
	enum limbeck_kind kind = constraint->kind == CONSTRAINT_PRIMARY ? LIMBECK_KIND_PRIMARY_KEY
									: LIMBECK_KIND_UNIQUE;
	const char *index_name = home_ident(p, name->last);
	struct limbeck_object *index, *key;
	const char *key_name;

	if (!index_name)
		return -1;
	index = home_part(p, table, LIMBECK_KIND_INDEX, index_name);
	if (!index)
		return home_complain(p, HOME_NO_INDEX, &name->span, NULL, index_name, NULL);
	key_name = constraint->name ? home_ident(p, constraint->name) : index_name;
	if (!key_name)
		return -1;
	key = home_add(p, kind, limbeck_object_schema(table), limbeck_object_name(table), key_name);
	if (!key)
		return -1;
	object_copy_attribute(key, index, LIMBECK_ATTR_COLUMNS);
	object_copy_attribute(key, index, LIMBECK_ATTR_INCLUDE);
	object_copy_attribute(key, index, LIMBECK_ATTR_NULLS_NOT_DISTINCT);
	catalog_remove(p->catalog, index);
	if (kind == LIMBECK_KIND_PRIMARY_KEY)
		unsay_not_null(p, table, key);
	return home_set_constraint_options(p, key, constraint->options);
}

/* A unique key of more than columns is an index to all others. */
static bool is_index(const struct ddl_constraint *constraint)
{
	for (const struct ddl_part *part = constraint->parts; part; part = part->next)
		if (part->expr || part->prefix.length)
			return true;
	return false;
}

static int add_unique_index(struct performer *p, struct limbeck_object *table,
	const struct ddl_constraint *constraint)
{
	struct ddl_name name = { .count = 1 };
	struct ddl_index index = { .span = constraint->span, .words = "UNIQUE", .unique = true,
		.if_not_exists = constraint->if_not_exists, .before = constraint->before,
		.parts = constraint->parts, .options = constraint->options };

	name.first = name.last = constraint->name ? constraint->name : constraint->index_name;
	if (name.first) {
		name.span = name.first->span;
		index.name = &name;
	}
	return home_add_index(p, table, &index);
}

/* The parts of a key: of the table's constraint, or the column that has it. */
static int set_key(struct performer *p, const struct limbeck_object *table,
	const struct limbeck_object *column, struct limbeck_object *key,
	const struct ddl_constraint *constraint)
{
	if (column)
		object_append(key, LIMBECK_ATTR_COLUMNS, limbeck_object_name(column));
	else if (home_set_parts(p, table, key, constraint->parts))
		return -1;
	if (limbeck_object_kind(key) == LIMBECK_KIND_PRIMARY_KEY)
		unsay_not_null(p, table, key);
	return home_set_constraint_options(p, key, constraint->before)
		|| home_set_constraint_options(p, key, constraint->options) ? -1 : 0;
}

static int name_columns(struct performer *p, const struct limbeck_object *column,
	const struct ddl_part *parts, struct home_naming *naming)
{
	if (!column)
		return home_part_names(p, parts, naming);
	naming->columns = naming->column = limbeck_object_name(column);
	return 0;
}

static int add_key(struct performer *p, struct limbeck_object *table,
	const struct limbeck_object *column, const struct ddl_constraint *constraint)
{
	bool primary = constraint->kind == CONSTRAINT_PRIMARY;
	struct home_naming naming = { .pattern = primary ? p->traits->primary_key
		: p->traits->unique };
	const struct ddl_option *using = option_of(constraint->before, OPTION_USING_INDEX);
	struct limbeck_object *key;

	if (primary && home_primary_key(p, table))
		return home_complain(p, HOME_TWO_PRIMARY_KEYS, &constraint->span, NULL, NULL,
			limbeck_object_name(table));
	if (using)
		return take_index(p, table, constraint, using->name);
	if (!primary && is_index(constraint))
		return add_unique_index(p, table, constraint);
	if (constraint->if_not_exists && (constraint->name || constraint->index_name)) {
		const char *name = home_ident(p, constraint->name ? constraint->name
			: constraint->index_name);

		if (!name || home_constraint(p, table, name))
			return name ? 0 : -1;
	}
	if (name_columns(p, column, constraint->parts, &naming))
		return -1;
	key = make(p, table, primary ? LIMBECK_KIND_PRIMARY_KEY : LIMBECK_KIND_UNIQUE, constraint,
		&naming);
	return key ? set_key(p, table, column, key, constraint) : -1;
}

/* The only column that an expression mentions. */
struct mentions {
	struct performer *p;
	const struct limbeck_object *owner;
	const char *name;
	unsigned count;
};

static int mention(void *context, const struct ddl_expr *expr)
{
	struct mentions *mentions = context;
	const struct limbeck_object *column;
	const char *name;

	if (expr->kind != EXPR_COLUMN)
		return expr_each(expr, mention, context);
	name = home_ident(mentions->p, expr->name->last);
	if (!name)
		return -1;
	column = home_part(mentions->p, mentions->owner, LIMBECK_KIND_COLUMN, name);
	if (column && (!mentions->name || strcmp(mentions->name,
			limbeck_object_name(column)) != 0)) {
		mentions->name = limbeck_object_name(column);
		mentions->count++;
	}
	return 0;
}

int home_add_check(struct performer *p, struct limbeck_object *owner,
	const struct limbeck_object *column, const struct ddl_constraint *constraint)
{
	struct home_naming naming = { .pattern = p->traits->check };
	struct mentions mentions = { .p = p, .owner = owner };
	struct limbeck_object *check;
	const char *text;

	(void)column;
	if (mention(&mentions, constraint->check))
		return -1;
	if (mentions.count == 1)
		naming.column = mentions.name;
	check = make(p, owner, LIMBECK_KIND_CHECK, constraint, &naming);
	if (!check)
		return -1;
	text = home_expr(p, owner, constraint->check);
	if (!text)
		return -1;
	object_set(check, LIMBECK_ATTR_EXPRESSION, text);
	return home_set_constraint_options(p, check, constraint->options);
}

static int add_exclusion(struct performer *p, struct limbeck_object *table,
	const struct ddl_constraint *constraint)
{
	struct home_naming naming = { .pattern = p->traits->exclusion };
	struct limbeck_object *object;

	if (home_part_names(p, constraint->parts, &naming))
		return -1;
	object = make(p, table, LIMBECK_KIND_EXCLUSION, constraint, &naming);
	if (!object)
		return -1;
	return set_key(p, table, NULL, object, constraint);
}

static int set_not_null(struct performer *p, const struct limbeck_object *table,
	const struct ddl_constraint *constraint)
{
	struct limbeck_object *column;

	if (home_need_column(p, table, constraint->column, &column))
		return -1;
	object_set(column, LIMBECK_ATTR_NOT_NULL, "yes");
	return 0;
}

static int add_foreign_key(struct performer *p, struct limbeck_object *table,
	const struct limbeck_object *column, const struct ddl_constraint *constraint)
{
	struct home_naming naming = { .pattern = p->traits->foreign_key };
	struct limbeck_object *key;

	if (column && p->traits->flags & HOME_NO_COLUMN_REFERENCES)
		return home_notice(p, &constraint->span,
			"REFERENCES of column %s, which does nothing there",
			limbeck_object_name(column));
	if (name_columns(p, column, constraint->parts, &naming))
		return -1;
	if (constraint->if_not_exists && constraint->name) {
		const char *name = home_ident(p, constraint->name);

		if (!name || home_constraint(p, table, name))
			return name ? 0 : -1;
	}
	key = make(p, table, LIMBECK_KIND_FOREIGN_KEY, constraint, &naming);
	if (!key || set_key(p, table, column, key, constraint))
		return -1;
	return home_set_reference(p, table, key, constraint);
}

int home_add_constraint(struct performer *p, struct limbeck_object *table,
	const struct limbeck_object *column, const struct ddl_constraint *constraint)
{
	switch (constraint->kind) {
	case CONSTRAINT_PRIMARY:
	case CONSTRAINT_UNIQUE: return add_key(p, table, column, constraint);
	case CONSTRAINT_CHECK: return home_add_check(p, table, column, constraint);
	case CONSTRAINT_FOREIGN: return add_foreign_key(p, table, column, constraint);
	case CONSTRAINT_EXCLUDE: return add_exclusion(p, table, constraint);
	case CONSTRAINT_NOT_NULL: return set_not_null(p, table, constraint);
	}
	return 0;
}
