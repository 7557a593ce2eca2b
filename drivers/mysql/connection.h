/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The MySQL and MariaDB driver's own header. It is written for both client
 * libraries: libmysqlclient and MariaDB's Connector/C.
 */
#ifndef CONNECTION_H
#define CONNECTION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <mysql.h>

#include <limbeck/driver.h>

/* Where a call stands with regard to cancel(), which is another thread's. */
enum stage {
	STAGE_IDLE,       /* no call is under way: nothing to cancel */
	STAGE_BUSY,
	STAGE_CANCELLING, /* the request is on its way to the server */
	STAGE_CANCELLED   /* it has arrived */
};

enum tls {
	TLS_STANDARD,     /* whatever the client library does */
	TLS_DISABLED,
	TLS_PREFERRED,
	TLS_REQUIRED,
	TLS_VERIFIED
};

/* A copy of the URL, kept for the second connection that cancel() makes. */
struct settings {
	char *host;
	char *user;
	char *password;
	char *database;
	char *socket;
	char *application;
	char *charset;
	char *file;           /* read_default_file */
	char *group;          /* read_default_group */
	unsigned port;        /* 0: not given */
	enum tls tls;
	struct option {
		int number;   /* enum mysql_option */
		bool seconds; /* the value is an unsigned in `number_value` */
		unsigned number_value;
		char *text;
	} *options;
	size_t option_count;
};

struct connection {
	MYSQL *link;
	struct limbeck_session *session;
	struct settings settings;
	unsigned long id;     /* the server's number for this connection */
	atomic_int stage;
	struct limbeck_lexis lexis;
	bool own_lexis;       /* the SQL mode makes it another than the driver's */
	const char *product;
	char *user;
	char *database;
	const char **values;  /* the names of a result's columns */
	size_t *lengths;
	size_t columns;       /* room in these two */
	bool scratch;         /* `database` is to be dropped at the end */
	bool reads;           /* only reads were announced: nobody will ask for the lock */
	bool clustered;       /* the server is a node of a cluster whose nodes all take writes... */
	bool lockless;        /* ... and grants no locks */
	char node[128];       /* ... by this name */
	struct guard *guard;  /* of a scratch: see scratch_guard.h */
	struct kept *kept;    /* see nature.c: tables that no rollback brings back... */
	bool kept_read;       /* ... of which the server was asked */
	bool kept_default;    /* and a table that names no engine is one */
};

/* A text that was sent, and the part of it that one statement is. */
struct sent {
	const char *text;
	size_t length;
	size_t start;
	size_t size;
};

/* options.c: settings_init() fails for a parameter that it does not know. */
int settings_init(struct settings *settings, const struct limbeck_open *how,
	struct limbeck_error *err);
void settings_release(struct settings *settings);
/* What the client library has to be told before it connects. */
int settings_apply(const struct settings *settings, MYSQL *link);
/* Copies of texts: NULL for NULL, and for no memory. */
char *text_copy(const char *text);

/* connect.c */
int connection_connect(struct connection *c, struct limbeck_error *err);
/* A connection with the same settings, or NULL. */
MYSQL *connection_second(const struct connection *c);

/* driver.c */
void connection_close(void *conn);

/* exec.c: every call that talks to the server stands between these two. */
void connection_enter(struct connection *c);
void connection_leave(struct connection *c);
/* The user wants to stop, and may have said so just before the call. */
bool connection_interrupted(const struct connection *c);
/* Reads the result whose head has come. Adds to *affected. -1: the client
 * library has the error. */
int connection_read(struct connection *c, struct limbeck_sink *sink, int64_t *affected,
	struct limbeck_error *err);
/* Reads and drops the results that are still to come. */
void connection_drain(struct connection *c);
/* Runs a text alone, whatever number of statements and results it has. */
int connection_run(struct connection *c, const struct limbeck_statement *statement, size_t index,
	struct limbeck_sink *sink, bool *stop, struct limbeck_error *err);
/* The first row of a query: up to `count` copies, NULL for NULL. 1, 0 for no
 * row, -1. The caller frees them. */
int connection_row(struct connection *c, const char *sql, char **values, size_t count,
	struct limbeck_error *err);
int connection_execute(void *conn, const struct limbeck_statement *statement,
	struct limbeck_sink *sink, struct limbeck_error *err);

/* batch.c */
int connection_batch(void *conn, const struct limbeck_statement *statements, size_t count,
	struct limbeck_sink *sink, size_t *done, struct limbeck_error *err);

/* words.c: how a statement may travel. */
enum travel {
	TRAVEL_ALONE,    /* it may have several results */
	TRAVEL_TOGETHER,
	TRAVEL_DDL       /* together, and a look at its warnings costs next to nothing */
};
enum travel statement_travel(const struct limbeck_statement *statement);
/* The count of changed rows: the server says 0 of statements that have none. */
int64_t statement_affected(const struct limbeck_statement *statement, int64_t affected);

/* warnings.c */

/* Asks for the last statement's warnings, and logs them. */
void warnings_fetch(struct connection *c);
/* Logs the result of SHOW WARNINGS whose head has come. */
void warnings_read(struct connection *c);
/* Says that a statement had warnings whose texts are lost. */
void warnings_note(struct connection *c, unsigned count, const struct limbeck_statement *statement);

/* error.c: these return -1. `sent` may be NULL. */
int connection_fail(struct connection *c, const struct sent *sent, struct limbeck_error *err);
int connection_fail_open(MYSQL *link, const struct settings *settings, struct limbeck_error *err);
int connection_nomem(struct limbeck_error *err);

/* place.c: where in the statement an error is, in bytes from 1; 0 when its
 * message does not tell. */
size_t error_position(unsigned number, const char *message, const struct sent *sent);

/* lock.c */
int connection_lock(void *conn, const char *name, struct limbeck_error *err);
int connection_unlock(void *conn, const char *name, struct limbeck_error *err);
int connection_lock_check(void *conn, const char *name, char *text, size_t size);
int connection_lock_holder(void *conn, const char *name, char *text, size_t size);

/* node.c: whether the server's locks are known to all who use the database. */
int connection_find_node(struct connection *c, struct limbeck_error *err);


/* scratch.c */
int connection_scratch(void *conn, struct limbeck_session *session, unsigned flags, void **scratch,
	struct limbeck_error *err);
/* Drops the database of a scratch. */
void scratch_leave(struct connection *c);

#endif
