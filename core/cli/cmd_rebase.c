/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/text.h"

static const struct option_spec options[] = {
	{ OPTION_ONTO, 0, "onto", "PARENT", "the new parent: a revision, head, or base" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

struct answer {
	struct cli *cli;
	char *path;
};

static void report(void *data, const char *action, const char *path)
{
	struct answer *answer = data;
	FILE *file = answer->cli->output.out.file;

	answer->path = strdup(path);
	if (answer->cli->json || answer->cli->quiet)
		return;
	fprintf(file, "  %s ", action);
	text_put(file, path);
	fputs(" ...  done\n", file);
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	const char *onto = arguments_value(&cli->args, OPTION_ONTO);
	struct answer answer = { .cli = cli };
	int result;

	if (!onto) {
		cli_fail(err, LIMBECK_E_USAGE, "rebase needs --onto PARENT");
		cli_hint(err, "PARENT is the revision to stand on, like `--onto head`, or base.");
		return -1;
	}
	if (cli_open(cli, true, err) < 0)
		return -1;
	result = limbeck_rebase(cli->lb, cli->args.words[0], onto, report, &answer, err);
	if (result == 0 && cli->json)
		result = json_answer(cli, json_pack("{s:o}", "path", json_text(answer.path)), err);
	free(answer.path);
	return result;
}

const struct command cmd_rebase = {
	.name = "rebase",
	.summary = "put a revision that is not applied yet on another parent",
	.usage = "[OPTION]... REVISION --onto PARENT",
	.about = "Rewrites the @parents line of the revision's file: for your own revision, when a "
		"colleague's has come before it. Revisions that follow it come along. Refused where "
		"the database has applied it.",
	.options = options,
	.words = "the revision to move",
	.words_min = 1,
	.words_max = 1,
	.run = run
};
