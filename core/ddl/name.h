/* SPDX-License-Identifier: BSD-2-Clause */
/* Names in trees: as they were written, with the quotes taken off. Nothing is folded. */
#ifndef DDL_NAME_H
#define DDL_NAME_H

#include "ddl/parser.h"

struct printer;

struct ddl_ident {
	const char *name;       /* without its quotes */
	bool quoted;
	struct ddl_span span;   /* as it was written */
	struct ddl_ident *next; /* in a list */
};

/* schema.table and the like; the last part is the object's. */
struct ddl_name {
	struct ddl_ident *first;
	struct ddl_ident *last;
	unsigned count;
	struct ddl_span span;
	struct ddl_name *next;  /* in a list */
};

/* Whether the token `ahead` can be a name: a word (reserved ones too), a quoted
 * identifier, or a string where the dialect takes it for one. */
bool name_at(struct parser *p, unsigned ahead);
int ident_parse(struct parser *p, struct ddl_ident *out, struct limbeck_error *err);
/* These with _string take a string for a name in any dialect, as behind COLLATE. */
int ident_parse_string(struct parser *p, struct ddl_ident *out, struct limbeck_error *err);
int ident_parse_new(struct parser *p, struct ddl_ident **out, struct limbeck_error *err);
int name_parse(struct parser *p, struct ddl_name *out, struct limbeck_error *err);
int name_parse_string(struct parser *p, struct ddl_name *out, struct limbeck_error *err);
int name_parse_new(struct parser *p, struct ddl_name **out, struct limbeck_error *err);
/* a, b, c and (a, b, c); not empty. */
int ident_list_parse(struct parser *p, struct ddl_ident **out, struct limbeck_error *err);
int ident_group_parse(struct parser *p, struct ddl_ident **out, struct limbeck_error *err);
int name_list_parse(struct parser *p, struct ddl_name **out, struct limbeck_error *err);

void ident_print(struct printer *out, const struct ddl_ident *ident);
void name_print(struct printer *out, const struct ddl_name *name);
void ident_list_print(struct printer *out, const struct ddl_ident *first);
void ident_group_print(struct printer *out, const struct ddl_ident *first);
void name_list_print(struct printer *out, const struct ddl_name *first);

#endif
