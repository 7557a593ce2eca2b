/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A scratch promises that nothing outside of it is changed. SQLite asks before it
 * prepares what reaches a file ("Compile-Time Authorization Callbacks"), VACUUM INTO
 * included, which attaches the file that it writes.
 */
#include "driver.h"

#include <string.h>

/* Settings of the whole process, and places of files. */
static const char *const pragmas[] = {
	"temp_store_directory", "data_store_directory", "lock_proxy_file", "soft_heap_limit",
	"hard_heap_limit",
};

static int refuse(struct conn *conn, const char *what)
{
	conn->reached = what;
	return SQLITE_DENY;
}

/* What is attached without a name is a temporary file, as plain VACUUM makes it. */
static bool is_temporary(const char *file)
{
	return file && (!*file || strcmp(file, ":memory:") == 0);
}

static int judge(void *data, int action, const char *first, const char *second,
	const char *database, const char *trigger)
{
	struct conn *conn = data;

	(void)database, (void)trigger;
	if (action == SQLITE_ATTACH && !is_temporary(first))
		return refuse(conn, "another database file");
	if (action == SQLITE_FUNCTION && second && sqlite3_stricmp(second, "load_extension") == 0)
		return refuse(conn, "load_extension()");
	for (size_t i = 0; action == SQLITE_PRAGMA && second && i < sizeof pragmas / sizeof *pragmas;
		i++)
		if (sqlite3_stricmp(first, pragmas[i]) == 0)
			return refuse(conn, pragmas[i]);
	return SQLITE_OK;
}

void guard_open(struct conn *conn)
{
	sqlite3_set_authorizer(conn->db, judge, conn);
}

int guard_fail(struct conn *conn, size_t position, struct limbeck_error *err)
{
	limbeck_host->fail(err, LIMBECK_E_UNSUPPORTED, "%s is outside of the scratch database",
		conn->reached);
	limbeck_host->fail_detail(err, "Schemas and revisions are tried out in a database in "
		"memory, and nothing else may be changed by that, or read.");
	limbeck_host->fail_hint(err, "In a revision, put it between `-- @except scratch` and "
		"`-- @end`: it is run by upgrade, and not where revisions are only tried out.");
	limbeck_host->fail_position(err, position);
	conn->reached = NULL;
	return -1;
}
