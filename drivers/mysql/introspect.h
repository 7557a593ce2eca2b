/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading the schema from information_schema. Its tables differ by product and
 * version; one query asks which columns they have here. Every query names the
 * schema as a literal, so that the server opens no other database's tables.
 */
#ifndef INTROSPECT_H
#define INTROSPECT_H

#include "connection.h"
#include "text.h"

/* What the server's information_schema has. */
enum known {
	KNOWN_GENERATED = 1 << 0,       /* COLUMNS.GENERATION_EXPRESSION */
	KNOWN_SRS = 1 << 1,             /* COLUMNS.SRS_ID */
	KNOWN_EXPRESSIONS = 1 << 2,     /* STATISTICS.EXPRESSION */
	KNOWN_VISIBLE = 1 << 3,         /* STATISTICS.IS_VISIBLE */
	KNOWN_IGNORED = 1 << 4,         /* STATISTICS.IGNORED */
	KNOWN_CHECKS = 1 << 5,          /* CHECK_CONSTRAINTS */
	KNOWN_CHECK_TABLE = 1 << 6,     /* CHECK_CONSTRAINTS.TABLE_NAME */
	KNOWN_CHECK_LEVEL = 1 << 7,     /* CHECK_CONSTRAINTS.LEVEL */
	KNOWN_ENFORCED = 1 << 8,        /* TABLE_CONSTRAINTS.ENFORCED */
	KNOWN_ALGORITHM = 1 << 9,       /* VIEWS.ALGORITHM */
	KNOWN_PARAMETER_DEFAULT = 1 << 10 /* PARAMETERS.PARAMETER_DEFAULT */
};

struct reader {
	struct connection *c;
	struct limbeck_catalog *catalog;
	bool mariadb;
	bool backslash;          /* strings have backslash escapes */
	unsigned known;          /* enum known */
	struct text schema;      /* the database's name, as a literal */
	char *collation;         /* the database's */
	char *engine;            /* the session's standard */
	bool partitioned;        /* some table is */
	struct text sequences;   /* a query that reads all of them; empty: there are none */
	struct text scratch;     /* for texts under construction */
};

/* A row of a result; NULL is SQL's NULL. 0, or -1 with err filled. */
typedef int reader_row_fn(struct reader *r, void *data, char **row, struct limbeck_error *err);
/* Runs the query, calls fn for each row, and releases sql. */
int reader_query(struct reader *r, struct text *sql, reader_row_fn *fn, void *data,
	struct limbeck_error *err);

/* introspect.c */
int connection_introspect(void *conn, struct limbeck_introspect *request,
	struct limbeck_catalog *catalog, struct limbeck_error *err);

/* introspect_table.c: tables, views and sequences by name, columns */
int reader_tables(struct reader *r, struct limbeck_error *err);
int reader_columns(struct reader *r, struct limbeck_error *err);
/* introspect_partition.c */
int reader_partitions(struct reader *r, struct limbeck_error *err);
/* introspect_column.c */
int reader_column(struct reader *r, void *data, char **row, struct limbeck_error *err);
/* The columns of a row for reader_column. */
void reader_column_list(const struct reader *r, struct text *sql);
/* introspect_key.c: foreign keys before indexes, since those that a server made
 * for a foreign key are left out; columns before checks. */
int reader_foreign_keys(struct reader *r, struct limbeck_error *err);
int reader_indexes(struct reader *r, struct limbeck_error *err);
/* introspect_check.c */
int reader_checks(struct reader *r, struct limbeck_error *err);
/* introspect_code.c */
int reader_views(struct reader *r, struct limbeck_error *err);
int reader_sequences(struct reader *r, struct limbeck_error *err);
int reader_triggers(struct reader *r, struct limbeck_error *err);
int reader_events(struct reader *r, struct limbeck_error *err);
/* introspect_routine.c */
int reader_routines(struct reader *r, struct limbeck_error *err);

/* meaning.c: LIMBECK_ATTR_MEANING of a column's type. */
void meaning_of(const char *type, struct text *meaning);

/* strip.c: adds an expression or query without the database's own name in
 * front of tables, columns and functions. */
void strip_database(struct text *out, const struct reader *r, const char *sql);

/* A text that the server shows with escapes, which it has in its dictionary of
 * expressions (MySQL), or as it is (MariaDB). */
void reader_expression(const struct reader *r, struct text *out, const char *sql);
/* The character set that a collation is of. */
size_t charset_length(const char *collation);

#endif
