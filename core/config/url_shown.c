/* SPDX-License-Identifier: BSD-2-Clause */
/* url_shown(): a URL's parts as text again, without what is secret. */
#include "config/url.h"

#include <string.h>
#include <strings.h>

#include "base/strbuf.h"

/* Adds text with all but unreserved characters (RFC 3986, section 2.3) and
 * those of `also` as %XX. */
static void add_encoded(struct strbuf *out, const char *text, size_t length, const char *also)
{
	static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789-._~";

	for (size_t i = 0; i < length; i++) {
		if (strchr(unreserved, text[i]) || strchr(also, text[i]))
			strbuf_addch(out, text[i]);
		else
			strbuf_addf(out, "%%%02X", (unsigned)(unsigned char)text[i]);
	}
}

void url_encode(struct strbuf *out, const char *text)
{
	add_encoded(out, text, strlen(text), "");
}

/* Hosts and ports are lists of the same length, where there are ports. */
static void add_hosts(struct strbuf *out, const char *host, const char *port)
{
	for (;;) {
		size_t host_length = strcspn(host, ","), port_length = strcspn(port, ",");
		bool ipv6 = memchr(host, ':', host_length) != NULL;

		strbuf_addstr(out, ipv6 ? "[" : "");
		add_encoded(out, host, host_length, ipv6 ? ":" : "");
		strbuf_addstr(out, ipv6 ? "]" : "");
		if (port_length)
			strbuf_addf(out, ":%.*s", (int)port_length, port);
		host += host_length;
		port += port_length;
		if (!*host && !*port)
			break;
		strbuf_addch(out, ',');
		host += *host ? 1 : 0;
		port += *port ? 1 : 0;
	}
}

bool url_param_is_secret(const char *name)
{
	static const char *const words[] = { "pass", "pwd", "secret", "token" };

	for (; *name; name++) {
		for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
			if (strncasecmp(name, words[i], strlen(words[i])) == 0)
				return true;
		}
		/* At the end alone, for there is foreign_keys too. */
		if (strcasecmp(name, "key") == 0)
			return true;
	}
	return false;
}

static void add_params(struct strbuf *out, const struct limbeck_url *url)
{
	for (size_t i = 0; i < url->param_count; i++) {
		const struct limbeck_param *param = &url->params[i];

		strbuf_addch(out, i ? '&' : '?');
		add_encoded(out, param->name, strlen(param->name), "");
		strbuf_addch(out, '=');
		if (url_param_is_secret(param->name))
			strbuf_addstr(out, "***");
		else
			add_encoded(out, param->value, strlen(param->value), "/:,");
	}
}

char *url_shown(struct arena *arena, const struct limbeck_url *url)
{
	struct strbuf out = STRBUF_INIT;
	char *text = NULL;

	strbuf_addf(&out, "%s://", url->scheme);
	if (url->user) {
		add_encoded(&out, url->user, strlen(url->user), "");
		strbuf_addch(&out, '@');
	}
	if (url->host || url->port)
		add_hosts(&out, url->host ? url->host : "", url->port ? url->port : "");
	if (url->path) {
		strbuf_addch(&out, '/');
		add_encoded(&out, url->path, strlen(url->path), "/:");
	}
	add_params(&out, url);
	if (!strbuf_failed(&out))
		text = arena_strndup(arena, out.buf, out.len);
	strbuf_release(&out);
	return text;
}
