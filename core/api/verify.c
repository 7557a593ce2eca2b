/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/verify.h"

#include "api/proof.h"
#include "api/replay.h"
#include "api/side.h"
#include "base/error.h"

/* The rows of the version table as the stamp would leave them. */
static int rows_after(const struct run_request *request, struct arena *arena, struct plan *plan,
	struct limbeck_error *err)
{
	struct run_request copy = *request;
	struct limbeck *lb = request->lb;
	struct store_state state;

	if (session_graph(lb, err) < 0 || session_connect(lb, true, err) < 0
		|| store_read(&lb->store, lb->connection, arena, &state, err) < 0)
		return -1;
	return run_plan(&copy, &state.rows, arena, plan, err);
}

static int compare(struct limbeck *lb, struct replay *replay, struct arena *arena,
	const struct limbeck_catalog *made, const struct limbeck_catalog *found,
	struct limbeck_error *err)
{
	struct names lines = { 0 };
	size_t count = 0;

	if (proof_describe(replay_connection(replay), arena, made, found, &lines, &count, err) < 0)
		return -1;
	if (count == 0)
		return 0;
	proof_fail("the database is not what the revisions make", &lines, err);
	error_hint(err, "`limbeck diff REVISION database --sql` prints the statements that lead from "
		"the revisions to what %s has.", lb->config.url_shown);
	error_outcome(err, "nothing was stamped");
	return -1;
}

static int compare_both(struct limbeck *lb, struct replay *replay, struct arena *arena,
	struct limbeck_error *err)
{
	struct limbeck_catalog *made = NULL, *found = NULL;
	int result = replay_catalog(replay, &made, err);

	if (result == 0)
		result = connection_introspect(lb->connection, lb->config.schemas,
			lb->config.schema_count, &found, err);
	if (result == 0)
		result = catalog_filter(found, &lb->config, err);
	if (result == 0)
		result = compare(lb, replay, arena, made, found, err);
	catalog_free(made);
	catalog_free(found);
	return result;
}

int verify_stamp(const struct run_request *request, struct limbeck_error *err)
{
	struct replay *replay = NULL;
	struct arena arena = ARENA_INIT;
	struct plan plan = { 0 };
	int result = rows_after(request, &arena, &plan, err);

	if (result == 0)
		result = replay_open(request->lb, &replay, err);
	for (size_t i = 0; result == 0 && i < plan.rows_after.count; i++)
		result = replay_upgrade(replay, plan.rows_after.items[i], err);
	if (result == 0)
		result = compare_both(request->lb, replay, &arena, err);
	replay_close(replay);
	arena_release(&arena);
	return result;
}
