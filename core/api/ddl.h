/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files of DDL as the statements that make a schema of them, whatever program
 * wrote them: what says nothing of the schema (transactions, rows, rights, owners,
 * a client's own commands) is left out.
 */
#ifndef API_DDL_H
#define API_DDL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/vec.h"
#include "sql/splitter.h"
#include <limbeck/error.h>
#include <limbeck/schema.h>

/* A file, or what a command printed. */
struct ddl_text {
	const char *shown;
	const char *text;
	size_t length;
	size_t first;           /* statement of it */
};

struct ddl_statement {
	const struct ddl_text *from;
	const char *sql;        /* into the text */
	size_t length;
	unsigned line;
	unsigned column;
	bool setting;           /* about the session: those behind it in its text rely on it */
	bool drop;              /* DROP: later it could meet what it did not mean */
	bool index;             /* CREATE INDEX: hardly anything relies on it */
};

/* "-- @renamed OLD" and what it stands before. */
struct ddl_hint {
	const struct ddl_text *from;
	unsigned line;
	unsigned column;
	const char *old;
	enum limbeck_kind kind; /* TABLE, COLUMN, VIEW, SEQUENCE, ENUM, DOMAIN */
	const char *schema;     /* NULL: not said */
	const char *table;      /* of a COLUMN */
	const char *name;
};

struct ddl {
	struct arena *arena;
	const struct limbeck_lexis *lexis;
	const struct log *log;
	bool schemas;           /* the engine has several in a database; else CREATE SCHEMA
	                         * makes a database */
	VEC(struct ddl_text *) texts;
	VEC(struct ddl_statement) statements;
	VEC(struct ddl_hint) hints;
};

/* Adds a text, which the arena holds. */
int ddl_add(struct ddl *ddl, const char *shown, const char *text, size_t length,
	struct limbeck_error *err);

/* Gives err, which the statement has caused, its place; position is a byte of
 * the statement, from 1, or 0. */
void ddl_place(const struct ddl_statement *statement, size_t position, struct limbeck_error *err);
/* Gives err a line and column of the text. Always -1. */
int ddl_fail(const struct ddl_text *text, unsigned line, unsigned column,
	struct limbeck_error *err);

/* A name as it is meant, without quotes. NULL: no memory. */
const char *ddl_plain_name(struct arena *arena, const char *text, size_t length);

/* What becomes of a statement. */
enum ddl_use {
	DDL_RUN,
	DDL_SETTING,
	DDL_SKIP,
	DDL_REFUSE              /* err is filled, but for the place */
};
/* Of the statement, sql and length are looked at, and drop and index set. */
enum ddl_use ddl_judge(const struct ddl *ddl, struct ddl_statement *statement,
	struct limbeck_error *err);

/* Reads "@renamed OLD" (or another directive, which is passed over): 1 with *old
 * set, 0, or -1 with err but for the place. */
int ddl_directive(struct ddl *ddl, const char *text, size_t length, const char **old,
	struct limbeck_error *err);
/* Takes the hints inside a statement, and the one before it (may be NULL: its
 * name is set then). */
int ddl_hints(struct ddl *ddl, const struct ddl_statement *statement, struct ddl_hint *before,
	struct limbeck_error *err);

#endif
