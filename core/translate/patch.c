/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What differs between two maps, done to what the engine has: only the attributes in
 * which the maps differ are touched, so that what is there beside them is kept.
 */
#include <string.h>

#include "base/error.h"
#include "translate/translator_int.h"

static int not_there(const struct limbeck_object *object, struct limbeck_error *err)
{
	struct strbuf shown = STRBUF_INIT;

	object_shown(&shown, object);
	error_set(err, LIMBECK_E_STATE, "%s %s is not in the database, where the revisions that are "
		"applied have put it", limbeck_kind_name(limbeck_object_kind(object)), shown.buf);
	error_hint(err, "`limbeck check --against-migrations` shows what else differs.");
	strbuf_release(&shown);
	return -1;
}

static int apply(struct limbeck_catalog *catalog, int verb, const struct limbeck_object *before,
	const struct limbeck_object *after, struct limbeck_error *err)
{
	const struct limbeck_change change = { .size = sizeof change, .verb = verb,
		.before = before, .after = after };

	return catalog_apply(catalog, &change, err);
}

static int rename_one(const struct patch *patch, const struct diff_rename *rename,
	struct limbeck_error *err)
{
	const struct object_name from = { .kind = rename->kind, .schema = rename->schema,
		.table = rename->table, .name = rename->from }, to = { .name = rename->to };
	struct limbeck_catalog *was = catalog_new(catalog_rules(patch->target));
	struct limbeck_catalog *became = catalog_new(catalog_rules(patch->target));
	const struct limbeck_object *before = catalog_find(patch->before, &from), *after;
	int result = 0;

	/* What the engine does not have has no other name there. */
	if (!was || !became)
		result = error_nomem(err);
	if (result == 0 && before) {
		before = catalog_copy(was, before, false, NULL);
		after = before ? catalog_copy(became, before, false, &to) : NULL;
		if (!after)
			result = error_nomem(err);
		else if (!catalog_find(patch->target, &from))
			result = not_there(before, err);
		else if (apply(patch->before, LIMBECK_RENAME, before, after, err) < 0
			|| apply(patch->target, LIMBECK_RENAME, before, after, err) < 0)
			result = -1;
	}
	catalog_free(was);
	catalog_free(became);
	return result;
}

/* A part under another name that holds the same. */
static struct limbeck_object *find_alike(struct limbeck_catalog *target,
	const struct limbeck_object *wanted)
{
	const enum limbeck_kind kind = limbeck_object_kind(wanted);
	struct limbeck_object *part = NULL;

	if (!object_is_part(wanted) || kind == LIMBECK_KIND_COLUMN)
		return NULL;
	while ((part = catalog_next(target, kind, limbeck_object_schema(wanted),
			limbeck_object_table(wanted), part)))
		if (object_differs(part, wanted, LIMBECK_ATTR_NONE) == LIMBECK_ATTR_NONE)
			return part;
	return NULL;
}

static struct limbeck_object *find(struct limbeck_catalog *target,
	const struct limbeck_object *wanted)
{
	struct limbeck_object *found;
	struct object_name name;

	object_name_of(wanted, &name);
	found = catalog_find(target, &name);
	return found ? found : find_alike(target, wanted);
}

static bool is_main(enum limbeck_kind kind)
{
	return kind == LIMBECK_KIND_TABLE || kind == LIMBECK_KIND_COLUMN;
}

static int change(const struct patch *patch, const struct limbeck_object *before,
	const struct limbeck_object *after, struct limbeck_error *err)
{
	enum limbeck_attribute attribute = object_differs(before, after, LIMBECK_ATTR_NONE);
	struct limbeck_object *object;

	if (attribute == LIMBECK_ATTR_NONE)
		return 0;
	object = find(patch->target, before);
	if (!object && is_main(limbeck_object_kind(before)))
		return not_there(before, err);
	if (!object)
		return catalog_copy(patch->target, after, false, NULL) ? 0 : error_nomem(err);
	for (; attribute != LIMBECK_ATTR_NONE; attribute = object_differs(before, after, attribute)) {
		object_copy_attribute(object, after, attribute);
		if (attribute == LIMBECK_ATTR_TYPE)
			object_copy_attribute(object, after, LIMBECK_ATTR_MEANING);
	}
	return 0;
}

static int create(const struct patch *patch, const struct limbeck_object *after,
	struct limbeck_error *err)
{
	struct object_name name;
	struct limbeck_object *there;

	object_name_of(after, &name);
	there = catalog_find(patch->target, &name);
	if (!there)
		return catalog_copy(patch->target, after, false, NULL) ? 0 : error_nomem(err);
	for (int attribute = 1; attribute < LIMBECK_ATTR_COUNT; attribute++)
		if (limbeck_object_count(after, (enum limbeck_attribute)attribute))
			object_copy_attribute(there, after, (enum limbeck_attribute)attribute);
	return 0;
}

static int go_over(const struct patch *patch, const struct limbeck_object *after,
	struct limbeck_error *err)
{
	const struct limbeck_object *before;
	struct object_name name;

	object_name_of(after, &name);
	before = catalog_find(patch->before, &name);
	return before ? change(patch, before, after, err) : create(patch, after, err);
}

/* Whether the relation that the object belongs to goes as well. */
static bool goes_along(const struct patch *patch, const struct object_name *name)
{
	return name->table && !catalog_relation(patch->after, name->schema, name->table);
}

static int drop(const struct patch *patch, const struct limbeck_object *before,
	struct limbeck_error *err)
{
	struct object_name name;
	struct limbeck_object *object;

	object_name_of(before, &name);
	if (catalog_find(patch->after, &name) || goes_along(patch, &name))
		return 0;
	object = find(patch->target, before);
	return object ? apply(patch->target, LIMBECK_DROP, object, NULL, err) : 0;
}

/* Parts that are dropped and made again under one name are one that changed. */
int patch_apply(const struct patch *patch, struct limbeck_error *err)
{
	const struct limbeck_object *object = NULL;

	for (int columns = 0; columns < 2; columns++)
		for (size_t i = 0; i < patch->rename_count; i++)
			if ((patch->renames[i].kind != LIMBECK_KIND_TABLE) == columns
				&& rename_one(patch, &patch->renames[i], err) < 0)
				return -1;
	while ((object = catalog_next(patch->before, LIMBECK_KIND_NONE, NULL, NULL, object)))
		if (drop(patch, object, err) < 0)
			return -1;
	while ((object = catalog_next(patch->after, LIMBECK_KIND_NONE, NULL, NULL, object)))
		if (go_over(patch, object, err) < 0)
			return -1;
	return catalog_failed(patch->target) ? error_nomem(err) : 0;
}
