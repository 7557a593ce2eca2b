/* SPDX-License-Identifier: BSD-2-Clause */
/* Printing queries. */
#include "ddl/query_int.h"
#include "ddl/target.h"

void alias_print(struct printer *out, bool as, const struct ddl_ident *alias)
{
	printer_if(out, as, "AS");
	if (alias)
		target_ident(out, alias, NAME_COLUMN);
}

void with_print(struct printer *out, const struct ddl_with *with)
{
	printer_word(out, "WITH");
	printer_if(out, with->recursive, "RECURSIVE");
	for (const struct ddl_cte *cte = with->first; cte; cte = cte->next) {
		target_ident(out, &cte->name, NAME_TABLE);
		if (cte->columns) {
			printer_open(out);
			target_idents(out, cte->columns, NAME_COLUMN);
			printer_close(out);
		}
		printer_word(out, "AS");
		if (cte->materialized != MATERIALIZED_UNSAID)
			printer_word(out, cte->materialized == MATERIALIZED_YES ? "MATERIALIZED"
				: "NOT MATERIALIZED");
		printer_open(out);
		dml_print(out, cte->statement);
		printer_close(out);
		if (cte->next)
			printer_comma(out);
	}
}

void select_list_print(struct printer *out, const struct select_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		if (i > 0)
			printer_comma(out);
		expr_print(out, list->items[i].expr);
		alias_print(out, list->items[i].as, list->items[i].alias);
	}
}

void returning_print(struct printer *out, const struct select_list *list)
{
	if (list->count == 0)
		return;
	printer_word(out, "RETURNING");
	select_list_print(out, list);
}

void where_print(struct printer *out, const struct ddl_expr *where)
{
	if (!where)
		return;
	printer_word(out, "WHERE");
	expr_print(out, where);
}

void modifiers_print(struct printer *out, const struct ddl_word *first)
{
	for (; first; first = first->next)
		printer_word(out, first->word);
}

void value_rows_print(struct printer *out, const struct value_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		if (i > 0)
			printer_comma(out);
		printer_if(out, rows->items[i].row, "ROW");
		printer_open(out);
		expr_list_print(out, &rows->items[i].values);
		printer_close(out);
	}
}

static void into_print(struct printer *out, const struct ddl_select *select)
{
	printer_word(out, select->into_words);
	if (select->into)
		target_name(out, select->into, NAME_TABLE);
	else
		expr_list_print(out, &select->into_variables);
}

static void windows_print(struct printer *out, const struct ddl_window *window)
{
	printer_word(out, "WINDOW");
	for (; window; window = window->next) {
		target_ident(out, window->name, NAME_OTHER);
		printer_word(out, "AS");
		window_print(out, window);
		if (window->next)
			printer_comma(out);
	}
}

static void group_print(struct printer *out, const struct ddl_select *select)
{
	printer_word(out, "GROUP BY");
	if (select->group_quantifier)
		printer_word(out, select->group_quantifier);
	expr_list_print(out, &select->group);
	printer_if(out, select->with_rollup, "WITH ROLLUP");
}

static void head_print(struct printer *out, const struct ddl_select *select)
{
	printer_word(out, "SELECT");
	modifiers_print(out, select->modifiers);
	if (select->on) {
		printer_word(out, "ON");
		printer_open(out);
		expr_list_print(out, &select->distinct_on);
		printer_close(out);
	}
	select_list_print(out, &select->items);
}

void select_print(struct printer *out, const struct ddl_select *select)
{
	const struct print_hooks *hooks = out->target ? out->target->hooks : NULL;

	if (hooks && hooks->select && !(select = hooks->select(out, select)))
		return;
	head_print(out, select);
	if (select->into_words && !select->into_last)
		into_print(out, select);
	if (select->from.count > 0) {
		printer_word(out, "FROM");
		from_list_print(out, &select->from);
	}
	where_print(out, select->where);
	if (select->group_by)
		group_print(out, select);
	if (select->having) {
		printer_word(out, "HAVING");
		expr_print(out, select->having);
	}
	if (select->windows)
		windows_print(out, select->windows);
	if (select->into_words && select->into_last)
		into_print(out, select);
}

static void term_print(struct printer *out, const struct query_term *term)
{
	if (term->set)
		printer_word(out, term->set);
	if (term->set_quantifier)
		printer_word(out, term->set_quantifier);
	switch (term->kind) {
	case TERM_SELECT:
		select_print(out, term->select);
		break;
	case TERM_VALUES:
		printer_word(out, "VALUES");
		value_rows_print(out, &term->rows);
		break;
	case TERM_TABLE:
		printer_word(out, "TABLE");
		target_name(out, term->table, NAME_TABLE);
		break;
	case TERM_PAREN:
		printer_open(out);
		query_print(out, term->query);
		printer_close(out);
		break;
	}
}

static void offset_print(struct printer *out, const struct ddl_limit *limit)
{
	if (!limit->offset || limit->comma)
		return;
	printer_word(out, "OFFSET");
	expr_print(out, limit->offset);
	if (limit->offset_rows)
		printer_word(out, limit->offset_rows);
}

static void count_print(struct printer *out, const struct ddl_limit *limit)
{
	if (!limit->word)
		return;
	printer_word(out, limit->word);
	printer_if(out, limit->all, "ALL");
	if (limit->comma) {
		expr_print(out, limit->offset);
		printer_comma(out);
	}
	if (limit->count)
		expr_print(out, limit->count);
	if (limit->fetch_rows)
		printer_word(out, limit->fetch_rows);
	if (limit->fetch_end)
		printer_word(out, limit->fetch_end);
}

void limit_print(struct printer *out, const struct ddl_limit *limit)
{
	if (!limit)
		return;
	if (limit->offset_first)
		offset_print(out, limit);
	count_print(out, limit);
	if (!limit->offset_first)
		offset_print(out, limit);
}

static void locks_print(struct printer *out, const struct ddl_lock *lock)
{
	for (; lock; lock = lock->next) {
		printer_word(out, lock->words);
		if (lock->tables) {
			printer_word(out, "OF");
			for (const struct ddl_name *name = lock->tables; name; name = name->next) {
				target_name(out, name, NAME_TABLE);
				if (name->next)
					printer_comma(out);
			}
		}
		if (lock->wait)
			printer_word(out, lock->wait);
		if (lock->seconds)
			expr_print(out, lock->seconds);
	}
}

void query_print(struct printer *out, const struct ddl_query *query)
{
	const struct print_hooks *hooks = out->target ? out->target->hooks : NULL;

	if (hooks && hooks->query && !(query = hooks->query(out, query)))
		return;
	if (query->with)
		with_print(out, query->with);
	for (const struct query_term *term = query->terms; term; term = term->next)
		term_print(out, term);
	if (query->order.count > 0) {
		printer_word(out, "ORDER BY");
		order_print(out, &query->order);
	}
	if (query->locks_first)
		locks_print(out, query->locks);
	limit_print(out, query->limit);
	if (!query->locks_first)
		locks_print(out, query->locks);
}
