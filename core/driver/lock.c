/* SPDX-License-Identifier: BSD-2-Clause */
/* The driver's lock. */
#include "driver/connection.h"

#include <assert.h>
#include <string.h>

#include "driver/call.h"

static struct call named_call(struct connection *connection, const char *member, const char *name)
{
	return (struct call){ .connection = connection, .member = member, .text = name,
		.length = strlen(name) };
}

int connection_lock(struct connection *connection, const char *name, struct limbeck_error *err)
{
	struct call call = named_call(connection, "lock", name);
	int result;

	if (call_begin(&call, err) < 0)
		return -1;
	result = call_end(&call, connection->driver->table.lock(connection->conn, name, &call.own),
		err);
	return result > 0 ? 1 : result;
}

int connection_unlock(struct connection *connection, const char *name, struct limbeck_error *err)
{
	struct call call = named_call(connection, "unlock", name);
	int result;

	call.always = true;
	if (call_begin(&call, err) < 0)
		return -1;
	result = call_end(&call,
		connection->driver->table.unlock(connection->conn, name, &call.own), err);
	return result > 0 ? 0 : result;
}

bool connection_lock_holder(struct connection *connection, const char *name, char *text,
	size_t size)
{
	bool known;

	assert(size && !connection->busy);
	text[0] = '\0';
	if (connection->lost)
		return false;
	known = connection->driver->table.lock_holder(connection->conn, name, text, size) > 0;
	text[size - 1] = '\0';
	return known && *text;
}

bool connection_lock_check(struct connection *connection, const char *name, char *text, size_t size)
{
	assert(size && !connection->busy);
	text[0] = '\0';
	if (connection->lost || connection->driver->table.lock_check(connection->conn, name, text,
			size) <= 0)
		return false;
	text[size - 1] = '\0';
	return *text != '\0';
}
