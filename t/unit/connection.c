/* SPDX-License-Identifier: BSD-2-Clause */
/* The wrapper around a driver's calls, over a driver that does what the
 * statement says: "count 2", "rows", "fail", "mute", "lost"... */
#include "driver/connection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "driver/host.h"
#include "driver/table.h"
#include "schema/catalog.h"
#include "tap.h"

/* The connection under test, for the driver to cancel it from within a call. */
static struct connection *current;
static bool mute_open;

static int fake_open(struct limbeck_session *session, const struct limbeck_open *how, void **conn,
	struct limbeck_error *err)
{
	(void)err;
	if (mute_open)
		return -1;
	driver_host.log(session, LIMBECK_LOG_NOTICE, "hello %s", how->application);
	*conn = &current;
	return 0;
}

static void fake_close(void *conn)
{
	(void)conn;
}

static bool is(const struct limbeck_statement *statement, const char *text)
{
	return statement->length == strlen(text) &&
		memcmp(statement->sql, text, statement->length) == 0;
}

static void send_rows(struct limbeck_sink *sink, bool uneven)
{
	const char *const names[] = { "a", "b" };
	const char *const first[] = { "1", NULL };
	const char *const second[] = { "2", "two and more" };
	const size_t lengths[] = { 1, 3 };

	driver_host.columns(sink, 2, names);
	driver_host.row(sink, 2, first, NULL);
	driver_host.row(sink, uneven ? 1 : 2, second, lengths);
	driver_host.done(sink, 0, -1);
}

static int fake_fail(struct limbeck_error *err)
{
	driver_host.fail(err, LIMBECK_E_SQL, "column \"%s\" does not exist", "phnoe");
	driver_host.fail_sqlstate(err, "42703", 7);
	driver_host.fail_sqlstate(err, "4", 7);
	driver_host.fail_sqlstate(err, "42703", 7);
	driver_host.fail_position(err, 8);
	driver_host.fail_detail(err, "");
	driver_host.fail_hint(err, "Look again.");
	return -1;
}

static int fake_execute(void *conn, const struct limbeck_statement *statement,
	struct limbeck_sink *sink, struct limbeck_error *err)
{
	(void)conn;
	if (is(statement, "fail"))
		return fake_fail(err);
	if (is(statement, "mute"))
		return -1;
	if (is(statement, "lost"))
		return driver_host.fail(err, LIMBECK_E_CONNECT, "the server went away");
	if (is(statement, "cancel")) {
		connection_cancel(current);
		return driver_host.fail(err, LIMBECK_E_SQL, "something about a signal");
	}
	if (is(statement, "lie")) /* an error that is none */
		driver_host.fail(err, LIMBECK_E_SQL, "not so");
	if (is(statement, "rows") || is(statement, "uneven"))
		send_rows(sink, is(statement, "uneven"));
	else if (is(statement, "count 2; count 3")) {
		driver_host.done(sink, 0, 2);
		driver_host.done(sink, 0, -1);
		driver_host.done(sink, 0, 3);
	} else if (!is(statement, "silent"))
		driver_host.done(sink, 0, statement->length == 7 ? statement->sql[6] - '0' : -1);
	return 0;
}

/* The first statement says how it goes. */
static int fake_batch(void *conn, const struct limbeck_statement *statements, size_t count,
	struct limbeck_sink *sink, size_t *done, struct limbeck_error *err)
{
	(void)conn;
	if (is(statements, "too many")) {
		for (size_t i = 0; i <= count; i++)
			driver_host.done(sink, i, 1);
		*done = count + 1;
		return 0;
	}
	if (is(statements, "says too many")) {
		for (size_t i = 0; i < count; i++)
			driver_host.done(sink, i, 1);
		*done = count + 1;
		return 0;
	}
	if (is(statements, "out of order")) {
		driver_host.done(sink, 1, 1);
		*done = 1;
		return 0;
	}
	if (is(statements, "not reported")) {
		*done = count;
		return 0;
	}
	for (*done = 0; *done < count;) {
		bool stop;

		if (is(&statements[*done], "fail"))
			return fake_fail(err);
		if (is(&statements[*done], "give up"))
			return 0;
		stop = driver_host.done(sink, *done, 1) != 0;
		++*done;
		if (stop)
			break;
	}
	return 0;
}

static int fake_server(void *conn, struct limbeck_server *server, struct limbeck_error *err)
{
	static const struct limbeck_lexis lexis = LIMBECK_LEXIS_MYSQL;

	(void)conn, (void)err;
	server->product = "fakedb";
	server->version = "1.2";
	server->lexis = &lexis;
	return 0;
}

