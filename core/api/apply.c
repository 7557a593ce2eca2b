/* SPDX-License-Identifier: BSD-2-Clause */
/* The desired schema made in a database. */
#include <string.h>

#include "api/comparison.h"
#include "api/execute.h"
#include "api/run.h"
#include "base/error.h"

struct application {
	struct limbeck *lb;
	struct exec *exec;
	struct run_request stamp;
	struct comparison comparison;
	bool force;
	bool made;               /* what is missing is there now */
	void (*report)(void *data, const char *action, const char *what);
	void *data;
	VEC(struct limbeck_change) changes;
	struct rendered rendered;
};

static void report(const struct application *application, const char *action,
	const struct limbeck_object *object)
{
	struct strbuf what = STRBUF_INIT;

	if (!application->report)
		return;
	strbuf_addf(&what, "%s ", limbeck_kind_name(limbeck_object_kind(object)));
	object_shown(&what, object);
	application->report(application->data, action, what.buf);
	strbuf_release(&what);
}

/* A schema or an extension may be there for whoever comes. */
static const struct limbeck_object *first_object(const struct limbeck_catalog *catalog)
{
	const struct limbeck_object *object = NULL;

	while ((object = catalog_next(catalog, LIMBECK_KIND_NONE, NULL, NULL, object)))
		if (limbeck_object_kind(object) != LIMBECK_KIND_SCHEMA
			&& limbeck_object_kind(object) != LIMBECK_KIND_EXTENSION)
			break;
	return object;
}

static int check_empty(const struct application *application, const struct names *rows,
	struct limbeck_error *err)
{
	const struct limbeck_object *object = first_object(application->comparison.before.catalog);
	struct strbuf what = STRBUF_INIT;

	if (application->force || (!object && rows->count == 0))
		return 0;
	error_set(err, LIMBECK_E_STATE, "the database is not empty");
	if (object) {
		object_shown(&what, object);
		error_detail(err, "It has the %s %s.",
			limbeck_kind_name(limbeck_object_kind(object)), what.buf);
	} else {
		error_detail(err, "It is recorded to be at revision %s.", rows->items[0]);
	}
	error_hint(err, "`limbeck upgrade heads` brings a database to the newest revision. With "
		"--force what is missing is created here, and nothing dropped.");
	error_outcome(err, "nothing was changed");
	strbuf_release(&what);
	return -1;
}

/* Whether the change makes something that is not there in any form. */
static bool is_wanted(const struct application *application, const struct limbeck_change *change)
{
	struct object_name name;

	if (change->verb != LIMBECK_CREATE || (change->flags & LIMBECK_CHANGE_AGAIN))
		return false;
	object_name_of(change->after, &name);
	return !catalog_find(application->comparison.before.catalog, &name);
}

static int choose(struct application *application, struct limbeck_error *err)
{
	const struct diff *diff = &application->comparison.diff;

	for (size_t i = 0; i < diff->changes.count; i++) {
		const struct limbeck_change *change = &diff->changes.items[i];

		if (is_wanted(application, change) && !vec_push(&application->changes, *change))
			return error_nomem(err);
	}
	return 0;
}

static void report_all(const struct application *application)
{
	const struct diff *diff = &application->comparison.diff;

	for (size_t i = 0; i < application->changes.count; i++)
		if (!limbeck_object_table(application->changes.items[i].after))
			report(application, "Creating", application->changes.items[i].after);
	for (size_t i = 0; i < diff->changes.count; i++) {
		const struct limbeck_change *change = &diff->changes.items[i];

		if (change->verb != LIMBECK_CREATE && !(change->flags & LIMBECK_CHANGE_AGAIN)
			&& change->before)
			report(application, "Leaving as it is:", change->before);
	}
}

static int make(struct application *application, const struct names *rows,
	struct limbeck_error *err)
{
	const struct diff_options options = { .fill = false };
	struct comparison *comparison = &application->comparison;
	const struct side *before = &comparison->before;

	if (side_open(application->lb, "database", 0, &comparison->before, err) < 0
		|| check_empty(application, rows, err) < 0
		|| side_name(&comparison->after, before->catalog, err) < 0)
		return -1;
	comparison->renames = (struct renames) { .arena = &comparison->arena,
		.before = comparison->before.catalog, .after = comparison->after.catalog };
	comparison->hinted = true; /* nothing is renamed */
	if (comparison_diff(comparison, &options, err) < 0 || choose(application, err) < 0)
		return -1;
	if (render_changes(connection_driver(before->connection),
			connection_server(before->connection), before->catalog,
			application->changes.items, application->changes.count,
			&application->rendered, err) < 0
		|| execute_rendered(application->exec, &application->rendered, err) < 0)
		return -1;
	application->made = true;
	report_all(application);
	return 0;
}

/* An exec_plan_fn: inside the lock, the schema is made before the heads are
 * stamped. */
static int plan(void *data, const struct names *rows, struct arena *arena, struct plan *out,
	struct limbeck_error *err)
{
	struct application *application = data;

	if (!application->made && make(application, rows, err) < 0)
		return -1;
	if (application->lb->graph.all.count == 0)
		return 0;
	return run_plan(&application->stamp, rows, arena, out, err);
}

static void report_heads(struct application *application)
{
	struct revision_list heads = { 0 };

	if (!application->report || !graph_heads(&application->lb->graph, &heads))
		return;
	for (size_t i = 0; i < heads.count; i++)
		application->report(application->data, "Stamping", heads.items[i]->id);
}

int limbeck_schema_apply(struct limbeck *lb, unsigned flags,
	void (*report_fn)(void *data, const char *action, const char *what), void *data,
	struct limbeck_error *err)
{
	static const char *const targets[] = { "heads" };
	const bool force = (flags & LIMBECK_SCHEMA_FORCE) != 0;
	const struct limbeck_run run = { 0 };
	struct arena arena = ARENA_INIT;
	struct exec exec;
	struct application application = {
		.lb = lb, .exec = &exec, .force = force, .report = report_fn, .data = data,
		.stamp = { .lb = lb, .direction = LIMBECK_STAMP, .targets = targets,
			.target_count = 1, .force = force, .online = true },
		.comparison = { .lb = lb },
	};
	int result;

	rendered_init(&application.rendered);
	run_settings(lb, &run, &arena, &exec);
	/* To write; what would open the connection later would open it to read. */
	result = run_online(lb, &exec, false, err);
	if (result == 0)
		result = side_open(lb, "schema", 0, &application.comparison.after, err);
	if (result == 0)
		result = exec_run(&exec, plan, &application, err);
	if (result == 0)
		report_heads(&application);
	rendered_release(&application.rendered);
	vec_release(&application.changes);
	comparison_close(&application.comparison);
	arena_release(&arena);
	return result;
}
