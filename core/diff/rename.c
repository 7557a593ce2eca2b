/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Renames that were asked for. They are performed on the catalog between first, so
 * that everything else is said in new names; each waits until its new name is free,
 * and names that change places go by way of a third.
 */
#include "diff/diff_int.h"

struct wanted {
	const struct diff_rename *how;
	const char *table;
	const char *to;           /* the third name, for a while */
	bool done;
};

struct renaming {
	struct work *work;
	struct wanted *items;
	size_t count;
};

/* Kinds that a name without one may be of. */
static const enum limbeck_kind nameable[] = { LIMBECK_KIND_TABLE, LIMBECK_KIND_VIEW,
	LIMBECK_KIND_MATERIALIZED_VIEW, LIMBECK_KIND_SEQUENCE, LIMBECK_KIND_ENUM,
	LIMBECK_KIND_DOMAIN, LIMBECK_KIND_TYPE };

static const struct limbeck_object *find(const struct limbeck_catalog *catalog,
	const struct wanted *wanted, const char *name)
{
	const struct diff_rename *how = wanted->how;
	struct object_name full = { .kind = how->kind, .schema = how->schema,
		.table = wanted->table, .name = name };
	const struct limbeck_object *object = catalog_find(catalog, &full);

	for (size_t i = 0; !object && how->kind == LIMBECK_KIND_TABLE &&
		i < sizeof nameable / sizeof *nameable; i++) {
		full.kind = nameable[i];
		object = catalog_find(catalog, &full);
	}
	return object;
}

static void describe(struct strbuf *out, const struct work *work, const struct wanted *wanted,
	const char *name)
{
	struct object_name full = { .kind = wanted->how->kind, .schema = wanted->how->schema,
		.table = wanted->table, .name = name };

	strbuf_addf(out, "%s ", limbeck_kind_name(full.kind));
	object_name_shown(out, catalog_rules(work->between), &full);
}

static int refuse(const struct work *work, const struct wanted *wanted, const char *missing,
	const char *where, struct limbeck_error *err)
{
	struct strbuf from = STRBUF_INIT, at = STRBUF_INIT;

	describe(&from, work, wanted, wanted->how->from);
	describe(&at, work, wanted, missing);
	error_set(err, LIMBECK_E_USAGE, "cannot rename %s to %s: %s %s", from.buf,
		wanted->how->to, at.buf, where);
	error_hint(err, "A rename leads from a name that the database has to one that the desired "
		"schema has; take it back if it has been done.");
	strbuf_release(&from);
	strbuf_release(&at);
	return -1;
}

int renaming_perform(struct work *work, const struct limbeck_object *object, const char *to,
	unsigned flags, struct limbeck_error *err)
{
	struct object_name name, as = { .name = to };
	struct limbeck_change change = { .size = sizeof change, .verb = LIMBECK_RENAME,
		.flags = flags };
	struct limbeck_object *became;

	object_name_of(object, &name);
	name.name = arena_strdup(work->arena, to);
	change.before = catalog_copy(work->diff->pictures[PICTURES_WAS], object, false, NULL);
	became = catalog_copy(work->diff->pictures[PICTURES_BECAME], object, false, &as);
	change.after = became;
	if (!name.name || !change.before || !became)
		return error_nomem(err);
	if (catalog_apply(work->between, &change, err) < 0)
		return -1;
	/* Its own texts have its new name now. */
	object = catalog_find(work->between, &name);
	for (int i = LIMBECK_ATTR_NONE + 1; object && i < LIMBECK_ATTR_COUNT; i++)
		object_copy_attribute(became, object, (enum limbeck_attribute)i);
	if (!vec_push_arena(&work->diff->changes, change, work->arena))
		return error_nomem(err);
	return 0;
}

static bool is_free(const struct work *work, const struct wanted *wanted, const char *name)
{
	const struct diff_rename *how = wanted->how;

	return !find(work->between, wanted, name) && (wanted->table ||
		!catalog_relation(work->between, how->schema, name));
}