static int fake_lock(void *conn, const char *name, struct limbeck_error *err)
{
	(void)conn;
	if (strcmp(name, "taken") == 0)
		return 0;
	return strcmp(name, "broken") == 0 ? driver_host.fail(err, LIMBECK_E_SQL, "no") : 17;
}

static int fake_unlock(void *conn, const char *name, struct limbeck_error *err)
{
	(void)conn, (void)name, (void)err;
	return 5;
}

static int fake_lock_holder(void *conn, const char *name, char *text, size_t size)
{
	(void)conn, (void)name;
	memset(text, 'x', size);
	return 1;
}

/* How the fake reads a schema: what it was asked for, and what goes wrong. */
static struct {
	size_t schemas;
	bool fail;
	const char *default_schema;
} reading;

static int fake_introspect(void *conn, struct limbeck_introspect *request,
	struct limbeck_catalog *catalog, struct limbeck_error *err)
{
	struct limbeck_object *view;

	(void)conn;
	reading.schemas = request->schema_count;
	if (reading.fail)
		return driver_host.fail(err, LIMBECK_E_CONNECT, "the server went away");
	request->default_schema = reading.default_schema;
	driver_host.object_add(catalog, LIMBECK_KIND_TABLE, "main", NULL, "t", NULL);
	view = driver_host.object_add(catalog, LIMBECK_KIND_VIEW, "main", NULL, "v", NULL);
	driver_host.object_set(view, LIMBECK_ATTR_DEFINITION, "CREATE VIEW v AS SELECT * FROM t");
	return 0;
}

/* The number of scratches that are open, of cancels that reached one, and what
 * opening one does. */
static struct {
	int open;
	int cancels;
	bool fail;
	bool cancel;    /* a cancel comes meanwhile */
	bool server_fails;
} place;

static int scratch_scratch(void *conn, struct limbeck_session *session, unsigned flags,
	void **scratch, struct limbeck_error *err)
{
	(void)conn;
	if (place.cancel)
		connection_cancel(current);
	if (place.fail)
		return driver_host.fail(err, LIMBECK_E_UNSUPPORTED, "no right to");
	driver_host.log(session, LIMBECK_LOG_NOTICE, "scratch %u", flags);
	place.open++;
	*scratch = &place;
	return 0;
}

static void scratch_close(void *conn)
{
	if (conn == &place)
		place.open--;
}

static int scratch_cancel(void *conn)
{
	if (conn == &place)
		place.cancels++;
	return 0;
}

static int scratch_server(void *conn, struct limbeck_server *server, struct limbeck_error *err)
{
	(void)server;
	if (conn == &place && place.server_fails)
		return driver_host.fail(err, LIMBECK_E_SQL, "no server");
	return 0;
}

static const struct limbeck_traits traits = { .lexis = LIMBECK_LEXIS_SQLITE };
/* One driver with what is required, one with everything. */
static const struct limbeck_driver small = { .name = "small", .traits = &traits,
	.open = fake_open, .close = fake_close, .execute = fake_execute };
static const struct limbeck_driver full = { .name = "full", .traits = &traits,
	.open = fake_open, .close = fake_close, .execute = fake_execute,
	.execute_batch = fake_batch, .server = fake_server, .lock = fake_lock,
	.unlock = fake_unlock, .lock_holder = fake_lock_holder };

static const struct limbeck_driver reader = { .name = "reader", .traits = &traits,
	.open = fake_open, .close = scratch_close, .execute = fake_execute,
	.introspect = fake_introspect, .scratch = scratch_scratch, .cancel = scratch_cancel,
	.server = scratch_server };

static void keep_line(void *data, int level, const char *line)
{
	(void)level;
	strbuf_addf(data, "%s\n", line);
}

static struct connection *open_fake(const struct limbeck_driver *table, struct driver *driver,
	const struct log *log)
{
	const struct limbeck_driver_entry entry = { LIMBECK_DRIVER_ABI, sizeof *table,
		sizeof traits, table };
	const struct limbeck_url url = { .size = sizeof url, .scheme = "x", .password = "hunter2" };
	struct connection *connection = NULL;
	char path[] = "fake.so";

	*driver = (struct driver){ .path = path, .scheme = path };
	if (table_adopt(driver, &entry, NULL) < 0 ||
	    connection_open(&connection, driver, &url, "x://user@host/", 0, log, NULL) < 0) {
		diag("the fake driver could not be opened");
		exit(1);
	}
	return current = connection;
}

