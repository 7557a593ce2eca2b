/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands as data. Each cmd_NAME.c defines its own. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stddef.h>

#include "cli/cli.h"

struct command {
	const char *name;
	const char *summary;   /* one line: what it does */
	const char *usage;     /* what follows the name */
	const char *about;     /* paragraphs, wrapped when they are printed */
	const char *examples;  /* lines to print as they are, or NULL */
	const char *statuses;  /* exit statuses besides 0, 1 and 2, or NULL */
	const struct option_spec *options;
	const char *words;     /* what the words are, for messages: "a revision" */
	size_t words_min;
	size_t words_max;
	int (*run)(struct cli *cli, struct limbeck_error *err);
};

extern const struct command cmd_init;
extern const struct command cmd_revision;
extern const struct command cmd_upgrade;
extern const struct command cmd_downgrade;
extern const struct command cmd_stamp;
extern const struct command cmd_current;
extern const struct command cmd_history;
extern const struct command cmd_heads;
extern const struct command cmd_branches;
extern const struct command cmd_edit;
extern const struct command cmd_list_templates;
extern const struct command cmd_merge;
extern const struct command cmd_plan;
extern const struct command cmd_show;
extern const struct command cmd_ensure_version;
extern const struct command cmd_log;
extern const struct command cmd_drivers;
extern const struct command cmd_rebase;
extern const struct command cmd_repair;
extern const struct command cmd_check;
extern const struct command cmd_diff;
extern const struct command cmd_schema;
extern const struct command cmd_baseline;
extern const struct command cmd_test;
extern const struct command cmd_translate;
extern const struct command cmd_squash;
extern const struct command cmd_verify;
extern const struct command cmd_extensions;
extern const struct command cmd_help;

/* All commands in the order of the help, NULL at the end. */
extern const struct command *const command_table[];

/* The options that every command has. */
extern const struct option_spec command_globals[];

const struct command *command_find(const char *name);

/* An error that names the nearest command or alias. lookup is why the user's
 * own aliases could not be read, NULL if they could. */
int command_unknown(const char *name, const char *lookup, struct limbeck_error *err);

/* Reads a whole command line (without the program's name, NULL at the end) and
 * runs it. */
int command_line(struct cli *cli, const char *const *line, struct limbeck_error *err);

#endif
