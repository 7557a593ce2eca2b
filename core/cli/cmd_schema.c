/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/objects.h"
#include "cli/text.h"

static const struct option_spec options[] = {
	{ OPTION_OF, 0, "of", "SCHEMA",
	  "dump, show: a database URL, an SQL file, a revision, or schema; else the database" },
	{ OPTION_SPLIT, 0, "split", "DIR",
	  "dump: into files in DIR, one for each table, view and other object" },
	{ OPTION_FORCE, 0, "force", NULL,
	  "apply: create what is missing in a database that is not empty" },
	{ OPTION_END, 0, NULL, NULL, NULL }
};

struct dump {
	struct cli *cli;
	const char *directory; /* NULL: to standard output, or into JSON */
	FILE *file;            /* the one that is being written */
	char *name;            /* its name */
	json_t *names;         /* of all files */
	char *text;            /* with --json and no directory */
	size_t size;
	struct limbeck_error *err;
	int rc;
};

/* Makes the folders on the way to path. */
static int make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0777) < 0 && errno != EEXIST)
			return -1;
		*slash = '/';
	}
	return 0;
}

static int fail_write(struct dump *dump)
{
	cli_fail(dump->err, LIMBECK_E_IO, "%s can't be written: %s",
		dump->name ? dump->name : "the dump", strerror(errno));
	return dump->rc = -1;
}

static int close_file(struct dump *dump)
{
	FILE *file = dump->file;

	/* Standard output, and the text for JSON, stay open. */
	if (!file || !dump->directory)
		return 0;
	dump->file = NULL;
	return fclose(file) == 0 ? 0 : fail_write(dump);
}

static int open_file(struct dump *dump, const char *name)
{
	size_t size = strlen(dump->directory) + strlen(name) + 2;
	char *path = malloc(size);

	if (close_file(dump) < 0 || !path) {
		free(path);
		return dump->rc = dump->rc < 0 ? -1 : cli_nomem(dump->err);
	}
	snprintf(path, size, "%s/%s", dump->directory, name);
	free(dump->name);
	dump->name = path;
	json_array_append_new(dump->names, json_text(path));
	dump->file = make_folders(path) < 0 ? NULL : fopen(path, "w");
	return dump->file ? 0 : fail_write(dump);
}

static int on_text(void *data, const char *file, const char *text, size_t length)
{
	struct dump *dump = data;
	const char *open = dump->name ? dump->name + strlen(dump->directory) + 1 : NULL;

	if (dump->directory && file && (!open || strcmp(open, file) != 0) &&
	    open_file(dump, file) < 0)
		return -1;
	if (fwrite(text, 1, length, dump->file) != length)
		return fail_write(dump);
	return 0;
}

static int dump_answer(struct dump *dump, struct limbeck_error *err)
{
	struct cli *cli = dump->cli;

	if (cli->json && dump->directory)
		return json_answer(cli, json_pack("{s:O}", "files", dump->names), err);
	if (cli->json) {
		if (fflush(dump->file) != 0)
			return cli_nomem(err);
		return json_answer(cli, json_pack("{s:o}", "sql", json_text(dump->text)), err);
	}
	if (dump->directory)
		cli_say(cli, "%zu files were written to %s.", json_array_size(dump->names),
			dump->directory);
	return 0;
}

static int run_dump(struct cli *cli, struct limbeck_error *err)
{
	struct dump dump = {
		.cli = cli, .directory = arguments_value(&cli->args, OPTION_SPLIT), .err = err,
		.names = json_array()
	};
	int rc;

	if (!dump.directory)
		dump.file = cli->json ? open_memstream(&dump.text, &dump.size) :
			cli->output.out.file;
	if (!dump.names || (!dump.directory && !dump.file))
		rc = cli_nomem(err);
	else
		rc = limbeck_schema_dump(cli->lb, arguments_value(&cli->args, OPTION_OF),
			dump.directory ? LIMBECK_SCHEMA_SPLIT : 0U, on_text, &dump, err);
	if (rc == 0)
		rc = dump.rc;
	if (rc == 0)
		rc = close_file(&dump) < 0 ? -1 : 0;
	if (rc == 0)
		rc = dump_answer(&dump, err);
	if (dump.file && (dump.directory || cli->json))
		fclose(dump.file);
	free(dump.name);
	free(dump.text);
	json_decref(dump.names);
	return rc;
}

