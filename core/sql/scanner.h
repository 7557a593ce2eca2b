/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The scanner: SQL text into tokens, by a dialect's lexical traits alone.
 *
 * It works on a window of text. While more text may follow (`last` is false)
 * a token that touches the end of the window, or comes within a few bytes of
 * it, is not given out: the answer is TOKEN_MORE, the scanner stays before it,
 * and is asked again with a longer window (scanner_window).
 */
#ifndef SQL_SCANNER_H
#define SQL_SCANNER_H

#include <stdbool.h>
#include <stddef.h>

#include <limbeck/dialect.h>

enum token_kind {
	TOKEN_END,         /* no more text */
	TOKEN_MORE,        /* the window ends inside or right after this token */
	TOKEN_BAD,         /* a quote or comment is not closed; the token is where it begins */
	TOKEN_WORD,        /* keyword or unquoted identifier */
	TOKEN_IDENTIFIER,  /* quoted identifier, quotes included */
	TOKEN_STRING,      /* any kind of string literal, quotes and prefix included */
	TOKEN_NUMBER,
	TOKEN_PARAMETER,   /* $1 :name ? */
	TOKEN_OPERATOR,    /* one character, or one of :: := <= >= <> != == || && -> ->> << >> */
	TOKEN_OPEN,        /* ( */
	TOKEN_CLOSE,       /* ) */
	TOKEN_COMMA,
	TOKEN_SEMICOLON,
	TOKEN_COMMENT,     /* one line's or one block's, its end of line not included */
	TOKEN_EXECUTABLE   /* what opens or closes an executable comment: no code, but it
	                      belongs to the statement */
};

struct token {
	enum token_kind kind;
	const char *text;   /* into the window */
	size_t length;
	size_t offset;      /* of text in the window */
	unsigned line;      /* of the token's first byte, from 1 */
	unsigned column;    /* in characters, from 1 */
	bool first;         /* only blanks stand before it on its line */
};

struct scanner {
	const struct limbeck_lexis *lexis;
	const char *window;
	size_t length;
	size_t pos;
	bool last;
	/* where pos is */
	unsigned line;
	unsigned column;
	bool line_start;
	/* inside an executable comment, where its end mark is a token */
	bool in_executable;
};

void scanner_init(struct scanner *scanner, const struct limbeck_lexis *lexis, const char *text,
	size_t length, bool last);
/* The window has moved or grown: its first byte is what was at `dropped`. */
void scanner_window(struct scanner *scanner, const char *window, size_t length, size_t dropped,
	bool last);
void scanner_next(struct scanner *scanner, struct token *token);
/* Goes on at offset `to` of the window, at pos or behind it, whatever lies between. */
void scanner_skip(struct scanner *scanner, size_t to);
/* Goes back to the beginning of a token that was just given out. */
void scanner_back(struct scanner *scanner, const struct token *token);

/* True if the token is this keyword, whatever its case (word in upper case). */
bool token_is(const struct token *token, const char *word);

/* The built-in dialect of that name, or NULL, and its operators; and the names. */
const struct limbeck_lexis *dialect_lexis(const char *name);
const char *dialect_operators(const char *name);
const char *const *dialect_names(size_t *count);

#endif
