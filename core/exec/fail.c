/* SPDX-License-Identifier: BSD-2-Clause */
/* After a failure: what is undone, what is written down, what is said. */
#include "exec/exec_int.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"
#include "exec/abroad.h"

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

/* What was sent, for what stands in the file is something else. */
static void say_sent(const struct stream *stream, struct limbeck_error *err)
{
	enum { MOST = 400 };
	const struct stream_entry *entry = &stream->failed;
	const char *text = stream->text.buf + entry->offset;
	size_t length = entry->length < MOST ? entry->length : MOST;
	struct strbuf detail = STRBUF_INIT;

	if (err->detail)
		strbuf_addf(&detail, "%s ", err->detail);
	strbuf_addstr(&detail, "It was translated into: ");
	strbuf_add(&detail, text, length);
	strbuf_addstr(&detail, entry->length > length ? "..." : "");
	if (!strbuf_failed(&detail))
		error_detail(err, "%s", detail.buf);
	strbuf_release(&detail);
}

/* A statement that comes from one in another dialect. */
static void place_abroad(const struct stream *stream, const struct translated_source *source,
	struct limbeck_error *err)
{
	const struct stream_entry *entry = &stream->failed;
	struct stream_entry there = *entry;
	unsigned line = source->line, column = source->column;

	there.line = line;
	there.column = column;
	if (source->length == entry->length
		&& memcmp(source->text, stream->text.buf + entry->offset, entry->length) == 0)
		locate(stream, &there, err->position, &line, &column);
	else
		say_sent(stream, err);
	error_place(err, entry->job->file.shown, line, column);
	show_line(entry->job->file.path, line, err);
}

static void place(const struct stream *stream, struct limbeck_error *err)
{
	const struct stream_entry *entry = &stream->failed;
	const struct translated_source *source;
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
	source = abroad_source_of(entry->job, entry->number);
	if (source) {
		place_abroad(stream, source, err);
		return;
	}
	locate(stream, entry, err->position, &line, &column);
	error_place(err, entry->job->source.shown, line, column);
	show_line(entry->job->source.path, line, err);
}

bool exec_quietly(struct exec *exec, const char *sql)
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
		&& (!exec->traits->begin || exec_quietly(exec, exec->traits->begin));

	for (size_t i = 0; fine && i < exec->fence_count; i++)
		fine = exec_quietly(exec, exec->fences[i]);
	if (fine && first->len)
		fine = exec_quietly(exec, first->buf);
	if (fine && second->len)
		fine = exec_quietly(exec, second->buf);
	exec_quietly(exec, fine ? exec->traits->commit : exec->traits->rollback);
	if (exec->traits->after)
		exec_quietly(exec, exec->traits->after);
	return fine;
}

/* What reached the disk of a journaled revision. */
static int64_t committed_of(const struct job *job)
{
	return job->committed > job->resume_done ? job->committed : job->resume_done;
}

