/* SPDX-License-Identifier: BSD-2-Clause */
/* A node for each single change. */
#include "diff/diff_int.h"

unsigned node_add(struct work *work, unsigned pair, int verb, enum phase phase, enum rank rank)
{
	const struct pair *of = &work->pairs.items[pair];
	unsigned self = (unsigned)work->nodes.count;
	struct node node = { .change = { .size = sizeof node.change, .verb = verb },
		.pair = pair, .group = of->owner == NONE ? pair : of->owner, .unit = self,
		.phase = (unsigned char)phase, .rank = (unsigned char)rank };

	if (verb == LIMBECK_DROP || verb == LIMBECK_ALTER || verb == LIMBECK_RENAME)
		node.change.before = of->before;
	if (verb == LIMBECK_CREATE || verb == LIMBECK_ALTER || verb == LIMBECK_RENAME ||
		verb == LIMBECK_FILL)
		node.change.after = of->after;
	return vec_push(&work->nodes, node) ? self : NONE;
}

const struct limbeck_object *step_picture(struct work *work,
	const struct limbeck_object *object, enum limbeck_attribute without)
{
	struct limbeck_object *copy = catalog_copy(work->diff->pictures[PICTURES_STEPS], object,
		false, NULL);

	if (copy)
		object_set(copy, without, NULL);
	return copy;
}

static bool is_constraint(enum limbeck_kind kind)
{
	return kind >= LIMBECK_KIND_PRIMARY_KEY && kind <= LIMBECK_KIND_FOREIGN_KEY;
}

static enum limbeck_kind owner_kind(const struct work *work, const struct pair *pair)
{
	return pair->owner == NONE ? LIMBECK_KIND_NONE : pair_kind(&work->pairs.items[pair->owner]);
}

/* A function that reads tables comes behind them, unless they need it. */
static enum phase function_phase(const struct limbeck_object *function)
{
	struct object_name on;

	for (size_t i = 0; object_dependency(function, i, &on); i++)
		if (on.kind == LIMBECK_KIND_TABLE || on.kind == LIMBECK_KIND_COLUMN ||
			on.kind == LIMBECK_KIND_VIEW || on.kind == LIMBECK_KIND_MATERIALIZED_VIEW)
			return PHASE_VIEWS;
	return PHASE_BASE;
}

/* When an object is created or altered. */
static enum phase phase_of(const struct work *work, const struct pair *pair, bool create)
{
	enum limbeck_kind kind = pair_kind(pair);
	enum limbeck_kind owner = owner_kind(work, pair);

	if (kind == LIMBECK_KIND_FUNCTION)
		return function_phase(pair->after);
	if (kind < LIMBECK_KIND_TABLE || owner == LIMBECK_KIND_DOMAIN)
		return PHASE_BASE;
	if (kind == LIMBECK_KIND_TABLE)
		return create ? PHASE_TABLES : PHASE_ALTER;
	if (kind == LIMBECK_KIND_TRIGGER || kind == LIMBECK_KIND_OTHER)
		return PHASE_TRIGGERS;
	if (kind == LIMBECK_KIND_VIEW || kind == LIMBECK_KIND_MATERIALIZED_VIEW ||
		owner == LIMBECK_KIND_MATERIALIZED_VIEW)
		return PHASE_VIEWS;
	if (owner != LIMBECK_KIND_NONE && pair_comes(work, &work->pairs.items[pair->owner]))
		return PHASE_TABLES;
	return kind == LIMBECK_KIND_FOREIGN_KEY && !work->together ? PHASE_KEYS : PHASE_ALTER;
}

static enum phase drop_phase(const struct work *work, const struct pair *pair)
{
	enum limbeck_kind kind = pair_kind(pair);
	enum limbeck_kind owner = owner_kind(work, pair);

	if (kind == LIMBECK_KIND_VIEW || kind == LIMBECK_KIND_MATERIALIZED_VIEW ||
		kind == LIMBECK_KIND_TRIGGER || kind == LIMBECK_KIND_OTHER ||
		owner == LIMBECK_KIND_MATERIALIZED_VIEW)
		return PHASE_CLEAR;
	if (kind == LIMBECK_KIND_FOREIGN_KEY && !work->together)
		return PHASE_CLEAR;
	if (owner == LIMBECK_KIND_DOMAIN)
		return PHASE_BASE;
	return is_constraint(kind) || kind == LIMBECK_KIND_INDEX ? PHASE_ALTER : PHASE_END;
}

