/* SPDX-License-Identifier: BSD-2-Clause */
#include "exec/lease.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "exec/exec_int.h"
#include "exec/pulse.h"

/* Seconds without a beat after which a holder is dead: while one looks; and by the clock
 * of the database, or by those of two hosts where it has none. */
static const double silence = 15, old = 60, very_old = 600;

struct lease {
	char token[128];         /* ours */
	bool held;
	const struct connection *on; /* the connection that it was taken on */
	struct pulse *pulse;     /* NULL: none */
	/* The last beat of another that was new to us, and when that was. */
	char seen_token[128];
	int64_t seen_beat;
	double seen_at;
};

bool lease_is_wanted(const struct exec *exec)
{
	return connection_can(exec->connection, LIMBECK_CAP_LOCK) == LIMBECK_NO
		|| connection_server(exec->connection)->node != NULL;
}

/* No other process, on whatever host, makes the same one, nor does this one again. */
static void make_token(const struct exec *exec, char *token, size_t size)
{
	struct timespec now = { 0, 0 };

	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(token, size, "%.60s:%ld:%lld.%09ld:%zx", exec->store.host, (long)getpid(),
		(long long)now.tv_sec, now.tv_nsec, (size_t)(uintptr_t)exec->lease & 0xffffff);
}

/* An own transaction that failed must be over. */
static void end_transaction(struct exec *exec, const char *how)
{
	struct limbeck_error ignored = LIMBECK_ERROR_INIT;

	connection_do(exec->connection, how, &ignored);
	limbeck_error_release(&ignored);
	if (exec->traits->after)
		connection_do(exec->connection, exec->traits->after, &ignored);
	limbeck_error_release(&ignored);
}

/* Others came in between: a key that is there, a deadlock, a lock, a certification that
 * failed. */
static bool is_contention(const struct limbeck_error *problem)
{
	return error_is(problem, LIMBECK_E_BUSY) || (error_is(problem, LIMBECK_E_SQL)
		&& (!strncmp(problem->sqlstate, "23", 2) || !strncmp(problem->sqlstate, "40", 2)));
}

/* 1: one row was changed; 0: none. */
static int change_one(struct exec *exec, struct strbuf *sql, struct limbeck_error *err)
{
	int64_t changed = -1;
	int result = strbuf_failed(sql) ? error_nomem(err)
		: connection_execute(exec->connection, sql->buf, sql->len, NULL, &changed, err);

	strbuf_reset(sql);
	return result < 0 ? -1 : changed != 0;
}

static int change_rows(struct exec *exec, const struct store_lease *from,
	const struct store_lease *to, struct limbeck_error *err)
{
	struct strbuf sql = STRBUF_INIT;
	int result;

	store_sql_take_beat(&exec->store, from, to->token, &sql);
	result = change_one(exec, &sql, err);
	if (result > 0) {
		store_sql_take_lease(&exec->store, from, to, &sql);
		result = change_one(exec, &sql, err);
	}
	strbuf_release(&sql);
	return result;
}

/* From one that is free, or dead, or ourselves: 1, 0 others were faster, -1. */
static int take(struct exec *exec, const struct store_lease *from, struct limbeck_error *err)
{
	const char *node = connection_server(exec->connection)->node;
	char holder[200];
	char token[sizeof exec->lease->token];
	struct store_lease to = { .token = token, .holder = holder, .node = node ? node : "" };
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	int result;

	make_token(exec, token, sizeof token);
	snprintf(holder, sizeof holder, "pid %ld on %.120s", (long)getpid(), exec->store.host);
	if (exec->traits->begin && connection_do(exec->connection, exec->traits->begin, err) < 0)
		return -1;
	result = change_rows(exec, from, &to, &problem);
	if (result > 0 && connection_do(exec->connection, exec->traits->commit, &problem) < 0)
		result = -1;
	if (result <= 0)
		end_transaction(exec, exec->traits->rollback);
	else if (exec->traits->after && connection_do(exec->connection, exec->traits->after, err) < 0)
		return -1;
	if (result > 0)
		memcpy(exec->lease->token, token, sizeof token);
	if (result < 0 && is_contention(&problem))
		result = 0;
	else if (result < 0)
		error_move(err, &problem);
	limbeck_error_release(&problem);
	return result;
}

static int run(struct exec *exec, struct strbuf *sql, struct limbeck_error *err)
{
	int result = strbuf_failed(sql) ? error_nomem(err)
		: connection_do(exec->connection, sql->buf, err);

	strbuf_reset(sql);
	return result;
}

/* What is there already, or was made by another at the same moment, is no failure: that
 * shows when it is read again. */
static int make_one(struct exec *exec, struct strbuf *sql, struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	int result = run(exec, sql, &problem);

	if (result < 0 && is_contention(&problem))
		result = 0;
	else if (result < 0)
		error_move(err, &problem);
	limbeck_error_release(&problem);
	return result;
}

/* Each row by itself: whoever was here before may have died after the first. */
static int make_rows(struct exec *exec, bool table, struct limbeck_error *err)
{
	struct strbuf sql = STRBUF_INIT;
	int result = 0;

	if (table) {
		store_sql_create_lock(&exec->store, &sql);
		result = make_one(exec, &sql, err);
	}
	for (int part = 0; result == 0 && part < 2; part++) {
		store_sql_insert_lease(&exec->store, part, &sql);
		result = make_one(exec, &sql, err);
	}
	strbuf_release(&sql);
	return result;
}

