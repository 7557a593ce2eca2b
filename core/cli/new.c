/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/new.h"

#include <stdlib.h>
#include <string.h>

#include "cli/listing.h"
#include "cli/text.h"

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

/* The new revision as `show` has it; one that was squashed need be no head. */
static int answer(struct cli *cli, const char *path, struct limbeck_error *err)
{
	struct search search = { .path = path };
	int rc = listing_init(&search.listing, cli, 0, err);

	if (rc == 0)
		rc = limbeck_history(cli->lb, NULL, 0, show_if_new, &search, err);
	if (rc == 0)
		rc = listing_finish(&search.listing, json_pack("{s:o}", "path", json_text(path)),
			err);
	listing_release(&search.listing);
	return rc;
}

/* There was nothing to write. */
static int answer_nothing(struct cli *cli, struct limbeck_error *err)
{
	cli_say(cli, "No new upgrade operations detected; no file was written.");
	if (!cli->json)
		return 0;
	return json_answer(cli, json_pack("{s:n, s:[]}", "path", "revisions"), err);
}

static int create(struct cli *cli, const struct limbeck_new *what, new_fn *create_fn,
	struct limbeck_error *err)
{
	char *path = NULL;
	int rc;

	if ((!cli->lb && cli_open(cli, what->autogenerate, err) < 0) ||
	    create_fn(cli->lb, what, &path, err) < 0)
		return -1;
	if (!path)
		return answer_nothing(cli, err);
	rc = cli->json ? answer(cli, path, err) : 0;
	free(path);
	return rc;
}

int new_create(struct cli *cli, struct limbeck_new *what, new_fn *create_fn,
	struct limbeck_error *err)
{
	const char **labels = NULL;
	int rc;

	if (cli_list(cli, OPTION_BRANCH_LABEL, &labels, &what->label_count, err) < 0)
		return -1;
	what->labels = labels;
	what->message = arguments_value(&cli->args, OPTION_MESSAGE);
	what->id = arguments_value(&cli->args, OPTION_REV_ID);
	what->version_path = arguments_value(&cli->args, OPTION_VERSION_PATH);
	what->splice = arguments_count(&cli->args, OPTION_SPLICE) > 0;
	what->report = on_report;
	what->data = cli;
	rc = create(cli, what, create_fn, err);
	free(labels);
	return rc;
}
