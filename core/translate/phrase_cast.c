/* SPDX-License-Identifier: BSD-2-Clause */
/* Casts, and values in places of a known type. */
#include "translate/phrase_rules.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A type of the common dialect as a node has it. */
static struct ddl_type *type_node(struct rewriting *r, const char *type)
{
	struct ddl_type *node = arena_alloc(&r->arena, sizeof *node);
	struct ddl_ident *name = arena_alloc(&r->arena, sizeof *name);

	if (!node || !name || !(name->name = arena_strdup(&r->arena, type)))
		return NULL;
	node->plain = node->simple = name->name;
	node->name.first = node->name.last = name;
	node->name.count = 1;
	return node;
}

const struct ddl_expr *cast_to(struct printer *out, const struct ddl_expr *expr, const char *type)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_expr *cast = make_copy(&r->arena, make_parens(&r->arena, expr));

	if (!cast)
		return NULL;
	cast->kind = EXPR_CAST;
	cast->form = CAST_CALL;
	cast->type = type_node(r, type);
	return cast->type ? cast : NULL;
}

const char *cast_type(struct rewriting *r, const struct ddl_expr *expr)
{
	const char *spelled = type_spelled(&r->arena, expr->type);

	return spelled ? type_common(&r->arena, spelled) : NULL;
}

static bool same_class(const char *a, const char *b)
{
	static const char *const classes[] = { "integer", "text", "moment", "fraction" };

	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (meaning_is(a, classes[i]) && meaning_is(b, classes[i]))
			return true;
	return strcmp(a, b) == 0 && strcmp(a, "other") != 0;
}

/* The type of a declared domain, "text" for an enum; else the type itself. */
static const char *base_type(struct rewriting *r, const char *type)
{
	const struct limbeck_catalog *home = r->scope->home;
	const char *point = strrchr(type, '.'), *plain = point ? point + 1 : type;
	struct object_name name = { .kind = LIMBECK_KIND_DOMAIN, .name = plain };
	const struct limbeck_object *domain = home ? catalog_find(home, &name) : NULL;

	if (strcmp(type_meaning(home, plain), "enum") == 0)
		return "text";
	if (domain)
		type = limbeck_object_get(domain, LIMBECK_ATTR_TYPE);
	return type ? type : plain;
}

/* A text that is cut: left(x, n), which no engine takes for an error. */
static const struct ddl_expr *cut(struct printer *out, const struct ddl_expr *operand,
	const char *type)
{
	struct rewriting *r = rewriting_of(out);
	const char *digits = strchr(type, '(') + 1;
	const char *number = arena_strndup(&r->arena, digits, strcspn(digits, ")"));
	const char *meant = expr_meaning(r, operand);

	if (!number)
		return phrase_nomem(out);
	if (!meaning_is(meant, "text"))
		operand = cast_to(out, operand, "text");
	return phrase_again(out, make_call(&r->arena, "left", 2, operand,
		make_number(&r->arena, number)));
}

/* numeric(10,2): limbeck.numeric(x, 10, 2), where a phrase says how; else NULL. */
static const struct ddl_expr *scaled(struct printer *out, const struct ddl_expr *operand,
	const char *type)
{
	struct rewriting *r = rewriting_of(out);
	unsigned precision, scale = 0;
	const struct ddl_expr *args[3] = { operand, NULL, NULL }, *call, *node;

	if (sscanf(type, "numeric(%u,%u)", &precision, &scale) < 1 || precision > 1000 || scale > 1000)
		return NULL;
	args[1] = make_number(&r->arena, arena_printf(&r->arena, "%u", precision));
	args[2] = make_number(&r->arena, arena_printf(&r->arena, "%u", scale));
	call = own_call(&r->arena, "numeric", 3, args);
	node = call ? phrase_apply(out, call) : phrase_nomem(out);
	return node == call ? NULL : make_final(&r->arena, node);
}

/* Whether a number has more places than the type. */
static bool has_more(const char *number, const char *type)
{
	const char *point = strchr(number, '.'), *comma = strchr(type, ',');
	size_t places = point ? strspn(point + 1, "0123456789") : 0;

	return strncmp(type, "numeric(", 8) == 0
		&& places > (comma ? strtoul(comma + 1, NULL, 10) : 0);
}

static bool is_cut(const char *type)
{
	return strncmp(type, "varchar(", 8) == 0 || strncmp(type, "char(", 5) == 0;
}

static size_t characters(const struct ddl_string *string)
{
	size_t count = 0;

	for (size_t i = 0; i < string->length; i++)
		count += ((unsigned char)string->value[i] & 0xc0) != 0x80;
	return count;
}

