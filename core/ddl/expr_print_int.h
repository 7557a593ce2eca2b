/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the expression printer share. */
#ifndef DDL_EXPR_PRINT_INT_H
#define DDL_EXPR_PRINT_INT_H

#include "ddl/target.h"

enum { LEVEL_ATOM = 255 };

/* The node to print in place of this one; NULL after a failure. */
const struct ddl_expr *print_resolve(struct printer *out, const struct ddl_expr *expr);
/* A node that was asked about already. */
void print_node(struct printer *out, const struct ddl_expr *expr);
/* An operand in a place where operators below that level would group otherwise. */
void print_operand(struct printer *out, const struct ddl_expr *expr, unsigned level);
/* How tightly the node binds in the target; LEVEL_ATOM at home. */
unsigned print_level(const struct printer *out, const struct ddl_expr *expr);
/* The spelling of an operator: as written at home, its meaning abroad. */
const char *print_spelling(const struct printer *out, const struct ddl_expr *expr);

/* True if the node was one of theirs. */
bool print_operators(struct printer *out, const struct ddl_expr *expr);
bool print_leaf(struct printer *out, const struct ddl_expr *expr);
void print_call(struct printer *out, const struct ddl_expr *expr);
void print_case(struct printer *out, const struct ddl_case *branches);

#endif
