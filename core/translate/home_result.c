/* SPDX-License-Identifier: BSD-2-Clause */
/* The columns that a query gives: their names, and their types as far as they are known. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "translate/home_int.h"

/* A query with what is known around it. */
struct level {
	struct performer *p;
	const struct ddl_query *query;
	const struct ddl_select *select;
	const struct level *outer;
	const struct ddl_cte *inside;  /* of outer's WITH: the one that it is in */
	unsigned depth;
	unsigned *left;                /* how many queries may still be looked at */
};

enum { LEVELS_MOST = 50, QUERIES_MOST = 5000 };

static int query_columns(const struct level *level, home_column_visit *visit, void *context);
static const char *type_of(const struct level *level, const struct ddl_expr *expr);

/* A query sees those of its own WITH, and what it stands in; inside WITH, those before it. */
static const struct ddl_cte *find_cte(const struct level *level, const struct ddl_name *name,
	const struct level **where)
{
	const struct ddl_cte *end = NULL;

	for (; level && name->count == 1; end = level->inside, level = level->outer) {
		const struct ddl_with *with = level->query->with;

		for (const struct ddl_cte *cte = with ? with->first : NULL; cte; cte = cte->next) {
			if (cte == end && !with->recursive)
				break;
			if (strcasecmp(cte->name.name, name->last->name) == 0) {
				*where = level;
				return cte;
			}
		}
	}
	return NULL;
}

static int inner_columns(const struct level *level, const struct ddl_query *query,
	const struct ddl_cte *inside, home_column_visit *visit, void *context)
{
	struct level inner = { .p = level->p, .query = query, .outer = level, .inside = inside,
		.depth = level->depth + 1, .left = level->left };

	if (inner.depth > LEVELS_MOST || !*inner.left)
		return 0;
	--*inner.left;
	return query_columns(&inner, visit, context);
}

/* Other names for the columns of a relation, as far as they go. */
struct renamed {
	struct performer *p;
	const struct ddl_ident *of;                    /* what the relation is called */
	const struct ddl_ident *names;                 /* one of the two */
	const struct column_definition *definitions;
	home_column_visit *visit;
	void *context;
};

static int rename_column(void *context, const struct home_column *column)
{
	struct renamed *renamed = context;
	const struct ddl_ident *name = renamed->names ? renamed->names
		: renamed->definitions ? &renamed->definitions->name : NULL;
	struct home_column copy = *column;

	if (renamed->of)
		copy.of = renamed->of;
	if (name && !(copy.name = home_ident(renamed->p, name)))
		return -1;
	if (renamed->names)
		renamed->names = renamed->names->next;
	if (renamed->definitions)
		renamed->definitions = renamed->definitions->next;
	return renamed->visit(renamed->context, &copy);
}

static int relation_columns(const struct level *level, const struct ddl_name *name,
	home_column_visit *visit, void *context)
{
	const struct limbeck_object *column = NULL;
	struct home_column told = { .span = &name->span };
	struct limbeck_object *relation;
	struct home_name full;
	int result = 0;

	if (home_name(level->p, name, &full) || home_relation(level->p, &full, &relation))
		return -1;
	if (!relation)
		return level->p->traits->flags & HOME_LOOSE_REFERENCES ? 0
			: home_complain(level->p, HOME_NO_RELATION, &name->span, NULL, full.name,
				NULL);
	if (limbeck_object_kind(relation) != LIMBECK_KIND_TABLE) {
		for (size_t i = 0; !result && i < limbeck_object_count(relation,
			LIMBECK_ATTR_COLUMNS); i++) {
			const char *type = limbeck_object_item(relation,
				LIMBECK_ATTR_COLUMN_TYPES, i);

			told.name = limbeck_object_item(relation, LIMBECK_ATTR_COLUMNS, i);
			told.type = type && *type ? type : NULL;
			result = visit(context, &told);
		}
		return result;
	}
	while (!result && (column = catalog_next(level->p->catalog, LIMBECK_KIND_COLUMN,
			limbeck_object_schema(relation), limbeck_object_name(relation), column))) {
		told.name = limbeck_object_name(column);
		told.type = limbeck_object_get(column, LIMBECK_ATTR_TYPE);
		result = visit(context, &told);
	}
	return result;
}

static int cte_columns(const struct level *where, const struct ddl_cte *cte,
	home_column_visit *visit, void *context)
{
	struct renamed renamed = { where->p, NULL, cte->columns, NULL, visit, context };

	if (cte->statement->kind != DML_QUERY)
		return 0;
	return inner_columns(where, cte->statement->query, cte, rename_column, &renamed);
}

