/* SPDX-License-Identifier: BSD-2-Clause */
/* What rows come from. */
#include "translate/phrase_rules.h"

#include <string.h>

#include "base/vec.h"

static struct ddl_query *query_of(struct rewriting *r, struct ddl_select *select)
{
	struct ddl_query *query = arena_alloc(&r->arena, sizeof *query);
	struct query_term *term = arena_alloc(&r->arena, sizeof *term);

	if (!query || !term)
		return NULL;
	term->kind = TERM_SELECT;
	term->select = select;
	query->terms = term;
	return query;
}

/* (SELECT DISTINCT * FROM t): a copy, which the statement does not change. */
static struct ddl_query *copy_of(struct rewriting *r, const struct ddl_name *name)
{
	struct ddl_select *select = arena_alloc(&r->arena, sizeof *select);
	struct from_item *item = arena_alloc(&r->arena, sizeof *item);
	struct from_item **items = arena_alloc(&r->arena, sizeof *items);
	struct select_item *star = arena_alloc(&r->arena, sizeof *star);
	struct ddl_expr *expr = arena_alloc(&r->arena, sizeof *expr);
	struct ddl_word *distinct = arena_alloc(&r->arena, sizeof *distinct);

	if (!select || !item || !items || !star || !expr || !distinct)
		return NULL;
	expr->kind = EXPR_STAR;
	star->expr = expr;
	distinct->word = "DISTINCT";
	select->modifiers = distinct;
	select->items = (struct select_list) { star, 1, 1 };
	item->kind = FROM_TABLE;
	item->name = *name;
	item->star = true;     /* marks that this is the copy itself */
	*items = item;
	select->from = (struct from_list) { items, 1, 1 };
	return query_of(r, select);
}

static const struct ddl_cte *inlined(struct rewriting *r, const struct from_item *item)
{
	const char *name = item->name.count == 1 && r->inlined
		? name_meant(r, item->name.last) : NULL;

	for (const struct ddl_cte *cte = name ? r->inlined->first : NULL; cte; cte = cte->next)
		if (strcmp(name_meant(r, &cte->name), name) == 0)
			return cte;
	return NULL;
}

static struct column_definition *definitions(struct rewriting *r, const struct ddl_ident *names)
{
	struct column_definition *first = NULL, **tail = &first;

	for (; names; names = names->next) {
		*tail = arena_alloc(&r->arena, sizeof **tail);
		if (!*tail)
			return NULL;
		(*tail)->name = *names;
		(*tail)->name.next = NULL;
		tail = &(*tail)->next;
	}
	return first;
}

/* A table in a place where its name can't stand: a query in WITH, or the table itself that
 * is changed. */
static bool replace_table(struct printer *out, struct from_item *item)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_cte *cte = inlined(r, item);
	const char *name = name_meant(r, item->name.last);

	if (!name)
		return false;
	if (!item->alias)
		item->alias = item->name.last;
	if (cte) {
		if (cte->statement->kind != DML_QUERY)
			return true;
		item->kind = FROM_QUERY;
		item->query = cte->statement->query;
		item->as = true;
		if (cte->columns && !item->columns_parens) {
			item->columns_parens = true;
			item->columns = definitions(r, cte->columns);
		}
		return true;
	}
	item->kind = FROM_QUERY;
	item->query = copy_of(r, &item->name);
	item->as = true;
	return item->query != NULL;
}

static bool is_changed(struct rewriting *r, const struct from_item *item)
{
	return r->changed && !item->star && item->kind == FROM_TABLE
		&& !rewriting_says(r, LIMBECK_SAYS_SELF_SUBQUERY)
		&& strcmp(name_meant(r, item->name.last), r->changed) == 0;
}

static struct ddl_select *row_select(struct rewriting *r, const struct expr_list *values,
	const struct column_definition *names)
{
	struct ddl_select *select = arena_alloc(&r->arena, sizeof *select);

	for (size_t i = 0; select && i < values->count; i++) {
		struct select_item item = { .expr = values->items[i] };

		if (names) {
			item.as = true;
			item.alias = arena_alloc(&r->arena, sizeof *item.alias);
			if (!item.alias)
				return NULL;
			*item.alias = names->name;
			names = names->next;
		}
		if (!vec_push_arena(&select->items, item, &r->arena))
			return NULL;
	}
	return select;
}

enum { UNION_MOST = 400 };

/* (VALUES (1, 2), (3, 4)) AS v(a, b): (SELECT 1 AS a, 2 AS b UNION ALL SELECT 3, 4) AS v */
static struct ddl_query *unite(struct rewriting *r, const struct value_rows *rows, size_t from,
	size_t to, const struct column_definition *names)
{
	struct ddl_query *query = arena_alloc(&r->arena, sizeof *query);
	struct query_term **tail = query ? &query->terms : NULL;

	for (size_t i = from; query && i < to; i++) {
		struct query_term *term = arena_alloc(&r->arena, sizeof *term);

		if (!term)
			return NULL;
		term->kind = TERM_SELECT;
		term->select = row_select(r, &rows->items[i].values, i == from ? names : NULL);
		if (!term->select)
			return NULL;
		if (i > from) {
			term->set = "UNION";
			term->set_quantifier = "ALL";
		}
		*tail = term;
		tail = &term->next;
	}
	return query;
}

