/* SPDX-License-Identifier: BSD-2-Clause */
/* The driver path: folders separated by ':'. Only absolute ones count, so that
 * the working directory is never searched. */
#ifndef DRIVER_SEARCH_H
#define DRIVER_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/log.h"
#include <limbeck/error.h>

/* What a scheme, and a driver's name, may be: a-z, 0-9 and "_". */
bool search_scheme_valid(const char *scheme);

/* The file that serves a scheme, in *file; NULL there when no folder has it. A
 * relative folder is skipped with a warning. */
int search_find(struct arena *arena, const char *path, const char *scheme, const struct log *log,
	const char **file, struct limbeck_error *err);

struct search_found {
	const char *scheme;
	const char *file;
};

/* All files that could be drivers, by scheme; the first folder that has a scheme
 * wins. All memory is the arena's. */
int search_all(struct arena *arena, const char *path, struct search_found **found, size_t *count,
	struct limbeck_error *err);

#endif
