/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the home engine would have: structural statements performed on a catalog.
 *
 * Names are folded as the home engine folds them; constraints and indexes without a
 * name get the one that it would give; types, defaults, checks, predicates, generated
 * columns and views are kept in the common dialect, whatever the home's.
 *
 * What is in the default schema has the schema NULL. Columns that give numbers have the
 * identity "always", "by default" or "serial", whatever their spelling. Columns are in the
 * order that they have at home. Where the home dialect allows that, a foreign key may refer
 * to a table that is not there (now), and a view may read one: such can't be made on
 * another engine until it is there; they are then touched by what makes it, as by what
 * drops it.
 */
#ifndef TRANSLATE_HOME_H
#define TRANSLATE_HOME_H

#include <stdbool.h>

#include "base/vec.h"
#include "ddl/ddl.h"
#include "diff/diff.h"
#include "schema/catalog.h"
#include "translate/phrase.h"

struct home {
	const struct home_traits *traits;     /* of the dialect */
	struct limbeck_catalog *catalog;      /* rules: those of the common dialect */
	struct phrasebook *inward;            /* home -> common; NULL: texts stay as they are */
	const char *file;                     /* for errors; may be NULL */
	/* Looks for a table or view that the catalog does not have where the engine may have
	 * it (made in @only blocks, or before there were revisions), and puts it into the
	 * catalog: 1 found, 0 not, -1. May be NULL. */
	int (*adopt)(void *data, const char *schema, const char *name, struct limbeck_error *err);
	void *data;
};

/* A remark about something that is left out, for the log. */
struct home_notice {
	const char *what;        /* in the arena: "the comment on table users" */
	unsigned line, column;
};

/* What must happen to rows beside the change of the schema. */
enum home_work_kind {
	HOME_WORK_USING,         /* ALTER COLUMN ... TYPE ... USING expression */
	HOME_WORK_INSERT,        /* CREATE TABLE AS: fill it from the query */
	HOME_WORK_TRUNCATE,
	HOME_WORK_RENAME_VALUE   /* of the enum `table`: rows that have value `from` have `to` */
};
struct home_work {
	enum home_work_kind kind;
	const char *schema, *table, *column;  /* schema NULL: the default one */
	const struct ddl_expr *expr;          /* of the home dialect, as written */
	const struct ddl_query *query;
	bool restart;                         /* RESTART IDENTITY */
	const char *from, *to;
};

/* What a statement has done. All lives in the arena. */
struct home_effect {
	/* Tables, views, types... that it has made, changed or dropped, by their names before
	 * and after it; parts are not listed, but their table. */
	VEC(struct object_name) touched;
	VEC(struct diff_rename) renames;
	VEC(struct home_work) works;
	VEC(struct home_notice) notices;      /* what was left out of it, for it matters at home
	                                       * alone */
	/* Nothing may be joined with it: it drops something, or renames. */
	bool alone;
	/* All of it matters at home alone (GRANT, CREATE EXTENSION...): why, a sentence. */
	const char *dropped;
};

/* Performs it. What can't be expressed in the catalog (a routine, row security, a
 * trigger...) is an error LIMBECK_E_UNSUPPORTED at its place that names the construct; an
 * object that is not there, or is already, is LIMBECK_E_SQL at its place, in the words that
 * the home engine would use. A failure leaves the catalog damaged: the caller gives up, or
 * goes back to a copy. */
int home_perform(struct home *home, struct arena *arena, const struct ddl_statement *statement,
	struct home_effect *effect, struct limbeck_error *err);

enum home_flag {
	HOME_GUARDS = 1 << 0,           /* nothing is dropped that something else hangs on */
	HOME_SCHEMA_INDEXES = 1 << 1,   /* an index is known by its name alone, without a table */
	HOME_SCHEMA_CONSTRAINTS = 1 << 2, /* a constraint's name is made up for a whole schema */
	HOME_VIEWS_FROZEN = 1 << 3,     /* what * stands for in a view is settled when it is made */
	HOME_INTEGER_KEY = 1 << 4,      /* INTEGER PRIMARY KEY gives numbers */
	HOME_AFFINITY = 1 << 5,         /* any words are a type: it is told by parts of them */
	HOME_LOOSE_REFERENCES = 1 << 6, /* what a foreign key refers to need not be there yet */
	HOME_NO_COLUMN_REFERENCES = 1 << 7, /* REFERENCES behind a column does nothing */
	HOME_KEY_INDEXES = 1 << 8,      /* a foreign key makes an index where there is none */
	HOME_SERIAL_UNIQUE = 1 << 10,   /* a serial column is a unique one */
	HOME_LOOSE_STRINGS = 1 << 9     /* "x" is a string where no column has that name */
};

enum home_message {
	HOME_NO_RELATION, HOME_RELATION_EXISTS, HOME_NO_COLUMN, HOME_COLUMN_EXISTS,
	HOME_NO_CONSTRAINT, HOME_CONSTRAINT_EXISTS, HOME_NO_INDEX, HOME_INDEX_EXISTS,
	HOME_NO_OBJECT, HOME_OBJECT_EXISTS, HOME_HELD, HOME_TWO_PRIMARY_KEYS,
	HOME_NO_PRIMARY_KEY, HOME_NO_KEY_COLUMN,
	HOME_MESSAGES
};

/* Facts about a home dialect, as data: <limbeck/homes.h>. */
struct home_traits {
	const char *dialect;
	bool folds;                 /* unquoted names to lower case; else names are told apart
	                             * without regard to case */
	const char *default_schema; /* a name that may stand before any other; NULL: none */
	const char *temporary_schema; /* before what is temporary; NULL: none */
	unsigned flags;             /* enum home_flag */
	/* Names of what has none, NULL: it stays unnamed. Tokens: {table}, {columns} joined by
	 * _, {column} the only one or the first; {m} nothing, then 1, 2... as long as the name
	 * is taken; {k} nothing, then _2, _3...; {n} one more than the largest there is. */
	const char *primary_key, *unique, *check, *foreign_key, *index, *exclusion;
	const char *sequence;       /* of a column that gives numbers */
	const char *renamed;        /* foreign keys whose names begin so follow the table's name */
	const char *method;         /* of an index, the usual one */
	const char *collation;      /* of texts for which none is said, where all that compares
	                             * texts goes by it; NULL: texts are told apart byte by byte */
	size_t name_length;         /* longer names are cut, in bytes; 0: none is too long */
	const char *serials;        /* "serial=integer ...": types that give numbers */
	const char *messages[HOME_MESSAGES];
};
/* NULL: no such dialect. */
const struct home_traits *home_traits(const char *dialect);

/* Appends the name of an enum or domain as the type of a column has it in the catalog. */
void home_type_name(struct strbuf *out, const char *schema, const char *name);

/* The column whose numbers come from the sequence of this name, which is no object of its
 * own then; NULL: none. */
const struct limbeck_object *home_sequence_column(const struct home *home, const char *schema,
	const char *name);

#endif
