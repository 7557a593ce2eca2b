/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The driver ABI: what a database driver for limbeck is.
 *
 * A driver is a shared object that exports one symbol, limbeck_driver_entry.
 * It is found by the scheme of the database URL: foo://... is served by foo.so
 * in the driver path. A driver fills a struct limbeck_driver, all constant,
 * and says so with one macro:
 *
 *     static const struct limbeck_driver foo = {
 *             .name = "foo", .traits = &foo_traits,
 *             .open = foo_open, .close = foo_close, .execute = foo_execute,
 *     };
 *     LIMBECK_DRIVER_DEFINE(foo)
 *
 * The macro stamps the ABI number and the sizes, and defines
 * `limbeck_host`, through which the driver reaches the host's services.
 * Members are only ever added at the end of a structure, each group headed by
 * the ABI it came with; the loader copies what both sides know and fills the
 * rest with the standard behaviour named at each member. A structure inside
 * another (limbeck_lexis in limbeck_traits) grows with a new ABI number only.
 *
 * Structures that the host hands over carry their size, set by the host: a
 * driver looks at, or fills, no member beyond it. In those that a driver hands
 * over (traits, lexis) it may leave the size zero.
 *
 * The life of a connection:
 *
 *     open -> { server | lock | unlock | execute | execute_batch |
 *               introspect | scratch } ... -> close
 *                          cancel may come at any moment between the two
 *
 * One thread at a time calls into a connection, but for cancel, which another
 * thread may call while a call is under way. Of two connections each may have a
 * thread of its own. A driver prints nothing, never exits, and installs no signal
 * handlers. Strings that it is given are valid
 * until the call returns. A call that fails returns -1 and has filled err by
 * host->fail; the host checks this. With these codes (<limbeck/error.h>):
 *
 *     LIMBECK_E_CONFIG      open: the URL, or a parameter of it, can't be used;
 *                           a parameter that the driver does not know is such
 *                           an error too, and named in it
 *     LIMBECK_E_CONNECT     open: no connection. Later: the connection is lost;
 *                           of all members only close is called after that
 *     LIMBECK_E_NO_TABLE    a table does not exist. The host reads its own tables
 *                           before they are made and relies on this code
 *     LIMBECK_E_BUSY        a lock was not to be had in the engine's time
 *     LIMBECK_E_CANCELLED   the statement was cancelled
 *     LIMBECK_E_UNSUPPORTED the engine can't do that
 *     LIMBECK_E_NOMEM       no memory
 *     LIMBECK_E_SQL         all else that the server refuses
 */
#ifndef LIMBECK_DRIVER_H
#define LIMBECK_DRIVER_H

#include <stddef.h>
#include <stdint.h>

#include <limbeck/dialect.h>
#include <limbeck/error.h>
#include <limbeck/host.h>
#include <limbeck/schema.h>
#include <limbeck/translation.h>
#include <limbeck/version.h>

LIMBECK_BEGIN_DECLS

struct limbeck_param {
	const char *name;
	const char *value;
};

/* A database URL in parts, all percent-decoded; NULL where absent. */
struct limbeck_url {
	size_t size;
	const char *scheme;   /* lower case, without a "+suffix" */
	const char *user;
	const char *password; /* must never be printed, logged or put in an error */
	const char *host;
	const char *port;
	/* What follows the authority, without its first slash: a database name,
	 * or a file's path (made absolute by the host where it was relative).
	 * NULL or "" when nothing follows. */
	const char *path;
	const struct limbeck_param *params; /* ?name=value&... in order */
	size_t param_count;
	/* The path as it was written, for an engine whose databases are no files. */
	const char *name;
};

enum limbeck_open_flag {
	/* Only reads will follow: nothing may be created. A database that is a
	 * file and does not exist reads as an empty one. */
	LIMBECK_OPEN_READ = 1 << 0,
	/* But one that does not exist is an error. */
	LIMBECK_OPEN_EXISTING = 1 << 1
};

struct limbeck_open {
	size_t size;
	const struct limbeck_url *url;
	unsigned flags;           /* enum limbeck_open_flag */
	const char *application;  /* how to introduce ourselves to the server */
};

