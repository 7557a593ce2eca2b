/* SPDX-License-Identifier: BSD-2-Clause */
#include "ddl/parser.h"

#include <string.h>

#include "base/error.h"

int parser_init(struct parser *p, struct arena *arena, const struct limbeck_lexis *lexis,
	const char *dialect, const char *text, size_t length, const struct ddl_place *place,
	struct limbeck_error *err)
{
	*p = (struct parser) { .arena = arena, .lexis = lexis, .dialect = dialect,
		.length = length, .file = place ? place->file : NULL };
	p->text = arena_strndup(arena, text, length);
	if (!p->text)
		return error_nomem(err);
	scanner_init(&p->at.scanner, lexis, p->text, length, true);
	if (place && place->line) {
		p->at.scanner.line = place->line;
		p->at.scanner.column = place->column;
	}
	return 0;
}

static void read_token(struct parser_cursor *at)
{
	struct token *token = &at->tokens[(at->head + at->count) % PARSER_SIGHT];

	do
		scanner_next(&at->scanner, token);
	while (token->kind == TOKEN_COMMENT || token->kind == TOKEN_EXECUTABLE);
	at->count++;
}

const struct token *parser_peek(struct parser *p, unsigned ahead)
{
	struct parser_cursor *at = &p->at;

	while (at->count <= ahead) {
		unsigned char last = (unsigned char)((at->head + at->count - 1) % PARSER_SIGHT);

		if (at->count && (at->tokens[last].kind == TOKEN_END
			|| at->tokens[last].kind == TOKEN_BAD))
			return &at->tokens[last];
		read_token(at);
	}
	return &at->tokens[(at->head + ahead) % PARSER_SIGHT];
}

void parser_next(struct parser *p)
{
	const struct token *token = parser_peek(p, 0);

	if (token->kind == TOKEN_END || token->kind == TOKEN_BAD)
		return;
	p->at.end = token->offset + token->length;
	p->at.head = (unsigned char)((p->at.head + 1) % PARSER_SIGHT);
	p->at.count--;
}

bool parser_ended(struct parser *p)
{
	return parser_at_kind(p, TOKEN_END);
}

bool parser_adjacent(struct parser *p, unsigned ahead)
{
	const struct token *token = parser_peek(p, ahead);
	size_t end = token->offset + token->length;

	return token->kind != TOKEN_END && parser_peek(p, ahead + 1)->offset == end;
}

void parser_cut(struct parser *p)
{
	struct token *token;

	parser_peek(p, 0);
	token = &p->at.tokens[p->at.head];
	token->kind = TOKEN_WORD;
	token->text++;
	token->offset++;
	token->column++;
	token->length--;
}

/* How many of the tokens ahead are these words; 0: they are not. */
static unsigned match(struct parser *p, const char *words)
{
	char word[32];
	unsigned count = 0;

	while (*words) {
		size_t length = strcspn(words, " ");

		if (length >= sizeof word || count >= PARSER_SIGHT)
			return 0;
		memcpy(word, words, length);
		word[length] = '\0';
		if (!token_is(parser_peek(p, count), word))
			return 0;
		count++;
		words += length;
		words += strspn(words, " ");
	}
	return count;
}

bool parser_at(struct parser *p, const char *words)
{
	return match(p, words) > 0;
}

bool parser_at_any(struct parser *p, const char *const *words)
{
	for (; *words; words++)
		if (parser_at(p, *words))
			return true;
	return false;
}

bool parser_accept(struct parser *p, const char *words)
{
	unsigned count = match(p, words);

	for (unsigned i = 0; i < count; i++)
		parser_next(p);
	return count > 0;
}

const char *parser_accept_any(struct parser *p, const char *const *words)
{
	for (; *words; words++)
		if (parser_accept(p, *words))
			return *words;
	return NULL;
}

int parser_expect(struct parser *p, const char *words, struct limbeck_error *err)
{
	return parser_accept(p, words) ? 0 : parser_fail(p, words, err);
}

bool parser_at_operator(struct parser *p, const char *text)
{
	const struct token *token = parser_peek(p, 0);

	return token->kind == TOKEN_OPERATOR && token->length == strlen(text)
		&& memcmp(token->text, text, token->length) == 0;
}

bool parser_accept_operator(struct parser *p, const char *text)
{
	if (!parser_at_operator(p, text))
		return false;
	parser_next(p);
	return true;
}

int parser_expect_operator(struct parser *p, const char *text, struct limbeck_error *err)
{
	return parser_accept_operator(p, text) ? 0 : parser_fail(p, text, err);
}

