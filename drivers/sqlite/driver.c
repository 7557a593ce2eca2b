/* SPDX-License-Identifier: BSD-2-Clause */
/* The SQLite driver: connecting, and the table. */
#include "driver.h"
#include "schema.h"
#include "translation.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#define FOREIGN_KEY_CHECK                                                        \
	"SELECT 'table ' || \"table\" || coalesce(', rowid ' || rowid, '')"      \
	" || ', has no row to refer to in ' || parent"                           \
	" FROM pragma_foreign_key_check"

/* A rebuild that failed may have left it on. */
#define REBUILD_END "PRAGMA legacy_alter_table = OFF"

static const struct limbeck_traits traits = {
	.size = sizeof traits,
	.lexis = LIMBECK_LEXIS_SQLITE,
	.can = { [LIMBECK_CAP_TRANSACTIONAL_DDL] = LIMBECK_NATIVE,
		[LIMBECK_CAP_RENAME_TEXTS] = LIMBECK_NATIVE },
	.texts_as_written = 1,
	/* In a transaction this would have no effect. */
	.rebuild_begin = "PRAGMA foreign_keys = OFF",
	.rebuild_check = FOREIGN_KEY_CHECK,
	.rebuild_end = REBUILD_END,
	/* Waits for the write lock here, where waiting is harmless, and not at the
	 * first write, where two that have both read would wait for each other. */
	.begin = "BEGIN IMMEDIATE",
	.text_type = "text",
	.integer_type = "integer",
	.clock = "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')",
	.translation = &translation_here,
};

/* As sqlite3_busy_timeout(), but ends when the user wants to stop. */
static int wait_while_busy(void *data, int tries)
{
	static const unsigned char pauses[] = { 1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100 };
	const int last = sizeof pauses - 1;
	struct conn *conn = data;
	struct timespec time = { 0 };
	int pause = pauses[tries < last ? tries : last];

	if (tries == 0)
		conn->waited = 0;
	if (pause > conn->busy_timeout - conn->waited)
		pause = conn->busy_timeout - conn->waited;
	if (pause <= 0 || limbeck_host->cancelled(conn->session))
		return 0;
	conn->waited += pause;
	time.tv_nsec = pause * 1000000L;
	nanosleep(&time, NULL);
	return 1;
}

static int open_database(struct conn *conn, const struct options *options, unsigned how,
	struct limbeck_error *err)
{
	bool read = how & LIMBECK_OPEN_READ;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | (read ? 0 : SQLITE_OPEN_CREATE);

	if (sqlite3_open_v2(options->uri, &conn->db, flags, NULL) == SQLITE_OK)
		return 0;
	/* What is not there yet reads as an empty database. */
	if (read && !(how & LIMBECK_OPEN_EXISTING) && conn->db && sqlite3_errcode(conn->db) == SQLITE_CANTOPEN &&
	    sqlite3_system_errno(conn->db) == ENOENT) {
		sqlite3_close(conn->db);
		if (sqlite3_open(":memory:", &conn->db) == SQLITE_OK)
			return 0;
	}
	return failure_opening(conn->db, options->shown, err);
}

static int set_pragma(struct conn *conn, const char *name, const char *value,
	struct limbeck_error *err)
{
	char *sql = value ? sqlite3_mprintf("PRAGMA %s = %s", name, value) : NULL;
	int result;

