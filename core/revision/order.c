/* SPDX-License-Identifier: BSD-2-Clause */
/* The topological order: of the revisions whose parents and dependencies have
 * all been placed, the one that comes first by `created` and id is next. */
#include "revision/link.h"

#include "base/error.h"
#include "base/mem.h"

/* The least index is at the top. */
struct heap {
	size_t *items;
	size_t count;
};

static void heap_push(struct heap *heap, size_t value)
{
	size_t at = heap->count++;

	while (at > 0 && heap->items[(at - 1) / 2] > value) {
		heap->items[at] = heap->items[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	heap->items[at] = value;
}

static size_t heap_pop(struct heap *heap)
{
	size_t least = heap->items[0];
	size_t value = heap->items[--heap->count];
	size_t at = 0;

	for (;;) {
		size_t child = 2 * at + 1;

		if (child >= heap->count)
			break;
		if (child + 1 < heap->count && heap->items[child + 1] < heap->items[child])
			child++;
		if (heap->items[child] >= value)
			break;
		heap->items[at] = heap->items[child];
		at = child;
	}
	heap->items[at] = value;
	return least;
}

static void release_waiting(struct heap *ready, size_t *waiting, const struct revision_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		size_t index = list->items[i]->index;

		if (--waiting[index] == 0)
			heap_push(ready, index);
	}
}

/* Fills sorted, and returns how many could be placed. */
static size_t place(const struct graph *graph, struct heap *ready, size_t *waiting,
	struct revision **sorted)
{
	size_t placed = 0;

	for (size_t i = 0; i < graph->all.count; i++) {
		const struct revision *revision = graph->all.items[i];

		waiting[i] = revision->downs.count + revision->needs.count;
		if (!waiting[i])
			heap_push(ready, i);
	}
	while (ready->count) {
		struct revision *revision = graph->all.items[heap_pop(ready)];

		sorted[placed++] = revision;
		release_waiting(ready, waiting, &revision->ups);
		release_waiting(ready, waiting, &revision->needed_by);
	}
	return placed;
}

int link_order(struct graph *graph, struct limbeck_error *err)
{
	size_t count = graph->all.count;
	struct heap ready = { NULL, 0 };
	size_t *waiting = mem_alloc((count + 1) * sizeof *waiting);
	struct revision **sorted = mem_alloc((count + 1) * sizeof *sorted);
	int result = -1;

	ready.items = mem_alloc((count + 1) * sizeof *ready.items);
	if (!waiting || !sorted || !ready.items) {
		error_nomem(err);
		goto out;
	}
	if (place(graph, &ready, waiting, sorted) < count) {
		link_report_cycle(graph, waiting, err);
		goto out;
	}
	mem_free(graph->all.items);
	graph->all.items = sorted;
	graph->all.capacity = count + 1;
	sorted = NULL;
	result = 0;
out:
	mem_free(ready.items);
	mem_free(sorted);
	mem_free(waiting);
	return result;
}