/* What can be asked of an engine, and how well it can. */
enum limbeck_ability {
	LIMBECK_NO = 0,       /* can't */
	LIMBECK_EMULATED = 1, /* the core does it by simpler means */
	LIMBECK_NATIVE = 2    /* can */
};

enum limbeck_capability {
	LIMBECK_CAP_TRANSACTIONAL_DDL, /* DDL is undone by ROLLBACK */
	LIMBECK_CAP_SCHEMAS,           /* several named schemas in a database */
	LIMBECK_CAP_BATCH,             /* execute_batch is one round trip; without
	                                * that member the host sets LIMBECK_EMULATED */
	LIMBECK_CAP_LOCK,              /* lock keeps others out; the host sets it where
	                                * the driver has a lock, to NO where it has not */
	/* Introspection and rendering. */
	LIMBECK_CAP_INTROSPECT,        /* the host sets it where the driver can introspect */
	LIMBECK_CAP_SCRATCH,           /* and this where it has a scratch */
	LIMBECK_CAP_ALTER_CONSTRAINTS, /* ALTER TABLE adds and drops constraints; NO: the host
	                                * keeps all changes of a table together */
	LIMBECK_CAP_BOUND_VIEWS,       /* a view must go before what it reads is changed or
	                                * dropped, and be made again afterwards */
	LIMBECK_CAP_BOUND_KEYS,        /* a foreign key must go before the type of a column at
	                                * either end changes */
	LIMBECK_CAP_RENAME_INDEX,      /* indexes can be renamed */
	LIMBECK_CAP_RENAME_CONSTRAINT,
	LIMBECK_CAP_EXTENSIONS,        /* extensions can be created in a database */
	LIMBECK_CAP_RENAME_TEXTS,      /* a rename of a table or column reaches the views and
	                                * triggers that name it; NO: the host has them made anew */
	LIMBECK_CAP_COUNT
};

/* Facts about an engine, as data. All strings are constant. */
struct limbeck_traits {
	size_t size;
	struct limbeck_lexis lexis;
	unsigned char can[32];     /* enum limbeck_ability by enum limbeck_capability */

	/* What opens and closes a transaction. Standard: BEGIN, COMMIT, ROLLBACK.
	 * An engine whose DDL commits by itself names what makes data statements
	 * wait for the next commit. The host sends rollback after a failure, also
	 * where the engine may have rolled back by itself: execute() must take it
	 * as success then. */
	const char *begin;
	const char *commit;
	const char *rollback;
	/* Sent after commit or rollback, where begin changed the session;
	 * NULL: nothing. */
	const char *after;

	/* A type for texts of any length, and one for 64-bit integers.
	 * Standard: text, bigint. */
	const char *text_type;
	const char *integer_type;
	/* What follows the column list of CREATE TABLE for limbeck's own tables,
	 * NULL: nothing. */
	const char *table_suffix;

	/* Expressions that give the time in UTC as text like
	 * 2026-11-21T04:55:12.123456Z: now, and at the start of the transaction.
	 * NULL: the host writes its own clock's time. */
	const char *clock;
	const char *transaction_clock;

	/* Where DDL is not transactional: the words, separated by blanks and in
	 * upper case, that begin a statement which does not commit what is
	 * pending. Any other is taken to commit it. NULL: none. */
	const char *data_words;
	/* Beginnings of one or more words, separated by commas, that data_words
	 * covers and that commit all the same. NULL: none. */
	const char *committing_words;

	/* Gives the session the settings it began with; sent at the start of each
	 * revision, so that none depends on what an earlier one has set. May stand
	 * in a transaction. NULL: nothing. */
	const char *reset;

	/* The engine keeps texts (defaults, checks, views) as they were written, and
	 * compares unquoted names without regard to case: the host takes two of them
	 * for equal that differ in spacing, comments, quoting of names, case outside
	 * strings, and outer parentheses. 0: it has a normal form. */
	int texts_as_written;

	/* For a revision whose section has the flag `rebuild`: what is sent before the
	 * transaction begins (NULL: nothing), a query that must give no row before it
	 * commits (its rows are shown as what is wrong), and what is sent after commit
	 * or rollback; in a session whose server says so, its own rebuild_end instead. */
	const char *rebuild_begin;
	const char *rebuild_check;
	const char *rebuild_end;

