/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The smallest driver that loads and runs an upgrade: the tutorial.
 *
 * It gives limbeck a database over SQLite's library, under the scheme
 * "template": template:///file.db. The engine hardly matters; what a driver for
 * any other one must do is here, in the order in which one writes it, and
 * nothing else is. <limbeck/driver.h> is the contract; read it beside this.
 *
 * A driver includes <limbeck/driver.h> and its client library's header, and
 * links its client library alone. What it needs of limbeck (errors, memory, the
 * log, the places where results go) comes through the table `limbeck_host`,
 * which the macro on the last line defines.
 */
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include <limbeck/driver.h>

/*
 * 1. Facts about the engine. How its SQL is written decides where a statement
 * ends: there are ready descriptions in <limbeck/dialect.h>. What it can do, as
 * no, emulated or native: this engine undoes CREATE TABLE by ROLLBACK, so that
 * limbeck puts a whole revision into one transaction. Say so only if it is true.
 * All else has standard values (BEGIN, COMMIT, ROLLBACK...).
 */
static const struct limbeck_traits traits = {
	.lexis = LIMBECK_LEXIS_SQLITE,
	.can = { [LIMBECK_CAP_TRANSACTIONAL_DDL] = LIMBECK_NATIVE },
};

/*
 * 2. Errors. Whoever sees a failure fills err by host->fail, once, and returns
 * -1. The code says what kind it is; limbeck acts on it. One is essential:
 * LIMBECK_E_NO_TABLE, since limbeck reads its own tables before it has made them.
 * Most client libraries have an error number to go by; here it is the text.
 */
static int failed(sqlite3 *db, struct limbeck_error *err)
{
	const char *message = sqlite3_errmsg(db);
	int code = LIMBECK_E_SQL;

	if (strncmp(message, "no such table", strlen("no such table")) == 0)
		code = LIMBECK_E_NO_TABLE;
	else if (sqlite3_errcode(db) == SQLITE_BUSY)
		code = LIMBECK_E_BUSY;
	return limbeck_host->fail(err, code, "%s", message);
}

/*
 * 3. Connecting. The URL comes in parts, decoded; here only the path counts: a
 * file, or none for a database in memory. What can't be used is an error: a
 * parameter that is passed over in silence is a trap. LIMBECK_OPEN_READ forbids
 * to create anything; a file that does not exist reads as an empty database, or
 * is an error with LIMBECK_OPEN_EXISTING.
 * What *conn is set to comes back in each later call.
 */
static int template_open(struct limbeck_session *session, const struct limbeck_open *how,
	void **conn, struct limbeck_error *err)
{
	const char *path = how->url->path;
	sqlite3 *db = NULL;

	(void)session;
	if (how->url->param_count)
		return limbeck_host->fail(err, LIMBECK_E_CONFIG,
			"the URL has a parameter \"%s\", and this driver takes none",
			how->url->params[0].name);
	if (path && *path && (how->flags & LIMBECK_OPEN_READ) && access(path, F_OK) != 0) {
		if (how->flags & LIMBECK_OPEN_EXISTING)
			return limbeck_host->fail(err, LIMBECK_E_CONNECT, "there is no file \"%s\"", path);
		path = NULL;
	}
	if (!path || !*path)
		path = ":memory:";
	if (sqlite3_open(path, &db) != SQLITE_OK) {
		limbeck_host->fail(err, LIMBECK_E_CONNECT, "could not open \"%s\": %s", path,
			sqlite3_errmsg(db));
		sqlite3_close(db);
		return -1;
	}
	*conn = db;
	return 0;
}

/* 4. Disconnecting. A transaction that is open is rolled back, which closing
 * does here. */
static void template_close(void *conn)
{
	sqlite3_close(conn);
}

/*
 * 5. Running a statement. SQLite calls this for each row of the result, with all
 * values as text, which is how limbeck wants them. When the sink answers that it
 * has seen enough, the rest is dropped: the statement succeeds nevertheless.
 */
static int send_row(void *data, int count, char **values, char **names)
{
	struct limbeck_sink *sink = data;

	(void)names;
	limbeck_host->row(sink, (size_t)count, (const char *const *)values, NULL);
	return 0;
}

/*
 * The text need not end in a zero byte, so that it is copied first. Afterwards
 * host->done says how many rows were changed: sqlite3_total_changes() tells as
 * much as this driver needs. ROLLBACK must be harmless where the engine has
 * already rolled back by itself, as SQLite does when its disk is full.
 */
static int template_execute(void *conn, const struct limbeck_statement *statement,
	struct limbeck_sink *sink, struct limbeck_error *err)
{
	int before = sqlite3_total_changes(conn);
	char *sql = limbeck_host->alloc(statement->length + 1);
	int result;

	if (!sql)
		return limbeck_host->fail(err, LIMBECK_E_NOMEM, "out of memory");
	memcpy(sql, statement->sql, statement->length);
	if (strcmp(sql, "ROLLBACK") == 0 && sqlite3_get_autocommit(conn))
		result = SQLITE_OK;
	else
		result = sqlite3_exec(conn, sql, send_row, sink, NULL);
	limbeck_host->free(sql);
	if (result != SQLITE_OK)
		return failed(conn, err);
	limbeck_host->done(sink, 0, sqlite3_total_changes(conn) - before);
	return 0;
}

/*
 * 6. The table, with what is required: name, traits, open, close, execute. All
 * else has a standard behaviour, and can be added when it pays: first `server`
 * (its version, for messages), `cancel` (so that Ctrl-C works within a
 * statement), `lock` (so that two who upgrade at once wait for each other), then
 * `execute_batch` (one round trip for a whole revision); and for all that compares
 * schemas `introspect` and `scratch`, with `render` where standard SQL will not do.
 */
static const struct limbeck_driver template_driver = {
	.name = "template",
	.description = "the tutorial: the smallest driver, over SQLite",
	.version = "1",
	.traits = &traits,
	.open = template_open,
	.close = template_close,
	.execute = template_execute,
};
LIMBECK_DRIVER_DEFINE(template_driver)
