/* SPDX-License-Identifier: BSD-2-Clause */
/* Revisions with their branches drawn beside them. */
#ifndef CLI_DRAWING_H
#define CLI_DRAWING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/output.h"
#include <limbeck/limbeck.h>

/* Where a revision's texts begin; they end where the next one's begin. */
struct drawing_item {
	size_t text;
	size_t names;
	size_t parents;    /* how many of the names after the first are parents */
};

/* Nothing can be drawn before all revisions are known, for a line is open only
 * where it leads to one of them. */
struct drawing {
	const struct stream *out;
	unsigned flags;             /* enum listing_flag */
	struct stream text;         /* what stands beside the drawing */
	char *text_bytes;
	size_t text_size;
	FILE *names;                /* id, parents, dependencies, each ended by a zero */
	char *name_bytes;
	size_t name_size;
	struct drawing_item *items;
	size_t count;
	size_t capacity;
	bool failed;                /* no memory */
};

int drawing_init(struct drawing *drawing, const struct stream *out, unsigned flags,
	struct limbeck_error *err);
/* A limbeck_revision_fn whose data is the drawing; newest first. */
int drawing_add(void *data, const struct limbeck_revision *revision);
int drawing_print(struct drawing *drawing, struct limbeck_error *err);
void drawing_release(struct drawing *drawing);

#endif
