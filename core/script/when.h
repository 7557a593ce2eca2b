/* SPDX-License-Identifier: BSD-2-Clause */
/* Points in time as text. */
#ifndef SCRIPT_WHEN_H
#define SCRIPT_WHEN_H

#include <stdbool.h>
#include <stddef.h>

/* True for a date and time as in ISO 8601 ("2026-11-21T04:55:12.5+01:00"), with
 * a blank for the T, seconds or zone left out, or a date alone. */
bool when_is_valid(const char *text, size_t length);

#endif
