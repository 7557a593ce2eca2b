/* SPDX-License-Identifier: BSD-2-Clause */
/* Asking whether what goes and what comes is one thing under two names. */
#ifndef CLI_RENAME_H
#define CLI_RENAME_H

#include "cli/cli.h"

/* For struct limbeck_new: its `ask`, NULL where there is no terminal to ask on. */
int (*rename_asker(struct cli *cli))(void *data, const struct limbeck_object *gone,
	const struct limbeck_object *come);

#endif
