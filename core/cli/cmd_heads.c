/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>

#include "cli/command.h"
#include "cli/listing.h"

static const struct option_spec options[] = {
	{ OPTION_LONG, 'v', "verbose", NULL, "print all about each revision" },
	{ OPTION_RESOLVE_DEPENDENCIES, 0, "resolve-dependencies", NULL,
	  "leave out heads that another revision depends on" },
	{ OPTION_CHECK, 0, "check", NULL,
	  "fail with status 3 if there is more than one to be merged" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

struct heads_state {
	struct listing listing;
	size_t count;  /* of those that no other revision depends on */
	FILE *names;
	char *text;
	size_t size;
};

static int on_head(void *data, const struct limbeck_revision *head)
{
	struct heads_state *state = data;

	if (!(head->marks & LIMBECK_MARK_EFFECTIVE_HEAD))
		fprintf(state->names, "%s%s", state->count++ > 0 ? ", " : "", head->id);
	return listing_show(&state->listing, head);
}

static int check(struct heads_state *state, struct limbeck_error *err)
{
	if (fflush(state->names) != 0)
		return cli_nomem(err);
	if (state->count < 2)
		return 0;
	cli_fail(err, LIMBECK_E_FOUND, "there are %zu heads", state->count);
	cli_detail(err, "Heads: %s.", state->text);
	cli_hint(err, "`limbeck merge heads` joins them.");
	return -1;
}

static int finish(struct heads_state *state, bool checks, struct limbeck_error *err)
{
	json_t *more = NULL;

	if (checks && state->listing.cli->json)
		more = json_pack("{s:b}", "one_head", state->count < 2);
	if (listing_finish(&state->listing, more, err) < 0)
		return -1;
	return checks ? check(state, err) : 0;
}

static int start(struct heads_state *state, struct cli *cli, struct limbeck_error *err)
{
	bool verbose = arguments_count(&cli->args, OPTION_LONG) > 0;

	state->names = open_memstream(&state->text, &state->size);
	if (!state->names)
		return cli_nomem(err);
	return listing_init(&state->listing, cli, LISTING_LABELS | (verbose ? LISTING_BLOCKS : 0U),
		err);
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct heads_state state = { 0 };
	bool resolve = arguments_count(&cli->args, OPTION_RESOLVE_DEPENDENCIES) > 0;
	int rc = start(&state, cli, err);

	if (rc == 0)
		rc = cli_open(cli, false, err);
	if (rc == 0)
		rc = limbeck_heads(cli->lb, resolve ? LIMBECK_LIST_EFFECTIVE : 0U, on_head, &state,
			err);
	if (rc == 0)
		rc = finish(&state, arguments_count(&cli->args, OPTION_CHECK) > 0, err);
	if (state.names)
		fclose(state.names);
	free(state.text);
	listing_release(&state.listing);
	return rc;
}

const struct command cmd_heads = {
	.name = "heads",
	.summary = "print the newest revision of each branch",
	.usage = "[OPTION]...",
	.about = "Prints a line for each head: a revision that is nobody's parent. More than one "
		"means that branches were made in parallel and not merged yet. A head that another "
		"revision depends on is marked (effective head); --check does not count it.",
	.examples = "    limbeck heads\n"
		"    limbeck heads --verbose\n"
		"    limbeck heads --check\n",
	.statuses = "  3    there is more than one head (--check)\n",
	.options = options,
	.words = "no arguments",
	.run = run
};
