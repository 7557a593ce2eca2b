/* SPDX-License-Identifier: BSD-2-Clause */
/* Why the steps of a plan are in it. */
#ifndef API_REASON_H
#define API_REASON_H

#include "plan/plan.h"

struct reason {
	bool known;
	int kind;             /* enum limbeck_reason */
	int rank;             /* of several reasons, that of the lowest rank is told */
	const char *because;  /* NULL: none */
};

/* The reasons by the index of the step's revision, from arena; to is what the
 * target stands for. */
int reason_find(struct arena *arena, const struct graph *graph, const struct plan *plan,
	const struct resolve_result *to, struct reason **out, struct limbeck_error *err);

#endif
