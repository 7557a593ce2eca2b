/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of graph_link(); only this room calls them. */
#ifndef REVISION_LINK_H
#define REVISION_LINK_H

#include "revision/graph.h"

/* Which of a revision's lists: offsetof(struct revision, downs) and so on. */
struct revision_list *link_list(struct revision *revision, size_t which);

/* Enters what revisions replace; an id that has a file, or that two replace, is an
 * error. */
int link_replaced(struct graph *graph, struct limbeck_error *err);
/* The revision that stands for an id that no file has: it replaces it, or it is its
 * alias; or NULL. */
struct revision *graph_find_replacing(const struct graph *graph, const char *id);

/* Fills each revision's list `to` with those in whose list `from` it is, in
 * the order of graph->all. A list that was filled before keeps its memory. */
bool link_reverse(struct graph *graph, size_t from, size_t to);

/* Sorts graph->all, which is in the order of `created` and id with `index`
 * counting along, so that parents and dependencies come first. */
int link_order(struct graph *graph, struct limbeck_error *err);

/* Reports a cycle among the revisions that have waiting[index] > 0, each of
 * which has a parent or a dependency that has it too. */
int link_report_cycle(struct graph *graph, const size_t *waiting, struct limbeck_error *err);

/* Fills tops; graph->all is in topological order. */
bool link_tops(struct graph *graph);

/* Fills all_labels. */
bool link_labels(struct graph *graph);

#endif