	/* The schema that unqualified names belong to where no connection says so. */
	const char *default_schema;

	/* A query whose rows say all of the server and the session on which it depends
	 * what a scratch makes of DDL, and what introspect() reads there: the exact
	 * version, encoding, collations, settings, extensions; and nothing that changes
	 * by itself. While they are the same, the host may use what it has read before.
	 * NULL: it is not known, or a scratch costs nothing. */
	const char *fingerprint;

	/* How statements of other dialects are said here; NULL: revisions must be
	 * written in the engine's own. */
	const struct limbeck_translation *translation;
};

/* What a server says of itself. Strings live until close. */
struct limbeck_server {
	size_t size;
	const char *product;  /* "postgresql", "mariadb"...: a name for @only */
	const char *version;  /* as the server writes it; NULL where a script is written without
	                       * a connection: then the newest is meant */
	const char *user;     /* the database user, NULL where there are none */
	const char *database; /* name or file */
	/* The lexical traits of this session where its settings differ from the
	 * driver's traits (a SQL mode, for example); NULL: as there. */
	const struct limbeck_lexis *lexis;
	/* The schema that holds the host's tables (limbeck_history), or that an
	 * unqualified name is created in now; NULL when there is none: the host qualifies the names of its own tables with it, since
	 * a revision may change the session's default. */
	const char *schema;
	/* What rebuild_end of the traits is in this session, where it depends on the
	 * settings that the session began with; NULL: as there. */
	const char *rebuild_end;
	/* Sent behind `reset` of the traits, at the start of each revision; may stand in a
	 * transaction, and its rows are not looked at. NULL: nothing. */
	const char *settings;
	/* Where several servers hold the database, and lock() keeps out only those who talk
	 * to this one: a name of this one that no other has, and that it loses when it is
	 * started anew; "" where lock() keeps out nobody. The host then adds a lock of its
	 * own, a row in a table (see lock()). NULL: lock() keeps out all. */
	const char *node;
};

/* What is to be introspected. */
struct limbeck_introspect {
	size_t size;
	/* The schemas that matter; none: all but the system's. An engine without
	 * schemas reads the connection's database. */
	const char *const *schemas;
	size_t schema_count;
	/* Set by the driver: the schema whose names are unqualified; the string lives
	 * until close. */
	const char *default_schema;
};

enum limbeck_scratch_flag {
	/* Whole revisions will run there, with transactions of their own; without it
	 * a schema is loaded and read back, no more. */
	LIMBECK_SCRATCH_REVISIONS = 1 << 0
};

/* What changes are rendered against. */
struct limbeck_rendering {
	size_t size;
	/* The table (or view, or domain) that the changes are about, with all its
	 * parts, as it is before the first of them; nothing else: empty when they make
	 * it. NULL when they are about none. */
	const struct limbeck_catalog *before;
	/* The whole schema as it is after the last of them. */
	const struct limbeck_catalog *after;
	const char *default_schema;          /* NULL where there are none */
	const struct limbeck_server *server; /* NULL: not connected */
};

/* What a statement is to whoever counts what is done and what is not. */
enum limbeck_nature {
	LIMBECK_NATURE_STANDARD, /* let the host judge it: where DDL commits by itself, by the
	                          * traits' words, PLAIN or COMMITS; elsewhere OUTSIDE */
	LIMBECK_NATURE_PLAIN,    /* commits nothing, and ROLLBACK undoes it */
	LIMBECK_NATURE_SETTING,  /* changes nothing but the session: likewise */
	LIMBECK_NATURE_COMMITS,  /* commits first what is pending, and then itself: all of it,
	                          * or, when it fails, nothing */
	LIMBECK_NATURE_OPAQUE,   /* what it runs, and so what it commits, is not in its text: a
	                          * procedure */
	LIMBECK_NATURE_KEPT,     /* commits nothing, and no ROLLBACK undoes it */
	LIMBECK_NATURE_OUTSIDE   /* must not, or need not, stand in a transaction */
};

