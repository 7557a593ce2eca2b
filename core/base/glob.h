/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files by pattern: `*`, `?` and `[...]` as a shell has them (POSIX "Pattern
 * Matching Notation"), and `**` for a folder and all below it. What begins with
 * a point must be named so. Folders are no files; `**` follows no symbolic links.
 */
#ifndef BASE_GLOB_H
#define BASE_GLOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/vec.h"

#include <limbeck/error.h>

struct glob_list {
	const char **items;
	size_t count;
	size_t capacity;
};

/* Whether the text has any of the characters of a pattern. */
bool glob_is_pattern(const char *text);
/* Adds the files that fit an absolute pattern, sorted by name; those that are
 * in the list already stay where they are. A folder that can't be read is an
 * error, one that is not there has no files. */
int glob_files(struct arena *arena, const char *pattern, struct glob_list *out,
	struct limbeck_error *err);

#endif
