/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cli/json.h"

static const struct option_spec options[] = {
	{ OPTION_RETRY, 0, "retry", NULL, "the statement in doubt had no effect: run it again" },
	{ OPTION_DONE, 0, "done", NULL, "the statement in doubt took effect: go on after it" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static int run(struct cli *cli, struct limbeck_error *err)
{
	const char *id = cli->args.words[0];
	bool retry = arguments_count(&cli->args, OPTION_RETRY) > 0;
	bool done = arguments_count(&cli->args, OPTION_DONE) > 0;

	if (retry == done) {
		cli_fail(err, LIMBECK_E_USAGE, "repair needs one of --retry and --done");
		cli_hint(err, "Look whether the statement took effect: --done if it did, --retry "
			"if it did not.");
		return -1;
	}
	if (cli_open(cli, true, err) < 0 ||
	    limbeck_repair(cli->lb, id, retry ? LIMBECK_REPAIR_RETRY : LIMBECK_REPAIR_DONE,
		err) < 0)
		return -1;
	cli_say(cli, "Settled; `limbeck upgrade` or `limbeck downgrade` %s the statement.",
		retry ? "will repeat" : "will go on after");
	if (!cli->json)
		return 0;
	return json_answer(cli, json_pack("{s:o, s:s}", "revision", json_text(id), "settled",
		retry ? "retry" : "done"), err);
}

const struct command cmd_repair = {
	.name = "repair",
	.summary = "settle a revision that a crash left half done",
	.usage = "[OPTION]... REVISION --retry|--done",
	.about = "Where a database can't undo changes of its schema, a crash may leave a statement "
		"of which nobody knows whether it took effect. Look at the database, say which it "
		"is, and run the upgrade or downgrade again: it goes on at the right place.",
	.options = options,
	.words = "the revision",
	.words_min = 1,
	.words_max = 1,
	.run = run
};
