/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "connection.h"

#define EXCERPT 60

void warnings_read(struct connection *c)
{
	MYSQL_RES *result = mysql_use_result(c->link);
	MYSQL_ROW row;

	while (result && (row = mysql_fetch_row(result)) != NULL) {
		bool note = row[0] && strcmp(row[0], "Note") == 0;

		limbeck_host->log(c->session, note ? LIMBECK_LOG_NOTICE : LIMBECK_LOG_WARNING,
			"%s (%s)", row[2] ? row[2] : "", row[1] ? row[1] : "");
	}
	if (result)
		mysql_free_result(result);
}

void warnings_fetch(struct connection *c)
{
	if (mysql_query(c->link, "SHOW WARNINGS") == 0)
		warnings_read(c);
}

/* The length of the first line, cut between two characters. */
static size_t excerpt(const struct limbeck_statement *statement)
{
	size_t length = 0;

	while (length < statement->length && statement->sql[length] != '\n' && length < EXCERPT)
		length++;
	if (length == EXCERPT) {
		while (length > 0 && ((unsigned char)statement->sql[length] & 0xC0) == 0x80)
			length--;
	}
	return length;
}

void warnings_note(struct connection *c, unsigned count, const struct limbeck_statement *statement)
{
	struct limbeck_statement rest = *statement;
	size_t length;

	while (rest.length > 0 && strchr(" \t\r\n", *rest.sql) && *rest.sql) {
		rest.sql++;
		rest.length--;
	}
	length = excerpt(&rest);
	limbeck_host->log(c->session, LIMBECK_LOG_WARNING,
		"%u warning%s at: %.*s%s (the server keeps texts for the last statement only)",
		count, count == 1 ? "" : "s", (int)length, rest.sql,
		length < rest.length ? "..." : "");
}
