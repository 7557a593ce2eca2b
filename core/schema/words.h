/* SPDX-License-Identifier: BSD-2-Clause */
/* Names as they stand in SQL text; private to the room. */
#ifndef SCHEMA_WORDS_H
#define SCHEMA_WORDS_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "base/vec.h"
#include "sql/scanner.h"

typedef VEC(struct token) token_list;

/* All tokens of a text but comments and the marks of executable ones, up to one
 * that is not closed, which is the last. false: no memory. */
bool words_read(token_list *tokens, const struct limbeck_lexis *lexis, const char *text,
	size_t length);
/* A quoted identifier, or a word that can be a name. */
bool words_is_name(const struct token *token);
static inline bool words_is_point(const struct token *token)
{
	return token->kind == TOKEN_OPERATOR && token->length == 1 && token->text[0] == '.';
}
/* Appends the name that a word or quoted identifier is, without its quotes. */
void words_name(struct strbuf *out, const struct token *token);
/* Whether the token is this name; fold: whatever the case, else a word is also the
 * name that it is in lower case. */
bool words_match(const struct token *token, const char *name, bool fold);
/* Whether a name can stand without quotes but for its case: letters, digits and
 * "_", no digit first. */
bool words_ordinary(const char *name, size_t length);

/* Whether the name is in the text: 1 or 0; -1: no memory. */
int words_mention(const struct limbeck_lexis *lexis, const char *text, const char *name,
	bool fold);

/* What a name that is looked for names, which says where it can stand. */
enum word_kind {
	WORD_ANY,      /* anything, anywhere */
	WORD_NAME,     /* what has a name in a schema */
	WORD_CALL,     /* a function: a parenthesis follows */
	WORD_TYPE,     /* a type: behind "::" */
	WORD_COLUMN,
	WORD_SCHEMA    /* a point follows */
};

/* One name put in the place of another. */
struct word_rename {
	const struct limbeck_lexis *lexis;
	bool fold;             /* as in words_match */
	enum word_kind kind;
	const char *from;
	const char *to;
	bool first;            /* only the first of them */
	/* COLUMN: its table, which alone may stand before its point, under its name or
	 * another that the text gives it, */
	const char *table;
	bool row;              /* ... or which NEW and OLD stand for. */
	/* NAME, CALL, TYPE: the schema that alone may stand before its point, NULL: none; and
	 * the one to stand there now: NULL as it is, "" none. */
	const char *schema;
	const char *to_schema;
	bool strings;          /* also what stands in strings, as in nextval('name') */
};

/* Appends the text so renamed; whether it differs. */
bool words_rename(struct strbuf *out, const struct word_rename *how, const char *text);

#endif
