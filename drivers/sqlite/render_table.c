/* SPDX-License-Identifier: BSD-2-Clause */
/* CREATE TABLE. */
#include "schema.h"

#include <string.h>

static const char *get(const struct limbeck_object *object, enum limbeck_attribute attribute)
{
	return limbeck_host->object_get(object, attribute);
}

/* SQLite takes one literal or word, or what stands in parentheses. */
static bool needs_parens(const char *text)
{
	struct cursor c;
	const char *inner;
	size_t length;

	cursor_init(&c, text, strlen(text));
	if (cursor_at(&c, '('))
		return !cursor_take_parens(&c, &inner, &length) || !cursor_at_end(&c);
	if (!cursor_take(&c, '-'))
		cursor_take(&c, '+');
	if (cursor_at_end(&c) || c.token.kind == LIMBECK_TOKEN_OTHER)
		return true;
	cursor_next(&c);
	return !cursor_at_end(&c);
}

static void put_constraint_name(const struct rendering *r, const struct limbeck_object *constraint)
{
	if (get(constraint, LIMBECK_ATTR_UNNAMED))
		return;
	limbeck_host->put(r->out, " CONSTRAINT ");
	limbeck_host->put_name(r->out, limbeck_host->object_name(constraint));
}

static void put_conflict(const struct rendering *r, const struct limbeck_object *object)
{
	const char *action = get(object, LIMBECK_ATTR_CONFLICT);

	if (action)
		limbeck_host->put(r->out, " ON CONFLICT %s", action);
}

static void put_primary(const struct rendering *r, const struct limbeck_object *column,
	const struct limbeck_object *primary)
{
	put_constraint_name(r, primary);
	limbeck_host->put(r->out, " PRIMARY KEY%s",
		limbeck_host->object_count(primary, LIMBECK_ATTR_PARTS) ? " DESC" : "");
	put_conflict(r, primary);
	if (get(column, LIMBECK_ATTR_IDENTITY))
		limbeck_host->put(r->out, " AUTOINCREMENT");
}

static void put_default(const struct rendering *r, const struct limbeck_object *column)
{
	const char *text = get(column, LIMBECK_ATTR_DEFAULT);

	if (text)
		limbeck_host->put(r->out, needs_parens(text) ? " DEFAULT (%s)" : " DEFAULT %s",
			text);
}

static void put_generated(const struct rendering *r, const struct limbeck_object *column)
{
	const char *text = get(column, LIMBECK_ATTR_GENERATED);
	const char *kind = get(column, LIMBECK_ATTR_GENERATED_KIND);

	if (text)
		limbeck_host->put(r->out, " GENERATED ALWAYS AS (%s) %s", text,
			kind && strcmp(kind, "stored") == 0 ? "STORED" : "VIRTUAL");
}

/* A name too, but one that is known is a word to people. */
static void put_collation(const struct rendering *r, const struct limbeck_object *column)
{
	const char *name = get(column, LIMBECK_ATTR_COLLATION);

	if (!name)
		return;
	if (strcmp(name, "NOCASE") == 0 || strcmp(name, "RTRIM") == 0)
		limbeck_host->put(r->out, " COLLATE %s", name);
	else
		render_words(r, " COLLATE", name);
}

void render_column(const struct rendering *r, const struct limbeck_object *column,
	const struct limbeck_object *primary)
{
	const char *type = get(column, LIMBECK_ATTR_TYPE);

	limbeck_host->put_name(r->out, limbeck_host->object_name(column));
	if (type)
		limbeck_host->put(r->out, " %s", type);
	if (primary)
		put_primary(r, column, primary);
	if (get(column, LIMBECK_ATTR_NOT_NULL) || get(column, LIMBECK_ATTR_IMPLIED_NOT_NULL)) {
		limbeck_host->put(r->out, " NOT NULL");
		put_conflict(r, column);
	}
	put_default(r, column);
	put_collation(r, column);
	put_generated(r, column);
}