/* Whether the name is one that another rename takes away. */
static bool will_be_free(const struct renaming *renaming, const struct wanted *wanted)
{
	for (size_t i = 0; i < renaming->count; i++) {
		const struct wanted *other = &renaming->items[i];

		if (!other->done && other != wanted && same_name(other->table, wanted->table) &&
			same_name(other->how->schema, wanted->how->schema) &&
			same_name(other->to ? other->to : other->how->from, wanted->how->to))
			return true;
	}
	return false;
}

/* A column's table is known by its new name; the old one is understood too. */
static const char *table_now(const struct work *work, const struct diff_rename *how)
{
	const struct diff_options *options = work->options;

	if (!how->table || catalog_relation(work->between, how->schema, how->table))
		return how->table;
	for (size_t i = 0; i < options->rename_count; i++)
		if (!options->renames[i].table && same_name(options->renames[i].from, how->table) &&
			same_name(options->renames[i].schema, how->schema))
			return options->renames[i].to;
	return how->table;
}

/* 1: to be done, 0: a hint that has nothing to say any more. */
static int wants_rename(const struct work *work, const struct wanted *wanted,
	struct limbeck_error *err)
{
	const struct diff_rename *how = wanted->how;
	bool there = find(work->between, wanted, how->from) != NULL;

	if (how->hint && (!there || (find(work->between, wanted, how->to) &&
			find(work->after, wanted, how->from))))
		return 0;
	if (!there)
		return refuse(work, wanted, how->from, "is not there", err);
	if (!find(work->after, wanted, how->to))
		return refuse(work, wanted, how->to, "is not in the desired schema", err);
	return 1;
}

/* Does what can be done now; *done: how many. */
static int pass(const struct renaming *renaming, size_t *done, struct limbeck_error *err)
{
	struct work *work = renaming->work;

	*done = 0;
	for (size_t i = 0; i < renaming->count; i++) {
		struct wanted *wanted = &renaming->items[i];
		const char *from = wanted->to ? wanted->to : wanted->how->from;

		if (wanted->done || !is_free(work, wanted, wanted->how->to))
			continue;
		if (renaming_perform(work, find(work->between, wanted, from), wanted->how->to, 0,
				err) < 0)
			return -1;
		wanted->done = true;
		++*done;
	}
	return 0;
}

/* Nothing is free: the first makes room, if somebody waits for that. */
static int make_room(const struct renaming *renaming, struct limbeck_error *err)
{
	struct work *work = renaming->work;

	for (size_t i = 0; i < renaming->count; i++) {
		struct wanted *wanted = &renaming->items[i];
		const char *name = wanted->how->from;

		if (wanted->done)
			continue;
		if (wanted->to || !will_be_free(renaming, wanted))
			return refuse(work, wanted, wanted->how->to, "is there already", err);
		do
			name = arena_printf(work->arena, "%s_", name);
		while (name && !is_free(work, wanted, name));
		if (!name)
			return error_nomem(err);
		if (renaming_perform(work, find(work->between, wanted, wanted->how->from), name, 0,
				err) < 0)
			return -1;
		wanted->to = name;
		return 0;
	}
	return 0;
}

static int rename_some(struct work *work, bool parts, struct limbeck_error *err)
{
	const struct diff_options *options = work->options;
	struct renaming renaming = { work, arena_array(&work->scratch, options->rename_count + 1,
		sizeof *renaming.items), 0 };
	size_t left, done;

	if (!renaming.items)
		return error_nomem(err);
	for (size_t i = 0; i < options->rename_count; i++) {
		struct wanted wanted = { .how = &options->renames[i] };
		int wants;

		if ((wanted.how->table != NULL) != parts)
			continue;
		wanted.table = table_now(work, wanted.how);
		wants = wants_rename(work, &wanted, err);
		if (wants < 0)
			return -1;
		if (wants)
			renaming.items[renaming.count++] = wanted;
	}
	for (left = renaming.count; left; left -= done)
		if (pass(&renaming, &done, err) < 0 || (!done && make_room(&renaming, err) < 0))
			return -1;
	return 0;
}

int renaming_all(struct work *work, struct limbeck_error *err)
{
	if (rename_some(work, false, err) < 0 || ask_tables(work, err) < 0 ||
		rename_some(work, true, err) < 0 || ask_columns(work, err) < 0)
		return -1;
	return work->diff->changes.count && !restore_texts(work, false) ? error_nomem(err) : 0;
}
