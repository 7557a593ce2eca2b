/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/sample.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/vec.h"
#include "sql/quote.h"

enum {
	TABLES_AT_ONCE = 100, /* of one query that counts */
	ROWS = 2
};

static const char *schema_of(const struct limbeck_catalog *catalog, const char *schema)
{
	const char *usual = catalog_rules(catalog)->default_schema;

	return schema && usual && !strcmp(schema, usual) ? NULL : schema;
}

static int count_some(struct connection *connection, struct arena *arena,
	const struct limbeck_catalog *catalog, struct sample_count *items, size_t count,
	struct limbeck_error *err)
{
	struct strbuf sql = STRBUF_INIT;
	struct rows rows;
	int result;

	for (size_t i = 0; i < count; i++) {
		strbuf_addf(&sql, "%sSELECT %zu, count(*) FROM ", i ? " UNION ALL " : "", i);
		quote_qualified(&sql, connection_lexis(connection),
			schema_of(catalog, items[i].schema), items[i].table);
	}
	result = strbuf_failed(&sql) ? error_nomem(err)
		: connection_query(connection, arena, sql.buf, &rows, err);
	for (size_t i = 0; result == 0 && i < rows.count; i++) {
		size_t place = rows.columns == 2 ? strtoul(rows.items[i][0], NULL, 10) : count;

		if (place < count)
			items[place].rows = strtoll(rows.items[i][1], NULL, 10);
	}
	strbuf_release(&sql);
	return result;
}

int sample_count(struct connection *connection, struct arena *arena,
	const struct limbeck_catalog *catalog, struct sample_counts *out, struct limbeck_error *err)
{
	struct limbeck_object *table = NULL;

	while ((table = catalog_next(catalog, LIMBECK_KIND_TABLE, NULL, NULL, table))) {
		struct sample_count new = { .rows = 0 };
		const char *schema = limbeck_object_schema(table);

		new.schema = schema ? arena_strdup(arena, schema) : NULL;
		new.table = arena_strdup(arena, limbeck_object_name(table));
		if (!new.table || (schema && !new.schema) || !vec_push_arena(out, new, arena))
			return error_nomem(err);
	}
	for (size_t i = 0; i < out->count; i += TABLES_AT_ONCE) {
		size_t left = out->count - i;

		if (count_some(connection, arena, catalog, out->items + i,
				left < TABLES_AT_ONCE ? left : TABLES_AT_ONCE, err) < 0)
			return -1;
	}
	return 0;
}

int64_t sample_find(const struct sample_counts *counts, const char *schema, const char *table)
{
	for (size_t i = 0; i < counts->count; i++) {
		const struct sample_count *item = &counts->items[i];

		if (!strcmp(item->table, table) && (!schema) == (!item->schema)
			&& (!schema || !strcmp(schema, item->schema)))
			return item->rows;
	}
	return -1;
}

/* The first label of the column's enum: a type of its own, or 'a','b' in its type. */
static const char *first_label(const struct limbeck_catalog *catalog, struct arena *arena,
	const struct limbeck_object *column)
{
	const char *type = limbeck_object_get(column, LIMBECK_ATTR_TYPE), *quote, *end;
	const char *point = type ? strrchr(type, '.') : NULL;
	struct limbeck_object *found = NULL;

	if (!type)
		return NULL;
	quote = strchr(type, '\'');
	end = quote ? strchr(quote + 1, '\'') : NULL;
	if (end)
		return arena_strndup(arena, quote + 1, (size_t)(end - quote - 1));
	while ((found = catalog_next(catalog, LIMBECK_KIND_ENUM, NULL, NULL, found)))
		if (!strcmp(limbeck_object_name(found), point ? point + 1 : type))
			return limbeck_object_item(found, LIMBECK_ATTR_VALUES, 0);
	return NULL;
}

static bool means(const char *meaning, const char *word)
{
	size_t length = strlen(word);

	return !strncmp(meaning, word, length) && (!meaning[length] || meaning[length] == '(');
}

/* What stands in the parentheses behind a meaning; 0: nothing. */
static unsigned long limit_of(const char *meaning)
{
	const char *open = strchr(meaning, '(');

	return open ? strtoul(open + 1, NULL, 10) : 0;
}

/* A text of row n that fits. */
static const char *text_value(struct arena *arena, const char *meaning, int n)
{
	unsigned long limit = limit_of(meaning);
	const char *text = arena_printf(arena, "sample %d", n);

	return limit > 0 && limit < 8 ? arena_printf(arena, "%d", n) : text;
}

static const char *put_number(struct arena *arena, const char *text, int n)
{
	size_t before = strcspn(text, "#");

	return text[before] ? arena_printf(arena, "%.*s%d%s", (int)before, text, n,
		text + before + 1) : text;
}

/* Of row n; false: out of memory, or not known how. Numbers are those of the row,
 * so that keys refer to it. */
