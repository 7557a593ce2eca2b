/* SPDX-License-Identifier: BSD-2-Clause */
/* The SQL of a lock that is a row, or rather two, of limbeck_lock. */
#include "store/store.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/error.h"
#include "sql/quote.h"

enum part { PART_BEAT, PART_OWNER };

/* In this order the engine meets them by their key. */
static const char *const parts[] = { "beat", "owner" };

static const char columns[] = "version_table, part, token, holder, node, since, beat, beat_at";

void store_sql_create_lock(const struct store *store, struct strbuf *out)
{
	strbuf_addf(out, "CREATE TABLE IF NOT EXISTS %s (\n"
		"    version_table VARCHAR(255) NOT NULL,\n"
		"    part VARCHAR(16) NOT NULL,\n"
		"    token VARCHAR(255) NOT NULL,\n"
		"    holder VARCHAR(255) NOT NULL,\n"
		"    node VARCHAR(255) NOT NULL,\n"
		"    since VARCHAR(40) NOT NULL,\n"
		"    beat %s NOT NULL,\n"
		"    beat_at VARCHAR(40) NOT NULL,\n"
		"    PRIMARY KEY (version_table, part)\n)%s", store->lock,
		store->traits->integer_type,
		store->traits->table_suffix ? store->traits->table_suffix : "");
}

static void add_literal(const struct store *store, const char *before, const char *text,
	struct strbuf *out)
{
	strbuf_addstr(out, before);
	quote_literal(out, store->lexis, text);
}

static void add_now(const struct store *store, const char *before, struct strbuf *out)
{
	char now[CLOCK_TEXT];

	if (store->traits->clock) {
		strbuf_addf(out, "%s%s", before, store->traits->clock);
		return;
	}
	clock_text(now);
	add_literal(store, before, now, out);
}

static void add_where(const struct store *store, enum part part, const char *token,
	struct strbuf *out)
{
	add_literal(store, " WHERE version_table = ", store->table, out);
	add_literal(store, " AND part = ", parts[part], out);
	add_literal(store, " AND token = ", token, out);
}

void store_sql_insert_lease(const struct store *store, int part, struct strbuf *out)
{
	strbuf_addf(out, "INSERT INTO %s (%s) VALUES (", store->lock, columns);
	quote_literal(out, store->lexis, store->table);
	add_literal(store, ", ", parts[part != 0], out);
	strbuf_addstr(out, ", '', '', '', '', 0, '')");
}

static void add_beat(const struct store *store, struct strbuf *out)
{
	strbuf_addf(out, "UPDATE %s SET beat = beat + 1, beat_at = ", store->lock);
	add_now(store, "", out);
}

void store_sql_take_beat(const struct store *store, const struct store_lease *from,
	const char *token, struct strbuf *out)
{
	add_beat(store, out);
	add_literal(store, ", token = ", token, out);
	add_where(store, PART_BEAT, from->token, out);
	strbuf_addf(out, " AND beat = %" PRId64, from->beat);
}

void store_sql_take_lease(const struct store *store, const struct store_lease *from,
	const struct store_lease *to, struct strbuf *out)
{
	strbuf_addf(out, "UPDATE %s SET ", store->lock);
	add_literal(store, "token = ", to->token, out);
	add_literal(store, ", holder = ", to->holder, out);
	add_literal(store, ", node = ", to->node, out);
	add_now(store, ", since = ", out);
	add_where(store, PART_OWNER, from->token, out);
}

void store_sql_beat(const struct store *store, const char *token, struct strbuf *out)
{
	add_beat(store, out);
	add_where(store, PART_BEAT, token, out);
}

void store_sql_free_lease(const struct store *store, const char *token, struct strbuf *out)
{
	strbuf_addf(out, "UPDATE %s SET token = '', holder = '', node = '', since = ''", store->lock);
	add_literal(store, " WHERE version_table = ", store->table, out);
	add_literal(store, " AND token = ", token, out);
}

/* Puts in once more the row that another one has, if there is such a one. */
void store_sql_check_lease(const struct store *store, const char *token, struct strbuf *out)
{
	strbuf_addf(out, "INSERT INTO %s (%s) SELECT %s FROM %s", store->lock, columns, columns,
		store->lock);
	add_literal(store, " WHERE version_table = ", store->table, out);
	add_literal(store, " AND part = ", parts[PART_OWNER], out);
	add_literal(store, " AND token <> ", token, out);
}

static void sql_select(const struct store *store, struct strbuf *out)
{
	strbuf_addstr(out, "SELECT o.token, o.holder, o.node, o.since, b.beat, b.beat_at");
	add_now(store, ", ", out);
	strbuf_addf(out, " FROM %s o, %s b", store->lock, store->lock);
	add_literal(store, " WHERE o.version_table = ", store->table, out);
	add_literal(store, " AND o.part = ", parts[PART_OWNER], out);
	add_literal(store, " AND b.version_table = ", store->table, out);
	add_literal(store, " AND b.part = ", parts[PART_BEAT], out);
}

static const char *text_of(const char *value)
{
	return value ? value : "";
}

int store_read_lease(const struct store *store, struct connection *connection,
	struct arena *arena, struct store_lease *lease, bool *found, bool *missing,
	struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	struct strbuf sql = STRBUF_INIT;
	struct rows rows = { 0 };
	int result;

	sql_select(store, &sql);
	result = strbuf_failed(&sql) ? error_nomem(&problem)
		: connection_query(connection, arena, sql.buf, &rows, &problem);
	strbuf_release(&sql);
	*missing = result < 0 && error_is(&problem, LIMBECK_E_NO_TABLE);
	*found = result == 0 && rows.count == 1;
	if (result < 0 && !*missing) {
		error_move(err, &problem);
		return -1;
	}
	limbeck_error_release(&problem);
	if (*found)
		*lease = (struct store_lease) { text_of(rows.items[0][0]),
			text_of(rows.items[0][1]), text_of(rows.items[0][2]),
			text_of(rows.items[0][3]), strtoll(text_of(rows.items[0][4]), NULL, 10),
			text_of(rows.items[0][5]), text_of(rows.items[0][6]) };
	return 0;
}
