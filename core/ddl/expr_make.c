/* SPDX-License-Identifier: BSD-2-Clause */
#include "ddl/expr_make.h"

#include <stdarg.h>
#include <string.h>

static struct ddl_expr *node(struct arena *arena, enum expr_kind kind, const char *word,
	size_t operands)
{
	struct ddl_expr *expr = arena_alloc(arena, sizeof *expr);

	if (!expr)
		return NULL;
	expr->kind = kind;
	expr->height = 1;
	if (word && !(expr->word = arena_strdup(arena, word)))
		return NULL;
	if (operands > 0) {
		expr->args.items = arena_array(arena, operands, sizeof *expr->args.items);
		expr->args.capacity = operands;
		if (!expr->args.items)
			return NULL;
	}
	return expr;
}

/* Into a node with room for it; NULL if either is. The place is the first operand's
 * that has one. */
static struct ddl_expr *with(struct ddl_expr *expr, const struct ddl_expr *operand)
{
	if (!expr || !operand)
		return NULL;
	expr->args.items[expr->args.count++] = operand;
	if (operand->height >= expr->height)
		expr->height = (unsigned short)(operand->height + 1);
	if (!expr->span.line) {
		expr->span = operand->span;
		expr->span.length = 0;
	}
	return expr;
}

static struct ddl_ident *ident(struct arena *arena, const char *name)
{
	struct ddl_ident *one = arena_alloc(arena, sizeof *one);

	if (!one || !(one->name = arena_strdup(arena, name)))
		return NULL;
	return one;
}

static bool set_name(struct arena *arena, struct ddl_name *out, const char *name)
{
	out->first = out->last = ident(arena, name);
	out->count = 1;
	return out->first != NULL;
}

static struct ddl_expr *call(struct arena *arena, const char *name, size_t count)
{
	struct ddl_expr *expr = node(arena, EXPR_CALL, NULL, count);

	if (!expr || !(expr->call = arena_alloc(arena, sizeof *expr->call)))
		return NULL;
	return set_name(arena, &expr->call->name, name) ? expr : NULL;
}

const struct ddl_expr *make_call(struct arena *arena, const char *name, size_t count, ...)
{
	struct ddl_expr *expr = call(arena, name, count);
	va_list arguments;

	va_start(arguments, count);
	for (size_t i = 0; i < count; i++)
		expr = with(expr, va_arg(arguments, const struct ddl_expr *));
	va_end(arguments);
	return expr;
}

static struct ddl_expr *with_list(struct ddl_expr *expr, const struct expr_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		expr = with(expr, list->items[i]);
	return expr;
}

const struct ddl_expr *make_call_list(struct arena *arena, const char *name,
	const struct expr_list *arguments)
{
	return with_list(call(arena, name, arguments->count), arguments);
}

const struct ddl_expr *make_bare_call(struct arena *arena, const char *name)
{
	struct ddl_expr *expr = call(arena, name, 0);

	if (expr)
		expr->call->bare = true;
	return expr;
}

const struct ddl_expr *make_infix(struct arena *arena, const struct ddl_expr *left,
	const char *operator, const struct ddl_expr *right)
{
	return with(with(node(arena, EXPR_INFIX, operator, 2), left), right);
}

const struct ddl_expr *make_infix_list(struct arena *arena, const char *operator,
	const struct expr_list *operands)
{
	return with_list(node(arena, EXPR_INFIX, operator, operands->count), operands);
}

const struct ddl_expr *make_prefix(struct arena *arena, const char *operator,
	const struct ddl_expr *operand)
{
	return with(node(arena, EXPR_PREFIX, operator, 1), operand);
}

const struct ddl_expr *make_test(struct arena *arena, const struct ddl_expr *operand, bool negated,
	const char *state)
{
	struct ddl_expr *expr = with(node(arena, EXPR_TEST, state, 1), operand);

	if (expr)
		expr->negated = negated;
	return expr;
}

