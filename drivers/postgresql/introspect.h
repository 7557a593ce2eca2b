/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading the catalogs: what the files introspect*.c share.
 *
 * The server is asked a fixed number of queries, each over all objects of a
 * class; no query joins what the one before has told already. Rows refer to
 * each other by oid, and `known` says which object stands behind one.
 *
 * Names are read under a search path of the default schema alone, so that the
 * server itself writes them unqualified there, and qualified elsewhere.
 */
#ifndef INTROSPECT_H
#define INTROSPECT_H

#include "postgresql.h"

/* The oids of the system's catalogs (fixed since each came up). */
enum class_oid {
	CLASS_TYPE = 1247,
	CLASS_FUNCTION = 1255,
	CLASS_RELATION = 1259,
	CLASS_SERVER = 1417,
	CLASS_CONSTRAINT = 2606,
	CLASS_SCHEMA = 2615,
	CLASS_RULE = 2618,
	CLASS_TRIGGER = 2620,
	CLASS_EXTENSION = 3079,
	CLASS_POLICY = 3256,
	CLASS_STATISTICS = 3381,
	CLASS_COLLATION = 3456,
	CLASS_EVENT_TRIGGER = 3466
};

/* Added to a column's number, this is the class under which the table's oid leads to
 * the sequence that the column owns. */
#define COLUMN_SEQUENCE 0x10000U

/* A column of a relation; without an object where it is inherited or a view's. */
struct known_column {
	const char *name;
	struct limbeck_object *object;
};

/* What stands behind an oid. */
struct known {
	unsigned class;
	unsigned oid;
	struct known *next;
	struct limbeck_object *object;  /* NULL: a schema that is always there */
	const char *name;               /* of a schema */
	struct known_column *columns;   /* of a relation, by number less 1 */
	size_t column_count;
	bool partition;                 /* a relation that is one */
	struct sequence *sequence;      /* of a column, under COLUMN_SEQUENCE */
	bool alias;                     /* of another catalog's row: has no comment of its own */
};

/* A sequence that a column owns, before it is known what becomes of it. */
struct sequence {
	struct sequence *next;
	unsigned oid;
	const char *schema;
	const char *name;
	const char *shown;              /* as nextval() has it */
	const char *type;
	const char *values[5];          /* start, increment, minimum, maximum, cache */
	bool cycle;
	unsigned table;                 /* the owner, 0: none */
	unsigned column;
	bool identity;
	bool spent;                     /* told as a part of its column */
};

/* A foreign key and the index it relies on. */
struct reliance {
	struct reliance *next;
	struct limbeck_object *key;
	unsigned index;
};

struct reader {
	struct postgresql *pg;
	struct limbeck_introspect *request;
	struct limbeck_catalog *catalog;
	struct limbeck_error *err;
	int version;
	const char *home;               /* the default schema */
	const char *quoted_home;
	struct strings schemas;         /* the oids of those to be read, as an array */
	struct strings sql;
	struct strings item;            /* of an array */
	struct known **known;           /* a hash table, chained */
	size_t known_room;
	size_t known_count;
	struct sequence *sequences;
	struct sequence **last_sequence;
	struct reliance *reliances;
	struct pool *pool;
};

/* A piece of a query, for servers from version `from` on (0: all) and below
 * `below` (0: all). %SCHEMAS% stands for the array of schemas. */
struct piece {
	int from;
	int below;
	const char *sql;
};

struct row {
	const PGresult *result;
};

/* Left out of each query: what belongs to an extension (pg_depend). */
#define NOT_EXTENSION(class, oid) \
	"NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = " class \
	" AND x.objid = " oid " AND x.deptype = 'e')"
/* The name of a collation, always quoted, and qualified where it must be
 * (pg_collation). */
