/* SPDX-License-Identifier: BSD-2-Clause */
#include "schema/words.h"

#include <string.h>

bool words_read(token_list *tokens, const struct limbeck_lexis *lexis, const char *text,
	size_t length)
{
	struct scanner scanner;
	struct token token;

	scanner_init(&scanner, lexis, text, length, true);
	do {
		scanner_next(&scanner, &token);
		if (token.kind == TOKEN_COMMENT || token.kind == TOKEN_EXECUTABLE)
			continue;
		if (token.kind != TOKEN_END && !vec_push(tokens, token))
			return false;
	} while (token.kind != TOKEN_END && token.kind != TOKEN_BAD);
	return true;
}

/* What stands between the quotes of an identifier. */
static const char *inside(const struct token *token, size_t *length, char *quote)
{
	size_t skip = (token->text[0] | 0x20) == 'u' ? 3 : 1; /* U&"..." */

	if (token->kind != TOKEN_IDENTIFIER || token->length <= skip) {
		*quote = '\0';
		*length = token->length;
		return token->text;
	}
	*quote = token->text[token->length - 1];
	*length = token->length - skip - 1;
	return token->text + skip;
}

void words_name(struct strbuf *out, const struct token *token)
{
	size_t length;
	char quote;
	const char *text = inside(token, &length, &quote);

	for (size_t i = 0; i < length; i++) {
		strbuf_addch(out, (unsigned char)text[i]);
		if (quote && text[i] == quote && quote != ']')
			i++;
	}
}

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* Those that no dialect takes for a name. */
static bool is_keyword(const struct token *token)
{
	static const char *const keywords[] = { "ALL", "AND", "AS", "CASE", "CHECK", "COLLATE",
		"CONSTRAINT", "CREATE", "DEFAULT", "DISTINCT", "ELSE", "FOREIGN", "FROM", "GROUP",
		"HAVING", "IN", "INTO", "IS", "JOIN", "LIMIT", "NOT", "NULL", "ON", "OR", "ORDER",
		"PRIMARY", "REFERENCES", "SELECT", "TABLE", "THEN", "TO", "UNION", "UNIQUE", "USING",
		"WHEN", "WHERE" };

	for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
		if (token_is(token, keywords[i]))
			return true;
	return false;
}

bool words_is_name(const struct token *token)
{
	return token->kind == TOKEN_IDENTIFIER || (token->kind == TOKEN_WORD && !is_keyword(token));
}

bool words_match(const struct token *token, const char *name, bool fold)
{
	size_t length;
	char quote;
	const char *text = inside(token, &length, &quote);
	bool exact = true, folded = true;

	if (token->kind != TOKEN_WORD && token->kind != TOKEN_IDENTIFIER)
		return false;
	for (size_t i = 0; i < length; i++, name++) {
		if (!*name)
			return false;
		exact = exact && text[i] == *name;
		folded = folded && lower(text[i]) == (fold ? lower(*name) : *name);
		if (quote && text[i] == quote && quote != ']')
			i++;
	}
	return !*name && (exact || (folded && (fold || !quote))) && words_is_name(token);
}

bool words_ordinary(const char *name, size_t length)
{
	if (!length || (name[0] >= '0' && name[0] <= '9'))
		return false;
	for (size_t i = 0; i < length; i++) {
		char c = lower(name[i]);

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return false;
	}
	return true;
}
