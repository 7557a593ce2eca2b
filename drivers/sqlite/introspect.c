/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The schema into a catalog. What SQLite knows of a table it reads from the text
 * of its CREATE TABLE, which it keeps and changes with each ALTER TABLE; so is it
 * read here ("The Schema Table" in its documentation). Its pragmas lack names of
 * constraints, checks, expressions.
 */
#include "schema.h"

#include <string.h>

/* Tables without a page are virtual, or views; what these modules keep in tables
 * of their own goes by these names. */
#define OBJECTS_SQL                                                                        \
	"WITH virtual AS (SELECT name, sql FROM main.sqlite_master"                        \
	" WHERE type = 'table' AND rootpage = 0),"                                         \
	" shadow(module, suffix) AS (VALUES ('fts3', '_content'), ('fts3', '_segments'),"  \
	" ('fts3', '_segdir'), ('fts3', '_docsize'), ('fts3', '_stat'),"                   \
	" ('fts4', '_content'), ('fts4', '_segments'), ('fts4', '_segdir'),"               \
	" ('fts4', '_docsize'), ('fts4', '_stat'), ('fts5', '_data'), ('fts5', '_idx'),"   \
	" ('fts5', '_content'), ('fts5', '_docsize'), ('fts5', '_config'),"                \
	" ('rtree', '_node'), ('rtree', '_rowid'), ('rtree', '_parent'),"                  \
	" ('geopoly', '_node'), ('geopoly', '_rowid'), ('geopoly', '_parent'))"            \
	" SELECT type, name, tbl_name, sql FROM main.sqlite_master"                        \
	" WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"                \
	" AND lower(tbl_name) NOT IN (SELECT lower(v.name || s.suffix)"                    \
	" FROM virtual AS v JOIN shadow AS s ON v.sql LIKE '%using%' || s.module || '%')"

/* The engine knows best, where it can be asked. */
#define SHADOWS_SQL                                                                        \
	" AND tbl_name NOT IN (SELECT name FROM pragma_table_list"                         \
	" WHERE schema = 'main' AND type = 'shadow')"

#define ORDER_SQL                                                                          \
	" ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 WHEN 'view' THEN 2"   \
	" ELSE 3 END, name"

enum { TABLE_LIST_SINCE = 3037000 };

struct row {
	const char *type;
	const char *name;
	const char *table;
	const char *sql;
};

struct introspection {
	struct conn *conn;
	struct limbeck_catalog *catalog;
	struct names names;
	struct pool pool;   /* for one object */
	struct limbeck_error *err;
};

static int no_memory(struct limbeck_error *err)
{
	return limbeck_host->fail(err, LIMBECK_E_NOMEM, "out of memory");
}

static int unreadable(const struct introspection *in, const struct row *row, char *detail)
{
	if (in->pool.failed || !detail) {
		sqlite3_free(detail);
		return no_memory(in->err);
	}
	limbeck_host->fail(in->err, LIMBECK_E_UNSUPPORTED,
		"the definition of %s \"%s\" can't be read", row->type, row->name);
	limbeck_host->fail_detail(in->err, detail);
	limbeck_host->fail_hint(in->err, "The column sql of the table sqlite_schema has the text.");
	sqlite3_free(detail);
	return -1;
}

/* Where the reading of the text stopped. */
static int stopped(const struct introspection *in, const struct row *row,
	const struct cursor *cursor)
{
	const char *rest = row->sql + cursor_offset(cursor);

	return unreadable(in, row, *rest ?
		sqlite3_mprintf("It goes on in a way that is not understood: %.60s", rest) :
		sqlite3_mprintf("It ends before it is complete."));
}

/* Whether what was read are the columns that SQLite sees. */
static bool columns_agree(const struct introspection *in, const struct names_table *known,
	const char *table)
{
	const struct limbeck_object *column = NULL;
	size_t i = 0;

	while ((column = limbeck_host->object_next(in->catalog, LIMBECK_KIND_COLUMN, NULL, table,
			column))) {
		if (i == known->count ||
		    strcmp(limbeck_host->object_name(column), known->columns[i]) != 0)
			return false;
		i++;
	}
	return i == known->count;
}

static void add_other(const struct introspection *in, const struct row *row)
{
	struct limbeck_object *object = limbeck_host->object_add(in->catalog, LIMBECK_KIND_OTHER,
		NULL, NULL, row->name, NULL);

	limbeck_host->object_set(object, LIMBECK_ATTR_WORD, "TABLE");
	limbeck_host->object_set(object, LIMBECK_ATTR_DEFINITION, row->sql);
}

