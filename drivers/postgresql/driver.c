/* SPDX-License-Identifier: BSD-2-Clause */
/* limbeck's driver for PostgreSQL, by libpq. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scratch_guard.h"
#include "subject.h"
#include "translation.h"

/* Of the database all but what is a number of its own or counts by itself (the columns
 * differ from version to version), and all settings but those of this session alone. */
static const char fingerprint[] =
	"SELECT pg_catalog.version(), current_user, pg_catalog.current_schema(), "
	"pg_catalog.to_jsonb(d) - '{oid,datname,datlastsysoid,datfrozenxid,datminmxid,"
	"datconnlimit,datacl}'::text[], "
	"(SELECT pg_catalog.string_agg(s.name || '=' || s.setting, E'\n' ORDER BY s.name) "
	"FROM pg_catalog.pg_settings s WHERE s.name NOT IN ('application_name', "
	"'in_hot_standby', 'statement_timeout', 'lock_timeout', 'idle_session_timeout', "
	"'client_connection_check_interval', 'tcp_keepalives_idle', 'tcp_keepalives_interval', "
	"'tcp_keepalives_count')), "
	"(SELECT pg_catalog.string_agg(e.name || ' ' || e.version, E'\n' "
	"ORDER BY e.name, e.version) FROM pg_catalog.pg_available_extension_versions e) "
	"FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()";

static const struct limbeck_traits traits = {
	.size = sizeof(struct limbeck_traits),
	.lexis = LIMBECK_LEXIS_POSTGRESQL,
	.can = {
		[LIMBECK_CAP_TRANSACTIONAL_DDL] = LIMBECK_NATIVE,
		[LIMBECK_CAP_SCHEMAS] = LIMBECK_NATIVE,
		[LIMBECK_CAP_BATCH] = LIMBECK_NATIVE,
		[LIMBECK_CAP_ALTER_CONSTRAINTS] = LIMBECK_NATIVE,
		[LIMBECK_CAP_BOUND_VIEWS] = LIMBECK_NATIVE,
		[LIMBECK_CAP_BOUND_KEYS] = LIMBECK_NO,
		[LIMBECK_CAP_RENAME_INDEX] = LIMBECK_NATIVE,
		[LIMBECK_CAP_RENAME_TEXTS] = LIMBECK_NATIVE,
		[LIMBECK_CAP_RENAME_CONSTRAINT] = LIMBECK_NATIVE,
		[LIMBECK_CAP_EXTENSIONS] = LIMBECK_NATIVE,
	},
	.reset = "RESET ALL",
	.begin = "BEGIN",
	.commit = "COMMIT",
	.rollback = "ROLLBACK",
	.text_type = "text",
	.integer_type = "bigint",
	.clock = "to_char(clock_timestamp() AT TIME ZONE 'UTC', "
		"'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
	.transaction_clock = "to_char(now() AT TIME ZONE 'UTC', "
		"'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
	.default_schema = "public",
	.fingerprint = fingerprint,
	.translation = &translation_here,
};

void postgresql_close(void *conn)
{
	struct postgresql *pg = conn;

	PQfreeCancel(pg->stopper);
	PQfinish(pg->link);
	/* The work ends before the lock. */
	if (pg->locker)
		postgresql_unlock_pooled(pg);
	postgresql_scratch_close(pg);
	guard_close(pg);
	limbeck_host->free(pg->text);
	limbeck_host->free(pg->values);
	limbeck_host->free(pg->lengths);
	limbeck_host->free(pg);
}

struct postgresql *postgresql_new(struct limbeck_session *session, struct limbeck_error *err)
{
	struct postgresql *pg = limbeck_host->alloc(sizeof(*pg));

	if (!pg) {
		postgresql_nomem(err);
		return NULL;
	}
	pg->session = session;
	atomic_init(&pg->stage, STAGE_IDLE);
	return pg;
}

int postgresql_ready(struct postgresql *pg, struct limbeck_error *err)
{
	pg->stopper = PQgetCancel(pg->link);
	if (!pg->stopper || PQsetnonblocking(pg->link, 1) < 0)
		return postgresql_nomem(err);
	return 0;
}

