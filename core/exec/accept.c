/* SPDX-License-Identifier: BSD-2-Clause */
/* Taking a changed file for what was applied. */
#include "exec/exec_int.h"

#include <string.h>

#include "base/error.h"

struct accepting {
	struct exec *exec;
	const struct names *ids;    /* NULL: all */
	void (*told)(void *data, const char *id, const char *path);
	void *data;
	struct strbuf sql;
};

static bool is_wanted(const struct accepting *accepting, const char *id)
{
	size_t i = 0;

	if (!accepting->ids)
		return true;
	while (i < accepting->ids->count && strcmp(accepting->ids->items[i], id))
		i++;
	return i < accepting->ids->count;
}

/* The entry of a run that is over, with another direction. */
static int write_entry(struct accepting *accepting, struct job *job, struct limbeck_error *err)
{
	struct exec *exec = accepting->exec;
	struct strbuf kept = STRBUF_INIT;
	int result;

	job->file = job->source;
	result = job_keep_downgrade(exec, job, &kept, err);

	if (result == 0) {
		job->entry.seq = ++exec->state.last_seq;
		job->entry.direction = "accept";
		job->entry.outcome = "done";
		job->entry.done = job->entry.total;
		job_times(job);
		strbuf_reset(&accepting->sql);
		store_sql_insert_history(&exec->store, &job->entry, NULL, &accepting->sql);
		result = strbuf_failed(&accepting->sql) ? error_nomem(err)
			: connection_do(exec->connection, accepting->sql.buf, err);
	}
	strbuf_release(&kept);
	return result;
}

static int accept(void *data, const char *id, struct revision *revision,
	enum limbeck_verified state, struct limbeck_error *err)
{
	struct accepting *accepting = data;
	struct exec *exec = accepting->exec;
	struct plan_step step = { .revision = revision, .direction = LIMBECK_UP };
	struct job job = { .step = &step };

	if (state != LIMBECK_VERIFIED_CHANGED || !is_wanted(accepting, id))
		return 0;
	if (exec_source(exec, revision, true, &job.source, err) < 0
		|| script_survey(exec->arena, &job.source, &job.survey, err) < 0
		|| job_describe(exec, &job, err) < 0 || write_entry(accepting, &job, err) < 0)
		return -1;
	if (accepting->told)
		accepting->told(accepting->data, id, revision->path);
	return 0;
}

int exec_accept(struct exec *exec, const struct names *ids,
	void (*told)(void *data, const char *id, const char *path), void *data,
	struct limbeck_error *err)
{
	struct accepting accepting = {
		.exec = exec, .ids = ids, .told = told, .data = data, .sql = STRBUF_INIT
	};
	int result;

	if (exec_lock(exec, err) < 0)
		return -1;
	result = store_read(&exec->store, exec->connection, exec->arena, &exec->state, err);
	if (result == 0)
		result = exec_verify(exec, accept, &accepting, err);
	exec_unlock(exec);
	strbuf_release(&accepting.sql);
	return result;
}
