/* SPDX-License-Identifier: BSD-2-Clause */
/* Which object after is which before. */
#include <stdint.h>

#include "diff/diff_int.h"

static size_t slot_of(const struct work *work, const void *object)
{
	return (size_t)((uint64_t)(uintptr_t)object * UINT64_C(0x9e3779b97f4a7c15) >> 20) &
		work->slot_mask;
}

unsigned pair_of(const struct work *work, const struct limbeck_object *object)
{
	size_t at = slot_of(work, object);

	while (work->slots[at].object && work->slots[at].object != object)
		at = (at + 1) & work->slot_mask;
	return work->slots[at].object ? work->slots[at].pair : NONE;
}

static void remember(struct work *work, const struct limbeck_object *object, unsigned pair)
{
	size_t at = slot_of(work, object);

	while (work->slots[at].object)
		at = (at + 1) & work->slot_mask;
	work->slots[at].object = object;
	work->slots[at].pair = pair;
}

static bool make_slots(struct work *work)
{
	size_t wanted = (catalog_size(work->between) + catalog_size(work->after)) * 2;

	work->slot_mask = 15;
	while (work->slot_mask < wanted)
		work->slot_mask = work->slot_mask * 2 + 1;
	work->slots = arena_array(&work->scratch, work->slot_mask + 1, sizeof *work->slots);
	return work->slots != NULL;
}

static bool add_pair(struct work *work, const struct limbeck_object *before,
	const struct limbeck_object *after, unsigned owner, unsigned flags)
{
	struct pair pair = { before, after, flags, owner, NONE, NONE, NONE, NONE, NONE, NONE,
		NONE };

	if (before)
		remember(work, before, (unsigned)work->pairs.count);
	if (after)
		remember(work, after, (unsigned)work->pairs.count);
	return vec_push(&work->pairs, pair);
}

static bool is_unnamed(const struct limbeck_object *object)
{
	return limbeck_object_get(object, LIMBECK_ATTR_UNNAMED) != NULL;
}

bool objects_differ(const struct limbeck_object *a, const struct limbeck_object *b)
{
	enum limbeck_attribute at = object_differs(a, b, LIMBECK_ATTR_NONE);

	if (at == LIMBECK_ATTR_UNNAMED)
		at = object_differs(a, b, at);
	return at != LIMBECK_ATTR_NONE;
}

static const struct limbeck_object *counterpart(const struct work *work,
	const struct limbeck_object *object)
{
	struct object_name name;

	object_name_of(object, &name);
	return catalog_find(work->after, &name);
}

/* Pairs objects that are no parts, by name. */
static bool match_tops(struct work *work)
{
	for (const struct limbeck_object *before = NULL;
		(before = catalog_next(work->between, LIMBECK_KIND_NONE, NULL, NULL, before));)
		if (!object_is_part(before) &&
			!add_pair(work, before, counterpart(work, before), NONE, 0))
			return false;
	for (const struct limbeck_object *after = NULL;
		(after = catalog_next(work->after, LIMBECK_KIND_NONE, NULL, NULL, after));)
		if (!object_is_part(after) && pair_of(work, after) == NONE &&
			!add_pair(work, NULL, after, NONE, 0))
			return false;
	return true;
}

/* The parts of a table in both catalogs, while they are paired. */
struct matching {
	struct work *work;
	unsigned owner;
	const struct limbeck_object *before, *after; /* the table; NULL: none */
};

static const struct limbeck_object *next_part(const struct limbeck_catalog *catalog,
	enum limbeck_kind kind, const struct limbeck_object *table,
	const struct limbeck_object *part)
{
	return !table ? NULL
		: catalog_next(catalog, kind, limbeck_object_schema(table),
			limbeck_object_name(table), part);
}

