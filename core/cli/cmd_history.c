/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "cli/command.h"
#include "cli/drawing.h"
#include "cli/listing.h"

static const struct option_spec options[] = {
	{ OPTION_RANGE, 'r', "rev-range", "FROM:TO",
	  "these only, both ends included; either may be left out, or be current" },
	{ OPTION_LONG, 'v', "verbose", NULL, "print all about each revision" },
	{ OPTION_INDICATE_CURRENT, 'i', "indicate-current", NULL,
	  "mark the revisions that the database is at" },
	{ OPTION_GRAPH, 0, "graph", NULL, "draw the branches beside the list" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static int list(struct cli *cli, const char *range, unsigned flags, struct limbeck_error *err)
{
	struct listing listing;
	unsigned current = flags & LISTING_CURRENT ? LIMBECK_LIST_CURRENT : 0U;
	int rc = listing_init(&listing, cli, flags, err);

	if (rc == 0)
		rc = limbeck_history(cli->lb, range, current, listing_show, &listing, err);
	if (rc == 0)
		rc = listing_finish(&listing, NULL, err);
	listing_release(&listing);
	return rc;
}

static int draw(struct cli *cli, const char *range, unsigned flags, struct limbeck_error *err)
{
	struct drawing drawing;
	unsigned current = flags & LISTING_CURRENT ? LIMBECK_LIST_CURRENT : 0U;
	int rc = drawing_init(&drawing, &cli->output.out, flags, err);

	if (rc == 0)
		rc = limbeck_history(cli->lb, range, current, drawing_add, &drawing, err);
	if (rc == 0)
		rc = drawing_print(&drawing, err);
	drawing_release(&drawing);
	return rc;
}

static int check(const struct cli *cli, const char *range, struct limbeck_error *err)
{
	if (range && !strchr(range, ':')) {
		cli_fail(err, LIMBECK_E_USAGE, "\"%s\" is no range of revisions", range);
		cli_hint(err, "Write FROM:TO, FROM: or :TO.");
		return -1;
	}
	if (cli->json && arguments_count(&cli->args, OPTION_GRAPH) > 0) {
		cli_fail(err, LIMBECK_E_USAGE, "--graph and --json exclude each other");
		cli_hint(err, "--json prints the parents and the children of each revision.");
		return -1;
	}
	return 0;
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	const char *range = arguments_value(&cli->args, OPTION_RANGE);
	bool current = arguments_count(&cli->args, OPTION_INDICATE_CURRENT) > 0;
	bool verbose = arguments_count(&cli->args, OPTION_LONG) > 0;
	unsigned flags = LISTING_PARENTS | LISTING_LABELS | LISTING_TREE | LISTING_MESSAGE |
		(current ? LISTING_CURRENT : 0U) | (verbose ? LISTING_BLOCKS : 0U);

	if (check(cli, range, err) < 0 ||
	    cli_open(cli, current || (range && strstr(range, "current")), err) < 0)
		return -1;
	return (arguments_count(&cli->args, OPTION_GRAPH) > 0 ? draw : list)(cli, range, flags,
		err);
}

const struct command cmd_history = {
	.name = "history",
	.summary = "list the revisions, newest first",
	.usage = "[OPTION]...",
	.about = "Prints a line for each revision: its parents, -> its id, its marks and its "
		"message. The database is asked only where the options speak of what is "
		"current.\n\n"
		"--graph draws a line down from each revision to its parents, and a dotted one to "
		"those that it depends on.",
	.examples = "    limbeck history\n"
		"    limbeck history --indicate-current\n"
		"    limbeck history --graph\n"
		"    limbeck history -r base:head --verbose\n",
	.options = options,
	.words = "no arguments",
	.run = run
};
