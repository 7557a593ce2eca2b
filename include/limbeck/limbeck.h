/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limbeck.h: the library, for programs that migrate their own database and for
 * the command line, which uses nothing else.
 *
 *     struct limbeck_error err = LIMBECK_ERROR_INIT;
 *     struct limbeck_options options = { .size = sizeof options };
 *     struct limbeck *lb = NULL;
 *     const char *target[] = { "head" };
 *     struct limbeck_run run = { .size = sizeof run, .targets = target, .target_count = 1 };
 *
 *     if (limbeck_open(&lb, &options, &err) < 0 || limbeck_upgrade(lb, &run, &err) < 0)
 *             ...limbeck_error_text(&err)...
 *     limbeck_error_release(&err);
 *     limbeck_close(lb);
 *
 * Structures that a caller fills begin with their size; set it to sizeof and
 * the rest to zero, and a later library takes absent members for absent. Those
 * that the library hands out are valid until the callback returns, unless the
 * function says otherwise. A callback that returns nonzero stops the call,
 * which then returns 0. Nothing is printed, nothing exits, there are no
 * globals: several projects may be open at once, each used by one thread at a
 * time.
 *
 * Functions return 0, or -1 with err filled.
 */
#ifndef LIMBECK_LIMBECK_H
#define LIMBECK_LIMBECK_H

#include <stddef.h>
#include <stdint.h>

#include <limbeck/error.h>
#include <limbeck/host.h>
#include <limbeck/schema.h>
#include <limbeck/version.h>

LIMBECK_BEGIN_DECLS

/* A project: its configuration, its revision files, and, from the first call
 * that needs it, its connection. */
struct limbeck;

struct limbeck_options {
	size_t size;
	const char *config;       /* limbeck.ini; NULL: LIMBECK_CONFIG, else search upwards */
	const char *section;      /* NULL: "limbeck" */
	const char *url;          /* NULL: LIMBECK_URL, the section's url, DATABASE_URL */
	const char *driver_path;  /* searched first, separated by ':'; may be NULL */
	const char *const *variables; /* KEY=VALUE of -x, ${KEY} in the configuration */
	size_t variable_count;
	int log_level;            /* enum limbeck_log_level; what is above is not made */
	void (*log)(void *data, int level, const char *line); /* NULL: no log */
	void *log_data;
};

/* A variable of the environment, NULL when it is unset or empty. The library
 * reads the environment in one place only; its programs ask here too. */
LIMBECK_EXPORT const char *limbeck_environment(const char *name);

/* The library's version, LIMBECK_VERSION of when it was built. */
LIMBECK_EXPORT const char *limbeck_version(void);

/* Reads the configuration. Reads no revision file and makes no connection yet.
 * *lb is set on success only; limbeck_close() ends it. */
LIMBECK_EXPORT int limbeck_open(struct limbeck **lb, const struct limbeck_options *options,
	struct limbeck_error *err);
/* Rolls back what is open, disconnects, frees. NULL is allowed. */
LIMBECK_EXPORT void limbeck_close(struct limbeck *lb);

/* Asks a call that is under way in another thread to stop: the statement is
 * cancelled, its transaction rolled back, the history written. Any thread may
 * call it. */
LIMBECK_EXPORT void limbeck_cancel(struct limbeck *lb);

/* The value of a key of the configuration as used (defaults included), or NULL;
 * "alias.NAME" is a key of section [alias]. Valid until limbeck_close. */
LIMBECK_EXPORT const char *limbeck_config_get(struct limbeck *lb, const char *key);

/* The database URL as it may be shown: without its password. Valid until
 * limbeck_close. */
LIMBECK_EXPORT const char *limbeck_url_shown(struct limbeck *lb);

/* What limbeck_init() does. */
struct limbeck_init {
	size_t size;
	const char *directory;   /* script location to make; NULL: "migrations" */
	const char *config;      /* NULL: "limbeck.ini" in the current folder */
	const char *template_name; /* NULL: "generic" */
	/* Told of each file or folder: "Creating" or "Keeping", and its path. */
	void (*report)(void *data, const char *action, const char *path);
	void *data;
};

