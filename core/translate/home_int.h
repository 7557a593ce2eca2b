/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of home_perform() say to each other. */
#ifndef TRANSLATE_HOME_INT_H
#define TRANSLATE_HOME_INT_H

#include "translate/home.h"

/* One statement being performed. */
struct performer {
	struct home *home;
	const struct home_traits *traits;
	struct limbeck_catalog *catalog;
	struct arena *arena;
	struct home_effect *effect;
	struct limbeck_error *err;
};

/* A statement's own word for a schema and a name: the default schema is NULL. */
struct home_name {
	const char *schema;
	const char *name;
	bool temporary;
	const struct ddl_span *span;
};

/* home_error.c: all give -1. */
int home_nomem(struct performer *p);
/* Said by the home engine: kind and table may be NULL. */
int home_complain(struct performer *p, enum home_message message, const struct ddl_span *span,
	const char *kind, const char *name, const char *table);
/* No counterpart, or not understood. */
int home_refuse(struct performer *p, const struct ddl_span *span, const char *format, ...)
	LIMBECK_PRINTF(3, 4);
/* Left out of the statement. */
int home_notice(struct performer *p, const struct ddl_span *span, const char *format, ...)
	LIMBECK_PRINTF(3, 4);
/* All of the statement matters at home alone. */
int home_leave(struct performer *p, const char *why);
/* "the option FILLFACTOR" and the like: a notice about an option. */
int home_skip_option(struct performer *p, const struct ddl_option *option, const char *of);

/* home_name.c. Names are folded; NULL: no memory, with err filled. */
const char *home_ident(struct performer *p, const struct ddl_ident *ident);
int home_name(struct performer *p, const struct ddl_name *name, struct home_name *out);
/* As two names are told apart. */
bool home_same(const struct performer *p, const char *a, const char *b);
/* Appends a name as the common dialect writes it: with quotes where it needs them. */
void home_quote(struct strbuf *out, const char *name);
void home_quote_name(struct strbuf *out, const char *schema, const char *name);
/* A name for a part of a table that has none, NULL where the dialect gives none or there is
 * no memory (then err is filled and *failed set). columns joined by "_". */
struct home_naming {
	const char *pattern;
	enum limbeck_kind kind;
	const char *schema, *table;
	const char *columns, *column;
};
int home_make_name(struct performer *p, const struct home_naming *naming, const char **out);
/* With quotes taken into account: a text in the arena, or NULL with err filled. */
const char *home_text(struct performer *p, struct strbuf *text);

/* home_find.c */
struct limbeck_object *home_find(struct performer *p, enum limbeck_kind kind,
	const char *schema, const char *table, const char *name);
/* A table or view that the catalog has; NULL: none. */
struct limbeck_object *home_known(struct performer *p, const struct home_name *name);
/* A table or view, adopted if need be; NULL: there is none, or err is filled (p->failed). */
int home_relation(struct performer *p, const struct home_name *name,
	struct limbeck_object **out);
/* That must be there and be of the kind (NONE: any relation). */
int home_need_relation(struct performer *p, const struct ddl_name *name,
	enum limbeck_kind kind, struct limbeck_object **out);
struct limbeck_object *home_part(struct performer *p, const struct limbeck_object *table,
	enum limbeck_kind kind, const char *name);
int home_need_column(struct performer *p, const struct limbeck_object *table,
	const struct ddl_ident *ident, struct limbeck_object **out);
/* Of any kind of constraint; NULL: none. */
struct limbeck_object *home_constraint(struct performer *p, const struct limbeck_object *table,
	const char *name);
/* An index of the schema, of that table if table is not NULL. */
struct limbeck_object *home_index(struct performer *p, const char *schema,
	const struct limbeck_object *table, const char *name);
struct limbeck_object *home_primary_key(struct performer *p, const struct limbeck_object *table);
/* Whether the name is taken by a relation, a sequence, an index or a type's key. */
bool home_taken(struct performer *p, const char *schema, const char *name, bool constraint);
/* A new object, or NULL with err filled. */
struct limbeck_object *home_add(struct performer *p, enum limbeck_kind kind,
	const char *schema, const char *table, const char *name);
bool home_lists(const struct performer *p, const struct limbeck_object *object,
	enum limbeck_attribute attribute, const char *name);
/* Whether two lists have the same names, in any order. */
bool home_same_list(const struct performer *p, const struct limbeck_object *a,
	enum limbeck_attribute list, const struct limbeck_object *b, enum limbeck_attribute other);