static void test_open(void)
{
	struct strbuf seen = STRBUF_INIT;
	struct log log = { LIMBECK_LOG_DEBUG, keep_line, &seen };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	const struct limbeck_url url = { .size = sizeof url };
	struct connection *failed = NULL;
	struct driver driver;
	struct connection *c = open_fake(&small, &driver, &log);
	char *text;

	ok(strstr(seen.buf, "small: hello limbeck ") != NULL, "a driver's log line is headed");
	ok(strstr(seen.buf, "x://user@host/") != NULL, "the trace shows the URL");
	ok(strstr(seen.buf, "hunter2") == NULL, "without the password");
	is_str(connection_server(c)->product, "small", "the product is the driver's name");
	is_str(connection_lexis(c)->identifier_quotes, "\"\"``[]", "the driver's lexical traits");
	is_str(connection_traits(c)->rollback, "ROLLBACK", "standard traits are filled in");
	is_int(connection_can(c, LIMBECK_CAP_BATCH), LIMBECK_EMULATED, "a batch is emulated");
	ok(connection_lock(c, "l", NULL) == 1, "the standard lock is always had");
	connection_close(c);
	connection_close(NULL);

	mute_open = true;
	is_int(connection_open(&failed, &driver, &url, "x://", 0, &log, &err), -1,
		"open fails without a word");
	mute_open = false;
	is_int(err.code, LIMBECK_E_INTERNAL, "which is a defect");
	text = limbeck_error_text(&err);
	ok(text && strstr(text, "driver \"small\": open: failed and did not say why"),
		"of this member of that driver");
	ok(failed == NULL, "and leaves the result alone");
	free(text);
	limbeck_error_release(&err);
	strbuf_release(&seen);
}

static void test_server(void)
{
	struct driver driver;
	struct connection *c = open_fake(&full, &driver, NULL);
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	char text[8];

	is_str(connection_engine(c), "full", "the engine is the driver's name");
	is_str(connection_server(c)->product, "fakedb", "the product is the server's");
	is_str(connection_lexis(c)->identifier_quotes, "``", "so are the lexical traits");
	is_int(connection_lock(c, "free", &err), 1, "a lock that is had");
	is_int(connection_lock(c, "taken", &err), 0, "one that another has");
	is_int(connection_lock(c, "broken", &err), -1, "one that failed");
	is_int(err.code, LIMBECK_E_SQL, "says why");
	is_int(connection_unlock(c, "free", NULL), 0, "unlock");
	ok(connection_lock_holder(c, "taken", text, sizeof text), "the holder is known");
	is_str(text, "xxxxxxx", "and its text ends within its memory");
	limbeck_error_release(&err);
	connection_close(c);
}

struct heard {
	long long rows;
	long long done;
	int64_t affected;
	long long stop_at; /* stop after so many statements, or rows; 0: never */
	char columns[32];
};

static int hear_row(void *data, size_t count, const char *const *values, const size_t *lengths)
{
	struct heard *heard = data;

	(void)count, (void)values, (void)lengths;
	return ++heard->rows == heard->stop_at;
}

static int hear_done(void *data, size_t index, int64_t affected)
{
	struct heard *heard = data;

	heard->affected = affected;
	heard->done++;
	return (long long)index + 1 == heard->stop_at;
}

static void hear_columns(void *data, size_t count, const char *const *names)
{
	struct heard *heard = data;

	snprintf(heard->columns, sizeof heard->columns, "%zu %s", count, names[0]);
}

static struct limbeck_sink sink_of(struct heard *heard)
{
	return (struct limbeck_sink){ .row = hear_row, .done = hear_done,
		.columns = hear_columns, .data = heard };
}

static int execute(struct connection *c, const char *sql, struct heard *heard,
	struct limbeck_error *err)
{
	struct limbeck_sink sink = sink_of(heard);
	int64_t affected = -7;
	int result;

	heard->rows = heard->done = 0;
	result = connection_execute(c, sql, strlen(sql), &sink, &affected, err);
	heard->affected = affected;
	return result;
}

