/* SPDX-License-Identifier: BSD-2-Clause */
/* The URL, and what SQLite makes of it ("Uniform Resource Identifiers" in its
 * documentation). */
#include "driver.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BUSY_TIMEOUT_DEFAULT = 5000 };

/* What parameters there are, and what they may be; NULL: SQLite judges. */
static const struct parameter {
	const char *name;
	const char *values;
	bool uri; /* SQLite's own: goes into its URI */
} parameters[] = {
	{ "mode", "ro, rw, rwc, memory", true },
	{ "cache", "shared, private", true },
	{ "immutable", NULL, true },
	{ "vfs", NULL, true },
	{ "busy_timeout", "a number of milliseconds", false },
	{ "foreign_keys", "on, off", false },
	{ "journal_mode", "delete, truncate, persist, memory, wal, off", false },
	{ "synchronous", "off, normal, full, extra", false },
};
enum { PARAMETER_COUNT = sizeof parameters / sizeof *parameters };

static const struct parameter *find(const char *name)
{
	for (size_t i = 0; i < PARAMETER_COUNT; i++)
		if (strcmp(parameters[i].name, name) == 0)
			return &parameters[i];
	return NULL;
}

/* Whether value is one of the words of "a, b, c". */
static bool is_one_of(const char *value, const char *words)
{
	size_t length = strlen(value);

	while (*words) {
		size_t word = strcspn(words, ",");

		if (word == length && strncasecmp(words, value, length) == 0)
			return true;
		words += word + strspn(words + word, ", ");
	}
	return false;
}

static int bad_value(const struct parameter *parameter, const char *value,
	struct limbeck_error *err)
{
	return limbeck_host->fail(err, LIMBECK_E_CONFIG,
		"parameter %s of the database URL can't be \"%s\"; it takes: %s", parameter->name,
		value, parameter->values);
}

static int set_timeout(struct options *options, const struct parameter *parameter,
	const char *value, struct limbeck_error *err)
{
	long number = strspn(value, "0123456789") == strlen(value) && strlen(value) < 10 ?
		strtol(value, NULL, 10) : -1;

	if (!*value || number < 0 || number > INT_MAX)
		return bad_value(parameter, value, err);
	options->busy_timeout = (int)number;
	return 0;
}

static int set(struct options *options, const struct parameter *parameter, const char *value,
	struct limbeck_error *err)
{
	if (strcmp(parameter->name, "busy_timeout") == 0)
		return set_timeout(options, parameter, value, err);
	if (parameter->values && !is_one_of(value, parameter->values))
		return bad_value(parameter, value, err);
	if (parameter->uri)
		return 0;
	if (strcmp(parameter->name, "foreign_keys") == 0)
		options->foreign_keys = value;
	else if (strcmp(parameter->name, "journal_mode") == 0)
		options->journal_mode = value;
	else
		options->synchronous = value;
	return 0;
}

static int unknown(const char *name, struct limbeck_error *err)
{
	limbeck_host->fail(err, LIMBECK_E_CONFIG,
		"SQLite has no parameter \"%s\" for the database URL", name);
	limbeck_host->fail_hint(err, "There are: mode, cache, immutable, vfs, busy_timeout, "
		"foreign_keys, journal_mode, synchronous.");
	return -1;
}

/* Writes text percent-encoded to out, and returns the end. */
static char *encode(char *out, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789-._~/:";
	static const char hex[] = "0123456789ABCDEF";

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (strchr(plain, c)) {
			*out++ = (char)c;
		} else {
			*out++ = '%';
			*out++ = hex[c >> 4];
			*out++ = hex[c & 15];
		}
	}
	*out = '\0';
	return out;
}

static char *add_parameter(char *out, bool first, const char *name, const char *value)
{
	*out++ = first ? '?' : '&';
	out = encode(out, name);
	*out++ = '=';
	return encode(out, value);
}

static size_t uri_size(const struct limbeck_url *url, const char *path)
{
	size_t size = sizeof "file://" + 3 * strlen(path);

	for (size_t i = 0; i < url->param_count; i++)
		size += 3 * (strlen(url->params[i].name) + strlen(url->params[i].value)) + 2;
	return size;
}

static char *add_path(char *out, const char *path)
{
	if (strncmp(path, "file:", 5) == 0)
		return encode(out, path);
	/* The empty authority keeps a path that begins with two slashes whole. */
	out += strlen(strcpy(out, *path == '/' ? "file://" : "file:"));
	return encode(out, path);
}

/* Parameters go to SQLite, or into options. A URI of SQLite's own may have any. */
static int use_parameters(struct options *options, const struct limbeck_open *how, bool own_uri,
	char *out, struct limbeck_error *err)
{
	const struct limbeck_url *url = how->url;
	bool first = true;

	for (size_t i = 0; i < url->param_count; i++) {
		const char *name = url->params[i].name;
		const char *value = url->params[i].value;
		const struct parameter *parameter = find(name);

		if (!parameter && !own_uri)
			return unknown(name, err);
		if (parameter && set(options, parameter, value, err) < 0)
			return -1;
		if (parameter && !parameter->uri)
			continue;
		if ((how->flags & LIMBECK_OPEN_READ) && strcmp(name, "mode") == 0 &&
		    strcmp(value, "rwc") == 0)
			value = "rw";
		out = add_parameter(out, first, name, value);
		first = false;
	}
	return 0;
}

static bool given(const char *part)
{
	return part && *part;
}

int options_parse(struct options *options, const struct limbeck_open *how,
	struct limbeck_error *err)
{
	const struct limbeck_url *url = how->url;
	const char *path = given(url->path) ? url->path : ":memory:";

	*options = (struct options){ .shown = path, .busy_timeout = BUSY_TIMEOUT_DEFAULT };
	if (given(url->host) || given(url->port) || given(url->user)) {
		limbeck_host->fail(err, LIMBECK_E_CONFIG,
			"the URL of an SQLite database names no server and no user");
		limbeck_host->fail_hint(err, "Write sqlite:///NAME for a file below the folder "
			"where relative names start, sqlite:////PATH for any other.");
		return -1;
	}
	options->uri = limbeck_host->alloc(uri_size(url, path));
	if (!options->uri)
		return limbeck_host->fail(err, LIMBECK_E_NOMEM, "out of memory");
	if (use_parameters(options, how, strncmp(path, "file:", 5) == 0,
		add_path(options->uri, path), err) == 0)
		return 0;
	limbeck_host->free(options->uri);
	options->uri = NULL;
	return -1;
}
