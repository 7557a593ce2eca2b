/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/replay.h"

#include "api/run.h"
#include "api/scratch.h"
#include "api/side.h"
#include "base/error.h"
#include "base/mem.h"

/* Whatever the project calls its own, this is nobody else's name. */
static const char version_table[] = "limbeck_version";

struct replay {
	struct limbeck *lb;
	struct arena arena;
	struct scratch scratch;
	struct store store;
	struct graph *graph;       /* NULL: the project's */
	const char *engines[3];    /* names for @only */
	size_t engine_count;
};

static int start(struct replay *replay, struct limbeck_error *err)
{
	struct connection *connection;
	const struct limbeck_server *server;

	if (scratch_open(replay->lb, LIMBECK_SCRATCH_REVISIONS, &replay->scratch, err) < 0)
		return -1;
	connection = replay->scratch.connection;
	server = connection_server(connection);
	replay->engines[replay->engine_count++] = connection_engine(connection);
	if (server->product)
		replay->engines[replay->engine_count++] = server->product;
	/* For what reaches out of it, which an @except can leave out. */
	replay->engines[replay->engine_count++] = "scratch";
	return store_init(&replay->store, &replay->arena, connection_traits(connection),
		connection_lexis(connection), NULL, server->schema, version_table, err);
}

int replay_open(struct limbeck *lb, struct replay **replay, struct limbeck_error *err)
{
	struct replay *new = mem_alloc(sizeof *new);

	if (!new)
		return error_nomem(err);
	new->lb = lb;
	if (start(new, err) < 0) {
		replay_close(new);
		return -1;
	}
	*replay = new;
	return 0;
}

void replay_close(struct replay *replay)
{
	if (!replay)
		return;
	scratch_close(&replay->scratch);
	arena_release(&replay->arena);
	mem_free(replay);
}

void replay_use(struct replay *replay, struct graph *graph)
{
	replay->graph = graph;
}

struct connection *replay_connection(struct replay *replay)
{
	return replay->scratch.connection;
}

static int run(struct replay *replay, exec_plan_fn *plan, void *plan_data, struct limbeck_error *err)
{
	const struct limbeck_run nothing = { .size = sizeof nothing };
	struct arena arena = ARENA_INIT;
	struct exec exec;
	int result;

	run_settings(replay->lb, &nothing, &arena, &exec);
	if (replay->graph)
		exec.graph = replay->graph;
	exec.scratch = true;
	run_on(&exec, replay->scratch.connection, &replay->store, replay->engines,
		replay->engine_count);
	result = exec_run(&exec, plan, plan_data, err);
	if (result < 0)
		error_outcome(err, "this happened in scratch; nothing was done to the database");
	arena_release(&arena);
	return result;
}

static int go(struct replay *replay, enum limbeck_direction direction, const char *target,
	struct limbeck_error *err)
{
	struct run_request request = { .lb = replay->lb, .graph = replay->graph,
		.direction = direction, .targets = &target, .target_count = 1 };

	if (!replay->graph && session_graph(replay->lb, err) < 0)
		return -1;
	return run(replay, run_plan, &request, err);
}

int replay_upgrade(struct replay *replay, const char *target, struct limbeck_error *err)
{
	return go(replay, LIMBECK_UP, target, err);
}

int replay_downgrade(struct replay *replay, const char *target, struct limbeck_error *err)
{
	return go(replay, LIMBECK_DOWN, target, err);
}

struct undo {
	struct graph *graph;
	struct revision *revision;
};

static int undo_plan(void *data, const struct names *rows, struct arena *arena, struct plan *plan,
	struct limbeck_error *err)
{
	struct undo *undo = data;

	return plan_undo(arena, undo->graph, rows, undo->revision, plan, err);
}

int replay_undo(struct replay *replay, struct revision *revision, struct limbeck_error *err)
{
	struct undo undo = { replay->graph ? replay->graph : &replay->lb->graph, revision };

	return run(replay, undo_plan, &undo, err);
}

int replay_catalog(struct replay *replay, struct limbeck_catalog **catalog,
	struct limbeck_error *err)
{
	const struct config *config = &replay->lb->config;
	const char *reset = connection_traits(replay->scratch.connection)->reset;
	struct limbeck_catalog *found = NULL;

	/* A revision may have set where names are looked up. */
	if (reset && connection_do(replay->scratch.connection, reset, err) < 0)
		return -1;
	if (connection_introspect(replay->scratch.connection, config->schemas,
			config->schema_count, &found, err) < 0)
		return -1;
	if (catalog_filter(found, config, err) < 0) {
		catalog_free(found);
		return -1;
	}
	*catalog = found;
	return 0;
}
