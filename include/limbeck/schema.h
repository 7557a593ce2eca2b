/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A schema as data: the objects of a database, what is known of each, and the
 * changes that lead from one schema to another.
 *
 * An object has a kind, a name, and attributes, which are texts or lists of
 * texts; which kinds have which attributes, and what each means, is written
 * here at the attribute. A driver fills a catalog with objects when it
 * introspects, reads them when it renders changes, and does both through the
 * functions of its host (host.h); programs that embed limbeck read them through
 * the functions at the end. Kinds and attributes are only ever added at the
 * end, and neither side need know the other's newest.
 *
 * Texts that hold SQL are the engine's own normal form where it has one
 * (pg_get_constraintdef(), SHOW CREATE TABLE), without a closing semicolon;
 * else they are as they were written (traits: texts_as_written). Names in them
 * are qualified only where they are not in the default schema.
 */
#ifndef LIMBECK_SCHEMA_H
#define LIMBECK_SCHEMA_H

#include <stddef.h>

#include <limbeck/version.h>

LIMBECK_BEGIN_DECLS

/* A set of objects, in the order in which they were added. */
struct limbeck_catalog;
/* One of them. Belongs to its catalog. */
struct limbeck_object;

/*
 * The kinds of objects. An object is known by its kind, its schema, for parts
 * of a table the table's name, its own name, and for functions its signature. That
 * of an OTHER is its WORD, where objects of several words may share a name.
 * Schema is NULL where the engine has no schemas (LIMBECK_CAP_SCHEMAS), and for
 * schemas and extensions themselves.
 */
enum limbeck_kind {
	LIMBECK_KIND_NONE = 0,
	LIMBECK_KIND_SCHEMA,       /* but the default one, which is always there */
	LIMBECK_KIND_EXTENSION,
	LIMBECK_KIND_ENUM,
	LIMBECK_KIND_DOMAIN,       /* its constraints are CHECKs whose table is the domain */
	LIMBECK_KIND_TYPE,         /* any other type: DEFINITION, WORD */
	LIMBECK_KIND_SEQUENCE,     /* but those behind an IDENTITY column */
	LIMBECK_KIND_FUNCTION,     /* also procedures, aggregates: DEFINITION, WORD */
	LIMBECK_KIND_TABLE,
	LIMBECK_KIND_COLUMN,       /* of a table; in order */
	LIMBECK_KIND_PRIMARY_KEY,
	LIMBECK_KIND_UNIQUE,
	LIMBECK_KIND_CHECK,
	LIMBECK_KIND_EXCLUSION,
	LIMBECK_KIND_FOREIGN_KEY,
	LIMBECK_KIND_INDEX,        /* but those that are a constraint's; of a table or a
	                            * materialized view */
	LIMBECK_KIND_VIEW,         /* DEFINITION, COLUMNS */
	LIMBECK_KIND_MATERIALIZED_VIEW,
	LIMBECK_KIND_TRIGGER,      /* of a table or view: DEFINITION */
	LIMBECK_KIND_OTHER,        /* what the model lacks (a policy, a rule, statistics, an
	                            * event): DEFINITION, WORD; of a table where WORD's DROP
	                            * says ON table */
	LIMBECK_KIND_COUNT
};

/*
 * The attributes. A "yes" attribute is absent or the text "yes". A list has one
 * or more items. What the engine's default is, is absent: so two objects are
 * equal when all their attributes are.
 */
enum limbeck_attribute {
	LIMBECK_ATTR_NONE = 0,

	/* Any object. */
	LIMBECK_ATTR_COMMENT,
	/* "yes": the engine made the name up, or there is none; such an object is
	 * known by its content, and is not written with its name. */
	LIMBECK_ATTR_UNNAMED,
	/* The whole CREATE statement: TYPE, FUNCTION, VIEW, MATERIALIZED_VIEW,
	 * TRIGGER, OTHER. */
	LIMBECK_ATTR_DEFINITION,
	/* What DROP calls it: "FUNCTION", "PROCEDURE", "AGGREGATE", "TYPE", "POLICY",
	 * "EVENT"...: FUNCTION, TYPE, OTHER. */
	LIMBECK_ATTR_WORD,
	/* More options that the engine writes behind the definition, as SQL text:
	 * storage parameters of a table or index ("WITH (fillfactor=70)"), a table's
	 * engine and character set. */
	LIMBECK_ATTR_OPTIONS,

