/* SPDX-License-Identifier: BSD-2-Clause */
/* Only this room uses it. */
#ifndef PLAN_STAMP_H
#define PLAN_STAMP_H

#include "plan/tips.h"

/* A stamp under way. */
struct stamp {
	struct tips tips;                /* its rows change as the targets go by */
	struct plan *plan;
	const struct names *purged;      /* rows that the first step forgets; NULL: none */
	VEC(struct revision *) visited;  /* by the walk that is on */
	struct revision_set marked;      /* empty between walks */
	struct revision_set may_go;      /* what the stamp goes back over */
	struct revision_list targets;
	struct revision_list rows;       /* at the end */
};

/* Once all targets have gone by: refuses what the stamp would lose or leave in
 * disorder. lossy: what is lost is
 * meant to be. */
int stamp_check(struct stamp *stamp, bool lossy, struct limbeck_error *err);

#endif
