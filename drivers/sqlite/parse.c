/* SPDX-License-Identifier: BSD-2-Clause */
/* CREATE TABLE into objects: the table's own constraints and options. SQLite's
 * grammar is in its documentation, "CREATE TABLE"; its catalog keeps the text. */
#include "schema.h"

#include <string.h>

struct limbeck_object *parse_add(struct reading *reading, enum limbeck_kind kind)
{
	const char *name = reading->constraint;
	struct limbeck_object *object;

	reading->constraint = NULL;
	/* SQLite takes one name for several constraints. */
	if (name && *name && !limbeck_host->object_find(reading->catalog, kind, NULL,
			reading->table, name, NULL))
		return limbeck_host->object_add(reading->catalog, kind, NULL, reading->table,
			name, NULL);
	object = limbeck_host->object_add(reading->catalog, kind, NULL, reading->table, "", NULL);
	limbeck_host->object_set(object, LIMBECK_ATTR_UNNAMED, "yes");
	return object;
}

bool parse_on_conflict(struct reading *reading, struct limbeck_object *object)
{
	static const char *const actions[] = { "ROLLBACK", "FAIL", "IGNORE", "REPLACE", "ABORT" };
	struct cursor *c = &reading->cursor;

	if (!cursor_take_word(c, "ON"))
		return true;
	if (!cursor_take_word(c, "CONFLICT"))
		return false;
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
		if (!cursor_take_word(c, actions[i]))
			continue;
		/* The last is what is done without a word. */
		if (i + 1 < sizeof actions / sizeof *actions)
			limbeck_host->object_set(object, LIMBECK_ATTR_CONFLICT, actions[i]);
		return true;
	}
	return false;
}

bool parse_check(struct reading *reading)
{
	struct limbeck_object *check;
	const char *text;
	size_t length;

	if (!cursor_take_parens(&reading->cursor, &text, &length))
		return false;
	text_strip(&text, &length);
	check = parse_add(reading, LIMBECK_KIND_CHECK);
	limbeck_host->object_set_n(check, LIMBECK_ATTR_EXPRESSION, text, length);
	/* Without effect. */
	return parse_on_conflict(reading, NULL);
}

static bool parse_primary(struct reading *reading)
{
	struct limbeck_object *key = parse_add(reading, LIMBECK_KIND_PRIMARY_KEY);

	reading->primary = key;
	return parse_parts(reading, key, false) && parse_on_conflict(reading, key);
}

static bool parse_unique(struct reading *reading)
{
	struct limbeck_object *key = parse_add(reading, LIMBECK_KIND_UNIQUE);

	return parse_parts(reading, key, false) && parse_on_conflict(reading, key);
}

static bool parse_foreign(struct reading *reading)
{
	struct limbeck_object *key = parse_add(reading, LIMBECK_KIND_FOREIGN_KEY);

	if (!cursor_take_word(&reading->cursor, "KEY") || !parse_parts(reading, key, false) ||
	    !cursor_take_word(&reading->cursor, "REFERENCES"))
		return false;
	/* A collation or an order has no effect here. */
	limbeck_host->object_set(key, LIMBECK_ATTR_PARTS, NULL);
	return parse_references(reading, key) && parse_deferral(reading);
}

static bool parse_constraint(struct reading *reading)
{
	struct cursor *c = &reading->cursor;

	if (cursor_take_word(c, "CONSTRAINT")) {
		reading->constraint = cursor_take_name(c, reading->pool);
		return reading->constraint != NULL;
	}
	if (cursor_take_word(c, "PRIMARY"))
		return cursor_take_word(c, "KEY") && parse_primary(reading);
	if (cursor_take_word(c, "UNIQUE"))
		return parse_unique(reading);
	if (cursor_take_word(c, "CHECK"))
		return parse_check(reading);
	return cursor_take_word(c, "FOREIGN") && parse_foreign(reading);
}

/* These words can't begin a column: SQLite takes them for no names. */
static bool at_constraint(const struct cursor *c)
{
	return cursor_at_word(c, "CONSTRAINT") || cursor_at_word(c, "PRIMARY") ||
		cursor_at_word(c, "UNIQUE") || cursor_at_word(c, "CHECK") ||
		cursor_at_word(c, "FOREIGN");
}

