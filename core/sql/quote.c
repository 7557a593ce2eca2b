/* SPDX-License-Identifier: BSD-2-Clause */
#include "sql/quote.h"

#include <string.h>

/* Writes text with every c in it doubled. */
static void add_doubled(struct strbuf *out, const char *text, size_t length, char c)
{
	const char *end = text + length, *at;

	while ((at = memchr(text, c, (size_t)(end - text)))) {
		strbuf_add(out, text, (size_t)(at - text) + 1);
		strbuf_addch(out, c);
		text = at + 1;
	}
	strbuf_add(out, text, (size_t)(end - text));
}

void quote_identifier(struct strbuf *out, const struct limbeck_lexis *lexis, const char *name)
{
	char open = lexis->identifier_quotes[0], close = lexis->identifier_quotes[1];

	if (!name[0] || (close == ']' && strchr(name, ']'))) {
		out->failed = true;
		return;
	}
	strbuf_addch(out, open);
	add_doubled(out, name, strlen(name), close);
	strbuf_addch(out, close);
}

void quote_qualified(struct strbuf *out, const struct limbeck_lexis *lexis, const char *schema,
	const char *name)
{
	if (schema && schema[0]) {
		quote_identifier(out, lexis, schema);
		strbuf_addch(out, '.');
	}
	quote_identifier(out, lexis, name);
}

void quote_literal(struct strbuf *out, const struct limbeck_lexis *lexis, const char *text)
{
	if (text)
		quote_literal_n(out, lexis, text, strlen(text));
	else
		strbuf_addstr(out, "NULL");
}

static void add_escaped(struct strbuf *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\'' || text[i] == '\\')
			strbuf_addch(out, text[i]);
		strbuf_addch(out, text[i]);
	}
}

void quote_literal_n(struct strbuf *out, const struct limbeck_lexis *lexis, const char *text,
	size_t length)
{
	bool backslash = length && memchr(text, '\\', length);

	if (length && memchr(text, '\0', length)) {
		out->failed = true;
		return;
	}
	/* The prefix says what a backslash means whatever the server's settings
	 * are (PostgreSQL "standard_conforming_strings"). */
	if (backslash && (lexis->flags & LIMBECK_LEX_E_STRINGS))
		strbuf_addch(out, 'E');
	else
		backslash = backslash && (lexis->flags & LIMBECK_LEX_BACKSLASH);
	strbuf_addch(out, '\'');
	if (backslash)
		add_escaped(out, text, length);
	else
		add_doubled(out, text, length, '\'');
	strbuf_addch(out, '\'');
}
