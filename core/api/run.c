/* SPDX-License-Identifier: BSD-2-Clause */
/* upgrade, downgrade, stamp, ensure_version, repair. */
#include "api/run.h"

#include <string.h>

#include "api/verify.h"
#include "base/error.h"

static int plan_for(const struct run_request *request, struct graph *graph, const struct names *rows,
	struct arena *arena, struct plan *plan, struct limbeck_error *err)
{
	switch (request->direction) {
	case LIMBECK_UP:
		return plan_upgrade(arena, graph, rows, request->targets[0], plan, err);
	case LIMBECK_DOWN:
		return plan_downgrade(arena, graph, rows, request->targets[0], plan, err);
	case LIMBECK_STAMP:
		break;
	}
	return plan_stamp(arena, graph, rows, request->targets, request->target_count,
		request->purge, request->force, plan, err);
}

/* A purge forgets the rows as they are. */
static int plan_rows(const struct run_request *request, struct graph *graph,
	const struct names *rows, struct plan_lead *lead, struct arena *arena, struct plan *plan,
	struct limbeck_error *err)
{
	if (request->purge)
		return plan_for(request, graph, rows, arena, plan, err);
	if (plan_lead_find(arena, graph, rows, lead, err) < 0
		|| plan_for(request, graph, &lead->rows, arena, plan, err) < 0)
		return -1;
	return plan_lead_put(arena, lead, rows, plan, err);
}

int run_plan(void *data, const struct names *rows, struct arena *arena, struct plan *plan,
	struct limbeck_error *err)
{
	const struct run_request *request = data;
	struct graph *graph = request->graph ? request->graph : &request->lb->graph;
	struct plan_lead lead;
	int result;

	if (request->online && !request->purge && session_expand(request->lb, rows, err) < 0)
		return -1;
	if (request->direction == LIMBECK_DOWN && request->online
		&& missing_recover(request->lb, rows, err) < 0)
		return -1;
	result = plan_rows(request, graph, rows, &lead, arena, plan, err);
	if (result < 0 && request->online)
		missing_explain(request->lb, rows, err);
	return result;
}

static struct limbeck_run run_of(const struct limbeck_run *given)
{
	struct limbeck_run run = { 0 };

	if (given && given->size)
		memcpy(&run, given, given->size < sizeof run ? given->size : sizeof run);
	return run;
}

static int64_t milliseconds(double seconds)
{
	return seconds > 0 && seconds < 0.001 ? 1 : (int64_t)(seconds * 1000);
}

void run_settings(struct limbeck *lb, const struct limbeck_run *run, struct arena *arena,
	struct exec *exec)
{
	*exec = (struct exec) {
		.arena = arena, .graph = &lb->graph, .log = &lb->log,
		.dialect = lb->config.dialect, .skips = !lb->config.untranslatable_is_error,
		.single = (run->flags & LIMBECK_RUN_SINGLE_TRANSACTION) != 0,
		.grouped = !lb->config.transaction_per_migration,
		.edited_is_error = lb->config.edited_is_error,
		.lock_timeout = lb->config.lock_timeout,
		.limits = { .lock = milliseconds(lb->config.ddl_lock_timeout),
			.statement = milliseconds(lb->config.statement_timeout) },
		.patience = lb->config.ddl_lock_limit,
		.backup = run->backup,
		.event = run->event, .output = run->output, .data = run->data,
	};
}

void run_on(struct exec *exec, struct connection *connection, const struct store *store,
	const char *const *engines, size_t engine_count)
{
	exec->connection = connection;
	exec->traits = connection_traits(connection);
	exec->lexis = connection_lexis(connection);
	exec->engine = connection_engine(connection);
	exec->engines = engines;
	exec->engine_count = engine_count;
	exec->store = *store;
}

/* What jobs hold of the old connection stays where it is. */
static int reopen(void *data, struct exec *exec, struct limbeck_error *err)
{
	struct limbeck *lb = data;

	if (session_reconnect(lb, err) < 0)
		return -1;
	run_on(exec, lb->connection, &lb->store, lb->engines, lb->engine_count);
	return 0;
}

int run_online(struct limbeck *lb, struct exec *exec, bool reads_only, struct limbeck_error *err)
{
	if (session_graph(lb, err) < 0 || session_connect(lb, reads_only, err) < 0)
		return -1;
	run_on(exec, lb->connection, &lb->store, lb->engines, lb->engine_count);
	exec->reopen = reopen;
	exec->reopen_data = lb;
	/* Tenants in other schemas, or with other tables, do not wait for us. */
	exec->lock_name = arena_printf(exec->arena, "limbeck:%s", lb->store.version);
	return exec->lock_name ? 0 : error_nomem(err);
}

static int go_offline(struct limbeck *lb, struct exec *exec, struct limbeck_error *err)
{
	if (session_graph(lb, err) < 0 || session_offline_store(lb, &exec->store, err) < 0)
		return -1;
	exec->driver = lb->driver;
	if (session_offline_server(lb->driver, lb->config.url.scheme, exec->arena, &exec->server,
			err) < 0)
		return -1;
	exec->traits = &lb->driver->traits;
	exec->lexis = &lb->driver->traits.lexis;
	exec->engine = lb->driver->table.name;
	exec->engines = lb->engines;
	exec->engine_count = lb->engine_count;
	return 0;
}

/* Rows of the version table that the script is to start from. */
static int rows_at(struct limbeck *lb, struct arena *arena, const char *from, struct names *rows,
	struct limbeck_error *err)
{
	struct resolve_result result = { 0 };

