/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files share that read and write schemas. */
#ifndef SQLITE_SCHEMA_H
#define SQLITE_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "driver.h"

/* Strings that live together. All allocation here is SQLite's. */
struct pool {
	struct block *blocks;
	bool failed; /* there was no memory for something */
};

/* A copy of length bytes, ended by a zero byte; NULL: no memory. */
char *pool_copy(struct pool *pool, const char *text, size_t length);
/* Takes text over, which came from SQLite's allocation; NULL: no memory. */
char *pool_take(struct pool *pool, char *text);
void pool_release(struct pool *pool);

/* A walk over the tokens of a text. */
struct cursor {
	const char *text;
	size_t length;
	size_t position;            /* behind the token */
	size_t end;                 /* where the token before it ended */
	struct limbeck_token token; /* the one that the cursor is at */
};

void cursor_init(struct cursor *cursor, const char *text, size_t length);
void cursor_next(struct cursor *cursor);
bool cursor_at_end(const struct cursor *cursor);
/* Whether the token is this keyword, this character, any kind of name. */
bool cursor_at_word(const struct cursor *cursor, const char *word);
bool cursor_at(const struct cursor *cursor, char c);
bool cursor_at_name(const struct cursor *cursor);
/* The same, and moves behind it if it is. */
bool cursor_take_word(struct cursor *cursor, const char *word);
bool cursor_take(struct cursor *cursor, char c);
/* The name without its quotes, and moves on; NULL: no name, or no memory. */
const char *cursor_take_name(struct cursor *cursor, struct pool *pool);
/* What stands in the parentheses that begin here, and moves behind them. */
bool cursor_take_parens(struct cursor *cursor, const char **text, size_t *length);
/* Where the token begins in the text. */
size_t cursor_offset(const struct cursor *cursor);

bool token_is(const struct limbeck_token *token, const char *word);
/* The name that a token stands for; NULL: no memory. */
char *token_name(const struct limbeck_token *token, struct pool *pool);
/* Narrows text to what stands in its outer parentheses, if they hold all of it. */
void text_strip(const char **text, size_t *length);
/* Whether the name stands in the text (NULL: no text). */
bool text_has_name(const char *text, const char *name);
/* A name as it is written in SQL, quoted only where it must be. */
char *name_written(struct pool *pool, const char *name);

/* Names as they were declared, since other places may write them in another
 * case: tables, views, and the columns of tables. */
struct names_table {
	const char *name;
	const char **columns;
	size_t count;
};

struct names {
	struct names_table *tables; /* by name */
	size_t count;
	struct pool pool;
};

int names_load(struct names *names, struct conn *conn, struct limbeck_error *err);
void names_release(struct names *names);
const struct names_table *names_find(const struct names *names, const char *table);
/* As it was declared, or as given where there is none such; table may be NULL. */
const char *names_table(const struct names *names, const char *table);
const char *names_column(const struct names_table *table, const char *column);

/* A definition that is being read. */
struct reading {
	struct cursor cursor;
	struct limbeck_catalog *catalog;
	const struct names *names;
	const struct names_table *self;     /* the table; NULL when SQLite does not know it */
	const char *table;                  /* its name */
	struct pool *pool;
	const char *constraint;             /* the name before the next constraint, NULL: none */
	const char *column;                 /* the one that is being read, NULL: a table's part */
	struct limbeck_object *column_object;
	struct limbeck_object *primary;
	struct limbeck_object *foreign;     /* the last one */
	bool primary_in_column;
};

/* A part of a key or an index. */
struct key_part {
	const char *column; /* NULL: an expression */
	const char *text;   /* as SQL */
	bool plain;         /* the text is no more than the column */
};

/* Each reads at the cursor and adds objects; false: it can't be read. */
bool parse_table(struct reading *reading);
bool parse_column(struct reading *reading);
bool parse_index(struct reading *reading, struct limbeck_object *index);
/* One of the parts in parentheses, up to the comma or parenthesis behind it. */
bool parse_part(struct reading *reading, struct key_part *part);
/* (part, ...): COLUMNS, and PARTS where a part is more than a column or with
 * `always`. */
