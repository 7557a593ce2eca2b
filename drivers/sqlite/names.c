/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of tables and columns, as they were declared. */
#include "schema.h"

#include <stdlib.h>
#include <string.h>

/* A virtual table has no page; asking for its columns would need its module. */
static const char names_sql[] =
	"SELECT name, NULL, -1 FROM main.sqlite_master"
	" WHERE type IN ('table', 'view') UNION ALL "
	"SELECT m.name, c.name, c.cid"
	" FROM main.sqlite_master AS m CROSS JOIN pragma_table_xinfo(m.name, 'main') AS c"
	" WHERE m.type = 'table' AND m.rootpage > 0 "
	"ORDER BY 1 COLLATE NOCASE, 1, 3";

/* Room for one more item behind count items; arrays grow at powers of two. */
static void *with_room(void *items, size_t count, size_t size)
{
	if (count & (count - 1))
		return items;
	return sqlite3_realloc64(items, (count ? 2 * count : 1) * size);
}

static bool add_table(struct names *names, const char *name)
{
	void *tables = with_room(names->tables, names->count, sizeof *names->tables);

	if (!tables)
		return false;
	names->tables = tables;
	names->tables[names->count] = (struct names_table){
		.name = pool_copy(&names->pool, name, strlen(name)) };
	return names->tables[names->count].name && ++names->count;
}

static bool add_column(struct names *names, const char *name)
{
	struct names_table *table = &names->tables[names->count - 1];
	void *columns = with_room(table->columns, table->count, sizeof *table->columns);

	if (!columns)
		return false;
	table->columns = columns;
	table->columns[table->count] = pool_copy(&names->pool, name, strlen(name));
	return table->columns[table->count] && ++table->count;
}

static bool add_row(struct names *names, sqlite3_stmt *statement)
{
	const char *table = (const char *)sqlite3_column_text(statement, 0);
	const char *column = (const char *)sqlite3_column_text(statement, 1);

	if (!table)
		return sqlite3_column_type(statement, 0) == SQLITE_NULL;
	if (!column)
		return add_table(names, table);
	/* The first row of a table has no column, since -1 sorts first. */
	return names->count && add_column(names, column);
}

int names_load(struct names *names, struct conn *conn, struct limbeck_error *err)
{
	sqlite3_stmt *statement = NULL;
	int result;

	if (sqlite3_prepare_v2(conn->db, names_sql, -1, &statement, NULL) != SQLITE_OK)
		return failure(conn, NULL, 0, err);
	while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
		if (add_row(names, statement))
			continue;
		sqlite3_finalize(statement);
		return limbeck_host->fail(err, LIMBECK_E_NOMEM, "out of memory");
	}
	if (sqlite3_finalize(statement) != SQLITE_OK)
		return failure(conn, NULL, 0, err);
	return result == SQLITE_DONE ? 0 : -1;
}

void names_release(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		sqlite3_free(names->tables[i].columns);
	sqlite3_free(names->tables);
	pool_release(&names->pool);
}

static int compare(const void *key, const void *item)
{
	const struct names_table *table = item;

	return sqlite3_stricmp(key, table->name);
}

const struct names_table *names_find(const struct names *names, const char *table)
{
	return names->count ? bsearch(table, names->tables, names->count, sizeof *names->tables,
		compare) : NULL;
}

const char *names_table(const struct names *names, const char *table)
{
	const struct names_table *found = names_find(names, table);

	return found ? found->name : table;
}

const char *names_column(const struct names_table *table, const char *column)
{
	for (size_t i = 0; table && i < table->count; i++)
		if (sqlite3_stricmp(table->columns[i], column) == 0)
			return table->columns[i];
	return column;
}
