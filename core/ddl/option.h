/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options: clauses that are a few words and at most one value. Each place of a
 * statement has a table of the forms that may stand there; one function reads, and one
 * prints, all of them.
 */
#ifndef DDL_OPTION_H
#define DDL_OPTION_H

#include "ddl/expr.h"
#include "ddl/name.h"

/* What an option means, whatever its spelling. */
enum ddl_option_kind {
	OPTION_OTHER,             /* known, and of no concern but to who reads its words */
	/* Of columns */
	OPTION_NULL,
	OPTION_DEFAULT,           /* expr */
	OPTION_GENERATED,         /* expr; STORED or VIRTUAL in options */
	OPTION_STORED,
	OPTION_VIRTUAL,
	OPTION_IDENTITY_ALWAYS,   /* options: of the sequence */
	OPTION_IDENTITY_DEFAULT,
	OPTION_AUTO_INCREMENT,    /* of a table: with a number in expr */
	OPTION_ON_UPDATE,         /* expr */
	OPTION_COLLATE,           /* name */
	OPTION_CHARSET,           /* name */
	OPTION_COMMENT,           /* expr */
	OPTION_FIRST,
	OPTION_AFTER,             /* name */
	OPTION_INVISIBLE,
	/* Of constraints and keys */
	OPTION_MATCH,
	OPTION_ON_DELETE,         /* words of the form from 10 on: CASCADE...; idents: SET NULL (a) */
	OPTION_ON_UPDATE_KEY,
	OPTION_DEFERRABLE,
	OPTION_NOT_DEFERRABLE,
	OPTION_INITIALLY_DEFERRED,
	OPTION_INITIALLY_IMMEDIATE,
	OPTION_NOT_VALID,
	OPTION_NO_INHERIT,
	OPTION_ENFORCED,
	OPTION_NOT_ENFORCED,
	OPTION_NULLS_NOT_DISTINCT,
	OPTION_ON_CONFLICT,       /* words of the form from 12 on */
	OPTION_USING,             /* name: an index method */
	OPTION_USING_INDEX,       /* name: an index that becomes the constraint */
	OPTION_INCLUDE,           /* idents */
	OPTION_WHERE,             /* expr */
	OPTION_PARSER,            /* name */
	OPTION_ASC,
	OPTION_DESC,
	OPTION_NULLS_FIRST,
	OPTION_NULLS_LAST,
	/* Of tables and others */
	OPTION_PARAMETERS,        /* options: OPTION_PARAMETER each */
	OPTION_PARAMETER,         /* name, and expr if it has a value */
	OPTION_TABLESPACE,        /* name */
	OPTION_INHERITS,          /* names */
	OPTION_ENGINE,            /* name */
	OPTION_ON_COMMIT,
	OPTION_STRICT,
	OPTION_WITHOUT_ROWID,
	OPTION_PARTITION_BY,      /* text */
	OPTION_WITH_DATA,
	OPTION_NO_DATA,
	OPTION_CHECK_OPTION,
	OPTION_SCHEMA,            /* name */
	OPTION_OWNER,             /* name */
	OPTION_VERSION,
	OPTION_CASCADE,
	OPTION_RESTRICT,
	OPTION_INCLUDING,         /* LIKE t INCLUDING name */
	OPTION_EXCLUDING,
	/* Of sequences */
	OPTION_AS_TYPE,           /* type */
	OPTION_INCREMENT,         /* expr: a number, as in those that follow */
	OPTION_MINVALUE,
	OPTION_NO_MINVALUE,
	OPTION_MAXVALUE,
	OPTION_NO_MAXVALUE,
	OPTION_START,
	OPTION_RESTART,           /* expr may be NULL */
	OPTION_CACHE,
	OPTION_CYCLE,
	OPTION_NO_CYCLE,
	OPTION_OWNED_BY,          /* name, or NONE */
	OPTION_SEQUENCE_NAME
};

/* What stands behind the words. */
enum option_shape {
	SHAPE_NONE,
	SHAPE_NAME,         /* name; a string or number may be one too */
	SHAPE_NAMES,        /* names: a, b */
	SHAPE_NAMES_GROUP,  /* names: (a, b) */
	SHAPE_IDENTS,       /* idents: (a, b) */
	SHAPE_IDENTS_MAYBE,
	SHAPE_EXPR,         /* expr, restricted */
	SHAPE_EXPR_GROUP,   /* expr: (...) */
	SHAPE_CONDITION,    /* expr, up to the statement's end */
	SHAPE_STRING,       /* expr */
	SHAPE_NUMBER,       /* expr, with or without a sign */
	SHAPE_NUMBER_MAYBE,
	SHAPE_VALUE,        /* expr: a number, a string, or a word as EXPR_COLUMN */
	SHAPE_TYPE,         /* type */
	SHAPE_PARAMETERS,   /* options: (a, b = c) */
	SHAPE_SEQUENCE,     /* options: of a sequence, in parentheses, or none */
	SHAPE_GENERATED,    /* expr: (...); options: STORED... */
	SHAPE_GROUP,        /* text: (...), kept as it is */
	SHAPE_GROUP_MAYBE,
	SHAPE_REST,         /* text: up to a comma or the end */
	SHAPE_PARTITION     /* text: what follows PARTITION BY */
};

enum option_flag {
	OPTION_EQUALS = 1,   /* = may stand before the value */
	OPTION_OPEN = 2      /* only where a parenthesis follows the words */
};

struct option_form {
	const char *words;          /* upper case; the longest of several is first in a table */
	unsigned char kind;         /* enum ddl_option_kind, or of the table's own kinds */
	unsigned char shape;
	unsigned char flags;
};

struct ddl_option {
	unsigned kind;
	const struct option_form *form;
	struct ddl_span span;
	bool comma;                 /* one stands before it */
	bool equals;
	struct ddl_ident *constraint; /* CONSTRAINT name before it, of no effect */
	struct ddl_name *name;      /* the first of names */
	struct ddl_ident *idents;
	struct ddl_expr *expr;
	struct ddl_type *type;
	struct ddl_span text;
	struct ddl_option *options;
	struct ddl_option *next;
};

/* Reads one if a form fits: 1; 0: none fits, nothing is passed; -1. The table ends with
 * words NULL. */
int option_parse(struct parser *p, const struct option_form *forms, struct ddl_option **out,
	struct limbeck_error *err);
/* Reads all that fit, one behind the other, with commas between if `commas`. */
int options_parse(struct parser *p, const struct option_form *forms, bool commas,
	struct ddl_option **out, struct limbeck_error *err);
void option_print(struct printer *out, const struct ddl_option *option);
void options_print(struct printer *out, const struct ddl_option *first);
/* The first of that kind, or NULL. */
const struct ddl_option *option_of(const struct ddl_option *first, unsigned kind);

/* (a, b = c): OPTION_PARAMETER each. */
int option_parameters_parse(struct parser *p, struct ddl_option **tail,
	struct limbeck_error *err);
/* An expression that is followed by words of its surroundings; one in parentheses. */
int option_expr(struct parser *p, struct ddl_expr **out, struct limbeck_error *err);
int option_group_expr(struct parser *p, struct ddl_expr **out, struct limbeck_error *err);
void option_group_expr_print(struct printer *out, const struct ddl_expr *expr);

extern const struct option_form sequence_forms[];

#endif
