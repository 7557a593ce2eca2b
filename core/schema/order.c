/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The order of dependencies. Objects are ranked by kind and name; of those that
 * wait for nothing the lowest rank is always the next. A table waits for what its
 * columns and checks need, and for the tables that its foreign keys refer to, if it
 * can: these are the soft edges, at which a circle is cut first.
 */
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "schema/catalog_int.h"

struct edge {
	size_t from;   /* rank of the one that waits */
	size_t to;     /* ... for this one */
	bool soft;
	bool closed;     /* placed, or cut */
};

struct order {
	const struct limbeck_catalog *catalog;
	struct arena scratch;
	size_t count;
	const struct limbeck_object **ranked;
	size_t *ranks;           /* by id */
	VEC(struct edge) edges;  /* by from */
	size_t *edge_of;         /* the first edge from a rank; count + 1 of them */
	size_t *waiter_of;       /* the first of waiters for a rank; likewise */
	size_t *waiters;         /* edges, by to */
	size_t *pending;         /* how many edges a rank waits for */
	bool *placed;
	size_t *heap;            /* ranks that wait for nothing */
	size_t heap_count;
	size_t *path;            /* of the search for a circle, */
	size_t *seen;            /* ... and the place in it + 1 */
};

static int compare_texts(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int compare_objects(const void *left, const void *right)
{
	const struct limbeck_object *a = *(const struct limbeck_object *const *)left;
	const struct limbeck_object *b = *(const struct limbeck_object *const *)right;
	const struct object_name *x = &a->key.name, *y = &b->key.name;
	int order = x->kind < y->kind ? -1 : x->kind > y->kind;

	order = order ? order : compare_texts(x->schema, y->schema);
	order = order ? order : compare_texts(x->table, y->table);
	if (!order && (x->kind == LIMBECK_KIND_COLUMN || (a->numbered && b->numbered)))
		return a->id < b->id ? -1 : a->id > b->id;
	order = order ? order : compare_texts(x->name, y->name);
	order = order ? order : compare_texts(x->signature, y->signature);
	if (!order)
		order = a->id < b->id ? -1 : a->id > b->id;
	return order;
}

static bool allocate(struct order *order)
{
	size_t n = order->count;

	order->ranked = arena_array(&order->scratch, n, sizeof *order->ranked);
	order->ranks = arena_array(&order->scratch, order->catalog->added, sizeof *order->ranks);
	order->edge_of = arena_array(&order->scratch, n + 1, sizeof *order->edge_of);
	order->waiter_of = arena_array(&order->scratch, n + 1, sizeof *order->waiter_of);
	order->pending = arena_array(&order->scratch, n, sizeof *order->pending);
	order->placed = arena_array(&order->scratch, n, sizeof *order->placed);
	order->heap = arena_array(&order->scratch, n, sizeof *order->heap);
	order->path = arena_array(&order->scratch, n, sizeof *order->path);
	order->seen = arena_array(&order->scratch, n, sizeof *order->seen);
	return order->ranked && order->ranks && order->edge_of && order->waiter_of &&
		order->pending && order->placed && order->heap && order->path && order->seen;
}

static void rank_all(struct order *order)
{
	size_t n = 0;

	for (int kind = 0; kind < LIMBECK_KIND_COUNT; kind++) {
		size_t start = n;

		for (const struct limbeck_object *object = order->catalog->kinds[kind].first; object;
			object = object->next)
			order->ranked[n++] = object;
		qsort(order->ranked + start, n - start, sizeof *order->ranked, compare_objects);
	}
	for (size_t i = 0; i < n; i++)
		order->ranks[order->ranked[i]->id] = i;
}

/* What part, which may be the object itself, waits for makes the object wait; but
 * not for itself or its own parts. */
static bool add_edges(struct order *order, const struct limbeck_object *object,
	const struct limbeck_object *part)
{
	bool lifted = part != object;
	bool soft = lifted && part->key.name.kind == LIMBECK_KIND_FOREIGN_KEY;

	for (unsigned i = 0; i < part->dependency_count; i++) {
		const struct limbeck_object *on = catalog_find(order->catalog, &part->dependencies[i]);
		struct edge edge = { .from = order->ranks[object->id], .soft = soft };

		if (!on || on == object || (lifted && on->group && on->group == part->group) ||
			(soft && on->key.name.kind != LIMBECK_KIND_TABLE))
			continue;
		edge.to = order->ranks[on->id];
		if (!vec_push(&order->edges, edge))
			return false;
		order->pending[edge.from]++;
		order->waiter_of[edge.to]++;
	}
	return true;
}

/* Whether a part is made together with its table or domain. */
static bool is_member(enum limbeck_kind kind)
{
	return kind >= LIMBECK_KIND_COLUMN && kind <= LIMBECK_KIND_FOREIGN_KEY;
}

static bool add_all_edges(struct order *order)
{
	for (size_t i = 0; i < order->count; i++) {
		const struct limbeck_object *object = order->ranked[i];
		const struct object_name *name = &object->key.name;
		const struct group *group = NULL;

		order->edge_of[i] = order->edges.count;
		if (!add_edges(order, object, object))
			return false;
		if (name->kind == LIMBECK_KIND_TABLE || name->kind == LIMBECK_KIND_DOMAIN)
			group = catalog_group(order->catalog, name->schema, name->name);
		for (int kind = 0; group && kind < LIMBECK_KIND_COUNT; kind++)
			for (const struct limbeck_object *part = group->parts[kind].first;
				part && is_member(part->key.name.kind); part = part->part_next)
				if (!add_edges(order, object, part))
					return false;
	}
	order->edge_of[order->count] = order->edges.count;
	return true;
}

/* Turns the counts in waiter_of into places, and fills in who waits. */
static bool add_waiters(struct order *order)
{
	size_t total = 0;

	order->waiters = arena_array(&order->scratch, order->edges.count, sizeof *order->waiters);
	if (!order->waiters)
		return false;
	for (size_t i = 0; i <= order->count; i++) {
		total += i < order->count ? order->waiter_of[i] : 0;
		order->waiter_of[i] = total;
	}
	for (size_t i = order->edges.count; i-- > 0;)
		order->waiters[--order->waiter_of[order->edges.items[i].to]] = i;
	return true;
}

static void push(struct order *order, size_t rank)
{
	size_t i = order->heap_count++;

	for (; i && order->heap[(i - 1) / 2] > rank; i = (i - 1) / 2)
		order->heap[i] = order->heap[(i - 1) / 2];
	order->heap[i] = rank;
}

static size_t pop(struct order *order)
{
	size_t top = order->heap[0], last = order->heap[--order->heap_count], i = 0, child;

	while ((child = 2 * i + 1) < order->heap_count) {
		if (child + 1 < order->heap_count && order->heap[child + 1] < order->heap[child])
			child++;
		if (order->heap[child] >= last)
			break;
		order->heap[i] = order->heap[child];
		i = child;
	}
	order->heap[i] = last;
	return top;
}

static void settle(struct order *order, struct edge *edge)
{
	if (edge->closed)
		return;
	edge->closed = true;
	if (--order->pending[edge->from] == 0 && !order->placed[edge->from])
		push(order, edge->from);
}

/* An edge that keeps a rank waiting. */
static size_t open_edge(const struct order *order, size_t rank)
{
	size_t i = order->edge_of[rank];

	while (order->edges.items[i].closed)
		i++;
	return i;
}

/* Every rank that is left waits: so going from each to one that it waits for ends
 * in a circle. Its first soft edge, else its first, is cut. */
static void cut_circle(struct order *order, size_t start)
{
	size_t length = 0, best, rank = start;

	while (!order->seen[rank]) {
		size_t edge = open_edge(order, rank);

		order->path[length++] = edge;
		order->seen[rank] = length;
		rank = order->edges.items[edge].to;
	}
	best = order->path[order->seen[rank] - 1];
	for (size_t i = order->seen[rank] - 1; i < length; i++) {
		const struct edge *edge = &order->edges.items[order->path[i]];
		const struct edge *chosen = &order->edges.items[best];

		if (edge->soft > chosen->soft ||
			(edge->soft == chosen->soft && order->path[i] < best))
			best = order->path[i];
	}
	for (size_t i = 0; i < length; i++)
		order->seen[order->edges.items[order->path[i]].from] = 0;
	settle(order, &order->edges.items[best]);
}

static void place_all(struct order *order, const struct limbeck_object **out)
{
	size_t done = 0, next = 0;

	for (size_t i = 0; i < order->count; i++)
		if (!order->pending[i])
			push(order, i);
	while (done < order->count) {
		size_t rank;

		while (!order->heap_count) {
			while (order->placed[next])
				next++;
			cut_circle(order, next);
		}
		rank = pop(order);
		order->placed[rank] = true;
		out[done++] = order->ranked[rank];
		for (size_t i = order->waiter_of[rank]; i < order->waiter_of[rank + 1]; i++)
			settle(order, &order->edges.items[order->waiters[i]]);
	}
}

const struct limbeck_object **catalog_order(const struct limbeck_catalog *catalog,
	struct arena *arena, size_t *count)
{
	struct order order = { .catalog = catalog, .count = catalog->count, .edges = VEC_INIT };
	const struct limbeck_object **out = NULL;

	if (!allocate(&order))
		goto out;
	rank_all(&order);
	if (!add_all_edges(&order) || !add_waiters(&order))
		goto out;
	out = arena_array(arena, order.count ? order.count : 1, sizeof *out);
	if (!out)
		goto out;
	place_all(&order, out);
	*count = order.count;
out:
	vec_release(&order.edges);
	arena_release(&order.scratch);
	return out;
}
