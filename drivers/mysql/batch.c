/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Several statements in one round trip, as one text: the server stops at the
 * first that fails, and the results, counted, say which. Each still stands
 * alone, as the session's autocommit has it.
 */
#include <string.h>

#include "connection.h"
#include "scratch_guard.h"

/* Below every server's standard max_allowed_packet. */
#define CHUNK_BYTES (512 * 1024)

/* The line end first: the statement may end with a comment. */
static const char separator[] = "\n;\n";
/* A statement of its own behind DDL, since nothing else gets at the texts of
 * warnings once the next statement has begun. Not behind other statements:
 * there it would change ROW_COUNT(). */
static const char show_warnings[] = "SHOW WARNINGS\n;\n";

struct chunk {
	struct connection *c;
	const struct limbeck_statement *statements;
	size_t count;
	size_t first;      /* place in the batch of the first */
	char *text;
	bool begun;
	unsigned unknown;  /* warnings of the last statement, not looked at yet */
	struct sent sent;
};

/* How many bytes of the text a statement takes. */
static size_t size_of(const struct limbeck_statement *statement, enum travel travel)
{
	return statement->length + strlen(separator) +
		(travel == TRAVEL_DDL ? strlen(show_warnings) : 0);
}

/* How many of the statements go into one text; 0: send the first one alone. */
static size_t chunk_length(struct connection *c, const struct limbeck_statement *statements,
	size_t count, size_t *size)
{
	size_t i;

	*size = 0;
	for (i = 0; i < count; i++) {
		enum travel travel = statement_travel(&statements[i]);
		size_t more = size_of(&statements[i], travel);

		if (travel == TRAVEL_ALONE || *size + more > CHUNK_BYTES ||
			!guard_is_clean(c, &statements[i]))
			break;
		*size += more;
	}
	/* Alone it gets its warnings by a look at their number. */
	return i > 1 ? i : 0;
}

static char *append(char *to, const char *from, size_t length)
{
	memcpy(to, from, length);
	return to + length;
}

static void write_text(struct chunk *chunk)
{
	char *to = chunk->text;
	size_t i;

	for (i = 0; i < chunk->count; i++) {
		const struct limbeck_statement *statement = &chunk->statements[i];

		to = append(to, statement->sql, statement->length);
		to = append(to, separator, strlen(separator));
		if (statement_travel(statement) == TRAVEL_DDL)
			to = append(to, show_warnings, strlen(show_warnings));
	}
	chunk->sent.text = chunk->text;
	chunk->sent.length = (size_t)(to - chunk->text) - strlen(separator);
}

static int fail_count(struct limbeck_error *err)
{
	limbeck_host->fail(err, LIMBECK_E_SQL, "the server cuts the text into other statements");
	limbeck_host->fail_detail(err, "It gave another number of results than there are "
		"statements in the batch. What has been done is not known exactly.");
	limbeck_host->fail_hint(err, "Look for a quote or a comment that the SQL mode of the "
		"server reads in another way.");
	return -1;
}

/* Waits for the next result. */
static int advance(struct chunk *chunk, struct limbeck_error *err)
{
	MYSQL *link = chunk->c->link;
	int status;

	if (!chunk->begun) {
		chunk->begun = true;
		status = mysql_real_query(link, chunk->sent.text,
			(unsigned long)chunk->sent.length);
	} else {
		status = mysql_next_result(link);
		if (status < 0 && !mysql_errno(link))
			return fail_count(err);
	}
	return status ? connection_fail(chunk->c, &chunk->sent, err) : 0;
}

/* Reads a statement's answer, and that of the look at its warnings. */
static int read_one(struct chunk *chunk, size_t i, struct limbeck_sink *sink, size_t *done,
	bool *stop, struct limbeck_error *err)
{
	const struct limbeck_statement *statement = &chunk->statements[i];
	enum travel travel = statement_travel(statement);
	int64_t affected = -1;

	chunk->sent.size = statement->length;
	if (advance(chunk, err) < 0 || connection_read(chunk->c, sink, &affected, err) < 0)
		return -1;
	chunk->unknown = mysql_warning_count(chunk->c->link);
	(*done)++;
	affected = statement_affected(statement, affected);
	if (limbeck_host->done(sink, chunk->first + i, affected))
		*stop = true;
	if (travel == TRAVEL_DDL) {
		if (advance(chunk, err) < 0)
			return -1;
		warnings_read(chunk->c);
		chunk->unknown = 0;
	}
	chunk->sent.start += size_of(statement, travel);
	return 0;
}

static int read_chunk(struct chunk *chunk, struct limbeck_sink *sink, size_t *done, bool *stop,
	struct limbeck_error *err)
{
	size_t i;

	for (i = 0; i < chunk->count; i++) {
		if (read_one(chunk, i, sink, done, stop, err) < 0)
			return -1;
		if (chunk->unknown > 0 && i + 1 < chunk->count)
			warnings_note(chunk->c, chunk->unknown, &chunk->statements[i]);
	}
	if (mysql_more_results(chunk->c->link))
		return fail_count(err);
	if (chunk->unknown > 0)
		warnings_fetch(chunk->c);
	return 0;
}

static int run_chunk(struct chunk *chunk, size_t size, struct limbeck_sink *sink, size_t *done,
	bool *stop, struct limbeck_error *err)
{
	int status;

	chunk->text = limbeck_host->alloc(size);
	if (!chunk->text)
		return connection_nomem(err);
	write_text(chunk);
	status = read_chunk(chunk, sink, done, stop, err);
	if (status < 0)
		connection_drain(chunk->c);
	limbeck_host->free(chunk->text);
	return status;
}

static int run_next(struct connection *c, const struct limbeck_statement *statements, size_t count,
	struct limbeck_sink *sink, size_t *done, bool *stop, struct limbeck_error *err)
{
	size_t size;
	struct chunk chunk = { .c = c, .statements = statements + *done, .first = *done };

	chunk.count = chunk_length(c, chunk.statements, count - *done, &size);
	if (chunk.count > 0)
		return run_chunk(&chunk, size, sink, done, stop, err);
	if (connection_run(c, chunk.statements, *done, sink, stop, err) < 0)
		return -1;
	(*done)++;
	return 0;
}

int connection_batch(void *conn, const struct limbeck_statement *statements, size_t count,
	struct limbeck_sink *sink, size_t *done, struct limbeck_error *err)
{
	struct connection *c = conn;
	bool stop = false;
	int status = 0;

	*done = 0;
	connection_enter(c);
	while (status == 0 && !stop && *done < count) {
		if (connection_interrupted(c))
			status = limbeck_host->fail(err, LIMBECK_E_CANCELLED, "interrupted");
		else
			status = run_next(c, statements, count, sink, done, &stop, err);
	}
	connection_leave(c);
	return status;
}
