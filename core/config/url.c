/* SPDX-License-Identifier: BSD-2-Clause */
#include "config/url.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/vec.h"

struct reader {
	struct arena *arena;
	const char *shown_at;
	struct limbeck_url *url;
	struct limbeck_error *err;
};

static int fail(struct reader *r, const char *problem, const char *hint)
{
	error_set(r->err, LIMBECK_E_CONFIG, "%s in the database URL%s%s", problem,
		r->shown_at ? " from " : "", r->shown_at ? r->shown_at : "");
	error_hint(r->err, "%s", hint);
	return -1;
}

static int hex_digit(char c)
{
	const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) % 16 : -1;
}

/* The text from start to end with %XX as the bytes they stand for. */
static int decode(struct reader *r, const char *start, const char *end, const char **out)
{
	char *text = arena_alloc(r->arena, (size_t)(end - start) + 1);
	size_t length = 0;

	if (!text)
		return error_nomem(r->err);
	for (const char *p = start; p < end; p++) {
		int high, low;

		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return fail(r, "control character", "Write it as %XX, in hexadecimal.");
		if (*p != '%') {
			text[length++] = *p;
			continue;
		}
		high = end - p > 2 ? hex_digit(p[1]) : -1;
		low = end - p > 2 ? hex_digit(p[2]) : -1;
		if (high < 0 || low < 0)
			return fail(r, "bad percent escape",
				"Write a percent sign itself as %25 and an @ as %40.");
		if (high + low == 0)
			return fail(r, "%00", "A zero byte can't be part of it.");
		text[length++] = (char)(high * 16 + low);
		p += 2;
	}
	*out = text;
	return 0;
}

static bool scheme_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* What follows "://" is *rest. */
static int read_scheme(struct reader *r, const char *text, const char **rest)
{
	const char *end = strstr(text, "://");
	size_t length = end ? (size_t)(end - text) : 0;
	const char *plus = end ? memchr(text, '+', length) : NULL;
	char *scheme;

	if (!end)
		return fail(r, "no \"://\"",
			"A URL looks like SCHEME://USER@HOST:PORT/DATABASE or SCHEME:///FILE.");
	if (plus)
		length = (size_t)(plus - text);
	scheme = arena_strndup(r->arena, text, length);
	if (!scheme)
		return error_nomem(r->err);
	for (char *c = scheme; *c; c++) {
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
		if (!scheme_letter(*c))
			return fail(r, "bad scheme", "A scheme is letters, digits and \"_\".");
	}
	if (!length)
		return fail(r, "no scheme", "It begins with the scheme: SCHEME://...");
	r->url->scheme = scheme;
	*rest = end + strlen("://");
	return 0;
}

static int read_user(struct reader *r, const char *start, const char *end)
{
	const char *colon = memchr(start, ':', (size_t)(end - start));

	if ((colon ? colon : end) > start &&
	    decode(r, start, colon ? colon : end, &r->url->user) < 0)
		return -1;
	return colon ? decode(r, colon + 1, end, &r->url->password) : 0;
}

static int check_port(struct reader *r, const char *start, const char *end)
{
	unsigned long number = 0;

	for (const char *p = start; p < end; p++) {
		if (*p >= '0' && *p <= '9' && number <= 65535)
			number = number * 10 + (unsigned long)(*p - '0');
		else
			number = 65536;
	}
	if (number > 65535)
		return fail(r, "bad port",
			"A port is a number up to 65535. A colon, slash, @ or ? that is part of "
			"the user or the password is written as %3A, %2F, %40 or %3F.");
	return 0;
}

/* One host[:port] of the list. */
static int read_host(struct reader *r, const char *start, const char *end, struct strbuf *hosts,
	struct strbuf *ports)
{
	const char *colon, *close = end, *host;

	if (start < end && *start == '[') {
		close = memchr(start, ']', (size_t)(end - start));
		if (!close || (close + 1 < end && close[1] != ':'))
			return fail(r, "bad IPv6 address", "It stands in brackets: [::1]:5432.");
		start++;
		colon = close + 1 < end ? close + 1 : NULL;
	} else {
		colon = memchr(start, ':', (size_t)(end - start));
		close = colon ? colon : end;
	}
	if (decode(r, start, close, &host) < 0 || (colon && check_port(r, colon + 1, end) < 0))
		return -1;
	strbuf_addstr(hosts, host);
	if (colon)
		strbuf_add(ports, colon + 1, (size_t)(end - colon - 1));
	return 0;
}

