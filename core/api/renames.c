/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/renames.h"

#include <string.h>
#include <strings.h>

#include "base/error.h"

/* Kinds that can be named without a table, in the order in which they are looked
 * for. */
static const enum limbeck_kind whole_kinds[] = {
	LIMBECK_KIND_TABLE, LIMBECK_KIND_VIEW, LIMBECK_KIND_MATERIALIZED_VIEW,
	LIMBECK_KIND_SEQUENCE, LIMBECK_KIND_ENUM, LIMBECK_KIND_DOMAIN
};

/* An object by name; where there is none, one whose name differs in case alone,
 * as unquoted names do. */
static const struct limbeck_object *find(const struct limbeck_catalog *catalog,
	enum limbeck_kind kind, const char *schema, const char *table, const char *name)
{
	struct object_name key = { .kind = kind, .schema = schema, .table = table, .name = name };
	const struct limbeck_object *found = catalog_find(catalog, &key);
	struct limbeck_object *object = NULL;

	while (!found && (object = catalog_next(catalog, kind, schema, table, object))) {
		const char *own = limbeck_object_schema(object);

		if (!strcasecmp(limbeck_object_name(object), name)
			&& (table || !schema || !own || !strcasecmp(own, schema)))
			found = object;
	}
	return found;
}

static const struct limbeck_object *find_whole(const struct limbeck_catalog *catalog,
	const char *schema, const char *name)
{
	const struct limbeck_object *found = NULL;

	for (size_t i = 0; !found && i < sizeof whole_kinds / sizeof *whole_kinds; i++)
		found = find(catalog, whole_kinds[i], schema, NULL, name);
	return found;
}

static bool same_schema(const char *a, const char *b)
{
	return !a || !b || !strcmp(a, b);
}

/* The name that a table had before, or has after, the renames so far. */
static const char *table_name(const struct renames *renames, const char *schema,
	const char *table, bool before)
{
	for (size_t i = 0; i < renames->count; i++) {
		const struct diff_rename *item = &renames->items[i];

		if (item->kind == LIMBECK_KIND_TABLE && same_schema(item->schema, schema)
			&& !strcmp(before ? item->to : item->from, table))
			return before ? item->from : item->to;
	}
	return table;
}

static int add(struct renames *renames, const struct diff_rename *new, struct limbeck_error *err)
{
	for (size_t i = 0; i < renames->count; i++) {
		const struct diff_rename *item = &renames->items[i];

		if (item->kind == new->kind && same_schema(item->schema, new->schema)
			&& (!new->table || !strcmp(item->table, new->table))
			&& !strcmp(item->from, new->from) && !strcmp(item->to, new->to))
			return 0;
	}
	return vec_push_arena(renames, *new, renames->arena) ? 0 : error_nomem(err);
}

int renames_add_pair(struct renames *renames, const struct limbeck_object *gone,
	const struct limbeck_object *come, struct limbeck_error *err)
{
	const struct diff_rename new = {
		.kind = limbeck_object_kind(come), .schema = limbeck_object_schema(come),
		.table = limbeck_object_table(come), .from = limbeck_object_name(gone),
		.to = limbeck_object_name(come),
	};

	return add(renames, &new, err);
}

/* Adds it if nothing stands in its way. table: of a column, after. */
static int add_if_new(struct renames *renames, enum limbeck_kind kind, const char *schema,
	const char *table, const char *from, const char *to, struct limbeck_error *err)
{
	const char *old_table = table ? table_name(renames, schema, table, true) : NULL;
	const struct limbeck_object *gone = find(renames->before, kind, schema, old_table, from);
	const struct limbeck_object *come = find(renames->after, kind, schema, table, to);

	if (!gone || !come
		|| find(renames->before, kind, schema, old_table, limbeck_object_name(come))
		|| find(renames->after, kind, schema, table, limbeck_object_name(gone)))
		return 0;
	return renames_add_pair(renames, gone, come, err);
}

static int add_hint(struct renames *renames, const struct ddl_hint *hint, struct limbeck_error *err)
{
	const struct limbeck_object *table;

	if (hint->kind != LIMBECK_KIND_COLUMN)
		return add_if_new(renames, hint->kind, hint->schema, NULL, hint->old, hint->name,
			err);
	table = find(renames->after, LIMBECK_KIND_TABLE, hint->schema, NULL, hint->table);
	if (!table)
		return 0;
	return add_if_new(renames, hint->kind, limbeck_object_schema(table),
		limbeck_object_name(table), hint->old, hint->name, err);
}

/* Tables first, since their columns are looked for under the old name. */
int renames_add_hints(struct renames *renames, const struct ddl *ddl, struct limbeck_error *err)
{
	for (int columns = 0; columns < 2; columns++)
		for (size_t i = 0; i < ddl->hints.count; i++) {
			const struct ddl_hint *hint = &ddl->hints.items[i];

			if ((hint->kind == LIMBECK_KIND_COLUMN) == columns
				&& add_hint(renames, hint, err) < 0)
				return -1;
		}
	return 0;
}

/* "schema.table.column=new" in parts; those that are not said are NULL. */
struct given {
	const char *text;
	const char *parts[3];
	size_t count;
	const char *to;
};

