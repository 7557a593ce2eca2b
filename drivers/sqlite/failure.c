/* SPDX-License-Identifier: BSD-2-Clause */
/* From SQLite's result codes and messages to errors. */
#include "driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

struct meaning {
	int result;          /* an extended or a primary result code */
	const char *message; /* what the message begins with, NULL: anything */
	const char *sqlstate;
	int code;
};

/* The first that fits counts. SQLite's "Result and Error Codes"; the states are
 * the standard's, else PostgreSQL's (its appendix "Error Codes"). */
static const struct meaning meanings[] = {
	{ SQLITE_CONSTRAINT_UNIQUE, NULL, "23505", LIMBECK_E_SQL },
	{ SQLITE_CONSTRAINT_PRIMARYKEY, NULL, "23505", LIMBECK_E_SQL },
	{ SQLITE_CONSTRAINT_ROWID, NULL, "23505", LIMBECK_E_SQL },
	{ SQLITE_CONSTRAINT_NOTNULL, NULL, "23502", LIMBECK_E_SQL },
	{ SQLITE_CONSTRAINT_FOREIGNKEY, NULL, "23503", LIMBECK_E_SQL },
	{ SQLITE_CONSTRAINT_CHECK, NULL, "23514", LIMBECK_E_SQL },
	{ SQLITE_CONSTRAINT, NULL, "23000", LIMBECK_E_SQL },
	{ SQLITE_BUSY, NULL, "55P03", LIMBECK_E_BUSY },
	{ SQLITE_LOCKED, NULL, "55P03", LIMBECK_E_BUSY },
	{ SQLITE_INTERRUPT, NULL, "57014", LIMBECK_E_CANCELLED },
	{ SQLITE_READONLY, NULL, "25006", LIMBECK_E_SQL },
	{ SQLITE_FULL, NULL, "53100", LIMBECK_E_SQL },
	{ SQLITE_NOMEM, NULL, "53200", LIMBECK_E_NOMEM },
	{ SQLITE_NOTADB, NULL, "XX001", LIMBECK_E_CONNECT },
	{ SQLITE_CORRUPT, NULL, "XX001", LIMBECK_E_SQL },
	{ SQLITE_IOERR, NULL, "58030", LIMBECK_E_SQL },
	{ SQLITE_CANTOPEN, NULL, "58030", LIMBECK_E_SQL },
	{ SQLITE_TOOBIG, NULL, "54000", LIMBECK_E_SQL },
	{ SQLITE_MISMATCH, NULL, "42804", LIMBECK_E_SQL },
	{ SQLITE_AUTH, NULL, "42501", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "near \"", "42601", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "incomplete input", "42601", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "unrecognized token", "42601", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "no such table", "42P01", LIMBECK_E_NO_TABLE },
	{ SQLITE_ERROR, "no such view", "42P01", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "no such column", "42703", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "no such index", "42704", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "no such trigger", "42704", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "no such collation", "42704", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "no such function", "42883", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "ambiguous column name", "42702", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "duplicate column name", "42701", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "foreign key mismatch", "42830", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "cannot start a transaction", "25001", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "cannot commit - no trans", "25P01", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "cannot rollback - no trans", "25P01", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "Cannot add a", "0A000", LIMBECK_E_SQL },
	{ SQLITE_ERROR, "cannot drop", "0A000", LIMBECK_E_SQL },
};

/* Where the name comes first, the end of the message tells. */
static const struct meaning endings[] = {
	{ SQLITE_ERROR, " already exists", "42P07", LIMBECK_E_SQL },
	{ SQLITE_ERROR, " already another table or index with this name", "42P07", LIMBECK_E_SQL },
	{ SQLITE_ERROR, " values were supplied", "42601", LIMBECK_E_SQL },
};

