/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/merge_check.h"

#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/text.h"

/* The revisions to be compared, each with each. */
struct tips {
	char **ids;
	size_t count;
	bool failed;      /* no memory */
};

/* Two of them. */
struct comparison {
	struct cli *cli;
	const char *a;
	const char *b;
	int verdict;
	json_t *conflicts;
	json_t *unknown;
	FILE *text;       /* what was found, a line each, for people */
	char *lines;
	size_t size;
	bool failed;
};

struct check {
	struct cli *cli;
	struct tips tips;
	int verdict;      /* of all */
	struct json_list json;
};

static int add_tip(void *data, const struct limbeck_revision *revision)
{
	struct tips *tips = data;
	char **more;

	for (size_t i = 0; i < tips->count; i++)
		if (strcmp(tips->ids[i], revision->id) == 0)
			return 0;
	more = realloc(tips->ids, (tips->count + 1) * sizeof *more);
	if (more) {
		tips->ids = more;
		more[tips->count] = strdup(revision->id);
	}
	tips->failed = tips->failed || !more || !more[tips->count++];
	return tips->failed;
}

static void release_tips(struct tips *tips)
{
	for (size_t i = 0; i < tips->count; i++)
		free(tips->ids[i]);
	free(tips->ids);
}

static int find_tips(struct cli *cli, struct tips *tips, struct limbeck_error *err)
{
	const struct arguments *args = &cli->args;

	if (args->word_count == 0 && limbeck_heads(cli->lb, 0, add_tip, tips, err) < 0)
		return -1;
	for (size_t i = 0; i < args->word_count; i++)
		if (limbeck_show(cli->lb, args->words[i], add_tip, tips, err) < 0)
			return -1;
	if (tips->failed)
		return cli_nomem(err);
	if (args->word_count == 0 || tips->count > 1)
		return 0;
	cli_fail(err, LIMBECK_E_USAGE, "merge --check needs two revisions");
	cli_hint(err, "Name both, or none for all heads.");
	return -1;
}

static const char *verdict_name(int verdict)
{
	return verdict == LIMBECK_VERDICT_COMMUTE ? "commute" :
		verdict == LIMBECK_VERDICT_CONFLICT ? "conflict" : "unknown";
}

/* A conflict anywhere is one of the whole. */
static void add_verdict(int *sum, int verdict)
{
	if (*sum != LIMBECK_VERDICT_CONFLICT && verdict != LIMBECK_VERDICT_COMMUTE)
		*sum = verdict;
}

static json_t *json_place(const struct limbeck_place *place)
{
	return json_pack("{s:o, s:o, s:i, s:i}", "revision", json_text(place->revision),
		"path", json_text(place->path), "line", (int)place->line,
		"column", (int)place->column);
}

static int add_json(void *data, const struct limbeck_finding *finding)
{
	struct comparison *comparison = data;
	const struct limbeck_place *place = finding->a ? finding->a : finding->b;
	bool conflict = finding->verdict == LIMBECK_VERDICT_CONFLICT;
	json_t *value;

	if (conflict)
		value = json_pack("{s:o, s:o, s:o}", "object", json_text(finding->object),
			"a", json_place(finding->a), "b", json_place(finding->b));
	else
		value = json_pack("{s:o, s:o}", "place", json_place(place),
			"why", json_text(finding->why));
	if (json_array_append_new(conflict ? comparison->conflicts : comparison->unknown, value) < 0)
		comparison->failed = true;
	return comparison->failed;
}

static void put_place(FILE *file, const struct limbeck_place *place)
{
	fprintf(file, "%s (", place->revision);
	text_put(file, place->path);
	fprintf(file, ":%u)", place->line);
}

static int add_text(void *data, const struct limbeck_finding *finding)
{
	struct comparison *comparison = data;
	FILE *file = comparison->text;

	fputs("  ", file);
	if (finding->verdict == LIMBECK_VERDICT_CONFLICT) {
		text_put(file, finding->object);
		fputs(": ", file);
		put_place(file, finding->a);
		fputs(", ", file);
		put_place(file, finding->b);
	} else {
		fputs("unknown: ", file);
		put_place(file, finding->a ? finding->a : finding->b);
		fprintf(file, ": %s", finding->why);
	}
	putc('\n', file);
	return 0;
}

static int begin(struct comparison *comparison, struct limbeck_error *err)
{
	comparison->text = open_memstream(&comparison->lines, &comparison->size);
	comparison->conflicts = json_array();
	comparison->unknown = json_array();
	if (!comparison->text || !comparison->conflicts || !comparison->unknown)
		return cli_nomem(err);
	return 0;
}

static void end(struct comparison *comparison)
{
	if (comparison->text)
		fclose(comparison->text);
	free(comparison->lines);
	json_decref(comparison->conflicts);
	json_decref(comparison->unknown);
}