static void test_execute(void)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct heard heard = { 0 };
	struct driver driver;
	struct connection *c = open_fake(&small, &driver, NULL);

	is_int(execute(c, "count 2; count 3", &heard, &err), 0, "several statements in a text");
	is_int(heard.affected, 5, "their counts are added up");
	is_int(heard.done, 1, "and reported once");
	is_int(execute(c, "silent", &heard, &err), 0, "a driver that reports no count");
	is_int(heard.affected, -1, "gives an unknown one");
	is_int(heard.done, 1, "which is reported too");
	execute(c, "rows", &heard, &err);
	is_int(heard.rows, 2, "rows arrive");
	is_str(heard.columns, "2 a", "after their names");
	heard.stop_at = 1;
	is_int(execute(c, "rows", &heard, &err), 0, "a sink that wants no more");
	is_int(heard.rows, 1, "gets no more");
	is_int(connection_do(c, "count 1", NULL), 0, "nobody need listen");
	is_int(execute(c, "lie", &heard, &err), 0, "success with an error is success");
	ok(err.code == LIMBECK_OK && !err.message, "and leaves err untouched");
	connection_close(c);
}

static void test_failure(void)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct heard heard = { 0 };
	struct driver driver;
	struct connection *c = open_fake(&small, &driver, NULL);

	is_int(execute(c, "fail", &heard, &err), -1, "a failure");
	is_str(err.message, "column \"phnoe\" does not exist", "keeps its message");
	is_str(err.sqlstate, "42703", "its SQLSTATE");
	is_int((long long)err.position, 8, "its position");
	is_str(err.hint, "Look again.", "its hint");
	ok(!err.detail, "has no empty detail");
	is_str(err.engine, "small", "and gets the driver's name");
	is_int(execute(c, "fail", &heard, NULL), -1, "nobody need want to know");
	is_int(execute(c, "mute", &heard, &err), -1, "a failure without a word");
	is_int(err.code, LIMBECK_E_INTERNAL, "is a defect");
	is_str(err.message, "driver \"small\": execute: failed and did not say why", "of execute");
	ok(!connection_lost(c), "the connection is still there");
	is_int(execute(c, "lost", &heard, NULL), -1, "it is lost, unheard");
	ok(connection_lost(c), "but not unseen");
	is_int(execute(c, "count 1", &heard, &err), -1, "no further call is made");
	is_int(err.code, LIMBECK_E_CONNECT, "and the error says so");
	limbeck_error_release(&err);
	connection_close(c);
}

static void test_cancel(void)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct heard heard = { 0 };
	struct driver driver;
	struct connection *c = open_fake(&small, &driver, NULL);

	ok(!connection_cancelled(c), "not cancelled");
	is_int(execute(c, "cancel", &heard, &err), -1, "cancelled within a call");
	is_int(err.code, LIMBECK_E_CANCELLED, "it fails as cancelled");
	is_str(err.message, "interrupted", "whatever the driver said");
	is_int(execute(c, "count 1", &heard, &err), 0, "what cleans up afterwards runs");
	ok(connection_cancelled(c), "the connection remembers");
	connection_cancel(c);
	is_int(connection_do(c, "ROLLBACK", &err), 0, "a rollback is sent in any case");
	is_int(execute(c, "count 1", &heard, &err), -1, "the next call fails");
	is_int(err.code, LIMBECK_E_CANCELLED, "as cancelled");
	connection_cancel(c);
	ok(connection_cancelled(c), "asked and told");
	is_int(execute(c, "count 1", &heard, &err), 0, "it is settled");
	connection_cancel(c);
	is_int(connection_unlock(c, "l", &err), 0, "unlock works in any case");
	limbeck_error_release(&err);
	connection_close(c);
}

static int batch(struct connection *c, const char *first, const char *second, struct heard *heard,
	size_t *done, struct limbeck_error *err)
{
	const struct limbeck_statement statements[] = { { first, strlen(first) },
		{ second, strlen(second) } };
	struct limbeck_sink sink = sink_of(heard);

	heard->done = 0;
	return connection_batch(c, statements, 2, &sink, done, err);
}

static void test_batch(const struct limbeck_driver *table)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct heard heard = { 0 };
	struct driver driver;
	struct connection *c = open_fake(table, &driver, NULL);
	size_t done = 9;

	is_int(connection_batch(c, NULL, 0, NULL, &done, &err), 0, "%s: nothing to do",
		table->name);
	is_int((long long)done, 0, "is done at once");
	is_int(batch(c, "count 1", "count 1", &heard, &done, &err), 0, "all succeed");
	is_int((long long)done, 2, "and are counted");
	is_int(heard.done, 2, "and reported");
	is_int(batch(c, "count 1", "fail", &heard, &done, &err), -1, "the second fails");
	is_int((long long)done, 1, "one is done");
	is_int(heard.done, 1, "and reported");
	is_str(err.sqlstate, "42703", "the error is that of the second");
	heard.stop_at = 1;
	is_int(batch(c, "count 1", "count 1", &heard, &done, &err), 0, "the sink says stop");
	is_int((long long)done, 1, "after the first");
	limbeck_error_release(&err);
	connection_close(c);
}

