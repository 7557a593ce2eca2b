/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scratch: a place to load a schema and read it back.
 *
 * Where the role may create databases it is a database of its own, made from
 * template0 and dropped at the end. A second session, the keeper, stays connected
 * to the database that we came from: it creates and drops the other, and holds an
 * advisory lock whose key is in the name. A database whose lock nobody holds was
 * left behind by a process that died, and whoever makes the next scratch drops it.
 *
 * Else, where one schema holds all there is, it is a transaction that is never
 * committed: the schema is renamed in it and made anew, empty. See scratch_inside.c.
 */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "scratch_guard.h"

#define PREFIX "limbeck_scratch_"
/* As many abandoned databases are dropped at a time. */
#define SWEEP 16

int postgresql_do(struct postgresql *pg, const char *sql, struct limbeck_error *err)
{
	char ignored[8];

	return postgresql_value(pg, sql, ignored, sizeof(ignored), err);
}

/* Whether its lock is held is seen in pg_locks, which shows a key in two halves,
 * and locks of all databases. */
static void sweep(struct postgresql *pg)
{
	static const char query[] =
		"SELECT d.datname FROM pg_catalog.pg_database d "
		"WHERE d.datname ~ '^" PREFIX "[0-9a-f]{16}$' "
		"AND pg_catalog.pg_has_role(d.datdba, 'USAGE') "
		"AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks l "
		"WHERE l.locktype = 'advisory' AND l.objsubid = 1 "
		"AND pg_catalog.lpad(pg_catalog.to_hex(l.classid::bigint), 8, '0') || "
		"pg_catalog.lpad(pg_catalog.to_hex(l.objid::bigint), 8, '0') = "
		"pg_catalog.right(d.datname, 16)) "
		"AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a "
		"WHERE a.datname = d.datname) AND d.datname > '%s' "
		"ORDER BY d.datname LIMIT 1";
	char name[64] = "";
	char sql[1024];
	int i;

	for (i = 0; i < SWEEP; i++) {
		snprintf(sql, sizeof(sql), query, name);
		if (postgresql_value(pg, sql, name, sizeof(name), NULL) < 0 || !name[0])
			return;
		snprintf(sql, sizeof(sql), "DROP DATABASE \"%s\"", name);
		/* Somebody may use it, or have been faster. */
		if (postgresql_do(pg, sql, NULL) < 0)
			continue;
		limbeck_host->log(pg->session, LIMBECK_LOG_INFO,
			"dropped %s, which a process that died had left", name);
	}
}

/* A name, locked before the database is there. */
static int choose_name(struct postgresql *pg, char *name, size_t size, struct limbeck_error *err)
{
	static const char query[] =
		"SELECT CASE WHEN pg_catalog.pg_try_advisory_lock(('x' || s.h)::bit(64)::bigint) "
		"THEN '" PREFIX "' || s.h END FROM (SELECT pg_catalog.substr(pg_catalog.md5("
		"pg_catalog.random()::text || pg_catalog.clock_timestamp()::text || "
		"pg_catalog.pg_backend_pid()::text), 1, 16) AS h OFFSET 0) s";

	if (postgresql_value(pg, query, name, size, err) < 0)
		return -1;
	if (!name[0])
		return limbeck_host->fail(err, LIMBECK_E_BUSY,
			"can't lock a scratch database: another has the same name");
	return 0;
}

/* What tells the new database to be like this one: encoding, collation, ctype, and
 * from 15 on the provider of collations (pg_database). */
static int create_database(struct postgresql *pg, const char *name, struct limbeck_error *err)
{
	int version = PQserverVersion(pg->link);
	const char *provider = version < 150000 ? "''" : version < 170000 ?
		"CASE d.datlocprovider WHEN 'i' THEN pg_catalog.format("
		"' LOCALE_PROVIDER icu ICU_LOCALE %L', d.daticulocale) ELSE '' END" :
		"CASE d.datlocprovider WHEN 'i' THEN pg_catalog.format("
		"' LOCALE_PROVIDER icu ICU_LOCALE %L', d.datlocale) "
		"WHEN 'b' THEN pg_catalog.format("
		"' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', d.datlocale) ELSE '' END";
	char query[1024];
	char sql[1024];

	snprintf(query, sizeof(query),
		"SELECT pg_catalog.format('CREATE DATABASE \"%s\" TEMPLATE template0 ENCODING %%L "
		"LC_COLLATE %%L LC_CTYPE %%L', pg_catalog.pg_encoding_to_char(d.encoding), "
		"d.datcollate, d.datctype) || %s FROM pg_catalog.pg_database d "
		"WHERE d.datname = pg_catalog.current_database()", name, provider);
	if (postgresql_value(pg, query, sql, sizeof(sql), err) < 0)
		return -1;
	/* A standby can't, and neither can a session that may only read. */
	if (postgresql_do(pg, sql, err) < 0) {
		limbeck_host->fail_hint(err, "A scratch is a database of its own, which is dropped "
			"again; where none can be made, name a database on another server, of the "
			"same version, in scratch_url.");
		return -1;
	}
	snprintf(pg->database, sizeof(pg->database), "%s", name);
	return 0;
}

/* Settings that go with the database go with the new one (pg_db_role_setting), but
 * those that the role may not set. */