	/* COLUMN; TYPE also DOMAIN and SEQUENCE. */
	LIMBECK_ATTR_TYPE,           /* with length and precision, as the engine writes it */
	LIMBECK_ATTR_MEANING,        /* the type in words that all engines share, for comparing
	                              * two engines: see limbeck_meaning below. Derived from
	                              * TYPE, never compared within one engine */
	LIMBECK_ATTR_NOT_NULL,       /* "yes"; also DOMAIN. Not set for a primary key that
	                              * implies it */
	LIMBECK_ATTR_DEFAULT,        /* an expression; also DOMAIN */
	LIMBECK_ATTR_GENERATED,      /* the expression it is computed from */
	LIMBECK_ATTR_GENERATED_KIND, /* "stored" or "virtual" */
	LIMBECK_ATTR_IDENTITY,       /* "always", "by default", "serial", "auto_increment",
	                              * "autoincrement": numbers come from a sequence of its own */
	LIMBECK_ATTR_COLLATION,      /* where it is not the type's own: a name, or as SQL with
	                              * quotes in it; also DOMAIN */
	LIMBECK_ATTR_CHARSET,        /* where it is not the table's */
	LIMBECK_ATTR_ON_UPDATE,      /* COLUMN: the expression of ON UPDATE (MySQL);
	                              * FOREIGN_KEY: "CASCADE", "SET NULL", "SET DEFAULT",
	                              * "RESTRICT"; absent: NO ACTION */
	LIMBECK_ATTR_STORAGE,        /* "EXTERNAL"..., a compression, INVISIBLE: as SQL */

	/* SEQUENCE, and COLUMN with IDENTITY: what is not the default of the type. */
	LIMBECK_ATTR_START,
	LIMBECK_ATTR_INCREMENT,
	LIMBECK_ATTR_MINIMUM,
	LIMBECK_ATTR_MAXIMUM,
	LIMBECK_ATTR_CACHE,
	LIMBECK_ATTR_CYCLE,          /* "yes" */
	LIMBECK_ATTR_OWNED_BY,       /* list of two, table and column: SEQUENCE */

	/* Keys, constraints, indexes. */
	LIMBECK_ATTR_COLUMNS,        /* list, in order; "" stands for an expression of an INDEX.
	                              * VIEW: its columns */
	LIMBECK_ATTR_PARTS,          /* INDEX, EXCLUSION: list beside COLUMNS: each part as SQL,
	                              * with its collation, operator class, order, length;
	                              * of an EXCLUSION with its WITH and operator.
	                              * PRIMARY_KEY and UNIQUE: only where a part is more than
	                              * the name */
	LIMBECK_ATTR_INCLUDE,        /* list of columns */
	LIMBECK_ATTR_EXPRESSION,     /* CHECK: without the outer parentheses. COLUMN: its own
	                              * check, where the engine keeps that with the column */
	LIMBECK_ATTR_PREDICATE,      /* INDEX, EXCLUSION: what follows WHERE, without outer
	                              * parentheses */
	LIMBECK_ATTR_METHOD,         /* INDEX, EXCLUSION: where it is not the engine's usual */
	LIMBECK_ATTR_UNIQUE,         /* "yes": INDEX */
	LIMBECK_ATTR_NULLS_NOT_DISTINCT, /* "yes": UNIQUE, INDEX */
	LIMBECK_ATTR_DEFERRABLE,     /* "deferrable" or "initially deferred" */
	LIMBECK_ATTR_NOT_ENFORCED,   /* "not valid" or "not enforced" */
	LIMBECK_ATTR_NO_INHERIT,     /* "yes": CHECK */
	LIMBECK_ATTR_CONFLICT,       /* ON CONFLICT: "REPLACE"...; also of COLUMN's NOT NULL (SQLite) */
	LIMBECK_ATTR_REF_SCHEMA,     /* FOREIGN_KEY; absent: the default schema */
	LIMBECK_ATTR_REF_TABLE,
	LIMBECK_ATTR_REF_COLUMNS,    /* list; absent: the primary key, where it was written so */
	LIMBECK_ATTR_MATCH,          /* "FULL" */
	LIMBECK_ATTR_ON_DELETE,      /* as ON_UPDATE */
	LIMBECK_ATTR_ON_DELETE_COLUMNS, /* list: SET NULL (a, b) */

	/* ENUM. */
	LIMBECK_ATTR_VALUES,         /* list, in order */

	/* TABLE. */
	LIMBECK_ATTR_STRICT,         /* "yes" */
	LIMBECK_ATTR_WITHOUT_ROWID,  /* "yes" */
	LIMBECK_ATTR_UNLOGGED,       /* "yes" */
	LIMBECK_ATTR_PARTITION_BY,   /* "RANGE (day)": what follows PARTITION BY */
	LIMBECK_ATTR_PARTITION_OF,   /* list of two: schema ("" the default) and table */
	LIMBECK_ATTR_PARTITION_BOUND,/* "FOR VALUES FROM (...) TO (...)", "DEFAULT" */
	LIMBECK_ATTR_INHERITS,       /* list of qualified tables */
	LIMBECK_ATTR_ROW_SECURITY,   /* "enabled", "forced" */

