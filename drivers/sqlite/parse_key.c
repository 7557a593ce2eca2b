/* SPDX-License-Identifier: BSD-2-Clause */
/* What keys, references and indexes are made of. */
#include "schema.h"

#include <string.h>

/* A part as it is taken apart from behind. */
struct part {
	struct limbeck_token tokens[4]; /* the last ones, the very last in front */
	size_t count;                   /* of all */
	const char *text;
	size_t length;                  /* of what is left */
	const char *order;              /* " DESC", "" */
	char *collation;                /* NULL: none */
};

static void part_push(struct part *part, const struct limbeck_token *token)
{
	memmove(part->tokens + 1, part->tokens, 3 * sizeof *part->tokens);
	part->tokens[0] = *token;
	part->count++;
}

/* The last n tokens are no longer part of it. */
static void part_cut(struct part *part, size_t n)
{
	memmove(part->tokens, part->tokens + n, (4 - n) * sizeof *part->tokens);
	part->count -= n;
	part->length = (size_t)(part->tokens[0].text + part->tokens[0].length - part->text);
}

/* Up to a comma or parenthesis of the list. */
static bool part_scan(struct part *part, struct cursor *c)
{
	size_t depth = 0;

	part->text = c->token.text;
	for (; depth > 0 || (!cursor_at(c, ',') && !cursor_at(c, ')')); cursor_next(c)) {
		if (cursor_at_end(c))
			return false;
		if (cursor_at(c, '('))
			depth++;
		else if (cursor_at(c, ')'))
			depth--;
		part_push(part, &c->token);
	}
	if (part->count == 0)
		return false;
	part_cut(part, 0);
	return true;
}

static bool is_name(const struct limbeck_token *token)
{
	return token->kind == LIMBECK_TOKEN_WORD || token->kind == LIMBECK_TOKEN_IDENTIFIER ||
		token->kind == LIMBECK_TOKEN_STRING;
}

static bool part_trim(struct part *part, struct reading *reading)
{
	part->order = "";
	if (part->count > 1 && token_is(&part->tokens[0], "AUTOINCREMENT"))
		part_cut(part, 1);
	if (part->count > 1 && (token_is(&part->tokens[0], "DESC") ||
	    token_is(&part->tokens[0], "ASC"))) {
		part->order = token_is(&part->tokens[0], "DESC") ? " DESC" : "";
		part_cut(part, 1);
	}
	if (part->count > 2 && token_is(&part->tokens[1], "COLLATE") && is_name(&part->tokens[0])) {
		char *name = token_name(&part->tokens[0], reading->pool);

		part->collation = name ? name_written(reading->pool, name) : NULL;
		if (!part->collation)
			return false;
		part_cut(part, 2);
	}
	text_strip(&part->text, &part->length);
	return true;
}

/* The column that the text names, as it was declared, or NULL. */
static const char *find_column(const struct reading *reading, const char *text, size_t length)
{
	struct cursor cursor;
	const char *name;

	cursor_init(&cursor, text, length);
	name = cursor_take_name(&cursor, reading->pool);
	if (!name || !cursor_at_end(&cursor) || !reading->self)
		return NULL;
	for (size_t i = 0; i < reading->self->count; i++)
		if (sqlite3_stricmp(reading->self->columns[i], name) == 0)
			return reading->self->columns[i];
	return NULL;
}

bool parse_part(struct reading *reading, struct key_part *out)
{
	struct part part = { 0 };
	char *text;

	if (!part_scan(&part, &reading->cursor) || !part_trim(&part, reading))
		return false;
	out->column = find_column(reading, part.text, part.length);
	text = out->column ? name_written(reading->pool, out->column) :
		pool_copy(reading->pool, part.text, part.length);
	if (!text)
		return false;
	out->plain = out->column && !part.collation && !*part.order;
	out->text = out->plain ? text : pool_take(reading->pool, sqlite3_mprintf("%s%s%s%s", text,
		part.collation ? " COLLATE " : "", part.collation ? part.collation : "",
		part.order));
	return out->text;
}

/* AUTOINCREMENT stands in the parentheses where the key is the table's. */
static void note_autoincrement(struct reading *reading, const struct key_part *part,
	struct limbeck_object *key)
{
	const struct cursor *c = &reading->cursor;
	size_t length = strlen("AUTOINCREMENT");

	if (key == reading->primary && part->column && c->end > length &&
	    sqlite3_strnicmp(c->text + c->end - length, "AUTOINCREMENT", (int)length) == 0)
		limbeck_host->object_set(limbeck_host->object_add(reading->catalog,
			LIMBECK_KIND_COLUMN, NULL, reading->table, part->column, NULL),
			LIMBECK_ATTR_IDENTITY, "autoincrement");
}

/* One time over the list: its columns, or its parts. */
static bool read_list(struct reading *reading, struct limbeck_object *object, bool as_parts,
	bool *plain)
{
	struct key_part part;

	if (!cursor_take(&reading->cursor, '('))
		return false;
	do {
		if (!parse_part(reading, &part))
			return false;
		*plain = *plain && part.plain;
		if (as_parts)
			limbeck_host->object_append(object, LIMBECK_ATTR_PARTS, part.text);
		else
			limbeck_host->object_append(object, LIMBECK_ATTR_COLUMNS,
				part.column ? part.column : "");
		note_autoincrement(reading, &part, object);
	} while (cursor_take(&reading->cursor, ','));
	return cursor_take(&reading->cursor, ')');
}

