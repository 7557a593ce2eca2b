/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rules for what phrases alone can't say, since it depends on the content of a literal, on
 * a type from elsewhere, or on the statement around: on the way outward alone. A rule
 * gives what is to be printed, by phrases where it has nothing to say itself.
 */
#ifndef TRANSLATE_PHRASE_RULES_H
#define TRANSLATE_PHRASE_RULES_H

#include <stdint.h>

#include "translate/phrase_int.h"

/* phrase_operators.c */
const struct ddl_expr *rule_infix(struct printer *out, const struct ddl_expr *expr);
const struct ddl_expr *rule_between(struct printer *out, const struct ddl_expr *expr);
const struct ddl_expr *rule_in(struct printer *out, const struct ddl_expr *expr);
const struct ddl_expr *rule_case(struct printer *out, const struct ddl_expr *expr);
const struct ddl_expr *rule_array(struct printer *out, const struct ddl_expr *expr);
const struct ddl_expr *rule_collate(struct printer *out, const struct ddl_expr *expr);
/* The node with string literals among its operands made what they are compared with. */
const struct ddl_expr *typed_alike(struct printer *out, const struct ddl_expr *expr);

/* phrase_like.c */
/* A call of one of the rules' own words, which phrases alone know: limbeck.word(...). */
const struct ddl_expr *own_call(struct arena *arena, const char *word, size_t count,
	const struct ddl_expr *const *args);
const struct ddl_expr *rule_like(struct printer *out, const struct ddl_expr *expr);

/* phrase_cast.c */
const struct ddl_expr *rule_cast(struct printer *out, const struct ddl_expr *expr);
/* A value for a place of that type of the common dialect: literals are put into the form
 * that the engine's counterpart of the type has. The expression itself where nothing is to
 * be done; NULL after a failure. */
const struct ddl_expr *cast_value(struct printer *out, const struct ddl_expr *expr,
	const char *type);

/* CAST(expr AS type), not translated yet; and the common type of a cast. */
const struct ddl_expr *cast_to(struct printer *out, const struct ddl_expr *expr, const char *type);
const char *cast_type(struct rewriting *r, const struct ddl_expr *expr);

/* phrase_literal.c: the literal as a value of the type; `string` is not ended by a zero
 * byte. NULL without a failure: nothing is known about it. */
const struct ddl_expr *literal_of(struct printer *out, const struct ddl_expr *string,
	const char *type);
/* Appends a text as a JSON value, by the meaning of its type. */
void json_element(struct strbuf *out, const char *meaning, const char *text);

/* phrase_time.c: "2000-01-01 12:00:00+02" into "2000-01-01 10:00:00.000000". */
bool time_literal(const char *meaning, const char *text, char *out, size_t size);

/* phrase_interval.c */
const struct ddl_expr *rule_sum(struct printer *out, const struct ddl_expr *expr);

/* phrase_json.c */
const struct ddl_expr *rule_path(struct printer *out, const struct ddl_expr *expr);
const struct ddl_expr *rule_merge(struct printer *out, const struct ddl_expr *expr);
const struct ddl_expr *rule_remove(struct printer *out, const struct ddl_expr *expr);
const struct ddl_expr *rule_json_set(struct printer *out, const struct ddl_expr *expr);
/* Appends a constant as JSON; false: it is none. */
bool json_constant(struct strbuf *out, struct arena *arena, const struct ddl_expr *expr);

/* phrase_format.c: to_char(time, 'YYYY-MM-DD') */
const struct ddl_expr *rule_to_char(struct printer *out, const struct ddl_expr *expr);

/* phrase_call.c */
const struct ddl_expr *rule_call(struct printer *out, const struct ddl_expr *expr);

/* phrase_order.c: nulls where they come at home; `decides`: their place is part of the
 * meaning where nothing is said too. Look at target.failed afterwards. */
struct order_list order_abroad(struct printer *out, const struct order_list *list, bool decides);
struct ddl_window *window_abroad(struct printer *out, const struct ddl_window *window);

/* phrase_distinct.c */
const struct ddl_query *distinct_on(struct printer *out, const struct ddl_query *query);
struct ddl_ident *made_ident(struct rewriting *r, const char *name);

/* phrase_function.c: functions that give rows. */
const struct from_item *function_abroad(struct printer *out, const struct from_item *item);
const struct ddl_expr *function_value(struct printer *out, const struct from_item *item);
/* SELECT a, unnest(b) FROM t: the function goes behind the tables. */
const struct ddl_select *functions_moved(struct printer *out, const struct ddl_select *select);

/* phrase_query.c */
struct ddl_with *with_abroad(struct printer *out, const struct ddl_with *with);

/* phrase_values.c: what is put into columns. */
/* The column of the table that a statement changes; NULL: not known. */
const struct limbeck_object *target_column(struct rewriting *r, const struct ddl_name *table,
	const struct ddl_ident *column);
const struct limbeck_object *target_table(struct rewriting *r, const struct ddl_name *table);
/* Assignments of one column each, with their values made the columns' type. */
struct ddl_assignment *set_abroad(struct printer *out, const struct ddl_name *table,
	const struct ddl_assignment *set);
bool is_default(const struct ddl_expr *expr);
/* What stands for DEFAULT where the engine does not know it as a value. */
const struct ddl_expr *default_value(struct printer *out, const struct ddl_expr *expr,
	const struct limbeck_object *column);
const char *assigned_name(const struct ddl_assignment *one);
/* In an order in which none reads what one before it has set, for engines that set one
 * after the other. */
struct ddl_assignment *set_in_order(struct printer *out, struct ddl_assignment *set);
/* Whether the expression uses the column of the table that is changed. */
bool uses_column(struct rewriting *r, const struct ddl_expr *expr, const char *column);

/* phrase_change.c: the column with the name of its table before it. */
const struct ddl_expr *qualified_column(struct rewriting *r, const struct ddl_name *table,
	const struct ddl_expr *column);

/* phrase_conflict.c: ON CONFLICT as the engine can say it. */
bool conflict_abroad(struct printer *out, struct ddl_insert *insert);

/* phrase_data.c: a statement, or what it has to be cut into. */
void phrase_print_dml(struct printer *out, const struct ddl_dml *dml);

/* phrase_inward.c */
const struct ddl_query *inward_query(struct printer *out, const struct ddl_query *query);
const struct ddl_select *inward_select(struct printer *out, const struct ddl_select *select);
const struct from_item *inward_from(struct printer *out, const struct from_item *item);
/* A value for a column, by what its type at home makes of it. */
const struct ddl_expr *inward_value(struct printer *out, const struct ddl_expr *expr,
	const struct limbeck_object *column);
/* phrase_inward_data.c */
const struct ddl_insert *inward_insert(struct printer *out, const struct ddl_insert *insert);
const struct ddl_update *inward_update(struct printer *out, const struct ddl_update *update);
const struct ddl_delete *inward_delete(struct printer *out, const struct ddl_delete *delete);

/* The hooks: phrase_query.c, phrase_from.c, phrase_insert.c, phrase_change.c */
const struct ddl_query *phrase_hook_query(struct printer *out, const struct ddl_query *query);
const struct ddl_select *phrase_hook_select(struct printer *out, const struct ddl_select *select);
const struct from_item *phrase_hook_from(struct printer *out, const struct from_item *item);
const struct ddl_insert *phrase_hook_insert(struct printer *out, const struct ddl_insert *insert);
const struct ddl_update *phrase_hook_update(struct printer *out, const struct ddl_update *update);
const struct ddl_delete *phrase_hook_delete(struct printer *out, const struct ddl_delete *delete);

#endif