static enum rank rank_of(const struct pair *pair)
{
	enum limbeck_kind kind = pair_kind(pair);

	if (kind == LIMBECK_KIND_INDEX)
		return RANK_ADD_INDEX;
	if (kind == LIMBECK_KIND_FOREIGN_KEY)
		return RANK_ADD_KEY;
	return is_constraint(kind) ? RANK_ADD_PART : RANK_TABLE;
}

/* Whether a constraint of a new table may have to wait for others. */
static bool may_wait(struct work *work, const struct pair *pair)
{
	enum limbeck_kind kind = pair_kind(pair);

	if (work->together || owner_kind(work, pair) != LIMBECK_KIND_TABLE)
		return false;
	if (kind == LIMBECK_KIND_FOREIGN_KEY)
		return true;
	if (kind != LIMBECK_KIND_CHECK && kind != LIMBECK_KIND_EXCLUSION)
		return false;
	work->list.count = 0;
	return deps_collect(work, pair->after) && work->list.count > 1;
}

unsigned node_again(struct work *work, const struct pair *pair)
{
	bool same;

	if (!pair->before && aside_returns(work, pair->after))
		return LIMBECK_CHANGE_AGAIN;
	if (!pair->before || !pair->after || (pair->flags & PAIR_RENAME))
		return 0;
	same = pair->flags & PAIR_DIFFERS ? aside_only(work, pair->before, pair->after)
		: !(pair->flags & PAIR_DROP) || (pair->flags & PAIR_AGAIN);
	return same ? LIMBECK_CHANGE_AGAIN : 0;
}

/* A type set aside goes for good, but its successor is there. */
static unsigned type_flags(const struct work *work, const struct pair *pair)
{
	const struct limbeck_object *after = aside_successor(work, pair->before);

	if (!after)
		return 0;
	return LIMBECK_CHANGE_AGAIN | (unsigned)(enum_loses(pair->before, after)
		? LIMBECK_CHANGE_DESTRUCTIVE : 0);
}

static bool drop_node(struct work *work, unsigned index)
{
	struct pair *pair = &work->pairs.items[index];
	enum limbeck_kind kind = pair_kind(pair);
	bool along = pair->owner != NONE && pair_goes(work, &work->pairs.items[pair->owner]);
	struct node *node;

	/* A foreign key of a table that goes may have to go before it. */
	if (along && (kind != LIMBECK_KIND_FOREIGN_KEY || work->together))
		return true;
	if (sequence_goes_along(work, index))
		return true;
	pair->drop = node_add(work, index, LIMBECK_DROP, along ? PHASE_CLEAR
		: drop_phase(work, pair), RANK_DROP_PART);
	if (pair->drop == NONE)
		return false;
	node = &work->nodes.items[pair->drop];
	node->hidden = along;
	node->change.flags = node_again(work, pair) | type_flags(work, pair);
	if (kind == LIMBECK_KIND_TABLE || kind == LIMBECK_KIND_SEQUENCE)
		node->change.flags |= LIMBECK_CHANGE_DESTRUCTIVE;
	return true;
}

static bool create_node(struct work *work, unsigned index)
{
	struct pair *pair = &work->pairs.items[index];
	enum limbeck_kind kind = pair_kind(pair);
	bool along = pair->owner != NONE && pair_comes(work, &work->pairs.items[pair->owner]);
	bool member = along && (kind == LIMBECK_KIND_COLUMN || is_constraint(kind));

	if (member && !may_wait(work, pair))
		return true;
	pair->create = node_add(work, index, LIMBECK_CREATE, phase_of(work, pair, true),
		rank_of(pair));
	if (pair->create == NONE)
		return false;
	work->nodes.items[pair->create].hidden = member;
	work->nodes.items[pair->create].change.flags = node_again(work, pair);
	return true;
}

static bool alter_node(struct work *work, unsigned index)
{
	struct pair *pair = &work->pairs.items[index];
	enum rank rank = pair_kind(pair) == LIMBECK_KIND_TABLE ? RANK_ALTER_TABLE : rank_of(pair);

	pair->alter = node_add(work, index, LIMBECK_ALTER, phase_of(work, pair, false), rank);
	return pair->alter != NONE;
}

