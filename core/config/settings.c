/* SPDX-License-Identifier: BSD-2-Clause */
#include "config/settings.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/suggest.h"
#include "config/option.h"

enum { FILE_LARGEST = 64 << 20 };

void settings_init(struct settings *settings, struct arena *arena)
{
	memset(settings, 0, sizeof *settings);
	settings->arena = arena;
	strbuf_init(&settings->text);
}

void settings_release(struct settings *settings)
{
	struct settings_section *section;

	for (struct map_entry *e = NULL; (e = map_next(&settings->sections, e));) {
		section = map_entry_value(e);
		map_release(&section->keys);
	}
	map_release(&settings->sections);
	strbuf_release(&settings->text);
}

/* The place of a key or a section's head, and its line up to the "=": what
 * follows may be a secret. */
static int place_key(const struct settings *settings, const struct ini_entry *entry,
	struct limbeck_error *err)
{
	size_t length, shown;
	const char *line = ini_source(settings->text.buf, settings->text.len, entry->line, &length);

	for (shown = 0; entry->key && shown < length && line[shown] != '=' && line[shown] != ':';)
		shown++;
	error_place(err, settings->shown, entry->line, entry->key_column);
	error_source(err, line, entry->key ? shown : length);
	return -1;
}

static int unknown_key(const struct settings *settings, const struct ini_entry *entry,
	const char *table_section, struct limbeck_error *err)
{
	static const char *const sections[] = { OPTION_MAIN_SECTION, "post_write_hooks", "alias" };
	const char *nearest = option_nearest(settings->arena, table_section, entry->key);
	const char *section = suggest_nearest(entry->section, sections,
		sizeof sections / sizeof *sections);

	error_set(err, LIMBECK_E_CONFIG, "unknown key \"%s\" in section [%s]", entry->key,
		entry->section);
	if (nearest)
		error_hint(err, "Did you mean \"%s\"?", nearest);
	else if (section && strcmp(section, entry->section) != 0)
		error_hint(err, "Did you mean section [%s]?", section);
	else
		error_hint(err, "`man limbeck.ini` lists the keys.");
	return place_key(settings, entry, err);
}

static int add_section(struct settings *settings, struct ini_entry *head,
	struct limbeck_error *err)
{
	struct settings_section *section = map_get(&settings->sections, head->section);

	if (!section) {
		section = arena_alloc(settings->arena, sizeof *section);
		if (!section || !map_put(&settings->sections, head->section, section))
			return error_nomem(err);
		section->head = head;
		return 0;
	}
	error_set(err, LIMBECK_E_CONFIG, "section [%s] appears a second time", head->section);
	error_hint(err, "The first is on line %u; put all of its keys there.", section->head->line);
	return place_key(settings, head, err);
}

static int add_entry(struct settings *settings, struct ini_entry *entry,
	struct limbeck_error *err)
{
	const char *table_section =
		option_has_section(entry->section) ? entry->section : OPTION_MAIN_SECTION;
	struct settings_section *section = map_get(&settings->sections, entry->section);
	const struct ini_entry *first;

	if (!option_find(table_section, entry->key))
		return unknown_key(settings, entry, table_section, err);
	first = map_get(&section->keys, entry->key);
	if (!first)
		return map_put(&section->keys, entry->key, entry) ? 0 : error_nomem(err);
	error_set(err, LIMBECK_E_CONFIG, "key \"%s\" appears a second time in section [%s]",
		entry->key, entry->section);
	error_hint(err, "The first is on line %u; remove one of them.", first->line);
	return place_key(settings, entry, err);
}

static int take(void *data, const struct ini_entry *entry, struct limbeck_error *err)
{
	struct settings *settings = data;
	struct ini_entry *copy = arena_alloc(settings->arena, sizeof *copy);

	if (!copy)
		return error_nomem(err);
	*copy = *entry;
	return copy->key ? add_entry(settings, copy, err) : add_section(settings, copy, err);
}

/* Without [limbeck], one whose name is nearly that is a slip that would leave
 * all its keys unread. */
static int check_main(const struct settings *settings, struct limbeck_error *err)
{
	static const char *const names[] = { OPTION_MAIN_SECTION };

	if (map_get(&settings->sections, OPTION_MAIN_SECTION))
		return 0;
	for (struct map_entry *e = NULL; (e = map_next(&settings->sections, e));) {
		const struct settings_section *section = map_entry_value(e);

		if (!suggest_nearest(map_entry_key(e), names, 1))
			continue;
		error_set(err, LIMBECK_E_CONFIG, "there is no section [" OPTION_MAIN_SECTION
			"], but one called [%s]", section->head->section);
		error_hint(err, "Did you mean [" OPTION_MAIN_SECTION "]?");
		return place_key(settings, section->head, err);
	}
	return 0;
}

int settings_read(struct settings *settings, const char *path, const char *shown,
	struct limbeck_error *err)
{
	settings->shown = shown;
	if (file_read(path, FILE_LARGEST, &settings->text, err) < 0)
		return -1;
	if (ini_parse(settings->arena, settings->text.buf, settings->text.len, shown, take,
		    settings, err) < 0)
		return -1;
	return check_main(settings, err);
}

const struct ini_entry *settings_find(const struct settings *settings, const char *section,
	const char *key)
{
	const struct settings_section *found = map_get(&settings->sections, section);

	return found ? map_get(&found->keys, key) : NULL;
}

void settings_place(const struct settings *settings, const struct ini_entry *entry, size_t offset,
	bool shown, struct limbeck_error *err)
{
	unsigned line, column;
	size_t length;
	const char *source;

	ini_place(entry, offset, &line, &column);
	error_place(err, settings->shown, line, column);
	if (!shown)
		return;
	source = ini_source(settings->text.buf, settings->text.len, line, &length);
	error_source(err, source, length);
}
