/* SPDX-License-Identifier: BSD-2-Clause */
/* An empty place of the project's engine, and the connection to it. */
#ifndef API_SCRATCH_H
#define API_SCRATCH_H

#include "api/session.h"

struct scratch {
	struct limbeck *lb;
	struct driver *driver;          /* of scratch_url, where it is not the project's */
	struct connection *base;        /* to scratch_url; NULL: the project's own is used */
	struct connection *connection;
};

/* Opens one by scratch_url where it is configured, else by the project's own
 * connection, which is made for reading alone where there is none yet, so that
 * nothing is created. limbeck_cancel() reaches it. flags: enum
 * limbeck_scratch_flag. After a failure there is nothing to close. */
int scratch_open(struct limbeck *lb, unsigned flags, struct scratch *scratch,
	struct limbeck_error *err);
/* The same in two steps. The first connects to the server where the scratch will be,
 * and nothing more. scratch_close() after a failure of either does no harm. */
int scratch_reach(struct limbeck *lb, struct scratch *scratch, struct limbeck_error *err);
int scratch_enter(struct scratch *scratch, unsigned flags, struct limbeck_error *err);
/* That connection. */
struct connection *scratch_server(const struct scratch *scratch);
/* Harmless when it was never opened, but zeroed. What borrows from the connection
 * (catalogs) goes first. */
void scratch_close(struct scratch *scratch);

#endif
