/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How long a statement may wait for a table's lock, and run; and who is in the way.
 */
#include <stdio.h>
#include <string.h>

#include "subject.h"

static bool is_mariadb(const struct connection *c)
{
	return strcmp(c->product, "mariadb") == 0;
}

/* MySQL has a limit for queries alone, in milliseconds. */
static int add_statement_limit(const struct connection *c, int64_t limit, char *text, size_t size)
{
	const char *name = is_mariadb(c) ? "max_statement_time" : "max_execution_time";

	if (limit == 0)
		return snprintf(text, size, "%s = DEFAULT", name);
	if (!is_mariadb(c))
		return snprintf(text, size, "%s = %lld", name, (long long)limit);
	return snprintf(text, size, "%s = %lld.%03d", name, (long long)(limit / 1000),
		(int)(limit % 1000));
}

int connection_limit(void *conn, const struct limbeck_limits *limits,
	const struct limbeck_statement *statement, char *text, size_t size)
{
	const struct connection *c = conn;
	int length = snprintf(text, size, "SET SESSION ");

	if (!statement && limits->statement == 0)
		return 0;
	/* In whole seconds, at least one. */
	if (limits->lock > 0)
		length += snprintf(text + length, size - (size_t)length, "lock_wait_timeout = %lld%s",
			(long long)((limits->lock + 999) / 1000), limits->statement ? ", " : "");
	if (limits->statement > 0)
		add_statement_limit(c, statement ? limits->statement : 0, text + length,
			size - (size_t)length);
	return 1;
}

#define SESSION "CONCAT('connection ', p.ID, ' (user ', p.USER, ', from ', p.HOST, ', ', "
/* Texts in quotes are nobody else's business. */
#define QUERY "COALESCE(CONCAT(': ', " \
	"LEFT(REGEXP_REPLACE(p.INFO, '''[^'']*''|\"[^\"]*\"', '''...'''), 80)), '')"
#define LIST(what) "SELECT GROUP_CONCAT(" what " SEPARATOR '; ') FROM "

/* Whoever has a lock on one of the tables. MariaDB says so with a plugin alone; the
 * sessions in a transaction, or at work in the same database, are those that may. */
static const char mysql_query_text[] = LIST(SESSION "'for ', p.TIME, ' s)', " QUERY ")")
	"information_schema.PROCESSLIST AS p WHERE p.ID <> CONNECTION_ID() AND p.ID IN "
	"(SELECT t.PROCESSLIST_ID FROM performance_schema.metadata_locks AS m "
	"JOIN performance_schema.threads AS t ON t.THREAD_ID = m.OWNER_THREAD_ID "
	"WHERE m.LOCK_STATUS = 'GRANTED' AND m.OBJECT_TYPE = 'TABLE' AND m.OBJECT_NAME IN (";
static const char mariadb_query_text[] = LIST(SESSION "COALESCE(CONCAT('in a transaction for ', "
	"TIMESTAMPDIFF(SECOND, x.TRX_STARTED, NOW()), ' s'), CONCAT('at work for ', p.TIME, "
	"' s')), ')', " QUERY ")")
	"information_schema.PROCESSLIST AS p LEFT JOIN information_schema.INNODB_TRX AS x "
	"ON x.TRX_MYSQL_THREAD_ID = p.ID WHERE p.ID <> CONNECTION_ID() AND p.DB = DATABASE() "
	"AND (x.TRX_ID IS NOT NULL OR p.COMMAND = 'Query')";

/* Without the right to see transactions: the sessions that this user may see. */
static const char mariadb_plain_text[] = LIST(SESSION "LOWER(p.COMMAND), ' for ', p.TIME, ' s)', "
	QUERY ")") "information_schema.PROCESSLIST AS p WHERE p.ID <> CONNECTION_ID() "
	"AND p.DB = DATABASE()";

static void make_query(const struct connection *c, const struct limbeck_statement *statement,
	struct text *sql)
{
	struct words words;
	char name[SUBJECT_NAME];
	const char *comma = "";

	if (is_mariadb(c)) {
		text_add(sql, mariadb_query_text);
		return;
	}
	text_add(sql, mysql_query_text);
	for (words_init(&words, c, statement); words.token.kind != LIMBECK_TOKEN_END;
		words_next(&words)) {
		if (!words_name(&words, name))
			continue;
		text_add(sql, comma);
		text_add_literal(sql, name, !c->own_lexis ||
			(c->lexis.flags & LIMBECK_LEX_BACKSLASH));
		comma = ", ";
	}
	text_add(sql, *comma ? "))" : "''))");
}

int connection_blockers(void *conn, const struct limbeck_statement *statement, char *text,
	size_t size)
{
	struct connection *c = conn;
	struct text sql = TEXT_INIT;
	char *value = NULL;
	int found;

	make_query(c, statement, &sql);
	connection_enter(c);
	found = sql.failed ? 0 : connection_row(c, text_string(&sql), &value, 1, NULL);
	if (found < 0)
		found = connection_row(c, mariadb_plain_text, &value, 1, NULL);
	connection_leave(c);
	if (value)
		snprintf(text, size, "%s", value);
	limbeck_host->free(value);
	text_release(&sql);
	return found > 0 && value != NULL;
}
