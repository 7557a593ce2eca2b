/* SPDX-License-Identifier: BSD-2-Clause */
#include "schema/rename.h"

#include <string.h>

#include "schema/words.h"

struct rename {
	struct limbeck_catalog *catalog;
	const struct limbeck_object *object;
	struct object_name from;  /* as it is */
	struct object_name to;    /* texts of the catalog's own */
	struct word_rename how;
};

/* The SQL in which names may stand, those of types alone apart. */
static const enum limbeck_attribute texts[] = {
	LIMBECK_ATTR_DEFINITION, LIMBECK_ATTR_DEFAULT, LIMBECK_ATTR_GENERATED, LIMBECK_ATTR_PARTS,
	LIMBECK_ATTR_EXPRESSION, LIMBECK_ATTR_PREDICATE, LIMBECK_ATTR_PARTITION_BY
};
static const enum limbeck_attribute type_texts[] = { LIMBECK_ATTR_TYPE, LIMBECK_ATTR_RESULT };

static bool kind_is_type(enum limbeck_kind kind)
{
	return kind == LIMBECK_KIND_ENUM || kind == LIMBECK_KIND_DOMAIN || kind == LIMBECK_KIND_TYPE;
}

static bool is(const struct rename *rename, const char *a, const char *b)
{
	return a && b && catalog_name_is(rename->catalog, a, b);
}

static bool same_schema(const struct rename *rename, const char *a, const char *b)
{
	return catalog_name_is(rename->catalog, catalog_schema(rename->catalog, a),
		catalog_schema(rename->catalog, b));
}

static void rename_text(const struct rename *rename, struct limbeck_object *object,
	enum limbeck_attribute attribute, const struct word_rename *how)
{
	size_t count = limbeck_object_count(object, attribute);

	for (size_t i = 0; i < count; i++) {
		struct strbuf out = STRBUF_INIT;

		if (words_rename(&out, how, limbeck_object_item(object, attribute, i)))
			object_set_item(object, attribute, i, out.buf);
		rename->catalog->failed |= strbuf_failed(&out);
		strbuf_release(&out);
	}
}

/* Whether an object is the table, or a part of it, in which the column or part is
 * that gets another name, or that does itself. */
static bool is_inside(const struct rename *rename, const struct limbeck_object *object)
{
	const struct object_name *name = &object->key.name, *from = &rename->from;
	const char *table = kind_has_parts(from->kind) ? from->name : from->table;

	if (!table || !same_schema(rename, name->schema, from->schema))
		return false;
	return is(rename, name->table, table) ||
		(kind_has_parts(name->kind) && is(rename, name->name, table));
}

/* The arguments of a function, by which it is known; NULL: they stay. */
static const char *renamed_signature(const struct rename *rename, const char *signature)
{
	struct word_rename how = rename->how;
	struct strbuf out = STRBUF_INIT;
	const char *text = NULL;

	if (how.kind == WORD_TYPE)
		how.kind = WORD_NAME;
	if (signature && words_rename(&out, &how, signature))
		text = catalog_text(rename->catalog, out.buf, out.len);
	rename->catalog->failed |= strbuf_failed(&out);
	strbuf_release(&out);
	return text;
}

static void rename_types(const struct rename *rename, struct limbeck_object *object)
{
	const char *signature = renamed_signature(rename, object->key.name.signature);
	struct word_rename how = rename->how;

	if (how.kind == WORD_TYPE)
		how.kind = WORD_NAME;
	for (size_t i = 0; i < sizeof type_texts / sizeof *type_texts; i++)
		rename_text(rename, object, type_texts[i], &how);
	if (signature)
		catalog_resign(object, signature);
}

static void rename_texts(const struct rename *rename, struct limbeck_object *object)
{
	struct word_rename how = rename->how;

	/* In the definition of a type or function types stand bare. */
	if (how.kind == WORD_TYPE && !object->group && !kind_is_relation(object->key.name.kind))
		how.kind = WORD_NAME;
	how.row = object->key.name.kind == LIMBECK_KIND_TRIGGER && is_inside(rename, object);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		rename_text(rename, object, texts[i], &how);
	if (how.kind != WORD_COLUMN && (how.kind == WORD_SCHEMA || !is_inside(rename, object)))
		rename_types(rename, object);
}

/* The name that it is made under: the first of its definition. */
static void rename_definition(const struct rename *rename, struct limbeck_object *object)
{
	struct word_rename how = rename->how;

	how.kind = WORD_NAME;
	how.first = true;
	rename_text(rename, object, LIMBECK_ATTR_DEFINITION, &how);
}

/* A list of names of columns. */
static void rename_items(const struct rename *rename, struct limbeck_object *object,
	enum limbeck_attribute attribute, size_t from)
{
	for (size_t i = from; i < limbeck_object_count(object, attribute); i++)
		if (is(rename, limbeck_object_item(object, attribute, i), rename->from.name))
			object_set_item(object, attribute, i, rename->to.name);
}