static int add_table(struct introspection *in, const struct row *row)
{
	struct reading reading = { .catalog = in->catalog, .names = &in->names,
		.table = row->name, .pool = &in->pool };
	struct cursor start;

	cursor_init(&reading.cursor, row->sql, strlen(row->sql));
	start = reading.cursor;
	if (cursor_take_word(&start, "CREATE") && cursor_at_word(&start, "VIRTUAL")) {
		add_other(in, row);
		return 0;
	}
	reading.self = names_find(&in->names, row->name);
	if (!parse_table(&reading))
		return stopped(in, row, &reading.cursor);
	if (reading.self && !columns_agree(in, reading.self, row->name))
		return unreadable(in, row, sqlite3_mprintf("%s",
			"The columns in it are not those that SQLite sees in the table."));
	return 0;
}

static int add_index(struct introspection *in, const struct row *row)
{
	const char *table = names_table(&in->names, row->table);
	struct reading reading = { .catalog = in->catalog, .names = &in->names, .table = table,
		.pool = &in->pool };
	struct limbeck_object *index = limbeck_host->object_add(in->catalog, LIMBECK_KIND_INDEX,
		NULL, table, row->name, NULL);

	reading.self = names_find(&in->names, table);
	cursor_init(&reading.cursor, row->sql, strlen(row->sql));
	return parse_index(&reading, index) ? 0 : stopped(in, row, &reading.cursor);
}

static int add_object(struct introspection *in, const struct row *row)
{
	struct limbeck_object *object;

	if (strcmp(row->type, "table") == 0)
		return add_table(in, row);
	if (strcmp(row->type, "index") == 0)
		return add_index(in, row);
	if (strcmp(row->type, "view") == 0)
		object = limbeck_host->object_add(in->catalog, LIMBECK_KIND_VIEW, NULL, NULL,
			row->name, NULL);
	else
		object = limbeck_host->object_add(in->catalog, LIMBECK_KIND_TRIGGER, NULL,
			names_table(&in->names, row->table), row->name, NULL);
	limbeck_host->object_set(object, LIMBECK_ATTR_DEFINITION, row->sql);
	return 0;
}

static int add_row(struct introspection *in, sqlite3_stmt *statement)
{
	struct row row = {
		.type = (const char *)sqlite3_column_text(statement, 0),
		.name = (const char *)sqlite3_column_text(statement, 1),
		.table = (const char *)sqlite3_column_text(statement, 2),
		.sql = (const char *)sqlite3_column_text(statement, 3),
	};
	int result;

	if (!row.type || !row.name || !row.table || !row.sql)
		return sqlite3_errcode(in->conn->db) == SQLITE_NOMEM ? no_memory(in->err) : 0;
	result = add_object(in, &row);
	pool_release(&in->pool);
	return result;
}

static int add_objects(struct introspection *in)
{
	const char *sql = sqlite3_libversion_number() >= TABLE_LIST_SINCE ?
		OBJECTS_SQL SHADOWS_SQL ORDER_SQL : OBJECTS_SQL ORDER_SQL;
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(in->conn->db, sql, -1, &statement, NULL) != SQLITE_OK)
		return failure(in->conn, NULL, 0, in->err);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		if (add_row(in, statement) == 0)
			continue;
		sqlite3_finalize(statement);
		return -1;
	}
	return sqlite3_finalize(statement) == SQLITE_OK ? 0 : failure(in->conn, NULL, 0, in->err);
}

/* The savepoint makes both queries see one state. */
int introspect(void *data, struct limbeck_introspect *request, struct limbeck_catalog *catalog,
	struct limbeck_error *err)
{
	struct introspection in = { .conn = data, .catalog = catalog, .err = err };
	sqlite3 *db = in.conn->db;
	int result;

	(void)request;
	if (sqlite3_exec(db, "SAVEPOINT limbeck_introspect", NULL, NULL, NULL) != SQLITE_OK)
		return failure(in.conn, NULL, 0, err);
	result = names_load(&in.names, in.conn, err);
	if (result == 0)
		result = add_objects(&in);
	names_release(&in.names);
	sqlite3_exec(db, "RELEASE limbeck_introspect", NULL, NULL, NULL);
	return result;
}
