/* SPDX-License-Identifier: BSD-2-Clause */
/* Columns as CREATE TABLE, ADD, MODIFY and CHANGE define them. */
#include <string.h>
#include <strings.h>

#include "ddl/expr_make.h"
#include "translate/home_int.h"

static int set_generated(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *column, const struct ddl_option *option)
{
	const char *text = home_expr(p, table, expr_inner(option->expr));

	if (!text)
		return -1;
	object_set(column, LIMBECK_ATTR_GENERATED, text);
	object_set(column, LIMBECK_ATTR_GENERATED_KIND,
		option_of(option->options, OPTION_STORED) ? "stored" : "virtual");
	return 0;
}

/* NULL, with a cast around it or not. */
static bool is_null(const struct ddl_expr *expr)
{
	expr = expr_inner(expr);
	while (expr->kind == EXPR_CAST)
		expr = expr_inner(expr->args.items[0]);
	return expr->kind == EXPR_KEYWORD && strcmp(expr->word, "NULL") == 0;
}

static size_t base_length(const char *type)
{
	size_t length = strcspn(type, "(");

	while (length && type[length - 1] == ' ')
		length--;
	return length;
}

/* A literal cast to the type that the column has anyway is the literal. */
static const struct ddl_expr *without_cast(struct performer *p,
	const struct limbeck_object *column, const struct ddl_expr *expr)
{
	const char *own = limbeck_object_get(column, LIMBECK_ATTR_TYPE);
	const struct ddl_expr *inner;
	struct home_type type;

	if (expr->kind != EXPR_CAST || !expr->type || !own)
		return expr;
	inner = expr_inner(expr->args.items[0]);
	if (inner->kind != EXPR_STRING || home_type(p, expr->type, &type))
		return inner->kind == EXPR_STRING ? NULL : expr;
	return base_length(own) == base_length(type.text)
		&& strncmp(own, type.text, base_length(own)) == 0 ? inner : expr;
}

int home_set_default(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *column, const struct ddl_expr *expr)
{
	const char *text;

	if (is_null(expr)) {
		object_set(column, LIMBECK_ATTR_DEFAULT, NULL);
		return 0;
	}
	expr = expr_inner(expr);
	if (p->traits->flags & HOME_LOOSE_STRINGS && expr->kind == EXPR_COLUMN
		&& expr->name->count == 1)
		expr = make_string(p->arena, expr->name->last->name,
			strlen(expr->name->last->name));
	if (!expr)
		return home_nomem(p);
	expr = without_cast(p, column, expr);
	text = expr ? home_expr(p, table, expr) : NULL;
	if (!text)
		return -1;
	object_set(column, LIMBECK_ATTR_DEFAULT, text);
	return home_join_default(p, column, expr);
}

static int set_on_update(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *column, const struct ddl_expr *expr)
{
	const char *text = home_expr(p, table, expr);

	if (!text)
		return -1;
	object_set(column, LIMBECK_ATTR_ON_UPDATE, text);
	return 0;
}

/* Those that give numbers are not null, even if no key says so. */
static int number(struct performer *p, struct limbeck_object *column, const char *identity)
{
	object_set(column, LIMBECK_ATTR_IDENTITY, identity);
	object_set(column, LIMBECK_ATTR_NOT_NULL, "yes");
	return home_name_sequence(p, column, NULL);
}

static int set_name(struct performer *p, struct limbeck_object *object,
	enum limbeck_attribute attribute, const struct ddl_name *name)
{
	(void)p;
	object_set(object, attribute, name->last->name);
	return 0;
}

static int set_option(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *column, const struct ddl_option *option)
{
	const char *text;

	switch ((enum ddl_option_kind)option->kind) {
	case OPTION_NULL: object_set(column, LIMBECK_ATTR_NOT_NULL, NULL); return 0;
	case OPTION_DEFAULT: return home_set_default(p, table, column, option->expr);
	case OPTION_GENERATED: return set_generated(p, table, column, option);
	case OPTION_IDENTITY_ALWAYS:
	case OPTION_IDENTITY_DEFAULT: return home_set_identity(p, column, option);
	case OPTION_AUTO_INCREMENT: return number(p, column, "by default");
	case OPTION_ON_UPDATE: return set_on_update(p, table, column, option->expr);
	case OPTION_COLLATE: return set_name(p, column, LIMBECK_ATTR_COLLATION, option->name);
	case OPTION_CHARSET: return set_name(p, column, LIMBECK_ATTR_CHARSET, option->name);
	case OPTION_COMMENT:
		text = home_string(p, option->expr);
		if (!text)
			return -1;
		object_set(column, LIMBECK_ATTR_COMMENT, *text ? text : NULL);
		return 0;
	case OPTION_FIRST:
	case OPTION_AFTER: return 0;
	default:
		return home_notice(p, &option->span, "%s of column %s", option->form->words,
			limbeck_object_name(column));
	}
}