static int run_show(struct cli *cli, struct limbeck_error *err)
{
	struct objects objects;
	int rc;

	objects_init(&objects, cli, err);
	rc = objects.rc;
	if (rc == 0)
		rc = limbeck_schema_objects(cli->lb, arguments_value(&cli->args, OPTION_OF),
			cli->args.words + 1, cli->args.word_count - 1, objects_add, &objects, err);
	if (rc == 0)
		rc = objects_finish(&objects);
	objects_release(&objects);
	return rc;
}

struct applied {
	struct cli *cli;
	json_t *stamped;
};

static void on_report(void *data, const char *action, const char *what)
{
	struct applied *applied = data;

	if (strcmp(action, "Stamping") == 0)
		json_array_append_new(applied->stamped, json_text(what));
	cli_say(applied->cli, "%s %s", action, what);
}

static int run_apply(struct cli *cli, struct limbeck_error *err)
{
	struct applied applied = { .cli = cli, .stamped = json_array() };
	unsigned flags = arguments_count(&cli->args, OPTION_FORCE) > 0 ?
		(unsigned)LIMBECK_SCHEMA_FORCE : 0U;
	int rc = applied.stamped ? limbeck_schema_apply(cli->lb, flags, on_report, &applied, err) :
		cli_nomem(err);

	if (rc == 0 && cli->json)
		rc = json_answer(cli, json_pack("{s:O}", "stamped", applied.stamped), err);
	json_decref(applied.stamped);
	return rc;
}

static const struct action {
	const char *name;
	int (*run)(struct cli *cli, struct limbeck_error *err);
	size_t words_max;
} actions[] = {
	{ "dump", run_dump, 1 },
	{ "show", run_show, SIZE_MAX },
	{ "apply", run_apply, 1 }
};

/* An option of another action is a mistake. */
static int check_options(const struct cli *cli, const char *name, struct limbeck_error *err)
{
	bool apply = strcmp(name, "apply") == 0;

	if (arguments_count(&cli->args, OPTION_SPLIT) > 0 && strcmp(name, "dump") != 0)
		return cli_fail(err, LIMBECK_E_USAGE, "--split is for schema dump");
	if (arguments_count(&cli->args, OPTION_FORCE) > 0 && !apply)
		return cli_fail(err, LIMBECK_E_USAGE, "--force is for schema apply");
	if (arguments_count(&cli->args, OPTION_OF) > 0 && apply)
		return cli_fail(err, LIMBECK_E_USAGE, "--of is for schema dump and schema show");
	return 0;
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	const char *name = cli->args.words[0];
	const struct action *action = NULL;

	for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
		if (strcmp(actions[i].name, name) == 0)
			action = &actions[i];
	if (!action) {
		cli_fail(err, LIMBECK_E_USAGE, "schema does not know \"%s\"", name);
		cli_hint(err, "Write `limbeck schema dump`, `schema show` or `schema apply`.");
		return -1;
	}
	if (cli->args.word_count > action->words_max)
		return cli_fail(err, LIMBECK_E_USAGE, "schema %s does not know what to do with \"%s\"",
			name, cli->args.words[action->words_max]);
	if (check_options(cli, name, err) < 0 || cli_open(cli, true, err) < 0)
		return -1;
	return action->run(cli, err);
}

const struct command cmd_schema = {
	.name = "schema",
	.summary = "print a schema, or make the desired one",
	.usage = "dump|show|apply [OPTION]... [NAME]...",
	.about = "`schema dump` prints the DDL of the database, always the same for the same schema, "
		"and needs no other program. `schema show` prints tables with their columns and "
		"keys, and the other objects, for people to read; NAMEs narrow it down. `schema "
		"apply` creates the desired schema (schema in limbeck.ini) in an empty database and "
		"stamps it with the heads, which is the quick way to a development database; where "
		"there is something already it refuses, but for --force, with which it creates what "
		"is missing and drops nothing.",
	.examples = "    limbeck schema dump > schema.sql\n"
		"    limbeck schema show users\n"
		"    limbeck schema dump --of head --split tables\n",
	.options = options,
	.words = "dump, show or apply",
	.words_min = 1,
	.words_max = SIZE_MAX,
	.run = run
};
