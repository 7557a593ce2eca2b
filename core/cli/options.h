/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading a command line by tables of options. Long names may be cut short as
 * long as they are unique; short flags may be run together; "-1" and the like
 * are words, since revisions are named so.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include <limbeck/error.h>

enum option_id {
	OPTION_END, /* ends a table */
	OPTION_CONFIG,
	OPTION_NAME,
	OPTION_URL,
	OPTION_VARIABLE,
	OPTION_QUIET,
	OPTION_VERBOSE,
	OPTION_JSON,
	OPTION_COLOR,
	OPTION_NO_PROGRESS,
	OPTION_DRIVER_PATH,
	OPTION_VERSION,
	OPTION_HELP,
	OPTION_TEMPLATE,
	OPTION_MESSAGE,
	OPTION_HEAD,
	OPTION_SPLICE,
	OPTION_BRANCH_LABEL,
	OPTION_VERSION_PATH,
	OPTION_REV_ID,
	OPTION_DEPENDS_ON,
	OPTION_SQL,
	OPTION_SINGLE_TRANSACTION,
	OPTION_PURGE,
	OPTION_FORCE,
	OPTION_FORGET,
	OPTION_ONTO,
	OPTION_YES,
	OPTION_LONG,
	OPTION_CHECK_HEADS,
	OPTION_CHECK,
	OPTION_GRAPH,
	OPTION_DOWNGRADE,
	OPTION_HEADERS_ONLY,
	OPTION_RANGE,
	OPTION_INDICATE_CURRENT,
	OPTION_RESOLVE_DEPENDENCIES,
	OPTION_LIMIT,
	OPTION_RETRY,
	OPTION_SKIP,
	OPTION_BACKUP,
	OPTION_DONE,
	OPTION_AUTOGENERATE,
	OPTION_RENAME,
	OPTION_AGAINST_MIGRATIONS,
	OPTION_SPLIT,
	OPTION_OF,
	OPTION_VERIFY,
	OPTION_ACCEPT,
	OPTION_TO,
	OPTION_FROM
};

struct option_spec {
	enum option_id id;
	char letter;          /* 0: none */
	const char *name;     /* long name without "--", NULL: none */
	const char *argument; /* what it takes, for the help; NULL: nothing */
	const char *help;
};

struct argument {
	enum option_id id;
	const char *value; /* NULL where the option takes none */
};

/* What was given. The texts are those of the line that was parsed. */
struct arguments {
	struct argument *given;
	size_t given_count;
	const char **words;
	size_t word_count;
};

/* Reads line, NULL at the end, by two tables, the first of which comes first
 * where both have an option; either may be NULL. Adds to args. With at_word it
 * stops at the first word. *used, which may be NULL, is how many elements of
 * the line were read. */
int arguments_parse(struct arguments *args, const char *const *line,
	const struct option_spec *own, const struct option_spec *global, bool at_word,
	size_t *used, struct limbeck_error *err);
void arguments_release(struct arguments *args);

/* How often the option was given. */
size_t arguments_count(const struct arguments *args, enum option_id id);
/* Its last value, NULL when it was not given. */
const char *arguments_value(const struct arguments *args, enum option_id id);

#endif
