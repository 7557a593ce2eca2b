/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a column stands, and what it takes from its table. */
#include <string.h>

#include "translate/home_int.h"

/* Puts a column behind all others, as if it had been added just now. */
static bool move_last(struct limbeck_catalog *catalog, struct limbeck_catalog *aside,
	struct limbeck_object *column)
{
	struct limbeck_object *copy = catalog_copy(aside, column, false, NULL);

	catalog_remove(catalog, column);
	return copy && catalog_copy(catalog, copy, false, NULL);
}

static bool is_before(const struct limbeck_catalog *catalog, const struct limbeck_object *first,
	const struct limbeck_object *second)
{
	while (first && first != second)
		first = catalog_next(catalog, LIMBECK_KIND_COLUMN, limbeck_object_schema(second),
			limbeck_object_table(second), first);
	return first != NULL;
}

/* Each that stands behind `after` (NULL: at the front), but the column, goes to the end. */
static int move_behind(struct performer *p, struct limbeck_object *after,
	const struct limbeck_object *column)
{
	struct limbeck_catalog *aside = catalog_new(catalog_rules(p->catalog));
	const char *schema = limbeck_object_schema(column), *table = limbeck_object_table(column);
	size_t count = 0, i;
	struct limbeck_object *next = NULL, **moved;
	bool fine = aside != NULL;

	while ((next = catalog_next(p->catalog, LIMBECK_KIND_COLUMN, schema, table, next)))
		count++;
	moved = arena_array(p->arena, count, sizeof *moved);
	if (!moved)
		fine = false;
	for (count = 0; fine && (next = catalog_next(p->catalog, LIMBECK_KIND_COLUMN, schema,
			table, next));)
		if (next != column && next != after && (!after || is_before(p->catalog, after, next)))
			moved[count++] = next;
	for (i = 0; fine && i < count; i++)
		fine = move_last(p->catalog, aside, moved[i]);
	catalog_free(aside);
	return fine ? 0 : home_nomem(p);
}

int home_place_column(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *object, const struct ddl_column *column)
{
	const struct ddl_option *first = column_option(column, OPTION_FIRST);
	const struct ddl_option *after = column_option(column, OPTION_AFTER);
	const struct ddl_span *span = first ? &first->span : after ? &after->span : NULL;
	struct limbeck_object *other = NULL, *moved;
	const char *name = limbeck_object_name(object);

	if (!span)
		return 0;
	if (after && home_need_column(p, table, after->name->last, &other))
		return -1;
	if (other == object)
		return 0;
	if (after) {
		/* It comes to stand behind the other, with those that were there behind it. */
		struct limbeck_catalog *aside = catalog_new(catalog_rules(p->catalog));

		if (!aside || !move_last(p->catalog, aside, object)) {
			catalog_free(aside);
			return home_nomem(p);
		}
		catalog_free(aside);
	}
	moved = home_part(p, table, LIMBECK_KIND_COLUMN, name);
	if (!moved || move_behind(p, other, moved))
		return moved ? -1 : home_nomem(p);
	return home_notice(p, span, "the place of column %s of table %s", name,
		limbeck_object_name(table));
}

static bool is_text(const char *type)
{
	static const char *const types[] = { "text", "varchar", "char", "enum", "set" };

	for (size_t i = 0; type && i < sizeof types / sizeof *types; i++) {
		size_t length = strlen(types[i]);

		if (strncmp(type, types[i], length) == 0 && (!type[length] || type[length] == '('))
			return true;
	}
	return false;
}

int home_set_collation(struct performer *p, const struct limbeck_object *table,
	struct limbeck_object *column)
{
	const char *collation = limbeck_object_get(column, LIMBECK_ATTR_COLLATION);

	if (!p->traits->collation || !is_text(limbeck_object_get(column, LIMBECK_ATTR_TYPE))
		|| collation)
		return 0;
	collation = limbeck_object_get(table, LIMBECK_ATTR_COLLATION);
	object_set(column, LIMBECK_ATTR_COLLATION, collation ? collation : p->traits->collation);
	return 0;
}
