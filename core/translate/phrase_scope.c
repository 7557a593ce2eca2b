/* SPDX-License-Identifier: BSD-2-Clause */
/* What the names of columns refer to. */
#include "translate/phrase_int.h"

#include <ctype.h>
#include <string.h>

#include "base/error.h"

/* A table of a FROM list, a query there, or a CTE. */
struct range {
	const char *name;                  /* as meant; NULL: none */
	const char *schema, *table;        /* of the catalog, or NULL */
	const struct ddl_query *query;     /* of a derived table, or NULL */
	const struct ddl_ident *columns;   /* its names for the query's columns */
	bool outer;                        /* its rows may be missing */
	const struct from_item *function;  /* that gives the rows, with one column */
	struct range *next;
};

struct cte_range {
	const char *name;
	const struct ddl_dml *statement;
	const struct ddl_ident *columns;
	struct cte_range *next;
};

/* A query with its tables, inside another. */
struct level {
	struct range *ranges;
	struct cte_range *ctes;
	const struct level *outer;
	bool crowded;
};

struct walk {
	struct rewriting *r;
	const struct level *level;
	unsigned depth;
	const char *qualify;       /* the table before columns that have none: in DO UPDATE */
};

enum { WALK_DEEPEST = 400 };

static int walk_expr(void *context, const struct ddl_expr *expr);
static int walk_query(struct walk *w, const struct ddl_query *query);
static int walk_dml(struct walk *w, const struct ddl_dml *dml);

static bool same(const struct rewriting *r, const char *a, const char *b)
{
	if (r->book->home->folds)
		return strcmp(a, b) == 0;
	for (; *a && tolower((unsigned char)*a) == tolower((unsigned char)*b); a++)
		b++;
	return !*a && !*b;
}

static const struct limbeck_object *catalog_column(struct rewriting *r, const char *schema,
	const char *table, const char *column)
{
	const struct object_name name = { .kind = LIMBECK_KIND_COLUMN, .schema = schema,
		.table = table, .name = column };
	const struct limbeck_object *object, *relation;

	if (!r->scope->home || !table)
		return NULL;
	object = catalog_find(r->scope->home, &name);
	if (object || r->book->home->folds)
		return object;
	relation = catalog_relation(r->scope->home, schema, table);
	while (relation && (object = catalog_next(r->scope->home, LIMBECK_KIND_COLUMN,
		limbeck_object_schema(relation), limbeck_object_name(relation), object)))
		if (same(r, limbeck_object_name(object), column))
			return object;
	return NULL;
}

static const struct ddl_expr *output_column(struct rewriting *r, const struct range *range,
	const char *column)
{
	const struct query_term *term = range->query->terms;
	const struct ddl_ident *renamed = range->columns;
	const struct select_list *items;

	while (term && term->kind == TERM_PAREN)
		term = term->query->terms;
	if (!term || term->kind != TERM_SELECT)
		return NULL;
	items = &term->select->items;
	for (size_t i = 0; i < items->count; i++) {
		const struct select_item *item = &items->items[i];
		const struct ddl_ident *name = renamed ? renamed : item->alias;

		if (!name && item->expr->kind == EXPR_COLUMN)
			name = item->expr->name->last;
		if (name && same(r, name_meant(r, name), column))
			return item->expr;
		renamed = renamed ? renamed->next : NULL;
	}
	return NULL;
}

/* Whether the range has the column; what is known of it. */
static bool find_in(struct rewriting *r, const struct range *range, const char *column,
	struct resolution *out)
{
	const struct ddl_expr *expr;

	if (range->function) {
		if (!same(r, name_meant(r, function_column(range->function)), column)
			&& !same(r, range->name, column))
			return false;
		out->function = range->function;
		out->meaning = function_meaning(r, range->function);
		out->range = range->name;
		return true;
	}
	if (range->query) {
		expr = output_column(r, range, column);
		if (!expr)
			return false;
		out->meaning = expr_meaning(r, expr);
		out->range = range->name;
		return true;
	}
	out->column = catalog_column(r, range->schema, range->table, column);
	if (!out->column)
		return false;
	out->meaning = type_meaning(r->scope->home, limbeck_object_get(out->column,
		LIMBECK_ATTR_TYPE));
	out->range = range->name;
	return true;
}

