/* SPDX-License-Identifier: BSD-2-Clause */
/* A first revision for a database that was made without any. */
#include <string.h>
#include <unistd.h>

#include "api/create.h"
#include "api/proof.h"
#include "api/replay.h"
#include "api/side.h"
#include "base/error.h"

struct baseline {
	struct limbeck *lb;
	struct arena arena;
	struct limbeck_catalog *catalog;  /* of the database */
	struct rendered up;
	struct rendered down;
};

static int check_new(struct baseline *baseline, struct limbeck_error *err)
{
	struct limbeck *lb = baseline->lb;
	struct store_state state;

	if (session_graph(lb, err) < 0)
		return -1;
	if (lb->graph.all.count > 0) {
		error_set(err, LIMBECK_E_STATE, "there are revisions already");
		error_detail(err, "The first is %s, in %s.", lb->graph.all.items[0]->id,
			lb->graph.all.items[0]->path);
		error_hint(err, "If they make what the database has, say so with `limbeck stamp "
			"--verify head`.");
		return -1;
	}
	if (session_connect(lb, true, err) < 0
		|| store_read(&lb->store, lb->connection, &baseline->arena, &state, err) < 0)
		return -1;
	if (state.rows.count == 0)
		return 0;
	error_set(err, LIMBECK_E_STATE, "the database is at revision %s already",
		state.rows.items[0]);
	error_hint(err, "A baseline is for a database that was not made by revisions; if the ones "
		"that it names are gone for good, `limbeck stamp base --purge` forgets them.");
	return -1;
}

static int read_database(struct baseline *baseline, struct limbeck_error *err)
{
	struct limbeck *lb = baseline->lb;

	if (connection_introspect(lb->connection, lb->config.schemas, lb->config.schema_count,
			&baseline->catalog, err) < 0
		|| catalog_filter(baseline->catalog, &lb->config, err) < 0)
		return -1;
	if (catalog_next(baseline->catalog, LIMBECK_KIND_NONE, NULL, NULL, NULL))
		return 0;
	error_set(err, LIMBECK_E_STATE, "the database is empty");
	error_hint(err, "Begin with `limbeck revision`; a baseline is for a database that has "
		"tables already.");
	return -1;
}

static int render(struct baseline *baseline, struct limbeck_error *err)
{
	struct connection *connection = baseline->lb->connection;
	struct limbeck_catalog *empty = proof_empty(baseline->catalog);
	int result;

	if (!empty)
		return error_nomem(err);
	result = proof_render(connection, empty, baseline->catalog, &baseline->up, err);
	if (result == 0)
		result = proof_render(connection, baseline->catalog, empty, &baseline->down, err);
	catalog_free(empty);
	return result;
}

/* A create_content.make. */
static int make(void *data, struct create_content *content, struct limbeck_error *err)
{
	struct baseline *baseline = data;

	if (read_database(baseline, err) < 0 || render(baseline, err) < 0)
		return -1;
	content->upgrade = baseline->up.text.buf;
	content->upgrade_flags = baseline->up.rebuild ? "rebuild" : NULL;
	content->downgrade = baseline->down.text.buf;
	content->downgrade_flags = baseline->down.rebuild ? "rebuild" : NULL;
	content->dialect = proof_dialect(baseline->lb);
	return 1;
}

/* What the revision makes, against what is there. */
static int compare(struct baseline *baseline, struct replay *replay, struct limbeck_error *err)
{
	struct limbeck_catalog *made = NULL;
	struct names lines = { 0 };
	size_t count = 0;
	int result = replay_catalog(replay, &made, err);

	if (result == 0)
		result = proof_describe(replay_connection(replay), &baseline->arena, made,
			baseline->catalog, &lines, &count, err);
	catalog_free(made);
	if (result == 0 && count > 0) {
		result = proof_fail("what the revision makes is not what the database has", &lines,
			err);
		error_hint(err, "Objects that need not be managed can be left out by exclude and "
			"schemas in limbeck.ini.");
	}
	return result;
}

/* That the way back leaves nothing is worth knowing, no more. */
static void try_back(struct baseline *baseline, struct replay *replay)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	struct limbeck_catalog *left = NULL;

	if (replay_downgrade(replay, "base", &problem) < 0
		|| replay_catalog(replay, &left, &problem) < 0)
		log_write(&baseline->lb->log, LIMBECK_LOG_WARNING, "the downgrade fails in scratch: %s",
			problem.message ? problem.message : "no reason");
	else if (catalog_next(left, LIMBECK_KIND_NONE, NULL, NULL, NULL))
		log_write(&baseline->lb->log, LIMBECK_LOG_WARNING, "the downgrade does not drop all "
			"that the revision makes");
	catalog_free(left);
	limbeck_error_release(&problem);
}

static int prove(struct baseline *baseline, struct limbeck_error *err)
{
	struct replay *replay = NULL;
	int result = replay_open(baseline->lb, &replay, err);

	if (result == 0)
		result = replay_upgrade(replay, "heads", err);
	if (result == 0)
		result = compare(baseline, replay, err);
	if (result == 0)
		try_back(baseline, replay);
	replay_close(replay);
	return result;
}

static int stamp(struct baseline *baseline, struct limbeck_error *err)
{
	const char *target = "heads";
	const struct limbeck_run run = { .size = sizeof run, .targets = &target,
		.target_count = 1 };

	/* Its connection may end, and with it what the catalog borrows. */
	catalog_free(baseline->catalog);
	baseline->catalog = NULL;
	return limbeck_stamp(baseline->lb, &run, err);
}

static int write_and_prove(struct baseline *baseline, const struct limbeck_new *what, char **path,
	struct limbeck_error *err)
{
	const struct create_content content = { .make = make, .data = baseline };

	if (check_new(baseline, err) < 0
		|| create_revision(baseline->lb, what, &content, path, err) < 0)
		return -1;
	if (prove(baseline, err) == 0 && stamp(baseline, err) == 0)
		return 0;
	unlink(*path);
	session_forget_graph(baseline->lb);
	error_outcome(err, "%s was removed again; the database is as it was", *path);
	mem_free(*path);
	*path = NULL;
	return -1;
}

int limbeck_baseline(struct limbeck *lb, const struct limbeck_new *what, char **path,
	struct limbeck_error *err)
{
	struct baseline baseline = { .lb = lb };
	int result;

	*path = NULL;
	rendered_init(&baseline.up);
	rendered_init(&baseline.down);
	result = write_and_prove(&baseline, what, path, err);
	catalog_free(baseline.catalog);
	rendered_release(&baseline.up);
	rendered_release(&baseline.down);
	arena_release(&baseline.arena);
	return result;
}
