/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of this room share. */
#ifndef EXEC_EXEC_INT_H
#define EXEC_EXEC_INT_H

#include "exec/exec.h"

/* Fills exec->jobs from exec->plan. */
int exec_prepare(struct exec *exec, struct limbeck_error *err);
/* Checks that the files of applied revisions are as they were applied. */
int exec_check_edited(struct exec *exec, struct limbeck_error *err);

/* Tells the caller; false: it wants to stop. */
bool exec_tell(struct exec *exec, enum limbeck_event_kind kind, const struct job *job,
	double seconds, int64_t count, int64_t of, const char *text);

/* What ends a rebuild in this session; NULL: nothing. */
const char *exec_rebuild_end(const struct exec *exec);

/* Sleeps, or until the run is cancelled. */
void exec_pause(struct exec *exec, double seconds);

/* The names joined by separator, in the arena; NULL: no memory. */
char *exec_join(struct arena *arena, const struct names *names, const char *separator);
/* The rows of the version table after the finished jobs, for messages. */
const char *exec_rows_now(struct exec *exec);

/* --- a stream of statements --- */

enum stream_mark {
	STREAM_BEGINS = 1 << 0,  /* the job begins with it */
	STREAM_ENDS = 1 << 1,    /* the job is over with it */
	STREAM_COMMITS = 1 << 2, /* ends a transaction */
	STREAM_OPENS = 1 << 3,   /* opens one */
	STREAM_ALONE = 1 << 4,   /* not in a batch */
	STREAM_GUARD = 1 << 5,   /* gives the rows of the version table, to be compared */
	STREAM_SELF = 1 << 6,    /* a statement that stays done once it has succeeded */
	STREAM_TEXT = 1 << 7,    /* ... and may be several: a @whole section */
	STREAM_CHECK = 1 << 8,   /* a query that must give no row */
	STREAM_REBUILDS = 1 << 9,/* traits->rebuild_begin */
	STREAM_REBUILT = 1 << 10,/* exec_rebuild_end() */
	STREAM_TORN = 1 << 11,   /* a statement that may fail and leave a part of itself */
	STREAM_OUTSIDE = 1 << 12,/* ... that stands outside of a transaction */
	STREAM_FENCE = 1 << 13   /* fails when the lock of the run is lost */
};

/* A statement on its way, and what is to be known of it. */
struct stream_entry {
	struct job *job;
	unsigned marks;
	uint64_t number;         /* of the section's statement, 0: one of our own */
	unsigned line;
	unsigned column;
	int64_t expect;          /* rows that it must change; -1: any number */
	int64_t committed;       /* with STREAM_COMMITS: statements done by then, -1: as before */
	size_t offset;           /* of its text */
	size_t length;
};

enum { LIMIT_TEXT = 256 };

/*
 * The stream gathers statements where the engine takes many in one round trip,
 * and sends them as soon as they are many or much; elsewhere it sends each at
 * once. Either way they run in order and stop at the first that fails.
 */
struct stream {
	struct exec *exec;
	struct strbuf text;
	VEC(struct stream_entry) entries;
	bool gathers;
	bool starting;           /* the next statement is the first of a job */
	size_t current;          /* entry whose answer is awaited */
	char limit[LIMIT_TEXT];  /* the limits in force in this transaction; "": none */
	int64_t affected;        /* rows that the last statement changed */
	/* a guard's rows, as they come */
	size_t guard_seen;
	bool guard_wrong;
	/* what a check gave */
	size_t check_rows;
	struct strbuf check_text; /* the first of these rows, a line each */
	/* after a failure */
	struct stream_entry failed;
	bool has_failed;
};

void stream_init(struct stream *stream, struct exec *exec);
void stream_release(struct stream *stream);
/* Adds a statement; where it is sent at once, or room is needed, its failure or
 * an earlier one's is this call's. */
int stream_add(struct stream *stream, const struct stream_entry *entry, const char *sql,
	size_t length, struct limbeck_error *err);
/* As stream_add() for SQL in a builder, which is reset. */
int stream_add_buf(struct stream *stream, const struct stream_entry *entry, struct strbuf *sql,
	struct limbeck_error *err);
/* Puts the run's limits on the statement that is added next; NULL: on one of our own. */
int stream_limit(struct stream *stream, struct job *job,
	const struct script_statement *statement, bool enclosed, struct limbeck_error *err);
/* Makes the run stop here if its lock is lost: in each transaction, and before each entry
 * that says how far a revision came. */
int stream_fence(struct stream *stream, struct job *job, struct limbeck_error *err);
/* Whether the run has failed because its lock is lost. Others may be at work: nothing is
 * to be written any more. */
bool stream_is_fenced(const struct stream *stream);
/* Sends what is gathered and waits for all answers. */
int stream_flush(struct stream *stream, struct limbeck_error *err);

