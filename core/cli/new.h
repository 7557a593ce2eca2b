/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands that write a new revision. */
#ifndef CLI_NEW_H
#define CLI_NEW_H

#include "cli/cli.h"

/* limbeck_revision_create() and its like. */
typedef int new_fn(struct limbeck *lb, const struct limbeck_new *what, char **path,
	struct limbeck_error *err);

/* Fills in the options that all such commands have, writes the file by create, and
 * says so. what has its size and what is the command's own. */
int new_create(struct cli *cli, struct limbeck_new *what, new_fn *create,
	struct limbeck_error *err);

#endif
