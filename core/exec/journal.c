/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A revision that can't be one transaction: it has parts that run outside one,
 * or the engine's DDL commits by itself. Its history entry is written first and
 * says at any moment how far it came:
 *
 *   done     so many statements from the front are committed, with their hash;
 *   started  this one was about to run: if the process dies now, its outcome is
 *            not known (0: nothing is in doubt). With it goes what the driver
 *            wants to know of the database to find out afterwards.
 *
 * A data statement commits together with the entry that counts it. So only a
 * statement that commits by itself can ever be in doubt. Where DDL commits what
 * is pending before it begins, the entry that says so is left pending: it is
 * committed in time if it is true, and rolled back if the statement never began.
 * For a statement that may or may not commit, a procedure, this tells even
 * whether it did.
 */
#include "exec/exec_int.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"

struct journal {
	struct stream *stream;
	struct job *job;
	struct strbuf sql;
	bool transactional;       /* the engine's DDL is */
	bool open;                /* something was sent since the last commit */
	bool unwritten;           /* the last statement committed by itself and is not counted yet */
	bool begun;               /* the entry was sent */
	int64_t done;             /* statements run */
	char hash[CHECKSUM_LENGTH + 1]; /* of those */
};

/* Sends the entry for the first time: a new one, or that of the run which stopped. */
static int begin_entry(struct journal *journal, struct history_entry *entry,
	struct limbeck_error *err)
{
	struct exec *exec = journal->stream->exec;
	struct job *job = journal->job;
	bool resumes = job->recorded && job->entry.seq > 0;
	/* To some engines a row that stays as it was is none that changed. */
	struct stream_entry sent = { .job = job, .expect = resumes ? -1 : 1 };
	struct strbuf kept = STRBUF_INIT;
	int result = job_keep_downgrade(exec, job, &kept, err);

	journal->begun = job->recorded = true;
	if (!resumes)
		job->entry.seq = exec->next_seq++;
	entry->seq = job->entry.seq;
	entry->downgrade = job->entry.downgrade;
	if (result == 0 && resumes) {
		store_sql_resume(&exec->store, entry, &journal->sql);
		result = stream_add_buf(journal->stream, &sent, &journal->sql, err);
	} else if (result == 0) {
		entry->outcome = "running";
		entry->finished_at = "";
		store_sql_insert_history(&exec->store, entry, &job->step->change, &journal->sql);
		result = stream_add_buf(journal->stream, &sent, &journal->sql, err);
	}
	job->entry.downgrade = NULL;
	strbuf_release(&kept);
	return result;
}

/* Writes how far it came into the entry; started may be NULL. */
static int note(struct journal *journal, const struct script_statement *started,
	struct limbeck_error *err)
{
	struct exec *exec = journal->stream->exec;
	struct history_entry entry = journal->job->entry;
	struct stream_entry sent = { .job = journal->job, .expect = -1 };
	struct limbeck_statement plain;
	char hash[CHECKSUM_LENGTH + 1] = "";
	char *expression = NULL;
	int result;

	entry.done = journal->done;
	entry.done_hash = journal->hash;
	if (started) {
		plain = (struct limbeck_statement) { started->text, started->length };
		snprintf(hash, sizeof hash, "%s", journal->hash);
		chain_add(hash, started);
		entry.started = (int64_t)started->number;
		entry.started_hash = hash;
		entry.state_expression = expression = connection_footprint(exec->connection, &plain);
	}
	journal->unwritten = false;
	if (stream_limit(journal->stream, journal->job, NULL, journal->open, err) < 0
		|| stream_fence(journal->stream, journal->job, err) < 0) {
		result = -1;
	} else if (!journal->begun) {
		result = begin_entry(journal, &entry, err);
	} else {
		store_sql_journal(&exec->store, &entry, &journal->sql);
		result = stream_add_buf(journal->stream, &sent, &journal->sql, err);
	}
	mem_free(expression);
	return result;
}

static int commit(struct journal *journal, unsigned marks, struct limbeck_error *err)
{
	journal->open = false;
	return job_commit(journal->stream, journal->job, marks, journal->done, err);
}

static int open_transaction(struct journal *journal, struct limbeck_error *err)
{
	if (journal->open)
		return 0;
	/* Where DDL commits, what begins a transaction was sent once for all. */
	if (journal->transactional && job_begin(journal->stream, journal->job, err) < 0)
		return -1;
	journal->open = true;
	return 0;
}

