/* SPDX-License-Identifier: BSD-2-Clause */
/* Literals as the engine has them for the type of a column. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ddl/expr_make.h"
#include "translate/map_int.h"

static bool is_literal(const struct ddl_expr *expr)
{
	if (expr->kind == EXPR_PREFIX && (strcmp(expr->word, "-") == 0
		|| strcmp(expr->word, "+") == 0))
		expr = expr->args.items[0];
	return expr->kind == EXPR_NUMBER || expr->kind == EXPR_STRING
		|| expr->kind == EXPR_KEYWORD;
}

const struct ddl_expr *literal_bare(const struct ddl_expr *expr)
{
	const struct ddl_expr *inner = expr;

	while (inner->kind == EXPR_CAST || inner->kind == EXPR_TYPED)
		inner = expr_inner(inner->args.items[0]);
	return is_literal(inner) || inner->kind == EXPR_ARRAY ? inner : expr;
}

static bool is_word(const struct ddl_string *string, const char *const *words)
{
	for (; *words; words++)
		if (strlen(*words) == string->length
			&& strncasecmp(*words, string->value, string->length) == 0)
			return true;
	return false;
}

/* TRUE for 't', 1 and the like. */
static const struct ddl_expr *as_boolean(struct mapper *m, const struct ddl_expr *expr)
{
	static const char *const yes[] = { "t", "true", "y", "yes", "on", "1", NULL };
	static const char *const no[] = { "f", "false", "n", "no", "off", "0", NULL };

	if (expr->kind == EXPR_NUMBER && (strcmp(expr->word, "0") == 0
		|| strcmp(expr->word, "1") == 0))
		return make_keyword(&m->arena, *expr->word == '1' ? "TRUE" : "FALSE");
	if (expr->kind == EXPR_STRING && is_word(expr->string, yes))
		return make_keyword(&m->arena, "TRUE");
	if (expr->kind == EXPR_STRING && is_word(expr->string, no))
		return make_keyword(&m->arena, "FALSE");
	return expr;
}

/* 0 for '0'. */
static const struct ddl_expr *as_number(struct mapper *m, const struct ddl_expr *expr)
{
	const struct ddl_string *string = expr->kind == EXPR_STRING ? expr->string : NULL;
	const char *text = string ? arena_strndup(&m->arena, string->value, string->length) : NULL;

	if (!string || !string->length || string->length != strspn(string->value, "0123456789.")
		|| *string->value == '.')
		return expr;
	return make_number(&m->arena, text);
}

/* 1.50 for 1.5, where the type has two digits behind the point. */
static const struct ddl_expr *as_decimal(struct mapper *m, const struct home_kind *kind,
	const struct ddl_expr *expr)
{
	const char *scale = strchr(kind->meaning, ','), *point;
	size_t want = scale ? (size_t)strtoul(scale + 1, NULL, 10) : 0, has;
	struct strbuf out = STRBUF_INIT;
	const char *text;

	if (!want || expr->kind != EXPR_NUMBER || strspn(expr->word, "0123456789.")
		!= strlen(expr->word))
		return expr;
	point = strchr(expr->word, '.');
	has = point ? strlen(point + 1) : 0;
	strbuf_addf(&out, "%s%s", expr->word, point ? "" : ".");
	for (; has < want; has++)
		strbuf_addch(&out, '0');
	text = mapper_text(m, &out);
	return text ? make_number(&m->arena, text) : NULL;
}

static const struct ddl_expr *as_signed(struct mapper *m, const struct home_kind *kind,
	const struct ddl_expr *expr)
{
	if (!expr || !mapper_says(m, LIMBECK_SAYS_QUOTED_NAMES))
		return expr;
	if (expr->kind == EXPR_PREFIX && strcmp(expr->word, "-") == 0)
		return make_prefix(&m->arena, "-", as_decimal(m, kind, expr->args.items[0]));
	return as_decimal(m, kind, expr);
}

const struct ddl_expr *literal_typed(struct mapper *m, const struct home_kind *kind,
	const struct ddl_expr *expr)
{
	static const char *const numbers[] = { "smallint", "integer", "bigint", "numeric", "real",
		"double" };

	if (strcmp(kind->meaning, "boolean") == 0)
		return as_boolean(m, expr);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (meaning_begins(kind->meaning, numbers[i]))
			return as_signed(m, kind, as_number(m, expr));
	return expr;
}

