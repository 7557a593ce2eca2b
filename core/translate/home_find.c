/* SPDX-License-Identifier: BSD-2-Clause */
/* Looking for objects by the names that statements have for them. */
#include <string.h>
#include <strings.h>

#include "translate/home_int.h"

static bool same_schema(const struct performer *p, const char *a, const char *b)
{
	return a && b ? home_same(p, a, b) : !a && !b;
}

/* Whatever the case. */
static struct limbeck_object *seek(struct performer *p, enum limbeck_kind kind,
	const char *schema, const char *table, const char *name)
{
	struct limbeck_object *object = NULL;

	while ((object = catalog_next(p->catalog, kind, schema, table, object)))
		if (home_same(p, limbeck_object_name(object), name)
			&& same_schema(p, limbeck_object_schema(object), schema))
			return object;
	return NULL;
}

struct limbeck_object *home_find(struct performer *p, enum limbeck_kind kind,
	const char *schema, const char *table, const char *name)
{
	const struct object_name full = { .kind = kind, .schema = schema, .table = table,
		.name = name };
	struct limbeck_object *object = catalog_find(p->catalog, &full);

	return object || p->traits->folds ? object : seek(p, kind, schema, table, name);
}

static const enum limbeck_kind relations[] = { LIMBECK_KIND_TABLE, LIMBECK_KIND_VIEW,
	LIMBECK_KIND_MATERIALIZED_VIEW };

struct limbeck_object *home_known(struct performer *p, const struct home_name *name)
{
	for (size_t i = 0; i < sizeof relations / sizeof *relations; i++) {
		struct limbeck_object *found = home_find(p, relations[i], name->schema, NULL,
			name->name);

		if (found)
			return found;
	}
	return NULL;
}

int home_relation(struct performer *p, const struct home_name *name,
	struct limbeck_object **out)
{
	struct home *home = p->home;
	int adopted = 1;

	for (int round = 0; round < 2 && adopted == 1; round++) {
		*out = home_known(p, name);
		if (*out)
			return 0;
		if (round == 0)
			adopted = home->adopt
				? home->adopt(home->data, name->schema, name->name, p->err) : 0;
	}
	*out = NULL;
	return adopted < 0 ? -1 : 0;
}

int home_need_relation(struct performer *p, const struct ddl_name *name,
	enum limbeck_kind kind, struct limbeck_object **out)
{
	struct home_name full;

	if (home_name(p, name, &full) || home_relation(p, &full, out))
		return -1;
	if (!*out)
		return home_complain(p, HOME_NO_RELATION, &name->span, NULL, full.name, NULL);
	if (kind != LIMBECK_KIND_NONE && limbeck_object_kind(*out) != kind)
		return home_refuse(p, &name->span, "\"%s\" is not a %s", full.name,
			limbeck_kind_name(kind));
	return 0;
}

struct limbeck_object *home_part(struct performer *p, const struct limbeck_object *table,
	enum limbeck_kind kind, const char *name)
{
	return home_find(p, kind, limbeck_object_schema(table), limbeck_object_name(table), name);
}

int home_need_column(struct performer *p, const struct limbeck_object *table,
	const struct ddl_ident *ident, struct limbeck_object **out)
{
	const char *name = home_ident(p, ident);

	if (!name)
		return -1;
	*out = home_part(p, table, LIMBECK_KIND_COLUMN, name);
	return *out ? 0 : home_complain(p, HOME_NO_COLUMN, &ident->span, NULL, name,
		limbeck_object_name(table));
}

static bool is_constraint(enum limbeck_kind kind)
{
	return kind == LIMBECK_KIND_PRIMARY_KEY || kind == LIMBECK_KIND_UNIQUE
		|| kind == LIMBECK_KIND_CHECK || kind == LIMBECK_KIND_EXCLUSION
		|| kind == LIMBECK_KIND_FOREIGN_KEY;
}

struct limbeck_object *home_constraint(struct performer *p, const struct limbeck_object *table,
	const char *name)
{
	for (enum limbeck_kind kind = LIMBECK_KIND_PRIMARY_KEY; kind <= LIMBECK_KIND_FOREIGN_KEY;
		kind++) {
		struct limbeck_object *found = is_constraint(kind)
			? home_part(p, table, kind, name) : NULL;

		if (found)
			return found;
	}
	return NULL;
}

struct limbeck_object *home_index(struct performer *p, const char *schema,
	const struct limbeck_object *table, const char *name)
{
	struct limbeck_object *object = NULL;

	if (table)
		return home_part(p, table, LIMBECK_KIND_INDEX, name);
	while ((object = catalog_next(p->catalog, LIMBECK_KIND_INDEX, NULL, NULL, object)))
		if (home_same(p, limbeck_object_name(object), name)
			&& same_schema(p, limbeck_object_schema(object), schema))
			return object;
	return NULL;
}

struct limbeck_object *home_primary_key(struct performer *p, const struct limbeck_object *table)
{
	return catalog_next(p->catalog, LIMBECK_KIND_PRIMARY_KEY, limbeck_object_schema(table),
		limbeck_object_name(table), NULL);
}

static bool any_named(struct performer *p, enum limbeck_kind kind, const char *schema,
	const char *name)
{
	struct limbeck_object *object = NULL;

	while ((object = catalog_next(p->catalog, kind, NULL, NULL, object)))
		if (strcmp(limbeck_object_name(object), name) == 0
			&& same_schema(p, limbeck_object_schema(object), schema))
			return true;
	return false;
}

bool home_taken(struct performer *p, const char *schema, const char *name, bool constraint)
{
	static const enum limbeck_kind free_ones[] = { LIMBECK_KIND_TABLE, LIMBECK_KIND_VIEW,
		LIMBECK_KIND_MATERIALIZED_VIEW, LIMBECK_KIND_SEQUENCE };

	if (any_named(p, LIMBECK_KIND_PRIMARY_KEY, schema, name)
		|| any_named(p, LIMBECK_KIND_UNIQUE, schema, name)
		|| any_named(p, LIMBECK_KIND_EXCLUSION, schema, name))
		return true;
	if (constraint)
		return any_named(p, LIMBECK_KIND_CHECK, schema, name)
			|| any_named(p, LIMBECK_KIND_FOREIGN_KEY, schema, name);
	for (size_t i = 0; i < sizeof free_ones / sizeof *free_ones; i++)
		if (home_find(p, free_ones[i], schema, NULL, name))
			return true;
	return any_named(p, LIMBECK_KIND_INDEX, schema, name)
		|| home_sequence_column(p->home, schema, name);
}

struct limbeck_object *home_add(struct performer *p, enum limbeck_kind kind,
	const char *schema, const char *table, const char *name)
{
	const struct object_name full = { .kind = kind, .schema = schema, .table = table,
		.name = name };
	struct limbeck_object *object = catalog_add(p->catalog, &full);

	if (!object)
		home_nomem(p);
	return object;
}

bool home_lists(const struct performer *p, const struct limbeck_object *object,
	enum limbeck_attribute attribute, const char *name)
{
	for (size_t i = 0; i < limbeck_object_count(object, attribute); i++)
		if (home_same(p, limbeck_object_item(object, attribute, i), name))
			return true;
	return false;
}

bool home_same_list(const struct performer *p, const struct limbeck_object *a,
	enum limbeck_attribute list, const struct limbeck_object *b, enum limbeck_attribute other)
{
	size_t count = limbeck_object_count(a, list);

	if (count != limbeck_object_count(b, other))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!home_lists(p, b, other, limbeck_object_item(a, list, i)))
			return false;
	return true;
}
