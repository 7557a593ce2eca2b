/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdint.h>

#include "cli/command.h"
#include "cli/run.h"

static const struct option_spec options[] = {
	{ OPTION_SQL, 0, "sql", NULL, "print the SQL script instead of running it; no connection" },
	{ OPTION_PURGE, 0, "purge", NULL,
	  "forget all that is recorded first, known here or not" },
	{ OPTION_FORCE, 0, "force", NULL,
	  "even if a branch is forgotten or rows overlap afterwards" },
	{ OPTION_VERIFY, 0, "verify", NULL,
	  "only if the revisions, run in a scratch database, give the schema that is there" },
	{ OPTION_YES, 0, "yes", NULL, "go ahead where the alias clear would ask" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static int run(struct cli *cli, struct limbeck_error *err)
{
	return run_targets(cli, limbeck_stamp, err);
}

const struct command cmd_stamp = {
	.name = "stamp",
	.summary = "record revisions as applied without running them",
	.usage = "[OPTION]... REVISION...",
	.about = "Changes what the database is recorded to have, and nothing else: for a database "
		"that got its tables by other means. With --verify it is proved first that it has "
		"what the revisions would have made. Rows related to REVISION are replaced by it, "
		"others stay. `stamp base` forgets everything.",
	.examples = "    limbeck stamp head\n"
		"    limbeck stamp head --verify\n"
		"    limbeck stamp base --purge\n"
		"    limbeck stamp head --sql\n",
	.statuses = "  4    another run held the lock for too long\n"
		"  130  interrupted, or the question was answered with no\n",
	.options = options,
	.words = "a revision, like head or base",
	.words_min = 1,
	.words_max = SIZE_MAX,
	.run = run
};
