/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lock behind a pooler, which gives each transaction whatever server connection
 * is free. It keeps one for a client as long as a transaction is open, so the lock is
 * that of a transaction, on a second connection that does nothing else. That one is
 * idle and has no snapshot: neither VACUUM nor CREATE INDEX CONCURRENTLY waits for it.
 *
 * A pooler is known by the number of the server process, which it makes up.
 *
 * Whoever waits has no transaction open between two tries. No wait for the pooler is
 * longer than PATIENCE: where it has no server connection to give, the lock is not to
 * be had.
 */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "postgresql.h"

/* Milliseconds. */
#define PATIENCE 5000
#define PARTING 1000

/* Whatever would end the transaction, or the session, though its client lives; and
 * what tells the server that it does not. */
#define LOCK_SETTINGS \
	"SELECT pg_catalog.set_config(s.name, s.value, true) FROM (VALUES " \
	"('idle_in_transaction_session_timeout', '0'), ('transaction_timeout', '0'), " \
	"('statement_timeout', '0'), ('tcp_keepalives_idle', '30'), " \
	"('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3')) AS s (name, value) " \
	"WHERE pg_catalog.current_setting(s.name, true) IS NOT NULL; "

static long now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Waits for the next result until then. false: there is none in time, or the user
 * wants to stop. */
static bool await(struct postgresql *pg, long until)
{
	while (PQflush(pg->link) > 0 || PQisBusy(pg->link)) {
		struct pollfd fd = { PQsocket(pg->link), POLLIN, 0 };
		long left = until - now_ms();

		if (left <= 0 || fd.fd < 0 || postgresql_cancelled(pg))
			return false;
		if (poll(&fd, 1, (int)(left < MOMENT_MS ? left : MOMENT_MS)) > 0 &&
			!PQconsumeInput(pg->link))
			return true;
	}
	return true;
}

enum outcome {
	OUTCOME_FINE,
	OUTCOME_LATE,   /* the answer may still come */
	OUTCOME_FAILED  /* err is filled */
};

/* Runs a text of one or several statements; value is the first one of the last row that
 * came. */
static enum outcome ask(struct postgresql *pg, const char *sql, long patience, char *value,
	size_t size, struct limbeck_error *err)
{
	struct limbeck_statement statement = { sql, strlen(sql) };
	long until = now_ms() + patience;
	bool failed = false;
	PGresult *result;

	value[0] = '\0';
	if (!PQsendQuery(pg->link, sql)) {
		postgresql_fail_link(pg, err);
		return OUTCOME_FAILED;
	}
	for (;;) {
		if (!await(pg, until))
			return OUTCOME_LATE;
		result = postgresql_take_result(pg);
		if (!result)
			return failed ? OUTCOME_FAILED : OUTCOME_FINE;
		if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0 &&
			PQnfields(result) > 0)
			snprintf(value, size, "%s", PQgetvalue(result, 0, 0));
		else if (PQresultStatus(result) == PGRES_FATAL_ERROR && !failed)
			failed = postgresql_fail(pg, result, &statement, err) < 0;
		PQclear(result);
	}
}

/* The main connection stands: nothing here may look as if it did not. */
static int fail(const struct postgresql *locker, const char *what, struct limbeck_error *err)
{
	const char *said = locker && locker->link ? PQerrorMessage(locker->link) : "";
	size_t length = strcspn(said, "\n");

	limbeck_host->fail(err, LIMBECK_E_BUSY, "%s%s%.*s", what, length ? ": " : "", (int)length,
		said);
	limbeck_host->fail_hint(err, "Behind a pooler limbeck needs two server connections, one of "
		"them for its lock: let the pool have them (pool_size), or connect to the server "
		"directly.");
	return -1;
}

static void drop(struct postgresql *pg)
{
	if (pg->locker)
		postgresql_close(pg->locker);
	pg->locker = NULL;
	pg->locked = false;
}

static int connect_locker(struct postgresql *pg, struct limbeck_error *err)
{
	if (pg->locker)
		return 0;
	pg->locker = postgresql_new(pg->session, err);
	if (!pg->locker)
		return -1;
	if (postgresql_connect_like(pg->locker, pg, NULL, NULL) == 0 &&
		postgresql_ready(pg->locker, NULL) == 0)
		return 0;
	fail(pg->locker, "the lock got no connection of its own", err);
	drop(pg);
	return -1;
}

