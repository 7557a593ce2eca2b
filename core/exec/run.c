/* SPDX-License-Identifier: BSD-2-Clause */
#include "exec/exec_int.h"

#include <string.h>

#include "base/error.h"

/* How often a run plans anew because another process was faster. Each time
 * means that the other one made progress. */
enum { ATTEMPTS = 1000, RECOVERIES = 5 };

bool exec_tell(struct exec *exec, enum limbeck_event_kind kind, const struct job *job,
	double seconds, int64_t count, int64_t of, const char *text)
{
	struct limbeck_event event = {
		.size = sizeof event, .kind = (int)kind, .step = job ? &job->shown : NULL,
		.index = job ? (size_t)(job - exec->jobs) : 0, .total = exec->plan.count,
		.seconds = seconds, .count = count, .of = of, .text = text,
	};

	if (exec->event && exec->event(exec->data, &event))
		exec->stopped = true;
	return !exec->stopped;
}

static bool drop_name(struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (!strcmp(names->items[i], name)) {
			names->items[i] = names->items[--names->count];
			return true;
		}
	return false;
}

const char *exec_rows_now(struct exec *exec)
{
	struct names rows = { 0 };
	const char *text;

	for (size_t i = 0; i < exec->state.rows.count; i++)
		(void)vec_push_arena(&rows, exec->state.rows.items[i], exec->arena);
	for (size_t i = 0; i < exec->finished; i++) {
		const struct version_change *change = &exec->jobs[i].step->change;

		for (size_t j = 0; j < change->deletes.count; j++)
			drop_name(&rows, change->deletes.items[j]);
		for (size_t j = 0; j < change->inserts.count; j++)
			(void)vec_push_arena(&rows, change->inserts.items[j], exec->arena);
		if (change->update_from && drop_name(&rows, change->update_from))
			(void)vec_push_arena(&rows, change->update_to, exec->arena);
	}
	text = rows.count ? exec_join(exec->arena, &rows, ", ") : "base";
	return text ? text : "an unknown revision";
}

static int create_table(struct exec *exec, struct strbuf *sql, struct limbeck_error *err)
{
	int result = strbuf_failed(sql) ? error_nomem(err)
		: connection_do(exec->connection, sql->buf, err);

	strbuf_reset(sql);
	return result;
}

static int create_missing(struct exec *exec, struct limbeck_error *err)
{
	struct strbuf sql = STRBUF_INIT;
	int result = 0;

	if (!exec->state.has_version) {
		store_sql_create_version(&exec->store, &sql);
		result = create_table(exec, &sql, err);
	}
	if (result == 0 && !exec->state.has_history) {
		store_sql_create_history(&exec->store, &sql);
		result = create_table(exec, &sql, err);
	}
	strbuf_release(&sql);
	if (result == 0)
		exec->state.has_version = exec->state.has_history = true;
	return result;
}

int exec_create_tables(struct exec *exec, struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;

	if (create_missing(exec, &problem) == 0)
		return 0;
	/* Another version table's run, which our lock does not stop, may have made
	 * the history at the same moment. */
	if (error_is(&problem, LIMBECK_E_SQL)
		&& store_read(&exec->store, exec->connection, exec->arena, &exec->state, NULL) == 0
		&& create_missing(exec, NULL) == 0) {
		limbeck_error_release(&problem);
		return 0;
	}
	if (!problem.hint)
		error_hint(&problem, "limbeck keeps its own tables there; version_table_schema in "
			"limbeck.ini names another schema for them.");
	error_outcome(&problem, "nothing was done");
	error_move(err, &problem);
	return -1;
}

/* A failure of our own while a job's statements were made: those of the jobs
 * before it are complete and are sent, its own are dropped. */
static void give_up_job(struct stream *stream, const struct job *job, struct limbeck_error *err)
{
	struct limbeck_error other = LIMBECK_ERROR_INIT;

	stream_drop(stream, job);
	if (stream_flush(stream, &other) < 0)
		error_move(err, &other);
	limbeck_error_release(&other);
}

/* Runs the jobs that are not finished. 1: it is to be tried again. */
static int run_once(struct exec *exec, struct limbeck_error *err)
{
	struct stream stream;
	int result = 0;

	stream_init(&stream, exec);
	for (size_t i = exec->finished; result == 0 && i < exec->plan.count; i++) {
		result = job_run(&stream, &exec->jobs[i], err);
		if (result < 0 && !stream.has_failed)
			give_up_job(&stream, &exec->jobs[i], err);
	}
	if (result == 0)
		result = stream_flush(&stream, err);
	if (result < 0 && exec_try_again(&stream, err))
		result = 1;
	else if (result < 0)
		exec_failed(&stream, err);
	stream_release(&stream);
	return result;
}