static int resolve(struct walk *w, const struct ddl_name *name)
{
	struct resolution one = { .key = name, .meaning = "other" };
	const char *column = name_meant(w->r, name->last), *table = NULL;
	const struct ddl_ident *part = name->first;

	if (!column)
		return -1;
	while (name->count > 1 && part->next != name->last)
		part = part->next;
	if (name->count > 1 && !(table = name_meant(w->r, part)))
		return -1;
	for (const struct level *level = w->level; level; level = level->outer)
		for (const struct range *range = level->ranges; range; range = range->next) {
			if (table && !(range->name && same(w->r, range->name, table)))
				continue;
			if (!find_in(w->r, range, column, &one))
				continue;
			one.outer = range->outer;
			one.crowded = level->crowded;
			return resolutions_put(w->r, &one) ? 0 : -1;
		}
	if (!table && find_in(w->r, &(struct range) { .name = NULL, .schema = w->r->scope->schema,
		.table = w->r->scope->table }, column, &one))
		return resolutions_put(w->r, &one) ? 0 : -1;
	return 0;
}

/* A column without a table before it, in a place where the new row has it too. */
static int qualify(struct walk *w, const struct ddl_name *name)
{
	const struct resolution *found = resolutions_find(&w->r->names, name);
	struct resolution one = { .key = name, .meaning = "other" };

	if (!w->qualify || name->count > 1)
		return 0;
	if (found)
		one = *found;
	one.crowded = true;
	one.range = w->qualify;
	return resolutions_put(w->r, &one) ? 0 : -1;
}

static int walk_expr(void *context, const struct ddl_expr *expr)
{
	struct walk *w = context;
	int result = 0;

	if (!expr || w->depth >= WALK_DEEPEST)
		return 0;
	w->depth++;
	if (expr->kind == EXPR_COLUMN)
		result = resolve(w, expr->name) || qualify(w, expr->name) ? -1 : 0;
	else if (w->qualify && expr_calls(expr, "values"))
		result = 0;
	else if (expr->kind != EXPR_STAR)
		result = expr_each(expr, walk_expr, w);
	if (result == 0 && (expr->kind == EXPR_SUBQUERY || expr->kind == EXPR_EXISTS
		|| expr->kind == EXPR_IN || expr->kind == EXPR_QUANTIFIED
		|| expr->kind == EXPR_ARRAY) && expr->query)
		result = walk_query(w, expr->query);
	w->depth--;
	return result;
}

static int walk_list(struct walk *w, const struct expr_list *list)
{
	int result = 0;

	for (size_t i = 0; result == 0 && i < list->count; i++)
		result = walk_expr(w, list->items[i]);
	return result;
}

static int walk_order(struct walk *w, const struct order_list *list)
{
	int result = 0;

	for (size_t i = 0; result == 0 && i < list->count; i++)
		result = walk_expr(w, list->items[i].expr);
	return result;
}

static const struct cte_range *find_cte(const struct walk *w, const char *name)
{
	for (const struct level *level = w->level; level; level = level->outer)
		for (const struct cte_range *cte = level->ctes; cte; cte = cte->next)
			if (same(w->r, cte->name, name))
				return cte;
	return NULL;
}

static int set_table(struct walk *w, struct range *range, const struct ddl_name *name)
{
	const struct cte_range *cte;

	range->table = name_meant(w->r, name->last);
	if (!range->table)
		return -1;
	if (name->count > 1 && !(range->schema = name_meant(w->r, name->first)))
		return -1;
	range->name = range->table;
	cte = name->count == 1 ? find_cte(w, range->table) : NULL;
	if (cte && cte->statement->kind == DML_QUERY) {
		range->query = cte->statement->query;
		range->columns = cte->columns;
		range->table = NULL;
	}
	return 0;
}

/* The last of the list of a level. */
static int add_range(struct walk *w, struct level *level, const struct range *range)
{
	struct range *copy = arena_alloc(&w->r->arena, sizeof *copy), **tail = &level->ranges;

	if (!copy)
		return -1;
	*copy = *range;
	while (*tail)
		tail = &(*tail)->next;
	*tail = copy;
	return 0;
}

static int add_item(struct walk *w, struct level *level, const struct from_item *item,
	bool outer);

static int add_from(struct walk *w, struct level *level, const struct from_list *list)
{
	int result = 0;

	for (size_t i = 0; result == 0 && i < list->count; i++)
		result = add_item(w, level, list->items[i], false);
	return result;
}

static bool joins_outside(const struct from_item *item)
{
	for (const struct from_join *join = item->joins; join; join = join->next)
		if (strstr(join->words, "LEFT") || strstr(join->words, "RIGHT")
			|| strstr(join->words, "FULL"))
			return true;
	return false;
}

