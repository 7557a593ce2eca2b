/* SPDX-License-Identifier: BSD-2-Clause */
/* A column of CREATE TABLE, its constraints as those of its table. */
#include "schema.h"

#include <string.h>

/* Whether what follows the type begins here. "GENERATED" alone may be part of one. */
static bool ends_type(const struct cursor *c)
{
	static const char *const words[] = { "CONSTRAINT", "DEFAULT", "NULL", "NOT", "PRIMARY",
		"UNIQUE", "CHECK", "REFERENCES", "COLLATE", "AS", "DEFERRABLE" };
	struct cursor ahead;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (cursor_at_word(c, words[i]))
			return true;
	if (!cursor_at_word(c, "GENERATED"))
		return false;
	ahead = *c;
	cursor_next(&ahead);
	return cursor_at_word(&ahead, "ALWAYS");
}

/* (10, 2), without the blanks. */
static bool add_size(struct cursor *c, sqlite3_str *type)
{
	do {
		if (cursor_at_end(c))
			return false;
		sqlite3_str_append(type, c->token.text, (int)c->token.length);
		cursor_next(c);
	} while (!cursor_at(c, ')'));
	sqlite3_str_appendall(type, ")");
	return cursor_take(c, ')');
}

/* Any words and a size. */
static bool parse_type(struct reading *reading)
{
	struct cursor *c = &reading->cursor;
	sqlite3_str *type = sqlite3_str_new(NULL);
	bool good = true;
	char *text;

	while (cursor_at_name(c) && !ends_type(c)) {
		if (sqlite3_str_length(type))
			sqlite3_str_appendall(type, " ");
		sqlite3_str_append(type, c->token.text, (int)c->token.length);
		cursor_next(c);
	}
	if (cursor_at(c, '(') && sqlite3_str_length(type))
		good = add_size(c, type);
	text = sqlite3_str_finish(type);
	if (text)
		pool_take(reading->pool, text);
	limbeck_host->object_set(reading->column_object, LIMBECK_ATTR_TYPE, text);
	limbeck_host->object_set(reading->column_object, LIMBECK_ATTR_MEANING,
		type_meaning(reading->pool, text));
	return good;
}

/* A literal with or without a sign, a word, or anything in parentheses. */
static bool parse_default(struct reading *reading)
{
	struct cursor *c = &reading->cursor;
	const char *start = c->token.text, *text;
	size_t length;

	if (cursor_at(c, '(')) {
		if (!cursor_take_parens(c, &text, &length))
			return false;
	} else {
		if (!cursor_take(c, '-'))
			cursor_take(c, '+');
		if (cursor_at_end(c) || c->token.kind == LIMBECK_TOKEN_OTHER)
			return false;
		cursor_next(c);
	}
	text = start;
	length = (size_t)(c->text + c->end - start);
	if (length != strlen("NULL") || sqlite3_strnicmp(text, "NULL", (int)length) != 0)
		limbeck_host->object_set_n(reading->column_object, LIMBECK_ATTR_DEFAULT, text,
			length);
	return true;
}

static bool parse_generated(struct reading *reading)
{
	struct cursor *c = &reading->cursor;
	const char *text;
	size_t length;
	bool stored;

	if (!cursor_take_parens(c, &text, &length))
		return false;
	text_strip(&text, &length);
	limbeck_host->object_set_n(reading->column_object, LIMBECK_ATTR_GENERATED, text, length);
	stored = cursor_take_word(c, "STORED");
	if (!stored)
		cursor_take_word(c, "VIRTUAL");
	limbeck_host->object_set(reading->column_object, LIMBECK_ATTR_GENERATED_KIND,
		stored ? "stored" : "virtual");
	return true;
}

static bool parse_collate(struct reading *reading)
{
	static const char *const known[] = { "NOCASE", "RTRIM", "BINARY" };
	const char *name = cursor_take_name(&reading->cursor, reading->pool);

	if (!name)
		return false;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (sqlite3_stricmp(name, known[i]) == 0)
			name = known[i];
	/* That is what a column has without a word. */
	limbeck_host->object_set(reading->column_object, LIMBECK_ATTR_COLLATION,
		strcmp(name, "BINARY") == 0 ? NULL : name);
	return true;
}

