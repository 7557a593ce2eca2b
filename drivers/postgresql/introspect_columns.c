/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "introspect.h"

/* pg_attribute, pg_attrdef, pg_type. A default is written with all its parentheses,
 * since the grammar wants them there. */
enum {
	C_TABLE, C_NUMBER, C_NAME, C_TYPE, C_BASE, C_BASE_TYPE, C_CATEGORY, C_NOT_NULL, C_IDENTITY,
	C_GENERATED, C_EXPRESSION, C_COLLATION, C_STORAGE, C_LOCAL, C_BASE_NAME
};

static const struct piece columns_sql[] = {
	{ 0, 0,
	"SELECT a.attrelid, a.attnum, a.attname, "
	"pg_catalog.format_type(a.atttypid, a.atttypmod), "
	"coalesce(nullif(t.typbasetype, 0), t.oid), "
	"CASE WHEN t.typbasetype <> 0 THEN "
	"pg_catalog.format_type(t.typbasetype, t.typtypmod) END, t.typcategory, "
	"a.attnotnull, a.attidentity, a.attgenerated, "
	"pg_catalog.pg_get_expr(d.adbin, d.adrelid, a.attgenerated <> ''), "
	"CASE WHEN a.attcollation <> t.typcollation THEN " COLLATION_OF("a.attcollation") " END, "
	"pg_catalog.concat_ws(', ', "
	"CASE WHEN a.attstorage <> t.typstorage THEN 'STORAGE ' || CASE a.attstorage "
	"WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' "
	"ELSE 'EXTENDED' END END, " },
	{ 140000, 0,
	"CASE a.attcompression WHEN 'p' THEN 'COMPRESSION pglz' WHEN 'l' THEN 'COMPRESSION lz4' "
	"END, " },
	{ 0, 0,
	"CASE WHEN a.attstattarget >= 0 THEN 'STATISTICS ' || a.attstattarget END), "
	"a.attislocal, t.typname "
	"FROM pg_catalog.pg_class c "
	"JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid "
	"JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "
	"LEFT JOIN pg_catalog.pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid "
	"AND d.adnum = a.attnum "
	"WHERE c.relnamespace = ANY (%SCHEMAS%) AND c.relkind IN ('r', 'p', 'v', 'm') "
	"AND c.relpersistence <> 't' AND a.attnum > 0 AND NOT a.attisdropped "
	"ORDER BY a.attrelid, a.attnum" },
};

/* Type oids never change (pg_type). */
static const struct {
	unsigned oid;
	const char *meaning;
} meanings[] = {
	{ 16, "boolean" }, { 17, "blob" }, { 18, "char(1)" }, { 19, "text" }, { 20, "bigint" },
	{ 21, "smallint" }, { 23, "integer" }, { 25, "text" }, { 114, "json" }, { 650, "inet" },
	{ 700, "real" }, { 701, "double" }, { 790, "numeric(19,2)" }, { 869, "inet" },
	{ 1042, "char" }, { 1043, "text" }, { 1082, "date" }, { 1083, "time" },
	{ 1114, "timestamp" }, { 1184, "timestamptz" }, { 1186, "interval" }, { 1266, "timetz" },
	{ 1700, "numeric" }, { 2950, "uuid" }, { 3802, "json" },
};

static const char *meaning_word(const struct row *row)
{
	unsigned base = row_oid(row, C_BASE);
	size_t i;

	for (i = 0; i < LENGTH(meanings); i++) {
		if (meanings[i].oid == base)
			return meanings[i].meaning;
	}
	if (row_char(row, C_CATEGORY) == 'A')
		return "array";
	if (row_char(row, C_CATEGORY) == 'E')
		return "enum";
	return strcmp(row_text(row, C_BASE_NAME), "citext") == 0 ? "text" : "other";
}