static int put(struct check *check, struct comparison *comparison, struct limbeck_error *err)
{
	FILE *file = comparison->cli->output.out.file;

	if (check->cli->json) {
		json_list_add(&check->json, json_pack("{s:o, s:o, s:s, s:O, s:O}",
			"a", json_text(comparison->a), "b", json_text(comparison->b),
			"verdict", verdict_name(comparison->verdict),
			"conflicts", comparison->conflicts, "unknown", comparison->unknown));
		return 0;
	}
	if (fflush(comparison->text) != 0)
		return cli_nomem(err);
	fprintf(file, "%s and %s: %s\n%s", comparison->a, comparison->b,
		verdict_name(comparison->verdict), comparison->lines);
	return 0;
}

static int compare(struct check *check, const char *a, const char *b, struct limbeck_error *err)
{
	struct cli *cli = check->cli;
	struct comparison comparison = { .cli = cli, .a = a, .b = b };
	int rc = begin(&comparison, err);

	if (rc == 0)
		rc = limbeck_commute(cli->lb, a, b, &comparison.verdict,
			cli->json ? add_json : add_text, &comparison, err);
	if (rc == 0 && comparison.failed)
		rc = cli_nomem(err);
	if (rc == 0)
		rc = put(check, &comparison, err);
	if (rc == 0)
		add_verdict(&check->verdict, comparison.verdict);
	end(&comparison);
	return rc;
}

static int compare_all(struct check *check, struct limbeck_error *err)
{
	const struct tips *tips = &check->tips;

	for (size_t i = 0; i < tips->count; i++)
		for (size_t j = i + 1; j < tips->count; j++)
			if (compare(check, tips->ids[i], tips->ids[j], err) < 0)
				return -1;
	if (check->cli->json)
		return json_list_answer(check->cli, &check->json, "pairs",
			json_pack("{s:s}", "verdict", verdict_name(check->verdict)), err);
	if (tips->count < 2)
		cli_say(check->cli, "There is nothing to merge.");
	return 0;
}

static int judge(int verdict, struct limbeck_error *err)
{
	if (verdict == LIMBECK_VERDICT_COMMUTE)
		return 0;
	if (verdict == LIMBECK_VERDICT_UNKNOWN) {
		cli_fail(err, LIMBECK_E_FOUND, "whether the branches commute is not known");
		cli_hint(err, "Look at the statements that are listed, and at what the other "
			"branch does.");
	} else {
		cli_fail(err, LIMBECK_E_FOUND, "the branches do not commute");
		cli_hint(err, "Look at the statements that are listed; databases may get them in "
			"either order. `limbeck rebase` puts one branch behind the other.");
	}
	return -1;
}

int merge_check(struct cli *cli, struct limbeck_error *err)
{
	struct check check = { .cli = cli, .verdict = LIMBECK_VERDICT_COMMUTE };
	int rc = json_list_init(&check.json, err);

	if (rc == 0)
		rc = cli_open(cli, false, err);
	if (rc == 0)
		rc = find_tips(cli, &check.tips, err);
	if (rc == 0)
		rc = compare_all(&check, err);
	if (rc == 0)
		rc = judge(check.verdict, err);
	json_list_release(&check.json);
	release_tips(&check.tips);
	return rc;
}

/* The first conflict is enough to speak of. */
struct first {
	char *text;
	size_t size;
	FILE *file;
};

static int add_first(void *data, const struct limbeck_finding *finding)
{
	struct first *first = data;

	if (finding->verdict != LIMBECK_VERDICT_CONFLICT)
		return 0;
	fputs("notice: the branches do not commute: ", first->file);
	text_put(first->file, finding->object);
	fputs(", ", first->file);
	put_place(first->file, finding->a);
	fputs(" and ", first->file);
	put_place(first->file, finding->b);
	return 1;
}

char *merge_notice(struct cli *cli)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct tips tips = { 0 };
	struct first first = { 0 };
	int verdict = LIMBECK_VERDICT_COMMUTE;

	first.file = open_memstream(&first.text, &first.size);
	if (!first.file)
		return NULL;
	if (find_tips(cli, &tips, &err) == 0)
		for (size_t i = 0; i < tips.count; i++)
			for (size_t j = i + 1; j < tips.count
				&& verdict != LIMBECK_VERDICT_CONFLICT; j++)
				(void)limbeck_commute(cli->lb, tips.ids[i], tips.ids[j], &verdict,
					add_first, &first, &err);
	limbeck_error_release(&err);
	release_tips(&tips);
	fclose(first.file);
	if (verdict == LIMBECK_VERDICT_CONFLICT)
		return first.text;
	free(first.text);
	return NULL;
}
