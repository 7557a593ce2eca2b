/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Queries and the statements that change rows, as trees. Words are in upper case, as
 * they were written but for that; a member that is NULL, or an empty list, is what the
 * statement does not have.
 */
#ifndef DDL_QUERY_H
#define DDL_QUERY_H

#include "ddl/expr.h"

struct ddl_dml;
struct from_item;

enum materialized { MATERIALIZED_UNSAID, MATERIALIZED_YES, MATERIALIZED_NO };

/* name (columns) AS (statement) */
struct ddl_cte {
	struct ddl_ident name;
	struct ddl_ident *columns;
	enum materialized materialized;
	struct ddl_dml *statement;
	struct ddl_cte *next;
};

struct ddl_with {
	bool recursive;
	struct ddl_cte *first;
	struct ddl_span span;
};

/* An element of a select list, or of RETURNING. */
struct select_item {
	const struct ddl_expr *expr;
	bool as;
	struct ddl_ident *alias;
};

struct select_list {
	struct select_item *items;
	size_t count;
	size_t capacity;
};

struct from_list {
	struct from_item **items;
	size_t count;
	size_t capacity;
};

struct index_hint {
	const char *words;          /* USE INDEX, FORCE KEY FOR JOIN, INDEXED BY... */
	bool parens;
	struct ddl_ident *names;
	struct index_hint *next;
};

enum from_kind {
	FROM_TABLE,                 /* name */
	FROM_QUERY,                 /* (query) */
	FROM_FUNCTION,              /* calls[0] */
	FROM_ROWS,                  /* ROWS FROM (calls...) */
	FROM_PAREN                  /* (inner) */
};

struct column_definition {
	struct ddl_ident name;
	struct ddl_type *type;      /* or NULL */
	struct column_definition *next;
};

/* One join, to what stands before it. */
struct from_join {
	const char *words;          /* JOIN, LEFT OUTER JOIN, NATURAL JOIN, STRAIGHT_JOIN... */
	struct ddl_span span;       /* of the words */
	struct from_item *item;     /* with joins of its own where they stood before this ON */
	const struct ddl_expr *on;
	struct ddl_ident *columns;  /* USING (columns) */
	struct ddl_ident *alias;    /* ... AS alias */
	struct from_join *next;
};

/* What rows come from. A join of several is the first with the others in `joins`,
 * grouped from the left. */
struct from_item {
	enum from_kind kind;
	struct ddl_span span;
	bool only, only_parens;     /* ONLY (t) */
	bool star;                  /* t* */
	bool lateral;
	struct ddl_name name;
	struct ddl_ident *partitions;
	struct ddl_query *query;
	struct expr_list calls;
	struct from_list inner;
	bool ordinality;            /* WITH ORDINALITY */
	bool as;
	struct ddl_ident *alias;
	bool columns_parens;
	struct column_definition *columns;
	struct index_hint *hints;
	const struct ddl_expr *sample;    /* TABLESAMPLE call */
	const struct ddl_expr *repeatable;
	struct from_join *joins;
};

/* The words before a select list: DISTINCT, ALL, SQL_CALC_FOUND_ROWS... */
struct ddl_word {
	const char *word;
	struct ddl_word *next;
};

struct ddl_select {
	struct ddl_span span;
	struct ddl_word *modifiers; /* with DISTINCT and ALL */
	bool distinct;              /* DISTINCT or DISTINCTROW is among them */
	bool on;                    /* DISTINCT ON (distinct_on) */
	struct expr_list distinct_on;
	struct select_list items;
	const char *into_words;     /* INTO, INTO TEMPORARY TABLE, ... or NULL */
	struct ddl_name *into;
	struct expr_list into_variables;
	bool into_last;             /* behind all other clauses */
	struct from_list from;
	const struct ddl_expr *where;
	bool group_by;
	const char *group_quantifier;
	struct expr_list group;
	bool with_rollup;
	const struct ddl_expr *having;
	struct ddl_window *windows;
};

enum term_kind { TERM_SELECT, TERM_VALUES, TERM_TABLE, TERM_PAREN };

/* A row of VALUES. */
struct value_row {
	bool row;                   /* ROW(...) */
	struct expr_list values;
};

struct value_rows {
	struct value_row *items;
	size_t count;
	size_t capacity;
};

/* One of the queries that UNION and the like combine. */
struct query_term {
	const char *set;            /* UNION, INTERSECT, EXCEPT, MINUS before it; NULL: the first */
	const char *set_quantifier; /* ALL, DISTINCT, or NULL */
	enum term_kind kind;
	struct ddl_select *select;
	struct value_rows rows;
	struct ddl_name *table;     /* TABLE name */
	struct ddl_query *query;
	struct query_term *next;
};

struct ddl_limit {
	/* In the order of writing: limit, offset or the other way round. */
	bool offset_first;
	const char *word;           /* LIMIT, "FETCH FIRST", "FETCH NEXT", or NULL: no count */
	bool all;                   /* LIMIT ALL */
	bool comma;                 /* LIMIT offset, count */
	const struct ddl_expr *count;     /* NULL: FETCH FIRST ROW */
	const char *fetch_rows;     /* ROW, ROWS */
	const char *fetch_end;      /* ONLY, WITH TIES */
	const struct ddl_expr *offset;
	const char *offset_rows;    /* ROW, ROWS, or NULL */
};

