/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/token.h"

#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/suggest.h"

enum { WIDTH_LARGEST = 20 };

/* A small number at *at, which moves behind it. */
static int read_number(const char *text, size_t length, size_t *at)
{
	int value = 0;

	for (; *at < length && text[*at] >= '0' && text[*at] <= '9'; ++*at)
		value = value > WIDTH_LARGEST ? value : value * 10 + (text[*at] - '0');
	return value;
}

int template_token(const char *text, size_t length, struct template_token *token,
	struct limbeck_error *err)
{
	const char *close;
	size_t at;

	if (length < 2 || text[0] != '%' || text[1] != '(')
		return 0;
	*token = (struct template_token) { .name = text + 2, .digits = -1 };
	close = memchr(text, ')', length);
	if (!close)
		return error_set(err, LIMBECK_E_CONFIG, "token without \")\"");
	token->name_length = (size_t)(close - token->name);
	at = (size_t)(close + 1 - text);
	token->zero = at < length && text[at] == '0';
	token->width = read_number(text, length, &at);
	if (at < length && text[at] == '.') {
		at++;
		token->digits = read_number(text, length, &at);
	}
	if (at >= length || (text[at] != 's' && text[at] != 'd') || token->width > WIDTH_LARGEST
		|| token->digits > WIDTH_LARGEST) {
		error_set(err, LIMBECK_E_CONFIG, "token %.*s is not well formed",
			at < 80 ? (int)at : 80, text);
		error_hint(err, "A token is like %%(rev)s, %%(seq)04d or %%(month).2d.");
		return -1;
	}
	token->conversion = text[at];
	token->length = at + 1;
	return 1;
}

bool template_token_is(const struct template_token *token, const char *name)
{
	return strlen(name) == token->name_length
		&& memcmp(name, token->name, token->name_length) == 0;
}

int template_token_unknown(const struct template_token *token, const char *const *names,
	size_t count, struct limbeck_error *err)
{
	char name[64];
	const char *nearest;

	memset(name, 0, sizeof name);
	memcpy(name, token->name,
		token->name_length < sizeof name ? token->name_length : sizeof name - 1);
	nearest = suggest_nearest(name, names, count);
	error_set(err, LIMBECK_E_CONFIG, "unknown token %%(%s)%c", name, token->conversion);
	if (nearest)
		error_hint(err, "Perhaps you meant %%(%s)%c.", nearest, token->conversion);
	return -1;
}

void template_add_number(struct strbuf *out, const struct template_token *token, int64_t value)
{
	if (token->conversion == 's')
		strbuf_addf(out, "%" PRId64, value);
	else if (token->digits >= 0)
		strbuf_addf(out, "%*.*" PRId64, token->width, token->digits, value);
	else if (token->zero)
		strbuf_addf(out, "%0*" PRId64, token->width, value);
	else
		strbuf_addf(out, "%*" PRId64, token->width, value);
}
