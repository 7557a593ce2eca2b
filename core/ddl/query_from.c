/* SPDX-License-Identifier: BSD-2-Clause */
/* What rows come from: tables, queries, functions, joins. */
#include "ddl/query_int.h"

#include "base/error.h"
#include "ddl/expr_int.h"

static int joins(struct parser *p, struct from_item *first, struct limbeck_error *err);

int partitions_parse(struct parser *p, struct ddl_ident **out, struct limbeck_error *err)
{
	if (!parser_at(p, "PARTITION") || parser_peek(p, 1)->kind != TOKEN_OPEN)
		return 0;
	parser_next(p);
	return ident_group_parse(p, out, err);
}

static int hint(struct parser *p, const char *words, struct index_hint **out,
	struct limbeck_error *err)
{
	struct index_hint *one = *out = parser_alloc(p, sizeof *one, err);

	if (!one)
		return -1;
	one->words = words;
	one->parens = parser_accept_kind(p, TOKEN_OPEN);
	if (words[0] == 'N' || (one->parens && parser_accept_kind(p, TOKEN_CLOSE)))
		return 0;
	if (ident_list_parse(p, &one->names, err))
		return -1;
	return one->parens ? parser_expect_kind(p, TOKEN_CLOSE, err) : 0;
}

static int hints(struct parser *p, struct index_hint **out, struct limbeck_error *err)
{
	static const char *const words[] = { "USE INDEX FOR JOIN", "USE INDEX FOR ORDER BY",
		"USE INDEX FOR GROUP BY", "USE INDEX", "USE KEY", "IGNORE INDEX FOR JOIN",
		"IGNORE INDEX FOR ORDER BY", "IGNORE INDEX FOR GROUP BY", "IGNORE INDEX",
		"IGNORE KEY", "FORCE INDEX FOR JOIN", "FORCE INDEX FOR ORDER BY",
		"FORCE INDEX FOR GROUP BY", "FORCE INDEX", "FORCE KEY", "INDEXED BY", "NOT INDEXED",
		NULL };
	const char *word;

	for (; (word = word_take(p, words)); out = &(*out)->next)
		if (hint(p, word, out, err))
			return -1;
	return 0;
}

