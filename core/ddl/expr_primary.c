/* SPDX-License-Identifier: BSD-2-Clause */
/* What operators stand between: names, literals, calls, what is in parentheses. */
#include "ddl/expr_int.h"

#include <string.h>

#include "base/error.h"

/* Functions that are called without parentheses. */
static const char *const bare_calls[] = { "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP",
	"LOCALTIME", "LOCALTIMESTAMP", "CURRENT_USER", "CURRENT_ROLE", "CURRENT_CATALOG",
	"CURRENT_SCHEMA", "SESSION_USER", "UTC_DATE", "UTC_TIME", "UTC_TIMESTAMP", NULL };

static const char *const constants[] = { "NULL", "TRUE", "FALSE", "DEFAULT", NULL };

static bool ends_operand(struct parser *p, unsigned ahead)
{
	enum token_kind kind = parser_peek(p, ahead)->kind;

	return kind == TOKEN_END || kind == TOKEN_CLOSE || kind == TOKEN_COMMA;
}

/* Copies the tokens that the node consists of. */
static int leaf(struct parser *p, struct ddl_expr *expr, unsigned tokens,
	struct limbeck_error *err)
{
	while (tokens-- > 0)
		parser_next(p);
	parser_close_span(p, &expr->span);
	expr->word = arena_strndup(p->arena, expr->span.text, expr->span.length);
	return expr->word ? expr_end(p, expr, err) : error_nomem(err);
}

/* @name, @@scope.name, @'name': tokens of it, 0 if it is none. */
static unsigned variable_tokens(struct parser *p)
{
	unsigned count = 0;
	const struct token *token;

	while (count < 2 && parser_peek(p, count)->kind == TOKEN_OPERATOR
		&& parser_peek(p, count)->text[0] == '@')
		if (!parser_adjacent(p, count++))
			return 0;
	token = parser_peek(p, count);
	if (count == 0 || (token->kind != TOKEN_WORD && token->kind != TOKEN_IDENTIFIER
		&& token->kind != TOKEN_STRING))
		return 0;
	for (count++; parser_peek(p, count)->kind == TOKEN_OPERATOR
		&& parser_peek(p, count)->text[0] == '.' && count + 2 < PARSER_SIGHT; )
		count += 2;
	return count;
}

static int parenthesised(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	const struct ddl_expr *operand;
	struct ddl_expr *expr;

	if (expr_new(p, EXPR_PAREN, &expr, err))
		return -1;
	*out = expr;
	if (expr_at_query(p)) {
		expr->kind = EXPR_SUBQUERY;
		return expr_query(p, expr, err) || expr_end(p, expr, err) ? -1 : 0;
	}
	parser_next(p);
	if (parser_at_kind(p, TOKEN_CLOSE))
		expr->kind = EXPR_ROW;
	else
		do {
			if (expr_parse_free(p, &operand, err) || expr_add(p, expr, operand, err))
				return -1;
		} while (parser_accept_kind(p, TOKEN_COMMA));
	if (expr->args.count > 1)
		expr->kind = EXPR_ROW;
	return parser_expect_kind(p, TOKEN_CLOSE, err) || expr_end(p, expr, err) ? -1 : 0;
}

static int row(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	struct ddl_span span = parser_take(p);

	if (parenthesised(p, out, err))
		return -1;
	if ((*out)->kind == EXPR_SUBQUERY)
		return parser_refuse(p, &span, "ROW with a query", err);
	(*out)->kind = EXPR_ROW;
	(*out)->word = "ROW";
	(*out)->span = span;
	return expr_end(p, *out, err);
}

/* * and what ends in .* */
static int star(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	expr->kind = EXPR_STAR;
	parser_next(p);
	return expr_end(p, expr, err);
}

static int call(struct parser *p, struct ddl_expr *expr, struct ddl_name *name, bool bare,
	struct limbeck_error *err)
{
	expr->kind = EXPR_CALL;
	expr->call = parser_alloc(p, sizeof *expr->call, err);
	if (!expr->call)
		return -1;
	expr->call->name = *name;
	expr->call->bare = bare;
	if ((!bare && expr_call(p, expr, err)) || expr_call_end(p, expr, err))
		return -1;
	return expr_end(p, expr, err);
}

