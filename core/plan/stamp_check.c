/* SPDX-License-Identifier: BSD-2-Clause */
#include "plan/stamp.h"

#include "base/error.h"
#include "revision/describe.h"

/* Every target must have stayed a row. */
static int check_targets(struct stamp *stamp, struct limbeck_error *err)
{
	revision_list_sort(&stamp->targets);
	if (tips_check_overlap(&stamp->tips, &stamp->targets, "the targets", err) < 0)
		return -1;
	for (size_t i = 0; i < stamp->targets.count; i++) {
		const struct revision *target = stamp->targets.items[i];

		if (revision_set_has(&stamp->tips.rows, target))
			continue;
		error_set(err, LIMBECK_E_STATE, "the targets contradict each other: \"%s\" is "
			"undone by one that follows", target->id);
		error_hint(err, "Name base first, or leave it out.");
		return -1;
	}
	return 0;
}

static int report_loss(const struct revision_list *lost, struct limbeck_error *err)
{
	if (lost->count == 1)
		error_set(err, LIMBECK_E_STATE, "the stamp would forget that revision \"%s\" is "
			"applied", lost->items[0]->id);
	else
		error_set(err, LIMBECK_E_STATE, "the stamp would forget that %zu branches are "
			"applied", lost->count);
	describe_list(err, "Nothing would stand for:", lost);
	error_hint(err, "Name \"%s\" as a target too, or, if it is meant to be forgotten, add "
		"--force.", lost->items[0]->id);
	return -1;
}

/* What is applied must afterwards be applied still, or be what the stamp goes
 * back over. */
static int check_loss(struct stamp *stamp, struct limbeck_error *err)
{
	struct tips *tips = &stamp->tips;
	struct revision_list lost = { NULL, 0, 0 };
	struct revision_set after;
	struct revision_set covered;

	if (!revision_set_init(&after, tips->graph, tips->arena) ||
		!revision_set_init(&covered, tips->graph, tips->arena) ||
		!graph_mark_ancestors(tips->graph, &stamp->rows, &after))
		return error_nomem(err);
	for (size_t i = tips->graph->all.count; i-- > 0;) {
		struct revision *revision = tips->graph->all.items[i];

		if (!tips->applied.has[i] || after.has[i] || stamp->may_go.has[i])
			continue;
		if (!covered.has[i] && !vec_push_arena(&lost, revision, tips->arena))
			return error_nomem(err);
		for (size_t k = 0; k < revision->tops.count; k++)
			covered.has[revision->tops.items[k]->index] = 1;
	}
	return lost.count ? report_loss(&lost, err) : 0;
}

int stamp_check(struct stamp *stamp, bool lossy, struct limbeck_error *err)
{
	const struct revision_list *all = &stamp->tips.graph->all;

	if (check_targets(stamp, err) < 0)
		return -1;
	for (size_t i = 0; i < all->count; i++)
		if (stamp->tips.rows.has[i] &&
			!vec_push_arena(&stamp->rows, all->items[i], stamp->tips.arena))
			return error_nomem(err);
	if (lossy)
		return 0;
	if (tips_check_overlap(&stamp->tips, &stamp->rows, "the rows that remain", err) < 0)
		return -1;
	return check_loss(stamp, err);
}
