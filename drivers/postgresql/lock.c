/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lock: an advisory lock, whose key space is the database's.
 *
 * On a connection of our own to the server it belongs to the session, and the
 * server gives it back when that ends, however it ends. Behind a pooler there is no
 * such session: see lock_pooled.c.
 *
 * Beside it there is the "work" lock, of the same key in the other key space: behind
 * a pooler each transaction of the holder has it, so that nobody takes the lock
 * before a transaction has ended that outlived its client.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "postgresql.h"

/* FNV-1a of 64 bits, begun with the program's name, so that an application
 * that hashes the same word in the same way gets another key. */
static uint64_t key_of(const char *name)
{
	static const char salt[] = "limbeck lock ";
	uint64_t hash = UINT64_C(14695981039346656037);
	const char *c;

	for (c = salt; *c; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
	for (c = name; *c; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
	return hash;
}

int postgresql_value(struct postgresql *pg, const char *sql, char *value, size_t size,
	struct limbeck_error *err)
{
	struct limbeck_statement statement = { sql, strlen(sql) };
	PGresult *result;
	int status = 0;

	value[0] = '\0';
	postgresql_enter(pg, true);
	if (!PQsendQuery(pg->link, sql))
		status = postgresql_fail_link(pg, err);
	while (status == 0 && (result = postgresql_next(pg)) != NULL) {
		if (PQresultStatus(result) != PGRES_TUPLES_OK &&
			PQresultStatus(result) != PGRES_COMMAND_OK &&
			PQresultStatus(result) != PGRES_EMPTY_QUERY)
			status = postgresql_fail(pg, result, &statement, err);
		else if (PQntuples(result) > 0 && PQnfields(result) > 0)
			snprintf(value, size, "%s", PQgetvalue(result, 0, 0));
		PQclear(result);
	}
	while (status < 0 && (result = postgresql_next(pg)) != NULL)
		PQclear(result);
	postgresql_leave(pg);
	return status;
}

void postgresql_lock_key(const char *name, struct lock_key *key)
{
	uint64_t hash = key_of(name);

	key->high = (uint32_t)(hash >> 32);
	key->low = (uint32_t)hash;
	/* The server's numbers are signed. */
	snprintf(key->whole, sizeof(key->whole), "'%" PRId64 "'::bigint", (int64_t)hash);
	snprintf(key->halves, sizeof(key->halves), "%" PRId32 ", %" PRId32, (int32_t)key->high,
		(int32_t)key->low);
}

void postgresql_lock_rows(const struct lock_key *key, int space, char *text, size_t size)
{
	snprintf(text, size, "pg_catalog.pg_locks l WHERE l.locktype = 'advisory' AND l.granted "
		"AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d "
		"WHERE d.datname = pg_catalog.current_database()) "
		"AND l.classid = '%" PRIu32 "'::oid AND l.objid = '%" PRIu32 "'::oid "
		"AND l.objsubid = %d", key->high, key->low, space);
}

static int lock_session(struct postgresql *pg, const char *name, struct limbeck_error *err)
{
	struct lock_key key;
	char rows[LOCK_ROWS], sql[LOCK_SQL], value[8];

	postgresql_lock_key(name, &key);
	postgresql_lock_rows(&key, LOCK_SPACE_WORK, rows, sizeof(rows));
	snprintf(sql, sizeof(sql),
		"SELECT CASE WHEN NOT pg_catalog.pg_try_advisory_lock(%s) THEN 'f' "
		"WHEN EXISTS (SELECT FROM %s) THEN "
		"CASE WHEN pg_catalog.pg_advisory_unlock(%s) THEN 'f' ELSE 'f' END ELSE 't' END",
		key.whole, rows, key.whole);
	if (postgresql_value(pg, sql, value, sizeof(value), err) < 0)
		return -1;
	return value[0] == 't';
}

int postgresql_lock(void *conn, const char *name, struct limbeck_error *err)
{
	struct postgresql *pg = conn;

	return pg->pooled ? postgresql_lock_pooled(pg, name, err) : lock_session(pg, name, err);
}

int postgresql_unlock(void *conn, const char *name, struct limbeck_error *err)
{
	struct postgresql *pg = conn;
	struct lock_key key;
	char sql[LOCK_SQL], value[8];

	if (pg->pooled) {
		postgresql_unlock_pooled(pg);
		return 0;
	}
	postgresql_lock_key(name, &key);
	snprintf(sql, sizeof(sql), "SELECT pg_catalog.pg_advisory_unlock(%s)", key.whole);
	return postgresql_value(pg, sql, value, sizeof(value), err);
}

/* Divides by zero where the lock is not ours any more.
 *
 * A session's lock can be lost only by a revision that gives back all locks. Then another
 * one has it, or this transaction takes it once more. Behind a pooler the transaction with
 * the lock may have ended by itself. */
int postgresql_lock_check(void *conn, const char *name, char *text, size_t size)
{
	struct postgresql *pg = conn;
	struct lock_key key;
	int length;

	postgresql_lock_key(name, &key);
	if (pg->pooled)
		length = snprintf(text, size, "SELECT 1 / CASE WHEN EXISTS ("
			"SELECT FROM pg_catalog.pg_locks l WHERE l.locktype = 'advisory' "
			"AND l.granted AND l.classid = '%" PRIu32 "'::oid "
			"AND l.objid = '%" PRIu32 "'::oid AND l.objsubid = %d "
			"AND l.pid = %ld AND l.virtualtransaction = '%s') "
			"AND pg_catalog.pg_try_advisory_xact_lock(%s) THEN 1 ELSE 0 END",
			key.high, key.low, LOCK_SPACE_RUN, pg->lock_pid, pg->lock_transaction,
			key.halves);
	else
		length = snprintf(text, size, "SELECT 1 / "
			"CASE WHEN pg_catalog.pg_try_advisory_xact_lock(%s) THEN 1 ELSE 0 END",
			key.whole);
	return length > 0 && (size_t)length < size;
}

int postgresql_lock_holder(void *conn, const char *name, char *text, size_t size)
{
	struct postgresql *pg = conn;
	struct lock_key key;
	char run[LOCK_ROWS], work[LOCK_ROWS], sql[2 * LOCK_SQL];

	postgresql_lock_key(name, &key);
	postgresql_lock_rows(&key, LOCK_SPACE_RUN, run, sizeof(run));
	postgresql_lock_rows(&key, LOCK_SPACE_WORK, work, sizeof(work));
	/* Behind a pooler a server connection is as old as the pool, and the lock as the
	 * transaction. */
	snprintf(sql, sizeof(sql),
		"SELECT 'pid ' || h.pid || coalesce(' (' || nullif(concat_ws(', ', "
		"'application ' || nullif(a.application_name, ''), 'user ' || a.usename, "
		"'from ' || coalesce(host(a.client_addr), 'the same machine'), "
		"'%s since ' || to_char(a.%s AT TIME ZONE 'UTC', "
		"'YYYY-MM-DD HH24:MI:SS') || ' UTC'), '') || ')', '') "
		"FROM (SELECT l.pid, l.objsubid FROM %s UNION ALL "
		"SELECT l.pid, l.objsubid FROM %s) h "
		"LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = h.pid "
		"ORDER BY h.objsubid LIMIT 1", pg->pooled ? "in a transaction" : "connected",
		pg->pooled ? "xact_start" : "backend_start", run, work);
	if (pg->pooled)
		return postgresql_lock_ask(pg, sql, text, size);
	return postgresql_value(pg, sql, text, size, NULL) == 0 && text[0] != '\0';
}