/* Whether an object says that it depends on the renamed one: on itself, on a part
 * of it, or, for a column, on its table and on no column of that. */
static bool depends(const struct rename *rename, const struct limbeck_object *object)
{
	const struct object_name *from = &rename->from;
	bool column = from->kind == LIMBECK_KIND_COLUMN, table = false, other = false;

	for (unsigned i = 0; i < object->dependency_count; i++) {
		const struct object_name *on = &object->dependencies[i];

		if (catalog_names_same(rename->catalog, on, from))
			return true;
		if (!same_schema(rename, on->schema, from->schema))
			continue;
		if (kind_has_parts(from->kind) && is(rename, on->table, from->name))
			return true;
		if (column && on->kind == LIMBECK_KIND_COLUMN && is(rename, on->table, from->table))
			other = true;
		if (column && kind_is_relation(on->kind) && is(rename, on->name, from->table))
			table = true;
	}
	return table && !other;
}

static bool is_related(const struct rename *rename, const struct limbeck_object *object)
{
	enum limbeck_kind kind = rename->from.kind;

	if (kind == LIMBECK_KIND_SCHEMA || kind_is_type(kind))
		return true;
	if (kind_is_relation(kind) || kind == LIMBECK_KIND_COLUMN)
		return is_inside(rename, object) || depends(rename, object);
	return (kind == LIMBECK_KIND_SEQUENCE || kind == LIMBECK_KIND_FUNCTION) &&
		depends(rename, object);
}

/* The schema as an attribute has it: nothing for the default one. */
static const char *shown_schema(const struct rename *rename, const char *schema)
{
	return schema && is(rename, schema, rename->catalog->rules.default_schema) ? NULL : schema;
}

static void rename_reference(const struct rename *rename, struct limbeck_object *object)
{
	const struct object_name *from = &rename->from;
	const char *schema = limbeck_object_get(object, LIMBECK_ATTR_REF_SCHEMA);
	const char *table = limbeck_object_get(object, LIMBECK_ATTR_REF_TABLE);

	if (from->kind == LIMBECK_KIND_COLUMN && is(rename, table, from->table) &&
		same_schema(rename, schema, from->schema)) {
		rename_items(rename, object, LIMBECK_ATTR_REF_COLUMNS, 0);
	} else if (kind_is_relation(from->kind) && is(rename, table, from->name) &&
		same_schema(rename, schema, from->schema)) {
		object_set(object, LIMBECK_ATTR_REF_TABLE, rename->to.name);
		if (!same_schema(rename, rename->to.schema, from->schema))
			object_set(object, LIMBECK_ATTR_REF_SCHEMA,
				shown_schema(rename, rename->to.schema));
	}
}

static void rename_parent(const struct rename *rename, struct limbeck_object *object)
{
	const struct object_name *from = &rename->from;
	const char *schema = limbeck_object_item(object, LIMBECK_ATTR_PARTITION_OF, 0);
	const char *table = limbeck_object_item(object, LIMBECK_ATTR_PARTITION_OF, 1);

	if (!kind_is_relation(from->kind))
		return;
	rename_text(rename, object, LIMBECK_ATTR_INHERITS, &rename->how);
	if (!is(rename, table, from->name) || !same_schema(rename, schema, from->schema))
		return;
	object_set_item(object, LIMBECK_ATTR_PARTITION_OF, 1, rename->to.name);
	if (!same_schema(rename, rename->to.schema, from->schema)) {
		schema = shown_schema(rename, rename->to.schema);
		object_set_item(object, LIMBECK_ATTR_PARTITION_OF, 0, schema ? schema : "");
	}
}

static void rename_owner(const struct rename *rename, struct limbeck_object *object)
{
	const struct object_name *from = &rename->from;
	const char *table = limbeck_object_get(object, LIMBECK_ATTR_OWNED_BY);

	if (!table || !same_schema(rename, object->key.name.schema, from->schema))
		return;
	if (from->kind == LIMBECK_KIND_COLUMN && is(rename, table, from->table))
		rename_items(rename, object, LIMBECK_ATTR_OWNED_BY, 1);
	else if (kind_is_relation(from->kind) && is(rename, table, from->name))
		object_set_item(object, LIMBECK_ATTR_OWNED_BY, 0, rename->to.name);
}

static void rename_schema_attributes(const struct rename *rename, struct limbeck_object *object)
{
	static const enum limbeck_attribute attributes[] = { LIMBECK_ATTR_REF_SCHEMA,
		LIMBECK_ATTR_INTO_SCHEMA, LIMBECK_ATTR_PARTITION_OF };

	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		if (is(rename, limbeck_object_get(object, attributes[i]), rename->from.name))
			object_set_item(object, attributes[i], 0, rename->to.name);
	rename_text(rename, object, LIMBECK_ATTR_INHERITS, &rename->how);
}

