/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PostgreSQL driver's own header.
 *
 * The connection is in libpq's non-blocking mode all the time, and every wait
 * goes through wait.c, so that a user who wants to stop is heard within a
 * fifth of a second, and a large text can't block against a large answer.
 */
#ifndef POSTGRESQL_H
#define POSTGRESQL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libpq-fe.h>

#include <limbeck/driver.h>

#ifndef LIBPQ_HAS_PIPELINING
#error "limbeck's postgresql driver needs libpq 14 or later (any server from 12 on)"
#endif

/* How long a wait may last before the user's wish to stop is looked at. */
#define MOMENT_MS 200

/* Where a call stands with regard to cancel(), which is another thread's. */
enum postgresql_stage {
	STAGE_IDLE,       /* no call is under way: nothing to cancel */
	STAGE_BUSY,
	STAGE_CANCELLING, /* the request is on its way to the server */
	STAGE_CANCELLED   /* it has arrived */
};

struct postgresql {
	PGconn *link;
	PGcancel *stopper;
	struct limbeck_session *session;
	struct limbeck_lexis lexis;
	char schema[256];     /* that unqualified names were created in at first */
	atomic_int stage;
	bool heeded;          /* the wish to stop was passed on, or has no need to be */
	char *text;           /* the statement under way, zero-terminated */
	size_t text_size;
	const char **values;  /* of a row, or the names of its columns */
	size_t *lengths;
	size_t columns;       /* room in these two */
};

/* connect.c */
int postgresql_connect(struct postgresql *pg, const struct limbeck_open *how,
	struct limbeck_error *err);

/* hosts.c: libpq's lists of hosts, NULL where they stay as they were given. */
struct hosts {
	char *names;
	char *addresses;
	char *ports;
};

void hosts_release(struct hosts *hosts);
/* Makes the lists without the host that is being tried; false: no other. */
bool hosts_leave_out(struct hosts *hosts, PGconn *link);

/* wait.c: every call that talks to the server stands between these two. A brief
 * one is clean-up, which is done although the user wants to stop. */
void postgresql_enter(struct postgresql *pg, bool brief);
void postgresql_leave(struct postgresql *pg);
/* Asks the server, at most once a call, to give up what it is doing. */
int postgresql_stop(struct postgresql *pg);
bool postgresql_cancelled(const struct postgresql *pg);
/* Waits a moment for something to read (or to be able to write), and reads it.
 * false: the connection is lost, as libpq's next result will say. */
bool postgresql_poll(struct postgresql *pg, bool writing);
/* The next result, as PQgetResult. */
PGresult *postgresql_next(struct postgresql *pg);

/* exec.c */

/* What is known of a statement's answer while it comes in. */
struct answer {
	struct postgresql *pg;
	const struct limbeck_statement *statement;
	struct limbeck_sink *sink;
	struct limbeck_error *err;
	int64_t affected;  /* rows changed so far, -1 as long as nobody said */
	bool described;    /* the columns of the present result were handed over */
	bool full;         /* the sink wants no more rows of it */
	bool failed;       /* err is filled, and stays as it is */
	bool copied;       /* a COPY to or from the client was asked for... */
	bool refused;      /* ... and the server has reported an error, too */
};

/* Takes in one result, but does not free it. */
void postgresql_take(struct answer *answer, PGresult *result);
/* Sets pg->text. */
int postgresql_text(struct postgresql *pg, const struct limbeck_statement *statement,
	struct limbeck_error *err);
/* Runs one text and reports it as done under this index. *stop: the host wants
 * no further statement. */
int postgresql_run(struct postgresql *pg, const struct limbeck_statement *statement,
	size_t index, struct limbeck_sink *sink, bool *stop, struct limbeck_error *err);
int postgresql_execute(void *conn, const struct limbeck_statement *statement,
	struct limbeck_sink *sink, struct limbeck_error *err);

/* batch.c */
int postgresql_batch(void *conn, const struct limbeck_statement *statements, size_t count,
	struct limbeck_sink *sink, size_t *done, struct limbeck_error *err);

/* error.c: both return -1. */
int postgresql_fail(struct postgresql *pg, const PGresult *result,
	const struct limbeck_statement *statement, struct limbeck_error *err);
/* What libpq says of the connection itself, without the password. */
int postgresql_fail_link(const struct postgresql *pg, struct limbeck_error *err);
int postgresql_nomem(struct limbeck_error *err);

/* lock.c */
/* The first value of a query's result, as text; empty when there is none. */
int postgresql_value(struct postgresql *pg, const char *sql, char *value, size_t size,
	struct limbeck_error *err);
int postgresql_lock(void *conn, const char *name, struct limbeck_error *err);
int postgresql_unlock(void *conn, const char *name, struct limbeck_error *err);
int postgresql_lock_holder(void *conn, const char *name, char *text, size_t size);

#endif
