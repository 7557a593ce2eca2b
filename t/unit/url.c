/* SPDX-License-Identifier: BSD-2-Clause */
/* core/config: database URLs, taken apart and shown. */
#include <string.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "config/url.h"
#include "tap.h"

static void add(struct strbuf *out, const char *name, const char *value)
{
	if (value)
		strbuf_addf(out, " %s=%s", name, value);
}

/* The parts as one text: absent ones are left out, empty ones are not. */
static void parts_of(const struct limbeck_url *url, struct strbuf *out)
{
	strbuf_addstr(out, url->scheme);
	add(out, "user", url->user);
	add(out, "password", url->password);
	add(out, "host", url->host);
	add(out, "port", url->port);
	add(out, "path", url->path);
	for (size_t i = 0; i < url->param_count; i++)
		strbuf_addf(out, " %s->%s", url->params[i].name, url->params[i].value);
}

static void test_good(void)
{
	static const struct {
		const char *text, *parts, *shown;
	} cases[] = {
		{ "sqlite://", "sqlite", "sqlite://" },
		{ "sqlite:///", "sqlite path=", "sqlite:///" },
		{ "sqlite:///rel.db", "sqlite path=/here/rel.db", "sqlite:////here/rel.db" },
		{ "sqlite:///./a/b.db", "sqlite path=/here/a/b.db", "sqlite:////here/a/b.db" },
		{ "sqlite:////abs.db", "sqlite path=/abs.db", "sqlite:////abs.db" },
		{ "sqlite:///:memory:", "sqlite path=:memory:", "sqlite:///:memory:" },
		{ "sqlite:///file:x.db?mode=ro&cache=shared",
		  "sqlite path=file:x.db mode->ro cache->shared",
		  "sqlite:///file:x.db?mode=ro&cache=shared" },
		{ "sqlite:////my%20file%25.db", "sqlite path=/my file%.db",
		  "sqlite:////my%20file%25.db" },
		{ "mysql://u:p%40ss@h:3306/db?ssl-ca=x",
		  "mysql user=u password=p@ss host=h port=3306 path=db ssl-ca->x",
		  "mysql://u@h:3306/db?ssl-ca=x" },
		{ "postgresql+asyncpg://u:secret@h/db",
		  "postgresql user=u password=secret host=h path=db", "postgresql://u@h/db" },
		{ "PostgreSQL://h", "postgresql host=h", "postgresql://h" },
		{ "p://u@[::1]:5432/db", "p user=u host=::1 port=5432 path=db",
		  "p://u@[::1]:5432/db" },
		{ "p://[fe80::1]", "p host=fe80::1", "p://[fe80::1]" },
		{ "p://%2Fvar%2Frun/db", "p host=/var/run path=db", "p://%2Fvar%2Frun/db" },
		{ "p://u:@h", "p user=u password= host=h", "p://u@h" },
		{ "p://:pw@h", "p password=pw host=h", "p://h" },
		{ "p://u:a@b:c@h/x", "p user=u password=a@b:c host=h path=x", "p://u@h/x" },
		{ "p://u%3Av:w@h", "p user=u:v password=w host=h", "p://u%3Av@h" },
		{ "p://@h", "p host=h", "p://h" },
		{ "p://:99/db", "p port=99 path=db", "p://:99/db" },
		{ "p://a:1,b:2,[::1]/db", "p host=a,b,::1 port=1,2, path=db",
		  "p://a:1,b:2,[::1]/db" },
		{ "p://a,b", "p host=a,b", "p://a,b" },
		{ "p:///db?host=/tmp/s", "p path=db host->/tmp/s", "p:///db?host=/tmp/s" },
		{ "p:///db?service=x", "p path=db service->x", "p:///db?service=x" },
		{ "p://u@/db", "p user=u path=db", "p://u@/db" },
		{ "p://h?a=b", "p host=h a->b", "p://h?a=b" },
		{ "p://h/db?a=1&&b&c=", "p host=h path=db a->1 b-> c->", "p://h/db?a=1&b=&c=" },
		{ "p://h/db?a=x%26y%3Dz", "p host=h path=db a->x&y=z", "p://h/db?a=x%26y%3Dz" },
		{ "p://h/a/b", "p host=h path=a/b", "p://h/a/b" },
		{ "p://h/?sslpassword=s3cr&sslkey=/k&Auth_Token=t&my_secret=u",
		  "p host=h path= sslpassword->s3cr sslkey->/k Auth_Token->t my_secret->u",
		  "p://h/?sslpassword=***&sslkey=***&Auth_Token=***&my_secret=***" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct limbeck_error err = LIMBECK_ERROR_INIT;
		struct arena arena = ARENA_INIT;
		struct strbuf parts = STRBUF_INIT;
		struct limbeck_url url;

		if (ok(url_parse(&arena, cases[i].text, "/here", NULL, &url, &err) == 0,
			    "%s is a URL", cases[i].text)) {
			parts_of(&url, &parts);
			is_str(parts.buf, cases[i].parts, "its parts");
			is_str(url_shown(&arena, &url), cases[i].shown, "as it is shown");
		} else {
			diag("%s", err.message);
		}
		strbuf_release(&parts);
		limbeck_error_release(&err);
		arena_release(&arena);
	}
}

static void test_bad(void)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "", "no \"://\" in the database URL from X" },
		{ "hunter2", "no \"://\" in the database URL from X" },
		{ "sqlite:hunter2", "no \"://\" in the database URL from X" },
		{ "://hunter2", "no scheme in the database URL from X" },
		{ "+x://hunter2", "no scheme in the database URL from X" },
		{ "../hunter2://", "bad scheme in the database URL from X" },
		{ "a.hunter2://", "bad scheme in the database URL from X" },
		{ "p://u:hunter2%@h", "bad percent escape in the database URL from X" },
		{ "p://u:hunter2%4", "bad port in the database URL from X" },
		{ "p://u:hunter2%zz@h", "bad percent escape in the database URL from X" },
		{ "p://u:hunter2%00@h", "%00 in the database URL from X" },
		{ "p://h/hunter2%", "bad percent escape in the database URL from X" },
		{ "p://h/?a=hunter2%1", "bad percent escape in the database URL from X" },
		{ "p://h:hunter2/db", "bad port in the database URL from X" },
		{ "p://u:hunter2/x@h/db", "bad port in the database URL from X" },
		{ "p://u:hunter2?x@h/db", "bad port in the database URL from X" },
		{ "p://h:65536", "bad port in the database URL from X" },
		{ "p://h:99999999999999999999999", "bad port in the database URL from X" },
		{ "p://h:-1", "bad port in the database URL from X" },
		{ "p://[::1", "bad IPv6 address in the database URL from X" },
		{ "p://[::1]x", "bad IPv6 address in the database URL from X" },
		{ "p://[", "bad IPv6 address in the database URL from X" },
		{ "p://h/?=hunter2", "parameter without a name in the database URL from X" },
		{ "p://h/a\nhunter2", "control character in the database URL from X" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct limbeck_error err = LIMBECK_ERROR_INIT;
		struct arena arena = ARENA_INIT;
		struct limbeck_url url = { .scheme = "untouched" };

		ok(url_parse(&arena, cases[i].text, "/here", "X", &url, &err) < 0 &&
			strcmp(url.scheme, "untouched") == 0 && err.code == LIMBECK_E_CONFIG &&
			err.hint && !strstr(err.message, "hunter2") && !strstr(err.hint, "hunter2"),
			"bad URL %zu is refused, with a hint and without its text", i + 1);
		is_str(err.message, cases[i].message, "its message");
		limbeck_error_release(&err);
		arena_release(&arena);
	}
}

static void test_name(void)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct limbeck_url url;

	ok(url_parse(&arena, "p:///a%20b", "/here", NULL, &url, &err) == 0, "no server is named");
	is_str(url.path, "/here/a b", "the path may be a file's");
	is_str(url.name, "a b", "or the name of a database");
	arena_release(&arena);
}

int main(void)
{
	test_good();
	test_name();
	test_bad();
	return done_testing();
}
