/* SPDX-License-Identifier: BSD-2-Clause */
#include "exec/exec_int.h"

#include <string.h>

#include "base/error.h"

static int check(const struct exec *exec, const char *revision, int kind,
	struct limbeck_error *err)
{
	const struct history_entry *partial = exec->state.partial;

	if (!partial || strcmp(partial->revision, revision)) {
		error_set(err, LIMBECK_E_STATE, "revision %s was not left half done", revision);
		if (partial)
			error_hint(err, "Revision %s was.", partial->revision);
		return -1;
	}
	if (kind == LIMBECK_REPAIR_FORGET || partial->started > 0)
		return 0;
	error_set(err, LIMBECK_E_STATE, "no statement of revision %s is in doubt", revision);
	error_detail(err, "%lld of its %lld statements are done.", (long long)partial->done,
		(long long)partial->total);
	error_hint(err, "Run `limbeck %s` again: it goes on after them.", partial->direction);
	return -1;
}

/* The hash with the statement in doubt counted in. */
static int hash_with_doubtful(struct exec *exec, const struct history_entry *partial,
	char hash[CHECKSUM_LENGTH + 1], struct limbeck_error *err)
{
	struct revision *revision = graph_find(exec->graph, partial->revision);
	struct job job = { .entry = *partial, .resume_done = partial->done,
		.resume_hash = partial->done_hash };
	int64_t seen;

	if (!revision)
		return error_set(err, LIMBECK_E_STATE, "no file has revision %s", partial->revision);
	if (exec_source(exec, revision, !strcmp(partial->direction, "upgrade"), &job.source, err) < 0
		|| job_check_done(&job, err) < 0
		|| job_hash(&job, partial->started, &seen, hash, err) < 0)
		return -1;
	if (seen == partial->started)
		return 0;
	error_set(err, LIMBECK_E_STATE, "revision %s has no statement %lld any more",
		partial->revision, (long long)partial->started);
	error_place(err, job.source.shown, 0, 0);
	error_hint(err, "Bring back the file as it was.");
	return -1;
}

static int settle(struct exec *exec, int kind, struct limbeck_error *err)
{
	const struct history_entry *partial = exec->state.partial;
	struct strbuf sql = STRBUF_INIT;
	char hash[CHECKSUM_LENGTH + 1];
	int result = 0;

	if (kind == LIMBECK_REPAIR_FORGET)
		store_sql_finish(&exec->store, partial->seq, "abandoned", partial->error, NULL, &sql);
	else if (kind == LIMBECK_REPAIR_RETRY)
		store_sql_journal(&exec->store, partial->seq, partial->done, 0, partial->done_hash,
			&sql);
	else if (hash_with_doubtful(exec, partial, hash, err) < 0)
		result = -1;
	else
		store_sql_journal(&exec->store, partial->seq, partial->started, 0, hash, &sql);
	if (result == 0)
		result = strbuf_failed(&sql) ? error_nomem(err)
			: connection_do(exec->connection, sql.buf, err);
	strbuf_release(&sql);
	return result;
}

int exec_repair(struct exec *exec, const char *revision, int kind, struct limbeck_error *err)
{
	int result;

	if (exec_lock(exec, err) < 0)
		return -1;
	result = store_read(&exec->store, exec->connection, exec->arena, &exec->state, err);
	if (result == 0)
		result = check(exec, revision, kind, err);
	if (result == 0)
		result = settle(exec, kind, err);
	exec_unlock(exec);
	return result;
}
