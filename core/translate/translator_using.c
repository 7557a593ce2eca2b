/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ALTER COLUMN c TYPE t USING e: a column of the new type beside it takes the values that
 * e gives; c loses its own, changes its type, and takes them back. So nothing that the
 * engine would convert by itself, or would refuse to, stands in the way.
 */
#include <string.h>

#include "base/error.h"
#include "sql/quote.h"
#include "translate/translator_int.h"

static const char spare_name[] = "limbeck_%u_%s";

struct conversion {
	const struct home_work *work;
	struct limbeck_object *column;   /* of becomes */
	const char *spare;               /* name of the column beside it */
};

struct converter {
	struct translator *translator;
	struct arena *arena;
	VEC(struct conversion) items;
};

static const struct limbeck_object *column_of(const struct limbeck_catalog *catalog,
	const struct home_work *work)
{
	const struct object_name name = { .kind = LIMBECK_KIND_COLUMN, .schema = work->schema,
		.table = work->table, .name = work->column };

	return catalog_find(catalog, &name);
}

static const char *meaning_of(const struct limbeck_catalog *catalog, const struct home_work *work)
{
	const struct limbeck_object *column = column_of(catalog, work);
	const char *meaning = column ? limbeck_object_get(column, LIMBECK_ATTR_MEANING) : NULL;

	return meaning ? meaning : "other";
}

static bool is_text(const char *meaning)
{
	return strncmp(meaning, "text", 4) == 0 || strncmp(meaning, "char", 4) == 0;
}

/* c, c::text::t: what the change of the type does by itself. */
static bool is_cast(const struct ddl_expr *expr, const char *column)
{
	while (expr && (expr->kind == EXPR_CAST || expr->kind == EXPR_PAREN) && expr->args.count)
		expr = expr->args.items[0];
	return expr && expr->kind == EXPR_COLUMN && expr->name && expr->name->last
		&& strcmp(expr->name->last->name, column) == 0;
}

/* A boolean is a number where there is none, and a number is another text. */
static bool needs_expression(const struct home_work *work, const struct limbeck_catalog *was,
	const struct limbeck_catalog *becomes)
{
	const char *from = meaning_of(was, work), *to = meaning_of(becomes, work);

	if (!is_cast(work->expr, work->column))
		return true;
	return (strcmp(from, "boolean") == 0 && is_text(to))
		|| (is_text(from) && strcmp(to, "boolean") == 0);
}

static bool is_key(const struct limbeck_catalog *catalog, const struct home_work *work)
{
	const struct limbeck_object *key = catalog_next(catalog, LIMBECK_KIND_PRIMARY_KEY,
		work->schema, work->table, NULL);

	for (size_t i = 0; key && i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++)
		if (strcmp(limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i), work->column) == 0)
			return true;
	return false;
}

static int collect(struct converter *c, const struct limbeck_catalog *was,
	const struct limbeck_catalog *becomes, struct limbeck_error *err)
{
	const struct pending *pending = &c->translator->pending;

	for (size_t i = 0; i < pending->works.count; i++) {
		struct conversion new = { .work = &pending->works.items[i] };

		if (new.work->kind != HOME_WORK_USING || !column_of(was, new.work)
			|| !column_of(becomes, new.work)
			|| !needs_expression(new.work, was, becomes))
			continue;
		if (is_key(was, new.work) || is_key(becomes, new.work)) {
			error_set(err, LIMBECK_E_UNSUPPORTED, "USING can't be translated for a column "
				"of a primary key");
			return -1;
		}
		new.spare = arena_printf(c->arena, spare_name, (unsigned)i + 1, new.work->column);
		if (!new.spare || !vec_push_arena(&c->items, new, c->arena))
			return error_nomem(err);
	}
	return 0;
}

