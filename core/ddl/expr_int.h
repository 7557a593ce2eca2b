/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the expression parser share. */
#ifndef DDL_EXPR_INT_H
#define DDL_EXPR_INT_H

#include "base/vec.h"
#include "ddl/expr.h"
#include "ddl/operators.h"

enum { EXPR_TALLEST = 1000 };
/* A level that no operator has: an operand alone. */
enum { EXPR_ATOM = 255 };

/* A node that begins with the current token. */
int expr_new(struct parser *p, enum expr_kind kind, struct ddl_expr **out,
	struct limbeck_error *err);
/* A node whose first operand was read already. */
int expr_wrap(struct parser *p, enum expr_kind kind, struct ddl_expr *first,
	struct ddl_expr **out, struct limbeck_error *err);
int expr_add(struct parser *p, struct ddl_expr *expr, const struct ddl_expr *operand,
	struct limbeck_error *err);
/* Behind its last token: the span is closed, and the height taken into account. */
int expr_end(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err);
/* The height counts what hangs at the node outside args. */
void expr_raise(struct ddl_expr *expr, const struct ddl_expr *operand);

/* Operators of this level and above. */
int expr_climb(struct parser *p, unsigned level, struct ddl_expr **out,
	struct limbeck_error *err);
/* expr_parse() in a place that nothing restricts. */
int expr_parse_free(struct parser *p, const struct ddl_expr **out, struct limbeck_error *err);
/* Reads and adds an operand. */
int expr_operand(struct parser *p, struct ddl_expr *expr, unsigned level,
	struct limbeck_error *err);
/* IS, IN, BETWEEN, LIKE and their kin, behind an operand and with NOT before them. */
int expr_test(struct parser *p, unsigned level, struct ddl_expr **left,
	struct limbeck_error *err);
/* ANY (...) if it is there: 1, else 0. */
int expr_quantified(struct parser *p, struct ddl_expr **out, struct limbeck_error *err);

int expr_primary(struct parser *p, struct ddl_expr **out, struct limbeck_error *err);
/* What is assigned to: a column, with subscripts and fields; t.* too. */
int expr_target(struct parser *p, struct ddl_expr **out, struct limbeck_error *err);
bool expr_at_string(struct parser *p);
int expr_string(struct parser *p, struct ddl_expr **out, struct limbeck_error *err);
/* A literal that begins with its type; 0 and *out NULL if none is here. */
int expr_typed(struct parser *p, struct ddl_expr **out, struct limbeck_error *err);
int expr_cast(struct parser *p, struct ddl_expr **out, struct limbeck_error *err);
int expr_case(struct parser *p, struct ddl_expr **out, struct limbeck_error *err);
int expr_array(struct parser *p, struct ddl_expr **out, struct limbeck_error *err);
int expr_match(struct parser *p, struct ddl_expr **out, struct limbeck_error *err);
/* What follows a function's name, from the parenthesis on. */
int expr_call(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err);
/* FILTER, WITHIN GROUP, OVER behind the arguments. */
int expr_call_end(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err);
/* From an opening parenthesis on: whether what is in it is a query. */
bool expr_at_query(struct parser *p);
/* A query in parentheses into expr->query. */
int expr_query(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err);

/* An upper-case copy of a token or of words. */
const char *expr_upper(struct parser *p, const char *text, size_t length,
	struct limbeck_error *err);
/* Whether the word can't be a column's or an alias's name without quotes. */
bool expr_reserved(const struct token *token);
bool alias_reserved(const struct token *token);

#endif
