/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "base/error.h"
#include "schema/rename.h"
#include "schema/words.h"

static int state_error(const struct limbeck_catalog *catalog, const struct object_name *name,
	const char *format, struct limbeck_error *err)
{
	struct strbuf shown = STRBUF_INIT, message = STRBUF_INIT;

	object_name_shown(&shown, &catalog->rules, name);
	strbuf_addf(&message, "%s %s", limbeck_kind_name(name->kind), shown.buf);
	error_set(err, LIMBECK_E_STATE, "%s %s", message.buf, format);
	error_hint(err, "The change was made for another schema than the one it is applied to.");
	strbuf_release(&shown);
	strbuf_release(&message);
	return -1;
}

static bool is_unnamed(const struct limbeck_object *object)
{
	return object->numbered || limbeck_object_get(object, LIMBECK_ATTR_UNNAMED);
}

/* The unnamed part that holds the same, best the one of the same name. */
static struct limbeck_object *find_content(const struct limbeck_catalog *catalog,
	const struct limbeck_object *wanted, const struct object_name *name,
	struct limbeck_object *same_name)
{
	struct limbeck_object *part = NULL;

	if (same_name && object_differs(same_name, wanted, LIMBECK_ATTR_NONE) == LIMBECK_ATTR_NONE)
		return same_name;
	while ((part = catalog_next(catalog, name->kind, name->schema, name->table, part)))
		if (is_unnamed(part) &&
			object_differs(part, wanted, LIMBECK_ATTR_NONE) == LIMBECK_ATTR_NONE)
			return part;
	return same_name;
}

static struct limbeck_object *find_as(const struct limbeck_catalog *catalog,
	const struct limbeck_object *wanted, const struct object_name *name)
{
	struct limbeck_object *found = catalog_find(catalog, name);

	if (name->table && is_unnamed(wanted))
		return find_content(catalog, wanted, name, found);
	return found;
}

/* The catalog's own object for what a change calls before. Its table, or it, may
 * have got the name in the meantime that it has in after. */
static struct limbeck_object *find_before(const struct limbeck_catalog *catalog,
	const struct limbeck_change *change)
{
	struct object_name name = change->before->key.name;
	struct limbeck_object *found = find_as(catalog, change->before, &name);

	if (found || !change->after)
		return found;
	name.schema = change->after->key.name.schema;
	name.table = change->after->key.name.table;
	found = find_as(catalog, change->before, &name);
	if (!found && change->verb != LIMBECK_RENAME)
		found = catalog_find(catalog, &change->after->key.name);
	return found;
}

static bool has_owner(const struct limbeck_catalog *catalog, const struct object_name *name)
{
	struct object_name domain = { .kind = LIMBECK_KIND_DOMAIN, .schema = name->schema,
		.name = name->table };

	return !name->table || catalog_relation(catalog, name->schema, name->table) ||
		catalog_find(catalog, &domain);
}

static int create(struct limbeck_catalog *catalog, const struct limbeck_object *object,
	struct limbeck_error *err)
{
	struct object_name name = object->key.name;
	bool unnamed = name.table && is_unnamed(object);

	if (!has_owner(catalog, &name)) {
		struct object_name owner = { .kind = LIMBECK_KIND_TABLE, .schema = name.schema,
			.name = name.table };

		return state_error(catalog, &owner, "is not there", err);
	}
	if (catalog_find(catalog, &name)) {
		if (!unnamed)
			return state_error(catalog, &name, "is there already", err);
		name.name = "";
	}
	/* A name that the engine made up is another one the next time. */
	if (!catalog_copy(catalog, object, false, &name))
		return error_nomem(err);
	return 0;
}

static int apply_create(struct limbeck_catalog *catalog, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	if (create(catalog, change->after, err) < 0)
		return -1;
	for (size_t i = 0; i < change->member_count; i++)
		if (create(catalog, change->members[i], err) < 0)
			return -1;
	return 0;
}

static bool lists(const struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *name)
{
	for (size_t i = 0; i < limbeck_object_count(object, attribute); i++)
		if (catalog_name_is(object->catalog, limbeck_object_item(object, attribute, i), name))
			return true;
	return false;
}

static bool says(const struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *name)
{
	const struct schema_rules *rules = &object->catalog->rules;
	int said = 0;

	for (size_t i = 0; !said && i < limbeck_object_count(object, attribute); i++)
		said = words_mention(rules->lexis, limbeck_object_item(object, attribute, i), name,
			rules->texts_as_written);
	object->catalog->failed |= said < 0;
	return said > 0;
}