/* Those of one item, without what is joined to it. */
static int item_columns(const struct level *level, const struct from_item *item,
	home_column_visit *visit, void *context)
{
	const struct ddl_ident *of = item->alias ? item->alias
		: item->kind == FROM_TABLE ? item->name.last : NULL;
	struct renamed renamed = { level->p, of, NULL, item->columns, visit, context };
	struct home_column told = { .span = &item->span, .of = of };
	const struct level *where;
	const struct ddl_cte *cte;

	switch (item->kind) {
	case FROM_TABLE:
		cte = find_cte(level, &item->name, &where);
		/* One that is recursive reads itself: what it begins with says what it has. */
		return cte ? cte_columns(where, cte, rename_column, &renamed)
			: relation_columns(level, &item->name, rename_column, &renamed);
	case FROM_QUERY: return inner_columns(level, item->query, NULL, rename_column, &renamed);
	case FROM_FUNCTION:
		told.name = item->columns ? NULL : item->alias ? home_ident(level->p, item->alias)
			: item->calls.count && item->calls.items[0]->kind == EXPR_CALL
			? home_ident(level->p, item->calls.items[0]->call->name.last) : "column1";
		for (const struct column_definition *d = item->columns; d; d = d->next) {
			struct home_type type = { NULL, false };

			told.name = home_ident(level->p, &d->name);
			if (!told.name || (d->type && home_type(level->p, d->type, &type)))
				return -1;
			told.type = type.text;
			if (visit(context, &told))
				return -1;
		}
		return item->columns ? 0 : visit(context, &told);
	default: return 0;
	}
}

static bool is_named(const struct level *level, const struct from_item *item,
	const struct ddl_ident *name)
{
	const struct ddl_ident *own = item->alias ? item->alias
		: item->kind == FROM_TABLE ? item->name.last : NULL;
	const char *a = own ? home_ident(level->p, own) : NULL, *b = home_ident(level->p, name);

	return a && b && strcasecmp(a, b) == 0;
}

/* All columns of an item and of what is joined to it, where USING makes one of two. */
struct gathered {
	struct performer *p;
	VEC(struct home_column) columns;
};

static int gather(void *context, const struct home_column *column)
{
	struct gathered *gathered = context;

	return vec_push_arena(&gathered->columns, *column, gathered->p->arena) ? 0
		: home_nomem(gathered->p);
}

static const struct home_column *find(const struct gathered *list, const char *name)
{
	for (size_t i = 0; name && i < list->columns.count; i++)
		if (list->columns.items[i].name
			&& home_same(list->p, list->columns.items[i].name, name))
			return &list->columns.items[i];
	return NULL;
}

static bool is_shared(const struct from_join *join, const struct gathered *left,
	const struct gathered *right, const char *name)
{
	if (!find(left, name) || !find(right, name))
		return false;
	if (strstr(join->words, "NATURAL"))
		return true;
	for (const struct ddl_ident *i = join->columns; i; i = i->next)
		if (home_same(left->p, i->name, name)
			|| (left->p->traits->folds && strcasecmp(i->name, name) == 0))
			return true;
	return false;
}

static int merge(struct gathered *left, const struct gathered *right,
	const struct from_join *join)
{
	struct gathered merged = { .p = left->p };

	for (int round = 0; round < 3; round++) {
		const struct gathered *from = round == 2 ? right : left;

		for (size_t i = 0; i < from->columns.count; i++) {
			const struct home_column *column = &from->columns.items[i];

			if (is_shared(join, left, right, column->name) == (round == 0)
				&& gather(&merged, column))
				return -1;
		}
	}
	*left = merged;
	return 0;
}

static int gather_item(const struct level *level, const struct from_item *item,
	struct gathered *out)
{
	for (size_t i = 0; item->kind == FROM_PAREN && i < item->inner.count; i++)
		if (gather_item(level, item->inner.items[i], out))
			return -1;
	if (item_columns(level, item, gather, out))
		return -1;
	for (const struct from_join *j = item->joins; j; j = j->next) {
		struct gathered right = { .p = level->p };

		if (gather_item(level, j->item, &right) || merge(out, &right, j))
			return -1;
	}
	return 0;
}

static int named_columns(const struct level *level, const struct from_item *item,
	const struct ddl_ident *of, home_column_visit *visit, void *context)
{
	int result = 0;

	for (size_t i = 0; item->kind == FROM_PAREN && i < item->inner.count && !result; i++)
		result = named_columns(level, item->inner.items[i], of, visit, context);
	if (!result && is_named(level, item, of))
		result = item_columns(level, item, visit, context);
	for (const struct from_join *j = item->joins; j && !result; j = j->next)
		result = named_columns(level, j->item, of, visit, context);
	return result;
}

