/* SPDX-License-Identifier: BSD-2-Clause */
/* The steps of sequences that belong to columns which come or go. */
#include "diff/diff_int.h"

/* Whether something that stays asks the sequence, and lets go of it first. */
static bool is_asked(const struct work *work, unsigned index)
{
	const struct dependents *dependents = &work->dependents;

	for (unsigned i = dependents->starts[index]; i < dependents->starts[index + 1]; i++)
		if (!pair_goes(work, &work->pairs.items[dependents->items[i]]))
			return true;
	return false;
}

static bool owner_goes(const struct work *work, const struct pair *sequence)
{
	unsigned column = sequence->before ? deps_owner_column(work, sequence->before) : NONE;

	return column != NONE && pair_goes(work, &work->pairs.items[column]);
}

bool sequence_goes_along(const struct work *work, unsigned index)
{
	const struct pair *pair = &work->pairs.items[index];

	return pair_kind(pair) == LIMBECK_KIND_SEQUENCE && owner_goes(work, pair) &&
		!is_asked(work, index);
}

/* Belongs to no column for a while, or from now on. */
static bool leave(struct work *work, unsigned index)
{
	struct pair *pair = &work->pairs.items[index];
	const struct limbeck_object *picture = step_picture(work, pair->before,
		LIMBECK_ATTR_OWNED_BY);

	pair->lead = node_add(work, index, LIMBECK_ALTER, PHASE_BASE, RANK_TABLE);
	if (!picture || pair->lead == NONE)
		return false;
	work->nodes.items[pair->lead].change.after = picture;
	work->nodes.items[pair->lead].change.flags = LIMBECK_CHANGE_AGAIN;
	if (pair->drop != NONE)
		work->nodes.items[pair->drop].change.before = picture;
	else
		work->nodes.items[pair->alter].change.before = picture;
	return true;
}

/* Gets its column when that is there. */
static bool own_later(struct work *work, unsigned index)
{
	struct pair *pair = &work->pairs.items[index];
	const struct limbeck_object *picture = step_picture(work, pair->after,
		LIMBECK_ATTR_OWNED_BY);

	pair->alter = node_add(work, index, LIMBECK_ALTER, PHASE_KEYS, RANK_TABLE);
	if (!picture || pair->alter == NONE)
		return false;
	work->nodes.items[pair->create].change.after = picture;
	work->nodes.items[pair->alter].change.before = picture;
	return true;
}

/* One that stays, or is dropped for itself, leaves a column that goes. */
static bool leave_owner(struct work *work, unsigned index)
{
	struct pair *pair = &work->pairs.items[index];

	if (pair->drop == NONE && !limbeck_object_count(pair->after, LIMBECK_ATTR_OWNED_BY))
		return true;
	if (pair->drop == NONE && pair->alter == NONE) {
		pair->alter = node_add(work, index, LIMBECK_ALTER, PHASE_KEYS, RANK_TABLE);
		if (pair->alter == NONE)
			return false;
		work->nodes.items[pair->alter].change.flags = node_again(work, pair);
	}
	return leave(work, index);
}

bool sequence_nodes(struct work *work, unsigned index)
{
	const struct pair *pair = &work->pairs.items[index];
	unsigned column = pair->after ? deps_owner_column(work, pair->after) : NONE;

	if (pair->create != NONE && column != NONE &&
		pair_comes(work, &work->pairs.items[column]) && !own_later(work, index))
		return false;
	if (!owner_goes(work, pair) ||
		(pair_goes(work, pair) && sequence_goes_along(work, index)))
		return true;
	return leave_owner(work, index);
}
