/* SPDX-License-Identifier: BSD-2-Clause */
/* Objects: their names, attributes and dependencies. */
#include <stdint.h>
#include <string.h>

#include "schema/catalog_int.h"

enum limbeck_kind limbeck_object_kind(const struct limbeck_object *object)
{
	return object ? object->key.name.kind : LIMBECK_KIND_NONE;
}

const char *limbeck_object_schema(const struct limbeck_object *object)
{
	return object ? object->key.name.schema : NULL;
}

int limbeck_object_in_default_schema(const struct limbeck_object *object)
{
	const char *schema = limbeck_object_schema(object);
	const char *usual = schema ? catalog_rules(object_catalog(object))->default_schema : NULL;

	return !schema || (usual && strcmp(schema, usual) == 0);
}

const char *limbeck_object_table(const struct limbeck_object *object)
{
	return object ? object->key.name.table : NULL;
}

const char *limbeck_object_name(const struct limbeck_object *object)
{
	return object ? object->key.name.name : NULL;
}

const char *limbeck_object_signature(const struct limbeck_object *object)
{
	return object ? object->key.name.signature : NULL;
}

void object_name_of(const struct limbeck_object *object, struct object_name *name)
{
	*name = object->key.name;
}

struct limbeck_catalog *object_catalog(const struct limbeck_object *object)
{
	return object->catalog;
}

bool object_is_part(const struct limbeck_object *object)
{
	return object->group != NULL;
}

/* Where the attribute is, or belongs. */
static unsigned place_of(const struct limbeck_object *object, enum limbeck_attribute attribute)
{
	unsigned i = 0;

	while (i < object->attribute_count && object->attributes[i].id < (unsigned)attribute)
		i++;
	return i;
}

const struct attribute *object_attribute(const struct limbeck_object *object,
	enum limbeck_attribute attribute)
{
	unsigned i = object ? place_of(object, attribute) : 0;

	if (!object || i == object->attribute_count || object->attributes[i].id != (unsigned)attribute)
		return NULL;
	return &object->attributes[i];
}

const char *limbeck_object_get(const struct limbeck_object *object,
	enum limbeck_attribute attribute)
{
	const struct attribute *found = object_attribute(object, attribute);

	if (!found)
		return NULL;
	return limbeck_attribute_is_list(attribute) ? found->value.items[0] : found->value.text;
}

size_t limbeck_object_count(const struct limbeck_object *object, enum limbeck_attribute attribute)
{
	const struct attribute *found = object_attribute(object, attribute);

	return found ? found->count : 0;
}

const char *limbeck_object_item(const struct limbeck_object *object,
	enum limbeck_attribute attribute, size_t i)
{
	const struct attribute *found = object_attribute(object, attribute);

	if (!found || i >= found->count)
		return NULL;
	return limbeck_attribute_is_list(attribute) ? found->value.items[i] : found->value.text;
}

/* More room for items of a size in the catalog; false, and it is failed: none. */
static bool grow(struct limbeck_catalog *catalog, void *items, unsigned count,
	unsigned *capacity, size_t size)
{
	unsigned more = *capacity ? *capacity * 2 : 4;
	void *memory, *old;

	if (count < *capacity)
		return true;
	memory = more > *capacity ? arena_array(&catalog->arena, more, size) : NULL;
	if (!memory) {
		catalog->failed = true;
		return false;
	}
	memcpy(&old, items, sizeof old);
	if (count)
		memcpy(memory, old, count * size);
	memcpy(items, &memory, sizeof memory);
	*capacity = more;
	return true;
}

/* The attribute, made if it is not there; NULL: no memory. */
static struct attribute *make_attribute(struct limbeck_object *object,
	enum limbeck_attribute attribute)
{
	unsigned i = place_of(object, attribute);

	if (i < object->attribute_count && object->attributes[i].id == (unsigned)attribute)
		return &object->attributes[i];
	if (!grow(object->catalog, &object->attributes, object->attribute_count,
			&object->attribute_capacity, sizeof *object->attributes))
		return NULL;
	memmove(object->attributes + i + 1, object->attributes + i,
		(object->attribute_count - i) * sizeof *object->attributes);
	object->attribute_count++;
	object->attributes[i] = (struct attribute) { .id = (unsigned short)attribute };
	return &object->attributes[i];
}

static void drop_attribute(struct limbeck_object *object, enum limbeck_attribute attribute)
{
	unsigned i = place_of(object, attribute);

	if (i == object->attribute_count || object->attributes[i].id != (unsigned)attribute)
		return;
	object->attribute_count--;
	memmove(object->attributes + i, object->attributes + i + 1,
		(object->attribute_count - i) * sizeof *object->attributes);
}

