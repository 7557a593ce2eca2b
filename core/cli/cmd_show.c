/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdint.h>
#include <string.h>

#include "cli/command.h"
#include "cli/listing.h"

static bool asks_database(const struct arguments *args)
{
	for (size_t i = 0; i < args->word_count; i++)
		if (strstr(args->words[i], "current"))
			return true;
	return false;
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct listing listing;
	int rc;

	if (listing_init(&listing, cli, LISTING_BLOCKS, err) < 0)
		return -1;
	rc = cli_open(cli, asks_database(&cli->args), err);
	for (size_t i = 0; rc == 0 && i < cli->args.word_count; i++)
		rc = limbeck_show(cli->lb, cli->args.words[i], listing_show, &listing, err);
	if (rc == 0)
		rc = listing_finish(&listing, NULL, err);
	listing_release(&listing);
	return rc;
}

const struct command cmd_show = {
	.name = "show",
	.summary = "print all about a revision",
	.usage = "[OPTION]... REVISION...",
	.about = "Prints the revision's place among the others, its file and its text. REVISION is "
		"an id or its beginning, a label, head, heads, current, or any of Alembic's other "
		"forms.",
	.examples = "    limbeck show head\n"
		"    limbeck show current\n",
	.words = "a revision, like head or current",
	.words_min = 1,
	.words_max = SIZE_MAX,
	.run = run
};
