/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "introspect.h"

/* pg_index, and pg_get_indexdef() for what the parts are. Left out are those of
 * constraints, those that a partition has from its parent, and those that a failed
 * CREATE INDEX CONCURRENTLY has left (as pg_dump does). Constraints are looked for by
 * their table, for which the server has an index. */
enum {
	I_OID, I_NAME, I_TABLE, I_METHOD, I_UNIQUE, I_KEYS, I_ALL_KEYS, I_PREDICATE, I_OPTIONS,
	I_DEFINITION, I_NULLS
};

static const struct piece indexes_sql[] = {
	{ 0, 0,
	"SELECT i.indexrelid, c.relname, i.indrelid, am.amname, i.indisunique, i.indnkeyatts, "
	"i.indkey, pg_catalog.pg_get_expr(i.indpred, i.indrelid, true), "
	"CASE WHEN c.reloptions IS NOT NULL THEN 'WITH (' || "
	OPTIONS_OF("c.reloptions", "''") " || ')' END, "
	"pg_catalog.pg_get_indexdef(i.indexrelid, 0, true), " },
	{ 150000, 0, "i.indnullsnotdistinct " },
	{ 0, 150000, "false " },
	{ 0, 0,
	"FROM pg_catalog.pg_index i "
	"JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
	"JOIN pg_catalog.pg_am am ON am.oid = c.relam "
	"WHERE c.relnamespace = ANY (%SCHEMAS%) AND NOT c.relispartition "
	"AND c.relpersistence <> 't' AND (i.indisvalid OR c.relkind = 'I') AND i.indisready "
	"AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k "
	"WHERE k.conrelid = i.indrelid AND k.conindid = i.indexrelid "
	"AND k.contype IN ('p', 'u', 'x')) "
	"ORDER BY c.relname" },
};

static int take_index(struct reader *reader, const struct row *row)
{
	const struct known *table = known_find(reader, CLASS_RELATION, row_oid(row, I_TABLE));
	size_t keys = row_oid(row, I_KEYS);
	struct limbeck_object *object;

	if (!table)
		return 0;
	object = limbeck_host->object_add(reader->catalog, LIMBECK_KIND_INDEX,
		limbeck_host->object_schema(table->object),
		limbeck_host->object_name(table->object), row_text(row, I_NAME), NULL);
	if (!object || !known_add(reader, CLASS_RELATION, row_oid(row, I_OID), object))
		return postgresql_nomem(reader->err);
	append_columns(object, LIMBECK_ATTR_COLUMNS, table, row_text(row, I_ALL_KEYS), 0, keys);
	append_columns(object, LIMBECK_ATTR_INCLUDE, table, row_text(row, I_ALL_KEYS), keys,
		SIZE_MAX - keys);
	if (strcmp(row_text(row, I_METHOD), "btree") != 0)
		limbeck_host->object_set(object, LIMBECK_ATTR_METHOD, row_text(row, I_METHOD));
	set_yes(object, LIMBECK_ATTR_UNIQUE, row_true(row, I_UNIQUE));
	set_yes(object, LIMBECK_ATTR_NULLS_NOT_DISTINCT, row_true(row, I_NULLS));
	limbeck_host->object_set(object, LIMBECK_ATTR_PREDICATE, row_text(row, I_PREDICATE));
	limbeck_host->object_set(object, LIMBECK_ATTR_OPTIONS, row_text(row, I_OPTIONS));
	return append_parts(reader, object, row_text(row, I_DEFINITION));
}

int read_indexes(struct reader *reader)
{
	return reader_query(reader, indexes_sql, LENGTH(indexes_sql), take_index);
}

/* Past a quoted name or string at `at`, in which quotes are doubled; the server
 * writes no comments and no dollar quotes here. */
static const char *skip_quoted(const char *at)
{
	char quote = *at++;

	while (*at && (*at != quote || at[1] == quote))
		at += *at == quote ? 2 : 1;
	return *at ? at + 1 : at;
}

/* The end of a part: the comma or parenthesis behind it. */
static const char *end_of_part(const char *at)
{
	size_t depth = 0;

	while (*at && (depth || (*at != ',' && *at != ')'))) {
		if (*at == '\'' || *at == '"') {
			at = skip_quoted(at);
			continue;
		}
		depth += *at == '(';
		depth -= *at == ')';
		at++;
	}
	return at;
}

int append_parts(struct reader *reader, struct limbeck_object *object, const char *definition)
{
	const char *at = definition;

	while (*at && *at != '(')
		at = *at == '"' ? skip_quoted(at) : at + 1;
	while (*at == '(' || *at == ',') {
		const char *end;

		at++;
		at += strspn(at, " ");
		end = end_of_part(at);
		strings_clear(&reader->item);
		strings_add_n(&reader->item, at, (size_t)(end - at));
		if (reader->item.failed)
			return postgresql_nomem(reader->err);
		limbeck_host->object_append(object, LIMBECK_ATTR_PARTS, reader->item.text);
		at = end;
	}
	return 0;
}
