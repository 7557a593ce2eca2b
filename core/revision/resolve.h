/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Identifiers: what `head`, `heads`, `base`, `current`, `27c6`, `label@head`,
 * `+2`, `27c6-1`, `label@+1` stand for. The forms are Alembic's; what is unknown,
 * ambiguous, not on the branch or walked too far is an error of its own code
 * (UNKNOWN, AMBIGUOUS, BRANCH, RANGE; USAGE where a form can't be used) that
 * lists the candidates (id, file, message).
 *
 * A prefix may be of any length if it fits one revision; ids and labels of less
 * than four characters are only found in full.
 */
#ifndef REVISION_RESOLVE_H
#define REVISION_RESOLVE_H

#include "revision/graph.h"

/* Who asks; relative forms mean different things. */
enum resolve_use {
	RESOLVE_SHOW,      /* -N: N below every effective head; current: the rows */
	RESOLVE_UPGRADE,   /* +N: from the rows */
	RESOLVE_DOWNGRADE, /* -N: from the rows */
	RESOLVE_STAMP,     /* no relative forms */
	RESOLVE_REVISION,  /* a parent of a new revision: no relative forms */
	RESOLVE_PLAIN      /* an end of an offline range: relative to a named revision only */
};

struct resolve_result {
	struct revision_list revisions; /* empty: base */
	struct revision *branch;        /* the revision that a label@ named, or the row that a
	                                   downgrade's -N starts from, or NULL */
	bool is_base;                   /* revisions is empty */
};

/* rows: what the version table holds, needed for relative forms and `current`;
 * may be NULL where nothing is applied or known. Lists come from the graph's
 * arena. */
int graph_resolve(struct graph *graph, const char *text, enum resolve_use use,
	const struct revision_list *rows, struct resolve_result *out, struct limbeck_error *err);

/* The revisions of a history range ("A:B", "A:", ":B", NULL), newest first. At the
 * lower end -N counts from the upper end, at the upper end +N from the lower
 * one; both stop where there is no more. */
int graph_range(struct graph *graph, const char *text, const struct revision_list *rows,
	struct revision_list *out, struct limbeck_error *err);

/* Turns the rows of the version table into revisions. A row that no file has is
 * an error (LIMBECK_E_STATE) unless missing is given, which then gets it. */
int graph_rows(struct graph *graph, const struct names *rows, struct revision_list *out,
	struct names *missing, struct limbeck_error *err);

#endif