static void put_json(struct strbuf *out, const char *text, size_t length)
{
	strbuf_addch(out, '"');
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '"' || c == '\\')
			strbuf_addf(out, "\\%c", c);
		else if (c < ' ')
			strbuf_addf(out, "\\u%04x", c);
		else
			strbuf_addch(out, c);
	}
	strbuf_addch(out, '"');
}

/* An item of '{a,"b c",NULL}', without its quotes. */
static const char *put_item(struct strbuf *out, const char *at, const char *end, bool quoted)
{
	struct strbuf item = STRBUF_INIT;
	bool inside = *at == '"';

	for (at += inside; at < end && (inside ? *at != '"' : *at != ','); at++) {
		at += *at == '\\' && at + 1 < end;
		strbuf_addch(&item, *at);
	}
	if (!inside && strcasecmp(item.buf, "null") == 0)
		strbuf_addstr(out, "null");
	else if (inside || quoted)
		put_json(out, item.buf, item.len);
	else
		strbuf_addstr(out, strcmp(item.buf, "t") == 0 ? "true"
			: strcmp(item.buf, "f") == 0 ? "false" : item.buf);
	out->failed |= item.failed;
	strbuf_release(&item);
	return at + inside;
}

static bool has_numbers(const struct home_kind *kind)
{
	static const char *const types[] = { "smallint", "integer", "bigint", "numeric", "real",
		"double precision", "boolean" };

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strncmp(kind->text, types[i], strlen(types[i])) == 0)
			return true;
	return false;
}

/* '{a,b}' as ["a","b"]; false: it has arrays in it, or is none. */
static bool put_array(struct strbuf *out, const struct home_kind *kind,
	const struct ddl_string *string)
{
	const char *at = string->value, *end = at + string->length;

	if (string->length < 2 || *at != '{' || end[-1] != '}' || memchr(at + 1, '{',
		string->length - 1))
		return false;
	strbuf_addch(out, '[');
	for (at++, end--; at < end;) {
		at = put_item(out, at, end, !has_numbers(kind));
		if (at < end && *at == ',') {
			strbuf_addstr(out, ", ");
			at++;
		}
	}
	strbuf_addch(out, ']');
	return true;
}

/* The items of ARRAY[...] where they are literals. */
static bool put_items(struct strbuf *out, const struct ddl_expr *array)
{
	strbuf_addch(out, '[');
	for (size_t i = 0; i < array->args.count; i++) {
		const struct ddl_expr *item = literal_bare(array->args.items[i]);

		if (i)
			strbuf_addstr(out, ", ");
		if (item->kind == EXPR_STRING)
			put_json(out, item->string->value, item->string->length);
		else if (item->kind == EXPR_NUMBER)
			strbuf_addstr(out, item->word);
		else if (item->kind == EXPR_KEYWORD)
			strbuf_addstr(out, strcmp(item->word, "NULL") == 0 ? "null"
				: strcmp(item->word, "TRUE") == 0 ? "true" : "false");
		else
			return false;
	}
	strbuf_addch(out, ']');
	return true;
}

int literal_json(struct mapper *m, const struct home_kind *kind,
	const struct ddl_expr *expr, struct strbuf *out)
{
	struct strbuf json = STRBUF_INIT;
	bool done = false;

	if (expr->kind == EXPR_STRING)
		done = put_array(&json, kind, expr->string);
	else if (expr->kind == EXPR_ARRAY)
		done = put_items(&json, expr);
	if (done)
		mapper_literal(m, out, json.buf);
	out->failed |= json.failed;
	strbuf_release(&json);
	return done;
}

bool literal_bytes(const struct ddl_expr *expr, struct strbuf *out)
{
	const struct ddl_string *string = expr->kind == EXPR_STRING ? expr->string : NULL;

	if (!string || string->length < 2 || strncmp(string->value, "\\x", 2) != 0)
		return false;
	strbuf_addf(out, "X'%.*s'", (int)(string->length - 2), string->value + 2);
	return true;
}
