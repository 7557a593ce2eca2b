/* SPDX-License-Identifier: BSD-2-Clause */
/* Running statements. */
#include "driver.h"

#include <string.h>
#include <strings.h>

/* One call of execute. */
struct run {
	struct conn *conn;
	struct limbeck_sink *sink;
	const char *start;  /* of the whole text */
	int64_t affected;   /* in all, -1 as long as no statement counts rows */
};

static const char *skip_comment(const char *text)
{
	const char *end;

	if (text[0] == '-' && text[1] == '-')
		return text + strcspn(text, "\n");
	end = strstr(text + 2, "*/");
	return end ? end + 2 : text + strlen(text);
}

const char *exec_skip_blank(const char *text)
{
	for (;;) {
		text += strspn(text, " \t\r\n\f;");
		if (strncmp(text, "--", 2) != 0 && strncmp(text, "/*", 2) != 0)
			return text;
		text = skip_comment(text);
	}
}

bool exec_begins_with(const char *text, const char *word)
{
	size_t length = strlen(word);

	text = exec_skip_blank(text);
	return strncasecmp(text, word, length) == 0 &&
		!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789",
			text[length] ? text[length] : ' ');
}

/* Whether it is a statement for which sqlite3_changes() is set. */
static bool counts_rows(sqlite3_stmt *statement)
{
	static const char *const words[] = { "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH" };
	const char *sql = sqlite3_sql(statement);

	if (!sql || sqlite3_stmt_readonly(statement) || sqlite3_stmt_isexplain(statement))
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (exec_begins_with(sql, words[i]))
			return true;
	return false;
}

static int no_memory(struct limbeck_error *err)
{
	return limbeck_host->fail(err, LIMBECK_E_NOMEM, "out of memory");
}

/* The memory of a row: values and their lengths. */
struct row {
	size_t count;
	const char **values;
	size_t *lengths;
};

static void row_release(struct row *row)
{
	limbeck_host->free(row->values);
	limbeck_host->free(row->lengths);
}

static int row_init(struct row *row, sqlite3_stmt *statement, struct limbeck_error *err)
{
	row->count = (size_t)sqlite3_column_count(statement);
	row->values = limbeck_host->alloc(row->count * sizeof *row->values + 1);
	row->lengths = limbeck_host->alloc(row->count * sizeof *row->lengths + 1);
	if (row->values && row->lengths)
		return 0;
	row_release(row);
	return no_memory(err);
}

static int send_columns(const struct run *run, struct row *row, sqlite3_stmt *statement,
	struct limbeck_error *err)
{
	for (size_t i = 0; i < row->count; i++) {
		row->values[i] = sqlite3_column_name(statement, (int)i);
		if (!row->values[i])
			return no_memory(err);
	}
	limbeck_host->columns(run->sink, row->count, row->values);
	return 0;
}

/* One value as bytes; false when there was no memory for its text. */
static bool take_value(struct row *row, size_t i, sqlite3_stmt *statement)
{
	int type = sqlite3_column_type(statement, (int)i);
	const void *value = NULL;

	if (type == SQLITE_BLOB)
		value = sqlite3_column_blob(statement, (int)i);
	else if (type != SQLITE_NULL)
		value = sqlite3_column_text(statement, (int)i);
	row->lengths[i] = (size_t)sqlite3_column_bytes(statement, (int)i);
	/* An empty blob has no address. */
	if (type == SQLITE_BLOB && !value && !row->lengths[i])
		value = "";
	row->values[i] = value;
	return value || type == SQLITE_NULL;
}

/* 1: no more rows are wanted. */
static int send_row(const struct run *run, struct row *row, sqlite3_stmt *statement,
	struct limbeck_error *err)
{
	for (size_t i = 0; i < row->count; i++)
		if (!take_value(row, i, statement))
			return no_memory(err);
	return limbeck_host->row(run->sink, row->count, row->values, row->lengths) ? 1 : 0;
}

/* Steps to the end. Changes are all made by the first step, so that rows which
 * nobody wants need not be read. */
