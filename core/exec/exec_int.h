/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of this room share. */
#ifndef EXEC_EXEC_INT_H
#define EXEC_EXEC_INT_H

#include "exec/exec.h"

/* Fills exec->jobs from exec->plan. */
int exec_prepare(struct exec *exec, struct limbeck_error *err);
/* Checks that the files of applied revisions are as they were applied. */
int exec_check_edited(struct exec *exec, struct limbeck_error *err);

/* The source of one section of a revision's file, for this engine. */
int exec_source(const struct exec *exec, const struct revision *revision, bool upgrade,
	struct script_source *source, struct limbeck_error *err);

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
	STREAM_SELF = 1 << 6,    /* a statement that commits by itself */
	STREAM_TEXT = 1 << 7,    /* ... and may be several: a @whole section */
	STREAM_CHECK = 1 << 8,   /* a query that must give no row */
	STREAM_REBUILDS = 1 << 9,/* traits->rebuild_begin */
	STREAM_REBUILT = 1 << 10 /* exec_rebuild_end() */
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
/* An error when the file has changed since it was read for the plan. */
int job_check_file(const struct job *job, struct limbeck_error *err);
/* Gives the job's entry its times by our clock, if it has begun by it. */
void job_times(struct job *job);
/* Fills the job's history entry from its step and survey. */
int job_describe(struct exec *exec, struct job *job, struct limbeck_error *err);
/* The downgrade text that the history keeps. */
int job_keep_downgrade(struct exec *exec, struct job *job, struct strbuf *out,
	struct limbeck_error *err);

/* The hash of the first count statements of a job's section; *seen is how many
 * of them there are. */
int job_hash(const struct job *job, int64_t count, int64_t *seen,
	char hash[CHECKSUM_LENGTH + 1], struct limbeck_error *err);

/* An error when the part of the section that an earlier run has done is not
 * what it was then. */
int job_check_done(const struct job *job, struct limbeck_error *err);

/* --- after a failure --- */

/* Rolls back, writes the failure down, and completes err's place and outcome. */
void exec_failed(struct stream *stream, struct limbeck_error *err);

#endif
