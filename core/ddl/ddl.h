/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Statements as trees: the DDL of PostgreSQL, MySQL, MariaDB and SQLite in one union
 * grammar. What is spelled in several ways has one kind; how it was spelled is kept
 * beside it, so that a printed tree has the same tokens as its text, but for spacing,
 * comments and the case of keywords. What is not understood is an error, never left out.
 * Statements that are only told by their kind and name keep their text.
 *
 * All lives in the arena given to ddl_parse(). Lists are linked by `next`.
 */
#ifndef DDL_DDL_H
#define DDL_DDL_H

#include "base/arena.h"
#include "base/strbuf.h"
#include "ddl/option.h"
#include "ddl/query.h"
#include "ddl/type.h"
#include <limbeck/error.h>

enum ddl_kind {
	DDL_CREATE_TABLE,      /* table */
	DDL_CREATE_INDEX,      /* index */
	DDL_CREATE_VIEW,       /* view */
	DDL_CREATE_TYPE,       /* create */
	DDL_CREATE_DOMAIN,
	DDL_CREATE_SEQUENCE,
	DDL_CREATE_SCHEMA,     /* SCHEMA or DATABASE */
	DDL_CREATE_EXTENSION,
	DDL_ALTER,             /* alter */
	DDL_DROP,              /* drop */
	DDL_TRUNCATE,          /* drop */
	DDL_RENAME,            /* rename */
	DDL_COMMENT,           /* comment */
	/* Recognised: other */
	DDL_ROUTINE,           /* functions, procedures, triggers, rules, policies, DO... */
	DDL_RIGHTS,            /* GRANT, REVOKE, roles, default privileges */
	DDL_SETTING,           /* SET, RESET, PRAGMA, USE */
	DDL_TRANSACTION,       /* BEGIN, COMMIT, LOCK... */
	DDL_MAINTENANCE,       /* ANALYZE, VACUUM, REINDEX, REFRESH, CLUSTER... */
	DDL_OTHER,             /* all other DDL that has a name */
	DDL_DATA               /* data: SELECT, INSERT, UPDATE, DELETE... */
};

enum ddl_object {
	DDL_TABLE, DDL_FOREIGN_TABLE, DDL_VIEW, DDL_MATERIALIZED_VIEW, DDL_INDEX, DDL_SEQUENCE,
	DDL_TYPE, DDL_DOMAIN, DDL_SCHEMA, DDL_DATABASE, DDL_EXTENSION, DDL_COLUMN, DDL_CONSTRAINT,
	DDL_FUNCTION, DDL_PROCEDURE, DDL_ROUTINE_OBJECT, DDL_AGGREGATE, DDL_TRIGGER, DDL_RULE,
	DDL_POLICY, DDL_EVENT, DDL_ROLE, DDL_OTHER_OBJECT
};

enum ddl_behavior { DDL_NO_BEHAVIOR, DDL_CASCADE, DDL_RESTRICT };

/* An element of an index, a key, or a partition key. */
struct ddl_part {
	struct ddl_span span;
	bool period;                  /* PERIOD before it */
	struct ddl_ident *column;     /* or */
	struct ddl_expr *expr;        /* with its parentheses, if it has any: EXPR_PAREN */
	struct ddl_span prefix;       /* of column(10): 10 */
	struct ddl_name *collation;
	struct ddl_name *opclass;
	struct ddl_option *opclass_options; /* OPTION_PARAMETER each */
	struct ddl_option *options;   /* OPTION_ASC, DESC, NULLS_FIRST, NULLS_LAST */
	struct ddl_span operator;     /* of an exclusion constraint: WITH = */
	struct ddl_part *next;
};

struct ddl_reference {
	struct ddl_name table;
	struct ddl_part *parts;       /* columns; NULL: the primary key */
};

enum ddl_constraint_kind {
	CONSTRAINT_PRIMARY, CONSTRAINT_UNIQUE, CONSTRAINT_CHECK, CONSTRAINT_FOREIGN,
	CONSTRAINT_EXCLUDE, CONSTRAINT_NOT_NULL
};