/* Takes back what is gathered of a job that is not complete. */
void stream_drop(struct stream *stream, const struct job *job);

/* --- running one job through a stream --- */

int job_run(struct stream *stream, struct job *job, struct limbeck_error *err);
/* Adds the changes of the version table. */
int job_change_rows(struct stream *stream, struct job *job, unsigned last_marks,
	struct limbeck_error *err);
int job_begin(struct stream *stream, struct job *job, struct limbeck_error *err);
/* Gives the session its own settings back, where an earlier revision may have
 * changed them. */
int job_reset(struct stream *stream, struct job *job, struct limbeck_error *err);
/* committed: see struct stream_entry. */
int job_commit(struct stream *stream, struct job *job, unsigned marks, int64_t committed,
	struct limbeck_error *err);
int job_run_journaled(struct stream *stream, struct job *job, struct limbeck_error *err);
/* Makes the session ready for translated statements, or for others: see
 * abroad_switch(). */
int job_switch(struct stream *stream, struct job *job, bool translated, bool *on,
	struct limbeck_error *err);
/* An error when the file has changed since it was read for the plan. */
int job_check_file(const struct job *job, struct limbeck_error *err);
/* Gives the job's entry its times by our clock, if it has begun by it. */
void job_times(struct job *job);
/* Fills the job's history entry from its step and survey. */
int job_describe(struct exec *exec, struct job *job, struct limbeck_error *err);
/* The downgrade text that the history keeps. */
int job_keep_downgrade(struct exec *exec, struct job *job, struct strbuf *out,
	struct limbeck_error *err);

/* --- the hashes of a job's section, chain.c --- */

/* hash becomes that of one statement more. */
void chain_add(char hash[CHECKSUM_LENGTH + 1], const struct script_statement *statement);
/* The statements of a job's section from the first to the last: fn is called for each
 * of the first count; *seen is how many of them there are. fn may be NULL. */
typedef int chain_fn(void *data, const struct script_statement *statement,
	struct limbeck_error *err);
int chain_walk(struct script_reader *reader, int64_t count, int64_t *seen,
	char hash[CHECKSUM_LENGTH + 1], chain_fn *fn, void *data, struct limbeck_error *err);
/* The hash of the first count statements. */
int job_hash(const struct job *job, int64_t count, int64_t *seen,
	char hash[CHECKSUM_LENGTH + 1], struct limbeck_error *err);
/* An error when the part of the section that an earlier run has done is not
 * what it was then. */
int job_check_done(const struct job *job, struct limbeck_error *err);
/* Whether a statement changes nothing but the session, and is made again by a run
 * that goes on behind it. */
bool exec_is_setting(struct exec *exec, const struct script_statement *statement);

/* --- the statement of a partial entry whose effect is not known, doubt.c --- */

/* Finds out, or fails and says what is known. Sets the job's resume_done and so on. */
int job_settle_doubt(struct exec *exec, struct job *job, const struct history_entry *partial,
	struct limbeck_error *err);

/* --- after a failure --- */

/* How a job of parts stands after its last rollback, by its entry. */
struct standing {
	struct history_entry *entry; /* NULL: it is not in the table */
	int64_t done;
	const char *hash;
	bool doubt;                  /* so is statement entry->started */
	const char *known;           /* what the driver has seen of it; "" */
	const char *remedy;          /* before it is run again; NULL: nothing */
};
int job_standing(struct stream *stream, struct job *job, struct standing *standing,
	struct limbeck_error *err);

/* Writes the failure into the history. Whether it could, or there is none. */
bool exec_write_down(struct exec *exec, struct job *job, const struct standing *standing,
	const struct limbeck_error *err);
/* Says what is done and what is not; job may be NULL: none is under way. */
void exec_say_outcome(struct exec *exec, const struct job *job, const struct standing *standing,
	struct limbeck_error *err);

/* What is open is rolled back, and what a rebuild switched off is on again. */
void exec_roll_back(struct exec *exec);
/* Runs SQL whose failure would only hide another one. */
bool exec_quietly(struct exec *exec, const char *sql);

/* Whether the run is to be tried again from job exec->finished on: a statement got
 * no lock, all is rolled back, and some time has passed. Where not, err may say more. */
bool exec_try_again(struct stream *stream, struct limbeck_error *err);

/* After the connection was lost: connects again and finds out what was committed. 1: the
 * run goes on; 0: it is at its end; -1: err says how things stand. */
int exec_recover(struct exec *exec, struct limbeck_error *err);

/* Makes the copy that the caller wants of the database, once a run. */
int exec_back_up(struct exec *exec, struct limbeck_error *err);

/* Rolls back, writes the failure down, and completes err's place and outcome. */
void exec_failed(struct stream *stream, struct limbeck_error *err);

#endif
