/* SPDX-License-Identifier: BSD-2-Clause */
#include <poll.h>
#include <string.h>

#include "connection.h"
#include "scratch_guard.h"

void connection_enter(struct connection *c)
{
	atomic_store(&c->stage, STAGE_BUSY);
}

/* A request to stop that is on its way must not hit the next call: it is
 * waited for, and a statement of no effect takes the blow, if there is one. */
void connection_leave(struct connection *c)
{
	bool struck;

	while (atomic_load(&c->stage) == STAGE_CANCELLING)
		poll(NULL, 0, 1);
	struck = atomic_load(&c->stage) == STAGE_CANCELLED;
	atomic_store(&c->stage, STAGE_IDLE);
	if (struck)
		mysql_query(c->link, "DO 0");
}

bool connection_interrupted(const struct connection *c)
{
	return limbeck_host->cancelled(c->session) != 0;
}

static bool make_columns(struct connection *c, size_t count)
{
	if (count <= c->columns)
		return true;
	limbeck_host->free(c->values);
	limbeck_host->free(c->lengths);
	c->values = limbeck_host->alloc(count * sizeof(*c->values));
	c->lengths = limbeck_host->alloc(count * sizeof(*c->lengths));
	c->columns = c->values && c->lengths ? count : 0;
	return c->columns > 0;
}

static void describe(struct connection *c, MYSQL_RES *result, size_t count,
	struct limbeck_sink *sink)
{
	const MYSQL_FIELD *fields = mysql_fetch_fields(result);
	size_t i;

	for (i = 0; i < count; i++)
		c->values[i] = fields[i].name;
	limbeck_host->columns(sink, count, c->values);
}

static bool hand_over_row(struct connection *c, MYSQL_RES *result, MYSQL_ROW row, size_t count,
	struct limbeck_sink *sink)
{
	const unsigned long *lengths = mysql_fetch_lengths(result);
	size_t i;

	for (i = 0; i < count; i++) {
		c->values[i] = row[i];
		c->lengths[i] = row[i] ? (size_t)lengths[i] : 0;
	}
	return limbeck_host->row(sink, count, c->values, c->lengths) == 0;
}

static int read_rows(struct connection *c, MYSQL_RES *result, struct limbeck_sink *sink,
	struct limbeck_error *err)
{
	size_t count = mysql_num_fields(result);
	bool wanted = true;
	MYSQL_ROW row;

	if (!make_columns(c, count))
		return connection_nomem(err);
	describe(c, result, count, sink);
	while ((row = mysql_fetch_row(result)) != NULL) {
		if (wanted)
			wanted = hand_over_row(c, result, row, count, sink);
	}
	return mysql_errno(c->link) ? connection_fail(c, NULL, err) : 0;
}

int connection_read(struct connection *c, struct limbeck_sink *sink, int64_t *affected,
	struct limbeck_error *err)
{
	MYSQL_RES *result = mysql_use_result(c->link);
	my_ulonglong changed;
	int status;

	if (result) {
		status = read_rows(c, result, sink, err);
		mysql_free_result(result);
		return status;
	}
	if (mysql_field_count(c->link))
		return connection_fail(c, NULL, err);
	changed = mysql_affected_rows(c->link);
	if (changed != (my_ulonglong)-1)
		*affected = (*affected > 0 ? *affected : 0) + (int64_t)changed;
	return 0;
}

void connection_drain(struct connection *c)
{
	while (mysql_more_results(c->link) && mysql_next_result(c->link) == 0) {
		MYSQL_RES *result = mysql_use_result(c->link);

		if (result)
			mysql_free_result(result);
	}
}

/* The answer to a text that was sent. */
static int read_all(struct connection *c, const struct sent *sent, struct limbeck_sink *sink,
	int64_t *affected, struct limbeck_error *err)
{
	unsigned earlier = 0;
	unsigned last;
	int next;

	for (;;) {
		if (connection_read(c, sink, affected, err) < 0)
			return -1;
		last = mysql_warning_count(c->link);
		next = mysql_next_result(c->link);
		/* Connector/C may return -1, "no more", with an error. */
		if (next > 0 || mysql_errno(c->link))
			return connection_fail(c, sent, err);
		if (next < 0)
			break;
		earlier += last;
	}
	if (last > 0)
		warnings_fetch(c);
	if (earlier > 0) {
		struct limbeck_statement text = { sent->text, sent->length };

		warnings_note(c, earlier, &text);
	}
	return 0;
}

/* Sends a text and reads what comes. Errors are told of the statement as it was written. */
static int send(struct connection *c, const char *text, size_t length,
	const struct limbeck_statement *statement, struct limbeck_sink *sink, int64_t *affected,
	struct limbeck_error *err)
{
	struct sent sent = { statement->sql, statement->length, 0, statement->length };

	/* Nothing but comments is an error for MySQL, and none for MariaDB. */
	if (mysql_real_query(c->link, length ? text : "", (unsigned long)length) != 0)
		return mysql_errno(c->link) == 1065 ? 0 : connection_fail(c, &sent, err);
	if (read_all(c, &sent, sink, affected, err) == 0)
		return 0;
	connection_drain(c);
	return -1;
}

int connection_run(struct connection *c, const struct limbeck_statement *statement, size_t index,
	struct limbeck_sink *sink, bool *stop, struct limbeck_error *err)
{
	struct text instead = TEXT_INIT;
	int64_t affected = -1;
	int status = guard_check(c, statement, &instead, err);

	if (status == 0)
		status = instead.length > 0 ?
			send(c, instead.data, instead.length, statement, sink, &affected, err) :
			send(c, statement->sql, statement->length, statement, sink, &affected, err);
	text_release(&instead);
	if (status < 0)
		return -1;
	affected = statement_affected(statement, affected);
	*stop = limbeck_host->done(sink, index, affected) != 0;
	return 0;
}

static int copy_row(MYSQL_ROW row, char **values, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		values[i] = text_copy(row[i]);
		if (row[i] && !values[i])
			return -1;
	}
	return 0;
}

int connection_row(struct connection *c, const char *sql, char **values, size_t count,
	struct limbeck_error *err)
{
	MYSQL_RES *result;
	MYSQL_ROW row;
	int status = 0;
	size_t i;

	if (mysql_query(c->link, sql) != 0)
		return connection_fail(c, NULL, err);
	result = mysql_store_result(c->link);
	if (!result)
		return connection_fail(c, NULL, err);
	row = mysql_fetch_row(result);
	if (row && mysql_num_fields(result) >= count)
		status = copy_row(row, values, count) < 0 ? connection_nomem(err) : 1;
	for (i = 0; status < 0 && i < count; i++) {
		limbeck_host->free(values[i]);
		values[i] = NULL;
	}
	mysql_free_result(result);
	return status;
}

int connection_execute(void *conn, const struct limbeck_statement *statement,
	struct limbeck_sink *sink, struct limbeck_error *err)
{
	struct connection *c = conn;
	bool stop;
	int status;

	connection_enter(c);
	if (connection_interrupted(c))
		status = limbeck_host->fail(err, LIMBECK_E_CANCELLED, "interrupted");
	else
		status = connection_run(c, statement, 0, sink, &stop, err);
	connection_leave(c);
	return status;
}