/* Of a table, a column or a domain. */
struct ddl_constraint {
	enum ddl_constraint_kind kind;
	struct ddl_span span;
	const char *words;            /* UNIQUE KEY, FOREIGN KEY... as spelled */
	bool constraint_word;
	struct ddl_ident *name;       /* behind CONSTRAINT */
	struct ddl_ident *index_name; /* behind the words, MySQL's; the constraint's name if
	                                 there is no other */
	bool if_not_exists;
	struct ddl_option *before;    /* before the parts: OPTION_USING, NULLS_NOT_DISTINCT */
	struct ddl_part *parts;       /* NULL where a column has the constraint */
	struct ddl_ident *column;     /* of NOT NULL where a table has it */
	struct ddl_expr *check;
	struct ddl_reference *reference;
	struct ddl_option *options;   /* behind it, in the order of writing */
};

/* What follows a column's type: one of the two. */
struct ddl_clause {
	struct ddl_constraint *constraint;
	struct ddl_option *option;
	struct ddl_clause *next;
};

struct ddl_column {
	struct ddl_span span;
	struct ddl_ident name;
	struct ddl_type *type;        /* may be NULL */
	bool with_options;            /* of a typed table or a partition */
	struct ddl_clause *clauses;
};

/* CREATE INDEX, and a key inside a table. */
struct ddl_index {
	struct ddl_span span;
	const char *words;            /* "", UNIQUE, FULLTEXT, SPATIAL; inside a table: KEY, INDEX,
	                                 FULLTEXT KEY... */
	bool unique;
	bool or_replace, concurrently, if_not_exists, only;
	struct ddl_name *name;        /* may be NULL */
	struct ddl_name *table;       /* NULL inside a table */
	struct ddl_option *early;     /* before ON: OPTION_USING */
	struct ddl_option *before;    /* before the parts */
	struct ddl_part *parts;
	struct ddl_option *options;   /* OPTION_WHERE, INCLUDE... */
};

struct ddl_like {
	struct ddl_name table;
	struct ddl_option *options;
};

/* What stands between a table's parentheses: one of the four. */
struct ddl_element {
	struct ddl_span span;
	struct ddl_column *column;
	struct ddl_constraint *constraint;
	struct ddl_index *index;
	struct ddl_like *like;
	struct ddl_element *next;
};

struct ddl_table {
	const char *words;            /* "", TEMPORARY, TEMP, UNLOGGED, FOREIGN, VIRTUAL... */
	bool temporary, virtual;
	bool or_replace, if_not_exists;
	struct ddl_name name;
	struct ddl_name *of;          /* its type, or */
	struct ddl_name *partition_of;
	struct ddl_span bound;        /* of a partition: FOR VALUES ..., DEFAULT */
	struct ddl_like *like;        /* LIKE without parentheses */
	bool parentheses;
	struct ddl_element *elements;
	struct ddl_option *options;
	struct ddl_span module;       /* of a virtual table: USING ... */
	const char *as;               /* "", AS, IGNORE AS... before the query; NULL: none */
	struct ddl_query *query;
	struct ddl_span execute;      /* AS EXECUTE ... */
	struct ddl_option *data;      /* OPTION_WITH_DATA, OPTION_NO_DATA */
};

struct ddl_view {
	const char *words;            /* "", TEMPORARY, RECURSIVE, MATERIALIZED... */
	bool materialized;
	bool or_replace, if_not_exists;
	struct ddl_option *before;    /* ALGORITHM=..., DEFINER=..., SQL SECURITY ... */
	struct ddl_name name;
	struct ddl_ident *columns;
	struct ddl_option *options;
	struct ddl_query *query;
	struct ddl_option *after;     /* OPTION_CHECK_OPTION, OPTION_WITH_DATA... */
};

struct ddl_label {
	struct ddl_expr *value;       /* EXPR_STRING */
	struct ddl_label *next;
};

