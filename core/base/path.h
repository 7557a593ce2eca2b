/* SPDX-License-Identifier: BSD-2-Clause */
/* Paths as text; nothing here looks at the disk. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>

#include "base/arena.h"

bool path_is_absolute(const char *path);
/* base/path, or path alone where it is absolute or base is "" or "."; one
 * slash between, "./" at the front of path dropped. NULL: no memory. */
char *path_join(struct arena *arena, const char *base, const char *path);
/* The folder part: "." for a bare name, "/" for a name in the root. */
char *path_dirname(struct arena *arena, const char *path);
/* A pointer to what follows the last slash. */
const char *path_basename(const char *path);
/* path as seen from folder base, both absolute, where it lies below it; else
 * path itself. A pointer into path. */
const char *path_below(const char *base, const char *path);

#endif
