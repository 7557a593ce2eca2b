/* SPDX-License-Identifier: BSD-2-Clause */
/* What is put into the columns of a table. */
#include "translate/phrase_rules.h"

#include <string.h>
#include <strings.h>

#include "sql/scanner.h"

const struct limbeck_object *target_table(struct rewriting *r, const struct ddl_name *table)
{
	const char *name = name_meant(r, table->last);
	const char *schema = table->count > 1 ? name_meant(r, table->first) : NULL;
	const struct limbeck_object *object;

	if (!r->scope->home || !name)
		return NULL;
	object = catalog_relation(r->scope->home, schema, name);
	if (object || r->book->home->folds)
		return object;
	while ((object = catalog_next(r->scope->home, LIMBECK_KIND_TABLE, NULL, NULL, object)))
		if (strcasecmp(limbeck_object_name(object), name) == 0)
			return object;
	return NULL;
}

const struct limbeck_object *target_column(struct rewriting *r, const struct ddl_name *table,
	const struct ddl_ident *column)
{
	const struct limbeck_object *of = target_table(r, table), *object = NULL;
	const char *name = name_meant(r, column);

	while (of && name && (object = catalog_next(r->scope->home, LIMBECK_KIND_COLUMN,
		limbeck_object_schema(of), limbeck_object_name(of), object)))
		if (r->book->home->folds ? strcmp(limbeck_object_name(object), name) == 0
			: strcasecmp(limbeck_object_name(object), name) == 0)
			return object;
	return NULL;
}

bool is_default(const struct ddl_expr *expr)
{
	return expr->kind == EXPR_KEYWORD && strcmp(expr->word, "DEFAULT") == 0;
}

/* What stands for DEFAULT where the engine does not know it as a value. */
const struct ddl_expr *default_value(struct printer *out, const struct ddl_expr *expr,
	const struct limbeck_object *column)
{
	struct rewriting *r = rewriting_of(out);
	const char *text = column ? limbeck_object_get(column, LIMBECK_ATTR_DEFAULT) : NULL;
	const struct ddl_place place = { r->scope->file, expr->span.line, expr->span.column };
	struct ddl_expr *value;
	struct parser p;

	if (!column) {
		target_refuse(out, &expr->span, "DEFAULT of a column that is not known has no "
			"counterpart");
		return NULL;
	}
	if (!text || strstr(text, "nextval("))
		return make_keyword(&r->arena, "NULL");
	if (parser_init(&p, &r->arena, dialect_lexis(LIMBECK_COMMON_DIALECT),
		LIMBECK_COMMON_DIALECT, text, strlen(text), &place, NULL)
		|| expr_parse(&p, &value, NULL)) {
		target_refuse(out, &expr->span, "DEFAULT has no counterpart here");
		return NULL;
	}
	return cast_value(out, value, limbeck_object_get(column, LIMBECK_ATTR_TYPE));
}

struct use {
	struct rewriting *r;
	const char *column;
};

/* Unless it is known to be another table's. */
static bool may_be_target(struct rewriting *r, const struct ddl_name *name)
{
	const struct resolution *found = resolutions_find(&r->names, name);

	return !found || !found->column || !r->changed
		|| strcasecmp(limbeck_object_table(found->column), r->changed) == 0;
}

static int find_use(void *context, const struct ddl_expr *expr)
{
	const struct use *use = context;

	if (!expr)
		return 0;
	if ((expr->kind == EXPR_SUBQUERY || expr->kind == EXPR_EXISTS || expr->kind == EXPR_IN
		|| expr->kind == EXPR_QUANTIFIED || expr->kind == EXPR_ARRAY) && expr->query
		&& query_each(expr->query, find_use, context))
		return 1;
	if (expr->kind == EXPR_COLUMN)
		return strcasecmp(expr->name->last->name, use->column) == 0
			&& may_be_target(use->r, expr->name);
	return expr->kind == EXPR_STAR ? 0 : expr_each(expr, find_use, context);
}

bool uses_column(struct rewriting *r, const struct ddl_expr *expr, const char *column)
{
	struct use use = { r, column };

	return find_use(&use, expr) != 0;
}

