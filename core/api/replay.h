/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Revisions run in scratch: a database of their own, with our own tables in it,
 * that begins empty and is gone at the end. They run as on a real one, but for
 * the lock, the look for edited files, and progress, which nobody is told.
 */
#ifndef API_REPLAY_H
#define API_REPLAY_H

#include "api/session.h"
#include "schema/catalog.h"

struct replay;

/* The project's database is touched no more than it takes to open a scratch: one
 * that does not exist yet is not created. */
int replay_open(struct limbeck *lb, struct replay **replay, struct limbeck_error *err);
/* NULL is allowed. Its catalogs must be freed before. */
void replay_close(struct replay *replay);

/* As limbeck_upgrade() and limbeck_downgrade(). */
int replay_upgrade(struct replay *replay, const char *target, struct limbeck_error *err);
int replay_downgrade(struct replay *replay, const char *target, struct limbeck_error *err);
/* Undoes one revision, above which nothing was run. */
int replay_undo(struct replay *replay, struct revision *revision, struct limbeck_error *err);
/* Runs the steps in the graph given, which may be another than the project's (NULL:
 * that again). It is borrowed. */
void replay_use(struct replay *replay, struct graph *graph);

/* The schema that is there now, without our own tables and what `exclude` leaves
 * out; the caller frees it, before the replay is closed. */
int replay_catalog(struct replay *replay, struct limbeck_catalog **catalog,
	struct limbeck_error *err);
struct connection *replay_connection(struct replay *replay);

#endif