#define COLLATION_OF(oid) \
	"(SELECT CASE WHEN pg_catalog.pg_collation_is_visible(l.oid) THEN '' ELSE '\"' || " \
	"pg_catalog.replace(ln.nspname, '\"', '\"\"') || '\".' END || " \
	"'\"' || pg_catalog.replace(l.collname, '\"', '\"\"') || '\"' " \
	"FROM pg_catalog.pg_collation l " \
	"JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace WHERE l.oid = " oid ")"
/* Storage parameters as SQL, NULL where there are none. */
#define OPTIONS_OF(array, prefix) \
	"(SELECT pg_catalog.string_agg(" prefix " || pg_catalog.split_part(o, '=', 1) || '=' || " \
	"CASE WHEN v ~ '^[A-Za-z0-9_.]+$' THEN v ELSE pg_catalog.quote_literal(v) END, ', ') " \
	"FROM (SELECT o, pg_catalog.substr(o, pg_catalog.strpos(o, '=') + 1) AS v " \
	"FROM pg_catalog.unnest(" array ") AS u (o)) w)"

/* NULL for NULL. */
const char *row_text(const struct row *row, int i);
bool row_true(const struct row *row, int i);
char row_char(const struct row *row, int i);
unsigned row_oid(const struct row *row, int i);

/* introspect_read.c */
int reader_query(struct reader *reader, const struct piece *pieces, size_t count,
	int (*take)(struct reader *reader, const struct row *row));
void reader_release(struct reader *reader);
/* Zeroed memory that lasts as long as the reader; NULL: none. */
void *reader_alloc(struct reader *reader, size_t size);
const char *reader_copy(struct reader *reader, const char *text);
/* NULL: no memory. One that is there already is returned. */
struct known *known_add(struct reader *reader, unsigned class, unsigned oid,
	struct limbeck_object *object);
/* NULL: not known. */
struct known *known_find(const struct reader *reader, unsigned class, unsigned oid);
/* The name of column `number` of a relation, NULL if there is none. */
const char *known_column_name(const struct known *relation, long number);
/* Adds the columns that a list of numbers names, from item `first` on, `count` of
 * them at most; "" for an expression. */
void append_columns(struct limbeck_object *object, enum limbeck_attribute attribute,
	const struct known *relation, const char *numbers, size_t first, size_t count);
/* Adds the items of an array in the server's notation. */
int append_array(struct reader *reader, struct limbeck_object *object,
	enum limbeck_attribute attribute, const char *array);
/* Sets the attribute but for NULL and "". */
void set_some(struct limbeck_object *object, enum limbeck_attribute attribute, const char *value);
void set_yes(struct limbeck_object *object, enum limbeck_attribute attribute, bool value);
/* The name of a schema to be read, NULL if it is none. */
const char *schema_name(const struct reader *reader, unsigned oid);
/* Definitions come with blanks around them and a semicolon behind. */
int set_definition(struct reader *reader, struct limbeck_object *object, const char *text);

/* introspect_parts.c: the parts of an index or exclusion constraint, as they stand
 * in its definition's first parentheses. */
int append_parts(struct reader *reader, struct limbeck_object *object, const char *definition);

/* One query each. */
int read_schemas(struct reader *reader);
int read_types(struct reader *reader);
int read_relations(struct reader *reader);
int read_columns(struct reader *reader);
int read_constraints(struct reader *reader);
int read_indexes(struct reader *reader);
int read_functions(struct reader *reader);
int read_others(struct reader *reader);
int read_dependencies(struct reader *reader);
int read_comments(struct reader *reader);

/* introspect_sequences.c: what becomes of the sequences once columns are known. */
struct column_facts {
	const struct known *table;
	unsigned oid;               /* of the table */
	unsigned number;
	const char *name;
	const char *type;
	const char *fallback;       /* the default's expression */
	bool not_null;
	char identity;
};
/* Whether the column's numbers come from a sequence of its own; sets IDENTITY and
 * the sequence's options then. */
bool take_numbering(struct reader *reader, struct limbeck_object *column,
	const struct column_facts *facts);
int add_sequences(struct reader *reader);

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

#endif
