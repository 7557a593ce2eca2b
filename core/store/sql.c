/* SPDX-License-Identifier: BSD-2-Clause */
#include "store/store.h"

#include <inttypes.h>
#include <strings.h>

#include "base/clock.h"
#include "base/error.h"
#include "sql/quote.h"

static const char history_name[] = "limbeck_history";
static const char lock_name[] = "limbeck_lock";

static char *quoted_name(struct arena *arena, const struct limbeck_lexis *lexis,
	const char *schema, const char *name)
{
	struct strbuf out = STRBUF_INIT;
	char *copy = NULL;

	quote_qualified(&out, lexis, schema, name);
	if (!strbuf_failed(&out))
		copy = arena_strndup(arena, out.buf, out.len);
	strbuf_release(&out);
	return copy;
}

int store_init(struct store *store, struct arena *arena, const struct limbeck_traits *traits,
	const struct limbeck_lexis *lexis, const char *schema, const char *home, const char *table,
	struct limbeck_error *err)
{
	bool has_schema = schema && *schema;
	const char *qualifier = has_schema ? schema : home;

	if (strcasecmp(table, history_name) == 0 || strcasecmp(table, lock_name) == 0) {
		error_set(err, LIMBECK_E_CONFIG, "version_table can't be \"%s\"", table);
		error_hint(err, "That is the table of the %s; choose another name.",
			strcasecmp(table, lock_name) == 0 ? "lock" : "history");
		return -1;
	}
	*store = (struct store) { .traits = traits, .lexis = lexis };
	store->table = has_schema ? arena_printf(arena, "%s.%s", schema, table)
				  : arena_strdup(arena, table);
	store->version = quoted_name(arena, lexis, qualifier, table);
	store->history = quoted_name(arena, lexis, qualifier, history_name);
	store->lock = quoted_name(arena, lexis, qualifier, lock_name);
	if (!store->table || !store->version || !store->history || !store->lock)
		return error_nomem(err);
	store->database_user = store->os_user = store->host = store->tool_version = "";
	return 0;
}

void store_sql_create_version(const struct store *store, struct strbuf *out)
{
	/* Alembic's layout: this column and no other. */
	strbuf_addf(out, "CREATE TABLE IF NOT EXISTS %s (\n"
		"    version_num VARCHAR(128) NOT NULL PRIMARY KEY\n)%s",
		store->version, store->traits->table_suffix ? store->traits->table_suffix : "");
}

void store_sql_create_history(const struct store *store, struct strbuf *out)
{
	const char *integer = store->traits->integer_type;
	const char *text = store->traits->text_type;

	strbuf_addf(out, "CREATE TABLE IF NOT EXISTS %s (\n", store->history);
	strbuf_addf(out, "    seq %s NOT NULL PRIMARY KEY,\n", integer);
	strbuf_addstr(out, "    version_table VARCHAR(255) NOT NULL,\n"
		"    revision VARCHAR(128) NOT NULL,\n"
		"    direction VARCHAR(16) NOT NULL,\n"
		"    outcome VARCHAR(16) NOT NULL,\n"
		"    checksum VARCHAR(64) NOT NULL,\n"
		"    dialect VARCHAR(64) NOT NULL,\n");
	strbuf_addf(out, "    message %s NOT NULL,\n    parents %s NOT NULL,\n"
		"    depends %s NOT NULL,\n", text, text, text);
	strbuf_addf(out, "    rows_matched %s NOT NULL,\n    statements_total %s NOT NULL,\n"
		"    statements_done %s NOT NULL,\n    statement_started %s NOT NULL,\n",
		integer, integer, integer, integer);
	strbuf_addf(out, "    done_hash VARCHAR(64) NOT NULL,\n"
		"    started_hash VARCHAR(64) NOT NULL,\n    started_state %s NOT NULL,\n", text);
	strbuf_addstr(out, "    started_at VARCHAR(40) NOT NULL,\n"
		"    finished_at VARCHAR(40) NOT NULL,\n"
		"    database_user VARCHAR(255) NOT NULL,\n"
		"    os_user VARCHAR(255) NOT NULL,\n"
		"    host VARCHAR(255) NOT NULL,\n"
		"    tool_version VARCHAR(64) NOT NULL,\n");
	strbuf_addf(out, "    error %s NOT NULL,\n    downgrade %s\n)%s", text, text,
		store->traits->table_suffix ? store->traits->table_suffix : "");
}

