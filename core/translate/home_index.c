/* SPDX-License-Identifier: BSD-2-Clause */
/* CREATE, ALTER and DROP INDEX, and the keys that a table's parentheses have. */
#include <string.h>

#include "translate/home_int.h"

static int set_method(struct performer *p, struct limbeck_object *index,
	const struct ddl_option *options)
{
	const struct ddl_option *using = option_of(options, OPTION_USING);
	struct strbuf name = STRBUF_INIT;

	if (!using)
		return 0;
	for (const char *c = using->name->last->name; *c; c++)
		strbuf_addch(&name, *c >= 'A' && *c <= 'Z' ? *c + ('a' - 'A') : *c);
	if (strbuf_failed(&name)) {
		strbuf_release(&name);
		return home_nomem(p);
	}
	object_set(index, LIMBECK_ATTR_METHOD,
		strcmp(name.buf, p->traits->method) == 0 ? NULL : name.buf);
	strbuf_release(&name);
	return 0;
}

static int set_predicate(struct performer *p, const struct limbeck_object *table,
	struct limbeck_object *index, const struct ddl_option *option)
{
	const char *text = home_expr(p, table, expr_inner(option->expr));

	if (!text)
		return -1;
	object_set(index, LIMBECK_ATTR_PREDICATE, text);
	return 0;
}

static int set_option(struct performer *p, const struct limbeck_object *table,
	struct limbeck_object *index, const struct ddl_option *option)
{
	const char *text;

	switch ((enum ddl_option_kind)option->kind) {
	case OPTION_WHERE: return set_predicate(p, table, index, option);
	case OPTION_USING: return 0;
	case OPTION_NULLS_NOT_DISTINCT:
		object_set(index, LIMBECK_ATTR_NULLS_NOT_DISTINCT, "yes");
		return 0;
	case OPTION_INCLUDE:
		for (const struct ddl_ident *i = option->idents; i; i = i->next) {
			text = home_ident(p, i);
			if (!text)
				return -1;
			object_append(index, LIMBECK_ATTR_INCLUDE, text);
		}
		return 0;
	case OPTION_COMMENT:
		text = home_string(p, option->expr);
		if (!text)
			return -1;
		object_set(index, LIMBECK_ATTR_COMMENT, *text ? text : NULL);
		return 0;
	default:
		return strcmp(option->form->words, "NULLS DISTINCT") == 0 ? 0
			: home_skip_option(p, option, "an index");
	}
}

static int fill(struct performer *p, struct limbeck_object *table, struct limbeck_object *index,
	const struct ddl_index *statement)
{
	if (statement->unique)
		object_set(index, LIMBECK_ATTR_UNIQUE, "yes");
	if (strncmp(statement->words, "FULLTEXT", 8) == 0)
		object_set(index, LIMBECK_ATTR_METHOD, "fulltext");
	if (strncmp(statement->words, "SPATIAL", 7) == 0)
		object_set(index, LIMBECK_ATTR_METHOD, "spatial");
	if (home_set_parts(p, table, index, statement->parts)
		|| set_method(p, index, statement->early)
		|| set_method(p, index, statement->before)
		|| set_method(p, index, statement->options))
		return -1;
	for (const struct ddl_option *o = statement->options; o; o = o->next)
		if (set_option(p, table, index, o))
			return -1;
	return 0;
}

/* Whether the first columns of an index are all those of another. */
static bool covers(const struct performer *p, const struct limbeck_object *index,
	const struct limbeck_object *other)
{
	size_t count = limbeck_object_count(other, LIMBECK_ATTR_COLUMNS);

	for (size_t i = 0; i < count; i++) {
		const char *name = limbeck_object_item(index, LIMBECK_ATTR_COLUMNS, i);

		if (!name || !home_lists(p, other, LIMBECK_ATTR_COLUMNS, name))
			return false;
	}
	return true;
}

