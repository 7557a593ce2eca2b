/* SPDX-License-Identifier: BSD-2-Clause */
/* One side of a comparison: a schema from wherever it comes, as a catalog. */
#ifndef API_SIDE_H
#define API_SIDE_H

#include "api/ddl.h"
#include "api/scratch.h"
#include "schema/catalog.h"

struct replay;

struct side {
	struct limbeck *lb;
	const char *shown;             /* "the database", "revision 27c6a30d7c24", a URL... */
	struct arena arena;
	struct connection *connection; /* that the catalog borrows from */
	struct limbeck_catalog *catalog;
	struct ddl ddl;                /* hints, where it was read from files */
	bool desired;                  /* it is the schema that is wanted */
	/* What it owns; NULL where it does not. */
	struct driver *own_driver;
	struct connection *own;
	struct scratch scratch;
	struct replay *replay;
};

/* what: "database" (the configured one), "schema" (the desired one), a database
 * URL, exec:COMMAND, SQL files by name or pattern, or a revision, up to which the
 * revisions are run in scratch. flags: enum limbeck_schema_flag; AGAINST_MIGRATIONS
 * makes "database" the heads. The catalog is filtered. side_close() in any case. */
int side_open(struct limbeck *lb, const char *what, unsigned flags, struct side *side,
	struct limbeck_error *err);
void side_close(struct side *side);
/* Whether both are of one engine, so that texts of their catalogs compare. */
bool side_same_engine(const struct side *a, const struct side *b);

/* Takes out of a catalog what is not managed: limbeck's own tables, all outside
 * of `schemas`, and what `exclude` names. */
int catalog_filter(struct limbeck_catalog *catalog, const struct config *config,
	struct limbeck_error *err);

/* Gives indexes and constraints of the desired schema that nobody has named the
 * names of the project's conventions (naming.ix and so on), where there are any. One
 * that `other` has under the name that the engine made up, or as one without a name,
 * keeps that. */
int side_name(struct side *side, const struct limbeck_catalog *other, struct limbeck_error *err);

/* A text of DDL and its name. */
struct source_text {
	const char *shown;
	const char *text;
	size_t length;
};
struct source_texts {
	struct source_text *items;
	size_t count;
	size_t capacity;
};

/* Reads all files that the patterns in text (separated by blanks or commas) name;
 * relative ones start at folder. */
int source_files(struct limbeck *lb, struct arena *arena, const char *text, const char *folder,
	struct source_texts *out, struct limbeck_error *err);
/* Runs a command, whose output it is. */
int source_command(struct limbeck *lb, struct arena *arena, const char *command,
	struct source_texts *out, struct limbeck_error *err);

#endif