static void test_batch_defects(void)
{
	static const struct {
		const char *first;
		const char *message;
		size_t done;
	} cases[] = {
		{ "too many", "reported statements out of order", 2 },
		{ "says too many", "says that more statements succeeded than it was given", 2 },
		{ "out of order", "reported statements out of order", 0 },
		{ "not reported", "reported other statements than it says succeeded", 0 },
		{ "give up", "stopped early without an error", 0 },
	};
	struct driver driver;
	struct connection *c = open_fake(&full, &driver, NULL);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct limbeck_error err = LIMBECK_ERROR_INIT;
		struct heard heard = { 0 };
		size_t done = 9;

		is_int(batch(c, cases[i].first, "count 1", &heard, &done, &err), -1,
			"a driver whose batch is wrong: %s", cases[i].first);
		is_int(err.code, LIMBECK_E_INTERNAL, "is caught");
		ok(err.message && strstr(err.message, cases[i].message), "and told: %s",
			cases[i].message);
		is_int((long long)done, (long long)cases[i].done, "done is what was reported well");
		is_int(heard.done, (long long)cases[i].done, "and no more was passed on");
		limbeck_error_release(&err);
	}
	connection_close(c);
}

static void test_query(void)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct rows rows = { 0 };
	struct driver driver;
	struct connection *c = open_fake(&small, &driver, NULL);

	is_int(connection_query(c, &arena, "rows", &rows, &err), 0, "a query");
	is_int((long long)rows.count, 2, "its rows");
	is_int((long long)rows.columns, 2, "its columns");
	is_str(rows.items[0][1], NULL, "a NULL");
	is_str(rows.items[1][1], "two", "a value with a length");
	is_int(connection_query(c, &arena, "count 1", &rows, &err), 0, "no result");
	is_int((long long)rows.count, 0, "has no rows");
	is_int(connection_query(c, &arena, "uneven", &rows, &err), -1, "rows of two widths");
	is_int(err.code, LIMBECK_E_INTERNAL, "are a defect");
	limbeck_error_release(&err);
	connection_close(c);
	arena_release(&arena);
}

static void test_trace(void)
{
	struct strbuf seen = STRBUF_INIT;
	struct strbuf sql = STRBUF_INIT;
	struct log log = { LIMBECK_LOG_DEBUG, keep_line, &seen };
	struct driver driver;
	struct connection *c = open_fake(&small, &driver, &log);

	strbuf_addstr(&sql, "select\n\t1");
	for (int i = 0; i < 100; i++)
		strbuf_addstr(&sql, "\xc3\xa4");
	strbuf_reset(&seen);
	connection_do(c, sql.buf, NULL);
	ok(strstr(seen.buf, "small: execute (") != NULL, "a call is traced: %s", seen.buf);
	ok(strstr(seen.buf, " ms): select  1\xc3\xa4") != NULL, "on one line");
	ok(strstr(seen.buf, "\xc3\xa4... (209 bytes)\n") != NULL,
		"a long statement is cut between characters");
	strbuf_reset(&seen);
	connection_do(c, "fail", NULL);
	ok(strstr(seen.buf, "fail -- failed: column \"phnoe\" does not exist") != NULL,
		"a failure is traced");
	connection_close(c);
	strbuf_release(&sql);
	strbuf_release(&seen);
}