/* Makes a new project: script location, versions/, schema.sql, the revision
 * template and limbeck.ini. An existing configuration file is kept; a script
 * location that exists and is not empty is refused (as by `alembic init`). */
LIMBECK_EXPORT int limbeck_init(const struct limbeck_init *init, struct limbeck_error *err);

/* What a revision is in the graph, and in the database (marks). */
enum limbeck_mark {
	LIMBECK_MARK_BASE = 1 << 0,
	LIMBECK_MARK_HEAD = 1 << 1,           /* nobody's parent */
	LIMBECK_MARK_EFFECTIVE_HEAD = 1 << 2, /* a head that another depends on: the printed "(effective head)" */
	LIMBECK_MARK_BRANCHPOINT = 1 << 3,    /* several children */
	LIMBECK_MARK_MERGEPOINT = 1 << 4,     /* several parents */
	LIMBECK_MARK_CURRENT = 1 << 5,        /* a row of the version table */
	LIMBECK_MARK_APPLIED = 1 << 6,        /* at or below a row */
	LIMBECK_MARK_MISSING = 1 << 7         /* a row without a file; only id is known */
};

struct limbeck_revision {
	size_t size;
	const char *id;
	const char *const *parents;   /* full ids, as the file has them */
	size_t parent_count;
	const char *const *depends;   /* ids and labels, as the file has them */
	size_t depend_count;
	const char *const *labels;    /* own and inherited, in order */
	size_t label_count;
	const char *const *children;
	size_t child_count;
	const char *message;          /* first line of text, "" when there is none */
	const char *text;             /* the whole comment, "" when there is none */
	const char *created;          /* ISO 8601, "" when not given */
	const char *dialect;          /* "" when it is the project's */
	const char *path;             /* as it may be shown */
	unsigned marks;               /* enum limbeck_mark */
	const char *const *needs;     /* depends, with the revisions that labels stand for */
	size_t need_count;
};

typedef int limbeck_revision_fn(void *data, const struct limbeck_revision *revision);

enum limbeck_list_flag {
	LIMBECK_LIST_CURRENT = 1 << 0,      /* also set CURRENT and APPLIED: connects */
	LIMBECK_LIST_EFFECTIVE = 1 << 1     /* heads: nobody's parent and nobody's dependency */
};

/* Revisions from newest to oldest, each before its parents and dependencies.
 * range is NULL for all, or "A:B", "A:", ":B", both ends included, where A and
 * B are identifiers, and may be "current". */
LIMBECK_EXPORT int limbeck_history(struct limbeck *lb, const char *range, unsigned flags,
	limbeck_revision_fn *fn, void *data, struct limbeck_error *err);
/* The heads. */
LIMBECK_EXPORT int limbeck_heads(struct limbeck *lb, unsigned flags,
	limbeck_revision_fn *fn, void *data, struct limbeck_error *err);
/* The tips of what is applied: the rows of the version table, and, without
 * LIMBECK_MARK_CURRENT, revisions that no row names, for one depends on them,
 * and that end their branch. Creates nothing. A row whose file is not in this
 * checkout comes with LIMBECK_MARK_MISSING. */
LIMBECK_EXPORT int limbeck_current(struct limbeck *lb,
	limbeck_revision_fn *fn, void *data, struct limbeck_error *err);
/* The revisions that one identifier names. */
LIMBECK_EXPORT int limbeck_show(struct limbeck *lb, const char *identifier,
	limbeck_revision_fn *fn, void *data, struct limbeck_error *err);

/* The revisions that have several children, newest first, and the children. */
typedef int limbeck_branch_fn(void *data, const struct limbeck_revision *branchpoint,
	const struct limbeck_revision *children, size_t count);
LIMBECK_EXPORT int limbeck_branches(struct limbeck *lb, limbeck_branch_fn *fn, void *data,
	struct limbeck_error *err);

