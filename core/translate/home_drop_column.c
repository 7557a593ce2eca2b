/* SPDX-License-Identifier: BSD-2-Clause */
/* ALTER TABLE ... DROP COLUMN, and TRUNCATE. */
#include <string.h>

#include "base/error.h"
#include "translate/home_int.h"

/* How it is dropped. */
struct dropping {
	const struct ddl_span *span;
	bool cascade;
};

static int complain(struct performer *p, const struct dropping *how, const char *name,
	const struct limbeck_object *holder)
{
	struct strbuf shown = STRBUF_INIT;

	object_shown(&shown, holder);
	home_complain(p, HOME_HELD, how->span, "column", name, NULL);
	error_detail(p->err, "%s %s depends on it.",
		limbeck_kind_name(limbeck_object_kind(holder)), shown.buf);
	error_hint(p->err, "Use DROP ... CASCADE to drop the dependent objects too.");
	strbuf_release(&shown);
	return -1;
}

/* Foreign keys of other tables that refer to the column. */
static int drop_references(struct performer *p, const struct limbeck_object *table,
	const struct limbeck_object *column, const struct dropping *how)
{
	const char *name = limbeck_object_name(column);
	struct limbeck_object *key, *next;

	for (key = catalog_next(p->catalog, LIMBECK_KIND_FOREIGN_KEY, NULL, NULL, NULL); key;
		key = next) {
		next = catalog_next(p->catalog, LIMBECK_KIND_FOREIGN_KEY, NULL, NULL, key);
		if (!home_refers(p, key, table)
			|| !home_lists(p, key, LIMBECK_ATTR_REF_COLUMNS, name))
			continue;
		if (!how->cascade)
			return complain(p, how, name, key);
		if (home_touch_object(p, key))
			return -1;
		catalog_remove(p->catalog, key);
	}
	return 0;
}

/* A view that has the name in its text and no other relation with such a column. */
static bool reads_column(struct performer *p, const struct limbeck_object *view,
	const struct limbeck_object *table, const char *column)
{
	const char *text = limbeck_object_get(view, LIMBECK_ATTR_DEFINITION);
	struct object_name on;

	if (!home_reads(p, view, table) || !text
		|| !text_mentions(catalog_rules(p->catalog)->lexis, text, column))
		return false;
	for (size_t i = 0; object_dependency(view, i, &on); i++) {
		const struct limbeck_object *other = catalog_find(p->catalog, &on);

		if (!other || other == table)
			continue;
		if (on.kind != LIMBECK_KIND_TABLE
			|| home_part(p, other, LIMBECK_KIND_COLUMN, column))
			return false;
	}
	return true;
}

static int drop_views(struct performer *p, const struct limbeck_object *table,
	const char *column, const struct dropping *how)
{
	static const enum limbeck_kind views[] = { LIMBECK_KIND_VIEW,
		LIMBECK_KIND_MATERIALIZED_VIEW };

	for (size_t i = 0; i < 2; i++) {
		struct limbeck_object *view = NULL, *next;

		for (view = catalog_next(p->catalog, views[i], NULL, NULL, NULL); view;
			view = next) {
			next = catalog_next(p->catalog, views[i], NULL, NULL, view);
			if (!reads_column(p, view, table, column))
				continue;
			if (!how->cascade)
				return complain(p, how, column, view);
			if (home_touch_object(p, view))
				return -1;
			catalog_remove(p->catalog, view);
		}
	}
	return 0;
}

static bool is_key(const struct limbeck_object *part)
{
	enum limbeck_kind kind = limbeck_object_kind(part);

	return kind == LIMBECK_KIND_PRIMARY_KEY || kind == LIMBECK_KIND_UNIQUE
		|| kind == LIMBECK_KIND_INDEX;
}

static int shrink(struct performer *p, struct limbeck_object *key, const char *column)
{
	size_t count = limbeck_object_count(key, LIMBECK_ATTR_COLUMNS);
	const char **columns = arena_array(p->arena, count, sizeof *columns);
	const char **parts = arena_array(p->arena, count, sizeof *parts);

	if (!columns || !parts)
		return home_nomem(p);
	for (size_t i = 0; i < count; i++) {
		columns[i] = limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i);
		parts[i] = limbeck_object_item(key, LIMBECK_ATTR_PARTS, i);
	}
	object_set(key, LIMBECK_ATTR_COLUMNS, NULL);
	object_set(key, LIMBECK_ATTR_PARTS, NULL);
	for (size_t i = 0; i < count; i++) {
		if (home_same(p, columns[i], column))
			continue;
		object_append(key, LIMBECK_ATTR_COLUMNS, columns[i]);
		if (parts[i])
			object_append(key, LIMBECK_ATTR_PARTS, parts[i]);
	}
	if (!limbeck_object_count(key, LIMBECK_ATTR_COLUMNS))
		catalog_remove(p->catalog, key);
	return 0;
}