static struct ddl_assignment *assignment(struct printer *out, const struct ddl_name *table,
	const struct ddl_expr *target, const struct ddl_expr *value)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_assignment *one = arena_alloc(&r->arena, sizeof *one);
	const struct ddl_expr **items = arena_alloc(&r->arena, sizeof *items);
	const struct limbeck_object *column;

	if (!one || !items)
		return (void)phrase_nomem(out), NULL;
	if (target->kind != EXPR_COLUMN) {
		target_refuse(out, &target->span, "a part of a column that is set has no counterpart");
		return NULL;
	}
	column = target_column(r, table, target->name->last);
	items[0] = target;
	one->targets = (struct expr_list) { items, 1, 1 };
	one->operator = "=";
	one->value = value;
	if (is_default(value) && r->book->way != PHRASE_INWARD
		&& !rewriting_says(r, LIMBECK_SAYS_DEFAULT_IN_VALUES))
		one->value = default_value(out, value, column);
	else if (column)
		one->value = r->book->way == PHRASE_INWARD ? inward_value(out, value, column)
			: cast_value(out, value, limbeck_object_get(column, LIMBECK_ATTR_TYPE));
	return one->value ? one : NULL;
}

/* (a, b) = (SELECT c, d ...): the i-th alone. */
static const struct ddl_expr *nth_of_query(struct rewriting *r, const struct ddl_expr *value,
	size_t i)
{
	const struct ddl_select *select = value->query->terms->select;
	struct ddl_select *one = arena_alloc(&r->arena, sizeof *one);
	struct query_term *term = arena_alloc(&r->arena, sizeof *term);
	struct ddl_query *query = arena_alloc(&r->arena, sizeof *query);
	struct ddl_expr *copy = make_copy(&r->arena, value);

	if (!one || !term || !query || !copy || i >= select->items.count)
		return NULL;
	*one = *select;
	one->items.items += i;
	one->items.count = 1;
	*term = *value->query->terms;
	term->select = one;
	*query = *value->query;
	query->terms = term;
	copy->query = query;
	return copy;
}

static const struct ddl_expr *nth_value(struct printer *out, const struct ddl_assignment *set,
	size_t i)
{
	const struct ddl_expr *value = set->value;

	if (!set->parens || set->targets.count == 1)
		return set->parens && (value->kind == EXPR_ROW || value->kind == EXPR_PAREN)
			&& value->args.count == 1 ? value->args.items[0] : value;
	if (value->kind == EXPR_ROW && value->args.count == set->targets.count)
		return value->args.items[i];
	if (value->kind == EXPR_SUBQUERY && value->query->terms->kind == TERM_SELECT
		&& !value->query->terms->next)
		value = nth_of_query(rewriting_of(out), value, i);
	else
		value = NULL;
	if (!value)
		target_refuse(out, &set->value->span,
			"several columns that are set at once have no counterpart");
	return value;
}

struct ddl_assignment *set_abroad(struct printer *out, const struct ddl_name *table,
	const struct ddl_assignment *set)
{
	struct ddl_assignment *first = NULL, **tail = &first;

	for (; set; set = set->next)
		for (size_t i = 0; i < set->targets.count; i++) {
			const struct ddl_expr *value = nth_value(out, set, i);

			*tail = value ? assignment(out, table, set->targets.items[i], value) : NULL;
			if (!*tail)
				return NULL;
			tail = &(*tail)->next;
		}
	return first;
}

const char *assigned_name(const struct ddl_assignment *one)
{
	return one->targets.items[0]->name->last->name;
}

/* Whether one may be done before the other: it sets nothing that the other reads. */
static bool may_precede(struct rewriting *r, const struct ddl_assignment *one,
	const struct ddl_assignment *other)
{
	return !uses_column(r, other->value, assigned_name(one));
}

static bool may_be_first(struct rewriting *r, const struct ddl_assignment *one,
	const struct ddl_assignment *all)
{
	for (; all; all = all->next)
		if (all != one && !may_precede(r, one, all))
			return false;
	return true;
}

struct ddl_assignment *set_in_order(struct printer *out, struct ddl_assignment *set)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_assignment *first = NULL, **tail = &first, **at;

	while (set) {
		for (at = &set; *at && !may_be_first(r, *at, set); )
			at = &(*at)->next;
		if (!*at) {
			target_refuse(out, &set->value->span, "columns that are set from each other "
				"have no counterpart");
			return NULL;
		}
		*tail = *at;
		*at = (*at)->next;
		tail = &(*tail)->next;
		*tail = NULL;
	}
	return first;
}
