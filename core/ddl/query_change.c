/* SPDX-License-Identifier: BSD-2-Clause */
/* UPDATE, DELETE, and which statement it is. */
#include "ddl/query_int.h"

#include "base/error.h"
#include "ddl/expr_int.h"

static const char *const actions[] = { "OR REPLACE", "OR IGNORE", "OR ABORT", "OR FAIL",
	"OR ROLLBACK", NULL };
static const char *const modifiers[] = { "LOW_PRIORITY", "QUICK", "IGNORE", NULL };

static int assignment(struct parser *p, struct ddl_assignment *out, struct limbeck_error *err)
{
	struct ddl_expr *column;

	out->parens = parser_accept_kind(p, TOKEN_OPEN);
	do {
		if (expr_target(p, &column, err))
			return -1;
		if (!vec_push_arena(&out->targets, column, p->arena))
			return error_nomem(err);
	} while (out->parens && parser_accept_kind(p, TOKEN_COMMA));
	if (out->parens && parser_expect_kind(p, TOKEN_CLOSE, err))
		return -1;
	out->operator = parser_accept_operator(p, ":=") ? ":=" : "=";
	if (out->operator[0] == '=' && parser_expect_operator(p, "=", err))
		return -1;
	return expr_parse_free(p, &out->value, err);
}

int assignments_parse(struct parser *p, struct ddl_assignment **out, struct limbeck_error *err)
{
	do {
		*out = parser_alloc(p, sizeof **out, err);
		if (!*out || assignment(p, *out, err))
			return -1;
		out = &(*out)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return 0;
}

static int ends(struct parser *p, struct order_list *order, struct ddl_limit **limit,
	struct select_list *returning, bool *first, struct limbeck_error *err)
{
	if (returning_parse(p, returning, err))
		return -1;
	*first = returning->count > 0;
	if (parser_accept(p, "ORDER BY") && order_parse(p, order, err))
		return -1;
	if (limit_parse(p, limit, err))
		return -1;
	return returning->count ? 0 : returning_parse(p, returning, err);
}

int update_parse(struct parser *p, struct ddl_with *with, struct ddl_update **out,
	struct limbeck_error *err)
{
	struct ddl_update *update = parser_alloc(p, sizeof *update, err);

	if (!update)
		return -1;
	*out = update;
	update->with = with;
	parser_next(p);
	update->or_action = word_take(p, actions);
	if (modifiers_parse(p, modifiers, &update->modifiers, err)
		|| from_list_parse(p, &update->tables, err) || parser_expect(p, "SET", err)
		|| assignments_parse(p, &update->set, err))
		return -1;
	if (parser_accept(p, "FROM") && from_list_parse(p, &update->from, err))
		return -1;
	if (where_row_parse(p, &update->where, &update->cursor, err))
		return -1;
	return ends(p, &update->order, &update->limit, &update->returning,
		&update->returning_first, err);
}

/* t, t.* of a list of tables to delete from */
static int delete_targets(struct parser *p, struct delete_target **out, struct limbeck_error *err)
{
	struct ddl_expr *target;

	do {
		*out = parser_alloc(p, sizeof **out, err);
		if (!*out || expr_target(p, &target, err))
			return -1;
		if (!target->name)
			return parser_refuse(p, &target->span, "this DELETE", err);
		(*out)->name = *target->name;
		(*out)->star = target->kind == EXPR_STAR;
		out = &(*out)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return 0;
}

/* Whether a list of targets stands behind FROM, since USING or a comma follows it: with
 * one target and USING it is the other form, where the target is a table of its own. */
static bool several_targets(struct parser *p)
{
	struct parser_cursor saved = p->at;
	struct delete_target *targets = NULL;
	bool several;

	several = name_at(p, 0) && delete_targets(p, &targets, NULL) == 0
		&& parser_at(p, "USING") && (targets->next || targets->star);
	p->at = saved;
	return several;
}

static int delete_what(struct parser *p, struct ddl_delete *delete, struct limbeck_error *err)
{
	struct from_item *item;

	if (!parser_accept(p, "FROM")) {
		delete->form = DELETE_LIST;
		if (delete_targets(p, &delete->targets, err))
			return -1;
		if (parser_accept(p, "FROM"))
			return from_list_parse(p, &delete->tables, err);
		delete->no_from = true;
		return 0;
	}
	if (several_targets(p)) {
		delete->form = DELETE_USING;
		return delete_targets(p, &delete->targets, err) || parser_expect(p, "USING", err)
			|| from_list_parse(p, &delete->tables, err) ? -1 : 0;
	}
	if (from_table_parse(p, &item, err))
		return -1;
	if (!vec_push_arena(&delete->tables, item, p->arena))
		return error_nomem(err);
	return parser_accept(p, "USING") ? from_list_parse(p, &delete->from, err) : 0;
}

int delete_parse(struct parser *p, struct ddl_with *with, struct ddl_delete **out,
	struct limbeck_error *err)
{
	struct ddl_delete *delete = parser_alloc(p, sizeof *delete, err);

	if (!delete)
		return -1;
	*out = delete;
	delete->with = with;
	parser_next(p);
	if (modifiers_parse(p, modifiers, &delete->modifiers, err) || delete_what(p, delete, err)
		|| where_row_parse(p, &delete->where, &delete->cursor, err))
		return -1;
	return ends(p, &delete->order, &delete->limit, &delete->returning,
		&delete->returning_first, err);
}

bool dml_at(struct parser *p)
{
	static const char *const words[] = { "SELECT", "VALUES", "TABLE", "WITH", "INSERT", "REPLACE",
		"UPDATE", "DELETE", NULL };

	return parser_at_kind(p, TOKEN_OPEN) || parser_at_any(p, words);
}

static int statement(struct parser *p, struct ddl_dml *dml, struct limbeck_error *err)
{
	struct ddl_with *with;

	if (with_parse(p, &with, err))
		return -1;
	if (parser_at(p, "INSERT") || parser_at(p, "REPLACE")) {
		dml->kind = DML_INSERT;
		return insert_parse(p, with, &dml->insert, err);
	}
	if (parser_at(p, "UPDATE")) {
		dml->kind = DML_UPDATE;
		return update_parse(p, with, &dml->update, err);
	}
	if (parser_at(p, "DELETE")) {
		dml->kind = DML_DELETE;
		return delete_parse(p, with, &dml->delete, err);
	}
	dml->kind = DML_QUERY;
	return query_parse_body(p, with, &dml->query, err);
}

int dml_parse(struct parser *p, struct ddl_dml **out, struct limbeck_error *err)
{
	struct ddl_dml *dml = parser_alloc(p, sizeof *dml, err);
	unsigned short tallest = p->tallest;
	int result;

	if (!dml || parser_enter(p, err))
		return -1;
	*out = dml;
	dml->span = parser_open_span(p);
	p->tallest = 0;
	result = statement(p, dml, err);
	if (result == 0 && dml->kind == DML_QUERY)
		dml->query->height = (unsigned short)(p->tallest + 1);
	p->tallest = p->tallest < tallest ? tallest : (unsigned short)(p->tallest + 1);
	parser_close_span(p, &dml->span);
	parser_leave(p);
	return result;
}
