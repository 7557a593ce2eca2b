/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The configuration as used: limbeck.ini, its sections, the environment and
 * the options of the command line, put together and checked. The only room
 * that reads the environment.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/map.h"
#include <limbeck/driver.h>
#include <limbeck/limbeck.h>

struct config {
	struct arena arena;
	const char *file;            /* as it may be shown; NULL: no file was found */
	const char *folder;          /* absolute: the file's, or the current one */
	const char *cwd;             /* absolute */
	/* "key" or "section.key" -> text as used, defaults included; that of a URL
	 * is as it may be shown, without its password. */
	struct map values;

	/* The values that core looks at, typed. Paths are absolute. */
	const char *script_location;
	const char *const *version_locations;
	size_t version_location_count;
	bool recursive;
	const char *file_template;
	long truncate_slug_length;
	const char *timezone;        /* "", "utc", "local" or an IANA name */
	const char *version_table;
	const char *version_table_schema; /* NULL: none */
	bool transaction_per_migration;
	const char *dialect;         /* NULL: the connected engine's own */
	bool edited_is_error;
	bool untranslatable_is_error;
	const char *const *schemas;  /* that are managed; none given: all */
	size_t schema_count;
	const char *const *exclude;  /* patterns of what is not managed */
	size_t exclude_count;
	double lock_timeout;         /* seconds; how long to wait for limbeck's own run lock */
	double ddl_lock_timeout;     /* seconds; that a statement may wait for a lock; 0: no limit */
	double ddl_lock_limit;       /* seconds; in which it is tried again */
	double statement_timeout;    /* seconds; 0: as the server has it */
	const char *cache_folder;    /* NULL: nothing is kept */
	const char *driver_path;     /* all parts in order of search, separated by ':' */
	const char *template_path;   /* where init's templates are */
	struct limbeck_url url;
	const char *url_shown;
	/* Where it came from: "-u", "LIMBECK_URL", "limbeck.ini:3", "DATABASE_URL",
	 * or "the default". */
	const char *url_from;
	const struct limbeck_url *scratch_url; /* NULL: none */
};

/* Reads everything; see limbeck_options. A missing limbeck.ini is an error
 * (with a hint at `limbeck init`) unless need_file is false. builtin_drivers
 * (may be NULL) and builtin_templates (may not) end the search paths. On
 * failure there is nothing to release, though config_release() does no harm. */
int config_load(struct config *config, const struct limbeck_options *options, bool need_file,
	const char *builtin_drivers, const char *builtin_templates, struct limbeck_error *err);
void config_release(struct config *config);

/* The text of "key" (section [limbeck] or the one chosen) or "section.key";
 * NULL when there is none. */
const char *config_get(const struct config *config, const char *key);
/* A variable of the environment, NULL when unset or empty: for rooms above that
 * need one (EDITOR, HOME, USER). */
const char *config_environment(const char *name);

#endif
