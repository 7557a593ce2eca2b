/* SPDX-License-Identifier: BSD-2-Clause */
/* One call of a driver's member, from its beginning to its end: what the
 * wrapper's files share, and nobody else sees. */
#ifndef DRIVER_CALL_H
#define DRIVER_CALL_H

#include <pthread.h>

#include "driver/connection.h"
#include "driver/hide.h"
#include "driver/host.h"

struct connection {
	struct limbeck_session session; /* its `cancelled` is what is not settled yet */
	const struct driver *driver;
	void *conn;                     /* the driver's */
	struct limbeck_server server;
	const struct limbeck_url *url;  /* how it was opened */
	const char *shown;
	struct hide hide;               /* its secrets */
	unsigned flags;
	atomic_bool cancelled;          /* ever */
	atomic_int cancelling;          /* calls of cancel that are under way */
	atomic_bool open;               /* conn is the driver's: cancel may be called */
	bool busy;                      /* a call is under way */
	bool lost;
	/* The connection that this is a scratch of, NULL: none; the scratches of this
	 * one, that a cancel is passed on to, by their `next`. */
	struct connection *parent;
	struct connection *scratches;
	struct connection *next;
	pthread_mutex_t mutex;          /* held to look at scratches, or change them */
};

/* A connection that is not open yet. NULL: no memory. */
struct connection *connection_new(const struct driver *driver, const struct log *log);
/* Frees it; it is not open any more. */
void connection_free(struct connection *connection);
/* Once conn is there: tells that it is open, and asks for the server. A failure
 * closes the connection. */
int connection_begin(struct connection *connection, struct limbeck_error *err);
/* Takes a scratch out of those of its connection: no cancel reaches it any more. */
void connection_leave(struct connection *scratch);

struct call {
	struct connection *connection;
	const char *member;
	const char *text;      /* for the trace */
	size_t length;
	size_t count;
	bool always;           /* runs although the connection is cancelled */
	double start;
	struct limbeck_error own;
};

/* Checks that the call may be made; -1 when it may not. */
int call_begin(struct call *call, struct limbeck_error *err);
/* Takes what the member returned, and returns it; where it is negative, err has
 * been filled from what the driver said. Every call that began ends so. */
int call_end(struct call *call, int result, struct limbeck_error *err);
/* Makes the call's error one about a driver that breaks its contract. */
void call_defect(struct call *call, const char *what);
/* Marks the cancellation settled, and returns whether it was not yet. Waits for
 * a cancel that is on its way to the driver: it would hit the next statement. */
bool call_settle(struct connection *connection);

#endif
