/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A run that died while a statement was under way that no transaction holds: the
 * driver looks at the database and says whether the statement took effect. Nobody
 * guesses: what can't be told stops the run.
 */
#include "exec/exec_int.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"

struct doubt {
	struct exec *exec;
	struct job *job;
	const struct history_entry *partial;
	char *text;                     /* of the statement */
	size_t length;
	unsigned line;
	unsigned column;
	char hash[CHECKSUM_LENGTH + 1]; /* with it */
	struct limbeck_probe probe;
};

/* The session of that run had them too. */
static int set_again(void *data, const struct script_statement *statement,
	struct limbeck_error *err)
{
	struct doubt *doubt = data;
	struct connection *connection = doubt->exec->connection;

	if (!exec_is_setting(doubt->exec, statement))
		return 0;
	return connection_execute(connection, statement->text, statement->length, NULL, NULL, err);
}

static int read_statement(struct doubt *doubt, struct script_reader *reader,
	struct limbeck_error *err)
{
	struct script_statement statement;
	int64_t started = doubt->partial->started, before = (started < 0 ? -started : started) - 1;
	int64_t seen = 0;
	int result = chain_walk(reader, before, &seen, doubt->hash, set_again, doubt, err);

	if (result < 0)
		return -1;
	if (seen == before)
		result = script_reader_next(reader, &statement, err);
	if (result <= 0)
		return result;
	chain_add(doubt->hash, &statement);
	doubt->length = statement.length;
	doubt->line = statement.line;
	doubt->column = statement.column;
	doubt->text = arena_strndup(doubt->exec->arena, statement.text, statement.length);
	return doubt->text ? 0 : error_nomem(err);
}

static int find_statement(struct doubt *doubt, struct limbeck_error *err)
{
	struct script_reader *reader = NULL;
	int result;

	if (script_reader_open(&reader, &doubt->job->source, err) < 0)
		return -1;
	result = read_statement(doubt, reader, err);
	script_reader_close(reader);
	return result;
}

static bool is_changed(const struct doubt *doubt)
{
	const char *hash = doubt->partial->started_hash;

	return !doubt->text || (*hash && strcmp(hash, doubt->hash) != 0);
}

static int stop(const struct doubt *doubt, struct limbeck_error *err)
{
	const struct history_entry *partial = doubt->partial;
	const char *known = doubt->probe.known;
	bool changed = is_changed(doubt);

	error_set(err, LIMBECK_E_STATE, "it is not known whether statement %lld of revision %s "
		"took effect", (long long)partial->started, partial->revision);
	error_place(err, doubt->job->source.shown, changed ? 0 : doubt->line,
		changed ? 0 : doubt->column);
	error_detail(err, "The run of %s on %s ended while the statement was under way; "
		"the %lld before it are done.%s%s%s", partial->started_at, partial->host,
		(long long)partial->done, changed ? " It has been changed in the file since." : "",
		*known ? " " : "", known);
	error_outcome(err, "nothing was done");
	error_hint(err, "Look at the database, then say `limbeck repair %s --retry` if it "
		"did not, `--done` if it did, or `--skip` to leave it out.", partial->revision);
	return -1;
}

static void tell(const struct doubt *doubt, int effect)
{
	const struct history_entry *partial = doubt->partial;

	log_write(doubt->exec->log, doubt->exec->looks ? LIMBECK_LOG_INFO : LIMBECK_LOG_NOTICE,
		"revision %s: statement %lld, which was under way when the run of %s on %s ended, %s%s%s",
		partial->revision, (long long)partial->started, partial->started_at, partial->host,
		effect == LIMBECK_EFFECT_DONE ? "took effect" : "is to be run again",
		doubt->probe.known[0] ? ": " : "", doubt->probe.known);
}

/* Goes on behind the statement, or with it. */
static int take_answer(struct doubt *doubt, int effect, struct limbeck_error *err)
{
	struct job *job = doubt->job;
	struct arena *arena = doubt->exec->arena;

	if (effect == LIMBECK_EFFECT_DONE) {
		job->resume_done = doubt->partial->started;
		job->resume_hash = arena_strdup(arena, doubt->hash);
		return job->resume_hash ? 0 : error_nomem(err);
	}
	if (!doubt->probe.remedy[0])
		return 0;
	job->remedy = arena_strdup(arena, doubt->probe.remedy);
	return job->remedy ? 0 : error_nomem(err);
}

static int ask(struct doubt *doubt, struct limbeck_error *err)
{
	struct limbeck_statement statement = { doubt->text, doubt->length };

	doubt->probe.statement = &statement;
	doubt->probe.before = *doubt->partial->started_hash ? doubt->partial->started_state : NULL;
	return connection_probe(doubt->exec->connection, &doubt->probe, err);
}

/* It has failed, for sure, and something was left of it. */
static int look_for_remains(struct doubt *doubt, struct limbeck_error *err)
{
	int effect;

	if (is_changed(doubt)) {
		log_write(doubt->exec->log, LIMBECK_LOG_WARNING, "revision %s: statement %lld has been "
			"changed since it failed and left something: %s", doubt->partial->revision,
			(long long)-doubt->partial->started, doubt->partial->error);
		return 0;
	}
	effect = ask(doubt, err);
	return effect < 0 ? -1 : take_answer(doubt, LIMBECK_EFFECT_NONE, err);
}

int job_settle_doubt(struct exec *exec, struct job *job, const struct history_entry *partial,
	struct limbeck_error *err)
{
	struct doubt doubt = { .exec = exec, .job = job, .partial = partial };
	int effect;

	if (find_statement(&doubt, err) < 0)
		return -1;
	if (partial->started < 0)
		return look_for_remains(&doubt, err);
	effect = is_changed(&doubt) ? LIMBECK_EFFECT_UNKNOWN : ask(&doubt, err);
	if (effect < 0)
		return -1;
	if (effect == LIMBECK_EFFECT_UNKNOWN)
		return stop(&doubt, err);
	tell(&doubt, effect);
	return take_answer(&doubt, effect, err);
}
