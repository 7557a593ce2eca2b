/* SPDX-License-Identifier: BSD-2-Clause */
/* What -vv shows of a driver call. */
#ifndef DRIVER_TRACE_H
#define DRIVER_TRACE_H

#include <stddef.h>

#include "base/log.h"

struct hide;

/* A call: its text (a statement, a lock's name; cut, on one line; NULL: none),
 * how many statements it had (0 and 1 are not shown), its time, how it went. */
struct trace {
	const char *engine;
	const char *member;
	const char *text;
	size_t length;
	size_t count;
	double seconds;
	const char *failed; /* the error's message, NULL: it went well */
	const struct hide *hide; /* what is not shown */
};

void trace_call(const struct log *log, const struct trace *trace);

#endif
