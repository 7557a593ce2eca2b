/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a run shows on stderr: a line for each step with the time it took, and,
 * on a terminal, a last line that says what is running now and how many are
 * left. Elsewhere the step's line is begun when the step begins, so that a log
 * shows where a run hangs.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "cli/output.h"
#include <limbeck/limbeck.h>

struct progress {
	const struct stream *stream; /* NULL: silent */
	bool live;                   /* there is a line rewritten in place */
	bool drawn;                  /* and it is to be seen now */
	bool begun;                  /* a step's line waits for its end */
	bool cut;                    /* it was ended early, by another message */
	struct timespec last;        /* when the live line was drawn */
	char *waiting;               /* the holder of the lock last shown */
};

void progress_start(struct progress *progress, const struct stream *stream, bool live);
void progress_event(struct progress *progress, const struct limbeck_event *event);
/* Makes room for another message on stderr. */
void progress_break(struct progress *progress);
void progress_stop(struct progress *progress);

#endif
