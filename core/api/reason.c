/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Going up, a reason comes from above: from the revision that builds on the
 * step's, or depends on it. Going down it comes from below. Either way the
 * steps are looked at from the target's end of the plan, so that each has its
 * own reason before it gives others theirs.
 */
#include "api/reason.h"

#include "base/error.h"

enum rank { RANK_ASKED, RANK_ANCESTOR, RANK_BRANCH, RANK_DEPENDENCY };

static void offer(struct reason *reason, int kind, int rank, const char *because)
{
	if (reason->known && reason->rank <= rank)
		return;
	*reason = (struct reason) { true, kind, rank, because };
}

static int highest(int a, enum rank b)
{
	return a > (int)b ? a : (int)b;
}

/* What the step gives those that it builds on. */
static void pass_down(struct reason *reasons, const struct revision *revision)
{
	const struct reason *own = &reasons[revision->index];
	bool on = own->kind == LIMBECK_REASON_ANCESTOR || own->kind == LIMBECK_REASON_BRANCH;

	for (size_t i = 0; i < revision->downs.count; i++) {
		struct reason *other = &reasons[revision->downs.items[i]->index];

		if (i > 0)
			offer(other, LIMBECK_REASON_BRANCH, highest(own->rank, RANK_BRANCH),
				revision->id);
		else
			offer(other, on ? own->kind : LIMBECK_REASON_ANCESTOR,
				highest(own->rank, RANK_ANCESTOR),
				on ? own->because : revision->id);
	}
	for (size_t i = 0; i < revision->needs.count; i++)
		offer(&reasons[revision->needs.items[i]->index], LIMBECK_REASON_DEPENDENCY,
			RANK_DEPENDENCY, revision->id);
}

static void explain_up(struct reason *reasons, const struct plan *plan,
	const struct resolve_result *to)
{
	for (size_t i = 0; i < to->revisions.count; i++)
		offer(&reasons[to->revisions.items[i]->index], LIMBECK_REASON_ASKED, RANK_ASKED,
			NULL);
	for (size_t i = plan->count; i-- > 0;)
		pass_down(reasons, plan->steps[i].revision);
}

/* A revision that is undone for one below it. */
static void take_from_below(struct reason *reasons, const struct revision *revision,
	const char *target)
{
	struct reason *own = &reasons[revision->index];

	for (size_t i = 0; i < revision->downs.count; i++) {
		const struct revision *below = revision->downs.items[i];
		const struct reason *other = &reasons[below->index];

		if (other->known)
			offer(own, LIMBECK_REASON_ABOVE, other->rank,
				other->kind == LIMBECK_REASON_ABOVE ? other->because : below->id);
	}
	for (size_t i = 0; i < revision->needs.count; i++)
		if (reasons[revision->needs.items[i]->index].known)
			offer(own, LIMBECK_REASON_DEPENDENT, RANK_DEPENDENCY,
				revision->needs.items[i]->id);
	if (!own->known)
		offer(own, LIMBECK_REASON_ABOVE, RANK_ASKED, target);
}

/* Whether it is undone for its own sake: a child of the target, or a base. On a
 * branch that was named, others of these may go for a dependency alone. */
static bool is_asked(const struct revision *revision, const struct resolve_result *to)
{
	if (to->branch && revision->needs.count)
		return false;
	if (!to->revisions.count)
		return revision->downs.count == 0;
	for (size_t i = 0; i < revision->downs.count; i++)
		if (revision->downs.items[i] == to->revisions.items[0])
			return true;
	return false;
}

static void explain_down(struct reason *reasons, const struct plan *plan,
	const struct resolve_result *to)
{
	const char *target = to->revisions.count ? to->revisions.items[0]->id : "base";

	for (size_t i = plan->count; i-- > 0;) {
		const struct revision *revision = plan->steps[i].revision;

		if (is_asked(revision, to))
			offer(&reasons[revision->index], LIMBECK_REASON_ABOVE, RANK_ASKED, target);
		else
			take_from_below(reasons, revision, target);
	}
}

int reason_find(struct arena *arena, const struct graph *graph, const struct plan *plan,
	const struct resolve_result *to, struct reason **out, struct limbeck_error *err)
{
	*out = arena_array(arena, graph->all.count + 1, sizeof **out);
	if (!*out)
		return error_nomem(err);
	if (plan->count == 0)
		return 0;
	if (plan->steps[0].direction == LIMBECK_UP)
		explain_up(*out, plan, to);
	else
		explain_down(*out, plan, to);
	return 0;
}
