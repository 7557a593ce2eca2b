/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of touch.c share; only they use it. */
#ifndef SCRIPT_TOUCH_INT_H
#define SCRIPT_TOUCH_INT_H

#include "base/map.h"
#include "script/touch.h"
#include "sql/scanner.h"

enum { CHAIN_LONGEST = 4 };

/* A name with what qualifies it, a.b.c. */
struct chain {
	const char *parts[CHAIN_LONGEST];  /* the last ones, where there are more */
	size_t count;
	bool star;             /* it ends in ".*" */
};

struct toucher {
	struct arena *arena;
	struct touches *out;
	struct scanner scanner;
	struct token token;    /* the current one */
	struct token previous;
	unsigned depth;        /* parentheses around the current one */
	struct map names;      /* folded */
	struct map seen;       /* what is in the list */
	struct strbuf text;    /* to make keys in */
	bool body;             /* semicolons belong to it */
	bool runs;             /* what it calls is what it is for */
	bool failed;           /* no memory */
};

/* touch_read.c: tokens and names. */
void touch_begin(struct toucher *t, const struct limbeck_lexis *lexis, const char *text,
	size_t length);
void touch_next(struct toucher *t);
static inline bool touch_at(const struct toucher *t, const char *word)
{
	return token_is(&t->token, word);
}
static inline bool touch_ended(const struct toucher *t)
{
	return t->token.kind == TOKEN_END;
}
bool touch_at_operator(const struct toucher *t, const char *text);
/* True if the current token is one of these words (NULL at the end). */
bool touch_at_any(const struct toucher *t, const char *const *words);
/* The next token that is no comment. */
struct token touch_scan(struct scanner *scanner);
/* What follows the current token. */
struct token touch_peek(const struct toucher *t);
/* Passes the word if it is the current one. */
bool touch_pass(struct toucher *t, const char *word);
/* Passes all of these words that stand here. */
void touch_pass_all(struct toucher *t, const char *const *words);
/* Passes IF EXISTS or IF NOT EXISTS. */
bool touch_pass_if(struct toucher *t);
/* Passes a group in parentheses, if one begins here. */
void touch_pass_group(struct toucher *t);
/* Reads a name; false if none stands here. */
bool touch_chain(struct toucher *t, struct chain *chain);
/* The text of a string as a name. */
bool touch_string_chain(struct toucher *t, const struct token *string, struct chain *chain);
const char *touch_format(struct toucher *t, const char *format, const char *text);
void touch_unknown(struct toucher *t, const char *why);

/* touch_add.c: what is found. */
void touch_add(struct toucher *t, struct touch touch);
void touch_add_object(struct toucher *t, const struct chain *chain, unsigned flags);
void touch_add_column(struct toucher *t, const struct chain *table, const char *column,
	unsigned flags);
/* Passes the current token; what it names may be an object or, unless
 * objects_only is set, a column. */
void touch_word(struct toucher *t, bool objects_only);
/* The same up to the end. */
void touch_rest(struct toucher *t, bool objects_only);
/* REFERENCES and what follows it. */
void touch_references(struct toucher *t);
/* A list of names, each of which it adds. */
void touch_list(struct toucher *t, unsigned flags);

/* The others: statements, from behind their first word or words on. */
void touch_insert(struct toucher *t);
void touch_update(struct toucher *t);
void touch_delete(struct toucher *t);
void touch_merge(struct toucher *t);
void touch_truncate(struct toucher *t);
void touch_query(struct toucher *t);
void touch_create_table(struct toucher *t);
void touch_alter_table(struct toucher *t);
void touch_create_index(struct toucher *t, bool unique);
void touch_create(struct toucher *t);
void touch_alter(struct toucher *t);
void touch_drop(struct toucher *t);
void touch_rename(struct toucher *t);
void touch_comment(struct toucher *t);
void touch_grant(struct toucher *t);
void touch_revoke(struct toucher *t);

#endif