/* (a, b), or (a int, b text) of a function */
static int columns(struct parser *p, struct from_item *item, struct limbeck_error *err)
{
	struct column_definition **tail = &item->columns;

	if (!parser_at_kind(p, TOKEN_OPEN))
		return 0;
	parser_next(p);
	item->columns_parens = true;
	do {
		*tail = parser_alloc(p, sizeof **tail, err);
		if (!*tail || ident_parse(p, &(*tail)->name, err))
			return -1;
		if (!parser_at_kind(p, TOKEN_COMMA) && !parser_at_kind(p, TOKEN_CLOSE)
			&& type_parse(p, TYPE_OF_CAST, &(*tail)->type, err))
			return -1;
		tail = &(*tail)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

static int alias(struct parser *p, struct from_item *item, struct limbeck_error *err)
{
	static const char *const hinting[] = { "USE INDEX", "USE KEY", NULL };

	if (parser_at_any(p, hinting))
		return 0;
	if (parser_at(p, "AS") && parser_peek(p, 1)->kind == TOKEN_OPEN)
		item->as = parser_accept(p, "AS");
	else if (alias_parse(p, &item->as, &item->alias, err))
		return -1;
	if (item->alias || item->as)
		return columns(p, item, err);
	return 0;
}

/* An operand without operators behind it. */
static int operand(struct parser *p, const struct ddl_expr **out, struct limbeck_error *err)
{
	struct ddl_expr *expr;

	if (expr_climb(p, EXPR_ATOM, &expr, err))
		return -1;
	*out = expr;
	return 0;
}

static int sample(struct parser *p, struct from_item *item, struct limbeck_error *err)
{
	if (!parser_accept(p, "TABLESAMPLE"))
		return 0;
	if (operand(p, &item->sample, err))
		return -1;
	if (!parser_accept(p, "REPEATABLE"))
		return 0;
	return operand(p, &item->repeatable, err);
}

static int call(struct parser *p, struct expr_list *out, struct limbeck_error *err)
{
	const struct ddl_expr *expr;

	if (operand(p, &expr, err))
		return -1;
	return vec_push_arena(out, expr, p->arena) ? 0 : error_nomem(err);
}

static int rows_from(struct parser *p, struct from_item *item, struct limbeck_error *err)
{
	item->kind = FROM_ROWS;
	parser_accept(p, "ROWS FROM");
	if (parser_expect_kind(p, TOKEN_OPEN, err))
		return -1;
	do {
		if (call(p, &item->calls, err))
			return -1;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

/* Whether the qualified name here is a function's. */
static bool is_call(struct parser *p)
{
	static const char *const bare[] = { "CURRENT_DATE", "CURRENT_TIMESTAMP", "CURRENT_USER", "CAST",
		NULL };
	unsigned ahead = 1;

	while (ahead + 2 < PARSER_SIGHT && parser_peek(p, ahead)->kind == TOKEN_OPERATOR
		&& parser_peek(p, ahead)->text[0] == '.')
		ahead += 2;
	return parser_peek(p, ahead)->kind == TOKEN_OPEN || parser_at_any(p, bare);
}

static int table(struct parser *p, struct from_item *item, struct limbeck_error *err)
{
	item->only = parser_accept(p, "ONLY");
	item->only_parens = item->only && parser_accept_kind(p, TOKEN_OPEN);
	if (expr_reserved(parser_peek(p, 0)))
		return parser_fail(p, "a table", err);
	if (!item->only && is_call(p)) {
		item->kind = FROM_FUNCTION;
		if (call(p, &item->calls, err))
			return -1;
		if (item->calls.items[0]->kind != EXPR_CALL && item->calls.items[0]->kind != EXPR_CAST)
			return parser_refuse(p, &item->calls.items[0]->span, "this FROM", err);
		item->ordinality = parser_accept(p, "WITH ORDINALITY");
		return 0;
	}
	if (name_parse(p, &item->name, err))
		return -1;
	if (item->only_parens && parser_expect_kind(p, TOKEN_CLOSE, err))
		return -1;
	item->star = parser_accept_operator(p, "*");
	return partitions_parse(p, &item->partitions, err);
}

static int group(struct parser *p, struct from_item *item, struct limbeck_error *err)
{
	int result;

	if (expr_at_query(p)) {
		item->kind = FROM_QUERY;
		parser_next(p);
		result = ddl_query_parse(p, &item->query, err);
	} else {
		item->kind = FROM_PAREN;
		parser_next(p);
		result = from_list_parse(p, &item->inner, err);
	}
	return result ? -1 : parser_expect_kind(p, TOKEN_CLOSE, err);
}

static int primary(struct parser *p, struct from_item **out, struct limbeck_error *err)
{
	struct from_item *item = *out = parser_alloc(p, sizeof *item, err);
	int result;

	if (!item)
		return -1;
	item->span = parser_open_span(p);
	item->lateral = parser_accept(p, "LATERAL");
	if (parser_at_kind(p, TOKEN_OPEN))
		result = group(p, item, err);
	else if (parser_at(p, "ROWS FROM"))
		result = rows_from(p, item, err);
	else
		result = table(p, item, err);
	if (result || alias(p, item, err) || hints(p, &item->hints, err)
		|| sample(p, item, err))
		return -1;
	parser_close_span(p, &item->span);
	return 0;
}

static const char *join_words(struct parser *p)
{
	static const char *const words[] = { "JOIN", "INNER JOIN", "LEFT JOIN", "LEFT OUTER JOIN",
		"RIGHT JOIN", "RIGHT OUTER JOIN", "FULL JOIN", "FULL OUTER JOIN", "CROSS JOIN",
		"NATURAL JOIN", "NATURAL INNER JOIN", "NATURAL LEFT JOIN", "NATURAL LEFT OUTER JOIN",
		"NATURAL RIGHT JOIN", "NATURAL RIGHT OUTER JOIN", "NATURAL FULL JOIN",
		"NATURAL FULL OUTER JOIN", "STRAIGHT_JOIN", NULL };

	return word_take(p, words);
}

static bool joins_here(struct parser *p)
{
	struct parser_cursor saved = p->at;
	bool here = join_words(p) != NULL;

	p->at = saved;
	return here;
}

static int condition(struct parser *p, struct from_join *join, struct limbeck_error *err)
{
	if (parser_accept(p, "ON"))
		return expr_parse_free(p, &join->on, err);
	if (!parser_accept(p, "USING"))
		return 0;
	if (ident_group_parse(p, &join->columns, err))
		return -1;
	return parser_accept(p, "AS") ? ident_parse_new(p, &join->alias, err) : 0;
}

/* The right side of a join; what joins there before this one's ON belongs to it. */
static int right_side(struct parser *p, struct from_join *join, struct limbeck_error *err)
{
	bool qualified = join->words[0] != 'C' && join->words[0] != 'N';
	int result;

	if (parser_enter(p, err))
		return -1;
	result = primary(p, &join->item, err);
	if (result == 0 && qualified && joins_here(p))
		result = joins(p, join->item, err);
	parser_leave(p);
	return result;
}

/* No condition came: what follows joined to all that stands before, not to the item. */
static void flatten(struct from_join *join)
{
	join->next = join->item->joins;
	join->item->joins = NULL;
}

static int joins(struct parser *p, struct from_item *first, struct limbeck_error *err)
{
	struct from_join **tail = &first->joins;
	struct ddl_span span;
	const char *words;

	for (span = parser_open_span(p); (words = join_words(p)); span = parser_open_span(p)) {
		*tail = parser_alloc(p, sizeof **tail, err);
		if (!*tail)
			return -1;
		parser_close_span(p, &span);
		(*tail)->words = words;
		(*tail)->span = span;
		if (right_side(p, *tail, err) || condition(p, *tail, err))
			return -1;
		if (!(*tail)->on && !(*tail)->columns)
			flatten(*tail);
		while (*tail)
			tail = &(*tail)->next;
	}
	parser_close_span(p, &first->span);
	return 0;
}

static int from_item_parse(struct parser *p, struct from_item **out, struct limbeck_error *err)
{
	return primary(p, out, err) || joins(p, *out, err) ? -1 : 0;
}

int from_table_parse(struct parser *p, struct from_item **out, struct limbeck_error *err)
{
	return primary(p, out, err);
}

int from_list_parse(struct parser *p, struct from_list *out, struct limbeck_error *err)
{
	struct from_item *item;
	int result = 0;

	if (parser_enter(p, err))
		return -1;
	do {
		result = from_item_parse(p, &item, err);
		if (result == 0 && !vec_push_arena(out, item, p->arena))
			result = error_nomem(err);
	} while (result == 0 && parser_accept_kind(p, TOKEN_COMMA));
	parser_leave(p);
	return result;
}
