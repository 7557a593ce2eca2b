/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "postgresql.h"

int postgresql_nomem(struct limbeck_error *err)
{
	return limbeck_host->fail(err, LIMBECK_E_NOMEM, "out of memory");
}

/* The server counts characters of the statement, the host bytes. */
static size_t byte_position(const struct limbeck_statement *statement, const char *characters)
{
	size_t left = 0;
	size_t i;

	for (; characters && *characters >= '0' && *characters <= '9'; characters++)
		left = left * 10 + (size_t)(*characters - '0');
	if (left == 0)
		return 0;
	for (i = 0; i < statement->length; i++) {
		if (((unsigned char)statement->sql[i] & 0xC0) != 0x80 && --left == 0)
			return i + 1;
	}
	return left == 1 ? statement->length + 1 : 0;
}

/* The server uses 42P01 too for a table that exists but is not in FROM. */
static bool is_missing_table(const PGresult *result, const char *state)
{
	const char *function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);

	if (strcmp(state, "3F000") == 0)
		return true;
	return strcmp(state, "42P01") == 0 &&
		!(function && strcmp(function, "errorMissingRTE") == 0);
}

static int code_of(const struct postgresql *pg, const PGresult *result, const char *state)
{
	const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

	if (strcmp(state, "57014") == 0 && postgresql_cancelled(pg))
		return LIMBECK_E_CANCELLED;
	if (PQstatus(pg->link) == CONNECTION_BAD || strncmp(state, "08", 2) == 0)
		return LIMBECK_E_CONNECT;
	if (severity && (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0))
		return LIMBECK_E_CONNECT;
	if (is_missing_table(result, state))
		return LIMBECK_E_NO_TABLE;
	if (strcmp(state, "55P03") == 0)
		return LIMBECK_E_BUSY;
	if (strcmp(state, "53200") == 0)
		return LIMBECK_E_NOMEM;
	return LIMBECK_E_SQL;
}

static void add_detail(const PGresult *result, struct limbeck_error *err)
{
	const char *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
	const char *context = PQresultErrorField(result, PG_DIAG_CONTEXT);
	size_t length = detail ? strlen(detail) : 0;
	char *both;

	if (!detail || !context) {
		limbeck_host->fail_detail(err, detail ? detail : context);
		return;
	}
	both = limbeck_host->alloc(length + 1 + strlen(context) + 1);
	if (!both) {
		limbeck_host->fail_detail(err, detail);
		return;
	}
	memcpy(both, detail, length);
	both[length] = '\n';
	strcpy(both + length + 1, context);
	limbeck_host->fail_detail(err, both);
	limbeck_host->free(both);
}

int postgresql_fail(struct postgresql *pg, const PGresult *result,
	const struct limbeck_statement *statement, struct limbeck_error *err)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	int code;

	/* Without these two it is libpq that speaks, not the server. */
	if (!state || !message)
		return postgresql_fail_link(pg, err);
	code = code_of(pg, result, state);
	if (code == LIMBECK_E_CONNECT && pg->locked)
		postgresql_unlock_pooled(pg);
	limbeck_host->fail(err, code, "%s", message);
	limbeck_host->fail_sqlstate(err, state, 0);
	add_detail(result, err);
	limbeck_host->fail_hint(err, PQresultErrorField(result, PG_DIAG_MESSAGE_HINT));
	if (pg->guard && strcmp(state, "42704") == 0 && strncmp(message, "role ", 5) == 0)
		limbeck_host->fail_hint(err, "Roles are the whole server's, and none are made by "
			"what runs in a scratch: create it on the server before.");
	if (strcmp(state, "57014") == 0 && strstr(message, "statement timeout"))
		limbeck_host->fail_hint(err, "The limit is statement_timeout, in limbeck.ini or on the "
			"server.");
	limbeck_host->fail_position(err, byte_position(statement,
		PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION)));
	return -1;
}

static bool is_public(PGconn *link, const char *word)
{
	const char *known[] = { PQuser(link), PQdb(link), PQhost(link), PQport(link) };
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (known[i] && strcmp(known[i], word) == 0)
			return true;
	}
	return false;
}

/* libpq repeats what it can't parse, and that may be a password at the wrong
 * place. One that is also the user's name, say, is no secret there. */
static void hide_password(PGconn *link, char *text)
{
	const char *password = PQpass(link);
	size_t length = password ? strlen(password) : 0;
	char *place;

	if (length == 0 || is_public(link, password))
		return;
	while ((place = strstr(text, password)) != NULL) {
		/* Each round leaves a shorter text, or one with more stars, so there
		 * is a last one. */
		size_t stars = password[0] == '*' ? 0 : length < 3 ? length : 3;

		memset(place, '*', stars);
		memmove(place + stars, place + length, strlen(place + length) + 1);
	}
}

/* Lines that continue a message begin with a tab. Where a connection that stood
 * is lost, a line that does not is libpq stumbling over the same loss again. */
static void cut_echoes(char *text)
{
	char *end;

	for (end = strchr(text, '\n'); end; end = strchr(end + 1, '\n')) {
		if (end[1] != '\t') {
			*end = '\0';
			return;
		}
	}
}

/* Makes what follows the first line one line, and returns where it begins. */
static char *split_lines(char *text)
{
	char *rest = strchr(text, '\n');
	char *to;
	const char *from;

	if (!rest)
		return NULL;
	*rest++ = '\0';
	for (from = to = rest; *from; from++) {
		if (*from != '\n' && *from != '\t')
			*to++ = *from;
		else if (to > rest && to[-1] != ' ')
			*to++ = ' ';
	}
	while (to > rest && to[-1] == ' ')
		to--;
	*to = '\0';
	return rest;
}

static const char *hint_for(PGconn *link, const char *text)
{
	if (PQconnectionNeedsPassword(link))
		return "Give a password in the URL, in PGPASSWORD or in ~/.pgpass.";
	if (strstr(text, "password authentication failed"))
		return "Check the user and the password in the URL, PGPASSWORD or ~/.pgpass.";
	if (strstr(text, "FATAL:  database \"") && strstr(text, "does not exist"))
		return "Create the database first: CREATE DATABASE, or createdb.";
	return NULL;
}

/* libpq fills in the user as soon as it can read its settings; some values it
 * judges later. */
static int code_of_link(PGconn *link, const char *said)
{
	if (PQstatus(link) != CONNECTION_BAD)
		return LIMBECK_E_SQL;
	return !PQuser(link) || strncmp(said, "invalid ", 8) == 0 ? LIMBECK_E_CONFIG :
		LIMBECK_E_CONNECT;
}

int postgresql_fail_link(const struct postgresql *pg, struct limbeck_error *err)
{
	PGconn *link = pg->link;
	const char *said = PQerrorMessage(link);
	const char *hint;
	const char *rest;
	char *text;

	if (!said || !*said)
		said = "the connection to the server was lost";
	text = limbeck_host->alloc(strlen(said) + 1);
	if (!text)
		return postgresql_nomem(err);
	strcpy(text, said);
	hide_password(link, text);
	if (pg->stopper)
		cut_echoes(text);
	hint = hint_for(link, text);
	rest = split_lines(text);
	limbeck_host->fail(err, code_of_link(link, text), "%s", text);
	limbeck_host->fail_detail(err, rest);
	limbeck_host->fail_hint(err, hint);
	limbeck_host->free(text);
	return -1;
}
