/* SPDX-License-Identifier: BSD-2-Clause */
#include "plan/stamp.h"

#include "base/error.h"

static bool visit(struct stamp *stamp, const struct revision_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct revision *revision = list->items[i];

		if (revision_set_has(&stamp->marked, revision))
			continue;
		stamp->marked.has[revision->index] = 1;
		if (!vec_push(&stamp->visited, revision))
			return false;
	}
	return true;
}

/* Visits what is below or above what was visited from place first on. */
static bool visit_all(struct stamp *stamp, size_t first, bool up)
{
	for (size_t i = first; i < stamp->visited.count; i++) {
		const struct revision *at = stamp->visited.items[i];

		if (!visit(stamp, up ? &at->ups : &at->downs) ||
			!visit(stamp, up ? &at->needed_by : &at->needs))
			return false;
	}
	return true;
}

/* Takes the rows that share their lineage with root, dependencies included,
 * out of the table, but for root itself. */
static int take_rows(struct stamp *stamp, struct revision *root, struct revision_list *out,
	struct limbeck_error *err)
{
	size_t above;
	int result = 0;

	stamp->visited.count = 0;
	if (!visit(stamp, &root->downs) || !visit(stamp, &root->needs) ||
		!visit_all(stamp, 0, false))
		return error_nomem(err);
	above = stamp->visited.count;
	if (!visit(stamp, &root->ups) || !visit(stamp, &root->needed_by) ||
		!visit_all(stamp, above, true))
		return error_nomem(err);
	for (size_t i = 0; i < stamp->visited.count; i++) {
		struct revision *revision = stamp->visited.items[i];

		stamp->marked.has[revision->index] = 0;
		if (!revision_set_has(&stamp->tips.rows, revision))
			continue;
		stamp->tips.rows.has[revision->index] = 0;
		if (!vec_push_arena(out, revision, stamp->tips.arena))
			result = error_nomem(err);
	}
	revision_list_sort(out);
	return result;
}

static int add_step(struct stamp *stamp, struct revision *revision, struct plan_step **step,
	struct limbeck_error *err)
{
	struct plan_step blank = { .revision = revision, .direction = LIMBECK_STAMP,
		.message = revision ? revision->message : "" };
	struct plan *plan = stamp->plan;

	if (plan->count == plan->capacity &&
		!vec_reserve(&plan->steps, &plan->capacity, plan->count, sizeof *plan->steps,
			stamp->tips.arena))
		return error_nomem(err);
	*step = &plan->steps[plan->count++];
	**step = blank;
	if (revision) {
		(*step)->to.items = &revision->id;
		(*step)->to.count = (*step)->to.capacity = 1;
	}
	if (stamp->purged) {
		(*step)->from = *stamp->purged;
		(*step)->change.deletes = *stamp->purged;
		stamp->purged = NULL;
	}
	return 0;
}

/* One row goes. */
static int drop_row(struct stamp *stamp, struct revision *row, struct limbeck_error *err)
{
	struct plan_step *step;

	stamp->tips.rows.has[row->index] = 0;
	if (add_step(stamp, NULL, &step, err) < 0)
		return -1;
	if (!vec_push_arena(&step->from, row->id, stamp->tips.arena))
		return error_nomem(err);
	step->change.deletes = step->from;
	return 0;
}

/* revision takes the place of the rows below and above it. */
static int stamp_revision(struct stamp *stamp, struct revision *revision,
	struct limbeck_error *err)
{
	bool present = revision_set_has(&stamp->tips.rows, revision);
	struct revision_list taken = { NULL, 0, 0 };
	struct arena *arena = stamp->tips.arena;
	struct plan_step *step;

	if (take_rows(stamp, revision, &taken, err) < 0)
		return -1;
	if (present && !taken.count)
		return 0;
	stamp->tips.rows.has[revision->index] = 1;
	if (add_step(stamp, revision, &step, err) < 0)
		return -1;
	for (size_t i = 0; i < taken.count; i++)
		if (!vec_push_arena(&step->from, taken.items[i]->id, arena) ||
			((present || i + 1 < taken.count) &&
				!vec_push_arena(&step->change.deletes, taken.items[i]->id, arena)))
			return error_nomem(err);
	if (taken.count && !present) {
		step->change.update_from = taken.items[taken.count - 1]->id;
		step->change.update_to = revision->id;
	} else if (!present) {
		step->change.inserts = step->to;
	}
	return 0;
}

/* Going to base on a branch goes back over all that its own bases lead to. */
static int note_bases(struct stamp *stamp, struct revision *branch, struct limbeck_error *err)
{
	struct tips *tips = &stamp->tips;
	struct revision_list bases = { NULL, 0, 0 };
	struct revision_list own = { NULL, 0, 0 };
	struct revision_set lineage;

	if (!graph_bases(tips->graph, &bases) ||
		!revision_set_init(&lineage, tips->graph, tips->arena) ||
		(branch && !graph_mark_lineage(tips->graph, branch, false, &lineage)))
		return error_nomem(err);
	for (size_t i = 0; i < bases.count; i++)
		if ((!branch || revision_set_has(&lineage, bases.items[i])) &&
			!vec_push_arena(&own, bases.items[i], tips->arena))
			return error_nomem(err);
	return graph_mark_descendants(tips->graph, &own, &stamp->may_go) ? 0 : error_nomem(err);
}

