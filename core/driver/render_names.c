/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/render_int.h"

#include <string.h>

#include "base/error.h"

bool standard_is(const struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *value)
{
	const char *is = get(object, attribute);

	return is && strcmp(is, value) == 0;
}

void standard_option(struct limbeck_out *out, const char *words,
	const struct limbeck_object *object, enum limbeck_attribute attribute)
{
	const char *value = get(object, attribute);

	if (value)
		out_put(out, " %s%s%s", words, *words ? " " : "", value);
}

bool standard_is_constraint(const struct limbeck_object *object)
{
	enum limbeck_kind kind = limbeck_object_kind(object);

	return kind >= LIMBECK_KIND_PRIMARY_KEY && kind <= LIMBECK_KIND_FOREIGN_KEY;
}

bool standard_is_nameless(const struct limbeck_object *object)
{
	const char *name = limbeck_object_name(object);

	return !name || !*name || (*name == '#' && is_yes(object, LIMBECK_ATTR_UNNAMED));
}

/* The word that stands before the name of an object that is not in a table. */
static const char *kind_word(const struct limbeck_object *object)
{
	static const char *const words[LIMBECK_KIND_COUNT] = {
		[LIMBECK_KIND_SCHEMA] = "SCHEMA",
		[LIMBECK_KIND_EXTENSION] = "EXTENSION",
		[LIMBECK_KIND_ENUM] = "TYPE",
		[LIMBECK_KIND_DOMAIN] = "DOMAIN",
		[LIMBECK_KIND_TYPE] = "TYPE",
		[LIMBECK_KIND_SEQUENCE] = "SEQUENCE",
		[LIMBECK_KIND_FUNCTION] = "FUNCTION",
		[LIMBECK_KIND_TABLE] = "TABLE",
		[LIMBECK_KIND_COLUMN] = "COLUMN",
		[LIMBECK_KIND_PRIMARY_KEY] = "CONSTRAINT",
		[LIMBECK_KIND_UNIQUE] = "CONSTRAINT",
		[LIMBECK_KIND_CHECK] = "CONSTRAINT",
		[LIMBECK_KIND_EXCLUSION] = "CONSTRAINT",
		[LIMBECK_KIND_FOREIGN_KEY] = "CONSTRAINT",
		[LIMBECK_KIND_INDEX] = "INDEX",
		[LIMBECK_KIND_VIEW] = "VIEW",
		[LIMBECK_KIND_MATERIALIZED_VIEW] = "MATERIALIZED VIEW",
		[LIMBECK_KIND_TRIGGER] = "TRIGGER",
	};
	const char *own = get(object, LIMBECK_ATTR_WORD);
	const char *word = words[limbeck_object_kind(object)];

	return own ? own : word ? word : "OBJECT";
}

static bool is_of_domain(const struct limbeck_object *part)
{
	const struct limbeck_catalog *catalog = object_catalog(part);
	const char *schema = limbeck_object_schema(part), *table = limbeck_object_table(part);
	const struct object_name domain = { .kind = LIMBECK_KIND_DOMAIN, .schema = schema,
		.name = table };

	return limbeck_object_kind(part) == LIMBECK_KIND_CHECK &&
		!catalog_relation(catalog, schema, table) && catalog_find(catalog, &domain);
}

void standard_table_name(struct limbeck_out *out, const struct limbeck_object *part)
{
	out_put_qualified(out, limbeck_object_schema(part), limbeck_object_table(part));
}

static void put_name_in(struct limbeck_out *out, const struct limbeck_object *object,
	const char *schema)
{
	const char *signature = limbeck_object_signature(object);

	out_put_qualified(out, schema, limbeck_object_name(object));
	if (signature && limbeck_object_kind(object) == LIMBECK_KIND_FUNCTION)
		out_put(out, "(%s)", signature);
}

void standard_name(struct limbeck_out *out, const struct limbeck_object *object)
{
	put_name_in(out, object, limbeck_object_schema(object));
}

