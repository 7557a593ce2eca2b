/* SPDX-License-Identifier: BSD-2-Clause */
/* What a driver knows of single statements: the members nature, footprint, probe,
 * limit, blockers; and its backup. */
#include "driver/connection.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "driver/call.h"

/* True if the text begins with the words of a phrase of that length. */
static bool begins_with_phrase(const struct limbeck_statement *statement, const char *phrase,
	size_t rest)
{
	const char *text = statement->sql, *end = text + statement->length;

	for (; rest > 0 && text < end; phrase++, rest--) {
		if (*phrase != ' ') {
			if (toupper((unsigned char)*text++) != *phrase)
				return false;
			continue;
		}
		if (!isspace((unsigned char)*text))
			return false;
		while (text < end && isspace((unsigned char)*text))
			text++;
	}
	return rest == 0 && (text == end || !isalnum((unsigned char)*text));
}

/* True if one of the phrases, separated by this character, begins the text. */
static bool begins_with_any(const struct limbeck_statement *statement, const char *phrases,
	const char *separator)
{
	while (phrases && *phrases) {
		size_t n = strcspn(phrases, separator);

		if (begins_with_phrase(statement, phrases, n))
			return true;
		phrases += n + (phrases[n] != '\0');
	}
	return false;
}

static enum limbeck_nature judge(const struct limbeck_traits *traits,
	const struct limbeck_statement *statement)
{
	if (traits->can[LIMBECK_CAP_TRANSACTIONAL_DDL] != LIMBECK_NO)
		return LIMBECK_NATURE_OUTSIDE;
	return begins_with_any(statement, traits->data_words, " ")
			&& !begins_with_any(statement, traits->committing_words, ",")
		? LIMBECK_NATURE_PLAIN : LIMBECK_NATURE_COMMITS;
}

enum limbeck_nature connection_nature(struct connection *connection,
	const struct limbeck_statement *statement)
{
	int nature;

	if (connection->lost)
		return LIMBECK_NATURE_OPAQUE;
	assert(!connection->busy);
	nature = connection->driver->table.nature(connection->conn, statement);
	if (nature <= LIMBECK_NATURE_STANDARD || nature > LIMBECK_NATURE_OUTSIDE)
		return judge(&connection->driver->traits, statement);
	return (enum limbeck_nature)nature;
}

char *connection_footprint(struct connection *connection, const struct limbeck_statement *statement)
{
	char *expression = NULL;

	if (connection->driver->table.footprint(connection->conn, statement, &expression) > 0)
		return expression;
	return NULL;
}

int connection_probe(struct connection *connection, struct limbeck_probe *probe,
	struct limbeck_error *err)
{
	struct call call = { .connection = connection, .member = "probe",
		.text = probe->statement->sql, .length = probe->statement->length };
	int result;

	probe->size = sizeof *probe;
	if (call_begin(&call, err) < 0)
		return -1;
	result = connection->driver->table.probe(connection->conn, probe, &call.own);
	probe->known[sizeof probe->known - 1] = '\0';
	probe->remedy[sizeof probe->remedy - 1] = '\0';
	return call_end(&call, result > LIMBECK_EFFECT_UNKNOWN ? LIMBECK_EFFECT_UNKNOWN : result, err);
}

bool connection_limit(struct connection *connection, const struct limbeck_limits *limits,
	const struct limbeck_statement *statement, char *text, size_t size)
{
	text[0] = '\0';
	if (connection->lost || connection->driver->table.limit(connection->conn, limits, statement,
			text, size) <= 0)
		return false;
	text[size - 1] = '\0';
	return true;
}

bool connection_blockers(struct connection *connection, const struct limbeck_statement *statement,
	char *text, size_t size)
{
	bool known;

	text[0] = '\0';
	if (connection->lost)
		return false;
	assert(!connection->busy);
	known = connection->driver->table.blockers(connection->conn, statement, text, size) > 0;
	text[size - 1] = '\0';
	return known && *text;
}

int connection_backup(struct connection *connection, const char *path, struct limbeck_error *err)
{
	struct call call = { .connection = connection, .member = "backup", .text = path,
		.length = strlen(path) };

	if (call_begin(&call, err) < 0)
		return -1;
	return call_end(&call, connection->driver->table.backup(connection->conn, path, &call.own),
		err);
}
