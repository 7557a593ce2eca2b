/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Normalised dependencies. Only a revision that has dependencies needs work:
 * one search from its parents and dependencies downwards finds which of its
 * dependencies are below another. What stands before the dependencies in the
 * topological order, or is nearer to the bases than all of them, can't lead to
 * one and is not entered.
 *
 * The searches together may enter so many revisions for each that the graph
 * has; ordinary graphs need a few. What is left after that keeps all its
 * dependencies, which costs nothing but space: which revisions are in no
 * other's tops is the same.
 */
#include "revision/link.h"

#include "base/mem.h"

#define ENTERED_MAX 64

struct search {
	size_t *depth;            /* by index: the longest way to a base */
	const struct revision **seen; /* by index: who was there last */
	const struct revision *revision;
	size_t least_index;       /* of its dependencies */
	size_t least_depth;
	size_t left;              /* how many more may be entered */
	VEC(struct revision *) stack;
};

static size_t depth_of(const struct search *search, const struct revision *revision)
{
	size_t depth = 0;

	for (size_t i = 0; i < revision->downs.count; i++)
		if (search->depth[revision->downs.items[i]->index] >= depth)
			depth = search->depth[revision->downs.items[i]->index] + 1;
	for (size_t i = 0; i < revision->needs.count; i++)
		if (search->depth[revision->needs.items[i]->index] >= depth)
			depth = search->depth[revision->needs.items[i]->index] + 1;
	return depth;
}

static bool enter(struct search *search, const struct revision_list *below)
{
	for (size_t i = 0; i < below->count; i++) {
		struct revision *next = below->items[i];

		if (next->index < search->least_index ||
			search->seen[next->index] == search->revision ||
			search->depth[next->index] < search->least_depth || !search->left)
			continue;
		search->left--;
		search->seen[next->index] = search->revision;
		if (!vec_push(&search->stack, next))
			return false;
	}
	return true;
}

/* After it, seen tells which of the revision's dependencies are below another
 * of its dependencies or parents. */
static bool search_below(struct search *search, const struct revision *revision)
{
	search->revision = revision;
	search->least_index = search->least_depth = (size_t)-1;
	for (size_t i = 0; i < revision->needs.count; i++) {
		size_t index = revision->needs.items[i]->index;

		if (index < search->least_index)
			search->least_index = index;
		if (search->depth[index] < search->least_depth)
			search->least_depth = search->depth[index];
	}
	for (size_t i = 0; i < revision->downs.count; i++)
		if (!enter(search, &revision->downs.items[i]->downs) ||
			!enter(search, &revision->downs.items[i]->needs))
			return false;
	for (size_t i = 0; i < revision->needs.count; i++)
		if (!enter(search, &revision->needs.items[i]->downs) ||
			!enter(search, &revision->needs.items[i]->needs))
			return false;
	while (search->stack.count) {
		struct revision *next = search->stack.items[--search->stack.count];

		if (!enter(search, &next->downs) || !enter(search, &next->needs))
			return false;
	}
	return true;
}

static bool normalise(struct search *search, struct revision *revision, struct arena *arena)
{
	struct revision_list *tops = &revision->tops;

	if (!search_below(search, revision))
		return false;
	tops->capacity = revision->downs.count + revision->needs.count;
	tops->items = arena_array(arena, tops->capacity, sizeof *tops->items);
	if (!tops->items)
		return false;
	for (size_t i = 0; i < revision->downs.count; i++) {
		tops->items[tops->count++] = revision->downs.items[i];
		search->seen[revision->downs.items[i]->index] = revision;
	}
	for (size_t i = 0; i < revision->needs.count; i++)
		if (search->seen[revision->needs.items[i]->index] != revision)
			tops->items[tops->count++] = revision->needs.items[i];
	return true;
}

bool link_tops(struct graph *graph)
{
	struct search search = { .stack = VEC_INIT };
	bool done = false;

	search.left = (graph->all.count + 1024) * ENTERED_MAX;
	search.depth = mem_alloc((graph->all.count + 1) * sizeof *search.depth);
	search.seen = mem_alloc((graph->all.count + 1) * sizeof *search.seen);
	if (!search.depth || !search.seen)
		goto out;
	for (size_t i = 0; i < graph->all.count; i++) {
		struct revision *revision = graph->all.items[i];

		search.depth[i] = depth_of(&search, revision);
		if (!revision->needs.count)
			revision->tops = revision->downs;
		else if (!normalise(&search, revision, &graph->arena))
			goto out;
	}
	done = true;
out:
	mem_free(search.depth);
	mem_free(search.seen);
	vec_release(&search.stack);
	return done;
}
