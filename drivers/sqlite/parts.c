/* SPDX-License-Identifier: BSD-2-Clause */
#include "schema.h"

#include <string.h>

/* Room doubles where the count is a power of two. */
void parts_add(struct parts *parts, const struct limbeck_object *object)
{
	const struct limbeck_object **items = parts->own;

	if (parts->failed)
		return;
	if (!(parts->count & (parts->count - 1)))
		items = sqlite3_realloc64(parts->own,
			(parts->count ? 2 * parts->count : 1) * sizeof *items);
	if (!items) {
		parts->failed = true;
		return;
	}
	items[parts->count++] = object;
	parts->own = items;
	parts->items = items;
}

void parts_collect(struct parts *parts, const struct limbeck_catalog *catalog, const char *table)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_COLUMN, LIMBECK_KIND_PRIMARY_KEY,
		LIMBECK_KIND_UNIQUE, LIMBECK_KIND_CHECK, LIMBECK_KIND_FOREIGN_KEY };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct limbeck_object *part = NULL;

		while ((part = limbeck_host->object_next(catalog, kinds[i], NULL, table, part)))
			parts_add(parts, part);
	}
}

const struct limbeck_object *parts_find(const struct parts *parts, enum limbeck_kind kind,
	const char *name)
{
	for (size_t i = 0; i < parts->count; i++)
		if (limbeck_host->object_kind(parts->items[i]) == kind &&
		    (!name || sqlite3_stricmp(limbeck_host->object_name(parts->items[i]),
			name) == 0))
			return parts->items[i];
	return NULL;
}

void parts_release(struct parts *parts)
{
	sqlite3_free(parts->own);
}

const struct limbeck_object *find_rowid(const struct limbeck_object *table,
	const struct parts *parts)
{
	const struct limbeck_object *primary = parts_find(parts, LIMBECK_KIND_PRIMARY_KEY, NULL);
	const struct limbeck_object *column;
	const char *type;

	if (!primary || limbeck_host->object_count(primary, LIMBECK_ATTR_COLUMNS) != 1 ||
	    limbeck_host->object_count(primary, LIMBECK_ATTR_PARTS) > 0 ||
	    limbeck_host->object_get(table, LIMBECK_ATTR_WITHOUT_ROWID))
		return NULL;
	column = parts_find(parts, LIMBECK_KIND_COLUMN,
		limbeck_host->object_item(primary, LIMBECK_ATTR_COLUMNS, 0));
	type = column ? limbeck_host->object_get(column, LIMBECK_ATTR_TYPE) : NULL;
	return type && sqlite3_stricmp(type, "INTEGER") == 0 ? column : NULL;
}

bool column_is_text(const struct limbeck_object *column)
{
	const char *meaning = limbeck_host->object_get(column, LIMBECK_ATTR_MEANING);

	return meaning && (strncmp(meaning, "text", 4) == 0 || strncmp(meaning, "char", 4) == 0);
}
