/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>

#include "cli/command.h"
#include "cli/new.h"

static const struct option_spec options[] = {
	{ OPTION_MESSAGE, 'm', "message", "TEXT",
	  "what the revision does; part of the file's name" },
	{ OPTION_HEAD, 0, "head", "REV",
	  "the parent, instead of the one head; base: none; repeat it, or give heads, to merge" },
	{ OPTION_SPLICE, 0, "splice", NULL,
	  "allow a parent that is no head, which starts a branch" },
	{ OPTION_BRANCH_LABEL, 0, "branch-label", "NAME", "name the branch that it starts" },
	{ OPTION_VERSION_PATH, 0, "version-path", "DIR",
	  "the folder for the file, where there are several" },
	{ OPTION_REV_ID, 0, "rev-id", "ID", "its id, instead of one at random" },
	{ OPTION_DEPENDS_ON, 0, "depends-on", "REV",
	  "a revision to be applied before it that is no parent; may be repeated" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static int run(struct cli *cli, struct limbeck_error *err)
{
	const char **heads = NULL, **depends = NULL;
	struct limbeck_new what = { .size = sizeof what };
	int rc = -1;

	if (cli_list(cli, OPTION_HEAD, &heads, &what.head_count, err) < 0 ||
	    cli_list(cli, OPTION_DEPENDS_ON, &depends, &what.depend_count, err) < 0)
		goto out;
	what.heads = heads;
	what.depends = depends;
	what.version_path = arguments_value(&cli->args, OPTION_VERSION_PATH);
	rc = new_create(cli, &what, err);
out:
	free(heads);
	free(depends);
	return rc;
}

const struct command cmd_revision = {
	.name = "revision",
	.summary = "write a new revision file",
	.usage = "[OPTION]... [-m TEXT]",
	.about = "Writes a revision file from the project's template, on top of the head, for you "
		"to fill in the SQL of its @upgrade and @downgrade sections. Everything is checked "
		"before the file is written.",
	.examples = "    limbeck revision -m \"add phone to users\"\n"
		"    limbeck revision -m \"accounts\" --head base --branch-label accounts\n",
	.options = options,
	.words = "no other arguments",
	.run = run
};
