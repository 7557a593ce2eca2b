/* SPDX-License-Identifier: BSD-2-Clause */
#include "render.h"

int render_add_column(const struct render *render, const struct limbeck_change *change)
{
	const struct limbeck_object *column = change->after;

	if (!get(column, LIMBECK_ATTR_STORAGE))
		return 0;
	put_alter(render, column);
	limbeck_host->put(render->out, "ADD COLUMN ");
	put_column(render, column);
	limbeck_host->end(render->out);
	put_storage(render, NULL, column);
	if (get(column, LIMBECK_ATTR_COMMENT))
		put_comment(render, "COLUMN", column);
	return 1;
}

static bool is(const struct limbeck_object *column, const char *meaning)
{
	const char *own = get(column, LIMBECK_ATTR_MEANING);

	return own && strncmp(own, meaning, strlen(meaning)) == 0;
}

static bool is_number(const struct limbeck_object *column)
{
	return is(column, "smallint") || is(column, "integer") || is(column, "bigint") ||
		is(column, "numeric") || is(column, "real") || is(column, "double");
}

/* Whether the type is a composite or range type of the schema. */
static bool is_own_type(const struct render *render, const struct limbeck_object *column)
{
	const struct limbeck_object *type = NULL;

	while (is(column, "other") && (type = limbeck_host->object_next(render->rendering->after,
		LIMBECK_KIND_TYPE, NULL, NULL, type))) {
		if (is_of_type(get(column, LIMBECK_ATTR_TYPE), type,
			render->rendering->default_schema))
			return true;
	}
	return false;
}

/* From one type of the schema to another, and where one of two arrays may be of such,
 * there is no way but by text; between truth values and numbers only integer has a
 * cast. What was an array keeps its first value. */
static void put_using(const struct render *render, const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	const char *type = get(after, LIMBECK_ATTR_TYPE);
	struct limbeck_out *out = render->out;

	limbeck_host->put(out, " USING ");
	if (is(after, "boolean") && is_number(before)) {
		limbeck_host->put_name(out, name_of(after));
		limbeck_host->put(out, " <> 0");
		return;
	}
	if (is(after, "array") && !is(before, "array") && !is(before, "text")) {
		limbeck_host->put(out, "ARRAY[");
		limbeck_host->put_name(out, name_of(after));
		limbeck_host->put(out, "]::%s", type);
		return;
	}
	limbeck_host->put_name(out, name_of(after));
	if (is(before, "array") && !is(after, "array") && !is(after, "text"))
		limbeck_host->put(out, "[1]");
	if (is(before, "boolean") && is_number(after) && !is(after, "integer"))
		limbeck_host->put(out, "::integer");
	else if ((is(before, "enum") && !is(after, "text")) ||
		(is(after, "enum") && !is(before, "text")) || is_own_type(render, after))
		limbeck_host->put(out, "::text");
	else if (is(before, "array") && is(after, "array"))
		limbeck_host->put(out, "::text[]");
	limbeck_host->put(out, "::%s", type);
}

static void change_type(const struct render *render, const struct limbeck_change *change)
{
	const char *before = get(change->before, LIMBECK_ATTR_TYPE);
	const char *after = get(change->after, LIMBECK_ATTR_TYPE);

	put_alter_column(render, change->after);
	limbeck_host->put(render->out, "TYPE %s", after ? after : "");
	put_collation(render, change->after);
	if (before && after && base_differs(before, after))
		put_using(render, change->before, change->after);
	limbeck_host->end(render->out);
}

/* 0: another kind of numbers, or none. */
static bool same_numbering(const struct limbeck_change *change)
{
	return is_serial(change->before) == is_serial(change->after) &&
		is_identity(change->before) == is_identity(change->after);
}

static void change_null(const struct render *render, const struct limbeck_change *change)
{
	const struct limbeck_object *after = change->after;
	bool identity = is_identity(after) && !is_identity(change->before);
	bool is = get(after, LIMBECK_ATTR_NOT_NULL) != NULL;

	/* A primary key will say the same, but an identity wants to hear it before. */
	if (is ? differs(change, LIMBECK_ATTR_NOT_NULL) || identity : identity)
		alter_column_to(render, after, "SET NOT NULL");
	else if (!is && differs(change, LIMBECK_ATTR_NOT_NULL) &&
		!in_primary_key(render->rendering->after, after))
		alter_column_to(render, after, "DROP NOT NULL");
}

/* Defaults are away while the type changes: they may not fit. */
int render_alter_column(const struct render *render, const struct limbeck_change *change)
{
	const struct limbeck_object *before = change->before;
	const struct limbeck_object *after = change->after;
	const char *value = get(after, LIMBECK_ATTR_DEFAULT);
	bool typed = differs(change, LIMBECK_ATTR_TYPE) || differs(change, LIMBECK_ATTR_COLLATION);

	if (get(before, LIMBECK_ATTR_DEFAULT) && (typed || !value))
		alter_column_to(render, after, "DROP DEFAULT");
	if (!same_numbering(change))
		drop_numbering(render, before);
	if (get(before, LIMBECK_ATTR_GENERATED) && !get(after, LIMBECK_ATTR_GENERATED))
		alter_column_to(render, after, "DROP EXPRESSION");
	if (typed)
		change_type(render, change);
	if (differs(change, LIMBECK_ATTR_STORAGE))
		put_storage(render, before, after);
	change_null(render, change);
	if (!same_numbering(change))
		add_numbering(render, after);
	else
		change_numbering(render, change);
	if (value && (typed || differs(change, LIMBECK_ATTR_DEFAULT))) {
		put_alter_column(render, after);
		limbeck_host->put(render->out, "SET DEFAULT %s", value);
		limbeck_host->end(render->out);
	}
	if (differs(change, LIMBECK_ATTR_COMMENT))
		put_comment(render, "COLUMN", after);
	return 1;
}

int render_rename_column(const struct render *render, const struct limbeck_change *change)
{
	put_alter(render, change->after);
	limbeck_host->put(render->out, "RENAME COLUMN ");
	limbeck_host->put_name(render->out, name_of(change->before));
	limbeck_host->put(render->out, " TO ");
	limbeck_host->put_name(render->out, name_of(change->after));
	limbeck_host->end(render->out);
	rename_numbering(render, change->after, limbeck_host->object_table(change->after),
		name_of(change->before));
	return 1;
}

/* The columns of a primary key stay NOT NULL when it goes. */
int render_drop_key(const struct render *render, const struct limbeck_change *change)
{
	const struct limbeck_object *key = change->before;
	size_t i;

	put_alter(render, key);
	limbeck_host->put(render->out, "DROP CONSTRAINT ");
	limbeck_host->put_name(render->out, name_of(key));
	limbeck_host->end(render->out);
	for (i = 0; i < limbeck_host->object_count(key, LIMBECK_ATTR_COLUMNS); i++) {
		const struct limbeck_object *column = limbeck_host->object_find(
			render->rendering->after, LIMBECK_KIND_COLUMN, schema_of(key),
			limbeck_host->object_table(key),
			limbeck_host->object_item(key, LIMBECK_ATTR_COLUMNS, i), NULL);

		if (column && !get(column, LIMBECK_ATTR_NOT_NULL) && !is_identity(column) &&
			!in_primary_key(render->rendering->after, column))
			alter_column_to(render, column, "DROP NOT NULL");
	}
	return 1;
}
