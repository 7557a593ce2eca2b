/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a scratch promises: that nothing outside of it is changed. Each statement is
 * looked at before it is sent. What reaches out and says nothing of a schema (rights,
 * roles, owners, the server's settings) is left out, what would change or read another
 * place is refused. A function, a view or a foreign table may reach out, since a schema
 * may have such a thing; it is a way out then, and what would use it is refused.
 */
#ifndef SCRATCH_GUARD_H
#define SCRATCH_GUARD_H

#include "postgresql.h"

/* Of the words that a statement begins with, as many are looked at. */
#define GUARD_WORDS 4
#define GUARD_PHRASE 96
/* A string in a string in a string, as in a function that EXECUTEs what it has put
 * together. */
#define GUARD_DEPTH 4

/* A name that is kept. */
struct guard_name {
	struct guard_name *next;
	bool call;                    /* of a function */
	char name[];
};

struct guard {
	struct guard_name *outlets;   /* functions, views, tables that reach out */
	uint64_t said;                /* the rules whose effect has been logged */
};

enum guard_reach {
	REACH_NOTHING,
	REACH_SERVER,    /* the server as a whole, its files, other servers */
	REACH_OUTLET     /* by something that was made before */
};

/* What in a text is refused. */
struct guard_problem {
	enum guard_reach reach;
	const char *at;
	char what[256];
};

enum guard_body {
	BODY_NONE,       /* it defines nothing that has a body */
	BODY_KIND,       /* CREATE was read, the kind of object follows */
	BODY_NAME,       /* its name does */
	BODY_INSIDE      /* the rest is not run now, if ever */
};

enum guard_kind { KIND_VIEW, KIND_ROUTINE, KIND_TRIGGER, KIND_RULE };

struct guard_rule;

/* A walk over the tokens of a text. */
struct guard_walk {
	struct postgresql *pg;
	const struct limbeck_lexis *lexis;
	const char *text;
	size_t length;
	size_t position;
	/* Those around the one that is being looked at. */
	struct limbeck_token last, token, next;
	unsigned parens;
	unsigned nested;              /* how many strings deep the text is */
	/* The statement under way, of several. */
	const char *start;
	char phrase[GUARD_PHRASE];    /* how it begins, in upper case */
	const struct guard_rule *left_out;
	unsigned owner;               /* how much of OWNER TO name has just been read */
	bool several;                 /* ALTER ... action, action */
	bool selects;
	/* What is being defined. */
	enum guard_body body;
	enum guard_kind kind;
	unsigned depth;               /* of BEGIN ATOMIC ... END */
	struct limbeck_token name;    /* of the definition; of a trigger or rule the table's */
	/* Results. */
	struct guard_problem problem;
	bool left;                    /* something is left out */
	bool nomem;
	char *out;                    /* the same text, where what is left out is blanked */
};

/* scratch_guard.c: once the scratch is there. */
int guard_open(struct postgresql *pg, struct limbeck_error *err);
void guard_close(struct postgresql *pg);

/* scratch_reach.c */

/* Looks at the token of the walk for what reaches out. */
void guard_look(struct guard_walk *walk);
/* Likewise, for what is being defined. */
void guard_follow_body(struct guard_walk *walk);
void guard_reached(struct guard_walk *walk, enum guard_reach reach, const char *what);
/* Looks at the content of a string as at statements. */
void guard_nested(struct guard_walk *walk, const struct limbeck_token *string);
bool guard_is(const struct limbeck_token *token, const char *word);
/* One of the words of a list that is separated by blanks. */
bool guard_is_any(const struct limbeck_token *token, const char *words);
/* Whether the statement under way begins with these words. */
bool guard_begins(const struct guard_walk *walk, const char *words);

#endif
