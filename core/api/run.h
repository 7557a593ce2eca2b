/* SPDX-License-Identifier: BSD-2-Clause */
/* What a run and a plan of one have in common. */
#ifndef API_RUN_H
#define API_RUN_H

#include "api/session.h"

struct run_request {
	struct limbeck *lb;
	enum limbeck_direction direction;
	const char *const *targets;
	size_t target_count;
	bool purge;
	bool force;
	bool online;               /* on the project's database */
	struct graph *graph;       /* NULL: the project's */
};

/* Refuses targets that a run of this kind does not take. */
int run_check(const struct limbeck_run *run, enum limbeck_direction direction,
	struct limbeck_error *err);
/* An exec_plan_fn whose data is the request. */
int run_plan(void *data, const struct names *rows, struct arena *arena, struct plan *plan,
	struct limbeck_error *err);

/* Fills exec from the configuration and run. */
void run_settings(struct limbeck *lb, const struct limbeck_run *run, struct arena *arena,
	struct exec *exec);
/* Fills in what a connection tells; all is borrowed. */
void run_on(struct exec *exec, struct connection *connection, const struct store *store,
	const char *const *engines, size_t engine_count);
/* Connects to the project's database, and fills that in. */
int run_online(struct limbeck *lb, struct exec *exec, bool reads_only, struct limbeck_error *err);

#endif
