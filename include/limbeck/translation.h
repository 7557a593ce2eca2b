/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How an engine says what was written for another: tables of data that a driver
 * may give with its traits, and that the built-in dialects give as homes.
 *
 * Between any two dialects stands a common one, whose words and meanings are
 * PostgreSQL's: a statement is read in its home dialect, each of its parts is put into
 * common words (phrases `from home`), and from these into the words of the engine that
 * it is for (`to engine`). A part that no phrase knows, and that is not listed as the
 * same, has no counterpart: the statement is refused, never sent as it is.
 */
#ifndef LIMBECK_TRANSLATION_H
#define LIMBECK_TRANSLATION_H

#include <stddef.h>

#include <limbeck/version.h>

LIMBECK_BEGIN_DECLS

/* The dialect whose words and meanings are the common ones. */
#define LIMBECK_COMMON_DIALECT "postgresql"

/*
 * A pattern and what comes in its place, both as SQL of the common dialect's grammar (the
 * replacement in the engine's own, where it is one to an engine). The first phrase whose
 * pattern fits is taken.
 *
 * Expressions: $1, $2... stand for any operand; `$1::text` in a pattern stands for
 * one of that type (a cast itself is written CAST($1 AS text)) or of that class: integer
 * (any of them), number, fraction (numbers that are no integers), text (uuid, enum... too),
 * moment (timestamp, timestamptz), array, json, bytea; literal (a string), count (a number
 * as written). $$ behind the last argument of a call for all arguments that are left. In the replacement they stand for what they
 * stood for, itself translated, with parentheses where they are needed. A call
 * limbeck.word(...) is what a rule of core/translate has made of something that no pattern
 * can describe (core/translate/phrase_*.c say what each means). No column may be named in a
 * replacement but those of its own queries, whose names begin with limbeck_ where an operand
 * stands beside them.
 * Types: "varchar($1)"; `*` in place of the arguments: with any or none; a
 * replacement may use the numbers.
 * to NULL: refused, for there is no counterpart.
 */
struct limbeck_phrase {
	const char *from;
	const char *to;
};

/* What an engine understands of statements, beyond what all do. 0: no; 1: yes. */
enum limbeck_says {
	LIMBECK_SAYS_BOOLEAN,          /* a type of its own; else 1 and 0 */
	LIMBECK_SAYS_ENUM_TYPE,        /* CREATE TYPE ... AS ENUM */
	LIMBECK_SAYS_ENUM_COLUMN,      /* a column type enum('a', 'b') */
	LIMBECK_SAYS_DOMAIN,
	LIMBECK_SAYS_SEQUENCE,         /* CREATE SEQUENCE */
	LIMBECK_SAYS_SCHEMA,
	LIMBECK_SAYS_ARRAY,            /* types of arrays */
	LIMBECK_SAYS_COMMENT,          /* on tables and columns */
	LIMBECK_SAYS_MATERIALIZED_VIEW,
	LIMBECK_SAYS_PARTIAL_INDEX,
	LIMBECK_SAYS_EXPRESSION_INDEX,
	LIMBECK_SAYS_INDEX_INCLUDE,
	LIMBECK_SAYS_NULLS_ORDER,      /* NULLS FIRST and LAST */
	LIMBECK_SAYS_NULLS_NOT_DISTINCT,
	LIMBECK_SAYS_DEFERRABLE,       /* foreign keys */
	LIMBECK_SAYS_DEFERRABLE_UNIQUE,
	LIMBECK_SAYS_EXCLUDE,
	LIMBECK_SAYS_SET_DEFAULT,      /* ON DELETE SET DEFAULT is done */
	LIMBECK_SAYS_TEXT_KEY,         /* a text of any length in a key, without a prefix */
	LIMBECK_SAYS_TEXT_DEFAULT,     /* a literal as default of a text of any length */
	LIMBECK_SAYS_EXPRESSION_DEFAULT,
	LIMBECK_SAYS_VIRTUAL_COLUMN,   /* generated columns that are not stored */
	LIMBECK_SAYS_STORED_COLUMN,
	LIMBECK_SAYS_IDENTITY_ANYWHERE,/* numbers by themselves in a column that is no key */
	LIMBECK_SAYS_UPDATE_FROM,
	LIMBECK_SAYS_UPDATE_JOIN,      /* UPDATE a JOIN b ON ... SET */
	LIMBECK_SAYS_DELETE_USING,
	LIMBECK_SAYS_DELETE_JOIN,      /* DELETE a FROM a JOIN b */
	LIMBECK_SAYS_RETURNING,
	LIMBECK_SAYS_ON_CONFLICT,
	LIMBECK_SAYS_ON_DUPLICATE_KEY,
	LIMBECK_SAYS_INSERT_DEFAULT_VALUES,
	LIMBECK_SAYS_DEFAULT_IN_VALUES, /* DEFAULT as a value */
	LIMBECK_SAYS_VALUES_TABLE,     /* FROM (VALUES ...) AS t(a, b) */
	LIMBECK_SAYS_CTE_CHANGES,      /* WITH before UPDATE and DELETE */
	LIMBECK_SAYS_CTE_INSERT,       /* WITH before INSERT, else behind its columns */
	LIMBECK_SAYS_DISTINCT_ON,
	LIMBECK_SAYS_FILTER,           /* aggregates FILTER (WHERE ...) */
	LIMBECK_SAYS_LATERAL,
	LIMBECK_SAYS_FULL_JOIN,
	LIMBECK_SAYS_OFFSET_ALONE,     /* OFFSET without LIMIT */
	LIMBECK_SAYS_SELF_SUBQUERY,    /* UPDATE t ... (SELECT FROM t) */
	LIMBECK_SAYS_IS_DISTINCT_FROM,
	LIMBECK_SAYS_ROW_COMPARISON,   /* (a, b) = (c, d), (a, b) IN (...) */
	/* Of tables and their parts */
	LIMBECK_SAYS_UNIQUE_INDEX,     /* a unique index is something else than a unique
	                                * constraint */
	LIMBECK_SAYS_INDEX_OPTIONS,    /* methods, operator classes, storage parameters */
	LIMBECK_SAYS_MATCH_FULL,
	LIMBECK_SAYS_MIXED_KEYS,       /* a foreign key between columns of different types */
	LIMBECK_SAYS_ON_UPDATE,        /* ON UPDATE CURRENT_TIMESTAMP */
	LIMBECK_SAYS_INVISIBLE,        /* columns that SELECT * passes over */
	LIMBECK_SAYS_COLUMN_CHECK,     /* a check that a column has is a part of it */
	LIMBECK_SAYS_NAMELESS,         /* a constraint needs no name, and gets none */
	LIMBECK_SAYS_KEY_NOT_NULL,     /* the columns of a primary key are never null */
	LIMBECK_SAYS_PARTITION,        /* PARTITION BY as the common dialect has it */
	LIMBECK_SAYS_OBJECT_COMMENT,   /* comments on all objects, not on tables and columns alone */
	LIMBECK_SAYS_QUOTED_NAMES,     /* names in texts are always quoted, in its normal form */
	LIMBECK_SAYS_LOCAL_INDEXES,    /* the name of an index is its table's own */
	LIMBECK_SAYS_LOCAL_KEYS,       /* ... that of a foreign key */
	LIMBECK_SAYS_LOCAL_CHECKS,     /* ... and that of a check */
	LIMBECK_SAYS_GENERATED_NOT_NULL, /* NOT NULL of a generated column */
	LIMBECK_SAYS_RESTRICT,         /* RESTRICT is another action than NO ACTION */
	LIMBECK_SAYS_JSON_INDEX,       /* an index on a json column */
	LIMBECK_SAYS_IDENTITY_CHECK,   /* a check of a column that numbers the rows */
	LIMBECK_SAYS_KEY_INDEX,        /* a foreign key makes an index of its own name where no
	                                * other begins with its columns */
	LIMBECK_SAYS_CALL_DEFAULT,     /* a call is a default without parentheses around it */
	LIMBECK_SAYS_SIMULTANEOUS,     /* SET a = b, b = a: both from what was before */
	LIMBECK_SAYS_TABLE_ALIAS,      /* INSERT INTO t AS x, DELETE FROM t AS x */
	LIMBECK_SAYS_AGGREGATE_ORDER,  /* ORDER BY inside the parentheses of an aggregate */
	LIMBECK_SAYS_COUNT = 96
};

