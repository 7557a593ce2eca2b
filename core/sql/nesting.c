/* SPDX-License-Identifier: BSD-2-Clause */
#include "sql/nesting.h"

#include <string.h>

enum word {
	WORD_OTHER,
	/* that can open a block */
	WORD_BEGIN, WORD_CASE, WORD_FOR, WORD_IF, WORD_LOOP, WORD_REPEAT, WORD_WHILE,
	/* a CASE expression, or what follows UNTIL: any END closes it */
	WORD_EXPRESSION,
	/* inside blocks */
	WORD_DECLARE, WORD_DO, WORD_ELSE, WORD_END, WORD_EXIT, WORD_HANDLER, WORD_THEN, WORD_UNTIL,
	/* at a statement's head; BEFORE_SET: what makes SET a type or part of one */
	WORD_AGGREGATE, WORD_ALTER, WORD_ATOMIC, WORD_BEFORE_SET, WORD_CREATE, WORD_DEFINER,
	WORD_EVENT, WORD_FUNCTION, WORD_NOT, WORD_OR, WORD_PROCEDURE, WORD_ROW, WORD_SET,
	WORD_TEMP, WORD_TRIGGER, WORD_VIEW, WORD_REPLACE,
	/* begins a body that is one plain statement */
	WORD_PLAIN
};

static const struct {
	const char *text;
	unsigned char length;
	unsigned char word;
} words[] = {
#define WORD(text, word) { text, sizeof(text) - 1, word }
	WORD("BEGIN", WORD_BEGIN), WORD("CASE", WORD_CASE), WORD("FOR", WORD_FOR),
	WORD("IF", WORD_IF), WORD("LOOP", WORD_LOOP), WORD("REPEAT", WORD_REPEAT),
	WORD("WHILE", WORD_WHILE), WORD("DECLARE", WORD_DECLARE), WORD("DO", WORD_DO),
	WORD("ELSE", WORD_ELSE), WORD("END", WORD_END), WORD("HANDLER", WORD_HANDLER),
	WORD("THEN", WORD_THEN), WORD("UNTIL", WORD_UNTIL), WORD("AGGREGATE", WORD_AGGREGATE),
	WORD("ALTER", WORD_ALTER), WORD("ATOMIC", WORD_ATOMIC),
	WORD("CHARACTER", WORD_BEFORE_SET), WORD("RETURNS", WORD_BEFORE_SET),
	WORD("CREATE", WORD_CREATE), WORD("CONTINUE", WORD_EXIT), WORD("EXIT", WORD_EXIT),
	WORD("UNDO", WORD_EXIT),
	WORD("DEFINER", WORD_DEFINER), WORD("EVENT", WORD_EVENT),
	WORD("FUNCTION", WORD_FUNCTION), WORD("NOT", WORD_NOT), WORD("OR", WORD_OR),
	WORD("PROCEDURE", WORD_PROCEDURE), WORD("ROW", WORD_ROW), WORD("SET", WORD_SET),
	WORD("TEMP", WORD_TEMP), WORD("TEMPORARY", WORD_TEMP), WORD("TRIGGER", WORD_TRIGGER),
	WORD("VIEW", WORD_VIEW), WORD("REPLACE", WORD_REPLACE), WORD("CALL", WORD_PLAIN),
	WORD("DELETE", WORD_PLAIN), WORD("DROP", WORD_PLAIN), WORD("EXECUTE", WORD_PLAIN),
	WORD("INSERT", WORD_PLAIN), WORD("RETURN", WORD_PLAIN), WORD("SELECT", WORD_PLAIN),
	WORD("SIGNAL", WORD_PLAIN), WORD("RESIGNAL", WORD_PLAIN),
	WORD("TRUNCATE", WORD_PLAIN), WORD("UPDATE", WORD_PLAIN), WORD("WITH", WORD_PLAIN)
#undef WORD
};

enum head {
	HEAD_FIRST,        /* before the first word */
	HEAD_CREATE,       /* CREATE or ALTER was the first */
	HEAD_DEFINER,      /* in DEFINER = user, which can hold any word */
	HEAD_ROUTINE,      /* a procedure or function, before the end of its parameters */
	HEAD_TRIGGER,      /* up to FOR EACH ROW */
	HEAD_EVENT,        /* up to DO */
	HEAD_TRIGGER_BODY, /* up to BEGIN */
	HEAD_ATOMIC_BODY,  /* up to BEGIN ATOMIC */
	HEAD_BLOCK,        /* BEGIN was the first word */
	HEAD_DONE
};

enum seek {
	SEEK_NOT,
	SEEK_FIRST,  /* the next word begins a statement of the body */
	SEEK_LABEL,  /* the last one did, and if a colon follows it was a label */
	SEEK_AHEAD   /* among the next words is the one that begins it */
};

void nesting_init(struct nesting *nesting, const struct limbeck_lexis *lexis)
{
	nesting->flags = lexis->flags;
	nesting->parens = nesting->depth = 0;
	nesting->head = HEAD_FIRST;
	nesting->seek = SEEK_NOT;
	nesting->previous = WORD_OTHER;
	nesting->ended = nesting->too_deep = false;
}

