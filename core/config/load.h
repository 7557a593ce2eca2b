/* SPDX-License-Identifier: BSD-2-Clause */
/* What config_load() and its helpers share while they work. */
#ifndef CONFIG_LOAD_H
#define CONFIG_LOAD_H

#include <stdbool.h>

#include "config/config.h"
#include "config/expand.h"
#include "config/settings.h"

struct load {
	struct config *config;
	const struct limbeck_options *options;
	const char *section;        /* the chosen one */
	struct settings settings;
	struct expansion expansion; /* here: the file's folder */
	struct limbeck_error *err;
};

/* The entry that gives a key of the chosen section: its own, or that of the
 * section it inherits from; NULL when neither has it. */
const struct ini_entry *load_entry(const struct load *load, const char *key);
/* An entry's value with its variables replaced. NULL: failed. */
char *load_expand(struct load *load, const struct ini_entry *entry);
/* A value that is not what its key takes; an error "It must be NEEDS". The line
 * is shown, so this is not for keys that may hold a secret. */
int load_fail_value(struct load *load, const char *key, const char *needs);
bool load_put(struct load *load, const char *key, const char *text);

/* Fills config->values with all but the URLs. */
int load_values(struct load *load);
/* Fills the typed members from config->values, but for the URLs. */
int load_typed(struct load *load);
/* Fills url, url_shown, url_from, scratch_url. */
int load_urls(struct load *load);

#endif