/* a, a.b, a.* */
static int column(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	struct ddl_ident **tail;
	struct ddl_name *name;

	name = parser_alloc(p, sizeof *name, err);
	if (!name || expr_new(p, EXPR_COLUMN, out, err))
		return -1;
	(*out)->name = name;
	name->span = parser_open_span(p);
	for (tail = &name->first; ; tail = &(*tail)->next) {
		if (ident_parse_new(p, tail, err))
			return -1;
		name->last = *tail;
		name->count++;
		parser_close_span(p, &name->span);
		if (!parser_accept_operator(p, "."))
			break;
		if (parser_at_operator(p, "*"))
			return star(p, *out, err);
	}
	return expr_end(p, *out, err);
}

/* A column, or a function that is called. */
static int named(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	bool bare = parser_at_any(p, bare_calls);

	if (column(p, out, err))
		return -1;
	if ((*out)->kind == EXPR_STAR)
		return 0;
	if (parser_at_kind(p, TOKEN_OPEN))
		return call(p, *out, (*out)->name, false, err);
	if (bare && (*out)->name->count == 1)
		return call(p, *out, (*out)->name, true, err);
	return 0;
}

static int sequence(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	if (expr_new(p, EXPR_SEQUENCE, out, err))
		return -1;
	(*out)->word = parser_at(p, "NEXT") ? "NEXT" : "PREVIOUS";
	if (!parser_accept(p, "NEXT VALUE FOR"))
		parser_accept(p, "PREVIOUS VALUE FOR");
	return name_parse_new(p, &(*out)->name, err) || expr_end(p, *out, err) ? -1 : 0;
}

static int exists(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	if (expr_new(p, EXPR_EXISTS, out, err))
		return -1;
	parser_next(p);
	return expr_query(p, *out, err) || expr_end(p, *out, err) ? -1 : 0;
}