/* home_effect.c */
int home_touch(struct performer *p, enum limbeck_kind kind, const char *schema,
	const char *name);
int home_touch_object(struct performer *p, const struct limbeck_object *object);
/* The tables whose foreign keys refer to it, and what reads it. */
int home_touch_dependents(struct performer *p, const struct limbeck_object *relation);
int home_work(struct performer *p, const struct home_work *work);
/* Whether a foreign key refers to the table; a view reads the relation. */
bool home_refers(const struct performer *p, const struct limbeck_object *key,
	const struct limbeck_object *table);
bool home_reads(const struct performer *p, const struct limbeck_object *view,
	const struct limbeck_object *relation);

/* home_text.c: texts in the common dialect, in the arena; NULL with err filled. */
const char *home_expr(struct performer *p, const struct limbeck_object *table,
	const struct ddl_expr *expr);
const char *home_query(struct performer *p, const struct ddl_query *query);
const char *home_string(struct performer *p, const struct ddl_expr *string);
const char *home_span_text(struct performer *p, const struct ddl_span *span);
/* The type, and whether it gives numbers. */
struct home_type {
	const char *text;
	bool serial;
};
int home_type(struct performer *p, const struct ddl_type *type, struct home_type *out);

/* home_column.c: a column without its keys and checks, these or those, and all. */
int home_begin_column(struct performer *p, struct limbeck_object *table,
	const struct ddl_column *column);
int home_column_constraints(struct performer *p, struct limbeck_object *table,
	const struct ddl_column *definition, bool foreign);
int home_add_column(struct performer *p, struct limbeck_object *table,
	const struct ddl_column *column);
/* Gives a column that is there what the definition says, and takes what it does not say. */
int home_redefine_column(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *object, const struct ddl_column *column);
int home_place_column(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *object, const struct ddl_column *column);
int home_set_default(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *column, const struct ddl_expr *expr);
int home_set_identity(struct performer *p, struct limbeck_object *column,
	const struct ddl_option *identity);
/* Of a text in a dialect that tells texts apart by their collation: its own, the table's, or
 * the usual one. */
int home_set_collation(struct performer *p, const struct limbeck_object *table,
	struct limbeck_object *column);
/* A name for its sequence (NULL: made up), kept with the column. */
int home_name_sequence(struct performer *p, struct limbeck_object *column, const char *name);

/* home_constraint.c: column is the one that has it, or NULL. */
int home_add_constraint(struct performer *p, struct limbeck_object *table,
	const struct limbeck_object *column, const struct ddl_constraint *constraint);
int home_set_constraint_options(struct performer *p, struct limbeck_object *object,
	const struct ddl_option *options);
/* home_reference.c: what a foreign key refers to. */
int home_set_reference(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *key, const struct ddl_constraint *constraint);
/* The foreign keys that were waiting for the table know its primary key now. */
int home_complete_references(struct performer *p, const struct limbeck_object *table);
int home_check_conflict(struct performer *p, const struct ddl_option *option);
int home_add_check(struct performer *p, struct limbeck_object *owner,
	const struct limbeck_object *column, const struct ddl_constraint *constraint);
/* Its name: that which was written, or one that is made up. */
int home_constraint_name(struct performer *p, const struct ddl_constraint *constraint,
	const struct home_naming *naming, const char **out);
/* Before a primary key goes: its columns stay not null. */
void home_keep_not_null(struct performer *p, const struct limbeck_object *key);

/* home_index.c */
int home_create_index(struct performer *p, const struct ddl_index *index);
int home_add_index(struct performer *p, struct limbeck_object *table,
	const struct ddl_index *index);
int home_set_parts(struct performer *p, const struct limbeck_object *table,
	struct limbeck_object *object, const struct ddl_part *parts);
/* The names of the parts as they are in names of indexes. */
int home_part_names(struct performer *p, const struct ddl_part *parts, struct home_naming *out);
int home_alter_index(struct performer *p, const struct ddl_alter *alter);
int home_drop_index(struct performer *p, const struct ddl_drop *drop);
/* Where an index belongs to its table: an index or a unique key. */
int home_drop_key(struct performer *p, struct limbeck_object *table, const char *name,
	bool if_exists, const struct ddl_span *span);

