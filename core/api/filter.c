/* SPDX-License-Identifier: BSD-2-Clause */
/* What of a catalog is managed. */
#include "api/side.h"

#include <fnmatch.h>
#include <string.h>

#include "base/error.h"
#include "base/strbuf.h"

static const char own_prefix[] = "limbeck_";

struct filter {
	const struct config *config;
	struct limbeck_catalog *catalog;
	struct strbuf name;
};

static bool in_schemas(const struct config *config, const char *schema)
{
	for (size_t i = 0; i < config->schema_count; i++)
		if (!strcmp(config->schemas[i], schema))
			return true;
	return config->schema_count == 0;
}

static bool is_managed(const struct filter *filter, const struct object_name *name)
{
	if (name->kind == LIMBECK_KIND_SCHEMA)
		return in_schemas(filter->config, name->name);
	return !name->schema || in_schemas(filter->config, name->schema);
}

static bool is_ours(const struct filter *filter, const struct object_name *name)
{
	const struct config *config = filter->config;
	const char *table = name->kind == LIMBECK_KIND_TABLE ? name->name : name->table;
	const char *schema = config->version_table_schema;

	if (!table)
		return false;
	if (!strncmp(table, own_prefix, sizeof own_prefix - 1))
		return true;
	return !strcmp(table, config->version_table)
		&& (!schema || !name->schema || !strcmp(schema, name->schema));
}

/* Whether an `exclude` pattern fits schema.table.name, with what is NULL left out. */
static bool fits(struct filter *filter, const char *schema, const char *table, const char *name)
{
	strbuf_reset(&filter->name);
	if (schema)
		strbuf_addf(&filter->name, "%s.", schema);
	if (table)
		strbuf_addf(&filter->name, "%s.", table);
	strbuf_addstr(&filter->name, name);
	for (size_t i = 0; i < filter->config->exclude_count; i++)
		if (fnmatch(filter->config->exclude[i], filter->name.buf, 0) == 0)
			return true;
	return false;
}

static bool is_excluded(struct filter *filter, const struct object_name *name)
{
	if (filter->config->exclude_count == 0)
		return false;
	/* A column's name alone stands for a table elsewhere, as likely as not. */
	if (name->kind != LIMBECK_KIND_COLUMN && fits(filter, NULL, NULL, name->name))
		return true;
	if (name->schema && !name->table && fits(filter, name->schema, NULL, name->name))
		return true;
	if (!name->table)
		return false;
	return fits(filter, NULL, name->table, name->name)
		|| (name->schema && fits(filter, name->schema, name->table, name->name));
}

/* A sequence goes with the table that owns it. */
static bool owner_is_gone(const struct filter *filter, const struct limbeck_object *object,
	const struct object_name *name)
{
	const char *table = limbeck_object_get(object, LIMBECK_ATTR_OWNED_BY);

	return name->kind == LIMBECK_KIND_SEQUENCE && table
		&& !catalog_relation(filter->catalog, name->schema, table);
}

/* Whether to take the object out; `last`: after the tables. */
static bool goes(struct filter *filter, const struct limbeck_object *object, bool last)
{
	struct object_name name;

	object_name_of(object, &name);
	if (last)
		return owner_is_gone(filter, object, &name);
	return !is_managed(filter, &name) || is_ours(filter, &name) || is_excluded(filter, &name);
}

/* Removing takes parts along, so that each is looked for anew. */
static void remove_all(struct filter *filter, bool last)
{
	struct limbeck_object *previous = NULL, *object;

	while ((object = catalog_next(filter->catalog, LIMBECK_KIND_NONE, NULL, NULL, previous))) {
		if (!goes(filter, object, last)) {
			previous = object;
			continue;
		}
		catalog_remove(filter->catalog, object);
	}
}

int catalog_filter(struct limbeck_catalog *catalog, const struct config *config,
	struct limbeck_error *err)
{
	struct filter filter = { config, catalog, STRBUF_INIT };
	bool failed;

	remove_all(&filter, false);
	remove_all(&filter, true);
	failed = strbuf_failed(&filter.name) || catalog_failed(catalog);
	strbuf_release(&filter.name);
	return failed ? error_nomem(err) : 0;
}
