/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether the changes of a diff are possible, one behind the other: told from the
 * catalog as it is at each moment, by rules of its own. */
#include <string.h>

#include "schemas.h"

struct walk {
	struct strbuf *out;
	struct limbeck_catalog *now;
	const struct limbeck_traits *traits;
	const struct limbeck_change *change;
};

static bool wrong(const struct walk *walk, const char *why, const struct limbeck_object *object)
{
	diff_describe(walk->out, walk->change);
	strbuf_addf(walk->out, ": %s %s ", why, limbeck_kind_name(limbeck_object_kind(object)));
	object_shown(walk->out, object);
	return false;
}

static bool is(const struct limbeck_object *object, enum limbeck_kind kind)
{
	return limbeck_object_kind(object) == kind;
}

static bool can(const struct walk *walk, enum limbeck_capability capability)
{
	return walk->traits->can[capability] != LIMBECK_NO;
}

static const struct limbeck_object *now(const struct walk *walk,
	const struct limbeck_object *object)
{
	struct object_name name;

	object_name_of(object, &name);
	return catalog_find(walk->now, &name);
}

static bool lists(const struct limbeck_object *object, enum limbeck_attribute list,
	const char *name)
{
	for (size_t i = 0; i < limbeck_object_count(object, list); i++)
		if (strcmp(limbeck_object_item(object, list, i), name) == 0)
			return true;
	return false;
}

static bool belongs(const struct limbeck_object *part, const struct limbeck_object *table)
{
	const char *name = limbeck_object_table(part);

	return object_is_part(part) && !object_is_part(table) &&
		strcmp(name, limbeck_object_name(table)) == 0;
}

/* Those that an engine keeps as texts, and looks at when they are used. */
static bool is_text(const struct walk *walk, const struct limbeck_object *object)
{
	switch (limbeck_object_kind(object)) {
	case LIMBECK_KIND_FUNCTION:
		return true;
	case LIMBECK_KIND_VIEW:
	case LIMBECK_KIND_MATERIALIZED_VIEW:
	case LIMBECK_KIND_TRIGGER:
	case LIMBECK_KIND_OTHER:
		return !can(walk, LIMBECK_CAP_BOUND_VIEWS);
	case LIMBECK_KIND_FOREIGN_KEY:
		return !can(walk, LIMBECK_CAP_ALTER_CONSTRAINTS);
	default:
		return false;
	}
}

/* Whether a column is there now, if its table is one. */
static bool has_column(const struct walk *walk, const struct limbeck_object *object,
	const char *table, const char *column)
{
	struct object_name name = { .kind = LIMBECK_KIND_TABLE,
		.schema = limbeck_object_schema(object), .name = table };

	if (!catalog_find(object_catalog(object), &name))
		return true;
	name = (struct object_name) { .kind = LIMBECK_KIND_COLUMN, .schema = name.schema,
		.table = table, .name = column };
	return catalog_find(walk->now, &name) || wrong(walk, "without a column of", object);
}

/* The columns that an object of a table names, and the one that owns a sequence. */
static bool has_columns(const struct walk *walk, const struct limbeck_object *object)
{
	const char *table = limbeck_object_table(object);

	for (size_t i = 0; table && i < limbeck_object_count(object, LIMBECK_ATTR_COLUMNS); i++)
		if (!has_column(walk, object, table,
				limbeck_object_item(object, LIMBECK_ATTR_COLUMNS, i)))
			return false;
	return !limbeck_object_count(object, LIMBECK_ATTR_OWNED_BY) ||
		has_column(walk, object, limbeck_object_item(object, LIMBECK_ATTR_OWNED_BY, 0),
			limbeck_object_item(object, LIMBECK_ATTR_OWNED_BY, 1));
}

/* All that an object depends on, if it is in the catalog after, is there now. */
static bool can_be_made(const struct walk *walk, const struct limbeck_object *object,
	const struct limbeck_object *with)
{
	struct object_name on;

	for (size_t i = 0; object_dependency(object, i, &on); i++) {
		const struct limbeck_object *needed = catalog_find(object_catalog(object), &on);

		if (needed && needed != with && !(with && belongs(needed, with)) &&
			!now(walk, needed) && !is_text(walk, object))
			return wrong(walk, "without", needed);
	}
	return with || has_columns(walk, object);
}

