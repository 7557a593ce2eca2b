/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the revisions have made of the engine, as far as they tell, meets what is there.
 * Where both have an object, the words are those of the revisions, since these are what a
 * script without a connection says as well; what only the database has is kept, and what it
 * has lost is gone. A column of another type than it should have is as it is.
 */
#include <string.h>

#include "base/error.h"
#include "translate/translator_int.h"

static const enum limbeck_attribute as_found[] = { LIMBECK_ATTR_COMMENT, LIMBECK_ATTR_OPTIONS,
	LIMBECK_ATTR_COLLATION, LIMBECK_ATTR_CHARSET, LIMBECK_ATTR_STORAGE, LIMBECK_ATTR_STRICT,
	LIMBECK_ATTR_WITHOUT_ROWID, LIMBECK_ATTR_BACKING_INDEX };

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_other_type(const struct limbeck_object *told, const struct limbeck_object *live)
{
	const char *a = limbeck_object_get(told, LIMBECK_ATTR_MEANING);
	const char *b = limbeck_object_get(live, LIMBECK_ATTR_MEANING);

	return a && b && strcmp(a, b) != 0 && !object_same(told, live, LIMBECK_ATTR_TYPE);
}

/* Attributes that nothing in the revisions speaks of. */
static void take_unsaid(struct limbeck_object *told, const struct limbeck_object *live)
{
	enum limbeck_kind kind = limbeck_object_kind(told);

	for (size_t i = 0; i < sizeof as_found / sizeof *as_found; i++)
		if (!limbeck_object_count(told, as_found[i])
			&& limbeck_object_count(live, as_found[i]))
			object_copy_attribute(told, live, as_found[i]);
	if (kind != LIMBECK_KIND_COLUMN)
		return;
	if (is_other_type(told, live)) {
		object_copy_attribute(told, live, LIMBECK_ATTR_TYPE);
		object_copy_attribute(told, live, LIMBECK_ATTR_MEANING);
	}
	if (!same(limbeck_object_get(told, LIMBECK_ATTR_NOT_NULL),
			limbeck_object_get(live, LIMBECK_ATTR_NOT_NULL)))
		object_copy_attribute(told, live, LIMBECK_ATTR_NOT_NULL);
	if (!limbeck_object_get(told, LIMBECK_ATTR_DEFAULT)
		!= !limbeck_object_get(live, LIMBECK_ATTR_DEFAULT))
		object_copy_attribute(told, live, LIMBECK_ATTR_DEFAULT);
}

/* The part that holds the same columns, where the engine does not know the name. */
static struct limbeck_object *find_like(struct limbeck_catalog *told,
	const struct limbeck_object *live)
{
	enum limbeck_kind kind = limbeck_object_kind(live);
	struct limbeck_object *part = NULL;

	if (!object_is_part(live) || kind == LIMBECK_KIND_COLUMN || kind == LIMBECK_KIND_TRIGGER)
		return NULL;
	while ((part = catalog_next(told, kind, limbeck_object_schema(live),
			limbeck_object_table(live), part)))
		if (object_differs(part, live, LIMBECK_ATTR_NONE) == LIMBECK_ATTR_NONE
			|| kind == LIMBECK_KIND_PRIMARY_KEY)
			return part;
	return NULL;
}

static struct limbeck_object *find(struct limbeck_catalog *catalog,
	const struct limbeck_object *other)
{
	struct object_name name;
	struct limbeck_object *found;

	object_name_of(other, &name);
	found = limbeck_object_get(other, LIMBECK_ATTR_UNNAMED) ? NULL : catalog_find(catalog, &name);
	return found ? found : find_like(catalog, other);
}

static void take_live(struct limbeck_catalog *told, const struct limbeck_catalog *live)
{
	const struct limbeck_object *object = NULL;

	while ((object = catalog_next(live, LIMBECK_KIND_NONE, NULL, NULL, object))) {
		struct limbeck_object *there = find(told, object);

		if (there)
			take_unsaid(there, object);
		else
			(void)catalog_copy(told, object, false, NULL);
	}
}

static void drop_lost(struct limbeck_catalog *told, struct limbeck_catalog *live)
{
	struct limbeck_object *object = catalog_next(told, LIMBECK_KIND_NONE, NULL, NULL, NULL);

	while (object) {
		struct limbeck_object *next = catalog_next(told, LIMBECK_KIND_NONE, NULL, NULL, object);

		/* With a relation go its parts, which may come next. */
		if (!find(live, object)) {
			catalog_remove(told, object);
			if (!object_is_part(object))
				next = catalog_next(told, LIMBECK_KIND_NONE, NULL, NULL, NULL);
		}
		object = next;
	}
}

int translator_meet(struct translator *translator, struct limbeck_error *err)
{
	struct limbeck_catalog *live = translator->options.target;

	if (!live)
		return 0;
	drop_lost(translator->target, live);
	take_live(translator->target, live);
	if (catalog_failed(translator->target)
		|| !hangs_note_all(translator->dependents, translator->target))
		return error_nomem(err);
	catalog_free(live);
	translator->options.target = NULL;
	return 0;
}