	if (!value)
		return 0;
	if (!sql)
		return limbeck_host->fail(err, LIMBECK_E_NOMEM, "out of memory");
	result = sqlite3_exec(conn->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 :
		failure(conn, NULL, 0, err);
	sqlite3_free(sql);
	return result;
}

/* The mode of the rollback journal, as SQLite names it; "" when it can't tell. */
static void journal_mode(struct conn *conn, const char *sql, char *mode, size_t size)
{
	sqlite3_stmt *statement = NULL;

	mode[0] = '\0';
	if (sqlite3_prepare_v2(conn->db, sql, -1, &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW)
		sqlite3_snprintf((int)size, mode, "%s", sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
}

/* A run has many transactions: the journal is cut off after each instead of
 * made and deleted ("PRAGMA journal_mode", TRUNCATE), which is as safe. */
static void keep_journal(struct conn *conn)
{
	char mode[16];

	journal_mode(conn, "PRAGMA journal_mode", mode, sizeof(mode));
	if (strcmp(mode, "delete") == 0)
		journal_mode(conn, "PRAGMA journal_mode = truncate", mode, sizeof(mode));
}

/* The journal that keep_journal() has kept goes. */
static void drop_journal(struct conn *conn)
{
	char mode[16];

	if (!conn->keeps_journal)
		return;
	if (!sqlite3_get_autocommit(conn->db))
		sqlite3_exec(conn->db, "ROLLBACK", NULL, NULL, NULL);
	journal_mode(conn, "PRAGMA journal_mode", mode, sizeof(mode));
	if (strcmp(mode, "truncate") == 0)
		journal_mode(conn, "PRAGMA journal_mode = delete", mode, sizeof(mode));
}

bool foreign_keys_are_on(const struct conn *conn)
{
	int on = 0;

	return sqlite3_db_config(conn->db, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &on) == SQLITE_OK && on;
}

static int prepare(struct conn *conn, const struct options *options, bool read,
	struct limbeck_error *err)
{
	conn->busy_timeout = options->busy_timeout;
	sqlite3_extended_result_codes(conn->db, 1);
	sqlite3_busy_handler(conn->db, wait_while_busy, conn);
	if (set_pragma(conn, "foreign_keys", options->foreign_keys, err) < 0 ||
	    set_pragma(conn, "synchronous", options->synchronous, err) < 0)
		return -1;
	if (read)
		return set_pragma(conn, "query_only", "on", err);
	if (options->journal_mode)
		return set_pragma(conn, "journal_mode", options->journal_mode, err);
	conn->keeps_journal = true;
	keep_journal(conn);
	return 0;
}

static void close_connection(void *data)
{
	struct conn *conn = data;

	drop_journal(conn);
	lock_drop(conn);
	sqlite3_close(conn->db);
	limbeck_host->free(conn);
}

static int open_connection(struct limbeck_session *session, const struct limbeck_open *how,
	void **result, struct limbeck_error *err)
{
	bool read = how->flags & LIMBECK_OPEN_READ;
	struct options options;
	struct conn *conn;

	if (options_parse(&options, how, err) < 0)
		return -1;
	conn = limbeck_host->alloc(sizeof *conn);
	if (!conn) {
		limbeck_host->free(options.uri);
		return limbeck_host->fail(err, LIMBECK_E_NOMEM, "out of memory");
	}
	conn->session = session;
	conn->lock = -1;
	if (open_database(conn, &options, how->flags, err) < 0 ||
	    prepare(conn, &options, read, err) < 0) {
		limbeck_host->free(options.uri);
		close_connection(conn);
		return -1;
	}
	limbeck_host->free(options.uri);
	*result = conn;
	return 0;
}

static int describe_server(void *data, struct limbeck_server *server, struct limbeck_error *err)
{
	const struct conn *conn = data;
	const char *file = sqlite3_db_filename(conn->db, "main");

	(void)err;
	server->product = "sqlite";
	server->version = sqlite3_libversion();
	server->database = file && *file ? file : ":memory:";
	if (foreign_keys_are_on(conn))
		server->rebuild_end = REBUILD_END "; PRAGMA foreign_keys = ON";
	return 0;
}

static int cancel(void *data)
{
	const struct conn *conn = data;

	sqlite3_interrupt(conn->db);
	return 0;
}

static const struct limbeck_driver sqlite = {
	.name = "sqlite",
	.description = "SQLite: a file, or a database in memory",
	.version = LIMBECK_VERSION,
	.traits = &traits,
	.open = open_connection,
	.close = close_connection,
	.execute = exec_statement,
	.server = describe_server,
	.cancel = cancel,
	.lock = lock_take,
	.unlock = lock_give,
	.lock_holder = lock_holder,
	.lock_check = lock_check,
	.introspect = introspect,
	.scratch = scratch_open,
	.render = render,
	.nature = statement_nature,
	.probe = statement_probe,
	.limit = statement_limit,
	.backup = statement_backup,
};
LIMBECK_DRIVER_DEFINE(sqlite)
