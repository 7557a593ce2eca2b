/* SPDX-License-Identifier: BSD-2-Clause */
#include "exec/exec_int.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"

/* A batch larger than this gains nothing and costs memory on both sides. */
enum { BATCH_BYTES = 256 * 1024, BATCH_STATEMENTS = 2048 };

/* So many rows of a check are shown. */
enum { CHECK_ROWS = 5 };

void stream_init(struct stream *stream, struct exec *exec)
{
	*stream = (struct stream) { .exec = exec };
	strbuf_init(&stream->text);
	strbuf_init(&stream->check_text);
	stream->gathers = connection_can(exec->connection, LIMBECK_CAP_BATCH) == LIMBECK_NATIVE;
}

void stream_release(struct stream *stream)
{
	strbuf_release(&stream->text);
	strbuf_release(&stream->check_text);
	vec_release(&stream->entries);
}

static void clear(struct stream *stream)
{
	strbuf_reset(&stream->text);
	stream->entries.count = 0;
	stream->current = 0;
}

static bool is_planned_row(const struct job *job, const char *id)
{
	const struct version_change *change = &job->step->change;

	if (change->update_from && !strcmp(change->update_from, id))
		return true;
	for (size_t i = 0; i < change->deletes.count; i++)
		if (!strcmp(change->deletes.items[i], id))
			return true;
	return false;
}

static void take_check(struct stream *stream, size_t count, const char *const *values)
{
	struct strbuf *out = &stream->check_text;

	if (stream->check_rows++ >= CHECK_ROWS)
		return;
	strbuf_addstr(out, out->len ? "; " : "");
	for (size_t i = 0; i < count; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", values[i] ? values[i] : "NULL");
}

/* Rows of a guard: those that the step takes away must be among them. */
static int take_row(void *data, size_t count, const char *const *values, const size_t *lengths)
{
	struct stream *stream = data;
	const struct stream_entry *entry = &stream->entries.items[stream->current];

	(void)lengths;
	if (entry->marks & STREAM_CHECK)
		take_check(stream, count, values);
	if ((entry->marks & STREAM_GUARD) && count > 0 && values[0]
		&& is_planned_row(entry->job, values[0]))
		stream->guard_seen++;
	return 0;
}

static void check_guard(struct stream *stream, const struct stream_entry *entry)
{
	const struct version_change *change = &entry->job->step->change;

	if (stream->guard_seen != change->deletes.count + (change->update_from != NULL))
		stream->guard_wrong = true;
	stream->guard_seen = 0;
}

static void note_transaction(struct exec *exec, const struct stream_entry *entry)
{
	if (entry->marks & STREAM_OPENS)
		exec->open = true;
	if (entry->marks & (STREAM_REBUILDS | STREAM_REBUILT))
		exec->rebuilding = (entry->marks & STREAM_REBUILDS) != 0;
	if (entry->marks & STREAM_SELF)
		entry->job->committed = entry->job->answered = (int64_t)entry->number;
	if (!(entry->marks & STREAM_COMMITS))
		return;
	exec->open = false;
	if (entry->job && entry->committed >= 0)
		entry->job->committed = entry->committed;
}

static int take_done(void *data, size_t index, int64_t affected)
{
	struct stream *stream = data;
	struct exec *exec = stream->exec;
	const struct stream_entry *entry;

	if (index >= stream->entries.count)
		return 1;
	stream->current = index;
	entry = &stream->entries.items[index];
	stream->affected = affected;
	note_transaction(exec, entry);
	if (entry->marks & STREAM_GUARD)
		check_guard(stream, entry);
	else if (entry->expect >= 0 && affected >= 0 && affected != entry->expect)
		stream->guard_wrong = true;
	if (stream->guard_wrong || stream->check_rows > 0)
		return 1;
	/* One that is tried again has begun already. */
	if ((entry->marks & STREAM_BEGINS) && !entry->job->started_at[0]) {
		entry->job->began = clock_seconds();
		clock_text(entry->job->started_at);
		exec_tell(exec, LIMBECK_EVENT_BEGIN, entry->job, 0, 0, 0, NULL);
	}
	if (entry->marks & STREAM_ENDS)
		exec_tell(exec, LIMBECK_EVENT_END, entry->job,
			clock_seconds() - entry->job->began, 0, 0, NULL);
	if (entry->marks & STREAM_COMMITS && !exec->open && entry->job)
		exec->finished = (size_t)(entry->job - exec->jobs)
			+ ((entry->marks & STREAM_ENDS) != 0);
	stream->current = index + 1;
	return 0;
}

static int guard_error(struct stream *stream, struct limbeck_error *err)
{
	const struct stream_entry *entry = &stream->failed;

	error_set(err, LIMBECK_E_CONFLICT, "the version table %s is not as it was when the run began",
		stream->exec->store.table);
	if (entry->job && entry->job->step->revision)
		error_detail(err, "Revision %s expected rows that are not there, or not once.",
			entry->job->step->revision->id);
	error_hint(err, "Another program, or the revision itself, changes the table; "
		"look at `limbeck current` and run the command again.");
	return -1;
}

static int check_error(struct stream *stream, struct limbeck_error *err)
{
	const struct job *job = stream->failed.job;
	size_t more = stream->check_rows > CHECK_ROWS ? stream->check_rows - CHECK_ROWS : 0;

	error_set(err, LIMBECK_E_SQL, "foreign key check failed: %s", stream->check_text.buf);
	error_place(err, job->source.shown, job->survey.line, 0);
	if (more)
		error_detail(err, "And %zu more.", more);
	error_hint(err, "Foreign keys are switched off while a section with the flag rebuild runs; "
		"these rows, which were there before or came of it, refer to none.");
	return -1;
}

/* A violated constraint of one of our own tables: a guard that was not met, a
 * row or a number that another process has put there. A commit may violate the
 * user's constraints. */
static bool is_conflict(const struct stream_entry *failed, const struct limbeck_error *problem)
{
	return failed->job && failed->number == 0 && !(failed->marks & STREAM_COMMITS)
		&& error_is(problem, LIMBECK_E_SQL) && !strncmp(problem->sqlstate, "23", 2);
}

static int fence_error(struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_STATE, "the lock of this run was lost while it was at work");
	error_detail(err, "The connection that held it was cut, or others took this run for dead.");
	error_hint(err, "Another limbeck may be at work now; look at `limbeck current` and run the "
		"command again.");
	return -1;
}

