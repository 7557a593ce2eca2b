/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands in CREATE TABLE for a column or a constraint. */
#include "driver/render_int.h"

#include <string.h>

/* A collation is a name, or, where that must be more, SQL with quotes in it. */
void standard_collation(struct limbeck_out *out, const struct limbeck_object *object)
{
	const char *collation = get(object, LIMBECK_ATTR_COLLATION);

	if (!collation)
		return;
	out_put(out, " COLLATE ");
	if (strchr(collation, out->lexis->identifier_quotes[0]))
		out_put(out, "%s", collation);
	else
		out_put_name(out, collation);
}

void standard_identity_options(struct limbeck_out *out, const struct limbeck_object *column)
{
	static const struct {
		enum limbeck_attribute attribute;
		const char *words;
	} options[] = {
		{ LIMBECK_ATTR_START, "START WITH" },
		{ LIMBECK_ATTR_INCREMENT, "INCREMENT BY" },
		{ LIMBECK_ATTR_MINIMUM, "MINVALUE" },
		{ LIMBECK_ATTR_MAXIMUM, "MAXVALUE" },
		{ LIMBECK_ATTR_CACHE, "CACHE" },
	};
	const char *between = " (";

	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		const char *value = get(column, options[i].attribute);

		if (!value)
			continue;
		out_put(out, "%s%s %s", between, options[i].words, value);
		between = " ";
	}
	if (is_yes(column, LIMBECK_ATTR_CYCLE)) {
		out_put(out, "%sCYCLE", between);
		between = " ";
	}
	if (between[1] == '\0')
		out_put(out, ")");
}

/* Its type; a serial one has a name of its own. */
static void put_type(struct limbeck_out *out, const struct limbeck_object *column)
{
	const char *type = get(column, LIMBECK_ATTR_TYPE);

	if (!type)
		return;
	if (!standard_is(column, LIMBECK_ATTR_IDENTITY, "serial"))
		out_put(out, " %s", type);
	else if (strcmp(type, "bigint") == 0)
		out_put(out, " bigserial");
	else if (strcmp(type, "smallint") == 0)
		out_put(out, " smallserial");
	else
		out_put(out, " serial");
}

static void put_source(struct limbeck_out *out, const struct limbeck_object *column)
{
	const char *identity = get(column, LIMBECK_ATTR_IDENTITY);
	const char *generated = get(column, LIMBECK_ATTR_GENERATED);

	if (generated)
		out_put(out, " GENERATED ALWAYS AS (%s) %s", generated,
			standard_is(column, LIMBECK_ATTR_GENERATED_KIND, "virtual") ? "VIRTUAL" :
			"STORED");
	else if (identity && strcmp(identity, "serial") != 0) {
		out_put(out, " GENERATED %s AS IDENTITY",
			strcmp(identity, "always") == 0 ? "ALWAYS" : "BY DEFAULT");
		standard_identity_options(out, column);
	} else if (!identity)
		standard_option(out, "DEFAULT", column, LIMBECK_ATTR_DEFAULT);
}

void standard_column(struct limbeck_out *out, const struct limbeck_object *column)
{
	out_put_name(out, limbeck_object_name(column));
	put_type(out, column);
	standard_option(out, "CHARACTER SET", column, LIMBECK_ATTR_CHARSET);
	standard_option(out, "", column, LIMBECK_ATTR_STORAGE);
	standard_collation(out, column);
	put_source(out, column);
	standard_option(out, "ON UPDATE", column, LIMBECK_ATTR_ON_UPDATE);
	if (is_yes(column, LIMBECK_ATTR_NOT_NULL) ||
	    is_yes(column, LIMBECK_ATTR_IMPLIED_NOT_NULL)) {
		out_put(out, " NOT NULL");
		standard_option(out, "ON CONFLICT", column, LIMBECK_ATTR_CONFLICT);
	}
}

/* "(a, b)": each part as SQL where the engine says it so, else its name. */
static void put_parts(struct limbeck_out *out, const struct limbeck_object *object)
{
	size_t count = limbeck_object_count(object, LIMBECK_ATTR_PARTS);

	out_put(out, "(");
	for (size_t i = 0; i < count; i++)
		out_put(out, "%s%s", i ? ", " : "",
			limbeck_object_item(object, LIMBECK_ATTR_PARTS, i));
	if (!count)
		out_put_names(out, object, LIMBECK_ATTR_COLUMNS);
	out_put(out, ")");
}

static void put_list(struct limbeck_out *out, const char *words,
	const struct limbeck_object *object, enum limbeck_attribute attribute)
{
	if (!limbeck_object_count(object, attribute))
		return;
	out_put(out, "%s (", words);
	out_put_names(out, object, attribute);
	out_put(out, ")");
}