/* An index that was made for a foreign key goes when another serves as well. */
static void drop_backing(struct performer *p, const struct limbeck_object *table,
	const struct limbeck_object *index)
{
	struct limbeck_object *other = NULL, *next;

	for (other = catalog_next(p->catalog, LIMBECK_KIND_INDEX, limbeck_object_schema(table),
			limbeck_object_name(table), NULL); other; other = next) {
		next = catalog_next(p->catalog, LIMBECK_KIND_INDEX, limbeck_object_schema(table),
			limbeck_object_name(table), other);
		if (other != index && limbeck_object_get(other, LIMBECK_ATTR_BACKING_INDEX)
			&& covers(p, index, other))
			catalog_remove(p->catalog, other);
	}
}

static bool is_there(struct performer *p, const struct limbeck_object *table, const char *name)
{
	if (p->traits->flags & HOME_SCHEMA_INDEXES)
		return home_taken(p, limbeck_object_schema(table), name, false);
	return home_part(p, table, LIMBECK_KIND_INDEX, name)
		|| home_part(p, table, LIMBECK_KIND_UNIQUE, name);
}

static int make_name(struct performer *p, const struct limbeck_object *table,
	const struct ddl_index *index, const char **out)
{
	struct home_naming naming = { .pattern = p->traits->index, .kind = LIMBECK_KIND_INDEX,
		.schema = limbeck_object_schema(table), .table = limbeck_object_name(table) };

	if (index->name) {
		*out = home_ident(p, index->name->last);
		return *out ? 0 : -1;
	}
	if (home_part_names(p, index->parts, &naming) || home_make_name(p, &naming, out))
		return -1;
	return *out ? 0 : home_refuse(p, &index->span, "an index without a name");
}

int home_add_index(struct performer *p, struct limbeck_object *table,
	const struct ddl_index *statement)
{
	struct limbeck_object *index;
	const char *name;

	if (make_name(p, table, statement, &name))
		return -1;
	index = home_index(p, limbeck_object_schema(table),
		p->traits->flags & HOME_SCHEMA_INDEXES ? NULL : table, name);
	if (index && (statement->or_replace
		|| limbeck_object_get(index, LIMBECK_ATTR_BACKING_INDEX)))
		catalog_remove(p->catalog, index);
	if (is_there(p, table, name))
		return statement->if_not_exists ? 0 : home_complain(p, HOME_INDEX_EXISTS,
			statement->name ? &statement->name->span : &statement->span, NULL, name,
			NULL);
	index = home_add(p, LIMBECK_KIND_INDEX, limbeck_object_schema(table),
		limbeck_object_name(table), name);
	if (!index || fill(p, table, index, statement))
		return -1;
	drop_backing(p, table, index);
	return home_touch_object(p, table);
}

int home_create_index(struct performer *p, const struct ddl_index *statement)
{
	struct limbeck_object *table;

	if (home_need_relation(p, statement->table, LIMBECK_KIND_NONE, &table))
		return -1;
	if (limbeck_object_kind(table) == LIMBECK_KIND_VIEW)
		return home_refuse(p, &statement->table->span, "cannot create index on view \"%s\"",
			limbeck_object_name(table));
	if (statement->concurrently && home_notice(p, &statement->span, "CONCURRENTLY of an index"))
		return -1;
	return home_add_index(p, table, statement);
}

/* An index, or the key that it belongs to. */
static struct limbeck_object *find_any(struct performer *p, const char *schema, const char *name)
{
	static const enum limbeck_kind keys[] = { LIMBECK_KIND_PRIMARY_KEY, LIMBECK_KIND_UNIQUE,
		LIMBECK_KIND_EXCLUSION };
	struct limbeck_object *object = home_index(p, schema, NULL, name);

	for (size_t i = 0; i < 3 && !object; i++)
		while ((object = catalog_next(p->catalog, keys[i], NULL, NULL, object))) {
			const char *of = limbeck_object_schema(object);

			if (home_same(p, limbeck_object_name(object), name)
				&& (of && schema ? home_same(p, of, schema) : !of && !schema))
				break;
		}
	return object;
}

