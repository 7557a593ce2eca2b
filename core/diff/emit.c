/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From nodes in order to changes. A constraint of a new table is a member of its
 * creation if all it needs is there by then; a foreign key of a table that goes is
 * dropped for itself only if something that it holds on to goes before the table.
 */
#include "diff/diff_int.h"

struct emission {
	struct work *work;
	unsigned *when;    /* by node: its place in the order */
	unsigned *bound;   /* by hidden node: the first or last place that matters */
};

/* For hidden nodes: the last of what they need but for their table, or the first of
 * what waits for them. */
static void bind_nodes(struct emission *emission)
{
	const struct work *work = emission->work;

	for (size_t i = 0; i < work->edges.count; i++) {
		const struct edge *edge = &work->edges.items[i];
		const struct node *from = &work->nodes.items[edge->from];
		const struct node *to = &work->nodes.items[edge->to];

		if (to->hidden && to->change.verb == LIMBECK_CREATE &&
			edge->from != work->pairs.items[to->group].create &&
			(emission->bound[edge->to] == NONE ||
				emission->bound[edge->to] < emission->when[edge->from]))
			emission->bound[edge->to] = emission->when[edge->from];
		if (from->hidden && from->change.verb == LIMBECK_DROP &&
			edge->to != work->pairs.items[from->group].drop &&
			emission->bound[edge->from] > emission->when[edge->to])
			emission->bound[edge->from] = emission->when[edge->to];
	}
}

/* Whether a hidden node needs no change of its own. */
static bool is_needless(const struct emission *emission, unsigned index)
{
	const struct work *work = emission->work;
	const struct node *node = &work->nodes.items[index];
	const struct pair *table = &work->pairs.items[node->group];
	unsigned bound = emission->bound[index];

	if (!node->hidden)
		return false;
	if (node->change.verb == LIMBECK_CREATE)
		return bound == NONE || bound < emission->when[table->create];
	return bound == NONE || bound > emission->when[table->drop];
}

static bool is_member(const struct emission *emission, const struct limbeck_object *part)
{
	const struct work *work = emission->work;
	enum limbeck_kind kind = limbeck_object_kind(part);
	const struct pair *pair;

	if (kind < LIMBECK_KIND_COLUMN || kind > LIMBECK_KIND_FOREIGN_KEY)
		return false;
	pair = &work->pairs.items[pair_of(work, part)];
	return pair->create == NONE || is_needless(emission, pair->create);
}

/* The columns, then the constraints, in the order of the catalog. */
static bool add_members(const struct emission *emission, struct limbeck_change *change)
{
	const struct limbeck_object *owner = change->after, *part = NULL;
	VEC(const struct limbeck_object *) members = VEC_INIT;

	while ((part = catalog_next(emission->work->after, LIMBECK_KIND_NONE,
			limbeck_object_schema(owner), limbeck_object_name(owner), part)))
		if (is_member(emission, part) &&
			!vec_push_arena(&members, part, emission->work->arena))
			return false;
	change->members = members.items;
	change->member_count = members.count;
	return true;
}

static bool emit(const struct emission *emission, unsigned index)
{
	struct work *work = emission->work;
	struct limbeck_change change = work->nodes.items[index].change;
	enum limbeck_kind kind = limbeck_object_kind(change.after);

	if (!change.verb || is_needless(emission, index))
		return true;
	if (change.verb == LIMBECK_CREATE &&
		(kind == LIMBECK_KIND_TABLE || kind == LIMBECK_KIND_DOMAIN) &&
		!add_members(emission, &change))
		return false;
	return vec_push_arena(&work->diff->changes, change, work->arena);
}

bool emit_all(struct work *work, const unsigned *order)
{
	size_t count = work->nodes.count;
	struct emission emission = { work,
		arena_array(&work->scratch, count + 1, sizeof *emission.when),
		arena_array(&work->scratch, count + 1, sizeof *emission.bound) };

	if (!emission.when || !emission.bound)
		return false;
	for (unsigned i = 0; i < count; i++) {
		emission.when[order[i]] = i;
		emission.bound[i] = NONE;
	}
	bind_nodes(&emission);
	for (size_t i = 0; i < count; i++)
		if (!emit(&emission, order[i]))
			return false;
	return true;
}
