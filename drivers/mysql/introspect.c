/* SPDX-License-Identifier: BSD-2-Clause */
#include "introspect.h"

#include <string.h>

/* The answer has a row for each column that is there. */
static const struct {
	const char *table;
	const char *column;
	unsigned known;
} wanted[] = {
	{ "COLUMNS", "GENERATION_EXPRESSION", KNOWN_GENERATED },
	{ "COLUMNS", "SRS_ID", KNOWN_SRS },
	{ "STATISTICS", "EXPRESSION", KNOWN_EXPRESSIONS },
	{ "STATISTICS", "IS_VISIBLE", KNOWN_VISIBLE },
	{ "STATISTICS", "IGNORED", KNOWN_IGNORED },
	{ "CHECK_CONSTRAINTS", "CHECK_CLAUSE", KNOWN_CHECKS },
	{ "CHECK_CONSTRAINTS", "TABLE_NAME", KNOWN_CHECK_TABLE },
	{ "CHECK_CONSTRAINTS", "LEVEL", KNOWN_CHECK_LEVEL },
	{ "TABLE_CONSTRAINTS", "ENFORCED", KNOWN_ENFORCED },
	{ "VIEWS", "ALGORITHM", KNOWN_ALGORITHM },
	{ "PARAMETERS", "PARAMETER_DEFAULT", KNOWN_PARAMETER_DEFAULT },
};

static int read_result(struct reader *r, reader_row_fn *fn, void *data, struct limbeck_error *err)
{
	MYSQL_RES *result = mysql_use_result(r->c->link);
	int status = 0;
	MYSQL_ROW row;

	if (!result)
		return connection_fail(r->c, NULL, err);
	while ((row = mysql_fetch_row(result)) != NULL) {
		if (status == 0)
			status = fn(r, data, row, err);
	}
	if (status == 0 && mysql_errno(r->c->link))
		status = connection_fail(r->c, NULL, err);
	mysql_free_result(result);
	return status;
}

int reader_query(struct reader *r, struct text *sql, reader_row_fn *fn, void *data,
	struct limbeck_error *err)
{
	int status;

	connection_enter(r->c);
	if (sql->failed)
		status = connection_nomem(err);
	else if (connection_interrupted(r->c))
		status = limbeck_host->fail(err, LIMBECK_E_CANCELLED, "interrupted");
	else if (mysql_real_query(r->c->link, text_string(sql), (unsigned long)sql->length) != 0)
		status = connection_fail(r->c, NULL, err);
	else
		status = read_result(r, fn, data, err);
	connection_leave(r->c);
	text_release(sql);
	return status;
}

static int read_known(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	size_t i;

	(void)data, (void)err;
	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		if (same_word(row[0], wanted[i].table) && same_word(row[1], wanted[i].column))
			r->known |= wanted[i].known;
	}
	return 0;
}

static int ask_known(struct reader *r, struct limbeck_error *err)
{
	struct text sql = TEXT_INIT;
	size_t i;

	text_add(&sql, "SELECT table_name, column_name FROM information_schema.columns "
		"WHERE table_schema = 'information_schema' AND table_name IN (");
	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		text_addf(&sql, "%s'%s'", i > 0 ? ", " : "", wanted[i].table);
	text_add(&sql, ")");
	return reader_query(r, &sql, read_known, NULL, err);
}

static int read_standards(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	(void)data;
	r->collation = text_copy(row[0]);
	r->engine = text_copy(row[1]);
	return r->collation && r->engine ? 0 : connection_nomem(err);
}

static int ask_standards(struct reader *r, struct limbeck_error *err)
{
	struct text sql = TEXT_INIT;

	text_addf(&sql, "SELECT default_collation_name, @@default_storage_engine "
		"FROM information_schema.schemata WHERE schema_name = %s", text_string(&r->schema));
	if (reader_query(r, &sql, read_standards, NULL, err) < 0)
		return -1;
	if (r->collation)
		return 0;
	return limbeck_host->fail(err, LIMBECK_E_SQL, "database \"%s\" is not there any more",
		r->c->database);
}

static int read_all(struct reader *r, struct limbeck_error *err)
{
	static int (*const steps[])(struct reader *, struct limbeck_error *) = {
		ask_known, ask_standards, reader_tables, reader_foreign_keys, reader_indexes,
		reader_columns, reader_checks, reader_partitions, reader_sequences, reader_views,
		reader_triggers, reader_routines, reader_events,
	};
	size_t i;

	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (steps[i](r, err) < 0)
			return -1;
	}
	return r->scratch.failed ? connection_nomem(err) : 0;
}

int connection_introspect(void *conn, struct limbeck_introspect *request,
	struct limbeck_catalog *catalog, struct limbeck_error *err)
{
	struct reader r = { .c = conn, .catalog = catalog };
	int status;

	request->default_schema = NULL;
	if (!r.c->database) {
		limbeck_host->fail(err, LIMBECK_E_CONFIG, "no database is chosen");
		limbeck_host->fail_hint(err, "Name it in the URL: mysql://user@host/database.");
		return -1;
	}
	r.mariadb = strcmp(r.c->product, "mariadb") == 0;
	r.backslash = (r.c->lexis.flags & LIMBECK_LEX_BACKSLASH) != 0;
	text_add_literal(&r.schema, r.c->database, r.backslash);
	status = r.schema.failed ? connection_nomem(err) : read_all(&r, err);
	text_release(&r.schema);
	text_release(&r.sequences);
	text_release(&r.scratch);
	limbeck_host->free(r.collation);
	limbeck_host->free(r.engine);
	return status;
}

/* MySQL escapes quotes and backslashes of the expressions that it shows. */
void reader_expression(const struct reader *r, struct text *out, const char *sql)
{
	if (r->mariadb) {
		strip_database(out, r, sql);
		return;
	}
	for (; *sql; sql++) {
		if (*sql == '\\' && (sql[1] == '\'' || sql[1] == '\\'))
			sql++;
		text_add_n(out, sql, 1);
	}
}

size_t charset_length(const char *collation)
{
	return strcspn(collation, "_");
}