void store_sql_select_rows(const struct store *store, struct strbuf *out)
{
	strbuf_addf(out, "SELECT version_num FROM %s ORDER BY version_num", store->version);
}

void store_sql_delete_row(const struct store *store, const char *id, struct strbuf *out)
{
	strbuf_addf(out, "DELETE FROM %s WHERE version_num = ", store->version);
	quote_literal(out, store->lexis, id);
}

void store_sql_insert_row(const struct store *store, const char *id, struct strbuf *out)
{
	strbuf_addf(out, "INSERT INTO %s (version_num) VALUES (", store->version);
	quote_literal(out, store->lexis, id);
	strbuf_addch(out, ')');
}

void store_sql_update_row(const struct store *store, const char *from, const char *to,
	struct strbuf *out)
{
	strbuf_addf(out, "UPDATE %s SET version_num = ", store->version);
	quote_literal(out, store->lexis, to);
	strbuf_addstr(out, " WHERE version_num = ");
	quote_literal(out, store->lexis, from);
}

static void add_literal(const struct store *store, const char *text, struct strbuf *out)
{
	strbuf_addstr(out, ", ");
	quote_literal(out, store->lexis, text ? text : "");
}

/* given, or what the server's clock says, or ours where it has no expression. */
static void add_time(const struct store *store, const char *given, const char *clock_expression,
	struct strbuf *out)
{
	char now[CLOCK_TEXT];

	if (!given && clock_expression) {
		strbuf_addf(out, ", %s", clock_expression);
		return;
	}
	if (!given)
		clock_text(now);
	add_literal(store, given ? given : now, out);
}

static size_t rows_taken(const struct version_change *change)
{
	return change ? change->deletes.count + (change->update_from != NULL) : 0;
}

static void add_guard(const struct store *store, const struct version_change *change,
	struct strbuf *out)
{
	size_t count = rows_taken(change);
	const char *comma = "";

	if (count == 0) {
		strbuf_addch(out, '0');
		return;
	}
	strbuf_addf(out, "(SELECT CASE WHEN COUNT(*) = %zu THEN %zu END FROM %s"
		" WHERE version_num IN (", count, count, store->version);
	for (size_t i = 0; i < change->deletes.count; i++, comma = ", ") {
		strbuf_addstr(out, comma);
		quote_literal(out, store->lexis, change->deletes.items[i]);
	}
	if (change->update_from) {
		strbuf_addstr(out, comma);
		quote_literal(out, store->lexis, change->update_from);
	}
	strbuf_addstr(out, "))");
}

static void add_state(const struct store *store, const struct history_entry *entry,
	struct strbuf *out)
{
	if (entry->state_expression)
		strbuf_addf(out, "COALESCE(%s, '')", entry->state_expression);
	else
		quote_literal(out, store->lexis, entry->started_state ? entry->started_state : "");
}