/* How other engines' spellings are written here. */
static const struct {
	const char *message;
	const char *hint;
} hints[] = {
	{ "no such function: now", "SQLite writes CURRENT_TIMESTAMP." },
	{ "no such function: gen_random_uuid", "SQLite writes lower(hex(randomblob(16)))." },
	{ "Cannot add a NOT NULL column",
	  "Give the column a DEFAULT that is not NULL; or rebuild the table: create a new one, copy "
	  "the rows, drop the old one, rename the new one." },
	{ "Cannot add a UNIQUE column",
	  "Add the column without UNIQUE, then create a unique index on it." },
	{ "near \"AUTO_INCREMENT\"", "SQLite writes INTEGER PRIMARY KEY AUTOINCREMENT." },
	{ "near \"TRUNCATE\"", "SQLite writes DELETE FROM." },
};

static const char alter_hint[] =
	"SQLite's ALTER TABLE renames a table, and adds, renames or drops a column. For anything "
	"else, rebuild the table: create a new one, copy the rows with INSERT ... SELECT, drop "
	"the old one, rename the new one.";

static bool starts(const char *text, const char *start)
{
	return strncasecmp(text, start, strlen(start)) == 0;
}

static bool ends(const char *text, const char *end)
{
	size_t length = strlen(text), ending = strlen(end);

	return length >= ending && strcmp(text + length - ending, end) == 0;
}

static const struct meaning *find_meaning(int result, const char *message)
{
	static const struct meaning unknown = { 0, NULL, NULL, LIMBECK_E_SQL };

	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		const struct meaning *m = &meanings[i];

		if ((m->result == result || m->result == (result & 0xff)) &&
		    (!m->message || starts(message, m->message)))
			return m;
	}
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if ((result & 0xff) == SQLITE_ERROR && ends(message, endings[i].message))
			return &endings[i];
	if ((result & 0xff) == SQLITE_ERROR && strstr(message, " has no column named "))
		return find_meaning(SQLITE_ERROR, "no such column");
	return &unknown;
}

static bool alter_is_unsupported(const char *sql, const char *sqlstate)
{
	return sql && sqlstate && exec_begins_with(sql, "ALTER") &&
		(strcmp(sqlstate, "42601") == 0 || strcmp(sqlstate, "0A000") == 0);
}

static void add_hint(const struct conn *conn, const char *sql, const struct meaning *meaning,
	const char *message, struct limbeck_error *err)
{
	char text[160];

	if (meaning->code == LIMBECK_E_BUSY) {
		snprintf(text, sizeof text,
			"Another connection uses the database, and %d ms of waiting did not help; "
			"busy_timeout=MS in the URL changes how long to wait.", conn->busy_timeout);
		limbeck_host->fail_hint(err, text);
		return;
	}
	if (alter_is_unsupported(sql, meaning->sqlstate))
		limbeck_host->fail_hint(err, alter_hint);
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
		if (starts(message, hints[i].message))
			limbeck_host->fail_hint(err, hints[i].hint);
}

/* For failures that are about the file, its name. */
static void add_file(sqlite3 *db, int result, struct limbeck_error *err)
{
	const char *file = sqlite3_db_filename(db, "main");
	char *text;

	switch (result & 0xff) {
	case SQLITE_READONLY:
	case SQLITE_FULL:
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		break;
	default:
		return;
	}
	if (!file || !*file)
		return;
	text = sqlite3_mprintf("The database is the file \"%s\".", file);
	limbeck_host->fail_detail(err, text);
	sqlite3_free(text);
}

static int fail_late(const struct conn *conn, size_t position, struct limbeck_error *err)
{
	limbeck_host->fail(err, LIMBECK_E_SQL, "the statement ran longer than %g s",
		(double)conn->allowed / 1000);
	limbeck_host->fail_sqlstate(err, "57014", SQLITE_INTERRUPT);
	limbeck_host->fail_hint(err, "statement_timeout in limbeck.ini is the limit.");
	limbeck_host->fail_position(err, position);
	return -1;
}

