/* SPDX-License-Identifier: BSD-2-Clause */
/* Printing what rows come from. */
#include "ddl/query_int.h"
#include "ddl/target.h"

static void item_print(struct printer *out, const struct from_item *item);

void partitions_print(struct printer *out, const struct ddl_ident *names)
{
	if (!names)
		return;
	printer_word(out, "PARTITION");
	printer_open(out);
	target_idents(out, names, NAME_OTHER);
	printer_close(out);
}

static void table_print(struct printer *out, const struct from_item *item)
{
	printer_if(out, item->only, "ONLY");
	if (item->only_parens)
		printer_open(out);
	target_name(out, &item->name, NAME_TABLE);
	if (item->only_parens)
		printer_close(out);
	printer_if(out, item->star, "*");
	partitions_print(out, item->partitions);
}

static void source_print(struct printer *out, const struct from_item *item)
{
	switch (item->kind) {
	case FROM_TABLE:
		table_print(out, item);
		break;
	case FROM_QUERY:
		printer_open(out);
		query_print(out, item->query);
		printer_close(out);
		break;
	case FROM_FUNCTION:
		expr_list_print(out, &item->calls);
		printer_if(out, item->ordinality, "WITH ORDINALITY");
		break;
	case FROM_ROWS:
		printer_word(out, "ROWS FROM");
		printer_open(out);
		expr_list_print(out, &item->calls);
		printer_close(out);
		printer_if(out, item->ordinality, "WITH ORDINALITY");
		break;
	case FROM_PAREN:
		printer_open(out);
		from_list_print(out, &item->inner);
		printer_close(out);
		break;
	}
}

static void columns_print(struct printer *out, const struct column_definition *column)
{
	printer_open(out);
	for (; column; column = column->next) {
		target_ident(out, &column->name, NAME_COLUMN);
		if (column->type)
			target_type(out, column->type);
		if (column->next)
			printer_comma(out);
	}
	printer_close(out);
}

static void hints_print(struct printer *out, const struct index_hint *hint)
{
	for (; hint; hint = hint->next) {
		printer_word(out, hint->words);
		if (hint->parens)
			printer_open(out);
		target_idents(out, hint->names, NAME_OTHER);
		if (hint->parens)
			printer_close(out);
	}
}

static void join_print(struct printer *out, const struct from_join *join)
{
	printer_word(out, join->words);
	item_print(out, join->item);
	if (join->on) {
		printer_word(out, "ON");
		expr_print(out, join->on);
	}
	if (join->columns) {
		printer_word(out, "USING");
		printer_open(out);
		target_idents(out, join->columns, NAME_COLUMN);
		printer_close(out);
		alias_print(out, join->alias != NULL, join->alias);
	}
}

static void item_print(struct printer *out, const struct from_item *item)
{
	const struct print_hooks *hooks = out->target ? out->target->hooks : NULL;

	if (hooks && hooks->from && !(item = hooks->from(out, item)))
		return;
	printer_if(out, item->lateral, "LATERAL");
	source_print(out, item);
	printer_if(out, item->as, "AS");
	if (item->alias)
		target_ident(out, item->alias, NAME_TABLE);
	if (item->columns_parens)
		columns_print(out, item->columns);
	hints_print(out, item->hints);
	if (item->sample) {
		printer_word(out, "TABLESAMPLE");
		expr_print(out, item->sample);
	}
	if (item->repeatable) {
		printer_word(out, "REPEATABLE");
		expr_print(out, item->repeatable);
	}
	for (const struct from_join *join = item->joins; join; join = join->next)
		join_print(out, join);
}

void from_list_print(struct printer *out, const struct from_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		if (i > 0)
			printer_comma(out);
		item_print(out, list->items[i]);
	}
}
