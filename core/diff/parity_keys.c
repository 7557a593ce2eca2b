/* SPDX-License-Identifier: BSD-2-Clause */
/* Parity of keys: known by their columns, not by their names. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "diff/parity.h"

/* What a key is known by, if it is one of the sort; else nothing. */
typedef bool describe_fn(struct parity *parity, struct strbuf *out,
	const struct limbeck_object *key);

static bool has_column(const struct limbeck_object *key, const char *name)
{
	for (size_t i = 0; i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++)
		if (strcasecmp(limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i), name) == 0)
			return true;
	return false;
}

bool parity_in_key(const struct parity *parity, const struct parity_table *table, size_t side,
	const struct limbeck_object *column)
{
	const struct limbeck_object *key =
		parity_part(parity, table, side, LIMBECK_KIND_PRIMARY_KEY, NULL);

	return key && has_column(key, limbeck_object_name(column));
}

bool parity_is_special(const struct limbeck_object *index)
{
	return limbeck_object_get(index, LIMBECK_ATTR_PREDICATE) ||
		has_column(index, "");
}

/* The unique index, or constraint, of this name on one side. */
static const struct limbeck_object *unique_named(const struct parity *parity,
	const struct parity_table *table, size_t side, const char *name)
{
	const struct limbeck_object *part = NULL;

	while ((part = parity_part(parity, table, side, LIMBECK_KIND_NONE, part))) {
		enum limbeck_kind kind = limbeck_object_kind(part);

		if ((kind == LIMBECK_KIND_UNIQUE || (kind == LIMBECK_KIND_INDEX &&
			     limbeck_object_get(part, LIMBECK_ATTR_UNIQUE))) &&
			strcasecmp(limbeck_object_name(part), name) == 0)
			return part;
	}
	return NULL;
}

bool parity_helps(const struct parity *parity, const struct parity_table *table, size_t side,
	const struct limbeck_object *column)
{
	const struct limbeck_object *index = NULL;

	while (limbeck_object_get(column, LIMBECK_ATTR_GENERATED) &&
		(index = parity_part(parity, table, side, LIMBECK_KIND_NONE, index))) {
		enum limbeck_kind kind = limbeck_object_kind(index);
		const struct limbeck_object *other = kind == LIMBECK_KIND_INDEX ||
			kind == LIMBECK_KIND_UNIQUE ? unique_named(parity, table, !side,
			limbeck_object_name(index)) : NULL;

		if (other && parity_is_special(other) &&
			has_column(index, limbeck_object_name(column)))
			return true;
	}
	return false;
}

