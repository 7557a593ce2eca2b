/* SPDX-License-Identifier: BSD-2-Clause */
#include "diff/diff.h"

#include "diff/diff_int.h"

static void work_release(struct work *work)
{
	vec_release(&work->pairs);
	vec_release(&work->list);
	vec_release(&work->nodes);
	vec_release(&work->edges);
	arena_release(&work->scratch);
}

static int prepare(struct work *work, struct limbeck_error *err)
{
	struct diff *diff = work->diff;
	const struct limbeck_traits *traits = work->options->traits;

	diff->between = work->between = catalog_clone(work->before);
	if (!diff->between)
		return error_nomem(err);
	for (size_t i = 0; i < DIFF_PICTURES; i++) {
		diff->pictures[i] = catalog_new(catalog_rules(work->before));
		if (!diff->pictures[i])
			return error_nomem(err);
	}
	work->together = !traits->can[LIMBECK_CAP_ALTER_CONSTRAINTS];
	work->bound_views = traits->can[LIMBECK_CAP_BOUND_VIEWS];
	work->bound_keys = traits->can[LIMBECK_CAP_BOUND_KEYS];
	return 0;
}

/* All but the renames. */
static bool compare(struct work *work)
{
	unsigned *order;

	if (!match_all(work))
		return false;
	if (!decide_all(work))
		return true;
	if (!deps_invert(work) || !hold_all(work) || !nodes_make(work) || !edges_make(work))
		return false;
	order = arena_array(&work->scratch, work->nodes.count + 1, sizeof *order);
	return order && order_nodes(work, order) && emit_all(work, order);
}

int diff_make(struct arena *arena, const struct limbeck_catalog *before,
	const struct limbeck_catalog *after, const struct diff_options *options,
	struct diff *diff, struct limbeck_error *err)
{
	struct work work = { .arena = arena, .options = options, .before = before,
		.after = after, .diff = diff };
	int result = -1;

	memset(diff, 0, sizeof *diff);
	if (prepare(&work, err) < 0 || renaming_all(&work, err) < 0 || aside_all(&work, err) < 0)
		goto out;
	if (!compare(&work) || catalog_failed(diff->pictures[PICTURES_STEPS])) {
		error_nomem(err);
		goto out;
	}
	result = 0;
out:
	work_release(&work);
	if (result < 0)
		diff_release(diff);
	return result;
}

void diff_release(struct diff *diff)
{
	catalog_free(diff->between);
	for (size_t i = 0; i < DIFF_PICTURES; i++)
		catalog_free(diff->pictures[i]);
	memset(diff, 0, sizeof *diff);
}
