/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a statement outside of a transaction is; how long any may wait for a lock, and
 * run; and who is in the way.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "subject.h"

static bool has_word(const struct postgresql *pg, const struct limbeck_statement *statement,
	const char *list)
{
	struct words words;

	for (words_init(&words, pg, statement); words.token.kind != LIMBECK_TOKEN_END;
		words_next(&words))
		if (words_is(&words, list))
			return true;
	return false;
}

/* A procedure, and a block that may call one, may commit. */
static bool may_commit(const struct limbeck_statement *statement)
{
	static const char *const words[] = { "commit", "call" };
	size_t i, j;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t length = strlen(words[i]);

		for (j = 0; j + length <= statement->length; j++)
			if (strncasecmp(statement->sql + j, words[i], length) == 0)
				return true;
	}
	return false;
}

/* What dumps begin with: SELECT pg_catalog.set_config('search_path', '', false). */
static bool sets_config(struct words *words)
{
	if (words_take(words, "pg_catalog") && words_sign(words, '.'))
		words_next(words);
	return words_is(words, "set_config");
}

int postgresql_nature(void *conn, const struct limbeck_statement *statement)
{
	const struct postgresql *pg = conn;
	struct words words;

	words_init(&words, conn, statement);
	/* In a transaction that the section has begun by itself none of ours fits. */
	if (words_is(&words, "insert update delete merge"))
		return PQtransactionStatus(pg->link) == PQTRANS_IDLE ? LIMBECK_NATURE_PLAIN :
			LIMBECK_NATURE_OUTSIDE;
	if (words_is(&words, "call") || (words_is(&words, "do") && may_commit(statement)))
		return LIMBECK_NATURE_OPAQUE;
	if (words_is(&words, "reset"))
		return LIMBECK_NATURE_SETTING;
	if (words_take(&words, "select"))
		return sets_config(&words) ? LIMBECK_NATURE_SETTING : LIMBECK_NATURE_OUTSIDE;
	if (words_take(&words, "set") && !words_is(&words, "local transaction constraints"))
		return LIMBECK_NATURE_SETTING;
	return LIMBECK_NATURE_OUTSIDE;
}

int postgresql_limit(void *conn, const struct limbeck_limits *limits,
	const struct limbeck_statement *statement, char *text, size_t size)
{
	const char *local = limits->enclosed ? "LOCAL " : "";
	/* It waits for others without keeping anybody waiting. */
	int64_t lock = statement && has_word(conn, statement, "concurrently") ? 0 : limits->lock;

	if (!statement && limits->statement == 0)
		return 0;
	if (!statement)
		snprintf(text, size, "SET %sstatement_timeout = 0", local);
	else if (limits->statement == 0)
		snprintf(text, size, "SET %slock_timeout = %" PRId64, local, lock);
	else if (limits->lock == 0)
		snprintf(text, size, "SET %sstatement_timeout = %" PRId64, local,
			limits->statement);
	else
		snprintf(text, size, "SELECT pg_catalog.set_config('lock_timeout', '%" PRId64
			"', %s), pg_catalog.set_config('statement_timeout', '%" PRId64 "', %s)",
			lock, limits->enclosed ? "true" : "false", limits->statement,
			limits->enclosed ? "true" : "false");
	return 1;
}

/* The relations that the statement names; an index stands for its table. */
static void add_relations(const struct postgresql *pg, const struct limbeck_statement *statement,
	struct strings *sql)
{
	char quoted[2 * SUBJECT_NAME + 1], plain[POSTGRESQL_NAME_BYTES];
	struct words words;
	size_t count = 0;

	strings_add(sql, "(SELECT pg_catalog.to_regclass(r.name)::pg_catalog.oid FROM "
		"pg_catalog.unnest(ARRAY[NULL");
	words_init(&words, pg, statement);
	while (words.token.kind != LIMBECK_TOKEN_END && count < 4 * SUBJECT_OBJECTS) {
		if (!words_name(&words, quoted, plain)) {
			words_next(&words);
			continue;
		}
		strings_add(sql, ", ");
		strings_add_quoted(sql, quoted, '\'');
		count++;
	}
	strings_add(sql, "]::text[]) AS r (name))");
}

/* Texts in quotes are nobody else's business. */
static const char holders[] =
	"SELECT pg_catalog.string_agg(h.text, '; ') FROM (SELECT 'pid ' || a.pid || ' (user ' || "
	"coalesce(a.usename, 'unknown') || coalesce(', application ' || "
	"nullif(a.application_name, ''), '') || coalesce(', ' || a.state, '') || "
	"coalesce(', for ' || floor(extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start)) "
	"|| ' s', '') || ')' || coalesce(': ' || left(regexp_replace(regexp_replace(a.query, "
	"'''[^'']*''', '''...''', 'g'), '\\s+', ' ', 'g'), 80), '') AS text "
	"FROM pg_catalog.pg_stat_activity a WHERE a.pid <> pg_catalog.pg_backend_pid() AND a.pid IN "
	"(SELECT l.pid FROM pg_catalog.pg_locks l WHERE l.granted AND l.locktype = 'relation' "
	"AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d "
	"WHERE d.datname = pg_catalog.current_database()) AND l.relation IN "
	"(SELECT coalesce(i.indrelid, n.oid) FROM n LEFT JOIN pg_catalog.pg_index i "
	"ON i.indexrelid = n.oid)) ORDER BY a.xact_start LIMIT 3) h";

int postgresql_blockers(void *conn, const struct limbeck_statement *statement, char *text,
	size_t size)
{
	struct strings sql = { NULL, 0, 0, false };
	int status;

	strings_add(&sql, "WITH n (oid) AS ");
	add_relations(conn, statement, &sql);
	strings_add(&sql, " ");
	strings_add(&sql, holders);
	status = sql.failed ? -1 : postgresql_value(conn, sql.text, text, size, NULL);
	strings_release(&sql);
	return status == 0 && text[0] != '\0';
}
