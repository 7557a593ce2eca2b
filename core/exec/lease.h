/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A lock that is a row in the database, for engines whose driver has none, and for
 * clusters, where the driver's reaches one node alone.
 *
 * Whoever holds it changes a number in it every few seconds, on a connection and a
 * thread of its own, since that of the run may be busy for hours. Who waits looks at
 * the number: once it has been the same for a while the holder is dead, and the lock
 * is taken over, provided that the number is the same even then. No clocks are
 * compared, but for one exception: a number of which the database's own clock says
 * that it is old is not watched first, so that runs which do not wait that long find
 * their way, too.
 *
 * A holder that others took for dead, since its machine slept, meets the fence.
 */
#ifndef EXEC_LEASE_H
#define EXEC_LEASE_H

#include "exec/exec.h"

struct lease;

/* Whether the run needs one beside the driver's lock. */
bool lease_is_wanted(const struct exec *exec);
/* Tries to take it, which the run may have already: 1, 0 another has it, whom holder
 * names ("": not known), -1. Makes exec->lease. */
int lease_try(struct exec *exec, char *holder, size_t size, struct limbeck_error *err);
/* The statement that fails when it is lost, of the run's arena; NULL: no memory. */
const char *lease_fence(struct exec *exec);
/* Gives it back, if it is had, and frees exec->lease. */
void lease_free(struct exec *exec);

#endif
