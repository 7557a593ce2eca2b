/* SPDX-License-Identifier: BSD-2-Clause */
#include "ddl/expr_print_int.h"

#include <string.h>

#include "ddl/expr_int.h"
#include "sql/quote.h"

enum { PRINT_DEEPEST = 3 * EXPR_TALLEST };

const struct ddl_expr *print_resolve(struct printer *out, const struct ddl_expr *expr)
{
	const struct print_hooks *hooks = out->target ? out->target->hooks : NULL;

	if (!hooks || expr->final || !hooks->expr[expr->kind])
		return expr;
	if (out->target->failed)
		return NULL;
	return hooks->expr[expr->kind](out, expr);
}

static void print_string(struct printer *out, const struct ddl_expr *expr)
{
	const struct ddl_string *string = expr->string;

	if (!out->target) {
		printer_span(out, &expr->span);
		return;
	}
	if (string->introducer) {
		target_refuse(out, &expr->span, "a string with a character set has no counterpart");
		return;
	}
	if (memchr(string->value, '\0', string->length)) {
		target_refuse(out, &expr->span, "a string with a zero byte has no counterpart");
		return;
	}
	if (string->form == STRING_BITS || string->form == STRING_HEX) {
		printer_word(out, string->form == STRING_BITS ? "B'" : "X'");
		printer_glue(out);
		printer_text(out, string->value, string->length);
		printer_glue(out);
		printer_word(out, "'");
		return;
	}
	printer_text(out, "", 0);
	quote_literal_n(out->out, out->target->lexis, string->value, string->length);
}

bool print_leaf(struct printer *out, const struct ddl_expr *expr)
{
	switch (expr->kind) {
	case EXPR_COLUMN:
		target_name(out, expr->name, NAME_COLUMN);
		return true;
	case EXPR_STAR:
		if (expr->name) {
			target_name(out, expr->name, NAME_TABLE);
			printer_dot(out);
		}
		printer_word(out, "*");
		return true;
	case EXPR_NUMBER:
	case EXPR_KEYWORD:
	case EXPR_PARAMETER:
		printer_word(out, expr->word);
		return true;
	case EXPR_STRING:
		print_string(out, expr);
		return true;
	case EXPR_SEQUENCE:
		printer_word(out, expr->word);
		printer_word(out, "VALUE FOR");
		target_name(out, expr->name, NAME_TABLE);
		return true;
	default:
		return false;
	}
}

void expr_list_print(struct printer *out, const struct expr_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		if (i > 0)
			printer_comma(out);
		expr_print(out, list->items[i]);
	}
}

static void print_group(struct printer *out, const struct ddl_expr *expr)
{
	printer_open(out);
	if (expr->query)
		query_print(out, expr->query);
	else
		expr_list_print(out, &expr->args);
	printer_close(out);
}

static void print_array(struct printer *out, const struct ddl_expr *expr)
{
	if (expr->word) {
		printer_word(out, expr->word);
		printer_glue(out);
	}
	if (expr->query) {
		print_group(out, expr);
		return;
	}
	printer_word(out, "[");
	printer_glue(out);
	expr_list_print(out, &expr->args);
	printer_glue(out);
	printer_word(out, "]");
}

/* Behind a name or parentheses; abroad anything else gets these. */
static void print_base(struct printer *out, const struct ddl_expr *expr)
{
	print_operand(out, expr, LEVEL_ATOM);
	printer_glue(out);
}

static void print_subscript(struct printer *out, const struct ddl_expr *expr)
{
	const struct ddl_expr **args = expr->args.items;

	print_base(out, args[0]);
	printer_word(out, "[");
	printer_glue(out);
	if (args[1])
		expr_print(out, args[1]);
	if (expr->kind == EXPR_SLICE) {
		printer_glue(out);
		printer_word(out, ":");
		printer_glue(out);
		if (args[2])
			expr_print(out, args[2]);
	}
	printer_glue(out);
	printer_word(out, "]");
}

static void print_field(struct printer *out, const struct ddl_expr *expr)
{
	print_base(out, expr->args.items[0]);
	printer_dot(out);
	if (expr->ident)
		target_ident(out, expr->ident, NAME_COLUMN);
	else
		printer_word(out, "*");
}

static void print_match(struct printer *out, const struct ddl_expr *expr)
{
	struct expr_list columns = expr->args;

	columns.items++;
	columns.count--;
	printer_word(out, "MATCH");
	printer_open(out);
	expr_list_print(out, &columns);
	printer_close(out);
	printer_word(out, "AGAINST");
	printer_open(out);
	expr_print(out, expr->args.items[0]);
	printer_if(out, expr->word != NULL, expr->word ? expr->word : "");
	printer_close(out);
}

static void print_compound(struct printer *out, const struct ddl_expr *expr)
{
	switch (expr->kind) {
	case EXPR_ROW:
	case EXPR_QUANTIFIED:
		if (expr->word)
			printer_word(out, expr->word);
		print_group(out, expr);
		break;
	case EXPR_PAREN:
	case EXPR_SUBQUERY:
		print_group(out, expr);
		break;
	case EXPR_EXISTS:
		printer_word(out, "EXISTS");
		print_group(out, expr);
		break;
	case EXPR_GROUPING_SETS:
		printer_word(out, "GROUPING SETS");
		print_group(out, expr);
		break;
	case EXPR_ARRAY: print_array(out, expr); break;
	case EXPR_SUBSCRIPT:
	case EXPR_SLICE: print_subscript(out, expr); break;
	case EXPR_FIELD: print_field(out, expr); break;
	case EXPR_MATCH: print_match(out, expr); break;
	case EXPR_CASE: print_case(out, expr->branches); break;
	default: print_call(out, expr); break;
	}
}

static bool too_deep(struct printer *out, const struct ddl_expr *expr)
{
	if (out->target->depth < PRINT_DEEPEST)
		return false;
	target_refuse(out, &expr->span, "an expression is nested too deeply");
	return true;
}

void print_node(struct printer *out, const struct ddl_expr *expr)
{
	if (out->target && (out->target->failed || too_deep(out, expr)))
		return;
	if (out->target)
		out->target->depth++;
	if (!print_leaf(out, expr) && !print_operators(out, expr))
		print_compound(out, expr);
	if (out->target)
		out->target->depth--;
}

void expr_print(struct printer *out, const struct ddl_expr *expr)
{
	const struct ddl_expr *node = print_resolve(out, expr);

	if (node)
		print_node(out, node);
}

void print_operand(struct printer *out, const struct ddl_expr *expr, unsigned level)
{
	const struct ddl_expr *node = print_resolve(out, expr);
	bool parens;

	if (!node)
		return;
	parens = print_level(out, node) < level;
	if (parens)
		printer_open(out);
	print_node(out, node);
	if (parens)
		printer_close(out);
}
