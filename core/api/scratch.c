/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/scratch.h"

#include <string.h>

#include "base/error.h"
#include "config/url.h"

static int other_engine(const struct limbeck *lb, const char *engine, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_CONFIG, "scratch_url is of %s, and the database of %s", engine,
		lb->driver->table.name);
	error_hint(err, "Schemas are compared on one engine; set scratch_url to a database of %s.",
		lb->driver->table.name);
	return -1;
}

/* The driver of scratch_url: nearly always the project's own. */
static int find_driver(struct scratch *scratch, const struct driver **driver,
	struct limbeck_error *err)
{
	struct limbeck *lb = scratch->lb;
	const char *scheme = lb->config.scratch_url->scheme;

	if (session_driver(lb, err) < 0)
		return -1;
	*driver = lb->driver;
	if (strcmp(scheme, lb->driver->scheme) == 0)
		return 0;
	if (driver_load(&scratch->driver, lb->config.driver_path, scheme, &lb->log, err) < 0)
		return -1;
	*driver = scratch->driver;
	return strcmp(scratch->driver->table.name, lb->driver->table.name) == 0 ? 0
		: other_engine(lb, scratch->driver->table.name, err);
}

static int open_base(struct scratch *scratch, struct limbeck_error *err)
{
	struct limbeck *lb = scratch->lb;
	const struct limbeck_url *url = lb->config.scratch_url;
	const char *shown = url_shown(&lb->arena, url);
	const struct driver *driver = NULL;

	if (!shown)
		return error_nomem(err);
	if (find_driver(scratch, &driver, err) < 0)
		return -1;
	if (connection_open(&scratch->base, driver, url, shown, 0, &lb->log, err) < 0) {
		if (err && !err->hint)
			error_hint(err, "The scratch_url is %s.", shown);
		return -1;
	}
	return session_watch(lb, scratch->base, err);
}

struct connection *scratch_server(const struct scratch *scratch)
{
	return scratch->base ? scratch->base : scratch->lb->connection;
}

int scratch_reach(struct limbeck *lb, struct scratch *scratch, struct limbeck_error *err)
{
	*scratch = (struct scratch) { .lb = lb };
	return lb->config.scratch_url ? open_base(scratch, err) : session_connect(lb, true, err);
}

int scratch_enter(struct scratch *scratch, unsigned flags, struct limbeck_error *err)
{
	if (connection_scratch(scratch_server(scratch), flags, &scratch->connection, err) < 0)
		return -1;
	return session_watch(scratch->lb, scratch->connection, err);
}

int scratch_open(struct limbeck *lb, unsigned flags, struct scratch *scratch,
	struct limbeck_error *err)
{
	if (scratch_reach(lb, scratch, err) == 0 && scratch_enter(scratch, flags, err) == 0)
		return 0;
	scratch_close(scratch);
	return -1;
}

void scratch_close(struct scratch *scratch)
{
	if (!scratch->lb)
		return;
	session_unwatch(scratch->lb, scratch->connection);
	connection_close(scratch->connection);
	session_unwatch(scratch->lb, scratch->base);
	connection_close(scratch->base);
	driver_free(scratch->driver);
	*scratch = (struct scratch) { .lb = NULL };
}
