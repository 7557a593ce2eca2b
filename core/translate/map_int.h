/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the mapping share. */
#ifndef TRANSLATE_MAP_INT_H
#define TRANSLATE_MAP_INT_H

#include "base/strbuf.h"
#include "ddl/ddl.h"
#include "ddl/print.h"
#include "sql/scanner.h"
#include "translate/map.h"
#include <limbeck/driver.h>

/* One call of map_objects(). */
struct mapper {
	const struct mapping *mapping;
	const struct limbeck_translation *translation;
	const struct limbeck_catalog *home;
	struct limbeck_catalog *to;
	struct arena arena;
	struct limbeck_error *err;
	/* Of the table at work: */
	const struct limbeck_object *table;   /* of home */
	const char *name;                     /* as the engine calls it */
	unsigned depth;                       /* of types that are looked up */
};

static inline bool mapper_says(const struct mapper *m, enum limbeck_says what)
{
	return m->translation->says[what] != 0;
}

/* Whether the engine's own words are the common ones. */
static inline bool mapper_is_common(const struct mapper *m)
{
	return m->translation->functions && m->translation->functions[0] == '*';
}

/* --- map.c --- */

/* An error that names the object; -1. */
int mapper_refuse(struct mapper *m, const struct limbeck_object *object, const char *format, ...)
	LIMBECK_PRINTF(3, 4);
void mapper_remark(struct mapper *m, const struct limbeck_object *object, const char *format, ...)
	LIMBECK_PRINTF(3, 4);
int mapper_nomem(struct mapper *m);
/* The next part of the table at work, or of another. */
const struct limbeck_object *mapper_part(const struct mapper *m, enum limbeck_kind kind,
	const struct limbeck_object *previous);
const struct limbeck_object *mapper_part_of(const struct mapper *m,
	const struct limbeck_object *table, enum limbeck_kind kind, const struct limbeck_object *previous);
/* Adds an object for one of home: of a kind, a part of the table at work or not, and of
 * this name; "" for an unnamed one. NULL: no memory. */
struct limbeck_object *mapper_add(struct mapper *m, enum limbeck_kind kind, bool part,
	const char *name);
void mapper_comment(struct mapper *m, const struct limbeck_object *from,
	struct limbeck_object *to);
bool mapper_list_has(const struct limbeck_object *object, enum limbeck_attribute list,
	const char *name);

/* --- map_name.c --- */

/* The name in the length that the engine allows: cut, with a sum of the whole behind it,
 * where it is longer. In the arena; NULL: no memory. */
const char *mapper_fit(struct mapper *m, const char *name);
/* What an index, key or check is called there: with its table's name before it where
 * another one's that came earlier has it already. */
const char *mapper_part_name(struct mapper *m, const struct limbeck_object *part);
/* A name as it stands in texts of the engine's normal form. */
void mapper_quote(const struct mapper *m, struct strbuf *out, const char *name);
/* A string literal of the engine. */
void mapper_literal(const struct mapper *m, struct strbuf *out, const char *text);
/* The text of a finished buffer, which is released; NULL: no memory. */
const char *mapper_text(struct mapper *m, struct strbuf *out);

/* --- map_read.c, map_type.c --- */

enum type_sort { SORT_PLAIN, SORT_ENUM, SORT_ARRAY, SORT_OTHER };

/* A type of home, domains looked through. All texts live as long as home or the arena. */
struct home_kind {
	enum type_sort sort;
	const char *text;                      /* in common words, without domain */
	const char *meaning;                   /* as LIMBECK_ATTR_MEANING */
	const struct limbeck_object *enumeration; /* ENUM, or NULL: the values are in text */
	const struct limbeck_object *domains[8];  /* outermost first */
	size_t domain_count;
};
int map_type_read(struct mapper *m, const struct limbeck_object *column, struct home_kind *kind);
/* The column's type on the engine; sets TYPE, MEANING, COLLATION, CHARSET of `to`. */
int map_type(struct mapper *m, const struct limbeck_object *column, struct home_kind *kind,
	struct limbeck_object *to);