static int run_jobs(struct exec *exec, struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	size_t finished = 0;
	int result;

	exec->next_seq = exec->state.last_seq + 1;
	exec->blocked_tries = 0;
	while ((result = run_once(exec, &problem)) > 0) {
		limbeck_error_release(&problem);
		if (exec->finished > finished)
			exec->blocked_tries = 0;
		finished = exec->finished;
	}
	if (result < 0)
		error_move(err, &problem);
	return result;
}

/* A table without a primary key may hold a row twice. No change would find the
 * one row that it expects. */
static int check_rows(const struct exec *exec, struct limbeck_error *err)
{
	const struct names *rows = &exec->state.rows;

	/* They come sorted. */
	for (size_t i = 1; i < rows->count; i++) {
		if (strcmp(rows->items[i - 1], rows->items[i]) != 0)
			continue;
		error_set(err, LIMBECK_E_STATE, "the version table %s holds \"%s\" more than once",
			exec->store.table, rows->items[i]);
		error_hint(err, "Delete all of these rows but one, with the database's own client.");
		return -1;
	}
	return 0;
}

static int attempt(struct exec *exec, exec_plan_fn *plan, void *plan_data,
	struct limbeck_error *err)
{
	if (store_read(&exec->store, exec->connection, exec->arena, &exec->state, err) < 0)
		return -1;
	memset(&exec->plan, 0, sizeof exec->plan);
	exec->finished = 0;
	exec->begun = false;
	if (plan(plan_data, &exec->state.rows, exec->arena, &exec->plan, err) < 0
		|| exec_prepare(exec, err) < 0)
		return -1;
	/* What goes up builds on what the files say is there; the way down, and a
	 * stamp, do not. */
	if (exec->plan.count > 0
		&& exec->plan.steps[exec->plan.count - 1].direction == LIMBECK_UP && !exec->scratch
		&& exec_check_edited(exec, err) < 0)
		return -1;
	if (!exec_tell(exec, LIMBECK_EVENT_PLAN, NULL, 0, 0, 0, exec_rows_now(exec)))
		return error_set(err, LIMBECK_E_CANCELLED, "interrupted");
	if (exec->plan.count == 0)
		return 0;
	if (check_rows(exec, err) < 0 || exec_back_up(exec, err) < 0
		|| exec_create_tables(exec, err) < 0)
		return -1;
	return run_jobs(exec, err);
}

/* Whether another process has changed anything since rows and seq were noted;
 * notes what is there now. If none has, trying again would never end. */
static bool has_moved(const struct exec *exec, struct names *rows, int64_t *seq)
{
	const struct store_state *state = &exec->state;
	bool moved = *seq != state->last_seq || rows->count != state->rows.count;

	for (size_t i = 0; i < state->rows.count && !moved; i++)
		moved = strcmp(rows->items[i], state->rows.items[i]) != 0;
	*rows = state->rows;
	*seq = state->last_seq;
	return moved;
}

int exec_run(struct exec *exec, exec_plan_fn *plan, void *plan_data, struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	struct names rows = { 0 };
	int64_t seq = -1;
	int result = -1, recovered = 0;

	if (!exec->scratch && exec_lock(exec, err) < 0)
		return -1;
	for (int i = 0; i < ATTEMPTS; i++) {
		limbeck_error_release(&problem);
		result = attempt(exec, plan, plan_data, &problem);
		if (result < 0 && error_is(&problem, LIMBECK_E_CONNECT) && exec->begun
			&& recovered++ < RECOVERIES) {
			result = exec_recover(exec, &problem);
			if (result > 0)
				continue;
		}
		if (result == 0 || !error_is(&problem, LIMBECK_E_CONFLICT)
			|| !has_moved(exec, &rows, &seq))
			break;
		log_write(exec->log, LIMBECK_LOG_INFO, "another process changed the version table; "
			"reading it again");
	}
	if (!exec->scratch)
		exec_unlock(exec);
	if (result < 0)
		error_move(err, &problem);
	limbeck_error_release(&problem);
	return result;
}
