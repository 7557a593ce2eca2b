/* SPDX-License-Identifier: BSD-2-Clause */
#include "ddl/option.h"
#include "ddl/print.h"
#include "ddl/type.h"

static void print_names(struct printer *out, const struct ddl_option *option)
{
	bool group = option->form->shape == SHAPE_NAMES_GROUP;

	if (group)
		printer_open(out);
	name_list_print(out, option->name);
	if (group)
		printer_close(out);
}

static void print_idents(struct printer *out, const struct ddl_option *option)
{
	if (option->form->shape == SHAPE_VALUE)
		ident_print(out, option->idents);
	else
		ident_group_print(out, option->idents);
}

static void print_expr(struct printer *out, const struct ddl_option *option)
{
	if (option->form->shape == SHAPE_EXPR_GROUP || option->form->shape == SHAPE_GENERATED)
		option_group_expr_print(out, option->expr);
	else
		expr_print(out, option->expr);
}

static void print_options(struct printer *out, const struct ddl_option *option)
{
	bool group = option->form->shape != SHAPE_GENERATED;

	if (group)
		printer_open(out);
	options_print(out, option->options);
	if (group)
		printer_close(out);
}

void option_print(struct printer *out, const struct ddl_option *option)
{
	bool parameter = option->kind == OPTION_PARAMETER;

	if (parameter)
		name_print(out, option->name);
	else
		printer_word(out, option->form->words);
	printer_if(out, option->equals, "=");
	if (option->name && !parameter)
		print_names(out, option);
	if (option->idents)
		print_idents(out, option);
	if (option->expr)
		print_expr(out, option);
	if (option->type)
		type_print(out, option->type);
	printer_span(out, &option->text);
	if (option->options)
		print_options(out, option);
}

void options_print(struct printer *out, const struct ddl_option *first)
{
	for (; first; first = first->next) {
		if (first->comma)
			printer_comma(out);
		option_print(out, first);
	}
}
