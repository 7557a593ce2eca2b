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
	bool copying;         /* the answer before was that of a COPY */
	char *text;           /* the statement under way, zero-terminated */
	size_t text_size;
	const char **values;  /* of a row, or the names of its columns */
	size_t *lengths;
	size_t columns;       /* room in these two */
	char home[256];       /* the default schema of the last introspection */
	/* Of a scratch: see scratch.c. */
	PGconn *keeper;       /* holds its lock, and drops its database in the end */
	char database[64];    /* "": it has none of its own */
	bool enclosed;        /* it lives in a transaction... */
	char behind[64];      /* ... that has renamed the default schema to this */
	struct guard *guard;  /* see scratch_guard.h; NULL: it is no scratch */
	/* Of the lock: see lock.c and lock_pooled.c. */
	bool pooled;          /* the server is not the one that we are connected to */
	struct postgresql *locker;  /* a second connection, for the lock behind a pooler */
	bool locked;          /* ... where a transaction has it: of this server process */
	long lock_pid;
	char lock_transaction[32];
};

/* driver.c: a connection begins with _new and a connect, and is _ready then. _close
 * takes it in any state. */
struct postgresql *postgresql_new(struct limbeck_session *session, struct limbeck_error *err);
int postgresql_ready(struct postgresql *pg, struct limbeck_error *err);
void postgresql_close(void *conn);

/* connect.c */
int postgresql_connect(struct postgresql *pg, const struct limbeck_open *how,
	struct limbeck_error *err);
/* Connects to the server that `other` is connected to, in the same way, but to this
 * database (NULL: the same one). */
int postgresql_connect_like(struct postgresql *pg, const struct postgresql *other,
	const char *database, struct limbeck_error *err);

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
/* The next result, as PQgetResult; but what libpq has while a COPY goes on it has for
 * ever, so a second one in a row is taken for the end. A server may send one to whatever
 * query it likes. */
PGresult *postgresql_take_result(struct postgresql *pg);
/* The same, once it is there. */
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

/* What a statement does to transactions, by its first word. */
enum word {
	WORD_OTHER,
	WORD_BEGIN,
	WORD_END,     /* ends the transaction or, like ROLLBACK TO, only may */
	WORD_COMMIT,  /* ends it, and what was done stays, or is prepared to stay */
	WORD_COPY
};
enum word postgresql_first_word(const struct limbeck_statement *statement);
int postgresql_batch(void *conn, const struct limbeck_statement *statements, size_t count,
	struct limbeck_sink *sink, size_t *done, struct limbeck_error *err);

/* strings.c: a text that grows; once memory has run out it is failed, and stays as
 * it was. Begun with all zero. */
struct strings {
	char *text;
	size_t length;
	size_t room;
	bool failed;
};

void strings_add(struct strings *strings, const char *text);
void strings_add_n(struct strings *strings, const char *text, size_t length);
/* At most 63 bytes: numbers. */
void strings_addf(struct strings *strings, const char *format, ...) LIMBECK_PRINTF(2, 3);
/* Between quotes, those within doubled. */
void strings_add_quoted(struct strings *strings, const char *text, char quote);
void strings_clear(struct strings *strings);
void strings_release(struct strings *strings);

/* names.c */

/* A name may have as many bytes, with the zero byte (NAMEDATALEN). */
#define POSTGRESQL_NAME_BYTES 64
/* The name that the server gives to the sequence of a serial or identity column. */
void postgresql_sequence_name(char name[POSTGRESQL_NAME_BYTES], const char *table,
	const char *column);

/* introspect.c */
int postgresql_introspect(void *conn, struct limbeck_introspect *request,
	struct limbeck_catalog *catalog, struct limbeck_error *err);

/* scratch.c */
int postgresql_scratch(void *conn, struct limbeck_session *session, unsigned flags,
	void **scratch, struct limbeck_error *err);
/* Runs a text and forgets what it gives. */
int postgresql_do(struct postgresql *pg, const char *sql, struct limbeck_error *err);
/* Fails with LIMBECK_E_UNSUPPORTED and says what to do. */
int postgresql_scratch_refuse(const char *why, struct limbeck_error *err);
/* Ends what a scratch has beside its connection, which is closed already. */
void postgresql_scratch_close(struct postgresql *pg);
/* scratch_inside.c */
int postgresql_scratch_inside(struct postgresql *pg, struct postgresql *from,
	struct limbeck_error *err);
/* In a scratch that lives in a transaction: nothing may run once that is over... */
int postgresql_scratch_check(const struct postgresql *pg, struct limbeck_error *err);
/* ... and what would begin another, or commit it, is passed over. */
bool postgresql_scratch_skips(const struct postgresql *pg,
	const struct limbeck_statement *statement);

/* scratch_guard.c: whether a statement can be sent to a scratch as it is. */
bool postgresql_scratch_is_clean(struct postgresql *pg,
	const struct limbeck_statement *statement);
/* Refuses what would reach out of the scratch; what can be left out is taken out of
 * pg->text, which holds the statement. */
int postgresql_scratch_guard(struct postgresql *pg, const struct limbeck_statement *statement,
	struct limbeck_error *err);

/* alterable.c */
int postgresql_alterable(const struct limbeck_object *before, const struct limbeck_object *after);

/* render.c */
int postgresql_render(const struct limbeck_rendering *rendering,
	const struct limbeck_change *changes, size_t count, struct limbeck_out *out,
	struct limbeck_error *err);

/* error.c: both return -1. */
int postgresql_fail(struct postgresql *pg, const PGresult *result,
	const struct limbeck_statement *statement, struct limbeck_error *err);
/* What libpq says of the connection itself, without the password. */
int postgresql_fail_link(const struct postgresql *pg, struct limbeck_error *err);
int postgresql_nomem(struct limbeck_error *err);

/* lock.c */

/* The two key spaces of advisory locks, as pg_locks tells them. */
#define LOCK_SPACE_RUN 1
#define LOCK_SPACE_WORK 2
#define LOCK_ROWS 512
#define LOCK_SQL 1024

struct lock_key {
	uint32_t high;
	uint32_t low;
	char whole[40];   /* as SQL: of the first space */
	char halves[40];  /* of the second */
};

void postgresql_lock_key(const char *name, struct lock_key *key);
/* What follows FROM for the rows "l" of those who have the lock. */
void postgresql_lock_rows(const struct lock_key *key, int space, char *text, size_t size);
/* The first value of a query's result, as text; empty when there is none. */
int postgresql_value(struct postgresql *pg, const char *sql, char *value, size_t size,
	struct limbeck_error *err);
int postgresql_lock(void *conn, const char *name, struct limbeck_error *err);
int postgresql_unlock(void *conn, const char *name, struct limbeck_error *err);
int postgresql_lock_check(void *conn, const char *name, char *text, size_t size);
int postgresql_lock_holder(void *conn, const char *name, char *text, size_t size);

/* lock_pooled.c */
int postgresql_lock_pooled(struct postgresql *pg, const char *name, struct limbeck_error *err);
void postgresql_unlock_pooled(struct postgresql *pg);
/* A query on the lock's own connection: 1 there is a value, 0 there is none. */
int postgresql_lock_ask(struct postgresql *pg, const char *sql, char *text, size_t size);

#endif