static void put_action(const struct rendering *r, const struct limbeck_object *key,
	enum limbeck_attribute attribute, const char *words)
{
	const char *action = get(key, attribute);

	if (action)
		limbeck_host->put(r->out, " %s %s", words, action);
}

void render_references(const struct rendering *r, const struct limbeck_object *key)
{
	const char *deferrable = get(key, LIMBECK_ATTR_DEFERRABLE);

	put_constraint_name(r, key);
	render_words(r, " REFERENCES", get(key, LIMBECK_ATTR_REF_TABLE));
	if (limbeck_host->object_count(key, LIMBECK_ATTR_REF_COLUMNS)) {
		limbeck_host->put(r->out, " (");
		limbeck_host->put_names(r->out, key, LIMBECK_ATTR_REF_COLUMNS);
		limbeck_host->put(r->out, ")");
	}
	put_action(r, key, LIMBECK_ATTR_MATCH, "MATCH");
	put_action(r, key, LIMBECK_ATTR_ON_UPDATE, "ON UPDATE");
	put_action(r, key, LIMBECK_ATTR_ON_DELETE, "ON DELETE");
	if (deferrable)
		limbeck_host->put(r->out, " DEFERRABLE%s",
			strcmp(deferrable, "initially deferred") == 0 ? " INITIALLY DEFERRED" : "");
}

/* The primary key, where it is written with the column: AUTOINCREMENT needs that,
 * and so does the DESC that keeps an INTEGER from being the rowid. */
static const struct limbeck_object *primary_of(const struct limbeck_object *table,
	const struct parts *parts, const struct limbeck_object *column)
{
	const struct limbeck_object *primary = parts_find(parts, LIMBECK_KIND_PRIMARY_KEY, NULL);
	const char *type = get(column, LIMBECK_ATTR_TYPE);

	if (!primary || limbeck_host->object_count(primary, LIMBECK_ATTR_COLUMNS) != 1 ||
	    sqlite3_stricmp(get(primary, LIMBECK_ATTR_COLUMNS),
		limbeck_host->object_name(column)) != 0)
		return NULL;
	if (!limbeck_host->object_count(primary, LIMBECK_ATTR_PARTS))
		return primary;
	return type && sqlite3_stricmp(type, "INTEGER") == 0 &&
		!get(table, LIMBECK_ATTR_WITHOUT_ROWID) ? primary : NULL;
}

static void put_part(const struct rendering *r, const struct limbeck_object *table,
	const struct parts *parts, size_t i, const struct limbeck_object **written)
{
	const struct limbeck_object *part = parts->items[i], *primary = NULL;

	if (part == *written)
		return;
	limbeck_host->put(r->out, i ? ",\n    " : " (\n    ");
	if (limbeck_host->object_kind(part) == LIMBECK_KIND_COLUMN) {
		primary = primary_of(table, parts, part);
		render_column(r, part, primary);
	} else {
		limbeck_host->put_definition(r->out, part);
	}
	if (primary)
		*written = primary;
}

void render_table(const struct rendering *r, const char *name, const struct limbeck_object *table,
	const struct parts *parts)
{
	const struct limbeck_object *written = NULL;
	bool strict = get(table, LIMBECK_ATTR_STRICT);

	render_words(r, get(table, LIMBECK_ATTR_TEMPORARY) ? "CREATE TEMPORARY TABLE" :
		"CREATE TABLE", name);
	for (size_t i = 0; i < parts->count; i++)
		put_part(r, table, parts, i, &written);
	limbeck_host->put(r->out, "\n)%s", strict ? " STRICT" : "");
	if (get(table, LIMBECK_ATTR_WITHOUT_ROWID))
		limbeck_host->put(r->out, "%s WITHOUT ROWID", strict ? "," : "");
	limbeck_host->end(r->out);
}
