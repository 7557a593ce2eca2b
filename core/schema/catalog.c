/* SPDX-License-Identifier: BSD-2-Clause */
#include "schema/catalog.h"

#include <stdio.h>
#include <string.h>

#include "schema/catalog_int.h"

static const struct limbeck_lexis standard_lexis = { sizeof(struct limbeck_lexis), 0, "\"\"" };

struct limbeck_catalog *catalog_new(const struct schema_rules *rules)
{
	struct limbeck_catalog *catalog = mem_alloc(sizeof *catalog);

	if (!catalog)
		return NULL;
	catalog->rules = *rules;
	if (!catalog->rules.lexis)
		catalog->rules.lexis = &standard_lexis;
	return catalog;
}

void catalog_free(struct limbeck_catalog *catalog)
{
	if (!catalog)
		return;
	HASH_CLEAR(hh, catalog->objects);
	HASH_CLEAR(hh, catalog->groups);
	arena_release(&catalog->arena);
	mem_free(catalog);
}

bool catalog_failed(const struct limbeck_catalog *catalog)
{
	return catalog->failed;
}

const struct schema_rules *catalog_rules(const struct limbeck_catalog *catalog)
{
	return &catalog->rules;
}

void catalog_set_default_schema(struct limbeck_catalog *catalog, const char *schema)
{
	catalog->rules.default_schema =
		schema && *schema ? catalog_text(catalog, schema, strlen(schema)) : NULL;
}

size_t catalog_size(const struct limbeck_catalog *catalog)
{
	return catalog->count;
}

static const char *text_or_null(struct limbeck_catalog *catalog, const char *text)
{
	return text ? catalog_text(catalog, text, strlen(text)) : NULL;
}

static struct name_key key_of(const struct limbeck_catalog *catalog,
	const struct object_name *name)
{
	struct name_key key = { *name, catalog->rules.texts_as_written };

	if (key.name.schema && !*key.name.schema)
		key.name.schema = NULL;
	if (key.name.table && !*key.name.table)
		key.name.table = NULL;
	if (!key.name.name)
		key.name.name = "";
	return key;
}

struct group *catalog_group(const struct limbeck_catalog *catalog, const char *schema,
	const char *table)
{
	struct object_name name = { .schema = schema, .table = table };
	struct name_key key = key_of(catalog, &name);
	struct group *group;

	HASH_FIND(hh, catalog->groups, &key, sizeof key, group);
	if (!group && !key.name.schema && catalog->rules.default_schema) {
		key.name.schema = catalog->rules.default_schema;
		HASH_FIND(hh, catalog->groups, &key, sizeof key, group);
	}
	return group;
}

bool group_insert(struct group *group)
{
	struct limbeck_catalog *catalog = group->catalog;

	group->lost = false;
	HASH_ADD(hh, catalog->groups, key, sizeof group->key, group);
	catalog->failed |= group->lost;
	return !group->lost;
}

static struct group *group_of(struct limbeck_catalog *catalog, const struct object_name *name)
{
	struct object_name of = { .schema = name->schema, .table = name->table };
	struct name_key key = key_of(catalog, &of);
	struct group *group;

	HASH_FIND(hh, catalog->groups, &key, sizeof key, group);
	if (group)
		return group;
	group = arena_alloc(&catalog->arena, sizeof *group);
	if (!group) {
		catalog->failed = true;
		return NULL;
	}
	group->catalog = catalog;
	group->key = key;
	group->key.name.schema = text_or_null(catalog, key.name.schema);
	group->key.name.table = text_or_null(catalog, key.name.table);
	return !catalog->failed && group_insert(group) ? group : NULL;
}

static struct limbeck_object *find_key(const struct limbeck_catalog *catalog,
	const struct name_key *key)
{
	struct limbeck_object *object;

	HASH_FIND(hh, catalog->objects, key, sizeof *key, object);
	return object;
}

struct limbeck_object *catalog_find(const struct limbeck_catalog *catalog,
	const struct object_name *name)
{
	struct name_key key = key_of(catalog, name);
	struct limbeck_object *object = find_key(catalog, &key);

	if (object || key.name.schema || !catalog->rules.default_schema)
		return object;
	key.name.schema = catalog->rules.default_schema;
	return find_key(catalog, &key);
}

struct limbeck_object *catalog_relation(const struct limbeck_catalog *catalog,
	const char *schema, const char *name)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_TABLE, LIMBECK_KIND_VIEW,
		LIMBECK_KIND_MATERIALIZED_VIEW };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct object_name full = { .kind = kinds[i], .schema = schema, .name = name };
		struct limbeck_object *object = catalog_find(catalog, &full);

		if (object)
			return object;
	}
	return NULL;
}

/* Gives an unnamed part a name that none of its kind has there. */
static void number(struct limbeck_catalog *catalog, struct group *group, struct name_key *key,
	char *text, size_t size)
{
	key->name.name = text;
	do
		snprintf(text, size, "#%u", ++group->numbered);
	while (find_key(catalog, key));
}

static void link_in(struct limbeck_object *object)
{
	struct object_list *list = &object->catalog->kinds[object->key.name.kind];

	object->previous = list->last;
	*(list->last ? &list->last->next : &list->first) = object;
	list->last = object;
	if (!object->group)
		return;
	list = &object->group->parts[object->key.name.kind];
	object->part_previous = list->last;
	*(list->last ? &list->last->part_next : &list->first) = object;
	list->last = object;
}

bool object_insert(struct limbeck_object *object)
{
	struct limbeck_catalog *catalog = object->catalog;

	object->lost = false;
	HASH_ADD(hh, catalog->objects, key, sizeof object->key, object);
	catalog->failed |= object->lost;
	return !object->lost;
}

static struct limbeck_object *object_new(struct limbeck_catalog *catalog,
	const struct name_key *key, struct group *group)
{
	struct limbeck_object *object = arena_alloc(&catalog->arena, sizeof *object);

	if (!object) {
		catalog->failed = true;
		return NULL;
	}
	object->catalog = catalog;
	object->group = group;
	object->key = *key;
	object->key.name.name = text_or_null(catalog, key->name.name);
	object->key.name.signature = text_or_null(catalog, key->name.signature);
	object->key.name.schema =
		group ? group->key.name.schema : text_or_null(catalog, key->name.schema);
	object->key.name.table = group ? group->key.name.table : NULL;
	if (catalog->failed || !object_insert(object))
		return NULL;
	object->id = catalog->added++;
	catalog->count++;
	link_in(object);
	return object;
}

struct limbeck_object *catalog_add(struct limbeck_catalog *catalog,
	const struct object_name *name)
{
	struct name_key key = key_of(catalog, name);
	bool unnamed = key.name.table && !*key.name.name;
	struct limbeck_object *object;
	struct group *group = NULL;
	char text[16];

	if (catalog->failed || !kind_is_valid(name->kind))
		return NULL;
	object = unnamed ? NULL : find_key(catalog, &key);
	if (object)
		return object;
	if (key.name.table && !(group = group_of(catalog, &key.name)))
		return NULL;
	if (unnamed)
		number(catalog, group, &key, text, sizeof text);
	object = object_new(catalog, &key, group);
	if (object && unnamed) {
		object->numbered = true;
		object_set(object, LIMBECK_ATTR_UNNAMED, "yes");
	}
	return object;
}
