/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cli/json.h"

static const struct option_spec options[] = {
	{ OPTION_RETRY, 0, "retry", NULL, "the statement in doubt had no effect: run it again" },
	{ OPTION_DONE, 0, "done", NULL, "the statement in doubt took effect: go on after it" },
	{ OPTION_FORGET, 0, "forget", NULL,
	  "what was done of the revision has been undone by hand: forget that it began" },
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

static int run(struct cli *cli, struct limbeck_error *err)
{
	const char *id = cli->args.words[0];
	const struct choice *choice = chosen(&cli->args);

	if (!choice) {
		cli_fail(err, LIMBECK_E_USAGE, "repair needs one of --retry, --done and --forget");
		cli_hint(err, "Look whether the statement took effect: --done if it did, --retry "
			"if it did not.");
		return -1;
	}
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
	.summary = "settle a revision that a crash left half done",
	.usage = "[OPTION]... REVISION --retry|--done|--forget",
	.about = "Where a database can't undo changes of its schema, a crash may leave a statement "
		"of which nobody knows whether it took effect. Look at the database, say which it "
		"is, and run the upgrade or downgrade again: it goes on at the right place; or undo "
		"by hand what was done, and forget that the revision began.",
	.statuses = "  4    another run held the lock for too long\n"
		"  130  interrupted\n",
	.options = options,
	.words = "the revision",
	.words_min = 1,
	.words_max = 1,
	.run = run
};