static int copy_settings(struct postgresql *pg, struct limbeck_error *err)
{
	char sql[1024];

	snprintf(sql, sizeof(sql),
		"DO $$ DECLARE setting text; BEGIN FOR setting IN "
		"SELECT pg_catalog.split_part(c, '=', 1) FROM pg_catalog.pg_db_role_setting s, "
		"pg_catalog.unnest(s.setconfig) AS u (c) WHERE s.setrole = 0 AND s.setdatabase = "
		"(SELECT oid FROM pg_catalog.pg_database WHERE datname = "
		"pg_catalog.current_database()) LOOP "
		"BEGIN EXECUTE 'ALTER DATABASE \"%s\" SET ' || setting || ' FROM CURRENT'; "
		"EXCEPTION WHEN insufficient_privilege THEN NULL; END; "
		"END LOOP; END $$", pg->database);
	/* Without the language that DO speaks there are no settings. */
	postgresql_do(pg, sql, NULL);
	snprintf(sql, sizeof(sql), "ALTER DATABASE \"%s\" SET synchronous_commit = off",
		pg->database);
	return postgresql_do(pg, sql, err);
}

/* Makes the schemas that are always there those of the first database. */
static int like_schemas(struct postgresql *pg, const char *home, bool has_public,
	struct limbeck_error *err)
{
	struct strings sql = { NULL, 0, 0, false };
	int status;

	if (!has_public)
		strings_add(&sql, "DROP SCHEMA IF EXISTS public; ");
	if (*home && strcmp(home, "public") != 0) {
		strings_add(&sql, "CREATE SCHEMA IF NOT EXISTS ");
		strings_add_quoted(&sql, home, '"');
	}
	strings_add(&sql, ";");
	status = sql.failed ? postgresql_nomem(err) : postgresql_do(pg, sql.text, err);
	strings_release(&sql);
	return status;
}

static int make_database(struct postgresql *pg, struct limbeck_error *err)
{
	char name[64];

	if (postgresql_do(pg, "SET statement_timeout = 0; SET lock_timeout = 0; "
		"SET idle_session_timeout = 0", NULL) < 0 &&
		postgresql_do(pg, "SET statement_timeout = 0; SET lock_timeout = 0", err) < 0)
		return -1;
	sweep(pg);
	if (choose_name(pg, name, sizeof(name), err) < 0 || create_database(pg, name, err) < 0)
		return -1;
	return copy_settings(pg, err);
}

static int enter_database(struct postgresql *pg, struct postgresql *from,
	struct limbeck_error *err)
{
	char home[256];
	char has_public[8];
	int status;

	if (postgresql_connect_like(pg, from, NULL, err) < 0 ||
		postgresql_value(pg, "SELECT pg_catalog.current_schema()", home, sizeof(home),
			err) < 0 ||
		postgresql_value(pg, "SELECT pg_catalog.to_regnamespace('public') IS NOT NULL",
			has_public, sizeof(has_public), err) < 0)
		return -1;
	status = make_database(pg, err);
	pg->keeper = pg->link;
	pg->link = NULL;
	if (status < 0)
		return -1;
	if (postgresql_connect_like(pg, from, pg->database, err) < 0) {
		limbeck_host->fail_hint(err, "Let the role connect to databases that it creates, "
			"or name an empty database in scratch_url.");
		return -1;
	}
	return like_schemas(pg, home, has_public[0] == 't', err);
}

/* Nothing can be told any more: what can't be dropped, the next scratch drops. */
void postgresql_scratch_close(struct postgresql *pg)
{
	/* Before 13 there is no FORCE, and our own session there may not be over. */
	bool force = pg->keeper && PQserverVersion(pg->keeper) >= 130000;
	int tries = force ? 1 : 40;
	char sql[128];

	snprintf(sql, sizeof(sql), "DROP DATABASE IF EXISTS \"%s\"%s", pg->database,
		force ? " WITH (FORCE)" : "");
	while (pg->keeper && pg->database[0] && tries-- > 0) {
		PGresult *result = PQexec(pg->keeper, sql);

		if (PQresultStatus(result) == PGRES_COMMAND_OK)
			tries = 0;
		else if (tries)
			poll(NULL, 0, 50);
		PQclear(result);
	}
	PQfinish(pg->keeper);
	pg->keeper = NULL;
}

int postgresql_scratch_refuse(const char *why, struct limbeck_error *err)
{
	limbeck_host->fail(err, LIMBECK_E_UNSUPPORTED, "can't make a scratch database: %s", why);
	limbeck_host->fail_hint(err, "Give the role CREATEDB, or name an empty database in "
		"scratch_url.");
	return -1;
}

int postgresql_scratch(void *conn, struct limbeck_session *session, unsigned flags,
	void **scratch, struct limbeck_error *err)
{
	struct postgresql *from = conn;
	struct postgresql *pg;
	char may[8];
	int status;

	if (postgresql_value(from, "SELECT rolsuper OR rolcreatedb FROM pg_catalog.pg_roles "
		"WHERE rolname = current_user", may, sizeof(may), err) < 0)
		return -1;
	if (may[0] != 't' && (flags & LIMBECK_SCRATCH_REVISIONS))
		return postgresql_scratch_refuse("the role may create none, and revisions "
			"run in a database of their own", err);
	pg = postgresql_new(session, err);
	if (!pg)
		return -1;
	status = may[0] == 't' ? enter_database(pg, from, err) :
		postgresql_scratch_inside(pg, from, err);
	if (status == 0)
		status = postgresql_ready(pg, err);
	if (status == 0)
		status = guard_open(pg, err);
	if (status < 0) {
		postgresql_close(pg);
		return -1;
	}
	*scratch = pg;
	return 0;
}
