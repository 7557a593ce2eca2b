/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Printing a tree for another dialect than it was written in.
 *
 * The printer goes through the tree node by node. For each it asks the target's hook
 * for that kind, which gives the node to print in its place: the same, or one made for
 * the purpose (expr_make.h), whose operands are asked about in their turn when they are
 * printed. A hook that puts a node into another as an operand sets `final` on a copy, or
 * it would be asked about it again. Then the node is printed in its usual spelling. Where
 * operators bind otherwise than at home parentheses are added; those that were written
 * stay. Strings and quoted names get the target's quotes. An operator that the target
 * does not have is an error.
 *
 * A hook that can't do it calls target_refuse() and returns NULL. Nothing that is
 * printed after a failure counts.
 */
#ifndef DDL_TARGET_H
#define DDL_TARGET_H

#include "ddl/operators.h"
#include "ddl/print.h"
#include "ddl/query.h"

/* What a name names. */
enum name_role { NAME_COLUMN, NAME_TABLE, NAME_FUNCTION, NAME_COLLATION, NAME_OTHER };

typedef const struct ddl_expr *target_expr_hook(struct printer *out, const struct ddl_expr *expr);

/* Hooks may be NULL. Those for names and types print, and say whether they did. */
struct print_hooks {
	target_expr_hook *expr[EXPR_KINDS];
	const struct ddl_query *(*query)(struct printer *out, const struct ddl_query *query);
	const struct ddl_select *(*select)(struct printer *out, const struct ddl_select *select);
	const struct from_item *(*from)(struct printer *out, const struct from_item *item);
	const struct ddl_insert *(*insert)(struct printer *out, const struct ddl_insert *insert);
	const struct ddl_update *(*update)(struct printer *out, const struct ddl_update *update);
	const struct ddl_delete *(*delete)(struct printer *out, const struct ddl_delete *delete);
	bool (*name)(struct printer *out, const struct ddl_name *name, enum name_role role);
	bool (*ident)(struct printer *out, const struct ddl_ident *ident, enum name_role role);
	bool (*type)(struct printer *out, const struct ddl_type *type);
};

struct print_target {
	const struct limbeck_lexis *lexis;
	const char *operators_text;   /* <limbeck/dialect.h>, LIMBECK_OPERATORS_... */
	const struct print_hooks *hooks;
	void *context;                /* the hooks' */
	struct arena *arena;          /* for nodes that hooks make */
	const char *file;             /* for errors, may be NULL */
	/* The printer's own */
	struct operators operators;
	unsigned depth;
	bool failed;
	struct limbeck_error *err;
};

/* Makes the printer one for the target, whose first members are set. */
void target_init(struct printer *out, struct print_target *target, struct strbuf *text,
	struct limbeck_error *err);
/* The construct has no counterpart: an error at its place. */
void target_refuse(struct printer *out, const struct ddl_span *span, const char *format, ...)
	LIMBECK_PRINTF(3, 4);
/* 0, or -1 if the printing has failed, with the error filled. */
int target_end(struct printer *out);

/* The printers of what carries names and types, at home and abroad. */
void target_name(struct printer *out, const struct ddl_name *name, enum name_role role);
void target_ident(struct printer *out, const struct ddl_ident *ident, enum name_role role);
void target_idents(struct printer *out, const struct ddl_ident *first, enum name_role role);
void target_type(struct printer *out, const struct ddl_type *type);

#endif
