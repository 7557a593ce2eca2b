/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/store.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "sql/quote.h"

enum history_column {
	COLUMN_SEQ, COLUMN_REVISION, COLUMN_DIRECTION, COLUMN_OUTCOME, COLUMN_CHECKSUM,
	COLUMN_DIALECT, COLUMN_MESSAGE, COLUMN_PARENTS, COLUMN_DEPENDS, COLUMN_TOTAL,
	COLUMN_DONE, COLUMN_STARTED,
	COLUMN_DONE_HASH, COLUMN_STARTED_HASH, COLUMN_STARTED_STATE, COLUMN_STARTED_AT, COLUMN_FINISHED_AT, COLUMN_DATABASE_USER,
	COLUMN_OS_USER, COLUMN_HOST, COLUMN_TOOL_VERSION, COLUMN_ERROR, COLUMN_DOWNGRADE,
	COLUMN_COUNT
};

static const char history_columns[] =
	"seq, revision, direction, outcome, checksum, dialect, message, parents, depends,"
	" statements_total, statements_done, statement_started, done_hash, started_hash,"
	" started_state, started_at, finished_at,"
	" database_user, os_user, host, tool_version, error, downgrade";

static const char *text_of(const char *value)
{
	return value ? value : "";
}

static int64_t number_of(const char *value)
{
	return value ? strtoll(value, NULL, 10) : 0;
}

static struct history_entry entry_of(const char *const *values)
{
	return (struct history_entry) {
		.seq = number_of(values[COLUMN_SEQ]),
		.revision = text_of(values[COLUMN_REVISION]),
		.direction = text_of(values[COLUMN_DIRECTION]),
		.outcome = text_of(values[COLUMN_OUTCOME]),
		.checksum = text_of(values[COLUMN_CHECKSUM]),
		.dialect = text_of(values[COLUMN_DIALECT]),
		.message = text_of(values[COLUMN_MESSAGE]),
		.parents = text_of(values[COLUMN_PARENTS]),
		.depends = text_of(values[COLUMN_DEPENDS]),
		.total = number_of(values[COLUMN_TOTAL]),
		.done = number_of(values[COLUMN_DONE]),
		.started = number_of(values[COLUMN_STARTED]),
		.done_hash = text_of(values[COLUMN_DONE_HASH]),
		.started_hash = text_of(values[COLUMN_STARTED_HASH]),
		.started_state = text_of(values[COLUMN_STARTED_STATE]),
		.started_at = text_of(values[COLUMN_STARTED_AT]),
		.finished_at = text_of(values[COLUMN_FINISHED_AT]),
		.database_user = text_of(values[COLUMN_DATABASE_USER]),
		.os_user = text_of(values[COLUMN_OS_USER]),
		.host = text_of(values[COLUMN_HOST]),
		.tool_version = text_of(values[COLUMN_TOOL_VERSION]),
		.error = text_of(values[COLUMN_ERROR]),
		.downgrade = values[COLUMN_DOWNGRADE],
	};
}

static void add_where_table(const struct store *store, struct strbuf *sql)
{
	strbuf_addstr(sql, " WHERE version_table = ");
	quote_literal(sql, store->lexis, store->table);
}

static int too_narrow(struct connection *connection, const struct rows *rows,
	struct limbeck_error *err)
{
	return error_set(err, LIMBECK_E_INTERNAL,
		"driver \"%s\": a row of limbeck's own tables has too few columns (%zu)",
		connection_engine(connection), rows->columns);
}

/* Runs a query of so many columns whose tables may be missing: *missing says so, and
 * is no error. */
static int query_or_missing(struct connection *connection, struct arena *arena, struct strbuf *sql,
	size_t columns, struct rows *rows, bool *missing, struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;

	*missing = false;
	if (strbuf_failed(sql))
		return error_nomem(err);
	if (connection_query(connection, arena, sql->buf, rows, &problem) == 0)
		return rows->count && rows->columns < columns
			? too_narrow(connection, rows, err) : 0;
	if (error_is(&problem, LIMBECK_E_NO_TABLE)) {
		*missing = true;
		limbeck_error_release(&problem);
		return 0;
	}
	if (error_is(&problem, LIMBECK_E_SQL) && !problem.hint)
		error_hint(&problem, "This happened when limbeck read its own tables, which are "
			"not as it makes them.");
	error_move(err, &problem);
	return -1;
}

static int row_without_id(const struct store *store, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_STATE, "the version table %s has a row without a revision",
		store->table);
	error_hint(err, "Delete that row, or put the revision into it, with the database's own "
		"client.");
	return -1;
}

