/* SPDX-License-Identifier: BSD-2-Clause */
#include "diff/parity.h"

#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "diff/meaning.h"

bool parity_nomem(struct parity *parity)
{
	parity->result = error_nomem(parity->err);
	return false;
}

bool parity_say(struct parity *parity, const struct limbeck_object *a,
	const struct limbeck_object *b)
{
	if (strbuf_failed(&parity->text))
		return parity_nomem(parity);
	parity->result = parity->fn(parity->data, a, b, parity->text.buf);
	strbuf_reset(&parity->text);
	return parity->result == 0;
}

bool parity_only(struct parity *parity, size_t side, const struct limbeck_object *object)
{
	strbuf_addf(&parity->text, "%s ", limbeck_kind_name(limbeck_object_kind(object)));
	object_shown(&parity->text, object);
	strbuf_addf(&parity->text, ": only in %s", parity->sides[side]->engine);
	return parity_say(parity, side ? NULL : object, side ? object : NULL);
}

char *parity_folded(struct parity *parity, const char *text)
{
	char *folded = arena_strdup(&parity->arena, text);

	if (!folded)
		parity_nomem(parity);
	for (char *c = folded; c && *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + ('a' - 'A'));
	return folded;
}

const struct limbeck_object *parity_part(const struct parity *parity,
	const struct parity_table *table, size_t side, enum limbeck_kind kind,
	const struct limbeck_object *previous)
{
	const struct limbeck_object *of = table->objects[side];

	return catalog_next(parity->sides[side]->catalog, kind, limbeck_object_schema(of),
		limbeck_object_name(of), previous);
}

static bool note(struct parity *parity, struct map *map, const char *name,
	const struct limbeck_object *object)
{
	char *key = parity_folded(parity, name);
	union { const void *from; void *to; } value = { .from = object };

	if (!key)
		return false;
	return map_put(map, key, value.to) || parity_nomem(parity);
}

static bool note_columns(struct parity *parity, struct parity_table *table, size_t side)
{
	const struct limbeck_object *column = NULL;

	while ((column = parity_part(parity, table, side, LIMBECK_KIND_COLUMN, column)))
		if (!note(parity, &table->columns[side], limbeck_object_name(column), column))
			return false;
	return true;
}

/* Whether any key or index of the table has the column. */
static bool is_keyed(const struct parity *parity, const struct parity_table *table, size_t side,
	const char *column)
{
	const struct limbeck_object *part = NULL;

	while ((part = parity_part(parity, table, side, LIMBECK_KIND_NONE, part)))
		for (size_t i = 0; i < limbeck_object_count(part, LIMBECK_ATTR_COLUMNS); i++) {
			const char *name = limbeck_object_item(part, LIMBECK_ATTR_COLUMNS, i);

			if (strcasecmp(name, column) == 0)
				return true;
		}
	return false;
}

/* Whether a foreign key of either side has the column: there are engines where it then has
 * the type of what it refers to. */
static bool is_referring(const struct parity *parity, const struct parity_table *table,
	const char *column)
{
	for (size_t side = 0; side < 2; side++) {
		const struct limbeck_object *key = NULL;

		while ((key = parity_part(parity, table, side, LIMBECK_KIND_FOREIGN_KEY, key)))
			for (size_t i = 0; i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++)
				if (strcasecmp(limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i),
					column) == 0)
					return true;
	}
	return false;
}

static bool is_whole(const char *meaning)
{
	return strcmp(meaning, "smallint") == 0 || strcmp(meaning, "integer") == 0 ||
		strcmp(meaning, "bigint") == 0;
}

static bool compare_meanings(struct parity *parity, const struct parity_table *table,
	const struct limbeck_object *a, const struct limbeck_object *b)
{
	const char *x = limbeck_object_get(a, LIMBECK_ATTR_MEANING);
	const char *y = limbeck_object_get(b, LIMBECK_ATTR_MEANING);
	bool lenient = parity->sides[0]->traits->texts_as_written ||
		parity->sides[1]->traits->texts_as_written;

	if (!x || !y || meaning_same(x, y, lenient, false) ||
		((is_keyed(parity, table, 0, limbeck_object_name(a)) ||
			 is_keyed(parity, table, 1, limbeck_object_name(b))) &&
			meaning_same(x, y, lenient, true)) ||
		(is_whole(x) && is_whole(y) && is_referring(parity, table, limbeck_object_name(a))))
		return true;
	object_shown(&parity->text, a);
	strbuf_addf(&parity->text, ": %s in %s, %s in %s", x, parity->sides[0]->engine, y,
		parity->sides[1]->engine);
	return parity_say(parity, a, b);
}

