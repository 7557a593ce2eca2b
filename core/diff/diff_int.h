/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inside of diff_make(); private to the room.
 *
 * renames -> pairs (match.c) -> what each needs (decide.c) -> what holds on to
 * it (hold.c) -> nodes (nodes.c), edges between them (edges.c) -> an order
 * (order.c) -> changes (emit.c).
 */
#ifndef DIFF_DIFF_INT_H
#define DIFF_DIFF_INT_H

#include <string.h>

#include "base/error.h"
#include "base/vec.h"
#include "diff/diff.h"

#define NONE ((unsigned)-1)

enum pair_flag {
	PAIR_DIFFERS = 1 << 0,
	PAIR_ALTER = 1 << 1,
	PAIR_RENAME = 1 << 2,   /* equal but for the name */
	PAIR_DROP = 1 << 3,     /* both this and the next: replaced */
	PAIR_CREATE = 1 << 4,
	PAIR_AGAIN = 1 << 5,    /* replaced for the sake of another object alone */
	PAIR_RETYPED = 1 << 6,  /* a column, of which more than a default is altered */
	PAIR_LEAD = 1 << 7,     /* a column whose default must be away for a while */
	PAIR_FOLLOWS = 1 << 8   /* the same change of the parent table reaches it */
};

/* An object before and after, and the nodes that it got; NONE: none. */
struct pair {
	const struct limbeck_object *before; /* of the catalog between; NULL: it comes */
	const struct limbeck_object *after;  /* NULL: it goes */
	unsigned flags;
	unsigned owner;    /* the pair of the table, view or domain that it is a part of */
	unsigned drop;
	unsigned lead;     /* COLUMN: the first of several steps; TABLE: of its unit */
	unsigned create;   /* the node behind which it is there */
	unsigned alter;
	unsigned rename;
	unsigned cleared;  /* TABLE: nothing holds on to columns that are changed */
	unsigned ready;    /* TABLE: its columns are changed */
};

/* When a node comes, if nothing else demands otherwise. */
enum phase {
	PHASE_CLEAR,   /* what is replaced and hangs on other objects goes */
	PHASE_BASE,    /* schemas, extensions, types, sequences, functions */
	PHASE_TABLES,  /* new ones, with their indexes */
	PHASE_ALTER,
	PHASE_KEYS,    /* foreign keys of tables that were there */
	PHASE_VIEWS,
	PHASE_TRIGGERS,
	PHASE_END,     /* what goes for good */
	PHASE_COUNT
};

/* The order of what happens to one table. */
enum rank {
	RANK_TABLE,
	RANK_DROP_PART,
	RANK_RENAME_PART,
	RANK_CLEARED,
	RANK_LEAD,
	RANK_ADD_COLUMN,
	RANK_ALTER_COLUMN,
	RANK_DROP_COLUMN,
	RANK_READY,
	RANK_ADD_PART,
	RANK_ADD_KEY,
	RANK_ADD_INDEX,
	RANK_ALTER_TABLE
};

struct node {
	struct limbeck_change change; /* verb 0: none, others wait for it and it for others */
	unsigned pair;
	unsigned group;               /* the pair of the table or other owner, or its own */
	unsigned unit;                /* the first node of those that must stay together */
	unsigned char phase;
	unsigned char rank;
	bool hidden;                  /* needless if it falls into place: see emit.c */
};

/* How much an edge is worth, where a circle must be cut. */
enum strength {
	STRENGTH_SOFT,  /* makes for a nicer order */
	STRENGTH_WEAK,  /* the body of a function, which engines look at late */
	STRENGTH_HARD
};
struct edge {
	unsigned from;
	unsigned to;
	enum strength strength;
};

typedef VEC(unsigned) index_list;

/* Which pairs depend on a pair, in the catalog between. */
struct dependents {
	unsigned *starts; /* one more than there are pairs */
	unsigned *items;
};

/* A type that was renamed out of the way of its successor. */
struct set_aside {
	const char *schema;
	const char *from;
	const char *to;
};

struct pair_slot {
	const void *object;
	unsigned pair;
};

struct work {
	struct arena *arena;          /* the result's */
	struct arena scratch;
	const struct diff_options *options;
	const struct limbeck_catalog *before, *after;
	struct limbeck_catalog *between;
	struct diff *diff;
	bool together;                /* all changes of a table in one run */
	bool bound_views, bound_keys;
	VEC(struct set_aside) aside;  /* these in scratch */
	VEC(struct pair) pairs;
	struct pair_slot *slots;
	size_t slot_mask;
	struct dependents dependents;
	index_list list;              /* of whoever collects */
	VEC(struct node) nodes;
	VEC(struct edge) edges;
};

/* Catalogs of objects that are only in changes: see struct diff. */
enum { PICTURES_WAS, PICTURES_BECAME, PICTURES_STEPS };

