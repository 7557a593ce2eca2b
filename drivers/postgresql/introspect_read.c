/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "introspect.h"

/* Memory that is given back all at once. */
struct pool {
	struct pool *next;
	size_t used;
	size_t room;
	max_align_t memory[];
};

#define POOL_BYTES 65000

const char *row_text(const struct row *row, int i)
{
	return PQgetisnull(row->result, 0, i) ? NULL : PQgetvalue(row->result, 0, i);
}

bool row_true(const struct row *row, int i)
{
	return PQgetvalue(row->result, 0, i)[0] == 't';
}

char row_char(const struct row *row, int i)
{
	return PQgetvalue(row->result, 0, i)[0];
}

unsigned row_oid(const struct row *row, int i)
{
	return (unsigned)strtoul(PQgetvalue(row->result, 0, i), NULL, 10);
}

void *reader_alloc(struct reader *reader, size_t size)
{
	size_t align = sizeof(max_align_t);
	struct pool *pool = reader->pool;
	char *memory;

	size = (size + align - 1) / align * align;
	if (!pool || pool->room - pool->used < size) {
		size_t room = size > POOL_BYTES ? size : POOL_BYTES;

		pool = limbeck_host->alloc(sizeof(*pool) + room);
		if (!pool)
			return NULL;
		pool->room = room;
		pool->next = reader->pool;
		reader->pool = pool;
	}
	memory = (char *)pool->memory + pool->used;
	pool->used += size;
	return memory;
}

const char *reader_copy(struct reader *reader, const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = reader_alloc(reader, size);

	if (copy)
		memcpy(copy, text, size);
	return copy;
}

void reader_release(struct reader *reader)
{
	struct pool *pool;

	while ((pool = reader->pool) != NULL) {
		reader->pool = pool->next;
		limbeck_host->free(pool);
	}
	limbeck_host->free(reader->known);
	strings_release(&reader->schemas);
	strings_release(&reader->sql);
	strings_release(&reader->item);
}

static size_t slot_of(const struct reader *reader, unsigned class, unsigned oid)
{
	return (oid * 2654435761U ^ class * 40503U) & (reader->known_room - 1);
}

static bool grow_known(struct reader *reader)
{
	size_t old_room = reader->known_room;
	struct known **old = reader->known;
	size_t i;

	if (reader->known_count < old_room)
		return true;
	reader->known_room = old_room ? old_room * 4 : 1024;
	reader->known = limbeck_host->alloc(reader->known_room * sizeof(struct known *));
	if (!reader->known) {
		reader->known = old;
		reader->known_room = old_room;
		return false;
	}
	for (i = 0; i < old_room; i++) {
		while (old[i]) {
			struct known *known = old[i];
			size_t slot = slot_of(reader, known->class, known->oid);

			old[i] = known->next;
			known->next = reader->known[slot];
			reader->known[slot] = known;
		}
	}
	limbeck_host->free(old);
	return true;
}

struct known *known_find(const struct reader *reader, unsigned class, unsigned oid)
{
	struct known *known = NULL;

	if (reader->known_room)
		known = reader->known[slot_of(reader, class, oid)];
	while (known && (known->oid != oid || known->class != class))
		known = known->next;
	return known;
}

struct known *known_add(struct reader *reader, unsigned class, unsigned oid,
	struct limbeck_object *object)
{
	struct known *known = known_find(reader, class, oid);
	size_t slot;

	if (known)
		return known;
	if (!grow_known(reader))
		return NULL;
	known = reader_alloc(reader, sizeof(*known));
	if (!known)
		return NULL;
	slot = slot_of(reader, class, oid);
	known->class = class;
	known->oid = oid;
	known->object = object;
	known->next = reader->known[slot];
	reader->known[slot] = known;
	reader->known_count++;
	return known;
}

const char *known_column_name(const struct known *relation, long number)
{
	if (number < 1 || (size_t)number > relation->column_count)
		return NULL;
	return relation->columns[number - 1].name;
}

void append_columns(struct limbeck_object *object, enum limbeck_attribute attribute,
	const struct known *relation, const char *numbers, size_t first, size_t count)
{
	size_t i;

	for (i = 0; numbers && *numbers && i < first + count; numbers++) {
		char *end;
		long number = strtol(numbers, &end, 10);
		const char *name;

		if (end == numbers)
			continue;
		numbers = end - 1;
		name = known_column_name(relation, number);
		if (i++ >= first)
			limbeck_host->object_append(object, attribute, name ? name : "");
	}
}