static const struct ddl_ident *column_names(struct walk *w, const struct from_item *item)
{
	struct ddl_ident *first = NULL, **tail = &first;

	for (const struct column_definition *c = item->columns; c; c = c->next) {
		*tail = arena_alloc(&w->r->arena, sizeof **tail);
		if (!*tail)
			return NULL;
		**tail = c->name;
		(*tail)->next = NULL;
		tail = &(*tail)->next;
	}
	return first;
}

static int add_item(struct walk *w, struct level *level, const struct from_item *item, bool outer)
{
	struct range range = { .name = NULL };
	int result = 0;

	outer = outer || joins_outside(item);
	range.outer = outer;
	if (item->kind == FROM_PAREN)
		return add_from(w, level, &item->inner);
	if (item->kind == FROM_TABLE)
		result = set_table(w, &range, &item->name);
	if (item->kind == FROM_QUERY) {
		/* It may see the tables before it, if it is lateral. */
		result = walk_query(w, item->query);
		range.query = item->query;
	}
	if (item->kind == FROM_FUNCTION && item->calls.items[0]->kind == EXPR_CALL) {
		range.function = item;
		range.name = name_meant(w->r, function_range(item));
	}
	if (item->columns_parens)
		range.columns = column_names(w, item);
	if (result == 0 && item->alias && !(range.name = name_meant(w->r, item->alias)))
		result = -1;
	if (result == 0 && (range.query || range.table || range.function))
		result = add_range(w, level, &range);
	if (result == 0)
		result = walk_list(w, &item->calls);
	for (const struct from_join *join = item->joins; result == 0 && join; join = join->next)
		result = add_item(w, level, join->item, outer);
	return result;
}

/* Conditions of joins, once all tables are known. */
static int walk_joins(struct walk *w, const struct from_list *list)
{
	int result = 0;

	for (size_t i = 0; result == 0 && i < list->count; i++) {
		const struct from_item *item = list->items[i];

		result = walk_joins(w, &item->inner);
		for (const struct from_join *j = item->joins; result == 0 && j; j = j->next) {
			const struct from_list one = { &(struct from_item *) { j->item }, 1, 1 };

			result = walk_expr(w, j->on);
			if (result == 0)
				result = walk_joins(w, &one);
		}
	}
	return result;
}

static int walk_windows(struct walk *w, const struct ddl_window *window)
{
	int result = 0;

	for (; result == 0 && window; window = window->next) {
		result = walk_list(w, &window->partition);
		if (result == 0)
			result = walk_order(w, &window->order);
	}
	return result;
}

/* Whether functions give rows beside tables, whose columns may have any names abroad. */
static bool has_functions(const struct ddl_select *select)
{
	for (size_t i = 0; i < select->items.count; i++)
		if (function_gives_rows(expr_inner(select->items.items[i].expr)))
			return true;
	for (size_t i = 0; i < select->from.count; i++) {
		const struct from_item *item = select->from.items[i];

		if (item->kind == FROM_FUNCTION)
			return true;
		for (const struct from_join *join = item->joins; join; join = join->next)
			if (join->item->kind == FROM_FUNCTION)
				return true;
	}
	return false;
}

static int walk_select(struct walk *w, const struct ddl_select *select,
	const struct order_list *order)
{
	const struct level *outer = w->level;
	struct level level = { NULL, NULL, outer, false };
	int result;

	w->level = &level;
	result = add_from(w, &level, &select->from);
	level.crowded = has_functions(select);
	if (result == 0)
		result = walk_joins(w, &select->from);
	for (size_t i = 0; result == 0 && i < select->items.count; i++)
		result = walk_expr(w, select->items.items[i].expr);
	if (result == 0)
		result = walk_list(w, &select->distinct_on) || walk_expr(w, select->where)
			|| walk_list(w, &select->group) || walk_expr(w, select->having)
			|| walk_windows(w, select->windows) ? -1 : 0;
	if (result == 0 && order)
		result = walk_order(w, order);
	w->level = outer;
	return result;
}

static int walk_ctes(struct walk *w, struct level *level, const struct ddl_with *with)
{
	int result = 0;

	for (const struct ddl_cte *cte = with ? with->first : NULL; result == 0 && cte;
		cte = cte->next) {
		struct cte_range *range = arena_alloc(&w->r->arena, sizeof *range);

		if (!range || !(range->name = name_meant(w->r, &cte->name)))
			return -1;
		range->statement = cte->statement;
		range->columns = cte->columns;
		range->next = level->ctes;
		if (with->recursive)
			level->ctes = range;
		result = walk_dml(w, cte->statement);
		level->ctes = range;
	}
	return result;
}

