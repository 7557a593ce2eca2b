/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lock: a session-level advisory lock, which the server gives back when
 * the connection ends, however it ends. Its key space is the database's.
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
		else if (PQntuples(result) > 0)
			snprintf(value, size, "%s", PQgetvalue(result, 0, 0));
		PQclear(result);
	}
	while (status < 0 && (result = postgresql_next(pg)) != NULL)
		PQclear(result);
	postgresql_leave(pg);
	return status;
}

/* The server's key is a signed number. */
static int call_lock(struct postgresql *pg, const char *function, const char *name, char *value,
	size_t size, struct limbeck_error *err)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "SELECT pg_catalog.%s('%" PRId64 "'::bigint)", function,
		(int64_t)key_of(name));
	return postgresql_value(pg, sql, value, size, err);
}

int postgresql_lock(void *conn, const char *name, struct limbeck_error *err)
{
	char value[8];

	if (call_lock(conn, "pg_try_advisory_lock", name, value, sizeof(value), err) < 0)
		return -1;
	return value[0] == 't';
}

int postgresql_unlock(void *conn, const char *name, struct limbeck_error *err)
{
	char value[8];

	return call_lock(conn, "pg_advisory_unlock", name, value, sizeof(value), err);
}

int postgresql_lock_holder(void *conn, const char *name, char *text, size_t size)
{
	uint64_t key = key_of(name);
	char sql[1024];

	/* pg_locks has a 64-bit key in two halves, with objsubid 1. */
	snprintf(sql, sizeof(sql),
		"SELECT 'pid ' || l.pid || coalesce(' (' || nullif(concat_ws(', ', "
		"'application ' || nullif(a.application_name, ''), 'user ' || a.usename, "
		"'from ' || coalesce(host(a.client_addr), 'the same machine'), "
		"'connected since ' || to_char(a.backend_start AT TIME ZONE 'UTC', "
		"'YYYY-MM-DD HH24:MI:SS') || ' UTC'), '') || ')', '') "
		"FROM pg_catalog.pg_locks l "
		"LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid "
		"WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 "
		"AND l.database = (SELECT oid FROM pg_catalog.pg_database "
		"WHERE datname = pg_catalog.current_database()) "
		"AND l.classid = '%" PRIu32 "'::oid AND l.objid = '%" PRIu32 "'::oid LIMIT 1",
		(uint32_t)(key >> 32), (uint32_t)key);
	return postgresql_value(conn, sql, text, size, NULL) == 0 && text[0] != '\0';
}
