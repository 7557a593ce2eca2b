/* SPDX-License-Identifier: BSD-2-Clause */
/* A database in memory, of which nothing is left. */
#include "schema.h"

#include <string.h>

/* The shell's .schema and .dump print the tables that SQLite keeps for itself
 * ("The Schema Table", internal schema objects), which nobody may create. */
bool scratch_passes_over(const struct limbeck_statement *statement)
{
	static const struct limbeck_lexis lexis = LIMBECK_LEXIS_SQLITE;
	static const char *const words[] = { "create", "table" };
	struct limbeck_token token;
	size_t at = 0;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		limbeck_host->token(&lexis, statement->sql, statement->length, &at, &token);
		if (token.length != strlen(words[i])
			|| sqlite3_strnicmp(token.text, words[i], (int)token.length) != 0)
			return false;
	}
	limbeck_host->token(&lexis, statement->sql, statement->length, &at, &token);
	if (token.length > 1 && strchr("\"'`[", *token.text)) {
		token.text++;
		token.length--;
	}
	return token.length > strlen("sqlite_")
		&& sqlite3_strnicmp(token.text, "sqlite_", (int)strlen("sqlite_")) == 0;
}

int scratch_open(void *data, struct limbeck_session *session, unsigned flags, void **scratch,
	struct limbeck_error *err)
{
	const struct conn *conn = data;
	struct conn *new;

	(void)flags;
	new = limbeck_host->alloc(sizeof *new);
	if (!new)
		return limbeck_host->fail(err, LIMBECK_E_NOMEM, "out of memory");
	new->session = session;
	new->lock = -1;
	new->scratch = true;
	new->busy_timeout = conn->busy_timeout;
	if (sqlite3_open(":memory:", &new->db) == SQLITE_OK) {
		sqlite3_extended_result_codes(new->db, 1);
		sqlite3_db_config(new->db, SQLITE_DBCONFIG_ENABLE_FKEY,
			foreign_keys_are_on(conn), NULL);
		guard_open(new);
		*scratch = new;
		return 0;
	}
	failure_opening(new->db, ":memory:", err);
	sqlite3_close(new->db);
	limbeck_host->free(new);
	return -1;
}