/* What limbeck_revision_create() writes. NULL and 0 take the default. */
struct limbeck_new {
	size_t size;
	const char *message;          /* default: none; of several parents "merge A and B" */
	const char *const *heads;     /* parents; default: the one head */
	size_t head_count;
	const char *const *depends;
	size_t depend_count;
	const char *const *labels;
	size_t label_count;
	const char *id;               /* default: 12 hex digits at random */
	const char *version_path;     /* default: that of the first parent */
	int splice;                   /* allow a parent that is not a head */
	/* Told of the file, and of each post-write hook. */
	void (*report)(void *data, const char *action, const char *path);
	void *data;
	int merge;                    /* refuse to make a base: heads must name a revision */
	/* The statements that lead from the database to the desired schema are
	 * written into it; *path stays NULL when there is nothing to do. */
	int autogenerate;
	unsigned schema_flags;        /* enum limbeck_schema_flag: AGAINST_MIGRATIONS */
	const char *const *renames;   /* "users.fullname=name", "users=people" */
	size_t rename_count;
	/* Asked whether `come` is `gone` under another name: 1 yes, 0 no, -1 stop.
	 * NULL: a pair that may be a rename is an error that names the ways out. */
	int (*ask)(void *data, const struct limbeck_object *gone, const struct limbeck_object *come);
	/* Told of each change that the revision makes. May be NULL. */
	int (*change)(void *data, const struct limbeck_change *change, const char *text);
};

/* Writes a new revision file from the template; *path is its name, to be freed
 * with free(). Everything is checked before the file is written. */
LIMBECK_EXPORT int limbeck_revision_create(struct limbeck *lb, const struct limbeck_new *what,
	char **path, struct limbeck_error *err);

/* Gives a revision another parent (onto may be "base"), by rewriting the
 * @parents line of its file. Refused where the database has applied the
 * revision, where onto follows it, and for a merge. */
LIMBECK_EXPORT int limbeck_rebase(struct limbeck *lb, const char *identifier, const char *onto,
	void (*report)(void *data, const char *action, const char *path), void *data,
	struct limbeck_error *err);

/* Whether two branches commute: whether their upgrades give the same in either
 * order, as far as the files say. */
enum limbeck_verdict {
	LIMBECK_VERDICT_COMMUTE,  /* no statement of one touches what the other changes */
	LIMBECK_VERDICT_CONFLICT, /* some do; whatever else is not known */
	LIMBECK_VERDICT_UNKNOWN   /* of some, it can't be told what they touch */
};

/* Where a statement stands. */
struct limbeck_place {
	size_t size;
	const char *revision;
	const char *path;
	unsigned line;            /* from 1 */
	unsigned column;
};

struct limbeck_finding {
	size_t size;
	int verdict;              /* CONFLICT or UNKNOWN */
	const char *object;       /* CONFLICT: what both touch, as "users.phone" */
	const char *why;          /* UNKNOWN: why it can't be told */
	const struct limbeck_place *a; /* UNKNOWN: one of these is NULL */
	const struct limbeck_place *b;
};

typedef int limbeck_finding_fn(void *data, const struct limbeck_finding *finding);

/* Compares the upgrades of the revisions that only a, or only b, builds on; one
 * must not build on the other. fn, which may be NULL, is told of each conflict
 * (once for an object and two revisions), then of each statement of which it
 * can't be told what it touches. What triggers, views, cascading keys and
 * functions do out of sight is not seen. Reads files alone. */
LIMBECK_EXPORT int limbeck_commute(struct limbeck *lb, const char *a, const char *b, int *verdict,
	limbeck_finding_fn *fn, void *data, struct limbeck_error *err);

enum limbeck_direction {
	LIMBECK_UP,
	LIMBECK_DOWN,
	LIMBECK_STAMP
};

/* One step of a run. */
struct limbeck_step {
	size_t size;
	int direction;              /* enum limbeck_direction */
	const char *revision;       /* the revision applied, undone or stamped */
	const char *const *from;    /* what the step leaves ("Running upgrade FROM -> TO") */
	size_t from_count;
	const char *const *to;
	size_t to_count;
	const char *message;
	const char *path;           /* the file, or NULL */
	const char *const *inserted;/* rows of the version table that it adds, */
	size_t inserted_count;
	const char *const *deleted; /* and takes away */
	size_t deleted_count;
};

