/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Variables in values: ${NAME}, ${NAME:-default}, where the default may hold
 * others, and %(here)s. $${ stands for ${, and %% for %; any other $ or % is
 * itself.
 */
#ifndef CONFIG_EXPAND_H
#define CONFIG_EXPAND_H

#include <stddef.h>

#include "base/arena.h"
#include <limbeck/error.h>

struct expansion {
	const char *here;
	const char *const *variables; /* KEY=VALUE; the last one of a name counts */
	size_t count;                 /* then the environment is asked */
};

/* The text with its variables replaced, or NULL with err filled and *offset set
 * to where in text it went wrong. An error names a variable, and no value. */
char *expand_text(struct arena *arena, const struct expansion *with, const char *text,
	size_t *offset, struct limbeck_error *err);

#endif
