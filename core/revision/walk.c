/* SPDX-License-Identifier: BSD-2-Clause */
#include "revision/graph.h"

#include <stdlib.h>

enum edge {
	EDGE_DOWNS = 1,
	EDGE_NEEDS = 2,
	EDGE_UPS = 4,
	EDGE_NEEDED_BY = 8
};

struct walk {
	struct revision_set *set;
	VEC(struct revision *) stack;
};

static int compare_index(const void *a, const void *b)
{
	const struct revision *const *left = a;
	const struct revision *const *right = b;

	return ((*left)->index > (*right)->index) - ((*left)->index < (*right)->index);
}

void revision_list_sort(struct revision_list *list)
{
	size_t kept = 0;

	if (list->count)
		qsort(list->items, list->count, sizeof *list->items, compare_index);
	for (size_t i = 0; i < list->count; i++)
		if (!kept || list->items[kept - 1] != list->items[i])
			list->items[kept++] = list->items[i];
	list->count = kept;
}

bool revision_set_init(struct revision_set *set, const struct graph *graph, struct arena *arena)
{
	set->has = arena_alloc(arena, graph->all.count + 1);
	return set->has != NULL;
}

static bool enter(struct walk *walk, const struct revision_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		if (revision_set_has(walk->set, list->items[i]))
			continue;
		walk->set->has[list->items[i]->index] = 1;
		if (!vec_push(&walk->stack, list->items[i]))
			return false;
	}
	return true;
}

static bool enter_next(struct walk *walk, const struct revision *revision, unsigned edges)
{
	return (!(edges & EDGE_DOWNS) || enter(walk, &revision->downs)) &&
		(!(edges & EDGE_NEEDS) || enter(walk, &revision->needs)) &&
		(!(edges & EDGE_UPS) || enter(walk, &revision->ups)) &&
		(!(edges & EDGE_NEEDED_BY) || enter(walk, &revision->needed_by));
}

static bool mark(const struct revision_list *roots, unsigned edges, struct revision_set *set)
{
	struct walk walk = { set, VEC_INIT };
	bool done = enter(&walk, roots);

	while (done && walk.stack.count)
		done = enter_next(&walk, walk.stack.items[--walk.stack.count], edges);
	vec_release(&walk.stack);
	return done;
}

bool graph_mark_ancestors(const struct graph *graph, const struct revision_list *roots,
	struct revision_set *set)
{
	(void)graph;
	return mark(roots, EDGE_DOWNS | EDGE_NEEDS, set);
}

bool graph_mark_descendants(const struct graph *graph, const struct revision_list *roots,
	struct revision_set *set)
{
	(void)graph;
	return mark(roots, EDGE_UPS | EDGE_NEEDED_BY, set);
}

bool graph_mark_children(const struct graph *graph, const struct revision_list *roots,
	struct revision_set *set)
{
	(void)graph;
	return mark(roots, EDGE_UPS, set);
}

bool graph_mark_lineage(const struct graph *graph, struct revision *root, bool dependencies,
	struct revision_set *set)
{
	struct revision_list roots = { &root, 1, 1 };
	unsigned below = dependencies ? EDGE_DOWNS | EDGE_NEEDS : EDGE_DOWNS;
	unsigned above = dependencies ? EDGE_UPS | EDGE_NEEDED_BY : EDGE_UPS;

	(void)graph;
	/* What is above root is not below it, so it is not marked yet. */
	return mark(&roots, below, set) && mark(&root->ups, above, set) &&
		(!dependencies || mark(&root->needed_by, above, set));
}