static bool depends(const struct limbeck_object *object, const struct limbeck_object *on)
{
	struct object_name name;

	for (size_t i = 0; object_dependency(object, i, &name); i++)
		if (catalog_find(object_catalog(object), &name) == on)
			return true;
	return false;
}

static bool in_table_of(const struct limbeck_object *part, const struct limbeck_object *column)
{
	return limbeck_object_table(part) && part != column &&
		strcmp(limbeck_object_table(part), limbeck_object_table(column)) == 0;
}

static bool refers_to(const struct limbeck_object *foreign, const struct limbeck_object *column)
{
	return is(foreign, LIMBECK_KIND_FOREIGN_KEY) &&
		strcmp(limbeck_object_get(foreign, LIMBECK_ATTR_REF_TABLE),
			limbeck_object_table(column)) == 0 &&
		lists(foreign, LIMBECK_ATTR_REF_COLUMNS, limbeck_object_name(column));
}

/* Nothing that stays depends on what goes. */
static bool can_go(const struct walk *walk, const struct limbeck_object *object)
{
	const struct limbeck_object *other = NULL;

	while ((other = catalog_next(walk->now, LIMBECK_KIND_NONE, NULL, NULL, other))) {
		if (depends(other, object) && other != object && !belongs(other, object) &&
			!is_text(walk, other) && !is(other, LIMBECK_KIND_SEQUENCE))
			return wrong(walk, "before", other);
		if (is(object, LIMBECK_KIND_COLUMN) && in_table_of(other, object) &&
			(lists(other, LIMBECK_ATTR_COLUMNS, limbeck_object_name(object)) ||
				lists(other, LIMBECK_ATTR_INCLUDE, limbeck_object_name(object))))
			return wrong(walk, "before", other);
		if (is(object, LIMBECK_KIND_COLUMN) && refers_to(other, object) &&
			!is_text(walk, other))
			return wrong(walk, "before", other);
	}
	return true;
}

static bool is_view(const struct limbeck_object *object)
{
	return is(object, LIMBECK_KIND_VIEW) || is(object, LIMBECK_KIND_MATERIALIZED_VIEW);
}

static bool is_computed_from(const struct limbeck_object *other,
	const struct limbeck_object *column)
{
	const char *text = limbeck_object_get(other, LIMBECK_ATTR_GENERATED);

	return text && in_table_of(other, column) &&
		text_mentions(catalog_rules(object_catalog(other))->lexis, text,
			limbeck_object_name(column));
}

static bool can_change(const struct walk *walk, const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	const struct limbeck_object *other = NULL;

	if (!is(before, LIMBECK_KIND_COLUMN) || object_same(before, after, LIMBECK_ATTR_TYPE))
		return true;
	while ((other = catalog_next(walk->now, LIMBECK_KIND_NONE, NULL, NULL, other))) {
		if (can(walk, LIMBECK_CAP_BOUND_VIEWS) && ((is_view(other) &&
			depends(other, before)) || is_computed_from(other, before)))
			return wrong(walk, "under", other);
		if (can(walk, LIMBECK_CAP_BOUND_KEYS) && (refers_to(other, before) ||
			(is(other, LIMBECK_KIND_FOREIGN_KEY) && in_table_of(other, before) &&
				lists(other, LIMBECK_ATTR_COLUMNS, limbeck_object_name(before)))))
			return wrong(walk, "under", other);
	}
	return true;
}

static bool is_possible(const struct walk *walk)
{
	const struct limbeck_change *change = walk->change;
	const struct limbeck_object *before = change->before ? now(walk, change->before) : NULL;

	switch (change->verb) {
	case LIMBECK_CREATE:
		for (size_t i = 0; i < change->member_count; i++)
			if (!can_be_made(walk, change->members[i], change->after))
				return false;
		return can_be_made(walk, change->after, NULL);
	case LIMBECK_DROP:
		return before ? can_go(walk, before) : wrong(walk, "without", change->before);
	case LIMBECK_ALTER:
		if (!before)
			return wrong(walk, "without", change->before);
		return can_change(walk, before, change->after) &&
			can_be_made(walk, change->after, NULL);
	default:
		return true;
	}
}

