/* SPDX-License-Identifier: BSD-2-Clause */
/* CASE, casts, arrays, MATCH ... AGAINST, and queries in expressions. */
#include "ddl/expr_int.h"

#include <string.h>

#include "base/error.h"
#include "ddl/query.h"

static bool begins_query(struct parser *p)
{
	return parser_at(p, "SELECT") || parser_at(p, "WITH")
		|| (parser_at(p, "VALUES") && !p->values_call)
		|| (parser_at(p, "TABLE") && parser_peek(p, 1)->kind != TOKEN_CLOSE);
}

/* What may follow a query in parentheses that is part of another. */
static const char *const goes_on[] = { "UNION", "INTERSECT", "EXCEPT", "MINUS", "ORDER", "LIMIT",
	"OFFSET", "FETCH", "FOR", NULL };

bool expr_at_query(struct parser *p)
{
	struct parser_cursor saved = p->at;
	unsigned depth = 0;
	struct ddl_span group;
	bool query;

	for (; parser_at_kind(p, TOKEN_OPEN); depth++)
		parser_next(p);
	query = begins_query(p);
	p->at = saved;
	if (depth < 2 || !query)
		return query;
	parser_next(p);
	query = parser_group(p, &group, NULL) == 0
		&& (parser_at_kind(p, TOKEN_CLOSE) || parser_at_any(p, goes_on));
	p->at = saved;
	return query;
}

