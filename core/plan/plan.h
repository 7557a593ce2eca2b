/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The plan: graph x applied x target -> steps, as plain data. Pure: no file is
 * read, no database asked. Running, --sql, `plan` and --json are readers of one
 * plan.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "revision/change.h"
#include "revision/graph.h"
#include "revision/resolve.h"
#include <limbeck/limbeck.h>

struct plan_step {
	struct revision *revision;  /* NULL in a stamp step to base */
	enum limbeck_direction direction;
	struct version_change change;
	struct names from;          /* for "Running upgrade FROM -> TO" */
	struct names to;
	const char *message;
};

struct plan {
	struct plan_step *steps;
	size_t count;
	size_t capacity;
	struct names rows_before;
	struct names rows_after;    /* sorted as the graph orders them */
};

/* Each takes rows (what the version table holds now), adds steps to *plan, which
 * is zeroed before, all memory from arena. The version table after each step
 * holds the tips of the applied set: the applied revisions that are in no other
 * applied revision's `tops`. Parents and dependencies come before children
 * going up, after them going down. Nothing to do: no steps, 0. A row that no
 * file has is LIMBECK_E_STATE; so is, for an upgrade, a row that is an ancestor
 * of another. */
int plan_upgrade(struct arena *arena, struct graph *graph, const struct names *rows,
	const char *target, struct plan *plan, struct limbeck_error *err);
int plan_downgrade(struct arena *arena, struct graph *graph, const struct names *rows,
	const char *target, struct plan *plan, struct limbeck_error *err);
/* Undoes one revision, above which nothing is applied. */
int plan_undo(struct arena *arena, struct graph *graph, const struct names *rows,
	struct revision *revision, struct plan *plan, struct limbeck_error *err);
/* Stamp: a step for each target, in their order; purge forgets all rows first,
 * unknown ones too, in the first step. A target takes the place of all rows
 * below and above it. Without purge or force, a stamp that would forget a revision that
 * is applied beside what it goes back over is refused (LIMBECK_E_STATE), and so
 * is one that would leave a row that is an ancestor of another. */
int plan_stamp(struct arena *arena, struct graph *graph, const struct names *rows,
	const char *const *targets, size_t target_count, bool purge, bool force,
	struct plan *plan, struct limbeck_error *err);
/* What comes before a plan: rows that name a squashed revision are rewritten to the
 * one that stands for it now, by a stamp step each. */
struct plan_lead {
	struct plan_step *steps;
	size_t count;
	struct names rows;          /* of the version table after them: plan from these */
};
int plan_lead_find(struct arena *arena, struct graph *graph, const struct names *rows,
	struct plan_lead *lead, struct limbeck_error *err);
/* Puts them before the steps of the plan, which then starts at rows. */
int plan_lead_put(struct arena *arena, const struct plan_lead *lead, const struct names *rows,
	struct plan *plan, struct limbeck_error *err);
/* The halves of "A:B" of an offline run; *from is NULL when there is no colon,
 * and "base" when nothing stands before it. */
int plan_split_range(struct arena *arena, const char *text, const char **from, const char **to,
	struct limbeck_error *err);

#endif
