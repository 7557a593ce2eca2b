/* SPDX-License-Identifier: BSD-2-Clause */
/* What a statement has touched. */
#include <string.h>

#include "translate/home_int.h"

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : !a && !b;
}

int home_touch(struct performer *p, enum limbeck_kind kind, const char *schema,
	const char *name)
{
	struct object_name full = { .kind = kind };

	for (size_t i = 0; i < p->effect->touched.count; i++) {
		const struct object_name *old = &p->effect->touched.items[i];

		if (old->kind == kind && same(old->schema, schema) && same(old->name, name))
			return 0;
	}
	full.schema = schema ? arena_strdup(p->arena, schema) : NULL;
	full.name = arena_strdup(p->arena, name);
	if ((schema && !full.schema) || !full.name
		|| !vec_push_arena(&p->effect->touched, full, p->arena))
		return home_nomem(p);
	return 0;
}

/* A part's table, or domain. */
int home_touch_object(struct performer *p, const struct limbeck_object *object)
{
	const char *schema = limbeck_object_schema(object), *table = limbeck_object_table(object);
	const struct limbeck_object *owner;

	if (!object_is_part(object))
		return home_touch(p, limbeck_object_kind(object), schema,
			limbeck_object_name(object));
	owner = catalog_relation(p->catalog, schema, table);
	return home_touch(p, owner ? limbeck_object_kind(owner)
		: home_find(p, LIMBECK_KIND_DOMAIN, schema, NULL, table) ? LIMBECK_KIND_DOMAIN
		: LIMBECK_KIND_TABLE, schema, table);
}

static bool same_schema(const struct performer *p, const char *a, const char *b)
{
	return a && b ? home_same(p, a, b) : !a && !b;
}

bool home_refers(const struct performer *p, const struct limbeck_object *key,
	const struct limbeck_object *table)
{
	const char *to = limbeck_object_get(key, LIMBECK_ATTR_REF_TABLE);

	return to && home_same(p, to, limbeck_object_name(table))
		&& same_schema(p, limbeck_object_get(key, LIMBECK_ATTR_REF_SCHEMA),
			limbeck_object_schema(table));
}

bool home_reads(const struct performer *p, const struct limbeck_object *view,
	const struct limbeck_object *relation)
{
	struct object_name on;

	for (size_t i = 0; object_dependency(view, i, &on); i++)
		if ((on.kind == LIMBECK_KIND_TABLE || on.kind == LIMBECK_KIND_VIEW
			|| on.kind == LIMBECK_KIND_MATERIALIZED_VIEW)
			&& home_same(p, on.name, limbeck_object_name(relation))
			&& same_schema(p, on.schema, limbeck_object_schema(relation)))
			return true;
	return false;
}

int home_touch_dependents(struct performer *p, const struct limbeck_object *relation)
{
	static const enum limbeck_kind views[] = { LIMBECK_KIND_VIEW,
		LIMBECK_KIND_MATERIALIZED_VIEW };
	struct limbeck_object *object = NULL;

	while ((object = catalog_next(p->catalog, LIMBECK_KIND_FOREIGN_KEY, NULL, NULL, object)))
		if (home_refers(p, object, relation) && home_touch_object(p, object))
			return -1;
	for (size_t i = 0; i < 2; i++)
		while ((object = catalog_next(p->catalog, views[i], NULL, NULL, object)))
			if (home_reads(p, object, relation) && home_touch_object(p, object))
				return -1;
	return 0;
}

int home_work(struct performer *p, const struct home_work *work)
{
	return vec_push_arena(&p->effect->works, *work, p->arena) ? 0 : home_nomem(p);
}
