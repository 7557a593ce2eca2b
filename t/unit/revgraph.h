/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Graphs and plans as short texts, for the tests of core/revision and core/plan.
 *
 * A graph is "a; b<a; c<a; m<b,c; d<c~m,x labels y z": each revision with its
 * parents after "<", dependencies after "~" and labels; "at T" gives `created`.
 * The file of revision a is "v/a.sql", its line the place in the text from 1,
 * its message "make a".
 */
#ifndef T_UNIT_REVGRAPH_H
#define T_UNIT_REVGRAPH_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "plan/plan.h"

/* Reads and links a graph. 0, or -1 with err; ends the test if the text is bad. */
int revgraph_read(struct graph *graph, const char *text, struct limbeck_error *err);

/* The words of text, which must not be in it longer than the arena. */
struct names revgraph_words(struct arena *arena, const char *text);

/* Appends the ids, separated by blanks. */
void revgraph_ids(struct strbuf *out, const struct revision_list *list);

/* Makes the plan of "up X", "down X", "stamp X Y", "purge X Y" from rows, and
 * writes it: "+a -b =c => rows", or "!CODE" for an error, which err then has. */
int revgraph_plan(struct arena *arena, struct graph *graph, const char *rows, const char *command,
	struct plan *made, struct strbuf *out, struct limbeck_error *err);

/* Carries the changes out on a list of rows, each of which must find what it
 * changes; after each step of an upgrade or downgrade the rows must be the tips
 * of what is applied, found here without the graph's own means, if they were at
 * the beginning. NULL, or what is wrong, in the arena. */
const char *revgraph_replay(struct arena *arena, const struct graph *graph,
	const struct plan *made);

#endif
