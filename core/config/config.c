/* SPDX-License-Identifier: BSD-2-Clause */
#include "config/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "config/load.h"
#include "config/option.h"
#include "config/value.h"

#ifdef __linux__
#include <sys/auxv.h>
#endif

#define FILE_NAME "limbeck.ini"

const char *config_environment(const char *name)
{
	const char *value = getenv(name);

	return value && value[0] ? value : NULL;
}

/* Whether the program has rights that whoever called it has not: a set-user-ID or
 * set-group-ID bit, or capabilities of the file. */
static bool is_privileged(void)
{
#ifdef AT_SECURE
	if (getauxval(AT_SECURE))
		return true;
#endif
	return getuid() != geteuid() || getgid() != getegid();
}

const char *config_get(const struct config *config, const char *key)
{
	return map_get(&config->values, key);
}

void config_release(struct config *config)
{
	map_release(&config->values);
	arena_release(&config->arena);
	memset(config, 0, sizeof *config);
}

static int find_cwd(struct load *load)
{
	struct strbuf path = STRBUF_INIT;
	const char *found = NULL;
	int result = 0;

	while (!found && strbuf_grow(&path, path.capacity ? path.capacity * 2 : 256)) {
		found = getcwd(path.buf, path.capacity);
		if (!found && errno != ERANGE)
			break;
	}
	if (found)
		load->config->cwd = arena_strdup(&load->config->arena, found);
	else if (!strbuf_failed(&path))
		result = error_errno(load->err, "could not find out the current folder");
	if (result == 0 && !load->config->cwd)
		result = error_nomem(load->err);
	strbuf_release(&path);
	return result;
}

/* limbeck.ini in the current folder or the nearest one above it: its path is
 * *out, NULL when there is none. */
static int search_file(struct load *load, const char **out)
{
	struct arena *arena = &load->config->arena;
	const char *folder = load->config->cwd;

	*out = NULL;
	for (;;) {
		const char *path = path_join(arena, folder, FILE_NAME);

		if (!path)
			return error_nomem(load->err);
		if (file_exists(path)) {
			*out = path;
			return 0;
		}
		if (strcmp(folder, "/") == 0)
			return 0;
		folder = path_dirname(arena, folder);
		if (!folder)
			return error_nomem(load->err);
	}
}

/* *path is absolute, or NULL; *shown is what errors call it. */
static int find_file(struct load *load, const char **path, const char **shown)
{
	const char *named = load->options->config;

	if (!named)
		named = config_environment("LIMBECK_CONFIG");
	if (!named) {
		if (search_file(load, path) < 0)
			return -1;
		*shown = *path ? path_below(load->config->cwd, *path) : NULL;
		return 0;
	}
	*shown = arena_strdup(&load->config->arena, named);
	*path = path_join(&load->config->arena, load->config->cwd, named);
	return *shown && *path ? 0 : error_nomem(load->err);
}

static int read_file(struct load *load, const char *path, const char *shown)
{
	struct config *config = load->config;

	config->file = shown;
	config->folder = path_dirname(&config->arena, path);
	if (!config->folder)
		return error_nomem(load->err);
	if (settings_read(&load->settings, path, shown, load->err) == 0)
		return 0;
	if (error_is(load->err, LIMBECK_E_IO)) {
		load->err->code = LIMBECK_E_CONFIG;
		error_hint(load->err, "It is the configuration file; name another with -c or "
			"LIMBECK_CONFIG, or run `limbeck init` to make one.");
	}
	return -1;
}

static int no_file(struct load *load, bool need_file)
{
	load->config->folder = load->config->cwd;
	if (!need_file)
		return 0;
	error_set(load->err, LIMBECK_E_CONFIG,
		"no " FILE_NAME " in \"%s\" or a folder above it", load->config->cwd);
	error_hint(load->err, "Run `limbeck init` to make one, or name one with -c.");
	return -1;
}

