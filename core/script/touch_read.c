/* SPDX-License-Identifier: BSD-2-Clause */
/* A statement's tokens, and the names in them. */
#include "script/touch_int.h"

#include <string.h>

struct token touch_scan(struct scanner *scanner)
{
	struct token token;

	do
		scanner_next(scanner, &token);
	while (token.kind == TOKEN_COMMENT || token.kind == TOKEN_EXECUTABLE);
	return token;
}

void touch_begin(struct toucher *t, const struct limbeck_lexis *lexis, const char *text,
	size_t length)
{
	scanner_init(&t->scanner, lexis, text, length, true);
	t->token = (struct token) { .kind = TOKEN_SEMICOLON };
	t->depth = 0;
	touch_next(t);
}

void touch_unknown(struct toucher *t, const char *why)
{
	if (!t->out->unknown)
		t->out->unknown = why;
}

/* What a token means wherever it stands. */
static void notice(struct toucher *t)
{
	if (t->previous.kind == TOKEN_SEMICOLON && t->previous.length > 0 && !touch_ended(t)
		&& !t->body)
		touch_unknown(t, "it is more than one statement");
	if (touch_at(t, "CASCADE") && !token_is(&t->previous, "DELETE")
		&& !token_is(&t->previous, "UPDATE"))
		touch_unknown(t, "what CASCADE takes along is not in the file");
}

void touch_next(struct toucher *t)
{
	if (t->token.kind == TOKEN_END)
		return;
	t->previous = t->token;
	if (t->previous.kind == TOKEN_OPEN)
		t->depth++;
	t->token = touch_scan(&t->scanner);
	if (t->token.kind == TOKEN_CLOSE && t->depth > 0)
		t->depth--;
	if (t->token.kind == TOKEN_BAD || t->token.kind == TOKEN_MORE) {
		touch_unknown(t, "a quote or comment in it is not closed");
		t->token.kind = TOKEN_END;
	}
	notice(t);
}

bool touch_at_operator(const struct toucher *t, const char *text)
{
	return t->token.kind == TOKEN_OPERATOR && t->token.length == strlen(text)
		&& memcmp(t->token.text, text, t->token.length) == 0;
}

bool touch_at_any(const struct toucher *t, const char *const *words)
{
	for (; *words; words++)
		if (touch_at(t, *words))
			return true;
	return false;
}

struct token touch_peek(const struct toucher *t)
{
	struct scanner scanner = t->scanner;

	return touch_scan(&scanner);
}

bool touch_pass(struct toucher *t, const char *word)
{
	if (!touch_at(t, word))
		return false;
	touch_next(t);
	return true;
}

void touch_pass_all(struct toucher *t, const char *const *words)
{
	while (touch_at_any(t, words))
		touch_next(t);
}

bool touch_pass_if(struct toucher *t)
{
	struct token next = touch_peek(t);

	if (!touch_at(t, "IF") || !(token_is(&next, "EXISTS") || token_is(&next, "NOT")))
		return false;
	touch_next(t);
	touch_pass(t, "NOT");
	touch_pass(t, "EXISTS");
	return true;
}

void touch_pass_group(struct toucher *t)
{
	unsigned depth = t->depth;

	if (t->token.kind != TOKEN_OPEN)
		return;
	do
		touch_next(t);
	while (!touch_ended(t) && t->depth > depth);
	touch_next(t);
}

/* The one copy of the name that is in t->text. */
static const char *kept(struct toucher *t)
{
	char *name = map_get(&t->names, t->text.buf);

	if (name)
		return name;
	if (!strbuf_failed(&t->text))
		name = arena_strdup(t->arena, t->text.buf);
	if (!name || !map_put(&t->names, name, name)) {
		t->failed = true;
		return "";
	}
	return name;
}

const char *touch_format(struct toucher *t, const char *format, const char *text)
{
	const char *mark = strchr(format, '%');

	strbuf_reset(&t->text);
	strbuf_add(&t->text, format, (size_t)(mark - format));
	strbuf_addstr(&t->text, text);
	strbuf_addstr(&t->text, mark + 1);
	return kept(t);
}

static const char *name_of(struct toucher *t, const char *text, size_t length, char quote,
	bool folds)
{
	strbuf_reset(&t->text);
	for (size_t i = 0; i < length; i++) {
		char c = text[i];

		if (folds && c >= 'A' && c <= 'Z')
			c = (char)(c + ('a' - 'A'));
		strbuf_addch(&t->text, c);
		if (quote && c == quote && i + 1 < length && text[i + 1] == quote)
			i++;
	}
	return kept(t);
}

static const char *current_name(struct toucher *t)
{
	const struct token *token = &t->token;
	bool folds = strcmp(t->scanner.lexis->identifier_quotes, "\"\"") != 0;

	if (token->kind == TOKEN_WORD)
		return name_of(t, token->text, token->length, '\0', true);
	if (token->text[0] == 'U' || token->text[0] == 'u') {
		touch_unknown(t, "a name in it is written with escapes");
		return "";
	}
	return name_of(t, token->text + 1, token->length - 2, token->text[token->length - 1],
		folds);
}

static bool at_name(const struct toucher *t)
{
	return t->token.kind == TOKEN_WORD || t->token.kind == TOKEN_IDENTIFIER;
}

static void push_part(struct chain *chain, const char *part)
{
	if (chain->count == CHAIN_LONGEST) {
		memmove(chain->parts, chain->parts + 1,
			(CHAIN_LONGEST - 1) * sizeof *chain->parts);
		chain->count--;
	}
	chain->parts[chain->count++] = part;
}

bool touch_chain(struct toucher *t, struct chain *chain)
{
	*chain = (struct chain) { .count = 0 };
	while (at_name(t)) {
		push_part(chain, current_name(t));
		touch_next(t);
		if (!touch_at_operator(t, "."))
			break;
		touch_next(t);
		if (touch_at_operator(t, "*")) {
			chain->star = true;
			touch_next(t);
			break;
		}
	}
	return chain->count > 0;
}

bool touch_string_chain(struct toucher *t, const struct token *string, struct chain *chain)
{
	struct touches nothing = { .rows = false };
	struct toucher inner = { .arena = t->arena, .out = &nothing, .names = t->names,
		.text = STRBUF_INIT };
	bool found;

	*chain = (struct chain) { .count = 0 };
	if (string->length < 2 || string->text[0] != '\'')
		return false;
	touch_begin(&inner, t->scanner.lexis, string->text + 1, string->length - 2);
	found = touch_chain(&inner, chain) && touch_ended(&inner);
	t->names = inner.names;
	t->failed = t->failed || inner.failed;
	strbuf_release(&inner.text);
	return found;
}