enum limbeck_event_kind {
	LIMBECK_EVENT_PLAN,    /* the plan is made: total steps will run */
	LIMBECK_EVENT_BEGIN,   /* a step begins */
	LIMBECK_EVENT_END,     /* a step is committed; seconds says how long it took */
	LIMBECK_EVENT_WAIT,    /* another process holds the lock; text says who */
	LIMBECK_EVENT_REPEAT,  /* a @repeat statement ran once more; count rows so far */
	LIMBECK_EVENT_STATEMENT,/* statement `count` of the step begins, of `of` */
	LIMBECK_EVENT_BLOCKED  /* a statement of the step got no lock, for the `count`th time; it is
	                        * tried again in `seconds`; text says who is in the way, "" if
	                        * that is not known */
};

struct limbeck_event {
	size_t size;
	int kind;                        /* enum limbeck_event_kind */
	const struct limbeck_step *step; /* NULL in PLAN and WAIT */
	size_t index;                    /* of the step, from 0 */
	size_t total;                    /* steps of the run */
	double seconds;
	int64_t count;
	int64_t of;
	const char *text;
};

enum limbeck_run_flag {
	LIMBECK_RUN_SINGLE_TRANSACTION = 1 << 0, /* all or nothing */
	LIMBECK_RUN_OFFLINE = 1 << 1,            /* write SQL text, touch no database */
	LIMBECK_RUN_PURGE = 1 << 2,              /* stamp: forget all rows first */
	LIMBECK_RUN_FORCE = 1 << 3,              /* stamp: even if branches are forgotten */
	LIMBECK_RUN_VERIFY = 1 << 4              /* stamp: only if the revisions, run in scratch,
	                                          * give the schema that is there */
};

struct limbeck_run {
	size_t size;
	const char *const *targets;   /* one for upgrade and downgrade */
	size_t target_count;
	unsigned flags;               /* enum limbeck_run_flag */
	/* Told of progress; nonzero cancels the run. */
	int (*event)(void *data, const struct limbeck_event *event);
	/* Receives the script of an offline run. */
	int (*output)(void *data, const char *text, size_t length);
	void *data;
	/* A file, which must not exist, that a copy of the database is written to before
	 * the first statement, if there is anything to do; NULL: none. If that fails nothing
	 * is done. */
	const char *backup;
};

/* Makes the plan, takes the lock, runs, and leaves. Where a step fails,
 * err->outcome says what was done and what was not. Nothing to do is success. */
LIMBECK_EXPORT int limbeck_upgrade(struct limbeck *lb, const struct limbeck_run *run,
	struct limbeck_error *err);
LIMBECK_EXPORT int limbeck_downgrade(struct limbeck *lb, const struct limbeck_run *run,
	struct limbeck_error *err);
/* Changes the version table only. */
LIMBECK_EXPORT int limbeck_stamp(struct limbeck *lb, const struct limbeck_run *run,
	struct limbeck_error *err);
/* Creates limbeck's own tables where they are missing. flags and output as
 * above; targets are not looked at. */
LIMBECK_EXPORT int limbeck_ensure_version(struct limbeck *lb, const struct limbeck_run *run,
	struct limbeck_error *err);

/* Why a step is in a plan. */
enum limbeck_reason {
	LIMBECK_REASON_ASKED,      /* up: the target stands for it */
	LIMBECK_REASON_ANCESTOR,   /* up: `because` builds on it */
	LIMBECK_REASON_BRANCH,     /* up: it is on a branch that `because` merges */
	LIMBECK_REASON_DEPENDENCY, /* up: `because` depends on it */
	LIMBECK_REASON_ABOVE,      /* down: it builds on `because`, the target or a dependent */
	LIMBECK_REASON_DEPENDENT   /* down: it depends on `because`, which is undone too */
};

enum limbeck_plan_flag {
	LIMBECK_PLAN_HEADERS = 1 << 0 /* read no more of the files than their headers */
};