static enum word find_word(const struct token *token)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].length == token->length
			&& (words[i].text[0] ^ token->text[0]) % 0x20 == 0
			&& token_is(token, words[i].text))
			return words[i].word;
	return WORD_OTHER;
}

static struct nesting_block *top(struct nesting *n)
{
	return n->depth ? &n->blocks[n->depth - 1] : NULL;
}

static bool in_expression(struct nesting *n)
{
	return n->depth && top(n)->kind == WORD_EXPRESSION;
}

static void push(struct nesting *n, enum word kind, const struct token *token)
{
	if (n->depth == NESTING_DEEPEST) {
		n->too_deep = true;
		return;
	}
	n->blocks[n->depth++] = (struct nesting_block) { .kind = (unsigned char)kind,
		.parens = n->parens, .line = token->line, .column = token->column };
	n->head = HEAD_DONE;
}

/* A word where a statement of the body can begin. */
static void seek_word(struct nesting *n, enum word word, const struct token *token)
{
	bool first = n->seek == SEEK_FIRST;

	switch (word) {
	case WORD_FOR:
		if (!first)
			return;
		/* fall through */
	case WORD_CASE:
	case WORD_IF:
	case WORD_WHILE:
		push(n, word, token);
		n->seek = SEEK_NOT;
		return;
	case WORD_BEGIN:
	case WORD_LOOP:
	case WORD_REPEAT:
		push(n, word, token);
		n->seek = SEEK_FIRST;
		return;
	case WORD_NOT: /* BEGIN NOT ATOMIC */
	case WORD_ATOMIC:
	case WORD_ELSE:
		return;
	case WORD_END:
		if (first && n->depth) {
			n->depth--;
			n->ended = true;
		}
		n->seek = SEEK_NOT;
		return;
	case WORD_UNTIL:
		if (first && n->depth && top(n)->kind == WORD_REPEAT)
			top(n)->kind = WORD_EXPRESSION;
		n->seek = SEEK_NOT;
		return;
	case WORD_SET:
		if (n->previous != WORD_BEFORE_SET)
			n->seek = SEEK_NOT;
		return;
	case WORD_ALTER:
	case WORD_CREATE:
	case WORD_DECLARE:
	case WORD_DO:
	case WORD_PLAIN:
	case WORD_REPLACE:
		n->seek = SEEK_NOT;
		return;
	default:
		if (first)
			n->seek = SEEK_LABEL;
		return;
	}
}

/* A word inside a block where no statement can begin. */
static void inner_word(struct nesting *n, enum word word, const struct token *token)
{
	struct nesting_block *block = top(n);
	bool level = n->parens == block->parens;

	n->seek = SEEK_NOT;
	switch (word) {
	case WORD_CASE:
		push(n, WORD_EXPRESSION, token);
		break;
	case WORD_END:
		if (level && in_expression(n))
			n->depth--;
		break;
	case WORD_THEN:
	case WORD_ELSE:
		if (level && (block->kind == WORD_IF || block->kind == WORD_CASE))
			n->seek = SEEK_FIRST;
		break;
	case WORD_DO:
		if (level && (block->kind == WORD_WHILE || block->kind == WORD_FOR))
			n->seek = SEEK_FIRST;
		break;
	case WORD_HANDLER: /* DECLARE EXIT HANDLER FOR condition... statement */
		if (n->previous == WORD_EXIT)
			n->seek = SEEK_AHEAD;
		break;
	default:
		break;
	}
}

/* The word that says what is created, or one of those before it. */
static void create_word(struct nesting *n, enum word word)
{
	bool routines = n->flags & LIMBECK_LEX_ROUTINE_BODIES;

	switch (word) {
	case WORD_OR:
	case WORD_REPLACE:
	case WORD_AGGREGATE:
	case WORD_TEMP:
		break;
	case WORD_DEFINER:
		n->head = HEAD_DEFINER;
		break;
	case WORD_PROCEDURE:
	case WORD_FUNCTION:
		n->head = HEAD_DONE;
		if (routines)
			n->head = HEAD_ROUTINE;
		else if (n->flags & LIMBECK_LEX_ATOMIC_BODIES)
			n->head = HEAD_ATOMIC_BODY;
		break;
	case WORD_TRIGGER:
		n->head = routines ? HEAD_TRIGGER : HEAD_DONE;
		if (n->flags & LIMBECK_LEX_TRIGGER_BODIES)
			n->head = HEAD_TRIGGER_BODY;
		break;
	case WORD_EVENT:
		n->head = routines ? HEAD_EVENT : HEAD_DONE;
		break;
	case WORD_VIEW:
		n->head = HEAD_DONE;
		break;
	default:
		if (n->head != HEAD_DEFINER)
			n->head = HEAD_DONE;
		break;
	}
}