void object_set(struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *value)
{
	object_set_n(object, attribute, value, value ? strlen(value) : 0);
}

void object_set_n(struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *value, size_t length)
{
	struct attribute *made;
	const char *text;

	if (!object || !attribute_is_valid(attribute))
		return;
	if (!value || limbeck_attribute_is_list(attribute))
		drop_attribute(object, attribute);
	if (!value || !(text = catalog_text(object->catalog, value, length)))
		return;
	if (limbeck_attribute_is_list(attribute)) {
		object_append(object, attribute, text);
		return;
	}
	made = make_attribute(object, attribute);
	if (made) {
		made->value.text = text;
		made->count = 1;
	}
}

/* Lists grow where their count is a power of two. */
static bool reserve_item(struct limbeck_catalog *catalog, struct attribute *list)
{
	const char **items;

	if (list->count & (list->count - 1))
		return true;
	items = list->count > UINT32_MAX / 4 ? NULL
		: arena_array(&catalog->arena, list->count ? list->count * 2 : 1, sizeof *items);
	if (!items) {
		catalog->failed = true;
		return false;
	}
	if (list->count)
		memcpy(items, list->value.items, list->count * sizeof *items);
	list->value.items = items;
	return true;
}

void object_append(struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *item)
{
	struct attribute *list;
	const char *text;

	if (!object || !attribute_is_valid(attribute))
		return;
	item = item ? item : "";
	if (!limbeck_attribute_is_list(attribute)) {
		object_set(object, attribute, item);
		return;
	}
	text = catalog_text(object->catalog, item, strlen(item));
	list = text ? make_attribute(object, attribute) : NULL;
	if (!list)
		return;
	if (reserve_item(object->catalog, list))
		list->value.items[list->count++] = text;
	else if (list->count == 0)
		drop_attribute(object, attribute);
}

void object_set_item(struct limbeck_object *object, enum limbeck_attribute attribute, size_t i,
	const char *item)
{
	unsigned at = place_of(object, attribute);
	const char *text = catalog_text(object->catalog, item, strlen(item));

	if (!text || at == object->attribute_count ||
		object->attributes[at].id != (unsigned)attribute ||
		i >= object->attributes[at].count)
		return;
	if (limbeck_attribute_is_list(attribute))
		object->attributes[at].value.items[i] = text;
	else
		object->attributes[at].value.text = text;
}

void object_copy_attribute(struct limbeck_object *object, const struct limbeck_object *other,
	enum limbeck_attribute attribute)
{
	size_t count = limbeck_object_count(other, attribute);

	if (object == other)
		return;
	object_set(object, attribute, NULL);
	for (size_t i = 0; i < count; i++)
		object_append(object, attribute, limbeck_object_item(other, attribute, i));
}

static bool has_dependency(const struct limbeck_object *object, const struct object_name *on)
{
	for (unsigned i = 0; i < object->dependency_count; i++)
		if (catalog_names_same(object->catalog, &object->dependencies[i], on))
			return true;
	return false;
}

static const char *copy_or_null(struct limbeck_catalog *catalog, const char *text)
{
	return text && *text ? catalog_text(catalog, text, strlen(text)) : NULL;
}

void object_depends(struct limbeck_object *object, const struct object_name *on)
{
	const struct limbeck_object *known;
	struct object_name name = *on;

	if (!object || !kind_is_valid(on->kind) || !on->name || has_dependency(object, on) ||
		!grow(object->catalog, &object->dependencies, object->dependency_count,
			&object->dependency_capacity, sizeof *object->dependencies))
		return;
	known = catalog_find(object->catalog, on);
	if (known) {
		name = known->key.name;
	} else {
		name.schema = copy_or_null(object->catalog, on->schema);
		name.table = copy_or_null(object->catalog, on->table);
		name.name = catalog_text(object->catalog, on->name, strlen(on->name));
		name.signature = copy_or_null(object->catalog, on->signature);
	}
	if (!object->catalog->failed)
		object->dependencies[object->dependency_count++] = name;
}

bool object_dependency(const struct limbeck_object *object, size_t i, struct object_name *on)
{
	if (!object || i >= object->dependency_count)
		return false;
	*on = object->dependencies[i];
	return true;
}

void object_become(struct limbeck_object *object, const struct limbeck_object *other)
{
	object->attribute_count = 0;
	for (unsigned i = 0; i < other->attribute_count; i++)
		object_copy_attribute(object, other,
			(enum limbeck_attribute)other->attributes[i].id);
	object->dependency_count = 0;
	for (unsigned i = 0; i < other->dependency_count; i++)
		object_depends(object, &other->dependencies[i]);
}
