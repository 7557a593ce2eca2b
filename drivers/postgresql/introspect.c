/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <string.h>

#include "introspect.h"

/* The settings that the server's texts depend on; each lasts until the end of the
 * transaction, or until the savepoint is rolled back. The search path is first
 * that of a new session, since a statement may have changed it. */
#define SETTINGS \
	"SET LOCAL search_path TO DEFAULT; " \
	"SELECT s.name, pg_catalog.quote_ident(s.name), " \
	"pg_catalog.set_config('search_path', pg_catalog.quote_ident(s.name)"
#define MORE_SETTINGS \
	", true), " \
	"pg_catalog.set_config('datestyle', 'ISO', true), " \
	"pg_catalog.set_config('intervalstyle', 'postgres', true), " \
	"pg_catalog.set_config('timezone', 'UTC', true), " \
	"pg_catalog.set_config('bytea_output', 'hex', true), " \
	"pg_catalog.set_config('extra_float_digits', '1', true), " \
	"pg_catalog.set_config('quote_all_identifiers', 'off', true), " \
	"pg_catalog.set_config('jit', 'off', true) " \
	"FROM (SELECT coalesce(pg_catalog.current_schema(), 'public') AS name OFFSET 0) s"

static int take_home(struct reader *reader, const struct row *row)
{
	reader->home = reader_copy(reader, row_text(row, 0));
	reader->quoted_home = reader_copy(reader, row_text(row, 1));
	if (!reader->home || !reader->quoted_home)
		return postgresql_nomem(reader->err);
	snprintf(reader->pg->home, sizeof(reader->pg->home), "%s", reader->home);
	reader->request->default_schema = reader->pg->home;
	return 0;
}

/* One message, so that it is one query. */
static int start(struct reader *reader, bool inside)
{
	char behind[96] = "";
	const struct piece pieces[] = {
		{ 0, 0, inside ? "SAVEPOINT limbeck_introspect; " :
			"BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; " },
		{ 0, 0, SETTINGS }, { 0, 0, behind }, { 0, 0, MORE_SETTINGS },
	};

	if (reader->pg->behind[0])
		snprintf(behind, sizeof(behind), " || ', %s'", reader->pg->behind);
	return reader_query(reader, pieces, LENGTH(pieces), take_home);
}

static int take_nothing(struct reader *reader, const struct row *row)
{
	(void)reader, (void)row;
	return 0;
}

static int finish(struct reader *reader, bool inside, bool failed)
{
	const struct piece back = { 0, 0, "ROLLBACK TO SAVEPOINT limbeck_introspect; "
		"RELEASE SAVEPOINT limbeck_introspect" };
	const struct piece end = { 0, 0, "ROLLBACK" };
	struct limbeck_error *err = reader->err;
	int status;

	if (failed && PQtransactionStatus(reader->pg->link) == PQTRANS_IDLE)
		return -1;
	/* The first error is the one to tell. */
	if (failed)
		reader->err = NULL;
	status = reader_query(reader, inside ? &back : &end, 1, take_nothing);
	reader->err = err;
	return failed ? -1 : status;
}

static int read_all(struct reader *reader)
{
	int (*const steps[])(struct reader *) = {
		read_schemas, read_types, read_relations, read_columns, add_sequences,
		read_constraints, read_indexes, read_functions, read_others, read_dependencies,
		read_comments,
	};
	size_t i;

	for (i = 0; i < LENGTH(steps); i++) {
		if (steps[i](reader) < 0)
			return -1;
	}
	return 0;
}

int postgresql_introspect(void *conn, struct limbeck_introspect *request,
	struct limbeck_catalog *catalog, struct limbeck_error *err)
{
	struct postgresql *pg = conn;
	struct reader reader = { .pg = pg, .request = request, .catalog = catalog, .err = err };
	bool inside = PQtransactionStatus(pg->link) != PQTRANS_IDLE;
	int status;

	reader.version = PQserverVersion(pg->link);
	reader.last_sequence = &reader.sequences;
	strings_add(&reader.schemas, "");
	postgresql_enter(pg, false);
	status = start(&reader, inside);
	if (status == 0)
		status = read_all(&reader);
	status = finish(&reader, inside, status < 0);
	postgresql_leave(pg);
	reader_release(&reader);
	return status;
}
