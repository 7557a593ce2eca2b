/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What holds on to a thing that is changed, and must therefore go before and be
 * made again afterwards; which in turn is a change for what holds on to that.
 */
#include "diff/diff_int.h"

static bool is_key(enum limbeck_kind kind)
{
	return kind == LIMBECK_KIND_PRIMARY_KEY || kind == LIMBECK_KIND_UNIQUE ||
		kind == LIMBECK_KIND_INDEX;
}

static const struct limbeck_object *table_of(const struct work *work, const struct pair *pair)
{
	return pair->owner == NONE ? NULL : work->pairs.items[pair->owner].before;
}

static bool push_object(struct work *work, const struct limbeck_object *object)
{
	return vec_push(&work->list, pair_of(work, object));
}

static const struct limbeck_object *next_of(const struct work *work, enum limbeck_kind kind,
	const struct limbeck_object *table, const struct limbeck_object *previous)
{
	return catalog_next(work->between, kind, limbeck_object_schema(table),
		limbeck_object_name(table), previous);
}

/* The dependents of a pair that an engine ties to it, but for its own parts. */
static bool collect_dependents(struct work *work, unsigned on)
{
	const struct dependents *dependents = &work->dependents;

	for (unsigned i = dependents->starts[on]; i < dependents->starts[on + 1]; i++)
		if (work->pairs.items[dependents->items[i]].owner != on &&
			!vec_push(&work->list, dependents->items[i]))
			return false;
	return true;
}

/* Dependents of the table that do not say which of its columns they read. */
static bool collect_vague(struct work *work, const struct pair *column)
{
	const struct dependents *dependents = &work->dependents;
	const struct limbeck_object *table = table_of(work, column);

	if (!table)
		return true;
	for (unsigned i = dependents->starts[column->owner];
		i < dependents->starts[column->owner + 1]; i++) {
		const struct pair *by = &work->pairs.items[dependents->items[i]];
		enum limbeck_kind kind = pair_kind(by);

		if ((kind == LIMBECK_KIND_VIEW || kind == LIMBECK_KIND_MATERIALIZED_VIEW ||
			    (kind == LIMBECK_KIND_OTHER && by->owner != column->owner)) &&
			!deps_names_columns(work, by->before, table) &&
			!vec_push(&work->list, dependents->items[i]))
			return false;
	}
	return true;
}

/* Whether a part of the column's table holds it: constraints and indexes do where it
 * goes, generated columns too, others where their texts are bound. */
static bool holds(const struct work *work, const struct limbeck_object *part,
	const struct pair *column, bool goes)
{
	const char *name = limbeck_object_name(column->before);
	enum limbeck_kind kind = limbeck_object_kind(part);

	if (kind >= LIMBECK_KIND_PRIMARY_KEY && kind <= LIMBECK_KIND_INDEX)
		return goes && part_holds(part, name);
	return (work->bound_views || (goes && kind == LIMBECK_KIND_COLUMN)) &&
		part != column->before && part_mentions(part, name);
}

static bool collect_parts(struct work *work, const struct pair *column, bool goes)
{
	const struct limbeck_object *table = table_of(work, column), *part = NULL;

	while (table && (part = next_of(work, LIMBECK_KIND_NONE, table, part)))
		if (holds(work, part, column, goes) && !push_object(work, part))
			return false;
	return true;
}

static bool refers_to(const struct work *work, const struct limbeck_object *foreign,
	const struct pair *column)
{
	const char *name = limbeck_object_name(column->before);
	const struct limbeck_object *key;

	if (limbeck_object_count(foreign, LIMBECK_ATTR_REF_COLUMNS))
		return list_has(foreign, LIMBECK_ATTR_REF_COLUMNS, name);
	key = next_of(work, LIMBECK_KIND_PRIMARY_KEY, table_of(work, column), NULL);
	return key && list_has(key, LIMBECK_ATTR_COLUMNS, name);
}

/* Foreign keys at either end of a column. */
static bool collect_keys(struct work *work, const struct pair *column)
{
	const struct dependents *dependents = &work->dependents;
	const struct limbeck_object *table = table_of(work, column), *part = NULL;

	if (!table)
		return true;
	while ((part = next_of(work, LIMBECK_KIND_FOREIGN_KEY, table, part)))
		if (list_has(part, LIMBECK_ATTR_COLUMNS, limbeck_object_name(column->before)) &&
			!push_object(work, part))
			return false;
	for (unsigned i = dependents->starts[column->owner];
		i < dependents->starts[column->owner + 1]; i++) {
		const struct pair *by = &work->pairs.items[dependents->items[i]];

		if (pair_kind(by) == LIMBECK_KIND_FOREIGN_KEY &&
			refers_to(work, by->before, column) &&
			!vec_push(&work->list, dependents->items[i]))
			return false;
	}
	return true;
}

/* Whether another index of the table, which stays, can take the place of index
 * for one end of a foreign key. */
static bool replaceable(const struct work *work, const struct pair *index,
	const struct limbeck_object *foreign, enum limbeck_attribute list)
{
	const struct limbeck_object *other = NULL;

	while ((other = next_of(work, LIMBECK_KIND_NONE, table_of(work, index), other)))
		if (is_key(limbeck_object_kind(other)) && other != index->before &&
			!pair_goes(work, &work->pairs.items[pair_of(work, other)]) &&
			index_serves(other, foreign, list))
			return true;
	return false;
}

/* Foreign keys that rest on a key or, where they need one at each end, an index. */
static bool collect_resting(struct work *work, const struct pair *index)
{
	const struct dependents *dependents = &work->dependents;
	const struct limbeck_object *table = table_of(work, index), *part = NULL;

	if (!table)
		return true;
	for (unsigned i = dependents->starts[index->owner];
		i < dependents->starts[index->owner + 1]; i++) {
		const struct limbeck_object *by = work->pairs.items[dependents->items[i]].before;

		if (limbeck_object_kind(by) == LIMBECK_KIND_FOREIGN_KEY &&
			key_serves(work, index->before, by) &&
			!(work->bound_keys &&
				replaceable(work, index, by, LIMBECK_ATTR_REF_COLUMNS)) &&
			!vec_push(&work->list, dependents->items[i]))
			return false;
	}
	while (work->bound_keys &&
		(part = next_of(work, LIMBECK_KIND_FOREIGN_KEY, table, part)))
		if (index_serves(index->before, part, LIMBECK_ATTR_COLUMNS) &&
			!replaceable(work, index, part, LIMBECK_ATTR_COLUMNS) &&
			!push_object(work, part))
			return false;
	return true;
}

bool hold_collect(struct work *work, unsigned pair, bool goes)
{
	const struct pair *at = &work->pairs.items[pair];
	enum limbeck_kind kind = pair_kind(at);
	bool column = kind == LIMBECK_KIND_COLUMN;

	if ((goes || work->bound_views) && !collect_dependents(work, pair))
		return false;
	if (column && work->bound_views && !collect_vague(work, at))
		return false;
	if (column && !collect_parts(work, at, goes))
		return false;
	if (column && (goes || work->bound_keys) && !collect_keys(work, at))
		return false;
	return !goes || !is_key(kind) || collect_resting(work, at);
}
