/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdint.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/text.h"

static const struct option_spec options[] = {
	{ OPTION_RETRY, 0, "retry", NULL, "the statement in doubt had no effect: run it again" },
	{ OPTION_DONE, 0, "done", NULL, "the statement in doubt took effect: go on after it" },
	{ OPTION_SKIP, 0, "skip", NULL,
	  "leave out the statement in doubt, or the one that failed: go on after it" },
	{ OPTION_FORGET, 0, "forget", NULL,
	  "what was done of the revision has been undone by hand: forget that it began" },
	{ OPTION_ACCEPT, 0, "accept", NULL,
	  "take changed files of applied revisions for what was applied" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

struct choice {
	enum option_id option;
	int kind;
	const char *name;
	const char *told;
};

static const struct choice choices[] = {
	{ OPTION_RETRY, LIMBECK_REPAIR_RETRY, "retry", "the next run will repeat the statement" },
	{ OPTION_DONE, LIMBECK_REPAIR_DONE, "done", "the next run will go on after the statement" },
	{ OPTION_SKIP, LIMBECK_REPAIR_SKIP, "skip", "the next run will leave the statement out" },
	{ OPTION_FORGET, LIMBECK_REPAIR_FORGET, "forget", "the next run will begin anew" },
};

/* The one choice that was made, or NULL. */
static const struct choice *chosen(const struct arguments *args)
{
	const struct choice *found = NULL;

	for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
		if (arguments_count(args, choices[i].option) == 0)
			continue;
		if (found)
			return NULL;
		found = &choices[i];
	}
	return found;
}

struct accepted {
	struct cli *cli;
	json_t *paths;
};

static void on_accept(void *data, const char *action, const char *path)
{
	struct accepted *accepted = data;
	FILE *file = accepted->cli->output.out.file;

	json_array_append_new(accepted->paths, json_text(path));
	if (accepted->cli->json || accepted->cli->quiet)
		return;
	fprintf(file, "  %s ", action);
	text_put(file, path);
	fputs(" ...  done\n", file);
}

static int accept(struct cli *cli, struct limbeck_error *err)
{
	struct accepted accepted = { cli, json_array() };
	int rc = cli_open(cli, true, err);

	if (rc == 0)
		rc = limbeck_accept(cli->lb, cli->args.words, cli->args.word_count, on_accept,
			&accepted, err);
	if (rc == 0 && cli->json)
		rc = json_answer(cli, json_pack("{s:O}", "accepted", accepted.paths), err);
	else if (rc == 0 && json_array_size(accepted.paths) == 0)
		cli_say(cli, "No file of an applied revision has changed.");
	json_decref(accepted.paths);
	return rc;
}

static int check_words(const struct cli *cli, const struct choice *choice,
	struct limbeck_error *err)
{
	if (!choice) {
		cli_fail(err, LIMBECK_E_USAGE,
			"repair needs one of --retry, --done, --skip, --forget and --accept");
		cli_hint(err, "Look whether the statement took effect: --done if it did, --retry "
			"if it did not.");
		return -1;
	}
	if (cli->args.word_count == 1)
		return 0;
	return cli_fail(err, LIMBECK_E_USAGE, "repair --%s needs one revision", choice->name);
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	const struct choice *choice = chosen(&cli->args);
	const char *id = cli->args.word_count > 0 ? cli->args.words[0] : NULL;

	if (arguments_count(&cli->args, OPTION_ACCEPT) > 0 && !choice)
		return accept(cli, err);
	if (check_words(cli, choice, err) < 0)
		return -1;
	if (cli_open(cli, true, err) < 0 || limbeck_repair(cli->lb, id, choice->kind, err) < 0)
		return -1;
	cli_say(cli, "Settled: %s.", choice->told);
	if (!cli->json)
		return 0;
	return json_answer(cli, json_pack("{s:o, s:s}", "revision", json_text(id), "settled",
		choice->name), err);
}

const struct command cmd_repair = {
	.name = "repair",
	.summary = "settle a revision that a crash left half done, or that was edited",
	.usage = "[OPTION]... [REVISION]... --retry|--done|--skip|--forget|--accept",
	.about = "Where a database can't undo changes of its schema, a crash may leave a statement "
		"of which nobody knows whether it took effect. Look at the database, say which it "
		"is, or leave the statement out, and run the upgrade or downgrade again: it goes on "
		"at the right place; or undo "
		"by hand what was done, and forget that the revision began.\n\nWith --accept the "
		"files of applied revisions that were changed since, all or those named, are taken "
		"for what was applied, so that upgrade goes on; the history says who did it.",
	.statuses = "  4    another run held the lock for too long\n"
		"  130  interrupted\n",
	.options = options,
	.words = "the revision",
	.words_max = SIZE_MAX,
	.run = run
};