/* Equal, whether the name was given or made up. */
static bool equal(const struct limbeck_object *a, const struct limbeck_object *b)
{
	enum limbeck_attribute at = object_differs(a, b, LIMBECK_ATTR_NONE);

	if (at == LIMBECK_ATTR_UNNAMED)
		at = object_differs(a, b, at);
	return at == LIMBECK_ATTR_NONE;
}

/* Whether an equal object is in the other catalog, for what is unnamed under
 * whatever name. */
static bool has_equal(const struct limbeck_catalog *catalog, const struct limbeck_object *object)
{
	const struct limbeck_object *other;
	struct object_name name;

	object_name_of(object, &name);
	other = catalog_find(catalog, &name);
	if (other && equal(object, other))
		return true;
	other = NULL;
	while (name.table && limbeck_object_get(object, LIMBECK_ATTR_UNNAMED) &&
		(other = catalog_next(catalog, name.kind, name.schema, name.table, other)))
		if (equal(object, other))
			return true;
	return false;
}

static bool all_in(struct strbuf *out, const struct limbeck_catalog *these,
	const struct limbeck_catalog *those, const char *what)
{
	const struct limbeck_object *object = NULL;

	while ((object = catalog_next(these, LIMBECK_KIND_NONE, NULL, NULL, object)))
		if (!has_equal(those, object)) {
			strbuf_addf(out, "at the end %s %s ", what,
				limbeck_kind_name(limbeck_object_kind(object)));
			object_shown(out, object);
			return false;
		}
	return true;
}

static const struct limbeck_object *of_partition(struct limbeck_catalog *pictures,
	const struct limbeck_object *column, const struct limbeck_object *partition)
{
	struct object_name as = { .schema = limbeck_object_schema(partition),
		.table = limbeck_object_name(partition) };

	return column ? catalog_copy(pictures, column, false, &as) : NULL;
}

/* What happens to a column happens to those of the table's partitions. */
static void reach_partitions(const struct walk *walk)
{
	const struct limbeck_change *change = walk->change;
	const struct limbeck_object *of = change->after ? change->after : change->before;
	const struct limbeck_object *table = NULL;
	struct limbeck_catalog *pictures[2];

	while (is(of, LIMBECK_KIND_COLUMN) &&
		(table = catalog_next(walk->now, LIMBECK_KIND_TABLE, NULL, NULL, table))) {
		const char *parent = limbeck_object_item(table, LIMBECK_ATTR_PARTITION_OF, 1);
		struct limbeck_change reached = *change;

		if (!parent || strcmp(parent, limbeck_object_table(of)) != 0)
			continue;
		pictures[0] = catalog_new(catalog_rules(walk->now));
		pictures[1] = catalog_new(catalog_rules(walk->now));
		reached.before = of_partition(pictures[0], change->before, table);
		reached.after = of_partition(pictures[1], change->after, table);
		catalog_apply(walk->now, &reached, NULL);
		catalog_free(pictures[0]);
		catalog_free(pictures[1]);
	}
}

bool schemas_walk(struct strbuf *out, const struct limbeck_catalog *before,
	const struct limbeck_catalog *after, const struct diff *diff,
	const struct limbeck_traits *traits)
{
	struct walk walk = { out, catalog_clone(before), traits, NULL };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	bool good = true;

	for (size_t i = 0; good && i < diff->changes.count; i++) {
		walk.change = &diff->changes.items[i];
		good = is_possible(&walk);
		if (good && catalog_apply(walk.now, walk.change, &err) < 0) {
			diff_describe(out, walk.change);
			strbuf_addf(out, ": %s", err.message);
			good = false;
		}
		if (good)
			reach_partitions(&walk);
	}
	good = good && all_in(out, after, walk.now, "there is no") &&
		all_in(out, walk.now, after, "there is");
	limbeck_error_release(&err);
	catalog_free(walk.now);
	return good;
}
