/* SPDX-License-Identifier: BSD-2-Clause */
#include "exec/exec_int.h"

#include "base/clock.h"
#include "base/error.h"
#include "exec/lease.h"

enum { FENCE_BYTES = 1024 };

/* Pauses between two tries, in seconds: short at first, for those who only
 * just missed it. */
static const double first_pause = 0.02, longest_pause = 1.0;

static int give_up(struct exec *exec, const char *holder, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_BUSY, "another limbeck is at work on this database%s%s",
		*holder ? ": " : "", holder);
	error_detail(err, "Waited %g seconds for it to end.", exec->lock_timeout);
	error_hint(err, "Run the command again later, or set lock_timeout higher.");
	error_outcome(err, "nothing was done");
	return -1;
}

void exec_pause(struct exec *exec, double seconds)
{
	/* Whoever cancels is another thread, which can't wake this one. */
	const double slice = 0.1;
	double end = clock_seconds() + seconds, left = seconds;

	while (left > 0 && !connection_cancelled(exec->connection)) {
		clock_sleep(left < slice ? left : slice);
		left = end - clock_seconds();
	}
}

/* The driver's lock, and the lease where that does not reach everybody: 1, 0 with whoever
 * has it, -1. */
static int try_both(struct exec *exec, char *holder, size_t size, struct limbeck_error *err)
{
	struct limbeck_error ignored = LIMBECK_ERROR_INIT;
	int taken = connection_lock(exec->connection, exec->lock_name, err);

	holder[0] = '\0';
	if (taken == 0 && !connection_lock_holder(exec->connection, exec->lock_name, holder, size))
		holder[0] = '\0';
	if (taken <= 0 || !lease_is_wanted(exec))
		return taken;
	taken = lease_try(exec, holder, size, err);
	if (taken <= 0)
		connection_unlock(exec->connection, exec->lock_name, &ignored);
	limbeck_error_release(&ignored);
	return taken;
}

static int make_fences(struct exec *exec, struct limbeck_error *err)
{
	char text[FENCE_BYTES];

	exec->fence_count = 0;
	if (connection_lock_check(exec->connection, exec->lock_name, text, sizeof text)) {
		exec->fences[exec->fence_count] = arena_strdup(exec->arena, text);
		if (!exec->fences[exec->fence_count++])
			return error_nomem(err);
	}
	if (lease_is_wanted(exec)) {
		exec->fences[exec->fence_count] = lease_fence(exec);
		if (!exec->fences[exec->fence_count++])
			return error_nomem(err);
	}
	return 0;
}

static int wait_for_it(struct exec *exec, struct limbeck_error *err)
{
	double start = clock_seconds(), pause = first_pause, told = 0;
	char holder[256];
	int taken;

	while ((taken = try_both(exec, holder, sizeof holder, err)) == 0) {
		double now = clock_seconds();

		if (now - start >= exec->lock_timeout)
			return give_up(exec, holder, err);
		if (told == 0 || now - told >= 10) {
			told = now;
			if (!exec_tell(exec, LIMBECK_EVENT_WAIT, NULL, now - start, 0, 0, holder))
				return error_set(err, LIMBECK_E_CANCELLED, "interrupted");
		}
		if (connection_cancelled(exec->connection))
			return error_set(err, LIMBECK_E_CANCELLED, "interrupted");
		/* Jitter, so that those who wait do not all come at once. */
		exec_pause(exec, pause * (0.5 + (double)((uint64_t)(now * 1e9) % 1000) / 1000));
		pause = pause * 2 < longest_pause ? pause * 2 : longest_pause;
	}
	return taken < 0 ? -1 : 0;
}

int exec_lock(struct exec *exec, struct limbeck_error *err)
{
	int result = wait_for_it(exec, err);

	if (result == 0 && make_fences(exec, err) < 0) {
		exec_unlock(exec);
		return -1;
	}
	if (result < 0)
		lease_free(exec);
	return result;
}

void exec_unlock(struct exec *exec)
{
	struct limbeck_error ignored = LIMBECK_ERROR_INIT;

	exec->fence_count = 0;
	lease_free(exec);
	/* The lock dies with the connection in any case. */
	connection_unlock(exec->connection, exec->lock_name, &ignored);
	limbeck_error_release(&ignored);
}
