/* SPDX-License-Identifier: BSD-2-Clause */
/* Which parts of a table hold a column, and which keys a foreign key rests on. */
#include <strings.h>

#include "diff/diff_int.h"

/* As the engine compares names. */
static bool is_same(const struct limbeck_object *object, const char *a, const char *b)
{
	if (!a || !b || !catalog_rules(object_catalog(object))->texts_as_written)
		return same_name(a, b);
	return strcasecmp(a, b) == 0;
}

bool list_has(const struct limbeck_object *object, enum limbeck_attribute list, const char *name)
{
	for (size_t i = 0; i < limbeck_object_count(object, list); i++)
		if (is_same(object, limbeck_object_item(object, list, i), name))
			return true;
	return false;
}

static bool mentions(const struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *name)
{
	const struct limbeck_lexis *lexis = catalog_rules(object_catalog(object))->lexis;

	for (size_t i = 0; i < limbeck_object_count(object, attribute); i++)
		if (text_mentions(lexis, limbeck_object_item(object, attribute, i), name))
			return true;
	return false;
}

bool part_holds(const struct limbeck_object *part, const char *column)
{
	return list_has(part, LIMBECK_ATTR_COLUMNS, column) ||
		list_has(part, LIMBECK_ATTR_INCLUDE, column) ||
		mentions(part, LIMBECK_ATTR_EXPRESSION, column) ||
		mentions(part, LIMBECK_ATTR_PREDICATE, column) ||
		mentions(part, LIMBECK_ATTR_PARTS, column);
}

bool part_mentions(const struct limbeck_object *part, const char *column)
{
	return mentions(part, LIMBECK_ATTR_DEFINITION, column) ||
		mentions(part, LIMBECK_ATTR_GENERATED, column);
}

static const struct limbeck_object *primary_key(const struct limbeck_object *foreign)
{
	const char *schema = limbeck_object_get(foreign, LIMBECK_ATTR_REF_SCHEMA);
	const char *table = limbeck_object_get(foreign, LIMBECK_ATTR_REF_TABLE);

	return catalog_next(object_catalog(foreign), LIMBECK_KIND_PRIMARY_KEY, schema, table, NULL);
}

/* Whether a foreign key that names no columns, which is to say the primary key's,
 * or names those of the key in any order, can rest on it. */
bool key_serves(const struct work *work, const struct limbeck_object *key,
	const struct limbeck_object *foreign)
{
	size_t count = limbeck_object_count(foreign, LIMBECK_ATTR_REF_COLUMNS);
	enum limbeck_kind kind = limbeck_object_kind(key);

	if (work->bound_keys && index_serves(key, foreign, LIMBECK_ATTR_REF_COLUMNS))
		return true;
	if (kind == LIMBECK_KIND_INDEX && (!limbeck_object_get(key, LIMBECK_ATTR_UNIQUE) ||
			limbeck_object_get(key, LIMBECK_ATTR_PREDICATE)))
		return false;
	if (!count)
		return kind == LIMBECK_KIND_PRIMARY_KEY;
	if (count != limbeck_object_count(key, LIMBECK_ATTR_COLUMNS))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!list_has(key, LIMBECK_ATTR_COLUMNS,
				limbeck_object_item(foreign, LIMBECK_ATTR_REF_COLUMNS, i)))
			return false;
	return true;
}

bool index_serves(const struct limbeck_object *index, const struct limbeck_object *foreign,
	enum limbeck_attribute list)
{
	const struct limbeck_object *of = foreign;
	size_t count = limbeck_object_count(foreign, list);

	if (!count && list == LIMBECK_ATTR_REF_COLUMNS && (of = primary_key(foreign))) {
		list = LIMBECK_ATTR_COLUMNS;
		count = limbeck_object_count(of, list);
	}
	for (size_t i = 0; i < count; i++)
		if (!is_same(of, limbeck_object_item(of, list, i),
				limbeck_object_item(index, LIMBECK_ATTR_COLUMNS, i)))
			return false;
	return count > 0;
}
