/* SPDX-License-Identifier: BSD-2-Clause */
/* The steps of columns. */
#include "diff/diff_int.h"

static bool in_primary_key(const struct work *work, const struct limbeck_object *column)
{
	const struct limbeck_object *key = catalog_next(work->after, LIMBECK_KIND_PRIMARY_KEY,
		limbeck_object_schema(column), limbeck_object_table(column), NULL);

	return key && list_has(key, LIMBECK_ATTR_COLUMNS, limbeck_object_name(column));
}

static bool needs_fill(const struct work *work, const struct limbeck_object *column)
{
	return work->options->fill && !limbeck_object_get(column, LIMBECK_ATTR_DEFAULT) &&
		!limbeck_object_get(column, LIMBECK_ATTR_GENERATED) &&
		!limbeck_object_get(column, LIMBECK_ATTR_IDENTITY) &&
		(limbeck_object_get(column, LIMBECK_ATTR_NOT_NULL) ||
			in_primary_key(work, column));
}

static bool chain(struct work *work, unsigned from, unsigned to)
{
	return from != NONE && to != NONE && edge_add(work, from, to, STRENGTH_HARD);
}

/* The column, its values, and that it has one in every row. */
static bool add_in_steps(struct work *work, unsigned index)
{
	struct pair *pair = &work->pairs.items[index];
	bool not_null = limbeck_object_get(pair->after, LIMBECK_ATTR_NOT_NULL) != NULL;
	const struct limbeck_object *picture = pair->after;
	unsigned add, fill;

	if (not_null)
		picture = step_picture(work, pair->after, LIMBECK_ATTR_NOT_NULL);
	add = node_add(work, index, LIMBECK_CREATE, PHASE_ALTER, RANK_ADD_COLUMN);
	fill = node_add(work, index, LIMBECK_FILL, PHASE_ALTER, RANK_ADD_COLUMN);
	if (!picture || !chain(work, add, fill))
		return false;
	work->nodes.items[add].change.after = picture;
	pair->create = fill;
	pair->lead = add;
	if (!not_null)
		return true;
	pair->create = node_add(work, index, LIMBECK_ALTER, PHASE_ALTER, RANK_ADD_COLUMN);
	if (!chain(work, fill, pair->create))
		return false;
	work->nodes.items[pair->create].change.before = picture;
	return true;
}

static bool add_column(struct work *work, unsigned index)
{
	struct pair *pair = &work->pairs.items[index];

	if (!pair->before && needs_fill(work, pair->after))
		return add_in_steps(work, index);
	pair->create = node_add(work, index, LIMBECK_CREATE, PHASE_ALTER, RANK_ADD_COLUMN);
	if (pair->create == NONE)
		return false;
	if (pair->flags & PAIR_AGAIN)
		work->nodes.items[pair->create].change.flags = LIMBECK_CHANGE_AGAIN;
	return true;
}

static bool drop_column(struct work *work, unsigned index)
{
	struct pair *pair = &work->pairs.items[index];
	struct node *node;

	pair->drop = node_add(work, index, LIMBECK_DROP, PHASE_ALTER,
		pair->after ? RANK_LEAD : RANK_DROP_COLUMN);
	if (pair->drop == NONE)
		return false;
	node = &work->nodes.items[pair->drop];
	if (!limbeck_object_get(pair->before, LIMBECK_ATTR_GENERATED) ||
		(pair->after && !limbeck_object_get(pair->after, LIMBECK_ATTR_GENERATED)))
		node->change.flags |= LIMBECK_CHANGE_DESTRUCTIVE;
	if (pair->flags & PAIR_AGAIN)
		node->change.flags |= LIMBECK_CHANGE_AGAIN;
	return true;
}

/* The column without its default, and what that needs. */
static const struct limbeck_object *without_default(struct work *work,
	const struct limbeck_object *column)
{
	struct object_name name;
	struct limbeck_object *copy;

	object_name_of(column, &name);
	copy = catalog_add(work->diff->pictures[PICTURES_STEPS], &name);
	for (int i = LIMBECK_ATTR_NONE + 1; copy && i < LIMBECK_ATTR_COUNT; i++)
		if (i != LIMBECK_ATTR_DEFAULT)
			object_copy_attribute(copy, column, (enum limbeck_attribute)i);
	for (size_t i = 0; copy && object_dependency(column, i, &name); i++)
		if (name.kind != LIMBECK_KIND_FUNCTION && name.kind != LIMBECK_KIND_SEQUENCE)
			object_depends(copy, &name);
	return copy;
}

/* Its default is away first, while what that calls is replaced. */
static bool lead_in(struct work *work, unsigned index)
{
	struct pair *pair = &work->pairs.items[index];
	const struct limbeck_object *picture = without_default(work, pair->before);

	pair->lead = node_add(work, index, LIMBECK_ALTER, PHASE_ALTER, RANK_LEAD);
	if (!picture || !chain(work, pair->lead, pair->alter))
		return false;
	work->nodes.items[pair->lead].change.after = picture;
	work->nodes.items[pair->lead].change.flags = LIMBECK_CHANGE_AGAIN;
	work->nodes.items[pair->alter].change.before = picture;
	return true;
}

static bool alter_column(struct work *work, unsigned index)
{
	struct pair *pair = &work->pairs.items[index];
	struct limbeck_change *change;

	pair->alter = node_add(work, index, LIMBECK_ALTER, PHASE_ALTER, RANK_ALTER_COLUMN);
	if (pair->alter == NONE)
		return false;
	change = &work->nodes.items[pair->alter].change;
	if (loses_values(pair->before, pair->after))
		change->flags |= LIMBECK_CHANGE_DESTRUCTIVE;
	if (!(pair->flags & PAIR_DIFFERS) || aside_only(work, pair->before, pair->after))
		change->flags |= LIMBECK_CHANGE_AGAIN;
	return !(pair->flags & PAIR_LEAD) || lead_in(work, index);
}

bool column_nodes(struct work *work, unsigned index)
{
	const struct pair *pair = &work->pairs.items[index];
	const struct pair *owner = pair->owner == NONE ? NULL : &work->pairs.items[pair->owner];
	bool with_table = owner && (pair_goes(work, owner) || pair_comes(work, owner));

	if (with_table)
		return true;
	if ((pair->flags & PAIR_DROP) && !drop_column(work, index))
		return false;
	if ((pair->flags & PAIR_CREATE) && !add_column(work, index))
		return false;
	if (pair->flags & PAIR_DROP && pair->flags & PAIR_CREATE)
		return chain(work, pair->drop, pair->create);
	return !(pair->flags & PAIR_ALTER) || alter_column(work, index);
}