static bool match_names(const struct matching *matching)
{
	struct work *work = matching->work;
	const struct limbeck_object *before = NULL, *after;

	if (!matching->after)
		return true;
	while ((before = next_part(work->between, LIMBECK_KIND_NONE, matching->before, before))) {
		after = is_unnamed(before) ? NULL : counterpart(work, before);
		if (after && !is_unnamed(after) &&
			!add_pair(work, before, after, matching->owner, 0))
			return false;
	}
	return true;
}

/* The first part after, without a pair, that is equal but for the name. */
static const struct limbeck_object *find_equal(const struct matching *matching,
	const struct limbeck_object *before, bool unnamed)
{
	const struct limbeck_object *after = NULL;

	while ((after = next_part(matching->work->after, limbeck_object_kind(before),
			matching->after, after)))
		if (pair_of(matching->work, after) == NONE && (!unnamed || is_unnamed(after)) &&
			!objects_differ(before, after))
			break;
	return after;
}

/* Pairs constraints and indexes of one kind by what they hold: the unnamed with
 * each other, or all that are left. */
static bool match_contents(const struct matching *matching, enum limbeck_kind kind, bool unnamed)
{
	struct work *work = matching->work;
	const struct limbeck_object *before = NULL, *after;

	while ((before = next_part(work->between, kind, matching->before, before))) {
		if (pair_of(work, before) != NONE || (unnamed && !is_unnamed(before)))
			continue;
		after = find_equal(matching, before, unnamed);
		if (after && !add_pair(work, before, after, matching->owner,
				unnamed || same_name(limbeck_object_name(before),
						limbeck_object_name(after)) ? 0 : PAIR_RENAME))
			return false;
	}
	return true;
}

static bool add_rest(const struct matching *matching)
{
	struct work *work = matching->work;
	const struct limbeck_object *part = NULL;

	while ((part = next_part(work->between, LIMBECK_KIND_NONE, matching->before, part)))
		if (pair_of(work, part) == NONE && !add_pair(work, part, NULL, matching->owner, 0))
			return false;
	while ((part = next_part(work->after, LIMBECK_KIND_NONE, matching->after, part)))
		if (pair_of(work, part) == NONE && !add_pair(work, NULL, part, matching->owner, 0))
			return false;
	return true;
}

static bool match_parts(struct work *work, unsigned owner)
{
	struct matching matching = { work, owner, work->pairs.items[owner].before,
		work->pairs.items[owner].after };
	bool done = match_names(&matching);

	for (enum limbeck_kind kind = LIMBECK_KIND_PRIMARY_KEY;
		matching.after && kind <= LIMBECK_KIND_INDEX; kind++)
		done = done && match_contents(&matching, kind, true) &&
			match_contents(&matching, kind, false);
	return done && add_rest(&matching);
}

/* Parts of tables that the catalogs lack. */
static bool match_orphans(struct work *work)
{
	const struct limbeck_object *part = NULL;

	while ((part = catalog_next(work->between, LIMBECK_KIND_NONE, NULL, NULL, part))) {
		const struct limbeck_object *after = NULL;

		if (pair_of(work, part) != NONE)
			continue;
		after = counterpart(work, part);
		if (after && pair_of(work, after) != NONE)
			after = NULL;
		if (!add_pair(work, part, after, NONE, 0))
			return false;
	}
	while ((part = catalog_next(work->after, LIMBECK_KIND_NONE, NULL, NULL, part)))
		if (pair_of(work, part) == NONE && !add_pair(work, NULL, part, NONE, 0))
			return false;
	return true;
}

bool match_all(struct work *work)
{
	size_t tops;

	if (!make_slots(work) || !match_tops(work))
		return false;
	tops = work->pairs.count;
	for (unsigned i = 0; i < tops; i++) {
		enum limbeck_kind kind = pair_kind(&work->pairs.items[i]);

		if ((kind == LIMBECK_KIND_TABLE || kind == LIMBECK_KIND_VIEW ||
			    kind == LIMBECK_KIND_MATERIALIZED_VIEW ||
			    kind == LIMBECK_KIND_DOMAIN) &&
			!match_parts(work, i))
			return false;
	}
	return match_orphans(work);
}
