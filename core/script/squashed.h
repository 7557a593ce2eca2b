/* SPDX-License-Identifier: BSD-2-Clause */
/* The files of squashed revisions, for databases that stand within them. */
#ifndef SCRIPT_SQUASHED_H
#define SCRIPT_SQUASHED_H

#include <stdbool.h>

#include "revision/graph.h"

struct squashed_list {
	struct revision *items;
	size_t count;
	size_t capacity;
};

/* The folder for those of a folder of revision files, which is absolute. */
char *squashed_folder(struct arena *arena, const char *path);

/* Whether names (which may be NULL) has it. */
bool squashed_is_named(const struct names *names, const char *id);

/* aside has the revisions to expand, and all that there are squashed files of. Adds
 * to the graph those that the former replace, but for what one of these replaces
 * in turn; and gives the former an alias. */
int squashed_pick(struct graph *graph, const struct names *expand,
	const struct squashed_list *aside, struct limbeck_error *err);

#endif
