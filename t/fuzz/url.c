/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Database URLs: what may be shown of one is a URL again, leads to the same place,
 * and is shown in the same way; a password is neither in it nor in an error.
 */
#include <string.h>

#include "config/url.h"
#include "fuzz.h"

static const char secret[] = "Geh3imes";

/* Whether what stands between front and back is a password: behind the second
 * colon of SCHEME://USER:, with an "@" before the authority ends. */
static bool is_password(const char *front, const char *back)
{
	const char *authority = strstr(front, "://");

	if (!authority || strpbrk(authority + 3, "/?#@") || !strchr(authority + 3, ':'))
		return false;
	back = strpbrk(back, "@/?#");
	return back && *back == '@';
}

static void check_shown(struct arena *arena, const struct limbeck_url *url, const char *shown)
{
	struct limbeck_url again = { 0 };
	const char *second;

	if (url_parse(arena, shown, "/f", "f.ini:1", &again, NULL) < 0)
		fuzz_must(false, "what is shown is a URL");
	fuzz_same(url->scheme, again.scheme, "scheme");
	fuzz_same(url->user, again.user, "user");
	fuzz_same(url->host, again.host, "host");
	fuzz_same(url->port, again.port, "port");
	/* With a password alone, nothing that is shown says that it is no file's. */
	if (!url->password || url->user || url->host || url->port)
		fuzz_same(url->path, again.path, "path");
	fuzz_same(again.password, NULL, "no password is shown");
	fuzz_must(url->param_count == again.param_count, "as many parameters");
	for (size_t i = 0; i < url->param_count; i++)
		fuzz_same(url->params[i].name, again.params[i].name, "names of parameters");
	if (url->password && !url->user)
		return;
	second = url_shown(arena, &again);
	fuzz_same(shown, second, "it is shown in the same way again");
}

static void check_text(struct arena *arena, const char *text, bool hidden)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct limbeck_url url = { 0 };
	const char *shown;

	if (url_parse(arena, text, "/f", "f.ini:1", &url, &err) < 0) {
		shown = fuzz_error_text(arena, &err);
		fuzz_must(strlen(text) < 12 || !strstr(shown, text), "an error has no URL in it");
		fuzz_failed(&err);
	} else {
		shown = url_shown(arena, &url);
		fuzz_must(shown != NULL, "there is memory");
		check_shown(arena, &url, shown);
	}
	fuzz_must(!hidden || !strstr(shown, secret), "a password is not shown");
}

/* The text as it is, and with a password put where the first byte says. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz input = { data, size };
	struct arena arena = ARENA_INIT;
	size_t at = fuzz_byte(&input);
	const char *text = fuzz_rest(&input, &arena, NULL), *front;

	at = at < strlen(text) ? at : strlen(text);
	front = arena_strndup(&arena, text, at);
	check_text(&arena, text, false);
	check_text(&arena, arena_printf(&arena, "%s%s%s", front, secret, text + at),
		is_password(front, text + at) && !strstr(text, "eh3"));
	arena_release(&arena);
	return 0;
}
