/* SPDX-License-Identifier: BSD-2-Clause */
/* Operators and what they bind: precedence climbing. */
#include "ddl/expr_int.h"

#include <string.h>

#include "base/error.h"

/* The operator at the cursor. */
struct found {
	const char *text;
	size_t length;
	const struct operator *listed;  /* NULL: one of the others */
	unsigned level;                 /* 0: there is none */
	char grouping;
	bool negated;                   /* NOT stands before the word */
};

static int operators_of(struct parser *p, struct limbeck_error *err)
{
	const char *description = p->dialect ? dialect_operators(p->dialect) : NULL;
	struct operators *operators;

	if (p->operators)
		return 0;
	if (!description)
		return error_set(err, LIMBECK_E_UNSUPPORTED,
			"no operators are known of the dialect \"%s\"",
			p->dialect ? p->dialect : "");
	operators = parser_alloc(p, sizeof *operators, err);
	if (!operators)
		return -1;
	operators_init(operators, description);
	p->operators = operators;
	return 0;
}

/* The operator characters from the current token on that stand together. */
static size_t run_length(struct parser *p)
{
	const char *text = parser_peek(p, 0)->text, *end = p->text + p->length, *at = text;

	while (at < end && strchr("+-*/<>=~!@#%^&|`?:", *at) && *at)
		at++;
	return (size_t)(at - text);
}

static bool find_symbol(struct parser *p, bool prefix, struct found *found)
{
	const struct operators *all = p->operators;
	const struct token *token = parser_peek(p, 0);

	if (token->kind != TOKEN_OPERATOR)
		return false;
	found->text = token->text;
	found->length = operators_measure(all, token->text, run_length(p));
	while (found->length > 0) {
		found->listed = operators_find(all, token->text, found->length, prefix);
		if (found->listed || all->other || !prefix)
			break;
		found->length--; /* -@v: the prefix alone */
	}
	if (found->length == 0 || (!found->listed && !all->other))
		return false;
	if (prefix && !found->listed && operators_find(all, token->text, found->length, false))
		return false;
	found->level = found->listed ? found->listed->level : all->other;
	found->grouping = found->listed ? found->listed->grouping : GROUPS_LEFT;
	return true;
}

/* Passes the operator's tokens. */
static int take_symbol(struct parser *p, const struct found *found, struct limbeck_error *err)
{
	const char *end = found->text + found->length;

	for (;;) {
		const struct token *token = parser_peek(p, 0);
		const char *behind = token->text + token->length;

		if (behind > end)
			return parser_fail(p, NULL, err);
		parser_next(p);
		if (behind == end)
			return 0;
	}
}

/* A word that is an operator with another behind it, and else an alias. */
static bool complete(struct parser *p, const struct token *token)
{
	if (token_is(token, "AT"))
		return parser_at(p, "AT TIME ZONE") || parser_at(p, "AT LOCAL");
	if (token_is(token, "SIMILAR"))
		return parser_at(p, "SIMILAR TO");
	if (token_is(token, "SOUNDS"))
		return parser_at(p, "SOUNDS LIKE");
	if (token_is(token, "MEMBER"))
		return parser_at(p, "MEMBER OF");
	return true;
}

static bool find_word(struct parser *p, struct found *found)
{
	bool negated = parser_at(p, "NOT");
	const struct token *token = parser_peek(p, negated ? 1 : 0);
	const char *text = token->text;
	size_t length = token->length;

	if (p->restricted || token->kind != TOKEN_WORD)
		return false;
	if (negated ? token_is(token, "NULL")
		: token_is(token, "ISNULL") || token_is(token, "NOTNULL")) {
		text = "IS";
		length = 2;
	} else if (negated && (token_is(token, "AND") || token_is(token, "OR")
		|| token_is(token, "IS") || token_is(token, "COLLATE"))) {
		return false;
	} else if (!negated && !complete(p, token)) {
		return false;
	}
	found->listed = operators_find(p->operators, text, length, false);
	if (!found->listed)
		return false;
	*found = (struct found) { .text = token->text, .length = token->length,
		.listed = found->listed, .level = found->listed->level,
		.grouping = found->listed->grouping, .negated = negated };
	return true;
}