/* What is known of a statement of which no answer came, or that failed. */
enum limbeck_effect {
	LIMBECK_EFFECT_NONE,    /* it did nothing; or to run it again is as good */
	LIMBECK_EFFECT_DONE,    /* it took effect, all of it */
	LIMBECK_EFFECT_UNKNOWN
};

struct limbeck_probe {
	size_t size;
	const struct limbeck_statement *statement;
	/* What the expression of `footprint` gave just before it was sent; NULL: it was not
	 * asked for. */
	const char *before;
	/* For the driver to fill: what it has seen, as a sentence ("Table t is there."); and
	 * a statement that takes away what is left of this one where it failed half-way (an
	 * index that can't be used), to be run by itself before it is run again. Both are ""
	 * before the call. */
	char known[512];
	char remedy[512];
};

/* What the statements of a revision may take, in milliseconds; 0: whatever the session
 * allows. */
struct limbeck_limits {
	size_t size;
	int64_t lock;      /* to wait for a lock */
	int64_t statement; /* to run, all in all */
	int enclosed;      /* they stand in a transaction */
};

/* A statement of a batch. This structure never grows. */
struct limbeck_statement {
	const char *sql;  /* not necessarily ended by a zero byte */
	size_t length;
};

struct limbeck_driver {
	/* Since ABI 0 */

	/* The engine, and the dialect that it speaks: lower-case letters, digits
	 * and "_". Required. */
	const char *name;
	const char *description; /* a line for `limbeck drivers` */
	const char *version;     /* the driver's own version */
	const struct limbeck_traits *traits; /* required */

	/* Connects. Sets *conn, which later calls receive, on success only. The
	 * session may be kept until close has returned. Must not put the password
	 * into err or the log. Required. */
	int (*open)(struct limbeck_session *session, const struct limbeck_open *how,
		void **conn, struct limbeck_error *err);

	/* Ends the connection and frees conn. A transaction that is open is rolled
	 * back. Can't fail. Required. */
	void (*close)(void *conn);

	/* Runs one statement exactly as written, at once; rows go to the sink, and
	 * so does, by host->done, the count of changed rows: 0 when it could have
	 * changed some and did not, -1 when it is none that counts. The text may
	 * hold several statements where the engine takes such a text: a section
	 * marked @whole; their counts may come one by one or added up. Outside a
	 * transaction each statement stands alone, as the engine has it. A position
	 * in err counts from the start of the whole text. Required. */
	int (*execute)(void *conn, const struct limbeck_statement *statement,
		struct limbeck_sink *sink, struct limbeck_error *err);

	/* Runs several statements in order, in one round trip if it can, stopping
	 * at the first that fails. *done is how many have succeeded, whatever is
	 * returned. Each that succeeded has been reported by host->done, once, in
	 * order, as soon as its answer came. Fewer than count is a failure, unless
	 * host->done said stop. A position in err counts from the start of the
	 * statement that failed. The statements may open and end transactions.
	 * Standard: execute() for each. */
	int (*execute_batch)(void *conn, const struct limbeck_statement *statements,
		size_t count, struct limbeck_sink *sink, size_t *done,
		struct limbeck_error *err);

	/* Tells about the server, called once, after open. May need no round trip;
	 * may make one. Members that it does not know it leaves alone: they are
	 * NULL. Standard: product is the driver's name, all else is NULL. */
	int (*server)(void *conn, struct limbeck_server *server, struct limbeck_error *err);

	/* Makes the call that is under way in another thread fail soon with
	 * LIMBECK_E_CANCELLED; harmless when there is none. Comes at any moment
	 * between the return of open and the call of close. 0 or -1.
	 * Standard: does nothing; the run stops after the statement. */
	int (*cancel)(void *conn);