/* Counts what was done, and commits it. */
static int settle(struct journal *journal, const struct script_statement *started,
	struct limbeck_error *err)
{
	if (!journal->open && !journal->unwritten && !started)
		return 0;
	if (journal->transactional && !journal->open) {
		if (note(journal, started, err) < 0)
			return -1;
		journal->job->committed = journal->done;
		return 0;
	}
	if (note(journal, started, err) < 0)
		return -1;
	return commit(journal, 0, err);
}

static int send(struct journal *journal, const struct script_statement *statement, unsigned marks,
	struct limbeck_error *err)
{
	struct stream_entry entry = { .job = journal->job, .marks = marks,
		.number = statement->number, .line = statement->line,
		.column = statement->column, .expect = -1 };

	if (stream_limit(journal->stream, journal->job, statement, journal->open, err) < 0
		|| stream_add(journal->stream, &entry, statement->text, statement->length, err) < 0)
		return -1;
	if (statement->repeat)
		return 0;
	chain_add(journal->hash, statement);
	journal->done = (int64_t)statement->number;
	return 0;
}

/* A statement that commits what is pending, and then itself: the note that it starts
 * among the former. */
static int run_committing(struct journal *journal, const struct script_statement *statement,
	struct limbeck_error *err)
{
	if (note(journal, statement, err) < 0 || send(journal, statement, STREAM_SELF, err) < 0)
		return -1;
	journal->open = false;
	journal->unwritten = true;
	return 0;
}

/* One of which it is not known what it commits. */
static int run_opaque(struct journal *journal, const struct script_statement *statement,
	struct limbeck_error *err)
{
	unsigned marks = STREAM_ALONE | (statement->whole ? STREAM_TEXT : STREAM_TORN);

	if (settle(journal, NULL, err) < 0 || open_transaction(journal, err) < 0
		|| note(journal, statement, err) < 0 || send(journal, statement, marks, err) < 0)
		return -1;
	journal->open = true;
	return settle(journal, NULL, err);
}

/* One that no rollback undoes. */
static int run_kept(struct journal *journal, const struct script_statement *statement,
	struct limbeck_error *err)
{
	if (settle(journal, statement, err) < 0
		|| send(journal, statement, STREAM_ALONE | STREAM_SELF | STREAM_TORN, err) < 0)
		return -1;
	journal->unwritten = true;
	return settle(journal, NULL, err);
}

/* One of data: it is counted in its own transaction. */
static int run_plain(struct journal *journal, const struct script_statement *statement,
	struct limbeck_error *err)
{
	if (journal->unwritten && settle(journal, NULL, err) < 0)
		return -1;
	if (open_transaction(journal, err) < 0)
		return -1;
	if (!journal->transactional && !journal->begun && note(journal, NULL, err) < 0)
		return -1;
	return send(journal, statement, statement->whole ? STREAM_ALONE : 0, err);
}

static int plain(struct journal *journal, const char *sql, struct limbeck_error *err)
{
	struct stream_entry entry = { .job = journal->job, .expect = -1 };

	return sql ? stream_add(journal->stream, &entry, sql, strlen(sql), err) : 0;
}

/* A statement outside any transaction: alone, and counted at once. */
static int run_outside(struct journal *journal, const struct script_statement *statement,
	enum limbeck_nature nature, struct limbeck_error *err)
{
	const struct limbeck_traits *traits = journal->stream->exec->traits;
	bool switches = !journal->transactional;
	unsigned marks = STREAM_ALONE | STREAM_SELF | STREAM_OUTSIDE;

	if (statement->whole)
		marks |= STREAM_TEXT;
	else if (nature == LIMBECK_NATURE_OPAQUE)
		marks |= STREAM_TORN;
	if (settle(journal, statement, err) < 0
		|| (switches && plain(journal, traits->after, err) < 0)
		|| send(journal, statement, marks, err) < 0)
		return -1;
	journal->unwritten = true;
	if (switches && plain(journal, traits->begin, err) < 0)
		return -1;
	return settle(journal, NULL, err);
}

/* A statement that is to stand outside of a transaction. One that changes data alone
 * may as well have one of its own, in which it is counted. */
static int run_autocommit(struct journal *journal, const struct script_statement *statement,
	enum limbeck_nature nature, struct limbeck_error *err)
{
	int result;

