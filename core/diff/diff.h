/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What differs between two catalogs of one engine, as changes in an order in
 * which they can be made, one behind the other.
 *
 * Names count. Without a hint two objects of different names are two objects,
 * but for these: indexes and constraints of one table that are equal in all but
 * the name are renamed where the engine can (traits); unnamed ones are matched by
 * what they hold. The order of columns is no difference.
 *
 * The order is one in which each change finds what it needs and takes nothing away
 * that another object still holds on to. Where that leaves a choice: renames that
 * were asked for; what must go and be made again, or is in the way (views,
 * triggers, foreign keys); new schemas, extensions, types, sequences, functions;
 * new tables, each behind those it refers to, circles of foreign keys split, with
 * their indexes; tables that are altered, all changes of one together
 * (constraints and indexes go, columns come, are altered, go, constraints and
 * indexes come); foreign keys; views and functions that read tables; triggers; at
 * the end tables and other objects that go for good. What others wait for comes
 * earlier. An engine that can't alter constraints has its foreign keys among the
 * changes of the table, all of which are then neighbours. Every list of changes
 * is deterministic.
 *
 * A type that must be replaced while columns have it is renamed (to NAME__old),
 * made, and dropped once the columns have the new one. A column whose default
 * calls a function that is replaced loses the default for that time. Generated
 * columns whose expression changes, or is computed from a column that changes its
 * type, are dropped and created. A partition's column that changes as its
 * parent's does has no change of its own. A sequence goes with the column that
 * owns it, and gets a column that comes later by a change of its own.
 */
#ifndef DIFF_DIFF_H
#define DIFF_DIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "schema/catalog.h"
#include <limbeck/driver.h>

/* A rename that somebody asked for. kind: TABLE or COLUMN (table is then the name
 * of its table, the new one if it is renamed too), or any other with a name. */
struct diff_rename {
	enum limbeck_kind kind;
	const char *schema;    /* NULL: the default one */
	const char *table;
	const char *from;
	const char *to;
	bool hint;             /* it stands in the desired schema, and may have been done
	                        * long ago: nothing if there is no object `from` */
};

struct diff_options {
	const struct limbeck_traits *traits;
	/* The driver's, see <limbeck/driver.h>. */
	int (*alterable)(const struct limbeck_object *before, const struct limbeck_object *after);
	const struct diff_rename *renames;
	size_t rename_count;
	/* Asked for each pair that might be one renamed object: a table that goes and
	 * one that comes with mostly the same columns; a column that goes and one
	 * that comes, of one table and type. 1: it is, 0: it is not, -1: stop with
	 * err. NULL: never asked. */
	int (*ask)(void *data, const struct limbeck_object *gone, const struct limbeck_object *come,
		struct limbeck_error *err);
	void *data;
	/* A column that is not null and has no default, added to a table that is
	 * there, comes in three steps: the column, LIMBECK_FILL, and NOT NULL. */
	bool fill;
};

enum { DIFF_PICTURES = 3 };
struct diff {
	VEC(struct limbeck_change) changes; /* in the arena; objects of `after`, or of */
	struct limbeck_catalog *between;    /* ... this one: `before` after the renames, */
	struct limbeck_catalog *pictures[DIFF_PICTURES]; /* ... or these: single objects as
	                                     * they are before or after one step */
};

/* Fills diff from arena; both catalogs are connected (catalog_connect) and must
 * outlive it. A rename whose objects are not there is an error that names them. */
int diff_make(struct arena *arena, const struct limbeck_catalog *before,
	const struct limbeck_catalog *after, const struct diff_options *options,
	struct diff *diff, struct limbeck_error *err);
void diff_release(struct diff *diff);

/* A change in a line for people: "add column users.phone varchar(32)", "change
 * users.name: type varchar(20) -> text, not null", "drop table old_users"; those
 * with LIMBECK_CHANGE_AGAIN end in " for now" or " again". */
void diff_describe(struct strbuf *out, const struct limbeck_change *change);

/*
 * Parity: what differs in meaning between two catalogs of different engines, by
 * LIMBECK_ATTR_MEANING and the design's mapping (a boolean is a smallint or integer
 * abroad, a uuid 36 characters, json text, an enum a check or a column enum, and
 * so on): tables, columns, their meaning and nullability, keys, unique and foreign
 * keys by their columns, unique indexes. fn is told in a line each; what one of the
 * engines can't have is no difference.
 */
struct parity_side {
	const struct limbeck_catalog *catalog;
	const char *engine;
	const struct limbeck_traits *traits;
};
/* Another value than 0 of fn stops it, and is returned. */
int diff_parity(const struct parity_side *a, const struct parity_side *b,
	int (*fn)(void *data, const struct limbeck_object *a, const struct limbeck_object *b,
		const char *text),
	void *data, struct limbeck_error *err);

/* The name that a naming convention gives: tokens {table} {columns} (joined by _; of
 * a check those that it mentions, "expr" for an expression) {column} (the first)
 * {referred_table} {referred_columns}. An unknown token is an error. */
int naming_fill(struct strbuf *out, const char *convention, const struct limbeck_object *object,
	struct limbeck_error *err);

#endif
