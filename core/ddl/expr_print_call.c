/* SPDX-License-Identifier: BSD-2-Clause */
/* Printing calls, CASE, sort orders and windows. */
#include "ddl/expr_print_int.h"

void order_print(struct printer *out, const struct order_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct order_item *item = &list->items[i];

		if (i > 0)
			printer_comma(out);
		expr_print(out, item->expr);
		if (item->direction)
			printer_word(out, item->direction);
		if (item->operator) {
			printer_word(out, "USING");
			printer_word(out, item->operator);
		}
		if (item->nulls) {
			printer_word(out, "NULLS");
			printer_word(out, item->nulls);
		}
	}
}

static void print_bound(struct printer *out, const struct window_bound *bound)
{
	if (bound->offset)
		expr_print(out, bound->offset);
	printer_word(out, bound->word);
}

static void print_frame(struct printer *out, const struct ddl_window *window)
{
	printer_word(out, window->unit);
	printer_if(out, window->between, "BETWEEN");
	print_bound(out, &window->from);
	if (window->between) {
		printer_word(out, "AND");
		print_bound(out, &window->to);
	}
	if (window->exclude) {
		printer_word(out, "EXCLUDE");
		printer_word(out, window->exclude);
	}
}

void window_print(struct printer *out, const struct ddl_window *window)
{
	if (!window->parens) {
		target_ident(out, window->name, NAME_OTHER);
		return;
	}
	printer_open(out);
	if (window->base)
		target_ident(out, window->base, NAME_OTHER);
	if (window->partition.count > 0) {
		printer_word(out, "PARTITION BY");
		expr_list_print(out, &window->partition);
	}
	if (window->order.count > 0) {
		printer_word(out, "ORDER BY");
		order_print(out, &window->order);
	}
	if (window->unit)
		print_frame(out, window);
	printer_close(out);
}

static void print_argument(struct printer *out, const struct ddl_expr *expr, size_t i)
{
	const struct call_part *part = expr->call->parts ? &expr->call->parts[i] : NULL;

	if (i > 0 && !(part && part->instead))
		printer_comma(out);
	if (part && part->keyword)
		printer_word(out, part->keyword);
	if (part && part->name) {
		target_ident(out, part->name, NAME_OTHER);
		printer_word(out, part->arrow);
	}
	expr_print(out, expr->args.items[i]);
}

static void print_closing(struct printer *out, const struct ddl_call *call)
{
	if (call->order.count > 0) {
		printer_word(out, "ORDER BY");
		order_print(out, &call->order);
	}
	if (call->separator) {
		printer_word(out, "SEPARATOR");
		expr_print(out, call->separator);
	}
	if (call->limit) {
		printer_word(out, "LIMIT");
		expr_print(out, call->limit_comma ? call->limit_offset : call->limit);
		if (call->limit_comma)
			printer_comma(out);
		else if (call->limit_offset)
			printer_word(out, "OFFSET");
		if (call->limit_offset)
			expr_print(out, call->limit_comma ? call->limit : call->limit_offset);
	}
	if (call->nulls && call->nulls_inside)
		printer_word(out, call->nulls);
}

static void print_behind(struct printer *out, const struct ddl_call *call)
{
	if (call->within.count > 0) {
		printer_word(out, "WITHIN GROUP");
		printer_open(out);
		printer_word(out, "ORDER BY");
		order_print(out, &call->within);
		printer_close(out);
	}
	if (call->filter) {
		printer_word(out, "FILTER");
		printer_open(out);
		printer_word(out, "WHERE");
		expr_print(out, call->filter);
		printer_close(out);
	}
	if (call->nulls && !call->nulls_inside)
		printer_word(out, call->nulls);
	if (call->over) {
		printer_word(out, "OVER");
		window_print(out, call->over);
	}
}

void print_call(struct printer *out, const struct ddl_expr *expr)
{
	const struct ddl_call *call = expr->call;

	target_name(out, &call->name, NAME_FUNCTION);
	if (!call->bare) {
		printer_glue(out);
		printer_open(out);
		if (call->quantifier)
			printer_word(out, call->quantifier);
		for (size_t i = 0; i < expr->args.count; i++)
			print_argument(out, expr, i);
		print_closing(out, call);
		printer_close(out);
	}
	print_behind(out, call);
}

void print_case(struct printer *out, const struct ddl_case *branches)
{
	printer_word(out, "CASE");
	if (branches->subject)
		expr_print(out, branches->subject);
	for (size_t i = 0; i < branches->branches.count; i++) {
		printer_word(out, "WHEN");
		expr_print(out, branches->branches.items[i].when);
		printer_word(out, "THEN");
		expr_print(out, branches->branches.items[i].then);
	}
	if (branches->otherwise) {
		printer_word(out, "ELSE");
		expr_print(out, branches->otherwise);
	}
	printer_word(out, "END");
}