static int step_all(const struct run *run, struct row *row, sqlite3_stmt *statement, size_t offset,
	struct limbeck_error *err)
{
	int result = sqlite3_step(statement);

	if (result == SQLITE_ROW && send_columns(run, row, statement, err) < 0)
		return -1;
	while (result == SQLITE_ROW) {
		int sent = send_row(run, row, statement, err);

		if (sent < 0)
			return -1;
		if (sent > 0)
			return 0;
		result = sqlite3_step(statement);
	}
	if (result == SQLITE_DONE)
		return 0;
	return failure_running(run->conn, run->start + offset, offset, err);
}

static int run_prepared(struct run *run, sqlite3_stmt *statement, size_t offset,
	struct limbeck_error *err)
{
	struct row row;
	int result;

	if (row_init(&row, statement, err) < 0)
		return -1;
	result = step_all(run, &row, statement, offset, err);
	if (result == 0 && counts_rows(statement))
		run->affected = (run->affected > 0 ? run->affected : 0) +
			sqlite3_changes(run->conn->db);
	row_release(&row);
	return result;
}

static int run_all(struct run *run, struct limbeck_error *err)
{
	const char *text = run->start;

	while (*text) {
		size_t offset = (size_t)(text - run->start);
		sqlite3_stmt *statement = NULL;
		const char *tail = NULL;
		int result;

		if (sqlite3_prepare_v2(run->conn->db, text, -1, &statement, &tail) != SQLITE_OK)
			return failure(run->conn, text, offset, err);
		result = statement ? run_prepared(run, statement, offset, err) : 0;
		sqlite3_finalize(statement);
		if (result < 0)
			return -1;
		if (tail == text)
			break;
		text = tail;
	}
	return 0;
}

/* SQLite reads to the first zero byte, and would take the text before it for
 * all there is. */
static int refuse_zero(const struct limbeck_statement *statement, const char *zero,
	struct limbeck_error *err)
{
	limbeck_host->fail(err, LIMBECK_E_SQL, "the statement contains a zero byte");
	limbeck_host->fail_sqlstate(err, "42601", 0);
	limbeck_host->fail_position(err, (size_t)(zero - statement->sql) + 1);
	return -1;
}

static bool is_rollback(const struct limbeck_statement *statement)
{
	static const char word[] = "ROLLBACK";

	return statement->length == strlen(word) &&
		strncasecmp(statement->sql, word, strlen(word)) == 0;
}

static int run_copy(struct run *run, const struct limbeck_statement *statement,
	struct limbeck_error *err)
{
	bool in_transaction = !sqlite3_get_autocommit(run->conn->db);
	char *copy = limbeck_host->alloc(statement->length + 1);
	int result;

	if (!copy)
		return no_memory(err);
	memcpy(copy, statement->sql, statement->length);
	run->start = copy;
	statement_watch(run->conn);
	result = run_all(run, err);
	statement_unwatch(run->conn);
	limbeck_host->free(copy);
	if (result < 0 && in_transaction && sqlite3_get_autocommit(run->conn->db))
		run->conn->rolled_back = true;
	return result;
}

/* The text is copied once: SQLite would copy what is left of it for each
 * statement, since it does not end in a zero byte. */
int exec_statement(void *data, const struct limbeck_statement *statement,
	struct limbeck_sink *sink, struct limbeck_error *err)
{
	struct conn *conn = data;
	struct run run = { .conn = conn, .sink = sink, .affected = -1 };
	const char *zero = statement->length ? memchr(statement->sql, 0, statement->length) : NULL;
	bool rolled_back = conn->rolled_back;

	if (zero)
		return refuse_zero(statement, zero, err);
	conn->rolled_back = false;
	conn->reached = NULL;
	if (!(rolled_back && is_rollback(statement))
		&& !(conn->scratch && scratch_passes_over(statement)) && run_copy(&run, statement, err) < 0)
		return -1;
	limbeck_host->done(sink, 0, run.affected);
	return 0;
}