	if (nature == LIMBECK_NATURE_COMMITS && !journal->transactional)
		result = run_committing(journal, statement, err);
	else if (nature == LIMBECK_NATURE_PLAIN)
		result = settle(journal, NULL, err) < 0 ? -1 : run_plain(journal, statement, err);
	else if (nature == LIMBECK_NATURE_SETTING && journal->transactional)
		result = settle(journal, NULL, err) < 0 ? -1 : send(journal, statement, STREAM_ALONE, err);
	else if (nature == LIMBECK_NATURE_SETTING)
		result = run_plain(journal, statement, err);
	else
		result = run_outside(journal, statement, nature, err);
	if (result < 0)
		return -1;
	if (nature == LIMBECK_NATURE_SETTING)
		return 0;
	return settle(journal, NULL, err) < 0 ? -1 : stream_flush(journal->stream, err);
}

static int not_counted(const struct journal *journal, const struct script_statement *statement,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_SCRIPT, "a @repeat statement must change rows");
	error_place(err, journal->job->source.shown, statement->line, statement->column);
	error_hint(err, "The engine does not say how many rows it changed; "
		"@repeat is for UPDATE, DELETE and INSERT ... SELECT.");
	return -1;
}

/* Runs the statement, each time in a transaction of its own, until it changes
 * nothing. */
static int run_repeat(struct journal *journal, const struct script_statement *statement,
	struct limbeck_error *err)
{
	struct stream *stream = journal->stream;
	int64_t changed = 0, count;

	if (settle(journal, NULL, err) < 0
		|| (!journal->begun && (note(journal, NULL, err) < 0 || commit(journal, 0, err) < 0))
		|| stream_flush(stream, err) < 0)
		return -1;
	do {
		if (open_transaction(journal, err) < 0
			|| send(journal, statement, STREAM_ALONE, err) < 0)
			return -1;
		count = stream->affected;
		if (stream_fence(stream, journal->job, err) < 0 || commit(journal, 0, err) < 0
			|| stream_flush(stream, err) < 0)
			return -1;
		if (count < 0)
			return not_counted(journal, statement, err);
		changed += count;
		if (!exec_tell(stream->exec, LIMBECK_EVENT_REPEAT, journal->job, 0, changed, 0, NULL))
			return error_set(err, LIMBECK_E_CANCELLED, "interrupted");
		if (count > 0 && statement->pause_ms > 0)
			exec_pause(stream->exec, statement->pause_ms / 1000.0);
	} while (count > 0);
	chain_add(journal->hash, statement);
	journal->done = (int64_t)statement->number;
	journal->unwritten = true;
	if (settle(journal, NULL, err) < 0)
		return -1;
	return stream_flush(stream, err);
}

static enum limbeck_nature nature_of(const struct journal *journal,
	const struct script_statement *statement)
{
	struct limbeck_statement plain = { statement->text, statement->length };
	enum limbeck_nature nature;

	/* In a transaction that can undo all there is nothing to tell apart. */
	if (journal->transactional && !statement->autocommit)
		return LIMBECK_NATURE_PLAIN;
	nature = connection_nature(journal->stream->exec->connection, &plain);
	if (!statement->whole || nature == LIMBECK_NATURE_KEPT)
		return nature;
	return statement->autocommit ? LIMBECK_NATURE_OUTSIDE : LIMBECK_NATURE_OPAQUE;
}

/* What a statement has left that failed half-way. */
static int run_remedy(struct journal *journal, struct limbeck_error *err)
{
	struct exec *exec = journal->stream->exec;
	const char *remedy = journal->job->remedy;

	if (!remedy)
		return 0;
	journal->job->remedy = NULL;
	log_write(exec->log, LIMBECK_LOG_NOTICE, "revision %s: what an earlier attempt has left is "
		"removed: %s", journal->job->entry.revision, remedy);
	return stream_flush(journal->stream, err) < 0 || plain(journal, remedy, err) < 0
		|| stream_flush(journal->stream, err) < 0 ? -1 : 0;
}

static int run_statement(struct journal *journal, const struct script_statement *statement,
	struct limbeck_error *err)
{
	enum limbeck_nature nature;

	if (run_remedy(journal, err) < 0)
		return -1;
	if (statement->repeat)
		return run_repeat(journal, statement, err);
	/* The driver may look whether the section itself has begun a transaction. */
	if (statement->autocommit && (settle(journal, NULL, err) < 0
			|| stream_flush(journal->stream, err) < 0))
		return -1;
	nature = nature_of(journal, statement);
	if (nature == LIMBECK_NATURE_KEPT)
		return run_kept(journal, statement, err);
	if (statement->autocommit)
		return run_autocommit(journal, statement, nature, err);
	switch (nature) {
	case LIMBECK_NATURE_PLAIN:
	case LIMBECK_NATURE_SETTING:
		return run_plain(journal, statement, err);
	case LIMBECK_NATURE_COMMITS:
		return run_committing(journal, statement, err);
	default:
		return run_opaque(journal, statement, err);
	}
}

