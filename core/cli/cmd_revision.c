/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>

#include "cli/change.h"
#include "cli/command.h"
#include "cli/new.h"
#include "cli/rename.h"
#include "cli/text.h"

static const struct option_spec options[] = {
	{ OPTION_MESSAGE, 'm', "message", "TEXT",
	  "what the revision does; part of the file's name" },
	{ OPTION_AUTOGENERATE, 0, "autogenerate", NULL,
	  "write the statements that lead from the database to the desired schema" },
	{ OPTION_RENAME, 0, "rename", "OLD=NEW",
	  "what was OLD is NEW: table=name, or table.column=name; none: nothing was renamed; may "
	  "be repeated" },
	{ OPTION_AGAINST_MIGRATIONS, 0, "against-migrations", NULL,
	  "let the revisions, run in a scratch database, stand for the database" },
	{ OPTION_HEAD, 0, "head", "REV",
	  "the parent, instead of the one head; base: none; repeat it, or give heads, to merge" },
	{ OPTION_SPLICE, 0, "splice", NULL,
	  "allow a parent that is no head, which starts a branch" },
	{ OPTION_BRANCH_LABEL, 0, "branch-label", "NAME", "name the branch that it starts" },
	{ OPTION_VERSION_PATH, 0, "version-path", "DIR",
	  "the folder for the file, where there are several" },
	{ OPTION_REV_ID, 0, "rev-id", "ID", "its id, instead of one at random" },
	{ OPTION_DEPENDS_ON, 0, "depends-on", "REV",
	  "a revision to be applied before it that is no parent; may be repeated" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

/* What a change says is for people; the answer of --json is the revision. */
static int on_change(void *data, const struct limbeck_change *change, const char *text)
{
	struct cli *cli = data;
	const struct stream *stream = &cli->output.err;

	if (cli->quiet)
		return 0;
	if (change && (change->flags & LIMBECK_CHANGE_DESTRUCTIVE)) {
		stream_paint(stream, PAINT_ERROR, "Detected, destructive: ");
		text_put(stream->file, text);
	} else {
		fputs("Detected: ", stream->file);
		text_put(stream->file, text);
	}
	putc('\n', stream->file);
	return 0;
}

static int check_options(const struct cli *cli, struct limbeck_error *err)
{
	if (arguments_count(&cli->args, OPTION_AUTOGENERATE) > 0)
		return 0;
	if (arguments_count(&cli->args, OPTION_RENAME) > 0)
		return cli_fail(err, LIMBECK_E_USAGE, "--rename is for --autogenerate");
	if (arguments_count(&cli->args, OPTION_AGAINST_MIGRATIONS) > 0)
		return cli_fail(err, LIMBECK_E_USAGE, "--against-migrations is for --autogenerate");
	return 0;
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	const char **heads = NULL, **depends = NULL, **renames = NULL;
	struct limbeck_new what = { .size = sizeof what };
	int rc = check_options(cli, err);

	if (rc < 0)
		return -1;
	rc = -1;
	if (cli_list(cli, OPTION_HEAD, &heads, &what.head_count, err) < 0 ||
	    cli_list(cli, OPTION_DEPENDS_ON, &depends, &what.depend_count, err) < 0 ||
	    cli_list(cli, OPTION_RENAME, &renames, &what.rename_count, err) < 0)
		goto out;
	what.heads = heads;
	what.depends = depends;
	what.renames = renames;
	what.autogenerate = arguments_count(&cli->args, OPTION_AUTOGENERATE) > 0;
	if (arguments_count(&cli->args, OPTION_AGAINST_MIGRATIONS) > 0)
		what.schema_flags = LIMBECK_SCHEMA_AGAINST_MIGRATIONS;
	what.ask = rename_asker(cli);
	what.change = on_change;
	rc = new_create(cli, &what, limbeck_revision_create, err);
out:
	free(heads);
	free(depends);
	free(renames);
	return rc;
}

const struct command cmd_revision = {
	.name = "revision",
	.summary = "write a new revision file",
	.usage = "[OPTION]... [-m TEXT]",
	.about = "Writes a revision file from the project's template, on top of the head, for you "
		"to fill in the SQL of its @upgrade and @downgrade sections. Everything is checked "
		"before the file is written.\n\nWith --autogenerate both sections are written: the "
		"statements that lead from the database, which must be at the heads, to the desired "
		"schema (schema in limbeck.ini), and back. Read them before you run them: where a "
		"person must decide something, an @decide directive says what, and the revision is "
		"refused until it is gone. Where there is nothing to do no file is written. On a "
		"terminal you are asked whether what goes and what comes was renamed; elsewhere say "
		"so by --rename, or by a comment `-- @renamed OLD` in the schema file.",
	.examples = "    limbeck revision -m \"add phone to users\"\n"
		"    limbeck revision --autogenerate -m \"phones\" --rename none\n"
		"    limbeck revision -m \"accounts\" --head base --branch-label accounts\n",
	.options = options,
	.words = "no other arguments",
	.run = run
};
