/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a scratch promises: that nothing outside of it is changed. Each statement is
 * looked at before it is sent. What reaches out and says nothing of a schema (rights,
 * users, the server's settings) is left out, what would change or read another place
 * is refused. A view, a routine or a trigger whose body reaches out may be made, since
 * a schema may have such a thing; it is a way out then, and what would use it is
 * refused. Events are made so that they do not run.
 */
#ifndef SCRATCH_GUARD_H
#define SCRATCH_GUARD_H

#include "connection.h"
#include "text.h"

/* Of the words that a statement begins with, as many are looked at. */
#define GUARD_WORDS 3
#define GUARD_PHRASE 64

/* A name that is kept. */
struct guard_name {
	struct guard_name *next;
	bool call;                    /* of a routine, used where "(" follows, or CALL precedes */
	char name[];
};

struct guard {
	bool folded;                  /* letter case tells no databases apart */
	char *home;                   /* the database that the scratch stands for, or NULL */
	struct guard_name *databases; /* the others on the server */
	struct guard_name *outlets;   /* views, routines, tables with triggers that reach out */
	struct guard_name *replicas;  /* events that are to be disabled on replicas alone */
	uint64_t said;                /* the rules whose effect has been logged */
};

enum guard_reach {
	REACH_NOTHING,
	REACH_SERVER,    /* the server as a whole, its files, other servers */
	REACH_HOME,      /* the project's own database, by its name */
	REACH_DATABASE,  /* another one */
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
	BODY_KIND,       /* CREATE or ALTER was read, the kind of object follows */
	BODY_NAME,       /* its name does */
	BODY_HEAD,       /* what stands between the name and the body */
	BODY_INSIDE
};

enum guard_kind { KIND_VIEW, KIND_ROUTINE, KIND_TRIGGER, KIND_EVENT };

struct guard_rule;

/* A walk over the tokens of a text. */
struct guard_walk {
	struct connection *c;
	struct guard *guard;
	const struct limbeck_lexis *lexis;
	const char *text;
	size_t length;
	size_t position;
	/* Those around the one that is being looked at. */
	struct limbeck_token last, token, next, after;
	unsigned parens;              /* those that are open; the first 63 are looked at */
	uint64_t calls;               /* which of them are of functions that take FROM */
	bool nested;                  /* the text is a string in another one */
	bool compound;                /* it has blocks, outside of any definition */
	bool tables;                  /* a comma is followed by a table's name */
	/* The statement under way, of several. */
	const char *start;
	char phrase[GUARD_PHRASE];    /* how it begins, in upper case */
	const struct guard_rule *left_out;
	bool writes;                  /* it is, or has, an UPDATE or DELETE */
	bool selects;
	bool variables;               /* a SET of the user's own, whose strings may be run later */
	bool uses;                    /* it names a way out */
	/* What is being defined: this may hold several statements. */
	enum guard_body body;
	enum guard_kind kind;
	bool alters;
	bool settled;                 /* the event's state has been written */
	unsigned depth;               /* of BEGIN ... END */
	struct limbeck_token name;    /* of the definition; of a trigger the table's */
	/* Results. */
	struct guard_problem problem;
	bool nomem;
	bool edited;
	struct text *out;             /* the text as it is to be sent, or NULL */
	const char *copied;           /* what precedes is in `out` */
};

/* scratch_guard.c: for a scratch whose database is there. */
int guard_open(struct connection *c, const char *home, struct limbeck_error *err);
void guard_close(struct connection *c);
/* Whether the statement can be sent as it is. */
bool guard_is_clean(struct connection *c, const struct limbeck_statement *statement);
/* What is to be sent in its place goes to out, which stays empty where that is the
 * statement itself. */
int guard_check(struct connection *c, const struct limbeck_statement *statement,
	struct text *out, struct limbeck_error *err);
/* The state of an event as it was meant. */
const char *guard_event_state(const struct connection *c, const char *name, const char *state);

/* scratch_reach.c: looks at the token of the walk for what reaches out. */
void guard_look(struct guard_walk *walk);
void guard_reached(struct guard_walk *walk, enum guard_reach reach, const char *what);
/* Looks at the content of a string as at a statement. */
void guard_nested(struct guard_walk *walk, const struct limbeck_token *string);

/* scratch_body.c: what the token means for the definition under way. */
void guard_follow_body(struct guard_walk *walk);
/* Remembers a name in this list. */
void guard_keep(struct guard_walk *walk, struct guard_name **list,
	const struct limbeck_token *token, bool call);
/* A list that knows the token's name. */
const struct guard_name *guard_find(const struct guard_name *list,
	const struct limbeck_token *token, bool folded);
/* Whether two names are the same, quoted or not. */
bool guard_is_same(const struct limbeck_token *a, const struct limbeck_token *b);
bool guard_is(const struct limbeck_token *token, const char *word);
/* One of the words of a list that is separated by blanks. */
bool guard_is_any(const struct limbeck_token *token, const char *words);
bool guard_is_dot(const struct limbeck_token *token);
/* Whether the statement under way begins with these words. */
bool guard_begins(const struct guard_walk *walk, const char *words);
/* Puts this in the place of length bytes of the text. */
void guard_replace(struct guard_walk *walk, const char *at, size_t length, const char *by);

#endif
