/* SPDX-License-Identifier: BSD-2-Clause */
/* Data types, as columns, casts, domains and parameters have them. */
#ifndef DDL_TYPE_H
#define DDL_TYPE_H

#include "ddl/name.h"

enum type_flag {
	TYPE_WITH_ZONE = 1 << 0,      /* WITH TIME ZONE */
	TYPE_WITHOUT_ZONE = 1 << 1,
	TYPE_UNSIGNED = 1 << 2,       /* these three are among the attributes too */
	TYPE_ZEROFILL = 1 << 3,
	TYPE_BINARY = 1 << 4,
	TYPE_ARRAY_WORD = 1 << 5      /* int ARRAY, int ARRAY[3] */
};

/* A number with or without a sign, a string, or a word: geometry(Point, 4326). */
struct type_argument {
	struct ddl_span span;
	enum token_kind kind;         /* of its last token */
	struct type_argument *next;
};

/* UNSIGNED, ZEROFILL, BINARY, CHARACTER SET x, COLLATE x and the like, as written. */
struct type_attribute {
	const char *words;
	struct ddl_name name;         /* count 0: none */
	struct type_attribute *next;
};

struct type_dimension {
	struct ddl_span size;         /* length 0: [] */
	struct type_dimension *next;
};

struct ddl_type {
	struct ddl_span span;
	/* The names of them all, unquoted ones in lower case: "double precision", "public.mood".
	 * `simple` is the last part of the name alone, without a schema. */
	const char *plain;
	const char *simple;
	struct ddl_name name;         /* the first word, with what qualifies it */
	struct ddl_ident *words;      /* the others: precision, varying; NULL: none */
	struct ddl_ident *fields;     /* of an interval: year, to, month */
	struct type_argument *arguments;
	unsigned flags;               /* enum type_flag */
	struct type_attribute *attributes;
	struct type_dimension *dimensions;
};

/* Where a type stands decides which words may follow it. */
enum type_context {
	TYPE_OF_CAST,    /* an expression goes on behind it: no COLLATE */
	TYPE_OF_COLUMN   /* a column's clauses follow; any words make a type where the
	                    dialect allows that */
};

int type_parse(struct parser *p, enum type_context context, struct ddl_type **out,
	struct limbeck_error *err);
void type_print(struct printer *out, const struct ddl_type *type);
/* The name behind COLLATE, or behind CHARACTER SET and the like; NULL: none. */
const struct ddl_name *type_collation(const struct ddl_type *type);
const struct ddl_name *type_charset(const struct ddl_type *type);
unsigned type_argument_count(const struct ddl_type *type);

#endif
