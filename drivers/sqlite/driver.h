/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the SQLite driver share. */
#ifndef SQLITE_DRIVER_H
#define SQLITE_DRIVER_H

#include <stdbool.h>

#include <sqlite3.h>

#include <limbeck/driver.h>

/* What the URL asks for. */
struct options {
	char *uri;                /* for sqlite3_open_v2(), to be freed by host->free */
	const char *shown;        /* the file, for messages */
	int busy_timeout;         /* milliseconds */
	const char *foreign_keys; /* NULL: as SQLite has it; so are these */
	const char *journal_mode;
	const char *synchronous;
};

struct conn {
	sqlite3 *db;
	struct limbeck_session *session;
	int busy_timeout;
	int waited; /* milliseconds for the lock that is being waited for */
	/* The last execute failed, and SQLite has rolled the transaction back by
	 * itself. */
	bool rolled_back;
	bool keeps_journal; /* see keep_journal() */
	bool scratch;       /* see scratch_passes_over() */
	const char *reached; /* what the statement under way would reach outside of it */
	int64_t allowed;    /* milliseconds that a statement may run, 0: any number */
	int64_t deadline;
	bool late;          /* the last one ran longer */
	int lock; /* descriptor of the lock file, -1: the lock is not ours */
};

int options_parse(struct options *options, const struct limbeck_open *how,
	struct limbeck_error *err);

/* Whether the session enforces foreign keys. */
bool foreign_keys_are_on(const struct conn *conn);

/* Fills err from what db says of its last call; -1. offset is where the text
 * that it was given stood in the whole statement; sql may be NULL. */
int failure(struct conn *conn, const char *sql, size_t offset, struct limbeck_error *err);
/* Likewise, where a statement was prepared but failed as it ran. */
int failure_running(struct conn *conn, const char *sql, size_t offset, struct limbeck_error *err);
/* Why the database could not be opened; db may be NULL. */
int failure_opening(sqlite3 *db, const char *shown, struct limbeck_error *err);

int lock_take(void *data, const char *name, struct limbeck_error *err);
int lock_give(void *data, const char *name, struct limbeck_error *err);
int lock_holder(void *data, const char *name, char *text, size_t size);
int lock_check(void *data, const char *name, char *text, size_t size);
void lock_drop(struct conn *conn);

/* Whether a scratch takes the statement as done. */
bool scratch_passes_over(const struct limbeck_statement *statement);

/* scratch_guard.c: from now on refuses what would reach out of the scratch; and the
 * error that this gives. */
void guard_open(struct conn *conn);
int guard_fail(struct conn *conn, size_t position, struct limbeck_error *err);

/* statement.c */
int statement_nature(void *data, const struct limbeck_statement *statement);
int statement_probe(void *data, struct limbeck_probe *probe, struct limbeck_error *err);
int statement_limit(void *data, const struct limbeck_limits *limits,
	const struct limbeck_statement *statement, char *text, size_t size);
int statement_backup(void *data, const char *path, struct limbeck_error *err);
/* Every statement that has a limit runs between these. */
void statement_watch(struct conn *conn);
void statement_unwatch(struct conn *conn);

int exec_statement(void *data, const struct limbeck_statement *statement,
	struct limbeck_sink *sink, struct limbeck_error *err);
/* Past blanks, comments and semicolons. */
const char *exec_skip_blank(const char *text);
/* Whether text begins with this word, in any letter case, after blanks. */
bool exec_begins_with(const char *text, const char *word);

#endif
