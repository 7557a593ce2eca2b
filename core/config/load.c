/* SPDX-License-Identifier: BSD-2-Clause */
#include "config/load.h"

#include <string.h>

#include "base/error.h"
#include "config/option.h"

const struct ini_entry *load_entry(const struct load *load, const char *key)
{
	const struct ini_entry *entry = settings_find(&load->settings, load->section, key);

	return entry ? entry : settings_find(&load->settings, OPTION_MAIN_SECTION, key);
}

char *load_expand(struct load *load, const struct ini_entry *entry)
{
	struct arena *arena = &load->config->arena;
	size_t offset;
	char *text;

	text = expand_text(arena, &load->expansion, entry->value, &offset, load->err);
	if (!text && !error_is(load->err, LIMBECK_E_NOMEM))
		settings_place(&load->settings, entry, offset, false, load->err);
	return text;
}

bool load_put(struct load *load, const char *key, const char *text)
{
	char *copy = arena_strdup(&load->config->arena, text);

	return copy && map_put(&load->config->values, key, copy);
}

int load_fail_value(struct load *load, const char *key, const char *needs)
{
	const struct ini_entry *entry = load_entry(load, key);

	error_set(load->err, LIMBECK_E_CONFIG, "bad value of \"%s\"", key);
	error_hint(load->err, "It must be %s.", needs);
	if (entry)
		settings_place(&load->settings, entry, 0, true, load->err);
	return -1;
}

static int load_option(struct load *load, const struct option *option)
{
	const struct ini_entry *entry = load_entry(load, option->name);
	const char *text = option->standard;

	if (entry) {
		text = load_expand(load, entry);
		if (!text)
			return -1;
		if (!text[0] && option->standard && option->standard[0])
			return load_fail_value(load, option->name,
				"given, or the line be left out");
		if (!text[0] && !option->standard)
			return 0;
	}
	if (!text)
		return 0;
	return load_put(load, option->name, text) ? 0 : error_nomem(load->err);
}

/* An entry of a section that has keys of its own: "alias.NAME". */
static int load_named(struct load *load, const struct ini_entry *entry)
{
	const char *name = arena_printf(&load->config->arena, "%s.%s", entry->section, entry->key);
	const char *text = load_expand(load, entry);

	if (!text)
		return -1;
	return name && load_put(load, name, text) ? 0 : error_nomem(load->err);
}

static int load_section(struct load *load, const struct settings_section *section)
{
	for (struct map_entry *e = NULL; (e = map_next(&section->keys, e));) {
		if (load_named(load, map_entry_value(e)) < 0)
			return -1;
	}
	return 0;
}

int load_values(struct load *load)
{
	for (size_t i = 0; i < option_count; i++) {
		const struct option *option = &option_table[i];

		if (strcmp(option->section, OPTION_MAIN_SECTION) == 0 &&
		    option->type != OPTION_URL && load_option(load, option) < 0)
			return -1;
	}
	for (struct map_entry *e = NULL; (e = map_next(&load->settings.sections, e));) {
		const char *name = map_entry_key(e);

		if (strcmp(name, OPTION_MAIN_SECTION) != 0 && option_has_section(name) &&
		    load_section(load, map_entry_value(e)) < 0)
			return -1;
	}
	return 0;
}
