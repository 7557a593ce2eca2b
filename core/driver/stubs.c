/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/stubs.h"

#include "driver/connection.h"
#include "driver/host.h"
#include "driver/tally.h"
#include "schema/catalog.h"

/* The sink is the wrapper's, and knows the driver whose execute() to call. */
static int stub_execute_batch(void *conn, const struct limbeck_statement *statements, size_t count,
	struct limbeck_sink *sink, size_t *done, struct limbeck_error *err)
{
	for (*done = 0; *done < count;) {
		struct tally tally;
		size_t index = *done;

		tally_init(&tally, sink);
		if (sink->driver->execute(conn, &statements[index], &tally.sink, err) < 0)
			return -1;
		++*done;
		if (driver_host.done(sink, index, tally.affected))
			break;
	}
	return 0;
}

static int stub_server(void *conn, struct limbeck_server *server, struct limbeck_error *err)
{
	(void)conn, (void)server, (void)err;
	return 0;
}

static int stub_cancel(void *conn)
{
	(void)conn;
	return 0;
}

static int stub_lock(void *conn, const char *name, struct limbeck_error *err)
{
	(void)conn, (void)name, (void)err;
	return 1;
}

static int stub_unlock(void *conn, const char *name, struct limbeck_error *err)
{
	(void)conn, (void)name, (void)err;
	return 0;
}

static int stub_lock_holder(void *conn, const char *name, char *text, size_t size)
{
	(void)conn, (void)name, (void)text, (void)size;
	return 0;
}

static int stub_introspect(void *conn, struct limbeck_introspect *request,
	struct limbeck_catalog *catalog, struct limbeck_error *err)
{
	(void)conn, (void)request, (void)catalog;
	return driver_host.fail(err, LIMBECK_E_UNSUPPORTED,
		"the driver of this engine can't read a schema");
}

static int stub_scratch(void *conn, struct limbeck_session *session, unsigned flags,
	void **scratch, struct limbeck_error *err)
{
	(void)conn, (void)session, (void)flags, (void)scratch;
	return driver_host.fail(err, LIMBECK_E_UNSUPPORTED,
		"the driver of this engine has no scratch database");
}

static int stub_alterable(const struct limbeck_object *before, const struct limbeck_object *after)
{
	enum limbeck_attribute first = object_differs(before, after, LIMBECK_ATTR_NONE);

	return first == LIMBECK_ATTR_COMMENT &&
		object_differs(before, after, first) == LIMBECK_ATTR_NONE;
}

static int stub_render(const struct limbeck_rendering *rendering,
	const struct limbeck_change *changes, size_t count, struct limbeck_out *out,
	struct limbeck_error *err)
{
	(void)rendering, (void)changes, (void)count, (void)out, (void)err;
	return 0;
}

static int stub_nature(void *conn, const struct limbeck_statement *statement)
{
	(void)conn, (void)statement;
	return LIMBECK_NATURE_STANDARD;
}

static int stub_footprint(void *conn, const struct limbeck_statement *statement, char **expression)
{
	(void)conn, (void)statement, (void)expression;
	return 0;
}

static int stub_probe(void *conn, struct limbeck_probe *probe, struct limbeck_error *err)
{
	(void)conn, (void)probe, (void)err;
	return LIMBECK_EFFECT_UNKNOWN;
}

static int stub_limit(void *conn, const struct limbeck_limits *limits,
	const struct limbeck_statement *statement, char *text, size_t size)
{
	(void)conn, (void)limits, (void)statement, (void)text, (void)size;
	return 0;
}

static int stub_blockers(void *conn, const struct limbeck_statement *statement, char *text,
	size_t size)
{
	(void)conn, (void)statement, (void)text, (void)size;
	return 0;
}

static int stub_backup(void *conn, const char *path, struct limbeck_error *err)
{
	(void)conn, (void)path;
	return driver_host.fail(err, LIMBECK_E_UNSUPPORTED,
		"the driver of this engine can't make a backup");
}

static int stub_lock_check(void *conn, const char *name, char *text, size_t size)
{
	(void)conn, (void)name, (void)text, (void)size;
	return 0;
}

static const struct limbeck_translation *stub_translation(const struct limbeck_server *server)
{
	(void)server;
	return NULL;
}

#define FILL(table, member, standard) \
	((table)->member = (table)->member ? (table)->member : (standard))

void stubs_fill(struct limbeck_driver *table)
{
	FILL(table, description, "");
	FILL(table, version, "");
	FILL(table, execute_batch, stub_execute_batch);
	FILL(table, server, stub_server);
	FILL(table, cancel, stub_cancel);
	FILL(table, lock, stub_lock);
	FILL(table, unlock, stub_unlock);
	FILL(table, lock_holder, stub_lock_holder);
	FILL(table, introspect, stub_introspect);
	FILL(table, scratch, stub_scratch);
	FILL(table, alterable, stub_alterable);
	FILL(table, render, stub_render);
	FILL(table, nature, stub_nature);
	FILL(table, footprint, stub_footprint);
	FILL(table, probe, stub_probe);
	FILL(table, limit, stub_limit);
	FILL(table, blockers, stub_blockers);
	FILL(table, backup, stub_backup);
	FILL(table, lock_check, stub_lock_check);
	FILL(table, translation, stub_translation);
}

void stubs_fill_traits(struct limbeck_traits *traits, const struct limbeck_driver *table)
{
	traits->size = sizeof *traits;
	traits->lexis.size = sizeof traits->lexis;
	FILL(traits, lexis.identifier_quotes, "\"\"");
	FILL(traits, begin, "BEGIN");
	FILL(traits, commit, "COMMIT");
	FILL(traits, rollback, "ROLLBACK");
	FILL(traits, text_type, "text");
	FILL(traits, integer_type, "bigint");
	traits->can[LIMBECK_CAP_LOCK] = table->lock ? LIMBECK_NATIVE : LIMBECK_NO;
	traits->can[LIMBECK_CAP_INTROSPECT] = table->introspect ? LIMBECK_NATIVE : LIMBECK_NO;
	traits->can[LIMBECK_CAP_SCRATCH] = table->scratch ? LIMBECK_NATIVE : LIMBECK_NO;
	if (!table->execute_batch)
		traits->can[LIMBECK_CAP_BATCH] = LIMBECK_EMULATED;
}