static void rename_attributes(const struct rename *rename, struct limbeck_object *object)
{
	static const enum limbeck_attribute lists[] = { LIMBECK_ATTR_COLUMNS, LIMBECK_ATTR_INCLUDE,
		LIMBECK_ATTR_ON_DELETE_COLUMNS };
	const struct object_name *name = &object->key.name;

	if (rename->from.kind == LIMBECK_KIND_SCHEMA) {
		rename_schema_attributes(rename, object);
		return;
	}
	if (rename->from.kind == LIMBECK_KIND_COLUMN && is(rename, name->table, rename->from.table) &&
		same_schema(rename, name->schema, rename->from.schema))
		for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
			rename_items(rename, object, lists[i], 0);
	if (name->kind == LIMBECK_KIND_FOREIGN_KEY)
		rename_reference(rename, object);
	else if (name->kind == LIMBECK_KIND_TABLE)
		rename_parent(rename, object);
	else if (name->kind == LIMBECK_KIND_SEQUENCE)
		rename_owner(rename, object);
}

static void rename_dependencies(const struct rename *rename, struct limbeck_object *object)
{
	const struct object_name *from = &rename->from;

	for (unsigned i = 0; i < object->dependency_count; i++) {
		struct object_name *on = &object->dependencies[i];
		const char *signature = on->signature && from->kind != LIMBECK_KIND_COLUMN
			? renamed_signature(rename, on->signature) : NULL;

		on->signature = signature ? signature : on->signature;
		if (catalog_names_same(rename->catalog, on, from)) {
			on->schema = rename->to.schema;
			on->name = rename->to.name;
		} else if (from->kind == LIMBECK_KIND_SCHEMA && is(rename, on->schema, from->name)) {
			on->schema = rename->to.name;
		} else if (kind_has_parts(from->kind) && is(rename, on->table, from->name) &&
			same_schema(rename, on->schema, from->schema)) {
			on->schema = rename->to.schema;
			on->table = rename->to.name;
		}
	}
}

static void init_words(struct rename *rename)
{
	const struct limbeck_catalog *catalog = rename->catalog;
	struct word_rename *how = &rename->how;
	const char *schema = catalog_schema(catalog, rename->from.schema);

	*how = (struct word_rename) { .lexis = catalog->rules.lexis,
		.fold = catalog->rules.texts_as_written, .kind = WORD_NAME,
		.from = rename->from.name, .to = rename->to.name, .schema = schema };
	if (rename->from.kind == LIMBECK_KIND_COLUMN) {
		how->kind = WORD_COLUMN;
		how->table = rename->from.table;
	} else if (rename->from.kind == LIMBECK_KIND_SCHEMA) {
		how->kind = WORD_SCHEMA;
	} else if (rename->from.kind == LIMBECK_KIND_FUNCTION) {
		how->kind = WORD_CALL;
	} else if (kind_is_type(rename->from.kind)) {
		how->kind = WORD_TYPE;
	}
	how->strings = rename->from.kind == LIMBECK_KIND_SEQUENCE;
	if (!same_schema(rename, rename->from.schema, rename->to.schema)) {
		schema = shown_schema(rename, rename->to.schema);
		how->to_schema = schema ? schema : "";
	}
}

/* Gives all that is in a schema its new name. */
static void move_objects(const struct rename *rename)
{
	for (int kind = 0; kind < LIMBECK_KIND_COUNT; kind++)
		for (struct limbeck_object *object = rename->catalog->kinds[kind].first; object;
			object = object->next)
			if (!object->group && is(rename, object->key.name.schema, rename->from.name))
				catalog_rekey(object, rename->to.name, object->key.name.name);
}

void rename_object(struct limbeck_object *object, const struct object_name *to)
{
	struct limbeck_catalog *catalog = object->catalog;
	struct rename rename = { .catalog = catalog, .object = object, .from = object->key.name,
		.to = *to };

	rename.to.name = catalog_text(catalog, to->name, strlen(to->name));
	if (to->schema)
		rename.to.schema = catalog_text(catalog, to->schema, strlen(to->schema));
	if (catalog->failed)
		return;
	init_words(&rename);
	for (int kind = 0; kind < LIMBECK_KIND_COUNT; kind++)
		for (struct limbeck_object *other = catalog->kinds[kind].first; other;
			other = other->next) {
			if (other == object)
				rename_definition(&rename, other);
			else if (is_related(&rename, other))
				rename_texts(&rename, other);
			rename_attributes(&rename, other);
			rename_dependencies(&rename, other);
		}
	catalog_rekey(object, rename.to.schema, rename.to.name);
	if (rename.from.kind == LIMBECK_KIND_SCHEMA)
		move_objects(&rename);
}
