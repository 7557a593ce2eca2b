/* SPDX-License-Identifier: BSD-2-Clause */
/* What a statement is, how long it may run, and a copy of the database. */
#include "driver.h"

#include <string.h>
#include <time.h>

static const struct limbeck_lexis lexis = LIMBECK_LEXIS_SQLITE;

static bool begins_with_any(const struct limbeck_statement *statement, const char *const *words)
{
	struct limbeck_token token;
	size_t at = 0;

	limbeck_host->token(&lexis, statement->sql, statement->length, &at, &token);
	for (; *words; words++)
		if (strlen(*words) == token.length &&
		    sqlite3_strnicmp(token.text, *words, (int)token.length) == 0)
			return true;
	return false;
}

/* In a transaction that the section has begun by itself none of ours fits. */
int statement_nature(void *data, const struct limbeck_statement *statement)
{
	static const char *const plain[] = { "insert", "update", "delete", "replace", "with",
		"select", "create", "alter", "drop", "reindex", "analyze", NULL };
	static const char *const setting[] = { "pragma", "attach", "detach", NULL };
	const struct conn *conn = data;

	if (begins_with_any(statement, setting))
		return LIMBECK_NATURE_SETTING;
	return begins_with_any(statement, plain) && sqlite3_get_autocommit(conn->db) ?
		LIMBECK_NATURE_PLAIN : LIMBECK_NATURE_OUTSIDE;
}

int statement_probe(void *data, struct limbeck_probe *probe, struct limbeck_error *err)
{
	static const char *const again[] = { "vacuum", "pragma", "attach", "detach", "analyze",
		"reindex", NULL };

	(void)data, (void)err;
	return begins_with_any(probe->statement, again) ? LIMBECK_EFFECT_NONE :
		LIMBECK_EFFECT_UNKNOWN;
}

/* The wait for a lock is that of busy_timeout. */
int statement_limit(void *data, const struct limbeck_limits *limits,
	const struct limbeck_statement *statement, char *text, size_t size)
{
	struct conn *conn = data;

	(void)text, (void)size;
	conn->allowed = statement ? limits->statement : 0;
	return 0;
}

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static int check_time(void *data)
{
	struct conn *conn = data;

	conn->late = now() > conn->deadline;
	return conn->late;
}

void statement_watch(struct conn *conn)
{
	/* So many instructions take a few milliseconds at most. */
	const int instructions = 20000;

	conn->late = false;
	conn->deadline = now() + conn->allowed;
	if (conn->allowed > 0)
		sqlite3_progress_handler(conn->db, instructions, check_time, conn);
}

void statement_unwatch(struct conn *conn)
{
	if (conn->allowed > 0)
		sqlite3_progress_handler(conn->db, 0, NULL, NULL);
}

static int copy(struct conn *conn, sqlite3_backup *backup)
{
	const int pages = 1000;
	int result, waits = 0;

	do {
		result = sqlite3_backup_step(backup, pages);
		if (limbeck_host->cancelled(conn->session))
			return SQLITE_INTERRUPT;
		if (result != SQLITE_BUSY && result != SQLITE_LOCKED)
			continue;
		if (waits++ * 50 > conn->busy_timeout)
			return result;
		sqlite3_sleep(50);
	} while (result == SQLITE_OK || result == SQLITE_BUSY || result == SQLITE_LOCKED);
	return result;
}

/* SQLite's "Online Backup API": a copy as of one moment, whoever writes meanwhile. */
int statement_backup(void *data, const char *path, struct limbeck_error *err)
{
	struct conn *conn = data;
	sqlite3 *to = NULL;
	sqlite3_backup *backup = NULL;
	int result = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL);

	if (result == SQLITE_OK) {
		backup = sqlite3_backup_init(to, "main", conn->db, "main");
		result = backup ? copy(conn, backup) : sqlite3_errcode(to);
	}
	if (backup) {
		int finished = sqlite3_backup_finish(backup);

		if (result == SQLITE_DONE && finished != SQLITE_OK)
			result = finished;
	}
	if (sqlite3_close(to) != SQLITE_OK && result == SQLITE_DONE)
		result = SQLITE_IOERR;
	if (result == SQLITE_DONE)
		return 0;
	if (result == SQLITE_INTERRUPT)
		return limbeck_host->fail(err, LIMBECK_E_CANCELLED, "interrupted");
	limbeck_host->fail(err, result == SQLITE_BUSY ? LIMBECK_E_BUSY : LIMBECK_E_IO,
		"could not copy the database to %s: %s", path, sqlite3_errstr(result));
	return -1;
}
