/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cli/json.h"
#include "cli/text.h"

static const struct option_spec options[] = {
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static const struct outcome {
	const char *name;  /* for JSON */
	const char *text;
	enum paint paint;
} outcomes[] = {
	[LIMBECK_TEST_PASSED] = { "passed", "ok", PAINT_LABEL },
	[LIMBECK_TEST_IRREVERSIBLE] = { "irreversible", "irreversible", PAINT_DIM },
	[LIMBECK_TEST_UPGRADE_FAILED] = { "upgrade failed", "upgrade fails", PAINT_ERROR },
	[LIMBECK_TEST_DOWNGRADE_FAILED] = { "downgrade failed", "downgrade fails", PAINT_ERROR },
	[LIMBECK_TEST_NOT_RESTORED] = { "not restored",
		"downgrade does not restore the schema", PAINT_ERROR },
	[LIMBECK_TEST_NOT_REPEATED] = { "not repeated",
		"a second upgrade makes another schema", PAINT_ERROR },
	[LIMBECK_TEST_ROWS_LOST] = { "rows lost", "rows are lost", PAINT_ERROR }
};

struct report {
	struct cli *cli;
	struct json_list results;
	size_t count;
	size_t irreversible;
};

static void put_result(const struct stream *stream, const struct limbeck_test_result *result)
{
	const struct outcome *outcome = &outcomes[result->outcome];

	stream_paint(stream, PAINT_ID, result->revision);
	fputs("  ", stream->file);
	stream_paint(stream, outcome->paint, outcome->text);
	fprintf(stream->file, " (%.2f s)", result->seconds);
	if (result->message && result->message[0] != '\0') {
		fputs("  ", stream->file);
		text_put(stream->file, result->message);
	}
	putc('\n', stream->file);
	for (size_t i = 0; i < result->detail_count; i++) {
		fputs("    ", stream->file);
		text_put(stream->file, result->details[i]);
		putc('\n', stream->file);
	}
}

static int on_result(void *data, const struct limbeck_test_result *result)
{
	struct report *report = data;

	report->count++;
	report->irreversible += result->outcome == LIMBECK_TEST_IRREVERSIBLE;
	if (report->cli->json)
		json_list_add(&report->results, json_pack("{s:o, s:o, s:o, s:s, s:o, s:o}",
			"revision", json_text(result->revision),
			"message", json_text(result->message),
			"path", json_text(result->path),
			"outcome", outcomes[result->outcome].name,
			"details", json_texts(result->details, result->detail_count),
			"seconds", json_seconds(result->seconds)));
	else
		put_result(&report->cli->output.out, result);
	return 0;
}

static int finish(struct report *report, size_t failures, struct limbeck_error *err)
{
	const char *revisions = report->count == 1 ? "revision" : "revisions";

	if (report->cli->json && json_list_answer(report->cli, &report->results, "revisions",
		json_pack("{s:I}", "failures", (json_int_t)failures), err) < 0)
		return -1;
	if (failures > 0)
		return cli_fail(err, LIMBECK_E_STATE, "%zu of %zu revisions did not pass", failures,
			report->count);
	if (report->irreversible > 0)
		cli_say(report->cli, "%zu %s passed, %zu of them irreversible.",
			report->count, revisions, report->irreversible);
	else
		cli_say(report->cli, "%zu %s passed.", report->count, revisions);
	return 0;
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	const char *target = cli->args.word_count > 0 ? cli->args.words[0] : NULL;
	struct report report = { .cli = cli };
	size_t failures = 0;
	int rc = cli->json ? json_list_init(&report.results, err) : 0;

	if (rc == 0)
		rc = cli_open(cli, true, err);
	if (rc == 0)
		rc = limbeck_test(cli->lb, target, on_result, &report, &failures, err);
	if (rc == 0)
		rc = finish(&report, failures, err);
	json_list_release(&report.results);
	return rc;
}

const struct command cmd_test = {
	.name = "test",
	.summary = "run every revision up, down and up again in a scratch database",
	.usage = "[OPTION]... [REVISION]",
	.about = "In a scratch database of the configured engine, which is gone afterwards, each "
		"revision up to REVISION (else to the heads) is applied, undone and applied again. "
		"The schema is compared each time: the downgrade must give back what was there "
		"before, the second upgrade what the first one gave. Sample rows, put into the tables "
		"on the way, must still be there. Irreversible revisions are applied only.",
	.examples = "    limbeck test\n"
		"    limbeck test head\n",
	.options = options,
	.words = "at most one revision",
	.words_max = 1,
	.run = run
};
