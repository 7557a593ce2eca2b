/* SPDX-License-Identifier: BSD-2-Clause */
/* Where parentheses stand around a default. */
#include <string.h>
#include <strings.h>

#include "translate/map_int.h"

/* The words that give the time, which a column of times may have without parentheses. */
static bool is_clock(const char *text)
{
	static const char *const words[] = { "current_timestamp", "now", "localtimestamp" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t length = strlen(words[i]);

		if (strncasecmp(text, words[i], length) == 0
			&& (text[length] == '\0' || (text[length] == '('
				&& strspn(text + length + 1, "0123456") + 2 == strlen(text + length))))
			return true;
	}
	return false;
}

/* One literal, with a sign perhaps, in the engine's words. */
static bool is_simple(const struct mapper *m, const char *text)
{
	struct scanner scanner;
	struct token token;

	scanner_init(&scanner, &m->mapping->traits->lexis, text, strlen(text), true);
	scanner_next(&scanner, &token);
	if (token.kind == TOKEN_OPERATOR && (*token.text == '-' || *token.text == '+'))
		scanner_next(&scanner, &token);
	if (token.kind != TOKEN_STRING && token.kind != TOKEN_NUMBER
		&& !(token.kind == TOKEN_WORD && (token_is(&token, "NULL")
			|| token_is(&token, "TRUE") || token_is(&token, "FALSE"))))
		return false;
	scanner_next(&scanner, &token);
	return token.kind == TOKEN_END;
}

/* Where the parenthesis at the scanner is closed. */
static void pass_group(struct scanner *scanner, struct token *token)
{
	unsigned depth = 0;

	do {
		depth += token->kind == TOKEN_OPEN;
		depth -= token->kind == TOKEN_CLOSE;
		if (depth)
			scanner_next(scanner, token);
	} while (depth && token->kind != TOKEN_END && token->kind != TOKEN_BAD);
	scanner_next(scanner, token);
}

/* (...) as a whole, or name(...). */
static bool is_group(const struct mapper *m, const char *text, bool call)
{
	struct scanner scanner;
	struct token token;

	scanner_init(&scanner, &m->mapping->traits->lexis, text, strlen(text), true);
	scanner_next(&scanner, &token);
	if (call && token.kind != TOKEN_WORD)
		return false;
	if (call)
		scanner_next(&scanner, &token);
	if (token.kind != TOKEN_OPEN)
		return false;
	pass_group(&scanner, &token);
	return token.kind == TOKEN_END;
}

static bool is_wrapped(const struct mapper *m, const char *text)
{
	return is_group(m, text, false);
}

static bool is_call(const struct mapper *m, const char *text)
{
	return is_group(m, text, true) && strncasecmp(text, "cast", 4) != 0;
}

/* current_timestamp(6) where the type is datetime(6). */
static void put_clock(struct strbuf *out, const char *type)
{
	const char *size = strchr(type, '(');

	strbuf_addstr(out, "current_timestamp");
	strbuf_addstr(out, size ? size : "()");
}

const char *default_shaped(struct mapper *m, const struct home_kind *kind,
	const struct limbeck_object *to, const char *text)
{
	const char *type = limbeck_object_get(to, LIMBECK_ATTR_TYPE);
	bool is_long = kind_is_long(kind) || kind->sort == SORT_ARRAY
		|| strcmp(kind->meaning, "json") == 0 || strcmp(kind->meaning, "blob") == 0;
	bool literal = is_simple(m, text);
	struct strbuf out = STRBUF_INIT;

	/* As it writes them itself. */
	if (mapper_is_common(m) && strcmp(text, "TRUE") == 0)
		return "true";
	if (mapper_is_common(m) && strcmp(text, "FALSE") == 0)
		return "false";
	if (mapper_says(m, LIMBECK_SAYS_QUOTED_NAMES) && is_clock(text)
		&& strncmp(kind->meaning, "timestamp", strlen("timestamp")) == 0)
		put_clock(&out, type);
	else if (literal ? is_long && !mapper_says(m, LIMBECK_SAYS_TEXT_DEFAULT)
		: mapper_says(m, LIMBECK_SAYS_QUOTED_NAMES) && !is_wrapped(m, text)
			&& !(mapper_says(m, LIMBECK_SAYS_CALL_DEFAULT) && is_call(m, text)))
		strbuf_addf(&out, "(%s)", text);
	else
		strbuf_addstr(&out, text);
	return mapper_text(m, &out);
}