static int alter(struct performer *p, struct limbeck_object *index,
	const struct ddl_action *action)
{
	struct home_name name;

	switch (action->kind) {
	case ACTION_RENAME:
		if (home_name(p, action->target, &name))
			return -1;
		if (find_any(p, limbeck_object_schema(index), name.name))
			return home_complain(p, HOME_INDEX_EXISTS, &action->target->span, NULL,
				name.name, NULL);
		return home_rename_to(p, index, limbeck_object_schema(index), name.name);
	case ACTION_STORAGE:
	case ACTION_COLUMN_OPTION:
	case ACTION_ATTACH:
		return home_notice(p, &action->span, "%.*s of index %s", (int)action->span.length,
			action->span.text, limbeck_object_name(index));
	default:
		return home_refuse(p, &action->span, "this action of ALTER INDEX has no counterpart");
	}
}

int home_alter_index(struct performer *p, const struct ddl_alter *statement)
{
	struct limbeck_object *index;
	struct home_name name;

	if (home_name(p, statement->name, &name))
		return -1;
	index = find_any(p, name.schema, name.name);
	if (!index)
		return statement->if_exists ? 0 : home_complain(p, HOME_NO_INDEX,
			&statement->name->span, NULL, name.name, NULL);
	if (home_touch_object(p, index))
		return -1;
	for (const struct ddl_action *a = statement->actions; a; a = a->next)
		if (alter(p, index, a))
			return -1;
	return 0;
}

int home_drop_key(struct performer *p, struct limbeck_object *table, const char *name,
	bool if_exists, const struct ddl_span *span)
{
	struct limbeck_object *key = home_part(p, table, LIMBECK_KIND_INDEX, name);

	if (!key)
		key = home_part(p, table, LIMBECK_KIND_UNIQUE, name);
	if (!key && home_same(p, name, "PRIMARY"))
		key = home_primary_key(p, table);
	if (!key)
		return if_exists ? 0 : home_complain(p, HOME_NO_INDEX, span, NULL, name, NULL);
	if (limbeck_object_kind(key) == LIMBECK_KIND_PRIMARY_KEY)
		home_keep_not_null(p, key);
	catalog_remove(p->catalog, key);
	return home_touch_object(p, table);
}

/* Of one that is known by its name alone. */
static int drop_target(struct performer *p, const struct ddl_drop *drop,
	const struct ddl_target *target)
{
	struct limbeck_object *index;
	struct home_name name;

	if (home_name(p, &target->name, &name))
		return -1;
	index = find_any(p, name.schema, name.name);
	if (!index)
		return drop->if_exists ? 0 : home_complain(p, HOME_NO_INDEX, &target->name.span,
			NULL, name.name, NULL);
	if (limbeck_object_kind(index) != LIMBECK_KIND_INDEX)
		return home_complain(p, HOME_HELD, &target->name.span, "index", name.name, NULL);
	return home_touch_object(p, index) ? -1
		: home_drop_held(p, index, option_of(drop->options, OPTION_CASCADE) != NULL,
			&target->name.span, "index");
}

int home_drop_index(struct performer *p, const struct ddl_drop *drop)
{
	struct limbeck_object *table = NULL;

	if (drop->concurrently
		&& home_notice(p, &drop->targets->name.span, "CONCURRENTLY of an index"))
		return -1;
	if (drop->table && home_need_relation(p, drop->table, LIMBECK_KIND_TABLE, &table))
		return -1;
	for (const struct ddl_target *t = drop->targets; t; t = t->next) {
		const char *name = home_ident(p, t->name.last);

		if (!name || (table ? home_drop_key(p, table, name, drop->if_exists, &t->name.span)
				    : drop_target(p, drop, t)))
			return -1;
	}
	return 0;
}
