/* SPDX-License-Identifier: BSD-2-Clause */
/* What the old revisions make, and that the new one makes the same. */
#include <string.h>

#include "api/proof.h"
#include "api/squash.h"
#include "base/error.h"
#include "base/file.h"
#include "script/script.h"

/* What the range builds on. */
static int prepare(struct squash *squash, struct replay *replay, struct limbeck_error *err)
{
	for (size_t i = 0; i < squash->parents.count; i++)
		if (replay_upgrade(replay, squash->parents.items[i], err) < 0)
			return -1;
	for (size_t i = 0; i < squash->depends.count; i++)
		if (replay_upgrade(replay, squash->depends.items[i], err) < 0)
			return -1;
	return 0;
}

/* Their downgrades; where one fails, there is nothing to compare with. */
static int go_back(struct squash *squash, struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;

	for (size_t i = squash->range.count; i-- > 0;) {
		if (replay_undo(squash->replay, squash->range.items[i], &problem) == 0)
			continue;
		if (!error_is(&problem, LIMBECK_E_IRREVERSIBLE))
			log_write(&squash->lb->log, LIMBECK_LOG_WARNING, "the downgrade of revision %s "
				"fails in scratch: %s", squash->range.items[i]->id,
				problem.message ? problem.message : "no reason");
		limbeck_error_release(&problem);
		return 0;
	}
	return replay_catalog(squash->replay, &squash->back, err);
}

int squash_replay(struct squash *squash, struct limbeck_error *err)
{
	const struct revision_list *range = &squash->range;

	if (replay_open(squash->lb, &squash->replay, err) < 0
		|| prepare(squash, squash->replay, err) < 0
		|| replay_catalog(squash->replay, &squash->before, err) < 0
		|| replay_upgrade(squash->replay, range->items[range->count - 1]->id, err) < 0
		|| replay_catalog(squash->replay, &squash->after, err) < 0)
		return -1;
	return go_back(squash, err);
}

static bool is_in_range(const struct squash *squash, const struct revision *revision)
{
	for (size_t i = 0; i < squash->range.count; i++)
		if (squash->range.items[i] == revision)
			return true;
	return false;
}

/* What the file of a revision says, without what linking has made of it. */
static struct revision bare(const struct revision *revision)
{
	return (struct revision) { .id = revision->id, .parents = revision->parents,
		.depends = revision->depends, .labels = revision->labels,
		.replaces = revision->replaces, .message = revision->message,
		.text = revision->text, .created = revision->created,
		.dialect = revision->dialect, .kept = revision->kept, .path = revision->path,
		.line = revision->line };
}

static int add_new(struct graph *graph, const char *path, const char **id,
	struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT;
	struct revision revision;
	bool complete = false;
	int result = file_read(path, 0, &text, err);

	if (result == 0)
		result = script_header(&graph->arena, text.buf, text.len, true, path, &revision,
			&complete, err);
	if (result == 0) {
		revision.path = arena_strdup(&graph->arena, path);
		result = revision.path ? graph_add(graph, &revision, err) : error_nomem(err);
		*id = revision.id;
	}
	strbuf_release(&text);
	return result;
}

/* The project's graph as it is going to be. */
static int make_graph(const struct squash *squash, const char *path, struct graph *graph,
	const char **id, struct limbeck_error *err)
{
	const struct revision_list *old = &squash->graph.all;

	for (size_t i = 0; i < old->count; i++) {
		const struct revision revision = bare(old->items[i]);

		if (!is_in_range(squash, old->items[i]) && graph_add(graph, &revision, err) < 0)
			return -1;
	}
	if (add_new(graph, path, id, err) < 0)
		return -1;
	return graph_link(graph, err);
}

static int compare(struct squash *squash, struct replay *replay,
	const struct limbeck_catalog *expected, const char *message, struct limbeck_error *err)
{
	struct limbeck_catalog *found = NULL;
	struct names lines = { 0 };
	size_t count = 0;
	int result = replay_catalog(replay, &found, err);

	if (result == 0)
		result = proof_describe(replay_connection(replay), &squash->arena, expected, found,
			&lines, &count, err);
	if (result == 0 && count > 0)
		result = proof_fail(message, &lines, err);
	catalog_free(found);
	return result;
}

static int run_new(struct squash *squash, struct replay *replay, struct graph *graph,
	const char *id, struct limbeck_error *err)
{
	const struct limbeck_catalog *back = squash->down.joined ? squash->back : squash->before;

	replay_use(replay, graph);
	if (prepare(squash, replay, err) < 0 || replay_upgrade(replay, id, err) < 0
		|| compare(squash, replay, squash->after, "the squashed revision does not make what "
			"the old ones make", err) < 0)
		return -1;
	if (squash->irreversible || !back)
		return 0;
	if (replay_undo(replay, graph_find(graph, id), err) < 0)
		return -1;
	return compare(squash, replay, back, "the downgrade of the squashed revision does not leave "
		"what those of the old ones leave", err);
}

int squash_prove(struct squash *squash, const char *path, struct limbeck_error *err)
{
	struct replay *replay = NULL;
	struct graph graph;
	const char *id = NULL;
	int result;

	graph_init(&graph);
	result = make_graph(squash, path, &graph, &id, err);
	if (result == 0)
		result = replay_open(squash->lb, &replay, err);
	if (result == 0)
		result = run_new(squash, replay, &graph, id, err);
	replay_close(replay);
	graph_release(&graph);
	return result;
}
