/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/listing.h"

static const struct option_spec options[] = {
	{ OPTION_LONG, 'v', "verbose", NULL, "print all about each revision, and the database" },
	{ OPTION_CHECK_HEADS, 'c', "check-heads", NULL,
	  "fail with status 3 if the database is not at all heads" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

struct current_state {
	struct listing listing;
	char **ids;          /* the rows' */
	size_t count;
	bool failed;         /* no memory */
	bool missing;        /* a row has no file here */
	char *behind;        /* the first head that is no row */
	size_t behind_count;
};

static int on_row(void *data, const struct limbeck_revision *revision)
{
	struct current_state *state = data;
	char **more = realloc(state->ids, (state->count + 1) * sizeof *more);
	char *id = strdup(revision->id);

	if (more)
		state->ids = more;
	if (!more || !id) {
		free(id);
		state->failed = true;
		return 1;
	}
	state->ids[state->count++] = id;
	if (revision->marks & LIMBECK_MARK_MISSING)
		state->missing = true;
	return listing_show(&state->listing, revision);
}

static int on_head(void *data, const struct limbeck_revision *revision)
{
	struct current_state *state = data;

	for (size_t i = 0; i < state->count; i++)
		if (strcmp(state->ids[i], revision->id) == 0)
			return 0;
	if (state->behind_count++ == 0)
		state->behind = strdup(revision->id);
	return 0;
}

static int fail_heads(const struct current_state *state, struct limbeck_error *err)
{
	cli_fail(err, LIMBECK_E_FOUND, "the database is not on all head revisions");
	if (state->behind_count > 1)
		cli_detail(err, "The head \"%s\" and %zu more are not applied.",
			state->behind ? state->behind : "", state->behind_count - 1);
	else if (state->behind_count == 1)
		cli_detail(err, "The head \"%s\" is not applied.",
			state->behind ? state->behind : "");
	else
		cli_detail(err, "It has a revision that no file here is about.");
	if (state->behind_count > 0)
		cli_hint(err, "`limbeck upgrade heads` applies what is missing.");
	return -1;
}

static int finish(struct current_state *state, bool check, struct limbeck_error *err)
{
	struct cli *cli = state->listing.cli;
	bool at_heads = state->behind_count == 0 && !state->missing;
	json_t *more = NULL;

	if (cli->json) {
		more = json_pack("{s:o}", "database", json_text(limbeck_url_shown(cli->lb)));
		if (!more || (check &&
		    json_object_set_new(more, "at_heads", json_boolean(at_heads)) < 0)) {
			json_decref(more);
			return cli_nomem(err);
		}
	}
	if (listing_finish(&state->listing, more, err) < 0)
		return -1;
	return check && !at_heads ? fail_heads(state, err) : 0;
}

static void release(struct current_state *state)
{
	for (size_t i = 0; i < state->count; i++)
		free(state->ids[i]);
	free(state->ids);
	free(state->behind);
	listing_release(&state->listing);
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct current_state state = { 0 };
	bool verbose = arguments_count(&cli->args, OPTION_LONG) > 0;
	bool check = arguments_count(&cli->args, OPTION_CHECK_HEADS) > 0;
	int rc;

	/* That all of these are current goes without saying, but for JSON. */
	if (listing_init(&state.listing, cli, LISTING_TREE | (verbose ? LISTING_BLOCKS : 0U) |
		(cli->json ? LISTING_CURRENT : 0U), err) < 0)
		return -1;
	rc = cli_open(cli, true, err);
	if (rc == 0 && verbose && !cli->json)
		printf("Current revision(s) for %s:\n", limbeck_url_shown(cli->lb));
	if (rc == 0)
		rc = limbeck_current(cli->lb, on_row, &state, err);
	if (rc == 0 && state.failed)
		rc = cli_nomem(err);
	if (rc == 0 && check)
		rc = limbeck_heads(cli->lb, LIMBECK_LIST_EFFECTIVE, on_head, &state, err);
	if (rc == 0)
		rc = finish(&state, check, err);
	release(&state);
	return rc;
}

const struct command cmd_current = {
	.name = "current",
	.summary = "print the revisions that the database is at",
	.usage = "[OPTION]...",
	.about = "Prints a line for each tip of what is applied; nothing for a database without "
		"revisions. Creates nothing. A revision whose file is not in this checkout is "
		"marked (missing).",
	.examples = "    limbeck current\n"
		"    limbeck current --verbose\n"
		"    limbeck current --check-heads\n",
	.statuses = "  3    the database is not at all heads (--check-heads)\n",
	.options = options,
	.words = "no arguments",
	.run = run
};