static void put_exclusion(struct limbeck_out *out, const struct limbeck_object *constraint)
{
	const char *predicate = get(constraint, LIMBECK_ATTR_PREDICATE);

	out_put(out, "EXCLUDE");
	standard_option(out, "USING", constraint, LIMBECK_ATTR_METHOD);
	out_put(out, " ");
	put_parts(out, constraint);
	put_list(out, " INCLUDE", constraint, LIMBECK_ATTR_INCLUDE);
	standard_option(out, "", constraint, LIMBECK_ATTR_OPTIONS);
	if (predicate)
		out_put(out, " WHERE (%s)", predicate);
}

static void put_foreign_key(struct limbeck_out *out, const struct limbeck_object *constraint)
{
	put_list(out, "FOREIGN KEY", constraint, LIMBECK_ATTR_COLUMNS);
	out_put(out, " REFERENCES ");
	out_put_qualified(out, get(constraint, LIMBECK_ATTR_REF_SCHEMA),
		get(constraint, LIMBECK_ATTR_REF_TABLE));
	put_list(out, "", constraint, LIMBECK_ATTR_REF_COLUMNS);
	standard_option(out, "MATCH", constraint, LIMBECK_ATTR_MATCH);
	standard_option(out, "ON UPDATE", constraint, LIMBECK_ATTR_ON_UPDATE);
	standard_option(out, "ON DELETE", constraint, LIMBECK_ATTR_ON_DELETE);
	put_list(out, "", constraint, LIMBECK_ATTR_ON_DELETE_COLUMNS);
}

static void put_key(struct limbeck_out *out, const struct limbeck_object *constraint,
	const char *words)
{
	out_put(out, "%s%s ", words,
		is_yes(constraint, LIMBECK_ATTR_NULLS_NOT_DISTINCT) ? " NULLS NOT DISTINCT" : "");
	put_parts(out, constraint);
	put_list(out, " INCLUDE", constraint, LIMBECK_ATTR_INCLUDE);
}

static void put_timing(struct limbeck_out *out, const struct limbeck_object *constraint)
{
	const char *deferrable = get(constraint, LIMBECK_ATTR_DEFERRABLE);
	const char *enforced = get(constraint, LIMBECK_ATTR_NOT_ENFORCED);

	if (is_yes(constraint, LIMBECK_ATTR_NO_INHERIT))
		out_put(out, " NO INHERIT");
	if (limbeck_object_kind(constraint) != LIMBECK_KIND_EXCLUSION)
		standard_option(out, "", constraint, LIMBECK_ATTR_OPTIONS);
	standard_option(out, "ON CONFLICT", constraint, LIMBECK_ATTR_CONFLICT);
	if (deferrable)
		out_put(out, " DEFERRABLE%s",
			strcmp(deferrable, "initially deferred") == 0 ? " INITIALLY DEFERRED" : "");
	if (enforced)
		out_put(out, strcmp(enforced, "not valid") == 0 ? " NOT VALID" : " NOT ENFORCED");
}

void standard_constraint(struct limbeck_out *out, const struct limbeck_object *constraint)
{
	if (!is_yes(constraint, LIMBECK_ATTR_UNNAMED)) {
		out_put(out, "CONSTRAINT ");
		out_put_name(out, limbeck_object_name(constraint));
		out_put(out, " ");
	}
	switch (limbeck_object_kind(constraint)) {
	case LIMBECK_KIND_PRIMARY_KEY:
		put_key(out, constraint, "PRIMARY KEY");
		break;
	case LIMBECK_KIND_UNIQUE:
		put_key(out, constraint, "UNIQUE");
		break;
	case LIMBECK_KIND_CHECK:
		out_put(out, "CHECK (%s)", text(constraint, LIMBECK_ATTR_EXPRESSION));
		break;
	case LIMBECK_KIND_EXCLUSION:
		put_exclusion(out, constraint);
		break;
	default:
		put_foreign_key(out, constraint);
	}
	put_timing(out, constraint);
}

void out_put_definition(struct limbeck_out *out, const struct limbeck_object *object)
{
	if (limbeck_object_kind(object) == LIMBECK_KIND_COLUMN)
		standard_column(out, object);
	else if (standard_is_constraint(object))
		standard_constraint(out, object);
}

/* The options are what stands before the predicate. */
void standard_create_index(struct limbeck_out *out, const struct limbeck_object *index)
{
	out_put(out, "CREATE %sINDEX ", is_yes(index, LIMBECK_ATTR_UNIQUE) ? "UNIQUE " : "");
	if (!is_yes(index, LIMBECK_ATTR_UNNAMED)) {
		out_put_name(out, limbeck_object_name(index));
		out_put(out, " ");
	}
	out_put(out, "ON ");
	standard_table_name(out, index);
	standard_option(out, "USING", index, LIMBECK_ATTR_METHOD);
	out_put(out, " ");
	put_parts(out, index);
	put_list(out, " INCLUDE", index, LIMBECK_ATTR_INCLUDE);
	if (is_yes(index, LIMBECK_ATTR_NULLS_NOT_DISTINCT))
		out_put(out, " NULLS NOT DISTINCT");
	standard_option(out, "", index, LIMBECK_ATTR_OPTIONS);
	standard_option(out, "WHERE", index, LIMBECK_ATTR_PREDICATE);
	out_end(out);
}
