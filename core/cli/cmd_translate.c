/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/text.h"

enum { WIDE = 120 };

static const struct option_spec options[] = {
	{ OPTION_TO, 0, "to", "ENGINE", "the engine (else that of the database URL)" },
	{ OPTION_FROM, 0, "from", "DIALECT",
	  "the dialect of what says none (else the project's, else postgresql)" },
	{ OPTION_DOWNGRADE, 0, "downgrade", NULL, "the downgrades" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static const char *const fates[] = {
	[LIMBECK_FATE_SENT] = "sent", [LIMBECK_FATE_JOINED] = "joined",
	[LIMBECK_FATE_NOTHING] = "nothing", [LIMBECK_FATE_DROPPED] = "dropped",
	[LIMBECK_FATE_REFUSED] = "refused"
};

struct report {
	struct cli *cli;
	struct json_list statements;
	size_t count;
	size_t width;      /* of both columns; 0: one above the other */
	char *path;        /* whose statements were printed last */
	bool failed;
};

/* --- one above the other --- */

static void put_commented(FILE *file, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		fprintf(file, "-- %.*s\n", (int)length, text);
		text += length + (text[length] == '\n');
	}
}

static char *fate_text(const struct limbeck_translated *statement)
{
	static const char *const words[] = {
		[LIMBECK_FATE_SENT] = "", [LIMBECK_FATE_JOINED] = "done together with what follows",
		[LIMBECK_FATE_NOTHING] = "nothing to do", [LIMBECK_FATE_DROPPED] = "left out",
		[LIMBECK_FATE_REFUSED] = "has no counterpart"
	};
	const char *why = statement->why ? statement->why : "";
	size_t size = strlen(words[statement->fate]) + strlen(why) + 3;
	char *text = malloc(size);

	if (text)
		snprintf(text, size, "%s%s%s", words[statement->fate], *why ? ": " : "", why);
	return text;
}

static bool is_commented(const char *text)
{
	return strncmp(text, "--", 2) == 0;
}

static void put_below(struct report *report, const struct limbeck_translated *statement)
{
	FILE *file = report->cli->output.out.file;
	char *source = text_utf8(statement->source), *fate = fate_text(statement);

	if (!source || !fate) {
		report->failed = true;
	} else {
		fprintf(file, "-- %u: ", statement->line);
		fputs(*fate ? fate : "", file);
		putc('\n', file);
		put_commented(file, source);
		for (size_t i = 0; i < statement->sent_count; i++) {
			text_put(file, statement->sent[i]);
			fputs(is_commented(statement->sent[i]) ? "\n" : ";\n", file);
		}
		putc('\n', file);
	}
	free(source);
	free(fate);
}

/* --- side by side --- */

/* The next piece of a text that fits; moves *text behind it. */
static void put_piece(FILE *file, const char **text, size_t width, bool padded)
{
	size_t line = strcspn(*text, "\n"), cut = text_cut(*text, width);
	size_t length = line < cut ? line : cut, shown = 0;

	for (size_t i = 0; i < length; i++)
		shown += ((unsigned char)(*text)[i] & 0xc0) != 0x80;
	fwrite(*text, 1, length, file);
	for (; padded && shown < width; shown++)
		putc(' ', file);
	*text += length + ((*text)[length] == '\n');
}

static char *join_sent(const struct limbeck_translated *statement)
{
	size_t size = 1;
	char *text;

	for (size_t i = 0; i < statement->sent_count; i++)
		size += strlen(statement->sent[i]) + 2;
	text = malloc(size);
	if (!text)
		return NULL;
	text[0] = '\0';
	for (size_t i = 0; i < statement->sent_count; i++) {
		strcat(text, statement->sent[i]);
		strcat(text, i + 1 < statement->sent_count ? ";\n" : ";");
	}
	return text;
}

static void put_beside(struct report *report, const struct limbeck_translated *statement)
{
	FILE *file = report->cli->output.out.file;
	char *fate = statement->sent_count ? join_sent(statement) : fate_text(statement);
	char *source = text_utf8(statement->source), *sent = fate ? text_utf8(fate) : NULL;
	size_t half = (report->width - 10) / 2;
	const char *left = source, *right = sent;

	if (!source || !sent)
		report->failed = true;
	for (bool first = true; source && sent && (first || *left || *right); first = false) {
		if (first)
			fprintf(file, "%5u  ", statement->line);
		else
			fputs("       ", file);
		put_piece(file, &left, half, true);
		fputs(" | ", file);
		put_piece(file, &right, half, false);
		putc('\n', file);
	}
	putc('\n', file);
	free(source);
	free(sent);
	free(fate);
}

/* --- */

static json_t *describe(const struct limbeck_translated *statement)
{
	json_t *place = json_null();

	if (statement->fate == LIMBECK_FATE_REFUSED)
		place = json_pack("{s:I, s:I}", "line", (json_int_t)statement->problem_line,
			"column", (json_int_t)statement->problem_column);
	return json_pack("{s:o, s:s, s:I, s:I, s:o, s:s, s:o, s:o, s:o, s:o}",
		"path", json_text(statement->path),
		"section", statement->upgrade ? "upgrade" : "downgrade",
		"line", (json_int_t)statement->line,
		"column", (json_int_t)statement->column,
		"source", json_text(statement->source),
		"fate", fates[statement->fate],
		"sent", json_texts(statement->sent, statement->sent_count),
		"why", json_text(statement->why),
		"hint", json_text(statement->hint),
		"problem", place);
}

static void put_problem(struct report *report, const struct limbeck_translated *statement)
{
	const struct stream *stream = &report->cli->output.err;

	fflush(report->cli->output.out.file);
	text_put(stream->file, statement->path);
	fprintf(stream->file, ":%u:%u: ", statement->problem_line, statement->problem_column);
	stream_paint(stream, PAINT_ERROR, "error:");
	putc(' ', stream->file);
	text_put(stream->file, statement->why ? statement->why : "it has no counterpart");
	putc('\n', stream->file);
	if (!statement->hint)
		return;
	stream_paint(stream, PAINT_HINT, "hint:");
	putc(' ', stream->file);
	text_put(stream->file, statement->hint);
	putc('\n', stream->file);
}

static void put_heading(struct report *report, const struct limbeck_translated *statement)
{
	const struct stream *stream = &report->cli->output.out;
	size_t size = strlen(statement->path) + sizeof "--  (downgrade)";
	char *text;

	if (report->path && strcmp(report->path, statement->path) == 0)
		return;
	free(report->path);
	report->path = malloc(strlen(statement->path) + 1);
	text = malloc(size);
	if (!report->path || !text) {
		report->failed = true;
	} else {
		strcpy(report->path, statement->path);
		snprintf(text, size, "-- %s%s", statement->path,
			statement->upgrade ? "" : " (downgrade)");
		stream_paint(stream, PAINT_HEADING, text);
		fputs("\n\n", stream->file);
	}
	free(text);
}

static int on_statement(void *data, const struct limbeck_translated *statement)
{
	struct report *report = data;

	report->count++;
	if (statement->fate == LIMBECK_FATE_REFUSED)
		put_problem(report, statement);
	if (report->cli->json) {
		json_list_add(&report->statements, describe(statement));
	} else {
		put_heading(report, statement);
		(report->width ? put_beside : put_below)(report, statement);
	}
	return report->failed;
}

static int finish(struct report *report, size_t problems, struct limbeck_error *err)
{
	if (report->failed)
		return cli_nomem(err);
	if (report->cli->json && json_list_answer(report->cli, &report->statements, "statements",
		json_pack("{s:I}", "refused", (json_int_t)problems), err) < 0)
		return -1;
	if (problems == 0)
		return 0;
	cli_fail(err, LIMBECK_E_UNSUPPORTED, "%zu of %zu statements have no counterpart", problems,
		report->count);
	cli_hint(err, "limbeck-translation(7) says what to write instead.");
	return -1;
}

/* A file alone needs no project. */
static int open_project(struct cli *cli, struct limbeck_error *err)
{
	if (cli_open(cli, false, err) == 0)
		return 0;
	if (err->code != LIMBECK_E_CONFIG || err->file || cli->args.word_count == 0 ||
	    arguments_count(&cli->args, OPTION_CONFIG) > 0 ||
	    arguments_count(&cli->args, OPTION_NAME) > 0)
		return -1;
	limbeck_error_release(err);
	return 0;
}

static int translate(struct report *report, size_t *problems, struct limbeck_error *err)
{
	struct cli *cli = report->cli;
	const struct limbeck_translate what = { .size = sizeof what,
		.what = cli->args.word_count ? cli->args.words[0] : NULL,
		.to = arguments_value(&cli->args, OPTION_TO),
		.from = arguments_value(&cli->args, OPTION_FROM),
		.flags = arguments_count(&cli->args, OPTION_DOWNGRADE)
			? LIMBECK_TRANSLATE_DOWNGRADE : 0 };
	struct limbeck_options given;
	char **variables = NULL;
	int rc = cli_options(cli, &given, &variables, err);

	if (rc == 0)
		rc = limbeck_translate(cli->lb, &given, &what, on_statement, report, problems, err);
	cli_free_variables(variables);
	return rc;
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct report report = { .cli = cli };
	size_t problems = 0, width = stream_width(&cli->output.out);
	int rc = cli->json ? json_list_init(&report.statements, err) : 0;

	report.width = cli->output.out.terminal && width >= WIDE ? width : 0;
	if (rc == 0)
		rc = open_project(cli, err);
	if (rc == 0)
		rc = translate(&report, &problems, err);
	if (rc == 0)
		rc = finish(&report, problems, err);
	json_list_release(&report.statements);
	free(report.path);
	return rc;
}

const struct command cmd_translate = {
	.name = "translate",
	.summary = "show what an engine of another dialect would be sent",
	.usage = "[OPTION]... [REVISION|FILE]",
	.about = "Shows, statement by statement and beside the source, what limbeck sends to an engine "
		"whose dialect is not that of the file: to the engine of the database URL, or to the "
		"one that --to names, of which the driver must be installed. No database is asked. Of a "
		"REVISION the revisions below it are read too, for they have made the schema that it "
		"meets; FILE may also be any file of SQL, inside or outside of a project. Without "
		"either, all revisions are shown in their order.\n\n"
		"What matters at home alone is left out, and said to be; all that has no counterpart "
		"is an error. limbeck-translation(7) says what becomes of what.",
	.examples = "    limbeck translate\n"
		"    limbeck translate --to mariadb head\n"
		"    limbeck translate --to sqlite --downgrade dff6\n"
		"    limbeck translate --to sqlite schema.sql\n",
	.options = options,
	.words = "at most one revision or file",
	.words_max = 1,
	.run = run
};