static int fill(struct conn *conn, const char *sql, size_t position, struct limbeck_error *err)
{
	int result = sqlite3_extended_errcode(conn->db);
	const char *message = sqlite3_errmsg(conn->db);
	const struct meaning *meaning = find_meaning(result, message);

	if (conn->late && (result & 0xff) == SQLITE_INTERRUPT)
		return fail_late(conn, position, err);
	if (conn->reached)
		return guard_fail(conn, position, err);
	limbeck_host->fail(err, meaning->code, "%s", message);
	limbeck_host->fail_sqlstate(err, meaning->sqlstate, result);
	limbeck_host->fail_position(err, position);
	add_file(conn->db, result, err);
	add_hint(conn, sql, meaning, message, err);
	return -1;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '_' || c == '$' || (c & 0x80);
}

/* Where a name stands in sql, if it stands there once alone; else NULL. */
static const char *find_name(const char *sql, const char *name, size_t length)
{
	const char *found = NULL;

	for (const char *at = sql; *at; at++) {
		if ((at > sql && is_name(at[-1])) || strncasecmp(at, name, length) != 0 ||
		    is_name(at[length]))
			continue;
		if (found)
			return NULL;
		found = at;
	}
	return found;
}

/* For messages that name what they are about, and come without a place. */
static const char *find_subject(const char *sql, const char *message)
{
	static const char *const leads[] = { "no such table: ", "no such index: ", "no such view: ",
		"no such trigger: ", "no such column: ", "duplicate column name: ", "index ",
		"trigger " };
	const char *column = strstr(message, " has no column named ");
	const char *name = column ? column + strlen(" has no column named ") : NULL;
	size_t length;

	for (size_t i = 0; !name && i < sizeof leads / sizeof *leads; i++)
		if (starts(message, leads[i]))
			name = message + strlen(leads[i]);
	if (!name)
		return NULL;
	length = strcspn(name, " ");
	/* A schema's name may have been put before it. */
	for (size_t i = 0; i < length; i++) {
		if (name[i] == '.') {
			name += i + 1;
			length -= i + 1;
			break;
		}
	}
	return length ? find_name(sql, name, length) : NULL;
}

int failure(struct conn *conn, const char *sql, size_t offset, struct limbeck_error *err)
{
	const char *at = NULL;

#if SQLITE_VERSION_NUMBER >= 3038000
	if (sql && sqlite3_error_offset(conn->db) >= 0)
		at = sql + sqlite3_error_offset(conn->db);
#endif
	if (sql && !at)
		at = find_subject(sql, sqlite3_errmsg(conn->db));
	if (sql && !at && offset)
		at = exec_skip_blank(sql);
	return fill(conn, sql, at ? offset + (size_t)(at - sql) + 1 : 0, err);
}

/* SQLite does not say where a failure happened as a statement ran. In a text of
 * several statements, the place of the statement is already worth knowing. */
int failure_running(struct conn *conn, const char *sql, size_t offset, struct limbeck_error *err)
{
	size_t position = offset ? offset + (size_t)(exec_skip_blank(sql) - sql) + 1 : 0;

	return fill(conn, sql, position, err);
}

/* The folder that a file would be in, if it does not exist; to be freed with
 * sqlite3_free(). */
static char *missing_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash && slash > path ?
		sqlite3_mprintf("%.*s", (int)(slash - path), path) : NULL;
	struct stat status;

	if (folder && stat(folder, &status) != 0)
		return folder;
	sqlite3_free(folder);
	return NULL;
}

int failure_opening(sqlite3 *db, const char *shown, struct limbeck_error *err)
{
	int result = db ? sqlite3_extended_errcode(db) : SQLITE_NOMEM;
	int reason = db ? sqlite3_system_errno(db) : 0;
	char *folder;

	if ((result & 0xff) == SQLITE_NOMEM)
		return limbeck_host->fail(err, LIMBECK_E_NOMEM, "out of memory");
	limbeck_host->fail(err, LIMBECK_E_CONNECT, "could not open database \"%s\": %s", shown,
		reason ? strerror(reason) : sqlite3_errmsg(db));
	limbeck_host->fail_sqlstate(err, "08001", result);
	folder = missing_folder(shown);
	if (folder) {
		char *detail = sqlite3_mprintf("The folder \"%s\" does not exist.", folder);

		limbeck_host->fail_detail(err, detail);
		sqlite3_free(detail);
		sqlite3_free(folder);
	}
	return -1;
}
