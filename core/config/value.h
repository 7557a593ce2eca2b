/* SPDX-License-Identifier: BSD-2-Clause */
/* The text of a value as what it means. Each is false for a text that does not
 * mean such a thing, and leaves *out alone. */
#ifndef CONFIG_VALUE_H
#define CONFIG_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* true, yes, on, 1; false, no, off, 0; in any case of letters. */
bool value_boolean(const char *text, bool *out);
bool value_integer(const char *text, long least, long most, long *out);
/* In seconds: a number, and ms, s, min, h or d. */
bool value_duration(const char *text, double *out);
/* Cuts at any of the separators, drops blanks around the pieces and pieces that
 * are empty. False: no memory. */
bool value_split(struct arena *arena, const char *text, const char *separators,
	const char *const **out, size_t *count);

#endif
