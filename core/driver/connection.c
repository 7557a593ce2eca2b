/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/connection.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"
#include "driver/call.h"
#include "driver/tally.h"
#include "driver/trace.h"

/* Servers cut longer names. */
enum { APPLICATION_SIZE = 64 };

static int open_driver(struct connection *connection, const struct limbeck_open *how,
	const char *shown, struct limbeck_error *err)
{
	struct call call = { .connection = connection, .member = "open", .text = shown,
		.length = strlen(shown) };

	if (call_begin(&call, err) < 0)
		return -1;
	return call_end(&call, connection->driver->table.open(&connection->session, how,
		&connection->conn, &call.own), err);
}

static int ask_server(struct connection *connection, struct limbeck_error *err)
{
	struct call call = { .connection = connection, .member = "server" };
	int result;

	if (call_begin(&call, err) < 0)
		return -1;
	connection->server.size = sizeof connection->server;
	result = call_end(&call,
		connection->driver->table.server(connection->conn, &connection->server, &call.own),
		err);
	if (!connection->server.product)
		connection->server.product = connection->session.engine;
	return result;
}

struct connection *connection_new(const struct driver *driver, const struct log *log)
{
	struct connection *new = mem_alloc(sizeof *new);

	if (!new)
		return NULL;
	if (pthread_mutex_init(&new->mutex, NULL) != 0) {
		mem_free(new);
		return NULL;
	}
	new->driver = driver;
	new->session.log = log;
	new->session.engine = driver->table.name;
	atomic_init(&new->session.cancelled, false);
	atomic_init(&new->cancelled, false);
	atomic_init(&new->cancelling, 0);
	atomic_init(&new->open, false);
	return new;
}

void connection_free(struct connection *connection)
{
	pthread_mutex_destroy(&connection->mutex);
	hide_release(&connection->hide);
	mem_free(connection);
}

int connection_begin(struct connection *connection, struct limbeck_error *err)
{
	atomic_store(&connection->open, true);
	if (ask_server(connection, err) == 0)
		return 0;
	connection_close(connection);
	return -1;
}

/* Whoever looks at the server's sessions sees which process it is, and where. */
static void introduce(char application[APPLICATION_SIZE])
{
	char host[32] = "";

	if (gethostname(host, sizeof host) < 0)
		host[0] = '\0';
	host[sizeof host - 1] = '\0';
	host[strcspn(host, ".")] = '\0';
	snprintf(application, APPLICATION_SIZE, "limbeck %ld%s%s", (long)getpid(), *host ? "@" : "",
		host);
}

int connection_open(struct connection **connection, const struct driver *driver,
	const struct limbeck_url *url, const char *shown, unsigned flags, const struct log *log,
	struct limbeck_error *err)
{
	char application[APPLICATION_SIZE];
	const struct limbeck_open how = { .size = sizeof how, .url = url, .flags = flags,
		.application = application };
	struct connection *new = connection_new(driver, log);

	if (!new)
		return error_nomem(err);
	introduce(application);
	new->url = url;
	new->session.hide = &new->hide;
	new->shown = shown;
	new->flags = flags;
	if (!hide_init(&new->hide, url)) {
		connection_free(new);
		return error_nomem(err);
	}
	if (open_driver(new, &how, shown, err) < 0) {
		connection_free(new);
		return -1;
	}
	if (connection_begin(new, err) < 0)
		return -1;
	*connection = new;
	return 0;
}

int connection_again(const struct connection *connection, struct connection **again,
	struct limbeck_error *err)
{
	return connection_open(again, connection->driver, connection->url, connection->shown,
		connection->flags, NULL, err);
}

void connection_close(struct connection *connection)
{
	struct trace trace = { .member = "close" };
	double start = clock_seconds();

	if (!connection)
		return;
	assert(!connection->busy && !connection->scratches);
	connection_leave(connection);
	connection->driver->table.close(connection->conn);
	trace.engine = connection->session.engine;
	trace.seconds = clock_seconds() - start;
	trace_call(connection->session.log, &trace);
	connection_free(connection);
}

const struct limbeck_traits *connection_traits(const struct connection *connection)
{
	return &connection->driver->traits;
}

const struct limbeck_server *connection_server(const struct connection *connection)
{
	return &connection->server;
}

const struct limbeck_lexis *connection_lexis(const struct connection *connection)
{
	const struct limbeck_lexis *own = connection->server.lexis;

	return own ? own : &connection->driver->traits.lexis;
}

const char *connection_engine(const struct connection *connection)
{
	return connection->session.engine;
}

const struct driver *connection_driver(const struct connection *connection)
{
	return connection->driver;
}

enum limbeck_ability connection_can(const struct connection *connection,
	enum limbeck_capability capability)
{
	assert(capability < LIMBECK_CAP_COUNT);
	return (enum limbeck_ability)connection->driver->traits.can[capability];
}

static bool is_rollback(const struct connection *connection, const char *sql, size_t length)
{
	const char *rollback = connection->driver->traits.rollback;

	return strlen(rollback) == length && memcmp(rollback, sql, length) == 0;
}

int connection_execute(struct connection *connection, const char *sql, size_t length,
	struct limbeck_sink *sink, int64_t *affected, struct limbeck_error *err)
{
	const struct limbeck_statement statement = { sql, length };
	struct call call = { .connection = connection, .member = "execute", .text = sql,
		.length = length, .always = is_rollback(connection, sql, length) };
	struct tally tally;

	tally_init(&tally, sink);
	if (call_begin(&call, err) < 0)
		return -1;
	if (call_end(&call, connection->driver->table.execute(connection->conn, &statement,
		&tally.sink, &call.own), err) < 0)
		return -1;
	if (affected)
		*affected = tally.affected;
	driver_host.done(sink, 0, tally.affected);
	return 0;
}

int connection_do(struct connection *connection, const char *sql, struct limbeck_error *err)
{
	return connection_execute(connection, sql, strlen(sql), NULL, NULL, err);
}

void connection_cancel(struct connection *connection)
{
	atomic_fetch_add(&connection->cancelling, 1);
	atomic_store(&connection->cancelled, true);
	atomic_store(&connection->session.cancelled, true);
	if (atomic_load(&connection->open))
		connection->driver->table.cancel(connection->conn);
	pthread_mutex_lock(&connection->mutex);
	for (struct connection *at = connection->scratches; at; at = at->next)
		connection_cancel(at);
	pthread_mutex_unlock(&connection->mutex);
	atomic_fetch_sub(&connection->cancelling, 1);
}

bool connection_cancelled(struct connection *connection)
{
	call_settle(connection);
	return atomic_load(&connection->cancelled);
}

bool connection_lost(const struct connection *connection)
{
	return connection->lost;
}
