/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cli/new.h"

static const struct option_spec options[] = {
	{ OPTION_MESSAGE, 'm', "message", "TEXT",
	  "what the revision does; part of the file's name" },
	{ OPTION_REV_ID, 0, "rev-id", "ID", "its id, instead of one at random" },
	{ OPTION_BRANCH_LABEL, 0, "branch-label", "NAME", "name the branch that it starts" },
	{ OPTION_VERSION_PATH, 0, "version-path", "DIR",
	  "the folder for the file, where there are several" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct limbeck_new what = { .size = sizeof what };

	if (cli_open(cli, true, err) < 0)
		return -1;
	return new_create(cli, &what, limbeck_baseline, err);
}

const struct command cmd_baseline = {
	.name = "baseline",
	.summary = "write a first revision from a database that exists",
	.usage = "[OPTION]... [-m TEXT]",
	.about = "For a database that was not made by revisions: writes one that makes all that it "
		"has, runs it in a scratch database to prove that it makes the same, and stamps the "
		"database with it. Nothing else of the database is changed. Refused where there are "
		"revisions already.",
	.examples = "    limbeck baseline -m \"as found\"\n",
	.statuses = "  4    another run held the lock for too long\n",
	.options = options,
	.words = "no other arguments",
	.run = run
};
