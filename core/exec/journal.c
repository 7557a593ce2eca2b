/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A revision that can't be one transaction: it has parts that run outside one,
 * or the engine's DDL commits by itself. Its history entry is written first and
 * says at any moment how far it came:
 *
 *   done     so many statements from the front are committed, with their hash;
 *   started  this one was about to run by itself: if the process dies now, its
 *            outcome is not known (0: nothing is in doubt).
 *
 * A data statement commits together with the entry that counts it. So only a
 * statement that commits by itself can ever be in doubt.
 */
#include "exec/exec_int.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/error.h"

struct journal {
	struct stream *stream;
	struct job *job;
	struct strbuf sql;
	bool transactional;       /* the engine's DDL is */
	bool open;                /* statements since the last commit */
	bool unwritten;           /* the last statement committed by itself and is not counted yet */
	int64_t done;             /* statements run */
	char hash[CHECKSUM_LENGTH + 1]; /* of those */
	const char *after;        /* what ends our way of transaction, or NULL */
};

/* hash becomes that of one statement more. */
static void chain(char hash[CHECKSUM_LENGTH + 1], const struct script_statement *statement)
{
	struct checksum sum;

	checksum_init(&sum);
	checksum_add(&sum, hash, strlen(hash));
	checksum_add(&sum, statement->text, statement->length);
	checksum_final(&sum, hash);
}

/* Reads past the first count statements; *seen is how many there were. */
static int hash_front(struct script_reader *reader, int64_t count, int64_t *seen,
	char hash[CHECKSUM_LENGTH + 1], struct limbeck_error *err)
{
	struct script_statement statement;
	int result = 1;

	while (*seen < count && (result = script_reader_next(reader, &statement, err)) > 0) {
		chain(hash, &statement);
		++*seen;
	}
	return result < 0 ? -1 : 0;
}

int job_hash(const struct job *job, int64_t count, int64_t *seen,
	char hash[CHECKSUM_LENGTH + 1], struct limbeck_error *err)
{
	struct script_reader *reader = NULL;
	int result;

	hash[0] = '\0';
	*seen = 0;
	if (count == 0)
		return 0;
	if (script_reader_open(&reader, &job->source, err) < 0)
		return -1;
	result = hash_front(reader, count, seen, hash, err);
	script_reader_close(reader);
	return result;
}

/* Writes done and started into the entry. */
static int note(struct journal *journal, int64_t started, struct limbeck_error *err)
{
	/* Not one row: a count that stays as it was is no change to some engines. */
	struct stream_entry entry = { .job = journal->job, .expect = -1 };

	journal->unwritten = false;
	store_sql_journal(&journal->stream->exec->store, journal->job->entry.seq, journal->done,
		started, journal->hash, &journal->sql);
	return stream_add_buf(journal->stream, &entry, &journal->sql, err);
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
	journal->open = true;
	/* Where DDL commits, what begins a transaction was sent once for all. */
	return journal->transactional ? job_begin(journal->stream, journal->job, err) : 0;
}

