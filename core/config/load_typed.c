/* SPDX-License-Identifier: BSD-2-Clause */
/* The typed members of struct config, from its texts. */
#include "config/load.h"

#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "config/option.h"
#include "config/value.h"

static int take_boolean(struct load *load, const char *key, bool *out)
{
	if (value_boolean(config_get(load->config, key), out))
		return 0;
	return load_fail_value(load, key, "true or false");
}

static int take_duration(struct load *load, const char *key, double *out)
{
	const char *text = config_get(load->config, key);

	if (!text || value_duration(text, out))
		return 0;
	return load_fail_value(load, key, "a time such as 500ms, 5s or 2min");
}

static int take_list(struct load *load, const char *key, const char *const **out, size_t *count)
{
	const char *text = config_get(load->config, key);

	if (!text || value_split(&load->config->arena, text, ", \t\r\n", out, count))
		return 0;
	return error_nomem(load->err);
}

/* Which of the key's choices was made; NULL, with no error, when none was. */
static int take_choice(struct load *load, const char *key, const char **out)
{
	const char *const *choices = option_find(OPTION_MAIN_SECTION, key)->choices;
	const char *text = config_get(load->config, key);
	struct strbuf all = STRBUF_INIT;

	*out = text;
	if (!text)
		return 0;
	for (size_t i = 0; choices[i]; i++) {
		if (strcmp(text, choices[i]) == 0)
			return 0;
	}
	for (size_t i = 0; choices[i]; i++)
		strbuf_addf(&all, "%s%s", i ? ", " : "one of ", choices[i]);
	load_fail_value(load, key, all.buf);
	strbuf_release(&all);
	return -1;
}

static int take_slug_length(struct load *load)
{
	static const char key[] = "truncate_slug_length";
	struct config *config = load->config;

	if (value_integer(config_get(config, key), 1, 200, &config->truncate_slug_length))
		return 0;
	return load_fail_value(load, key, "a number from 1 to 200");
}

static void take_timezone(struct load *load)
{
	const char *text = config_get(load->config, "timezone");

	if (strcasecmp(text, "utc") == 0)
		text = "utc";
	else if (strcasecmp(text, "local") == 0)
		text = "local";
	load->config->timezone = text;
}

/* What path_separator stands for. */
static const char *separator_characters(const char *name)
{
	if (!name || strcmp(name, "space") == 0)
		return " \t\r\n";
	if (strcmp(name, "newline") == 0)
		return "\n";
	return strcmp(name, ";") == 0 ? ";" : ":";
}

/* As version_locations are in the file; by default the one in script_location. */
static int take_locations(struct load *load)
{
	struct config *config = load->config;
	const char *text = config_get(config, "version_locations"), *separator;
	const char *const *parts;
	const char **paths;
	size_t count;

	if (take_choice(load, "path_separator", &separator) < 0)
		return -1;
	if (!text) {
		text = arena_printf(&config->arena, "%s/versions",
			config_get(config, "script_location"));
		if (!text || !load_put(load, "version_locations", text))
			return error_nomem(load->err);
		separator = "newline"; /* the one folder may have blanks in its name */
	}
	if (!value_split(&config->arena, text, separator_characters(separator), &parts, &count))
		return error_nomem(load->err);
	if (!count)
		return load_fail_value(load, "version_locations", "one folder or more");
	paths = arena_array(&config->arena, count, sizeof *paths);
	for (size_t i = 0; paths && i < count; i++) {
		paths[i] = path_join(&config->arena, config->folder, parts[i]);
		if (!paths[i])
			return error_nomem(load->err);
	}
	config->version_locations = paths;
	config->version_location_count = count;
	return paths ? 0 : error_nomem(load->err);
}

static int take_texts(struct load *load)
{
	struct config *config = load->config;

	config->script_location = path_join(&config->arena, config->folder,
		config_get(config, "script_location"));
	config->file_template = config_get(config, "file_template");
	config->version_table = config_get(config, "version_table");
	config->version_table_schema = config_get(config, "version_table_schema");
	config->dialect = config_get(config, "dialect");
	return config->script_location ? 0 : error_nomem(load->err);
}

static int take_flags(struct load *load)
{
	struct config *config = load->config;
	const char *edited, *untranslatable;

	if (take_boolean(load, "recursive_version_locations", &config->recursive) < 0 ||
	    take_boolean(load, "transaction_per_migration",
		    &config->transaction_per_migration) < 0 ||
	    take_choice(load, "edited", &edited) < 0 ||
	    take_choice(load, "untranslatable", &untranslatable) < 0)
		return -1;
	config->edited_is_error = strcmp(edited, "error") == 0;
	config->untranslatable_is_error = strcmp(untranslatable, "error") == 0;
	return 0;
}

/* By the specification of base directories a relative path there means nothing. */
static int take_cache(struct load *load)
{
	struct config *config = load->config;
	const char *folder = config_environment("XDG_CACHE_HOME");
	const char *home = config_environment("HOME");
	bool wanted;

	if (take_boolean(load, "cache", &wanted) < 0)
		return -1;
	if (folder && path_is_absolute(folder))
		home = NULL;
	else
		folder = NULL;
	if (!wanted || (!folder && !(home && path_is_absolute(home))))
		return 0;
	config->cache_folder = arena_printf(&config->arena, folder ? "%s/limbeck"
		: "%s/.cache/limbeck", folder ? folder : home);
	return config->cache_folder ? 0 : error_nomem(load->err);
}

int load_typed(struct load *load)
{
	struct config *config = load->config;

	if (take_texts(load) < 0 || take_locations(load) < 0 || take_flags(load) < 0 ||
	    take_slug_length(load) < 0 || take_cache(load) < 0 ||
	    take_duration(load, "lock_timeout", &config->lock_timeout) < 0 ||
	    take_duration(load, "ddl_lock_timeout", &config->ddl_lock_timeout) < 0 ||
	    take_duration(load, "ddl_lock_limit", &config->ddl_lock_limit) < 0 ||
	    take_duration(load, "statement_timeout", &config->statement_timeout) < 0 ||
	    take_list(load, "schemas", &config->schemas, &config->schema_count) < 0 ||
	    take_list(load, "exclude", &config->exclude, &config->exclude_count) < 0)
		return -1;
	take_timezone(load);
	return 0;
}
