/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A type that can't be altered and has columns is renamed out of the way, its
 * successor made, the columns brought over, and then it goes. What the rename
 * changes in other types makes those differ, so that they follow.
 */
#include "diff/diff_int.h"

static const enum limbeck_kind types[] = { LIMBECK_KIND_ENUM, LIMBECK_KIND_DOMAIN,
	LIMBECK_KIND_TYPE };

static const struct limbeck_object *successor_of(const struct work *work,
	const struct limbeck_object *type)
{
	struct object_name name;

	object_name_of(type, &name);
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		const struct limbeck_object *after;

		name.kind = types[i];
		after = catalog_find(work->after, &name);
		if (after)
			return after;
	}
	return NULL;
}

/* Types within types are looked at so far. */
enum { DEEPEST = 8 };

/* Whether a column, or another type, stays that has the type, if only by way of a
 * third. */
static bool is_used(const struct work *work, const struct limbeck_object *type, int depth)
{
	const struct limbeck_object *object = NULL;
	struct object_name name, on;

	while ((object = catalog_next(work->between, LIMBECK_KIND_NONE, NULL, NULL, object))) {
		enum limbeck_kind kind = limbeck_object_kind(object);
		bool column = kind == LIMBECK_KIND_COLUMN, found = false;

		if (!column && kind != LIMBECK_KIND_DOMAIN && kind != LIMBECK_KIND_TYPE)
			continue;
		for (size_t i = 0; !found && object_dependency(object, i, &on); i++)
			found = catalog_find(work->between, &on) == type;
		object_name_of(object, &name);
		if (found && (catalog_find(work->after, &name) ||
				(!column && depth < DEEPEST && is_used(work, object, depth + 1))))
			return true;
	}
	return false;
}

static bool is_replaced(const struct work *work, const struct limbeck_object *type)
{
	const struct limbeck_object *after = successor_of(work, type);

	if (!after)
		return false;
	if (limbeck_object_kind(after) != limbeck_object_kind(type))
		return true;
	return objects_differ(type, after) && must_replace(work, type, after);
}

static int set_aside(struct work *work, const struct limbeck_object *type,
	struct limbeck_error *err)
{
	struct set_aside aside = { limbeck_object_schema(type), limbeck_object_name(type), NULL };
	struct object_name name;

	object_name_of(type, &name);
	name.name = aside.from;
	do
		name.name = arena_printf(work->arena, name.name == aside.from ? "%s__old" : "%s_",
			name.name);
	while (name.name && (catalog_find(work->between, &name) ||
		catalog_find(work->after, &name)));
	aside.to = name.name;
	aside.from = arena_strdup(work->arena, aside.from);
	if (!aside.to || !aside.from || !vec_push_arena(&work->aside, aside, &work->scratch))
		return error_nomem(err);
	return renaming_perform(work, type, aside.to, LIMBECK_CHANGE_AGAIN, err);
}

int aside_all(struct work *work, struct limbeck_error *err)
{
	const struct limbeck_object *type;
	size_t done;

	do {
		done = work->aside.count;
		for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
			type = NULL;
			while ((type = catalog_next(work->between, types[i], NULL, NULL, type)))
				if (is_replaced(work, type) && is_used(work, type, 0))
					break;
			if (type && set_aside(work, type, err) < 0)
				return -1;
		}
	} while (work->aside.count > done);
	return done && !restore_texts(work, true) ? error_nomem(err) : 0;
}

const struct limbeck_object *aside_successor(const struct work *work,
	const struct limbeck_object *type)
{
	struct object_name name;

	object_name_of(type, &name);
	for (size_t i = 0; i < work->aside.count; i++) {
		if (!same_name(work->aside.items[i].to, name.name) ||
			!same_name(work->aside.items[i].schema, name.schema))
			continue;
		name.name = work->aside.items[i].from;
		return catalog_find(work->after, &name);
	}
	return NULL;
}

/* The text with the names back that the types had. */
static bool same_but_aside(const struct work *work, const char *before, const char *after)
{
	const struct limbeck_lexis *lexis = catalog_rules(work->between)->lexis;
	struct strbuf text = STRBUF_INIT, next = STRBUF_INIT;
	bool same;

	strbuf_addstr(&text, before);
	for (size_t i = 0; i < work->aside.count; i++) {
		struct strbuf swap = text;

		strbuf_reset(&next);
		text_rename(&next, lexis, text.buf, NULL, work->aside.items[i].to,
			work->aside.items[i].from);
		text = next;
		next = swap;
	}
	same = !strbuf_failed(&text) && same_name(text.buf, after);
	strbuf_release(&text);
	strbuf_release(&next);
	return same;
}

bool aside_only(struct work *work, const struct limbeck_object *a, const struct limbeck_object *b)
{
	enum limbeck_attribute at = LIMBECK_ATTR_NONE;

	if (!work->aside.count)
		return false;
	while ((at = object_differs(a, b, at)) != LIMBECK_ATTR_NONE) {
		size_t count = limbeck_object_count(a, at);

		if (count != limbeck_object_count(b, at))
			return false;
		for (size_t i = 0; i < count; i++)
			if (!same_but_aside(work, limbeck_object_item(a, at, i),
				limbeck_object_item(b, at, i)))
				return false;
	}
	return true;
}

bool aside_returns(struct work *work, const struct limbeck_object *type)
{
	struct object_name name;

	object_name_of(type, &name);
	for (size_t i = 0; i < work->aside.count; i++) {
		const struct limbeck_object *before;

		if (!same_name(work->aside.items[i].from, name.name) ||
			!same_name(work->aside.items[i].schema, name.schema))
			continue;
		name.name = work->aside.items[i].to;
		before = catalog_find(work->between, &name);
		return before && aside_only(work, before, type);
	}
	return false;
}