/* The values of an enum, in the arena. */
int mapper_values(struct mapper *m, const struct home_kind *kind, const char ***values,
	size_t *count);
/* Whether the text has no limit of its own, and whether it is a text at all. */
bool kind_is_long(const struct home_kind *kind);
/* How long each of `count` texts of a key may be, if not as usual. */
size_t mapper_share(const struct mapper *m, size_t usual, size_t count);
bool meaning_begins(const char *meaning, const char *word);
/* Finds an enum or domain by the text of a type. */
const struct limbeck_object *mapper_user_type(const struct mapper *m, const char *text);
const struct limbeck_object *mapper_table(const struct mapper *m,
	const struct limbeck_object *part);
const struct limbeck_object *mapper_column(const struct mapper *m,
	const struct limbeck_object *table, const char *name);
/* The table and column that the column refers to by a foreign key; NULL: none. */
const struct limbeck_object *mapper_referred(const struct mapper *m,
	const struct limbeck_object *column);

/* --- map_table.c --- */
int map_table(struct mapper *m, const struct limbeck_object *table);

/* --- map_column.c --- */
int map_columns(struct mapper *m);
/* Whether the column is all of the primary key; is part of it; of any key. */
bool column_is_key(const struct mapper *m, const struct limbeck_object *column);
bool column_in_primary(const struct mapper *m, const struct limbeck_object *column);
bool column_in_key(const struct mapper *m, const struct limbeck_object *column);

/* --- map_default.c --- */
int map_default(struct mapper *m, const struct limbeck_object *column,
	const struct home_kind *kind, struct limbeck_object *to);
/* Whether its default takes the next number of a sequence. */
bool column_counts(struct mapper *m, const struct limbeck_object *column);

/* --- map_literal.c --- */
/* Without casts to the type that the column has anyhow. */
const struct ddl_expr *literal_bare(const struct ddl_expr *expr);
/* A literal as the column's type has it; NULL: no memory. */
const struct ddl_expr *literal_typed(struct mapper *m, const struct home_kind *kind,
	const struct ddl_expr *expr);
/* The default of an array as JSON: 1; 0: it is no literal; -1. */
int literal_json(struct mapper *m, const struct home_kind *kind, const struct ddl_expr *expr,
	struct strbuf *out);
/* X'00ff' for '\x00ff'; false: it is no such string. */
bool literal_bytes(const struct ddl_expr *expr, struct strbuf *out);

/* --- map_shape.c --- */
/* The text of a default, in the engine's words, with parentheses where it wants them. */
const char *default_shaped(struct mapper *m, const struct home_kind *kind,
	const struct limbeck_object *to, const char *text);

/* --- map_check.c --- */
int map_checks(struct mapper *m);
/* What the type of a column says of its values, as checks. */
int map_type_checks(struct mapper *m, const struct limbeck_object *column,
	const struct home_kind *kind, struct limbeck_object *to);
int mapper_expr(struct mapper *m, const struct limbeck_object *object, const char *text,
	struct strbuf *out);

/* --- map_key.c --- */
int map_keys(struct mapper *m);

/* --- map_index.c --- */
int map_indexes(struct mapper *m);

/* --- map_parts.c --- */
int map_parts_read(struct mapper *m, const struct limbeck_object *index,
	const struct ddl_part **parts);
const struct ddl_option *mapper_option(const struct ddl_part *part, enum ddl_option_kind kind);

/* --- map_helper.c --- */
/* A column computed from the text (of the common dialect), for a key that the engine can't
 * have otherwise. Its name; NULL and err filled: a failure. */
const char *map_helper(struct mapper *m, const struct limbeck_object *index, unsigned number,
	const char *text, const char *meaning);

/* --- map_view.c --- */
int map_view(struct mapper *m, const struct limbeck_object *view);

#endif
