/* SPDX-License-Identifier: BSD-2-Clause */
#include "revision/graph.h"

#include <string.h>

#include "base/error.h"
#include "revision/link.h"

#define NAME_LENGTH_MAX 128

static const char name_characters[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.";

void graph_init(struct graph *graph)
{
	memset(graph, 0, sizeof *graph);
}

void graph_release(struct graph *graph)
{
	map_release(&graph->by_id);
	map_release(&graph->by_label);
	map_release(&graph->by_replaced);
	map_release(&graph->aliases);
	vec_release(&graph->all);
	arena_release(&graph->arena);
	graph_init(graph);
}

bool graph_id_is_reserved(const char *id)
{
	static const char *const reserved[] = { "head", "heads", "base", "current" };

	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (strcmp(id, reserved[i]) == 0)
			return true;
	return false;
}

bool graph_id_is_valid(const char *id)
{
	size_t length = strlen(id);

	return length >= 1 && length <= NAME_LENGTH_MAX &&
		strspn(id, name_characters) == length && !graph_id_is_reserved(id);
}

bool graph_label_is_valid(const char *label)
{
	size_t length = strlen(label);

	if (length < 1 || length > NAME_LENGTH_MAX || label[0] == '-' ||
		graph_id_is_reserved(label))
		return false;
	for (const char *c = label; *c; c++)
		if (*c != '-' && !strchr(name_characters, *c))
			return false;
	return true;
}

static int bad_id(const struct revision *revision, struct limbeck_error *err)
{
	if (graph_id_is_reserved(revision->id)) {
		error_set(err, LIMBECK_E_GRAPH, "revision id \"%s\" is reserved", revision->id);
		error_hint(err, "Choose another id; head, heads, base and current have a meaning.");
	} else {
		error_set(err, LIMBECK_E_GRAPH, "revision id \"%.*s\" is not well formed",
			NAME_LENGTH_MAX, revision->id);
		error_hint(err, "An id is 1 to %d letters, digits, \"_\" and \".\".",
			NAME_LENGTH_MAX);
	}
	error_place(err, revision->path, revision->line, 0);
	return -1;
}

static int duplicate_id(const struct revision *revision, const struct revision *other,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_GRAPH, "revision id \"%s\" is used twice", revision->id);
	error_detail(err, "The other file is %s:%u.", other->path, other->line);
	error_hint(err, "Give one of the two another id, or remove the file that is a copy.");
	error_place(err, revision->path, revision->line, 0);
	return -1;
}

static const char *text_or_empty(const char *text)
{
	return text ? text : "";
}

int graph_add(struct graph *graph, const struct revision *revision, struct limbeck_error *err)
{
	struct revision *copy;
	const struct revision *other;

	if (!graph_id_is_valid(revision->id))
		return bad_id(revision, err);
	other = graph_find(graph, revision->id);
	if (other)
		return duplicate_id(revision, other, err);
	copy = arena_alloc(&graph->arena, sizeof *copy);
	if (!copy)
		return error_nomem(err);
	*copy = *revision;
	copy->message = text_or_empty(revision->message);
	copy->text = text_or_empty(revision->text);
	copy->created = text_or_empty(revision->created);
	copy->path = text_or_empty(revision->path);
	if (!map_put(&graph->by_id, copy->id, copy) || !vec_push(&graph->all, copy))
		return error_nomem(err);
	return 0;
}

struct revision *graph_find(const struct graph *graph, const char *id)
{
	return map_get(&graph->by_id, id);
}

struct revision *graph_find_key(const struct graph *graph, const char *key)
{
	struct revision *revision = graph_find(graph, key);

	if (!revision)
		revision = graph_find_replacing(graph, key);
	return revision ? revision : map_get(&graph->by_label, key);
}

static bool is_head(const struct revision *revision)
{
	return revision->ups.count == 0;
}

static bool is_effective_head(const struct revision *revision)
{
	return revision->ups.count == 0 && revision->needed_by.count == 0;
}

static bool is_base(const struct revision *revision)
{
	return revision->downs.count == 0;
}

static bool collect(struct graph *graph, bool (*fits)(const struct revision *),
	struct revision_list *out)
{
	for (size_t i = 0; i < graph->all.count; i++)
		if (fits(graph->all.items[i]) &&
			!vec_push_arena(out, graph->all.items[i], &graph->arena))
			return false;
	return true;
}

bool graph_heads(struct graph *graph, struct revision_list *out)
{
	return collect(graph, is_head, out);
}

bool graph_effective_heads(struct graph *graph, struct revision_list *out)
{
	return collect(graph, is_effective_head, out);
}

bool graph_bases(struct graph *graph, struct revision_list *out)
{
	return collect(graph, is_base, out);
}
