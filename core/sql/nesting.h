/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Nesting: which semicolons of a statement stand inside it, in parentheses or
 * in the body of a routine or trigger. It is shown a statement's tokens one
 * by one. What opens a block is only looked for in statements that can have
 * one, and there only where a statement of the body can begin, so that IF(),
 * REPEAT(), IF EXISTS and columns named begin or end do not count.
 */
#ifndef SQL_NESTING_H
#define SQL_NESTING_H

#include <stdbool.h>

#include "sql/scanner.h"

enum { NESTING_DEEPEST = 128 };

struct nesting_block {
	unsigned char kind;      /* the word that opened it */
	unsigned parens;         /* open where it began */
	unsigned line;
	unsigned column;
};

struct nesting {
	unsigned flags;          /* of the dialect */
	unsigned parens;
	unsigned paren_line;     /* of the first "(" that is open in the innermost block */
	unsigned paren_column;
	unsigned char head;      /* what the statement's first words have said */
	unsigned char seek;      /* where a block can begin */
	unsigned char previous;  /* word */
	bool ended;              /* the previous word was the END of a block */
	bool too_deep;
	unsigned depth;
	struct nesting_block blocks[NESTING_DEEPEST];
};

/* Before a statement's first token. */
void nesting_init(struct nesting *nesting, const struct limbeck_lexis *lexis);
void nesting_token(struct nesting *nesting, const struct token *token);
static inline bool nesting_open(const struct nesting *nesting)
{
	return nesting->parens > 0 || nesting->depth > 0;
}
/* What is open innermost ("(", "BEGIN", "IF"...), and where. */
const char *nesting_opener(const struct nesting *nesting, unsigned *line, unsigned *column);

#endif
