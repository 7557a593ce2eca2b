/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "postgresql.h"

/* Room for another `size` bytes; what was there is lost. */
static bool make_room(char **memory, size_t *room, size_t size)
{
	if (size <= *room)
		return true;
	limbeck_host->free(*memory);
	*room = 0;
	*memory = limbeck_host->alloc(size);
	if (*memory)
		*room = size;
	return *memory != NULL;
}

int postgresql_text(struct postgresql *pg, const struct limbeck_statement *statement,
	struct limbeck_error *err)
{
	const char *zero = statement->length ? memchr(statement->sql, 0, statement->length) : NULL;

	/* The protocol ends a text at a zero byte: the rest would be left out. */
	if (zero) {
		limbeck_host->fail(err, LIMBECK_E_SQL, "the statement contains a zero byte");
		limbeck_host->fail_hint(err, "PostgreSQL takes no zero byte in a text; "
			"write bytea values in hexadecimal: '\\x00'.");
		limbeck_host->fail_position(err, (size_t)(zero - statement->sql) + 1);
		return -1;
	}
	if (!make_room(&pg->text, &pg->text_size, statement->length + 1))
		return postgresql_nomem(err);
	if (statement->length)
		memcpy(pg->text, statement->sql, statement->length);
	pg->text[statement->length] = '\0';
	return 0;
}

static bool make_columns(struct postgresql *pg, size_t count)
{
	if (count <= pg->columns)
		return true;
	limbeck_host->free(pg->values);
	limbeck_host->free(pg->lengths);
	pg->values = limbeck_host->alloc(count * sizeof(*pg->values));
	pg->lengths = limbeck_host->alloc(count * sizeof(*pg->lengths));
	pg->columns = pg->values && pg->lengths ? count : 0;
	return pg->columns > 0;
}

static void describe(struct answer *answer, const PGresult *result, int count)
{
	struct postgresql *pg = answer->pg;
	int i;

	for (i = 0; i < count; i++)
		pg->values[i] = PQfname(result, i);
	limbeck_host->columns(answer->sink, (size_t)count, pg->values);
	answer->described = true;
	answer->full = false;
}

static void hand_over_row(struct answer *answer, const PGresult *result, int row, int count)
{
	struct postgresql *pg = answer->pg;
	int i;

	for (i = 0; i < count; i++) {
		bool null = PQgetisnull(result, row, i);

		pg->values[i] = null ? NULL : PQgetvalue(result, row, i);
		pg->lengths[i] = null ? 0 : (size_t)PQgetlength(result, row, i);
	}
	answer->full = limbeck_host->row(answer->sink, (size_t)count, pg->values, pg->lengths) != 0;
}

