/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The cursor of the parsers: a statement's tokens, comments skipped, with a few
 * of them in sight. The content of executable comments counts as code.
 *
 * A parsing function gets the parser, leaves it behind what it has read, and
 * gives 0, or -1 with err filled by parser_fail(). Trees and all texts in them
 * live in the arena; spans point into a copy of the statement that lives there
 * too.
 *
 * Every function that can call itself, however indirectly, is bracketed by
 * parser_enter() and parser_leave(), so that no text recurses without limit.
 */
#ifndef DDL_PARSER_H
#define DDL_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "sql/scanner.h"
#include <limbeck/error.h>

enum { PARSER_SIGHT = 8, PARSER_DEEPEST = 200 };

/* Where a statement begins in its file. */
struct ddl_place {
	const char *file;   /* for errors, may be NULL */
	unsigned line;      /* from 1 */
	unsigned column;
};

/* The text that a node was made from, and where it stands in the file. */
struct ddl_span {
	const char *text;   /* into the arena's copy of the statement; not ended by a zero byte */
	size_t length;
	size_t offset;      /* of text in the statement */
	unsigned line;
	unsigned column;
};

struct operators;

/* All that moves; copied, it is a place to go back to. */
struct parser_cursor {
	struct scanner scanner;
	struct token tokens[PARSER_SIGHT]; /* a ring; the current one is at head */
	unsigned char head;
	unsigned char count;
	size_t end;                        /* behind the token passed last */
};

struct parser {
	struct arena *arena;
	const struct limbeck_lexis *lexis;
	const char *dialect;
	const char *text;       /* the whole statement, ended by a zero byte */
	size_t length;
	const char *file;
	const char *construct;  /* what is being read, for errors: "CREATE TABLE" */
	/* Set where an expression is followed by words of its surroundings (DEFAULT x NOT
	 * NULL COLLATE y): outside parentheses, COLLATE, NOT, NULL, IS, IN, LIKE, BETWEEN,
	 * AND and OR end it. An expression's own parentheses clear it and restore it. */
	bool restricted;
	unsigned depth;
	struct parser_cursor at;
	/* Of the expression parser: the dialect's operators, made when first needed; the
	 * height of the tallest tree of the query being read; VALUES(a) is a call here. */
	const struct operators *operators;
	unsigned short tallest;
	bool values_call;
};

/* Copies the text. A token that the scanner can't end is found when it is reached. */
int parser_init(struct parser *p, struct arena *arena, const struct limbeck_lexis *lexis,
	const char *dialect, const char *text, size_t length, const struct ddl_place *place,
	struct limbeck_error *err);

/* The token `ahead` behind the current one, which is 0; ahead < PARSER_SIGHT. Valid until
 * the parser moves. At the end, and at a quote that is not closed, it stays for ever. */
const struct token *parser_peek(struct parser *p, unsigned ahead);
void parser_next(struct parser *p);
bool parser_ended(struct parser *p);
/* No blank or comment stands between the current token and the next. */
bool parser_adjacent(struct parser *p, unsigned ahead);
/* Cuts the first byte off the current token, which is a parameter such as :name where
 * the colon is no part of it; the rest is a word. */
void parser_cut(struct parser *p);

/* Words are in upper case, separated by blanks: parser_at(p, "IF NOT EXISTS"). */
bool parser_at(struct parser *p, const char *words);
bool parser_at_any(struct parser *p, const char *const *words);  /* NULL-ended */
bool parser_accept(struct parser *p, const char *words);
/* The first of them that stands here, which is passed; NULL: none of them does. */
const char *parser_accept_any(struct parser *p, const char *const *words);
int parser_expect(struct parser *p, const char *words, struct limbeck_error *err);
bool parser_at_operator(struct parser *p, const char *text);
bool parser_accept_operator(struct parser *p, const char *text);
int parser_expect_operator(struct parser *p, const char *text, struct limbeck_error *err);
bool parser_at_kind(struct parser *p, enum token_kind kind);
bool parser_accept_kind(struct parser *p, enum token_kind kind);
int parser_expect_kind(struct parser *p, enum token_kind kind, struct limbeck_error *err);

/* From the current token on, to be ended by parser_close_span() behind the last. */
struct ddl_span parser_open_span(struct parser *p);
void parser_close_span(struct parser *p, struct ddl_span *span);
/* The current token as a span, and passes it. */
struct ddl_span parser_take(struct parser *p);
/* Passes a group in parentheses, which must begin here; the span includes them. */
int parser_group(struct parser *p, struct ddl_span *span, struct limbeck_error *err);
/* Passes all up to the statement's end. */
struct ddl_span parser_rest(struct parser *p);

/* Zeroed memory, or NULL with err filled. */
void *parser_alloc(struct parser *p, size_t size, struct limbeck_error *err);
int parser_enter(struct parser *p, struct limbeck_error *err);
void parser_leave(struct parser *p);

/* The current token is not understood; `expected` (may be NULL) says what would be. */
int parser_fail(struct parser *p, const char *expected, struct limbeck_error *err);
/* The span's construct is not understood: "%s is not understood" at its place. */
int parser_refuse(struct parser *p, const struct ddl_span *span, const char *construct,
	struct limbeck_error *err);

#endif
