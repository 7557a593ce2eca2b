/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/render_int.h"

static void alter(struct limbeck_out *out, const struct limbeck_object *column)
{
	standard_alter_table(out, column);
	out_put(out, "ALTER COLUMN ");
	out_put_name(out, limbeck_object_name(column));
	out_put(out, " ");
}

static void alter_to(struct limbeck_out *out, const struct limbeck_object *column,
	const char *words)
{
	alter(out, column);
	out_put(out, "%s", words);
	out_end(out);
}

/* A computed column holds nothing of its own: it may go and come. */
static void add_again(struct limbeck_out *out, const struct limbeck_object *column)
{
	standard_alter_table(out, column);
	out_put(out, "DROP COLUMN ");
	out_put_name(out, limbeck_object_name(column));
	out_end(out);
	standard_alter_table(out, column);
	out_put(out, "ADD COLUMN ");
	standard_column(out, column);
	out_end(out);
	standard_comment(out, column);
}

/* The default goes first where it might not fit the new type. */
static void change_type(struct limbeck_out *out, const struct limbeck_change *change)
{
	if (is_yes(change->before, LIMBECK_ATTR_DEFAULT) && differs(change, LIMBECK_ATTR_DEFAULT))
		alter_to(out, change->after, "DROP DEFAULT");
	alter(out, change->after);
	out_put(out, "TYPE %s", text(change->after, LIMBECK_ATTR_TYPE));
	standard_option(out, "CHARACTER SET", change->after, LIMBECK_ATTR_CHARSET);
	standard_collation(out, change->after);
	out_end(out);
}

static void change_default(struct limbeck_out *out, const struct limbeck_change *change,
	bool typed)
{
	const char *value = get(change->after, LIMBECK_ATTR_DEFAULT);

	if (value) {
		alter(out, change->after);
		out_put(out, "SET DEFAULT %s", value);
		out_end(out);
	} else if (!typed) {
		alter_to(out, change->after, "DROP DEFAULT");
	}
}

static void reset_identity(struct limbeck_out *out, const struct limbeck_change *change)
{
	static const struct {
		enum limbeck_attribute attribute;
		const char *words;
		const char *none;
	} options[] = {
		{ LIMBECK_ATTR_START, "START WITH ", "START WITH 1" },
		{ LIMBECK_ATTR_INCREMENT, "INCREMENT BY ", "INCREMENT BY 1" },
		{ LIMBECK_ATTR_MINIMUM, "MINVALUE ", "NO MINVALUE" },
		{ LIMBECK_ATTR_MAXIMUM, "MAXVALUE ", "NO MAXVALUE" },
		{ LIMBECK_ATTR_CACHE, "CACHE ", "CACHE 1" },
	};
	const char *between = "";

	alter(out, change->after);
	if (differs(change, LIMBECK_ATTR_IDENTITY)) {
		out_put(out, "SET GENERATED %s",
			standard_is(change->after, LIMBECK_ATTR_IDENTITY, "always") ? "ALWAYS" :
			"BY DEFAULT");
		between = " ";
	}
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		const char *value = get(change->after, options[i].attribute);

		if (!differs(change, options[i].attribute))
			continue;
		out_put(out, "%sSET %s%s", between, value ? options[i].words : options[i].none,
			value ? value : "");
		between = " ";
	}
	if (differs(change, LIMBECK_ATTR_CYCLE))
		out_put(out, "%sSET %sCYCLE", between,
			is_yes(change->after, LIMBECK_ATTR_CYCLE) ? "" : "NO ");
	out_end(out);
}

static bool identity_differs(const struct limbeck_change *change)
{
	for (int i = LIMBECK_ATTR_START; i <= LIMBECK_ATTR_CYCLE; i++)
		if (differs(change, (enum limbeck_attribute)i))
			return true;
	return differs(change, LIMBECK_ATTR_IDENTITY);
}

static bool is_identity(const struct limbeck_object *column)
{
	return standard_is(column, LIMBECK_ATTR_IDENTITY, "always") ||
		standard_is(column, LIMBECK_ATTR_IDENTITY, "by default");
}