static int stamp_base(struct stamp *stamp, struct revision *branch, struct limbeck_error *err)
{
	const struct revision_list *all = &stamp->tips.graph->all;
	struct revision_list taken = { NULL, 0, 0 };

	if (note_bases(stamp, branch, err) < 0)
		return -1;
	if (branch && take_rows(stamp, branch, &taken, err) < 0)
		return -1;
	for (size_t i = 0; i < taken.count; i++)
		if (drop_row(stamp, taken.items[i], err) < 0)
			return -1;
	for (size_t i = 0; i < all->count; i++)
		if (revision_set_has(&stamp->tips.rows, all->items[i]) &&
			(!branch || all->items[i] == branch) &&
			drop_row(stamp, all->items[i], err) < 0)
			return -1;
	return 0;
}

/* Of what one identifier stands for, what nothing else of it implies. */
static int keep_tips(struct stamp *stamp, struct revision_list *list, struct limbeck_error *err)
{
	struct revision_list kept = { NULL, 0, 0 };
	struct revision_set below;

	if (list->count < 2)
		return 0;
	if (!revision_set_init(&below, stamp->tips.graph, stamp->tips.arena))
		return error_nomem(err);
	for (size_t i = 0; i < list->count; i++)
		if (!graph_mark_ancestors(stamp->tips.graph, &list->items[i]->tops, &below))
			return error_nomem(err);
	for (size_t i = 0; i < list->count; i++)
		if (!revision_set_has(&below, list->items[i]) &&
			!vec_push_arena(&kept, list->items[i], stamp->tips.arena))
			return error_nomem(err);
	*list = kept;
	return 0;
}

static int stamp_target(struct stamp *stamp, const char *target, struct limbeck_error *err)
{
	struct graph *graph = stamp->tips.graph;
	struct resolve_result to;

	if (graph_resolve(graph, target, RESOLVE_STAMP, NULL, &to, err) < 0)
		return -1;
	if (to.is_base)
		return stamp_base(stamp, to.branch, err);
	if (keep_tips(stamp, &to.revisions, err) < 0)
		return -1;
	for (size_t i = 0; i < to.revisions.count; i++) {
		struct revision *revision = to.revisions.items[i];

		if (stamp_revision(stamp, revision, err) < 0)
			return -1;
		if (!graph_mark_descendants(graph, &revision->ups, &stamp->may_go) ||
			!vec_push_arena(&stamp->targets, revision, stamp->tips.arena))
			return error_nomem(err);
	}
	return 0;
}

/* The rows of the table, unknown ones too, each once. */
static int all_rows(struct stamp *stamp, const struct names *rows, struct revision_list *at,
	struct limbeck_error *err)
{
	struct names missing = { NULL, 0, 0 };
	struct names *out = &stamp->plan->rows_before;
	struct arena *arena = stamp->tips.arena;
	struct map seen = MAP_INIT;
	int result = graph_rows(stamp->tips.graph, rows, at, &missing, err);

	for (size_t i = 0; i < at->count && result == 0; i++)
		if (!vec_push_arena(out, at->items[i]->id, arena))
			result = error_nomem(err);
	for (size_t i = 0; i < missing.count && result == 0; i++) {
		if (map_get(&seen, missing.items[i]))
			continue;
		if (!map_put(&seen, missing.items[i], stamp) ||
			!vec_push_arena(out, missing.items[i], arena))
			result = error_nomem(err);
	}
	map_release(&seen);
	return result;
}

static int prepare(struct stamp *stamp, struct arena *arena, struct graph *graph,
	const struct names *rows, bool purge, struct limbeck_error *err)
{
	static const struct revision_list nothing;
	struct revision_list at = { NULL, 0, 0 };

	stamp->tips.arena = arena;
	stamp->tips.graph = graph;
	if (purge && all_rows(stamp, rows, &at, err) < 0)
		return -1;
	if (!purge && graph_rows(graph, rows, &at, NULL, err) < 0)
		return -1;
	if (tips_init(&stamp->tips, arena, graph, purge ? &nothing : &at, err) < 0)
		return -1;
	if (!revision_set_init(&stamp->marked, graph, arena) ||
		!revision_set_init(&stamp->may_go, graph, arena))
		return error_nomem(err);
	if (!purge)
		return tips_rows(&stamp->tips, &stamp->plan->rows_before, err);
	stamp->purged = stamp->plan->rows_before.count ? &stamp->plan->rows_before : NULL;
	return 0;
}

int plan_stamp(struct arena *arena, struct graph *graph, const struct names *rows,
	const char *const *targets, size_t target_count, bool purge, bool force,
	struct plan *plan, struct limbeck_error *err)
{
	struct stamp stamp = { .plan = plan, .visited = VEC_INIT };
	struct plan_step *step;
	int result = prepare(&stamp, arena, graph, rows, purge, err);

	for (size_t i = 0; i < target_count && result == 0; i++)
		result = stamp_target(&stamp, targets[i], err);
	/* To base: nothing else has taken the rows away. */
	if (result == 0 && stamp.purged)
		result = add_step(&stamp, NULL, &step, err);
	if (result == 0)
		result = stamp_check(&stamp, purge || force, err);
	if (result == 0)
		result = tips_rows(&stamp.tips, &plan->rows_after, err);
	vec_release(&stamp.visited);
	return result;
}
