/* SPDX-License-Identifier: BSD-2-Clause */
/* String literals: what they stand for. */
#include "ddl/expr_int.h"

#include <string.h>

#include "base/error.h"
#include "base/strbuf.h"

/* A literal being read; the value is only built where it differs from the text. */
struct reading {
	struct ddl_string *string;
	struct strbuf value;
	bool backslash;
	char quote;
	char escape;  /* of U&'...' */
};

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Up to `most` hexadecimal digits. */
static const char *number(const char *at, const char *end, int base, int most, unsigned *out)
{
	*out = 0;
	for (; at < end && most > 0 && hex(*at) >= 0 && hex(*at) < base; at++, most--)
		*out = *out * (unsigned)base + (unsigned)hex(*at);
	return at;
}

static void add_utf8(struct strbuf *out, unsigned code)
{
	if (code < 0x80) {
		strbuf_addch(out, (int)code);
	} else if (code < 0x800) {
		strbuf_addch(out, (int)(0xc0 | code >> 6));
		strbuf_addch(out, (int)(0x80 | (code & 0x3f)));
	} else if (code < 0x10000) {
		strbuf_addch(out, (int)(0xe0 | code >> 12));
		strbuf_addch(out, (int)(0x80 | (code >> 6 & 0x3f)));
		strbuf_addch(out, (int)(0x80 | (code & 0x3f)));
	} else {
		strbuf_addch(out, (int)(0xf0 | (code >> 18 & 0x07)));
		strbuf_addch(out, (int)(0x80 | (code >> 12 & 0x3f)));
		strbuf_addch(out, (int)(0x80 | (code >> 6 & 0x3f)));
		strbuf_addch(out, (int)(0x80 | (code & 0x3f)));
	}
}

/* Joins two halves of a pair. `previous` is the first half, or 0. */
static void add_code(struct strbuf *out, unsigned code, unsigned *previous)
{
	if (code >= 0xd800 && code < 0xdc00) {
		*previous = code;
		return;
	}
	if (*previous && code >= 0xdc00 && code < 0xe000)
		code = 0x10000 + ((*previous - 0xd800) << 10) + (code - 0xdc00);
	*previous = 0;
	add_utf8(out, code);
}

/* Behind the backslash of E'...' (PostgreSQL "String Constants with C-Style Escapes"). */
static const char *c_escape(struct reading *r, const char *at, const char *end,
	unsigned *previous)
{
	static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
	const char *letter = strchr(letters, *at);
	unsigned code;

	if (letter && *letter) {
		strbuf_addch(&r->value, meant[letter - letters]);
		return at + 1;
	}
	if (*at == 'x' && at + 1 < end && hex(at[1]) >= 0) {
		at = number(at + 1, end, 16, 2, &code);
		strbuf_addch(&r->value, (int)(code & 0xff));
		return at;
	}
	if (*at == 'u' || *at == 'U') {
		at = number(at + 1, end, 16, *at == 'u' ? 4 : 8, &code);
		add_code(&r->value, code, previous);
		return at;
	}
	if (*at >= '0' && *at <= '7') {
		at = number(at, end, 8, 3, &code);
		strbuf_addch(&r->value, (int)(code & 0xff));
		return at;
	}
	strbuf_addch(&r->value, *at);
	return at + 1;
}

/* Behind the backslash of '...' (MySQL "String Literals"). */
static const char *plain_escape(struct reading *r, const char *at)
{
	static const char letters[] = "0bnrtZ", meant[] = "\0\b\n\r\t\032";
	const char *letter = strchr(letters, *at);

	if (letter && *letter) {
		strbuf_addch(&r->value, meant[letter - letters]);
		return at + 1;
	}
	if (*at == '%' || *at == '_')
		strbuf_addch(&r->value, '\\');
	strbuf_addch(&r->value, *at);
	return at + 1;
}

/* Behind the escape character of U&'...'. */
static const char *unicode_escape(struct reading *r, const char *at, const char *end,
	unsigned *previous)
{
	unsigned code;

	if (*at == r->escape) {
		strbuf_addch(&r->value, *at);
		return at + 1;
	}
	at = *at == '+' ? number(at + 1, end, 16, 6, &code) : number(at, end, 16, 4, &code);
	add_code(&r->value, code, previous);
	return at;
}

/* Adds what stands between two quotes. */
static void add_content(struct reading *r, const char *at, const char *end)
{
	enum string_form form = r->string->form;
	unsigned previous = 0;

	while (at < end) {
		if (*at == r->quote && at + 1 < end && at[1] == r->quote) {
			strbuf_addch(&r->value, *at);
			at += 2;
		} else if (form == STRING_UNICODE && *at == r->escape && at + 1 < end) {
			at = unicode_escape(r, at + 1, end, &previous);
		} else if (form != STRING_UNICODE && r->backslash && *at == '\\' && at + 1 < end) {
			at = form == STRING_ESCAPE ? c_escape(r, at + 1, end, &previous)
						   : plain_escape(r, at + 1);
		} else {
			strbuf_addch(&r->value, *at++);
		}
	}
}