/* One step of a plan. */
struct limbeck_plan_step {
	size_t size;
	const struct limbeck_step *step;
	size_t index;                 /* from 0 */
	size_t total;                 /* steps of the plan */
	int reason;                   /* enum limbeck_reason */
	const char *because;          /* an id, or "base"; NULL: asked for */
	const char *const *rows_before; /* of the version table */
	size_t rows_before_count;
	const char *const *rows_after;
	size_t rows_after_count;
	/* What LIMBECK_PLAN_HEADERS leaves at -1, -1, -1, -1 and -1, NULL. */
	int64_t statements;           /* that this engine will run */
	int64_t statements_done;      /* the first of them, by a run that stopped */
	int transaction;              /* all of it in one transaction */
	int commits;                  /* a transaction ends with it */
	int irreversible;             /* down: the run will refuse it; up: it can't be undone */
	const char *why;              /* the file's reason, NULL if it gives none */
	const char *decide;           /* what a person has to decide first: the run will refuse
	                               * it; NULL: nothing, or not read */
	unsigned decide_line;         /* where in the file */
};

/* What limbeck_upgrade() or limbeck_downgrade() (direction is LIMBECK_UP or
 * LIMBECK_DOWN) would do with this target on a database as it is now, step by
 * step; no call is made when there is nothing to do. Reads the version table
 * and history, changes nothing, takes no lock. Where the run would fail before
 * its first statement, so does this, but for irreversible steps and those that
 * wait for a decision, which are marked. */
LIMBECK_EXPORT int limbeck_plan(struct limbeck *lb, int direction, const char *target,
	unsigned flags, int (*fn)(void *data, const struct limbeck_plan_step *step), void *data,
	struct limbeck_error *err);
/* What the file of an applied revision is, beside what was applied. */
enum limbeck_verified {
	LIMBECK_VERIFIED_SAME,
	LIMBECK_VERIFIED_CHANGED,  /* but for line ends and a byte-order mark */
	LIMBECK_VERIFIED_UNKNOWN,  /* it was stamped, or applied by another tool */
	LIMBECK_VERIFIED_MISSING   /* no file here has the revision */
};

struct limbeck_verification {
	size_t size;
	const char *revision;
	const char *path;           /* NULL: no file */
	const char *message;        /* "" where there is no file */
	int state;                  /* enum limbeck_verified */
};

/* Compares the file of each applied revision with the checksum of when it was
 * applied. *problems is the number of those that changed or are missing. */
LIMBECK_EXPORT int limbeck_verify(struct limbeck *lb,
	int (*fn)(void *data, const struct limbeck_verification *verification), void *data,
	size_t *problems, struct limbeck_error *err);
/* Takes the changed files of these revisions (none given: of all) for what was
 * applied: an entry of the history says so, and keeps the new downgrade. report is
 * told "Accepting" and the path. */
LIMBECK_EXPORT int limbeck_accept(struct limbeck *lb, const char *const *identifiers, size_t count,
	void (*report)(void *data, const char *action, const char *path), void *data,
	struct limbeck_error *err);
/* How to settle a revision that a crash left half done, on an engine where DDL
 * can't be rolled back. */
enum limbeck_repair_kind {
	LIMBECK_REPAIR_RETRY, /* the statement in doubt did not take effect: run it again */
	LIMBECK_REPAIR_DONE,  /* it did: go on after it */
	LIMBECK_REPAIR_FORGET,/* the half that was done has been undone by hand */
	LIMBECK_REPAIR_SKIP   /* go on after it, in doubt or failed, whatever it did */
};

/* Settles the statement in doubt of revision id, or forgets that it was begun.
 * An error where there is nothing to settle. */
LIMBECK_EXPORT int limbeck_repair(struct limbeck *lb, const char *id, int kind,
	struct limbeck_error *err);

enum limbeck_schema_flag {
	/* The revisions, run in scratch, stand for the database. */
	LIMBECK_SCHEMA_AGAINST_MIGRATIONS = 1 << 0,
	/* apply: also where the database is not empty. */
	LIMBECK_SCHEMA_FORCE = 1 << 1,
	/* dump: a file for each table, view, function... */
	LIMBECK_SCHEMA_SPLIT = 1 << 2
};

/* Told of a difference: text says it in a line ("add column users.phone text").
 * Between two engines change is NULL. */
