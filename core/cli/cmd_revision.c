/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/listing.h"
#include "cli/text.h"

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

static void on_report(void *data, const char *action, const char *path)
{
	struct cli *cli = data;

	if (cli->json || cli->quiet)
		return;
	printf("  %s ", action);
	text_put(stdout, path ? path : "");
	fputs(" ...  done\n", stdout);
}

struct search {
	struct listing listing;
	const char *path;
};

static int show_if_new(void *data, const struct limbeck_revision *revision)
{
	struct search *search = data;

	if (!revision->path || strcmp(revision->path, search->path) != 0)
		return 0;
	listing_show(&search->listing, revision);
	return 1;
}

/* The new revision as `show` has it. It is a head, being nobody's parent yet. */
static int answer(struct cli *cli, const char *path, struct limbeck_error *err)
{
	struct search search = { .path = path };
	int rc = listing_init(&search.listing, cli, 0, err);

	if (rc == 0)
		rc = limbeck_heads(cli->lb, 0, show_if_new, &search, err);
	if (rc == 0)
		rc = listing_finish(&search.listing, json_pack("{s:o}", "path", json_text(path)),
			err);
	listing_release(&search.listing);
	return rc;
}

static int create(struct cli *cli, struct limbeck_new *what, struct limbeck_error *err)
{
	char *path = NULL;
	int rc = -1;

	if (cli_open(cli, false, err) < 0)
		return -1;
	if (limbeck_revision_create(cli->lb, what, &path, err) < 0)
		return -1;
	rc = cli->json ? answer(cli, path, err) : 0;
	free(path);
	return rc;
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	const char **heads = NULL, **labels = NULL, **depends = NULL;
	struct limbeck_new what = { .size = sizeof what, .report = on_report, .data = cli };
	int rc = -1;

	if (cli_list(cli, OPTION_HEAD, &heads, &what.head_count, err) < 0 ||
	    cli_list(cli, OPTION_BRANCH_LABEL, &labels, &what.label_count, err) < 0 ||
	    cli_list(cli, OPTION_DEPENDS_ON, &depends, &what.depend_count, err) < 0)
		goto out;
	what.heads = heads;
	what.labels = labels;
	what.depends = depends;
	what.message = arguments_value(&cli->args, OPTION_MESSAGE);
	what.id = arguments_value(&cli->args, OPTION_REV_ID);
	what.version_path = arguments_value(&cli->args, OPTION_VERSION_PATH);
	what.splice = arguments_count(&cli->args, OPTION_SPLICE) > 0;
	rc = create(cli, &what, err);
out:
	free(heads);
	free(labels);
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
