/* SPDX-License-Identifier: BSD-2-Clause */
/* Names for whole command lines: those built in, and [alias] of limbeck.ini. */
#ifndef CLI_ALIAS_H
#define CLI_ALIAS_H

#include <stddef.h>

#include "cli/cli.h"

struct alias {
	const char *name;
	const char *line;
	const char *question; /* asked on a terminal first; --yes answers it */
};

/* The built-in ones; the last has no name. */
extern const struct alias alias_table[];

const struct alias *alias_find(const char *name);

/* The user's own: 1 and a copy of its line to be freed, 0 when there is none,
 * -1 when the configuration can't be read. */
int alias_look_up(struct cli *cli, const char *name, char **line, struct limbeck_error *err);

/* Splits a line as a shell would: blanks, '...', "...", and backslash. Makes
 * one vector of before (before_count elements), the words of the line, and
 * after (NULL at the end); one free() frees all of it. */
const char **alias_expand(const char *line, const char *const *before, size_t before_count,
	const char *const *after, struct limbeck_error *err);

#endif
