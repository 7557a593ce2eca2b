/* SPDX-License-Identifier: BSD-2-Clause */
/* Printing CREATE TABLE, VIEW and the smaller objects. */
#include "ddl/ddl_int.h"

void clauses_print(struct printer *out, const struct ddl_clause *first)
{
	for (; first; first = first->next) {
		if (first->constraint) {
			constraint_print(out, first->constraint);
			continue;
		}
		if (first->option->constraint) {
			printer_word(out, "CONSTRAINT");
			ident_print(out, first->option->constraint);
		}
		option_print(out, first->option);
	}
}

void column_print(struct printer *out, const struct ddl_column *column)
{
	ident_print(out, &column->name);
	if (column->type)
		type_print(out, column->type);
	printer_if(out, column->with_options, "WITH OPTIONS");
	clauses_print(out, column->clauses);
}

static void print_like(struct printer *out, const struct ddl_like *like)
{
	printer_word(out, "LIKE");
	name_print(out, &like->table);
	options_print(out, like->options);
}

void elements_print(struct printer *out, const struct ddl_element *first)
{
	printer_open(out);
	for (; first; first = first->next) {
		if (first->column)
			column_print(out, first->column);
		else if (first->constraint)
			constraint_print(out, first->constraint);
		else if (first->index)
			index_print(out, first->index);
		else
			print_like(out, first->like);
		if (first->next)
			printer_comma(out);
	}
	printer_close(out);
}

static void print_shape(struct printer *out, const struct ddl_table *table)
{
	if (table->like)
		print_like(out, table->like);
	if (table->of) {
		printer_word(out, "OF");
		name_print(out, table->of);
	}
	if (table->partition_of) {
		printer_word(out, "PARTITION OF");
		name_print(out, table->partition_of);
	}
	if (table->parentheses)
		elements_print(out, table->elements);
	printer_span(out, &table->bound);
}

void table_print(struct printer *out, const struct ddl_table *table)
{
	printer_word(out, "CREATE");
	printer_if(out, table->or_replace, "OR REPLACE");
	printer_if(out, table->words[0], table->words);
	printer_word(out, "TABLE");
	printer_if(out, table->if_not_exists, "IF NOT EXISTS");
	name_print(out, &table->name);
	print_shape(out, table);
	options_print(out, table->options);
	printer_span(out, &table->module);
	printer_if(out, table->as && table->as[0], table->as);
	printer_span(out, &table->execute);
	if (table->query)
		query_print(out, table->query);
	options_print(out, table->data);
}

void view_print(struct printer *out, const struct ddl_view *view)
{
	printer_word(out, "CREATE");
	printer_if(out, view->or_replace, "OR REPLACE");
	options_print(out, view->before);
	printer_if(out, view->words[0], view->words);
	printer_word(out, "VIEW");
	printer_if(out, view->if_not_exists, "IF NOT EXISTS");
	name_print(out, &view->name);
	if (view->columns)
		ident_group_print(out, view->columns);
	options_print(out, view->options);
	printer_word(out, "AS");
	query_print(out, view->query);
	options_print(out, view->after);
}

static void print_labels(struct printer *out, const struct ddl_label *label)
{
	printer_word(out, "AS ENUM");
	printer_open(out);
	for (; label; label = label->next) {
		expr_print(out, label->value);
		if (label->next)
			printer_comma(out);
	}
	printer_close(out);
}

void create_print(struct printer *out, const struct ddl_create *create)
{
	printer_word(out, "CREATE");
	printer_if(out, create->or_replace, "OR REPLACE");
	printer_word(out, create->words);
	printer_if(out, create->if_not_exists, "IF NOT EXISTS");
	if (create->name)
		name_print(out, create->name);
	if (create->is_enum)
		print_labels(out, create->labels);
	printer_if(out, create->as, "AS");
	if (create->type)
		type_print(out, create->type);
	clauses_print(out, create->clauses);
	printer_if(out, create->with, "WITH");
	options_print(out, create->options);
	printer_span(out, &create->body);
}