typedef int limbeck_change_fn(void *data, const struct limbeck_change *change, const char *text);
/* Receives text. file is NULL, or the name that this piece of it is for. */
typedef int limbeck_text_fn(void *data, const char *file, const char *text, size_t length);
/* What would have to change for the database to have the desired schema (`schema`
 * in limbeck.ini). The database must be at all heads. Nothing is written to it.
 * *differences is their number. */
LIMBECK_EXPORT int limbeck_check(struct limbeck *lb, unsigned flags, limbeck_change_fn *fn,
	void *data, size_t *differences, struct limbeck_error *err);
/* What a diff compares, and what it gives. */
struct limbeck_diff {
	size_t size;
	/* Each a database URL, an SQL file or pattern of files, "schema" (the desired
	 * one), "database" (the configured one), or a revision, run in scratch. */
	const char *a;
	const char *b;
	unsigned flags;
	const char *const *renames;
	size_t rename_count;
	limbeck_change_fn *change;       /* may be NULL */
	limbeck_text_fn *sql;            /* receives the statements that lead from a to b; NULL */
	void *data;
	/* Set by the call. */
	size_t differences;
	int parity;                      /* a and b are of two engines: meanings were compared */
};
LIMBECK_EXPORT int limbeck_diff(struct limbeck *lb, struct limbeck_diff *diff,
	struct limbeck_error *err);
/* The DDL of a schema, always the same for the same schema. what: as a diff's
 * side; NULL: the configured database. */
LIMBECK_EXPORT int limbeck_schema_dump(struct limbeck *lb, const char *what, unsigned flags,
	limbeck_text_fn *fn, void *data, struct limbeck_error *err);
/* Its objects, each table before its parts. names: only these tables, views or
 * other objects (and their parts); none: all. One that is not there is an error. */
LIMBECK_EXPORT int limbeck_schema_objects(struct limbeck *lb, const char *what,
	const char *const *names, size_t name_count,
	int (*fn)(void *data, const struct limbeck_object *object), void *data,
	struct limbeck_error *err);
/* Makes the desired schema in an empty database and stamps it with the heads. */
LIMBECK_EXPORT int limbeck_schema_apply(struct limbeck *lb, unsigned flags,
	void (*report)(void *data, const char *action, const char *what), void *data,
	struct limbeck_error *err);
/* Writes a first revision that makes what the database has, proves in scratch that
 * it makes the same, and stamps the database with it. */
LIMBECK_EXPORT int limbeck_baseline(struct limbeck *lb, const struct limbeck_new *what,
	char **path, struct limbeck_error *err);
/* What limbeck_test() found of a revision. */
enum limbeck_test_outcome {
	LIMBECK_TEST_PASSED,
	LIMBECK_TEST_IRREVERSIBLE,   /* it says so itself; its downgrade was not tried */
	LIMBECK_TEST_UPGRADE_FAILED,
	LIMBECK_TEST_DOWNGRADE_FAILED,
	LIMBECK_TEST_NOT_RESTORED,   /* the downgrade leaves another schema than before */
	LIMBECK_TEST_NOT_REPEATED,   /* the second upgrade makes another than the first */
	LIMBECK_TEST_ROWS_LOST       /* rows that were there before are gone after up and down */
};
struct limbeck_test_result {
	size_t size;
	const char *revision;
	const char *message;
	const char *path;
	int outcome;                 /* enum limbeck_test_outcome */
	const char *const *details;  /* lines: what differs, the error */
	size_t detail_count;
	double seconds;
};
/* In scratch: every revision up to target (NULL: heads) up, down, and up again, the
 * schemas compared, sample rows looked after. Stops at a failure of an upgrade.
 * *failures is the number of revisions that did not pass, irreversible ones not
 * counted. */
LIMBECK_EXPORT int limbeck_test(struct limbeck *lb, const char *target,
	int (*fn)(void *data, const struct limbeck_test_result *result), void *data,
	size_t *failures, struct limbeck_error *err);

/* Writes one revision in place of the range "A:B" (a line without branches), whose
 * files move to the folder `squashed` beside, from where databases that stand
 * within the range still finish it. Proves in scratch that both give the same. */
