/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Quoting: whatever a name or text holds, what is quoted is one token, in every
 * dialect, and means the text that went in.
 */
#include <string.h>

#include "fuzz.h"
#include "sql/quote.h"
#include "sql/scanner.h"

/* The text that a literal or quoted name means. */
static char *plain(struct arena *arena, const struct token *token, bool backslash)
{
	const char *at = token->text, *end = at + token->length - 1;
	char *text = arena_alloc(arena, token->length + 1), *to = text, close;

	fuzz_must(text != NULL, "there is memory");
	at += *at == 'E';
	close = *at == '[' ? ']' : *at;
	for (at++; at < end; at++) {
		if (*at == close || (backslash && *at == '\\'))
			at++;
		*to++ = *at;
	}
	fuzz_must(at == end && *end == close, "the token ends with its quote");
	return text;
}

static void check_one(struct arena *arena, const struct limbeck_lexis *lexis, enum token_kind kind,
	const struct strbuf *quoted, const char *text)
{
	struct scanner scanner;
	struct token token;
	bool backslash;

	scanner_init(&scanner, lexis, quoted->buf, quoted->len, true);
	scanner_next(&scanner, &token);
	fuzz_must(token.kind == kind && token.length == quoted->len, "it is one token");
	backslash = kind == TOKEN_STRING && (token.text[0] == 'E'
		|| (lexis->flags & LIMBECK_LEX_BACKSLASH));
	fuzz_same(plain(arena, &token, backslash), text, "it means what went in");
}

/* Behind another text, as in a statement that is made. */
static void check_within(const struct limbeck_lexis *lexis, const struct strbuf *quoted)
{
	struct strbuf text = STRBUF_INIT;
	struct scanner scanner;
	struct token token;
	unsigned count = 0;

	strbuf_addf(&text, "SELECT %s, %s;", quoted->buf, quoted->buf);
	scanner_init(&scanner, lexis, text.buf, text.len, true);
	for (scanner_next(&scanner, &token); token.kind != TOKEN_END; scanner_next(&scanner, &token))
		count++;
	fuzz_must(count == 5, "a statement has the tokens that were put into it");
	strbuf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz input = { data, size };
	struct arena arena = ARENA_INIT;
	const struct limbeck_lexis *lexis = fuzz_lexis(&input);
	struct strbuf name = STRBUF_INIT, literal = STRBUF_INIT;
	size_t length;
	const char *text = fuzz_rest(&input, &arena, &length);

	quote_literal_n(&literal, lexis, text, length);
	fuzz_must(literal.failed == (strlen(text) != length), "only a zero byte is refused");
	if (!literal.failed) {
		check_one(&arena, lexis, TOKEN_STRING, &literal, text);
		check_within(lexis, &literal);
	}
	quote_identifier(&name, lexis, text);
	fuzz_must(name.failed == (text[0] == '\0'), "only an empty name is refused");
	if (!name.failed) {
		check_one(&arena, lexis, TOKEN_IDENTIFIER, &name, text);
		check_within(lexis, &name);
	}
	strbuf_release(&name);
	strbuf_release(&literal);
	arena_release(&arena);
	return 0;
}
