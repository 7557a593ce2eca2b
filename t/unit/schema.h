/* SPDX-License-Identifier: BSD-2-Clause */
/* Catalogs for unit tests: objects written in a line. */
#ifndef T_UNIT_SCHEMA_H
#define T_UNIT_SCHEMA_H

#include <string.h>

#include "schema/catalog.h"

static const struct limbeck_lexis lexis_normal = LIMBECK_LEXIS_POSTGRESQL;
static const struct limbeck_lexis lexis_written = LIMBECK_LEXIS_SQLITE;
static const struct schema_rules rules_normal = { &lexis_normal, false, "public" };
static const struct schema_rules rules_written = { &lexis_written, true, NULL };

static inline struct object_name named(enum limbeck_kind kind, const char *schema,
	const char *table, const char *name)
{
	struct object_name full = { kind, schema, table, name, NULL };

	return full;
}

static inline struct limbeck_object *add(struct limbeck_catalog *catalog,
	enum limbeck_kind kind, const char *schema, const char *table, const char *name)
{
	struct object_name full = named(kind, schema, table, name);

	return catalog_add(catalog, &full);
}

static inline struct limbeck_object *find(const struct limbeck_catalog *catalog,
	enum limbeck_kind kind, const char *schema, const char *table, const char *name)
{
	struct object_name full = named(kind, schema, table, name);

	return catalog_find(catalog, &full);
}

static inline void set_list(struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *a, const char *b)
{
	object_set(object, attribute, NULL);
	object_append(object, attribute, a);
	if (b)
		object_append(object, attribute, b);
}

static inline struct limbeck_object *add_foreign_key(struct limbeck_catalog *catalog,
	const char *schema, const char *table, const char *name, const char *column,
	const char *to, const char *to_column)
{
	struct limbeck_object *key = add(catalog, LIMBECK_KIND_FOREIGN_KEY, schema, table, name);

	object_append(key, LIMBECK_ATTR_COLUMNS, column);
	object_set(key, LIMBECK_ATTR_REF_TABLE, to);
	object_append(key, LIMBECK_ATTR_REF_COLUMNS, to_column);
	return key;
}

static inline void depend(struct limbeck_object *object, enum limbeck_kind kind,
	const char *schema, const char *table, const char *name)
{
	struct object_name full = named(kind, schema, table, name);

	object_depends(object, &full);
}

static inline bool depends_on(const struct limbeck_object *object, enum limbeck_kind kind,
	const char *name)
{
	struct object_name on;

	for (size_t i = 0; object_dependency(object, i, &on); i++)
		if (on.kind == kind && strcmp(on.name, name) == 0)
			return true;
	return false;
}

#endif