/* CREATE TYPE, DOMAIN, SEQUENCE, SCHEMA, DATABASE, EXTENSION. */
struct ddl_create {
	enum ddl_object object;
	const char *words;            /* DOMAIN, TEMPORARY SEQUENCE... */
	bool or_replace, if_not_exists;
	struct ddl_name *name;        /* a schema may have none */
	bool is_enum;
	struct ddl_label *labels;     /* of an enum */
	struct ddl_span body;         /* of any other type: AS (...), (...) */
	bool as;                      /* before a domain's type */
	bool with;                    /* before an extension's or a database's options */
	struct ddl_type *type;        /* of a domain */
	struct ddl_clause *clauses;   /* of a domain */
	struct ddl_option *options;
};

struct ddl_target {
	struct ddl_name name;
	struct ddl_span arguments;    /* of a function: (...) */
	bool star;
	struct ddl_target *next;
};

/* DROP and TRUNCATE. */
struct ddl_drop {
	enum ddl_object object;
	const char *words;            /* TABLE, TEMPORARY TABLE, INDEX...; "" of TRUNCATE */
	bool concurrently, if_exists, only;
	struct ddl_target *targets;
	struct ddl_name *table;       /* ON table */
	struct ddl_option *options;   /* OPTION_CASCADE, OPTION_RESTRICT, RESTART IDENTITY... */
};

struct ddl_rename {
	struct ddl_name from, to;
	struct ddl_rename *next;
};

struct ddl_comment {
	enum ddl_object object;
	const char *words;
	struct ddl_target target;     /* of a column: the table's name, and its own as the last */
	struct ddl_name *table;       /* of a constraint, trigger...: ON table */
	bool on_domain;
	struct ddl_expr *text;        /* EXPR_STRING, or EXPR_KEYWORD NULL */
};

enum ddl_action_kind {
	ACTION_OPTION,             /* option: its kind is of enum ddl_option_kind */
	ACTION_ADD_COLUMN,         /* column, or elements in parentheses */
	ACTION_ADD_CONSTRAINT,     /* constraint */
	ACTION_ADD_INDEX,          /* index */
	ACTION_DROP_COLUMN,        /* name */
	ACTION_DROP_CONSTRAINT,    /* name */
	ACTION_DROP_INDEX,         /* name */
	ACTION_DROP_PRIMARY_KEY,
	ACTION_DROP_FOREIGN_KEY,   /* name */
	ACTION_DROP_CHECK,         /* name */
	ACTION_MODIFY_COLUMN,      /* column */
	ACTION_CHANGE_COLUMN,      /* name, column */
	ACTION_ALTER_TYPE,         /* name, type, options: COLLATE, expr: USING */
	ACTION_SET_DEFAULT,        /* name, expr */
	ACTION_DROP_DEFAULT,       /* name, as in those that follow */
	ACTION_SET_NOT_NULL,
	ACTION_DROP_NOT_NULL,
	ACTION_ADD_IDENTITY,       /* option */
	ACTION_SET_IDENTITY,       /* options: SET GENERATED..., SET INCREMENT..., RESTART */
	ACTION_DROP_IDENTITY,
	ACTION_SET_EXPRESSION,     /* expr */
	ACTION_DROP_EXPRESSION,
	ACTION_COLUMN_OPTION,      /* option: SET STATISTICS, STORAGE, (...)... */
	ACTION_ALTER_CONSTRAINT,   /* name, options */
	ACTION_ALTER_INDEX,        /* name, options: VISIBLE */
	ACTION_RENAME,             /* target: of the object itself */
	ACTION_RENAME_COLUMN,      /* name, new_name */
	ACTION_RENAME_CONSTRAINT,
	ACTION_RENAME_INDEX,
	ACTION_RENAME_VALUE,       /* value, new_value */
	ACTION_RENAME_ATTRIBUTE,   /* name, new_name */
	ACTION_ADD_VALUE,          /* value; new_value: the neighbour */
	ACTION_OWNER,              /* option, as in those that follow */
	ACTION_SET_SCHEMA,
	ACTION_VALIDATE,
	ACTION_ATTACH, ACTION_DETACH,
	ACTION_TRIGGERS,           /* enables or disables triggers and rules, or keys */
	ACTION_ROW_SECURITY,
	ACTION_STORAGE,            /* storage parameters, tablespace, logging, clustering... */
	ACTION_INHERIT,
	ACTION_CONVERT,            /* CONVERT TO CHARACTER SET; target: the collation */
	ACTION_PARTITION,          /* MySQL's partitions */
	ACTION_HOW,                /* ALGORITHM=, LOCK=, FORCE, ORDER BY: how it is done */
	ACTION_SEQUENCE,           /* option: of a sequence */
	ACTION_VERSION,            /* ALTER EXTENSION UPDATE */
	ACTION_QUERY,              /* query: of ALTER VIEW ... AS */
	ACTION_ATTRIBUTE           /* option: of a composite type */
};

