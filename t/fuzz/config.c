/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limbeck.ini as configuration: keys, values, sections, variables. What is wrong has
 * its place; a password of a URL is neither shown nor in an error.
 *
 * The input is the name of a section to choose, a line, and the file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/config.h"
#include "fuzz.h"

static const char secret[] = "Geh3imes";
static char path[64];

static void remove_file(void)
{
	unlink(path);
}

static void write_file(const char *text, size_t length)
{
	FILE *file;

	if (!path[0]) {
		/* In memory, where there is such a place: a disk would be the slowest part. */
		snprintf(path, sizeof path, "%s/limbeck-fuzz-%ld.ini",
			access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid());
		atexit(remove_file);
	}
	file = fopen(path, "wb");
	fuzz_must(file && fwrite(text, 1, length, file) == length && fclose(file) == 0,
		"a file can be written");
}

static void check_values(const struct config *config, bool hidden)
{
	fuzz_must(config->script_location[0] == '/', "a path is absolute");
	for (size_t i = 0; i < config->version_location_count; i++)
		fuzz_must(config->version_locations[i][0] == '/', "so are the others");
	fuzz_must(config->truncate_slug_length > 0 && config->lock_timeout >= 0
		&& config->statement_timeout >= 0, "numbers are in their range");
	fuzz_must(config->url.scheme && config->url_shown, "there is a URL");
	fuzz_must(!hidden || !strstr(config->url_shown, secret), "its password is not shown");
	fuzz_must(config_get(config, "script_location") != NULL, "a key has a value");
}

static void check(struct arena *arena, const char *section, bool hidden)
{
	struct limbeck_options options = { .size = sizeof options, .config = path };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct config config;

	options.section = *section ? section : NULL;
	if (config_load(&config, &options, true, "/lib", "/share", &err) == 0) {
		check_values(&config, hidden);
	} else {
		fuzz_must(err.code == LIMBECK_E_CONFIG, "it is the configuration that is wrong");
		fuzz_must(!hidden || !strstr(fuzz_error_text(arena, &err), secret),
			"a password is not shown");
		fuzz_failed(&err);
	}
	config_release(&config);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char url[] = "\n[limbeck]\nurl = x://u:Geh3imes@h/d\n";
	struct fuzz input = { data, size };
	struct arena arena = ARENA_INIT;
	const char *section = fuzz_line(&input, &arena);
	size_t length;
	const char *text = fuzz_rest(&input, &arena, &length);
	struct strbuf both = STRBUF_INIT;

	write_file(text, length);
	check(&arena, section, false);
	/* Behind it a password, which no message about the rest may show. */
	if (!fuzz_has((const char *)data, size, "eh3")) {
		strbuf_add(&both, text, length);
		strbuf_addstr(&both, url);
		write_file(both.buf, both.len);
		check(&arena, section, true);
	}
	strbuf_release(&both);
	arena_release(&arena);
	return 0;
}