static bool rename_node(struct work *work, unsigned index)
{
	struct pair *pair = &work->pairs.items[index];

	pair->rename = node_add(work, index, LIMBECK_RENAME, phase_of(work, pair, false),
		RANK_RENAME_PART);
	return pair->rename != NONE;
}

static bool object_nodes(struct work *work, unsigned index)
{
	const struct pair *pair = &work->pairs.items[index];
	bool goes = pair_goes(work, pair), comes = pair_comes(work, pair);

	if ((goes && !drop_node(work, index)) || (comes && !create_node(work, index)))
		return false;
	if (goes || comes)
		return true;
	if ((pair->flags & PAIR_RENAME) && !rename_node(work, index))
		return false;
	return !(pair->flags & PAIR_ALTER) || alter_node(work, index);
}

/* Nodes that others of a table wait for, once for each table with such others. */
static bool barriers(struct work *work, unsigned index)
{
	struct pair *pair = &work->pairs.items[index];

	if (pair->flags & PAIR_FOLLOWS || pair->owner == NONE ||
		pair_kind(pair) != LIMBECK_KIND_COLUMN ||
		(pair->create == NONE && pair->drop == NONE && pair->alter == NONE) ||
		work->pairs.items[pair->owner].cleared != NONE)
		return true;
	pair = &work->pairs.items[pair->owner];
	index = (unsigned)(pair - work->pairs.items);
	pair->cleared = node_add(work, index, 0, PHASE_ALTER, RANK_CLEARED);
	pair->ready = node_add(work, index, 0, PHASE_ALTER, RANK_READY);
	return pair->cleared != NONE && pair->ready != NONE;
}

/* What follows the part of the parent table is done when that is. */
static void follow(struct work *work, struct pair *pair)
{
	const struct limbeck_object *table = work->pairs.items[pair->owner].after;
	const struct limbeck_object *object = pair_object(pair), *above;
	struct object_name name, parent = { .kind = LIMBECK_KIND_TABLE,
		.schema = limbeck_object_item(table, LIMBECK_ATTR_PARTITION_OF, 0),
		.name = limbeck_object_item(table, LIMBECK_ATTR_PARTITION_OF, 1) };
	const struct pair *of;

	object_name_of(object, &name);
	above = catalog_find(work->after, &parent);
	name.schema = limbeck_object_schema(above);
	name.table = limbeck_object_name(above);
	above = catalog_find(pair->after ? work->after : work->between, &name);
	of = &work->pairs.items[pair_of(work, above)];
	pair->drop = of->drop;
	pair->create = of->create;
	pair->alter = of->alter;
}

/* All changes of a table that was there, and stays, are one unit, which is known by
 * a node that does nothing. */
static bool tie_together(struct work *work)
{
	size_t count = work->nodes.count;

	for (unsigned i = 0; i < count; i++) {
		unsigned group = work->nodes.items[i].group;
		struct pair *table = &work->pairs.items[group];

		if (work->nodes.items[i].phase != PHASE_ALTER ||
			pair_kind(table) != LIMBECK_KIND_TABLE)
			continue;
		if (table->lead == NONE)
			table->lead = node_add(work, group, 0, PHASE_ALTER, RANK_CLEARED);
		if (table->lead == NONE)
			return false;
		work->nodes.items[i].unit = table->lead;
	}
	return true;
}

bool nodes_make(struct work *work)
{
	for (unsigned i = 0; i < work->pairs.count; i++) {
		const struct pair *pair = &work->pairs.items[i];
		enum limbeck_kind kind = pair_kind(pair);

		if (pair->flags & PAIR_FOLLOWS)
			continue;
		if (!(kind == LIMBECK_KIND_COLUMN ? column_nodes(work, i)
				: object_nodes(work, i)) ||
			(kind == LIMBECK_KIND_SEQUENCE && !sequence_nodes(work, i)) ||
			!barriers(work, i))
			return false;
	}
	for (unsigned i = 0; i < work->pairs.count; i++)
		if (work->pairs.items[i].flags & PAIR_FOLLOWS)
			follow(work, &work->pairs.items[i]);
	return !work->together || tie_together(work);
}
