/* SPDX-License-Identifier: BSD-2-Clause */
/* Enums, domains, sequences, extensions. */
#include "driver/render_int.h"

#include <string.h>

static const char *value_of(const struct limbeck_object *object, size_t i)
{
	return limbeck_object_item(object, LIMBECK_ATTR_VALUES, i);
}

void standard_create_enum(struct limbeck_out *out, const struct limbeck_object *object)
{
	size_t count = limbeck_object_count(object, LIMBECK_ATTR_VALUES);

	out_put(out, "CREATE TYPE ");
	standard_name(out, object);
	out_put(out, " AS ENUM (");
	for (size_t i = 0; i < count; i++) {
		out_put(out, "%s", i ? ", " : "");
		out_put_literal(out, value_of(object, i));
	}
	out_put(out, ")");
	out_end(out);
	standard_comment(out, object);
}

/* Whether all values of before stand in after, in the same order. */
static bool only_grows(const struct limbeck_object *before, const struct limbeck_object *after)
{
	size_t old = limbeck_object_count(before, LIMBECK_ATTR_VALUES), found = 0;
	size_t count = limbeck_object_count(after, LIMBECK_ATTR_VALUES);

	for (size_t i = 0; i < count && found < old; i++)
		found += strcmp(value_of(before, found), value_of(after, i)) == 0;
	return found == old;
}

static void add_value(struct limbeck_out *out, const struct limbeck_object *object,
	const char *value, const char *words, const char *neighbour)
{
	out_put(out, "ALTER TYPE ");
	standard_name(out, object);
	out_put(out, " ADD VALUE ");
	out_put_literal(out, value);
	if (neighbour) {
		out_put(out, " %s ", words);
		out_put_literal(out, neighbour);
	}
	out_end(out);
}

/* Each value behind the one before it; those at the end need no place. */
int standard_alter_enum(struct limbeck_out *out, const struct limbeck_change *change)
{
	const struct limbeck_object *before = change->before, *after = change->after;
	size_t old = limbeck_object_count(before, LIMBECK_ATTR_VALUES), found = 0;
	size_t count = limbeck_object_count(after, LIMBECK_ATTR_VALUES);

	if (!only_grows(before, after))
		return 0;
	for (size_t i = 0; i < count; i++) {
		const char *value = value_of(after, i);

		if (found < old && strcmp(value_of(before, found), value) == 0)
			found++;
		else if (found == old)
			add_value(out, after, value, "", NULL);
		else if (i > 0)
			add_value(out, after, value, "AFTER", value_of(after, i - 1));
		else
			add_value(out, after, value, "BEFORE", value_of(before, 0));
	}
	standard_comment_change(out, change);
	return 1;
}

void standard_create_domain(struct limbeck_out *out, const struct limbeck_change *change)
{
	const struct limbeck_object *domain = change->after;

	out_put(out, "CREATE DOMAIN ");
	standard_name(out, domain);
	out_put(out, " AS %s", text(domain, LIMBECK_ATTR_TYPE));
	standard_collation(out, domain);
	standard_option(out, "DEFAULT", domain, LIMBECK_ATTR_DEFAULT);
	if (is_yes(domain, LIMBECK_ATTR_NOT_NULL))
		out_put(out, " NOT NULL");
	for (size_t i = 0; i < change->member_count; i++) {
		out_put(out, "\n    ");
		standard_constraint(out, change->members[i]);
	}
	out_end(out);
	standard_comment(out, domain);
	for (size_t i = 0; i < change->member_count; i++)
		standard_comment(out, change->members[i]);
}

static void alter_domain(struct limbeck_out *out, const struct limbeck_object *domain,
	const char *words, const char *value)
{
	out_put(out, "ALTER DOMAIN ");
	standard_name(out, domain);
	out_put(out, " %s%s", words, value);
	out_end(out);
}

