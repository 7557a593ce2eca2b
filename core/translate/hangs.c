/* SPDX-License-Identifier: BSD-2-Clause */
#include "translate/hangs.h"

#include <ctype.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

struct names_of {
	VEC(struct hanging) items;
};

struct hangs {
	struct arena arena;
	struct map by_name;      /* in lower case -> struct names_of */
};

struct hangs *hangs_new(void)
{
	return mem_alloc(sizeof(struct hangs));
}

void hangs_free(struct hangs *hangs)
{
	if (!hangs)
		return;
	map_release(&hangs->by_name);
	arena_release(&hangs->arena);
	mem_free(hangs);
}

static char *lower(struct arena *arena, const char *name)
{
	char *copy = arena_strdup(arena, name);

	for (char *c = copy; c && *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return copy;
}

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static struct names_of *names_under(struct hangs *hangs, const char *name)
{
	char *key = lower(&hangs->arena, name);
	struct names_of *names = key ? map_get(&hangs->by_name, key) : NULL;

	if (names || !key)
		return names;
	names = arena_alloc(&hangs->arena, sizeof *names);
	return names && map_put(&hangs->by_name, key, names) ? names : NULL;
}

static bool add(struct hangs *hangs, const char *on, const char *schema, const char *name)
{
	struct names_of *names = names_under(hangs, on);
	struct hanging new = { NULL, NULL };

	if (!names)
		return false;
	for (size_t i = 0; i < names->items.count; i++)
		if (same(names->items.items[i].schema, schema) && same(names->items.items[i].name, name))
			return true;
	new.schema = schema ? arena_strdup(&hangs->arena, schema) : NULL;
	new.name = arena_strdup(&hangs->arena, name);
	return new.name && (new.schema || !schema)
		&& vec_push_arena(&names->items, new, &hangs->arena);
}

static bool is_relation(enum limbeck_kind kind)
{
	return kind == LIMBECK_KIND_TABLE || kind == LIMBECK_KIND_VIEW
		|| kind == LIMBECK_KIND_MATERIALIZED_VIEW;
}

static bool note_one(struct hangs *hangs, const struct limbeck_object *relation,
	const struct limbeck_object *object)
{
	const char *schema = limbeck_object_schema(relation), *name = limbeck_object_name(relation);
	const char *table = limbeck_object_get(object, LIMBECK_ATTR_REF_TABLE);
	struct object_name on;

	if (table && strcmp(table, name) != 0 && !add(hangs, table, schema, name))
		return false;
	for (size_t i = 0; object_dependency(object, i, &on); i++) {
		const char *other = on.table ? on.table : on.name;

		if (!on.table && !is_relation(on.kind))
			continue;
		if (strcmp(other, name) != 0 && !add(hangs, other, schema, name))
			return false;
	}
	return true;
}

bool hangs_note(struct hangs *hangs, const struct limbeck_object *relation)
{
	const struct limbeck_catalog *catalog = object_catalog(relation);
	const struct limbeck_object *part = NULL;
	bool fine = note_one(hangs, relation, relation);

	while (fine && (part = catalog_next(catalog, LIMBECK_KIND_NONE,
			limbeck_object_schema(relation), limbeck_object_name(relation), part)))
		fine = note_one(hangs, relation, part);
	return fine;
}

bool hangs_note_all(struct hangs *hangs, const struct limbeck_catalog *catalog)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_TABLE, LIMBECK_KIND_VIEW,
		LIMBECK_KIND_MATERIALIZED_VIEW };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct limbeck_object *object = NULL;

		while ((object = catalog_next(catalog, kinds[i], NULL, NULL, object)))
			if (!hangs_note(hangs, object))
				return false;
	}
	return true;
}

const struct hanging *hangs_on(const struct hangs *hangs, const char *name, size_t *count)
{
	struct arena arena = ARENA_INIT;
	const char *key = lower(&arena, name);
	const struct names_of *names = key ? map_get(&hangs->by_name, key) : NULL;

	arena_release(&arena);
	*count = names ? names->items.count : 0;
	return names ? names->items.items : NULL;
}

struct texts {
	struct arena arena;
	struct map map;
};

struct texts *texts_new(void)
{
	return mem_alloc(sizeof(struct texts));
}

void texts_free(struct texts *texts)
{
	if (!texts)
		return;
	map_release(&texts->map);
	arena_release(&texts->arena);
	mem_free(texts);
}

bool texts_add(struct texts *texts, const char *text)
{
	char *copy;

	if (map_get(&texts->map, text))
		return false;
	copy = arena_strdup(&texts->arena, text);
	if (copy)
		(void)map_put(&texts->map, copy, texts);
	return true;
}
