/* SPDX-License-Identifier: BSD-2-Clause */
/* Which tables change with a type or with another table. */
#include <string.h>

#include "base/error.h"
#include "translate/map_int.h"

static bool is_named(const object_names *names, const struct limbeck_catalog *home,
	const struct limbeck_object *object)
{
	for (size_t i = 0; i < names->count; i++)
		if (catalog_find(home, &names->items[i]) == object)
			return true;
	return false;
}

/* Whether a column or domain has a type that is among the names. */
static bool uses_type(const struct mapper *m, const object_names *names,
	const struct limbeck_object *object)
{
	const struct limbeck_object *type =
		mapper_user_type(m, limbeck_object_get(object, LIMBECK_ATTR_TYPE));
	enum limbeck_says native = limbeck_object_kind(type) == LIMBECK_KIND_ENUM
		? LIMBECK_SAYS_ENUM_TYPE : LIMBECK_SAYS_DOMAIN;

	return type && !mapper_says(m, native) && is_named(names, m->home, type);
}

static bool refers(const struct mapper *m, const object_names *names,
	const struct limbeck_object *column)
{
	const struct limbeck_object *other = mapper_referred(m, column);
	const struct limbeck_object *table = other ? catalog_relation(m->home,
		limbeck_object_schema(other), limbeck_object_table(other)) : NULL;

	return table && is_named(names, m->home, table);
}

static bool changes_with(struct mapper *m, const object_names *names,
	const struct limbeck_object *table)
{
	const struct limbeck_object *column = NULL;

	while ((column = mapper_part_of(m, table, LIMBECK_KIND_COLUMN, column)))
		if (uses_type(m, names, column)
			|| (!mapper_says(m, LIMBECK_SAYS_MIXED_KEYS) && refers(m, names, column)))
			return true;
	return false;
}

static int add(const struct limbeck_object *object, struct arena *arena, object_names *names,
	struct limbeck_error *err)
{
	struct object_name name, copy = { LIMBECK_KIND_NONE, NULL, NULL, NULL, NULL };

	object_name_of(object, &name);
	copy.kind = name.kind;
	copy.schema = name.schema ? arena_strdup(arena, name.schema) : NULL;
	copy.name = arena_strdup(arena, name.name);
	if (!copy.name || (name.schema && !copy.schema) || !vec_push_arena(names, copy, arena))
		return error_nomem(err);
	return 0;
}

static int widen(struct mapper *m, enum limbeck_kind kind, struct arena *arena,
	object_names *names, bool *more)
{
	const struct limbeck_object *object = NULL;

	while ((object = catalog_next(m->home, kind, NULL, NULL, object))) {
		bool wanted = kind == LIMBECK_KIND_DOMAIN ? uses_type(m, names, object)
			: changes_with(m, names, object);

		if (!wanted || is_named(names, m->home, object))
			continue;
		if (add(object, arena, names, m->err))
			return -1;
		*more = true;
	}
	return 0;
}

int map_widen(const struct mapping *mapping, const struct limbeck_catalog *home,
	struct arena *arena, object_names *names, struct limbeck_error *err)
{
	struct mapper m = { .mapping = mapping, .translation = mapping->translation, .home = home,
		.arena = ARENA_INIT, .err = err };
	bool more = names->count > 0;
	int result = 0;

	while (result == 0 && more) {
		more = false;
		result = widen(&m, LIMBECK_KIND_DOMAIN, arena, names, &more);
		if (result == 0)
			result = widen(&m, LIMBECK_KIND_TABLE, arena, names, &more);
	}
	arena_release(&m.arena);
	return result;
}