/* Counts what was done and commits it; started: what comes next by itself. */
static int settle(struct journal *journal, int64_t started, struct limbeck_error *err)
{
	if (!journal->open && !journal->unwritten && started == 0)
		return 0;
	if (journal->transactional && !journal->open) {
		struct job *job = journal->job;

		if (note(journal, started, err) < 0)
			return -1;
		job->committed = journal->done;
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

	return stream_add(journal->stream, &entry, statement->text, statement->length, err);
}

/* How a statement that commits by itself is sent. */
static unsigned marks_of(const struct script_statement *statement)
{
	return statement->whole ? STREAM_SELF | STREAM_ALONE | STREAM_TEXT : STREAM_SELF;
}

/* A statement that commits by itself, on an engine where DDL does. */
static int run_committing(struct journal *journal, const struct script_statement *statement,
	struct limbeck_error *err)
{
	if (settle(journal, (int64_t)statement->number, err) < 0
		|| send(journal, statement, marks_of(statement), err) < 0)
		return -1;
	chain(journal->hash, statement);
	journal->done = (int64_t)statement->number;
	journal->unwritten = true;
	return 0;
}

static int plain(struct journal *journal, const char *sql, unsigned marks,
	struct limbeck_error *err)
{
	struct stream_entry entry = { .job = journal->job, .marks = marks, .expect = -1 };

	return sql ? stream_add(journal->stream, &entry, sql, strlen(sql), err) : 0;
}

/* A statement outside any transaction: alone, and counted at once. */
static int run_autocommit(struct journal *journal, const struct script_statement *statement,
	struct limbeck_error *err)
{
	const struct limbeck_traits *traits = journal->stream->exec->traits;
	bool switches = !journal->transactional;

	if (settle(journal, (int64_t)statement->number, err) < 0
		|| (switches && plain(journal, traits->after, 0, err) < 0)
		|| send(journal, statement, STREAM_ALONE | marks_of(statement), err) < 0)
		return -1;
	chain(journal->hash, statement);
	journal->done = (int64_t)statement->number;
	journal->unwritten = true;
	if (switches && plain(journal, traits->begin, 0, err) < 0)
		return -1;
	if (settle(journal, 0, err) < 0)
		return -1;
	return stream_flush(journal->stream, err);
}

/* Runs the statement, each time in a transaction of its own, until it changes
 * nothing. */
static int run_repeat(struct journal *journal, const struct script_statement *statement,
	struct limbeck_error *err)
{
	struct stream *stream = journal->stream;
	int64_t changed = 0, count;

	if (settle(journal, 0, err) < 0 || stream_flush(stream, err) < 0)
		return -1;
	do {
		if (open_transaction(journal, err) < 0
			|| send(journal, statement, STREAM_ALONE, err) < 0)
			return -1;
		count = stream->affected;
		if (commit(journal, 0, err) < 0 || stream_flush(stream, err) < 0)
			return -1;
		if (count < 0) {
			error_set(err, LIMBECK_E_SCRIPT, "a @repeat statement must change rows");
			error_place(err, journal->job->source.shown, statement->line,
				statement->column);
			error_hint(err, "The engine does not say how many rows it changed; "
				"@repeat is for UPDATE, DELETE and INSERT ... SELECT.");
			return -1;
		}
		changed += count;
		if (!exec_tell(stream->exec, LIMBECK_EVENT_REPEAT, journal->job, 0, changed, 0, NULL))
			return error_set(err, LIMBECK_E_CANCELLED, "interrupted");
		if (count > 0 && statement->pause_ms > 0)
			exec_pause(stream->exec, statement->pause_ms / 1000.0);
	} while (count > 0);
	chain(journal->hash, statement);
	journal->done = (int64_t)statement->number;
	journal->unwritten = true;
	if (settle(journal, 0, err) < 0)
		return -1;
	return stream_flush(stream, err);
}

/* True if the text begins with the words of a phrase of that length. */
static bool begins_with_phrase(const char *text, size_t length, const char *phrase, size_t rest)
{
	const char *end = text + length;

	for (; rest > 0 && text < end; phrase++, rest--) {
		if (*phrase != ' ') {
			if (toupper((unsigned char)*text++) != *phrase)
				return false;
			continue;
		}
		if (!isspace((unsigned char)*text))
			return false;
		while (text < end && isspace((unsigned char)*text))
			text++;
	}
	return rest == 0 && (text == end || !isalnum((unsigned char)*text));
}

/* True if one of the phrases, separated by commas, begins the text. */
static bool begins_with_any(const char *text, size_t length, const char *phrases)
{
	while (phrases && *phrases) {
		size_t n = strcspn(phrases, ",");

		if (begins_with_phrase(text, length, phrases, n))
			return true;
		phrases += n + (phrases[n] == ',');
	}
	return false;
}

/* True if a word of the list, in upper case, begins the text. */
static bool begins_with_word(const char *text, size_t length, const char *words)
{
	while (words && *words) {
		size_t n = strcspn(words, " ");

		if (n <= length && !strncasecmp(text, words, n)
			&& (n == length || !isalnum((unsigned char)text[n])))
			return true;
		words += n + strspn(words + n, " ");
	}
	return false;
}

static int run_statement(struct journal *journal, const struct script_statement *statement,
	struct limbeck_error *err)
{
	const struct limbeck_traits *traits = journal->stream->exec->traits;

	if (statement->repeat)
		return run_repeat(journal, statement, err);
	if (statement->autocommit)
		return run_autocommit(journal, statement, err);
	if (!journal->transactional && (statement->whole
			|| !begins_with_word(statement->text, statement->length, traits->data_words)
			|| begins_with_any(statement->text, statement->length,
				traits->committing_words)))
		return run_committing(journal, statement, err);
	if (journal->unwritten && settle(journal, 0, err) < 0)
		return -1;
	if (open_transaction(journal, err) < 0
		|| send(journal, statement, statement->whole ? STREAM_ALONE : 0, err) < 0)
		return -1;
	chain(journal->hash, statement);
	journal->done = (int64_t)statement->number;
	return 0;
}

int job_check_done(const struct job *job, struct limbeck_error *err)
{
	char hash[CHECKSUM_LENGTH + 1];
	int64_t seen = 0;

	if (job->resume_done == 0)
		return 0;
	if (job_hash(job, job->resume_done, &seen, hash, err) < 0)
		return -1;
	if (seen == job->resume_done && !strcmp(hash, job->resume_hash))
		return 0;
	error_set(err, LIMBECK_E_STATE, "revision %s was left half done, and the part that was "
		"done has been changed since", job->entry.revision);
	error_place(err, job->source.shown, 0, 0);
	error_outcome(err, "nothing was done");
	error_detail(err, "The first %lld statements ran as they stood in the file then.",
		(long long)job->resume_done);
	error_hint(err, "Bring back the file as it was, or finish the change by hand and run "
		"`limbeck repair %s --forget`.", job->entry.revision);
	return -1;
}

static int run_section(struct journal *journal, struct limbeck_error *err)
{
	struct script_reader *reader = NULL;
	struct script_statement statement;
	char hash[CHECKSUM_LENGTH + 1] = "";
	int64_t seen = 0;
	int result;

	if (script_reader_open(&reader, &journal->job->source, err) < 0)
		return -1;
	result = hash_front(reader, journal->done, &seen, hash, err);
	while (result >= 0 && (result = script_reader_next(reader, &statement, err)) > 0)
		if (run_statement(journal, &statement, err) < 0)
			result = -1;
	script_reader_close(reader);
	return result < 0 ? -1 : job_check_file(journal->job, err);
}

/* The entry: a new one, or that of the run which stopped. */
static int begin_entry(struct journal *journal, struct limbeck_error *err)
{
	struct exec *exec = journal->stream->exec;
	struct job *job = journal->job;
	struct stream_entry entry = { .job = job, .expect = 1 };
	struct strbuf kept = STRBUF_INIT;
	int result = 0;

	result = job_keep_downgrade(exec, job, &kept, err);
	if (result == 0 && job->entry.seq > 0) {
		journal->done = job->resume_done;
		snprintf(journal->hash, sizeof journal->hash, "%s", job->resume_hash);
		/* To some engines a row that stays as it was is none that changed. */
		entry.expect = -1;
		store_sql_resume(&exec->store, &job->entry, &journal->sql);
		result = stream_add_buf(journal->stream, &entry, &journal->sql, err);
	} else if (result == 0) {
		job->entry.seq = exec->next_seq++;
		job->entry.outcome = "running";
		job->entry.finished_at = "";
		store_sql_insert_history(&exec->store, &job->entry, &job->step->change, &journal->sql);
		result = stream_add_buf(journal->stream, &entry, &journal->sql, err);
		job->entry.finished_at = NULL;
	}
	job->entry.downgrade = NULL;
	strbuf_release(&kept);
	return result;
}

static int end_entry(struct journal *journal, struct limbeck_error *err)
{
	struct exec *exec = journal->stream->exec;
	struct job *job = journal->job;
	struct stream_entry entry = { .job = job, .expect = 1 };

	if (open_transaction(journal, err) < 0 || note(journal, 0, err) < 0)
		return -1;
	store_sql_finish(&exec->store, job->entry.seq, "done", "", &job->step->change,
		&journal->sql);
	if (stream_add_buf(journal->stream, &entry, &journal->sql, err) < 0
		|| job_change_rows(journal->stream, job, 0, err) < 0)
		return -1;
	return commit(journal, STREAM_ENDS, err);
}

int job_run_journaled(struct stream *stream, struct job *job, struct limbeck_error *err)
{
	struct exec *exec = stream->exec;
	struct journal journal = { .stream = stream, .job = job, .sql = STRBUF_INIT };
	int result = -1;

	journal.transactional =
		exec->traits->can[LIMBECK_CAP_TRANSACTIONAL_DDL] != LIMBECK_NO;
	stream->starting = true;
	if (!journal.transactional && job_begin(stream, job, err) < 0)
		goto out;
	if (job_reset(stream, job, err) < 0 || begin_entry(&journal, err) < 0)
		goto out;
	/* The entry is committed before anything else is sent: by the engine
	 * itself at the end of the batch, or by us. */
	if (journal.transactional ? stream_flush(stream, err) < 0 : commit(&journal, 0, err) < 0)
		goto out;
	if (run_section(&journal, err) < 0 || end_entry(&journal, err) < 0)
		goto out;
	result = journal.transactional ? stream_flush(stream, err) : 0;
out:
	strbuf_release(&journal.sql);
	return result;
}