static int unknown_section(struct load *load)
{
	const struct settings *settings = &load->settings;
	struct strbuf names = STRBUF_INIT;

	strbuf_addstr(&names, "[" OPTION_MAIN_SECTION "]");
	for (struct map_entry *e = NULL; (e = map_next(&settings->sections, e));) {
		if (!option_has_section(map_entry_key(e)))
			strbuf_addf(&names, ", [%s]", map_entry_key(e));
	}
	if (settings->shown) {
		error_set(load->err, LIMBECK_E_CONFIG, "no section [%s] to choose with -n",
			load->section);
		error_place(load->err, settings->shown, 0, 0);
		error_hint(load->err, "The sections are %s.", names.buf);
	} else {
		error_set(load->err, LIMBECK_E_CONFIG, "no section [%s]: there is no " FILE_NAME,
			load->section);
		error_hint(load->err, "Run `limbeck init` to make one, or name one with -c.");
	}
	strbuf_release(&names);
	return -1;
}

static int choose_section(struct load *load)
{
	const char *section = load->options->section;

	load->section = section ? section : OPTION_MAIN_SECTION;
	if (strcmp(load->section, OPTION_MAIN_SECTION) == 0)
		return 0;
	if (option_has_section(load->section) || !map_get(&load->settings.sections, load->section))
		return unknown_section(load);
	return 0;
}

/* Adds the folders of text, separated by ':', with relative ones from base. With
 * no base they stay as they are, and the search for drivers skips them. */
static bool add_folders(struct strbuf *out, struct arena *arena, const char *base,
	const char *text)
{
	const char *const *parts;
	size_t count;

	if (!text)
		return true;
	if (!value_split(arena, text, ":", &parts, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *path = base ? path_join(arena, base, parts[i]) : parts[i];

		if (!path)
			return false;
		strbuf_addf(out, "%s%s", out->len ? ":" : "", path);
	}
	return !strbuf_failed(out);
}

/* The folders that whoever calls names. Code from there is run with no other rights
 * than the caller's. */
static bool add_folders_of_caller(const struct load *load, struct strbuf *path)
{
	struct config *config = load->config;
	struct arena *arena = &config->arena;

	return is_privileged() ||
		(add_folders(path, arena, config->cwd, load->options->driver_path) &&
		add_folders(path, arena, NULL, config_environment("LIMBECK_DRIVER_PATH")) &&
		add_folders(path, arena, config->folder, config_get(config, "driver_path")));
}

/* templates is the installed ones' folder. A relative folder in the environment
 * would mean another one in every folder that limbeck is called in. */
static int load_search_paths(struct load *load, const char *drivers, const char *templates)
{
	struct config *config = load->config;
	struct arena *arena = &config->arena;
	const char *own = config_environment("LIMBECK_TEMPLATE_PATH");
	struct strbuf path = STRBUF_INIT;
	bool good;

	good = add_folders_of_caller(load, &path) &&
		add_folders(&path, arena, config->cwd, drivers);
	if (good)
		config->driver_path = arena_strdup(arena, path.buf);
	config->template_path = path_join(arena, config->cwd, own ? own : templates);
	strbuf_release(&path);
	return config->driver_path && config->template_path ? 0 : error_nomem(load->err);
}

static int load_all(struct load *load, bool need_file, const char *drivers,
	const char *templates)
{
	const char *path = NULL, *shown = NULL;

	if (find_cwd(load) < 0 || find_file(load, &path, &shown) < 0)
		return -1;
	if ((path ? read_file(load, path, shown) : no_file(load, need_file)) < 0)
		return -1;
	load->expansion.here = load->config->folder;
	load->expansion.variables = load->options->variables;
	load->expansion.count = load->options->variable_count;
	if (choose_section(load) < 0 || load_values(load) < 0 || load_typed(load) < 0 ||
	    load_urls(load) < 0)
		return -1;
	return load_search_paths(load, drivers, templates);
}

int config_load(struct config *config, const struct limbeck_options *options, bool need_file,
	const char *builtin_drivers, const char *builtin_templates, struct limbeck_error *err)
{
	struct limbeck_error own = LIMBECK_ERROR_INIT;
	struct load load = { .config = config, .options = options, .err = &own };
	int result;

	memset(config, 0, sizeof *config);
	settings_init(&load.settings, &config->arena);
	result = load_all(&load, need_file, builtin_drivers, builtin_templates);
	settings_release(&load.settings);
	if (result < 0) {
		config_release(config);
		error_move(err, &own);
	}
	return result;
}
