/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/change.h"
#include "cli/command.h"

static const struct option_spec options[] = {
	{ OPTION_AGAINST_MIGRATIONS, 0, "against-migrations", NULL,
	  "let the revisions, run in a scratch database, stand for the database" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static int finish(struct changes *changes, size_t differences, struct limbeck_error *err)
{
	if (changes->cli->json && json_list_answer(changes->cli, &changes->json, "differences",
		json_pack("{s:b}", "equal", differences == 0), err) < 0)
		return -1;
	if (differences == 0) {
		cli_say(changes->cli, "No new upgrade operations detected.");
		return 0;
	}
	cli_fail(err, LIMBECK_E_FOUND, "new upgrade operations detected: %zu", differences);
	cli_hint(err, "`limbeck revision --autogenerate -m TEXT` writes a revision that makes them.");
	return -1;
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct changes changes = { .cli = cli, .stream = cli->output.out, .indent = "" };
	unsigned flags = arguments_count(&cli->args, OPTION_AGAINST_MIGRATIONS) > 0 ?
		(unsigned)LIMBECK_SCHEMA_AGAINST_MIGRATIONS : 0U;
	size_t differences = 0;
	int rc = cli->json ? json_list_init(&changes.json, err) : 0;

	if (rc == 0)
		rc = cli_open(cli, true, err);
	if (rc == 0)
		rc = limbeck_check(cli->lb, flags, changes_add, &changes, &differences, err);
	if (rc == 0)
		rc = finish(&changes, differences, err);
	json_list_release(&changes.json);
	return rc;
}

const struct command cmd_check = {
	.name = "check",
	.summary = "see whether the database has the desired schema",
	.usage = "[OPTION]...",
	.about = "Compares the database, which must be at the heads, with the desired schema (schema "
		"in limbeck.ini), and prints a line for each change that a revision would have to "
		"make. Both are read back from the engine itself, so that spelling does not matter. "
		"Nothing is written to the database.\n\nWith --against-migrations no database needs "
		"to be up to date: all revisions are run in a scratch database of the same engine, "
		"which is gone afterwards. So a commit hook can prove that model and revisions "
		"agree.",
	.examples = "    limbeck check\n"
		"    limbeck check --against-migrations\n",
	.statuses = "  3    they differ\n",
	.options = options,
	.words = "no arguments",
	.run = run
};