static int grouping_sets(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	const struct ddl_expr *operand;

	if (expr_new(p, EXPR_GROUPING_SETS, out, err))
		return -1;
	parser_accept(p, "GROUPING SETS");
	if (parser_expect_kind(p, TOKEN_OPEN, err))
		return -1;
	do {
		if (expr_parse_free(p, &operand, err) || expr_add(p, *out, operand, err))
			return -1;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return parser_expect_kind(p, TOKEN_CLOSE, err) || expr_end(p, *out, err) ? -1 : 0;
}

/* What begins with a word that has a syntax of its own; 0 with *out NULL if none does. */
static int special(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	bool open = parser_peek(p, 1)->kind == TOKEN_OPEN;

	if (open && (parser_at(p, "CAST") || parser_at(p, "CONVERT") || parser_at(p, "TREAT")))
		return expr_cast(p, out, err);
	if (parser_at(p, "CASE") && !ends_operand(p, 1))
		return expr_case(p, out, err);
	if (open && parser_at(p, "EXISTS"))
		return exists(p, out, err);
	if (open && parser_at(p, "ROW"))
		return row(p, out, err);
	if (parser_at(p, "ARRAY") && (open || parser_peek(p, 1)->text[0] == '['))
		return expr_array(p, out, err);
	if (open && parser_at(p, "MATCH"))
		return expr_match(p, out, err);
	if (parser_at(p, "NEXT VALUE FOR") || parser_at(p, "PREVIOUS VALUE FOR"))
		return sequence(p, out, err);
	if (parser_at(p, "GROUPING SETS"))
		return grouping_sets(p, out, err);
	return expr_typed(p, out, err);
}

static int word(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	const struct token *token = parser_peek(p, 0);
	enum token_kind next = parser_peek(p, 1)->kind;

	*out = NULL;
	if (special(p, out, err))
		return -1;
	if (*out)
		return 0;
	token = parser_peek(p, 0);
	for (const char *const *constant = constants; *constant && next != TOKEN_OPEN; constant++)
		if (token_is(token, *constant)) {
			if (expr_new(p, EXPR_KEYWORD, out, err))
				return -1;
			(*out)->word = *constant;
			parser_next(p);
			return expr_end(p, *out, err);
		}
	if (expr_reserved(token) && !(next == TOKEN_OPEN && token_is(token, "VALUES")
		&& p->values_call))
		return parser_fail(p, "an expression", err);
	return named(p, out, err);
}

static int by_token(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	unsigned tokens;

	switch (parser_peek(p, 0)->kind) {
	case TOKEN_NUMBER:
		return expr_new(p, EXPR_NUMBER, out, err) ? -1 : leaf(p, *out, 1, err);
	case TOKEN_PARAMETER:
		return expr_new(p, EXPR_PARAMETER, out, err) ? -1 : leaf(p, *out, 1, err);
	case TOKEN_STRING:
		return expr_string(p, out, err);
	case TOKEN_OPEN:
		return parenthesised(p, out, err);
	case TOKEN_WORD:
		return expr_at_string(p) ? expr_string(p, out, err) : word(p, out, err);
	case TOKEN_IDENTIFIER:
		*out = NULL;
		if (expr_typed(p, out, err))
			return -1;
		return *out ? 0 : named(p, out, err);
	case TOKEN_OPERATOR:
		tokens = variable_tokens(p);
		if (tokens)
			return expr_new(p, EXPR_PARAMETER, out, err) ? -1 : leaf(p, *out, tokens, err);
		if (parser_at_operator(p, "*"))
			return expr_new(p, EXPR_STAR, out, err) ? -1 : star(p, *out, err);
		/* fall through */
	default:
		return parser_fail(p, "an expression", err);
	}
}

/* A bound of a slice, if one is there. */
static int bound(struct parser *p, const struct ddl_expr **out, struct limbeck_error *err)
{
	*out = NULL;
	if (parser_at_operator(p, ":") || parser_at_operator(p, "]"))
		return 0;
	if (parser_at_kind(p, TOKEN_PARAMETER) && parser_peek(p, 0)->text[0] == ':')
		return 0;
	return expr_parse_free(p, out, err);
}

/* :b of a[1:b] is read as a parameter. */
static bool accept_colon(struct parser *p)
{
	if (parser_accept_operator(p, ":"))
		return true;
	if (!parser_at_kind(p, TOKEN_PARAMETER) || parser_peek(p, 0)->text[0] != ':')
		return false;
	parser_cut(p);
	return true;
}

static int subscript(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	const struct ddl_expr *operand;
	struct ddl_expr *expr;

	if (expr_wrap(p, EXPR_SUBSCRIPT, *out, &expr, err))
		return -1;
	parser_next(p);
	if (bound(p, &operand, err) || expr_add(p, expr, operand, err))
		return -1;
	if (accept_colon(p)) {
		expr->kind = EXPR_SLICE;
		if (bound(p, &operand, err) || expr_add(p, expr, operand, err))
			return -1;
	} else if (!operand) {
		return parser_fail(p, "an expression", err);
	}
	*out = expr;
	return parser_expect_operator(p, "]", err) || expr_end(p, expr, err) ? -1 : 0;
}

static int field(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	struct ddl_expr *expr;

	if (expr_wrap(p, EXPR_FIELD, *out, &expr, err))
		return -1;
	parser_next(p);
	if (!parser_accept_operator(p, "*") && ident_parse_new(p, &expr->ident, err))
		return -1;
	*out = expr;
	return expr_end(p, expr, err);
}

static int suffixes(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	int result = 0;

	while (result == 0) {
		if (parser_at_operator(p, "["))
			result = subscript(p, out, err);
		else if (parser_at_operator(p, ".") && (*out)->kind != EXPR_NUMBER)
			result = field(p, out, err);
		else
			break;
	}
	return result;
}

int expr_primary(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	return by_token(p, out, err) || suffixes(p, out, err) ? -1 : 0;
}

int expr_target(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	return column(p, out, err) || suffixes(p, out, err) ? -1 : 0;
}
