/* SPDX-License-Identifier: BSD-2-Clause */
#include "diff/order.h"

static void heap_push(struct ordering *ordering, unsigned run)
{
	size_t at = ordering->heap_count++;

	while (at && ordering->heap[(at - 1) / 2] > run) {
		ordering->heap[at] = ordering->heap[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	ordering->heap[at] = run;
}

static unsigned heap_pop(struct ordering *ordering)
{
	unsigned first = ordering->heap[0], last = ordering->heap[--ordering->heap_count];
	size_t at = 0, child;

	while ((child = 2 * at + 1) < ordering->heap_count) {
		if (child + 1 < ordering->heap_count &&
			ordering->heap[child + 1] < ordering->heap[child])
			child++;
		if (ordering->heap[child] >= last)
			break;
		ordering->heap[at] = ordering->heap[child];
		at = child;
	}
	ordering->heap[at] = last;
	return first;
}

/* A run is in the heap as long as it has ready nodes and is not the current one. */
static void make_ready(struct ordering *ordering, unsigned node, unsigned current)
{
	unsigned at = ordering->places[node], run = ordering->at[at].run;
	struct place *first = &ordering->at[run];

	ordering->at[at].is_ready = true;
	if (!first->ready || at < first->lowest)
		first->lowest = at;
	if (!first->ready++ && run != current)
		heap_push(ordering, run);
}

static void release(struct ordering *ordering, unsigned edge, unsigned current)
{
	unsigned to = ordering->work->edges.items[edge].to;

	if (!ordering->cut[edge] && --ordering->waiting[to] == 0)
		make_ready(ordering, to, current);
}

static void take(struct ordering *ordering, unsigned run)
{
	struct place *first = &ordering->at[run];
	unsigned node;

	while (!ordering->at[first->lowest].is_ready)
		first->lowest++;
	ordering->at[first->lowest].is_ready = false;
	first->ready--;
	node = ordering->at[first->lowest].node;
	ordering->taken[node] = true;
	ordering->order[ordering->count++] = node;
	for (unsigned i = ordering->out.starts[node]; i < ordering->out.starts[node + 1]; i++)
		release(ordering, ordering->out.items[i], run);
}

/* The edge by which a node that can't be taken waits: the one whose other end
 * would like to come first. */
static unsigned waits_by(const struct ordering *ordering, unsigned node)
{
	const struct links *into = &ordering->into;
	unsigned best = NONE;

	for (unsigned i = into->starts[node]; i < into->starts[node + 1]; i++) {
		unsigned edge = into->items[i];
		unsigned from = ordering->work->edges.items[edge].from;

		if (!ordering->taken[from] && !ordering->cut[edge] &&
			(best == NONE || ordering->places[from] <
				ordering->places[ordering->work->edges.items[best].from]))
			best = edge;
	}
	return best;
}

/* Walks back from a node until it comes to where it was, and cuts the weakest edge
 * of that circle; of several, the one at whose end is the earliest node. */
static void cut_circle(struct ordering *ordering, unsigned node, bool *seen)
{
	const struct edge *edges = ordering->work->edges.items;
	unsigned start, weakest = NONE;

	memset(seen, 0, ordering->work->nodes.count * sizeof *seen);
	while (!seen[node]) {
		seen[node] = true;
		node = edges[waits_by(ordering, node)].from;
	}
	start = node;
	do {
		unsigned edge = waits_by(ordering, node);

		if (weakest == NONE || edges[edge].strength < edges[weakest].strength ||
			(edges[edge].strength == edges[weakest].strength &&
				ordering->places[edges[edge].to] <
					ordering->places[edges[weakest].to]))
			weakest = edge;
		node = edges[edge].from;
	} while (node != start);
	release(ordering, weakest, NONE);
	ordering->cut[weakest] = true;
}

/* The first node in the wished order that is not taken. */
static unsigned first_left(const struct ordering *ordering, unsigned *from)
{
	for (;; ++*from) {
		unsigned node = ordering->at[*from].node;

		if (!ordering->taken[node] && ordering->work->nodes.items[node].unit == node)
			return node;
	}
}

/* A unit is taken with its first node; the others of it in the order of ranks. */
static bool spread_units(struct ordering *ordering)
{
	const struct work *work = ordering->work;
	size_t count = work->nodes.count, at = 0;
	unsigned *next = arena_array(&ordering->work->scratch, count, sizeof *next);
	unsigned *last = arena_array(&ordering->work->scratch, count, sizeof *last);
	unsigned *head = arena_array(&ordering->work->scratch, count, sizeof *head);
	unsigned *order = arena_array(&ordering->work->scratch, count, sizeof *order);

	if (!next || !last || !head || !order)
		return false;
	for (unsigned i = 0; i < count; i++)
		next[i] = last[i] = head[i] = NONE;
	for (unsigned i = 0; i < count; i++) {
		unsigned node = ordering->at[i].node, unit = work->nodes.items[node].unit;

		if (last[unit] == NONE)
			head[unit] = node;
		else
			next[last[unit]] = node;
		last[unit] = node;
	}
	for (unsigned i = 0; i < ordering->count; i++)
		for (unsigned node = head[ordering->order[i]]; node != NONE; node = next[node])
			order[at++] = node;
	memcpy(ordering->order, order, count * sizeof *order);
	return true;
}

static bool prepare(struct ordering *ordering)
{
	struct work *work = ordering->work;
	size_t count = work->nodes.count;

	ordering->waiting = arena_array(&work->scratch, count, sizeof *ordering->waiting);
	ordering->taken = arena_array(&work->scratch, count, sizeof *ordering->taken);
	ordering->cut = arena_array(&work->scratch, work->edges.count + 1, sizeof *ordering->cut);
	ordering->heap = arena_array(&work->scratch, count + 1, sizeof *ordering->heap);
	if (!ordering->waiting || !ordering->taken || !ordering->cut || !ordering->heap)
		return false;
	for (size_t i = 0; i < work->edges.count; i++)
		ordering->waiting[work->edges.items[i].to]++;
	for (unsigned i = 0; i < count; i++)
		if (!ordering->waiting[i] && work->nodes.items[i].unit == i)
			make_ready(ordering, i, NONE);
	return true;
}

bool order_walk(struct ordering *ordering)
{
	const struct work *work = ordering->work;
	size_t units = 0;
	unsigned left = 0;
	bool *seen = arena_array(&ordering->work->scratch, work->nodes.count, sizeof *seen);

	if (!seen || !prepare(ordering))
		return false;
	for (unsigned i = 0; i < work->nodes.count; i++)
		units += work->nodes.items[i].unit == i;
	while (ordering->count < units) {
		unsigned run;

		if (!ordering->heap_count) {
			cut_circle(ordering, first_left(ordering, &left), seen);
			continue;
		}
		run = heap_pop(ordering);
		while (ordering->at[run].ready)
			take(ordering, run);
	}
	return spread_units(ordering);
}
