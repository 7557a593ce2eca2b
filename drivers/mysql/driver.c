/* SPDX-License-Identifier: BSD-2-Clause */
/* limbeck's driver for MySQL and MariaDB, by either's client library. */
#include <stdio.h>
#include <string.h>

#include "introspect.h"
#include "render.h"
#include "scratch_guard.h"
#include "subject.h"
#include "translation.h"

/* The version and all settings, but those that count by themselves, or that belong to
 * this session or to replication alone. */
static const char fingerprint[] =
	"SHOW SESSION VARIABLES WHERE Variable_name NOT IN ('timestamp', 'pseudo_thread_id', "
	"'last_insert_id', 'insert_id', 'identity', 'rand_seed1', 'rand_seed2', 'error_count', "
	"'warning_count', 'in_transaction', 'last_gtid', 'autocommit') "
	"AND Variable_name NOT LIKE '%gtid%' AND Variable_name NOT LIKE 'wsrep%' "
	"AND Variable_name NOT LIKE '%timeout%'";

/* DDL commits what is pending; autocommit = 0 makes the data statements between
 * two of them one transaction. */
static const struct limbeck_traits traits = {
	.size = sizeof(struct limbeck_traits),
	.lexis = LIMBECK_LEXIS_MYSQL,
	.can = {
		[LIMBECK_CAP_TRANSACTIONAL_DDL] = LIMBECK_NO,
		[LIMBECK_CAP_SCHEMAS] = LIMBECK_NO,
		[LIMBECK_CAP_BATCH] = LIMBECK_NATIVE,
		[LIMBECK_CAP_ALTER_CONSTRAINTS] = LIMBECK_NATIVE,
		[LIMBECK_CAP_BOUND_VIEWS] = LIMBECK_NO,
		[LIMBECK_CAP_BOUND_KEYS] = LIMBECK_NATIVE,
		[LIMBECK_CAP_RENAME_INDEX] = LIMBECK_NATIVE,
		[LIMBECK_CAP_RENAME_CONSTRAINT] = LIMBECK_NO,
	},
	.begin = "SET autocommit = 0",
	.commit = "COMMIT",
	.rollback = "ROLLBACK",
	.after = "SET autocommit = 1",
	.text_type = "longtext",
	.integer_type = "bigint",
	.table_suffix = " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
	.clock = "DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ')",
	/* By "Statements That Cause an Implicit Commit". */
	.committing_words = "SET PASSWORD,SET STATEMENT,SET DEFAULT ROLE,LOAD INDEX",
	.data_words = "SELECT INSERT UPDATE DELETE REPLACE WITH VALUES TABLE DO LOAD SET SHOW "
		"HANDLER EXPLAIN DESCRIBE USE SAVEPOINT RELEASE ROLLBACK",
	.fingerprint = fingerprint,
	.translation = &translation_both,
};

void connection_close(void *conn)
{
	struct connection *c = conn;

	if (c->scratch)
		scratch_leave(c);
	if (c->link)
		mysql_close(c->link);
	guard_close(c);
	nature_release(c);
	settings_release(&c->settings);
	limbeck_host->free(c->user);
	limbeck_host->free(c->database);
	limbeck_host->free(c->values);
	limbeck_host->free(c->lengths);
	limbeck_host->free(c);
}

static int open_connection(struct limbeck_session *session, const struct limbeck_open *how,
	void **conn, struct limbeck_error *err)
{
	struct connection *c = limbeck_host->alloc(sizeof(*c));

	if (!c)
		return connection_nomem(err);
	c->session = session;
	c->reads = how->flags & LIMBECK_OPEN_READ;
	atomic_init(&c->stage, STAGE_IDLE);
	if (settings_init(&c->settings, how, err) < 0 || connection_connect(c, err) < 0) {
		connection_close(c);
		return -1;
	}
	*conn = c;
	return 0;
}

static int describe_server(void *conn, struct limbeck_server *server, struct limbeck_error *err)
{
	/* MariaDB says this first to clients that expect a MySQL of old. */
	static const char disguise[] = "5.5.5-";
	struct connection *c = conn;
	const char *version = mysql_get_server_info(c->link);

	if (!c->reads && !c->scratch && connection_find_node(c, err) < 0)
		return -1;
	server->node = c->clustered ? c->node : NULL;
	if (version && strncmp(version, disguise, strlen(disguise)) == 0)
		version += strlen(disguise);
	server->product = c->product;
	server->version = version;
	server->user = c->user;
	server->database = c->database;
	server->schema = c->database;
	server->lexis = c->own_lexis ? &c->lexis : NULL;
	return 0;
}

/* A connection of its own, since this one's is busy, and its owner waits. */
static int cancel(void *conn)
{
	struct connection *c = conn;
	int busy = STAGE_BUSY;
	char sql[64];
	MYSQL *link;
	int status = -1;

	if (!atomic_compare_exchange_strong(&c->stage, &busy, STAGE_CANCELLING))
		return 0;
	link = connection_second(c);
	if (link) {
		snprintf(sql, sizeof(sql), "KILL QUERY %lu", c->id);
		status = mysql_query(link, sql) ? -1 : 0;
		mysql_close(link);
	}
	atomic_store(&c->stage, STAGE_CANCELLED);
	return status;
}

static const struct limbeck_driver mysql = {
	.name = "mysql",
	.description = "MySQL and MariaDB, by their client libraries",
	.version = LIMBECK_VERSION,
	.traits = &traits,
	.open = open_connection,
	.close = connection_close,
	.execute = connection_execute,
	.execute_batch = connection_batch,
	.server = describe_server,
	.cancel = cancel,
	.lock = connection_lock,
	.unlock = connection_unlock,
	.lock_holder = connection_lock_holder,
	.lock_check = connection_lock_check,
	.introspect = connection_introspect,
	.scratch = connection_scratch,
	.alterable = render_alterable,
	.render = render_changes,
	.nature = connection_nature,
	.footprint = connection_footprint,
	.probe = connection_probe,
	.limit = connection_limit,
	.blockers = connection_blockers,
	.backup = connection_backup,
	.translation = translation_for,
};

LIMBECK_DRIVER_DEFINE(mysql)
