/* SPDX-License-Identifier: BSD-2-Clause */
/* What upgrade, downgrade, stamp and ensure_version have in common. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "cli/cli.h"

/* limbeck_upgrade() and its like. */
typedef int run_fn(struct limbeck *lb, const struct limbeck_run *run, struct limbeck_error *err);

/* Runs the words as targets, as the options say, and reports. */
int run_targets(struct cli *cli, run_fn *run, struct limbeck_error *err);

#endif