bool parse_parts(struct reading *reading, struct limbeck_object *object, bool always);
/* What column and table constraints have in common. */
struct limbeck_object *parse_add(struct reading *reading, enum limbeck_kind kind);
bool parse_on_conflict(struct reading *reading, struct limbeck_object *object);
bool parse_check(struct reading *reading);
bool parse_references(struct reading *reading, struct limbeck_object *key);
bool parse_deferral(struct reading *reading);

/* LIMBECK_ATTR_MEANING of a declared type (NULL: none); NULL: no memory. */
char *type_meaning(struct pool *pool, const char *type);

int introspect(void *data, struct limbeck_introspect *request, struct limbeck_catalog *catalog,
	struct limbeck_error *err);
int scratch_open(void *data, struct limbeck_session *session, unsigned flags, void **scratch,
	struct limbeck_error *err);

/* Objects in an array: its own, made by parts_add(), or another's. */
struct parts {
	const struct limbeck_object *const *items;
	size_t count;
	const struct limbeck_object **own;
	bool failed; /* there was no memory for one */
};

void parts_add(struct parts *parts, const struct limbeck_object *object);
/* Columns and constraints of a table, in the order of a definition. */
void parts_collect(struct parts *parts, const struct limbeck_catalog *catalog, const char *table);
/* The first of the kind, or that of this name (NULL: any). */
const struct limbeck_object *parts_find(const struct parts *parts, enum limbeck_kind kind,
	const char *name);
void parts_release(struct parts *parts);

/* The call of render that is under way. */
struct rendering {
	const struct limbeck_rendering *request;
	const struct limbeck_change *changes;
	size_t count;
	struct limbeck_out *out;
	struct limbeck_error *err;
	struct parts before; /* of the table, before the first change */
	struct pool pool;
};

int render(const struct limbeck_rendering *request, const struct limbeck_change *changes,
	size_t count, struct limbeck_out *out, struct limbeck_error *err);
/* "words name", a statement or the beginning of one. */
void render_words(const struct rendering *rendering, const char *words, const char *name);
/* CREATE TABLE name (...) of these parts. */
void render_table(const struct rendering *rendering, const char *name,
	const struct limbeck_object *table, const struct parts *parts);
/* A column, with its primary key where that is given. */
void render_column(const struct rendering *rendering, const struct limbeck_object *column,
	const struct limbeck_object *primary);
/* CONSTRAINT name REFERENCES ..., behind a column. */
void render_references(const struct rendering *rendering, const struct limbeck_object *key);
/* The statements of one change to which no constraint of a table belongs. */
void render_simple(const struct rendering *rendering, const struct limbeck_change *change);
/* Asks a person for a value, which stands as NULL in the statement. */
void render_decide(const struct rendering *rendering, const struct limbeck_object *column);
/* The indexes and triggers that a table has in the end. */
void render_parts_of(const struct rendering *rendering, const char *table);
/* The column that is the rowid ("ROWIDs and the INTEGER PRIMARY KEY"), or NULL. */
const struct limbeck_object *find_rowid(const struct limbeck_object *table,
	const struct parts *parts);
bool column_is_text(const struct limbeck_object *column);

/* A change by its object. */
const struct limbeck_object *change_object(const struct limbeck_change *change);
bool change_is(const struct limbeck_change *change, int verb, enum limbeck_kind kind);
/* The table that a change is about. */
const char *change_table(const struct limbeck_change *change);
/* What the column of this name was called before the renames. */
const char *name_before(const struct rendering *rendering, const char *column);

/* Whether change i needs no rebuild, and how it is made without. */
bool alter_can(const struct rendering *rendering, size_t i);
void alter_make(const struct rendering *rendering, size_t i);
/* A new table in the place of the old one, which makes all changes but renames. */
int rebuild(struct rendering *rendering);

#endif