/* OPERATOR(schema.+) */
static bool find_qualified(struct parser *p, struct found *found)
{
	if (!p->operators->other || !parser_at(p, "OPERATOR")
		|| parser_peek(p, 1)->kind != TOKEN_OPEN)
		return false;
	found->level = p->operators->other;
	found->grouping = GROUPS_LEFT;
	return true;
}

static void find(struct parser *p, struct found *found)
{
	*found = (struct found) { 0 };
	if (parser_at_kind(p, TOKEN_WORD)) {
		if (!find_qualified(p, found))
			find_word(p, found);
	} else {
		find_symbol(p, false, found);
	}
}

static int take_qualified(struct parser *p, struct ddl_expr *expr, struct limbeck_error *err)
{
	static const char system[] = "OPERATOR(PG_CATALOG.";
	struct ddl_span span = parser_open_span(p), group;
	size_t prefix = sizeof system - 1;

	parser_next(p);
	if (parser_group(p, &group, err))
		return -1;
	parser_close_span(p, &span);
	expr->spelled = arena_strndup(p->arena, span.text, span.length);
	expr->word = expr_upper(p, span.text, span.length, err);
	if (!expr->spelled || !expr->word)
		return error_nomem(err);
	if (span.length > prefix + 1 && memcmp(expr->word, system, prefix) == 0) {
		expr->word = arena_strndup(p->arena, span.text + prefix,
			span.length - prefix - 1);
		if (!expr->word)
			return error_nomem(err);
	}
	return 0;
}

/* Passes the operator and says in the node what it is. */
static int take(struct parser *p, const struct found *found, struct ddl_expr *expr,
	struct limbeck_error *err)
{
	const struct operator *listed = found->listed;

	if (!found->text)
		return take_qualified(p, expr, err);
	expr->word = expr_upper(p, found->text, found->length, err);
	if (!expr->word)
		return -1;
	if (listed && listed->means) {
		expr->spelled = expr->word;
		expr->word = arena_strndup(p->arena, listed->means, listed->means_length);
		if (!expr->word)
			return error_nomem(err);
	}
	if (parser_at_kind(p, TOKEN_WORD)) {
		parser_next(p);
		return 0;
	}
	return take_symbol(p, found, err);
}

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* a + b, with another + behind it: one node with three operands. */
static bool extends(const struct ddl_expr *left, const struct ddl_expr *operator,
	const struct found *found)
{
	return left->kind == EXPR_INFIX && found->grouping == GROUPS_LEFT
		&& same(left->word, operator->word) && same(left->spelled, operator->spelled);
}

static int binary(struct parser *p, const struct found *found, struct ddl_expr **left,
	struct limbeck_error *err)
{
	struct ddl_expr *expr, *right;
	int quantified;

	if (expr_new(p, EXPR_INFIX, &expr, err) || take(p, found, expr, err))
		return -1;
	if (extends(*left, expr, found)) {
		expr = *left;
	} else {
		expr->span = (*left)->span;
		if (expr_add(p, expr, *left, err))
			return -1;
	}
	quantified = expr_quantified(p, &right, err);
	if (quantified < 0)
		return -1;
	if (!quantified && expr_climb(p,
		found->level + (found->grouping == GROUPS_RIGHT ? 0 : 1), &right, err))
		return -1;
	*left = expr;
	return expr_add(p, expr, right, err) || expr_end(p, expr, err) ? -1 : 0;
}

static int suffix(struct parser *p, const struct found *found, struct ddl_expr **left,
	struct limbeck_error *err)
{
	struct ddl_expr *expr;

	if (expr_wrap(p, EXPR_CAST, *left, &expr, err))
		return -1;
	if (parser_accept_operator(p, "::")) {
		expr->form = CAST_COLONS;
		if (type_parse(p, TYPE_OF_CAST, &expr->type, err))
			return -1;
	} else if (parser_accept(p, "COLLATE")) {
		expr->kind = EXPR_COLLATE;
		if (name_parse_new(p, &expr->name, err))
			return -1;
	} else {
		expr->kind = EXPR_ZONE;
		if (!parser_accept(p, "AT LOCAL") && (parser_expect(p, "AT TIME ZONE", err)
			|| expr_operand(p, expr, found->level + 1, err)))
			return -1;
	}
	*left = expr;
	return expr_end(p, expr, err);
}