	/*
	 * The lock around a run, of a database and a version table: name tells the tables of
	 * one database apart, and the lock of one database must not stand in the way of
	 * another's.
	 *
	 * lock() tries to take it: 1 taken, 0 another has it, -1 failed. Must not wait for
	 * others: the host calls it again and again, on a session that is idle and holds
	 * nothing between two calls, so that whoever waits hinders no statement of the
	 * holder. unlock() gives it back.
	 *
	 * The lock belongs to the connection: it is free once close() has been called, and
	 * soon after the process, or the connection, has died. It should not be free before
	 * the last statement of that connection has come to its end. Where the connection may
	 * live on without it, because it does not belong to the server's session, lock_check
	 * tells.
	 *
	 * Standard: the host uses a row of a table limbeck_lock. Whoever holds it writes a
	 * number into it every few seconds, on a second connection; once it has not changed
	 * for a while, others take the lock over. The same holds where `node` of struct
	 * limbeck_server says that lock() does not reach everybody; whoever has lock() of the
	 * same node need not wait then.
	 */
	int (*lock)(void *conn, const char *name, struct limbeck_error *err);
	int (*unlock)(void *conn, const char *name, struct limbeck_error *err);
	/* Writes to text who holds the lock: which process, where, since when ("pid 4711 on
	 * web-3 since ..."), at most size bytes with the zero byte: 1 written, 0 not known.
	 * Standard: 0. */
	int (*lock_holder)(void *conn, const char *name, char *text, size_t size);

	/* Reads the schema into catalog, complete, in a number of queries that does
	 * not depend on the number of objects. Left out: the system's objects, those
	 * that belong to an extension, and temporary ones; the host filters its own
	 * tables. Changes no setting of the session that outlives the call. Objects
	 * come in the order of their names, columns in the table's order.
	 * Standard: fails with LIMBECK_E_UNSUPPORTED. */
	int (*introspect)(void *conn, struct limbeck_introspect *request,
		struct limbeck_catalog *catalog, struct limbeck_error *err);

	/* Opens a second connection, to an empty place of the same engine (and
	 * version, collation, extensions at hand) where a schema can be loaded and of
	 * which nothing is left once close has been called for it, or the process has
	 * died, at the latest when the next scratch is opened by somebody. *scratch is
	 * a connection for all members of this table. flags: limbeck_scratch_flag. An
	 * error for want of rights says so and hints at scratch_url.
	 * Nothing outside of it is changed, whatever statements it is given: what would
	 * do that is left out where it says nothing of a schema (rights, say), else
	 * refused with LIMBECK_E_UNSUPPORTED.
	 * Standard: fails with LIMBECK_E_UNSUPPORTED. */
	int (*scratch)(void *conn, struct limbeck_session *session, unsigned flags,
		void **scratch, struct limbeck_error *err);

	/* Whether ALTER can lead from before to after, an object of the same name and
	 * kind: 1; or it must be dropped and created: 0. Asked for neither tables nor
	 * columns, which are always altered. Standard: 0, and 1 where nothing but the
	 * comment differs. */
	int (*alterable)(const struct limbeck_object *before, const struct limbeck_object *after);

	/* Writes the statements of count changes that follow each other and are about
	 * one table or one other object. The creation of a table is the first of its
	 * changes, its drop the last, and its renaming comes alone. Returns how many of them it has rendered,
	 * from the first on, or -1. The host then renders the next one in the words of
	 * standard SQL, and calls again for those behind it. Must not talk to the
	 * server. What is lost by a destructive change the host remarks by itself.
	 * Standard: 0. */
	int (*render)(const struct limbeck_rendering *rendering,
		const struct limbeck_change *changes, size_t count, struct limbeck_out *out,
		struct limbeck_error *err);

	/* What a statement of a revision is: enum limbeck_nature. Asked of each statement, in
	 * order, before it is sent, where the engine's DDL commits by itself; elsewhere of
	 * those that are to run outside a transaction, of which those that are PLAIN or
	 * OPAQUE get one of their own, together with the entry that counts them. May ask the
	 * server. Standard: LIMBECK_NATURE_STANDARD. */
	int (*nature)(void *conn, const struct limbeck_statement *statement);

	/* Makes an expression of SQL, in parentheses, that gives a text; the text is another
	 * one once the statement has taken effect. The host has it written down in the round
	 * trip that sends the statement. *expression is of host->alloc, the host frees it. It
	 * fails for no state of the database. Must not talk to the server. 1 made, 0 not.
	 * Standard: 0. */
	int (*footprint)(void *conn, const struct limbeck_statement *statement, char **expression);