static void test_introspect(void)
{
	static const char *const schemas[] = { "a", "b" };
	const struct object_name view = { .kind = LIMBECK_KIND_VIEW, .schema = "main",
		.name = "v" };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct limbeck_catalog *catalog = NULL;
	struct object_name on;
	struct driver driver;
	struct connection *c = open_fake(&reader, &driver, NULL);

	is_int(connection_can(c, LIMBECK_CAP_INTROSPECT), LIMBECK_NATIVE, "it can be read");
	reading.default_schema = "main";
	is_int(connection_introspect(c, schemas, 2, &catalog, &err), 0, "a schema is read");
	is_int((long long)reading.schemas, 2, "the driver is told which schemas matter");
	is_int((long long)catalog_size(catalog), 2, "its objects are there");
	is_str(catalog_rules(catalog)->default_schema, "main", "so is the default schema");
	ok(object_dependency(catalog_find(catalog, &view), 0, &on) && strcmp(on.name, "t") == 0,
		"and what follows from definitions");
	catalog_free(catalog);
	reading.default_schema = NULL;
	is_int(connection_introspect(c, NULL, 0, &catalog, &err), 0, "without a default schema");
	is_str(catalog_rules(catalog)->default_schema, NULL, "none is made up");
	catalog_free(catalog);
	catalog = NULL;
	connection_cancel(c);
	is_int(connection_introspect(c, NULL, 0, &catalog, &err), -1, "after a cancel");
	is_int(err.code, LIMBECK_E_CANCELLED, "it is cancelled");
	reading.fail = true;
	is_int(connection_introspect(c, NULL, 0, &catalog, &err), -1, "a failure");
	reading.fail = false;
	is_str(err.message, "the server went away", "says why");
	ok(!catalog, "and leaves the result alone");
	ok(connection_lost(c), "the connection may be lost by it");
	connection_close(c);
	c = open_fake(&small, &driver, NULL);
	is_int(connection_can(c, LIMBECK_CAP_INTROSPECT), LIMBECK_NO, "a driver that can't");
	is_int(connection_introspect(c, NULL, 0, &catalog, &err), -1, "and is asked all the same");
	is_int(err.code, LIMBECK_E_UNSUPPORTED, "says so");
	limbeck_error_release(&err);
	connection_close(c);
}

static void test_scratch(void)
{
	struct strbuf seen = STRBUF_INIT;
	struct log log = { LIMBECK_LOG_DEBUG, keep_line, &seen };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct driver driver;
	struct connection *c = open_fake(&reader, &driver, &log), *a = NULL, *b = NULL;

	is_int(connection_can(c, LIMBECK_CAP_SCRATCH), LIMBECK_NATIVE, "there is a scratch");
	is_int(connection_scratch(c, LIMBECK_SCRATCH_REVISIONS, &a, &err), 0, "which is opened");
	ok(strstr(seen.buf, "reader: scratch 1\n") != NULL, "with its flags and its own session");
	ok(strstr(seen.buf, "reader: scratch (") != NULL, "and traced");
	is_int(connection_do(a, "count 1", &err), 0, "it is a connection");
	is_int(connection_scratch(c, 0, &b, &err), 0, "there may be two");
	connection_cancel(c);
	is_int(place.cancels, 2, "a cancel reaches both");
	ok(connection_cancelled(c), "and the connection itself");
	is_int(connection_do(a, "count 1", &err), -1, "so that what runs in them stops");
	is_int(err.code, LIMBECK_E_CANCELLED, "as cancelled");
	ok(connection_cancelled(b), "each settles it by itself");
	is_int(connection_do(b, "count 1", &err), 0, "and goes on");
	connection_close(a);
	connection_cancel(c);
	is_int(place.cancels, 3, "one that is closed is left alone");
	connection_close(b);
	is_int(place.open, 0, "both are closed");
	ok(connection_cancelled(c), "(settled)");

	place.fail = true;
	is_int(connection_scratch(c, 0, &a, &err), -1, "a scratch that is not to be had");
	is_str(err.message, "no right to", "says why");
	place.fail = false;
	place.cancel = true;
	is_int(connection_scratch(c, 0, &a, &err), -1, "a cancel while it is opened");
	is_int(err.code, LIMBECK_E_CANCELLED, "stops it");
	place.cancel = false;
	ok(connection_cancelled(c), "(settled)");
	place.server_fails = true;
	is_int(connection_scratch(c, 0, &a, &err), -1, "a scratch that fails at once");
	place.server_fails = false;
	is_int(place.open, 0, "is closed again");
	connection_cancel(c);
	is_int(place.cancels, 3, "and no cancel looks for it");
	limbeck_error_release(&err);
	connection_close(c);
	c = open_fake(&small, &driver, NULL);
	is_int(connection_scratch(c, 0, &a, &err), -1, "a driver without a scratch");
	is_int(err.code, LIMBECK_E_UNSUPPORTED, "says so");
	limbeck_error_release(&err);
	connection_close(c);
	strbuf_release(&seen);
}

int main(void)
{
	test_open();
	test_server();
	test_execute();
	test_failure();
	test_cancel();
	test_batch(&small);
	test_batch(&full);
	test_batch_defects();
	test_query();
	test_trace();
	test_introspect();
	test_scratch();
	return done_testing();
}
