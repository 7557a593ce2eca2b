/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether the branches that merge names commute. */
#ifndef CLI_MERGE_CHECK_H
#define CLI_MERGE_CHECK_H

#include "cli/cli.h"

/* Prints for each two of the revisions that the words name, or of all heads,
 * whether they commute, and what they both touch. An error, after that, where
 * some do not, or where it is not known. */
int merge_check(struct cli *cli, struct limbeck_error *err);

/* Says in a line, before a merge, that the branches do not commute. That it
 * can't be told is no error here. NULL: there is nothing to say. To be freed. */
char *merge_notice(struct cli *cli);

#endif
