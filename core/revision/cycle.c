/* SPDX-License-Identifier: BSD-2-Clause */
#include "revision/link.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/strbuf.h"

/* How many members of a long cycle the message itself names. */
#define SHOWN_MAX 8

/* Counts, for each revision, the parents that no order by parents alone can
 * place; true if there are any. */
static bool stuck_by_parents(const struct graph *graph, size_t *waiting, size_t *queue)
{
	size_t head = 0;
	size_t tail = 0;

	for (size_t i = 0; i < graph->all.count; i++) {
		waiting[i] = graph->all.items[i]->downs.count;
		if (!waiting[i])
			queue[tail++] = i;
	}
	while (head < tail) {
		const struct revision_list *ups = &graph->all.items[queue[head++]]->ups;

		for (size_t i = 0; i < ups->count; i++)
			if (--waiting[ups->items[i]->index] == 0)
				queue[tail++] = ups->items[i]->index;
	}
	return tail < graph->all.count;
}

static struct revision *first_stuck(const struct revision_list *list, const size_t *waiting)
{
	for (size_t i = 0; i < list->count; i++)
		if (waiting[list->items[i]->index])
			return list->items[i];
	return NULL;
}

/* Goes down from parent to parent that is stuck until one comes again; path
 * then holds the cycle from *start to the count returned, children first. */
static size_t follow(const struct graph *graph, const size_t *waiting, size_t *visited,
	struct revision **path, size_t *start)
{
	struct revision *at = first_stuck(&graph->all, waiting);
	size_t length = 0;

	while (at && !visited[at->index]) {
		struct revision *next = first_stuck(&at->downs, waiting);

		path[length++] = at;
		visited[at->index] = length;
		at = next ? next : first_stuck(&at->needs, waiting);
	}
	*start = at ? visited[at->index] - 1 : 0;
	return length;
}

static bool is_parent(const struct revision *revision, const struct revision *parent)
{
	for (size_t i = 0; i < revision->downs.count; i++)
		if (revision->downs.items[i] == parent)
			return true;
	return false;
}

/* path has children first; the texts go from parent to child. */
static void describe(struct revision **path, size_t count, struct strbuf *chain,
	struct strbuf *lines)
{
	strbuf_addstr(chain, path[0]->id);
	for (size_t i = count; i-- > 0;) {
		const struct revision *parent = path[(i + 1) % count];

		strbuf_addf(lines, "\n  %s:%u: \"%s\" %s \"%s\"", path[i]->path, path[i]->line,
			path[i]->id, is_parent(path[i], parent) ? "has parent" : "depends on",
			parent->id);
		if (count <= SHOWN_MAX || count - i < SHOWN_MAX || i == 0)
			strbuf_addf(chain, " -> %s", path[i]->id);
		else if (count - i == SHOWN_MAX)
			strbuf_addstr(chain, " -> ...");
	}
}

static int report(struct revision **path, size_t count, bool parents, struct limbeck_error *err)
{
	struct strbuf chain = STRBUF_INIT;
	struct strbuf lines = STRBUF_INIT;

	describe(path, count, &chain, &lines);
	if (count == 1 && parents)
		error_set(err, LIMBECK_E_GRAPH, "revision \"%s\" is its own parent", path[0]->id);
	else if (count == 1)
		error_set(err, LIMBECK_E_GRAPH, "revision \"%s\" depends on itself", path[0]->id);
	else
		error_set(err, LIMBECK_E_GRAPH, parents
			? "the parents of %zu revisions form a cycle: %s"
			: "parents and dependencies of %zu revisions form a cycle: %s",
			count, chain.buf);
	if (count > 1)
		error_detail(err, "The members are:%s", lines.buf);
	error_hint(err, parents ? "Correct the @parents of one of them."
		: "Correct the @depends of one of them.");
	error_place(err, path[0]->path, path[0]->line, 0);
	strbuf_release(&chain);
	strbuf_release(&lines);
	return -1;
}

int link_report_cycle(struct graph *graph, const size_t *waiting, struct limbeck_error *err)
{
	size_t room = graph->all.count + 1;
	size_t *own = mem_alloc(room * sizeof *own);
	size_t *scratch = mem_alloc(room * sizeof *scratch);
	size_t *visited = mem_alloc(room * sizeof *visited);
	struct revision **path = mem_alloc(room * sizeof *path);
	size_t start;
	size_t length;
	bool parents;

	if (!own || !scratch || !visited || !path) {
		error_nomem(err);
		goto out;
	}
	parents = stuck_by_parents(graph, own, scratch);
	length = follow(graph, parents ? own : waiting, visited, path, &start);
	report(path + start, length - start, parents, err);
out:
	mem_free(own);
	mem_free(scratch);
	mem_free(visited);
	mem_free(path);
	return -1;
}
