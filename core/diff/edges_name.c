/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A name must be free before another object takes it: what had it goes, or is
 * renamed, before. Whether the names of constraints and indexes are the table's or
 * the schema's own depends on the engine; a name that several parts had or will
 * have can only be the table's.
 */
#include "base/map.h"
#include "diff/diff_int.h"

/* What frees a name, and who takes it. */
struct place {
	unsigned frees, takes;
	bool several;
	char space;
};

struct places {
	struct work *work;
	struct map map;
	struct strbuf key;
	bool of_tables;   /* names are looked at table by table */
};

/* Objects of one letter share their names. */
static char space_of(enum limbeck_kind kind)
{
	switch (kind) {
	case LIMBECK_KIND_ENUM:
	case LIMBECK_KIND_DOMAIN:
	case LIMBECK_KIND_TYPE:
	case LIMBECK_KIND_SEQUENCE:
	case LIMBECK_KIND_TABLE:
	case LIMBECK_KIND_VIEW:
	case LIMBECK_KIND_MATERIALIZED_VIEW:
	case LIMBECK_KIND_PRIMARY_KEY:
	case LIMBECK_KIND_UNIQUE:
	case LIMBECK_KIND_EXCLUSION:
	case LIMBECK_KIND_INDEX:
		return 'r';
	case LIMBECK_KIND_CHECK:
	case LIMBECK_KIND_FOREIGN_KEY:
		return 'c';
	case LIMBECK_KIND_TRIGGER:
		return 't';
	default:
		return 0;
	}
}

static bool in_domain(const struct limbeck_object *object)
{
	struct object_name name = { .kind = LIMBECK_KIND_DOMAIN,
		.schema = limbeck_object_schema(object), .name = limbeck_object_table(object) };

	return name.name && catalog_find(object_catalog(object), &name);
}

static struct place *place_of(struct places *places, const struct limbeck_object *object)
{
	const char *schema = limbeck_object_schema(object), *table = limbeck_object_table(object);
	char space = space_of(limbeck_object_kind(object));
	struct place *place;
	const char *key;

	if (!space || (places->of_tables && !table) || in_domain(object))
		return NULL;
	strbuf_reset(&places->key);
	strbuf_addf(&places->key, "%c%s\n%s\n%s", space, schema ? schema : "",
		places->of_tables ? table : "", limbeck_object_name(object));
	place = map_get(&places->map, places->key.buf);
	if (place)
		return place;
	place = arena_alloc(&places->work->scratch, sizeof *place);
	key = arena_strdup(&places->work->scratch, places->key.buf);
	if (!place || !key || strbuf_failed(&places->key) || !map_put(&places->map, key, place)) {
		places->key.failed = true;
		return NULL;
	}
	place->frees = place->takes = NONE;
	place->space = space;
	return place;
}

static void note(struct places *places, const struct limbeck_object *object, unsigned node,
	bool takes)
{
	struct place *place = node == NONE ? NULL : place_of(places, object);
	unsigned *at = !place ? NULL : takes ? &place->takes : &place->frees;

	if (!at)
		return;
	place->several |= *at != NONE;
	*at = node;
}

/* What is in a unit can't have the drop of an index, whose name another table's
 * takes, come in between: that goes alone. */
static bool leave_unit(struct work *work, const struct place *place)
{
	struct node *node = &work->nodes.items[place->frees];

	if (node->unit == place->frees || node->unit == work->nodes.items[place->takes].unit)
		return true;
	if (limbeck_object_kind(node->change.before) != LIMBECK_KIND_INDEX)
		return false;
	node->unit = place->frees;
	node->phase = PHASE_CLEAR;
	return true;
}

static bool add_edges(struct places *places)
{
	struct work *work = places->work;

	for (const struct map_entry *entry = map_next(&places->map, NULL); entry;
		entry = map_next(&places->map, entry)) {
		const struct place *place = map_entry_value(entry);

		if (place->frees == NONE || place->takes == NONE || place->several)
			continue;
		if (work->together && !places->of_tables && !leave_unit(work, place))
			continue;
		if (!edge_add(work, place->frees, place->takes,
				places->of_tables || place->space == 'r' ? STRENGTH_HARD
					: STRENGTH_WEAK))
			return false;
	}
	return true;
}

static bool edges_of(struct work *work, bool of_tables)
{
	struct places places = { work, MAP_INIT, STRBUF_INIT, of_tables };
	bool done;

	for (unsigned i = 0; i < work->pairs.count; i++) {
		const struct pair *pair = &work->pairs.items[i];

		if (pair->rename != NONE) {
			note(&places, pair->before, pair->rename, false);
			note(&places, pair->after, pair->rename, true);
			continue;
		}
		if (pair_goes(work, pair))
			note(&places, pair->before, node_gone(work, i), false);
		if (pair_comes(work, pair))
			note(&places, pair->after, node_available(work, i), true);
	}
	done = add_edges(&places) && !strbuf_failed(&places.key);
	map_release(&places.map);
	strbuf_release(&places.key);
	return done;
}

bool edges_names(struct work *work)
{
	return edges_of(work, false) && edges_of(work, true);
}
