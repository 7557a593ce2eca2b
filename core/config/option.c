/* SPDX-License-Identifier: BSD-2-Clause */
#include "config/option.h"

#include <string.h>

#include "base/suggest.h"
#include "base/vec.h"

static const char *const separators[] = { "os", "space", "newline", ":", ";", NULL };
static const char *const error_or_skip[] = { "error", "skip", NULL };
static const char *const error_or_warn[] = { "error", "warn", NULL };

#define MAIN OPTION_MAIN_SECTION

const struct option option_table[] = {
	{ MAIN, "script_location", OPTION_PATH, "migrations", NULL,
	  "The folder of the project's migrations." },
	{ MAIN, "version_locations", OPTION_PATHS, NULL, NULL,
	  "The folders of the revision files. Default: versions in script_location." },
	{ MAIN, "path_separator", OPTION_CHOICE, NULL, separators,
	  "What separates the folders of version_locations; os is a colon. "
	  "Default: blanks and line ends." },
	{ MAIN, "recursive_version_locations", OPTION_BOOLEAN, "false", NULL,
	  "Whether folders inside of version_locations hold revision files too." },
	{ MAIN, "file_template", OPTION_TEXT, "%(rev)s_%(slug)s", NULL,
	  "The name of a new revision file, without .sql. Tokens: %(rev)s %(slug)s %(year)d "
	  "%(month).2d %(day).2d %(hour).2d %(minute).2d %(second).2d %(epoch)s %(seq)04d." },
	{ MAIN, "truncate_slug_length", OPTION_INTEGER, "40", NULL,
	  "How many characters of the message %(slug)s takes." },
	{ MAIN, "timezone", OPTION_TEXT, "", NULL,
	  "The time zone of @created and of file names: utc, local, or a name such as "
	  "Europe/Berlin. Default: local." },
	{ MAIN, "url", OPTION_URL, "sqlite:///limbeck.db", NULL,
	  "The database. -u and LIMBECK_URL go before it, DATABASE_URL after it." },
	{ MAIN, "version_table", OPTION_TEXT, "limbeck_version", NULL,
	  "The table that holds the revisions the database is at." },
	{ MAIN, "version_table_schema", OPTION_TEXT, NULL, NULL,
	  "The schema of that table. Default: the connection's own." },
	{ MAIN, "transaction_per_migration", OPTION_BOOLEAN, "true", NULL,
	  "Whether each revision has a transaction of its own; false puts a whole run in one." },
	{ MAIN, "dialect", OPTION_TEXT, NULL, NULL,
	  "The dialect of SQL of the revision files. Default: that of the connected engine." },
	{ MAIN, "schema", OPTION_TEXT, NULL, NULL,
	  "The desired schema: patterns of SQL files, a database URL, or exec:COMMAND, "
	  "which prints DDL." },
	{ MAIN, "schemas", OPTION_LIST, NULL, NULL,
	  "The schemas that are managed. Default: all but the system's and extensions'." },
	{ MAIN, "scratch_url", OPTION_URL, NULL, NULL,
	  "A database where schemas may be loaded to be compared, and dropped again." },
	{ MAIN, "cache", OPTION_BOOLEAN, "true", NULL,
	  "Whether it is kept, in the user's cache folder, what a large desired schema "
	  "became when it was loaded." },
	{ MAIN, "exclude", OPTION_LIST, NULL, NULL,
	  "Patterns of tables and other objects that are not managed." },
	{ MAIN, "naming.ix", OPTION_TEXT, NULL, NULL,
	  "The name of an index, such as ix_{table}_{columns}." },
	{ MAIN, "naming.uq", OPTION_TEXT, NULL, NULL, "The name of a unique constraint." },
	{ MAIN, "naming.ck", OPTION_TEXT, NULL, NULL, "The name of a check constraint." },
	{ MAIN, "naming.fk", OPTION_TEXT, NULL, NULL, "The name of a foreign key." },
	{ MAIN, "naming.pk", OPTION_TEXT, NULL, NULL, "The name of a primary key." },
	{ MAIN, "lock_timeout", OPTION_DURATION, "60s", NULL,
	  "How long a run waits for another one to end." },
	{ MAIN, "ddl_lock_timeout", OPTION_DURATION, "5s", NULL,
	  "How long a statement of a revision waits for a lock before it is tried again; "
	  "0: as long as the server lets it." },
	{ MAIN, "ddl_lock_limit", OPTION_DURATION, "2min", NULL,
	  "How long it is tried again before the revision fails." },
	{ MAIN, "statement_timeout", OPTION_DURATION, NULL, NULL,
	  "How long a statement may run. Default: as the server has it." },
	{ MAIN, "untranslatable", OPTION_CHOICE, "error", error_or_skip,
	  "What becomes of a statement that the connected engine has no counterpart for." },
	{ MAIN, "edited", OPTION_CHOICE, "error", error_or_warn,
	  "What an applied revision file that was changed afterwards is." },
	{ MAIN, "driver_path", OPTION_SEARCH, NULL, NULL,
	  "Folders of drivers, separated by colons. --driver-path and LIMBECK_DRIVER_PATH go "
	  "before it, the installed drivers' folder after it." },
	{ "post_write_hooks", "hooks", OPTION_TEXT, NULL, NULL,
	  "The commands that run on a new revision file, by name." },
	{ "post_write_hooks", "*.type", OPTION_TEXT, NULL, NULL,
	  "What kind of command the hook is: exec." },
	{ "post_write_hooks", "*.executable", OPTION_TEXT, NULL, NULL, "The hook's program." },
	{ "post_write_hooks", "*.options", OPTION_TEXT, NULL, NULL,
	  "Its arguments; REVISION_SCRIPT_FILENAME stands for the file." },
	{ "post_write_hooks", "*.cwd", OPTION_TEXT, NULL, NULL, "The folder it runs in." },
	{ "post_write_hooks", "*.entrypoint", OPTION_TEXT, NULL, NULL,
	  "The hook's program, under the name that Alembic has for it." },
	{ "alias", "*", OPTION_TEXT, NULL, NULL,
	  "A command of your own: NAME = COMMAND and its options." },
};

