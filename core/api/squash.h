/* SPDX-License-Identifier: BSD-2-Clause */
/* One revision in place of a line of them: what the files of limbeck_squash() share. */
#ifndef API_SQUASH_H
#define API_SQUASH_H

#include "api/replay.h"
#include "base/strbuf.h"
#include "driver/render.h"

/* A section of the new revision. */
struct squash_section {
	bool joined;               /* of those of the range, one behind the other; else found by
	                            * comparison */
	struct strbuf text;
	const char *flags;         /* NULL: none */
};

struct squash {
	struct limbeck *lb;
	struct arena arena;
	struct graph graph;          /* the project's, from when the new file is written */
	struct revision_list range;  /* oldest first */
	const char *location;        /* version location that the first is in */
	const char *folder;          /* for the old files */
	struct names parents;
	struct names depends;
	struct names labels;
	struct names replaces;
	const char *dialect;         /* NULL: the project's */
	bool irreversible;
	struct squash_section up;
	struct squash_section down;
	/* The old ones in scratch. */
	struct replay *replay;
	struct limbeck_catalog *before;
	struct limbeck_catalog *after;
	struct limbeck_catalog *back;  /* after their downgrades; NULL: these fail */
};

/* Finds the range "A:B", checks that it is a line, and takes what the headers say. */
int squash_find(struct squash *squash, const char *range, struct limbeck_error *err);
/* Where the file of a revision goes. NULL: no memory. */
const char *squash_place(struct squash *squash, const struct revision *revision);

/* Fills up and down. before and after are there. */
int squash_write(struct squash *squash, struct limbeck_error *err);

/* Runs the old ones in scratch. */
int squash_replay(struct squash *squash, struct limbeck_error *err);
/* Runs what the new file at path makes, and compares. */
int squash_prove(struct squash *squash, const char *path, struct limbeck_error *err);

#endif
