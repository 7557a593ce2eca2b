/* SPDX-License-Identifier: BSD-2-Clause */
/* Running another program. */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdbool.h>

#include "base/strbuf.h"

#include <limbeck/error.h>

struct process {
	const char *const *argv;  /* NULL-ended; the program is looked for in PATH */
	const char *folder;       /* to run in; NULL: the current one */
	struct strbuf *out;       /* gets its standard output; NULL: goes to ours of errors */
};

/* Runs it to its end. *status is its exit status, 128 + N when signal N ended
 * it. -1 when it could not be started. */
int process_run(const struct process *process, int *status, struct limbeck_error *err);

/* A program whose output is wanted, and that must come to an end. */
struct capture {
	const char *const *argv;  /* as above */
	const char *folder;
	const char *const *environment; /* "NAME=VALUE" beside ours, NULL-ended; NULL: none */
	struct strbuf *out;
	struct strbuf *errors;    /* what it writes to standard error */
	size_t most;              /* bytes of out, and of errors; more is an error */
	double seconds;           /* how long it may run */
	bool (*stop)(void *data); /* asked now and then; true: end it. NULL: never */
	void *data;
};

/* Runs it, with nothing to read, to its end. It and all that it has started are
 * killed when its time is over or stop says so, which is an error (LIMBECK_E_IO,
 * LIMBECK_E_CANCELLED). */
int process_capture(const struct capture *capture, int *status, struct limbeck_error *err);

/* Splits a command line into words as a shell does, with '...', "..." and
 * backslashes, but no other shell syntax. The vector is NULL-ended, its words
 * are in the arena; NULL with err for an open quote or no memory. */
struct arena;
const char **process_words(struct arena *arena, const char *line, struct limbeck_error *err);

#endif
