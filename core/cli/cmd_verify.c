/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cli/json.h"
#include "cli/text.h"

static const struct option_spec options[] = {
	{ OPTION_LONG, 'v', "verbose", NULL, "print those that are as they were applied, too" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static const struct state {
	const char *name;
	enum paint paint;
} states[] = {
	[LIMBECK_VERIFIED_SAME] = { "same", PAINT_LABEL },
	[LIMBECK_VERIFIED_CHANGED] = { "changed", PAINT_ERROR },
	[LIMBECK_VERIFIED_UNKNOWN] = { "unknown", PAINT_DIM },
	[LIMBECK_VERIFIED_MISSING] = { "missing", PAINT_ERROR }
};

struct report {
	struct cli *cli;
	struct json_list revisions;
	bool all;
	size_t count;
};

static void put(const struct stream *stream, const struct limbeck_verification *verification)
{
	const struct state *state = &states[verification->state];

	stream_paint(stream, PAINT_ID, verification->revision);
	fputs("  ", stream->file);
	stream_paint(stream, state->paint, state->name);
	if (verification->path) {
		fputs("  ", stream->file);
		text_put(stream->file, verification->path);
	}
	putc('\n', stream->file);
}

static int on_verification(void *data, const struct limbeck_verification *verification)
{
	struct report *report = data;

	report->count++;
	if (report->cli->json)
		json_list_add(&report->revisions, json_pack("{s:o, s:o, s:o, s:s}",
			"revision", json_text(verification->revision),
			"message", json_text(verification->message),
			"path", json_text(verification->path),
			"state", states[verification->state].name));
	else if (report->all || verification->state == LIMBECK_VERIFIED_CHANGED
		|| verification->state == LIMBECK_VERIFIED_MISSING)
		put(&report->cli->output.out, verification);
	return 0;
}

static int finish(struct report *report, size_t problems, struct limbeck_error *err)
{
	if (report->cli->json && json_list_answer(report->cli, &report->revisions, "revisions",
		json_pack("{s:I}", "problems", (json_int_t)problems), err) < 0)
		return -1;
	if (problems == 0) {
		cli_say(report->cli, "%zu applied revision%s: no file has changed.", report->count,
			report->count == 1 ? "" : "s");
		return 0;
	}
	cli_fail(err, LIMBECK_E_FOUND, "%zu of %zu applied revisions are not as they were applied",
		problems, report->count);
	cli_hint(err, "Bring back the files as they were, or take what is there: `limbeck repair "
		"--accept`.");
	return -1;
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct report report = {
		.cli = cli, .all = arguments_count(&cli->args, OPTION_LONG) > 0
	};
	size_t problems = 0;
	int rc = cli->json ? json_list_init(&report.revisions, err) : 0;

	if (rc == 0)
		rc = cli_open(cli, true, err);
	if (rc == 0)
		rc = limbeck_verify(cli->lb, on_verification, &report, &problems, err);
	if (rc == 0)
		rc = finish(&report, problems, err);
	json_list_release(&report.revisions);
	return rc;
}

const struct command cmd_verify = {
	.name = "verify",
	.summary = "compare the files of applied revisions with what was applied",
	.usage = "[OPTION]...",
	.about = "Prints a line for each applied revision whose file has changed since (line ends and "
		"a byte-order mark do not matter), or is not here. What was stamped, or applied by "
		"another tool, can't be compared: unknown. Nothing is changed.",
	.examples = "    limbeck verify\n",
	.statuses = "  3    a file has changed or is missing\n",
	.options = options,
	.words = "no arguments",
	.run = run
};
