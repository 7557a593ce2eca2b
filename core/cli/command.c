/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/alias.h"
#include "cli/help.h"
#include "cli/text.h"

enum { DEEPEST_ALIAS = 10, MOST_NAMES = 64 };

const struct command *const command_table[] = {
	&cmd_init,
	&cmd_list_templates,
	&cmd_revision,
	&cmd_merge,
	&cmd_edit,
	&cmd_plan,
	&cmd_upgrade,
	&cmd_downgrade,
	&cmd_stamp,
	&cmd_current,
	&cmd_history,
	&cmd_heads,
	&cmd_branches,
	&cmd_show,
	&cmd_log,
	&cmd_check,
	&cmd_diff,
	&cmd_schema,
	&cmd_baseline,
	&cmd_test,
	&cmd_translate,
	&cmd_squash,
	&cmd_rebase,
	&cmd_verify,
	&cmd_repair,
	&cmd_ensure_version,
	&cmd_extensions,
	&cmd_drivers,
	&cmd_help,
	NULL
};

const struct option_spec command_globals[] = {
	{ OPTION_CONFIG, 'c', "config", "FILE",
	  "the configuration (else LIMBECK_CONFIG, else limbeck.ini here or in a folder above)" },
	{ OPTION_NAME, 'n', "name", "NAME", "use its section [NAME] instead of [limbeck]" },
	{ OPTION_URL, 'u', "url", "URL",
	  "the database (else LIMBECK_URL, else url of the configuration, else DATABASE_URL, "
	  "else sqlite:///limbeck.db)" },
	{ OPTION_VARIABLE, 'x', NULL, "KEY=VALUE", "the value of ${KEY} in the configuration" },
	{ OPTION_QUIET, 'q', "quiet", NULL, "print results and errors only" },
	{ OPTION_VERBOSE, 'v', "verbose", NULL, "log what is done; -vv: every statement too" },
	{ OPTION_JSON, 0, "json", NULL, "print the result as one JSON value" },
	{ OPTION_COLOR, 0, "color", "WHEN",
	  "auto (on a terminal, unless NO_COLOR is set), always or never" },
	{ OPTION_NO_PROGRESS, 0, "no-progress", NULL,
	  "no line that is rewritten while a step runs" },
	{ OPTION_DRIVER_PATH, 0, "driver-path", "DIR", "look for database drivers here first" },
	{ OPTION_VERSION, 0, "version", NULL, "print the version" },
	{ OPTION_HELP, 'h', "help", NULL, "print this help, or that of a command" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

const struct command *command_find(const char *name)
{
	for (const struct command *const *c = command_table; *c; c++)
		if (strcmp((*c)->name, name) == 0)
			return *c;
	return NULL;
}

int command_unknown(const char *name, const char *lookup, struct limbeck_error *err)
{
	const char *names[MOST_NAMES];
	const char *near;
	size_t count = 0;

	for (const struct command *const *c = command_table; *c && count < MOST_NAMES; c++)
		names[count++] = (*c)->name;
	for (const struct alias *alias = alias_table; alias->name && count < MOST_NAMES; alias++)
		names[count++] = alias->name;
	near = text_nearest(name, names, count);
	cli_fail(err, LIMBECK_E_USAGE, "unknown command \"%s\"", name);
	if (lookup)
		cli_detail(err, "Whether it is an alias of yours is not known: %s.", lookup);
	if (near)
		cli_hint(err, "Did you mean \"%s\"? `limbeck help` lists all commands.", near);
	else
		cli_hint(err, "`limbeck help` lists all commands.");
	return -1;
}

static int check_words(const struct cli *cli, struct limbeck_error *err)
{
	const struct command *command = cli->command;
	const struct arguments *args = &cli->args;

	if (args->word_count < command->words_min)
		cli_fail(err, LIMBECK_E_USAGE, "%s needs %s", command->name, command->words);
	else if (args->word_count > command->words_max)
		cli_fail(err, LIMBECK_E_USAGE, "%s does not know what to do with \"%s\"",
			command->name, args->words[command->words_max]);
	else
		return 0;
	cli_hint(err, "Write `limbeck %s %s`; `limbeck help %s` says more.", command->name,
		command->usage, command->name);
	return -1;
}

static int settle(struct cli *cli, struct limbeck_error *err)
{
	cli->json = arguments_count(&cli->args, OPTION_JSON) > 0;
	cli->quiet = arguments_count(&cli->args, OPTION_QUIET) > 0;
	return output_setup(&cli->output, arguments_value(&cli->args, OPTION_COLOR), err);
}

static void print_version(void)
{
	puts("limbeck " LIMBECK_VERSION);
}

static int run_command(struct cli *cli, const char *const *rest, struct limbeck_error *err)
{
	if (arguments_parse(&cli->args, rest, cli->command->options, command_globals, false, NULL,
		err) < 0) {
		if (!err->hint)
			cli_hint(err, "`limbeck help %s` lists the options.", cli->command->name);
		return -1;
	}
	if (settle(cli, err) < 0)
		return -1;
	if (arguments_count(&cli->args, OPTION_HELP) > 0) {
		help_command(&cli->output.out, cli->command);
		return 0;
	}
	if (arguments_count(&cli->args, OPTION_VERSION) > 0) {
		print_version();
		return 0;
	}
	if (check_words(cli, err) < 0)
		return -1;
	return cli->command->run(cli, err);
}

/* What --version, --help or nothing at all asks for. */
static int run_nothing(struct cli *cli, struct limbeck_error *err)
{
	if (arguments_count(&cli->args, OPTION_VERSION) > 0) {
		print_version();
	} else if (arguments_count(&cli->args, OPTION_HELP) > 0) {
		help_program(&cli->output.out);
	} else if (cli->json) {
		return cli_fail(err, LIMBECK_E_USAGE, "a command is missing");
	} else {
		help_short(&cli->output.err);
		cli->status = CLI_USAGE;
	}
	return 0;
}

/* The configuration, where name could be an alias, can't be read; an error
 * that is about no file means that there is none. */
static int fail_lookup(const char *name, struct limbeck_error *err)
{
	char *why = err->message;

	err->message = NULL;
	command_unknown(name, err->file ? why : NULL, err);
	free(why);
	return -1;
}

/* Whether name was an alias: 1 with the new line, 0, or -1. */
static int expand(struct cli *cli, const char *const *line, size_t used, const char ***longer,
	struct limbeck_error *err)
{
	const struct alias *builtin = alias_find(line[used]);
	char *own = NULL;
	int rc = 1;

	if (builtin) {
		cli->alias = builtin->name;
		cli->question = builtin->question;
	} else {
		rc = alias_look_up(cli, line[used], &own, err);
		if (rc < 0 && err->code == LIMBECK_E_CONFIG)
			return fail_lookup(line[used], err);
	}
	if (rc == 1) {
		*longer = alias_expand(builtin ? builtin->line : own, line, used, line + used + 1,
			err);
		if (!*longer) {
			cli_detail(err, "The alias is \"%s\".", line[used]);
			rc = -1;
		}
	}
	free(own);
	return rc;
}

static int run_line(struct cli *cli, const char *const *line, unsigned depth,
	struct limbeck_error *err)
{
	const char **longer = NULL;
	size_t used = 0;
	int rc;

	arguments_release(&cli->args);
	if (arguments_parse(&cli->args, line, NULL, command_globals, true, &used, err) < 0) {
		if (!err->hint)
			cli_hint(err, "`limbeck help` lists the options.");
		return -1;
	}
	if (settle(cli, err) < 0)
		return -1;
	if (!line[used] || (arguments_count(&cli->args, OPTION_VERSION) > 0))
		return run_nothing(cli, err);
	cli->command = command_find(line[used]);
	if (cli->command)
		return run_command(cli, line + used + 1, err);
	if (depth == DEEPEST_ALIAS)
		return cli_fail(err, LIMBECK_E_CONFIG,
			"the alias \"%s\" stands for another alias, more than %d deep", line[used],
			(int)DEEPEST_ALIAS);
	rc = expand(cli, line, used, &longer, err);
	if (rc == 0)
		return command_unknown(line[used], NULL, err);
	if (rc == 1)
		rc = run_line(cli, longer, depth + 1, err);
	/* What was parsed points into it. */
	arguments_release(&cli->args);
	free(longer);
	return rc;
}

int command_line(struct cli *cli, const char *const *line, struct limbeck_error *err)
{
	return run_line(cli, line, 0, err);
}
