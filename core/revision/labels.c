/* SPDX-License-Identifier: BSD-2-Clause */
/* Labels spread. Revisions that have the same labels as their parent share its
 * list, so that many labels on a long line stay small. */
#include "revision/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int compare_names(const void *a, const void *b)
{
	const char *const *left = a;
	const char *const *right = b;

	return strcmp(*left, *right);
}

static size_t gather(const struct revision *revision, const char **names)
{
	size_t count = 0;

	for (size_t i = 0; i < revision->downs.count; i++) {
		const struct names *from = &revision->downs.items[i]->all_labels;

		for (size_t k = 0; k < from->count; k++)
			names[count++] = from->items[k];
	}
	for (size_t i = 0; i < revision->labels.count; i++)
		names[count++] = revision->labels.items[i];
	return count;
}

static size_t sort_unique(const char **names, size_t count)
{
	size_t kept = 0;

	if (count)
		qsort(names, count, sizeof *names, compare_names);
	for (size_t i = 0; i < count; i++)
		if (!kept || strcmp(names[kept - 1], names[i]) != 0)
			names[kept++] = names[i];
	return kept;
}

/* The labels of the parents and the revision's own. */
static bool unite(struct revision *revision, struct arena *arena)
{
	size_t room = revision->labels.count;
	const char **names;
	size_t count;

	for (size_t i = 0; i < revision->downs.count; i++)
		room += revision->downs.items[i]->all_labels.count;
	if (!room)
		return true;
	names = mem_alloc(room * sizeof *names);
	if (!names)
		return false;
	count = sort_unique(names, gather(revision, names));
	for (size_t i = 0; i < revision->downs.count; i++) {
		if (revision->downs.items[i]->all_labels.count == count) {
			revision->all_labels = revision->downs.items[i]->all_labels;
			mem_free(names);
			return true;
		}
	}
	revision->all_labels.items = arena_array(arena, count, sizeof *names);
	if (revision->all_labels.items) {
		memcpy(revision->all_labels.items, names, count * sizeof *names);
		revision->all_labels.count = revision->all_labels.capacity = count;
	}
	mem_free(names);
	return revision->all_labels.items != NULL;
}

/* More than one revision has it as parent or dependency. */
static bool is_parted(const struct revision *revision)
{
	if (revision->ups.count > 1 || revision->needed_by.count > 1)
		return true;
	return revision->ups.count && revision->needed_by.count &&
		revision->ups.items[0] != revision->needed_by.items[0];
}

/* On the line that leads to a head, all have the labels of the head. */
static void spread_down(struct revision *head)
{
	struct revision *at = head;

	while (at && !is_parted(at) && at->downs.count <= 1) {
		at->all_labels = head->all_labels;
		at = at->downs.count ? at->downs.items[0] : NULL;
	}
}

bool link_labels(struct graph *graph)
{
	if (!map_count(&graph->by_label))
		return true;
	for (size_t i = 0; i < graph->all.count; i++) {
		struct revision *revision = graph->all.items[i];

		if (revision->downs.count == 1 && !revision->labels.count)
			revision->all_labels = revision->downs.items[0]->all_labels;
		else if (!unite(revision, &graph->arena))
			return false;
	}
	for (size_t i = 0; i < graph->all.count; i++)
		if (!graph->all.items[i]->ups.count)
			spread_down(graph->all.items[i]);
	return true;
}
