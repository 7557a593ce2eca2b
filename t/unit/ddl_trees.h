/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of the expression and query trees share. */
#ifndef T_UNIT_DDL_TREES_H
#define T_UNIT_DDL_TREES_H

#include "base/arena.h"
#include "base/strbuf.h"
#include "ddl/query.h"
#include <limbeck/error.h>

/* "pg", "my", "lite" in full. */
const char *tree_dialect(const char *shorthand);
/* The whole text as one expression or one statement; NULL with err filled. */
struct ddl_expr *tree_expr(struct arena *arena, const char *dialect, const char *text,
	struct limbeck_error *err);
struct ddl_dml *tree_dml(struct arena *arena, const char *dialect, const char *text,
	struct limbeck_error *err);
/* The tree in prefix form, "(+ a (* b c))", where the grouping shows. */
void tree_shape(struct strbuf *out, const struct ddl_expr *expr);

#endif
