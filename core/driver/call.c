/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/call.h"

#include <assert.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"
#include "driver/hide.h"
#include "driver/trace.h"

bool call_settle(struct connection *connection)
{
	bool pending = atomic_exchange(&connection->session.cancelled, false);

	while (pending && atomic_load(&connection->cancelling))
		clock_sleep(0.001);
	return pending;
}

static int interrupted(struct connection *connection, struct limbeck_error *err)
{
	call_settle(connection);
	error_set(err, LIMBECK_E_CANCELLED, "interrupted");
	error_engine(err, connection->session.engine);
	return -1;
}

int call_begin(struct call *call, struct limbeck_error *err)
{
	struct connection *connection = call->connection;
	const struct limbeck_error empty = LIMBECK_ERROR_INIT;

	assert(!connection->busy);
	if (connection->lost) {
		error_set(err, LIMBECK_E_CONNECT, "the connection to the database is lost");
		error_engine(err, connection->session.engine);
		return -1;
	}
	if (!call->always && atomic_load(&connection->session.cancelled))
		return interrupted(connection, err);
	call->own = empty;
	call->start = clock_seconds();
	connection->busy = true;
	return 0;
}

void call_defect(struct call *call, const char *what)
{
	char *said = mem_strdup(call->own.message);

	error_set(&call->own, LIMBECK_E_INTERNAL, "driver \"%s\": %s: %s",
		call->connection->session.engine, call->member, what);
	if (said)
		error_detail(&call->own, "The driver said: %s", said);
	error_hint(&call->own, "This is a defect of the driver; please report it to its author.");
	mem_free(said);
}

/* Makes what the driver said into what the caller hears. */
static void judge(struct call *call)
{
	struct connection *connection = call->connection;

	if (call->own.code == LIMBECK_OK)
		call_defect(call, "failed and did not say why");
	if (call->own.code == LIMBECK_E_CONNECT)
		connection->lost = true;
	if (!call->always && atomic_load(&connection->session.cancelled))
		interrupted(connection, &call->own);
	error_engine(&call->own, connection->session.engine);
}

int call_end(struct call *call, int result, struct limbeck_error *err)
{
	struct connection *connection = call->connection;
	struct trace trace = {
		.engine = connection->session.engine,
		.member = call->member,
		.text = call->text,
		.length = call->length,
		.count = call->count,
		.seconds = clock_seconds() - call->start,
		.hide = connection->session.hide,
	};

	connection->busy = false;
	if (result < 0)
		judge(call);
	hide_in_error(connection->session.hide, &call->own);
	trace.failed = result >= 0 ? NULL : call->own.message ? call->own.message : "out of memory";
	trace_call(connection->session.log, &trace);
	if (result >= 0)
		limbeck_error_release(&call->own);
	else
		error_move(err, &call->own);
	return result < 0 ? -1 : result;
}
