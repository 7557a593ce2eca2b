/* SPDX-License-Identifier: BSD-2-Clause */
/* Has all that holds on to what is changed dropped and made again. */
#include "diff/diff_int.h"

static bool is_relation(enum limbeck_kind kind)
{
	return kind == LIMBECK_KIND_TABLE || kind == LIMBECK_KIND_VIEW ||
		kind == LIMBECK_KIND_MATERIALIZED_VIEW;
}

static bool is_type(enum limbeck_kind kind)
{
	return kind == LIMBECK_KIND_ENUM || kind == LIMBECK_KIND_DOMAIN ||
		kind == LIMBECK_KIND_TYPE;
}

static bool mentions(const struct limbeck_object *object, const char *text, const char *name)
{
	return text && text_mentions(catalog_rules(object_catalog(object))->lexis, text, name);
}

/* The body of a function is a text, and binds it to nothing, unless it is
 * BEGIN ATOMIC ... END; its arguments and result do. */
static bool function_is_tied(const struct limbeck_object *function, const struct pair *to)
{
	const char *name = limbeck_object_name(to->before);

	if (is_type(pair_kind(to)))
		return true;
	if (is_relation(pair_kind(to)) &&
		(mentions(function, limbeck_object_get(function, LIMBECK_ATTR_RESULT), name) ||
			mentions(function, limbeck_object_signature(function), name)))
		return true;
	return mentions(function, limbeck_object_get(function, LIMBECK_ATTR_DEFINITION), "atomic");
}

/* Whether a pair can't stay while another that it depends on goes or is retyped. */
static bool is_tied(const struct work *work, const struct pair *pair, const struct pair *to,
	bool goes)
{
	enum limbeck_kind kind = pair_kind(pair);

	switch (kind) {
	case LIMBECK_KIND_VIEW:
	case LIMBECK_KIND_MATERIALIZED_VIEW:
	case LIMBECK_KIND_TRIGGER:
	case LIMBECK_KIND_OTHER:
		return work->bound_views;
	case LIMBECK_KIND_FUNCTION:
		return work->bound_views && function_is_tied(pair->before, to);
	case LIMBECK_KIND_FOREIGN_KEY:
		return !work->together &&
			(goes || (work->bound_keys && pair_kind(to) == LIMBECK_KIND_COLUMN));
	case LIMBECK_KIND_COLUMN:
		return !work->together && (goes || work->bound_views);
	default:
		return kind >= LIMBECK_KIND_PRIMARY_KEY && kind <= LIMBECK_KIND_INDEX &&
			!work->together && goes;
	}
}

/* A column that is computed from what is changed is made anew; one whose default
 * is has none for a while. */
static unsigned column_flags(const struct pair *column, const struct pair *to)
{
	if (limbeck_object_get(column->before, LIMBECK_ATTR_GENERATED))
		return pair_kind(to) == LIMBECK_KIND_COLUMN || to->after
			? PAIR_DROP | PAIR_CREATE : 0;
	if ((pair_kind(to) == LIMBECK_KIND_FUNCTION || pair_kind(to) == LIMBECK_KIND_SEQUENCE) &&
		to->after && limbeck_object_get(column->before, LIMBECK_ATTR_DEFAULT) &&
		limbeck_object_get(column->after, LIMBECK_ATTR_DEFAULT))
		return PAIR_ALTER | PAIR_LEAD;
	return 0;
}

/* What to do with a pair that is tied to a change; 0: nothing, or it is done. */
static unsigned again_flags(const struct pair *pair, const struct pair *to)
{
	if (!pair->before || !pair->after || (pair->flags & (PAIR_DROP | PAIR_LEAD)))
		return 0;
	if (pair_kind(pair) == LIMBECK_KIND_COLUMN)
		return column_flags(pair, to);
	return PAIR_DROP | PAIR_CREATE;
}

static bool mark_holders(struct work *work, index_list *queue, unsigned at, bool goes)
{
	work->list.count = 0;
	if (!hold_collect(work, at, goes))
		return false;
	for (size_t i = 0; i < work->list.count; i++) {
		struct pair *holder = &work->pairs.items[work->list.items[i]];
		unsigned flags = is_tied(work, holder, &work->pairs.items[at], goes)
			? again_flags(holder, &work->pairs.items[at]) : 0;

		if (!flags)
			continue;
		if (!(holder->flags & (PAIR_DIFFERS | PAIR_RENAME)))
			flags |= PAIR_AGAIN;
		if (flags & PAIR_DROP)
			holder->flags &= ~(unsigned)(PAIR_ALTER | PAIR_RENAME | PAIR_RETYPED);
		holder->flags |= flags;
		if ((flags & PAIR_DROP) && !vec_push(queue, work->list.items[i]))
			return false;
	}
	return true;
}

/* The parts of what goes are changed with it. */
static bool mark_parts(struct work *work, index_list *queue, unsigned owner)
{
	const struct limbeck_object *of = work->pairs.items[owner].before, *part = NULL;

	if (!is_relation(limbeck_object_kind(of)))
		return true;
	while ((part = catalog_next(work->between, LIMBECK_KIND_NONE, limbeck_object_schema(of),
			limbeck_object_name(of), part)))
		if (!mark_holders(work, queue, pair_of(work, part), true))
			return false;
	return true;
}

bool hold_all(struct work *work)
{
	index_list queue = VEC_INIT;
	bool done = false;

	for (unsigned i = 0; i < work->pairs.count; i++) {
		const struct pair *pair = &work->pairs.items[i];

		if (pair->before && (pair->flags & (PAIR_DROP | PAIR_RETYPED)) &&
			!vec_push(&queue, i))
			goto out;
	}
	for (size_t i = 0; i < queue.count; i++) {
		unsigned at = queue.items[i];
		bool goes = (work->pairs.items[at].flags & PAIR_DROP) != 0;

		if (!mark_holders(work, &queue, at, goes) ||
			(goes && !mark_parts(work, &queue, at)))
			goto out;
	}
	done = true;
out:
	vec_release(&queue);
	return done;
}
