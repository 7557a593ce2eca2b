/* SPDX-License-Identifier: BSD-2-Clause */
#include "ddl_tokens.h"

#include <string.h>
#include <strings.h>

#include "sql/scanner.h"

static void next(struct scanner *scanner, struct token *token)
{
	do
		scanner_next(scanner, token);
	while (token->kind == TOKEN_COMMENT || token->kind == TOKEN_EXECUTABLE);
}

static bool same(const struct token *a, const struct token *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == TOKEN_END)
		return true;
	if (a->length != b->length)
		return false;
	return a->kind == TOKEN_WORD ? strncasecmp(a->text, b->text, a->length) == 0
				     : memcmp(a->text, b->text, a->length) == 0;
}

bool same_tokens(const struct limbeck_lexis *lexis, const char *got, const char *want,
	struct strbuf *why)
{
	struct scanner one, two;
	struct token a, b;

	scanner_init(&one, lexis, got, strlen(got), true);
	scanner_init(&two, lexis, want, strlen(want), true);
	do {
		next(&one, &a);
		next(&two, &b);
		if (!same(&a, &b)) {
			strbuf_addf(why, "got \"%.*s\" for \"%.*s\" at %u:%u",
				(int)(a.length > 60 ? 60 : a.length), a.text,
				(int)(b.length > 60 ? 60 : b.length), b.text, b.line, b.column);
			return false;
		}
	} while (a.kind != TOKEN_END && a.kind != TOKEN_BAD);
	return a.kind == TOKEN_END;
}
