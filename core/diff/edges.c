/* SPDX-License-Identifier: BSD-2-Clause */
/* What must be there before an object is created or altered. */
#include "diff/diff_int.h"

bool edge_add(struct work *work, unsigned from, unsigned to, enum strength strength)
{
	struct edge edge = { from, to, strength };

	return from == NONE || to == NONE || from == to || vec_push(&work->edges, edge);
}

unsigned node_available(const struct work *work, unsigned index)
{
	const struct pair *pair = &work->pairs.items[index];

	if (pair->create != NONE)
		return pair->create;
	if (pair->owner != NONE && pair_comes(work, &work->pairs.items[pair->owner]))
		return work->pairs.items[pair->owner].create;
	if (pair_kind(pair) == LIMBECK_KIND_TABLE)
		return pair->ready;
	/* What is altered of a sequence is nothing to those who use it. */
	if (pair->alter != NONE && pair_kind(pair) != LIMBECK_KIND_SEQUENCE)
		return pair->alter;
	return pair->rename;
}

unsigned node_gone(const struct work *work, unsigned index)
{
	const struct pair *pair = &work->pairs.items[index];
	unsigned column;

	if (pair->drop != NONE || !pair->before)
		return pair->drop;
	if (pair->owner != NONE && pair_goes(work, &work->pairs.items[pair->owner]))
		return work->pairs.items[pair->owner].drop;
	column = pair_goes(work, pair) ? deps_owner_column(work, pair->before) : NONE;
	return column == NONE ? NONE : node_gone(work, column);
}

/* Where what the pair needs must be there: the first of its own nodes, or that of
 * the table with which it comes. */
static unsigned needing_node(const struct work *work, const struct pair *pair)
{
	if (pair->create != NONE)
		return pair_kind(pair) == LIMBECK_KIND_COLUMN && pair->lead != NONE ? pair->lead
			: pair->create;
	if (pair->owner != NONE && pair_comes(work, &work->pairs.items[pair->owner]))
		return work->pairs.items[pair->owner].create;
	return pair->alter;
}

static enum strength strength_of(const struct pair *pair, const struct pair *on)
{
	enum limbeck_kind kind = pair_kind(on);

	if (pair_kind(pair) != LIMBECK_KIND_FUNCTION)
		return STRENGTH_HARD;
	return kind == LIMBECK_KIND_FUNCTION || kind >= LIMBECK_KIND_TABLE ? STRENGTH_WEAK
		: STRENGTH_HARD;
}

/* Whether a dependency says nothing, since others are more precise. */
static bool is_vague(struct work *work, const struct pair *pair, unsigned on)
{
	const struct pair *table = &work->pairs.items[on];

	if (table->create != NONE || pair_kind(table) != LIMBECK_KIND_TABLE)
		return false;
	if (pair->owner == on)
		return pair_kind(pair) == LIMBECK_KIND_COLUMN;
	return deps_names_columns(work, pair->after, table->after);
}

/* A generated column needs the columns that it is computed from. */
static bool needs_columns(struct work *work, const struct pair *pair)
{
	const struct limbeck_object *column = NULL, *after = pair->after;

	if (!limbeck_object_get(after, LIMBECK_ATTR_GENERATED) || pair->owner == NONE ||
		pair_comes(work, &work->pairs.items[pair->owner]))
		return true;
	while ((column = catalog_next(work->after, LIMBECK_KIND_COLUMN,
			limbeck_object_schema(after), limbeck_object_table(after), column)))
		if (column != after && part_mentions(after, limbeck_object_name(column)) &&
			!edge_add(work, node_available(work, pair_of(work, column)),
				needing_node(work, pair), STRENGTH_HARD))
			return false;
	return true;
}

/* A constraint that may wait for others would rather not. */
static bool wish(struct work *work, const struct pair *pair, unsigned on)
{
	enum limbeck_kind kind = pair_kind(&work->pairs.items[on]);
	unsigned table = pair->owner == NONE ? NONE : work->pairs.items[pair->owner].create;

	if (table == NONE || pair->owner == on ||
		(kind != LIMBECK_KIND_TABLE && kind != LIMBECK_KIND_FUNCTION))
		return true;
	return edge_add(work, work->pairs.items[on].create, table, STRENGTH_SOFT);
}

static bool needs(struct work *work, const struct pair *pair, unsigned on)
{
	bool key = pair_kind(pair) == LIMBECK_KIND_FOREIGN_KEY;
	unsigned node = needing_node(work, pair);

	if (work->together && key)
		return edge_add(work, node_available(work, on), node, STRENGTH_SOFT);
	if (!is_vague(work, pair, on) && !edge_add(work, node_available(work, on), node,
			strength_of(pair, &work->pairs.items[on])))
		return false;
	return !work->nodes.items[node].hidden || wish(work, pair, on);
}

