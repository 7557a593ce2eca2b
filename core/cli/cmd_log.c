/* SPDX-License-Identifier: BSD-2-Clause */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/table.h"

static const struct option_spec options[] = {
	{ OPTION_LIMIT, 'n', "limit", "N", "the newest N entries only" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

struct log_state {
	struct cli *cli;
	struct table table;
	struct json_list entries;
};

static const char *text_of(const char *text)
{
	return text ? text : "";
}

static json_t *known(const char *text)
{
	return json_text(text && text[0] != '\0' ? text : NULL);
}

static json_t *describe(const struct limbeck_entry *e)
{
	return json_pack("{s:I,s:o,s:o,s:o,s:o,s:o,s:I,s:I,s:o,s:o,s:o,s:o,s:o,s:o,s:o}",
		"sequence", (json_int_t)e->sequence,
		"revision", json_text(e->revision),
		"direction", json_text(e->direction),
		"outcome", json_text(e->outcome),
		"message", json_text(text_of(e->message)),
		"checksum", known(e->checksum),
		"statements_done", (json_int_t)e->statements_done,
		"statements_total", (json_int_t)e->statements_total,
		"started_at", json_text(e->started_at),
		"finished_at", known(e->finished_at),
		"database_user", known(e->database_user),
		"os_user", known(e->os_user),
		"host", known(e->host),
		"tool_version", json_text(e->tool_version),
		"error", known(e->error));
}

/* 2026-11-21T04:55:12.123456Z without the fraction. */
static void add_time(struct table *table, const char *time)
{
	size_t length = strcspn(time, ".");

	table_add_format(table, "%.*s%s", (int)length, time, time[length] != '\0' ? "Z" : "");
}

static void add_row(struct table *table, const struct limbeck_entry *entry)
{
	const char *user = text_of(entry->os_user), *host = text_of(entry->host);

	table_add_format(table, "%" PRId64, entry->sequence);
	add_time(table, text_of(entry->started_at));
	table_add(table, entry->direction);
	table_add(table, entry->revision);
	table_add(table, entry->outcome);
	table_add_format(table, "%" PRId64 "/%" PRId64, entry->statements_done,
		entry->statements_total);
	table_add_format(table, "%s%s%s", user, host[0] != '\0' ? "@" : "", host);
	/* Of a failure, the reason is what one looks for. */
	table_add(table, entry->error && entry->error[0] != '\0' ? entry->error : entry->message);
}

static int on_entry(void *data, const struct limbeck_entry *entry)
{
	struct log_state *state = data;

	if (state->cli->json)
		json_list_add(&state->entries, describe(entry));
	else
		add_row(&state->table, entry);
	return 0;
}

static int read_limit(const struct cli *cli, size_t *limit, struct limbeck_error *err)
{
	const char *text = arguments_value(&cli->args, OPTION_LIMIT);
	char *end = NULL;

	*limit = 0;
	if (!text)
		return 0;
	errno = 0;
	if (isdigit((unsigned char)text[0]))
		*limit = strtoul(text, &end, 10);
	if (!end || *end != '\0' || errno != 0 || *limit == 0) {
		cli_fail(err, LIMBECK_E_USAGE, "option -n takes a number, not \"%s\"", text);
		cli_hint(err, "Write -n 10 for the ten newest entries.");
		return -1;
	}
	return 0;
}

static int start(struct log_state *state, struct limbeck_error *err)
{
	static const char *const heading[] = {
		"SEQ", "TIME", "DIRECTION", "REVISION", "OUTCOME", "DONE", "BY", "MESSAGE"
	};

	if (state->cli->json)
		return json_list_init(&state->entries, err);
	state->table.columns = sizeof heading / sizeof heading[0];
	state->table.right = 1U << 0 | 1U << 5;
	for (size_t i = 0; i < state->table.columns; i++)
		table_add(&state->table, heading[i]);
	return 0;
}

static int finish(struct log_state *state, struct limbeck_error *err)
{
	if (state->cli->json)
		return json_list_answer(state->cli, &state->entries, "entries", NULL, err);
	if (state->table.count <= state->table.columns && !state->table.failed)
		return 0;
	return table_print(&state->table, &state->cli->output.out, err);
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct log_state state = { .cli = cli };
	size_t limit;
	int rc = -1;

	if (read_limit(cli, &limit, err) < 0 || start(&state, err) < 0)
		goto out;
	if (cli_open(cli, true, err) < 0)
		goto out;
	rc = limbeck_log(cli->lb, limit, on_entry, &state, err);
	if (rc == 0)
		rc = finish(&state, err);
out:
	table_release(&state.table);
	json_list_release(&state.entries);
	return rc;
}

const struct command cmd_log = {
	.name = "log",
	.summary = "list what was run on the database, by whom and when",
	.usage = "[OPTION]...",
	.about = "Prints a line for each entry of the database's history of runs, newest first: "
		"its number, when it began, what was done with which revision, how it ended, "
		"statements done and in all, who did it, and the message, or the error if it "
		"failed.",
	.examples = "    limbeck log\n"
		"    limbeck log -n 5\n",
	.options = options,
	.words = "no arguments",
	.run = run
};
