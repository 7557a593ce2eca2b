/* SPDX-License-Identifier: BSD-2-Clause */
/* limbeck.ini as read: its sections and entries, all keys known, none twice;
 * values as written. */
#ifndef CONFIG_SETTINGS_H
#define CONFIG_SETTINGS_H

#include "base/arena.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "config/ini.h"

struct settings {
	struct arena *arena;  /* strings, entries */
	const char *shown;    /* the file's name in errors; NULL: there is no file */
	struct strbuf text;
	struct map sections;  /* name -> struct settings_section */
};

struct settings_section {
	const struct ini_entry *head;
	struct map keys;      /* name -> struct ini_entry */
};

void settings_init(struct settings *settings, struct arena *arena);
int settings_read(struct settings *settings, const char *path, const char *shown,
	struct limbeck_error *err);
void settings_release(struct settings *settings);

const struct ini_entry *settings_find(const struct settings *settings, const char *section,
	const char *key);
/* Puts the place of an entry's value, from its byte at offset, into err. The
 * line itself is shown with `shown` only: it may hold a secret. */
void settings_place(const struct settings *settings, const struct ini_entry *entry, size_t offset,
	bool shown, struct limbeck_error *err);

#endif
