/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Running a plan: on a connection, or as the text of a script.
 *
 * What can fail early fails early: exec_prepare() reads, checksums and checks
 * every file of the plan before the first statement is sent.
 */
#ifndef EXEC_EXEC_H
#define EXEC_EXEC_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "driver/connection.h"
#include "plan/plan.h"
#include "script/script.h"
#include "store/store.h"
#include <limbeck/limbeck.h>

struct translated;
struct translator;

/* How a step runs. */
enum job_kind {
	JOB_ROWS,      /* only the version table changes */
	JOB_ATOMIC,    /* all in one transaction: statements, history, rows */
	JOB_JOURNALED  /* in parts; each is written down before and after */
};

/* A step made ready. */
struct job {
	const struct plan_step *step;
	struct limbeck_step shown;     /* as callers see it */
	enum job_kind kind;
	bool rebuild;                  /* the flag, where the engine has something to do for it */
	struct script_source source;   /* what the engine is sent */
	struct script_source file;     /* what it comes from; where nothing was translated the
	                                * same */
	const struct translated *translated; /* NULL: it is sent as it is written */
	struct script_survey survey;
	struct history_entry entry;
	/* Where an earlier run, or try, stopped: so many statements are done, with this
	 * hash; it goes on with the same entry. */
	int64_t resume_done;
	const char *resume_hash;
	const char *remedy;            /* sent before the next statement; NULL: none */
	int64_t committed;             /* statements known to be committed by this run */
	int64_t answered;              /* the last that committed by itself, as its answer said */
	bool sent;                     /* one of its statements was */
	bool taken_up;                 /* an earlier run has begun it */
	bool recorded;                 /* its entry is, or may be, in the table already */
	double began;                  /* clock_seconds() */
	char started_at[CLOCK_TEXT];   /* by our clock; "" before it began */
	char finished_at[CLOCK_TEXT];
};

struct exec {
	struct arena *arena;           /* lives as long as the run */
	struct graph *graph;
	struct connection *connection; /* NULL: offline */
	const struct limbeck_traits *traits;
	const struct limbeck_lexis *lexis;
	const char *engine;            /* the driver's name */
	const char *const *engines;    /* names for @only */
	size_t engine_count;
	const char *dialect;           /* the project's; NULL: the engine's */
	/* For translation: offline the driver, and what is known of the server (NULL: nothing). */
	const struct driver *driver;
	const struct limbeck_server *server;
	bool skips;                    /* what has no counterpart is passed over with a warning */
	struct store store;
	const struct log *log;
	bool single;                   /* the whole run in one transaction, or not at all */
	bool grouped;                  /* one transaction until something ends it */
	bool edited_is_error;
	bool looks;                    /* a plan to be looked at: what is irreversible may stay */
	bool scratch;                  /* nobody else is there: no lock, and nothing was edited */
	bool headers_only;             /* so may what is behind the files' headers be unknown */
	double lock_timeout;           /* seconds */
	const char *lock_name;
	struct lease *lease;           /* see lease.h; NULL: none */
	const char *fences[2];         /* statements that fail when the lock is lost */
	size_t fence_count;
	struct limbeck_limits limits;  /* on each statement of a revision */
	double patience;               /* seconds in which one that got no lock is tried again */
	const char *backup;            /* the file that a copy goes to first; NULL: none */
	/* Connects again, once the connection is lost, and puts that into exec. What the
	 * old one has told stays valid. NULL: can't be done. */
	int (*reopen)(void *data, struct exec *exec, struct limbeck_error *err);
	void *reopen_data;

	int (*event)(void *data, const struct limbeck_event *event);
	int (*output)(void *data, const char *text, size_t length);
	void *data;

	/* The run. */
	struct store_state state;
	struct plan plan;
	struct job *jobs;              /* plan.count */
	size_t loaded;                 /* bytes of files that are held in memory */
	size_t finished;               /* jobs whose effect is committed */
	int64_t next_seq;
	struct translator *translator; /* while jobs are made ready; NULL: none was needed yet */
	bool open;                     /* a transaction of ours is open */
	bool rebuilding;               /* rebuild_begin was sent, rebuild_end was not */
	bool stopped;                  /* the caller's event function said so */
	bool begun;                    /* something was sent of a job */
	bool backed_up;
	double blocked_since;          /* a statement got no lock, and is tried again; 0: none */
	unsigned blocked_tries;
};

/* Makes a plan from the rows of the version table. */
typedef int exec_plan_fn(void *data, const struct names *rows, struct arena *arena,
	struct plan *plan, struct limbeck_error *err);

/* The source of one section of a revision's file, for this engine. */
int exec_source(const struct exec *exec, const struct revision *revision, bool upgrade,
	struct script_source *source, struct limbeck_error *err);

/* Whether a transaction ends with job i: one is not shared with steps that run
 * in parts, or that need the session made ready for them before it begins. */
bool exec_commits_after(const struct exec *exec, size_t i);

/* Takes the lock, reads the state, plans, prepares, runs, and gives the lock
 * back. Where another process got in between, it reads and plans anew. */
int exec_run(struct exec *exec, exec_plan_fn *plan, void *plan_data, struct limbeck_error *err);

/* Does what exec_run() does before its first statement, without the lock: reads
 * the state, plans, and prepares exec->jobs. exec->looks is set. */
int exec_look(struct exec *exec, exec_plan_fn *plan, void *plan_data, struct limbeck_error *err);
/* Whether the job's revision can't be undone, and why (NULL: no reason given),
 * be it going up or down. */
int exec_irreversible(struct exec *exec, const struct job *job, bool *irreversible,
	const char **why, struct limbeck_error *err);

/* Writes the plan as a script through exec->output. rows: where it starts. */
int exec_script(struct exec *exec, const struct names *rows, exec_plan_fn *plan, void *plan_data,
	struct limbeck_error *err);

/* The script that creates our tables. */
int exec_script_tables(struct exec *exec, struct limbeck_error *err);

/* Creates our tables where state says that they are missing. */
int exec_create_tables(struct exec *exec, struct limbeck_error *err);

/* Settles the entry that a run left half done: kind is enum
 * limbeck_repair_kind. */
int exec_repair(struct exec *exec, const char *revision, int kind, struct limbeck_error *err);

/* Compares each applied revision's file with what was applied. revision is NULL
 * where no file has the id. fn's failure is the call's. exec->state is read. */
typedef int exec_verified_fn(void *data, const char *id, struct revision *revision,
	enum limbeck_verified state, struct limbeck_error *err);
int exec_verify(struct exec *exec, exec_verified_fn *fn, void *data, struct limbeck_error *err);

/* Writes into the history that the changed files of these revisions (NULL: of all)
 * are what was applied. told, which may be NULL, is told of each. */
int exec_accept(struct exec *exec, const struct names *ids,
	void (*told)(void *data, const char *id, const char *path), void *data,
	struct limbeck_error *err);

/* The lock around a run: polled, so that a waiter never stands inside a
 * blocking call of the server. Where the driver's does not reach everybody there is a
 * lease beside it. What is sent under the lock is fenced: see stream_fence(). A lock that
 * this run has is taken again, or anew on another connection. */
int exec_lock(struct exec *exec, struct limbeck_error *err);
void exec_unlock(struct exec *exec);

#endif
