/* SPDX-License-Identifier: BSD-2-Clause */
/* Revisions as callers see them. */
#ifndef API_LIST_H
#define API_LIST_H

#include "api/session.h"

/* What the marks of a listing are made from. */
struct marks {
	struct revision_set applied;
	struct revision_set current;
	bool known;
};

/* Its lists are taken from the arena of lb. */
int list_describe(struct limbeck *lb, const struct revision *revision, const struct marks *marks,
	struct limbeck_revision *out, struct limbeck_error *err);

#endif