/* The word, and the limits as the type has them. */
static int set_meaning(struct reader *reader, struct limbeck_object *column,
	const struct row *row)
{
	const char *word = meaning_word(row);
	const char *type = row_text(row, C_BASE_TYPE) ? row_text(row, C_BASE_TYPE) :
		row_text(row, C_TYPE);
	const char *limits = strchr(type, '(');

	strings_clear(&reader->item);
	strings_add(&reader->item, word);
	if (limits && (strcmp(word, "text") == 0 || strcmp(word, "char") == 0 ||
		strcmp(word, "numeric") == 0))
		strings_add_n(&reader->item, limits, strcspn(limits, ")") + 1);
	if (reader->item.failed)
		return postgresql_nomem(reader->err);
	limbeck_host->object_set(column, LIMBECK_ATTR_MEANING, reader->item.text);
	return 0;
}

/* Rows come in order of number; the gaps are columns that were dropped. */
static int remember(struct reader *reader, struct known *table, const struct row *row,
	struct limbeck_object *object)
{
	size_t number = row_oid(row, C_NUMBER);

	if (number > table->column_count) {
		size_t room = number < 8 ? 8 : number * 2;
		struct known_column *columns;

		columns = reader_alloc(reader, room * sizeof(*columns));
		if (!columns)
			return postgresql_nomem(reader->err);
		if (table->column_count)
			memcpy(columns, table->columns, table->column_count * sizeof(*columns));
		table->columns = columns;
		table->column_count = room;
	}
	table->columns[number - 1].object = object;
	table->columns[number - 1].name = object ? limbeck_host->object_name(object) :
		reader_copy(reader, row_text(row, C_NAME));
	return table->columns[number - 1].name ? 0 : postgresql_nomem(reader->err);
}

static void set_value(struct reader *reader, struct limbeck_object *column,
	const struct known *table, const struct row *row)
{
	char generated = row_char(row, C_GENERATED);
	const struct column_facts facts = {
		.table = table, .oid = row_oid(row, C_TABLE), .number = row_oid(row, C_NUMBER),
		.name = row_text(row, C_NAME), .type = row_text(row, C_TYPE),
		.fallback = row_text(row, C_EXPRESSION),
		.not_null = row_true(row, C_NOT_NULL), .identity = row_char(row, C_IDENTITY),
	};

	if (generated) {
		limbeck_host->object_set(column, LIMBECK_ATTR_GENERATED, facts.fallback);
		limbeck_host->object_set(column, LIMBECK_ATTR_GENERATED_KIND,
			generated == 'v' ? "virtual" : "stored");
	} else if (!take_numbering(reader, column, &facts)) {
		limbeck_host->object_set(column, LIMBECK_ATTR_DEFAULT, facts.fallback);
	}
}

static int take_column(struct reader *reader, const struct row *row)
{
	struct known *relation = known_find(reader, CLASS_RELATION, row_oid(row, C_TABLE));
	const struct limbeck_object *of = relation ? relation->object : NULL;
	struct limbeck_object *column;

	if (!of)
		return 0;
	if (limbeck_host->object_kind(of) != LIMBECK_KIND_TABLE) {
		limbeck_host->object_append(relation->object, LIMBECK_ATTR_COLUMNS,
			row_text(row, C_NAME));
		return remember(reader, relation, row, NULL);
	}
	if (!row_true(row, C_LOCAL))
		return remember(reader, relation, row, NULL);
	column = limbeck_host->object_add(reader->catalog, LIMBECK_KIND_COLUMN,
		limbeck_host->object_schema(of), limbeck_host->object_name(of),
		row_text(row, C_NAME), NULL);
	if (!column)
		return postgresql_nomem(reader->err);
	limbeck_host->object_set(column, LIMBECK_ATTR_TYPE, row_text(row, C_TYPE));
	set_yes(column, LIMBECK_ATTR_NOT_NULL, row_true(row, C_NOT_NULL));
	set_some(column, LIMBECK_ATTR_COLLATION, row_text(row, C_COLLATION));
	set_some(column, LIMBECK_ATTR_STORAGE, row_text(row, C_STORAGE));
	set_value(reader, column, relation, row);
	if (set_meaning(reader, column, row) < 0)
		return -1;
	return remember(reader, relation, row, column);
}

int read_columns(struct reader *reader)
{
	return reader_query(reader, columns_sql, LENGTH(columns_sql), take_column);
}
