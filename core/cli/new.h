/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands that write a new revision. */
#ifndef CLI_NEW_H
#define CLI_NEW_H

#include "cli/cli.h"

/* Fills in the options that all such commands have, writes the file, and says
 * so. what has its size and what is the command's own. */
int new_create(struct cli *cli, struct limbeck_new *what, struct limbeck_error *err);

#endif