/* Whether a key, constraint or index can't be without the column. */
static bool holds_column(const struct limbeck_object *part, const char *column)
{
	switch (part->key.name.kind) {
	case LIMBECK_KIND_PRIMARY_KEY:
	case LIMBECK_KIND_UNIQUE:
	case LIMBECK_KIND_FOREIGN_KEY:
		return lists(part, LIMBECK_ATTR_COLUMNS, column) ||
			lists(part, LIMBECK_ATTR_INCLUDE, column);
	case LIMBECK_KIND_CHECK:
		return says(part, LIMBECK_ATTR_EXPRESSION, column);
	case LIMBECK_KIND_EXCLUSION:
	case LIMBECK_KIND_INDEX:
		return lists(part, LIMBECK_ATTR_COLUMNS, column) ||
			lists(part, LIMBECK_ATTR_INCLUDE, column) ||
			says(part, LIMBECK_ATTR_PARTS, column) ||
			says(part, LIMBECK_ATTR_PREDICATE, column);
	default:
		return false;
	}
}

static void drop_holders(struct limbeck_object *column)
{
	const struct object_name *name = &column->key.name;
	struct limbeck_object *part = catalog_next(column->catalog, LIMBECK_KIND_NONE, name->schema,
		name->table, NULL);

	while (part) {
		struct limbeck_object *next = catalog_next(column->catalog, LIMBECK_KIND_NONE,
			name->schema, name->table, part);

		if (holds_column(part, name->name))
			catalog_remove(column->catalog, part);
		part = next;
	}
}

/* Sequences that belong to a table or column go with it. */
static void drop_owned(struct limbeck_object *object)
{
	const struct object_name *name = &object->key.name;
	bool column = name->kind == LIMBECK_KIND_COLUMN;
	struct limbeck_object *next, *sequence;

	for (sequence = object->catalog->kinds[LIMBECK_KIND_SEQUENCE].first; sequence;
		sequence = next) {
		const char *table = limbeck_object_get(sequence, LIMBECK_ATTR_OWNED_BY);
		const char *of = limbeck_object_item(sequence, LIMBECK_ATTR_OWNED_BY, 1);

		next = sequence->next;
		if (table && catalog_name_is(object->catalog, sequence->key.name.schema, name->schema) &&
			catalog_name_is(object->catalog, table, column ? name->table : name->name) &&
			(!column || (of && catalog_name_is(object->catalog, of, name->name))))
			catalog_remove(object->catalog, sequence);
	}
}

static void drop(struct limbeck_object *object)
{
	enum limbeck_kind kind = object->key.name.kind;

	if (kind == LIMBECK_KIND_COLUMN)
		drop_holders(object);
	if (kind == LIMBECK_KIND_COLUMN || kind == LIMBECK_KIND_TABLE)
		drop_owned(object);
	catalog_remove(object->catalog, object);
}

static int apply_rename(struct limbeck_object *object, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	struct object_name to = change->after->key.name;
	const struct limbeck_object *there;

	/* A part stays where it is. */
	if (object->group) {
		to.schema = object->key.name.schema;
		to.table = object->key.name.table;
	}
	to.signature = object->key.name.signature;
	there = catalog_find(object->catalog, &to);
	if (!there && kind_is_relation(to.kind))
		there = catalog_relation(object->catalog, to.schema, to.name);
	if (there && there != object)
		return state_error(object->catalog, &to, "is there already", err);
	rename_object(object, &to);
	return 0;
}

static int apply_fill(const struct limbeck_catalog *catalog, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	if (!catalog_find(catalog, &change->after->key.name))
		return state_error(catalog, &change->after->key.name, "is not there", err);
	return 0;
}

static int apply_to(struct limbeck_catalog *catalog, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	struct limbeck_object *object = find_before(catalog, change);

	if (!object)
		return state_error(catalog, &change->before->key.name, "is not there", err);
	if (change->verb == LIMBECK_DROP)
		drop(object);
	else if (change->verb == LIMBECK_RENAME)
		return apply_rename(object, change, err);
	else
		object_become(object, change->after);
	return 0;
}

int catalog_apply(struct limbeck_catalog *catalog, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	int result;

	if (change->verb == LIMBECK_CREATE)
		result = apply_create(catalog, change, err);
	else if (change->verb == LIMBECK_FILL)
		result = apply_fill(catalog, change, err);
	else
		result = apply_to(catalog, change, err);
	if (result == 0 && catalog->failed)
		return error_nomem(err);
	return result;
}
