/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * LIKE and its kin. A pattern that is a literal is said to the phrases in a normal form,
 * in which only \%, \_ and \\ are escaped, and \ alone escapes:
 *
 *     limbeck.glob(x, 'a*')    LIKE, as a pattern of GLOB; NOT around it where it was there
 *     x LIKE 'a%'              the same, for engines that have no phrase for it
 */
#include "translate/phrase_rules.h"

#include <string.h>

/* The normal form of a pattern; NULL: no memory. */
static const char *normal(struct arena *arena, const struct ddl_string *pattern, int escape)
{
	char *text = arena_alloc(arena, 2 * pattern->length + 1), *to = text;

	for (size_t i = 0; text && i < pattern->length; i++) {
		char c = pattern->value[i];
		bool escaped = c == escape && i + 1 < pattern->length;

		if (escaped)
			c = pattern->value[++i];
		if (c == '\\' || (escaped && (c == '%' || c == '_')))
			*to++ = '\\';
		*to++ = c;
	}
	return text;
}

static const char *globbed(struct arena *arena, const char *pattern)
{
	char *text = arena_alloc(arena, 3 * strlen(pattern) + 1), *to = text;

	for (const char *at = pattern; text && *at; at++) {
		bool escaped = *at == '\\' && at[1];

		if (escaped)
			at++;
		if (!escaped && (*at == '%' || *at == '_')) {
			*to++ = *at == '%' ? '*' : '?';
		} else if (strchr("*?[", *at)) {
			*to++ = '[';
			*to++ = *at;
			*to++ = ']';
		} else {
			*to++ = *at;
		}
	}
	return text;
}

/* limbeck.word(a, b) */
const struct ddl_expr *own_call(struct arena *arena, const char *word, size_t count,
	const struct ddl_expr *const *args)
{
	const struct expr_list list = { (const struct ddl_expr **)(uintptr_t)args, count, count };
	struct ddl_expr *expr = make_copy(arena, make_call_list(arena, word, &list));
	struct ddl_ident *own = arena_alloc(arena, sizeof *own);

	if (!expr || !own)
		return NULL;
	own->name = "limbeck";
	own->next = expr->call->name.first;
	expr->call->name.first = own;
	expr->call->name.count = 2;
	return expr;
}

static const struct ddl_expr *negated(struct arena *arena, const struct ddl_expr *like,
	const struct ddl_expr *expr)
{
	return like->negated ? make_prefix(arena, "NOT", expr) : expr;
}

/* By a phrase for limbeck.glob: NULL, there is none. */
static const struct ddl_expr *as_glob(struct printer *out, const struct ddl_expr *expr,
	const char *pattern)
{
	struct arena *arena = &rewriting_of(out)->arena;
	const char *glob = globbed(arena, pattern);
	const struct ddl_expr *args[2] = { expr->args.items[0],
		glob ? make_string(arena, glob, strlen(glob)) : NULL };
	const struct ddl_expr *call = own_call(arena, "glob", 2, args), *node;

	if (!call)
		return phrase_nomem(out);
	node = phrase_apply(out, call);
	if (node == call)
		return NULL;
	return node ? negated(arena, expr, node) : NULL;
}

/* The character that escapes; -1: it is not known, 0: there is none. */
static int escape_of(const struct ddl_expr *expr)
{
	const struct ddl_expr *third = expr->args.count > 2 ? expr_inner(expr->args.items[2]) : NULL;

	if (!third)
		return '\\';
	if (third->kind != EXPR_STRING || third->string->length > 1)
		return -1;
	return third->string->length ? third->string->value[0] : 0;
}

static const struct ddl_expr *with_pattern(struct printer *out, const struct ddl_expr *expr,
	const char *pattern)
{
	struct arena *arena = &rewriting_of(out)->arena;
	const struct ddl_expr *string = make_string(arena, pattern, strlen(pattern));
	struct ddl_expr *copy = make_copy(arena, expr);

	if (!copy || !string)
		return phrase_nomem(out);
	copy->args.items[1] = string;
	copy->args.count = 2;
	return copy;
}

static const struct ddl_expr *by_phrase(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *node;
	struct ddl_expr *plain;

	node = phrase_apply(out, expr);
	if (node != expr || !expr->negated)
		return node;
	plain = make_copy(&r->arena, expr);
	if (!plain)
		return phrase_nomem(out);
	plain->negated = false;
	node = phrase_apply(out, plain);
	if (!node || node == plain)
		return node ? expr : NULL;
	return make_prefix(&r->arena, "NOT", make_final(&r->arena, node));
}

const struct ddl_expr *rule_like(struct printer *out, const struct ddl_expr *expr)
{
	struct arena *arena = &rewriting_of(out)->arena;
	const struct ddl_expr *pattern = expr_inner(expr->args.items[1]), *node;
	int escape = escape_of(expr);
	const char *text;

	if ((strcmp(expr->word, "LIKE") != 0 && strcmp(expr->word, "ILIKE") != 0)
		|| pattern->kind != EXPR_STRING)
		return by_phrase(out, expr);
	if (escape < 0) {
		target_refuse(out, &expr->span, "an ESCAPE that is no character has no counterpart");
		return NULL;
	}
	text = normal(arena, pattern->string, escape);
	if (!text)
		return phrase_nomem(out);
	if (strcmp(expr->word, "LIKE") == 0) {
		node = as_glob(out, expr, text);
		if (node || out->target->failed)
			return node;
	}
	node = with_pattern(out, expr, text);
	return node ? by_phrase(out, node) : NULL;
}