bool exec_write_down(struct exec *exec, struct job *job, const struct standing *standing,
	const struct limbeck_error *err)
{
	struct strbuf first = STRBUF_INIT, second = STRBUF_INIT;
	const char *message = err && err->message ? err->message : "failed";
	struct history_entry entry = job->entry;
	bool written;

	if (!exec->state.has_history)
		return true;
	if (standing->entry) {
		entry.done = standing->done;
		entry.done_hash = standing->hash;
		if (standing->doubt || standing->remedy) {
			entry.started = standing->entry->started * (standing->doubt ? 1 : -1);
			entry.started_hash = standing->entry->started_hash;
			entry.started_state = standing->entry->started_state;
		}
		store_sql_finish(&exec->store, &entry, "failed", message, NULL, true, &first);
	} else {
		job->entry.seq = 0;
		job->entry.outcome = "failed";
		job->entry.done = 0;
		job->entry.error = message;
		job->entry.downgrade = NULL;
		job_times(job);
		store_sql_insert_history(&exec->store, &job->entry, NULL, &first);
		job->entry.error = NULL;
	}
	written = in_transaction(exec, &first, &second);
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

static void say_lost(struct exec *exec, const char *id, struct limbeck_error *err)
{
	error_outcome(err, "revision %s: the connection was lost, and what the server did with the "
		"statements that were under way is not known; before them the database was at %s", id,
		exec_rows_now(exec));
}

static void say_fenced(struct exec *exec, const struct job *job, struct limbeck_error *err)
{
	error_outcome(err, job && job->kind == JOB_JOURNALED
		? "revision %s was not gone on with; the history says how far it came; before it the "
			"database was at %s"
		: "revision %s was rolled back; before it the database was at %s",
		job && job->step->revision ? job->step->revision->id : "base", exec_rows_now(exec));
}

static void say_half_way(struct exec *exec, const struct job *job,
	const struct standing *standing, struct limbeck_error *err)
{
	const char *id = job->entry.revision, *rows = exec_rows_now(exec);
	long long done = committed_of(job), total = job->entry.total;

	if (standing->doubt) {
		error_outcome(err, "revision %s stopped half-way: %lld of its %lld statements are done and "
			"stay; of statement %lld a part may be; the database is at %s", id, done, total,
			(long long)standing->entry->started, rows);
		if (!err || !err->hint)
			error_hint(err, "Look at the database, then say `limbeck repair %s --retry` if it "
				"is to be run again, `--done` or `--skip` if not.", id);
	} else if (standing->remedy) {
		error_outcome(err, "revision %s stopped half-way: %lld of its %lld statements are done and "
			"stay; %s The next run sends this first: %s; the database is at %s", id, done,
			total, standing->known, standing->remedy, rows);
	} else {
		error_outcome(err, "revision %s stopped half-way: %lld of its %lld statements are done "
			"and stay, the next run goes on after them; the database is at %s", id, done,
			total, rows);
	}
}

void exec_say_outcome(struct exec *exec, const struct job *job, const struct standing *standing,
	struct limbeck_error *err)
{
	const char *id = job && job->step->revision ? job->step->revision->id : "base";

	if (!job)
		error_outcome(err, "the database is at %s", exec_rows_now(exec));
	else if (standing->doubt || standing->remedy
		|| (job->kind == JOB_JOURNALED && job->recorded && committed_of(job) > 0))
		say_half_way(exec, job, standing, err);
	else if (exec->single || exec->grouped)
		error_outcome(err, "all that this transaction did was rolled back, the database is at %s",
			exec_rows_now(exec));
	else
		error_outcome(err, "revision %s was rolled back, the database is at %s", id,
			exec_rows_now(exec));
}

/* NULL: none, since the run was stopped before the next one had begun, or what failed
 * came after the commit. */
static struct job *failed_job(struct stream *stream, const struct limbeck_error *err)
{
	struct exec *exec = stream->exec;
	struct job *job = exec->finished < exec->plan.count ? &exec->jobs[exec->finished] : NULL;

	if (stream->has_failed && stream->failed.job)
		job = stream->failed.job;
	if (job && (size_t)(job - exec->jobs) < exec->finished)
		return NULL;
	return job && error_is(err, LIMBECK_E_CANCELLED) && !job->started_at[0] ? NULL : job;
}

/* Where DDL commits, data statements since the last commit are pending though
 * nothing opened a transaction for them. */
static void roll_back(struct exec *exec)
{
	if (!exec->open && exec->traits->can[LIMBECK_CAP_TRANSACTIONAL_DDL] != LIMBECK_NO)
		return;
	exec_quietly(exec, exec->traits->rollback);
	if (exec->traits->after)
		exec_quietly(exec, exec->traits->after);
	exec->open = false;
}

/* What a rebuild switched off must not stay so for whoever uses the session next. */
static void end_rebuild(struct exec *exec)
{
	const char *end = exec_rebuild_end(exec);

	if (exec->rebuilding && end)
		exec_quietly(exec, end);
	exec->rebuilding = false;
}

void exec_roll_back(struct exec *exec)
{
	roll_back(exec);
	end_rebuild(exec);
}

static void end_translation(struct exec *exec, const struct job *job)
{
	bool on = true;
	const char *end = job ? abroad_switch(exec, job, false, &on) : NULL;

	if (end)
		exec_quietly(exec, end);
}

void exec_failed(struct stream *stream, struct limbeck_error *err)
{
	struct exec *exec = stream->exec;
	struct job *job = failed_job(stream, err);
	struct standing standing = { .hash = "", .known = "" };
	bool written = true;

	place(stream, err);
	if (error_is(err, LIMBECK_E_CONNECT)) {
		say_lost(exec, job && job->step->revision ? job->step->revision->id : "base", err);
		return;
	}
	exec_roll_back(exec);
	end_translation(exec, job);
	if (stream_is_fenced(stream) && error_is(err, LIMBECK_E_STATE)) {
		say_fenced(exec, job, err);
		return;
	}
	if (job && job->kind == JOB_JOURNALED)
		written = job_standing(stream, job, &standing, NULL) == 0;
	if (standing.entry)
		job->committed = standing.done;
	if (written && job && !error_is(err, LIMBECK_E_CONFLICT))
		written = exec_write_down(exec, job, &standing, err);
	if (!written && job->kind == JOB_JOURNALED && committed_of(job) > 0)
		say_unwritten(job, exec_rows_now(exec), err);
	else if (is_torn(stream))
		say_torn(job, exec_rows_now(exec), err);
	else
		exec_say_outcome(exec, job, &standing, err);
}
