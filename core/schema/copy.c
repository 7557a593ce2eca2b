/* SPDX-License-Identifier: BSD-2-Clause */
#include "schema/catalog_int.h"

/* Where a name that was said of the original leads in its copy. */
struct renaming {
	const struct limbeck_catalog *catalog;
	struct object_name from;  /* the original, whose parts go along */
	struct object_name to;
};

static void follow(const struct renaming *renaming, struct object_name *name)
{
	struct object_name owner = { .kind = renaming->from.kind, .schema = name->schema,
		.name = name->table };

	if (catalog_names_same(renaming->catalog, name, &renaming->from)) {
		*name = renaming->to;
	} else if (name->table && kind_has_parts(owner.kind) &&
		catalog_names_same(renaming->catalog, &owner, &renaming->from)) {
		name->schema = renaming->to.schema;
		name->table = renaming->to.name;
	}
}

static struct limbeck_object *copy_one(struct limbeck_catalog *to,
	const struct limbeck_object *object, const struct object_name *name,
	const struct renaming *renaming)
{
	struct object_name as = *name;
	struct limbeck_object *copy;

	if (object->numbered)
		as.name = "";
	copy = catalog_add(to, &as);
	if (!copy || copy == object)
		return copy;
	copy->attribute_count = 0;
	copy->dependency_count = 0;
	for (unsigned i = 0; i < object->attribute_count; i++)
		object_copy_attribute(copy, object,
			(enum limbeck_attribute)object->attributes[i].id);
	for (unsigned i = 0; i < object->dependency_count; i++) {
		struct object_name on = object->dependencies[i];

		follow(renaming, &on);
		object_depends(copy, &on);
	}
	return copy;
}

static void copy_parts(struct limbeck_catalog *to, const struct limbeck_object *object,
	const struct renaming *renaming)
{
	const struct object_name *name = &object->key.name;
	const struct group *group = catalog_group(object->catalog, name->schema, name->name);

	for (int kind = 0; group && kind < LIMBECK_KIND_COUNT; kind++) {
		const struct limbeck_object *part = group->parts[kind].first;
		const struct limbeck_object *last = group->parts[kind].last;

		/* Only as far as the last: the copies may be parts of the same table. */
		for (; part; part = part == last ? NULL : part->part_next) {
			struct object_name as = part->key.name;

			follow(renaming, &as);
			copy_one(to, part, &as, renaming);
		}
	}
}

struct limbeck_object *catalog_copy(struct limbeck_catalog *to,
	const struct limbeck_object *object, bool parts, const struct object_name *as)
{
	struct renaming renaming = { object->catalog, object->key.name, object->key.name };
	struct limbeck_object *copy;

	if (as) {
		renaming.to.schema = as->schema ? as->schema : renaming.to.schema;
		renaming.to.table = as->table ? as->table : renaming.to.table;
		renaming.to.name = as->name ? as->name : renaming.to.name;
		renaming.to.signature = as->signature ? as->signature : renaming.to.signature;
	}
	copy = copy_one(to, object, &renaming.to, &renaming);
	if (copy && parts && kind_has_parts(object->key.name.kind))
		copy_parts(to, object, &renaming);
	return to->failed ? NULL : copy;
}

/* As it is: the numbers of unnamed parts too, by which changes know them. */
static bool clone_one(struct limbeck_catalog *to, const struct limbeck_object *object)
{
	struct limbeck_object *copy = catalog_add(to, &object->key.name);

	if (!copy)
		return false;
	copy->numbered = object->numbered;
	object_become(copy, object);
	return !to->failed;
}

struct limbeck_catalog *catalog_clone(const struct limbeck_catalog *catalog)
{
	struct limbeck_catalog *clone = catalog_new(&catalog->rules);

	if (!clone)
		return NULL;
	catalog_set_default_schema(clone, catalog->rules.default_schema);
	for (int kind = 0; kind < LIMBECK_KIND_COUNT; kind++)
		for (const struct limbeck_object *object = catalog->kinds[kind].first; object;
			object = object->next)
			if (!clone_one(clone, object))
				break;
	if (clone->failed) {
		catalog_free(clone);
		return NULL;
	}
	return clone;
}
