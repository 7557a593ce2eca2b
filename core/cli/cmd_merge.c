/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdint.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/merge_check.h"
#include "cli/new.h"

static const struct option_spec options[] = {
	{ OPTION_MESSAGE, 'm', "message", "TEXT",
	  "the message; \"merge A and B\" where it is not given" },
	{ OPTION_BRANCH_LABEL, 0, "branch-label", "NAME", "name the branch that it starts" },
	{ OPTION_REV_ID, 0, "rev-id", "ID", "its id, instead of one at random" },
	{ OPTION_SPLICE, 0, "splice", NULL, "allow a parent that is no head" },
	{ OPTION_CHECK, 0, "check", NULL,
	  "write nothing; say whether the branches commute, and fail with status 3 if they do not, "
	  "or if it is not known" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct limbeck_new what = {
		.size = sizeof what,
		.heads = cli->args.words,
		.head_count = cli->args.word_count,
		.merge = 1
	};
	char *notice;
	int rc;

	if (arguments_count(&cli->args, OPTION_CHECK) > 0)
		return merge_check(cli, err);
	if (cli->args.word_count == 0) {
		cli_fail(err, LIMBECK_E_USAGE, "merge needs the revisions to join, or heads");
		cli_hint(err, "Write `limbeck merge heads`; `limbeck help merge` says more.");
		return -1;
	}
	if (cli_open(cli, false, err) < 0)
		return -1;
	notice = merge_notice(cli);
	rc = new_create(cli, &what, limbeck_revision_create, err);
	if (rc == 0 && notice)
		cli_say(cli, "%s", notice);
	free(notice);
	return rc;
}

const struct command cmd_merge = {
	.name = "merge",
	.summary = "write a revision that joins branches",
	.usage = "[OPTION]... [-m TEXT] [REVISION]...",
	.about = "Writes a revision file whose parents are the REVISIONs: ids or their beginnings, "
		"LABEL@head, or heads for all heads. Its sections may stay empty: that the "
		"branches are one again is all it has to say.\n\nThe branches should commute, "
		"for databases get them in either order. With --check, every two of the REVISIONs "
		"(without any, of the heads) are compared by the objects that the statements of "
		"their upgrades touch since they parted. What triggers, views, cascading keys and "
		"functions do out of sight is not seen; a statement of which it can't be told what "
		"it touches, such as DO or CALL, makes the answer unknown, unless there is a "
		"conflict anyway.",
	.examples = "    limbeck merge heads\n"
		"    limbeck merge -m \"merge billing\" billing@head\n"
		"    limbeck merge --check\n",
	.statuses = "  3    the branches do not commute, or it is not known (--check)\n",
	.options = options,
	.words = "the revisions to join, or heads",
	.words_max = SIZE_MAX,
	.run = run
};