const struct ddl_expr *make_like(struct arena *arena, const struct ddl_expr *model,
	const char *operator, const struct ddl_expr *left, const struct ddl_expr *pattern)
{
	struct ddl_expr *expr = with(with(node(arena, EXPR_LIKE, operator, 3), left), pattern);

	if (!expr)
		return NULL;
	expr->span = model->span;
	expr->negated = model->negated;
	return model->args.count > 2 ? with(expr, model->args.items[2]) : expr;
}

const struct ddl_expr *make_number(struct arena *arena, const char *text)
{
	return node(arena, EXPR_NUMBER, text, 0);
}

const struct ddl_expr *make_keyword(struct arena *arena, const char *word)
{
	return node(arena, EXPR_KEYWORD, word, 0);
}

const struct ddl_expr *make_string(struct arena *arena, const char *text, size_t length)
{
	struct ddl_expr *expr = node(arena, EXPR_STRING, NULL, 0);

	if (!expr || !(expr->string = arena_alloc(arena, sizeof *expr->string)))
		return NULL;
	expr->string->value = arena_strndup(arena, text, length);
	expr->string->length = length;
	return expr->string->value ? expr : NULL;
}

const struct ddl_expr *make_column(struct arena *arena, const char *name)
{
	struct ddl_expr *expr = node(arena, EXPR_COLUMN, NULL, 0);

	if (!expr || !(expr->name = arena_alloc(arena, sizeof *expr->name)))
		return NULL;
	return set_name(arena, expr->name, name) ? expr : NULL;
}

const struct ddl_expr *make_parens(struct arena *arena, const struct ddl_expr *operand)
{
	return with(node(arena, EXPR_PAREN, NULL, 1), operand);
}

const struct ddl_expr *make_collate(struct arena *arena, const struct ddl_expr *operand,
	const char *collation)
{
	struct ddl_expr *expr = with(node(arena, EXPR_COLLATE, NULL, 1), operand);

	if (!expr || !(expr->name = arena_alloc(arena, sizeof *expr->name)))
		return NULL;
	return set_name(arena, expr->name, collation) ? expr : NULL;
}

const struct ddl_expr *make_cast(struct arena *arena, const struct ddl_expr *operand,
	const char *type)
{
	struct ddl_expr *expr = with(node(arena, EXPR_CAST, type, 1), operand);

	if (expr)
		expr->final = true;
	return expr;
}

const struct ddl_expr *make_case(struct arena *arena, const struct ddl_expr *when,
	const struct ddl_expr *then, const struct ddl_expr *otherwise)
{
	struct ddl_expr *expr = node(arena, EXPR_CASE, NULL, 0);

	if (!expr || !when || !then || !(expr->branches = arena_alloc(arena, sizeof *expr->branches)))
		return NULL;
	expr->branches->branches.items = arena_array(arena, 1, sizeof *expr->branches->branches.items);
	if (!expr->branches->branches.items)
		return NULL;
	expr->branches->branches.items[0] = (struct expr_branch) { when, then };
	expr->branches->branches.count = expr->branches->branches.capacity = 1;
	expr->branches->otherwise = otherwise;
	expr->span = when->span;
	expr->span.length = 0;
	return expr;
}

struct ddl_expr *make_copy(struct arena *arena, const struct ddl_expr *expr)
{
	struct ddl_expr *copy = expr ? arena_alloc(arena, sizeof *copy) : NULL;
	size_t count = expr ? expr->args.count : 0;

	if (!copy)
		return NULL;
	*copy = *expr;
	copy->args.capacity = count;
	copy->args.items = arena_array(arena, count ? count : 1, sizeof *copy->args.items);
	if (!copy->args.items)
		return NULL;
	if (count > 0)
		memcpy(copy->args.items, expr->args.items, count * sizeof *copy->args.items);
	return copy;
}

const struct ddl_expr *make_final(struct arena *arena, const struct ddl_expr *expr)
{
	struct ddl_expr *copy = make_copy(arena, expr);

	if (copy)
		copy->final = true;
	return copy;
}