static int bad_text(const char *text, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_USAGE, "\"%s\" is no rename", text);
	error_hint(err, "Write TABLE=NEW, TABLE.COLUMN=NEW or SCHEMA.TABLE.COLUMN=NEW; none says "
		"that nothing was renamed.");
	return -1;
}

static int parse(struct arena *arena, const char *text, struct given *given,
	struct limbeck_error *err)
{
	const char *equals = strchr(text, '='), *point;
	char *left;

	*given = (struct given) { .text = text };
	if (!equals || equals == text || !equals[1])
		return bad_text(text, err);
	left = arena_strndup(arena, text, (size_t)(equals - text));
	if (!left)
		return error_nomem(err);
	/* "users.fullname=users.name" says no more than "...=name". */
	point = strrchr(equals, '.');
	given->to = point && point[1] ? point + 1 : equals + 1;
	while (left) {
		char *next = strchr(left, '.');

		if (next)
			*next++ = '\0';
		if (given->count == 3 || !*left)
			return bad_text(text, err);
		given->parts[given->count++] = left;
		left = next;
	}
	return 0;
}

static int not_there(const struct given *given, const char *what, const char *name, bool before,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_USAGE, "the rename %s can't be made: there is no %s \"%s\" %s it",
		given->text, what, name, before ? "before" : "after");
	error_hint(err, "It is written OLD=NEW: the name that is there now, and the one in the "
		"desired schema.");
	return -1;
}

static int add_column(struct renames *renames, const struct given *given, const char *schema,
	const char *table, const char *column, struct limbeck_error *err)
{
	const struct limbeck_object *old, *new, *gone, *come;

	/* The table may be named as it was or as it is. */
	old = find(renames->before, LIMBECK_KIND_TABLE, schema, NULL, table);
	if (!old)
		old = find(renames->before, LIMBECK_KIND_TABLE, schema, NULL,
			table_name(renames, schema, table, true));
	if (!old)
		return not_there(given, "table", table, true, err);
	schema = limbeck_object_schema(old);
	new = find(renames->after, LIMBECK_KIND_TABLE, schema, NULL,
		table_name(renames, schema, limbeck_object_name(old), false));
	if (!new)
		return not_there(given, "table", table, false, err);
	gone = find(renames->before, LIMBECK_KIND_COLUMN, schema, limbeck_object_name(old), column);
	if (!gone)
		return not_there(given, "column", column, true, err);
	come = find(renames->after, LIMBECK_KIND_COLUMN, schema, limbeck_object_name(new),
		given->to);
	if (!come)
		return not_there(given, "column", given->to, false, err);
	return renames_add_pair(renames, gone, come, err);
}

static int add_whole(struct renames *renames, const struct given *given, const char *schema,
	const char *name, struct limbeck_error *err)
{
	const struct limbeck_object *gone = find_whole(renames->before, schema, name), *come;

	if (!gone)
		return not_there(given, "table", name, true, err);
	come = find(renames->after, limbeck_object_kind(gone), limbeck_object_schema(gone), NULL,
		given->to);
	if (!come)
		return not_there(given, limbeck_kind_name(limbeck_object_kind(gone)), given->to,
			false, err);
	return renames_add_pair(renames, gone, come, err);
}

static bool is_schema(const struct renames *renames, const struct given *given)
{
	const struct limbeck_object *whole = find_whole(renames->before, given->parts[0],
		given->parts[1]);

	return whole && limbeck_object_schema(whole)
		&& !strcasecmp(limbeck_object_schema(whole), given->parts[0]);
}

static int add_text(struct renames *renames, const struct given *given, bool columns,
	struct limbeck_error *err)
{
	const char *const *parts = given->parts;
	bool whole = given->count == 1 || (given->count == 2 && is_schema(renames, given));

	if (whole == columns)
		return 0;
	if (whole)
		return given->count == 1 ? add_whole(renames, given, NULL, parts[0], err)
			: add_whole(renames, given, parts[0], parts[1], err);
	return given->count == 2 ? add_column(renames, given, NULL, parts[0], parts[1], err)
		: add_column(renames, given, parts[0], parts[1], parts[2], err);
}

int renames_add_texts(struct renames *renames, const char *const *texts, size_t count,
	struct limbeck_error *err)
{
	for (int columns = 0; columns < 2; columns++)
		for (size_t i = 0; i < count; i++) {
			struct given given;

			if (!strcmp(texts[i], "none")) {
				renames->none = true;
				continue;
			}
			if (parse(renames->arena, texts[i], &given, err) < 0
				|| add_text(renames, &given, columns, err) < 0)
				return -1;
		}
	return 0;
}

int renames_invert(const struct renames *renames, struct renames *out, struct limbeck_error *err)
{
	*out = (struct renames) { .arena = renames->arena, .before = renames->after,
		.after = renames->before };
	for (size_t i = 0; i < renames->count; i++) {
		struct diff_rename item = renames->items[i];
		const char *from = item.from;

		if (item.table)
			item.table = table_name(renames, item.schema, item.table, true);
		item.from = item.to;
		item.to = from;
		if (!vec_push_arena(out, item, out->arena))
			return error_nomem(err);
	}
	return 0;
}
