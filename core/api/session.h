/* SPDX-License-Identifier: BSD-2-Clause */
/* A struct limbeck, and what the files of this room share. */
#ifndef API_SESSION_H
#define API_SESSION_H

#include <pthread.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/vec.h"
#include "config/config.h"
#include "driver/connection.h"
#include "driver/loader.h"
#include "exec/exec.h"
#include "revision/graph.h"
#include "store/store.h"
#include <limbeck/limbeck.h>

struct limbeck {
	struct arena arena;          /* for the whole life */
	struct config config;
	struct log log;
	struct graph graph;
	bool has_graph;
	struct names expand;         /* squashed revisions whose parts are in it instead */
	struct driver *driver;
	struct connection *connection;
	bool reads_only;             /* how it was opened */
	struct store store;          /* of the connection */
	const char *engines[3];      /* names for @only */
	size_t engine_count;
	pthread_mutex_t mutex;       /* guards the next two against limbeck_cancel() */
	VEC(struct connection *) watched;
	VEC(struct connection *) lost; /* in whose place another one came */
	bool cancelled;
};

/* limbeck_open(), where project says whether there must be a configuration. */
int session_open(struct limbeck **out, const struct limbeck_options *given, bool project,
	struct limbeck_error *err);

/* Each makes sure that something is there; all are cheap the second time. */
int session_graph(struct limbeck *lb, struct limbeck_error *err);
int session_driver(struct limbeck *lb, struct limbeck_error *err);
int session_connect(struct limbeck *lb, bool reads_only, struct limbeck_error *err);
/* Once the connection is lost: makes another one. The lost one is kept until the end. */
int session_reconnect(struct limbeck *lb, struct limbeck_error *err);
/* As session_graph(), read anew with revisions that no file has. */
int session_graph_with(struct limbeck *lb, const struct revision *extra, size_t count,
	struct limbeck_error *err);
/* Where a row names a revision within what a squashed one replaces, takes those that
 * it replaces into the graph in its place. */
int session_expand(struct limbeck *lb, const struct names *rows, struct limbeck_error *err);
/* Forgets the revision files, to read them again. */
void session_forget_graph(struct limbeck *lb);

/* From now on limbeck_cancel() reaches this connection too, until session_unwatch(),
 * which comes before connection_close(). Fails where it was called already. */
int session_watch(struct limbeck *lb, struct connection *connection, struct limbeck_error *err);
/* Harmless where it is not watched, or NULL. */
void session_unwatch(struct limbeck *lb, const struct connection *connection);
/* Whether limbeck_cancel() was called. */
bool session_cancelled(struct limbeck *lb);

/* The rows of the version table as revisions; those without a file go to
 * missing (may be NULL: then an error). Connects for reading. */
int session_rows(struct limbeck *lb, struct revision_list *rows, struct names *missing,
	struct limbeck_error *err);

/* A store for an engine that is not connected, for scripts. */
int session_offline_store(struct limbeck *lb, struct store *store, struct limbeck_error *err);

/* What is known of the server where there is no connection: the product, of the newest
 * version, where the scheme is the name of one; else nothing, *out NULL. */
int session_offline_server(const struct driver *driver, const char *scheme, struct arena *arena,
	const struct limbeck_server **out, struct limbeck_error *err);

/* Rows of the version table that no file has: takes what a downgrade needs to
 * know of them from the history table into the graph. */
int missing_recover(struct limbeck *lb, const struct names *rows, struct limbeck_error *err);
/* Adds to err, which says that a row has no file, when and by whom the revision
 * was applied, and what can be done. */
void missing_explain(struct limbeck *lb, const struct names *rows, struct limbeck_error *err);

/* Says what is wrong with the settings of the post-write hooks. */
int hooks_check(struct limbeck *lb, struct limbeck_error *err);
/* Runs the post-write hooks on a new file. A hook that fails is an error; the
 * file stays. */
int hooks_run(struct limbeck *lb, const struct limbeck_new *what, const char *path,
	struct limbeck_error *err);

#endif
