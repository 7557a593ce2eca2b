/* SPDX-License-Identifier: BSD-2-Clause */
#include "revision/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "base/suggest.h"

#define DOWNS offsetof(struct revision, downs)
#define NEEDS offsetof(struct revision, needs)
#define TOPS offsetof(struct revision, tops)
#define UPS offsetof(struct revision, ups)
#define NEEDED_BY offsetof(struct revision, needed_by)
#define TOPPED_BY offsetof(struct revision, topped_by)

/* The links that lead nowhere; the first is the error, all are its detail. */
struct missing {
	size_t count;
	const struct revision *revision;
	const char *key;
	const char *kind;
	struct strbuf lines;
};

struct revision_list *link_list(struct revision *revision, size_t which)
{
	return (struct revision_list *)(void *)((char *)revision + which);
}

static bool reserve_reverse(struct graph *graph, size_t from, size_t to)
{
	size_t total = 0;
	struct revision **block;

	for (size_t i = 0; i < graph->all.count; i++) {
		struct revision_list *list = link_list(graph->all.items[i], from);

		for (size_t k = 0; k < list->count; k++)
			link_list(list->items[k], to)->capacity++;
		total += list->count;
	}
	block = arena_array(&graph->arena, total ? total : 1, sizeof *block);
	if (!block)
		return false;
	for (size_t i = 0; i < graph->all.count; i++) {
		struct revision_list *list = link_list(graph->all.items[i], to);

		list->items = block;
		block += list->capacity;
	}
	return true;
}

bool link_reverse(struct graph *graph, size_t from, size_t to)
{
	if (graph->all.count && !link_list(graph->all.items[0], to)->items &&
		!reserve_reverse(graph, from, to))
		return false;
	for (size_t i = 0; i < graph->all.count; i++)
		link_list(graph->all.items[i], to)->count = 0;
	for (size_t i = 0; i < graph->all.count; i++) {
		struct revision_list *list = link_list(graph->all.items[i], from);

		for (size_t k = 0; k < list->count; k++) {
			struct revision_list *back = link_list(list->items[k], to);

			back->items[back->count++] = graph->all.items[i];
		}
	}
	return true;
}

static int compare_revisions(const void *a, const void *b)
{
	const struct revision *const *left = a;
	const struct revision *const *right = b;
	int order = strcmp((*left)->created, (*right)->created);

	return order ? order : strcmp((*left)->id, (*right)->id);
}

static int label_error(const struct revision *revision, const char *label,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_GRAPH, "label \"%s\" of revision \"%s\" is not well formed", label,
		revision->id);
	error_hint(err, "A label is 1 to 128 letters, digits, \"_\", \".\" and \"-\", and none of "
		"head, heads, base, current.");
	error_place(err, revision->path, revision->line, 0);
	return -1;
}

static int declare_label(struct graph *graph, struct revision *revision, const char *label,
	struct limbeck_error *err)
{
	const struct revision *other;

	if (!graph_label_is_valid(label))
		return label_error(revision, label, err);
	other = graph_find_key(graph, label);
	if (!other)
		return map_put(&graph->by_label, label, revision) ? 0 : error_nomem(err);
	if (strcmp(other->id, label) == 0)
		error_set(err, LIMBECK_E_GRAPH, "label \"%s\" of revision \"%s\" is the id of a "
			"revision", label, revision->id);
	else
		error_set(err, LIMBECK_E_GRAPH, "label \"%s\" is declared twice, by revisions "
			"\"%s\" and \"%s\"", label, other->id, revision->id);
	error_detail(err, "The other file is %s:%u.", other->path, other->line);
	error_hint(err, "Rename or remove one of the two.");
	error_place(err, revision->path, revision->line, 0);
	return -1;
}

static int declare_labels(struct graph *graph, struct limbeck_error *err)
{
	for (size_t i = 0; i < graph->all.count; i++) {
		struct revision *revision = graph->all.items[i];

		for (size_t k = 0; k < revision->labels.count; k++)
			if (declare_label(graph, revision, revision->labels.items[k], err) < 0)
				return -1;
	}
	return 0;
}

static void note_missing(struct missing *missing, const struct revision *revision,
	const char *kind, const char *key)
{
	if (!missing->count++) {
		missing->revision = revision;
		missing->key = key;
		missing->kind = kind;
	}
	strbuf_addf(&missing->lines, "\n  %s:%u: %s \"%s\" of revision \"%s\"", revision->path,
		revision->line, kind, key, revision->id);
}

/* Fills out with the revisions that names stand for, each once. seen holds,
 * for each revision, who last took it. */
