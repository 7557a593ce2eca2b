/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "schema/catalog_int.h"
#include "schema/words.h"

static void fold_from(struct strbuf *out, size_t start)
{
	for (size_t i = start; i < out->len; i++)
		if (out->buf[i] >= 'A' && out->buf[i] <= 'Z')
			out->buf[i] = (char)(out->buf[i] + ('a' - 'A'));
}

static void add_identifier(struct strbuf *out, const struct token *token)
{
	struct strbuf name = STRBUF_INIT;

	words_name(&name, token);
	if (words_ordinary(name.buf, name.len)) {
		strbuf_add(out, name.buf, name.len);
	} else {
		strbuf_addch(out, '"');
		for (size_t i = 0; i < name.len; i++)
			strbuf_addstr(out, name.buf[i] == '"' ? "\"\"" : (char[]) { name.buf[i], 0 });
		strbuf_addch(out, '"');
	}
	out->failed |= name.failed;
	strbuf_release(&name);
}

/* Operators that mean the same are written the same. */
static void add_operator(struct strbuf *out, const struct token *token)
{
	if (token->length == 2 && memcmp(token->text, "!=", 2) == 0)
		strbuf_addstr(out, "<>");
	else if (token->length == 2 && memcmp(token->text, "==", 2) == 0)
		strbuf_addch(out, '=');
	else
		strbuf_add(out, token->text, token->length);
}

static void add_token(struct strbuf *out, const struct token *token)
{
	size_t start = out->len;

	switch (token->kind) {
	case TOKEN_WORD:
	case TOKEN_NUMBER:
		strbuf_add(out, token->text, token->length);
		fold_from(out, start);
		break;
	case TOKEN_IDENTIFIER:
		add_identifier(out, token);
		fold_from(out, start);
		break;
	case TOKEN_OPERATOR:
		add_operator(out, token);
		break;
	default:
		strbuf_add(out, token->text, token->length);
		break;
	}
}

/* Whether the parenthesis at from is closed by the one before to. */
static bool is_wrapped(const struct token *tokens, size_t from, size_t to)
{
	size_t depth = 0;

	if (to - from < 2 || tokens[from].kind != TOKEN_OPEN || tokens[to - 1].kind != TOKEN_CLOSE)
		return false;
	for (size_t i = from; i + 1 < to; i++) {
		if (tokens[i].kind == TOKEN_OPEN)
			depth++;
		else if (tokens[i].kind == TOKEN_CLOSE && --depth == 0)
			return false;
	}
	return depth == 1;
}

void text_normal(struct strbuf *out, const struct limbeck_lexis *lexis, const char *text)
{
	token_list tokens = VEC_INIT;
	size_t from = 0, to;

	if (!words_read(&tokens, lexis, text, strlen(text))) {
		out->failed = true;
		goto out;
	}
	to = tokens.count;
	while (to > from && (tokens.items[to - 1].kind == TOKEN_SEMICOLON ||
		is_wrapped(tokens.items, from, to))) {
		from += tokens.items[to - 1].kind != TOKEN_SEMICOLON;
		to--;
	}
	for (size_t i = from; i < to; i++) {
		if (i > from)
			strbuf_addch(out, ' ');
		add_token(out, &tokens.items[i]);
	}
out:
	vec_release(&tokens);
}