/* Where a key shrinks by the column, and goes when nothing is left of it. */
static int shrink_keys(struct performer *p, const struct limbeck_object *table,
	const char *column)
{
	const char *schema = limbeck_object_schema(table), *name = limbeck_object_name(table);
	struct limbeck_object *key, *next;

	for (key = catalog_next(p->catalog, LIMBECK_KIND_NONE, schema, name, NULL); key;
		key = next) {
		next = catalog_next(p->catalog, LIMBECK_KIND_NONE, schema, name, key);
		if (is_key(key) && home_lists(p, key, LIMBECK_ATTR_COLUMNS, column)
			&& shrink(p, key, column))
			return -1;
	}
	return 0;
}

static int drop(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *column)
{
	const struct limbeck_change change = { .size = sizeof change, .verb = LIMBECK_DROP,
		.before = column };
	const struct limbeck_object *key = home_primary_key(p, table);

	if (p->traits->flags & HOME_KEY_INDEXES) {
		if (shrink_keys(p, table, limbeck_object_name(column)))
			return -1;
	} else if (key && home_lists(p, key, LIMBECK_ATTR_COLUMNS, limbeck_object_name(column))) {
		home_keep_not_null(p, key);
	}
	p->effect->alone = true;
	return catalog_apply(p->catalog, &change, p->err);
}

int home_remove_column(struct performer *p, struct limbeck_object *table,
	struct limbeck_object *column, bool cascade, const struct ddl_span *span)
{
	const struct dropping how = { span, cascade };

	if (p->traits->flags & HOME_GUARDS && (drop_references(p, table, column, &how)
		|| drop_views(p, table, limbeck_object_name(column), &how)))
		return -1;
	return drop(p, table, column);
}

int home_drop_column(struct performer *p, struct limbeck_object *table,
	const struct ddl_action *action)
{
	const char *name = home_ident(p, action->name);
	struct limbeck_object *column;

	if (!name)
		return -1;
	column = home_part(p, table, LIMBECK_KIND_COLUMN, name);
	if (!column)
		return action->if_exists ? 0 : home_complain(p, HOME_NO_COLUMN,
			&action->name->span, NULL, name, limbeck_object_name(table));
	return home_remove_column(p, table, column, action->behavior == DDL_CASCADE,
		&action->name->span);
}

static bool is_emptied(const struct performer *p, const struct limbeck_object *table)
{
	for (size_t i = 0; i < p->effect->works.count; i++)
		if (strcmp(p->effect->works.items[i].table, limbeck_object_name(table)) == 0)
			return true;
	return false;
}

static int empty(struct performer *p, const struct limbeck_object *table,
	const struct ddl_drop *drop)
{
	struct home_work work = { .kind = HOME_WORK_TRUNCATE,
		.schema = limbeck_object_schema(table), .table = limbeck_object_name(table),
		.restart = option_of(drop->options, OPTION_RESTART) != NULL
			|| !(p->traits->flags & HOME_GUARDS) };
	struct limbeck_object *key = NULL, *other;

	if (is_emptied(p, table))
		return 0;
	if (home_work(p, &work))
		return -1;
	while (option_of(drop->options, OPTION_CASCADE)
		&& (key = catalog_next(p->catalog, LIMBECK_KIND_FOREIGN_KEY, NULL, NULL, key))) {
		if (!home_refers(p, key, table))
			continue;
		other = catalog_relation(p->catalog, limbeck_object_schema(key),
			limbeck_object_table(key));
		if (other && empty(p, other, drop))
			return -1;
	}
	return 0;
}

int home_truncate(struct performer *p, const struct ddl_drop *drop)
{
	for (const struct ddl_target *t = drop->targets; t; t = t->next) {
		struct limbeck_object *table;

		if (home_need_relation(p, &t->name, LIMBECK_KIND_TABLE, &table)
			|| empty(p, table, drop))
			return -1;
	}
	return 0;
}
