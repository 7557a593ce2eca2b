/* SPDX-License-Identifier: BSD-2-Clause */
/* Walking a catalog, taking out of it, and giving other keys. */
#include "schema/catalog_int.h"

static struct limbeck_object *first_of(const struct object_list *lists, enum limbeck_kind from,
	enum limbeck_kind kind)
{
	if (kind != LIMBECK_KIND_NONE)
		return kind_is_valid(kind) && from <= kind ? lists[kind].first : NULL;
	for (; from < LIMBECK_KIND_COUNT; from++)
		if (lists[from].first)
			return lists[from].first;
	return NULL;
}

struct limbeck_object *catalog_next(const struct limbeck_catalog *catalog,
	enum limbeck_kind kind, const char *schema, const char *table,
	const struct limbeck_object *previous)
{
	const struct object_list *lists = catalog->kinds;
	struct limbeck_object *next = NULL;

	if (table) {
		const struct group *group = previous ? previous->group
			: catalog_group(catalog, schema, table);

		if (!group)
			return NULL;
		lists = group->parts;
	}
	if (previous)
		next = table ? previous->part_next : previous->next;
	if (next)
		return next;
	return first_of(lists, previous ? previous->key.name.kind + 1 : LIMBECK_KIND_NONE + 1, kind);
}

static void unlink_part(struct limbeck_object *object)
{
	struct object_list *list = &object->group->parts[object->key.name.kind];

	if (object->part_previous)
		object->part_previous->part_next = object->part_next;
	else
		list->first = object->part_next;
	if (object->part_next)
		object->part_next->part_previous = object->part_previous;
	else
		list->last = object->part_previous;
}

static void remove_one(struct limbeck_object *object)
{
	struct limbeck_catalog *catalog = object->catalog;
	struct object_list *list = &catalog->kinds[object->key.name.kind];

	if (object->removed)
		return;
	HASH_DEL(catalog->objects, object);
	if (object->previous)
		object->previous->next = object->next;
	else
		list->first = object->next;
	if (object->next)
		object->next->previous = object->previous;
	else
		list->last = object->previous;
	if (object->group)
		unlink_part(object);
	object->removed = true;
	catalog->count--;
}

void catalog_remove(struct limbeck_catalog *catalog, struct limbeck_object *object)
{
	const struct object_name *name = &object->key.name;
	struct group *group = NULL;

	if (object->removed)
		return;
	if (kind_has_parts(name->kind))
		group = catalog_group(catalog, name->schema, name->name);
	for (int kind = 0; group && kind < LIMBECK_KIND_COUNT; kind++)
		while (group->parts[kind].first)
			remove_one(group->parts[kind].first);
	remove_one(object);
}

static void rekey_one(struct limbeck_object *object, const char *schema, const char *table,
	const char *name)
{
	HASH_DEL(object->catalog->objects, object);
	object->key.name.schema = schema;
	object->key.name.table = table;
	object->key.name.name = name;
	object_insert(object);
}

void catalog_resign(struct limbeck_object *object, const char *signature)
{
	HASH_DEL(object->catalog->objects, object);
	object->key.name.signature = signature;
	object_insert(object);
}

/* The place of a group is free but for what a table of that name has left when it went. */
static void forget_group(struct limbeck_catalog *catalog, const struct group *group,
	const char *schema, const char *name)
{
	struct group *left = catalog_group(catalog, schema, name);

	if (!left || left == group)
		return;
	for (int kind = 0; kind < LIMBECK_KIND_COUNT; kind++)
		if (left->parts[kind].first)
			return;
	HASH_DEL(catalog->groups, left);
}

void catalog_rekey(struct limbeck_object *object, const char *schema, const char *name)
{
	struct limbeck_catalog *catalog = object->catalog;
	struct group *group = NULL;

	if (kind_has_parts(object->key.name.kind))
		group = catalog_group(catalog, object->key.name.schema, object->key.name.name);
	rekey_one(object, schema, object->key.name.table, name);
	if (!group)
		return;
	forget_group(catalog, group, schema, name);
	HASH_DEL(catalog->groups, group);
	group->key.name.schema = schema;
	group->key.name.table = name;
	group_insert(group);
	for (int kind = 0; kind < LIMBECK_KIND_COUNT; kind++)
		for (struct limbeck_object *part = group->parts[kind].first; part; part = part->part_next)
			rekey_one(part, schema, name, part->key.name.name);
}
