/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An arena: memory that is given back all at once. There is one for a command
 * and one for a step, so that nobody frees piecemeal.
 *
 * ARENA_INIT or zeroes make an empty one; arena_release() frees all that came
 * from it and leaves it empty and usable. Memory is aligned for any type and
 * zeroed. Every function returns NULL when there is no memory.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include <limbeck/version.h>

struct arena_block;

struct arena {
	struct arena_block *block;
};

#define ARENA_INIT { NULL }

void *arena_alloc(struct arena *arena, size_t size);
/* Memory for count items of size bytes; NULL too when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...) LIMBECK_PRINTF(2, 3);
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
	LIMBECK_PRINTF(2, 0);
void arena_release(struct arena *arena);

#endif
