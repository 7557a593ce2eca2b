/* SPDX-License-Identifier: BSD-2-Clause */
#include "exec/exec_int.h"

#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "exec/abroad.h"

/* A downgrade longer than this is not kept in the history. */
enum { KEEP_BYTES = 1024 * 1024 };

int job_begin(struct stream *stream, struct job *job, struct limbeck_error *err)
{
	struct exec *exec = stream->exec;
	struct stream_entry entry = { .job = job, .marks = STREAM_OPENS, .expect = -1 };

	if (exec->traits->begin && stream_add(stream, &entry, exec->traits->begin,
			strlen(exec->traits->begin), err) < 0)
		return -1;
	return 0;
}

int job_reset(struct stream *stream, struct job *job, struct limbeck_error *err)
{
	const char *reset = stream->exec->traits->reset;
	const char *settings = connection_server(stream->exec->connection)->settings;
	struct stream_entry entry = { .job = job, .expect = -1 };

	if (job->kind == JOB_ROWS)
		return 0;
	stream->limit[0] = '\0';
	if (reset && stream_add(stream, &entry, reset, strlen(reset), err) < 0)
		return -1;
	return settings ? stream_add(stream, &entry, settings, strlen(settings), err) : 0;
}

int job_commit(struct stream *stream, struct job *job, unsigned marks, int64_t committed,
	struct limbeck_error *err)
{
	struct exec *exec = stream->exec;
	const char *after = exec->traits->after;
	struct stream_entry entry = { .job = job, .marks = marks | STREAM_COMMITS, .expect = -1,
		.committed = committed };

	if (stream_add(stream, &entry, exec->traits->commit, strlen(exec->traits->commit), err) < 0)
		return -1;
	entry = (struct stream_entry) { .job = job, .expect = -1 };
	if (after && (marks & STREAM_ENDS))
		return stream_add(stream, &entry, after, strlen(after), err);
	return 0;
}

int job_change_rows(struct stream *stream, struct job *job, unsigned last_marks,
	struct limbeck_error *err)
{
	const struct store *store = &stream->exec->store;
	const struct version_change *change = &job->step->change;
	struct strbuf sql = STRBUF_INIT;
	struct stream_entry entry = { .job = job, .expect = 1, .committed = -1 };
	size_t left = change->deletes.count + change->inserts.count + (change->update_from != NULL);
	int result = 0;

	for (size_t i = 0; result == 0 && i < change->deletes.count; i++) {
		entry.marks = --left ? 0 : last_marks;
		store_sql_delete_row(store, change->deletes.items[i], &sql);
		result = stream_add_buf(stream, &entry, &sql, err);
	}
	for (size_t i = 0; result == 0 && i < change->inserts.count; i++) {
		entry.marks = --left ? 0 : last_marks;
		store_sql_insert_row(store, change->inserts.items[i], &sql);
		result = stream_add_buf(stream, &entry, &sql, err);
	}
	if (result == 0 && change->update_from) {
		entry.marks = last_marks;
		store_sql_update_row(store, change->update_from, change->update_to, &sql);
		result = stream_add_buf(stream, &entry, &sql, err);
	}
	strbuf_release(&sql);
	return result;
}