static int read_hosts(struct reader *r, const char *start, const char *end)
{
	struct strbuf hosts = STRBUF_INIT, ports = STRBUF_INIT;
	bool any_port = false;
	int result = -1;

	for (;;) {
		const char *comma = memchr(start, ',', (size_t)(end - start));
		size_t before = ports.len;

		if (read_host(r, start, comma ? comma : end, &hosts, &ports) < 0)
			goto out;
		any_port = any_port || ports.len > before;
		if (!comma)
			break;
		strbuf_addch(&hosts, ',');
		strbuf_addch(&ports, ',');
		start = comma + 1;
	}
	if (hosts.len)
		r->url->host = arena_strdup(r->arena, hosts.buf);
	if (any_port)
		r->url->port = arena_strdup(r->arena, ports.buf);
	if (strbuf_failed(&hosts) || strbuf_failed(&ports) || (hosts.len && !r->url->host) ||
	    (any_port && !r->url->port))
		error_nomem(r->err);
	else
		result = 0;
out:
	strbuf_release(&hosts);
	strbuf_release(&ports);
	return result;
}

static int read_authority(struct reader *r, const char *start, const char *end)
{
	const char *at = end;

	while (at > start && at[-1] != '@')
		at--;
	if (at > start && read_user(r, start, at - 1) < 0)
		return -1;
	return read_hosts(r, at, end);
}

static int read_params(struct reader *r, const char *text)
{
	VEC(struct limbeck_param) params = VEC_INIT;

	while (*text) {
		size_t length = strcspn(text, "&");
		const char *end = text + length, *sign = memchr(text, '=', length);
		struct limbeck_param param = { NULL, "" };

		if (length) {
			if (decode(r, text, sign ? sign : end, &param.name) < 0 ||
			    (sign && decode(r, sign + 1, end, &param.value) < 0))
				return -1;
			if (!param.name[0])
				return fail(r, "parameter without a name",
					"Parameters look like ?NAME=VALUE&NAME=VALUE.");
			if (!vec_push_arena(&params, param, r->arena))
				return error_nomem(r->err);
		}
		text = end + (*end ? 1 : 0);
	}
	r->url->params = params.items;
	r->url->param_count = params.count;
	return 0;
}

/* Whether the URL says where a server is, so that its path is no file's. */
static bool names_server(const struct limbeck_url *url)
{
	static const char *const names[] = {
		"host", "hostaddr", "port", "service", "socket", "unix_socket",
	};

	if (url->user || url->password || url->host || url->port)
		return true;
	for (size_t i = 0; i < url->param_count; i++) {
		for (size_t j = 0; j < sizeof names / sizeof *names; j++) {
			if (strcmp(url->params[i].name, names[j]) == 0)
				return true;
		}
	}
	return false;
}

static int resolve_path(struct reader *r, const char *folder)
{
	const char *path = r->url->path;

	if (!path || !path[0] || names_server(r->url) || strcmp(path, ":memory:") == 0 ||
	    strncmp(path, "file:", strlen("file:")) == 0)
		return 0;
	r->url->path = path_join(r->arena, folder, path);
	return r->url->path ? 0 : error_nomem(r->err);
}

int url_parse(struct arena *arena, const char *text, const char *folder, const char *shown_at,
	struct limbeck_url *out, struct limbeck_error *err)
{
	struct limbeck_url url = { .size = sizeof url };
	struct reader r = { arena, shown_at, &url, err };
	const char *rest = text, *query, *end;

	if (read_scheme(&r, text, &rest) < 0)
		return -1;
	end = rest + strcspn(rest, "/?");
	query = end + strcspn(end, "?");
	if (read_authority(&r, rest, end) < 0)
		return -1;
	if (*end == '/' && decode(&r, end + 1, query, &url.path) < 0)
		return -1;
	url.name = url.path;
	if (*query && read_params(&r, query + 1) < 0)
		return -1;
	if (resolve_path(&r, folder) < 0)
		return -1;
	*out = url;
	return 0;
}
