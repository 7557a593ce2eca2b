/* SPDX-License-Identifier: BSD-2-Clause */
/* Queries: WITH, set operations, ORDER BY, LIMIT, locks. */
#include "ddl/query_int.h"

#include "base/error.h"
#include "ddl/expr_int.h"

const char *word_take(struct parser *p, const char *const *words)
{
	for (; *words; words++)
		if (parser_accept(p, *words))
			return *words;
	return NULL;
}

static int cte(struct parser *p, struct ddl_cte *out, struct limbeck_error *err)
{
	if (ident_parse(p, &out->name, err))
		return -1;
	if (parser_at_kind(p, TOKEN_OPEN) && ident_group_parse(p, &out->columns, err))
		return -1;
	if (parser_expect(p, "AS", err))
		return -1;
	if (parser_accept(p, "NOT MATERIALIZED"))
		out->materialized = MATERIALIZED_NO;
	else if (parser_accept(p, "MATERIALIZED"))
		out->materialized = MATERIALIZED_YES;
	if (parser_expect_kind(p, TOKEN_OPEN, err) || dml_parse(p, &out->statement, err))
		return -1;
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

int with_parse(struct parser *p, struct ddl_with **out, struct limbeck_error *err)
{
	struct ddl_with *with;
	struct ddl_cte **tail;

	*out = NULL;
	if (!parser_at(p, "WITH"))
		return 0;
	with = parser_alloc(p, sizeof *with, err);
	if (!with)
		return -1;
	*out = with;
	with->span = parser_open_span(p);
	parser_next(p);
	with->recursive = parser_accept(p, "RECURSIVE");
	tail = &with->first;
	do {
		*tail = parser_alloc(p, sizeof **tail, err);
		if (!*tail || cte(p, *tail, err))
			return -1;
		tail = &(*tail)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	parser_close_span(p, &with->span);
	return 0;
}

static int value_row(struct parser *p, struct value_row *out, struct limbeck_error *err)
{
	*out = (struct value_row) { 0 };
	out->row = parser_accept(p, "ROW");
	if (parser_expect_kind(p, TOKEN_OPEN, err))
		return -1;
	if (!parser_at_kind(p, TOKEN_CLOSE) && expr_list_parse(p, &out->values, err))
		return -1;
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

int value_rows_parse(struct parser *p, struct value_rows *out, struct limbeck_error *err)
{
	struct value_row row;

	do {
		if (value_row(p, &row, err))
			return -1;
		if (!vec_push_arena(out, row, p->arena))
			return error_nomem(err);
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return 0;
}

static int term(struct parser *p, struct query_term *out, struct limbeck_error *err)
{
	if (parser_accept_kind(p, TOKEN_OPEN)) {
		out->kind = TERM_PAREN;
		return ddl_query_parse(p, &out->query, err)
			|| parser_expect_kind(p, TOKEN_CLOSE, err) ? -1 : 0;
	}
	if (parser_accept(p, "VALUES")) {
		out->kind = TERM_VALUES;
		return value_rows_parse(p, &out->rows, err);
	}
	if (parser_accept(p, "TABLE")) {
		out->kind = TERM_TABLE;
		return name_parse_new(p, &out->table, err);
	}
	out->kind = TERM_SELECT;
	return select_parse(p, &out->select, err);
}

static int terms(struct parser *p, struct query_term **tail, struct limbeck_error *err)
{
	static const char *const sets[] = { "UNION", "INTERSECT", "EXCEPT", "MINUS", NULL };
	static const char *const quantifiers[] = { "ALL", "DISTINCT", NULL };
	const char *set = NULL, *quantifier = NULL;

	do {
		*tail = parser_alloc(p, sizeof **tail, err);
		if (!*tail)
			return -1;
		(*tail)->set = set;
		(*tail)->set_quantifier = quantifier;
		if (term(p, *tail, err))
			return -1;
		tail = &(*tail)->next;
		set = word_take(p, sets);
		quantifier = set ? word_take(p, quantifiers) : NULL;
	} while (set);
	return 0;
}

static int body(struct parser *p, struct ddl_query *query, struct limbeck_error *err)
{
	if (terms(p, &query->terms, err))
		return -1;
	if (parser_accept(p, "ORDER BY") && order_parse(p, &query->order, err))
		return -1;
	if (locks_parse(p, &query->locks, err))
		return -1;
	query->locks_first = query->locks != NULL;
	if (limit_parse(p, &query->limit, err))
		return -1;
	query->locks_first = query->locks_first && query->limit;
	if (!query->locks && locks_parse(p, &query->locks, err))
		return -1;
	return 0;
}

int query_parse_body(struct parser *p, struct ddl_with *with, struct ddl_query **out,
	struct limbeck_error *err)
{
	bool restricted = p->restricted, values_call = p->values_call;
	struct ddl_query *query;
	int result;

	query = parser_alloc(p, sizeof *query, err);
	if (!query)
		return -1;
	*out = query;
	query->with = with;
	query->span = with ? with->span : parser_open_span(p);
	p->restricted = p->values_call = false;
	result = body(p, query, err);
	p->restricted = restricted;
	p->values_call = values_call;
	parser_close_span(p, &query->span);
	return result;
}

int ddl_query_parse(struct parser *p, struct ddl_query **out, struct limbeck_error *err)
{
	unsigned short tallest = p->tallest;
	struct ddl_with *with;
	int result;

	if (parser_enter(p, err))
		return -1;
	p->tallest = 0;
	result = with_parse(p, &with, err) || query_parse_body(p, with, out, err) ? -1 : 0;
	if (result == 0)
		(*out)->height = (unsigned short)(p->tallest + 1);
	p->tallest = p->tallest < tallest ? tallest : (unsigned short)(p->tallest + 1);
	parser_leave(p);
	return result;
}

static int amount(struct parser *p, struct ddl_limit *limit, struct limbeck_error *err)
{
	static const char *const rows[] = { "ROWS", "ROW", NULL };
	static const char *const ends[] = { "ONLY", "WITH TIES", NULL };

	if (!parser_at_any(p, rows) && expr_parse_free(p, &limit->count, err))
		return -1;
	limit->fetch_rows = word_take(p, rows);
	limit->fetch_end = word_take(p, ends);
	return limit->fetch_rows && limit->fetch_end ? 0 : parser_fail(p, "ROWS ONLY", err);
}

static int count(struct parser *p, struct ddl_limit *limit, struct limbeck_error *err)
{
	static const char *const words[] = { "FETCH FIRST", "FETCH NEXT", "LIMIT", NULL };

	limit->word = word_take(p, words);
	if (limit->word[0] == 'F')
		return amount(p, limit, err);
	limit->all = parser_accept(p, "ALL");
	if (!limit->all && expr_parse_free(p, &limit->count, err))
		return -1;
	limit->comma = parser_accept_kind(p, TOKEN_COMMA);
	if (!limit->comma)
		return 0;
	limit->offset = limit->count;
	return expr_parse_free(p, &limit->count, err);
}

static int offset(struct parser *p, struct ddl_limit *limit, struct limbeck_error *err)
{
	static const char *const rows[] = { "ROWS", "ROW", NULL };

	parser_next(p);
	if (expr_parse_free(p, &limit->offset, err))
		return -1;
	limit->offset_rows = word_take(p, rows);
	return 0;
}

int limit_parse(struct parser *p, struct ddl_limit **out, struct limbeck_error *err)
{
	static const char *const counts[] = { "LIMIT", "FETCH FIRST", "FETCH NEXT", NULL };
	struct ddl_limit *limit = NULL;

	*out = NULL;
	for (;;) {
		bool counts_here = parser_at_any(p, counts), offset_here = parser_at(p, "OFFSET");

		if (!counts_here && !offset_here)
			return 0;
		if (!limit) {
			limit = *out = parser_alloc(p, sizeof *limit, err);
			if (!limit)
				return -1;
			limit->offset_first = offset_here;
		}
		if (counts_here ? limit->word != NULL : limit->offset != NULL)
			return parser_fail(p, "the statement's end", err);
		if (counts_here ? count(p, limit, err) : offset(p, limit, err))
			return -1;
	}
}

static int lock(struct parser *p, const char *words, struct ddl_lock **out,
	struct limbeck_error *err)
{
	static const char *const waits[] = { "NOWAIT", "SKIP LOCKED", "WAIT", NULL };
	struct ddl_lock *one = *out = parser_alloc(p, sizeof *one, err);

	if (!one)
		return -1;
	one->words = words;
	if (parser_accept(p, "OF") && name_list_parse(p, &one->tables, err))
		return -1;
	one->wait = word_take(p, waits);
	if (one->wait && one->wait[0] == 'W')
		return expr_parse_free(p, &one->seconds, err);
	return 0;
}

int locks_parse(struct parser *p, struct ddl_lock **out, struct limbeck_error *err)
{
	static const char *const strengths[] = { "FOR UPDATE", "FOR NO KEY UPDATE", "FOR SHARE",
		"FOR KEY SHARE", "FOR READ ONLY", "LOCK IN SHARE MODE", NULL };
	const char *words;

	for (*out = NULL; (words = word_take(p, strengths)); out = &(*out)->next)
		if (lock(p, words, out, err))
			return -1;
	return 0;
}
