/* SPDX-License-Identifier: BSD-2-Clause */
#include "plan/plan.h"

#include <string.h>

#include "base/error.h"

static int add_step(struct arena *arena, struct revision *revision, const char *row,
	struct plan_lead *lead, struct limbeck_error *err)
{
	struct plan_step *step = &lead->steps[lead->count++];

	step->revision = revision;
	step->direction = LIMBECK_STAMP;
	step->message = revision->message;
	step->change.update_from = row;
	step->change.update_to = revision->id;
	return vec_push_arena(&step->from, row, arena)
		&& vec_push_arena(&step->to, revision->id, arena) ? 0 : error_nomem(err);
}

int plan_lead_find(struct arena *arena, struct graph *graph, const struct names *rows,
	struct plan_lead *lead, struct limbeck_error *err)
{
	*lead = (struct plan_lead) { .count = 0 };
	lead->steps = arena_array(arena, rows->count ? rows->count : 1, sizeof *lead->steps);
	if (!lead->steps)
		return error_nomem(err);
	for (size_t i = 0; i < rows->count; i++) {
		const char *row = rows->items[i];
		struct revision *revision = graph_find_row(graph, row);

		if (revision && strcmp(revision->id, row) != 0) {
			if (add_step(arena, revision, row, lead, err) < 0)
				return -1;
			row = revision->id;
		}
		if (!vec_push_arena(&lead->rows, row, arena))
			return error_nomem(err);
	}
	return 0;
}

int plan_lead_put(struct arena *arena, const struct plan_lead *lead, const struct names *rows,
	struct plan *plan, struct limbeck_error *err)
{
	size_t count = lead->count + plan->count;
	struct plan_step *steps;

	if (lead->count == 0)
		return 0;
	steps = arena_array(arena, count, sizeof *steps);
	if (!steps)
		return error_nomem(err);
	memcpy(steps, lead->steps, lead->count * sizeof *steps);
	if (plan->count)
		memcpy(steps + lead->count, plan->steps, plan->count * sizeof *steps);
	plan->steps = steps;
	plan->count = plan->capacity = count;
	plan->rows_before = *rows;
	return 0;
}
