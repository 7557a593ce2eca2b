/* SPDX-License-Identifier: BSD-2-Clause */
#include "render.h"

bool is_serial(const struct limbeck_object *column)
{
	return same_text(get(column, LIMBECK_ATTR_IDENTITY), "serial");
}

bool is_identity(const struct limbeck_object *column)
{
	return get(column, LIMBECK_ATTR_IDENTITY) && !is_serial(column);
}

static void put_sequence(const struct render *render, const struct limbeck_object *column)
{
	char name[POSTGRESQL_NAME_BYTES];

	postgresql_sequence_name(name, limbeck_host->object_table(column), name_of(column));
	limbeck_host->put_qualified(render->out, schema_of(column), name);
}

static bool is_plain(const char *name)
{
	return name[strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789")] == '\0' &&
		!(*name >= '0' && *name <= '9') && *name;
}

static void add_name(struct strings *text, const char *name)
{
	if (is_plain(name))
		strings_add(text, name);
	else
		strings_add_quoted(text, name, '"');
}

/* A name as a string that the server reads as one. */
static void put_name_literal(const struct render *render, const struct limbeck_object *column,
	const char *name)
{
	struct strings text = { NULL, 0, 0, false };
	const char *schema = schema_of(column);

	if (schema && !same_text(schema, render->rendering->default_schema)) {
		add_name(&text, schema);
		strings_add(&text, ".");
	}
	add_name(&text, name);
	if (text.failed)
		*render->failed = true;
	else
		limbeck_host->put_literal(render->out, text.text);
	strings_release(&text);
}

/* Where the numbers go on. */
static void set_value(const struct render *render, const struct limbeck_object *column)
{
	const char *start = get(column, LIMBECK_ATTR_START);
	const char *increment = get(column, LIMBECK_ATTR_INCREMENT);

	if (increment && *increment == '-')
		return;
	limbeck_host->put(render->out, "SELECT setval(pg_get_serial_sequence(");
	put_name_literal(render, column, limbeck_host->object_table(column));
	limbeck_host->put(render->out, ", ");
	limbeck_host->put_literal(render->out, name_of(column));
	limbeck_host->put(render->out, start ? "), greatest(%s, max(" : "), coalesce(%smax(",
		start ? start : "");
	limbeck_host->put_name(render->out, name_of(column));
	limbeck_host->put(render->out, start ? ") + 1), false) FROM " : "), 0) + 1, false) FROM ");
	limbeck_host->put_qualified(render->out, schema_of(column),
		limbeck_host->object_table(column));
	limbeck_host->end(render->out);
}

void drop_numbering(const struct render *render, const struct limbeck_object *column)
{
	if (is_identity(column)) {
		alter_column_to(render, column, "DROP IDENTITY");
	} else if (is_serial(column)) {
		alter_column_to(render, column, "DROP DEFAULT");
		limbeck_host->put(render->out, "DROP SEQUENCE IF EXISTS ");
		put_sequence(render, column);
		limbeck_host->end(render->out);
	}
}

static const struct {
	enum limbeck_attribute attribute;
	const char *words;
	const char *none;
} options[] = {
	{ LIMBECK_ATTR_INCREMENT, "INCREMENT BY", "INCREMENT BY 1" },
	{ LIMBECK_ATTR_MINIMUM, "MINVALUE", "NO MINVALUE" },
	{ LIMBECK_ATTR_MAXIMUM, "MAXVALUE", "NO MAXVALUE" },
	{ LIMBECK_ATTR_START, "START WITH", "START WITH 1" },
	{ LIMBECK_ATTR_CACHE, "CACHE", "CACHE 1" },
	{ LIMBECK_ATTR_CYCLE, "CYCLE", "NO CYCLE" },
};

static void put_options(const struct render *render, const struct limbeck_object *column)
{
	const char *between = " (";
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		const char *value = get(column, options[i].attribute);

		if (!value)
			continue;
		limbeck_host->put(render->out, "%s%s", between, options[i].words);
		if (options[i].attribute != LIMBECK_ATTR_CYCLE)
			limbeck_host->put(render->out, " %s", value);
		between = " ";
	}
	if (between[1] == '\0')
		limbeck_host->put(render->out, ")");
}