/* `catalog` with the columns beside, and what is converted free to be empty. */
static struct limbeck_catalog *half_way(const struct converter *c,
	const struct limbeck_catalog *catalog, const struct limbeck_catalog *becomes)
{
	struct limbeck_catalog *half = catalog_clone(catalog);

	for (size_t i = 0; half && i < c->items.count; i++) {
		const struct conversion *item = &c->items.items[i];
		const struct object_name name = { .kind = LIMBECK_KIND_COLUMN,
			.schema = item->work->schema, .table = item->work->table,
			.name = item->work->column }, as = { .name = item->spare };
		struct limbeck_object *column = catalog_find(half, &name);
		struct limbeck_object *spare = catalog_copy(half, column_of(becomes, item->work),
			false, &as);

		if (!column || !spare)
			break;
		object_set(column, LIMBECK_ATTR_NOT_NULL, NULL);
		object_set(spare, LIMBECK_ATTR_NOT_NULL, NULL);
		object_set(spare, LIMBECK_ATTR_DEFAULT, NULL);
		object_set(spare, LIMBECK_ATTR_EXPRESSION, NULL);
	}
	if (half && catalog_failed(half)) {
		catalog_free(half);
		half = NULL;
	}
	return half;
}

static void begin_update(struct strbuf *out, const struct converter *c,
	const struct conversion *item, const char *column)
{
	strbuf_addstr(out, "UPDATE ");
	quote_qualified(out, c->translator->lexis, item->work->schema, item->work->table);
	strbuf_addstr(out, " SET ");
	quote_identifier(out, c->translator->lexis, column);
	strbuf_addstr(out, " = ");
}

static int emit(const struct converter *c, struct strbuf *text, struct limbeck_error *err)
{
	if (strbuf_failed(text))
		return error_nomem(err);
	section_emit(c->translator, NULL, text->buf, text->len);
	strbuf_reset(text);
	return 0;
}

static int set_aside(const struct converter *c, const struct conversion *item,
	struct strbuf *text, struct limbeck_error *err)
{
	const struct phrase_scope scope = { .home = c->translator->done,
		.schema = item->work->schema, .table = item->work->table,
		.file = c->translator->file };

	begin_update(text, c, item, item->spare);
	if (phrase_expr(c->translator->home->across, &scope, item->work->expr, text, err) < 0
		|| emit(c, text, err) < 0)
		return -1;
	begin_update(text, c, item, item->work->column);
	strbuf_addstr(text, "NULL");
	return emit(c, text, err);
}

static int take_back(const struct converter *c, const struct conversion *item,
	struct strbuf *text, struct limbeck_error *err)
{
	begin_update(text, c, item, item->work->column);
	quote_identifier(text, c->translator->lexis, item->spare);
	return emit(c, text, err);
}

static int convert(struct converter *c, struct limbeck_catalog **was,
	const struct limbeck_catalog *becomes, struct limbeck_error *err)
{
	struct limbeck_catalog *first = half_way(c, *was, becomes);
	struct limbeck_catalog *second = half_way(c, becomes, becomes);
	struct strbuf text = STRBUF_INIT;
	int result = first && second ? 0 : error_nomem(err);

	if (result == 0)
		result = translator_lead(c->translator, *was, first, NULL, 0, err);
	for (size_t i = 0; result == 0 && i < c->items.count; i++)
		result = set_aside(c, &c->items.items[i], &text, err);
	if (result == 0)
		result = translator_lead(c->translator, first, second, NULL, 0, err);
	for (size_t i = 0; result == 0 && i < c->items.count; i++)
		result = take_back(c, &c->items.items[i], &text, err);
	strbuf_release(&text);
	catalog_free(first);
	if (result < 0) {
		catalog_free(second);
		return -1;
	}
	catalog_free(*was);
	*was = second;
	return 0;
}

int work_convert(struct translator *translator, struct limbeck_catalog **was,
	const struct limbeck_catalog *becomes, struct limbeck_error *err)
{
	struct arena arena = ARENA_INIT;
	struct converter c = { .translator = translator, .arena = &arena };
	int result = 0;

	if (!translator->pending.verbatim)
		result = collect(&c, *was, becomes, err);
	if (result == 0 && c.items.count)
		result = convert(&c, was, becomes, err);
	arena_release(&arena);
	return result;
}
