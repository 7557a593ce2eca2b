/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parsers and the printers of statements' parts say to each other. */
#ifndef DDL_DDL_INT_H
#define DDL_DDL_INT_H

#include "ddl/ddl.h"
#include "ddl/print.h"

/* index.c: index elements, indexes, keys inside tables. */
int parts_parse(struct parser *p, bool exclusion, struct ddl_part **out,
	struct limbeck_error *err);
bool index_at_key(struct parser *p);
int index_parse_key(struct parser *p, struct ddl_index **out, struct limbeck_error *err);
/* From behind CREATE on. */
int index_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err);

/* constraint.c */
bool constraint_at(struct parser *p);
int constraint_parse(struct parser *p, struct ddl_constraint **out, struct limbeck_error *err);
/* 1: one was read, 0: none stands here. */
int constraint_parse_column(struct parser *p, struct ddl_constraint **out,
	struct limbeck_error *err);
extern const struct option_form constraint_forms[];

/* column.c */
int column_parse(struct parser *p, struct ddl_column **out, struct limbeck_error *err);
int clauses_parse(struct parser *p, struct ddl_clause **out, struct limbeck_error *err);

/* table.c */
int elements_parse(struct parser *p, struct ddl_element **out, struct limbeck_error *err);
int table_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err);
/* FOR VALUES ..., DEFAULT: of a partition. */
int bound_parse(struct parser *p, struct ddl_span *out, struct limbeck_error *err);
extern const struct option_form table_forms[];

/* create.c, view.c */
int create_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err);
int label_parse(struct parser *p, struct ddl_label **out, struct limbeck_error *err);
int view_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err);
extern const struct option_form database_forms[];

/* alter.c, alter_add.c, alter_column.c */
/* Whether the kind of object is one whose actions are read. */
bool alter_at(struct parser *p);
int alter_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err);
struct alteration {
	struct parser *p;
	enum ddl_object object;
	struct ddl_action *action;
};
int alter_add(struct alteration *a, struct limbeck_error *err);
int alter_drop(struct alteration *a, struct limbeck_error *err);
int alter_column(struct alteration *a, struct limbeck_error *err);
int alter_modify(struct alteration *a, struct limbeck_error *err);
int alter_rename(struct alteration *a, struct limbeck_error *err);
void behavior_parse(struct parser *p, enum ddl_behavior *out);

/* drop.c: DROP, TRUNCATE, RENAME TABLE, COMMENT ON. */
int drop_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err);
int truncate_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err);
int rename_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err);
int comment_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err);
/* The kind of object whose words stand here, which are passed; NULL: none. */
bool object_at(struct parser *p);
const char *object_parse(struct parser *p, enum ddl_object *out);

/* other.c: what is told by its first words; 1, 0: none of them, -1. */
int other_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err);

/* print_*.c */
void parts_print(struct printer *out, const struct ddl_part *first);
void index_print(struct printer *out, const struct ddl_index *index);
void constraint_print(struct printer *out, const struct ddl_constraint *constraint);
void column_print(struct printer *out, const struct ddl_column *column);
void clauses_print(struct printer *out, const struct ddl_clause *first);
void table_print(struct printer *out, const struct ddl_table *table);
void alter_print(struct printer *out, const struct ddl_alter *alter);
void elements_print(struct printer *out, const struct ddl_element *first);
void create_print(struct printer *out, const struct ddl_create *create);
void view_print(struct printer *out, const struct ddl_view *view);
void drop_print(struct printer *out, const struct ddl_drop *drop, bool truncate);
void rename_print(struct printer *out, const struct ddl_rename *rename);
void comment_print(struct printer *out, const struct ddl_comment *comment);

#endif
