/* SPDX-License-Identifier: BSD-2-Clause */
/* Squashed revisions: one that stands for others, and what then stands for it. */
#include "revision/link.h"

#include <stdint.h>
#include <string.h>

#include "base/error.h"

bool graph_alias(struct graph *graph, const char *id, const char *other)
{
	/* map wants a pointer that is not const; it gives back the same. */
	return map_put(&graph->aliases, id, (void *)(uintptr_t)other);
}

struct revision *graph_find_replacing(const struct graph *graph, const char *id)
{
	struct revision *revision = map_get(&graph->by_replaced, id);

	/* An alias may lead to one that is left out too. */
	for (size_t i = 0; !revision && i < map_count(&graph->aliases); i++) {
		id = map_get(&graph->aliases, id);
		if (!id)
			return NULL;
		revision = graph_find(graph, id);
		if (!revision)
			revision = map_get(&graph->by_replaced, id);
	}
	return revision;
}

static bool is_last(const struct revision *revision, const char *id)
{
	const struct names *replaces = &revision->replaces;

	return replaces->count && strcmp(replaces->items[replaces->count - 1], id) == 0;
}

struct revision *graph_find_row(const struct graph *graph, const char *id)
{
	struct revision *revision = graph_find(graph, id);

	if (revision)
		return revision;
	revision = map_get(&graph->by_replaced, id);
	if (!revision)
		return graph_find_replacing(graph, id);
	return is_last(revision, id) ? revision : NULL;
}

struct revision *graph_find_around(const struct graph *graph, const char *id)
{
	struct revision *revision = map_get(&graph->by_replaced, id);

	return revision && !graph_find(graph, id) && !is_last(revision, id) ? revision : NULL;
}

static int has_file(const struct revision *revision, const struct revision *other,
	struct limbeck_error *err)
{
	if (revision == other) {
		error_set(err, LIMBECK_E_GRAPH, "revision \"%s\" replaces itself", revision->id);
	} else {
		error_set(err, LIMBECK_E_GRAPH, "revision \"%s\", which \"%s\" replaces, has a file",
			other->id, revision->id);
		error_detail(err, "It is %s:%u.", other->path, other->line);
		error_hint(err, "Move the file to the folder squashed, beside the folder that it is "
			"in.");
	}
	error_place(err, revision->path, revision->line, 0);
	return -1;
}

static int replaced_twice(const struct revision *revision, const struct revision *other,
	const char *id, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_GRAPH, "revision \"%s\" is replaced by \"%s\" and by \"%s\"", id,
		other->id, revision->id);
	error_detail(err, "The other file is %s:%u.", other->path, other->line);
	error_place(err, revision->path, revision->line, 0);
	return -1;
}

static int enter(struct graph *graph, struct revision *revision, struct limbeck_error *err)
{
	for (size_t i = 0; i < revision->replaces.count; i++) {
		const char *id = revision->replaces.items[i];
		const struct revision *other = graph_find(graph, id);

		if (other)
			return has_file(revision, other, err);
		other = map_get(&graph->by_replaced, id);
		if (other)
			return replaced_twice(revision, other, id, err);
		if (!map_put(&graph->by_replaced, id, revision))
			return error_nomem(err);
	}
	return 0;
}

int link_replaced(struct graph *graph, struct limbeck_error *err)
{
	for (size_t i = 0; i < graph->all.count; i++)
		if (enter(graph, graph->all.items[i], err) < 0)
			return -1;
	return 0;
}
