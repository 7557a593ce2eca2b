/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Errors: one structure, filled once where the failure is seen, never printed
 * by whoever fills it.
 *
 * A caller owns its struct limbeck_error, initialises it with
 * LIMBECK_ERROR_INIT and hands its address down as the last parameter. A
 * function that succeeds leaves it untouched. One that fails fills it and
 * returns -1 (or NULL where it returns a pointer). The texts inside belong to
 * the structure; limbeck_error_release() frees them and leaves it empty, ready
 * for another call. Passing NULL means that the caller does not want to know.
 *
 * The words follow PostgreSQL's message style guide (chapter "Error Message
 * Style Guide"): the message begins in lower case and has no full stop; detail
 * and hint are sentences.
 */
#ifndef LIMBECK_ERROR_H
#define LIMBECK_ERROR_H

#include <stddef.h>

#include <limbeck/version.h>

LIMBECK_BEGIN_DECLS

/* What kind of failure it is. A program decides by this, never by the text.
 * The comment says who may raise it: core, driver, or both. */
enum limbeck_code {
	LIMBECK_OK = 0,
	LIMBECK_E_NOMEM,       /* both: no memory */
	LIMBECK_E_INTERNAL,    /* core: a defect of limbeck or of a driver */
	LIMBECK_E_USAGE,       /* core: wrong arguments */
	LIMBECK_E_CONFIG,      /* both: limbeck.ini, environment, URL */
	LIMBECK_E_IO,          /* both: a file could not be read or written */
	LIMBECK_E_SCRIPT,      /* core: a revision file is not well formed */
	LIMBECK_E_GRAPH,       /* core: cycle, missing parent, duplicate id or label */
	LIMBECK_E_UNKNOWN,     /* core: no such revision or label */
	LIMBECK_E_AMBIGUOUS,   /* core: several revisions fit */
	LIMBECK_E_BRANCH,      /* core: the revision is not on that branch */
	LIMBECK_E_RANGE,       /* core: walked too far, overlap, not a valid target */
	LIMBECK_E_STATE,       /* core: the database's own rows contradict the request */
	LIMBECK_E_IRREVERSIBLE,/* core: the revision can't be downgraded */
	LIMBECK_E_DRIVER,      /* core: a driver is missing or can't be loaded */
	LIMBECK_E_CONNECT,     /* driver: no connection, or it was lost */
	LIMBECK_E_SQL,         /* driver: the server refused a statement */
	LIMBECK_E_NO_TABLE,    /* driver: ... because a table does not exist */
	LIMBECK_E_BUSY,        /* both: a lock was not to be had in time */
	LIMBECK_E_CONFLICT,    /* core: another process changed the version table */
	LIMBECK_E_UNSUPPORTED, /* both: the engine can't do that */
	LIMBECK_E_CANCELLED,   /* both: interrupted */
	LIMBECK_E_FOUND        /* core: a check found something to report */
};

struct limbeck_error {
	size_t size;         /* of this structure, for later members */
	int code;            /* enum limbeck_code */
	int vendor;          /* the engine's own error number, 0 if none */
	char sqlstate[6];    /* SQLSTATE, "" if none (ISO/IEC 9075-2, "SQLSTATE") */
	size_t position;     /* where in the statement, in bytes from 1; 0 unknown */
	unsigned line;       /* where in the file, from 1; 0 unknown */
	unsigned column;     /* in characters, from 1; 0 unknown */
	char *message;       /* what happened */
	char *detail;        /* more facts, or NULL */
	char *hint;          /* what to do next, or NULL */
	char *file;          /* the file it is about, or NULL */
	char *source;        /* the line of the file, or NULL */
	char *engine;        /* the driver that reported it, or NULL */
	char *outcome;       /* what was done and what was not, or NULL */
};

#define LIMBECK_ERROR_INIT \
	{ sizeof(struct limbeck_error), 0, 0, { 0 }, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL }

/* Frees what err holds and makes it empty. err may be NULL or empty. */
LIMBECK_EXPORT void limbeck_error_release(struct limbeck_error *err);

/* The whole diagnostic as people read it, in the form of a compiler's:
 *
 *   FILE:LINE:COLUMN: error: MESSAGE
 *     12 | the line of the file
 *        |     ^
 *   ENGINE: SQLSTATE 42703; OUTCOME
 *   detail: DETAIL
 *   hint: HINT
 *
 * leaving out what is not known; it ends with a newline. The caller frees the
 * result with free(); NULL when there is no memory. */
LIMBECK_EXPORT char *limbeck_error_text(const struct limbeck_error *err);

/* A short, stable word for a code ("sql", "config", "busy"...), for JSON. */
LIMBECK_EXPORT const char *limbeck_code_name(int code);

LIMBECK_END_DECLS

#endif