bool stream_is_fenced(const struct stream *stream)
{
	return stream->has_failed && (stream->failed.marks & STREAM_FENCE);
}

/* What a fence says when the lock is lost is the engine's affair. */
static bool is_fence(const struct stream *stream, const struct limbeck_error *problem)
{
	return stream_is_fenced(stream) && !error_is(problem, LIMBECK_E_CONNECT)
		&& !error_is(problem, LIMBECK_E_CANCELLED) && !error_is(problem, LIMBECK_E_NOMEM)
		&& !error_is(problem, LIMBECK_E_BUSY) && strncmp(problem->sqlstate, "40", 2) != 0;
}

static void remember_failure(struct stream *stream, size_t index)
{
	stream->has_failed = true;
	if (index < stream->entries.count)
		stream->failed = stream->entries.items[index];
}

static int send_batch(struct stream *stream, struct limbeck_sink *sink, size_t *done,
	struct limbeck_error *err)
{
	struct limbeck_statement *statements;
	size_t count = stream->entries.count;
	int result;

	statements = mem_alloc(count * sizeof *statements);
	if (!statements)
		return error_nomem(err);
	for (size_t i = 0; i < count; i++)
		statements[i] = (struct limbeck_statement) {
			stream->text.buf + stream->entries.items[i].offset,
			stream->entries.items[i].length };
	result = connection_batch(stream->exec->connection, statements, count, sink, done, err);
	mem_free(statements);
	return result;
}

static int send_one(struct stream *stream, struct limbeck_sink *sink, size_t *done,
	struct limbeck_error *err)
{
	const struct stream_entry *entry = &stream->entries.items[0];
	int result = connection_execute(stream->exec->connection, stream->text.buf + entry->offset,
		entry->length, sink, NULL, err);

	*done = result == 0;
	return result;
}

