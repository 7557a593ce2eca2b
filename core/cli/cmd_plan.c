/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/table.h"
#include "cli/text.h"

/* Of many rows only so many are shown. */
enum { ROWS_SHOWN = 3 };

static const struct option_spec options[] = {
	{ OPTION_DOWNGRADE, 0, "downgrade", NULL, "plan a downgrade to REVISION, not an upgrade" },
	{ OPTION_HEADERS_ONLY, 0, "headers-only", NULL,
	  "read no statements, only the files' headers: for long plans" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

struct plan_state {
	struct cli *cli;
	int direction;
	bool headers_only;
	struct table table;
	struct json_list steps;
	char *before;         /* the rows that the version table has now */
	char *after;          /* and in the end */
	json_t *json_before;
	size_t count;
	int64_t statements;
	size_t transactions;  /* and parts that are none */
	size_t irreversible;
	size_t undecided;
	bool failed;          /* no memory */
};

static const char *reason_name(int reason)
{
	switch (reason) {
	case LIMBECK_REASON_ASKED: return "asked";
	case LIMBECK_REASON_ANCESTOR: return "ancestor";
	case LIMBECK_REASON_BRANCH: return "branch";
	case LIMBECK_REASON_DEPENDENCY: return "dependency";
	case LIMBECK_REASON_ABOVE: return "above";
	default: return "dependent";
	}
}

static const char *reason_words(int reason)
{
	switch (reason) {
	case LIMBECK_REASON_ASKED: return "asked for";
	case LIMBECK_REASON_ANCESTOR: return "ancestor of ";
	case LIMBECK_REASON_BRANCH: return "branch merged by ";
	case LIMBECK_REASON_DEPENDENCY: return "dependency of ";
	case LIMBECK_REASON_ABOVE: return "above ";
	default: return "depends on ";
	}
}

static json_t *json_known(int value)
{
	return value < 0 ? json_null() : json_boolean(value);
}

static json_t *json_count(int64_t count)
{
	return count < 0 ? json_null() : json_integer((json_int_t)count);
}

static json_t *describe(const struct limbeck_plan_step *planned)
{
	const struct limbeck_step *step = planned->step;

	return json_pack("{s:o,s:o,s:o,s:o,s:o,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}",
		"revision", json_text(step->revision),
		"from", json_texts(step->from, step->from_count),
		"to", json_texts(step->to, step->to_count),
		"message", json_text(step->message),
		"path", json_text(step->path),
		"reason", reason_name(planned->reason),
		"because", json_text(planned->because),
		"rows_after", json_texts(planned->rows_after, planned->rows_after_count),
		"statements", json_count(planned->statements),
		"statements_done", json_count(planned->statements_done),
		"transaction", json_known(planned->transaction),
		"commits", json_known(planned->commits),
		"irreversible", json_known(planned->irreversible),
		"why", json_text(planned->why),
		"decide", json_text(planned->decide),
		"decide_line", json_count(planned->decide ? (int64_t)planned->decide_line : -1));
}

/* The rows of the version table as a text to be freed, NULL: no memory. */
static char *rows_text(const char *const *rows, size_t count)
{
	size_t size, shown = count > ROWS_SHOWN + 1 ? ROWS_SHOWN : count;
	char *text = NULL;
	FILE *file = open_memstream(&text, &size);

	if (!file)
		return NULL;
	if (count == 0)
		fputs("base", file);
	text_put_list(file, rows, shown);
	if (shown < count)
		fprintf(file, " and %zu more", count - shown);
	if (fclose(file) == 0)
		return text;
	free(text);
	return NULL;
}

static void add_statements(struct table *table, const struct limbeck_plan_step *planned)
{
	char done[48] = "";

	if (planned->statements_done > 0)
		snprintf(done, sizeof done, " (%" PRId64 " done)", planned->statements_done);
	if (planned->statements < 0)
		table_add(table, "-");
	else
		table_add_format(table, "%" PRId64 "%s%s", planned->statements, done,
			planned->transaction ? "" : ", no transaction");
}

static void add_message(const struct plan_state *state, struct table *table,
	const struct limbeck_plan_step *planned)
{
	const char *why = planned->why && planned->why[0] != '\0' ? planned->why : NULL;

	if (planned->decide)
		table_add_format(table, "(refused, to be decided in line %u: %s) %s",
			planned->decide_line, planned->decide, planned->step->message);
	else if (planned->irreversible <= 0)
		table_add(table, planned->step->message);
	else
		table_add_format(table, "(%s%s%s) %s",
			state->direction == LIMBECK_UP ? "irreversible" : "irreversible, refused",
			why ? ": " : "", why ? why : "", planned->step->message);
}

static void add_row(struct plan_state *state, const struct limbeck_plan_step *planned)
{
	struct table *table = &state->table;

	table_add_format(table, "%zu", planned->index + 1);
	table_add(table, planned->step->revision);
	table_add_format(table, "%s%s", reason_words(planned->reason),
		planned->because ? planned->because : "");
	add_statements(table, planned);
	table_add(table, state->after ? state->after : "");
	add_message(state, table, planned);
}

static void note_rows(struct plan_state *state, const struct limbeck_plan_step *planned)
{
	if (planned->index == 0) {
		state->before = rows_text(planned->rows_before, planned->rows_before_count);
		state->json_before = json_texts(planned->rows_before, planned->rows_before_count);
	}
	free(state->after);
	state->after = rows_text(planned->rows_after, planned->rows_after_count);
	if (!state->before || !state->json_before || !state->after)
		state->failed = true;
}

static int on_step(void *data, const struct limbeck_plan_step *planned)
{
	struct plan_state *state = data;

	note_rows(state, planned);
	state->count++;
	if (planned->statements > 0)
		state->statements += planned->statements;
	state->transactions += planned->commits > 0;
	state->irreversible += planned->irreversible > 0;
	state->undecided += planned->decide != NULL;
	if (state->cli->json)
		json_list_add(&state->steps, describe(planned));
	else
		add_row(state, planned);
	return state->failed;
}

/* Nothing to do: nobody has told where the database is. */
static int on_current(void *data, const struct limbeck_revision *revision)
{
	struct plan_state *state = data;

	if (revision->marks & LIMBECK_MARK_CURRENT &&
	    json_array_append_new(state->json_before, json_text(revision->id)) < 0)
		state->failed = true;
	return state->failed;
}

static int ask_current(struct plan_state *state, struct limbeck_error *err)
{
	state->json_before = json_array();
	if (!state->json_before)
		return cli_nomem(err);
	if (limbeck_current(state->cli->lb, on_current, state, err) < 0)
		return -1;
	return state->failed ? cli_nomem(err) : 0;
}

static int answer(struct plan_state *state, struct limbeck_error *err)
{
	json_t *more = json_pack("{s:s, s:O}", "direction",
		state->direction == LIMBECK_UP ? "upgrade" : "downgrade",
		"rows_before", state->json_before);

	if (!more)
		return cli_nomem(err);
	return json_list_answer(state->cli, &state->steps, "steps", more, err);
}

static void put_number(FILE *file, size_t count, const char *noun)
{
	fprintf(file, ", %zu %s%s", count, noun, count == 1 ? "" : "s");
}

static int print(struct plan_state *state, struct limbeck_error *err)
{
	FILE *file = state->cli->output.out.file;

	if (state->count == 0) {
		cli_say(state->cli, "Nothing to do.");
		return 0;
	}
	fprintf(file, "%s from %s to %s: %zu step%s",
		state->direction == LIMBECK_UP ? "Upgrade" : "Downgrade", state->before,
		state->after, state->count, state->count == 1 ? "" : "s");
	if (!state->headers_only) {
		put_number(file, (size_t)state->statements, "statement");
		put_number(file, state->transactions, "commit");
	}
	if (state->irreversible > 0)
		fprintf(file, ", %zu irreversible", state->irreversible);
	if (state->undecided > 0)
		fprintf(file, ", %zu undecided", state->undecided);
	fputs("\n\n", file);
	return table_print(&state->table, &state->cli->output.out, err);
}

static int start(struct plan_state *state, struct limbeck_error *err)
{
	static const char *const heading[] = {
		"STEP", "REVISION", "WHY", "STATEMENTS", "ROWS AFTER", "MESSAGE"
	};

	if (state->cli->json)
		return json_list_init(&state->steps, err);
	state->table.columns = sizeof heading / sizeof heading[0];
	state->table.right = 1U << 0;
	for (size_t i = 0; i < state->table.columns; i++)
		table_add(&state->table, heading[i]);
	return 0;
}

static void release(struct plan_state *state)
{
	table_release(&state->table);
	json_list_release(&state->steps);
	json_decref(state->json_before);
	free(state->before);
	free(state->after);
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct plan_state state = { .cli = cli, .direction = LIMBECK_UP };
	int rc = start(&state, err);

	if (arguments_count(&cli->args, OPTION_DOWNGRADE) > 0)
		state.direction = LIMBECK_DOWN;
	state.headers_only = arguments_count(&cli->args, OPTION_HEADERS_ONLY) > 0;
	if (rc == 0)
		rc = cli_open(cli, true, err);
	if (rc == 0)
		rc = limbeck_plan(cli->lb, state.direction, cli->args.words[0],
			state.headers_only ? LIMBECK_PLAN_HEADERS : 0U, on_step, &state, err);
	if (rc == 0 && state.failed)
		rc = cli_nomem(err);
	if (rc == 0 && cli->json && state.count == 0)
		rc = ask_current(&state, err);
	if (rc == 0)
		rc = cli->json ? answer(&state, err) : print(&state, err);
	release(&state);
	return rc;
}

const struct command cmd_plan = {
	.name = "plan",
	.summary = "say what an upgrade or downgrade would do, and why",
	.usage = "[OPTION]... REVISION",
	.about = "Prints a line for each step that `upgrade REVISION`, or with --downgrade "
		"`downgrade REVISION`, would take on the database as it is now: why it is taken, "
		"how many statements it has and whether they run in one transaction, and what the "
		"version table holds afterwards. Steps that can't be undone are marked; a "
		"downgrade refuses to cross them. So are those with an @decide. Nothing is changed, and nothing created.",
	.examples = "    limbeck plan head\n"
		"    limbeck plan --downgrade -1\n"
		"    limbeck plan --downgrade base --headers-only\n"
		"    limbeck plan heads --json\n",
	.options = options,
	.words = "a revision, like head or +1",
	.words_min = 1,
	.words_max = 1,
	.run = run
};
