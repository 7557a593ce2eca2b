/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>

#include "cli/change.h"
#include "cli/command.h"

static const struct option_spec options[] = {
	{ OPTION_SQL, 0, "sql", NULL, "print the statements that lead from A to B" },
	{ OPTION_RENAME, 0, "rename", "OLD=NEW",
	  "what was OLD is NEW: table=name, or table.column=name; may be repeated" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

static int put_sql(void *data, const char *file, const char *text, size_t length)
{
	struct changes *changes = data;

	(void)file;
	return fwrite(text, 1, length, changes->cli->output.out.file) != length;
}

static int finish(struct changes *changes, const struct limbeck_diff *diff,
	struct limbeck_error *err)
{
	if (changes->cli->json && json_list_answer(changes->cli, &changes->json, "differences",
		json_pack("{s:b, s:b}", "equal", diff->differences == 0, "parity", diff->parity),
		err) < 0)
		return -1;
	if (diff->differences == 0) {
		cli_say(changes->cli, diff->parity ? "Both mean the same." : "No difference.");
		return 0;
	}
	if (diff->sql)
		return 0;
	return cli_fail(err, LIMBECK_E_FOUND, "%s and %s differ: %zu", diff->a, diff->b,
		diff->differences);
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct changes changes = { .cli = cli, .stream = cli->output.out, .indent = "" };
	struct limbeck_diff diff = {
		.size = sizeof diff, .a = cli->args.words[0], .b = cli->args.words[1],
		.change = changes_add, .data = &changes
	};
	const char **renames = NULL;
	int rc = -1;

	if (arguments_count(&cli->args, OPTION_SQL) > 0) {
		if (cli->json)
			return cli_fail(err, LIMBECK_E_USAGE, "--sql and --json exclude each other");
		diff.sql = put_sql;
		diff.change = NULL;
	}
	if (cli->json && json_list_init(&changes.json, err) < 0)
		return -1;
	if (cli_list(cli, OPTION_RENAME, &renames, &diff.rename_count, err) == 0 &&
	    cli_open(cli, true, err) == 0) {
		diff.renames = renames;
		rc = limbeck_diff(cli->lb, &diff, err);
		if (rc == 0)
			rc = finish(&changes, &diff, err);
	}
	free(renames);
	json_list_release(&changes.json);
	return rc;
}

const struct command cmd_diff = {
	.name = "diff",
	.summary = "print what differs between two schemas",
	.usage = "[OPTION]... A B",
	.about = "Prints a line for each change that leads from A to B. Each is a database URL, an "
		"SQL file or a pattern of such files, a revision (run from the base in a scratch "
		"database), schema (the desired one) or database (the configured one).\n\nWhere A "
		"and B are of two engines, say production and the database of the tests, their "
		"meanings are compared: tables, columns and their types, keys. With --sql the exit "
		"status is 0 whether they differ or not.",
	.examples = "    limbeck diff database schema\n"
		"    limbeck diff base schema --sql\n"
		"    limbeck diff head schema\n",
	.statuses = "  3    they differ\n",
	.options = options,
	.words = "two schemas to compare",
	.words_min = 2,
	.words_max = 2,
	.run = run
};