int stream_flush(struct stream *stream, struct limbeck_error *err)
{
	struct limbeck_sink sink = { .row = take_row, .done = take_done, .data = stream };
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	size_t done = 0;
	int result;

	if (stream->entries.count == 0)
		return 0;
	if (strbuf_failed(&stream->text))
		return error_nomem(err);
	stream->current = 0;
	stream->exec->begun = true;
	for (size_t i = 0; i < stream->entries.count; i++)
		if (stream->entries.items[i].number > 0)
			stream->entries.items[i].job->sent = true;
	result = stream->entries.count == 1 ? send_one(stream, &sink, &done, &problem)
					    : send_batch(stream, &sink, &done, &problem);
	if (result < 0 || stream->guard_wrong || stream->check_rows > 0) {
		bool stopped = stream->guard_wrong || stream->check_rows > 0;

		remember_failure(stream, stopped ? stream->current : done);
		if (result == 0 && stream->check_rows > 0)
			return check_error(stream, err);
		if (result < 0 && is_fence(stream, &problem)) {
			log_write(stream->exec->log, LIMBECK_LOG_INFO, "the lock is lost: %s",
				problem.message ? problem.message : "failed");
			limbeck_error_release(&problem);
			return fence_error(err);
		}
		if (result == 0 || is_conflict(&stream->failed, &problem)) {
			limbeck_error_release(&problem);
			return guard_error(stream, err);
		}
		error_move(err, &problem);
		return -1;
	}
	clear(stream);
	if (stream->exec->stopped || connection_cancelled(stream->exec->connection))
		return error_set(err, LIMBECK_E_CANCELLED, "interrupted");
	return 0;
}

int stream_add(struct stream *stream, const struct stream_entry *entry, const char *sql,
	size_t length, struct limbeck_error *err)
{
	struct stream_entry copy = *entry;
	bool at_once = !stream->gathers || (entry->marks & STREAM_ALONE);

	if ((entry->marks & STREAM_ALONE) && stream_flush(stream, err) < 0)
		return -1;
	if (stream->starting)
		copy.marks |= STREAM_BEGINS;
	stream->starting = false;
	/* They may have ended with a transaction, or a setting. */
	if (entry->marks & STREAM_OPENS)
		stream->limit[0] = '\0';
	copy.offset = stream->text.len;
	copy.length = length;
	strbuf_add(&stream->text, sql, length);
	strbuf_addch(&stream->text, '\0');
	if (strbuf_failed(&stream->text) || !vec_push(&stream->entries, copy))
		return error_nomem(err);
	if (at_once && entry->number > 0)
		exec_tell(stream->exec, LIMBECK_EVENT_STATEMENT, entry->job, 0,
			(int64_t)entry->number, (int64_t)entry->job->survey.statements, NULL);
	if (at_once || stream->text.len >= BATCH_BYTES
		|| stream->entries.count >= BATCH_STATEMENTS)
		return stream_flush(stream, err);
	return 0;
}

int stream_fence(struct stream *stream, struct job *job, struct limbeck_error *err)
{
	const struct exec *exec = stream->exec;
	struct stream_entry entry = { .job = job, .marks = STREAM_FENCE, .expect = -1 };

	for (size_t i = 0; i < exec->fence_count; i++)
		if (stream_add(stream, &entry, exec->fences[i], strlen(exec->fences[i]), err) < 0)
			return -1;
	return 0;
}

int stream_limit(struct stream *stream, struct job *job,
	const struct script_statement *statement, bool enclosed, struct limbeck_error *err)
{
	struct limbeck_limits limits = stream->exec->limits;
	struct stream_entry entry = { .job = job, .expect = -1 };
	struct limbeck_statement plain;
	char text[LIMIT_TEXT];

	if (limits.lock == 0 && limits.statement == 0)
		return 0;
	limits.size = sizeof limits;
	limits.enclosed = enclosed;
	if (statement)
		plain = (struct limbeck_statement) { statement->text, statement->length };
	if (!connection_limit(stream->exec->connection, &limits, statement ? &plain : NULL, text,
			sizeof text) || !strcmp(text, stream->limit))
		return 0;
	memcpy(stream->limit, text, sizeof text);
	return stream_add(stream, &entry, text, strlen(text), err);
}

int stream_add_buf(struct stream *stream, const struct stream_entry *entry, struct strbuf *sql,
	struct limbeck_error *err)
{
	int result = strbuf_failed(sql) ? error_nomem(err)
		: stream_add(stream, entry, sql->buf, sql->len, err);

	strbuf_reset(sql);
	return result;
}

void stream_drop(struct stream *stream, const struct job *job)
{
	size_t count = stream->entries.count;

	while (count > 0 && stream->entries.items[count - 1].job == job)
		count--;
	if (count < stream->entries.count)
		strbuf_truncate(&stream->text, stream->entries.items[count].offset);
	stream->entries.count = count;
	stream->starting = false;
}
