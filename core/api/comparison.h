/* SPDX-License-Identifier: BSD-2-Clause */
/* Two schemas of one engine from wherever they come, and the changes that lead
 * from one to the other. */
#ifndef API_COMPARISON_H
#define API_COMPARISON_H

#include "api/renames.h"
#include "api/side.h"
#include "diff/diff.h"
#include "driver/render.h"

struct comparison {
	struct limbeck *lb;
	struct arena arena;
	struct side before;
	struct side after;
	struct renames renames;
	bool hinted;                /* renames has those of the files' hints */
	struct diff diff;
};

/* Opens both sides. comparison_close() in any case. */
int comparison_open(struct limbeck *lb, const char *before, const char *after, unsigned flags,
	struct comparison *comparison, struct limbeck_error *err);
/* As comparison_open() for the configured database, which must be at all heads (or,
 * with LIMBECK_SCHEMA_AGAINST_MIGRATIONS, the revisions), and the desired schema. */
int comparison_desired(struct limbeck *lb, unsigned flags, struct comparison *comparison,
	struct limbeck_error *err);
void comparison_close(struct comparison *comparison);

/* Both sides must be of one engine; hints in the files of either count. Of options
 * ask, data and fill are looked at. May be called again. */
int comparison_diff(struct comparison *comparison, const struct diff_options *options,
	struct limbeck_error *err);
/* The changes that lead back. */
int comparison_back(struct comparison *comparison, struct diff *diff, struct limbeck_error *err);
int comparison_render(const struct comparison *comparison, struct rendered *rendered,
	struct limbeck_error *err);
/* Tells fn (may be NULL) of all changes but those that are only made for the sake of
 * others; *count is how many there are. */
int comparison_tell(const struct diff *diff, limbeck_change_fn *fn, void *data, size_t *count,
	struct limbeck_error *err);

#endif
