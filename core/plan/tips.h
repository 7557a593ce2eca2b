/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The version table as the steps of a plan go by: its rows are the tips of
 * what is applied. Only this room uses it.
 */
#ifndef PLAN_TIPS_H
#define PLAN_TIPS_H

#include "plan/plan.h"

struct tips {
	struct arena *arena;
	struct graph *graph;
	struct revision_set applied;
	struct revision_set rows;
	size_t *covered;   /* by index: how many applied revisions have it in their tops */
};

/* rows are in the graph's order, each once. */
int tips_init(struct tips *tips, struct arena *arena, struct graph *graph,
	const struct revision_list *rows, struct limbeck_error *err);

/* The revision is applied, or undone; *change is what happens to the rows. */
int tips_up(struct tips *tips, struct revision *revision, struct version_change *change,
	struct limbeck_error *err);
int tips_down(struct tips *tips, struct revision *revision, struct version_change *change,
	struct limbeck_error *err);

/* The rows, in the graph's order. */
int tips_rows(const struct tips *tips, struct names *out, struct limbeck_error *err);

/* Refuses rows of which one is an ancestor of another; what is the beginning
 * of the message. */
int tips_check_overlap(struct tips *tips, const struct revision_list *rows, const char *what,
	struct limbeck_error *err);

/* Makes room for count more steps. */
int plan_reserve(struct plan *plan, struct arena *arena, size_t count, struct limbeck_error *err);
/* Adds the step of revision, which goes up or down, to a plan that has room. */
int plan_add(struct plan *plan, struct tips *tips, struct revision *revision,
	enum limbeck_direction direction, struct limbeck_error *err);

#endif