	/* Whether the statement took effect: enum limbeck_effect. Nobody else is at work: the
	 * session that sent it is over, or it has failed; the settings that the revision had
	 * made before it are made again. Changes nothing.
	 * Standard: LIMBECK_EFFECT_UNKNOWN. */
	int (*probe)(void *conn, struct limbeck_probe *probe, struct limbeck_error *err);

	/* Puts limits on the statement, which is sent next and fails with LIMBECK_E_BUSY
	 * when it has waited too long for a lock. Where that takes a statement of its own,
	 * writes it to text, at most size bytes with the zero byte, and returns 1: the host
	 * sends it, unless the last one that it sent in this transaction was the same; it may
	 * stand in a transaction, and its rows are not looked at. Else 0. statement is NULL
	 * before statements of the host's own, which run without limits. A limit that does no good
	 * is left out. Must not talk to the server. Standard: 0, and there are none. */
	int (*limit)(void *conn, const struct limbeck_limits *limits,
		const struct limbeck_statement *statement, char *text, size_t size);

	/* Writes to text who holds what the statement, which was given up for want of a lock,
	 * has waited for ("pid 4711 (user app, 32 s): UPDATE t..."), at most size bytes with
	 * the zero byte: 1 written, 0 not known. Standard: 0. */
	int (*blockers)(void *conn, const struct limbeck_statement *statement, char *text,
		size_t size);

	/* Writes a copy of the whole database, as it is now, to the file at path, which
	 * exists and is empty. The host removes it where this fails. A program is run by
	 * host->run. Standard: fails with LIMBECK_E_UNSUPPORTED. */
	int (*backup)(void *conn, const char *path, struct limbeck_error *err);

	/* Writes to text a statement, at most size bytes with the zero byte, that fails when
	 * this connection does not hold the lock any more, and else changes nothing: 1
	 * written, 0 the lock can't be lost as long as the connection stands. Called after
	 * lock() has returned 1, once. The host sends it in each revision's transaction and
	 * before each entry that says how far a revision came, in the same round trip; when it
	 * fails the run stops, rolls back, and writes nothing. What it says must hold until
	 * the transaction has ended, or nearly so. Standard: 0. */
	int (*lock_check)(void *conn, const char *name, char *text, size_t size);

	/* What traits->translation is for this server (NULL: not connected), where servers
	 * differ in what they understand. What it gives is constant; NULL: as there. Must not
	 * talk to the server. Standard: traits->translation. */
	const struct limbeck_translation *(*translation)(const struct limbeck_server *server);
};

/* What the entry function returns: the table and the stamps. This structure
 * never changes, so that every host can read the ABI number of every driver.
 * The function may be called several times in a process. */
struct limbeck_driver_entry {
	unsigned abi;           /* LIMBECK_DRIVER_ABI that it was compiled with */
	size_t driver_size;     /* sizeof(struct limbeck_driver) there */
	size_t traits_size;     /* sizeof(struct limbeck_traits) there */
	const struct limbeck_driver *driver;
};

/* The one symbol that a driver exports; LIMBECK_DRIVER_DEFINE defines it. A
 * function, since dlsym() of POSIX is only sure to find functions. */
typedef const struct limbeck_driver_entry *limbeck_driver_entry_fn(const struct limbeck_host *host);
LIMBECK_EXPORT const struct limbeck_driver_entry *limbeck_driver_entry(
	const struct limbeck_host *host);

/* The host's services, for all source files of a driver. */
#if defined(__GNUC__)
extern __attribute__((visibility("hidden"))) const struct limbeck_host *limbeck_host;
#else
extern const struct limbeck_host *limbeck_host;
#endif

#define LIMBECK_DRIVER_DEFINE(table)                                                          \
	const struct limbeck_host *limbeck_host;                                              \
	const struct limbeck_driver_entry *limbeck_driver_entry(const struct limbeck_host *h) \
	{                                                                                     \
		static const struct limbeck_driver_entry entry = { LIMBECK_DRIVER_ABI,        \
			sizeof(struct limbeck_driver), sizeof(struct limbeck_traits),         \
			&(table) };                                                           \
		limbeck_host = h;                                                             \
		return &entry;                                                                \
	}

LIMBECK_END_DECLS

#endif
