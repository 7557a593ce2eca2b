/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/text.h"

static const struct option_spec options[] = {
	{ OPTION_TEMPLATE, 't', "template", "NAME", "start from this template instead of generic" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

struct init_state {
	struct cli *cli;
	struct json_list files;
};

static void put_text(const struct init_state *state, const char *action, const char *path)
{
	FILE *file = state->cli->output.out.file;

	if (strcmp(action, "Keeping") == 0) {
		fputs("  File '", file);
		text_put(file, path);
		fputs("' already exists, skipping\n", file);
		return;
	}
	fprintf(file, "  %s ", action);
	text_put(file, path);
	fputs(" ...  done\n", file);
}

static void on_report(void *data, const char *action, const char *path)
{
	struct init_state *state = data;

	if (state->cli->json)
		json_list_add(&state->files, json_pack("{s:b, s:o}",
			"created", strcmp(action, "Keeping") != 0, "path", json_text(path)));
	else if (!state->cli->quiet)
		put_text(state, action, path);
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct init_state state = { .cli = cli };
	struct limbeck_init init = {
		.size = sizeof init,
		.directory = cli->args.word_count > 0 ? cli->args.words[0] : NULL,
		.config = arguments_value(&cli->args, OPTION_CONFIG),
		.template_name = arguments_value(&cli->args, OPTION_TEMPLATE),
		.report = on_report,
		.data = &state
	};
	int rc = -1;

	if (cli->json && json_list_init(&state.files, err) < 0)
		goto out;
	if (limbeck_init(&init, err) < 0)
		goto out;
	if (cli->json) {
		rc = json_list_answer(cli, &state.files, "files", NULL, err);
		goto out;
	}
	if (!cli->quiet)
		fprintf(cli->output.out.file, "  Name your database in '%s'; until then it is "
			"sqlite:///limbeck.db.\n", init.config ? init.config : "limbeck.ini");
	rc = 0;
out:
	json_list_release(&state.files);
	return rc;
}

const struct command cmd_init = {
	.name = "init",
	.summary = "start a project in this folder",
	.usage = "[OPTION]... [DIRECTORY]",
	.about = "Makes limbeck.ini here (or the file that -c names), and DIRECTORY for the "
		"migrations, with a folder for the revisions, a template for new ones and a file "
		"for the desired schema. DIRECTORY is migrations where it is not given. A "
		"configuration that exists is kept; a DIRECTORY that is not empty is refused.",
	.examples = "    limbeck init\n"
		"    limbeck init --template generic database\n",
	.options = options,
	.words = "a directory",
	.words_max = 1,
	.run = run
};