/* Asks on the lock's connection: 1 there is an answer; 0 there is none, since the pool
 * is busy, with the holder's work for example, and has sent us away or not; -1. */
static int ask_locker(struct postgresql *pg, const char *sql, char *value, size_t size,
	struct limbeck_error *err)
{
	enum outcome outcome = ask(pg->locker, sql, PATIENCE, value, size, NULL);
	int status = 0;

	if (outcome == OUTCOME_FINE)
		return 1;
	if (outcome == OUTCOME_FAILED && PQstatus(pg->locker->link) == CONNECTION_OK)
		status = fail(pg->locker, "the lock could not be asked for", err);
	drop(pg);
	return status;
}

static int try_lock(struct postgresql *pg, const struct lock_key *key, struct limbeck_error *err)
{
	static const char format[] = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; " LOCK_SETTINGS
		"SELECT pg_catalog.pg_try_advisory_xact_lock(%s)";
	char sql[sizeof(format) + sizeof(key->whole)], value[8];
	int status;

	snprintf(sql, sizeof(sql), format, key->whole);
	status = ask_locker(pg, sql, value, sizeof(value), err);
	return status > 0 ? value[0] == 't' : status;
}

/* Notes the transaction that has the lock, unless there is work left of another one. */
static int note_transaction(struct postgresql *pg, const struct lock_key *key,
	struct limbeck_error *err)
{
	char run[LOCK_ROWS], work[LOCK_ROWS], sql[2 * LOCK_SQL], value[64];
	int status;

	postgresql_lock_rows(key, LOCK_SPACE_RUN, run, sizeof(run));
	postgresql_lock_rows(key, LOCK_SPACE_WORK, work, sizeof(work));
	snprintf(sql, sizeof(sql), "SELECT l.pid || ' ' || l.virtualtransaction FROM %s "
		"AND l.pid = pg_catalog.pg_backend_pid() AND NOT EXISTS (SELECT FROM %s)", run, work);
	status = ask_locker(pg, sql, value, sizeof(value), err);
	return status > 0 ? sscanf(value, "%ld %31s", &pg->lock_pid, pg->lock_transaction) == 2
			  : status;
}

/* Whether there is a server connection left for the work. */
static int check_room(struct postgresql *pg, struct limbeck_error *err)
{
	char value[8];
	enum outcome outcome = ask(pg, "SELECT 1", PATIENCE, value, sizeof(value), err);

	if (outcome != OUTCOME_LATE)
		return outcome == OUTCOME_FINE ? 1 : -1;
	/* With the lock's the answer will come; nobody waits for it longer than that. */
	drop(pg);
	while (await(pg, now_ms() + PATIENCE)) {
		PGresult *result = postgresql_take_result(pg);

		if (!result)
			return fail(NULL, "the pooler has no second server connection for this "
				"database and user", err);
		PQclear(result);
	}
	return limbeck_host->fail(err, LIMBECK_E_CONNECT, "the pooler does not answer any more");
}

static void let_go(struct postgresql *pg)
{
	char value[8];

	/* Else the pooler would close the server connection too. */
	if (pg->locker && PQtransactionStatus(pg->locker->link) != PQTRANS_IDLE &&
		ask(pg->locker, "ROLLBACK", PARTING, value, sizeof(value), NULL) != OUTCOME_FINE)
		drop(pg);
	pg->locked = false;
}

int postgresql_lock_pooled(struct postgresql *pg, const char *name, struct limbeck_error *err)
{
	struct lock_key key;
	int taken;

	postgresql_lock_key(name, &key);
	if (connect_locker(pg, err) < 0)
		return -1;
	postgresql_enter(pg, true);
	taken = try_lock(pg, &key, err);
	if (taken > 0)
		taken = note_transaction(pg, &key, err);
	if (taken > 0)
		taken = check_room(pg, err);
	postgresql_leave(pg);
	if (taken <= 0)
		let_go(pg);
	pg->locked = taken > 0;
	return taken;
}

void postgresql_unlock_pooled(struct postgresql *pg)
{
	let_go(pg);
	drop(pg);
}

int postgresql_lock_ask(struct postgresql *pg, const char *sql, char *text, size_t size)
{
	enum outcome outcome;

	text[0] = '\0';
	if (!pg->locker)
		return 0;
	outcome = ask(pg->locker, sql, PATIENCE, text, size, NULL);
	if (outcome != OUTCOME_FINE)
		drop(pg);
	return text[0] != '\0';
}
