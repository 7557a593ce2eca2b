/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cli/listing.h"

static const struct option_spec options[] = {
	{ OPTION_LONG, 'v', "verbose", NULL, "print all about each revision" },
	{ OPTION_RESOLVE_DEPENDENCIES, 0, "resolve-dependencies", NULL,
	  "leave out heads that another revision depends on" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct listing listing;
	bool resolve = arguments_count(&cli->args, OPTION_RESOLVE_DEPENDENCIES) > 0;
	bool verbose = arguments_count(&cli->args, OPTION_LONG) > 0;
	int rc;

	if (listing_init(&listing, cli, LISTING_LABELS | (verbose ? LISTING_BLOCKS : 0U), err) < 0)
		return -1;
	rc = cli_open(cli, false, err);
	if (rc == 0)
		rc = limbeck_heads(cli->lb, resolve ? LIMBECK_LIST_EFFECTIVE : 0U, listing_show,
			&listing, err);
	if (rc == 0)
		rc = listing_finish(&listing, NULL, err);
	listing_release(&listing);
	return rc;
}

const struct command cmd_heads = {
	.name = "heads",
	.summary = "print the newest revision of each branch",
	.usage = "[OPTION]...",
	.about = "Prints a line for each head: a revision that is nobody's parent. More than one "
		"means that branches were made in parallel and not merged yet.",
	.examples = "    limbeck heads\n"
		"    limbeck heads --verbose\n",
	.options = options,
	.words = "no arguments",
	.run = run
};
