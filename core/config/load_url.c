/* SPDX-License-Identifier: BSD-2-Clause */
/* The database URLs of struct config. */
#include "config/load.h"

#include "base/error.h"
#include "config/option.h"
#include "config/url.h"

/* A URL's text, where it came from, and where its relative path starts. */
struct source {
	const char *text;
	const char *from;
	const char *folder;
	const struct ini_entry *entry; /* NULL: not from the file */
};

/* Of limbeck.ini; its text is NULL when the key is absent or empty. */
static int read_entry(struct load *load, const char *key, struct source *out)
{
	const struct ini_entry *entry = load_entry(load, key);
	unsigned line, column;
	const char *text;

	if (!entry)
		return 0;
	text = load_expand(load, entry);
	if (!text)
		return -1;
	if (!text[0])
		return 0;
	ini_place(entry, 0, &line, &column);
	out->text = text;
	out->folder = load->config->folder;
	out->entry = entry;
	out->from = arena_printf(&load->config->arena, "%s:%u", load->settings.shown, line);
	return out->from ? 0 : error_nomem(load->err);
}

static void read_environment(const struct load *load, const char *name, struct source *out)
{
	out->text = config_environment(name);
	out->from = name;
	out->folder = load->config->cwd;
}

/* The first of all the places that a URL can come from. */
static int find_url(struct load *load, struct source *out)
{
	if (load->options->url) {
		out->text = load->options->url;
		out->from = "-u";
		out->folder = load->config->cwd;
		return 0;
	}
	read_environment(load, "LIMBECK_URL", out);
	if (!out->text && read_entry(load, "url", out) < 0)
		return -1;
	if (!out->text)
		read_environment(load, "DATABASE_URL", out);
	if (!out->text) {
		out->text = option_find(OPTION_MAIN_SECTION, "url")->standard;
		out->from = "the default";
		out->folder = load->config->folder;
	}
	return 0;
}

/* Parses it, and puts what may be shown of it under its key. */
static int parse(struct load *load, const char *key, const struct source *from,
	struct limbeck_url *url)
{
	struct arena *arena = &load->config->arena;
	const char *shown;

	if (url_parse(arena, from->text, from->folder, from->entry ? NULL : from->from, url,
		    load->err) < 0) {
		if (from->entry)
			settings_place(&load->settings, from->entry, 0, false, load->err);
		return -1;
	}
	shown = url_shown(arena, url);
	return shown && load_put(load, key, shown) ? 0 : error_nomem(load->err);
}

static int load_scratch_url(struct load *load)
{
	struct source from = { NULL, NULL, NULL, NULL };
	struct limbeck_url *url;

	if (read_entry(load, "scratch_url", &from) < 0)
		return -1;
	if (!from.text)
		return 0;
	url = arena_alloc(&load->config->arena, sizeof *url);
	if (!url)
		return error_nomem(load->err);
	load->config->scratch_url = url;
	return parse(load, "scratch_url", &from, url);
}

int load_urls(struct load *load)
{
	struct source from = { NULL, NULL, NULL, NULL };
	struct config *config = load->config;

	if (find_url(load, &from) < 0 || parse(load, "url", &from, &config->url) < 0)
		return -1;
	config->url_shown = config_get(config, "url");
	config->url_from = from.from;
	return load_scratch_url(load);
}
