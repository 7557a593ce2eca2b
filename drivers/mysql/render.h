/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Changes into this engine's SQL. All changes of one table that can be made
 * together become one ALTER TABLE, since each may copy the whole table.
 */
#ifndef RENDER_H
#define RENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <limbeck/driver.h>

/* The changes of one table at work. "At i" means: before changes[i] is made. */
struct alter {
	const struct limbeck_rendering *rendering;
	const struct limbeck_change *changes;
	size_t count;
	struct limbeck_out *out;
	bool mysql;             /* the server is known to be MySQL */
	unsigned version;       /* 80035 of 8.0.35; 0: not known */
	const char *table;      /* its name */
	/* The statement under way: these changes, and whether it has begun. */
	size_t from;
	size_t to;
	bool begun;
};

/* What follows is short for the host's services. */
static inline const char *get(const struct limbeck_object *object, enum limbeck_attribute attribute)
{
	return limbeck_host->object_get(object, attribute);
}
static inline enum limbeck_kind kind_of(const struct limbeck_object *object)
{
	return limbeck_host->object_kind(object);
}
static inline const char *name_of(const struct limbeck_object *object)
{
	return limbeck_host->object_name(object);
}
static inline const struct limbeck_object *object_of(const struct limbeck_change *change)
{
	return change->after ? change->after : change->before;
}
static inline bool differs(const struct limbeck_change *change, enum limbeck_attribute attribute)
{
	return !limbeck_host->object_same(change->before, change->after, attribute);
}
static inline bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* render.c: the driver's own members */
int render_alterable(const struct limbeck_object *before, const struct limbeck_object *after);
int render_changes(const struct limbeck_rendering *rendering, const struct limbeck_change *changes,
	size_t count, struct limbeck_out *out, struct limbeck_error *err);

/* render_create.c: CREATE TABLE with the indexes that are made next; how many
 * changes that were. */
size_t render_create_table(struct alter *alter, size_t at);

/* render_alter.c: one or more statements from changes[at] on; how many changes. */
size_t render_alter_table(struct alter *alter, size_t at);
/* Begins the statement's next clause. */
void alter_clause(struct alter *alter);
void alter_end(struct alter *alter);
/* Whether the statement under way has a change of an object of this kind and name. */
bool alter_names(const struct alter *alter, enum limbeck_kind kind, const char *name);

/* render_state.c: the table on its way. */

/* The name that a column of the table before all changes has at i. */
const char *state_name(const struct alter *alter, size_t i, const char *column);
/* The column of this name (at i), NULL: there is none. */
const struct limbeck_object *state_column(const struct alter *alter, size_t i, const char *name);
/* The keys and indexes of the kind at i: as object_next. */
const struct limbeck_object *state_next(const struct alter *alter, size_t i,
	enum limbeck_kind kind, const struct limbeck_object *previous);
/* Whether one of this name is there. */
bool state_has(const struct alter *alter, size_t i, enum limbeck_kind kind, const char *name);
bool state_in_primary_key(const struct alter *alter, size_t i, const char *column);
/* Whether a key begins with the column, as AUTO_INCREMENT needs it. */
bool state_is_led(const struct alter *alter, size_t i, const char *column);
/* Whether a key begins with the columns of the foreign key. */
bool state_backs(const struct alter *alter, size_t i, const struct limbeck_object *key);

/* render_column.c */

/* What stands behind ADD COLUMN: the whole definition, in the table as it is at i,
 * under this name. */
void put_column(const struct alter *alter, size_t i, const char *name,
	const struct limbeck_object *column);
void alter_column(struct alter *alter, const struct limbeck_change *change);
void rename_column(struct alter *alter, const struct limbeck_change *change);
/* What follows for columns that the statement does not name: auto_increment, NOT
 * NULL and the character set come and go with keys and the table. */
void alter_other_columns(struct alter *alter);

/* render_key.c */

/* What stands in CREATE TABLE, and behind ADD. */
void put_key(struct limbeck_out *out, const struct limbeck_object *key);
/* CREATE INDEX ... */
void create_index(struct limbeck_out *out, const struct limbeck_object *index);
void alter_key(struct alter *alter, const struct limbeck_change *change);
void drop_key(struct alter *alter, const struct limbeck_object *key);

/* render_index.c */
void drop_named_key(struct alter *alter, const char *what, const char *name);
/* The index that the server has made for a foreign key, which goes. */
void drop_backing(struct alter *alter, const struct limbeck_change *change);
/* Whether the change of an index at i needs another one with it, for the sake of a
 * foreign key or of AUTO_INCREMENT. */
bool index_is_tied(const struct alter *alter, size_t i);
/* The indexes that foreign keys lose or no longer need by the statement. */
void balance_indexes(struct alter *alter);
/* The keys that can't be without a column that the statement drops. */
void drop_holders(struct alter *alter);
/* Whether the expression has the column's name in it; NULL: none. */
bool text_names(const char *text, const char *column);
bool check_names(const struct limbeck_object *check, const char *column);

/* render_table.c: table options */
void put_options(struct limbeck_out *out, const struct limbeck_object *table);
void alter_options(struct alter *alter, const struct limbeck_change *change);
/* A statement of its own. */
void alter_partitions(struct alter *alter, const struct limbeck_change *change);
const struct limbeck_change *change_of_collation(const struct alter *alter);

/* render_code.c: objects outside of tables, and triggers; 1 done, 0 not mine */
int render_object(const struct limbeck_change *change, struct limbeck_out *out);
size_t render_trigger(struct alter *alter, size_t at);

#endif
