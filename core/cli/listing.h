/* SPDX-License-Identifier: BSD-2-Clause */
/* Revisions as history, heads, current, show and others print them. */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include <stdbool.h>

#include "cli/cli.h"
#include "cli/json.h"

enum listing_flag {
	LISTING_PARENTS = 1 << 0, /* parents and dependencies -> */
	LISTING_LABELS = 1 << 1,
	LISTING_TREE = 1 << 2,    /* (branchpoint) (mergepoint) */
	LISTING_MESSAGE = 1 << 3,
	LISTING_CURRENT = 1 << 4, /* the rows of the database are known */
	LISTING_BLOCKS = 1 << 5   /* several lines for each */
};

struct listing {
	struct cli *cli;
	unsigned flags;       /* enum listing_flag */
	struct stream stream; /* where it goes: standard output */
	struct json_list json;
};

int listing_init(struct listing *listing, struct cli *cli, unsigned flags,
	struct limbeck_error *err);
/* Shows one revision; a limbeck_revision_fn whose data is the listing. */
int listing_show(void *data, const struct limbeck_revision *revision);
/* Ends the list; more, which may be NULL, has further members for JSON. */
int listing_finish(struct listing *listing, json_t *more, struct limbeck_error *err);
void listing_release(struct listing *listing);

/* One revision, by flags. */
void listing_put(const struct stream *stream, const struct limbeck_revision *revision,
	unsigned flags);
json_t *listing_json(const struct limbeck_revision *revision, unsigned flags);

#endif
