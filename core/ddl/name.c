/* SPDX-License-Identifier: BSD-2-Clause */
#include "ddl/name.h"

#include <string.h>

#include "base/error.h"
#include "ddl/print.h"

bool name_at(struct parser *p, unsigned ahead)
{
	const struct token *token = parser_peek(p, ahead);

	if (token->kind == TOKEN_STRING) /* SQLite takes a string for a name */
		return p->lexis->flags & LIMBECK_LEX_TRIGGER_BODIES;
	return token->kind == TOKEN_WORD || token->kind == TOKEN_IDENTIFIER;
}

/* What stands between the quotes, doubled ones made single. */
static char *unquote(struct parser *p, const struct token *token)
{
	char quote = token->text[token->length - 1], *name, *to;
	const char *from = token->text + 1, *end = token->text + token->length - 1;

	name = to = arena_strndup(p->arena, from, (size_t)(end - from));
	if (!name)
		return NULL;
	while (from < end) {
		if (from + 1 < end && *from == quote && from[1] == quote)
			from++;
		*to++ = *from++;
	}
	*to = '\0';
	return name;
}

int ident_parse_string(struct parser *p, struct ddl_ident *out, struct limbeck_error *err)
{
	const struct token *token = parser_peek(p, 0);

	if (!name_at(p, 0) && token->kind != TOKEN_STRING)
		return parser_fail(p, "a name", err);
	out->quoted = token->kind != TOKEN_WORD;
	if (!out->quoted)
		out->name = arena_strndup(p->arena, token->text, token->length);
	else if (!strchr("\"'`[", token->text[0])) /* U&"..." */
		return parser_fail(p, "a name without escapes", err);
	else
		out->name = unquote(p, token);
	if (!out->name)
		return error_nomem(err);
	out->next = NULL;
	out->span = parser_take(p);
	return 0;
}

int ident_parse(struct parser *p, struct ddl_ident *out, struct limbeck_error *err)
{
	return name_at(p, 0) ? ident_parse_string(p, out, err) : parser_fail(p, "a name", err);
}

int ident_parse_new(struct parser *p, struct ddl_ident **out, struct limbeck_error *err)
{
	struct ddl_ident *ident = parser_alloc(p, sizeof *ident, err);

	if (!ident || ident_parse(p, ident, err))
		return -1;
	*out = ident;
	return 0;
}

int name_parse(struct parser *p, struct ddl_name *out, struct limbeck_error *err)
{
	struct ddl_ident **tail = &out->first;

	*out = (struct ddl_name) { .span = parser_open_span(p) };
	do {
		if (ident_parse_new(p, tail, err))
			return -1;
		out->last = *tail;
		tail = &(*tail)->next;
		out->count++;
	} while (parser_accept_operator(p, "."));
	parser_close_span(p, &out->span);
	return 0;
}

int name_parse_string(struct parser *p, struct ddl_name *out, struct limbeck_error *err)
{
	if (!parser_at_kind(p, TOKEN_STRING))
		return name_parse(p, out, err);
	*out = (struct ddl_name) { .count = 1 };
	out->first = out->last = parser_alloc(p, sizeof *out->first, err);
	if (!out->first || ident_parse_string(p, out->first, err))
		return -1;
	out->span = out->first->span;
	return 0;
}

int name_parse_new(struct parser *p, struct ddl_name **out, struct limbeck_error *err)
{
	struct ddl_name *name = parser_alloc(p, sizeof *name, err);

	if (!name || name_parse(p, name, err))
		return -1;
	*out = name;
	return 0;
}

int ident_list_parse(struct parser *p, struct ddl_ident **out, struct limbeck_error *err)
{
	do {
		if (ident_parse_new(p, out, err))
			return -1;
		out = &(*out)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return 0;
}

int ident_group_parse(struct parser *p, struct ddl_ident **out, struct limbeck_error *err)
{
	if (parser_expect_kind(p, TOKEN_OPEN, err) || ident_list_parse(p, out, err))
		return -1;
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

int name_list_parse(struct parser *p, struct ddl_name **out, struct limbeck_error *err)
{
	do {
		if (name_parse_new(p, out, err))
			return -1;
		out = &(*out)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return 0;
}

void ident_print(struct printer *out, const struct ddl_ident *ident)
{
	printer_span(out, &ident->span);
}

void name_print(struct printer *out, const struct ddl_name *name)
{
	for (const struct ddl_ident *part = name->first; part; part = part->next) {
		ident_print(out, part);
		if (part->next)
			printer_dot(out);
	}
}

void ident_list_print(struct printer *out, const struct ddl_ident *first)
{
	for (; first; first = first->next) {
		ident_print(out, first);
		if (first->next)
			printer_comma(out);
	}
}

void ident_group_print(struct printer *out, const struct ddl_ident *first)
{
	printer_open(out);
	ident_list_print(out, first);
	printer_close(out);
}

void name_list_print(struct printer *out, const struct ddl_name *first)
{
	for (; first; first = first->next) {
		name_print(out, first);
		if (first->next)
			printer_comma(out);
	}
}