LIMBECK_EXPORT int limbeck_squash(struct limbeck *lb, const char *range,
	const struct limbeck_new *what, char **path, struct limbeck_error *err);

/* Creates these extensions where they are missing. On an engine that has no such
 * thing nothing is done, and the log says so: they matter to production alone.
 * report is told "Creating" or "Keeping", and the name; it may be NULL. */
LIMBECK_EXPORT int limbeck_extensions(struct limbeck *lb, const char *const *names,
	size_t name_count, void (*report)(void *data, const char *action, const char *name),
	void *data, struct limbeck_error *err);

/* A row of the history table. */
struct limbeck_entry {
	size_t size;
	int64_t sequence;
	const char *revision;
	const char *direction;        /* "upgrade", "downgrade", "stamp", "accept" */
	const char *outcome;          /* "done", "failed", "running" */
	const char *message;
	const char *checksum;
	int64_t statements_done;
	int64_t statements_total;
	const char *started_at;
	const char *finished_at;      /* "" while running */
	const char *database_user;
	const char *os_user;
	const char *host;
	const char *tool_version;
	const char *error;            /* "" if none */
};

/* The history, newest first, at most limit entries (0: all). */
LIMBECK_EXPORT int limbeck_log(struct limbeck *lb, size_t limit,
	int (*fn)(void *data, const struct limbeck_entry *entry), void *data,
	struct limbeck_error *err);

/* A template for limbeck_init(). */
struct limbeck_template {
	size_t size;
	const char *name;
	const char *synopsis;    /* the first line of its README, "" if there is none */
	const char *path;
};

/* The templates that are installed, by name. */
LIMBECK_EXPORT int limbeck_templates(
	int (*fn)(void *data, const struct limbeck_template *found), void *data,
	struct limbeck_error *err);

/* What becomes of a statement on an engine of another dialect. */
enum limbeck_fate {
	LIMBECK_FATE_SENT, LIMBECK_FATE_JOINED, /* done together with one of those that follow */
	LIMBECK_FATE_NOTHING, LIMBECK_FATE_DROPPED, /* nothing to do; it matters at home alone */
	LIMBECK_FATE_REFUSED }; /* it has no counterpart: a run would fail there */
enum limbeck_translate_flag { LIMBECK_TRANSLATE_DOWNGRADE = 1 << 0 };
struct limbeck_translate {
	size_t size;
	const char *what;       /* a revision, or the path of a file; NULL: all revisions */
	const char *to, *from;  /* the engine, NULL: that of the database URL; the dialect of what
	                         * says none, NULL: the project's, else postgresql */
	unsigned flags;         /* enum limbeck_translate_flag */
};
struct limbeck_translated {
	size_t size;
	const char *path, *source; /* the file, and the statement as it is written */
	int upgrade, fate;      /* the section that it is of; enum limbeck_fate */
	unsigned line, column;
	const char *const *sent; size_t sent_count;
	const char *why, *hint; /* of DROPPED and REFUSED, or NULL; and of REFUSED where: */
	unsigned problem_line, problem_column;
};
/* Shows what would be sent, statement by statement; no database is asked. lb may be NULL:
 * then options say where drivers are. *problems is how many are refused. */
LIMBECK_EXPORT int limbeck_translate(struct limbeck *lb, const struct limbeck_options *options,
	const struct limbeck_translate *what,
	int (*fn)(void *data, const struct limbeck_translated *statement), void *data,
	size_t *problems, struct limbeck_error *err);

/* A driver as found in the driver path. */
struct limbeck_driver_info {
	size_t size;
	const char *scheme;      /* the file's name, without .so */
	const char *path;
	const char *name;        /* the driver's own name; NULL when it can't be loaded */
	const char *description;
	const char *version;
	unsigned abi;
	const char *problem;     /* why it can't be loaded, NULL if it can */
};

/* The drivers of the driver path, by scheme; lb may be NULL, then only options
 * and environment say where to look. */
LIMBECK_EXPORT int limbeck_drivers(struct limbeck *lb, const struct limbeck_options *options,
	int (*fn)(void *data, const struct limbeck_driver_info *driver), void *data,
	struct limbeck_error *err);

LIMBECK_END_DECLS

#endif
