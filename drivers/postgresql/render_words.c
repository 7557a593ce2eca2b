/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading the server's normal form of types, lists and options. */
#include "render.h"

static const struct limbeck_lexis lexis = LIMBECK_LEXIS_POSTGRESQL;

static bool is_sign(const struct limbeck_token *token, char sign)
{
	return token->kind == LIMBECK_TOKEN_OTHER && token->length == 1 && token->text[0] == sign;
}

bool next_item(const char **at, const char *end, const char **item, size_t *length)
{
	size_t size = (size_t)(end - *at);
	size_t position = 0;
	size_t depth = 0;
	struct limbeck_token token;
	const char *last = NULL;

	*item = NULL;
	for (;;) {
		limbeck_host->token(&lexis, *at, size, &position, &token);
		if (token.kind == LIMBECK_TOKEN_END || (!depth && is_sign(&token, ',')))
			break;
		depth += is_sign(&token, '(') || is_sign(&token, '[');
		depth -= depth && (is_sign(&token, ')') || is_sign(&token, ']'));
		if (!*item)
			*item = token.text;
		last = token.text + token.length;
	}
	*at += position < size ? position : size;
	if (!*item)
		return false;
	*length = (size_t)(last - *item);
	return true;
}

bool inside(const char *text, const char **from, const char **to)
{
	size_t length = strlen(text);
	size_t position = 0;
	size_t depth = 0;
	struct limbeck_token token;

	for (;;) {
		limbeck_host->token(&lexis, text, length, &position, &token);
		if (token.kind == LIMBECK_TOKEN_END)
			return false;
		if (is_sign(&token, '(') && depth++ == 0)
			*from = token.text + 1;
		if (is_sign(&token, ')') && depth && --depth == 0) {
			*to = token.text;
			return true;
		}
	}
}

/* Whether the token is this name, which is in lower case where it is not quoted. */
static bool is_name(const struct limbeck_token *token, const char *name)
{
	size_t i;

	if (token->kind == LIMBECK_TOKEN_WORD)
		return strlen(name) == token->length &&
			strncmp(token->text, name, token->length) == 0;
	if (token->kind != LIMBECK_TOKEN_IDENTIFIER || token->length < 2)
		return false;
	for (i = 1; i + 1 < token->length; i++) {
		if (*name++ != token->text[i])
			return false;
		i += token->text[i] == '"';
	}
	return *name == '\0';
}

bool is_of_type(const char *type, const struct limbeck_object *object, const char *home)
{
	const char *schema = schema_of(object);
	size_t length = type ? strlen(type) : 0;
	size_t position = 0;
	struct limbeck_token token;
	struct limbeck_token next;

	limbeck_host->token(&lexis, type ? type : "", length, &position, &token);
	limbeck_host->token(&lexis, type ? type : "", length, &position, &next);
	if (is_sign(&next, '.')) {
		if (!schema || !is_name(&token, schema))
			return false;
		limbeck_host->token(&lexis, type, length, &position, &token);
		limbeck_host->token(&lexis, type, length, &position, &next);
	} else if (!same_text(schema, home)) {
		return false;
	}
	return is_name(&token, name_of(object)) && next.kind == LIMBECK_TOKEN_END;
}

/* The length of the next piece of a type that is no limits, *at moves to it. */
static size_t next_piece(const char **at)
{
	if (**at == '(') {
		*at += strcspn(*at, ")");
		*at += **at == ')';
	}
	return strcspn(*at, "(");
}

bool base_differs(const char *a, const char *b)
{
	for (;;) {
		size_t length_a = next_piece(&a);
		size_t length_b = next_piece(&b);

		if (length_a != length_b || strncmp(a, b, length_a) != 0)
			return true;
		if (!length_a)
			return false;
		a += length_a;
		b += length_b;
	}
}

bool find_parameters(const char *options, const char **from, const char **to)
{
	return options && inside(options, from, to);
}

const char *find_replica(const char *options)
{
	return options ? strstr(options, "REPLICA IDENTITY") : NULL;
}

const struct limbeck_object *next_part(const struct limbeck_catalog *catalog,
	enum limbeck_kind kind, const struct limbeck_object *of,
	const struct limbeck_object *previous)
{
	const char *table = limbeck_host->object_table(of);

	return catalog ? limbeck_host->object_next(catalog, kind, schema_of(of),
		table ? table : name_of(of), previous) : NULL;
}

bool in_primary_key(const struct limbeck_catalog *catalog, const struct limbeck_object *column)
{
	const struct limbeck_object *key = next_part(catalog, LIMBECK_KIND_PRIMARY_KEY, column,
		NULL);
	size_t i;

	for (i = 0; key && i < limbeck_host->object_count(key, LIMBECK_ATTR_COLUMNS); i++) {
		if (same_text(limbeck_host->object_item(key, LIMBECK_ATTR_COLUMNS, i),
			name_of(column)))
			return true;
	}
	return false;
}
