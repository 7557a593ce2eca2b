/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A statement that waits for a lock keeps everybody behind it waiting too. So it
 * gives up soon, all that it has locked is let go, and after a pause it is tried
 * again: the whole transaction, or, in a revision of parts, from where it stands.
 */
#include "exec/exec_int.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"

/* Pauses between two tries, in seconds. */
static const double first_pause = 0.5, longest_pause = 20;

static double pause_of(const struct exec *exec, double now)
{
	double pause = first_pause;

	for (unsigned i = 1; i < exec->blocked_tries && pause < longest_pause; i++)
		pause *= 2;
	if (pause > longest_pause)
		pause = longest_pause;
	/* Jitter, so that two who block each other do not meet again. */
	return pause * (0.5 + (double)((uint64_t)(now * 1e9) % 1000) / 1000);
}

/* From where it stands: what was committed stays so. */
static bool take_up_again(struct stream *stream, struct job *job)
{
	struct standing standing;

	if (job->kind != JOB_JOURNALED)
		return true;
	if (job_standing(stream, job, &standing, NULL) < 0 || standing.doubt)
		return false;
	job->recorded = standing.entry != NULL;
	job->remedy = standing.remedy;
	if (!standing.entry)
		return true;
	job->resume_done = standing.done;
	job->resume_hash = standing.hash;
	return true;
}

static void ask_who(struct stream *stream, char *text, size_t size)
{
	const struct stream_entry *failed = &stream->failed;
	struct limbeck_statement statement = { stream->text.buf + failed->offset, failed->length };

	if (!connection_blockers(stream->exec->connection, &statement, text, size))
		text[0] = '\0';
}

static bool give_up(const struct exec *exec, double waited, const char *who,
	struct limbeck_error *err)
{
	error_detail(err, "Tried %u times within %.0f seconds; in the way: %s", exec->blocked_tries,
		waited, *who ? who : "not known.");
	error_hint(err, "Run the command again when that has ended, or set ddl_lock_limit higher.");
	return false;
}

bool exec_try_again(struct stream *stream, struct limbeck_error *err)
{
	struct exec *exec = stream->exec;
	double now = clock_seconds(), pause;
	char who[1024];
	struct job *job;

	if (!error_is(err, LIMBECK_E_BUSY) || exec->limits.lock == 0 || exec->patience <= 0
		|| !stream->has_failed || exec->finished >= exec->plan.count || exec->stopped)
		return false;
	job = &exec->jobs[exec->finished];
	exec_roll_back(exec);
	/* What was sent behind it never ran. */
	for (size_t i = exec->finished + 1; i < exec->plan.count; i++)
		exec->jobs[i].recorded = exec->jobs[i].taken_up;
	if (!take_up_again(stream, job))
		return false;
	if (exec->blocked_tries++ == 0)
		exec->blocked_since = now - (double)exec->limits.lock / 1000;
	ask_who(stream, who, sizeof who);
	if (now - exec->blocked_since >= exec->patience)
		return give_up(exec, now - exec->blocked_since, who, err);
	pause = pause_of(exec, now);
	if (pause > exec->patience - (now - exec->blocked_since))
		pause = exec->patience - (now - exec->blocked_since);
	exec_tell(exec, LIMBECK_EVENT_BLOCKED, stream->failed.job, pause,
		(int64_t)exec->blocked_tries, 0, who);
	exec_pause(exec, pause);
	if (!exec->stopped && !connection_cancelled(exec->connection))
		return true;
	error_set(err, LIMBECK_E_CANCELLED, "interrupted");
	return false;
}
