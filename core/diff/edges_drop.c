/* SPDX-License-Identifier: BSD-2-Clause */
/* What must be away before an object goes or a column is retyped. */
#include "diff/diff_int.h"

static bool depends_after(struct work *work, const struct pair *pair, unsigned on)
{
	work->list.count = 0;
	if (!deps_collect(work, pair->after))
		return true;
	for (size_t i = 0; i < work->list.count; i++)
		if (work->list.items[i] == on)
			return true;
	return false;
}

/* What an engine keeps as a text is bound to nothing. */
static enum strength strength_of(const struct work *work, const struct pair *dependent)
{
	switch (pair_kind(dependent)) {
	case LIMBECK_KIND_FUNCTION:
		return STRENGTH_WEAK;
	case LIMBECK_KIND_VIEW:
	case LIMBECK_KIND_MATERIALIZED_VIEW:
	case LIMBECK_KIND_TRIGGER:
	case LIMBECK_KIND_OTHER:
		return work->bound_views ? STRENGTH_HARD : STRENGTH_WEAK;
	default:
		return STRENGTH_HARD;
	}
}

/* A dependent that goes too goes first. Tables of which one refers to the other do
 * so if they can, but the key can also go alone. */
static bool goes_first(struct work *work, unsigned dependent, unsigned on, unsigned gone)
{
	const struct pair *pair = &work->pairs.items[dependent];
	const struct pair *owner = pair->owner == NONE ? NULL : &work->pairs.items[pair->owner];
	bool key = pair_kind(pair) == LIMBECK_KIND_FOREIGN_KEY;

	if (key && owner && owner->drop != NONE && pair_kind(&work->pairs.items[on]) ==
			LIMBECK_KIND_TABLE &&
		!edge_add(work, owner->drop, gone, STRENGTH_SOFT))
		return false;
	if (key && work->together && pair->drop == NONE)
		return true;
	return edge_add(work, node_gone(work, dependent), gone, strength_of(work, pair));
}

/* A dependent that stays lets go first, if it does. */
static bool lets_go(struct work *work, unsigned dependent, unsigned on, unsigned gone)
{
	const struct pair *pair = &work->pairs.items[dependent];
	enum limbeck_kind kind = pair_kind(&work->pairs.items[on]);

	if ((pair->flags & PAIR_LEAD) &&
		(kind == LIMBECK_KIND_FUNCTION || kind == LIMBECK_KIND_SEQUENCE))
		return edge_add(work, pair->lead, gone, STRENGTH_HARD);
	return pair->alter == NONE || depends_after(work, pair, on) ||
		edge_add(work, pair->alter, gone, strength_of(work, pair));
}

static bool before_goes(struct work *work, unsigned on, unsigned gone)
{
	const struct dependents *dependents = &work->dependents;

	for (unsigned i = dependents->starts[on]; i < dependents->starts[on + 1]; i++) {
		unsigned by = dependents->items[i];
		const struct pair *pair = &work->pairs.items[by];

		if (pair->owner == on && pair->drop == NONE)
			continue;
		if (!(pair_goes(work, pair) ? goes_first(work, by, on, gone)
				: lets_go(work, by, on, gone)))
			return false;
	}
	return true;
}

static bool holders_first(struct work *work, unsigned index, unsigned node, bool goes)
{
	work->list.count = 0;
	if (!hold_collect(work, index, goes))
		return false;
	for (size_t i = 0; i < work->list.count; i++) {
		const struct pair *pair = &work->pairs.items[work->list.items[i]];

		if (!edge_add(work, pair->drop, node, strength_of(work, pair)))
			return false;
	}
	return true;
}

/* What reads a table, and does not say which columns, goes before they change. */
static bool clear_table(struct work *work, unsigned table)
{
	const struct dependents *dependents = &work->dependents;

	for (unsigned i = dependents->starts[table]; i < dependents->starts[table + 1]; i++) {
		const struct pair *pair = &work->pairs.items[dependents->items[i]];
		enum limbeck_kind kind = pair_kind(pair);

		if ((kind == LIMBECK_KIND_VIEW || kind == LIMBECK_KIND_MATERIALIZED_VIEW ||
			    kind == LIMBECK_KIND_TRIGGER || kind == LIMBECK_KIND_OTHER) &&
			!deps_names_columns(work, pair->before, work->pairs.items[table].before) &&
			!edge_add(work, pair->drop, work->pairs.items[table].cleared,
				strength_of(work, pair)))
			return false;
	}
	return true;
}

/* A sequence that stays leaves the column that goes. */
static bool sequence_leaves(struct work *work, const struct pair *sequence)
{
	unsigned leave = sequence->lead != NONE ? sequence->lead : sequence->alter;
	unsigned column = leave == NONE || !sequence->before ? NONE
		: deps_owner_column(work, sequence->before);

	return column == NONE || edge_add(work, leave, node_gone(work, column), STRENGTH_HARD);
}

bool edges_before_drops(struct work *work)
{
	for (unsigned i = 0; i < work->pairs.count; i++) {
		const struct pair *pair = &work->pairs.items[i];
		unsigned gone = pair_goes(work, pair) ? node_gone(work, i) : NONE;

		if (!pair->before || (pair->flags & PAIR_FOLLOWS))
			continue;
		if (gone != NONE &&
			(!before_goes(work, i, gone) || !holders_first(work, i, gone, true)))
			return false;
		if ((pair->flags & PAIR_RETYPED) && pair->alter != NONE &&
			!holders_first(work, i, pair->alter, false))
			return false;
		if (pair->cleared != NONE && !clear_table(work, i))
			return false;
		if (pair_kind(pair) == LIMBECK_KIND_SEQUENCE && !sequence_leaves(work, pair))
			return false;
	}
	return true;
}
