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

/* The job that a partial entry belongs to, as far as its file is concerned. */
static int job_of(struct exec *exec, const struct history_entry *partial, struct job *job,
	struct limbeck_error *err)
{
	struct revision *revision = graph_find(exec->graph, partial->revision);

	memset(job, 0, sizeof *job);
	if (!revision)
		return error_set(err, LIMBECK_E_STATE, "no file has revision %s", partial->revision);
	return exec_source(exec, revision, !strcmp(partial->direction, "upgrade"), &job->source, err);
}

static int settle(struct exec *exec, int kind, struct limbeck_error *err)
{
	const struct history_entry *partial = exec->state.partial;
	struct strbuf sql = STRBUF_INIT;
	char hash[CHECKSUM_LENGTH + 1];
	struct job job;
	int64_t done = kind == LIMBECK_REPAIR_DONE ? partial->started : partial->done;
	int result = 0;

	if (kind == LIMBECK_REPAIR_FORGET) {
		store_sql_finish(&exec->store, partial->seq, "abandoned", partial->error, NULL, &sql);
	} else if (job_of(exec, partial, &job, err) < 0 || job_hash(&job, done, hash, err) < 0) {
		result = -1;
	} else {
		store_sql_journal(&exec->store, partial->seq, done, 0, hash, &sql);
	}
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