static struct ddl_query *united(struct rewriting *r, const struct value_rows *rows,
	const struct column_definition *names)
{
	struct ddl_query *query;
	struct query_term **tail;

	if (rows->count <= UNION_MOST)
		return unite(r, rows, 0, rows->count, names);
	query = arena_alloc(&r->arena, sizeof *query);
	tail = query ? &query->terms : NULL;
	for (size_t at = 0; query && at < rows->count; at += UNION_MOST) {
		struct query_term *term = arena_alloc(&r->arena, sizeof *term);
		size_t end = at + UNION_MOST < rows->count ? at + UNION_MOST : rows->count;

		if (!term)
			return NULL;
		term->kind = TERM_PAREN;
		term->query = unite(r, rows, at, end, names);
		if (at > 0) {
			term->set = "UNION";
			term->set_quantifier = "ALL";
		}
		*tail = term;
		tail = &term->next;
	}
	return query;
}

/* column1, column2... */
static struct column_definition *numbered(struct rewriting *r, const struct query_term *term)
{
	struct column_definition *first = NULL, **tail = &first;

	for (size_t i = 0; term->kind == TERM_VALUES && i < term->rows.items[0].values.count; i++) {
		*tail = arena_alloc(&r->arena, sizeof **tail);
		if (!*tail)
			return first;
		(*tail)->name.name = arena_printf(&r->arena, "column%zu", i + 1);
		tail = &(*tail)->next;
	}
	return first;
}

/* The names behind the alias go to the columns of the query itself. */
static bool name_columns(struct printer *out, struct from_item *item)
{
	struct rewriting *r = rewriting_of(out);
	const struct query_term *first = item->query->terms;
	const struct column_definition *names = item->columns_parens ? item->columns
		: numbered(r, first);
	struct ddl_select *select;
	struct ddl_query *query;
	struct query_term *term;

	if (first->kind == TERM_VALUES && !first->next && !item->query->order.count) {
		item->query = united(r, &first->rows, names);
		return item->query != NULL;
	}
	if (first->kind != TERM_SELECT) {
		target_refuse(out, &item->span, "names for the columns of this query have no "
			"counterpart");
		return true;
	}
	query = arena_alloc(&r->arena, sizeof *query);
	term = arena_alloc(&r->arena, sizeof *term);
	select = arena_alloc(&r->arena, sizeof *select);
	if (!query || !term || !select)
		return false;
	*query = *item->query;
	*term = *first;
	*select = *first->select;
	term->select = select;
	query->terms = term;
	item->query = query;
	select->items = (struct select_list) { NULL, 0, 0 };
	for (size_t i = 0; i < first->select->items.count; i++) {
		struct select_item one = first->select->items.items[i];

		if (one.expr->kind == EXPR_STAR)
			target_refuse(out, &item->span, "names for the columns of * have no counterpart");
		if (names) {
			one.as = true;
			one.alias = arena_alloc(&r->arena, sizeof *one.alias);
			if (!one.alias)
				return false;
			*one.alias = names->name;
			names = names->next;
		}
		if (!vec_push_arena(&select->items, one, &r->arena))
			return false;
	}
	return true;
}

static bool refused(struct printer *out, const struct from_item *item)
{
	struct rewriting *r = rewriting_of(out);
	const char *what = NULL;

	if (item->sample)
		what = "TABLESAMPLE";
	else if (item->ordinality)
		what = "WITH ORDINALITY";
	else if (item->kind == FROM_ROWS)
		what = "ROWS FROM";
	else if (item->lateral && item->kind != FROM_FUNCTION
		&& !rewriting_says(r, LIMBECK_SAYS_LATERAL))
		what = "LATERAL";
	for (const struct from_join *join = item->joins; join && !what; join = join->next)
		if (strstr(join->words, "FULL") && !rewriting_says(r, LIMBECK_SAYS_FULL_JOIN))
			what = "FULL JOIN";
	if (!what)
		return false;
	target_refuse(out, &item->span, "%s has no counterpart", what);
	return true;
}

const struct from_item *phrase_hook_from(struct printer *out, const struct from_item *item)
{
	struct rewriting *r = rewriting_of(out);
	struct from_item *copy;
	bool good = true;

	if (r->book->common)
		return item;
	if (r->book->way == PHRASE_INWARD)
		return inward_from(out, item);
	if (refused(out, item))
		return NULL;
	copy = arena_alloc(&r->arena, sizeof *copy);
	if (!copy)
		return (void)phrase_nomem(out), NULL;
	*copy = *item;
	copy->only = copy->only_parens = false;
	if (item->kind == FROM_TABLE && (inlined(r, item) || is_changed(r, item)))
		good = replace_table(out, copy);
	copy->star = false;
	if (good && copy->kind == FROM_QUERY) {
		if (copy->columns_parens || (copy->query->terms->kind == TERM_VALUES
			&& !copy->query->terms->next))
			good = name_columns(out, copy);
		copy->columns_parens = false;
		copy->as = true;
		if (!copy->alias)
			copy->alias = made_ident(r, arena_printf(&r->arena, "limbeck_%zu",
				out->out->len));
		good = good && copy->alias;
	}
	if (good && copy->kind == FROM_FUNCTION)
		return function_abroad(out, copy);
	if (copy->columns_parens && copy->kind == FROM_TABLE)
		target_refuse(out, &item->span, "other names for columns have no counterpart");
	if (!good)
		phrase_nomem(out);
	return out->target->failed ? NULL : copy;
}
