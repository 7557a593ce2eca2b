/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules for the way from other home dialects to common words. */
#ifndef TRANSLATE_PHRASE_INWARD_H
#define TRANSLATE_PHRASE_INWARD_H

#include "translate/phrase_rules.h"

/* phrase_inward_expr.c */
/* Whether the home dialect is the common one: nothing is to be done. */
bool is_common(const struct rewriting *r);
/* The expression as a condition: a number is true if it is not 0. */
const struct ddl_expr *inward_condition(struct printer *out, const struct ddl_expr *expr);
/* What is said of an expression of a kind that has rules; phrases where they are silent. */
const struct ddl_expr *inward_expr(struct printer *out, const struct ddl_expr *expr);
/* phrase_inward.c */
struct ddl_window *inward_window(struct printer *out, const struct ddl_window *window);
/* phrase_inward_call.c */
const struct ddl_expr *inward_call(struct printer *out, const struct ddl_expr *expr);
/* phrase_inward_json.c: x -> '$.a', JSON_EXTRACT(x, '$.a') and the like; text: ->>. */
const struct ddl_expr *inward_json(struct printer *out, const struct ddl_expr *expr, bool text);
/* '{a,b}' for '$.a.b'; NULL: it is none. */
const struct ddl_expr *json_keys(struct rewriting *r, const struct ddl_expr *path);
const struct ddl_expr *as_json(struct printer *out, const struct ddl_expr *expr);
/* phrase_conflict.c: the only key of the table that rows of the statement can meet. */
const struct limbeck_object *only_key(struct rewriting *r, const struct ddl_insert *insert);

#endif