static int compare_texts(const void *a, const void *b)
{
	char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* "(a, b)": the columns without case; sorted, where their order says nothing. */
static bool add_columns(struct parity *parity, struct strbuf *out,
	const struct limbeck_object *key, bool sorted)
{
	size_t count = limbeck_object_count(key, LIMBECK_ATTR_COLUMNS);
	char **names = arena_array(&parity->arena, count + 1, sizeof *names);

	if (!names)
		return parity_nomem(parity);
	for (size_t i = 0; i < count; i++)
		if (!(names[i] = parity_folded(parity,
			limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i))))
			return false;
	if (sorted)
		qsort(names, count, sizeof *names, compare_texts);
	strbuf_addch(out, '(');
	for (size_t i = 0; i < count; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", names[i]);
	strbuf_addch(out, ')');
	return true;
}

static bool describe_unique(struct parity *parity, struct strbuf *out,
	const struct limbeck_object *key)
{
	enum limbeck_kind kind = limbeck_object_kind(key);

	if (kind != LIMBECK_KIND_UNIQUE && (kind != LIMBECK_KIND_INDEX ||
			!limbeck_object_get(key, LIMBECK_ATTR_UNIQUE) || parity_is_special(key)))
		return true;
	strbuf_addstr(out, "unique ");
	return add_columns(parity, out, key, true);
}

static const char *action(const struct limbeck_object *key, enum limbeck_attribute attribute)
{
	const char *text = limbeck_object_get(key, attribute);

	return text && strcmp(text, "RESTRICT") != 0 ? text : "NO ACTION";
}

/* The columns that a foreign key which names none refers to. */
static const struct limbeck_object *referred(const struct limbeck_object *key)
{
	return catalog_next(object_catalog(key), LIMBECK_KIND_PRIMARY_KEY,
		limbeck_object_get(key, LIMBECK_ATTR_REF_SCHEMA),
		limbeck_object_get(key, LIMBECK_ATTR_REF_TABLE), NULL);
}

static bool describe_foreign(struct parity *parity, struct strbuf *out,
	const struct limbeck_object *key)
{
	enum limbeck_attribute list = LIMBECK_ATTR_REF_COLUMNS;
	const struct limbeck_object *to = key;
	const char *table = limbeck_object_get(key, LIMBECK_ATTR_REF_TABLE);
	char *folded;

	if (limbeck_object_kind(key) != LIMBECK_KIND_FOREIGN_KEY || !table)
		return true;
	if (!limbeck_object_count(key, list)) {
		to = referred(key);
		list = LIMBECK_ATTR_COLUMNS;
	}
	strbuf_addstr(out, "foreign key ");
	if (!add_columns(parity, out, key, false) || !(folded = parity_folded(parity, table)))
		return false;
	strbuf_addf(out, " -> %s (", folded);
	for (size_t i = 0; i < limbeck_object_count(to, list); i++) {
		if (!(folded = parity_folded(parity, limbeck_object_item(to, list, i))))
			return false;
		strbuf_addf(out, "%s%s", i ? ", " : "", folded);
	}
	strbuf_addf(out, ") on update %s on delete %s", action(key, LIMBECK_ATTR_ON_UPDATE),
		action(key, LIMBECK_ATTR_ON_DELETE));
	return true;
}

/* Puts the keys of a side into a map by their description. */
static bool list_keys(struct parity *parity, const struct parity_table *table, size_t side,
	describe_fn *describe, struct map *out)
{
	const struct limbeck_object *part = NULL;
	struct strbuf text = STRBUF_INIT;
	bool done = true;

	while (done && (part = parity_part(parity, table, side, LIMBECK_KIND_NONE, part))) {
		union { const void *from; void *to; } value = { .from = part };
		char *key;

		strbuf_reset(&text);
		done = describe(parity, &text, part);
		if (!done || !text.len)
			continue;
		key = arena_strdup(&parity->arena, text.buf);
		done = (key && !strbuf_failed(&text) && map_put(out, key, value.to)) ||
			parity_nomem(parity);
	}
	strbuf_release(&text);
	return done;
}

static bool say_missing(struct parity *parity, const struct parity_table *table, size_t side,
	const struct map *here, const struct map *there)
{
	const struct map_entry *entry = NULL;

	while ((entry = map_next(here, entry))) {
		const struct limbeck_object *key = map_entry_value(entry);

		if (map_get(there, map_entry_key(entry)))
			continue;
		/* What stands for an index with expressions or a predicate has its name. */
		if (limbeck_object_kind(key) != LIMBECK_KIND_FOREIGN_KEY) {
			const struct limbeck_object *other = unique_named(parity, table, !side,
				limbeck_object_name(key));

			if (other && parity_is_special(other))
				continue;
		}
		object_shown(&parity->text, table->objects[side]);
		strbuf_addf(&parity->text, ": %s only in %s", map_entry_key(entry),
			parity->sides[side]->engine);
		if (!parity_say(parity, side ? NULL : key, side ? key : NULL))
			return false;
	}
	return true;
}

static bool compare_sort(struct parity *parity, const struct parity_table *table,
	describe_fn *describe)
{
	struct map keys[2] = { MAP_INIT, MAP_INIT };
	bool go_on = list_keys(parity, table, 0, describe, &keys[0]) &&
		list_keys(parity, table, 1, describe, &keys[1]) &&
		say_missing(parity, table, 0, &keys[0], &keys[1]) &&
		say_missing(parity, table, 1, &keys[1], &keys[0]);

	map_release(&keys[0]);
	map_release(&keys[1]);
	return go_on;
}

static bool compare_primary(struct parity *parity, const struct parity_table *table)
{
	const struct limbeck_object *keys[2];
	struct strbuf texts[2] = { STRBUF_INIT, STRBUF_INIT };
	bool go_on = true;

	for (size_t side = 0; side < 2 && go_on; side++) {
		keys[side] = parity_part(parity, table, side, LIMBECK_KIND_PRIMARY_KEY, NULL);
		if (keys[side])
			go_on = add_columns(parity, &texts[side], keys[side], false);
		else
			strbuf_addstr(&texts[side], "none");
	}
	if (go_on && strcmp(texts[0].buf, texts[1].buf) != 0) {
		object_shown(&parity->text, table->objects[0]);
		strbuf_addf(&parity->text, ": primary key %s in %s, %s in %s", texts[0].buf,
			parity->sides[0]->engine, texts[1].buf, parity->sides[1]->engine);
		go_on = parity_say(parity, keys[0], keys[1]);
	}
	strbuf_release(&texts[0]);
	strbuf_release(&texts[1]);
	return go_on;
}

/* A unique index with expressions or a predicate must have one of its name, in
 * whatever way the other engine keeps it. */
static bool compare_special(struct parity *parity, const struct parity_table *table, size_t side)
{
	const struct limbeck_object *index = NULL;

	while ((index = parity_part(parity, table, side, LIMBECK_KIND_INDEX, index)))
		if (limbeck_object_get(index, LIMBECK_ATTR_UNIQUE) && parity_is_special(index) &&
			!unique_named(parity, table, !side, limbeck_object_name(index)) &&
			!parity_only(parity, side, index))
			return false;
	return true;
}

bool parity_keys(struct parity *parity, const struct parity_table *table)
{
	return compare_primary(parity, table) && compare_sort(parity, table, describe_unique) &&
		compare_special(parity, table, 0) && compare_special(parity, table, 1) &&
		compare_sort(parity, table, describe_foreign);
}
