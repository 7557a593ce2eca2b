/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keys of limbeck.ini as one table: name, type, default, help. The parser
 * and the manual come from it.
 */
#ifndef CONFIG_OPTION_H
#define CONFIG_OPTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum option_type {
	OPTION_TEXT,
	OPTION_PATH,      /* relative ones start at the configuration's folder */
	OPTION_PATHS,     /* several, separated as path_separator says */
	OPTION_SEARCH,    /* several folders, separated by ':' */
	OPTION_LIST,      /* names or patterns, separated by blanks or commas */
	OPTION_BOOLEAN,   /* true/false, yes/no, on/off, 1/0 */
	OPTION_INTEGER,
	OPTION_DURATION,  /* 500ms, 5s, 2min; a bare number is seconds */
	OPTION_CHOICE,    /* one of choices */
	OPTION_URL
};

struct option {
	const char *section;       /* "limbeck", or the section of its own */
	const char *name;          /* a '*' at its front stands for any name: "*.type" */
	enum option_type type;
	const char *standard;      /* default as text, NULL when there is none */
	const char *const *choices;/* NULL-ended, for OPTION_CHOICE */
	const char *help;          /* one or two sentences */
};

/* The section whose keys every section has that is not in the table. */
#define OPTION_MAIN_SECTION "limbeck"

extern const struct option option_table[];
extern const size_t option_count;

/* The option of that section and name, or NULL. */
const struct option *option_find(const char *section, const char *name);
/* Whether keys of that section stand in the table. */
bool option_has_section(const char *section);
/* The name in that section nearest to one that does not exist, or NULL. */
const char *option_nearest(struct arena *arena, const char *section, const char *name);

#endif
