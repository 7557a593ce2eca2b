/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The services that the host (the core of limbeck) gives to a driver.
 *
 * A driver links its client library and nothing else; all it needs of the core
 * comes through this table, whose address limbeck_driver_entry() receives
 * (SQLite hands its API to extensions in the same way, "Run-Time Loadable
 * Extensions"). The table lives as long as the process. Members are only ever
 * added at the end.
 */
#ifndef LIMBECK_HOST_H
#define LIMBECK_HOST_H

#include <stddef.h>
#include <stdint.h>

#include <limbeck/error.h>
#include <limbeck/version.h>

LIMBECK_BEGIN_DECLS

/* The host's side of one connection; the driver gets it in open() and hands it
 * back in log() and cancelled(). Valid until close() has returned. */
struct limbeck_session;

/* Where results go. Valid during the call that it was given to. */
struct limbeck_sink;

enum limbeck_log_level {
	LIMBECK_LOG_ERROR,
	LIMBECK_LOG_WARNING,
	LIMBECK_LOG_NOTICE,  /* worth seeing at the default level */
	LIMBECK_LOG_INFO,    /* with -v */
	LIMBECK_LOG_DEBUG    /* with -vv: every call, every statement */
};

struct limbeck_host {
	size_t size;   /* of this table, as the host knows it */
	unsigned abi;  /* LIMBECK_DRIVER_ABI of the host */

	/* Memory, zeroed. NULL when there is none. What a driver keeps, it frees. */
	void *(*alloc)(size_t size);
	void (*free)(void *memory);

	/* Fills err (which may be NULL) with a code (driver.h lists those for
	 * drivers), and a message formatted as by printf. Call it once per
	 * failure, at the place that sees it. Always returns -1, so that
	 * `return host->fail(...)` reads well. */
	int (*fail)(struct limbeck_error *err, int code, const char *format, ...)
		LIMBECK_PRINTF(3, 4);
	/* Adds to an error just made. Texts are copied; NULL and "" are ignored.
	 * sqlstate is five characters; position counts bytes of the statement,
	 * from 1, 0 when it is not known. */
	void (*fail_sqlstate)(struct limbeck_error *err, const char *sqlstate, int vendor);
	void (*fail_detail)(struct limbeck_error *err, const char *detail);
	void (*fail_hint)(struct limbeck_error *err, const char *hint);
	void (*fail_position)(struct limbeck_error *err, size_t position);

	/* Writes a line to the log, headed by the driver's name: a server's notice
	 * or warning, for example. Never pass a password. */
	void (*log)(struct limbeck_session *session, enum limbeck_log_level level,
		const char *format, ...) LIMBECK_PRINTF(3, 4);

	/* Nonzero while the user wants the call under way to stop. A driver that
	 * waits for its server looks at it whenever its wait is interrupted. (It is
	 * zero again when the host cleans up afterwards.) */
	int (*cancelled)(struct limbeck_session *session);

	/* Names of the result's columns, before the first row. Optional. */
	void (*columns)(struct limbeck_sink *sink, size_t count, const char *const *names);
	/* A row, as text, binary values as their bytes; a NULL value is SQL's NULL.
	 * lengths may be NULL where all values end in a zero byte. The sink copies
	 * what it wants. Nonzero: it wants no more rows; read the rest and drop
	 * it (more calls are harmless). The statement still succeeds. */
	int (*row)(struct limbeck_sink *sink, size_t count, const char *const *values,
		const size_t *lengths);
	/* A statement is done: its place in the batch (0 in execute), and how
	 * many rows it changed, -1 when the server does not say. Nonzero: run no
	 * further statement of the batch, if they have not been sent yet, and
	 * return 0. Those that were sent go on, and are reported like the others. */
	int (*done)(struct limbeck_sink *sink, size_t index, int64_t affected);
};

LIMBECK_END_DECLS

#endif