bool parser_at_kind(struct parser *p, enum token_kind kind)
{
	return parser_peek(p, 0)->kind == kind;
}

bool parser_accept_kind(struct parser *p, enum token_kind kind)
{
	if (!parser_at_kind(p, kind))
		return false;
	parser_next(p);
	return true;
}

static const char *kind_name(enum token_kind kind)
{
	switch (kind) {
	case TOKEN_OPEN: return "(";
	case TOKEN_CLOSE: return ")";
	case TOKEN_COMMA: return ",";
	case TOKEN_END: return "the statement's end";
	case TOKEN_STRING: return "a string";
	case TOKEN_NUMBER: return "a number";
	default: return "a name";
	}
}

int parser_expect_kind(struct parser *p, enum token_kind kind, struct limbeck_error *err)
{
	return parser_accept_kind(p, kind) ? 0 : parser_fail(p, kind_name(kind), err);
}

struct ddl_span parser_open_span(struct parser *p)
{
	const struct token *token = parser_peek(p, 0);

	return (struct ddl_span) { .text = token->text, .offset = token->offset,
		.line = token->line, .column = token->column };
}

void parser_close_span(struct parser *p, struct ddl_span *span)
{
	span->length = p->at.end > span->offset ? p->at.end - span->offset : 0;
}

struct ddl_span parser_take(struct parser *p)
{
	struct ddl_span span = parser_open_span(p);

	parser_next(p);
	parser_close_span(p, &span);
	return span;
}

int parser_group(struct parser *p, struct ddl_span *span, struct limbeck_error *err)
{
	struct ddl_span group = parser_open_span(p);
	size_t depth = 0;

	if (!parser_at_kind(p, TOKEN_OPEN))
		return parser_fail(p, "(", err);
	do {
		if (parser_at_kind(p, TOKEN_OPEN))
			depth++;
		else if (parser_at_kind(p, TOKEN_CLOSE))
			depth--;
		else if (parser_at_kind(p, TOKEN_END) || parser_at_kind(p, TOKEN_BAD))
			return parser_fail(p, ")", err);
		parser_next(p);
	} while (depth > 0);
	parser_close_span(p, &group);
	*span = group;
	return 0;
}

struct ddl_span parser_rest(struct parser *p)
{
	struct ddl_span span = parser_open_span(p);

	while (!parser_at_kind(p, TOKEN_END) && !parser_at_kind(p, TOKEN_BAD))
		parser_next(p);
	parser_close_span(p, &span);
	return span;
}

void *parser_alloc(struct parser *p, size_t size, struct limbeck_error *err)
{
	void *memory = arena_alloc(p->arena, size);

	if (!memory)
		error_nomem(err);
	return memory;
}

int parser_enter(struct parser *p, struct limbeck_error *err)
{
	if (p->depth == PARSER_DEEPEST) {
		struct ddl_span span = parser_open_span(p);

		span.length = 0;
		return parser_refuse(p, &span, "what is nested this deeply", err);
	}
	p->depth++;
	return 0;
}

void parser_leave(struct parser *p)
{
	p->depth--;
}

/* The place in the file, and its line, as far as the statement holds it. */
static void set_place(const struct parser *p, size_t offset, unsigned line, unsigned column,
	struct limbeck_error *err)
{
	const char *from = p->text + offset, *to = from;

	while (from > p->text && from[-1] != '\n')
		from--;
	while (to < p->text + p->length && *to != '\n')
		to++;
	error_place(err, p->file, line, column);
	error_source(err, from, (size_t)(to - from));
}

int parser_fail(struct parser *p, const char *expected, struct limbeck_error *err)
{
	const struct token *token = parser_peek(p, 0);
	const char *construct = p->construct ? p->construct : "this statement";
	int length = token->length > 40 ? 40 : (int)token->length;

	if (token->kind == TOKEN_BAD)
		error_set(err, LIMBECK_E_UNSUPPORTED, "a quote or comment in %s is not closed",
			construct);
	else if (token->kind == TOKEN_END)
		error_set(err, LIMBECK_E_UNSUPPORTED, "%s ends too early", construct);
	else
		error_set(err, LIMBECK_E_UNSUPPORTED, "\"%.*s\" is not understood in %s", length,
			token->text, construct);
	if (expected)
		error_detail(err, "Expected here: %s.", expected);
	set_place(p, token->offset, token->line, token->column, err);
	return -1;
}

int parser_refuse(struct parser *p, const struct ddl_span *span, const char *construct,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_UNSUPPORTED, "%s is not understood", construct);
	set_place(p, span->offset, span->line, span->column, err);
	return -1;
}