const size_t option_count = sizeof option_table / sizeof *option_table;

static bool matches(const char *pattern, const char *name)
{
	size_t rest, length = strlen(name);

	if (pattern[0] != '*')
		return strcmp(pattern, name) == 0;
	rest = strlen(pattern + 1);
	return length > rest && strcmp(name + length - rest, pattern + 1) == 0;
}

const struct option *option_find(const char *section, const char *name)
{
	for (size_t i = 0; i < option_count; i++) {
		const struct option *option = &option_table[i];

		if (strcmp(option->section, section) == 0 && matches(option->name, name))
			return option;
	}
	return NULL;
}

bool option_has_section(const char *section)
{
	for (size_t i = 0; i < option_count; i++) {
		if (strcmp(option_table[i].section, section) == 0)
			return true;
	}
	return false;
}

/* A name that the option could have: "*.type" is "black.type" beside
 * "black.tpye", and nothing beside a name without a dot. */
static const char *possible_name(struct arena *arena, const struct option *option,
	const char *dot, const char *name)
{
	if (option->name[0] != '*')
		return option->name;
	if (!dot || option->name[1] != '.')
		return NULL;
	return arena_printf(arena, "%.*s%s", (int)(dot - name), name, option->name + 1);
}

const char *option_nearest(struct arena *arena, const char *section, const char *name)
{
	VEC(const char *) names = VEC_INIT;
	const char *dot = strrchr(name, '.'), *nearest;

	for (size_t i = 0; i < option_count; i++) {
		const char *possible = NULL;

		if (strcmp(option_table[i].section, section) == 0)
			possible = possible_name(arena, &option_table[i], dot, name);
		if (possible && !vec_push_arena(&names, possible, arena))
			return NULL;
	}
	nearest = suggest_nearest(name, names.items, names.count);
	if (!nearest && dot) /* sqlalchemy.url */
		nearest = suggest_nearest(dot + 1, names.items, names.count);
	return nearest;
}