static bool add_value(struct strbuf *out, struct arena *arena, const struct limbeck_lexis *lexis,
	const struct limbeck_catalog *catalog, const struct limbeck_object *column, int n)
{
	static const char *const numbers[] = { "smallint", "integer", "bigint", "numeric", "real",
		"double" };
	static const struct {
		const char *word;
		const char *text;  /* "#" is the row */
	} texts[] = {
		{ "date", "2024-01-0#" }, { "time", "12:00:0#" }, { "timetz", "12:00:0#+00" },
		{ "timestamp", "2024-01-0# 12:00:00" }, { "timestamptz", "2024-01-0# 12:00:00" },
		{ "interval", "# days" }, { "uuid", "00000000-0000-4000-8000-00000000000#" },
		{ "json", "{\"sample\": #}" }, { "inet", "127.0.0.#" }, { "array", "{}" },
	};
	const char *meaning = limbeck_object_get(column, LIMBECK_ATTR_MEANING), *text = NULL;

	meaning = meaning ? meaning : "other";
	if (means(meaning, "boolean")) {
		strbuf_addstr(out, n % 2 ? "TRUE" : "FALSE");
		return true;
	}
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (means(meaning, numbers[i])) {
			strbuf_addf(out, "%d", n);
			return true;
		}
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (means(meaning, texts[i].word))
			text = put_number(arena, texts[i].text, n);
	if (means(meaning, "enum"))
		text = first_label(catalog, arena, column);
	else if (!text)
		text = text_value(arena, meaning, n);
	quote_literal(out, lexis, text);
	return text != NULL;
}

/* Whether a row says something about the column; `all`: what need not be said too. */
static bool is_filled(const struct limbeck_object *column, bool all)
{
	return !limbeck_object_get(column, LIMBECK_ATTR_GENERATED)
		&& !limbeck_object_get(column, LIMBECK_ATTR_IDENTITY)
		&& !limbeck_object_get(column, LIMBECK_ATTR_DEFAULT)
		&& (all || limbeck_object_get(column, LIMBECK_ATTR_NOT_NULL));
}

/* The INSERT of row n; false: there is none. */
static bool write_insert(struct strbuf *sql, struct arena *arena, const struct limbeck_lexis *lexis,
	const struct limbeck_catalog *catalog, const struct limbeck_object *table, int n, bool all)
{
	const char *schema = limbeck_object_schema(table), *name = limbeck_object_name(table);
	struct strbuf values = STRBUF_INIT;
	struct limbeck_object *column = NULL;
	bool fine = true;

	strbuf_reset(sql);
	strbuf_addstr(sql, "INSERT INTO ");
	quote_qualified(sql, lexis, schema_of(catalog, schema), name);
	while (fine && (column = catalog_next(catalog, LIMBECK_KIND_COLUMN, schema, name, column))) {
		if (!is_filled(column, all))
			continue;
		strbuf_addstr(sql, values.len ? ", " : " (");
		strbuf_addstr(&values, values.len ? ", " : "");
		quote_identifier(sql, lexis, limbeck_object_name(column));
		fine = add_value(&values, arena, lexis, catalog, column, n);
	}
	fine = fine && values.len && !strbuf_failed(&values);
	if (fine)
		strbuf_addf(sql, ") VALUES (%s)", values.buf);
	strbuf_release(&values);
	return fine && !strbuf_failed(sql);
}

/* 1 inserted, 0 not, -1 there is no going on. */
static int insert(struct connection *connection, struct arena *arena,
	const struct limbeck_catalog *catalog, const struct limbeck_object *table, int n, bool all,
	struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	struct strbuf sql = STRBUF_INIT;
	int result = 0;

	if (write_insert(&sql, arena, connection_lexis(connection), catalog, table, n, all))
		result = connection_do(connection, sql.buf, &problem) == 0;
	strbuf_release(&sql);
	if (error_is(&problem, LIMBECK_E_CONNECT) || error_is(&problem, LIMBECK_E_CANCELLED)
		|| error_is(&problem, LIMBECK_E_NOMEM)) {
		error_move(err, &problem);
		return -1;
	}
	limbeck_error_release(&problem);
	return result;
}

static int fill_table(struct connection *connection, struct arena *arena,
	const struct limbeck_catalog *catalog, const struct limbeck_object *table,
	struct limbeck_error *err)
{
	for (int n = 1; n <= ROWS; n++) {
		int result = insert(connection, arena, catalog, table, n, true, err);

		if (result == 0)
			result = insert(connection, arena, catalog, table, n, false, err);
		if (result < 0)
			return -1;
	}
	return 0;
}

int sample_fill(struct connection *connection, struct arena *arena,
	const struct limbeck_catalog *catalog, struct limbeck_error *err)
{
	struct sample_counts counts = { 0 };
	const struct limbeck_object **order;
	size_t count = 0;

	if (sample_count(connection, arena, catalog, &counts, err) < 0)
		return -1;
	/* Each table behind those that it refers to. */
	order = catalog_order(catalog, arena, &count);
	if (!order)
		return error_nomem(err);
	for (size_t i = 0; i < count; i++)
		if (limbeck_object_kind(order[i]) == LIMBECK_KIND_TABLE
			&& sample_find(&counts, limbeck_object_schema(order[i]),
				limbeck_object_name(order[i])) == 0
			&& fill_table(connection, arena, catalog, order[i], err) < 0)
			return -1;
	return 0;
}