static int open_connection(struct limbeck_session *session, const struct limbeck_open *how,
	void **conn, struct limbeck_error *err)
{
	struct postgresql *pg = postgresql_new(session, err);

	if (!pg)
		return -1;
	if (postgresql_connect(pg, how, err) < 0 || postgresql_ready(pg, err) < 0) {
		postgresql_close(pg);
		return -1;
	}
	*conn = pg;
	return 0;
}

/* Where the search path finds the host's tables; else where it creates them. They
 * stay found when a schema of the user's name comes up before public. */
static const char schema_query[] =
	"SELECT concat_ws(' ', pg_catalog.pg_backend_pid(), "
	"(pg_catalog.version() ILIKE '%linux%')::int, coalesce((SELECT s.name FROM "
	"unnest(pg_catalog.current_schemas(false)) WITH ORDINALITY AS s (name, place) "
	"JOIN pg_catalog.pg_namespace n ON n.nspname = s.name "
	"JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid "
	"WHERE c.relname IN ('limbeck_history', 'limbeck_version', 'alembic_version') "
	"ORDER BY s.place LIMIT 1), pg_catalog.current_schema()))";

/* So the server hears it when its client has died, and does not go on, with the lock,
 * to the end of a statement of hours. Not every system can do the first. Behind a
 * pooler the session is somebody else's in the next transaction. */
#define WATCH(local) \
	"SELECT pg_catalog.set_config(s.name, s.value, " local ") FROM (VALUES " \
	"('client_connection_check_interval', '2s'), ('tcp_keepalives_idle', '30'), " \
	"('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3')) AS s (name, value) " \
	"WHERE pg_catalog.current_setting(s.name, true) IS NOT NULL"

static void take_answer(struct postgresql *pg, char *value, struct limbeck_server *server)
{
	char *rest, *schema;
	/* A pooler tells its clients a number that it has made up. */
	bool pooled = strtol(value, &rest, 10) != PQbackendPID(pg->link);
	bool watches = strtol(rest, &schema, 10) > 0;

	pg->pooled = pooled;
	snprintf(pg->schema, sizeof(pg->schema), "%s", *schema ? schema + 1 : "");
	server->schema = pg->schema[0] ? pg->schema : NULL;
	if (watches && !pg->guard)
		server->settings = pooled ? WATCH("true") : WATCH("false");
}

static int describe_server(void *conn, struct limbeck_server *server, struct limbeck_error *err)
{
	static const struct limbeck_lexis standard = LIMBECK_LEXIS_POSTGRESQL;
	struct postgresql *pg = conn;
	const char *conforming = PQparameterStatus(pg->link, "standard_conforming_strings");
	char value[sizeof(pg->schema) + 24];

	if (postgresql_value(pg, schema_query, value, sizeof(value), err) < 0)
		return -1;
	take_answer(pg, value, server);
	server->product = "postgresql";
	server->version = PQparameterStatus(pg->link, "server_version");
	server->user = PQuser(pg->link);
	server->database = PQdb(pg->link);
	if (conforming && strcmp(conforming, "off") == 0) {
		pg->lexis = standard;
		pg->lexis.flags |= LIMBECK_LEX_BACKSLASH;
		server->lexis = &pg->lexis;
	}
	return 0;
}

static int cancel(void *conn)
{
	return postgresql_stop(conn);
}

static const struct limbeck_driver postgresql = {
	.name = "postgresql",
	.description = "PostgreSQL 12 and later, by libpq",
	.version = LIMBECK_VERSION,
	.traits = &traits,
	.open = open_connection,
	.close = postgresql_close,
	.execute = postgresql_execute,
	.execute_batch = postgresql_batch,
	.server = describe_server,
	.cancel = cancel,
	.lock = postgresql_lock,
	.unlock = postgresql_unlock,
	.lock_holder = postgresql_lock_holder,
	.lock_check = postgresql_lock_check,
	.introspect = postgresql_introspect,
	.scratch = postgresql_scratch,
	.alterable = postgresql_alterable,
	.render = postgresql_render,
	.nature = postgresql_nature,
	.footprint = postgresql_footprint,
	.probe = postgresql_probe,
	.limit = postgresql_limit,
	.blockers = postgresql_blockers,
	.backup = postgresql_backup,
};

LIMBECK_DRIVER_DEFINE(postgresql)