/* An engine as the one that is translated for. */
struct limbeck_translation {
	size_t size;
	const struct limbeck_phrase *types;        /* of columns; ended by from NULL */
	const struct limbeck_phrase *cast_types;   /* in CAST, where they differ; then types */
	const struct limbeck_phrase *expressions;  /* common -> the engine's */
	/* Functions, separated by blanks, that are called and mean the same here as in the
	 * common dialect; "*": all, for the common dialect is the engine's own. */
	const char *functions;
	const char *operators;                     /* <limbeck/dialect.h>, LIMBECK_OPERATORS_... */
	unsigned char says[LIMBECK_SAYS_COUNT];
	/* Sent before translated statements, and behind them before what was written for
	 * this engine; NULL: nothing. May stand in a transaction. */
	const char *begin;
	const char *end;
	/* The longest name, in bytes; 0: any. A text that is (part of) a key where that must
	 * have a limit: its type, "varchar(255)"; and for an index, the bytes of its prefix. */
	size_t name_length;
	const char *key_text;
	const char *key_prefix;
	/* The collation of a table in which texts are the same only if their bytes are, and
	 * that of a column where letters of any case are the same; NULL: it needs none, has
	 * none. */
	const char *collation;
	const char *nocase;
	/* What the primary key of any table is called; NULL: as it is named. */
	const char *primary_key;
	/* LIMBECK_ATTR_IDENTITY of a column that numbers its rows; NULL: as at home. */
	const char *identity;
	/* The type of a column that numbers its rows, and that must then be all of the primary
	 * key; and the one to have in such a key instead if it must not. NULL: any. */
	const char *identity_type;
	const char *plain_type;
	/* As key_text, of a column of bytes. */
	const char *key_blob;
	/* What empties a table, and what lets its numbers begin anew, with {table} for its name
	 * as an identifier and {name} for it as a string; NULL: DELETE, and nothing. */
	const char *truncate;
	const char *restart;
	/* What gives a row for each element of the JSON array {array}, in whose FROM list it may
	 * stand behind other tables that {array} refers to; with a column `value` (and, where the
	 * phrases limbeck.each_... ask for it, `type`). NULL: nothing does. */
	const char *each;
	/* The bytes that all parts of a key may have together; the longest limit of a char, and
	 * of a varchar that is in no key: a longer one becomes a varchar, or a text without a
	 * limit. 0: any. */
	size_t key_length;
	size_t char_length;
	size_t text_length;
};

LIMBECK_END_DECLS

#endif
