/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "cli/command.h"
#include "cli/listing.h"

static const struct option_spec options[] = {
	{ OPTION_RANGE, 'r', "rev-range", "FROM:TO",
	  "these only, both ends included; either may be left out, or be current" },
	{ OPTION_LONG, 'v', "verbose", NULL, "print all about each revision" },
	{ OPTION_INDICATE_CURRENT, 'i', "indicate-current", NULL,
	  "mark the revisions that the database is at" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct listing listing;
	const char *range = arguments_value(&cli->args, OPTION_RANGE);
	bool current = arguments_count(&cli->args, OPTION_INDICATE_CURRENT) > 0;
	bool verbose = arguments_count(&cli->args, OPTION_LONG) > 0;
	unsigned flags = LISTING_PARENTS | LISTING_LABELS | LISTING_TREE | LISTING_MESSAGE |
		(current ? LISTING_CURRENT : 0U) | (verbose ? LISTING_BLOCKS : 0U);
	int rc;

	if (range && !strchr(range, ':')) {
		cli_fail(err, LIMBECK_E_USAGE, "\"%s\" is no range of revisions", range);
		cli_hint(err, "Write FROM:TO, FROM: or :TO.");
		return -1;
	}
	if (listing_init(&listing, cli, flags, err) < 0)
		return -1;
	rc = cli_open(cli, current || (range && strstr(range, "current")), err);
	if (rc == 0)
		rc = limbeck_history(cli->lb, range, current ? LIMBECK_LIST_CURRENT : 0U,
			listing_show, &listing, err);
	if (rc == 0)
		rc = listing_finish(&listing, NULL, err);
	listing_release(&listing);
	return rc;
}

const struct command cmd_history = {
	.name = "history",
	.summary = "list the revisions, newest first",
	.usage = "[OPTION]...",
	.about = "Prints a line for each revision: its parents, -> its id, its marks and its "
		"message. The database is asked only where the options speak of what is current.",
	.examples = "    limbeck history\n"
		"    limbeck history --indicate-current\n"
		"    limbeck history -r base:head --verbose\n",
	.options = options,
	.words = "no arguments",
	.run = run
};