/* The other statements, one file each or two. */
int home_create_table(struct performer *p, const struct ddl_table *table);
int home_elements(struct performer *p, struct limbeck_object *table,
	const struct ddl_element *elements);
int home_like(struct performer *p, struct limbeck_object *table, const struct ddl_like *like);
int home_table_as(struct performer *p, struct limbeck_object *table,
	const struct ddl_table *statement);
int home_table_option(struct performer *p, struct limbeck_object *table,
	const struct ddl_option *option);
int home_alter(struct performer *p, const struct ddl_alter *alter);
int home_alter_column(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action);
int home_alter_parts(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action);
int home_rename_to(struct performer *p, struct limbeck_object *object, const char *schema,
	const char *name);
int home_rename_table_to(struct performer *p, struct limbeck_object *table,
	const struct home_name *to);
int home_rename_part(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action);
/* ALTER of what can be renamed, and moved to another schema, alone. */
int home_alter_plainly(struct performer *p, const struct ddl_alter *alter,
	enum limbeck_kind kind, const char *word);
int home_partition(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action);
int home_rename_table(struct performer *p, const struct ddl_rename *rename);
int home_drop(struct performer *p, const struct ddl_drop *drop);
/* A constraint, with the foreign keys that refer to it. */
int home_drop_held(struct performer *p, struct limbeck_object *key, bool cascade,
	const struct ddl_span *span, const char *word);
/* A column, with what refers to it and reads it if that may go. */
int home_remove_column(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *column, bool cascade, const struct ddl_span *span);
int home_drop_column(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action);
int home_truncate(struct performer *p, const struct ddl_drop *drop);
int home_create_type(struct performer *p, const struct ddl_statement *statement);
int home_create_domain(struct performer *p, const struct ddl_create *create);
int home_alter_type(struct performer *p, const struct ddl_alter *alter);
int home_alter_domain(struct performer *p, const struct ddl_alter *alter);
int home_create_sequence(struct performer *p, const struct ddl_create *create);
int home_alter_sequence(struct performer *p, const struct ddl_alter *alter);
int home_sequence_options(struct performer *p, struct limbeck_object *object,
	const struct ddl_option *options);
/* A column is a serial one whose default is nextval() of a sequence that it owns: asked when
 * it gets the default, and when it becomes the owner. */
int home_join_default(struct performer *p, struct limbeck_object *column,
	const struct ddl_expr *expr);
int home_join_sequence(struct performer *p, struct limbeck_object *sequence);
/* Whether the column's default is nextval() of it. */
bool home_uses_sequence(struct performer *p, const struct limbeck_object *column,
	const char *schema, const char *name);
/* The sequence of a serial column as an object of its own again. */
struct limbeck_object *home_split_sequence(struct performer *p, struct limbeck_object *column);
int home_create_view(struct performer *p, const struct ddl_view *view);
/* A renamed column has its old name in the list that stands before AS. */
int home_restore_columns(struct performer *p, struct limbeck_object *view);
int home_alter_view(struct performer *p, const struct ddl_alter *alter);
int home_comment(struct performer *p, const struct ddl_comment *comment);
int home_setting(struct performer *p, const struct ddl_statement *statement);
int home_other(struct performer *p, const struct ddl_statement *statement);
int home_create_schema(struct performer *p, const struct ddl_create *create);

/* home_query.c: tells of each relation that a query reads, but for its own WITH. */
int home_query_relations(const struct ddl_query *query,
	int (*visit)(void *context, const struct ddl_name *name), void *context);
/* The names and types of its columns, one after the other. Another value than 0 of visit
 * ends it; an expression that has no type is told with NULL. */
struct home_column {
	const char *name;
	const char *type;      /* in common words, or NULL: not known */
	const struct ddl_span *span;
	const struct ddl_ident *of; /* what stands before it where * stands for it; or NULL */
};
typedef int home_column_visit(void *context, const struct home_column *column);
int home_query_columns(struct performer *p, const struct ddl_query *query,
	home_column_visit *visit, void *context);
/* The columns that an item of a select list stands for, which is a star. */
int home_star_columns(struct performer *p, const struct ddl_query *query,
	const struct ddl_select *select, const struct ddl_expr *star, home_column_visit *visit,
	void *context);
/* The query with all its columns where it has stars; itself if that can't be. */
bool home_has_stars(const struct ddl_query *query);
const struct ddl_query *home_expand_stars(struct performer *p, const struct ddl_query *query);

#endif
