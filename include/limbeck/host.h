/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The services that the host (the core of limbeck) gives to a driver.
 *
 * A driver links its client library and nothing else; all it needs of the core
 * comes through this table, whose address limbeck_driver_entry() receives
 * (SQLite hands its API to extensions in the same way, "Run-Time Loadable
 * Extensions"). The table lives as long as the process. Members are only ever
 * added at the end.
 */
#ifndef LIMBECK_HOST_H
#define LIMBECK_HOST_H

#include <stddef.h>
#include <stdint.h>

#include <limbeck/dialect.h>
#include <limbeck/error.h>
#include <limbeck/schema.h>
#include <limbeck/version.h>

LIMBECK_BEGIN_DECLS

/* The host's side of one connection; the driver gets it in open() and hands it
 * back in log() and cancelled(). Valid until close() has returned. */
struct limbeck_session;

/* Where results go. Valid during the call that it was given to. */
struct limbeck_sink;

/* Where rendered SQL goes. Valid during render. */
struct limbeck_out;

/* A token of SQL text: see host->token. */
enum limbeck_token_kind {
	LIMBECK_TOKEN_END,        /* no more; also an open quote or comment */
	LIMBECK_TOKEN_WORD,       /* keyword or unquoted identifier */
	LIMBECK_TOKEN_IDENTIFIER, /* quoted, quotes included */
	LIMBECK_TOKEN_STRING,     /* quotes included */
	LIMBECK_TOKEN_NUMBER,
	LIMBECK_TOKEN_OTHER       /* operators, punctuation, parameters */
};

struct limbeck_token {
	enum limbeck_token_kind kind;
	const char *text;         /* into the text */
	size_t length;
};

enum limbeck_log_level {
	LIMBECK_LOG_ERROR,
	LIMBECK_LOG_WARNING,
	LIMBECK_LOG_NOTICE,  /* worth seeing at the default level */
	LIMBECK_LOG_INFO,    /* with -v */
	LIMBECK_LOG_DEBUG    /* with -vv: every call, every statement */
};

struct limbeck_host {
	size_t size;   /* of this table, as the host knows it */
	unsigned abi;  /* LIMBECK_DRIVER_ABI of the host */

	/* Memory, zeroed. NULL when there is none. What a driver keeps, it frees. */
	void *(*alloc)(size_t size);
	void (*free)(void *memory);

	/* Fills err (which may be NULL) with a code (driver.h lists those for
	 * drivers), and a message formatted as by printf. Call it once per
	 * failure, at the place that sees it. Always returns -1, so that
	 * `return host->fail(...)` reads well. */
	int (*fail)(struct limbeck_error *err, int code, const char *format, ...)
		LIMBECK_PRINTF(3, 4);
	/* Adds to an error just made. Texts are copied; NULL and "" are ignored.
	 * sqlstate is five characters; position counts bytes of the statement,
	 * from 1, 0 when it is not known. */
	void (*fail_sqlstate)(struct limbeck_error *err, const char *sqlstate, int vendor);
	void (*fail_detail)(struct limbeck_error *err, const char *detail);
	void (*fail_hint)(struct limbeck_error *err, const char *hint);
	void (*fail_position)(struct limbeck_error *err, size_t position);

	/* Writes a line to the log, headed by the driver's name: a server's notice
	 * or warning, for example. Never pass a password. */
	void (*log)(struct limbeck_session *session, enum limbeck_log_level level,
		const char *format, ...) LIMBECK_PRINTF(3, 4);

	/* Nonzero while the user wants the call under way to stop. A driver that
	 * waits for its server looks at it whenever its wait is interrupted. (It is
	 * zero again when the host cleans up afterwards.) */
	int (*cancelled)(struct limbeck_session *session);

	/* Names of the result's columns, before the first row. Optional. */
	void (*columns)(struct limbeck_sink *sink, size_t count, const char *const *names);
	/* A row, as text, binary values as their bytes; a NULL value is SQL's NULL.
	 * lengths may be NULL where all values end in a zero byte. The sink copies
	 * what it wants. Nonzero: it wants no more rows; read the rest and drop
	 * it (more calls are harmless). The statement still succeeds. */
	int (*row)(struct limbeck_sink *sink, size_t count, const char *const *values,
		const size_t *lengths);
	/* A statement is done: its place in the batch (0 in execute), and how
	 * many rows it changed, -1 when the server does not say. Nonzero: run no
	 * further statement of the batch, if they have not been sent yet, and
	 * return 0. Those that were sent go on, and are reported like the others. */
	int (*done)(struct limbeck_sink *sink, size_t index, int64_t affected);

	/* Reads one token of length bytes of text at *position, and moves it
	 * behind; comments and blanks are passed over. */
	void (*token)(const struct limbeck_lexis *lexis, const char *text, size_t length,
		size_t *position, struct limbeck_token *token);

	/* Filling a catalog (<limbeck/schema.h>). Texts are copied. When memory runs
	 * out object_add returns NULL, the others take NULL for an object quietly, and
	 * the host fails the introspection after the driver has returned. Adding an
	 * object that is there already returns that one. */
	struct limbeck_object *(*object_add)(struct limbeck_catalog *catalog,
		enum limbeck_kind kind, const char *schema, const char *table, const char *name,
		const char *signature);
	/* Sets a text attribute; NULL: absent. "" is a text. */
	void (*object_set)(struct limbeck_object *object, enum limbeck_attribute attribute,
		const char *value);
	void (*object_set_n)(struct limbeck_object *object, enum limbeck_attribute attribute,
		const char *value, size_t length);
	/* Adds an item to a list attribute. */
	void (*object_append)(struct limbeck_object *object, enum limbeck_attribute attribute,
		const char *item);
	/* Says that object can't be without another (a view without the column it
	 * reads): names as in object_add. The other need not be there yet, or ever.
	 * Needless where it follows from the model: a part and its table, a foreign
	 * key and what it refers to, a column and its type, if that is in the catalog
	 * under the same name. */
	void (*object_depends)(struct limbeck_object *object, enum limbeck_kind kind,
		const char *schema, const char *table, const char *name, const char *signature);

	/* Reading. The first four are as limbeck_object_kind() and so on. */
	enum limbeck_kind (*object_kind)(const struct limbeck_object *object);
	const char *(*object_schema)(const struct limbeck_object *object);
	const char *(*object_table)(const struct limbeck_object *object);
	const char *(*object_name)(const struct limbeck_object *object);
	const char *(*object_signature)(const struct limbeck_object *object);
	const char *(*object_get)(const struct limbeck_object *object,
		enum limbeck_attribute attribute);
	size_t (*object_count)(const struct limbeck_object *object,
		enum limbeck_attribute attribute);
	const char *(*object_item)(const struct limbeck_object *object,
		enum limbeck_attribute attribute, size_t i);
	/* Whether the attribute is the same in both. */
	int (*object_same)(const struct limbeck_object *a, const struct limbeck_object *b,
		enum limbeck_attribute attribute);
	/* An object by name, NULL when there is none. */
	const struct limbeck_object *(*object_find)(const struct limbeck_catalog *catalog,
		enum limbeck_kind kind, const char *schema, const char *table, const char *name,
		const char *signature);
	/* The parts of this kind of a table (or, table NULL, all objects of the kind)
	 * in order: start with NULL, ends with NULL. */
	const struct limbeck_object *(*object_next)(const struct limbeck_catalog *catalog,
		enum limbeck_kind kind, const char *schema, const char *table,
		const struct limbeck_object *previous);

	/* Rendering. What is put is the text of one statement until end. */
	void (*put)(struct limbeck_out *out, const char *format, ...) LIMBECK_PRINTF(2, 3);
	/* A name, in the session's preferred quotes where it is no word in lower case,
	 * or one that is reserved in some dialect. */
	void (*put_name)(struct limbeck_out *out, const char *name);
	/* schema.name, without the schema where it is NULL or the default one. */
	void (*put_qualified)(struct limbeck_out *out, const char *schema, const char *name);
	/* The names of a list attribute, separated by ", ". */
	void (*put_names)(struct limbeck_out *out, const struct limbeck_object *object,
		enum limbeck_attribute attribute);
	/* A string literal; NULL gives NULL. */
	void (*put_literal)(struct limbeck_out *out, const char *text);
	/* What stands in CREATE TABLE for a column or a constraint, in the words of
	 * standard SQL: `name type DEFAULT ... NOT NULL`, `CONSTRAINT name CHECK (...)`.
	 * Nothing for any other kind. */
	void (*put_definition)(struct limbeck_out *out, const struct limbeck_object *object);
	/* The statement is complete; with nothing put: no statement. ";" and the end of
	 * the line are the host's, and where the text holds what the host would read as
	 * the end of a statement, an @statement block. */
	void (*end)(struct limbeck_out *out);
	/* A line of comment for people before the statement that comes next (in front
	 * of what is put since the last end). */
	void (*remark)(struct limbeck_out *out, const char *format, ...) LIMBECK_PRINTF(2, 3);
	/* The statement that is being put must not stand in a transaction: it comes
	 * into an @autocommit block. */
	void (*put_autocommit)(struct limbeck_out *out);
	/* The statement can't be run before a person has filled something in, named
	 * by the text: it comes behind an @decide directive. */
	void (*put_decide)(struct limbeck_out *out, const char *format, ...) LIMBECK_PRINTF(2, 3);
	/* The revision replaces tables by copies of them: it comes with the flag
	 * `rebuild` of @upgrade and @downgrade (traits: rebuild_begin). */
	void (*put_rebuild)(struct limbeck_out *out);
	/* The catalog that an object is of: of a change's `after`, the schema that all
	 * changes lead to. */
	const struct limbeck_catalog *(*object_catalog)(const struct limbeck_object *object);

	/* Runs a program, looked for in PATH, to its end; argv is NULL-ended. environment:
	 * what is added to ours, "NAME=VALUE", NULL-ended; the only place for a password. It
	 * has nothing to read, and nothing that it says is shown, but what it writes to standard
	 * error is the detail of err when it fails. secret (may be NULL) is taken out of that.
	 * Ended when the user wants to stop. 0; or -1 and err, which says LIMBECK_E_UNSUPPORTED
	 * where there is no such program. */
	int (*run)(struct limbeck_session *session, const char *const *argv,
		const char *const *environment, const char *secret, struct limbeck_error *err);
};

LIMBECK_END_DECLS

#endif
