/* SPDX-License-Identifier: BSD-2-Clause */
/* A run that is only looked at. */
#include "exec/exec_int.h"

#include <string.h>

#include "base/error.h"

int exec_look(struct exec *exec, exec_plan_fn *plan, void *plan_data, struct limbeck_error *err)
{
	exec->looks = true;
	memset(&exec->plan, 0, sizeof exec->plan);
	if (store_read(&exec->store, exec->connection, exec->arena, &exec->state, err) < 0
		|| plan(plan_data, &exec->state.rows, exec->arena, &exec->plan, err) < 0
		|| exec_prepare(exec, err) < 0)
		return -1;
	if (exec->plan.count == 0 || exec->headers_only)
		return 0;
	return exec_check_edited(exec, err);
}

int exec_irreversible(struct exec *exec, const struct job *job, bool *irreversible,
	const char **why, struct limbeck_error *err)
{
	struct script_survey down = job->survey;
	struct script_source source;

	if (job->step->direction == LIMBECK_UP
		&& (exec_source(exec, job->step->revision, false, &source, err) < 0
			|| script_survey(exec->arena, &source, &down, err) < 0))
		return -1;
	*irreversible = down.irreversible;
	*why = down.why;
	return 0;
}