static bool parse_column_primary(struct reading *reading)
{
	struct cursor *c = &reading->cursor;
	struct limbeck_object *key = parse_add(reading, LIMBECK_KIND_PRIMARY_KEY);
	char *written;

	reading->primary = key;
	reading->primary_in_column = true;
	limbeck_host->object_append(key, LIMBECK_ATTR_COLUMNS, reading->column);
	if (cursor_take_word(c, "DESC")) {
		written = name_written(reading->pool, reading->column);
		if (!written)
			return false;
		written = pool_take(reading->pool, sqlite3_mprintf("%s DESC", written));
		if (!written)
			return false;
		limbeck_host->object_append(key, LIMBECK_ATTR_PARTS, written);
	} else {
		cursor_take_word(c, "ASC");
	}
	if (!parse_on_conflict(reading, key))
		return false;
	if (cursor_take_word(c, "AUTOINCREMENT"))
		limbeck_host->object_set(reading->column_object, LIMBECK_ATTR_IDENTITY,
			"autoincrement");
	return true;
}

static bool parse_column_unique(struct reading *reading)
{
	struct limbeck_object *key = parse_add(reading, LIMBECK_KIND_UNIQUE);

	limbeck_host->object_append(key, LIMBECK_ATTR_COLUMNS, reading->column);
	return parse_on_conflict(reading, key);
}

static bool parse_column_references(struct reading *reading)
{
	struct limbeck_object *key = parse_add(reading, LIMBECK_KIND_FOREIGN_KEY);

	limbeck_host->object_append(key, LIMBECK_ATTR_COLUMNS, reading->column);
	return parse_references(reading, key);
}

/* NOT has been read. */
static bool parse_not(struct reading *reading)
{
	if (cursor_take_word(&reading->cursor, "NULL")) {
		limbeck_host->object_set(reading->column_object, LIMBECK_ATTR_NOT_NULL, "yes");
		reading->constraint = NULL;
		return parse_on_conflict(reading, reading->column_object);
	}
	return cursor_at_word(&reading->cursor, "DEFERRABLE") && parse_deferral(reading);
}

/* 1: read, 0: the column ends here, -1: can't be read. */
static int parse_clause(struct reading *reading)
{
	struct cursor *c = &reading->cursor;
	bool good;

	if (cursor_take_word(c, "CONSTRAINT"))
		good = (reading->constraint = cursor_take_name(c, reading->pool)) != NULL;
	else if (cursor_take_word(c, "DEFAULT"))
		good = parse_default(reading);
	else if (cursor_take_word(c, "NULL"))
		good = parse_on_conflict(reading, NULL);
	else if (cursor_take_word(c, "NOT"))
		good = parse_not(reading);
	else if (cursor_take_word(c, "PRIMARY"))
		good = cursor_take_word(c, "KEY") && parse_column_primary(reading);
	else if (cursor_take_word(c, "UNIQUE"))
		good = parse_column_unique(reading);
	else if (cursor_take_word(c, "CHECK"))
		good = parse_check(reading);
	else if (cursor_take_word(c, "REFERENCES"))
		good = parse_column_references(reading);
	else if (cursor_at_word(c, "DEFERRABLE"))
		good = parse_deferral(reading);
	else if (cursor_take_word(c, "COLLATE"))
		good = parse_collate(reading);
	else if (cursor_take_word(c, "GENERATED"))
		good = cursor_take_word(c, "ALWAYS") && cursor_take_word(c, "AS") &&
			parse_generated(reading);
	else if (cursor_take_word(c, "AS"))
		good = parse_generated(reading);
	else
		return 0;
	return good ? 1 : -1;
}

bool parse_column(struct reading *reading)
{
	const char *name = cursor_take_name(&reading->cursor, reading->pool);
	int result;

	if (!name)
		return false;
	reading->column = name;
	reading->constraint = NULL;
	reading->foreign = NULL;
	reading->column_object = limbeck_host->object_add(reading->catalog, LIMBECK_KIND_COLUMN,
		NULL, reading->table, name, NULL);
	if (!parse_type(reading))
		return false;
	do {
		result = parse_clause(reading);
	} while (result > 0);
	return result == 0;
}