static bool resolve_names(struct graph *graph, const struct revision *revision,
	const struct names *names, struct revision_list *out, const struct revision **seen,
	struct missing *missing)
{
	bool parents = out == &revision->downs;

	if (!names->count)
		return true;
	out->items = arena_array(&graph->arena, names->count, sizeof *out->items);
	if (!out->items)
		return false;
	out->capacity = names->count;
	for (size_t i = 0; i < names->count; i++) {
		const char *key = names->items[i];
		struct revision *found = parents ? graph_find(graph, key)
			: graph_find_key(graph, key);

		if (!found && parents) {
			found = graph_find_replacing(graph, key);
			/* From here on it stands on what took the old one's place. */
			names->items[i] = found ? found->id : key;
		}
		if (!found) {
			note_missing(missing, revision, parents ? "parent" : "dependency", key);
		} else if (seen[found->index] != revision) {
			seen[found->index] = revision;
			out->items[out->count++] = found;
		}
	}
	return true;
}

/* The one id that begins with key, or the one most like it. */
static const char *nearest_id(struct graph *graph, const char *key)
{
	const char **ids = arena_array(&graph->arena, graph->all.count, sizeof *ids);
	const char *longer = NULL;
	size_t longer_count = 0;

	if (!ids)
		return NULL;
	for (size_t i = 0; i < graph->all.count; i++) {
		ids[i] = graph->all.items[i]->id;
		if (strncmp(ids[i], key, strlen(key)) == 0) {
			longer = ids[i];
			longer_count++;
		}
	}
	return longer_count == 1 ? longer : suggest_nearest(key, ids, graph->all.count);
}

static int report_missing(struct graph *graph, struct missing *missing, struct limbeck_error *err)
{
	const struct revision *revision = missing->revision;
	const char *nearest = nearest_id(graph, missing->key);

	error_set(err, LIMBECK_E_GRAPH, "%s \"%s\" of revision \"%s\" does not exist",
		missing->kind, missing->key, revision->id);
	if (missing->count > 1)
		error_detail(err, "%zu revisions are named that no file has:%s", missing->count,
			missing->lines.buf);
	if (nearest)
		error_hint(err, "Perhaps \"%s\" is meant.", nearest);
	else
		error_hint(err, "Add the file of revision \"%s\", or correct %s:%u.", missing->key,
			revision->path, revision->line);
	error_place(err, revision->path, revision->line, 0);
	return -1;
}

static int resolve_links(struct graph *graph, struct limbeck_error *err)
{
	struct missing missing = { 0, NULL, NULL, NULL, STRBUF_INIT };
	const struct revision **seen;
	int result = 0;

	seen = mem_alloc((graph->all.count + 1) * sizeof *seen);
	if (!seen)
		return error_nomem(err);
	for (size_t i = 0; i < graph->all.count && result == 0; i++) {
		struct revision *revision = graph->all.items[i];

		if (!resolve_names(graph, revision, &revision->parents, &revision->downs, seen,
			    &missing))
			result = error_nomem(err);
	}
	memset(seen, 0, graph->all.count * sizeof *seen);
	for (size_t i = 0; i < graph->all.count && result == 0; i++) {
		struct revision *revision = graph->all.items[i];

		if (!resolve_names(graph, revision, &revision->depends, &revision->needs, seen,
			    &missing))
			result = error_nomem(err);
	}
	if (result == 0 && missing.count)
		result = report_missing(graph, &missing, err);
	strbuf_release(&missing.lines);
	mem_free(seen);
	return result;
}

static void number(struct graph *graph)
{
	for (size_t i = 0; i < graph->all.count; i++)
		graph->all.items[i]->index = i;
}

int graph_link(struct graph *graph, struct limbeck_error *err)
{
	if (graph->all.count)
		qsort(graph->all.items, graph->all.count, sizeof *graph->all.items,
			compare_revisions);
	number(graph);
	if (link_replaced(graph, err) < 0 || declare_labels(graph, err) < 0 || resolve_links(graph, err) < 0)
		return -1;
	if (!link_reverse(graph, DOWNS, UPS) || !link_reverse(graph, NEEDS, NEEDED_BY))
		return error_nomem(err);
	if (link_order(graph, err) < 0)
		return -1;
	number(graph);
	/* Once more, so that they have the order of the graph. */
	if (!link_reverse(graph, DOWNS, UPS) || !link_reverse(graph, NEEDS, NEEDED_BY) ||
		!link_tops(graph) || !link_reverse(graph, TOPS, TOPPED_BY) || !link_labels(graph))
		return error_nomem(err);
	graph->linked = true;
	return 0;
}