	if (!from || !*from)
		return 0;
	if (session_expand(lb, &(struct names) { &from, 1, 1 }, err) < 0)
		return -1;
	/* A database at the last of what was squashed holds that one's id. */
	if (!graph_find(&lb->graph, from) && graph_find_row(&lb->graph, from))
		return vec_push_arena(rows, from, arena) ? 0 : error_nomem(err);
	if (graph_resolve(&lb->graph, from, RESOLVE_PLAIN, NULL, &result, err) < 0)
		return -1;
	for (size_t i = 0; i < result.revisions.count; i++)
		if (!vec_push_arena(rows, result.revisions.items[i]->id, arena))
			return error_nomem(err);
	return 0;
}

static int script(struct limbeck *lb, struct exec *exec, struct run_request *request,
	struct limbeck_error *err)
{
	const char *from = NULL, *to = NULL;
	struct names rows = { 0 };
	const char *target;

	if (request->purge)
		return error_set(err, LIMBECK_E_USAGE, "--purge can't be written as a script");
	if (go_offline(lb, exec, err) < 0
		|| plan_split_range(exec->arena, request->targets[0], &from, &to, err) < 0)
		return -1;
	if (!from && request->direction == LIMBECK_DOWN) {
		error_set(err, LIMBECK_E_USAGE, "downgrade --sql needs a range");
		error_hint(err, "Say where the database is: `limbeck downgrade FROM:TO --sql`.");
		return -1;
	}
	target = to;
	if (rows_at(lb, exec->arena, from, &rows, err) < 0)
		return -1;
	if (from) {
		request->targets = &target;
		request->target_count = 1;
	}
	return exec_script(exec, &rows, run_plan, request, err);
}

int run_check(const struct limbeck_run *run, enum limbeck_direction direction,
	struct limbeck_error *err)
{
	if (run->target_count == 0)
		return error_set(err, LIMBECK_E_USAGE, "no target was given");
	if (direction != LIMBECK_STAMP && run->target_count > 1)
		return error_set(err, LIMBECK_E_USAGE, "only one target can be given (`heads` is all)");
	if (run->flags & LIMBECK_RUN_OFFLINE)
		return 0;
	for (size_t i = 0; i < run->target_count; i++)
		if (strchr(run->targets[i], ':')) {
			error_set(err, LIMBECK_E_USAGE, "a range (%s) is for --sql", run->targets[i]);
			error_hint(err, "A run on a database starts where the database is; "
				"name only the target.");
			return -1;
		}
	return 0;
}

static int check_verify(const struct limbeck_run *run, const struct run_request *request,
	struct limbeck_error *err)
{
	if (!(run->flags & LIMBECK_RUN_VERIFY) || request->direction != LIMBECK_STAMP)
		return 0;
	if (!request->online)
		return error_set(err, LIMBECK_E_USAGE, "a stamp can't be verified without a database: "
			"--verify and --sql exclude each other");
	return verify_stamp(request, err);
}

static int go(struct limbeck *lb, const struct limbeck_run *given, enum limbeck_direction direction,
	struct limbeck_error *err)
{
	struct limbeck_run run = run_of(given);
	struct run_request request = { lb, direction, run.targets, run.target_count,
		(run.flags & LIMBECK_RUN_PURGE) != 0, (run.flags & LIMBECK_RUN_FORCE) != 0,
		!(run.flags & LIMBECK_RUN_OFFLINE), NULL };
	struct arena arena = ARENA_INIT;
	struct exec exec;
	int result;

	if (run_check(&run, direction, err) < 0)
		return -1;
	if (check_verify(&run, &request, err) < 0)
		return -1;
	run_settings(lb, &run, &arena, &exec);
	if (run.flags & LIMBECK_RUN_OFFLINE)
		result = script(lb, &exec, &request, err);
	else
		result = run_online(lb, &exec, false, err) < 0 ? -1
			: exec_run(&exec, run_plan, &request, err);
	arena_release(&arena);
	return result;
}

int limbeck_upgrade(struct limbeck *lb, const struct limbeck_run *run, struct limbeck_error *err)
{
	return go(lb, run, LIMBECK_UP, err);
}

int limbeck_downgrade(struct limbeck *lb, const struct limbeck_run *run, struct limbeck_error *err)
{
	return go(lb, run, LIMBECK_DOWN, err);
}

int limbeck_stamp(struct limbeck *lb, const struct limbeck_run *run, struct limbeck_error *err)
{
	return go(lb, run, LIMBECK_STAMP, err);
}

static int create_tables(struct exec *exec, struct limbeck_error *err)
{
	int result;

	if (exec_lock(exec, err) < 0)
		return -1;
	result = store_read(&exec->store, exec->connection, exec->arena, &exec->state, err);
	if (result == 0)
		result = exec_create_tables(exec, err);
	exec_unlock(exec);
	return result;
}

int limbeck_ensure_version(struct limbeck *lb, const struct limbeck_run *given,
	struct limbeck_error *err)
{
	struct limbeck_run run = run_of(given);
	struct arena arena = ARENA_INIT;
	struct exec exec;
	int result = -1;

	run_settings(lb, &run, &arena, &exec);
	if (run.flags & LIMBECK_RUN_OFFLINE) {
		if (go_offline(lb, &exec, err) == 0)
			result = exec_script_tables(&exec, err);
	} else if (run_online(lb, &exec, false, err) == 0) {
		result = create_tables(&exec, err);
	}
	arena_release(&arena);
	return result;
}

int limbeck_repair(struct limbeck *lb, const char *id, int kind, struct limbeck_error *err)
{
	struct limbeck_run run = { 0 };
	struct arena arena = ARENA_INIT;
	struct exec exec;
	int result = -1;

	run_settings(lb, &run, &arena, &exec);
	if (run_online(lb, &exec, false, err) == 0)
		result = exec_repair(&exec, id, kind, err);
	arena_release(&arena);
	return result;
}