/* NULL is the same as NULL alone. */
static inline bool same_name(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Below, what returns a bool returns false when there is no memory, if nothing
 * else is said. */

/* rename.c: performs those asked for on the catalog between. */
int renaming_all(struct work *work, struct limbeck_error *err);
/* Performs one and makes it a change; the object is there, its new name is free. */
int renaming_perform(struct work *work, const struct limbeck_object *object, const char *to,
	unsigned flags, struct limbeck_error *err);
/* restore.c: gives the catalog between the texts back that no rename reaches. */
bool restore_texts(struct work *work, bool functions_alone);
/* ask.c */
int ask_tables(struct work *work, struct limbeck_error *err);
int ask_columns(struct work *work, struct limbeck_error *err);
/* aside.c: types that must be replaced and have columns. */
int aside_all(struct work *work, struct limbeck_error *err);
/* Whether a and b differ in no more than the names of types set aside. */
bool aside_only(struct work *work, const struct limbeck_object *a,
	const struct limbeck_object *b);

/* What comes in the place of a type that was set aside; NULL: it was not. */
const struct limbeck_object *aside_successor(const struct work *work,
	const struct limbeck_object *type);
/* Whether a new type is one that was set aside for the sake of another alone. */
bool aside_returns(struct work *work, const struct limbeck_object *type);

/* match.c */
bool match_all(struct work *work);
unsigned pair_of(const struct work *work, const struct limbeck_object *object);
/* decide.c */
bool objects_differ(const struct limbeck_object *a, const struct limbeck_object *b);
bool must_replace(const struct work *work, const struct limbeck_object *before,
	const struct limbeck_object *after);
/* Whether there is any change at all. */
bool decide_all(struct work *work);
static inline const struct limbeck_object *pair_object(const struct pair *pair)
{
	return pair->after ? pair->after : pair->before;
}
static inline enum limbeck_kind pair_kind(const struct pair *pair)
{
	return limbeck_object_kind(pair_object(pair));
}
/* Whether it goes, or its owner does; comes likewise. */
bool pair_goes(const struct work *work, const struct pair *pair);
bool pair_comes(const struct work *work, const struct pair *pair);

/* deps.c: what object of one side depends on, appended to work->list. */
bool deps_collect(struct work *work, const struct limbeck_object *object);
bool deps_invert(struct work *work);
unsigned deps_resolve(const struct work *work, const struct limbeck_catalog *catalog,
	const struct object_name *name);
/* The column that a sequence belongs to. */
unsigned deps_owner_column(const struct work *work, const struct limbeck_object *sequence);
/* Whether object (of one side) says which columns of this table it depends on. */
bool deps_names_columns(struct work *work, const struct limbeck_object *object,
	const struct limbeck_object *table);

/* hold.c: pairs that hold on to a pair that goes, or a column that is retyped,
 * appended to work->list. */
bool hold_collect(struct work *work, unsigned pair, bool goes);
bool hold_all(struct work *work);
/* holders.c */
bool part_holds(const struct limbeck_object *part, const char *column);
bool part_mentions(const struct limbeck_object *part, const char *column);
bool list_has(const struct limbeck_object *object, enum limbeck_attribute list,
	const char *name);
bool key_serves(const struct work *work, const struct limbeck_object *key,
	const struct limbeck_object *foreign);
bool index_serves(const struct limbeck_object *index, const struct limbeck_object *foreign,
	enum limbeck_attribute list);

/* nodes.c */
bool nodes_make(struct work *work);
unsigned node_add(struct work *work, unsigned pair, int verb, enum phase phase, enum rank rank);
/* column_nodes.c */
bool column_nodes(struct work *work, unsigned pair);
/* A copy of object for a step in between; without an attribute. */
const struct limbeck_object *step_picture(struct work *work,
	const struct limbeck_object *object, enum limbeck_attribute without);
/* Whether what happens to the pair changes nothing about it in the end. */
unsigned node_again(struct work *work, const struct pair *pair);
/* sequence_nodes.c */
bool sequence_nodes(struct work *work, unsigned index);
/* Whether a sequence that goes does so with the column that owns it. */
bool sequence_goes_along(const struct work *work, unsigned index);
/* loss.c: whether values are lost for certain. */
bool loses_values(const struct limbeck_object *before, const struct limbeck_object *after);
bool enum_loses(const struct limbeck_object *before, const struct limbeck_object *after);

/* edges.c */
bool edges_make(struct work *work);
bool edge_add(struct work *work, unsigned from, unsigned to, enum strength strength);
/* The node behind which the pair's object is there, and the one behind which it is
 * not; NONE: it is there, or stays. */
unsigned node_available(const struct work *work, unsigned pair);
unsigned node_gone(const struct work *work, unsigned pair);
/* edges_drop.c, edges_name.c */
bool edges_before_drops(struct work *work);
bool edges_names(struct work *work);
/* order.c: the nodes in order; circles are cut. */
bool order_nodes(struct work *work, unsigned *order);
/* emit.c */
bool emit_all(struct work *work, const unsigned *order);

#endif
