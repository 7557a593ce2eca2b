/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cli/json.h"
#include "cli/text.h"

struct templates_state {
	struct cli *cli;
	struct json_list templates;
};

static int on_template(void *data, const struct limbeck_template *found)
{
	struct templates_state *state = data;
	const struct stream *stream = &state->cli->output.out;

	if (state->cli->json) {
		json_list_add(&state->templates, json_pack("{s:o, s:o, s:o}",
			"name", json_text(found->name),
			"synopsis", json_text(found->synopsis),
			"path", json_text(found->path)));
		return 0;
	}
	stream_paint(stream, PAINT_ID, found->name);
	fputs(" - ", stream->file);
	text_put(stream->file, found->synopsis);
	putc('\n', stream->file);
	return ferror(stream->file);
}

static void put(const struct cli *cli, const char *text)
{
	if (!cli->json && !cli->quiet)
		fputs(text, cli->output.out.file);
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct templates_state state = { .cli = cli };
	int rc = cli->json ? json_list_init(&state.templates, err) : 0;

	put(cli, "Available templates:\n\n");
	if (rc == 0)
		rc = limbeck_templates(on_template, &state, err);
	if (rc == 0 && cli->json)
		rc = json_list_answer(cli, &state.templates, "templates", NULL, err);
	if (rc == 0)
		put(cli, "\nTemplates are used via the 'init' command, e.g.:\n\n"
			"  limbeck init --template generic ./scripts\n");
	json_list_release(&state.templates);
	return rc;
}

const struct command cmd_list_templates = {
	.name = "list_templates",
	.summary = "list the templates that init knows",
	.usage = "[OPTION]...",
	.about = "Prints a line for each template of a new project: its name and what it is for.",
	.examples = "    limbeck list_templates\n",
	.words = "no arguments",
	.run = run
};
