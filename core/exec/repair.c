/* SPDX-License-Identifier: BSD-2-Clause */
#include "exec/exec_int.h"

#include <string.h>

#include "base/error.h"

static int not_half_done(const struct exec *exec, const char *revision, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_STATE, "revision %s was not left half done", revision);
	if (exec->state.partial_count > 0)
		error_hint(err, "Revision %s was.", exec->state.partials[0].revision);
	return -1;
}

static int no_doubt(const struct history_entry *partial, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_STATE, "no statement of revision %s is in doubt", partial->revision);
	error_detail(err, "%lld of its %lld statements are done.", (long long)partial->done,
		(long long)partial->total);
	error_hint(err, "Run `limbeck %s` again: it goes on after them.", partial->direction);
	return -1;
}

/* The hash with the next statement counted in, which is the one in doubt or, to be left
 * out, the one that failed. */
static int hash_with_next(struct exec *exec, const struct history_entry *partial, int64_t next,
	char hash[CHECKSUM_LENGTH + 1], struct limbeck_error *err)
{
	struct revision *revision = graph_find(exec->graph, partial->revision);
	struct job job = { .entry = *partial, .resume_done = partial->done,
		.resume_hash = partial->done_hash };
	int64_t seen;

	if (!revision)
		return error_set(err, LIMBECK_E_STATE, "no file has revision %s", partial->revision);
	if (exec_source(exec, revision, !strcmp(partial->direction, "upgrade"), &job.source, err) < 0
		|| job_check_done(&job, err) < 0 || job_hash(&job, next, &seen, hash, err) < 0)
		return -1;
	if (seen == next)
		return 0;
	error_set(err, LIMBECK_E_STATE, "revision %s has no statement %lld", partial->revision,
		(long long)next);
	error_place(err, job.source.shown, 0, 0);
	error_hint(err, "Bring back the file as it was.");
	return -1;
}

static int write_entry(struct exec *exec, const struct history_entry *entry,
	struct limbeck_error *err)
{
	struct strbuf sql = STRBUF_INIT;
	int result;

	if (!strcmp(entry->outcome, "abandoned"))
		store_sql_finish(&exec->store, entry, entry->outcome, entry->error, NULL, false, &sql);
	else
		store_sql_journal(&exec->store, entry, &sql);
	result = strbuf_failed(&sql) ? error_nomem(err)
		: connection_do(exec->connection, sql.buf, err);
	strbuf_release(&sql);
	return result;
}

static int settle(struct exec *exec, const struct history_entry *partial, int kind,
	struct limbeck_error *err)
{
	struct history_entry entry = *partial;
	char hash[CHECKSUM_LENGTH + 1];

	if (kind == LIMBECK_REPAIR_FORGET) {
		entry.outcome = "abandoned";
		return write_entry(exec, &entry, err);
	}
	if (partial->started <= 0 && kind != LIMBECK_REPAIR_SKIP)
		return no_doubt(partial, err);
	entry.started = 0;
	entry.started_hash = entry.started_state = "";
	if (kind != LIMBECK_REPAIR_RETRY) {
		if (hash_with_next(exec, partial, partial->done + 1, hash, err) < 0)
			return -1;
		entry.done = partial->done + 1;
		entry.done_hash = hash;
	}
	return write_entry(exec, &entry, err);
}

int exec_repair(struct exec *exec, const char *revision, int kind, struct limbeck_error *err)
{
	const struct history_entry *partial;
	int result;

	if (exec_lock(exec, err) < 0)
		return -1;
	result = store_read(&exec->store, exec->connection, exec->arena, &exec->state, err);
	if (result == 0) {
		partial = store_find_partial(&exec->state, revision);
		result = partial ? settle(exec, partial, kind, err)
			: not_half_done(exec, revision, err);
	}
	exec_unlock(exec);
	return result;
}
