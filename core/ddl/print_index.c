/* SPDX-License-Identifier: BSD-2-Clause */
/* Printing indexes and constraints. */
#include "ddl/ddl_int.h"

static void print_part(struct printer *out, const struct ddl_part *part)
{
	printer_if(out, part->period, "PERIOD");
	if (part->column)
		ident_print(out, part->column);
	else
		expr_print(out, part->expr);
	if (part->prefix.length) {
		printer_open(out);
		printer_span(out, &part->prefix);
		printer_close(out);
	}
	if (part->collation) {
		printer_word(out, "COLLATE");
		name_print(out, part->collation);
	}
	if (part->opclass)
		name_print(out, part->opclass);
	if (part->opclass_options) {
		printer_open(out);
		options_print(out, part->opclass_options);
		printer_close(out);
	}
	options_print(out, part->options);
	printer_if(out, part->operator.length > 0, "WITH");
	printer_span(out, &part->operator);
}

void parts_print(struct printer *out, const struct ddl_part *first)
{
	printer_open(out);
	for (; first; first = first->next) {
		print_part(out, first);
		if (first->next)
			printer_comma(out);
	}
	printer_close(out);
}

void index_print(struct printer *out, const struct ddl_index *index)
{
	printer_if(out, index->or_replace, "OR REPLACE");
	printer_if(out, index->words[0], index->words);
	printer_if(out, index->table != NULL, "INDEX");
	printer_if(out, index->concurrently, "CONCURRENTLY");
	printer_if(out, index->if_not_exists, "IF NOT EXISTS");
	if (index->name)
		name_print(out, index->name);
	options_print(out, index->early);
	if (index->table) {
		printer_word(out, "ON");
		printer_if(out, index->only, "ONLY");
		name_print(out, index->table);
	}
	options_print(out, index->before);
	parts_print(out, index->parts);
	options_print(out, index->options);
}

static void print_reference(struct printer *out, const struct ddl_reference *reference)
{
	printer_word(out, "REFERENCES");
	name_print(out, &reference->table);
	if (reference->parts)
		parts_print(out, reference->parts);
}

void constraint_print(struct printer *out, const struct ddl_constraint *constraint)
{
	bool foreign = constraint->kind == CONSTRAINT_FOREIGN;

	printer_if(out, constraint->constraint_word, "CONSTRAINT");
	printer_if(out, constraint->if_not_exists && !foreign, "IF NOT EXISTS");
	if (constraint->name)
		ident_print(out, constraint->name);
	printer_if(out, constraint->words[0], constraint->words);
	printer_if(out, constraint->if_not_exists && foreign, "IF NOT EXISTS");
	if (constraint->index_name)
		ident_print(out, constraint->index_name);
	options_print(out, constraint->before);
	if (constraint->column)
		ident_print(out, constraint->column);
	if (constraint->parts)
		parts_print(out, constraint->parts);
	if (constraint->check)
		option_group_expr_print(out, constraint->check);
	if (constraint->reference)
		print_reference(out, constraint->reference);
	options_print(out, constraint->options);
}
