/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One run of the program: what the commands share. The command line knows the
 * library by <limbeck/limbeck.h> alone, as any other program would.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>

#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include <limbeck/limbeck.h>

struct command;

enum cli_status {
	CLI_DONE = 0,
	CLI_FAILED = 1,
	CLI_USAGE = 2,
	CLI_FOUND = 3,
	CLI_BUSY = 4,
	CLI_INTERRUPTED = 130
};

struct cli {
	struct arguments args;
	struct output output;
	struct progress progress;
	struct signals signals;
	const struct command *command; /* NULL until it is known */
	const char *alias;             /* the built-in alias that was called, or NULL */
	const char *question;          /* to be asked before the command runs, or NULL */
	struct limbeck *lb;            /* NULL until cli_open() */
	bool json;
	bool quiet;
	bool answered;                 /* the JSON value has been written */
	int status;                    /* of a run that did not fail */
};

/* Fills err; returns -1. */
int cli_fail(struct limbeck_error *err, int code, const char *format, ...) LIMBECK_PRINTF(3, 4);
void cli_detail(struct limbeck_error *err, const char *format, ...) LIMBECK_PRINTF(2, 3);
void cli_hint(struct limbeck_error *err, const char *format, ...) LIMBECK_PRINTF(2, 3);
int cli_nomem(struct limbeck_error *err);

/* What the exit status says of a failure. */
int cli_status(int code);

/* Opens the project that the options name. connects: the command will talk to
 * the database, so that a signal must cancel it in an orderly way. */
int cli_open(struct cli *cli, bool connects, struct limbeck_error *err);
void cli_close(struct cli *cli);

/* The options for the library, as given. *variables must be freed with
 * cli_free_variables(). */
int cli_options(struct cli *cli, struct limbeck_options *options, char ***variables,
	struct limbeck_error *err);
void cli_free_variables(char **variables);

/* A list of the values of a repeatable option, to be freed with free(). */
int cli_list(const struct cli *cli, enum option_id id, const char ***list, size_t *count,
	struct limbeck_error *err);

/* A line for people on stderr; not with -q. */
void cli_say(struct cli *cli, const char *format, ...) LIMBECK_PRINTF(2, 3);

#endif