/* Between constraints a comma may be missing. */
static bool parse_items(struct reading *reading)
{
	struct cursor *c = &reading->cursor;

	do {
		if (!parse_column(reading))
			return false;
	} while (cursor_take(c, ',') && !at_constraint(c));
	reading->column = NULL;
	reading->column_object = NULL;
	while (!cursor_take(c, ')')) {
		if (!parse_constraint(reading))
			return false;
		if (cursor_take(c, ','))
			reading->constraint = NULL;
	}
	return true;
}

static bool parse_options(struct reading *reading, struct limbeck_object *table)
{
	struct cursor *c = &reading->cursor;

	if (cursor_at_end(c))
		return true;
	do {
		if (cursor_take_word(c, "STRICT"))
			limbeck_host->object_set(table, LIMBECK_ATTR_STRICT, "yes");
		else if (cursor_take_word(c, "WITHOUT") && cursor_take_word(c, "ROWID"))
			limbeck_host->object_set(table, LIMBECK_ATTR_WITHOUT_ROWID, "yes");
		else
			return false;
	} while (cursor_take(c, ','));
	return cursor_at_end(c);
}

static bool is_integer(const struct limbeck_object *column)
{
	const char *type = limbeck_host->object_get(column, LIMBECK_ATTR_TYPE);

	return type && sqlite3_stricmp(type, "INTEGER") == 0;
}

static void imply_not_null(struct reading *reading, const struct limbeck_object *column)
{
	struct limbeck_object *same = limbeck_host->object_add(reading->catalog,
		LIMBECK_KIND_COLUMN, NULL, reading->table, limbeck_host->object_name(column), NULL);

	limbeck_host->object_set(same, LIMBECK_ATTR_IMPLIED_NOT_NULL,
		limbeck_host->object_get(column, LIMBECK_ATTR_NOT_NULL));
	limbeck_host->object_set(same, LIMBECK_ATTR_NOT_NULL, NULL);
}

/* What the primary key implies is not said of its columns, nor the order of a
 * key that is the rowid: "INTEGER PRIMARY KEY DESC" at a column is none, which
 * SQLite keeps from an old mistake ("ROWIDs and the INTEGER PRIMARY KEY"). */
static void settle_primary(struct reading *reading, const struct limbeck_object *table)
{
	bool rowid = !limbeck_host->object_get(table, LIMBECK_ATTR_WITHOUT_ROWID);
	bool strict = limbeck_host->object_get(table, LIMBECK_ATTR_STRICT);
	size_t count = limbeck_host->object_count(reading->primary, LIMBECK_ATTR_COLUMNS);
	bool alias = false;

	for (size_t i = 0; i < count; i++) {
		const char *name = limbeck_host->object_item(reading->primary,
			LIMBECK_ATTR_COLUMNS, i);
		const struct limbeck_object *column = limbeck_host->object_find(reading->catalog,
			LIMBECK_KIND_COLUMN, NULL, reading->table, name, NULL);

		if (!column)
			continue;
		alias = rowid && count == 1 && is_integer(column) &&
			!(reading->primary_in_column &&
			limbeck_host->object_count(reading->primary, LIMBECK_ATTR_PARTS));
		if (alias || strict || !rowid)
			imply_not_null(reading, column);
	}
	if (alias)
		limbeck_host->object_set(reading->primary, LIMBECK_ATTR_PARTS, NULL);
}

bool parse_table(struct reading *reading)
{
	struct cursor *c = &reading->cursor;
	struct limbeck_object *table = limbeck_host->object_add(reading->catalog,
		LIMBECK_KIND_TABLE, NULL, NULL, reading->table, NULL);

	if (!cursor_take_word(c, "CREATE") || !cursor_take_word(c, "TABLE") ||
	    !cursor_take_name(c, reading->pool) || !cursor_take(c, '(') ||
	    !parse_items(reading) || !parse_options(reading, table))
		return false;
	if (reading->primary)
		settle_primary(reading, table);
	return true;
}
