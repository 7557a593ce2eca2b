/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/run.h"

#include <string.h>

#include "cli/json.h"

struct run_state {
	struct cli *cli;
	struct json_list steps;
	unsigned flags; /* enum limbeck_run_flag */
};

static bool is_offline(const struct run_state *state)
{
	return (state->flags & LIMBECK_RUN_OFFLINE) != 0;
}

static void say_nothing_to_do(const struct run_state *state,
	const struct limbeck_event *event)
{
	if (event->text)
		cli_say(state->cli, "Nothing to do: the database is at %s.", event->text);
	else
		cli_say(state->cli, "Nothing to do.");
}

static int on_event(void *data, const struct limbeck_event *event)
{
	struct run_state *state = data;

	if (event->kind == LIMBECK_EVENT_PLAN && event->total == 0)
		say_nothing_to_do(state, event);
	if (is_offline(state))
		return 0;
	progress_event(&state->cli->progress, event);
	if (event->kind == LIMBECK_EVENT_END && state->cli->json)
		json_list_add(&state->steps, json_step(event->step, event->seconds));
	return 0;
}

static int on_output(void *data, const char *text, size_t length)
{
	(void)data;
	return fwrite(text, 1, length, stdout) != length;
}

static unsigned flags_of(const struct arguments *args)
{
	unsigned flags = 0;

	if (arguments_count(args, OPTION_SQL) > 0)
		flags |= LIMBECK_RUN_OFFLINE;
	if (arguments_count(args, OPTION_SINGLE_TRANSACTION) > 0)
		flags |= LIMBECK_RUN_SINGLE_TRANSACTION;
	if (arguments_count(args, OPTION_PURGE) > 0)
		flags |= LIMBECK_RUN_PURGE;
	if (arguments_count(args, OPTION_FORCE) > 0)
		flags |= LIMBECK_RUN_FORCE;
	if (arguments_count(args, OPTION_VERIFY) > 0)
		flags |= LIMBECK_RUN_VERIFY;
	return flags;
}

static int ask(struct cli *cli, struct limbeck_error *err)
{
	char answer[16] = "";

	if (!cli->question || arguments_count(&cli->args, OPTION_YES) > 0)
		return 0;
	if (!stream_is_terminal(stdin) || !cli->output.err.terminal) {
		cli_fail(err, LIMBECK_E_USAGE, "this needs confirmation, and no terminal is there");
		cli_hint(err, "Add --yes to go ahead without being asked.");
		return -1;
	}
	fprintf(cli->output.err.file, "%s\n%s [y/N] ", limbeck_url_shown(cli->lb), cli->question);
	fflush(cli->output.err.file);
	if (!fgets(answer, sizeof answer, stdin) || (answer[0] != 'y' && answer[0] != 'Y'))
		return cli_fail(err, LIMBECK_E_CANCELLED, "not confirmed; nothing was changed");
	return 0;
}

static int start(struct run_state *state, struct limbeck_error *err)
{
	struct cli *cli = state->cli;

	if (is_offline(state) && arguments_count(&cli->args, OPTION_BACKUP) > 0)
		return cli_fail(err, LIMBECK_E_USAGE, "--sql and --backup exclude each other");

	if (is_offline(state) && cli->json) {
		cli_fail(err, LIMBECK_E_USAGE, "--sql and --json exclude each other");
		cli_hint(err, "--sql prints an SQL script, --json prints a JSON value.");
		return -1;
	}
	if (cli->json && json_list_init(&state->steps, err) < 0)
		return -1;
	if (cli_open(cli, false, err) < 0)
		return -1;
	if (is_offline(state))
		return 0;
	if (ask(cli, err) < 0 || signals_start(&cli->signals, cli->lb, err) < 0)
		return -1;
	progress_start(&cli->progress, cli->quiet ? NULL : &cli->output.err,
		!cli->json && arguments_count(&cli->args, OPTION_NO_PROGRESS) == 0);
	return 0;
}

/* The steps that were done, and the error if there is one. In one transaction
 * all are undone when one fails. */
static int answer(struct run_state *state, int rc, struct limbeck_error *err)
{
	struct limbeck_error again = LIMBECK_ERROR_INIT;
	const char *each = limbeck_config_get(state->cli->lb, "transaction_per_migration");
	bool grouped = (state->flags & LIMBECK_RUN_SINGLE_TRANSACTION)
		|| (each && strcmp(each, "false") == 0);
	json_t *more = NULL;

	if (rc < 0) {
		if (grouped)
			return -1;
		more = json_pack("{s:o}", "error", json_failure(err));
		json_list_answer(state->cli, &state->steps, "steps", more, &again);
		limbeck_error_release(&again);
		return -1;
	}
	return json_list_answer(state->cli, &state->steps, "steps", NULL, err);
}

int run_targets(struct cli *cli, run_fn *call, struct limbeck_error *err)
{
	struct run_state state = { .cli = cli, .flags = flags_of(&cli->args) };
	struct limbeck_run run = {
		.size = sizeof run,
		.targets = cli->args.words,
		.target_count = cli->args.word_count,
		.flags = state.flags,
		.event = on_event,
		.output = on_output,
		.data = &state,
		.backup = arguments_value(&cli->args, OPTION_BACKUP)
	};
	int rc = start(&state, err);

	if (rc == 0) {
		rc = call(cli->lb, &run, err);
		progress_stop(&cli->progress);
		if (cli->json)
			rc = answer(&state, rc, err);
	}
	json_list_release(&state.steps);
	return rc;
}
