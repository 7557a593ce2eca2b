/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a statement touches: the objects that it makes, changes or drops, and
 * the words in it that may name others. Told from the statement's tokens, in
 * the spelling of whichever engine; nothing is looked up in a database.
 *
 * A name that is not quoted counts in lower case; so does a quoted one in a
 * dialect that has quotes of its own, for these don't tell cases apart. A name
 * without a schema may be in any schema.
 */
#ifndef SCRIPT_TOUCH_H
#define SCRIPT_TOUCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "script/script.h"

enum touch_flag {
	TOUCH_WRITE = 1 << 0,  /* else it is only mentioned */
	TOUCH_DATA = 1 << 1,   /* the rows, not the object's shape */
	TOUCH_WHOLE = 1 << 2,  /* a mention that depends on all columns */
	TOUCH_WORD = 1 << 3,   /* a word of an expression: an object, or any table's column */
	TOUCH_SCHEMA = 1 << 4, /* name is a schema */
	TOUCH_SHARED = 1 << 5  /* a write that does not mind others of its kind */
};

struct touch {
	const char *schema;    /* NULL: not said */
	const char *name;
	/* Of a table: a column, constraint, trigger...; one that begins with "(" is
	 * something else of it, as its comment. NULL: the object as such. */
	const char *column;
	unsigned flags;        /* enum touch_flag */
};

struct touches {
	VEC(struct touch) list;
	bool rows;             /* it depends on the rows of the tables that it mentions */
	bool star;             /* it may name any column of these, by a "*" */
	const char *unknown;   /* NULL, or why the list can't be complete */
};

/* Fills touches, whose list and names are the arena's; false: no memory. */
bool touch_statement(struct arena *arena, const struct limbeck_lexis *lexis, const char *text,
	size_t length, struct touches *touches);

/* True if what write changes matters to the other statement. */
bool touch_meets(const struct touch *write, const struct touches *other);

/* "schema.table.column", or "table (comment)". */
void touch_describe(struct strbuf *out, const struct touch *touch);

/* A statement of one section of a file. */
struct script_touched {
	unsigned line;
	unsigned column;
	struct touches touches;
};

struct script_touched_list {
	struct script_touched *items;
	size_t count;
	size_t capacity;
};

/* Adds the statements of the section, those for other engines too. */
int script_touches(struct arena *arena, const struct script_source *source,
	struct script_touched_list *out, struct limbeck_error *err);

#endif