int job_check_file(const struct job *job, struct limbeck_error *err)
{
	struct stat st;

	if (!job->file.path || job->file.loaded)
		return 0;
	if (stat(job->file.path, &st) == 0 && st.st_size == job->survey.size
		&& (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec
			== job->survey.mtime_ns)
		return 0;
	error_set(err, LIMBECK_E_SCRIPT, "the file changed while limbeck was at work");
	error_place(err, job->source.shown, 0, 0);
	error_hint(err, "Run the command again.");
	return -1;
}

int job_keep_downgrade(struct exec *exec, struct job *job, struct strbuf *out,
	struct limbeck_error *err)
{
	struct script_source source = job->file;
	bool cut = false;

	job->entry.downgrade = NULL;
	if (job->step->direction != LIMBECK_UP || !source.path)
		return 0;
	source.section = SCRIPT_DOWNGRADE;
	strbuf_reset(out);
	if (script_section(&source, &job->survey.places[SCRIPT_DOWNGRADE], KEEP_BYTES, out, &cut,
			err) < 0)
		return -1;
	if (strbuf_failed(out))
		return error_nomem(err);
	if (cut)
		log_write(exec->log, LIMBECK_LOG_NOTICE, "%s: the downgrade is longer than 1 MiB "
			"and is not kept in the history", source.shown);
	else
		job->entry.downgrade = out->buf;
	return 0;
}

/* Where no lock keeps others out, and no batch is on its way, a look at the
 * version table inside the transaction tells another process's work before our
 * statements meet it. */
static int add_guard(struct stream *stream, struct job *job, struct limbeck_error *err)
{
	struct stream_entry entry = { .job = job, .marks = STREAM_GUARD, .expect = -1 };
	struct strbuf sql = STRBUF_INIT;
	int result;

	if (stream->gathers || connection_can(stream->exec->connection, LIMBECK_CAP_LOCK) != LIMBECK_NO)
		return 0;
	store_sql_select_rows(&stream->exec->store, &sql);
	result = stream_add_buf(stream, &entry, &sql, err);
	strbuf_release(&sql);
	return result;
}

int job_switch(struct stream *stream, struct job *job, bool translated, bool *on,
	struct limbeck_error *err)
{
	const char *sql = abroad_switch(stream->exec, job, translated, on);
	struct stream_entry entry = { .job = job, .expect = -1 };

	return sql ? stream_add(stream, &entry, sql, strlen(sql), err) : 0;
}

static int add_statements(struct stream *stream, struct job *job, struct limbeck_error *err)
{
	struct script_reader *reader = NULL;
	struct script_statement statement;
	bool on = false;
	int result;

	if (script_reader_open(&reader, &job->source, err) < 0)
		return -1;
	while ((result = script_reader_next(reader, &statement, err)) > 0) {
		struct stream_entry entry = { .job = job, .number = statement.number,
			.line = statement.line, .column = statement.column, .expect = -1 };

		if (statement.whole)
			entry.marks = STREAM_ALONE;
		if (job_switch(stream, job, !statement.verbatim, &on, err) < 0
			|| stream_limit(stream, job, &statement, true, err) < 0
			|| stream_add(stream, &entry, statement.text, statement.length, err) < 0) {
			result = -1;
			break;
		}
	}
	script_reader_close(reader);
	if (result == 0)
		result = job_switch(stream, job, false, &on, err);
	return result < 0 ? -1 : job_check_file(job, err);
}

void job_times(struct job *job)
{
	if (!job->started_at[0])
		return;
	clock_text(job->finished_at);
	job->entry.started_at = job->started_at;
	job->entry.finished_at = job->finished_at;
}

static int add_history(struct stream *stream, struct job *job, struct limbeck_error *err)
{
	struct exec *exec = stream->exec;
	struct stream_entry entry = { .job = job, .expect = 1 };
	struct strbuf kept = STRBUF_INIT, sql = STRBUF_INIT;
	int result = job_keep_downgrade(exec, job, &kept, err);

	if (result == 0) {
		job->entry.seq = exec->next_seq++;
		job->entry.outcome = "done";
		job->entry.done = job->entry.total;
		/* Elsewhere the server tells both times itself. */
		if (!exec->traits->transaction_clock)
			job_times(job);
		store_sql_insert_history(&exec->store, &job->entry, &job->step->change, &sql);
		result = stream_add_buf(stream, &entry, &sql, err);
	}
	job->entry.downgrade = NULL;
	strbuf_release(&kept);
	strbuf_release(&sql);
	return result;
}

static bool is_alone(const struct job *job)
{
	return job->kind == JOB_JOURNALED || job->rebuild;
}

bool exec_commits_after(const struct exec *exec, size_t i)
{
	if (!exec->single && !exec->grouped)
		return true;
	return i + 1 == exec->plan.count || is_alone(&exec->jobs[i])
		|| is_alone(&exec->jobs[i + 1]);
}

static bool changes_rows(const struct job *job)
{
	const struct version_change *change = &job->step->change;

	return change->deletes.count + change->inserts.count > 0 || change->update_from;
}

const char *exec_rebuild_end(const struct exec *exec)
{
	const char *own = exec->connection ? connection_server(exec->connection)->rebuild_end : NULL;

	return own ? own : exec->traits->rebuild_end;
}

static int add_rebuild(struct stream *stream, struct job *job, const char *sql, unsigned marks,
	struct limbeck_error *err)
{
	struct stream_entry entry = { .job = job, .marks = marks, .expect = -1 };

	return sql ? stream_add(stream, &entry, sql, strlen(sql), err) : 0;
}

static int run_atomic(struct stream *stream, struct job *job, struct limbeck_error *err)
{
	struct exec *exec = stream->exec;
	size_t i = (size_t)(job - exec->jobs);
	bool commits = exec_commits_after(exec, i);
	bool begins = i == 0 || exec_commits_after(exec, i - 1);

	stream->starting = true;
	if (job->rebuild && add_rebuild(stream, job, exec->traits->rebuild_begin, STREAM_REBUILDS,
			err) < 0)
		return -1;
	if (begins && job_begin(stream, job, err) < 0)
		return -1;
	if (job_reset(stream, job, err) < 0 || stream_fence(stream, job, err) < 0
		|| add_guard(stream, job, err) < 0)
		return -1;
	if (job->kind == JOB_ATOMIC && (add_statements(stream, job, err) < 0
			|| stream_limit(stream, job, NULL, true, err) < 0))
		return -1;
	if ((job->kind == JOB_ATOMIC && stream_fence(stream, job, err) < 0)
		|| add_history(stream, job, err) < 0
		|| job_change_rows(stream, job, commits || !changes_rows(job) ? 0 : STREAM_ENDS, err) < 0)
		return -1;
	if (!commits)
		return 0;
	if (job->rebuild && add_rebuild(stream, job, exec->traits->rebuild_check,
			STREAM_CHECK | STREAM_ALONE, err) < 0)
		return -1;
	if (job_commit(stream, job, STREAM_ENDS, job->entry.total, err) < 0)
		return -1;
	return job->rebuild ? add_rebuild(stream, job, exec_rebuild_end(exec), STREAM_REBUILT, err)
			    : 0;
}

int job_run(struct stream *stream, struct job *job, struct limbeck_error *err)
{
	return job->kind == JOB_JOURNALED ? job_run_journaled(stream, job, err)
					  : run_atomic(stream, job, err);
}
