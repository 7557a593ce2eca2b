/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A connection: the one wrapper around every driver call. It asserts the
 * state, traces with -vv (calls, statements, times; never a password), makes
 * sure that a failure came with an error, and puts the driver's name into it.
 *
 * Once a call has failed with LIMBECK_E_CONNECT the connection is lost, and every
 * further call fails in the same way without reaching the driver.
 *
 * After connection_cancel(), the call under way, or else the next one, fails with
 * LIMBECK_E_CANCELLED. Then, or once connection_cancelled() has answered true, the
 * cancellation is settled: what is sent from then on (history, unlock) runs as
 * usual, until somebody cancels again. The driver's rollback statement is sent
 * in any case.
 */
#ifndef DRIVER_CONNECTION_H
#define DRIVER_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/log.h"
#include "driver/loader.h"
#include <limbeck/driver.h>

struct connection;

/* The receiving end of a call; any function may be NULL. One execute makes one
 * call of done, also where the text holds several statements. */
struct limbeck_sink {
	int (*row)(void *data, size_t count, const char *const *values, const size_t *lengths);
	int (*done)(void *data, size_t index, int64_t affected);
	void *data;
	/* for collecting column names, where wanted */
	void (*columns)(void *data, size_t count, const char *const *names);
	/* the wrapper's own: the driver that fills it */
	const struct limbeck_driver *driver;
};

/* shown is the URL without its password, for the trace. The driver must
 * outlive the connection. */
int connection_open(struct connection **connection, const struct driver *driver,
	const struct limbeck_url *url, const char *shown, unsigned flags, const struct log *log,
	struct limbeck_error *err);
/* Another one, as this one was opened: url and shown are still there. For any thread;
 * it has no log. */
int connection_again(const struct connection *connection, struct connection **again,
	struct limbeck_error *err);
/* NULL is allowed. */
void connection_close(struct connection *connection);

const struct limbeck_traits *connection_traits(const struct connection *connection);
const struct limbeck_server *connection_server(const struct connection *connection);
/* The session's lexical traits: the server's where it says so. */
const struct limbeck_lexis *connection_lexis(const struct connection *connection);
const char *connection_engine(const struct connection *connection); /* the driver's name */
const struct driver *connection_driver(const struct connection *connection);
enum limbeck_ability connection_can(const struct connection *connection,
	enum limbeck_capability capability);

/* One statement. sink may be NULL. affected may be NULL; *affected is -1 when the
 * server does not say. */
int connection_execute(struct connection *connection, const char *sql, size_t length,
	struct limbeck_sink *sink, int64_t *affected, struct limbeck_error *err);
/* As a printf-less shorthand for a zero-terminated statement without result. */
int connection_do(struct connection *connection, const char *sql, struct limbeck_error *err);
/* Several, stopping at the first that fails: *done have succeeded, and each of
 * these was reported to sink->done. 0 with *done < count: sink->done said stop. */
int connection_batch(struct connection *connection, const struct limbeck_statement *statements,
	size_t count, struct limbeck_sink *sink, size_t *done, struct limbeck_error *err);

/* A result held in memory. A value ends at its first zero byte. */
struct rows {
	const char ***items;  /* [row][column], NULL is SQL's NULL */
	size_t count;
	size_t columns;
};
int connection_query(struct connection *connection, struct arena *arena, const char *sql,
	struct rows *rows, struct limbeck_error *err);

/* The driver's lock: 1, 0, -1. */
int connection_lock(struct connection *connection, const char *name, struct limbeck_error *err);
int connection_unlock(struct connection *connection, const char *name, struct limbeck_error *err);
bool connection_lock_holder(struct connection *connection, const char *name, char *text,
	size_t size);

/* Whether text is a statement that fails once the lock is lost. */
bool connection_lock_check(struct connection *connection, const char *name, char *text, size_t size);

/* Reads the schema. The catalog belongs to the caller, is connected
 * (catalog_connect), and borrows from the connection: its lexical traits and the
 * default schema's name. schemas may be NULL, with schema_count 0: all but the
 * system's. */
struct limbeck_catalog;
int connection_introspect(struct connection *connection, const char *const *schemas,
	size_t schema_count, struct limbeck_catalog **catalog, struct limbeck_error *err);
/* Opens a scratch: a connection of its own, for the same thread, ended by
 * connection_close() before this one is. A cancel of this one reaches its scratches
 * too, from the moment that one is asked for until it is closed; either is then
 * settled by itself. */
int connection_scratch(struct connection *connection, unsigned flags,
	struct connection **scratch, struct limbeck_error *err);

/* What a statement is; never LIMBECK_NATURE_STANDARD. */
enum limbeck_nature connection_nature(struct connection *connection,
	const struct limbeck_statement *statement);
/* The expression that tells a statement's effect, to be freed by mem_free(); NULL: none. */
char *connection_footprint(struct connection *connection, const struct limbeck_statement *statement);
/* enum limbeck_effect, or -1. */
int connection_probe(struct connection *connection, struct limbeck_probe *probe,
	struct limbeck_error *err);
/* Whether text, a statement, is to be sent before this one. */
bool connection_limit(struct connection *connection, const struct limbeck_limits *limits,
	const struct limbeck_statement *statement, char *text, size_t size);
bool connection_blockers(struct connection *connection, const struct limbeck_statement *statement,
	char *text, size_t size);
int connection_backup(struct connection *connection, const char *path, struct limbeck_error *err);

/* Any thread: marks the connection cancelled, and cancels the call under way. */
void connection_cancel(struct connection *connection);
/* Whether it was ever cancelled. Whoever asks and hears true has been told: see
 * above. For the thread that makes the calls. */
bool connection_cancelled(struct connection *connection);
/* Whether it is gone: nothing can be rolled back or unlocked any more. */
bool connection_lost(const struct connection *connection);

#endif
