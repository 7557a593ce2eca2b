/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Expressions, queries and statements about rows in the words of another dialect, by
 * tables of phrases (<limbeck/translation.h>) and a few rules of grammar that depend on
 * what the engine says (enum limbeck_says).
 */
#ifndef TRANSLATE_PHRASE_H
#define TRANSLATE_PHRASE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "ddl/ddl.h"
#include "schema/catalog.h"
#include <limbeck/translation.h>

/* Tables made ready: patterns parsed, found by their outermost word. */
struct phrasebook;

enum phrase_way {
	PHRASE_INWARD,   /* home -> common: what no phrase knows stays as it is */
	PHRASE_OUTWARD,  /* common -> engine: what no phrase knows is refused */
	PHRASE_ACROSS    /* home -> common -> engine in one go, for statements about rows */
};

struct phrase_options {
	enum phrase_way way;
	const char *dialect;                           /* home; the common one for OUTWARD */
	const struct limbeck_translation *translation; /* NULL for INWARD */
	const struct limbeck_lexis *lexis;             /* of what is printed */
};
int phrasebook_new(const struct phrase_options *options, struct phrasebook **book,
	struct limbeck_error *err);
void phrasebook_free(struct phrasebook *book); /* NULL is allowed */

/* Where column names are looked up, for their types. */
struct phrase_scope {
	const struct limbeck_catalog *home;  /* may be NULL: nothing is known */
	const char *schema, *table;          /* the table that an expression belongs to; may be NULL */
	const char *file;                    /* for errors; may be NULL */
};

/* Appends the tree, printed for the other side. What has no counterpart is an error
 * LIMBECK_E_UNSUPPORTED at its place. */
int phrase_expr(struct phrasebook *book, const struct phrase_scope *scope,
	const struct ddl_expr *expr, struct strbuf *out, struct limbeck_error *err);
int phrase_query(struct phrasebook *book, const struct phrase_scope *scope,
	const struct ddl_query *query, struct strbuf *out, struct limbeck_error *err);
/* One statement or several, separated by ";\n" where one has to be cut; nothing, where there
 * is nothing to be done (numbers that follow by themselves). */
int phrase_data(struct phrasebook *book, const struct phrase_scope *scope,
	const struct ddl_dml *statement, struct strbuf *out, struct limbeck_error *err);
/* A type by the phrases for types: INWARD to its common name (int4 -> integer, TIMESTAMP
 * WITH TIME ZONE -> timestamptz, int(11) unsigned -> bigint), OUTWARD to the engine's. */
int phrase_type(struct phrasebook *book, const struct ddl_type *type, struct strbuf *out,
	struct limbeck_error *err);

/* The same from texts of the common dialect, as a catalog has them. */
int phrase_expr_text(struct phrasebook *book, const struct phrase_scope *scope,
	const char *text, struct strbuf *out, struct limbeck_error *err);
int phrase_query_text(struct phrasebook *book, const struct phrase_scope *scope,
	const char *text, struct strbuf *out, struct limbeck_error *err);
int phrase_type_text(struct phrasebook *book, const char *text, struct strbuf *out,
	struct limbeck_error *err);

/* The type of an expression in the words of LIMBECK_ATTR_MEANING ("timestamptz", "text"),
 * "other" where it is not known. */
const char *phrase_meaning(const struct phrase_scope *scope, const struct ddl_expr *expr);

#endif
