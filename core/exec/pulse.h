/* SPDX-License-Identifier: BSD-2-Clause */
/* The beat of a lease: a thread with a connection of its own. */
#ifndef EXEC_PULSE_H
#define EXEC_PULSE_H

#include "base/log.h"
#include "driver/connection.h"
#include "store/store.h"

struct pulse;

/* Connects as connection did, and beats until it is stopped. What store points to and
 * token are there until then. NULL: there is none, as the log says; the lease ends soon. */
struct pulse *pulse_start(const struct connection *connection, const struct store *store,
	const char *token, const struct log *log);
/* NULL is allowed. */
void pulse_stop(struct pulse *pulse);

#endif
