/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>

#include "cli/alias.h"
#include "cli/command.h"
#include "cli/help.h"

static int help_own(struct cli *cli, const char *name, struct limbeck_error *err)
{
	char *line = NULL;
	int rc = alias_look_up(cli, name, &line, err);

	if (rc < 0 && err->code != LIMBECK_E_CONFIG)
		return -1;
	if (rc <= 0)
		return command_unknown(name, NULL, err);
	help_alias(&cli->output.out, name, line);
	free(line);
	return 0;
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	const struct stream *stream = &cli->output.out;
	const char *name = cli->args.word_count > 0 ? cli->args.words[0] : NULL;
	const struct command *command = name ? command_find(name) : NULL;
	const struct alias *alias = name ? alias_find(name) : NULL;

	if (command)
		help_command(stream, command);
	else if (alias)
		help_alias(stream, alias->name, alias->line);
	else if (name)
		return help_own(cli, name, err);
	else
		help_program(stream);
	return 0;
}

const struct command cmd_help = {
	.name = "help",
	.summary = "say more about a command",
	.usage = "[COMMAND]",
	.about = "Prints what a command does, its options and examples; without COMMAND, all "
		"commands and the options that all of them have.",
	.examples = "    limbeck help\n"
		"    limbeck help upgrade\n",
	.words = "a command",
	.words_max = 1,
	.run = run
};