/* 1; 0: they are not there yet, though nothing is wrong; -1. */
static int read_rows(struct exec *exec, struct arena *arena, struct store_lease *lease,
	struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	bool found = false, missing = false;
	int made = 0;

	for (int i = 0; i < 3; i++) {
		if (store_read_lease(&exec->store, exec->connection, arena, lease, &found, &missing,
				err) < 0) {
			limbeck_error_release(&problem);
			return -1;
		}
		if (found)
			break;
		limbeck_error_release(&problem);
		made = make_rows(exec, missing, &problem);
	}
	if (!found && made < 0) {
		if (!problem.hint)
			error_hint(&problem, "limbeck keeps its lock in %s; its user must be able to "
				"create that table.", exec->store.lock);
		error_outcome(&problem, "nothing was done");
		error_move(err, &problem);
	}
	limbeck_error_release(&problem);
	return found ? 1 : made;
}

/* Seconds of the time in a text like 2026-11-21T04:55:12.123456Z; -1: it is none. */
static double seconds_of(const char *text)
{
	int year, month, day, hour, minute;
	double second;

	if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%lfZ", &year, &month, &day, &hour, &minute, &second) != 6)
		return -1;
	/* Days since an age ago, in years that begin with March. */
	if (month < 3) {
		year--;
		month += 12;
	}
	day += 365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5;
	return day * 86400.0 + hour * 3600 + minute * 60 + second;
}

static bool is_old(const struct exec *exec, const struct store_lease *row)
{
	double then = seconds_of(row->beat_at), now = seconds_of(row->now);

	return then >= 0 && now - then > (exec->traits->clock ? old : very_old);
}

/* Whether it has not changed for a while, as far as we have watched. */
static bool is_silent(struct lease *lease, const struct store_lease *row)
{
	double now = clock_seconds();

	if (lease->seen_at == 0 || lease->seen_beat != row->beat
		|| strcmp(lease->seen_token, row->token) != 0) {
		snprintf(lease->seen_token, sizeof lease->seen_token, "%s", row->token);
		lease->seen_beat = row->beat;
		lease->seen_at = now;
	}
	return now - lease->seen_at >= silence;
}

/* We have the lock of our own node: a holder that worked on it is gone. */
static bool is_of_our_node(const struct exec *exec, const struct store_lease *row)
{
	const char *node = connection_server(exec->connection)->node;

	return node && *node && strcmp(node, row->node) == 0;
}

static int judge(struct exec *exec, const struct store_lease *row, char *holder, size_t size,
	struct limbeck_error *err)
{
	struct lease *lease = exec->lease;

	/* On another connection it is another lease: what the server may still have of the
	 * lost one, and has not come to its end, meets the fence. */
	if (lease->held && !strcmp(row->token, lease->token))
		return lease->on == exec->connection ? 1 : take(exec, row, err);
	if (!*row->token)
		return take(exec, row, err);
	snprintf(holder, size, "%s since %s", row->holder, row->since);
	if (!is_of_our_node(exec, row) && !is_old(exec, row) && !is_silent(lease, row))
		return 0;
	log_write(exec->log, LIMBECK_LOG_NOTICE, "the lock is taken over from %s, who is gone", holder);
	return take(exec, row, err);
}

int lease_try(struct exec *exec, char *holder, size_t size, struct limbeck_error *err)
{
	struct arena arena = ARENA_INIT;
	struct store_lease row;
	int result;

	holder[0] = '\0';
	if (!exec->lease && !(exec->lease = mem_alloc(sizeof *exec->lease)))
		return error_nomem(err);
	if (exec->lease->on != exec->connection) {
		pulse_stop(exec->lease->pulse);
		exec->lease->pulse = NULL;
	}
	result = read_rows(exec, &arena, &row, err);
	if (result > 0)
		result = judge(exec, &row, holder, size, err);
	arena_release(&arena);
	if (result <= 0)
		return result;
	exec->lease->held = true;
	exec->lease->on = exec->connection;
	if (!exec->lease->pulse)
		exec->lease->pulse = pulse_start(exec->connection, &exec->store, exec->lease->token,
			exec->log);
	return 1;
}

const char *lease_fence(struct exec *exec)
{
	struct strbuf sql = STRBUF_INIT;
	const char *fence = NULL;

	store_sql_check_lease(&exec->store, exec->lease->token, &sql);
	if (!strbuf_failed(&sql))
		fence = arena_strndup(exec->arena, sql.buf, sql.len);
	strbuf_release(&sql);
	return fence;
}

void lease_free(struct exec *exec)
{
	struct lease *lease = exec->lease;
	struct strbuf sql = STRBUF_INIT;

	if (!lease)
		return;
	pulse_stop(lease->pulse);
	/* On some engines somebody else's change can be in the way for a moment. */
	for (int i = 0; i < 3 && lease->held; i++) {
		store_sql_free_lease(&exec->store, lease->token, &sql);
		lease->held = run(exec, &sql, NULL) < 0 && !connection_lost(exec->connection);
	}
	strbuf_release(&sql);
	mem_free(lease);
	exec->lease = NULL;
}
