/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "connection.h"

/* Above this a lost connection may be the server's answer to the text's size. */
#define LARGE_TEXT (1024 * 1024)

#define NOT_THERE "Check that the server runs, and the host and port in the URL, or the " \
	"socket, which ?unix_socket=PATH names."
#define STATEMENT_LIMIT "The limit is statement_timeout in limbeck.ini, or the server's own."
#define NO_LOCAL_FILE "Use INSERT, or LOAD DATA with a file on the server."

/* The numbers are the servers' (mysqld_error.h, from 1000) and the client
 * libraries' (errmsg.h, from 2000); the headers of the two products do not
 * define all the same ones. 0 as the code: LIMBECK_E_SQL. */
static const struct known_error {
	unsigned number;
	int code;
	const char *hint;
} known_errors[] = {
	{ 1040, LIMBECK_E_CONNECT, "Try again later, or raise max_connections on the server." },
	{ 1044, 0, "The user has no rights on this database: GRANT them, and check its name." },
	{ 1045, 0, "Check the user and the password in the URL or in ~/.my.cnf." },
	{ 1049, 0, "Create the database first: CREATE DATABASE." },
	{ 1053, LIMBECK_E_CONNECT, NULL }, /* server shutdown */
	{ 1100, 0, "Take LOCK TABLES out of the revision: it locks limbeck out of its own tables, and "
		"no other limbeck is at work meanwhile." },
	{ 1146, LIMBECK_E_NO_TABLE, NULL },
	{ 1148, LIMBECK_E_UNSUPPORTED, NO_LOCAL_FILE },
	{ 1153, 0, "Raise max_allowed_packet on the server, or split the statement." },
	{ 1205, LIMBECK_E_BUSY, "Another session holds the lock; try again when it is done." },
	{ 1213, 0, "Another transaction stood in the way; run it again." },
	{ 1927, LIMBECK_E_CONNECT, NULL }, /* connection was killed */
	{ 1969, 0, STATEMENT_LIMIT }, /* MariaDB */
	{ 2002, LIMBECK_E_CONNECT, NOT_THERE },
	{ 2003, LIMBECK_E_CONNECT, NOT_THERE },
	{ 2005, LIMBECK_E_CONNECT, "Check the host in the URL." },
	{ 2006, LIMBECK_E_CONNECT, NULL },
	{ 2008, LIMBECK_E_NOMEM, NULL },
	{ 2013, LIMBECK_E_CONNECT, NULL },
	{ 2020, 0, "Raise max_allowed_packet, or split the statement." },
	{ 2026, LIMBECK_E_CONNECT, "Check the TLS parameters of the URL (ssl_mode, ssl_ca)." },
	{ 2055, LIMBECK_E_CONNECT, NULL },
	{ 2068, LIMBECK_E_UNSUPPORTED, NO_LOCAL_FILE },
	{ 3024, 0, STATEMENT_LIMIT }, /* MySQL */
	{ 3572, LIMBECK_E_BUSY, NULL }, /* NOWAIT */
	{ 3948, LIMBECK_E_UNSUPPORTED, NO_LOCAL_FILE },
	{ 4031, LIMBECK_E_CONNECT, NULL }, /* disconnected because of inactivity */
	{ 4166, LIMBECK_E_UNSUPPORTED, NO_LOCAL_FILE },
};

int connection_nomem(struct limbeck_error *err)
{
	return limbeck_host->fail(err, LIMBECK_E_NOMEM, "out of memory");
}

static const struct known_error *find_error(unsigned number)
{
	size_t i;

	for (i = 0; i < sizeof(known_errors) / sizeof(known_errors[0]); i++) {
		if (known_errors[i].number == number)
			return &known_errors[i];
	}
	return NULL;
}

static int code_of(const struct connection *c, unsigned number, const struct known_error *known)
{
	if (number == 1317 && limbeck_host->cancelled(c->session))
		return LIMBECK_E_CANCELLED;
	return known && known->code ? known->code : LIMBECK_E_SQL;
}

static void add_state(MYSQL *link, unsigned number, struct limbeck_error *err)
{
	const char *state = mysql_sqlstate(link);

	limbeck_host->fail_sqlstate(err, strcmp(state, "00000") == 0 ? NULL : state, (int)number);
}

int connection_fail(struct connection *c, const struct sent *sent, struct limbeck_error *err)
{
	unsigned number = mysql_errno(c->link);
	const char *message = mysql_error(c->link);
	const struct known_error *known = find_error(number);

	if (!*message)
		message = "the client library failed without a message";
	limbeck_host->fail(err, code_of(c, number, known), "%s", message);
	add_state(c->link, number, err);
	limbeck_host->fail_hint(err, known ? known->hint : NULL);
	if ((number == 2006 || number == 2013) && sent && sent->length > LARGE_TEXT)
		limbeck_host->fail_hint(err, "The text may be larger than the server's "
			"max_allowed_packet.");
	if (sent)
		limbeck_host->fail_position(err, error_position(number, message, sent));
	return -1;
}

/* A message that shows the password is left out as a whole, unless the word is
 * public as the name of the user, the host or the database. */
static bool shows_password(const char *message, const struct settings *settings)
{
	const char *known[] = { settings->user, settings->host, settings->database };
	size_t i;

	if (!settings->password || !*settings->password || !strstr(message, settings->password))
		return false;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (known[i] && strstr(known[i], settings->password))
			return false;
	}
	return true;
}

int connection_fail_open(MYSQL *link, const struct settings *settings, struct limbeck_error *err)
{
	unsigned number = mysql_errno(link);
	const char *message = mysql_error(link);
	const struct known_error *known = find_error(number);

	if (!*message || shows_password(message, settings))
		message = "could not connect to the server";
	limbeck_host->fail(err, number == 2019 ? LIMBECK_E_CONFIG : LIMBECK_E_CONNECT, "%s",
		message); /* 2019: no such character set */
	add_state(link, number, err);
	limbeck_host->fail_hint(err, known ? known->hint : NULL);
	return -1;
}
