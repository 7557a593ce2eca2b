/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/suggest.h"
#include "revision/describe.h"
#include "revision/query.h"

/* Shorter ids and labels must be given in full, as Alembic has it. */
#define PREFIXED_MIN 4

static size_t key_count(const struct graph *graph)
{
	return graph->all.count + map_count(&graph->by_label);
}

static int cannot_locate(struct query *query, const char *key, bool as_branch,
	struct limbeck_error *err)
{
	struct graph *graph = query->graph;
	const char **keys = arena_array(&graph->arena, key_count(graph) + 1, sizeof *keys);
	const struct map_entry *entry = NULL;
	struct revision_list near = { NULL, 0, 0 };
	struct revision *nearest;
	const char *name;
	size_t count = 0;

	if (!keys)
		return error_nomem(err);
	for (size_t i = 0; i < graph->all.count; i++)
		keys[count++] = graph->all.items[i]->id;
	while ((entry = map_next(&graph->by_label, entry)))
		keys[count++] = map_entry_key(entry);
	name = suggest_nearest(key, keys, count);
	error_set(err, LIMBECK_E_UNKNOWN, as_branch ? "no such branch: \"%s\""
		: "no revision or label is called \"%s\"", key);
	if (name) {
		nearest = graph_find_key(graph, name);
		if (query_add(query, &near, nearest, err) < 0)
			return -1;
		describe_list(err, "The nearest is:", &near);
		error_hint(err, "Perhaps \"%s\" is meant.", name);
	} else if (!graph->all.count) {
		error_detail(err, "There are no revisions.");
	} else {
		if (!graph_heads(graph, &near))
			return error_nomem(err);
		describe_list(err, "The heads are:", &near);
		if (strpbrk(key, "+-"))
			error_hint(err, "A relative identifier ends with its number, as in "
				"head-1.");
	}
	return -1;
}

static int not_on_branch(struct query *query, const struct revision *revision,
	struct limbeck_error *err)
{
	struct revision_list heads = { NULL, 0, 0 };

	if (query_heads(query, &heads, err) < 0)
		return -1;
	error_set(err, LIMBECK_E_BRANCH, "revision \"%s\" is not on branch \"%s\"", revision->id,
		query->branch_name);
	describe_list(err, "That branch leads to:", &heads);
	return -1;
}

static bool begins(const char *key, const char *prefix, size_t length)
{
	return strncmp(key, prefix, length) == 0 && strlen(key) >= PREFIXED_MIN;
}

static int add_once(struct query *query, struct revision_list *out, struct revision_set *taken,
	struct revision *revision, struct limbeck_error *err)
{
	if (revision_set_has(taken, revision))
		return 0;
	taken->has[revision->index] = 1;
	return query_add(query, out, revision, err);
}

/* All that an id or label beginning with prefix names. */
static int find_prefixed(struct query *query, const char *prefix, struct revision_list *out,
	struct limbeck_error *err)
{
	const struct graph *graph = query->graph;
	const struct map_entry *entry = NULL;
	size_t length = strlen(prefix);
	struct revision_set taken = { mem_alloc(graph->all.count + 1) };
	int result = 0;

	if (!taken.has)
		return error_nomem(err);
	for (size_t i = 0; i < graph->all.count && result == 0; i++)
		if (begins(graph->all.items[i]->id, prefix, length))
			result = add_once(query, out, &taken, graph->all.items[i], err);
	while (result == 0 && (entry = map_next(&graph->by_label, entry)))
		if (begins(map_entry_key(entry), prefix, length))
			result = add_once(query, out, &taken, map_entry_value(entry), err);
	mem_free(taken.has);
	return result;
}

static int none_on_branch(const struct query *query, const char *prefix,
	const struct revision_list *elsewhere, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_BRANCH, "no revision that begins with \"%s\" is on branch \"%s\"",
		prefix, query->branch_name);
	describe_list(err, "Elsewhere there is:", elsewhere);
	return -1;
}

static int ambiguous(const char *prefix, const struct revision_list *found,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_AMBIGUOUS, "\"%s\" fits %zu revisions", prefix, found->count);
	describe_list(err, "Candidates are:", found);
	error_hint(err, "Write more of the id.");
	return -1;
}

static int lookup_prefix(struct query *query, const char *prefix, bool as_branch,
	struct revision **out, struct limbeck_error *err)
{
	struct revision_list found = { NULL, 0, 0 };
	struct revision_list fitting = { NULL, 0, 0 };

	if (find_prefixed(query, prefix, &found, err) < 0)
		return -1;
	if (!found.count)
		return cannot_locate(query, prefix, as_branch, err);
	for (size_t i = 0; i < found.count; i++)
		if (query_fits(query, found.items[i]) &&
			query_add(query, &fitting, found.items[i], err) < 0)
			return -1;
	if (!fitting.count)
		return none_on_branch(query, prefix, &found, err);
	if (fitting.count > 1)
		return ambiguous(prefix, &fitting, err);
	*out = fitting.items[0];
	return 0;
}

int query_lookup(struct query *query, const char *key, struct revision **out,
	struct limbeck_error *err)
{
	/* While the branch itself is looked up, there is none yet. */
	bool as_branch = query->branch_name && !query->branch;
	struct revision *exact = graph_find_key(query->graph, key);

	if (!exact)
		return lookup_prefix(query, key, as_branch, out, err);
	if (!query_fits(query, exact))
		return not_on_branch(query, exact, err);
	*out = exact;
	return 0;
}
