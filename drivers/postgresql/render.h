/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rendering: what is PostgreSQL's own, or needs more than the words of standard SQL.
 * All else the host renders. Each function puts and ends whole statements.
 */
#ifndef RENDER_H
#define RENDER_H

#include <string.h>

#include "postgresql.h"

struct render {
	const struct limbeck_rendering *rendering;
	struct limbeck_out *out;
	struct limbeck_error *err;
	bool *failed;             /* no memory: what was put has a gap */
};

/* Each returns 1: rendered, 0: the host's affair, -1: failed. */
int render_create_table(const struct render *render, const struct limbeck_change *change);
int render_alter_table(const struct render *render, const struct limbeck_change *change);
int render_rename_table(const struct render *render, const struct limbeck_change *change);
int render_add_column(const struct render *render, const struct limbeck_change *change);
int render_alter_column(const struct render *render, const struct limbeck_change *change);
int render_rename_column(const struct render *render, const struct limbeck_change *change);
int render_drop_key(const struct render *render, const struct limbeck_change *change);
int render_add_exclusion(const struct render *render, const struct limbeck_change *change);
int render_alter_enum(const struct render *render, const struct limbeck_change *change);
int render_alter_composite(const struct render *render, const struct limbeck_change *change);
int render_alter_view(const struct render *render, const struct limbeck_change *change);
int render_alter_options(const struct render *render, const struct limbeck_change *change);
int render_create_other(const struct render *render, const struct limbeck_change *change);
int render_alter_other(const struct render *render, const struct limbeck_change *change);
int render_drop_sequence(const struct render *render, const struct limbeck_change *change);

/* render_numbering.c: the sequence behind a serial or identity column. */
bool is_serial(const struct limbeck_object *column);
bool is_identity(const struct limbeck_object *column);
void drop_numbering(const struct render *render, const struct limbeck_object *column);
void add_numbering(const struct render *render, const struct limbeck_object *column);
/* " GENERATED ... AS IDENTITY (...)" */
void put_identity(const struct render *render, const struct limbeck_object *column);
/* The options of an identity, and the type of a serial's sequence. */
void change_numbering(const struct render *render, const struct limbeck_change *change);
void rename_numbering(const struct render *render, const struct limbeck_object *column,
	const char *old_table, const char *old_column);

/* render_parts.c */
void put_column(const struct render *render, const struct limbeck_object *column);
void put_collation(const struct render *render, const struct limbeck_object *column);
void put_constraint(const struct render *render, const struct limbeck_object *constraint);
/* render_options.c: SET and RESET of storage parameters; word: TABLE, INDEX. */
void put_parameters(const struct render *render, const struct limbeck_change *change,
	const char *word);
/* ALTER COLUMN ... SET for each item of STORAGE, and back to the type's own for those
 * that `before` (which may be NULL) has more. */
void put_storage(const struct render *render, const struct limbeck_object *before,
	const struct limbeck_object *column);
/* "ALTER TABLE t ", "ALTER TABLE t ALTER COLUMN c ". */
void put_alter(const struct render *render, const struct limbeck_object *part);
void put_alter_column(const struct render *render, const struct limbeck_object *column);
/* A whole statement of the latter. */
void alter_column_to(const struct render *render, const struct limbeck_object *column,
	const char *words);
void put_own_name(const struct render *render, const struct limbeck_object *object);
void put_comment(const struct render *render, const char *what,
	const struct limbeck_object *object);

/* render_words.c: reading texts. */

/* The next item of a list separated by commas, from *at on, without blanks around;
 * false: none. */
bool next_item(const char **at, const char *end, const char **item, size_t *length);
/* What stands in the first parentheses of the text. false: there are none. */
bool inside(const char *text, const char **from, const char **to);
/* Whether a column's type is the one that `object` is. */
bool is_of_type(const char *type, const struct limbeck_object *object, const char *home);
/* Whether the type is another one, not the same with other limits. */
bool base_differs(const char *a, const char *b);
/* The storage parameters in OPTIONS, and what stands behind or before them. */
bool find_parameters(const char *options, const char **from, const char **to);
const char *find_replica(const char *options);

/* Attributes. */
static inline const char *get(const struct limbeck_object *object,
	enum limbeck_attribute attribute)
{
	return limbeck_host->object_get(object, attribute);
}

static inline bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static inline bool differs(const struct limbeck_change *change, enum limbeck_attribute attribute)
{
	return !limbeck_host->object_same(change->before, change->after, attribute);
}

static inline const char *name_of(const struct limbeck_object *object)
{
	return limbeck_host->object_name(object);
}

static inline const char *schema_of(const struct limbeck_object *object)
{
	return limbeck_host->object_schema(object);
}

/* Walks the parts of a kind of the table of `part`, or of the table that it is. */
const struct limbeck_object *next_part(const struct limbeck_catalog *catalog,
	enum limbeck_kind kind, const struct limbeck_object *of,
	const struct limbeck_object *previous);
bool in_primary_key(const struct limbeck_catalog *catalog, const struct limbeck_object *column);

#endif
