/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/listing.h"

static const struct option_spec options[] = {
	{ OPTION_LONG, 'v', "verbose", NULL, "print all about each branchpoint" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

struct branches_state {
	struct cli *cli;
	unsigned flags; /* enum listing_flag, of the branchpoints */
	struct json_list branches;
};

static json_t *describe(const struct limbeck_revision *branchpoint,
	const struct limbeck_revision *children, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; list && i < count; i++) {
		if (json_array_append_new(list, listing_json(&children[i], 0)) < 0) {
			json_decref(list);
			return NULL;
		}
	}
	return json_pack("{s:o, s:o}", "branchpoint", listing_json(branchpoint, 0),
		"children", list);
}

static void put(const struct branches_state *state, const struct limbeck_revision *branchpoint,
	const struct limbeck_revision *children, size_t count)
{
	const struct stream *stream = &state->cli->output.out;
	unsigned flags = LISTING_LABELS | LISTING_TREE |
		(state->flags & LISTING_BLOCKS ? LISTING_MESSAGE : 0U);

	listing_put(stream, branchpoint, state->flags);
	for (size_t i = 0; i < count; i++) {
		fprintf(stream->file, "%*s -> ", (int)strlen(branchpoint->id), "");
		listing_put(stream, &children[i], flags);
	}
	putc('\n', stream->file);
}

static int on_branch(void *data, const struct limbeck_revision *branchpoint,
	const struct limbeck_revision *children, size_t count)
{
	struct branches_state *state = data;

	if (state->cli->json)
		json_list_add(&state->branches, describe(branchpoint, children, count));
	else
		put(state, branchpoint, children, count);
	return ferror(state->cli->output.out.file);
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct branches_state state = { .cli = cli, .flags = LISTING_LABELS | LISTING_TREE };
	int rc = 0;

	if (arguments_count(&cli->args, OPTION_LONG) > 0)
		state.flags |= LISTING_BLOCKS;
	if (cli->json)
		rc = json_list_init(&state.branches, err);
	if (rc == 0)
		rc = cli_open(cli, false, err);
	if (rc == 0)
		rc = limbeck_branches(cli->lb, on_branch, &state, err);
	if (rc == 0 && cli->json)
		rc = json_list_answer(cli, &state.branches, "branches", NULL, err);
	json_list_release(&state.branches);
	return rc;
}

const struct command cmd_branches = {
	.name = "branches",
	.summary = "print where branches part",
	.usage = "[OPTION]...",
	.about = "Prints each revision that has several children, newest first, and below it a "
		"line for each child; nothing where no branches part.",
	.examples = "    limbeck branches\n"
		"    limbeck branches --verbose\n",
	.options = options,
	.words = "no arguments",
	.run = run
};