/* Those of all items, or of the one of that name. */
static int list_columns(const struct level *level, const struct from_list *list,
	const struct ddl_ident *of, home_column_visit *visit, void *context)
{
	struct gathered all = { .p = level->p };
	int result = 0;

	for (size_t i = 0; i < list->count && !result; i++)
		result = of ? named_columns(level, list->items[i], of, visit, context)
			: gather_item(level, list->items[i], &all);
	for (size_t i = 0; i < all.columns.count && !result; i++)
		result = visit(context, &all.columns.items[i]);
	return result;
}

struct search {
	const struct level *level;
	const char *name;
	const char *type;
};

static int search_column(void *context, const struct home_column *column)
{
	struct search *search = context;

	if (!column->name || !home_same(search->level->p, column->name, search->name))
		return 0;
	search->type = column->type;
	return 1;
}

static const char *column_type(const struct level *level, const struct ddl_name *name)
{
	struct search search = { level, home_ident(level->p, name->last), NULL };
	const struct ddl_ident *of = name->count > 1 ? name->first : NULL;

	while (of && of->next != name->last)
		of = of->next;
	for (; level && search.name; level = level->outer)
		if (level->select && list_columns(level, &level->select->from, of, search_column,
				&search) > 0)
			return search.type;
	return NULL;
}

/* A type from the word for its meaning. */
static const char *type_from_meaning(struct performer *p, const char *meaning)
{
	static const char *const words[][2] = { { "double", "double precision" },
		{ "blob", "bytea" }, { "json", "jsonb" } };

	if (strcmp(meaning, "other") == 0 || strcmp(meaning, "enum") == 0
		|| strcmp(meaning, "array") == 0)
		return NULL;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(meaning, words[i][0]) == 0)
			return words[i][1];
	if (strncmp(meaning, "text(", 5) == 0)
		return arena_printf(p->arena, "varchar%s", meaning + 4);
	return arena_strdup(p->arena, meaning);
}

static const char *call_type(const struct level *level, const struct ddl_expr *expr)
{
	static const char *const as_argument[] = { "min", "max", "coalesce", "nullif", "greatest",
		"least", "ifnull" };
	const char *type = NULL;

	for (size_t i = 0; i < sizeof as_argument / sizeof *as_argument; i++)
		if (expr_calls(expr, as_argument[i]))
			for (size_t n = 0; n < expr->args.count && !type; n++)
				type = type_of(level, expr->args.items[n]);
	return type;
}

static const char *case_type(const struct level *level, const struct ddl_case *branches)
{
	const char *type = NULL;

	for (size_t i = 0; i < branches->branches.count && !type; i++)
		type = type_of(level, branches->branches.items[i].then);
	return type || !branches->otherwise ? type : type_of(level, branches->otherwise);
}

/* One that can't be said is not known, and no error yet. */
static const char *cast_type(struct performer *p, const struct ddl_type *type)
{
	struct limbeck_error *err = p->err;
	struct home_type common;
	int failed;

	p->err = NULL;
	failed = home_type(p, type, &common);
	p->err = err;
	return failed ? NULL : common.text;
}

struct first {
	const char *type;
};

static int take_first(void *context, const struct home_column *column)
{
	((struct first *)context)->type = column->type;
	return 1;
}

/* The wider of two numbers. */
static const char *wider(const char *a, const char *b)
{
	static const char *const numbers[] = { "smallint", "integer", "bigint", "numeric", "real",
		"double precision" };
	size_t most = 0, count = sizeof numbers / sizeof *numbers, i, k;

	for (i = 0; a && i < count && strncmp(a, numbers[i], strlen(numbers[i])) != 0; i++)
		;
	for (k = 0; b && k < count && strncmp(b, numbers[k], strlen(numbers[k])) != 0; k++)
		;
	most = i > k ? i : k;
	return a && b && most < count ? numbers[most] : NULL;
}

static const char *infix_type(const struct level *level, const struct ddl_expr *expr)
{
	const char *type;

	if (strcmp(expr->word, "||") == 0)
		return "text";
	if (strlen(expr->word) != 1 || !strchr("+-*/%", expr->word[0]))
		return NULL;
	type = type_of(level, expr->args.items[0]);
	for (size_t i = 1; i < expr->args.count && type; i++)
		type = wider(type, type_of(level, expr->args.items[i]));
	return type;
}

