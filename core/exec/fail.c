/* SPDX-License-Identifier: BSD-2-Clause */
/* After a failure: what is undone, what is written down, what is said. */
#include "exec/exec_int.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"

/* The line and column of a byte of the statement, which begins at entry's. */
static void locate(const struct stream *stream, const struct stream_entry *entry, size_t position,
	unsigned *line, unsigned *column)
{
	const char *text = stream->text.buf + entry->offset;
	const char *start = text, *newline;
	size_t before = position > 0 ? position - 1 : 0;

	*line = entry->line;
	*column = entry->column;
	if (before > entry->length)
		return;
	while ((newline = memchr(start, '\n', before - (size_t)(start - text)))) {
		start = newline + 1;
		*column = 1;
		++*line;
	}
	*column += (unsigned)utf8_count(start, before - (size_t)(start - text));
}

/* Adds line `wanted` of the file to err. That it can't be read is no matter. */
static void show_line(const char *path, unsigned wanted, struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT;
	const char *line, *end;

	/* Far into a huge file the line is not worth the memory. */
	if (!path || wanted > 100000 || file_read(path, 16 << 20, &text, NULL) < 0) {
		strbuf_release(&text);
		return;
	}
	line = text.buf;
	for (unsigned i = 1; line && i < wanted; i++) {
		line = memchr(line, '\n', text.len - (size_t)(line - text.buf));
		line = line ? line + 1 : NULL;
	}
	if (line) {
		end = line + strcspn(line, "\r\n");
		error_source(err, line, (size_t)(end - line));
	}
	strbuf_release(&text);
}

static void place(const struct stream *stream, struct limbeck_error *err)
{
	const struct stream_entry *entry = &stream->failed;
	unsigned line, column;

	if (!err || err->file || !stream->has_failed)
		return;
	if (entry->number == 0) {
		if (!err->hint && !(entry->marks & (STREAM_OPENS | STREAM_COMMITS | STREAM_CHECK
				| STREAM_REBUILDS | STREAM_REBUILT)))
			error_hint(err, "This happened when limbeck wrote its own tables, %s and "
				"limbeck_history.", stream->exec->store.table);
		return;
	}
	locate(stream, entry, err->position, &line, &column);
	error_place(err, entry->job->source.shown, line, column);
	show_line(entry->job->source.path, line, err);
}

/* Runs SQL whose failure would only hide the first one. */
static bool quietly(struct exec *exec, const char *sql)
{
	struct limbeck_error ignored = LIMBECK_ERROR_INIT;
	bool fine = connection_do(exec->connection, sql, &ignored) == 0;

	if (!fine)
		log_write(exec->log, LIMBECK_LOG_WARNING, "while cleaning up: %s",
			ignored.message ? ignored.message : "failed");
	limbeck_error_release(&ignored);
	return fine;
}

static bool in_transaction(struct exec *exec, struct strbuf *first, struct strbuf *second)
{
	bool fine = !strbuf_failed(first) && !strbuf_failed(second)
		&& (!exec->traits->begin || quietly(exec, exec->traits->begin));

	if (fine && first->len)
		fine = quietly(exec, first->buf);
	if (fine && second->len)
		fine = quietly(exec, second->buf);
	quietly(exec, fine ? exec->traits->commit : exec->traits->rollback);
	if (exec->traits->after)
		quietly(exec, exec->traits->after);
	return fine;
}

/* What reached the disk of a journaled revision. */
static int64_t committed_of(const struct job *job)
{
	return job->committed > job->resume_done ? job->committed : job->resume_done;
}

/* Whether it is written down, or there is nothing to write it into. */
static bool write_down(struct exec *exec, struct job *job, const struct limbeck_error *err)
{
	struct strbuf first = STRBUF_INIT, second = STRBUF_INIT;
	const char *message = err && err->message ? err->message : "failed";
	char hash[CHECKSUM_LENGTH + 1];
	int64_t seen = 0;
	bool written = true;

	if (!exec->state.has_history || !job)
		goto out;
	if (job->kind == JOB_JOURNALED && job->entry.seq > 0) {
		/* Of a file that has changed meanwhile, what the run wrote itself is
		 * the best that is known. */
		if (job_check_file(job, NULL) == 0
			&& job_hash(job, committed_of(job), &seen, hash, NULL) == 0)
			store_sql_journal(&exec->store, job->entry.seq, committed_of(job), 0, hash,
				&first);
		store_sql_finish(&exec->store, job->entry.seq, "failed", message, NULL, &second);
	} else {
		job->entry.seq = 0;
		job->entry.outcome = "failed";
		job->entry.done = 0;
		job->entry.error = message;
		job->entry.downgrade = NULL;
		job_times(job);
		store_sql_insert_history(&exec->store, &job->entry, NULL, &first);
	}
	written = in_transaction(exec, &first, &second);
out:
	strbuf_release(&first);
	strbuf_release(&second);
	return written;
}