static int set_type(struct performer *p, struct limbeck_object *column,
	const struct ddl_type *type)
{
	struct home_type common;

	if (!type && !(p->traits->flags & HOME_AFFINITY))
		return 0;
	if (home_type(p, type, &common))
		return -1;
	object_set(column, LIMBECK_ATTR_TYPE, common.text);
	if (type && type_collation(type))
		object_set(column, LIMBECK_ATTR_COLLATION, type_collation(type)->last->name);
	if (type && type_charset(type))
		object_set(column, LIMBECK_ATTR_CHARSET, type_charset(type)->last->name);
	return common.serial ? number(p, column, "serial") : 0;
}

static int set_not_null(struct performer *p, struct limbeck_object *column,
	const struct ddl_constraint *constraint)
{
	const struct ddl_option *conflict = option_of(constraint->options, OPTION_ON_CONFLICT);

	object_set(column, LIMBECK_ATTR_NOT_NULL, "yes");
	return conflict ? home_check_conflict(p, conflict) : 0;
}

/* What stands behind the type, but for constraints that are objects of their own. */
static int set_clauses(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *column, const struct ddl_column *definition)
{
	for (const struct ddl_clause *c = definition->clauses; c; c = c->next) {
		int failed = c->option ? set_option(p, table, column, c->option)
			: c->constraint->kind == CONSTRAINT_NOT_NULL
			? set_not_null(p, column, c->constraint) : 0;

		if (failed)
			return -1;
	}
	return 0;
}

int home_column_constraints(struct performer *p, struct limbeck_object *table,
	const struct ddl_column *definition, bool foreign)
{
	const char *name = home_ident(p, &definition->name);
	const struct limbeck_object *column;

	if (!name)
		return -1;
	column = home_part(p, table, LIMBECK_KIND_COLUMN, name);
	for (const struct ddl_clause *c = definition->clauses; c && column; c = c->next)
		if (c->constraint && c->constraint->kind != CONSTRAINT_NOT_NULL
			&& (c->constraint->kind == CONSTRAINT_FOREIGN) == foreign
			&& home_add_constraint(p, table, column, c->constraint))
			return -1;
	return 0;
}

static int define(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *column, const struct ddl_column *definition)
{
	return set_type(p, column, definition->type)
		|| set_clauses(p, table, column, definition)
		|| home_set_collation(p, table, column) ? -1 : 0;
}

int home_begin_column(struct performer *p, struct limbeck_object *table,
	const struct ddl_column *column)
{
	const char *name = home_ident(p, &column->name);
	struct limbeck_object *object;

	if (!name)
		return -1;
	object = home_part(p, table, LIMBECK_KIND_COLUMN, name);
	/* A partition, or a table made from a query, says more of columns that it has. */
	if (object && (column->with_options || !column->type))
		return define(p, table, object, column);
	if (object)
		return home_complain(p, HOME_COLUMN_EXISTS, &column->name.span, NULL, name,
			limbeck_object_name(table));
	object = home_add(p, LIMBECK_KIND_COLUMN, limbeck_object_schema(table),
		limbeck_object_name(table), name);
	if (!object || define(p, table, object, column))
		return -1;
	return home_place_column(p, table, object, column);
}

int home_add_column(struct performer *p, struct limbeck_object *table,
	const struct ddl_column *column)
{
	return home_begin_column(p, table, column)
		|| home_column_constraints(p, table, column, false)
		|| home_column_constraints(p, table, column, true) ? -1 : 0;
}

int home_redefine_column(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *object, const struct ddl_column *column)
{
	static const enum limbeck_attribute gone[] = { LIMBECK_ATTR_NOT_NULL,
		LIMBECK_ATTR_DEFAULT, LIMBECK_ATTR_GENERATED, LIMBECK_ATTR_GENERATED_KIND,
		LIMBECK_ATTR_IDENTITY, LIMBECK_ATTR_COLLATION, LIMBECK_ATTR_CHARSET,
		LIMBECK_ATTR_ON_UPDATE, LIMBECK_ATTR_COMMENT, LIMBECK_ATTR_SEQUENCE,
		LIMBECK_ATTR_START };
	const struct limbeck_object *key = home_primary_key(p, table);
	bool keyed = key && home_lists(p, key, LIMBECK_ATTR_COLUMNS,
		limbeck_object_name(object));

	for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
		object_set(object, gone[i], NULL);
	if (define(p, table, object, column))
		return -1;
	if (keyed)
		object_set(object, LIMBECK_ATTR_NOT_NULL, NULL);
	if (home_place_column(p, table, object, column))
		return -1;
	return home_column_constraints(p, table, column, false)
		|| home_column_constraints(p, table, column, true) ? -1 : 0;
}
