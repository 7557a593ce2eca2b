/* SPDX-License-Identifier: BSD-2-Clause */
#include "plan/tips.h"

#include "base/error.h"
#include "revision/describe.h"

/* Of the roots, those at or below the branch's revision. */
static int keep_on_branch(struct tips *tips, struct revision *branch,
	struct revision_list *roots, struct limbeck_error *err)
{
	struct revision_list kept = { NULL, 0, 0 };
	struct revision_set lineage;

	if (!revision_set_init(&lineage, tips->graph, tips->arena) ||
		!graph_mark_lineage(tips->graph, branch, false, &lineage))
		return error_nomem(err);
	for (size_t i = 0; i < roots->count; i++)
		if (revision_set_has(&lineage, roots->items[i]) &&
			roots->items[i]->index <= branch->index &&
			!vec_push_arena(&kept, roots->items[i], tips->arena))
			return error_nomem(err);
	*roots = kept;
	return 0;
}

static int no_way_down(const struct revision_list *roots, const struct revision *branch,
	const char *target, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_RANGE, "\"%s\" is not a valid downgrade target: no way up from it "
		"leads to revision \"%s\"", target, branch->id);
	describe_list(err, "From there it goes up to:", roots);
	error_hint(err, "Name the branch by a label or a revision that is on the side to undo.");
	return -1;
}

/* What goes first of all that is undone: the children of the target, or the
 * bases; on the branch, if one was named. */
static int find_roots(struct tips *tips, const struct resolve_result *to, const char *target,
	struct revision_list *out, struct limbeck_error *err)
{
	struct revision_list roots = { NULL, 0, 0 };

	if (to->revisions.count)
		roots = to->revisions.items[0]->ups;
	else if (!graph_bases(tips->graph, &roots))
		return error_nomem(err);
	*out = roots;
	if (!to->branch || roots.count < 2)
		return 0;
	if (keep_on_branch(tips, to->branch, out, err) < 0)
		return -1;
	return out->count ? 0 : no_way_down(&roots, to->branch, target, err);
}

static int nothing_to_undo(const struct tips *tips, const struct revision *target,
	const struct revision_list *rows, struct limbeck_error *err)
{
	if (revision_set_has(&tips->applied, target))
		error_set(err, LIMBECK_E_RANGE, "nothing above revision \"%s\" is applied",
			target->id);
	else
		error_set(err, LIMBECK_E_RANGE, "revision \"%s\" is not applied, so nothing can be "
			"downgraded to it", target->id);
	if (rows->count)
		describe_list(err, "The database is at:", rows);
	else
		error_detail(err, "Nothing is applied.");
	return -1;
}

static int add_steps(struct plan *plan, struct tips *tips, const struct revision_set *dropped,
	struct limbeck_error *err)
{
	const struct revision_list *all = &tips->graph->all;
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++)
		count += dropped->has[i] && tips->applied.has[i];
	if (plan_reserve(plan, tips->arena, count, err) < 0)
		return -1;
	for (size_t i = all->count; i-- > 0;)
		if (dropped->has[i] && tips->applied.has[i] &&
			plan_add(plan, tips, all->items[i], LIMBECK_DOWN, err) < 0)
			return -1;
	return 0;
}

int plan_downgrade(struct arena *arena, struct graph *graph, const struct names *rows,
	const char *target, struct plan *plan, struct limbeck_error *err)
{
	struct revision_list at = { NULL, 0, 0 };
	struct revision_list roots;
	struct resolve_result to;
	struct revision_set dropped;
	struct tips tips;

	if (graph_rows(graph, rows, &at, NULL, err) < 0 ||
		tips_init(&tips, arena, graph, &at, err) < 0 ||
		tips_rows(&tips, &plan->rows_before, err) < 0 ||
		graph_resolve(graph, target, RESOLVE_DOWNGRADE, &at, &to, err) < 0 ||
		find_roots(&tips, &to, target, &roots, err) < 0)
		return -1;
	if (!revision_set_init(&dropped, graph, arena) ||
		!graph_mark_descendants(graph, &roots, &dropped))
		return error_nomem(err);
	if (add_steps(plan, &tips, &dropped, err) < 0)
		return -1;
	if (!plan->count && to.revisions.count && !tips.rows.has[to.revisions.items[0]->index])
		return nothing_to_undo(&tips, to.revisions.items[0], &at, err);
	return tips_rows(&tips, &plan->rows_after, err);
}

int plan_undo(struct arena *arena, struct graph *graph, const struct names *rows,
	struct revision *revision, struct plan *plan, struct limbeck_error *err)
{
	struct revision_list at = { NULL, 0, 0 };
	struct tips tips;

	if (graph_rows(graph, rows, &at, NULL, err) < 0 ||
		tips_init(&tips, arena, graph, &at, err) < 0 ||
		tips_rows(&tips, &plan->rows_before, err) < 0 ||
		plan_reserve(plan, arena, 1, err) < 0 ||
		plan_add(plan, &tips, revision, LIMBECK_DOWN, err) < 0)
		return -1;
	return tips_rows(&tips, &plan->rows_after, err);
}
