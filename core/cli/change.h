/* SPDX-License-Identifier: BSD-2-Clause */
/* Differences between two schemas, as check, diff and revision print them. */
#ifndef CLI_CHANGE_H
#define CLI_CHANGE_H

#include "cli/cli.h"
#include "cli/json.h"

/* Collects what is told of changes: prints a line each, or keeps them for JSON. */
struct changes {
	struct cli *cli;
	struct stream stream;   /* where the lines go; file NULL: nowhere */
	const char *indent;
	struct json_list json;
	size_t destructive;     /* those by which something is lost */
};

/* A limbeck_change_fn whose data is the collection. */
int changes_add(void *data, const struct limbeck_change *change, const char *text);

/* One of them; change may be NULL. */
json_t *change_json(const struct limbeck_change *change, const char *text);

#endif
