/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a change can reach: the relations that it is about, whole; tables whose foreign
 * keys lead to them and tables that theirs lead to; views and triggers that read them, and
 * the views that read those.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "translate/translator_int.h"

static const enum limbeck_kind relations[] = { LIMBECK_KIND_TABLE, LIMBECK_KIND_VIEW,
	LIMBECK_KIND_MATERIALIZED_VIEW };
enum { RELATIONS = sizeof relations / sizeof *relations };

static int by_name(const void *a, const void *b)
{
	const struct limbeck_object *const *x = a, *const *y = b;

	return strcmp(limbeck_object_name(*x), limbeck_object_name(*y));
}

typedef VEC(const struct limbeck_object *) objects;

static bool copy_parts(struct limbeck_catalog *to, const struct limbeck_object *object,
	enum limbeck_kind kind)
{
	const struct limbeck_catalog *from = object_catalog(object);
	const char *schema = limbeck_object_schema(object), *name = limbeck_object_name(object);
	const struct limbeck_object *part = NULL;
	objects parts = VEC_INIT;
	bool fine = true;

	while (fine && (part = catalog_next(from, kind, schema, name, part)))
		fine = vec_push(&parts, part);
	/* Those without a name stay in their order, by their numbers. */
	if (fine && parts.count > 1 && kind != LIMBECK_KIND_COLUMN)
		qsort(parts.items, parts.count, sizeof *parts.items, by_name);
	for (size_t i = 0; fine && i < parts.count; i++)
		fine = catalog_copy(to, parts.items[i], false, NULL) != NULL;
	vec_release(&parts);
	return fine;
}

bool subset_copy(struct limbeck_catalog *to, const struct limbeck_object *object)
{
	bool fine = catalog_copy(to, object, false, NULL) != NULL;

	for (int kind = LIMBECK_KIND_COLUMN; fine && kind < LIMBECK_KIND_COUNT; kind++)
		fine = copy_parts(to, object, (enum limbeck_kind)kind);
	return fine;
}

struct subset {
	struct translator *translator;
	const struct limbeck_catalog *target;
	struct limbeck_catalog *to;
	objects queue;             /* copied; those that hang on them are still to be found */
	bool failed;
};

static void add(struct subset *subset, const struct limbeck_object *object, bool deep)
{
	struct object_name name;

	if (!object || subset->failed)
		return;
	object_name_of(object, &name);
	if (!catalog_find(subset->to, &name) && !subset_copy(subset->to, object))
		subset->failed = true;
	for (size_t i = 0; deep && i < subset->queue.count; i++)
		if (subset->queue.items[i] == object)
			return;
	if (deep && !vec_push(&subset->queue, object))
		subset->failed = true;
}

static void add_other(struct subset *subset, const struct object_name *on)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_SCHEMA, LIMBECK_KIND_ENUM,
		LIMBECK_KIND_DOMAIN, LIMBECK_KIND_TYPE, LIMBECK_KIND_SEQUENCE,
		LIMBECK_KIND_FUNCTION };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (on->kind == kinds[i])
			add(subset, catalog_find(subset->target, on), false);
}

/* What an object holds on to. */
static void add_held(struct subset *subset, const struct limbeck_object *object)
{
	const char *table = limbeck_object_get(object, LIMBECK_ATTR_REF_TABLE);
	struct object_name on;

	if (table)
		add(subset, catalog_relation(subset->target,
			limbeck_object_get(object, LIMBECK_ATTR_REF_SCHEMA), table), false);
	for (size_t i = 0; object_dependency(object, i, &on); i++)
		add_other(subset, &on);
}

static void add_all_held(struct subset *subset, const struct limbeck_object *relation)
{
	const struct limbeck_catalog *of = object_catalog(relation);
	const struct limbeck_object *part = NULL;

	add_held(subset, relation);
	while ((part = catalog_next(of, LIMBECK_KIND_NONE, limbeck_object_schema(relation),
			limbeck_object_name(relation), part)))
		add_held(subset, part);
}

/* A view goes with what it reads, and takes along what reads it. */
static void add_hanging(struct subset *subset, const struct limbeck_object *relation)
{
	size_t count;
	const struct hanging *on = hangs_on(subset->translator->dependents,
		limbeck_object_name(relation), &count);

	for (size_t i = 0; i < count; i++) {
		const struct limbeck_object *found = catalog_relation(subset->target, on[i].schema,
			on[i].name);

		add(subset, found, found && limbeck_object_kind(found) != LIMBECK_KIND_TABLE);
	}
}

/* What stands in one of the maps and is in the target. */
static void add_mapped(struct subset *subset, const struct limbeck_catalog *map)
{
	const struct limbeck_object *object = NULL;
	struct object_name name;

	for (size_t i = 0; i < RELATIONS; i++)
		while ((object = catalog_next(map, relations[i], NULL, NULL, object))) {
			add(subset, catalog_relation(subset->target, limbeck_object_schema(object),
				limbeck_object_name(object)), true);
			add_all_held(subset, object);
		}
	while ((object = catalog_next(map, LIMBECK_KIND_NONE, NULL, NULL, object))) {
		object_name_of(object, &name);
		if (!object_is_part(object))
			add_other(subset, &name);
	}
}

int subset_make(struct translator *translator, const struct limbeck_catalog *before,
	const struct limbeck_catalog *after, struct limbeck_catalog **to,
	struct limbeck_error *err)
{
	struct subset subset = { .translator = translator, .target = translator->target,
		.to = catalog_new(catalog_rules(translator->target)) };

	if (!subset.to)
		return error_nomem(err);
	add_mapped(&subset, before);
	add_mapped(&subset, after);
	for (size_t i = 0; i < subset.queue.count; i++) {
		const struct limbeck_object *relation = subset.queue.items[i];

		add_all_held(&subset, relation);
		add_hanging(&subset, relation);
	}
	vec_release(&subset.queue);
	if (subset.failed || catalog_failed(subset.to)) {
		catalog_free(subset.to);
		return error_nomem(err);
	}
	catalog_connect(subset.to);
	*to = subset.to;
	return 0;
}
