/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cli/new.h"

static const struct option_spec options[] = {
	{ OPTION_MESSAGE, 'm', "message", "TEXT",
	  "what the new revision does; part of the file's name" },
	{ OPTION_REV_ID, 0, "rev-id", "ID", "its id, instead of one at random" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

/* limbeck_squash() as a new_fn: the range travels as the head. */
static int squash(struct limbeck *lb, const struct limbeck_new *what, char **path,
	struct limbeck_error *err)
{
	struct limbeck_new rest = *what;

	rest.heads = NULL;
	rest.head_count = 0;
	return limbeck_squash(lb, what->heads[0], &rest, path, err);
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct limbeck_new what = {
		.size = sizeof what, .heads = cli->args.words, .head_count = 1
	};

	if (cli_open(cli, true, err) < 0)
		return -1;
	return new_create(cli, &what, squash, err);
}

const struct command cmd_squash = {
	.name = "squash",
	.summary = "put one revision in the place of several",
	.usage = "[OPTION]... [-m TEXT] A:B",
	.about = "Writes one revision in the place of those from A to B, which follow each other "
		"without a branch, and proves in a scratch database that it gives the same schema. "
		"The files of the old ones move to the folder squashed beside the new one. Databases "
		"that are at B count as being at the new revision; those that stand within the range "
		"finish it by the old files first. Delete these once no database needs them.",
	.examples = "    limbeck squash 5d916442a0c9:dff6de2a00d8 -m \"first year\"\n",
	.options = options,
	.words = "a range of revisions, A:B",
	.words_min = 1,
	.words_max = 1,
	.run = run
};