static bool compare_nulls(struct parity *parity, const struct parity_table *table,
	const struct limbeck_object *a, const struct limbeck_object *b)
{
	bool x = limbeck_object_get(a, LIMBECK_ATTR_NOT_NULL) ||
		parity_in_key(parity, table, 0, a);
	bool y = limbeck_object_get(b, LIMBECK_ATTR_NOT_NULL) ||
		parity_in_key(parity, table, 1, b);

	if (x == y)
		return true;
	object_shown(&parity->text, a);
	strbuf_addf(&parity->text, ": %s in %s, %s in %s", x ? "not null" : "nullable",
		parity->sides[0]->engine, y ? "not null" : "nullable", parity->sides[1]->engine);
	return parity_say(parity, a, b);
}

static bool compare_columns(struct parity *parity, const struct parity_table *table)
{
	const struct map_entry *entry = NULL;

	while ((entry = map_next(&table->columns[0], entry))) {
		const struct limbeck_object *a = map_entry_value(entry);
		const struct limbeck_object *b = map_get(&table->columns[1], map_entry_key(entry));

		if (!b && !parity_helps(parity, table, 0, a) && !parity_only(parity, 0, a))
			return false;
		if (b && (!compare_meanings(parity, table, a, b) ||
			!compare_nulls(parity, table, a, b)))
			return false;
	}
	while ((entry = map_next(&table->columns[1], entry)))
		if (!map_get(&table->columns[0], map_entry_key(entry)) &&
			!parity_helps(parity, table, 1, map_entry_value(entry)) &&
			!parity_only(parity, 1, map_entry_value(entry)))
			return false;
	return true;
}

static bool compare_tables(struct parity *parity, const struct limbeck_object *a,
	const struct limbeck_object *b)
{
	struct parity_table table = { { a, b }, { MAP_INIT, MAP_INIT } };
	bool go_on = note_columns(parity, &table, 0) && note_columns(parity, &table, 1) &&
		compare_columns(parity, &table) && parity_keys(parity, &table);

	map_release(&table.columns[0]);
	map_release(&table.columns[1]);
	return go_on;
}

/* A table's name as both sides have it: with its schema where both have schemas and
 * it is not the default one. */
static bool note_tables(struct parity *parity, size_t side, bool schemas, struct map *tables)
{
	const struct limbeck_catalog *catalog = parity->sides[side]->catalog;
	const char *usual = catalog_rules(catalog)->default_schema;
	const struct limbeck_object *table = NULL;

	while ((table = catalog_next(catalog, LIMBECK_KIND_TABLE, NULL, NULL, table))) {
		const char *schema = limbeck_object_schema(table);
		const char *name = limbeck_object_name(table);

		/* Partitions are how one engine keeps a table. */
		if (limbeck_object_get(table, LIMBECK_ATTR_PARTITION_BOUND))
			continue;
		if (schemas && schema && !(usual && strcmp(usual, schema) == 0))
			name = arena_printf(&parity->arena, "%s.%s", schema, name);
		if (!name)
			return parity_nomem(parity);
		if (!note(parity, tables, name, table))
			return false;
	}
	return true;
}

static void compare(struct parity *parity, struct map tables[2])
{
	const struct map_entry *entry = NULL;

	while ((entry = map_next(&tables[0], entry))) {
		const struct limbeck_object *a = map_entry_value(entry);
		const struct limbeck_object *b = map_get(&tables[1], map_entry_key(entry));

		if (!(b ? compare_tables(parity, a, b) : parity_only(parity, 0, a)))
			return;
	}
	while ((entry = map_next(&tables[1], entry)))
		if (!map_get(&tables[0], map_entry_key(entry)) &&
			!parity_only(parity, 1, map_entry_value(entry)))
			return;
}

int diff_parity(const struct parity_side *a, const struct parity_side *b,
	int (*fn)(void *data, const struct limbeck_object *a, const struct limbeck_object *b,
		const char *text),
	void *data, struct limbeck_error *err)
{
	struct parity parity = { .sides = { a, b }, .fn = fn, .data = data, .arena = ARENA_INIT,
		.text = STRBUF_INIT, .err = err };
	struct map tables[2] = { MAP_INIT, MAP_INIT };
	bool schemas = a->traits->can[LIMBECK_CAP_SCHEMAS] && b->traits->can[LIMBECK_CAP_SCHEMAS];

	if (note_tables(&parity, 0, schemas, &tables[0]) &&
		note_tables(&parity, 1, schemas, &tables[1]))
		compare(&parity, tables);
	map_release(&tables[0]);
	map_release(&tables[1]);
	strbuf_release(&parity.text);
	arena_release(&parity.arena);
	return parity.result;
}
