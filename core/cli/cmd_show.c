/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "cli/command.h"
#include "cli/listing.h"

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct listing listing;
	const char *identifier = cli->args.words[0];
	int rc;

	if (listing_init(&listing, cli, LISTING_BLOCKS, err) < 0)
		return -1;
	rc = cli_open(cli, strcmp(identifier, "current") == 0, err);
	if (rc == 0)
		rc = limbeck_show(cli->lb, identifier, listing_show, &listing, err);
	if (rc == 0)
		rc = listing_finish(&listing, NULL, err);
	listing_release(&listing);
	return rc;
}

const struct command cmd_show = {
	.name = "show",
	.summary = "print all about a revision",
	.usage = "[OPTION]... REVISION",
	.about = "Prints the revision's place among the others, its file and its text. REVISION is "
		"an id or its beginning, a label, head, heads, current, or any of Alembic's other "
		"forms.",
	.examples = "    limbeck show head\n",
	.words = "a revision, like head or current",
	.words_min = 1,
	.words_max = 1,
	.run = run
};