/* An index has a name of its own in the schema, other parts one in their table. */
void standard_what_in(struct limbeck_out *out, const struct limbeck_object *object,
	const char *schema)
{
	enum limbeck_kind kind = limbeck_object_kind(object);

	out_put(out, "%s ", kind_word(object));
	if (kind == LIMBECK_KIND_COLUMN) {
		standard_table_name(out, object);
		out_put(out, ".");
		out_put_name(out, limbeck_object_name(object));
	} else if (kind == LIMBECK_KIND_INDEX || !object_is_part(object)) {
		put_name_in(out, object, schema);
	} else {
		out_put_name(out, limbeck_object_name(object));
		out_put(out, " ON %s", is_of_domain(object) ? "DOMAIN " : "");
		standard_table_name(out, object);
	}
}

void standard_what(struct limbeck_out *out, const struct limbeck_object *object)
{
	standard_what_in(out, object, limbeck_object_schema(object));
}

void standard_alter_table(struct limbeck_out *out, const struct limbeck_object *part)
{
	out_put(out, "ALTER %s ", is_of_domain(part) ? "DOMAIN" : "TABLE");
	standard_table_name(out, part);
	out_put(out, " ");
}

int standard_unsupported(const struct limbeck_change *change, enum limbeck_attribute attribute,
	const char *why, struct limbeck_error *err)
{
	const struct limbeck_object *object = change->after ? change->after : change->before;
	struct strbuf shown = STRBUF_INIT;

	object_shown(&shown, object);
	if (attribute == LIMBECK_ATTR_NONE)
		error_set(err, LIMBECK_E_UNSUPPORTED, "%s %s %s",
			limbeck_kind_name(limbeck_object_kind(object)), shown.buf, why);
	else
		error_set(err, LIMBECK_E_UNSUPPORTED, "the %s of %s %s %s",
			limbeck_attribute_name(attribute),
			limbeck_kind_name(limbeck_object_kind(object)), shown.buf, why);
	error_hint(err, "Write a revision for this change by hand.");
	strbuf_release(&shown);
	return -1;
}

static void put_comment(struct limbeck_out *out, const struct limbeck_object *object)
{
	out_put(out, "COMMENT ON ");
	standard_what(out, object);
	out_put(out, " IS ");
	out_put_literal(out, get(object, LIMBECK_ATTR_COMMENT));
	out_end(out);
}

/* Those of a view's columns that are not as they were (before may be NULL). */
static void column_comments(struct limbeck_out *out, const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	for (size_t i = 0; i < limbeck_object_count(after, LIMBECK_ATTR_COLUMNS); i++) {
		const char *was = limbeck_object_item(before, LIMBECK_ATTR_COLUMN_COMMENTS, i);
		const char *is = limbeck_object_item(after, LIMBECK_ATTR_COLUMN_COMMENTS, i);

		if (strcmp(was ? was : "", is ? is : "") == 0)
			continue;
		out_put(out, "COMMENT ON COLUMN ");
		standard_name(out, after);
		out_put(out, ".");
		out_put_name(out, limbeck_object_item(after, LIMBECK_ATTR_COLUMNS, i));
		out_put(out, " IS ");
		out_put_literal(out, is && *is ? is : NULL);
		out_end(out);
	}
}

void standard_comment(struct limbeck_out *out, const struct limbeck_object *object)
{
	if (get(object, LIMBECK_ATTR_COMMENT) && !standard_is_nameless(object))
		put_comment(out, object);
	if (get(object, LIMBECK_ATTR_COLUMN_COMMENTS))
		column_comments(out, NULL, object);
}

void standard_comment_change(struct limbeck_out *out, const struct limbeck_change *change)
{
	if (!object_same(change->before, change->after, LIMBECK_ATTR_COMMENT) &&
	    !standard_is_nameless(change->after))
		put_comment(out, change->after);
	if (!object_same(change->before, change->after, LIMBECK_ATTR_COLUMN_COMMENTS))
		column_comments(out, change->before, change->after);
}
