/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The connection was lost: the server may have done what it was told last, but its
 * answer never came. What it has done is in the database, so the run connects again
 * and looks there. The lock comes first: whoever has it knows that the old session,
 * and with it what it was doing, has ended.
 */
#include "exec/exec_int.h"

#include <string.h>

#include "base/error.h"

/* Seconds before each try: a server that was restarted takes some. */
static const double pauses[] = { 0.1, 0.5, 1, 2, 4, 8 };

static int connect_again(struct exec *exec, struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	int result = -1;

	log_write(exec->log, LIMBECK_LOG_NOTICE, "the connection was lost (%s); connecting again, to "
		"see what was done", err && err->message ? err->message : "no reason given");
	for (size_t i = 0; result < 0 && i < sizeof pauses / sizeof *pauses; i++) {
		exec_pause(exec, pauses[i]);
		if (connection_cancelled(exec->connection))
			break;
		limbeck_error_release(&problem);
		result = exec->reopen(exec->reopen_data, exec, &problem);
		if (result < 0 && !error_is(&problem, LIMBECK_E_CONNECT))
			break;
	}
	if (result < 0 && err && !err->detail)
		error_detail(err, "Connecting again failed: %s",
			problem.message ? problem.message : "interrupted");
	limbeck_error_release(&problem);
	return result;
}

static bool is_done(struct exec *exec, const struct job *job)
{
	struct history_entry *entry = NULL;

	return job->entry.seq > 0
		&& store_read_entry(&exec->store, exec->connection, exec->arena, job->entry.seq,
			job->entry.revision, &entry, NULL) == 0
		&& entry && !strcmp(entry->outcome, "done")
		&& !strcmp(entry->direction, job->entry.direction);
}

/* The statement that was under way is settled now, if it can be. */
static void settle(struct exec *exec, struct job *job, struct standing *standing,
	struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;

	if (!standing->doubt)
		return;
	job->resume_done = standing->done;
	job->resume_hash = standing->hash;
	if (job_settle_doubt(exec, job, standing->entry, &problem) == 0) {
		standing->doubt = false;
		standing->done = job->resume_done;
		standing->hash = job->resume_hash;
		standing->remedy = job->remedy;
	} else if (problem.detail && err && !err->detail) {
		error_detail(err, "%s", problem.detail);
	}
	limbeck_error_release(&problem);
}

/* The one that was under way did not come to its end. */
static int say_so(struct exec *exec, struct job *job, struct limbeck_error *err)
{
	struct stream stream;
	struct standing standing;

	stream_init(&stream, exec);
	if (job->kind == JOB_JOURNALED && job_standing(&stream, job, &standing, NULL) < 0) {
		stream_release(&stream);
		return -1;
	}
	if (job->kind != JOB_JOURNALED)
		standing = (struct standing) { .hash = "", .known = "" };
	stream_release(&stream);
	job->recorded = standing.entry != NULL;
	settle(exec, job, &standing, err);
	job->committed = standing.done;
	exec_write_down(exec, job, &standing, err);
	exec_say_outcome(exec, job, &standing, err);
	return -1;
}

int exec_recover(struct exec *exec, struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;

	if (!exec->reopen || connect_again(exec, err) < 0)
		return -1;
	exec->open = exec->rebuilding = false;
	if (exec_lock(exec, &problem) < 0) {
		limbeck_error_release(&problem);
		return -1;
	}
	while (exec->finished < exec->plan.count && is_done(exec, &exec->jobs[exec->finished])) {
		struct job *job = &exec->jobs[exec->finished++];

		log_write(exec->log, LIMBECK_LOG_NOTICE, "revision %s had been committed",
			job->entry.revision);
		exec_tell(exec, LIMBECK_EVENT_END, job, 0, 0, 0, NULL);
	}
	if (exec->finished == exec->plan.count)
		return 0;
	return exec->jobs[exec->finished].sent ? say_so(exec, &exec->jobs[exec->finished], err) : 1;
}
