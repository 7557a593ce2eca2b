/* SPDX-License-Identifier: BSD-2-Clause */
#include "render.h"

void put_own_name(const struct render *render, const struct limbeck_object *object)
{
	limbeck_host->put_qualified(render->out, schema_of(object), name_of(object));
}

void put_alter(const struct render *render, const struct limbeck_object *part)
{
	const char *table = limbeck_host->object_table(part);

	limbeck_host->put(render->out, "ALTER TABLE ");
	limbeck_host->put_qualified(render->out, schema_of(part), table ? table : name_of(part));
	limbeck_host->put(render->out, " ");
}

void put_alter_column(const struct render *render, const struct limbeck_object *column)
{
	put_alter(render, column);
	limbeck_host->put(render->out, "ALTER COLUMN ");
	limbeck_host->put_name(render->out, name_of(column));
	limbeck_host->put(render->out, " ");
}

void alter_column_to(const struct render *render, const struct limbeck_object *column,
	const char *words)
{
	put_alter_column(render, column);
	limbeck_host->put(render->out, "%s", words);
	limbeck_host->end(render->out);
}

void put_comment(const struct render *render, const char *what,
	const struct limbeck_object *object)
{
	const char *table = limbeck_host->object_table(object);
	bool column = limbeck_host->object_kind(object) == LIMBECK_KIND_COLUMN;

	limbeck_host->put(render->out, "COMMENT ON %s ", what);
	if (column) {
		limbeck_host->put_qualified(render->out, schema_of(object), table);
		limbeck_host->put(render->out, ".");
	}
	if (table) {
		limbeck_host->put_name(render->out, name_of(object));
	} else {
		put_own_name(render, object);
	}
	if (table && !column) {
		limbeck_host->put(render->out, " ON ");
		limbeck_host->put_qualified(render->out, schema_of(object), table);
	}
	limbeck_host->put(render->out, " IS ");
	limbeck_host->put_literal(render->out, get(object, LIMBECK_ATTR_COMMENT));
	limbeck_host->end(render->out);
}

void put_collation(const struct render *render, const struct limbeck_object *column)
{
	const char *collation = get(column, LIMBECK_ATTR_COLLATION);

	if (collation)
		limbeck_host->put(render->out, " COLLATE %s", collation);
}

static const char *type_word(const struct limbeck_object *column)
{
	const char *type = get(column, LIMBECK_ATTR_TYPE);

	if (!type)
		return "";
	if (!is_serial(column))
		return type;
	return strcmp(type, "bigint") == 0 ? "bigserial" :
		strcmp(type, "smallint") == 0 ? "smallserial" : "serial";
}

/* As the host would write it, but for the storage, which has no place here before 16. */
void put_column(const struct render *render, const struct limbeck_object *column)
{
	const char *value = get(column, LIMBECK_ATTR_DEFAULT);
	const char *generated = get(column, LIMBECK_ATTR_GENERATED);

	if (!get(column, LIMBECK_ATTR_STORAGE)) {
		limbeck_host->put_definition(render->out, column);
		return;
	}
	limbeck_host->put_name(render->out, name_of(column));
	limbeck_host->put(render->out, " %s", type_word(column));
	put_collation(render, column);
	if (generated)
		limbeck_host->put(render->out, " GENERATED ALWAYS AS (%s) STORED", generated);
	else if (is_identity(column))
		put_identity(render, column);
	else if (value)
		limbeck_host->put(render->out, " DEFAULT %s", value);
	if (get(column, LIMBECK_ATTR_NOT_NULL))
		limbeck_host->put(render->out, " NOT NULL");
}

static void put_list(const struct render *render, const struct limbeck_object *object,
	const char *words, enum limbeck_attribute attribute)
{
	if (!limbeck_host->object_count(object, attribute))
		return;
	limbeck_host->put(render->out, " %s(", words);
	limbeck_host->put_names(render->out, object, attribute);
	limbeck_host->put(render->out, ")");
}