static const char *generated(const struct limbeck_object *column)
{
	return same_text(get(column, LIMBECK_ATTR_IDENTITY), "always") ? "ALWAYS" : "BY DEFAULT";
}

void put_identity(const struct render *render, const struct limbeck_object *column)
{
	limbeck_host->put(render->out, " GENERATED %s AS IDENTITY", generated(column));
	put_options(render, column);
}

static void add_serial(const struct render *render, const struct limbeck_object *column)
{
	char name[POSTGRESQL_NAME_BYTES];
	const char *type = get(column, LIMBECK_ATTR_TYPE);

	postgresql_sequence_name(name, limbeck_host->object_table(column), name_of(column));
	limbeck_host->put(render->out, "CREATE SEQUENCE ");
	put_sequence(render, column);
	limbeck_host->put(render->out, " AS %s OWNED BY ", type ? type : "bigint");
	limbeck_host->put_qualified(render->out, schema_of(column),
		limbeck_host->object_table(column));
	limbeck_host->put(render->out, ".");
	limbeck_host->put_name(render->out, name_of(column));
	limbeck_host->end(render->out);
	set_value(render, column);
	put_alter_column(render, column);
	limbeck_host->put(render->out, "SET DEFAULT nextval(");
	put_name_literal(render, column, name);
	limbeck_host->put(render->out, ")");
	limbeck_host->end(render->out);
}

void add_numbering(const struct render *render, const struct limbeck_object *column)
{
	if (is_serial(column)) {
		add_serial(render, column);
	} else if (is_identity(column)) {
		put_alter_column(render, column);
		limbeck_host->put(render->out, "ADD");
		put_identity(render, column);
		limbeck_host->end(render->out);
		set_value(render, column);
	}
}

static bool options_differ(const struct limbeck_change *change)
{
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (differs(change, options[i].attribute))
			return true;
	}
	return differs(change, LIMBECK_ATTR_IDENTITY);
}

static void set_options(const struct render *render, const struct limbeck_change *change)
{
	const char *between = "";
	size_t i;

	put_alter_column(render, change->after);
	if (differs(change, LIMBECK_ATTR_IDENTITY)) {
		limbeck_host->put(render->out, "SET GENERATED %s", generated(change->after));
		between = " ";
	}
	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		const char *value = get(change->after, options[i].attribute);

		if (!differs(change, options[i].attribute))
			continue;
		/* A sequence starts at its smallest number. */
		if (!value && options[i].attribute == LIMBECK_ATTR_START)
			value = get(change->after, LIMBECK_ATTR_MINIMUM);
		limbeck_host->put(render->out, "%sSET %s", between,
			value ? options[i].words : options[i].none);
		if (value && options[i].attribute != LIMBECK_ATTR_CYCLE)
			limbeck_host->put(render->out, " %s", value);
		between = " ";
	}
	limbeck_host->end(render->out);
}

void change_numbering(const struct render *render, const struct limbeck_change *change)
{
	if (is_identity(change->after) && options_differ(change)) {
		set_options(render, change);
	} else if (is_serial(change->after) && differs(change, LIMBECK_ATTR_TYPE)) {
		limbeck_host->put(render->out, "ALTER SEQUENCE IF EXISTS ");
		put_sequence(render, change->after);
		limbeck_host->put(render->out, " AS %s", get(change->after, LIMBECK_ATTR_TYPE));
		limbeck_host->end(render->out);
	}
}

/* The server leaves the name of the sequence as it was; a new database would give it
 * the new name. */
void rename_numbering(const struct render *render, const struct limbeck_object *column,
	const char *old_table, const char *old_column)
{
	char old[POSTGRESQL_NAME_BYTES];
	char new[POSTGRESQL_NAME_BYTES];

	if (!get(column, LIMBECK_ATTR_IDENTITY))
		return;
	postgresql_sequence_name(old, old_table, old_column);
	postgresql_sequence_name(new, limbeck_host->object_table(column), name_of(column));
	if (strcmp(old, new) == 0)
		return;
	limbeck_host->put(render->out, "ALTER SEQUENCE IF EXISTS ");
	limbeck_host->put_qualified(render->out, schema_of(column), old);
	limbeck_host->put(render->out, " RENAME TO ");
	limbeck_host->put_name(render->out, new);
	limbeck_host->end(render->out);
}
