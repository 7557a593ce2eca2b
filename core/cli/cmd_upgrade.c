/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cli/run.h"

static const struct option_spec upgrade_options[] = {
	{ OPTION_SQL, 0, "sql", NULL, "print the SQL script instead of running it; no connection" },
	{ OPTION_SINGLE_TRANSACTION, 0, "single-transaction", NULL,
	  "the whole run in one transaction: all or nothing" },
	{ OPTION_BACKUP, 0, "backup", "PATH",
	  "copy the database to a new file first; no copy, no upgrade" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static int run_upgrade(struct cli *cli, struct limbeck_error *err)
{
	return run_targets(cli, limbeck_upgrade, err);
}

static int run_downgrade(struct cli *cli, struct limbeck_error *err)
{
	return run_targets(cli, limbeck_downgrade, err);
}

const struct command cmd_upgrade = {
	.name = "upgrade",
	.summary = "apply revisions, up to one",
	.usage = "[OPTION]... REVISION",
	.about = "Applies REVISION and all that it builds on and the database does not have yet, "
		"oldest first. REVISION is an id or its beginning, a label, head, heads (all of "
		"them), a number of steps like +1, or any of Alembic's other forms. With --sql it "
		"may be FROM:TO.\n\n"
		"Nothing is sent before the whole way has been read and checked. Each revision is "
		"recorded together with its changes where the database can do that; a run that "
		"was stopped can be run again.",
	.examples = "    limbeck upgrade +1\n"
		"    limbeck upgrade head\n"
		"    limbeck upgrade base:head --sql > upgrade.sql\n",
	.statuses = "  4    another run, or another session, held a lock for too long\n"
		"  130  interrupted; what was committed stays\n",
	.options = upgrade_options,
	.words = "a revision, like head or +1",
	.words_min = 1,
	.words_max = 1,
	.run = run_upgrade
};

static const struct option_spec downgrade_options[] = {
	{ OPTION_SQL, 0, "sql", NULL,
	  "print the SQL script of FROM:TO instead of running it; no connection" },
	{ OPTION_SINGLE_TRANSACTION, 0, "single-transaction", NULL,
	  "the whole run in one transaction: all or nothing" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

const struct command cmd_downgrade = {
	.name = "downgrade",
	.summary = "undo revisions, down to one",
	.usage = "[OPTION]... REVISION",
	.about = "Undoes what is applied above REVISION, newest first; REVISION itself stays. It "
		"is an id or its beginning, base (undo everything), a number of steps like -1, or "
		"any of Alembic's other forms. A revision without a downgrade section is not "
		"crossed.",
	.examples = "    limbeck downgrade -1\n"
		"    limbeck downgrade base\n"
		"    limbeck downgrade head:base --sql > downgrade.sql\n",
	.statuses = "  4    another run, or another session, held a lock for too long\n"
		"  130  interrupted; what was committed stays\n",
	.options = downgrade_options,
	.words = "a revision, like -1 or base",
	.words_min = 1,
	.words_max = 1,
	.run = run_downgrade
};