	/* EXTENSION. */
	LIMBECK_ATTR_VERSION,        /* known, never compared */
	LIMBECK_ATTR_INTO_SCHEMA,    /* where its objects are */
	/* TRIGGER. */
	LIMBECK_ATTR_ENABLED,        /* "disabled", "replica", "always" */
	/* FUNCTION. */
	LIMBECK_ATTR_RESULT,         /* what it returns: a change of it is no replacement */
	/* MATERIALIZED_VIEW. */
	LIMBECK_ATTR_NO_DATA,        /* "yes"; known, never compared */
	/* FOREIGN_KEY: the index that the engine made for it alone, which is no INDEX of
	 * the catalog and should go with it; known, never compared. */
	LIMBECK_ATTR_BACKING_INDEX,
	/* COLUMN of a primary key that implies it: "yes" where NOT NULL was written all
	 * the same; known, never compared */
	LIMBECK_ATTR_IMPLIED_NOT_NULL,
	/* VIEW, MATERIALIZED_VIEW: list beside COLUMNS, "" for a column without one; what
	 * stands behind the last may be left out. */
	LIMBECK_ATTR_COLUMN_COMMENTS,
	/* TABLE: "yes", or "on commit drop"; only while statements are translated, for a driver
	 * does not introspect such tables. */
	LIMBECK_ATTR_TEMPORARY,
	/* COLUMN with IDENTITY: the name of its sequence, where that is known; never compared. */
	LIMBECK_ATTR_SEQUENCE,
	/* VIEW, MATERIALIZED_VIEW: list beside COLUMNS, "" for a type that is not known; only
	 * while statements are translated, and never compared. */
	LIMBECK_ATTR_COLUMN_TYPES,
	LIMBECK_ATTR_COUNT
};

/*
 * LIMBECK_ATTR_MEANING is one of: boolean, smallint, integer, bigint, numeric,
 * real, double, text, char, blob, date, time, timetz, timestamp, timestamptz,
 * interval, uuid, json, inet, enum, array, other; with "(n)" or "(p,s)" behind
 * numeric, text (a limit) and char where the type has it.
 */

/* What a change does. */
enum limbeck_verb {
	LIMBECK_CREATE = 1,  /* after */
	LIMBECK_DROP,        /* before */
	LIMBECK_ALTER,       /* before -> after: some attributes differ */
	LIMBECK_RENAME,      /* before -> after: the names differ, nothing else */
	/* Changes rows, so that the next change can be made: gives every row that has
	 * none (NULL) in column `after` the value `value` (SQL), or, where value is
	 * NULL, one that a person must fill in. */
	LIMBECK_FILL
};

enum limbeck_change_flag {
	LIMBECK_CHANGE_DESTRUCTIVE = 1 << 0, /* rows or values are lost by it */
	/* Its object is dropped here to be created again further down, since
	 * something that it holds on to is changed; or that creation. */
	LIMBECK_CHANGE_AGAIN = 1 << 1,
	/* A column becomes NOT NULL: a row that has no value in it makes this fail. */
	LIMBECK_CHANGE_NEEDS_VALUES = 1 << 2
};

/* One change. CREATE of a table takes its columns and those of its constraints
 * that are made with it along as members; its indexes, triggers and, where
 * tables refer to each other in a circle, foreign keys are changes of their
 * own. DROP of a table takes all its parts along, without naming them. */
struct limbeck_change {
	size_t size;
	int verb;                             /* enum limbeck_verb */
	unsigned flags;                       /* enum limbeck_change_flag */
	const struct limbeck_object *before;
	const struct limbeck_object *after;
	const struct limbeck_object *const *members;
	size_t member_count;
	const char *value;                    /* FILL */
};

/* What a program may ask of an object. Strings live as long as the object. */
LIMBECK_EXPORT enum limbeck_kind limbeck_object_kind(const struct limbeck_object *object);
LIMBECK_EXPORT const char *limbeck_object_schema(const struct limbeck_object *object);
/* Whether its schema need not be said: it is the default one, or there is none. */
LIMBECK_EXPORT int limbeck_object_in_default_schema(const struct limbeck_object *object);
LIMBECK_EXPORT const char *limbeck_object_table(const struct limbeck_object *object);
LIMBECK_EXPORT const char *limbeck_object_name(const struct limbeck_object *object);
LIMBECK_EXPORT const char *limbeck_object_signature(const struct limbeck_object *object);
/* A text attribute, or the first item of a list; NULL when absent. */
LIMBECK_EXPORT const char *limbeck_object_get(const struct limbeck_object *object,
	enum limbeck_attribute attribute);
/* A list attribute: how many items, and item i. */
LIMBECK_EXPORT size_t limbeck_object_count(const struct limbeck_object *object,
	enum limbeck_attribute attribute);
LIMBECK_EXPORT const char *limbeck_object_item(const struct limbeck_object *object,
	enum limbeck_attribute attribute, size_t i);
/* The words for people and JSON: "foreign key", "not null". */
LIMBECK_EXPORT const char *limbeck_kind_name(enum limbeck_kind kind);
LIMBECK_EXPORT const char *limbeck_attribute_name(enum limbeck_attribute attribute);
/* Whether the attribute is a list. */
LIMBECK_EXPORT int limbeck_attribute_is_list(enum limbeck_attribute attribute);

LIMBECK_END_DECLS

#endif