static int walk_terms(struct walk *w, const struct ddl_query *query)
{
	int result = 0;

	for (const struct query_term *term = query->terms; result == 0 && term; term = term->next) {
		bool alone = term == query->terms && !term->next;

		if (term->kind == TERM_SELECT)
			result = walk_select(w, term->select, alone ? &query->order : NULL);
		if (term->kind == TERM_PAREN)
			result = walk_query(w, term->query);
		for (size_t i = 0; term->kind == TERM_VALUES && result == 0 && i < term->rows.count;
			i++)
			result = walk_list(w, &term->rows.items[i].values);
	}
	return result;
}

static int walk_query(struct walk *w, const struct ddl_query *query)
{
	struct level level = { NULL, NULL, w->level, false };
	int result;

	if (w->depth >= WALK_DEEPEST)
		return 0;
	w->depth++;
	w->level = &level;
	result = walk_ctes(w, &level, query->with);
	if (result == 0)
		result = walk_terms(w, query);
	w->level = level.outer;
	w->depth--;
	return result;
}

static int walk_assignments(struct walk *w, const struct ddl_assignment *set)
{
	int result = 0;

	for (; result == 0 && set; set = set->next) {
		result = walk_list(w, &set->targets);
		if (result == 0)
			result = walk_expr(w, set->value);
	}
	return result;
}

static int walk_conflicts(struct walk *w, const struct ddl_insert *insert)
{
	int result = 0;

	for (const struct ddl_conflict *c = insert->conflicts; result == 0 && c; c = c->next)
		result = walk_assignments(w, c->set) || walk_expr(w, c->where) ? -1 : 0;
	if (insert->duplicate && w->r->book->way == PHRASE_INWARD)
		w->qualify = name_meant(w->r, insert->name.last);
	for (const struct ddl_assignment *one = insert->duplicate; result == 0 && one; one = one->next)
		result = walk_expr(w, one->value);
	w->qualify = NULL;
	return result;
}

static int walk_insert(struct walk *w, struct level *level, const struct ddl_insert *insert)
{
	struct range range = { .name = NULL };
	int result = 0;

	for (size_t i = 0; result == 0 && i < insert->rows.count; i++)
		result = walk_list(w, &insert->rows.items[i].values);
	if (result == 0 && insert->source == INSERT_QUERY)
		result = walk_query(w, insert->query);
	if (result || set_table(w, &range, &insert->name))
		return -1;
	if (insert->alias)
		range.name = name_meant(w->r, insert->alias);
	result = add_range(w, level, &range);
	range.name = "excluded";
	if (result == 0)
		result = add_range(w, level, &range);
	if (result == 0)
		result = walk_conflicts(w, insert);
	return result ? result : walk_assignments(w, insert->set);
}

static int walk_update(struct walk *w, struct level *level, const struct ddl_update *update)
{
	return add_from(w, level, &update->tables) || add_from(w, level, &update->from)
		|| walk_joins(w, &update->tables) || walk_joins(w, &update->from)
		|| walk_assignments(w, update->set) || walk_expr(w, update->where)
		|| walk_order(w, &update->order) ? -1 : 0;
}

static int walk_delete(struct walk *w, struct level *level, const struct ddl_delete *delete)
{
	return add_from(w, level, &delete->tables) || add_from(w, level, &delete->from)
		|| walk_joins(w, &delete->tables) || walk_joins(w, &delete->from)
		|| walk_expr(w, delete->where) || walk_order(w, &delete->order) ? -1 : 0;
}

static int walk_dml(struct walk *w, const struct ddl_dml *dml)
{
	struct level level = { NULL, NULL, w->level, false };
	int result;

	if (dml->kind == DML_QUERY)
		return walk_query(w, dml->query);
	w->level = &level;
	result = walk_ctes(w, &level, dml->kind == DML_INSERT ? dml->insert->with
		: dml->kind == DML_UPDATE ? dml->update->with : dml->delete->with);
	if (result == 0)
		result = dml->kind == DML_INSERT ? walk_insert(w, &level, dml->insert)
			: dml->kind == DML_UPDATE ? walk_update(w, &level, dml->update)
			: walk_delete(w, &level, dml->delete);
	w->level = level.outer;
	return result;
}

int scope_expr(struct rewriting *r, const struct ddl_expr *expr)
{
	struct walk w = { r, NULL, 0, NULL };

	return walk_expr(&w, expr);
}

int scope_query(struct rewriting *r, const struct ddl_query *query)
{
	struct walk w = { r, NULL, 0, NULL };

	return walk_query(&w, query);
}

int scope_dml(struct rewriting *r, const struct ddl_dml *dml)
{
	struct walk w = { r, NULL, 0, NULL };

	return walk_dml(&w, dml);
}
