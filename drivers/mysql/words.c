/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A statement's first word, which says whether its results can be counted
 * among others': CALL, EXECUTE and MariaDB's compound statements have as many
 * results as they like. Only what is known to have one travels together; the
 * rest is sent alone, which is never wrong.
 */
#include <string.h>
#include <strings.h>

#include "connection.h"

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Past the comment at i, or i when there is none; one that the server executes
 * is none. */
static size_t skip_comment(const char *sql, size_t length, size_t i)
{
	size_t rest = length - i;
	bool dashes = rest >= 2 && sql[i] == '-' && sql[i + 1] == '-' &&
		(rest == 2 || is_blank(sql[i + 2]));

	if (dashes || sql[i] == '#') {
		while (i < length && sql[i] != '\n')
			i++;
		return i;
	}
	if (rest < 4 || sql[i] != '/' || sql[i + 1] != '*' || sql[i + 2] == '!' ||
		(sql[i + 2] == 'M' && sql[i + 3] == '!'))
		return i;
	for (i += 2; i + 1 < length; i++) {
		if (sql[i] == '*' && sql[i + 1] == '/')
			return i + 2;
	}
	return length;
}

/* The next word from *at, which it moves behind it. */
static size_t next_word(const struct limbeck_statement *statement, size_t *at, const char **word)
{
	const char *sql = statement->sql;
	size_t length = statement->length;
	size_t i = *at;
	size_t start;

	while (i < length) {
		size_t next = is_blank(sql[i]) ? i + 1 : skip_comment(sql, length, i);

		if (next == i)
			break;
		i = next;
	}
	start = i;
	while (i < length && (sql[i] | 0x20) >= 'a' && (sql[i] | 0x20) <= 'z')
		i++;
	*word = sql + start;
	*at = i;
	return i - start;
}

static bool is_word(const char *word, size_t length, const char *wanted)
{
	return strlen(wanted) == length && strncasecmp(word, wanted, length) == 0;
}

static bool ends_with_semicolon(const struct limbeck_statement *statement)
{
	size_t end = statement->length;

	while (end > 0 && is_blank(statement->sql[end - 1]))
		end--;
	return end > 0 && statement->sql[end - 1] == ';';
}

static const struct known_word {
	const char *word;
	enum travel travel;
	bool counts; /* changed rows */
} known_words[] = {
	{ "INSERT", TRAVEL_TOGETHER, true }, { "UPDATE", TRAVEL_TOGETHER, true },
	{ "DELETE", TRAVEL_TOGETHER, true }, { "REPLACE", TRAVEL_TOGETHER, true },
	{ "SELECT", TRAVEL_TOGETHER, false }, { "WITH", TRAVEL_TOGETHER, true },
	{ "SET", TRAVEL_TOGETHER, false }, { "COMMIT", TRAVEL_TOGETHER, false },
	{ "ROLLBACK", TRAVEL_TOGETHER, false }, { "SAVEPOINT", TRAVEL_TOGETHER, false },
	{ "GRANT", TRAVEL_TOGETHER, false }, { "REVOKE", TRAVEL_TOGETHER, false },
	{ "CREATE", TRAVEL_DDL, false }, { "ALTER", TRAVEL_DDL, false },
	{ "DROP", TRAVEL_DDL, false }, { "RENAME", TRAVEL_DDL, false },
	{ "TRUNCATE", TRAVEL_DDL, false },
};

static const struct known_word *first_word(const struct limbeck_statement *statement, size_t *at)
{
	const char *word;
	size_t length;
	size_t i;

	*at = 0;
	length = next_word(statement, at, &word);
	for (i = 0; i < sizeof(known_words) / sizeof(known_words[0]); i++) {
		if (is_word(word, length, known_words[i].word))
			return &known_words[i];
	}
	return NULL;
}

enum travel statement_travel(const struct limbeck_statement *statement)
{
	size_t at;
	const struct known_word *known = first_word(statement, &at);
	const char *word;
	size_t length;

	if (!known || ends_with_semicolon(statement))
		return TRAVEL_ALONE;
	/* MariaDB: SET STATEMENT variable = value FOR any-statement. */
	if (strcmp(known->word, "SET") == 0) {
		length = next_word(statement, &at, &word);
		if (is_word(word, length, "STATEMENT"))
			return TRAVEL_ALONE;
	}
	return known->travel;
}

int64_t statement_affected(const struct limbeck_statement *statement, int64_t affected)
{
	size_t at;
	const struct known_word *known = first_word(statement, &at);

	/* More than 0 there is in CREATE TABLE ... SELECT. */
	return affected == 0 && known && !known->counts ? -1 : affected;
}