static const char *type_of(const struct level *level, const struct ddl_expr *expr)
{
	const struct phrase_scope scope = { .home = level->p->catalog, .file = level->p->home->file };
	struct first first = { NULL };
	const char *found = NULL;

	expr = expr_inner(expr);
	if (expr->kind == EXPR_COLUMN)
		return column_type(level, expr->name);
	if (expr->kind == EXPR_CAST && expr->type)
		return cast_type(level->p, expr->type);
	if (expr->kind == EXPR_CALL)
		found = call_type(level, expr);
	else if (expr->kind == EXPR_CASE)
		found = case_type(level, expr->branches);
	else if (expr->kind == EXPR_INFIX)
		found = infix_type(level, expr);
	else if (expr->kind == EXPR_SUBQUERY && inner_columns(level, expr->query, NULL, take_first,
			&first) > 0)
		found = first.type;
	return found ? found : type_from_meaning(level->p, phrase_meaning(&scope, expr));
}

/* What a column without a name is called. */
static const char *name_of(const struct level *level, const struct ddl_expr *expr)
{
	const struct ddl_expr *inner = expr_inner(expr);

	if (inner->kind == EXPR_COLUMN)
		return home_ident(level->p, inner->name->last);
	if (!level->p->traits->folds)
		return home_span_text(level->p, &expr->span);
	switch (inner->kind) {
	case EXPR_CALL: return home_ident(level->p, inner->call->name.last);
	case EXPR_COLLATE: return name_of(level, inner->args.items[0]);
	case EXPR_CAST: {
		const char *name = name_of(level, inner->args.items[0]);

		if (name && strcmp(name, "?column?") == 0 && inner->type)
			return inner->type->simple;
		return name;
	}
	case EXPR_CASE: return "case";
	case EXPR_EXISTS: return "exists";
	case EXPR_ARRAY: return "array";
	case EXPR_ROW: return "row";
	default: return "?column?";
	}
}

static int select_columns(const struct level *level, const struct ddl_select *select,
	home_column_visit *visit, void *context)
{
	struct level inner = *level;
	int result = 0;

	inner.select = select;
	for (size_t i = 0; i < select->items.count && !result; i++) {
		const struct select_item *item = &select->items.items[i];
		struct home_column told = { .span = &item->expr->span };

		if (item->expr->kind == EXPR_STAR) {
			const struct ddl_name *of = item->expr->name;

			result = list_columns(&inner, &select->from, of ? of->last : NULL, visit,
				context);
			continue;
		}
		told.name = item->alias ? home_ident(level->p, item->alias)
			: name_of(&inner, item->expr);
		told.type = type_of(&inner, item->expr);
		result = told.name ? visit(context, &told) : -1;
	}
	return result;
}

static int value_columns(const struct level *level, const struct value_row *row,
	home_column_visit *visit, void *context)
{
	struct home_column told = { 0 };
	char name[32];
	int result = 0;

	for (size_t i = 0; i < row->values.count && !result; i++) {
		snprintf(name, sizeof name, "column%zu", i + 1);
		told.name = arena_strdup(level->p->arena, name);
		told.span = &row->values.items[i]->span;
		told.type = type_of(level, row->values.items[i]);
		result = told.name ? visit(context, &told) : home_nomem(level->p);
	}
	return result;
}

static int query_columns(const struct level *level, home_column_visit *visit, void *context)
{
	const struct query_term *term = level->query->terms;

	switch (term->kind) {
	case TERM_SELECT: return select_columns(level, term->select, visit, context);
	case TERM_TABLE: return relation_columns(level, term->table, visit, context);
	case TERM_PAREN: return inner_columns(level, term->query, NULL, visit, context);
	case TERM_VALUES:
		return term->rows.count
			? value_columns(level, &term->rows.items[0], visit, context) : 0;
	}
	return 0;
}

int home_query_columns(struct performer *p, const struct ddl_query *query,
	home_column_visit *visit, void *context)
{
	unsigned left = QUERIES_MOST;
	const struct level level = { .p = p, .query = query, .left = &left };

	return query_columns(&level, visit, context);
}

int home_star_columns(struct performer *p, const struct ddl_query *query,
	const struct ddl_select *select, const struct ddl_expr *star, home_column_visit *visit,
	void *context)
{
	unsigned left = QUERIES_MOST;
	const struct level level = { .p = p, .query = query, .select = select, .left = &left };

	return list_columns(&level, &select->from, star->name ? star->name->last : NULL, visit,
		context);
}
