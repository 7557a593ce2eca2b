/* SPDX-License-Identifier: BSD-2-Clause */
/* Which statements make a schema. */
#include "api/ddl.h"

#include <string.h>
#include <strings.h>

#include "base/error.h"

enum { WORDS = 4, WORD_SIZE = 24 };

/* A statement's first words, and its last tokens. */
struct outline {
	char words[WORDS][WORD_SIZE];
	size_t count;
	bool owner;              /* ends in OWNER TO name */
	bool from_stdin;
};

/* Beginnings of statements that say nothing of a schema, or reach out of the
 * database: rights, roles, rows, maintenance. */
static const char *const skipped[] = {
	"GRANT", "REVOKE", "ALTER DEFAULT PRIVILEGES", "REASSIGN OWNED", "DROP OWNED",
	"CREATE ROLE", "ALTER ROLE", "DROP ROLE", "CREATE USER", "ALTER USER", "DROP USER",
	"CREATE GROUP", "ALTER GROUP", "DROP GROUP", "CREATE TABLESPACE", "ALTER TABLESPACE",
	"DROP TABLESPACE", "CREATE DATABASE", "ALTER DATABASE", "DROP DATABASE", "USE",
	"SET ROLE", "SET SESSION AUTHORIZATION", "RESET ROLE", "RESET SESSION AUTHORIZATION",
	"INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE",
	"LOCK TABLES", "UNLOCK TABLES", "LOCK TABLE", "VACUUM", "ANALYZE", "CHECKPOINT",
};

/* These too, where a schema is a database. */
static const char *const schema_statements[] = {
	"CREATE SCHEMA", "ALTER SCHEMA", "DROP SCHEMA",
};

static const char *const settings[] = { "SET", "RESET", "PRAGMA", "SELECT" };

#define COUNT(array) (sizeof (array) / sizeof *(array))

static void add_word(struct outline *outline, const struct token *token)
{
	char *word = outline->words[outline->count];

	if (token->length >= WORD_SIZE) {
		outline->count = WORDS; /* none that we look for */
		return;
	}
	memcpy(word, token->text, token->length);
	word[token->length] = '\0';
	outline->count++;
}

static void look(const struct ddl *ddl, const char *sql, size_t length, struct outline *outline)
{
	struct scanner scanner;
	struct token token;
	/* How much of OWNER TO name, of FROM STDIN, the tokens up to here are. */
	int owner = 0;
	bool from = false, words = true, rename = false;

	scanner_init(&scanner, ddl->lexis, sql, length, true);
	for (;;) {
		scanner_next(&scanner, &token);
		if (token.kind == TOKEN_END || token.kind == TOKEN_BAD || token.kind == TOKEN_MORE)
			break;
		if (token.kind == TOKEN_COMMENT || token.kind == TOKEN_EXECUTABLE)
			continue;
		words = words && token.kind == TOKEN_WORD && outline->count < WORDS;
		if (words)
			add_word(outline, &token);
		owner = token_is(&token, "OWNER") && owner != 1 ? 1
			: owner == 1 && token_is(&token, "TO") ? 2 : owner == 2 ? 3 : 0;
		outline->from_stdin = outline->from_stdin || (from && token_is(&token, "STDIN"));
		from = token_is(&token, "FROM");
		rename = rename || token_is(&token, "RENAME");
	}
	outline->owner = owner == 3 && !rename;
}

static bool begins(const struct outline *outline, const char *phrase)
{
	for (size_t i = 0; *phrase; i++) {
		size_t length = strcspn(phrase, " ");

		if (i >= outline->count || i >= WORDS || strlen(outline->words[i]) != length
			|| strncasecmp(outline->words[i], phrase, length) != 0)
			return false;
		phrase += length;
		phrase += strspn(phrase, " ");
	}
	return true;
}

static bool begins_any(const struct outline *outline, const char *const *phrases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (begins(outline, phrases[i]))
			return true;
	return false;
}

enum ddl_use ddl_judge(const struct ddl *ddl, struct ddl_statement *statement,
	struct limbeck_error *err)
{
	struct outline outline = { .count = 0 };

	look(ddl, statement->sql, statement->length, &outline);
	statement->drop = begins(&outline, "DROP");
	statement->index = begins(&outline, "CREATE INDEX")
		|| begins(&outline, "CREATE UNIQUE INDEX");
	if (begins(&outline, "COPY") && outline.from_stdin) {
		error_set(err, LIMBECK_E_SCRIPT, "COPY ... FROM stdin in a schema");
		error_detail(err, "Rows follow it that are no SQL, and no part of a schema.");
		error_hint(err, "Write the file anew with the schema alone, without rows.");
		return DDL_REFUSE;
	}
	if (begins(&outline, "ATTACH")) {
		error_set(err, LIMBECK_E_SCRIPT, "ATTACH in a schema");
		error_detail(err, "It would reach another database than the scratch that the "
			"schema is loaded into.");
		return DDL_REFUSE;
	}
	if (begins_any(&outline, skipped, COUNT(skipped))
		|| (!ddl->schemas
			&& begins_any(&outline, schema_statements, COUNT(schema_statements)))
		|| (begins(&outline, "ALTER") && outline.owner))
		return DDL_SKIP;
	return begins_any(&outline, settings, COUNT(settings)) ? DDL_SETTING : DDL_RUN;
}
