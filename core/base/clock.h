/* SPDX-License-Identifier: BSD-2-Clause */
/* Time. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stddef.h>
#include <time.h>

/* Seconds on a clock that never goes back; for measuring. */
double clock_seconds(void);
/* "2026-11-21T04:55:12.123456Z" now, in UTC. */
#define CLOCK_TEXT 28
void clock_text(char out[CLOCK_TEXT]);
/* Sleeps, or until a signal comes. */
void clock_sleep(double seconds);

#endif