/* An identity is dropped before a default comes, and added when one is gone. */
static int drop_identity(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	const struct limbeck_object *before = change->before, *after = change->after;

	if (!identity_differs(change))
		return 0;
	if ((is_yes(before, LIMBECK_ATTR_IDENTITY) && !is_identity(before)) ||
	    (is_yes(after, LIMBECK_ATTR_IDENTITY) && !is_identity(after)))
		return standard_unsupported(change, LIMBECK_ATTR_IDENTITY,
			"can't be changed in the words of standard SQL", err);
	if (is_identity(before) && !is_identity(after))
		alter_to(out, after, "DROP IDENTITY");
	return 0;
}

static void add_identity(struct limbeck_out *out, const struct limbeck_change *change)
{
	const struct limbeck_object *after = change->after;

	if (!identity_differs(change) || !is_identity(after))
		return;
	if (is_identity(change->before)) {
		reset_identity(out, change);
		return;
	}
	alter(out, after);
	out_put(out, "ADD GENERATED %s AS IDENTITY",
		standard_is(after, LIMBECK_ATTR_IDENTITY, "always") ? "ALWAYS" : "BY DEFAULT");
	standard_identity_options(out, after);
	out_end(out);
}

/* The first attribute that no ALTER COLUMN changes. */
static enum limbeck_attribute fixed(const struct limbeck_change *change)
{
	static const enum limbeck_attribute attributes[] = { LIMBECK_ATTR_ON_UPDATE,
		LIMBECK_ATTR_CONFLICT };

	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		if (differs(change, attributes[i]))
			return attributes[i];
	if (differs(change, LIMBECK_ATTR_STORAGE) && !is_yes(change->after, LIMBECK_ATTR_STORAGE))
		return LIMBECK_ATTR_STORAGE;
	return LIMBECK_ATTR_NONE;
}

static bool is_added_again(const struct limbeck_change *change, bool typed)
{
	return is_yes(change->after, LIMBECK_ATTR_GENERATED) &&
		(typed || differs(change, LIMBECK_ATTR_GENERATED) ||
		 differs(change, LIMBECK_ATTR_GENERATED_KIND));
}

int standard_alter_column(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	bool typed = differs(change, LIMBECK_ATTR_TYPE) || differs(change, LIMBECK_ATTR_CHARSET) ||
		differs(change, LIMBECK_ATTR_COLLATION);

	if (is_added_again(change, typed)) {
		add_again(out, change->after);
		return 0;
	}
	if (fixed(change) != LIMBECK_ATTR_NONE)
		return standard_unsupported(change, fixed(change), "can't be changed in place",
			err);
	if (differs(change, LIMBECK_ATTR_GENERATED))
		alter_to(out, change->after, "DROP EXPRESSION");
	if (drop_identity(out, change, err) < 0)
		return -1;
	if (typed)
		change_type(out, change);
	if (differs(change, LIMBECK_ATTR_STORAGE)) {
		alter(out, change->after);
		out_put(out, "SET %s", text(change->after, LIMBECK_ATTR_STORAGE));
		out_end(out);
	}
	if (differs(change, LIMBECK_ATTR_DEFAULT))
		change_default(out, change, typed);
	if (differs(change, LIMBECK_ATTR_NOT_NULL))
		alter_to(out, change->after, is_yes(change->after, LIMBECK_ATTR_NOT_NULL) ?
			"SET NOT NULL" : "DROP NOT NULL");
	add_identity(out, change);
	standard_comment_change(out, change);
	return 0;
}

void standard_fill(struct limbeck_out *out, const struct limbeck_change *change)
{
	const struct limbeck_object *column = change->after;

	if (!change->value)
		out_put_decide(out, "the value of %s.%s in the rows that are there: "
			"write it for NULL, and delete this line",
			limbeck_object_table(column), limbeck_object_name(column));
	out_put(out, "UPDATE ");
	standard_table_name(out, column);
	out_put(out, " SET ");
	out_put_name(out, limbeck_object_name(column));
	out_put(out, " = %s WHERE ", change->value ? change->value : "NULL");
	out_put_name(out, limbeck_object_name(column));
	out_put(out, " IS NULL");
	out_end(out);
}
