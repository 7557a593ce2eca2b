/* SPDX-License-Identifier: BSD-2-Clause */
/* SELECT: its list and clauses. */
#include "ddl/query_int.h"

#include "base/error.h"
#include "ddl/expr_int.h"

int modifiers_parse(struct parser *p, const char *const *words, struct ddl_word **out,
	struct limbeck_error *err)
{
	const char *word;

	for (*out = NULL; (word = word_take(p, words)); out = &(*out)->next) {
		*out = parser_alloc(p, sizeof **out, err);
		if (!*out)
			return -1;
		(*out)->word = word;
	}
	return 0;
}

/* A string as an alias. */
static int string_alias(struct parser *p, struct ddl_ident **out, struct limbeck_error *err)
{
	struct ddl_ident *ident = parser_alloc(p, sizeof *ident, err);
	struct ddl_expr *string;

	if (!ident || expr_string(p, &string, err))
		return -1;
	ident->name = string->string->value;
	ident->quoted = true;
	ident->span = string->span;
	*out = ident;
	return 0;
}

int alias_parse(struct parser *p, bool *as, struct ddl_ident **out, struct limbeck_error *err)
{
	/* Elsewhere a string behind an expression or table is a mistake. */
	bool strings = !(p->lexis->flags & LIMBECK_LEX_E_STRINGS);
	const struct token *token;

	*as = parser_accept(p, "AS");
	*out = NULL;
	token = parser_peek(p, 0);
	if (token->kind == TOKEN_STRING && (strings || *as))
		return string_alias(p, out, err);
	if (!*as && (!name_at(p, 0) || alias_reserved(token)))
		return 0;
	return ident_parse_new(p, out, err);
}

int select_list_parse(struct parser *p, struct select_list *out, struct limbeck_error *err)
{
	do {
		struct select_item item = { 0 };

		if (expr_parse_free(p, &item.expr, err)
			|| alias_parse(p, &item.as, &item.alias, err))
			return -1;
		if (!vec_push_arena(out, item, p->arena))
			return error_nomem(err);
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return 0;
}

int returning_parse(struct parser *p, struct select_list *out, struct limbeck_error *err)
{
	return parser_accept(p, "RETURNING") ? select_list_parse(p, out, err) : 0;
}

int where_parse(struct parser *p, const struct ddl_expr **out, struct limbeck_error *err)
{
	return parser_accept(p, "WHERE") ? expr_parse_free(p, out, err) : 0;
}

int where_row_parse(struct parser *p, const struct ddl_expr **out,
	struct ddl_ident **cursor, struct limbeck_error *err)
{
	if (parser_accept(p, "WHERE CURRENT OF"))
		return ident_parse_new(p, cursor, err);
	return where_parse(p, out, err);
}

static int distinct(struct parser *p, struct ddl_select *select, struct limbeck_error *err)
{
	static const char *const words[] = { "ALL", "DISTINCTROW", "DISTINCT", "HIGH_PRIORITY",
		"STRAIGHT_JOIN", "SQL_SMALL_RESULT", "SQL_BIG_RESULT", "SQL_BUFFER_RESULT",
		"SQL_CACHE", "SQL_NO_CACHE", "SQL_CALC_FOUND_ROWS", NULL };

	if (modifiers_parse(p, words, &select->modifiers, err))
		return -1;
	for (struct ddl_word *word = select->modifiers; word; word = word->next)
		select->distinct = select->distinct || word->word[0] == 'D';
	select->on = select->distinct && parser_accept(p, "ON");
	if (!select->on)
		return 0;
	return parser_expect_kind(p, TOKEN_OPEN, err)
		|| expr_list_parse(p, &select->distinct_on, err)
		|| parser_expect_kind(p, TOKEN_CLOSE, err) ? -1 : 0;
}

static int into(struct parser *p, struct ddl_select *select, struct limbeck_error *err)
{
	static const char *const words[] = { "INTO TEMPORARY TABLE", "INTO TEMP TABLE",
		"INTO UNLOGGED TABLE", "INTO TEMPORARY", "INTO TEMP", "INTO UNLOGGED", "INTO TABLE",
		"INTO STRICT", NULL };
	bool variables;

	if (select->into_words || !parser_at(p, "INTO"))
		return 0;
	variables = parser_peek(p, 1)->text[0] == '@' || parser_peek(p, 1)->kind == TOKEN_PARAMETER;
	select->into_words = word_take(p, words);
	if (!select->into_words)
		select->into_words = "INTO";
	parser_accept(p, "INTO");
	if (variables)
		return expr_list_parse(p, &select->into_variables, err);
	return name_parse_new(p, &select->into, err);
}

static int group(struct parser *p, struct ddl_select *select, struct limbeck_error *err)
{
	static const char *const quantifiers[] = { "ALL", "DISTINCT", NULL };
	struct order_list order = { NULL, 0, 0 };

	if (!parser_accept(p, "GROUP BY"))
		return 0;
	select->group_by = true;
	select->group_quantifier = word_take(p, quantifiers);
	if (order_parse(p, &order, err))
		return -1;
	for (size_t i = 0; i < order.count; i++) {
		if (order.items[i].direction || order.items[i].nulls)
			return parser_refuse(p, &order.items[i].expr->span,
				"GROUP BY with an order", err);
		if (!vec_push_arena(&select->group, order.items[i].expr, p->arena))
			return error_nomem(err);
	}
	select->with_rollup = parser_accept(p, "WITH ROLLUP");
	return 0;
}

static int windows(struct parser *p, struct ddl_window **tail, struct limbeck_error *err)
{
	if (!parser_accept(p, "WINDOW"))
		return 0;
	do {
		*tail = parser_alloc(p, sizeof **tail, err);
		if (!*tail || ident_parse_new(p, &(*tail)->name, err)
			|| parser_expect(p, "AS", err) || window_parse(p, *tail, err))
			return -1;
		tail = &(*tail)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return 0;
}

static int clauses(struct parser *p, struct ddl_select *select, struct limbeck_error *err)
{
	static const char *const none[] = { "FROM", "WHERE", "UNION", "INTO", NULL };
	bool empty = parser_at_kind(p, TOKEN_END) || parser_at_any(p, none);

	if (!empty && select_list_parse(p, &select->items, err))
		return -1;
	if (into(p, select, err))
		return -1;
	if (parser_accept(p, "FROM") && from_list_parse(p, &select->from, err))
		return -1;
	if (where_parse(p, &select->where, err) || group(p, select, err))
		return -1;
	if (parser_accept(p, "HAVING") && expr_parse_free(p, &select->having, err))
		return -1;
	if (windows(p, &select->windows, err))
		return -1;
	select->into_last = !select->into_words && parser_at(p, "INTO");
	return into(p, select, err);
}

int select_parse(struct parser *p, struct ddl_select **out, struct limbeck_error *err)
{
	struct ddl_select *select = parser_alloc(p, sizeof *select, err);

	if (!select)
		return -1;
	*out = select;
	select->span = parser_open_span(p);
	if (parser_expect(p, "SELECT", err) || distinct(p, select, err) || clauses(p, select, err))
		return -1;
	parser_close_span(p, &select->span);
	return 0;
}
