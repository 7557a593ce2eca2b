/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Making nodes from nodes, for those who print a tree for another dialect. Texts are
 * copied. All return NULL when there is no memory, and when an operand is NULL, so that
 * calls nest and one look at the end is enough.
 */
#ifndef DDL_EXPR_MAKE_H
#define DDL_EXPR_MAKE_H

#include "base/arena.h"
#include "ddl/expr.h"

/* A call of `count` arguments. */
const struct ddl_expr *make_call(struct arena *arena, const char *name, size_t count, ...);
const struct ddl_expr *make_call_list(struct arena *arena, const char *name,
	const struct expr_list *arguments);
/* CURRENT_TIMESTAMP and its like. */
const struct ddl_expr *make_bare_call(struct arena *arena, const char *name);
/* The operator in its usual spelling; a || b || c from a list. */
const struct ddl_expr *make_infix(struct arena *arena, const struct ddl_expr *left,
	const char *operator, const struct ddl_expr *right);
const struct ddl_expr *make_infix_list(struct arena *arena, const char *operator,
	const struct expr_list *operands);
const struct ddl_expr *make_prefix(struct arena *arena, const char *operator,
	const struct ddl_expr *operand);
const struct ddl_expr *make_test(struct arena *arena, const struct ddl_expr *operand, bool negated,
	const char *state);
/* `model` gives the place, NOT, and the ESCAPE clause. */
const struct ddl_expr *make_like(struct arena *arena, const struct ddl_expr *model,
	const char *operator, const struct ddl_expr *left, const struct ddl_expr *pattern);
const struct ddl_expr *make_number(struct arena *arena, const char *text);
const struct ddl_expr *make_keyword(struct arena *arena, const char *word);
const struct ddl_expr *make_string(struct arena *arena, const char *text, size_t length);
const struct ddl_expr *make_column(struct arena *arena, const char *name);
const struct ddl_expr *make_parens(struct arena *arena, const struct ddl_expr *operand);
const struct ddl_expr *make_collate(struct arena *arena, const struct ddl_expr *operand,
	const char *collation);
/* CAST to a type given by its words, "decimal(10, 2)", which are printed as they are. */
const struct ddl_expr *make_cast(struct arena *arena, const struct ddl_expr *operand,
	const char *type);
/* One branch, else `otherwise`. */
const struct ddl_expr *make_case(struct arena *arena, const struct ddl_expr *when,
	const struct ddl_expr *then, const struct ddl_expr *otherwise);
/* A copy with a list of operands of its own, to be changed before it stands in a tree. */
struct ddl_expr *make_copy(struct arena *arena, const struct ddl_expr *expr);
/* A copy that no hook is asked about again. */
const struct ddl_expr *make_final(struct arena *arena, const struct ddl_expr *expr);

#endif
