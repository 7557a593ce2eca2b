/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "connection.h"

static MYSQL *start(const struct settings *settings)
{
	MYSQL *link = mysql_init(NULL);

	if (link && settings_apply(settings, link) < 0) {
		mysql_close(link);
		link = NULL;
	}
	return link;
}

static bool establish(const struct settings *settings, MYSQL *link)
{
	return mysql_real_connect(link, settings->host, settings->user, settings->password,
		settings->database, settings->port, settings->socket,
		CLIENT_MULTI_STATEMENTS | CLIENT_MULTI_RESULTS) != NULL;
}

/* What it is for can be done without: it must not keep a user waiting. */
MYSQL *connection_second(const struct connection *c)
{
	MYSQL *link = start(&c->settings);
	unsigned seconds = 10;

	if (link)
		mysql_options(link, MYSQL_OPT_CONNECT_TIMEOUT, &seconds);
	if (link && !establish(&c->settings, link)) {
		mysql_close(link);
		link = NULL;
	}
	return link;
}

/* Once more what option files can overrule: no server may ask for files here,
 * and default-character-set beats what the library was told. */
static int settle(const struct connection *c)
{
	const char *charset = mysql_character_set_name(c->link);
	unsigned never = 0;

	if (mysql_options(c->link, MYSQL_OPT_LOCAL_INFILE, &never))
		return -1;
	if (charset && strcmp(charset, c->settings.charset) == 0)
		return 0;
	return mysql_set_character_set(c->link, c->settings.charset);
}

/* The client libraries pass over an option file that they can't read. */
static int check_file(const struct connection *c, struct limbeck_error *err)
{
	const char *file = c->settings.file;

	if (!file || access(file, R_OK) == 0)
		return 0;
	return limbeck_host->fail(err, LIMBECK_E_CONFIG, "can't read option file \"%s\": %s", file,
		strerror(errno));
}

/* Connector/C goes on in clear text with a server that has no TLS. */
static int check_tls(const struct connection *c, struct limbeck_error *err)
{
	if (c->settings.tls < TLS_REQUIRED || mysql_get_ssl_cipher(c->link))
		return 0;
	limbeck_host->fail(err, LIMBECK_E_CONNECT,
		"the server offers no TLS, which ssl_mode demands");
	limbeck_host->fail_hint(err, "Set up TLS on the server, or leave out ssl_mode.");
	return -1;
}

static bool has_mode(const char *modes, const char *mode)
{
	size_t length = strlen(mode);

	while (modes && *modes) {
		size_t size = strcspn(modes, ",");

		if (size == length && strncmp(modes, mode, length) == 0)
			return true;
		modes += size + (modes[size] == ',');
	}
	return false;
}

static void read_lexis(struct connection *c, const char *modes)
{
	static const struct limbeck_lexis standard = LIMBECK_LEXIS_MYSQL;

	c->lexis = standard;
	if (has_mode(modes, "ANSI_QUOTES")) {
		c->lexis.flags &= ~(unsigned)LIMBECK_LEX_DOUBLE_IS_STRING;
		c->lexis.identifier_quotes = "``\"\"";
		c->own_lexis = true;
	}
	if (has_mode(modes, "NO_BACKSLASH_ESCAPES")) {
		c->lexis.flags &= ~(unsigned)LIMBECK_LEX_BACKSLASH;
		c->own_lexis = true;
	}
}

static int read_session(struct connection *c, struct limbeck_error *err)
{
	char *values[3] = { NULL, NULL, NULL };
	int status = connection_row(c, "SELECT CURRENT_USER(), DATABASE(), @@sql_mode", values, 3,
		err);

	if (status < 0)
		return -1;
	c->user = values[0];
	c->database = values[1];
	read_lexis(c, values[2]);
	limbeck_host->free(values[2]);
	return 0;
}

int connection_connect(struct connection *c, struct limbeck_error *err)
{
	const char *info;

	if (check_file(c, err) < 0)
		return -1;
	c->link = start(&c->settings);
	if (!c->link)
		return connection_nomem(err);
	if (!establish(&c->settings, c->link) || settle(c))
		return connection_fail_open(c->link, &c->settings, err);
	if (check_tls(c, err) < 0)
		return -1;
	info = mysql_get_server_info(c->link);
	c->product = info && strstr(info, "MariaDB") ? "mariadb" : "mysql";
	c->id = mysql_thread_id(c->link);
	return read_session(c, err);
}