int expr_query(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	if (parser_expect_kind(p, TOKEN_OPEN, err) || ddl_query_parse(p, &expr->query, err))
		return -1;
	if (expr->query->height >= expr->height)
		expr->height = (unsigned short)(expr->query->height + 1);
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

static int charset(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	expr->kind = EXPR_CHARSET;
	return name_parse_new(p, &expr->name, err);
}

/* CONVERT with anything but a type as its second argument is a function. */
static int convert_call(struct parser *p, struct ddl_expr *expr, struct ddl_name *name,
	struct limbeck_error *err)
{
	struct expr_list rest = { NULL, 0, 0 };

	expr->kind = EXPR_CALL;
	expr->form = FORM_PLAIN;
	expr->call = parser_alloc(p, sizeof *expr->call, err);
	if (!expr->call || expr_list_parse(p, &rest, err))
		return -1;
	expr->call->name = *name;
	for (size_t i = 0; i < rest.count; i++)
		if (expr_add(p, expr, rest.items[i], err))
			return -1;
	return 0;
}

static int cast_to(struct parser *p, struct ddl_expr *expr, struct ddl_name *name,
	struct limbeck_error *err)
{
	if (expr->form != CAST_CONVERT)
		return parser_expect(p, "AS", err) || type_parse(p, TYPE_OF_CAST, &expr->type, err)
			? -1 : 0;
	if (parser_accept(p, "USING"))
		return charset(p, expr, err);
	if (parser_expect_kind(p, TOKEN_COMMA, err))
		return -1;
	if (parser_at_kind(p, TOKEN_STRING))
		return convert_call(p, expr, name, err);
	return type_parse(p, TYPE_OF_CAST, &expr->type, err);
}

int expr_cast(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	const struct ddl_expr *operand;
	struct ddl_expr *expr;
	struct ddl_name name;

	if (expr_new(p, EXPR_CAST, &expr, err))
		return -1;
	expr->form = parser_at(p, "CAST") ? CAST_CALL : parser_at(p, "TREAT") ? CAST_TREAT
		: CAST_CONVERT;
	*out = expr;
	if (name_parse(p, &name, err))
		return -1;
	parser_next(p);
	if (expr_parse_free(p, &operand, err) || expr_add(p, expr, operand, err)
		|| cast_to(p, expr, &name, err))
		return -1;
	return parser_expect_kind(p, TOKEN_CLOSE, err) || expr_end(p, expr, err) ? -1 : 0;
}

static int branch(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	struct expr_branch branch;

	if (expr_parse_free(p, &branch.when, err) || parser_expect(p, "THEN", err)
		|| expr_parse_free(p, &branch.then, err))
		return -1;
	expr_raise(expr, branch.when);
	expr_raise(expr, branch.then);
	return vec_push_arena(&expr->branches->branches, branch, p->arena) ? 0 : error_nomem(err);
}

int expr_case(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	struct ddl_case *branches;

	if (expr_new(p, EXPR_CASE, out, err))
		return -1;
	branches = (*out)->branches = parser_alloc(p, sizeof *branches, err);
	if (!branches)
		return -1;
	parser_next(p);
	if (!parser_at(p, "WHEN") && expr_parse_free(p, &branches->subject, err))
		return -1;
	if (!parser_at(p, "WHEN"))
		return parser_fail(p, "WHEN", err);
	while (parser_accept(p, "WHEN"))
		if (branch(p, *out, err))
			return -1;
	if (parser_accept(p, "ELSE") && expr_parse_free(p, &branches->otherwise, err))
		return -1;
	expr_raise(*out, branches->subject);
	expr_raise(*out, branches->otherwise);
	return parser_expect(p, "END", err) || expr_end(p, *out, err) ? -1 : 0;
}

static int elements(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err);

/* [a, [b]]: arrays inside an array lack the word. */
static int inner_array(struct parser *p, const struct ddl_expr **out, struct limbeck_error *err)
{
	struct ddl_expr *array;
	int result;

	if (parser_enter(p, err))
		return -1;
	result = expr_new(p, EXPR_ARRAY, &array, err) || elements(p, array, err) ? -1 : 0;
	parser_leave(p);
	if (result == 0)
		*out = array;
	return result;
}

static int elements(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	const struct ddl_expr *element;

	parser_next(p);
	while (!parser_at_operator(p, "]")) {
		if (parser_at_operator(p, "[") ? inner_array(p, &element, err)
			: expr_parse_free(p, &element, err))
			return -1;
		if (expr_add(p, expr, element, err))
			return -1;
		if (!parser_accept_kind(p, TOKEN_COMMA) && !parser_at_operator(p, "]"))
			return parser_fail(p, ", or ]", err);
	}
	parser_next(p);
	return expr_end(p, expr, err);
}

int expr_array(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	if (expr_new(p, EXPR_ARRAY, out, err))
		return -1;
	(*out)->word = "ARRAY";
	parser_next(p);
	if (parser_at_operator(p, "["))
		return elements(p, *out, err);
	return expr_query(p, *out, err) || expr_end(p, *out, err) ? -1 : 0;
}

static const char *const modes[] = { "IN NATURAL LANGUAGE MODE WITH QUERY EXPANSION",
	"IN NATURAL LANGUAGE MODE", "IN BOOLEAN MODE", "WITH QUERY EXPANSION", NULL };

/* MATCH (a, b) AGAINST ('x' IN BOOLEAN MODE) */
int expr_match(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	struct expr_list columns = { NULL, 0, 0 };
	struct ddl_expr *expr, *against;
	bool restricted = p->restricted;
	int result;

	if (expr_new(p, EXPR_MATCH, &expr, err))
		return -1;
	*out = expr;
	parser_next(p);
	parser_next(p);
	if (expr_list_parse(p, &columns, err) || parser_expect_kind(p, TOKEN_CLOSE, err)
		|| parser_expect(p, "AGAINST", err) || parser_expect_kind(p, TOKEN_OPEN, err))
		return -1;
	p->restricted = true;
	result = expr_parse(p, &against, err);
	p->restricted = restricted;
	if (result || expr_add(p, expr, against, err))
		return -1;
	for (size_t i = 0; i < columns.count; i++)
		if (expr_add(p, expr, columns.items[i], err))
			return -1;
	for (const char *const *mode = modes; *mode && !expr->word; mode++)
		if (parser_accept(p, *mode))
			expr->word = *mode;
	return parser_expect_kind(p, TOKEN_CLOSE, err) || expr_end(p, expr, err) ? -1 : 0;
}