/* One item of {a,"b \"c\""}; returns what follows, or NULL behind the last. */
static const char *next_item(struct strings *item, const char *at)
{
	bool quoted;

	if (*at != '{' && *at != ',')
		return NULL;
	at++;
	quoted = *at == '"';
	at += quoted;
	strings_clear(item);
	while (*at && (quoted ? *at != '"' : *at != ',' && *at != '}')) {
		if (*at == '\\' && at[1])
			at++;
		strings_add_n(item, at++, 1);
	}
	return at + (quoted && *at);
}

int append_array(struct reader *reader, struct limbeck_object *object,
	enum limbeck_attribute attribute, const char *array)
{
	if (!array || strcmp(array, "{}") == 0)
		return 0;
	strings_add(&reader->item, "");
	while ((array = next_item(&reader->item, array)) != NULL) {
		if (reader->item.failed)
			return postgresql_nomem(reader->err);
		limbeck_host->object_append(object, attribute, reader->item.text);
	}
	return 0;
}

void set_some(struct limbeck_object *object, enum limbeck_attribute attribute, const char *value)
{
	if (value && *value)
		limbeck_host->object_set(object, attribute, value);
}

void set_yes(struct limbeck_object *object, enum limbeck_attribute attribute, bool value)
{
	if (value)
		limbeck_host->object_set(object, attribute, "yes");
}

const char *schema_name(const struct reader *reader, unsigned oid)
{
	const struct known *schema = known_find(reader, CLASS_SCHEMA, oid);

	return schema ? schema->name : NULL;
}

/* Functions and statistics are always qualified in theirs, as
 * CREATE ... WORD schema.name: this finds the schema where it is the default one. */
static const char *find_home(const struct reader *reader, const char *text, size_t length)
{
	static const char *const heads[] = { "CREATE OR REPLACE FUNCTION ",
		"CREATE OR REPLACE PROCEDURE ", "CREATE STATISTICS " };
	size_t home = strlen(reader->quoted_home);
	size_t i;

	for (i = 0; i < LENGTH(heads); i++) {
		size_t head = strlen(heads[i]);

		if (length > head + home && strncmp(text, heads[i], head) == 0 &&
			strncmp(text + head, reader->quoted_home, home) == 0 &&
			text[head + home] == '.')
			return text + head;
	}
	return NULL;
}

int set_definition(struct reader *reader, struct limbeck_object *object, const char *text)
{
	size_t length = text ? strlen(text) : 0;
	const char *home;

	while (length && strchr(" \n\t;", text[length - 1]))
		length--;
	if (!length)
		return 0;
	home = find_home(reader, text, length);
	strings_clear(&reader->item);
	if (home) {
		size_t skip = strlen(reader->quoted_home) + 1;

		strings_add_n(&reader->item, text, (size_t)(home - text));
		length -= (size_t)(home - text) + skip;
		text = home + skip;
	}
	strings_add_n(&reader->item, text, length);
	if (reader->item.failed)
		return postgresql_nomem(reader->err);
	limbeck_host->object_set(object, LIMBECK_ATTR_DEFINITION, reader->item.text);
	return 0;
}

static int build(struct reader *reader, const struct piece *pieces, size_t count)
{
	static const char place[] = "%SCHEMAS%";
	struct strings *sql = &reader->sql;
	size_t i;

	strings_clear(sql);
	for (i = 0; i < count; i++) {
		const char *at = pieces[i].sql;
		const char *found;

		if (reader->version < pieces[i].from ||
			(pieces[i].below && reader->version >= pieces[i].below))
			continue;
		for (; (found = strstr(at, place)) != NULL; at = found + sizeof(place) - 1) {
			strings_add_n(sql, at, (size_t)(found - at));
			strings_add(sql, reader->schemas.text);
		}
		strings_add(sql, at);
	}
	return sql->failed ? postgresql_nomem(reader->err) : 0;
}

int reader_query(struct reader *reader, const struct piece *pieces, size_t count,
	int (*take)(struct reader *reader, const struct row *row))
{
	PGconn *link = reader->pg->link;
	struct limbeck_statement statement;
	PGresult *result;
	int status = 0;

	if (build(reader, pieces, count) < 0)
		return -1;
	statement.sql = reader->sql.text;
	statement.length = reader->sql.length;
	if (!PQsendQuery(link, reader->sql.text))
		return postgresql_fail_link(reader->pg, reader->err);
	/* A row at a time: what is read is kept once, in the catalog. */
	PQsetSingleRowMode(link);
	while ((result = postgresql_next(reader->pg)) != NULL) {
		const struct row row = { result };

		if (status == 0 && PQresultStatus(result) == PGRES_SINGLE_TUPLE)
			status = take(reader, &row);
		else if (status == 0 && PQresultStatus(result) != PGRES_TUPLES_OK &&
			PQresultStatus(result) != PGRES_COMMAND_OK)
			status = postgresql_fail(reader->pg, result, &statement, reader->err);
		PQclear(result);
	}
	return status;
}
