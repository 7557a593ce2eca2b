/* SPDX-License-Identifier: BSD-2-Clause */
/* What each pair needs, taken for itself: nothing, a change, or a replacement. */
#include "diff/diff_int.h"

bool pair_goes(const struct work *work, const struct pair *pair)
{
	return pair->before && ((pair->flags & PAIR_DROP) ||
		(pair->owner != NONE && (work->pairs.items[pair->owner].flags & PAIR_DROP)));
}

bool pair_comes(const struct work *work, const struct pair *pair)
{
	return pair->after && ((pair->flags & PAIR_CREATE) ||
		(pair->owner != NONE && (work->pairs.items[pair->owner].flags & PAIR_CREATE)));
}

static bool comment_alone(const struct limbeck_object *before, const struct limbeck_object *after)
{
	return object_differs(before, after, LIMBECK_ATTR_NONE) == LIMBECK_ATTR_COMMENT &&
		object_differs(before, after, LIMBECK_ATTR_COMMENT) == LIMBECK_ATTR_NONE;
}

bool must_replace(const struct work *work, const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	if (comment_alone(before, after))
		return false;
	return !work->options->alterable || !work->options->alterable(before, after);
}

/* How a generated column is computed is never altered: it is made anew. It can
 * become an ordinary one if its values are stored. */
static bool regenerated(const struct limbeck_object *before, const struct limbeck_object *after)
{
	const char *kind = limbeck_object_get(before, LIMBECK_ATTR_GENERATED_KIND);

	if (limbeck_object_get(after, LIMBECK_ATTR_GENERATED))
		return !object_same(before, after, LIMBECK_ATTR_GENERATED) ||
			!object_same(before, after, LIMBECK_ATTR_GENERATED_KIND);
	return same_name(kind, "virtual");
}

static unsigned decide_column(const struct work *work, const struct pair *pair)
{
	const struct limbeck_object *before = pair->before, *after = pair->after;

	if (!work->together && regenerated(before, after))
		return PAIR_DROP | PAIR_CREATE;
	if (!object_same(before, after, LIMBECK_ATTR_TYPE) ||
		!object_same(before, after, LIMBECK_ATTR_COLLATION) ||
		!object_same(before, after, LIMBECK_ATTR_CHARSET))
		return PAIR_ALTER | PAIR_RETYPED;
	return PAIR_ALTER;
}

static unsigned decide_rename(const struct work *work, const struct pair *pair)
{
	enum limbeck_capability needed = pair_kind(pair) == LIMBECK_KIND_INDEX
		? LIMBECK_CAP_RENAME_INDEX : LIMBECK_CAP_RENAME_CONSTRAINT;
	const char *name = limbeck_object_name(pair->before);

	/* A part without any name is numbered by the catalog. */
	if (work->options->traits->can[needed] && *name != '#' &&
		!limbeck_object_get(pair->after, LIMBECK_ATTR_UNNAMED))
		return PAIR_RENAME;
	return PAIR_DROP | PAIR_CREATE;
}

static unsigned decide(const struct work *work, const struct pair *pair)
{
	enum limbeck_kind kind = pair_kind(pair);

	if (!pair->before)
		return PAIR_CREATE;
	if (!pair->after)
		return PAIR_DROP;
	if (pair->flags & PAIR_RENAME)
		return decide_rename(work, pair);
	if (!objects_differ(pair->before, pair->after))
		return 0;
	if (kind == LIMBECK_KIND_COLUMN)
		return PAIR_DIFFERS | decide_column(work, pair);
	if (kind != LIMBECK_KIND_TABLE && must_replace(work, pair->before, pair->after))
		return PAIR_DIFFERS | PAIR_DROP | PAIR_CREATE;
	return PAIR_DIFFERS | PAIR_ALTER;
}

/* The pair of the table that a table is a partition or child of, if it stays so. */
static unsigned parent_of(const struct work *work, const struct pair *table)
{
	struct object_name name = { .kind = LIMBECK_KIND_TABLE };
	const struct limbeck_object *parent;

	if (!table->before || !table->after ||
		!object_same(table->before, table->after, LIMBECK_ATTR_PARTITION_OF) ||
		limbeck_object_count(table->after, LIMBECK_ATTR_PARTITION_OF) != 2)
		return NONE;
	name.schema = limbeck_object_item(table->after, LIMBECK_ATTR_PARTITION_OF, 0);
	name.name = limbeck_object_item(table->after, LIMBECK_ATTR_PARTITION_OF, 1);
	if (!*name.schema)
		name.schema = NULL;
	parent = catalog_find(work->after, &name);
	return parent ? pair_of(work, parent) : NONE;
}

/* Whether what happens to part happens to the part of this name of its table's
 * parent, from where it reaches this one by itself. */
static bool follows(const struct work *work, const struct pair *part, const struct pair *parent)
{
	const struct limbeck_object *object = pair_object(part), *above;
	struct object_name name;
	const struct pair *pair;

	object_name_of(object, &name);
	name.table = limbeck_object_name(pair_object(parent));
	name.schema = limbeck_object_schema(pair_object(parent));
	above = catalog_find(part->after ? work->after : work->between, &name);
	if (!above)
		return false;
	pair = &work->pairs.items[pair_of(work, above)];
	return ((pair->flags ^ part->flags) & (PAIR_DROP | PAIR_CREATE | PAIR_ALTER)) == 0 &&
		(!part->after || !objects_differ(part->after, pair->after));
}

static void decide_partitions(struct work *work)
{
	for (size_t i = 0; i < work->pairs.count; i++) {
		struct pair *part = &work->pairs.items[i];
		enum limbeck_kind kind = pair_kind(part);
		unsigned parent;

		if (!part->flags || part->owner == NONE ||
			(kind != LIMBECK_KIND_COLUMN && kind != LIMBECK_KIND_CHECK))
			continue;
		parent = parent_of(work, &work->pairs.items[part->owner]);
		if (parent != NONE && follows(work, part, &work->pairs.items[parent]))
			part->flags |= PAIR_FOLLOWS;
	}
}

bool decide_all(struct work *work)
{
	bool changes = false;

	for (size_t i = 0; i < work->pairs.count; i++) {
		struct pair *pair = &work->pairs.items[i];

		pair->flags = decide(work, pair);
		changes |= pair->flags != 0;
	}
	if (changes)
		decide_partitions(work);
	return changes;
}
