/* SPDX-License-Identifier: BSD-2-Clause */
/* Printing ALTER, DROP, RENAME and COMMENT. */
#include "ddl/ddl_int.h"

static void print_behavior(struct printer *out, enum ddl_behavior behavior)
{
	printer_if(out, behavior == DDL_CASCADE, "CASCADE");
	printer_if(out, behavior == DDL_RESTRICT, "RESTRICT");
}

/* SET DEFAULT x, USING x, AS (x) */
static void print_expr(struct printer *out, const struct ddl_action *action)
{
	if (action->kind == ACTION_SET_EXPRESSION) {
		option_group_expr_print(out, action->expr);
		return;
	}
	printer_if(out, action->kind == ACTION_ALTER_TYPE, "USING");
	expr_print(out, action->expr);
}

static void print_new(struct printer *out, const struct ddl_action *action)
{
	if (action->new_name) {
		printer_word(out, "TO");
		ident_print(out, action->new_name);
	}
	if (action->value)
		expr_print(out, action->value->value);
	if (action->new_value) {
		printer_word(out, action->side ? action->side : "TO");
		expr_print(out, action->new_value->value);
	}
}

static void print_defined(struct printer *out, const struct ddl_action *action)
{
	if (action->column)
		column_print(out, action->column);
	if (action->parentheses)
		elements_print(out, action->elements);
	if (action->constraint)
		constraint_print(out, action->constraint);
	if (action->index)
		index_print(out, action->index);
	if (action->query)
		query_print(out, action->query);
}

static void print_target(struct printer *out, const struct ddl_action *action)
{
	printer_if(out, action->kind == ACTION_CONVERT, "COLLATE");
	name_print(out, action->target);
}

static void print_action(struct printer *out, const struct ddl_action *action)
{
	bool behind = action->kind == ACTION_DROP_IDENTITY || action->kind == ACTION_DROP_EXPRESSION;

	if (action->words)
		printer_word(out, action->words);
	printer_if(out, action->if_exists && !behind, "IF EXISTS");
	printer_if(out, action->if_not_exists, "IF NOT EXISTS");
	if (action->name)
		ident_print(out, action->name);
	if (action->verb)
		printer_word(out, action->verb);
	printer_if(out, action->if_exists && behind, "IF EXISTS");
	if (action->type)
		type_print(out, action->type);
	print_defined(out, action);
	print_new(out, action);
	if (action->option)
		option_print(out, action->option);
	options_print(out, action->options);
	if (action->target)
		print_target(out, action);
	if (action->expr)
		print_expr(out, action);
	print_behavior(out, action->behavior);
	if (action->comma)
		printer_comma(out);
}

void alter_print(struct printer *out, const struct ddl_alter *alter)
{
	printer_word(out, "ALTER");
	printer_word(out, alter->words);
	printer_if(out, alter->if_exists, "IF EXISTS");
	printer_if(out, alter->only, "ONLY");
	name_print(out, alter->name);
	printer_if(out, alter->star, "*");
	if (alter->columns)
		ident_group_print(out, alter->columns);
	for (const struct ddl_action *action = alter->actions; action; action = action->next)
		print_action(out, action);
}

static void print_one(struct printer *out, const struct ddl_target *target)
{
	name_print(out, &target->name);
	printer_if(out, target->star, "*");
	printer_span(out, &target->arguments);
}

void drop_print(struct printer *out, const struct ddl_drop *drop, bool truncate)
{
	printer_word(out, truncate ? "TRUNCATE" : "DROP");
	printer_if(out, drop->words[0], drop->words);
	printer_if(out, drop->concurrently, "CONCURRENTLY");
	printer_if(out, drop->if_exists, "IF EXISTS");
	printer_if(out, drop->only, "ONLY");
	for (const struct ddl_target *target = drop->targets; target; target = target->next) {
		print_one(out, target);
		if (target->next)
			printer_comma(out);
	}
	if (drop->table) {
		printer_word(out, "ON");
		name_print(out, drop->table);
	}
	options_print(out, drop->options);
}

void rename_print(struct printer *out, const struct ddl_rename *rename)
{
	printer_word(out, "RENAME TABLE");
	for (; rename; rename = rename->next) {
		name_print(out, &rename->from);
		printer_word(out, "TO");
		name_print(out, &rename->to);
		if (rename->next)
			printer_comma(out);
	}
}

void comment_print(struct printer *out, const struct ddl_comment *comment)
{
	printer_word(out, "COMMENT ON");
	printer_word(out, comment->words);
	print_one(out, &comment->target);
	printer_if(out, comment->table != NULL, "ON");
	printer_if(out, comment->on_domain, "DOMAIN");
	if (comment->table)
		name_print(out, comment->table);
	printer_word(out, "IS");
	expr_print(out, comment->text);
}
