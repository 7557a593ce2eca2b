/* SPDX-License-Identifier: BSD-2-Clause */
/* What depends on what, as pairs. */
#include "diff/diff_int.h"

unsigned deps_resolve(const struct work *work, const struct limbeck_catalog *catalog,
	const struct object_name *name)
{
	const struct limbeck_object *object = catalog_find(catalog, name);

	if (!object && (name->kind == LIMBECK_KIND_TABLE || name->kind == LIMBECK_KIND_VIEW ||
			name->kind == LIMBECK_KIND_MATERIALIZED_VIEW))
		object = catalog_relation(catalog, name->schema, name->name);
	return object ? pair_of(work, object) : NONE;
}

unsigned deps_owner_column(const struct work *work, const struct limbeck_object *sequence)
{
	struct object_name name = { .kind = LIMBECK_KIND_COLUMN,
		.schema = limbeck_object_schema(sequence) };

	if (limbeck_object_kind(sequence) != LIMBECK_KIND_SEQUENCE ||
		limbeck_object_count(sequence, LIMBECK_ATTR_OWNED_BY) != 2)
		return NONE;
	name.table = limbeck_object_item(sequence, LIMBECK_ATTR_OWNED_BY, 0);
	name.name = limbeck_object_item(sequence, LIMBECK_ATTR_OWNED_BY, 1);
	return deps_resolve(work, object_catalog(sequence), &name);
}

bool deps_names_columns(struct work *work, const struct limbeck_object *object,
	const struct limbeck_object *table)
{
	unsigned on = pair_of(work, table);
	struct object_name name;

	for (size_t i = 0; object_dependency(object, i, &name); i++) {
		struct object_name of = { .kind = LIMBECK_KIND_TABLE, .schema = name.schema,
			.name = name.table };

		if (name.kind == LIMBECK_KIND_COLUMN &&
			deps_resolve(work, object_catalog(object), &of) == on)
			return true;
	}
	return false;
}

static bool collect(struct work *work, unsigned on, unsigned self)
{
	return on == NONE || on == self || vec_push(&work->list, on);
}

/* A table as INHERITS names it: alone, or behind its schema. */
static unsigned resolve_qualified(const struct work *work, const struct limbeck_object *object,
	const char *text)
{
	const char *point = strchr(text, '.');
	struct object_name name = { .kind = LIMBECK_KIND_TABLE, .name = text };
	unsigned found = deps_resolve(work, object_catalog(object), &name);
	struct strbuf schema = STRBUF_INIT;

	if (found != NONE || !point)
		return found;
	strbuf_add(&schema, text, (size_t)(point - text));
	name.schema = schema.buf;
	name.name = point + 1;
	found = deps_resolve(work, object_catalog(object), &name);
	strbuf_release(&schema);
	return found;
}

bool deps_collect(struct work *work, const struct limbeck_object *object)
{
	unsigned self = pair_of(work, object);
	struct object_name name;

	for (size_t i = 0; object_dependency(object, i, &name); i++)
		if (!collect(work, deps_resolve(work, object_catalog(object), &name), self))
			return false;
	for (size_t i = 0; i < limbeck_object_count(object, LIMBECK_ATTR_INHERITS); i++)
		if (!collect(work, resolve_qualified(work, object,
				limbeck_object_item(object, LIMBECK_ATTR_INHERITS, i)), self))
			return false;
	if (limbeck_object_kind(object) != LIMBECK_KIND_FOREIGN_KEY)
		return true;
	name = (struct object_name) { .kind = LIMBECK_KIND_TABLE,
		.schema = limbeck_object_get(object, LIMBECK_ATTR_REF_SCHEMA),
		.name = limbeck_object_get(object, LIMBECK_ATTR_REF_TABLE) };
	return !name.name ||
		collect(work, deps_resolve(work, object_catalog(object), &name), self);
}

/* Who depends on what in the catalog between, as edges for the time being. */
static bool list_pairs(struct work *work, struct edge **out, size_t *count)
{
	VEC(struct edge) all = VEC_INIT;

	for (unsigned i = 0; i < work->pairs.count; i++) {
		const struct limbeck_object *object = work->pairs.items[i].before;

		work->list.count = 0;
		if (!object)
			continue;
		if (!deps_collect(work, object))
			goto out;
		for (size_t k = 0; k < work->list.count; k++) {
			struct edge edge = { work->list.items[k], i, STRENGTH_HARD };

			if (!vec_push(&all, edge))
				goto out;
		}
	}
	*out = all.items;
	*count = all.count;
	return true;
out:
	vec_release(&all);
	return false;
}

bool deps_invert(struct work *work)
{
	struct dependents *dependents = &work->dependents;
	size_t pairs = work->pairs.count, count;
	struct edge *all;

	if (!list_pairs(work, &all, &count))
		return false;
	dependents->starts = arena_array(&work->scratch, pairs + 2, sizeof *dependents->starts);
	dependents->items = arena_array(&work->scratch, count + 1, sizeof *dependents->items);
	if (!dependents->starts || !dependents->items) {
		mem_free(all);
		return false;
	}
	/* Each start is counted two places ahead, then moves to its own while the
	 * items are filled in. */
	for (size_t i = 0; i < count; i++)
		dependents->starts[all[i].from + 2]++;
	for (size_t i = 2; i < pairs + 2; i++)
		dependents->starts[i] += dependents->starts[i - 1];
	for (size_t i = 0; i < count; i++)
		dependents->items[dependents->starts[all[i].from + 1]++] = all[i].to;
	mem_free(all);
	return true;
}
