/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the phrasebook share. */
#ifndef TRANSLATE_PHRASE_INT_H
#define TRANSLATE_PHRASE_INT_H

#include "base/map.h"
#include "ddl/expr_make.h"
#include "ddl/target.h"
#include "translate/phrase.h"

/* $0 stands for all arguments that are left, $1 to $9 for one each. */
enum { PHRASE_OPERANDS = 10 };

/* What $1::class in a pattern is read as: a call with the operand and the class. */
#define PHRASE_CLASS "limbeck_is"

/* A phrase made ready. */
struct ready_phrase {
	const struct ddl_expr *from;
	const struct ddl_expr *to;     /* NULL: refused */
	struct ready_phrase *next;     /* with the same key, in the order of the table */
};

/* What a home dialect gives for the way inward. */
struct home_phrases {
	const char *dialect;
	const struct limbeck_phrase *types;
	const struct limbeck_phrase *expressions;
	bool nulls_first;              /* in ascending order, where nothing is said */
	bool folds;                    /* unquoted names to lower case */
	bool escapes;                  /* \ in patterns of LIKE, where nothing is said */
	bool loose;                    /* "abc" is a string where it is no name */
};
/* NULL: no such dialect. */
const struct home_phrases *home_phrases(const char *dialect);

struct phrasebook {
	struct arena arena;
	enum phrase_way way;
	struct phrasebook *inward;     /* ACROSS, where home is not the common dialect: first */
	const struct home_phrases *home;
	const struct limbeck_translation *translation;  /* NULL: inward */
	const struct limbeck_lexis *lexis;
	const char *dialect;           /* of the trees that are read */
	const char *operators;         /* of what is printed */
	const struct limbeck_phrase *types, *cast_types;
	struct map phrases;            /* key -> struct ready_phrase */
	struct map functions;          /* that mean the same */
	bool common;                   /* what is printed is the common dialect: all means the same */
};

/* What a column reference refers to. */
struct resolution {
	const struct ddl_name *key;
	const char *meaning;
	const char *range;             /* the name of the table in the query; NULL: not known */
	const struct limbeck_object *column;
	bool outer;                    /* the table may give rows of nulls */
	const struct from_item *function;   /* the column is what this function gives */
	bool crowded;                  /* others than are written here may have the name */
};

struct resolutions {
	struct resolution *items;      /* open addressing; capacity a power of two */
	size_t count, capacity;
};

/* One call of the phrasebook: the context of the hooks. */
struct rewriting {
	struct phrasebook *book;
	const struct phrase_scope *scope;
	struct arena arena;
	struct resolutions names;
	struct print_target target;
	size_t replacements, most;       /* so far, and before it is given up */
	const struct ddl_with *inlined;  /* queries that stand where their names are used */
	const char *changed;             /* the table that a statement changes, as meant */
	const struct ddl_ident *alias;   /* what an INSERT calls its table: its name is said */
	bool conflict;                   /* excluded.a stands for the new value of a */
};

static inline struct rewriting *rewriting_of(const struct printer *out)
{
	return out->target->context;
}

static inline bool rewriting_says(const struct rewriting *r, enum limbeck_says what)
{
	return r->book->common || r->book->translation->says[what];
}

/* The operands of a match. */
struct binding {
	const struct ddl_expr *operands[PHRASE_OPERANDS];
	struct expr_list rest;
	const struct ddl_call *tail;   /* of the call that was matched: FILTER, OVER, ORDER BY */
};

/* phrase_book.c */
/* The key of a tree under which its phrases are found. */
const char *phrase_key(struct arena *arena, const struct ddl_expr *expr);

/* phrase_match.c */
bool phrase_match(struct rewriting *r, const struct ddl_expr *pattern,
	const struct ddl_expr *expr, struct binding *binding);

/* phrase_build.c: the replacement with its operands; final. NULL: no memory. */
const struct ddl_expr *phrase_build(struct rewriting *r, const struct ddl_expr *to,
	const struct binding *binding, const struct ddl_span *span);

/* phrase_apply.c */
/* The node to print in place of this one, by phrases alone; expr itself: none fits; NULL
 * after a failure. */
const struct ddl_expr *phrase_apply(struct printer *out, const struct ddl_expr *expr);
/* ... by phrases, or as it is if it means the same, or refused. */
const struct ddl_expr *phrase_call(struct printer *out, const struct ddl_expr *expr);
/* A node that a rule has made of common words, through the hooks. */
const struct ddl_expr *phrase_again(struct printer *out, const struct ddl_expr *expr);
const struct ddl_expr *phrase_nomem(struct printer *out);

/* phrase_hooks.c */
extern const struct print_hooks phrase_hooks;

/* phrase_names.c: hooks for names. */
bool phrase_ident(struct printer *out, const struct ddl_ident *ident, enum name_role role);
bool phrase_name(struct printer *out, const struct ddl_name *name, enum name_role role);
/* A name as its dialect understands it: folded or not. */
const char *name_meant(struct rewriting *r, const struct ddl_ident *ident);

/* phrase_type.c */
/* The type in one spelling: "timestamp(3) with time zone", "int unsigned", "text[]". NULL:
 * no memory. */
const char *type_spelled(struct arena *arena, const struct ddl_type *type);
/* By the tables of the book; NULL and err filled: no counterpart. */
const char *type_phrase(struct phrasebook *book, struct arena *arena, const char *spelled,
	bool cast, struct limbeck_error *err);
/* A spelling of the common dialect's in its usual one: int4 -> integer. */
const char *type_common(struct arena *arena, const char *spelled);
bool phrase_type_hook(struct printer *out, const struct ddl_type *type);

/* phrase_function.c: what a function in FROM calls its column, in one word, and the table
 * that it is as a whole. */
const struct ddl_ident *function_column(const struct from_item *item);
bool function_gives_rows(const struct ddl_expr *call);
const struct ddl_ident *function_range(const struct from_item *item);
const char *function_meaning(const struct rewriting *r, const struct from_item *item);

/* phrase_walk.c: calls visit for each expression of the query itself, with those of its
 * subqueries in FROM; ends at the first that gives other than 0. */
int query_each(const struct ddl_query *query, expr_visit *visit, void *context);

/* phrase_meaning.c */
struct typing {
	const struct phrase_scope *scope;
	const struct resolutions *names;   /* may be NULL */
};
const char *typing_meaning(const struct typing *typing, const struct ddl_expr *expr);
const char *expr_meaning(const struct rewriting *r, const struct ddl_expr *expr);
/* Of a type of the common dialect, without arguments; "other" if it is not known. */
const char *type_meaning(const struct limbeck_catalog *home, const char *type);
bool meaning_is(const char *meaning, const char *class);

/* phrase_scope.c: resolves the names in a tree. */
int scope_expr(struct rewriting *r, const struct ddl_expr *expr);
int scope_query(struct rewriting *r, const struct ddl_query *query);
int scope_dml(struct rewriting *r, const struct ddl_dml *dml);
/* phrase_resolutions.c; false: no memory. */
bool resolutions_put(struct rewriting *r, const struct resolution *one);
const struct resolution *resolutions_find(const struct resolutions *all,
	const struct ddl_name *name);

#endif