/* The session of the run that stopped is gone, with all its settings. */
static int set_again(void *data, const struct script_statement *statement,
	struct limbeck_error *err)
{
	struct journal *journal = data;
	struct stream_entry entry = { .job = journal->job, .number = statement->number,
		.line = statement->line, .column = statement->column, .expect = -1 };

	if (!exec_is_setting(journal->stream->exec, statement))
		return 0;
	return stream_add(journal->stream, &entry, statement->text, statement->length, err);
}

static int run_section(struct journal *journal, struct limbeck_error *err)
{
	struct script_reader *reader = NULL;
	struct script_statement statement;
	char hash[CHECKSUM_LENGTH + 1] = "";
	int64_t seen = 0;
	bool on = false;
	int result;

	if (script_reader_open(&reader, &journal->job->source, err) < 0)
		return -1;
	result = chain_walk(reader, journal->done, &seen, hash, set_again, journal, err);
	while (result >= 0 && (result = script_reader_next(reader, &statement, err)) > 0)
		if (job_switch(journal->stream, journal->job, !statement.verbatim, &on, err) < 0
			|| run_statement(journal, &statement, err) < 0)
			result = -1;
	script_reader_close(reader);
	if (result == 0)
		result = job_switch(journal->stream, journal->job, false, &on, err);
	return result < 0 ? -1 : job_check_file(journal->job, err);
}

static int end_entry(struct journal *journal, struct limbeck_error *err)
{
	struct exec *exec = journal->stream->exec;
	struct job *job = journal->job;
	struct history_entry entry = job->entry;
	struct stream_entry sent = { .job = job, .expect = 1 };

	if (open_transaction(journal, err) < 0
		|| stream_limit(journal->stream, job, NULL, true, err) < 0
		|| stream_fence(journal->stream, job, err) < 0
		|| (!journal->begun && note(journal, NULL, err) < 0))
		return -1;
	entry.seq = job->entry.seq;
	entry.done = journal->done;
	entry.done_hash = journal->hash;
	store_sql_finish(&exec->store, &entry, "done", "", &job->step->change, true, &journal->sql);
	if (stream_add_buf(journal->stream, &sent, &journal->sql, err) < 0
		|| job_change_rows(journal->stream, job, 0, err) < 0)
		return -1;
	return commit(journal, STREAM_ENDS, err);
}

/* What was set outside of a transaction must not stay for whoever gets the session
 * next, from a proxy that shares it out. */
static int end_session(struct journal *journal, struct limbeck_error *err)
{
	if (!journal->transactional)
		return 0;
	return job_reset(journal->stream, journal->job, err) < 0 ? -1
		: stream_flush(journal->stream, err);
}

/* Where DDL can be undone there are statements outside of transactions, and the entry
 * is committed before anything else is sent. */
static int begin(struct journal *journal, struct limbeck_error *err)
{
	struct job *job = journal->job;

	journal->stream->starting = true;
	if (!journal->transactional && job_begin(journal->stream, job, err) < 0)
		return -1;
	if (job_reset(journal->stream, job, err) < 0)
		return -1;
	if (job->recorded && job->resume_hash) {
		journal->done = job->resume_done;
		snprintf(journal->hash, sizeof journal->hash, "%s", job->resume_hash);
	}
	if (journal->transactional)
		return note(journal, NULL, err) < 0 ? -1 : stream_flush(journal->stream, err);
	/* What was found out of a statement in doubt is written down before the next. */
	return job->recorded ? note(journal, NULL, err) < 0 ? -1 : commit(journal, 0, err) : 0;
}

int job_run_journaled(struct stream *stream, struct job *job, struct limbeck_error *err)
{
	struct journal journal = { .stream = stream, .job = job, .sql = STRBUF_INIT };
	int result = -1;

	journal.transactional =
		stream->exec->traits->can[LIMBECK_CAP_TRANSACTIONAL_DDL] != LIMBECK_NO;
	if (begin(&journal, err) == 0 && run_section(&journal, err) == 0
		&& end_entry(&journal, err) == 0)
		result = end_session(&journal, err);
	strbuf_release(&journal.sql);
	return result;
}