static const struct ddl_expr *cast_literal(struct printer *out, const struct ddl_expr *operand,
	const char *type)
{
	if (is_cut(type) && characters(operand->string) > strtoul(strchr(type, '(') + 1, NULL, 10))
		return cut(out, operand, type);
	return literal_of(out, operand, type);
}

/* x::int8::text: the type that counts; NULL after a failure. */
const struct ddl_expr *rule_cast(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *operand = expr_inner(expr->args.items[0]), *node;
	const char *type, *from, *to;

	if (!expr->type)
		return expr;
	type = cast_type(r, expr);
	if (!type)
		return phrase_nomem(out);
	type = base_type(r, type);
	if (operand->kind == EXPR_STRING) {
		node = cast_literal(out, operand, type);
		if (node || out->target->failed)
			return node;
	}
	if (operand->kind == EXPR_KEYWORD && strcmp(operand->word, "NULL") == 0)
		return operand;
	from = expr_meaning(r, operand);
	to = type_meaning(r->scope->home, type);
	if (strcmp(from, "array") == 0 && strcmp(to, "array") == 0)
		return phrase_again(out, expr->args.items[0]);
	node = scaled(out, operand, type);
	if (node || out->target->failed)
		return node;
	node = phrase_apply(out, expr);
	if (node != expr)
		return node;
	if (is_cut(type))
		return cut(out, operand, type);
	if (same_class(from, to) && strcmp(to, "numeric") != 0)
		return phrase_again(out, expr->args.items[0]);
	if (strcmp(type, cast_type(r, expr)) != 0)
		return cast_to(out, operand, type);
	return expr;
}

/* A value whose type is another than that of its place, where the engine would not find
 * the right one by itself. */
static bool needs_cast(const char *from, const char *to)
{
	if (strcmp(to, "date") == 0)
		return meaning_is(from, "moment");
	if (meaning_is(to, "moment"))
		return strcmp(from, "date") == 0;
	if (meaning_is(to, "integer"))
		return meaning_is(from, "fraction");
	if (meaning_is(to, "text"))
		return strcmp(from, "boolean") == 0;
	return false;
}

static const struct ddl_expr *case_value(struct printer *out, const struct ddl_expr *expr,
	const char *type)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_expr *copy = make_copy(&r->arena, expr);
	struct ddl_case *branches = copy ? arena_alloc(&r->arena, sizeof *branches) : NULL;
	size_t count = expr->branches->branches.count;

	if (!branches)
		return phrase_nomem(out);
	*branches = *expr->branches;
	branches->branches.items = arena_array(&r->arena, count,
		sizeof *branches->branches.items);
	if (!branches->branches.items)
		return phrase_nomem(out);
	for (size_t i = 0; i < count; i++) {
		branches->branches.items[i] = expr->branches->branches.items[i];
		branches->branches.items[i].then = cast_value(out,
			branches->branches.items[i].then, type);
	}
	if (branches->otherwise)
		branches->otherwise = cast_value(out, branches->otherwise, type);
	copy->branches = branches;
	return copy;
}

static const struct ddl_expr *call_value(struct printer *out, const struct ddl_expr *expr,
	const char *type)
{
	struct ddl_expr *copy = make_copy(&rewriting_of(out)->arena, expr);

	if (!copy)
		return phrase_nomem(out);
	for (size_t i = 0; i < copy->args.count; i++)
		copy->args.items[i] = cast_value(out, copy->args.items[i], type);
	return copy;
}

const struct ddl_expr *cast_value(struct printer *out, const struct ddl_expr *expr,
	const char *type)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *inner = expr_inner(expr), *node;
	const char *base;

	if (!type || expr->final || out->target->failed)
		return expr;
	base = base_type(r, type);
	if (inner->kind == EXPR_STRING) {
		node = literal_of(out, inner, base);
		if (node && node->kind == EXPR_NUMBER && has_more(node->word, base))
			inner = node;
		else
			return node || out->target->failed ? node : expr;
	}
	if (inner->kind == EXPR_NUMBER ? has_more(inner->word, base)
		: meaning_is(expr_meaning(r, inner), "fraction")) {
		node = scaled(out, inner, base);
		if (node || out->target->failed)
			return node;
	}
	if (inner->kind == EXPR_CASE)
		return case_value(out, inner, type);
	if (expr_calls(inner, "coalesce") || expr_calls(inner, "nullif")
		|| expr_calls(inner, "greatest") || expr_calls(inner, "least"))
		return call_value(out, inner, type);
	if (needs_cast(expr_meaning(r, inner), type_meaning(r->scope->home, base)))
		return cast_to(out, expr, base);
	return expr;
}
