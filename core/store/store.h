/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limbeck's own tables in the user's database: the version table (one row a
 * head, as Alembic has it), and the history, which says of every run what it
 * did. This room makes their SQL and reads them; exec decides when.
 *
 * The SQL is what the engines have in common; types and quoting come from the
 * driver's traits.
 *
 * The history's sequence numbers are given out by the client, one after the
 * other from the highest that it read: should two runs ever overlap in spite of
 * the lock, the second meets a duplicate key inside its transaction and is
 * rolled back whole.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/checksum.h"
#include "base/strbuf.h"
#include "driver/connection.h"
#include "revision/change.h"

struct store {
	const struct limbeck_traits *traits;
	const struct limbeck_lexis *lexis;
	const char *table;     /* the version table's plain name, with its schema */
	char *version;         /* quoted */
	char *history;         /* quoted */
	char *lock;            /* quoted; a table that is not always there */
	const char *database_user;
	const char *os_user;
	const char *host;
	const char *tool_version;
};

/* schema may be NULL; home is the session's own schema, which qualifies the
 * tables where schema does not, and may be NULL too. Strings come from arena. */
int store_init(struct store *store, struct arena *arena, const struct limbeck_traits *traits,
	const struct limbeck_lexis *lexis, const char *schema, const char *home, const char *table,
	struct limbeck_error *err);

/* A row of the history table, or what becomes one. */
struct history_entry {
	int64_t seq;                /* 0 in a script: one more than the highest there */
	const char *revision;
	const char *direction;      /* "upgrade", "downgrade", "stamp", "accept" */
	const char *outcome;        /* "running", "done", "failed", "abandoned" */
	const char *checksum;
	const char *dialect;        /* that the file is written in; "": the engine's own */
	const char *message;
	const char *parents;        /* ids separated by blanks */
	const char *depends;
	int64_t total;              /* statements in the section, for this engine */
	int64_t done;               /* from the front, that are committed */
	int64_t started;            /* the statement that was about to run outside a
	                               transaction; 0: none is in doubt; -N: N has failed
	                               and left something that is in its own way */
	const char *done_hash;      /* of the texts of those done */
	const char *started_hash;   /* and of these and the one that was started */
	const char *started_state;  /* what told its effect, as it was before it */
	const char *state_expression; /* gives that, in what is written; NULL: none */
	const char *started_at;     /* NULL: the start of the transaction */
	const char *finished_at;    /* NULL: now; "": not yet */
	const char *database_user;
	const char *os_user;
	const char *host;
	const char *tool_version;
	const char *error;
	const char *downgrade;      /* the text of the downgrade section, NULL: none kept */
};

/* Each appends one statement, without a semicolon, to out; look at
 * strbuf_failed() at the end. */
void store_sql_create_version(const struct store *store, struct strbuf *out);
void store_sql_create_history(const struct store *store, struct strbuf *out);
void store_sql_select_rows(const struct store *store, struct strbuf *out);
void store_sql_delete_row(const struct store *store, const char *id, struct strbuf *out);
void store_sql_insert_row(const struct store *store, const char *id, struct strbuf *out);
void store_sql_update_row(const struct store *store, const char *from, const char *to,
	struct strbuf *out);
/* The guard: change names rows that must be there; if they are not, the
 * statement fails with a violated NOT NULL, inside the transaction, so a batch
 * needs no answer on the way. change may be NULL. */
void store_sql_insert_history(const struct store *store, const struct history_entry *entry,
	const struct version_change *change, struct strbuf *out);
/* An entry that was left half done is taken up again: what the file says now is
 * written into it. */
void store_sql_resume(const struct store *store, const struct history_entry *entry,
	struct strbuf *out);
/* Sets done, started, their hashes, and started_state, from the entry of this seq, which
 * is running. */
void store_sql_journal(const struct store *store, const struct history_entry *entry,
	struct strbuf *out);
/* Ends an entry: outcome, error ("" if none), finished now. change as above. counts:
 * together with done, started and so on, from entry. */
void store_sql_finish(const struct store *store, const struct history_entry *entry,
	const char *outcome, const char *error, const struct version_change *change, bool counts,
	struct strbuf *out);

/* --- a lock that is a row; see exec/lease.c --- */

struct store_lease {
	const char *token;          /* of the holder; "": it is free */
	const char *holder;         /* for people */
	const char *node;           /* that it works on; "": not known */
	const char *since;
	int64_t beat;               /* changes as long as the holder lives... */
	const char *beat_at;        /* ... when it last did */
	const char *now;            /* by the same clock */
};

void store_sql_create_lock(const struct store *store, struct strbuf *out);
/* The two rows of a lock: who has it, and that he lives. Two, so that a holder who is
 * at work and looks at the former does not meet his own beat. part: 0 or 1; it fails
 * where the row is there. */
void store_sql_insert_lease(const struct store *store, int part, struct strbuf *out);
/* From one holder (token "": none), whose last beat is this, to another. Both must change
 * a row, in one transaction: first the one of the beat. */
void store_sql_take_beat(const struct store *store, const struct store_lease *from,
	const char *token, struct strbuf *out);
void store_sql_take_lease(const struct store *store, const struct store_lease *from,
	const struct store_lease *to, struct strbuf *out);
void store_sql_beat(const struct store *store, const char *token, struct strbuf *out);
void store_sql_free_lease(const struct store *store, const char *token, struct strbuf *out);
/* Fails when another one has it. */
void store_sql_check_lease(const struct store *store, const char *token, struct strbuf *out);
/* *found: both rows are there; *missing: the table is not. */
int store_read_lease(const struct store *store, struct connection *connection,
	struct arena *arena, struct store_lease *lease, bool *found, bool *missing,
	struct limbeck_error *err);

/* What the tables say. Partial entries are those that a run left half done, on an
 * engine or in a part where that can be, and that nothing has made good since. */
struct store_state {
	struct names rows;          /* the version table's */
	bool has_version;           /* the table is there */
	bool has_history;
	int64_t last_seq;
	struct history_entry *partials; /* newest first, at most one a revision */
	size_t partial_count;
};

/* Reads it all in as few round trips as the engine allows. */
int store_read(const struct store *store, struct connection *connection, struct arena *arena,
	struct store_state *state, struct limbeck_error *err);

/* The newest partial entry of a revision, NULL when there is none. */
const struct history_entry *store_find_partial(const struct store_state *state,
	const char *revision);

/* The entry of this number, if it is one of this revision; else *entry is NULL. */
int store_read_entry(const struct store *store, struct connection *connection,
	struct arena *arena, int64_t seq, const char *revision, struct history_entry **entry,
	struct limbeck_error *err);

/* The history, newest first, at most limit (0: all). A missing table is empty. */
int store_read_history(const struct store *store, struct connection *connection,
	size_t limit, int (*fn)(void *data, const struct history_entry *entry), void *data,
	struct limbeck_error *err);

/* The latest "done" upgrade entry of a revision, with its downgrade text;
 * *entry is NULL when there is none. */
int store_find_applied(const struct store *store, struct connection *connection,
	struct arena *arena, const char *revision, struct history_entry **entry,
	struct limbeck_error *err);

/* Calls fn with the checksum of each run of each revision, in their order; it is
 * "" for a downgrade, after which none is known. fn returns -1 for want of memory. */
int store_read_checksums(const struct store *store, struct connection *connection,
	struct arena *arena, int (*fn)(void *data, const char *revision, const char *checksum),
	void *data, struct limbeck_error *err);

#endif
