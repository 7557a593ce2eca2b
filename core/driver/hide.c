/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/hide.h"

#include <stdbool.h>
#include <string.h>

#include "base/strbuf.h"
#include "config/url.h"

/* Shorter ones stand in every other word; the drivers hide them where their libraries
 * quote a connection string. */
enum { SECRET_SHORTEST = 3 };

static const char stars[] = "***";

static bool is_public(const struct limbeck_url *url, const char *secret)
{
	const char *known[] = { url->user, url->host, url->port, url->path, url->name };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i] && strcmp(known[i], secret) == 0)
			return true;
	return false;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '_' || (unsigned char)c >= 0x80;
}

/* A part of a longer word is that word's, not the secret. */
static bool is_apart(const char *text, const char *found, size_t length)
{
	bool before = found > text && is_word(found[-1]) && is_word(found[0]);

	return !before && !(is_word(found[length - 1]) && is_word(found[length]));
}

static void hide_one(const char *secret, char *text)
{
	size_t length = strlen(secret);
	char *found = text;

	while ((found = strstr(found, secret))) {
		if (!is_apart(text, found, length)) {
			found++;
			continue;
		}
		memcpy(found, stars, sizeof stars - 1);
		memmove(found + sizeof stars - 1, found + length, strlen(found + length) + 1);
		found += sizeof stars - 1;
	}
}

static bool add(struct hide *hide, const char *secret)
{
	const char *copy = arena_strdup(&hide->arena, secret);

	return copy && vec_push_arena(&hide->secrets, copy, &hide->arena);
}

/* As it is, and with percent escapes. */
static bool add_secret(struct hide *hide, const struct limbeck_url *url, const char *secret)
{
	struct strbuf encoded = STRBUF_INIT;
	bool good;

	if (!secret || strlen(secret) < SECRET_SHORTEST || is_public(url, secret))
		return true;
	url_encode(&encoded, secret);
	good = !strbuf_failed(&encoded) && add(hide, secret) &&
		(strcmp(encoded.buf, secret) == 0 || add(hide, encoded.buf));
	strbuf_release(&encoded);
	return good;
}

bool hide_init(struct hide *hide, const struct limbeck_url *url)
{
	bool good = add_secret(hide, url, url->password);

	for (size_t i = 0; good && i < url->param_count; i++)
		if (url_param_is_secret(url->params[i].name))
			good = add_secret(hide, url, url->params[i].value);
	return good;
}

void hide_release(struct hide *hide)
{
	arena_release(&hide->arena);
	memset(hide, 0, sizeof *hide);
}

void hide_in_text(const struct hide *hide, char *text)
{
	for (size_t i = 0; hide && text && i < hide->secrets.count; i++)
		hide_one(hide->secrets.items[i], text);
}

void hide_in_error(const struct hide *hide, struct limbeck_error *err)
{
	hide_in_text(hide, err->message);
	hide_in_text(hide, err->detail);
	hide_in_text(hide, err->hint);
	hide_in_text(hide, err->outcome);
}
