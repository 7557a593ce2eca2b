/* SPDX-License-Identifier: BSD-2-Clause */
/* One change, by its verb and the kind of its object. */
#include "driver/render_int.h"

#include <string.h>

static void put_definition_text(struct limbeck_out *out, const struct limbeck_object *object)
{
	out_put(out, "%s", text(object, LIMBECK_ATTR_DEFINITION));
	out_end(out);
}

static void add_column(struct limbeck_out *out, const struct limbeck_object *column)
{
	standard_alter_table(out, column);
	out_put(out, "ADD COLUMN ");
	standard_column(out, column);
	out_end(out);
	standard_comment(out, column);
}

static void create_schema(struct limbeck_out *out, const struct limbeck_object *schema)
{
	out_put(out, "CREATE SCHEMA ");
	standard_name(out, schema);
	out_end(out);
	standard_comment(out, schema);
}

/* What the engine gives as a whole statement. */
static int create_defined(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	const struct limbeck_object *object = change->after;

	if (!get(object, LIMBECK_ATTR_DEFINITION))
		return standard_unsupported(change, LIMBECK_ATTR_NONE,
			"has no definition that could be written", err);
	put_definition_text(out, object);
	if (limbeck_object_kind(object) == LIMBECK_KIND_TRIGGER &&
	    get(object, LIMBECK_ATTR_ENABLED))
		standard_trigger_state(out, object);
	standard_comment(out, object);
	return 0;
}

static int create(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	const struct limbeck_object *object = change->after;

	switch (limbeck_object_kind(object)) {
	case LIMBECK_KIND_SCHEMA:
		create_schema(out, object);
		return 0;
	case LIMBECK_KIND_EXTENSION:
		standard_create_extension(out, object);
		return 0;
	case LIMBECK_KIND_ENUM:
		standard_create_enum(out, object);
		return 0;
	case LIMBECK_KIND_DOMAIN:
		standard_create_domain(out, change);
		return 0;
	case LIMBECK_KIND_SEQUENCE:
		standard_create_sequence(out, object);
		return 0;
	case LIMBECK_KIND_TABLE:
		standard_create_table(out, change);
		return 0;
	case LIMBECK_KIND_COLUMN:
		add_column(out, object);
		return 0;
	case LIMBECK_KIND_INDEX:
		standard_create_index(out, object);
		standard_comment(out, object);
		return 0;
	default:
		break;
	}
	if (!standard_is_constraint(object))
		return create_defined(out, change, err);
	standard_add_constraint(out, object);
	return 0;
}

static int drop(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	const struct limbeck_object *object = change->before;
	bool column = limbeck_object_kind(object) == LIMBECK_KIND_COLUMN;

	if (standard_is_nameless(object))
		return standard_unsupported(change, LIMBECK_ATTR_NONE,
			"has no name of its own, and can't be dropped", err);
	if (column || standard_is_constraint(object)) {
		standard_alter_table(out, object);
		out_put(out, "DROP %s ", column ? "COLUMN" : "CONSTRAINT");
		out_put_name(out, limbeck_object_name(object));
	} else {
		out_put(out, "DROP ");
		standard_what(out, object);
	}
	out_end(out);
	return 0;
}

/* Replaced, where its definition says so; 0: not. */
static int replace(struct limbeck_out *out, const struct limbeck_change *change)
{
	static const char words[] = "CREATE OR REPLACE ";
	enum limbeck_attribute at = LIMBECK_ATTR_NONE;

	do
		at = object_differs(change->before, change->after, at);
	while (at == LIMBECK_ATTR_COMMENT || at == LIMBECK_ATTR_COLUMN_COMMENTS);
	if (at == LIMBECK_ATTR_NONE) {
		standard_comment_change(out, change);
		return 1;
	}
	if (strncmp(text(change->after, LIMBECK_ATTR_DEFINITION), words, sizeof words - 1) != 0 ||
	    differs(change, LIMBECK_ATTR_RESULT))
		return 0;
	put_definition_text(out, change->after);
	standard_comment_change(out, change);
	return 1;
}

static int drop_and_create(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	return drop(out, change, err) < 0 ? -1 : create(out, change, err);
}

static int alter(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	static int (*const alters[LIMBECK_KIND_COUNT])(struct limbeck_out *out,
		const struct limbeck_change *change) = {
		[LIMBECK_KIND_EXTENSION] = standard_alter_extension,
		[LIMBECK_KIND_ENUM] = standard_alter_enum,
		[LIMBECK_KIND_DOMAIN] = standard_alter_domain,
		[LIMBECK_KIND_SEQUENCE] = standard_alter_sequence,
		[LIMBECK_KIND_PRIMARY_KEY] = standard_alter_constraint,
		[LIMBECK_KIND_UNIQUE] = standard_alter_constraint,
		[LIMBECK_KIND_CHECK] = standard_alter_constraint,
		[LIMBECK_KIND_EXCLUSION] = standard_alter_constraint,
		[LIMBECK_KIND_FOREIGN_KEY] = standard_alter_constraint,
		[LIMBECK_KIND_TRIGGER] = standard_alter_trigger,
	};
	enum limbeck_kind kind = limbeck_object_kind(change->after);

	if (kind == LIMBECK_KIND_TABLE)
		return standard_alter_table_change(out, change, err);
	if (kind == LIMBECK_KIND_COLUMN)
		return standard_alter_column(out, change, err);
	if (alters[kind] && alters[kind](out, change))
		return 0;
	if (!alters[kind] && replace(out, change))
		return 0;
	return drop_and_create(out, change, err);
}

int standard_change(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	switch (change->verb) {
	case LIMBECK_CREATE:
		return create(out, change, err);
	case LIMBECK_DROP:
		return drop(out, change, err);
	case LIMBECK_RENAME:
		return standard_rename(out, change, err);
	case LIMBECK_FILL:
		standard_fill(out, change);
		return 0;
	default:
		return alter(out, change, err);
	}
}
