/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/call.h"

/* Stands between the driver's batch and the caller's sink, and checks what the
 * driver reports. */
struct relay {
	struct limbeck_sink sink;
	struct limbeck_sink *to;
	size_t count;
	size_t done;
	bool disorder;
	bool stop;
};

static int relay_row(void *data, size_t count, const char *const *values, const size_t *lengths)
{
	const struct relay *relay = data;

	return driver_host.row(relay->to, count, values, lengths);
}

static void relay_columns(void *data, size_t count, const char *const *names)
{
	const struct relay *relay = data;

	driver_host.columns(relay->to, count, names);
}

static int relay_done(void *data, size_t index, int64_t affected)
{
	struct relay *relay = data;

	if (index != relay->done || index >= relay->count) {
		relay->disorder = true;
		return 1;
	}
	relay->done++;
	if (driver_host.done(relay->to, index, affected))
		relay->stop = true;
	return relay->stop;
}

static const char *batch_defect(const struct relay *relay, size_t done, int result)
{
	if (relay->disorder)
		return "reported statements out of order";
	if (done > relay->count)
		return "says that more statements succeeded than it was given";
	if (done != relay->done)
		return "reported other statements than it says succeeded";
	if (result >= 0 && done < relay->count && !relay->stop)
		return "stopped early without an error";
	return NULL;
}

int connection_batch(struct connection *connection, const struct limbeck_statement *statements,
	size_t count, struct limbeck_sink *sink, size_t *done, struct limbeck_error *err)
{
	const struct limbeck_driver *table = &connection->driver->table;
	struct call call = { .connection = connection, .member = "execute_batch", .count = count };
	struct relay relay = {
		.sink = { .row = relay_row, .done = relay_done, .columns = relay_columns,
			.data = &relay, .driver = table },
		.to = sink,
		.count = count,
	};
	size_t reported = 0;
	const struct limbeck_statement *shown;
	const char *wrong;
	int result;

	*done = 0;
	if (!count)
		return 0;
	if (call_begin(&call, err) < 0)
		return -1;
	result = table->execute_batch(connection->conn, statements, count, &relay.sink, &reported,
		&call.own);
	*done = relay.done;
	/* The trace shows the statement that failed, else the first. */
	shown = &statements[result < 0 && relay.done < count ? relay.done : 0];
	call.text = shown->sql;
	call.length = shown->length;
	wrong = batch_defect(&relay, reported, result);
	if (wrong) {
		call_defect(&call, wrong);
		result = -1;
	}
	return call_end(&call, result, err);
}
