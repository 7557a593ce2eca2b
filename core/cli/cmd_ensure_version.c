/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cli/run.h"

static const struct option_spec options[] = {
	{ OPTION_SQL, 0, "sql", NULL, "print the SQL script instead of running it; no connection" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static int run(struct cli *cli, struct limbeck_error *err)
{
	return run_targets(cli, limbeck_ensure_version, err);
}

const struct command cmd_ensure_version = {
	.name = "ensure_version",
	.summary = "create limbeck's own tables where they are missing",
	.usage = "[OPTION]...",
	.about = "Creates the tables in which limbeck keeps account of revisions, empty. Commands "
		"that need them do this themselves; this one is for a role that may create tables "
		"where the one that migrates may not. Tables that exist stay as they are.",
	.examples = "    limbeck ensure_version\n"
		"    limbeck ensure_version --sql\n",
	.statuses = "  4    another run held the lock for too long\n"
		"  130  interrupted\n",
	.options = options,
	.run = run
};