static void put_parts(const struct render *render, const struct limbeck_object *object)
{
	const char *method = get(object, LIMBECK_ATTR_METHOD);
	size_t i;

	if (method)
		limbeck_host->put(render->out, " USING %s", method);
	limbeck_host->put(render->out, " (");
	for (i = 0; i < limbeck_host->object_count(object, LIMBECK_ATTR_PARTS); i++)
		limbeck_host->put(render->out, "%s%s", i ? ", " : "",
			limbeck_host->object_item(object, LIMBECK_ATTR_PARTS, i));
	limbeck_host->put(render->out, ")");
	put_list(render, object, "INCLUDE ", LIMBECK_ATTR_INCLUDE);
}

static void put_option(const struct render *render, const struct limbeck_object *object)
{
	const char *options = get(object, LIMBECK_ATTR_OPTIONS);

	if (options)
		limbeck_host->put(render->out, " %s", options);
}

/* The storage parameters of an exclusion come before its predicate. */
void put_constraint(const struct render *render, const struct limbeck_object *constraint)
{
	const char *predicate = get(constraint, LIMBECK_ATTR_PREDICATE);
	const char *timing = get(constraint, LIMBECK_ATTR_DEFERRABLE);

	if (limbeck_host->object_kind(constraint) != LIMBECK_KIND_EXCLUSION) {
		limbeck_host->put_definition(render->out, constraint);
		return;
	}
	limbeck_host->put(render->out, "CONSTRAINT ");
	limbeck_host->put_name(render->out, name_of(constraint));
	limbeck_host->put(render->out, " EXCLUDE");
	put_parts(render, constraint);
	put_option(render, constraint);
	if (predicate)
		limbeck_host->put(render->out, " WHERE (%s)", predicate);
	if (timing)
		limbeck_host->put(render->out, " DEFERRABLE%s",
			strcmp(timing, "deferrable") == 0 ? "" : " INITIALLY DEFERRED");
}

/* What a column has of its own accord: what the catalogs say of its type is not in
 * ours, but the types that can be stored out of line and are not EXTENDED are few. */
static const char *usual_storage(const struct limbeck_object *column)
{
	static const char *const main_types[] = { "numeric", "inet", "cidr" };
	const char *type = get(column, LIMBECK_ATTR_TYPE);
	size_t i;

	for (i = 0; i < sizeof(main_types) / sizeof(main_types[0]); i++) {
		if (type && strncmp(type, main_types[i], strlen(main_types[i])) == 0)
			return "MAIN";
	}
	return "EXTENDED";
}

static bool has_item(const char *list, const char *item, size_t length)
{
	const char *at = list ? list : "";
	const char *end = at + strlen(at);
	const char *other;
	size_t size;

	while (next_item(&at, end, &other, &size)) {
		if (size == length && strncmp(other, item, length) == 0)
			return true;
	}
	return false;
}

static void set_storage(const struct render *render, const struct limbeck_object *column,
	const char *word, const char *value)
{
	put_alter_column(render, column);
	limbeck_host->put(render->out, "SET %s %s", word, value);
	limbeck_host->end(render->out);
}

void put_storage(const struct render *render, const struct limbeck_object *before,
	const struct limbeck_object *column)
{
	const char *was = before ? get(before, LIMBECK_ATTR_STORAGE) : NULL;
	const char *is = get(column, LIMBECK_ATTR_STORAGE);
	const char *at = is ? is : "";
	const char *end = at + strlen(at);
	const char *item;
	size_t length;

	if (was && strstr(was, "STORAGE") && !strstr(at, "STORAGE"))
		set_storage(render, column, "STORAGE", usual_storage(column));
	if (was && strstr(was, "COMPRESSION") && !strstr(at, "COMPRESSION"))
		set_storage(render, column, "COMPRESSION", "default");
	if (was && strstr(was, "STATISTICS") && !strstr(at, "STATISTICS"))
		set_storage(render, column, "STATISTICS", "-1");
	while (next_item(&at, end, &item, &length)) {
		if (has_item(was, item, length))
			continue;
		put_alter_column(render, column);
		limbeck_host->put(render->out, "SET %.*s", (int)length, item);
		limbeck_host->end(render->out);
	}
}
