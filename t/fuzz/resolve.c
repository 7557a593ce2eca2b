/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The language of revision identifiers, on a graph made from the input, and the plans
 * that it leads to: what an identifier stands for is in the graph; an id stands for
 * itself; and the changes of a plan can be carried out on the rows it starts from.
 *
 * The input is the number of revisions, two bytes for each (what it follows, and what
 * else it has), a byte of rows, and the identifier.
 */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"
#include "plan/plan.h"
#include "revgraph.h"
#include "revision/resolve.h"

static const char *const ids[] = { "a", "ab", "abcd1", "abcd2", "b.1", "c_", "27c6a30d7c24", "1975",
	"1975ea83b712", "heads.", "x", "y" };
static const char *const labels[] = { "l", "base-line", "abcd", "a", "x-1", "heads-up", "z", "q" };

enum { MOST = sizeof ids / sizeof *ids };

static void add_name(struct graph *graph, struct names *names, const char *name)
{
	fuzz_must(vec_push_arena(names, name, &graph->arena), "there is memory");
}

/* Parents are two of the revisions before, or, rarely, any; so there may be circles. */
static void add_revision(struct graph *graph, unsigned i, unsigned count, unsigned links,
	unsigned more, struct limbeck_error *err)
{
	struct revision revision = { .id = ids[i], .message = "m", .text = "m", .created = "",
		.path = "f.sql", .line = i + 1 };
	unsigned within = more & 64 ? count : i;

	if (within && links & 8)
		add_name(graph, &revision.parents, ids[links % 8 % within]);
	if (within && links & 128 && (links >> 4) % 8 % within != links % 8 % within)
		add_name(graph, &revision.parents, ids[(links >> 4) % 8 % within]);
	if (within && more & 8)
		add_name(graph, &revision.depends, ids[more % 8 % within]);
	if (more & 32)
		add_name(graph, &revision.labels, labels[(more >> 2) % 8]);
	if (more & 128 && i > 1)
		add_name(graph, &revision.replaces, "gone");
	graph_add(graph, &revision, err);
}

static bool make_graph(struct fuzz *input, struct graph *graph)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	unsigned count = fuzz_byte(input) % (MOST + 1);

	for (unsigned i = 0; i < count; i++) {
		unsigned links = fuzz_byte(input), more = fuzz_byte(input);

		add_revision(graph, i, count, links, more, &err);
		fuzz_must(err.code == 0, "ids that differ can be added");
	}
	if (graph_link(graph, &err) == 0)
		return true;
	fuzz_must(err.file != NULL, "an error in the graph names a file");
	fuzz_failed(&err);
	return false;
}

static void check_resolve(struct graph *graph, const char *text, enum resolve_use use,
	const struct revision_list *rows)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct resolve_result result = { .is_base = false };

	if (graph_resolve(graph, text, use, rows, &result, &err) < 0) {
		fuzz_failed(&err);
		return;
	}
	fuzz_must(result.is_base == (result.revisions.count == 0), "nothing is the base");
	for (size_t i = 0; i < result.revisions.count; i++)
		fuzz_must(graph_find(graph, result.revisions.items[i]->id)
			== result.revisions.items[i], "it is in the graph");
	if (graph_find(graph, text))
		fuzz_must(result.revisions.count == 1 && result.revisions.items[0]
			== graph_find(graph, text), "an id stands for itself");
}

static void check_replay(struct arena *arena, const struct graph *graph, const struct plan *plan,
	const char *text, int kind)
{
	const char *wrong = revgraph_replay(arena, graph, plan);

	/* What is forced may leave what is wrong. */
	if (!wrong || kind == 4)
		return;
	fprintf(stderr, "plan %d to \"%s\" from", kind, text);
	for (size_t i = 0; i < plan->rows_before.count; i++)
		fprintf(stderr, " %s", plan->rows_before.items[i]);
	fprintf(stderr, ": %s\n", wrong);
	fuzz_must(false, "a plan can be carried out");
}

static void check_plan(struct graph *graph, const struct names *rows, const char *text, int kind)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct plan plan = { .count = 0 };
	int result;

	if (kind == 0)
		result = plan_upgrade(&arena, graph, rows, text, &plan, &err);
	else if (kind == 1)
		result = plan_downgrade(&arena, graph, rows, text, &plan, &err);
	else
		result = plan_stamp(&arena, graph, rows, &text, 1, kind == 3, kind == 4, &plan, &err);
	if (result < 0)
		fuzz_failed(&err);
	else
		check_replay(&arena, graph, &plan, text, kind);
	arena_release(&arena);
}

static void check_range(struct graph *graph, const char *text, const struct revision_list *rows)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct revision_list list = { NULL, 0, 0 };

	if (graph_range(graph, text, rows, &list, &err) < 0)
		fuzz_failed(&err);
	for (size_t i = 1; i < list.count; i++)
		fuzz_must(list.items[i - 1]->index > list.items[i]->index, "newest first");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz input = { data, size };
	struct graph graph;
	struct names rows = { NULL, 0, 0 };
	struct revision_list at = { NULL, 0, 0 };
	const char *text;
	unsigned chosen;

	graph_init(&graph);
	if (!make_graph(&input, &graph))
		goto out;
	chosen = fuzz_byte(&input);
	for (size_t i = 0; i < graph.all.count && i < 8; i++)
		if (chosen & 1u << i)
			add_name(&graph, &rows, graph.all.items[i]->id);
	fuzz_must(graph_rows(&graph, &rows, &at, NULL, NULL) == 0, "rows of the graph are known");
	text = fuzz_rest(&input, &graph.arena, NULL);
	for (int use = RESOLVE_SHOW; use <= RESOLVE_PLAIN; use++)
		check_resolve(&graph, text, (enum resolve_use)use, &at);
	for (int kind = 0; kind < 5; kind++)
		check_plan(&graph, &rows, text, kind);
	check_range(&graph, text, &at);
out:
	graph_release(&graph);
	return 0;
}
