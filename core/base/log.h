/* SPDX-License-Identifier: BSD-2-Clause */
/* The log: a level and a receiver, passed by pointer to whoever has something
 * to say. A NULL log, or one without a receiver, is silent. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdarg.h>
#include <stdbool.h>

#include <limbeck/host.h>

struct log {
	int level; /* enum limbeck_log_level: the most detailed that is written */
	void (*write)(void *data, int level, const char *line);
	void *data;
};

bool log_wants(const struct log *log, int level);
void log_write(const struct log *log, int level, const char *format, ...) LIMBECK_PRINTF(3, 4);
void log_vwrite(const struct log *log, int level, const char *format, va_list arguments)
	LIMBECK_PRINTF(3, 0);

#endif
