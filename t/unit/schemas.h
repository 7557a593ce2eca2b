/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Catalogs for tests, written as text, and diffs of them as text; and a walk
 * through the changes of a diff that looks whether each is possible when its turn
 * comes. What goes wrong in the helpers themselves ends the program.
 */
#ifndef T_UNIT_SCHEMAS_H
#define T_UNIT_SCHEMAS_H

#include "base/strbuf.h"
#include "diff/diff.h"

/*
 * One object a line: its kind ("foreign_key"), its name ([schema/][table.]name or
 * name(signature)), attributes ("type=varchar(8)", "columns=a,b", "not_null"; "~"
 * stands for a blank), and what it depends on ("on:column:users.id"). "." alone at
 * the end of a name is a part without one. An empty line, and what is indented, is
 * as any other.
 */
struct limbeck_catalog *schemas_read(const char *text);

/* What engines of two sorts can, and a third that lacks most. */
extern const struct limbeck_traits schemas_strict; /* views are bound, parts renamed */
extern const struct limbeck_traits schemas_loose;  /* foreign keys are bound to columns */
extern const struct limbeck_traits schemas_small;  /* can't alter constraints */

/* An enum that only grows, a function of the same result, a sequence, a view whose
 * columns stay can be altered; in all, a comment. */
int schemas_alterable(const struct limbeck_object *before, const struct limbeck_object *after);

/* The changes, each described on a line of its own, "! " before destructive ones;
 * then, behind "wrong: ", what the walk has found, if anything. */
struct schemas_diff {
	struct diff_options options;    /* traits NULL: schemas_strict */
	struct strbuf text;
	struct limbeck_error err;
};
const char *schemas_diff(struct schemas_diff *how, const char *before, const char *after);
void schemas_diff_release(struct schemas_diff *how);

/* Performs the changes on a copy of before. false: one is not possible, or they do
 * not lead to after; out says why. */
bool schemas_walk(struct strbuf *out, const struct limbeck_catalog *before,
	const struct limbeck_catalog *after, const struct diff *diff,
	const struct limbeck_traits *traits);

#endif