/* One operator behind *left and what belongs to it. */
static int step(struct parser *p, const struct found *found, struct ddl_expr **left,
	struct limbeck_error *err)
{
	static const char *const suffixes[] = { "COLLATE", "AT", NULL };
	static const char *const infixes[] = { "AND", "OR", "XOR", "DIV", "MOD", "OVERLAPS", NULL };

	if (parser_at_operator(p, "::") || parser_at_any(p, suffixes))
		return suffix(p, found, left, err);
	if (found->text && parser_at_kind(p, TOKEN_WORD) && !parser_at_any(p, infixes))
		return expr_test(p, found->level, left, err);
	return binary(p, found, left, err);
}

static int prefix(struct parser *p, const struct found *found, struct ddl_expr **out,
	struct limbeck_error *err)
{
	unsigned level = found->level + (found->grouping == GROUPS_RIGHT ? 0 : 1);

	return expr_new(p, EXPR_PREFIX, out, err) || take(p, found, *out, err)
		|| expr_operand(p, *out, level, err) || expr_end(p, *out, err) ? -1 : 0;
}

static bool find_prefix(struct parser *p, struct found *found)
{
	const struct token *token = parser_peek(p, 0);
	enum token_kind next = parser_peek(p, 1)->kind;

	*found = (struct found) { 0 };
	if (token->kind != TOKEN_WORD)
		return find_symbol(p, true, found);
	if (next == TOKEN_COMMA || next == TOKEN_CLOSE || next == TOKEN_END)
		return false;
	found->listed = operators_find(p->operators, token->text, token->length, true);
	if (!found->listed)
		return find_qualified(p, found);
	found->text = token->text;
	found->length = token->length;
	found->level = found->listed->level;
	found->grouping = found->listed->grouping;
	return true;
}

static int climb(struct parser *p, unsigned level, struct ddl_expr **out,
	struct limbeck_error *err)
{
	struct found found;
	unsigned last = 0;

	if (find_prefix(p, &found) ? prefix(p, &found, out, err) : expr_primary(p, out, err))
		return -1;
	for (;;) {
		find(p, &found);
		if (found.level == 0 || found.level < level)
			return 0;
		if (found.grouping == GROUPS_NOT && found.level == last)
			return parser_fail(p, "parentheses around one of the comparisons", err);
		if (step(p, &found, out, err))
			return -1;
		/* What ends in a word or parenthesis of its own can't be read otherwise. */
		last = (*out)->kind == EXPR_TEST || (*out)->kind == EXPR_IN ? 0 : found.level;
	}
}

int expr_climb(struct parser *p, unsigned level, struct ddl_expr **out,
	struct limbeck_error *err)
{
	int result;

	if (operators_of(p, err) || parser_enter(p, err))
		return -1;
	result = climb(p, level, out, err);
	parser_leave(p);
	return result;
}

int expr_operand(struct parser *p, struct ddl_expr *expr, unsigned level,
	struct limbeck_error *err)
{
	struct ddl_expr *operand;

	return expr_climb(p, level, &operand, err) ? -1 : expr_add(p, expr, operand, err);
}

int expr_parse(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	return expr_climb(p, 0, out, err);
}

int expr_parse_free(struct parser *p, const struct ddl_expr **out, struct limbeck_error *err)
{
	bool restricted = p->restricted;
	struct ddl_expr *expr;
	int result;

	p->restricted = false;
	result = expr_climb(p, 0, &expr, err);
	p->restricted = restricted;
	if (result == 0)
		*out = expr;
	return result;
}

int expr_list_parse(struct parser *p, struct expr_list *out, struct limbeck_error *err)
{
	const struct ddl_expr *expr;

	do {
		if (expr_parse_free(p, &expr, err))
			return -1;
		if (!vec_push_arena(out, expr, p->arena))
			return error_nomem(err);
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return 0;
}