static void first_word(struct nesting *n, enum word word, const struct token *token)
{
	bool routines = n->flags & LIMBECK_LEX_ROUTINE_BODIES;

	n->head = HEAD_DONE;
	if (word == WORD_CREATE || (word == WORD_ALTER && routines)) {
		n->head = HEAD_CREATE;
	} else if (word == WORD_BEGIN && routines) {
		n->head = HEAD_BLOCK;
	} else if (routines && word >= WORD_CASE && word <= WORD_WHILE) {
		n->seek = SEEK_FIRST; /* a compound statement on its own */
		seek_word(n, word, token);
	}
}

static void begin_body(struct nesting *n, enum seek seek)
{
	n->head = HEAD_DONE;
	n->seek = (unsigned char)seek;
}

/* A word before any block is open. */
static void head_word(struct nesting *n, enum word word, const struct token *token)
{
	switch (n->head) {
	case HEAD_FIRST:
		first_word(n, word, token);
		break;
	case HEAD_CREATE:
	case HEAD_DEFINER:
		create_word(n, word);
		break;
	case HEAD_TRIGGER:
		if (word == WORD_ROW)
			begin_body(n, SEEK_AHEAD);
		break;
	case HEAD_EVENT:
		if (word == WORD_DO)
			begin_body(n, SEEK_FIRST);
		break;
	case HEAD_BLOCK:
		if (word == WORD_ATOMIC && n->previous == WORD_NOT) {
			push(n, WORD_BEGIN, token);
			n->seek = SEEK_FIRST;
		} else if (word != WORD_NOT) {
			n->head = HEAD_DONE;
		}
		break;
	case HEAD_TRIGGER_BODY:
	case HEAD_ATOMIC_BODY:
		if (word == (n->head == HEAD_TRIGGER_BODY ? WORD_BEGIN : WORD_ATOMIC)
			&& (word == WORD_BEGIN || n->previous == WORD_BEGIN)) {
			push(n, WORD_BEGIN, token);
			n->seek = SEEK_FIRST;
		}
		break;
	default:
		break;
	}
}

static void word_token(struct nesting *n, const struct token *token)
{
	unsigned level = n->depth ? top(n)->parens : 0;
	enum word word;

	if (n->seek == SEEK_LABEL)
		n->seek = SEEK_NOT;
	if (!n->depth && n->head == HEAD_DONE && n->seek == SEEK_NOT)
		return;
	word = find_word(token);
	if (n->ended) /* END IF, END LOOP... */
		n->ended = false;
	else if ((n->seek == SEEK_FIRST || n->seek == SEEK_AHEAD) && n->parens == level)
		seek_word(n, word, token);
	else if (n->depth)
		inner_word(n, word, token);
	else if (n->parens == 0)
		head_word(n, word, token);
	n->previous = (unsigned char)word;
}

static void open_paren(struct nesting *n, const struct token *token)
{
	if (n->parens == (n->depth ? top(n)->parens : 0)) {
		n->paren_line = token->line;
		n->paren_column = token->column;
	}
	n->parens++;
}

static void close_paren(struct nesting *n)
{
	if (n->parens > (n->depth ? top(n)->parens : 0))
		n->parens--;
	if (n->head == HEAD_ROUTINE && n->parens == 0)
		begin_body(n, SEEK_AHEAD);
}

static void semicolon(struct nesting *n)
{
	while (in_expression(n)) /* it never had its END */
		n->depth--;
	if (n->depth && n->parens == top(n)->parens)
		n->seek = SEEK_FIRST;
}

void nesting_token(struct nesting *nesting, const struct token *token)
{
	if (token->kind == TOKEN_COMMENT || token->kind == TOKEN_EXECUTABLE)
		return;
	if (token->kind == TOKEN_WORD) {
		word_token(nesting, token);
		return;
	}
	nesting->ended = false;
	if (nesting->head == HEAD_FIRST)
		nesting->head = HEAD_DONE;
	switch (token->kind) {
	case TOKEN_OPEN:
		open_paren(nesting, token);
		break;
	case TOKEN_CLOSE:
		close_paren(nesting);
		break;
	case TOKEN_SEMICOLON:
		semicolon(nesting);
		return;
	case TOKEN_OPERATOR:
		if (nesting->seek == SEEK_LABEL && token->text[0] == ':' && token->length == 1) {
			nesting->seek = SEEK_FIRST;
			return;
		}
		break;
	default:
		break;
	}
	if (nesting->seek == SEEK_FIRST || nesting->seek == SEEK_LABEL)
		nesting->seek = nesting->seek == SEEK_FIRST && token->kind == TOKEN_IDENTIFIER
			? SEEK_LABEL : SEEK_NOT;
}

const char *nesting_opener(const struct nesting *nesting, unsigned *line, unsigned *column)
{
	const struct nesting_block *block = NULL;

	if (nesting->depth)
		block = &nesting->blocks[nesting->depth - 1];
	if (nesting->parens > (block ? block->parens : 0)) {
		*line = nesting->paren_line;
		*column = nesting->paren_column;
		return "(";
	}
	if (!block)
		return NULL;
	*line = block->line;
	*column = block->column;
	if (block->kind == WORD_EXPRESSION)
		return "CASE";
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].word == block->kind)
			return words[i].text;
	return "BEGIN";
}
