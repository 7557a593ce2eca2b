/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the query parser and printer share. */
#ifndef DDL_QUERY_INT_H
#define DDL_QUERY_INT_H

#include "ddl/query.h"

/* A WITH clause if there is one. */
int with_parse(struct parser *p, struct ddl_with **out, struct limbeck_error *err);
/* The rest of a query behind its WITH. */
int query_parse_body(struct parser *p, struct ddl_with *with, struct ddl_query **out,
	struct limbeck_error *err);
int select_parse(struct parser *p, struct ddl_select **out, struct limbeck_error *err);
int select_list_parse(struct parser *p, struct select_list *out, struct limbeck_error *err);
/* RETURNING and its list if it is there. */
int returning_parse(struct parser *p, struct select_list *out, struct limbeck_error *err);
/* An alias, with AS or without; NULL if there is none. */
int alias_parse(struct parser *p, bool *as, struct ddl_ident **out, struct limbeck_error *err);
/* (..), (..): behind VALUES. */
int value_rows_parse(struct parser *p, struct value_rows *out, struct limbeck_error *err);
/* a, b JOIN c */
int from_list_parse(struct parser *p, struct from_list *out, struct limbeck_error *err);
int from_table_parse(struct parser *p, struct from_item **out, struct limbeck_error *err);
int partitions_parse(struct parser *p, struct ddl_ident **out, struct limbeck_error *err);
/* LIMIT, OFFSET and FETCH in any order, if any is there. */
int limit_parse(struct parser *p, struct ddl_limit **out, struct limbeck_error *err);
int locks_parse(struct parser *p, struct ddl_lock **out, struct limbeck_error *err);
/* WHERE if it is there. */
int where_parse(struct parser *p, const struct ddl_expr **out, struct limbeck_error *err);
/* WHERE expression, or WHERE CURRENT OF cursor. */
int where_row_parse(struct parser *p, const struct ddl_expr **out,
	struct ddl_ident **cursor, struct limbeck_error *err);
/* The words from the list that come next, in any order. */
int modifiers_parse(struct parser *p, const char *const *words, struct ddl_word **out,
	struct limbeck_error *err);
int assignments_parse(struct parser *p, struct ddl_assignment **out, struct limbeck_error *err);
/* One of the words of a NULL-ended list if it comes next, else NULL. */
const char *word_take(struct parser *p, const char *const *words);

int insert_parse(struct parser *p, struct ddl_with *with, struct ddl_insert **out,
	struct limbeck_error *err);
int conflicts_parse(struct parser *p, struct ddl_insert *insert, struct limbeck_error *err);
int update_parse(struct parser *p, struct ddl_with *with, struct ddl_update **out,
	struct limbeck_error *err);
int delete_parse(struct parser *p, struct ddl_with *with, struct ddl_delete **out,
	struct limbeck_error *err);

void with_print(struct printer *out, const struct ddl_with *with);
void select_print(struct printer *out, const struct ddl_select *select);
void select_list_print(struct printer *out, const struct select_list *list);
void returning_print(struct printer *out, const struct select_list *list);
void alias_print(struct printer *out, bool as, const struct ddl_ident *alias);
void value_rows_print(struct printer *out, const struct value_rows *rows);
void from_list_print(struct printer *out, const struct from_list *list);
void partitions_print(struct printer *out, const struct ddl_ident *names);
void limit_print(struct printer *out, const struct ddl_limit *limit);
void modifiers_print(struct printer *out, const struct ddl_word *first);
void where_print(struct printer *out, const struct ddl_expr *where);
void assignments_print(struct printer *out, const struct ddl_assignment *first);
void insert_print(struct printer *out, const struct ddl_insert *insert);
void conflicts_print(struct printer *out, const struct ddl_insert *insert);
void update_print(struct printer *out, const struct ddl_update *update);
void delete_print(struct printer *out, const struct ddl_delete *delete);

#endif
