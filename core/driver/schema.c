/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading a schema, and the place where one can be tried. */
#include "driver/connection.h"

#include "base/error.h"
#include "driver/call.h"
#include "schema/catalog.h"

static const char *default_schema(const struct connection *connection, const char *said)
{
	if (said)
		return said;
	if (connection_can(connection, LIMBECK_CAP_SCHEMAS) == LIMBECK_NO)
		return NULL;
	return connection->server.schema ? connection->server.schema :
		connection->driver->traits.default_schema;
}

static int introspect(struct connection *connection, struct limbeck_introspect *request,
	struct limbeck_catalog *catalog, struct limbeck_error *err)
{
	struct call call = { .connection = connection, .member = "introspect" };

	if (call_begin(&call, err) < 0)
		return -1;
	return call_end(&call, connection->driver->table.introspect(connection->conn, request,
		catalog, &call.own), err);
}

int connection_introspect(struct connection *connection, const char *const *schemas,
	size_t schema_count, struct limbeck_catalog **catalog, struct limbeck_error *err)
{
	const struct schema_rules rules = { .lexis = connection_lexis(connection),
		.texts_as_written = connection->driver->traits.texts_as_written != 0,
		.default_schema = default_schema(connection, NULL) };
	struct limbeck_introspect request = { .size = sizeof request, .schemas = schemas,
		.schema_count = schema_count };
	struct limbeck_catalog *new = catalog_new(&rules);

	if (!new)
		return error_nomem(err);
	if (introspect(connection, &request, new, err) < 0)
		goto fail;
	catalog_set_default_schema(new, default_schema(connection, request.default_schema));
	catalog_connect(new);
	if (catalog_failed(new)) {
		error_nomem(err);
		goto fail;
	}
	*catalog = new;
	return 0;
fail:
	catalog_free(new);
	return -1;
}

/* Before it is open, so that a cancel that comes meanwhile is heard in it. */
static void join(struct connection *connection, struct connection *scratch)
{
	pthread_mutex_lock(&connection->mutex);
	scratch->parent = connection;
	scratch->next = connection->scratches;
	connection->scratches = scratch;
	pthread_mutex_unlock(&connection->mutex);
}

void connection_leave(struct connection *scratch)
{
	struct connection *parent = scratch->parent, **at;

	if (!parent)
		return;
	pthread_mutex_lock(&parent->mutex);
	for (at = &parent->scratches; *at != scratch; at = &(*at)->next)
		;
	*at = scratch->next;
	pthread_mutex_unlock(&parent->mutex);
	scratch->parent = NULL;
}

static int open_scratch(struct connection *connection, struct connection *scratch, unsigned flags,
	struct limbeck_error *err)
{
	struct call call = { .connection = connection, .member = "scratch" };

	if (call_begin(&call, err) < 0)
		return -1;
	return call_end(&call, connection->driver->table.scratch(connection->conn,
		&scratch->session, flags, &scratch->conn, &call.own), err);
}

int connection_scratch(struct connection *connection, unsigned flags,
	struct connection **scratch, struct limbeck_error *err)
{
	struct connection *new = connection_new(connection->driver, connection->session.log);

	if (!new)
		return error_nomem(err);
	new->session.hide = connection->session.hide;
	join(connection, new);
	if (open_scratch(connection, new, flags, err) < 0) {
		connection_leave(new);
		connection_free(new);
		return -1;
	}
	if (connection_begin(new, err) < 0)
		return -1;
	*scratch = new;
	return 0;
}