/* What the history still says of it may be too little. */
static void say_unwritten(const struct job *job, const char *rows, struct limbeck_error *err)
{
	error_outcome(err, "revision %s stopped half-way: %lld of its %lld statements ran, but that "
		"could not be written into the history; the database is at %s",
		job->entry.revision, (long long)committed_of(job), (long long)job->entry.total, rows);
}

/* A text of several statements that failed outside a transaction of ours. */
static bool is_torn(const struct stream *stream)
{
	return stream->has_failed && (stream->failed.marks & STREAM_TEXT);
}

static void say_torn(const struct job *job, const char *rows, struct limbeck_error *err)
{
	error_outcome(err, "what revision %s did before this is not undone where the engine or the "
		"text itself had committed it; the next run sends the whole text again; the database "
		"is at %s", job->entry.revision, rows);
}

static void say_outcome(struct exec *exec, const struct job *job, bool lost,
	struct limbeck_error *err)
{
	const char *rows = exec_rows_now(exec);
	const char *id = job && job->step->revision ? job->step->revision->id : "base";

	if (lost)
		error_outcome(err, "revision %s: the connection was lost, and what the server did with "
			"the statements that were under way is not known; before them the database "
			"was at %s", id, rows);
	else if (!job)
		error_outcome(err, "the database is at %s", rows);
	else if (job->kind == JOB_JOURNALED && job->entry.seq > 0 && committed_of(job) > 0)
		error_outcome(err, "revision %s stopped half-way: %lld of its %lld statements are done "
			"and stay, the next run goes on after them; the database is at %s", id,
			(long long)committed_of(job), (long long)job->entry.total, rows);
	else if (exec->single || exec->grouped)
		error_outcome(err, "all that this transaction did was rolled back, the database is at %s",
			rows);
	else
		error_outcome(err, "revision %s was rolled back, the database is at %s", id, rows);
}

static struct job *failed_job(struct stream *stream)
{
	struct exec *exec = stream->exec;

	if (stream->has_failed && stream->failed.job)
		return stream->failed.job;
	return exec->finished < exec->plan.count ? &exec->jobs[exec->finished] : NULL;
}

/* Where DDL commits, data statements since the last commit are pending though
 * nothing opened a transaction for them. */
static void roll_back(struct exec *exec)
{
	if (!exec->open && exec->traits->can[LIMBECK_CAP_TRANSACTIONAL_DDL] != LIMBECK_NO)
		return;
	quietly(exec, exec->traits->rollback);
	if (exec->traits->after)
		quietly(exec, exec->traits->after);
	exec->open = false;
}

/* What a rebuild switched off must not stay so for whoever uses the session next. */
static void end_rebuild(struct exec *exec)
{
	const char *end = exec_rebuild_end(exec);

	if (exec->rebuilding && end)
		quietly(exec, end);
	exec->rebuilding = false;
}

void exec_failed(struct stream *stream, struct limbeck_error *err)
{
	struct exec *exec = stream->exec;
	struct job *job = failed_job(stream);
	bool lost = error_is(err, LIMBECK_E_CONNECT), written = true;

	place(stream, err);
	if (!lost) {
		roll_back(exec);
		end_rebuild(exec);
		if (!error_is(err, LIMBECK_E_CONFLICT))
			written = write_down(exec, job, err);
	}
	if (!written && job->kind == JOB_JOURNALED && committed_of(job) > 0)
		say_unwritten(job, exec_rows_now(exec), err);
	else if (!lost && is_torn(stream))
		say_torn(job, exec_rows_now(exec), err);
	else
		say_outcome(exec, job, lost, err);
}