int standard_alter_domain(struct limbeck_out *out, const struct limbeck_change *change)
{
	const struct limbeck_object *after = change->after;
	const char *value = get(after, LIMBECK_ATTR_DEFAULT);

	if (differs(change, LIMBECK_ATTR_TYPE) || differs(change, LIMBECK_ATTR_COLLATION))
		return 0;
	if (differs(change, LIMBECK_ATTR_DEFAULT))
		alter_domain(out, after, value ? "SET DEFAULT " : "DROP DEFAULT",
			value ? value : "");
	if (differs(change, LIMBECK_ATTR_NOT_NULL))
		alter_domain(out, after, is_yes(after, LIMBECK_ATTR_NOT_NULL) ?
			"SET NOT NULL" : "DROP NOT NULL", "");
	standard_comment_change(out, change);
	return 1;
}

static const struct {
	enum limbeck_attribute attribute;
	const char *words;
	const char *none;
} options[] = {
	{ LIMBECK_ATTR_TYPE, "AS", "AS bigint" },
	{ LIMBECK_ATTR_INCREMENT, "INCREMENT BY", "INCREMENT BY 1" },
	{ LIMBECK_ATTR_MINIMUM, "MINVALUE", "NO MINVALUE" },
	{ LIMBECK_ATTR_MAXIMUM, "MAXVALUE", "NO MAXVALUE" },
	{ LIMBECK_ATTR_START, "START WITH", "START WITH 1" },
	{ LIMBECK_ATTR_CACHE, "CACHE", "CACHE 1" },
};

void standard_create_sequence(struct limbeck_out *out, const struct limbeck_object *object)
{
	out_put(out, "CREATE SEQUENCE ");
	standard_name(out, object);
	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		standard_option(out, options[i].words, object, options[i].attribute);
	if (is_yes(object, LIMBECK_ATTR_CYCLE))
		out_put(out, " CYCLE");
	out_end(out);
	standard_comment(out, object);
}

void standard_sequence_owner(struct limbeck_out *out, const struct limbeck_object *object)
{
	bool owned = limbeck_object_count(object, LIMBECK_ATTR_OWNED_BY) == 2;

	out_put(out, "ALTER SEQUENCE ");
	standard_name(out, object);
	out_put(out, " OWNED BY ");
	if (owned) {
		out_put_qualified(out, limbeck_object_schema(object),
			limbeck_object_item(object, LIMBECK_ATTR_OWNED_BY, 0));
		out_put(out, ".");
		out_put_name(out, limbeck_object_item(object, LIMBECK_ATTR_OWNED_BY, 1));
	} else {
		out_put(out, "NONE");
	}
	out_end(out);
}

int standard_alter_sequence(struct limbeck_out *out, const struct limbeck_change *change)
{
	const struct limbeck_object *after = change->after;
	bool any = differs(change, LIMBECK_ATTR_CYCLE);

	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		any = any || differs(change, options[i].attribute);
	if (any) {
		out_put(out, "ALTER SEQUENCE ");
		standard_name(out, after);
		for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
			if (!differs(change, options[i].attribute))
				continue;
			if (is_yes(after, options[i].attribute))
				standard_option(out, options[i].words, after, options[i].attribute);
			else
				out_put(out, " %s", options[i].none);
		}
		if (differs(change, LIMBECK_ATTR_CYCLE))
			out_put(out, is_yes(after, LIMBECK_ATTR_CYCLE) ? " CYCLE" : " NO CYCLE");
		out_end(out);
	}
	if (differs(change, LIMBECK_ATTR_OWNED_BY))
		standard_sequence_owner(out, after);
	standard_comment_change(out, change);
	return 1;
}

void standard_create_extension(struct limbeck_out *out, const struct limbeck_object *object)
{
	const char *schema = get(object, LIMBECK_ATTR_INTO_SCHEMA);

	out_put(out, "CREATE EXTENSION IF NOT EXISTS ");
	standard_name(out, object);
	if (schema) {
		out_put(out, " SCHEMA ");
		out_put_name(out, schema);
	}
	out_end(out);
	standard_comment(out, object);
}

int standard_alter_extension(struct limbeck_out *out, const struct limbeck_change *change)
{
	const char *schema = get(change->after, LIMBECK_ATTR_INTO_SCHEMA);

	if (differs(change, LIMBECK_ATTR_INTO_SCHEMA)) {
		out_put(out, "ALTER EXTENSION ");
		standard_name(out, change->after);
		out_put(out, " SET SCHEMA ");
		out_put_name(out, schema ? schema : out->default_schema);
		out_end(out);
	}
	standard_comment_change(out, change);
	return 1;
}