void store_sql_insert_history(const struct store *store, const struct history_entry *entry,
	const struct version_change *change, struct strbuf *out)
{
	strbuf_addf(out, "INSERT INTO %s (seq, version_table, revision, direction, outcome,"
		" checksum, dialect, message, parents, depends, rows_matched, statements_total,"
		" statements_done, statement_started, done_hash, started_hash, started_state,"
		" started_at, finished_at,"
		" database_user, os_user, host, tool_version, error, downgrade)\n", store->history);
	if (entry->seq > 0)
		strbuf_addf(out, "VALUES (%" PRId64, entry->seq);
	else
		strbuf_addstr(out, "SELECT COALESCE(MAX(seq), 0) + 1");
	add_literal(store, store->table, out);
	add_literal(store, entry->revision, out);
	add_literal(store, entry->direction, out);
	add_literal(store, entry->outcome, out);
	add_literal(store, entry->checksum, out);
	add_literal(store, entry->dialect, out);
	add_literal(store, entry->message, out);
	add_literal(store, entry->parents, out);
	add_literal(store, entry->depends, out);
	strbuf_addstr(out, ", ");
	add_guard(store, change, out);
	strbuf_addf(out, ", %" PRId64 ", %" PRId64 ", %" PRId64, entry->total, entry->done,
		entry->started);
	add_literal(store, entry->done_hash, out);
	add_literal(store, entry->started_hash, out);
	strbuf_addstr(out, ", ");
	add_state(store, entry, out);
	add_time(store, entry->started_at, store->traits->transaction_clock
		? store->traits->transaction_clock : store->traits->clock, out);
	add_time(store, entry->finished_at, store->traits->clock, out);
	add_literal(store, store->database_user, out);
	add_literal(store, store->os_user, out);
	add_literal(store, store->host, out);
	add_literal(store, store->tool_version, out);
	add_literal(store, entry->error, out);
	strbuf_addstr(out, ", ");
	quote_literal(out, store->lexis, entry->downgrade);
	if (entry->seq > 0)
		strbuf_addch(out, ')');
	else
		strbuf_addf(out, "\nFROM %s", store->history);
}

static void add_set(const struct store *store, const char *column, const char *text,
	struct strbuf *out)
{
	strbuf_addf(out, "%s = ", column);
	quote_literal(out, store->lexis, text);
	strbuf_addstr(out, ", ");
}

static void add_counts(const struct store *store, const struct history_entry *entry,
	struct strbuf *out)
{
	strbuf_addf(out, "statements_done = %" PRId64 ", statement_started = %" PRId64
		", done_hash = ", entry->done, entry->started);
	quote_literal(out, store->lexis, entry->done_hash ? entry->done_hash : "");
	strbuf_addstr(out, ", started_hash = ");
	quote_literal(out, store->lexis, entry->started_hash ? entry->started_hash : "");
	strbuf_addstr(out, ", started_state = ");
	add_state(store, entry, out);
}

void store_sql_resume(const struct store *store, const struct history_entry *entry,
	struct strbuf *out)
{
	strbuf_addf(out, "UPDATE %s SET ", store->history);
	add_set(store, "outcome", "running", out);
	add_set(store, "checksum", entry->checksum, out);
	add_set(store, "dialect", entry->dialect ? entry->dialect : "", out);
	add_set(store, "message", entry->message, out);
	add_set(store, "parents", entry->parents, out);
	add_set(store, "depends", entry->depends, out);
	add_set(store, "downgrade", entry->downgrade, out);
	add_set(store, "finished_at", "", out);
	add_set(store, "error", "", out);
	add_counts(store, entry, out);
	strbuf_addf(out, ", statements_total = %" PRId64 " WHERE seq = %" PRId64, entry->total,
		entry->seq);
}

void store_sql_journal(const struct store *store, const struct history_entry *entry,
	struct strbuf *out)
{
	strbuf_addf(out, "UPDATE %s SET outcome = 'running', ", store->history);
	add_counts(store, entry, out);
	strbuf_addf(out, " WHERE seq = %" PRId64, entry->seq);
}

void store_sql_finish(const struct store *store, const struct history_entry *entry,
	const char *outcome, const char *error, const struct version_change *change, bool counts,
	struct strbuf *out)
{
	strbuf_addf(out, "UPDATE %s SET outcome = ", store->history);
	quote_literal(out, store->lexis, outcome);
	strbuf_addstr(out, ", error = ");
	quote_literal(out, store->lexis, error ? error : "");
	if (counts) {
		strbuf_addstr(out, ", ");
		add_counts(store, entry, out);
	}
	if (rows_taken(change) > 0) {
		strbuf_addstr(out, ", rows_matched = ");
		add_guard(store, change, out);
	}
	strbuf_addstr(out, ", finished_at = ");
	if (store->traits->clock) {
		strbuf_addstr(out, store->traits->clock);
	} else {
		char now[CLOCK_TEXT];

		clock_text(now);
		quote_literal(out, store->lexis, now);
	}
	strbuf_addf(out, " WHERE seq = %" PRId64, entry->seq);
}