static int read_rows(const struct store *store, struct connection *connection, struct arena *arena,
	struct store_state *state, struct limbeck_error *err)
{
	struct strbuf sql = STRBUF_INIT;
	struct rows rows = { 0 };
	bool missing = false;
	int result;

	store_sql_select_rows(store, &sql);
	result = query_or_missing(connection, arena, &sql, 1, &rows, &missing, err);
	state->has_version = !missing;
	for (size_t i = 0; result == 0 && i < rows.count; i++) {
		if (!rows.items[i][0] || !rows.items[i][0][0])
			result = row_without_id(store, err);
		else if (!vec_push_arena(&state->rows, rows.items[i][0], arena))
			result = error_nomem(err);
	}
	strbuf_release(&sql);
	return result;
}

/* The highest number, and the entries that stopped half-way and that no later one
 * of the same revision has made good. */
static void sql_select_state(const struct store *store, struct strbuf *sql)
{
	strbuf_addf(sql, "SELECT %s, (SELECT MAX(seq) FROM %s) FROM %s h", history_columns,
		store->history, store->history);
	add_where_table(store, sql);
	strbuf_addstr(sql, " AND (seq = (SELECT MAX(seq) FROM ");
	strbuf_addf(sql, "%s", store->history);
	strbuf_addf(sql, ") OR ((outcome = 'running'"
		" OR (outcome = 'failed' AND (statements_done > 0 OR statement_started <> 0)))"
		" AND NOT EXISTS (SELECT 1 FROM %s l WHERE l.version_table = h.version_table"
		" AND l.revision = h.revision AND l.seq > h.seq AND l.outcome = 'done')))"
		" ORDER BY seq DESC", store->history);
}

static bool is_partial(const struct history_entry *entry)
{
	if (!strcmp(entry->outcome, "running"))
		return true;
	return !strcmp(entry->outcome, "failed") && (entry->done > 0 || entry->started != 0);
}

const struct history_entry *store_find_partial(const struct store_state *state,
	const char *revision)
{
	for (size_t i = 0; i < state->partial_count; i++)
		if (!strcmp(state->partials[i].revision, revision))
			return &state->partials[i];
	return NULL;
}

static int read_history_state(const struct store *store, struct connection *connection,
	struct arena *arena, struct store_state *state, struct limbeck_error *err)
{
	struct strbuf sql = STRBUF_INIT;
	struct rows rows = { 0 };
	bool missing = false;
	int result;

	sql_select_state(store, &sql);
	result = query_or_missing(connection, arena, &sql, COLUMN_COUNT + 1, &rows, &missing, err);
	strbuf_release(&sql);
	state->has_history = !missing;
	if (result < 0 || rows.count == 0)
		return result;
	state->last_seq = number_of(rows.items[0][COLUMN_COUNT]);
	state->partials = arena_array(arena, rows.count, sizeof *state->partials);
	if (!state->partials)
		return error_nomem(err);
	for (size_t i = 0; i < rows.count; i++) {
		struct history_entry entry = entry_of(rows.items[i]);

		if (is_partial(&entry) && !store_find_partial(state, entry.revision))
			state->partials[state->partial_count++] = entry;
	}
	return 0;
}

int store_read_entry(const struct store *store, struct connection *connection,
	struct arena *arena, int64_t seq, const char *revision, struct history_entry **entry,
	struct limbeck_error *err)
{
	struct strbuf sql = STRBUF_INIT;
	struct rows rows = { 0 };
	bool missing;
	int result;

	*entry = NULL;
	strbuf_addf(&sql, "SELECT %s FROM %s", history_columns, store->history);
	add_where_table(store, &sql);
	strbuf_addf(&sql, " AND seq = %" PRId64 " AND revision = ", seq);
	quote_literal(&sql, store->lexis, revision);
	result = query_or_missing(connection, arena, &sql, COLUMN_COUNT, &rows, &missing, err);
	strbuf_release(&sql);
	if (result < 0 || rows.count == 0)
		return result;
	*entry = arena_alloc(arena, sizeof **entry);
	if (!*entry)
		return error_nomem(err);
	**entry = entry_of(rows.items[0]);
	return 0;
}

/* Another version table's entries may be the newest: their number counts too. */
static int read_last_seq(const struct store *store, struct connection *connection,
	struct arena *arena, struct store_state *state, struct limbeck_error *err)
{
	struct strbuf sql = STRBUF_INIT;
	struct rows rows = { 0 };
	int result;

	if (!state->has_history || state->last_seq > 0)
		return 0;
	strbuf_addf(&sql, "SELECT MAX(seq) FROM %s", store->history);
	result = strbuf_failed(&sql) ? error_nomem(err)
		: connection_query(connection, arena, sql.buf, &rows, err);
	if (result == 0 && rows.count == 1)
		state->last_seq = number_of(rows.items[0][0]);
	strbuf_release(&sql);
	return result;
}

