/* SPDX-License-Identifier: BSD-2-Clause */
#include "plan/tips.h"

#include <string.h>

#include "base/error.h"

static int bad_range(const char *text, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_USAGE, "\"%s\" is not a range", text);
	error_hint(err, "A range is FROM:TO.");
	return -1;
}

int plan_split_range(struct arena *arena, const char *text, const char **from, const char **to,
	struct limbeck_error *err)
{
	const char *colon = strchr(text, ':');

	*from = NULL;
	*to = text;
	if (!colon)
		return 0;
	if (!colon[1] || strchr(colon + 1, ':'))
		return bad_range(text, err);
	*from = colon == text ? "base" : arena_strndup(arena, text, (size_t)(colon - text));
	*to = colon + 1;
	return *from ? 0 : error_nomem(err);
}

static int add_steps(struct plan *plan, struct tips *tips, const struct revision_set *wanted,
	struct limbeck_error *err)
{
	const struct revision_list *all = &tips->graph->all;
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++)
		count += wanted->has[i] && !tips->applied.has[i];
	if (plan_reserve(plan, tips->arena, count, err) < 0)
		return -1;
	for (size_t i = 0; i < all->count; i++)
		if (wanted->has[i] && !tips->applied.has[i] &&
			plan_add(plan, tips, all->items[i], LIMBECK_UP, err) < 0)
			return -1;
	return 0;
}

int plan_upgrade(struct arena *arena, struct graph *graph, const struct names *rows,
	const char *target, struct plan *plan, struct limbeck_error *err)
{
	struct revision_list at = { NULL, 0, 0 };
	struct resolve_result to;
	struct revision_set wanted;
	struct tips tips;

	if (graph_rows(graph, rows, &at, NULL, err) < 0 ||
		tips_init(&tips, arena, graph, &at, err) < 0 ||
		tips_rows(&tips, &plan->rows_before, err) < 0 ||
		tips_check_overlap(&tips, &at, "the rows of the version table", err) < 0 ||
		graph_resolve(graph, target, RESOLVE_UPGRADE, &at, &to, err) < 0)
		return -1;
	if (!revision_set_init(&wanted, graph, arena) ||
		!graph_mark_ancestors(graph, &to.revisions, &wanted))
		return error_nomem(err);
	if (add_steps(plan, &tips, &wanted, err) < 0)
		return -1;
	return tips_rows(&tips, &plan->rows_after, err);
}