static bool needs_dependencies(struct work *work, const struct pair *pair)
{
	work->list.count = 0;
	if (!deps_collect(work, pair->after))
		return false;
	for (size_t i = 0; i < work->list.count; i++)
		if (!needs(work, pair, work->list.items[i]))
			return false;
	return true;
}

/* Indexes of a table, at one end of a foreign key, that the key rests on. */
static bool needs_indexes(struct work *work, const struct pair *foreign, const char *schema,
	const char *table, bool referenced)
{
	const struct limbeck_object *part = NULL;

	while (table &&
		(part = catalog_next(work->after, LIMBECK_KIND_NONE, schema, table, part))) {
		enum limbeck_kind kind = limbeck_object_kind(part);

		if ((kind == LIMBECK_KIND_PRIMARY_KEY || kind == LIMBECK_KIND_UNIQUE ||
			    kind == LIMBECK_KIND_INDEX) &&
			(referenced ? key_serves(work, part, foreign->after)
				: index_serves(part, foreign->after, LIMBECK_ATTR_COLUMNS)) &&
			!edge_add(work, node_available(work, pair_of(work, part)),
				needing_node(work, foreign), STRENGTH_HARD))
			return false;
	}
	return true;
}

static bool needs_keys(struct work *work, const struct pair *foreign)
{
	const struct limbeck_object *after = foreign->after;

	if (work->together || pair_kind(foreign) != LIMBECK_KIND_FOREIGN_KEY)
		return true;
	if (work->bound_keys && !needs_indexes(work, foreign, limbeck_object_schema(after),
			limbeck_object_table(after), false))
		return false;
	return needs_indexes(work, foreign, limbeck_object_get(after, LIMBECK_ATTR_REF_SCHEMA),
		limbeck_object_get(after, LIMBECK_ATTR_REF_TABLE), true);
}

/* Columns, between what held on to them and what needs them. */
static bool order_column(struct work *work, const struct pair *column)
{
	const struct pair *table = &work->pairs.items[column->owner];
	unsigned cleared = table->cleared, ready = table->ready;

	return (column->create != NONE && column->drop == NONE) ||
			(edge_add(work, cleared, column->lead, STRENGTH_HARD) &&
			edge_add(work, cleared, column->alter, STRENGTH_HARD) &&
			edge_add(work, cleared, column->drop, STRENGTH_HARD))
		? edge_add(work, column->create, ready, STRENGTH_HARD) &&
			edge_add(work, column->alter, ready, STRENGTH_HARD)
		: false;
}

/* Parts and the table itself, around its columns. */
static bool order_part(struct work *work, const struct pair *pair)
{
	const struct pair *table;

	if (pair->owner == NONE)
		return pair_kind(pair) != LIMBECK_KIND_TABLE ||
			edge_add(work, pair->ready, pair->alter, STRENGTH_HARD);
	table = &work->pairs.items[pair->owner];
	if (pair_kind(pair) == LIMBECK_KIND_COLUMN)
		return order_column(work, pair);
	return edge_add(work, pair->drop, table->cleared, STRENGTH_HARD) &&
		edge_add(work, table->ready, pair->create, STRENGTH_HARD) &&
		(table->create == NONE ||
			edge_add(work, table->create, pair->create, STRENGTH_HARD)) &&
		(table->drop == NONE || pair->drop == NONE ||
			edge_add(work, pair->drop, table->drop, STRENGTH_HARD));
}

/* A sequence gets its column when that is there. */
static bool order_owned(struct work *work, const struct pair *sequence)
{
	unsigned column = sequence->after ? deps_owner_column(work, sequence->after) : NONE;

	return edge_add(work, sequence->create, sequence->alter, STRENGTH_HARD) &&
		edge_add(work, sequence->lead, sequence->alter, STRENGTH_HARD) &&
		edge_add(work, sequence->lead, sequence->drop, STRENGTH_HARD) &&
		(column == NONE || edge_add(work, node_available(work, column), sequence->alter,
			STRENGTH_HARD));
}

bool edges_make(struct work *work)
{
	for (unsigned i = 0; i < work->pairs.count; i++) {
		const struct pair *pair = &work->pairs.items[i];

		if (pair->flags & PAIR_FOLLOWS)
			continue;
		if (!edge_add(work, pair->drop, pair->create, STRENGTH_HARD) ||
			!order_part(work, pair))
			return false;
		if (pair_kind(pair) == LIMBECK_KIND_SEQUENCE && !order_owned(work, pair))
			return false;
		if (pair->after && needing_node(work, pair) != NONE &&
			(!needs_dependencies(work, pair) || !needs_keys(work, pair) ||
				!needs_columns(work, pair)))
			return false;
	}
	return edges_before_drops(work) && edges_names(work);
}