struct ddl_action {
	enum ddl_action_kind kind;
	struct ddl_span span;
	const char *words;            /* as spelled: "ADD COLUMN", "RENAME AS"... */
	const char *verb;             /* and behind the name: "SET DATA TYPE"... or NULL */
	bool if_exists, if_not_exists;
	bool parentheses;             /* ADD (a int, b int) */
	bool comma;                   /* one stands behind it */
	struct ddl_ident *name;
	struct ddl_ident *new_name;
	struct ddl_name *target;
	struct ddl_column *column;
	struct ddl_element *elements;
	struct ddl_constraint *constraint;
	struct ddl_index *index;
	struct ddl_type *type;
	struct ddl_expr *expr;
	struct ddl_label *value;
	struct ddl_label *new_value;
	const char *side;             /* of the neighbour: BEFORE, AFTER */
	struct ddl_query *query;
	struct ddl_option *option;
	struct ddl_option *options;
	enum ddl_behavior behavior;
	struct ddl_action *next;
};

struct ddl_alter {
	enum ddl_object object;
	const char *words;            /* TABLE, ONLINE TABLE, MATERIALIZED VIEW... */
	bool if_exists, only, star;
	struct ddl_name *name;
	struct ddl_ident *columns;    /* of a view */
	struct ddl_action *actions;
};

/* A statement known by its first words, and perhaps a name. */
struct ddl_other {
	struct ddl_name *name;        /* of the function, trigger...; or NULL */
	struct ddl_name *table;       /* of a trigger, policy or rule; or NULL */
};

struct ddl_statement {
	enum ddl_kind kind;
	struct ddl_span span;         /* all of it */
	const char *construct;        /* "CREATE TABLE", "CREATE FUNCTION": for messages */
	union {
		struct ddl_table *table;
		struct ddl_index *index;
		struct ddl_view *view;
		struct ddl_create *create;
		struct ddl_alter *alter;
		struct ddl_drop *drop;
		struct ddl_rename *rename;
		struct ddl_comment *comment;
		struct ddl_other *other;
		struct ddl_dml *data;
	};
};

/* Reads one statement, without its delimiter. What is not understood is an error
 * LIMBECK_E_UNSUPPORTED at its place. */
int ddl_parse(struct arena *arena, const struct limbeck_lexis *lexis, const char *dialect,
	const char *text, size_t length, const struct ddl_place *place,
	struct ddl_statement **out, struct limbeck_error *err);
/* As ddl_parse() reads it. */
void ddl_print(struct strbuf *out, const struct ddl_statement *statement);

/* What is asked of trees most. */
const struct ddl_option *column_option(const struct ddl_column *column,
	enum ddl_option_kind kind);
const struct ddl_constraint *column_constraint(const struct ddl_column *column,
	enum ddl_constraint_kind kind);
const struct ddl_name *column_collation(const struct ddl_column *column);
/* CASCADE, SET NULL... or NULL. */
const char *reference_action(const struct ddl_constraint *constraint, bool on_delete);

#endif
