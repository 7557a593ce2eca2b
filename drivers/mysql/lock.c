/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lock: GET_LOCK, which ends with the connection. Its names are the whole
 * server's, so the database is part of ours. MySQL takes up to 64 characters.
 * Of a cluster it is one node's: see node.c.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connection.h"

#define NAME_SIZE 65
#define SQL_SIZE 512

static uint64_t add_to_hash(uint64_t hash, const char *text)
{
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return (hash ^ 0xFF) * UINT64_C(1099511628211);
}

/* Readable for whoever looks at the server's locks; what is too long for that,
 * or needs care with quotes and letter case, is told apart by FNV-1a. */
static void lock_name(const struct connection *c, const char *name, char text[NAME_SIZE])
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789_.-";
	const char *database = c->database ? c->database : "";
	int length = snprintf(text, NAME_SIZE, "limbeck.%s.%s", database, name);
	uint64_t hash;

	if (length > 0 && length < NAME_SIZE && text[strspn(text, plain)] == '\0')
		return;
	hash = add_to_hash(add_to_hash(UINT64_C(14695981039346656037), database), name);
	snprintf(text, NAME_SIZE, "limbeck.%016" PRIx64, hash);
}

/* A query whose format has one place for the lock's name. */
static int query(struct connection *c, const char *before, const char *name, const char *after,
	char **value, struct limbeck_error *err)
{
	char text[NAME_SIZE];
	char sql[SQL_SIZE];
	int status;

	lock_name(c, name, text);
	snprintf(sql, sizeof(sql), "%s'%s'%s", before, text, after);
	*value = NULL;
	connection_enter(c);
	status = connection_row(c, sql, value, 1, err);
	connection_leave(c);
	return status;
}

int connection_lock(void *conn, const char *name, struct limbeck_error *err)
{
	const struct connection *c = conn;
	char *value;
	int taken;

	if (c->lockless)
		return 1;
	if (query(conn, "SELECT GET_LOCK(", name, ", 0)", &value, err) < 0)
		return -1;
	if (!value)
		return limbeck_host->fail(err, LIMBECK_E_SQL, "the server could not give the lock");
	taken = strcmp(value, "1") == 0;
	limbeck_host->free(value);
	return taken;
}

int connection_unlock(void *conn, const char *name, struct limbeck_error *err)
{
	const struct connection *c = conn;
	char *value;

	if (c->lockless)
		return 0;
	if (query(conn, "SELECT RELEASE_LOCK(", name, ")", &value, err) < 0)
		return -1;
	limbeck_host->free(value);
	return 0;
}

/* Out of range, in whatever SQL mode, once a revision has given back all its locks, or
 * a proxy has put another session in the place of ours. */
int connection_lock_check(void *conn, const char *name, char *text, size_t size)
{
	const struct connection *c = conn;
	char lock[NAME_SIZE];
	int length;

	if (c->lockless)
		return 0;
	lock_name(c, name, lock);
	length = snprintf(text, size, "SELECT 18446744073709551615 + "
		"(COALESCE(IS_USED_LOCK('%s'), 0) <> CONNECTION_ID())", lock);
	return length > 0 && (size_t)length < size;
}

int connection_lock_holder(void *conn, const char *name, char *text, size_t size)
{
	char *value;

	if (query(conn, "SELECT CONCAT('connection ', l.id, COALESCE(CONCAT(' (user ', p.USER, "
		"', from ', p.HOST, ', ', LOWER(p.COMMAND), ' for ', p.TIME, ' s)'), '')) "
		"FROM (SELECT IS_USED_LOCK(", name, ") AS id) AS l "
		"LEFT JOIN information_schema.PROCESSLIST AS p ON p.ID = l.id", &value,
		NULL) <= 0 || !value)
		return 0;
	snprintf(text, size, "%s", value);
	limbeck_host->free(value);
	return 1;
}