bool parse_parts(struct reading *reading, struct limbeck_object *object, bool always)
{
	struct cursor start = reading->cursor;
	bool plain = true;

	if (!read_list(reading, object, false, &plain))
		return false;
	if (plain && !always)
		return true;
	reading->cursor = start;
	return read_list(reading, object, true, &plain);
}

static bool parse_ref_columns(struct reading *reading, struct limbeck_object *key,
	const struct names_table *parent)
{
	struct cursor *c = &reading->cursor;
	struct reading other = *reading;
	struct key_part part;

	if (!cursor_take(c, '('))
		return true;
	do {
		const char *name = cursor_at_name(c) ? token_name(&c->token, reading->pool) : NULL;

		if (!name)
			return false;
		limbeck_host->object_append(key, LIMBECK_ATTR_REF_COLUMNS,
			names_column(parent, name));
		/* A collation or an order may follow, without effect. */
		other.cursor = *c;
		if (!parse_part(&other, &part))
			return false;
		*c = other.cursor;
	} while (cursor_take(c, ','));
	return cursor_take(c, ')');
}

/* 1: read, 0: none, -1: can't be read. */
static int parse_action(struct reading *reading, struct limbeck_object *key)
{
	static const char *const actions[][2] = { { "SET", "NULL" }, { "SET", "DEFAULT" },
		{ "NO", "ACTION" }, { "CASCADE", NULL }, { "RESTRICT", NULL } };
	static const char *const texts[] = { "SET NULL", "SET DEFAULT", NULL, "CASCADE",
		"RESTRICT" };
	struct cursor *c = &reading->cursor;
	enum limbeck_attribute attribute = LIMBECK_ATTR_NONE;

	if (cursor_take_word(c, "DELETE"))
		attribute = LIMBECK_ATTR_ON_DELETE;
	else if (cursor_take_word(c, "UPDATE"))
		attribute = LIMBECK_ATTR_ON_UPDATE;
	else if (!cursor_take_word(c, "INSERT"))
		return -1;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct cursor ahead = *c;

		if (!cursor_take_word(&ahead, actions[i][0]) ||
		    (actions[i][1] && !cursor_take_word(&ahead, actions[i][1])))
			continue;
		*c = ahead;
		if (attribute)
			limbeck_host->object_set(key, attribute, texts[i]);
		return 1;
	}
	return -1;
}

/* SQLite reads MATCH and does not heed it. */
static int parse_match(struct reading *reading, struct limbeck_object *key)
{
	const char *name = cursor_take_name(&reading->cursor, reading->pool);

	if (!name)
		return -1;
	if (sqlite3_stricmp(name, "FULL") == 0)
		limbeck_host->object_set(key, LIMBECK_ATTR_MATCH, "FULL");
	else if (sqlite3_stricmp(name, "PARTIAL") == 0)
		limbeck_host->object_set(key, LIMBECK_ATTR_MATCH, "PARTIAL");
	return 1;
}

bool parse_references(struct reading *reading, struct limbeck_object *key)
{
	const char *name = cursor_take_name(&reading->cursor, reading->pool);
	const struct names_table *parent;
	int result = 1;

	if (!name)
		return false;
	parent = names_find(reading->names, name);
	reading->foreign = key;
	limbeck_host->object_set(key, LIMBECK_ATTR_REF_TABLE, parent ? parent->name : name);
	if (!parse_ref_columns(reading, key, parent))
		return false;
	while (result > 0) {
		if (cursor_take_word(&reading->cursor, "ON"))
			result = parse_action(reading, key);
		else if (cursor_take_word(&reading->cursor, "MATCH"))
			result = parse_match(reading, key);
		else
			result = 0;
	}
	return result == 0;
}

bool parse_deferral(struct reading *reading)
{
	struct cursor *c = &reading->cursor;
	bool not = cursor_take_word(c, "NOT");
	bool deferred = false;

	if (!cursor_take_word(c, "DEFERRABLE"))
		return !not;
	if (cursor_take_word(c, "INITIALLY")) {
		deferred = cursor_take_word(c, "DEFERRED");
		if (!deferred && !cursor_take_word(c, "IMMEDIATE"))
			return false;
	}
	limbeck_host->object_set(reading->foreign, LIMBECK_ATTR_DEFERRABLE,
		not ? NULL : deferred ? "initially deferred" : "deferrable");
	return true;
}

bool parse_index(struct reading *reading, struct limbeck_object *index)
{
	struct cursor *c = &reading->cursor;
	const char *text;
	size_t length;

	if (!cursor_take_word(c, "CREATE"))
		return false;
	if (cursor_take_word(c, "UNIQUE"))
		limbeck_host->object_set(index, LIMBECK_ATTR_UNIQUE, "yes");
	if (!cursor_take_word(c, "INDEX") || !cursor_take_name(c, reading->pool) ||
	    !cursor_take_word(c, "ON") || !cursor_take_name(c, reading->pool) ||
	    !parse_parts(reading, index, true))
		return false;
	if (!cursor_take_word(c, "WHERE"))
		return cursor_at_end(c);
	if (cursor_at_end(c))
		return false;
	text = c->token.text;
	while (!cursor_at_end(c))
		cursor_next(c);
	length = (size_t)(c->text + c->end - text);
	text_strip(&text, &length);
	limbeck_host->object_set_n(index, LIMBECK_ATTR_PREDICATE, text, length);
	return true;
}