/* Numbers near the end of what the column holds are none that limbeck gave out. */
static int check_last_seq(const struct store *store, const struct store_state *state,
	struct limbeck_error *err)
{
	if (state->last_seq < INT64_MAX / 2)
		return 0;
	error_set(err, LIMBECK_E_STATE, "the history table %s ends with the number %" PRId64,
		store->history, state->last_seq);
	error_hint(err, "limbeck counts its entries from 1; correct that row's seq with the "
		"database's own client.");
	return -1;
}

int store_read(const struct store *store, struct connection *connection, struct arena *arena,
	struct store_state *state, struct limbeck_error *err)
{
	*state = (struct store_state) { 0 };
	if (read_rows(store, connection, arena, state, err) < 0
		|| read_history_state(store, connection, arena, state, err) < 0)
		return -1;
	if (read_last_seq(store, connection, arena, state, err) < 0)
		return -1;
	return check_last_seq(store, state, err);
}

struct history_reader {
	int (*fn)(void *data, const struct history_entry *entry);
	void *data;
};

static int history_row(void *data, size_t count, const char *const *values, const size_t *lengths)
{
	struct history_reader *reader = data;
	struct history_entry entry;

	(void)lengths;
	if (count < COLUMN_COUNT)
		return 0;
	entry = entry_of(values);
	return reader->fn(reader->data, &entry);
}

int store_read_history(const struct store *store, struct connection *connection, size_t limit,
	int (*fn)(void *data, const struct history_entry *entry), void *data,
	struct limbeck_error *err)
{
	struct history_reader reader = { fn, data };
	struct limbeck_sink sink = { .row = history_row, .data = &reader };
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	struct strbuf sql = STRBUF_INIT;
	int result;

	strbuf_addf(&sql, "SELECT %s FROM %s", history_columns, store->history);
	add_where_table(store, &sql);
	strbuf_addstr(&sql, " ORDER BY seq DESC");
	if (limit)
		strbuf_addf(&sql, " LIMIT %zu", limit);
	result = strbuf_failed(&sql) ? error_nomem(&problem)
		: connection_execute(connection, sql.buf, sql.len, &sink, NULL, &problem);
	strbuf_release(&sql);
	if (result < 0 && error_is(&problem, LIMBECK_E_NO_TABLE)) {
		limbeck_error_release(&problem);
		return 0;
	}
	if (result < 0)
		error_move(err, &problem);
	return result;
}

int store_find_applied(const struct store *store, struct connection *connection,
	struct arena *arena, const char *revision, struct history_entry **entry,
	struct limbeck_error *err)
{
	struct strbuf sql = STRBUF_INIT;
	struct rows rows = { 0 };
	bool missing;
	int result;

	*entry = NULL;
	strbuf_addf(&sql, "SELECT %s FROM %s", history_columns, store->history);
	add_where_table(store, &sql);
	strbuf_addstr(&sql, " AND direction IN ('upgrade', 'accept') AND outcome = 'done' AND revision = ");
	quote_literal(&sql, store->lexis, revision);
	strbuf_addstr(&sql, " ORDER BY seq DESC LIMIT 1");
	result = query_or_missing(connection, arena, &sql, COLUMN_COUNT, &rows, &missing, err);
	strbuf_release(&sql);
	if (result < 0 || rows.count == 0)
		return result;
	*entry = arena_alloc(arena, sizeof **entry);
	if (!*entry)
		return error_nomem(err);
	**entry = entry_of(rows.items[0]);
	return 0;
}

int store_read_checksums(const struct store *store, struct connection *connection,
	struct arena *arena, int (*fn)(void *data, const char *revision, const char *checksum),
	void *data, struct limbeck_error *err)
{
	struct strbuf sql = STRBUF_INIT;
	struct rows rows = { 0 };
	bool missing;
	int result;

	/* Whatever comes back after a downgrade need not be what went. */
	strbuf_addf(&sql, "SELECT revision, CASE direction WHEN 'downgrade' THEN '' ELSE checksum END"
		" FROM %s",
		store->history);
	add_where_table(store, &sql);
	strbuf_addstr(&sql, " AND direction IN ('upgrade', 'downgrade', 'accept') AND outcome = 'done'"
		" ORDER BY seq");
	result = query_or_missing(connection, arena, &sql, 2, &rows, &missing, err);
	strbuf_release(&sql);
	for (size_t i = 0; result == 0 && i < rows.count; i++)
		if (fn(data, text_of(rows.items[i][0]), text_of(rows.items[i][1])) < 0)
			result = error_nomem(err);
	return result;
}
