/* SPDX-License-Identifier: BSD-2-Clause */
/* INSERT and REPLACE. */
#include "ddl/query_int.h"

#include "base/error.h"
#include "ddl/expr_int.h"

static const char *const modifiers[] = { "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", NULL };
static const char *const actions[] = { "OR REPLACE", "OR IGNORE", "OR ABORT", "OR FAIL",
	"OR ROLLBACK", NULL };

static bool at_query(struct parser *p)
{
	return parser_at(p, "SELECT") || parser_at(p, "WITH") || parser_at(p, "TABLE")
		|| (parser_at_kind(p, TOKEN_OPEN) && expr_at_query(p));
}

static int columns(struct parser *p, struct ddl_insert *insert, struct limbeck_error *err)
{
	struct ddl_expr *column;

	if (!parser_at_kind(p, TOKEN_OPEN) || at_query(p))
		return 0;
	parser_next(p);
	insert->columns_parens = true;
	if (parser_accept_kind(p, TOKEN_CLOSE))
		return 0;
	do {
		if (expr_target(p, &column, err))
			return -1;
		if (!vec_push_arena(&insert->columns, column, p->arena))
			return error_nomem(err);
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

static int head(struct parser *p, struct ddl_insert *insert, struct limbeck_error *err)
{
	insert->verb = parser_at(p, "REPLACE") ? "REPLACE" : "INSERT";
	parser_next(p);
	insert->or_action = word_take(p, actions);
	if (modifiers_parse(p, modifiers, &insert->modifiers, err))
		return -1;
	insert->into = parser_accept(p, "INTO");
	if (name_parse(p, &insert->name, err) || partitions_parse(p, &insert->partitions, err))
		return -1;
	if (parser_at_kind(p, TOKEN_OPEN))
		return columns(p, insert, err);
	if (parser_at(p, "VALUE") || parser_at(p, "WITH"))
		return 0;
	return alias_parse(p, &insert->as, &insert->alias, err) || columns(p, insert, err) ? -1 : 0;
}

static int values(struct parser *p, struct ddl_insert *insert, struct limbeck_error *err)
{
	static const char *const words[] = { "VALUES", "VALUE", NULL };

	insert->source = INSERT_VALUES;
	insert->values_word = word_take(p, words);
	return value_rows_parse(p, &insert->rows, err);
}

static int source(struct parser *p, struct ddl_insert *insert, struct limbeck_error *err)
{
	if (parser_accept(p, "OVERRIDING SYSTEM VALUE"))
		insert->overriding = "SYSTEM";
	else if (parser_accept(p, "OVERRIDING USER VALUE"))
		insert->overriding = "USER";
	if (parser_accept(p, "DEFAULT VALUES")) {
		insert->source = INSERT_DEFAULT;
		return 0;
	}
	if (parser_at(p, "VALUES") || parser_at(p, "VALUE"))
		return values(p, insert, err);
	if (parser_accept(p, "SET")) {
		insert->source = INSERT_SET;
		return assignments_parse(p, &insert->set, err);
	}
	insert->source = INSERT_QUERY;
	if (!at_query(p))
		return parser_fail(p, "VALUES or SELECT", err);
	return ddl_query_parse(p, &insert->query, err);
}

static int row_alias(struct parser *p, struct ddl_insert *insert, struct limbeck_error *err)
{
	if (!parser_accept(p, "AS"))
		return 0;
	if (ident_parse_new(p, &insert->row_alias, err))
		return -1;
	return parser_at_kind(p, TOKEN_OPEN) ? ident_group_parse(p, &insert->row_columns, err) : 0;
}

static int duplicate(struct parser *p, struct ddl_insert *insert, struct limbeck_error *err)
{
	bool values_call = p->values_call;
	int result;

	insert->duplicate_span = parser_open_span(p);
	if (!parser_accept(p, "ON DUPLICATE KEY UPDATE"))
		return 0;
	parser_close_span(p, &insert->duplicate_span);
	p->values_call = true;
	result = assignments_parse(p, &insert->duplicate, err);
	p->values_call = values_call;
	return result;
}

int insert_parse(struct parser *p, struct ddl_with *with, struct ddl_insert **out,
	struct limbeck_error *err)
{
	struct ddl_insert *insert = parser_alloc(p, sizeof *insert, err);

	if (!insert)
		return -1;
	*out = insert;
	insert->with = with;
	if (head(p, insert, err) || source(p, insert, err))
		return -1;
	if (insert->source != INSERT_QUERY && row_alias(p, insert, err))
		return -1;
	if (conflicts_parse(p, insert, err) || duplicate(p, insert, err))
		return -1;
	return returning_parse(p, &insert->returning, err);
}

static int target(struct parser *p, struct conflict_target *out, struct limbeck_error *err)
{
	*out = (struct conflict_target) { 0 };
	if (expr_parse_free(p, &out->expr, err))
		return -1;
	if (parser_accept(p, "ASC"))
		out->direction = "ASC";
	else if (parser_accept(p, "DESC"))
		out->direction = "DESC";
	else if (name_at(p, 0))
		return name_parse_new(p, &out->class, err);
	return 0;
}

static int targets(struct parser *p, struct ddl_conflict *conflict, struct limbeck_error *err)
{
	struct conflict_target one;

	if (parser_accept(p, "ON CONSTRAINT"))
		return ident_parse_new(p, &conflict->constraint, err);
	conflict->parens = parser_accept_kind(p, TOKEN_OPEN);
	if (!conflict->parens)
		return 0;
	do {
		if (target(p, &one, err))
			return -1;
		if (!vec_push_arena(&conflict->targets, one, p->arena))
			return error_nomem(err);
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return parser_expect_kind(p, TOKEN_CLOSE, err)
		|| where_parse(p, &conflict->target_where, err) ? -1 : 0;
}

static int conflict(struct parser *p, struct ddl_conflict *out, struct limbeck_error *err)
{
	if (targets(p, out, err) || parser_expect(p, "DO", err))
		return -1;
	if (parser_accept(p, "NOTHING")) {
		out->action = CONFLICT_NOTHING;
		return 0;
	}
	out->action = CONFLICT_UPDATE;
	return parser_expect(p, "UPDATE SET", err) || assignments_parse(p, &out->set, err)
		|| where_parse(p, &out->where, err) ? -1 : 0;
}

int conflicts_parse(struct parser *p, struct ddl_insert *insert, struct limbeck_error *err)
{
	struct ddl_conflict **tail = &insert->conflicts;
	struct ddl_span span = parser_open_span(p);

	for (; parser_accept(p, "ON CONFLICT"); span = parser_open_span(p)) {
		*tail = parser_alloc(p, sizeof **tail, err);
		if (!*tail || conflict(p, *tail, err))
			return -1;
		(*tail)->span = span;
		parser_close_span(p, &(*tail)->span);
		tail = &(*tail)->next;
	}
	return 0;
}
