/* SPDX-License-Identifier: BSD-2-Clause */
/* What a run would do, and why. */
#include <string.h>

#include "api/reason.h"
#include "api/run.h"
#include "base/error.h"

struct outline {
	struct run_request request;
	struct exec exec;
	struct resolve_result to;
	struct reason *reasons;
	struct names rows;            /* of the version table, after the steps so far */
	struct names rows_before;     /* and one step ago; the two take turns */
	int (*fn)(void *data, const struct limbeck_plan_step *step);
	void *data;
};

/* The plan, and once more what the target stands for. */
static int make_plan(void *data, const struct names *rows, struct arena *arena, struct plan *plan,
	struct limbeck_error *err)
{
	struct outline *outline = data;
	struct graph *graph = outline->exec.graph;
	struct revision_list at = { 0 };
	bool up = outline->request.direction == LIMBECK_UP;

	if (run_plan(&outline->request, rows, arena, plan, err) < 0
		|| graph_rows(graph, rows, &at, NULL, err) < 0
		|| graph_resolve(graph, outline->request.targets[0],
			up ? RESOLVE_UPGRADE : RESOLVE_DOWNGRADE, &at, &outline->to, err) < 0)
		return -1;
	return reason_find(arena, graph, plan, &outline->to, &outline->reasons, err);
}

static bool drop(struct names *rows, const char *id)
{
	size_t i = 0;

	while (i < rows->count && strcmp(rows->items[i], id) != 0)
		i++;
	if (i == rows->count)
		return false;
	memmove(&rows->items[i], &rows->items[i + 1], (rows->count - i - 1) * sizeof *rows->items);
	rows->count--;
	return true;
}

/* Adds it where the graph's order has it. */
static bool add(const struct graph *graph, struct names *rows, const char *id, struct arena *arena)
{
	const struct revision *revision = graph_find(graph, id);
	size_t i;

	if (!vec_push_arena(rows, id, arena))
		return false;
	for (i = rows->count - 1; i > 0; i--) {
		const struct revision *other = graph_find(graph, rows->items[i - 1]);

		if (!revision || !other || other->index < revision->index)
			break;
		rows->items[i] = rows->items[i - 1];
	}
	rows->items[i] = id;
	return true;
}

static bool copy(struct names *to, const struct names *from, struct arena *arena)
{
	to->count = 0;
	for (size_t i = 0; i < from->count; i++)
		if (!vec_push_arena(to, from->items[i], arena))
			return false;
	return true;
}

/* The rows after one more step. */
static int change_rows(struct outline *outline, const struct limbeck_step *step,
	struct limbeck_error *err)
{
	struct exec *exec = &outline->exec;
	struct names rows = outline->rows_before;

	if (!copy(&rows, &outline->rows, exec->arena))
		return error_nomem(err);
	for (size_t i = 0; i < step->deleted_count; i++)
		drop(&rows, step->deleted[i]);
	for (size_t i = 0; i < step->inserted_count; i++)
		if (!add(exec->graph, &rows, step->inserted[i], exec->arena))
			return error_nomem(err);
	outline->rows_before = outline->rows;
	outline->rows = rows;
	return 0;
}

/* What the file says behind its header. */
static int describe_run(struct outline *outline, size_t i, struct limbeck_plan_step *shown,
	struct limbeck_error *err)
{
	const struct job *job = &outline->exec.jobs[i];
	bool irreversible;

	shown->statements = shown->statements_done = -1;
	shown->transaction = shown->commits = shown->irreversible = -1;
	if (outline->exec.headers_only)
		return 0;
	if (exec_irreversible(&outline->exec, job, &irreversible, &shown->why, err) < 0)
		return -1;
	shown->irreversible = irreversible;
	shown->statements = (int64_t)job->survey.statements;
	shown->decide = job->survey.decide;
	shown->decide_line = job->survey.decide_line;
	shown->statements_done = job->resume_done;
	shown->transaction = job->kind != JOB_JOURNALED;
	shown->commits = exec_commits_after(&outline->exec, i);
	return 0;
}

static int give(struct outline *outline, size_t i, int *stop, struct limbeck_error *err)
{
	const struct exec *exec = &outline->exec;
	const struct job *job = &exec->jobs[i];
	const struct reason *reason = &outline->reasons[job->step->revision->index];
	struct limbeck_plan_step shown = {
		.size = sizeof shown, .step = &job->shown, .index = i, .total = exec->plan.count,
		.reason = reason->kind, .because = reason->because,
	};

	if (change_rows(outline, &job->shown, err) < 0 || describe_run(outline, i, &shown, err) < 0)
		return -1;
	shown.rows_before = outline->rows_before.items;
	shown.rows_before_count = outline->rows_before.count;
	shown.rows_after = outline->rows.items;
	shown.rows_after_count = outline->rows.count;
	*stop = outline->fn(outline->data, &shown);
	return 0;
}

static int give_all(struct outline *outline, struct limbeck_error *err)
{
	int stop = 0;

	if (!copy(&outline->rows, &outline->exec.plan.rows_before, outline->exec.arena))
		return error_nomem(err);
	for (size_t i = 0; i < outline->exec.plan.count && !stop; i++)
		if (give(outline, i, &stop, err) < 0)
			return -1;
	return 0;
}

int limbeck_plan(struct limbeck *lb, int direction, const char *target, unsigned flags,
	int (*fn)(void *data, const struct limbeck_plan_step *step), void *data,
	struct limbeck_error *err)
{
	const struct limbeck_run run = { .size = sizeof run, .targets = &target,
		.target_count = 1 };
	struct outline outline = {
		.request = { .lb = lb,
			.direction = direction == LIMBECK_UP ? LIMBECK_UP : LIMBECK_DOWN,
			.targets = &target, .target_count = 1, .online = true },
		.fn = fn, .data = data,
	};
	struct arena arena = ARENA_INIT;
	int result;

	if (run_check(&run, outline.request.direction, err) < 0)
		return -1;
	run_settings(lb, &run, &arena, &outline.exec);
	outline.exec.headers_only = (flags & LIMBECK_PLAN_HEADERS) != 0;
	result = run_online(lb, &outline.exec, true, err);
	if (result == 0)
		result = exec_look(&outline.exec, make_plan, &outline, err);
	if (result == 0)
		result = give_all(&outline, err);
	arena_release(&arena);
	return result;
}