/* How the literal begins, and how many bytes stand before its opening quote. */
static size_t prefix(const char *text, enum string_form *form)
{
	*form = STRING_PLAIN;
	switch (*text) {
	case 'E': case 'e': *form = STRING_ESCAPE; return 1;
	case 'B': case 'b': *form = STRING_BITS; return 1;
	case 'X': case 'x': *form = STRING_HEX; return 1;
	case 'N': case 'n': *form = STRING_NATIONAL; return 1;
	case 'U': case 'u': *form = STRING_UNICODE; return 2;
	case '$': *form = STRING_DOLLAR; return 0;
	default: return 0;
	}
}

/* A token of E'...' may hold several parts: 'a' and, on another line, 'b'. */
static void add_parts(struct reading *r, const char *at, const char *end)
{
	while (at < end && *at == r->quote) {
		const char *from = ++at;

		while (at < end && (*at != r->quote || (at + 1 < end && at[1] == r->quote))) {
			if (*at == r->quote || (r->backslash && *at == '\\' && at + 1 < end))
				at++;
			at++;
		}
		if (at > end)
			at = end;
		add_content(r, from, at);
		for (at++; at < end && *at != r->quote; at++)
			;
	}
}

static bool is_plain(const struct reading *r, const char *text, size_t length)
{
	if (r->string->form == STRING_UNICODE || memchr(text, r->quote, length))
		return false;
	return !(r->backslash && memchr(text, '\\', length));
}

static void add_token(struct reading *r, const struct token *token, size_t skip)
{
	const char *text = token->text + skip, *end = token->text + token->length;
	const char *tag;

	if (r->string->form == STRING_DOLLAR && *text == '$') {
		tag = memchr(text + 1, '$', token->length - 1);
		strbuf_add(&r->value, tag + 1, (size_t)(end - text) - 2 * (size_t)(tag + 1 - text));
		return;
	}
	r->quote = *text;
	if (is_plain(r, text + 1, (size_t)(end - text) - 2))
		strbuf_add(&r->value, text + 1, (size_t)(end - text) - 2);
	else
		add_parts(r, text, end);
}

/* Another literal behind this one goes on with it. */
static bool continues(struct parser *p, const struct reading *r)
{
	const struct token *token = parser_peek(p, 0);

	if (token->kind != TOKEN_STRING || (token->text[0] != '\'' && token->text[0] != '"'))
		return false;
	if (p->lexis->flags & LIMBECK_LEX_BACKSLASH)
		return true;
	return r->string->form != STRING_DOLLAR && p->lexis->flags & LIMBECK_LEX_E_STRINGS
		&& memchr(p->text + p->at.end, '\n', token->offset - p->at.end);
}

/* U&'...' UESCAPE '!': the character must be known before the text is read. */
static char unicode_mark(struct parser *p)
{
	const struct token *mark = parser_peek(p, 2);

	if (token_is(parser_peek(p, 1), "UESCAPE") && mark->kind == TOKEN_STRING
		&& mark->length == 3)
		return mark->text[1];
	return '\\';
}

static int read_value(struct parser *p, struct reading *r, struct limbeck_error *err)
{
	const struct token *token = parser_peek(p, 0);
	size_t skip = prefix(token->text, &r->string->form);

	r->escape = unicode_mark(p);
	r->backslash = r->backslash || r->string->form == STRING_ESCAPE;
	add_token(r, parser_peek(p, 0), skip);
	parser_next(p);
	while (continues(p, r)) {
		add_token(r, parser_peek(p, 0), 0);
		parser_next(p);
	}
	if (r->string->form == STRING_UNICODE && parser_accept(p, "UESCAPE"))
		parser_next(p);
	if (strbuf_failed(&r->value))
		return error_nomem(err);
	r->string->length = r->value.len;
	r->string->value = arena_strndup(p->arena, r->value.buf, r->value.len);
	return r->string->value ? 0 : error_nomem(err);
}

bool expr_at_string(struct parser *p)
{
	const struct token *token = parser_peek(p, 0);

	if (token->kind == TOKEN_STRING)
		return true;
	return token->kind == TOKEN_WORD && token->text[0] == '_'
		&& p->lexis->flags & LIMBECK_LEX_BACKSLASH
		&& parser_peek(p, 1)->kind == TOKEN_STRING;
}

int expr_string(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	struct reading r = { .value = STRBUF_INIT };
	struct ddl_span introducer;
	int result = -1;

	if (expr_new(p, EXPR_STRING, out, err))
		return -1;
	r.string = (*out)->string = parser_alloc(p, sizeof *r.string, err);
	if (!r.string)
		return -1;
	if (parser_at_kind(p, TOKEN_WORD)) {
		introducer = parser_take(p);
		r.string->introducer = arena_strndup(p->arena, introducer.text, introducer.length);
		if (!r.string->introducer)
			return error_nomem(err);
	}
	r.backslash = p->lexis->flags & LIMBECK_LEX_BACKSLASH;
	result = read_value(p, &r, err);
	strbuf_release(&r.value);
	return result ? -1 : expr_end(p, *out, err);
}