static void take_rows(struct answer *answer, const PGresult *result)
{
	int count = PQnfields(result);
	int row;

	if (!make_columns(answer->pg, (size_t)count + 1)) {
		postgresql_nomem(answer->err);
		answer->failed = true;
		return;
	}
	if (!answer->described)
		describe(answer, result, count);
	for (row = 0; row < PQntuples(result) && !answer->full; row++)
		hand_over_row(answer, result, row, count);
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* The count in a command tag is of rows changed for these alone; a query's,
 * "SELECT 5", is of rows returned, but for CREATE TABLE AS, which has no rows. */
static void count_changes(struct answer *answer, PGresult *result)
{
	const char *tag = PQcmdStatus(result);
	const char *count = PQcmdTuples(result);

	if (!*count)
		return;
	if (begins(tag, "INSERT") || begins(tag, "UPDATE") || begins(tag, "DELETE") ||
		begins(tag, "MERGE") || begins(tag, "COPY") ||
		(begins(tag, "SELECT") && PQresultStatus(result) == PGRES_COMMAND_OK))
		answer->affected = (answer->affected > 0 ? answer->affected : 0) +
			strtoll(count, NULL, 10);
}

void postgresql_take(struct answer *answer, PGresult *result)
{
	switch (PQresultStatus(result)) {
	case PGRES_SINGLE_TUPLE:
		if (!answer->failed)
			take_rows(answer, result);
		break;
	case PGRES_TUPLES_OK:
		if (!answer->failed)
			take_rows(answer, result);
		answer->described = false;
		count_changes(answer, result);
		break;
	case PGRES_COMMAND_OK:
		count_changes(answer, result);
		break;
	case PGRES_EMPTY_QUERY:
		break;
	default:
		if (!answer->failed)
			postgresql_fail(answer->pg, result, answer->statement, answer->err);
		answer->failed = true;
		answer->refused = true;
		break;
	}
}

/* Reads what COPY TO STDOUT sends, until there is no more. */
static void drain_copy(struct postgresql *pg)
{
	char *line = NULL;
	int length;

	while ((length = PQgetCopyData(pg->link, &line, 1)) >= 0) {
		if (line)
			PQfreemem(line);
		if (length == 0 && !postgresql_poll(pg, false))
			break;
	}
}

/* Ends a COPY that wants to talk with the client, in a way that lets the
 * server undo it: it stops at the refusal, or at the request to cancel. */
static void end_copy(struct answer *answer, ExecStatusType way)
{
	struct postgresql *pg = answer->pg;

	if (!answer->failed) {
		limbeck_host->fail(answer->err, LIMBECK_E_UNSUPPORTED,
			"COPY %s can't be run: there is no data stream in a migration",
			way == PGRES_COPY_OUT ? "TO STDOUT" : "FROM STDIN");
		limbeck_host->fail_hint(answer->err, way == PGRES_COPY_OUT ?
			"Use COPY with a file on the server." :
			"Use INSERT, or COPY with a file on the server.");
	}
	answer->failed = true;
	answer->copied = true;
	if (way == PGRES_COPY_OUT)
		postgresql_stop(pg);
	while (way != PGRES_COPY_OUT && PQputCopyEnd(pg->link, "refused by limbeck") == 0) {
		if (!postgresql_poll(pg, true))
			break;
	}
	if (way != PGRES_COPY_IN)
		drain_copy(pg);
}

static bool is_copy(ExecStatusType status)
{
	return status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH;
}

/* By the simple protocol, in which a text may hold several statements. In a
 * transaction that must not end before we say so it may not: a COMMIT could be
 * among them. */
static bool send_text(struct postgresql *pg)
{
	return pg->enclosed ?
		PQsendQueryParams(pg->link, pg->text, 0, NULL, NULL, NULL, NULL, 0) :
		PQsendQuery(pg->link, pg->text);
}

int postgresql_run(struct postgresql *pg, const struct limbeck_statement *statement, size_t index,
	struct limbeck_sink *sink, bool *stop, struct limbeck_error *err)
{
	struct answer answer = { .pg = pg, .statement = statement, .sink = sink, .err = err,
		.affected = -1 };
	PGresult *result;

	if (postgresql_scratch_check(pg, err) < 0 || postgresql_text(pg, statement, err) < 0 ||
		postgresql_scratch_guard(pg, statement, err) < 0)
		return -1;
	if (postgresql_scratch_skips(pg, statement))
		pg->text[0] = '\0';
	if (!send_text(pg))
		return postgresql_fail_link(pg, err);
	/* Without it, which is possible, a large result takes memory. */
	PQsetSingleRowMode(pg->link);
	while ((result = postgresql_next(pg)) != NULL) {
		ExecStatusType status = PQresultStatus(result);

		if (is_copy(status))
			end_copy(&answer, status);
		else
			postgresql_take(&answer, result);
		PQclear(result);
	}
	if (answer.copied && PQtransactionStatus(pg->link) == PQTRANS_IDLE && !answer.refused)
		limbeck_host->fail_detail(err, "The server had sent it all before it could be "
			"stopped: the text's statements have taken effect.");
	if (answer.failed)
		return -1;
	*stop = limbeck_host->done(sink, index, answer.affected) != 0;
	return 0;
}

int postgresql_execute(void *conn, const struct limbeck_statement *statement,
	struct limbeck_sink *sink, struct limbeck_error *err)
{
	struct postgresql *pg = conn;
	bool stop;
	int status;

	postgresql_enter(pg, false);
	status = postgresql_run(pg, statement, 0, sink, &stop, err);
	postgresql_leave(pg);
	return status;
}
