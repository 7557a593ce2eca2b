/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Puts the nodes in an order that keeps all edges: a topological sort (Kahn 1962)
 * that takes, of the nodes that wait for none, the one of the earliest phase, and
 * goes on with the same table as long as there is one. What others wait for comes
 * in their phase. Where nothing is ready there is a circle; it is cut at its
 * weakest edge.
 */
#include <stdlib.h>

#include "diff/order.h"

static int compare_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int compare_groups(const struct limbeck_object *a, const struct limbeck_object *b)
{
	int result = compare_text(limbeck_object_schema(a), limbeck_object_schema(b));

	if (!result)
		result = compare_text(limbeck_object_table(a), limbeck_object_table(b));
	if (!result)
		result = compare_text(limbeck_object_name(a), limbeck_object_name(b));
	if (!result)
		result = compare_text(limbeck_object_signature(a), limbeck_object_signature(b));
	return result ? result : (int)limbeck_object_kind(a) - (int)limbeck_object_kind(b);
}

/* Of one table and rank; columns are in order already. */
static int compare_objects(const struct limbeck_object *a, const struct limbeck_object *b)
{
	int result = (int)limbeck_object_kind(a) - (int)limbeck_object_kind(b);

	if (!result && limbeck_object_kind(a) != LIMBECK_KIND_COLUMN)
		result = compare_text(limbeck_object_name(a), limbeck_object_name(b));
	return result;
}

static int compare_places(const void *x, const void *y)
{
	const struct sorting *a = x, *b = y;
	int result = a->phase - b->phase;

	if (!result)
		result = a->kinds - b->kinds;
	if (!result && a->group != b->group)
		result = compare_groups(a->group_object, b->group_object);
	if (!result)
		result = a->rank - b->rank;
	if (!result)
		result = compare_objects(a->object, b->object);
	if (result)
		return result;
	return a->node < b->node ? -1 : a->node > b->node;
}

/* Within the phases that are not about single tables, kinds are kept together:
 * first what others use, or, where things go, last. */
static int kinds_of(const struct work *work, const struct node *node)
{
	const struct node *unit = &work->nodes.items[node->unit];
	enum limbeck_kind kind = pair_kind(&work->pairs.items[unit->pair]);

	if (node->phase == PHASE_CLEAR || node->phase == PHASE_END)
		return (int)LIMBECK_KIND_COUNT - (int)kind;
	if (node->phase == PHASE_BASE)
		return (int)pair_kind(&work->pairs.items[node->group]);
	return 0;
}

/* What others wait for is needed in their phase. */
static bool hurry(struct ordering *ordering)
{
	const struct work *work = ordering->work;
	index_list stack = VEC_INIT;
	bool done = false;

	for (int phase = 0; phase < PHASE_COUNT; phase++) {
		for (unsigned i = 0; i < work->nodes.count; i++)
			if (work->nodes.items[i].unit == i && work->nodes.items[i].phase == phase &&
				!vec_push(&stack, i))
				goto out;
		while (stack.count) {
			const struct links *into = &ordering->into;
			unsigned at = stack.items[--stack.count];

			for (unsigned k = into->starts[at]; k < into->starts[at + 1]; k++) {
				struct node *node =
					&work->nodes.items[work->edges.items[into->items[k]].from];

				if (node->phase <= phase)
					continue;
				node->phase = (unsigned char)phase;
				if (!vec_push(&stack, work->edges.items[into->items[k]].from))
					goto out;
			}
		}
	}
	done = true;
out:
	vec_release(&stack);
	return done;
}

/* Gives the nodes their places in the order that they had if they could. */
static bool sort_places(struct ordering *ordering)
{
	const struct work *work = ordering->work;
	size_t count = work->nodes.count;
	struct sorting *sorting = arena_array(&ordering->work->scratch, count, sizeof *sorting);

	ordering->places = arena_array(&ordering->work->scratch, count, sizeof *ordering->places);
	ordering->at = arena_array(&ordering->work->scratch, count, sizeof *ordering->at);
	if (!sorting || !ordering->places || !ordering->at)
		return false;
	for (unsigned i = 0; i < count; i++) {
		struct node *node = &work->nodes.items[i];

		node->phase = work->nodes.items[node->unit].phase;
		sorting[i] = (struct sorting) { .phase = node->phase, .rank = node->rank,
			.kinds = kinds_of(work, node), .group = node->group, .node = i,
			.group_object = pair_object(&work->pairs.items[node->group]),
			.object = pair_object(&work->pairs.items[node->pair]) };
	}
	qsort(sorting, count, sizeof *sorting, compare_places);
	for (unsigned i = 0; i < count; i++) {
		ordering->at[i] = (struct place) { .node = sorting[i].node,
			.run = i && sorting[i].phase == sorting[i - 1].phase &&
				sorting[i].kinds == sorting[i - 1].kinds &&
				sorting[i].group == sorting[i - 1].group
				? ordering->at[i - 1].run : i };
		ordering->places[sorting[i].node] = i;
	}
	return true;
}

/* Edges between units, in place: those within one are gone. */
static void lift_edges(struct work *work)
{
	size_t kept = 0;

	for (size_t i = 0; i < work->edges.count; i++) {
		struct edge edge = work->edges.items[i];

		edge.from = work->nodes.items[edge.from].unit;
		edge.to = work->nodes.items[edge.to].unit;
		if (edge.from != edge.to)
			work->edges.items[kept++] = edge;
	}
	work->edges.count = kept;
}

static bool link_edges(struct work *work, struct links *links, bool by_target)
{
	size_t nodes = work->nodes.count, count = work->edges.count;
	const struct edge *edges = work->edges.items;

	links->starts = arena_array(&work->scratch, nodes + 2, sizeof *links->starts);
	links->items = arena_array(&work->scratch, count + 1, sizeof *links->items);
	if (!links->starts || !links->items)
		return false;
	for (size_t i = 0; i < count; i++)
		links->starts[(by_target ? edges[i].to : edges[i].from) + 2]++;
	for (size_t i = 2; i < nodes + 2; i++)
		links->starts[i] += links->starts[i - 1];
	for (unsigned i = 0; i < count; i++)
		links->items[links->starts[(by_target ? edges[i].to : edges[i].from) + 1]++] = i;
	return true;
}

bool order_nodes(struct work *work, unsigned *order)
{
	struct ordering ordering = { .work = work, .order = order };

	lift_edges(work);
	return link_edges(work, &ordering.into, true) && link_edges(work, &ordering.out, false) &&
		hurry(&ordering) && sort_places(&ordering) && order_walk(&ordering);
}