struct ddl_lock {
	const char *words;          /* FOR UPDATE, FOR KEY SHARE, LOCK IN SHARE MODE... */
	struct ddl_name *tables;    /* OF tables */
	const char *wait;           /* NOWAIT, SKIP LOCKED, WAIT, or NULL */
	const struct ddl_expr *seconds;   /* of WAIT */
	struct ddl_lock *next;
};

/* Set operations are a flat list: INTERSECT binds tighter than its neighbours where
 * the dialect says so. */
struct ddl_query {
	struct ddl_span span;
	unsigned short height;
	struct ddl_with *with;
	struct query_term *terms;
	struct order_list order;
	struct ddl_limit *limit;
	struct ddl_lock *locks;
	bool locks_first;           /* before the limit */
};

/* SET a = 1, (b, c) = (2, 3) */
struct ddl_assignment {
	bool parens;
	struct expr_list targets;   /* columns, with subscripts and fields */
	const char *operator;       /* =, or := */
	const struct ddl_expr *value;
	struct ddl_assignment *next;
};

enum conflict_action { CONFLICT_NOTHING, CONFLICT_UPDATE };

struct conflict_target {
	const struct ddl_expr *expr;      /* a column or an expression, with COLLATE */
	struct ddl_name *class;     /* operator class */
	const char *direction;
};

/* ON CONFLICT (targets) WHERE ... DO action */
struct ddl_conflict {
	struct ddl_span span;
	bool parens;
	struct { struct conflict_target *items; size_t count, capacity; } targets;
	const struct ddl_expr *target_where;
	struct ddl_ident *constraint;
	enum conflict_action action;
	struct ddl_assignment *set;
	const struct ddl_expr *where;
	struct ddl_conflict *next;
};

enum insert_source { INSERT_VALUES, INSERT_DEFAULT, INSERT_QUERY, INSERT_SET };

struct ddl_insert {
	struct ddl_with *with;
	const char *verb;           /* INSERT, REPLACE */
	const char *or_action;      /* OR IGNORE, OR REPLACE...: the second word */
	struct ddl_word *modifiers; /* LOW_PRIORITY, DELAYED, IGNORE... */
	bool into;
	struct ddl_name name;
	struct ddl_ident *partitions;
	bool as;
	struct ddl_ident *alias;
	bool columns_parens;
	struct expr_list columns;   /* EXPR_COLUMN, with subscripts and fields around it */
	const char *overriding;     /* SYSTEM, USER */
	enum insert_source source;
	const char *values_word;    /* VALUES, VALUE */
	struct value_rows rows;
	struct ddl_query *query;
	struct ddl_assignment *set;
	struct ddl_ident *row_alias;   /* AS new(a, b) behind the rows */
	struct ddl_ident *row_columns;
	struct ddl_conflict *conflicts;
	struct ddl_span duplicate_span;
	struct ddl_assignment *duplicate; /* ON DUPLICATE KEY UPDATE */
	struct select_list returning;
};

struct ddl_update {
	struct ddl_with *with;
	const char *or_action;
	struct ddl_word *modifiers;
	struct from_list tables;    /* several, or with joins: one statement for all of them */
	struct ddl_assignment *set;
	struct from_list from;
	const struct ddl_expr *where;
	struct ddl_ident *cursor;   /* WHERE CURRENT OF */
	bool returning_first;       /* before the order and the limit */
	struct order_list order;
	struct ddl_limit *limit;
	struct select_list returning;
};

enum delete_form {
	DELETE_FROM,                /* DELETE FROM tables[0] USING from */
	DELETE_LIST,                /* DELETE targets FROM tables */
	DELETE_USING                /* DELETE FROM targets USING tables: several targets */
};

struct delete_target {
	struct ddl_name name;
	bool star;                  /* t.* */
	struct delete_target *next;
};

struct ddl_delete {
	struct ddl_with *with;
	struct ddl_word *modifiers;
	enum delete_form form;
	bool no_from;               /* DELETE t */
	struct delete_target *targets;
	struct from_list tables;
	struct from_list from;
	const struct ddl_expr *where;
	struct ddl_ident *cursor;
	bool returning_first;       /* before the order and the limit */
	struct order_list order;
	struct ddl_limit *limit;
	struct select_list returning;
};

enum dml_kind { DML_QUERY, DML_INSERT, DML_UPDATE, DML_DELETE };

struct ddl_dml {
	enum dml_kind kind;
	struct ddl_span span;
	union {
		struct ddl_query *query;
		struct ddl_insert *insert;
		struct ddl_update *update;
		struct ddl_delete *delete;
	};
};

/* Whether a statement of these begins here: SELECT VALUES TABLE WITH INSERT REPLACE
 * UPDATE DELETE, or an opening parenthesis. */
bool dml_at(struct parser *p);
/* Leaves the parser behind the statement, at its end if all was understood. */
int dml_parse(struct parser *p, struct ddl_dml **out, struct limbeck_error *err);
void dml_print(struct printer *out, const struct ddl_dml *dml);

/* SELECT, VALUES, TABLE, WITH ... SELECT, with parentheses or without. */
int ddl_query_parse(struct parser *p, struct ddl_query **out, struct limbeck_error *err);
void query_print(struct printer *out, const struct ddl_query *query);

#endif
