/* SPDX-License-Identifier: BSD-2-Clause */
/* Primary, unique and foreign keys; exclusion constraints. */
#include <string.h>

#include "translate/map_int.h"

static void copy_list(struct limbeck_object *to, const struct limbeck_object *from,
	enum limbeck_attribute list)
{
	object_copy_attribute(to, from, list);
}

static void remark_deferral(struct mapper *m, const struct limbeck_object *key)
{
	mapper_remark(m, key, "it can't be deferred: each statement is checked by itself");
}

static int map_primary(struct mapper *m, const struct limbeck_object *key)
{
	const char *usual = m->translation->primary_key;
	struct limbeck_object *to = mapper_add(m, LIMBECK_KIND_PRIMARY_KEY, true,
		usual ? usual : mapper_part_name(m, key));

	if (!to)
		return -1;
	if (usual)
		object_set(to, LIMBECK_ATTR_UNNAMED, "yes");
	copy_list(to, key, LIMBECK_ATTR_COLUMNS);
	if (limbeck_object_get(key, LIMBECK_ATTR_DEFERRABLE)) {
		if (mapper_says(m, LIMBECK_SAYS_DEFERRABLE_UNIQUE))
			object_copy_attribute(to, key, LIMBECK_ATTR_DEFERRABLE);
		else
			remark_deferral(m, key);
	}
	return 0;
}

static int map_unique(struct mapper *m, const struct limbeck_object *key)
{
	struct limbeck_object *to = mapper_add(m, LIMBECK_KIND_UNIQUE, true,
		mapper_part_name(m, key));

	if (!to)
		return -1;
	copy_list(to, key, LIMBECK_ATTR_COLUMNS);
	if (limbeck_object_get(key, LIMBECK_ATTR_NULLS_NOT_DISTINCT)) {
		if (!mapper_says(m, LIMBECK_SAYS_NULLS_NOT_DISTINCT))
			return mapper_refuse(m, key, "NULLS NOT DISTINCT has no counterpart");
		object_copy_attribute(to, key, LIMBECK_ATTR_NULLS_NOT_DISTINCT);
	}
	if (limbeck_object_get(key, LIMBECK_ATTR_DEFERRABLE)) {
		if (mapper_says(m, LIMBECK_SAYS_DEFERRABLE_UNIQUE))
			object_copy_attribute(to, key, LIMBECK_ATTR_DEFERRABLE);
		else
			remark_deferral(m, key);
	}
	if (limbeck_object_get(key, LIMBECK_ATTR_INCLUDE)) {
		if (mapper_says(m, LIMBECK_SAYS_INDEX_INCLUDE))
			object_copy_attribute(to, key, LIMBECK_ATTR_INCLUDE);
		else
			mapper_remark(m, key, "INCLUDE is left out");
	}
	return 0;
}

/* (a IS NULL) = (b IS NULL): what MATCH FULL says more than a foreign key without it. */
static int check_full(struct mapper *m, const struct limbeck_object *key)
{
	size_t count = limbeck_object_count(key, LIMBECK_ATTR_COLUMNS);
	struct strbuf out = STRBUF_INIT;
	struct limbeck_object *check;
	const char *name = "", *text;

	for (size_t i = 1; i < count; i++) {
		strbuf_addstr(&out, i > 1 ? " AND (" : "(");
		mapper_quote(m, &out, limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, 0));
		strbuf_addstr(&out, " IS NULL) = (");
		mapper_quote(m, &out, limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i));
		strbuf_addstr(&out, " IS NULL)");
	}
	text = mapper_text(m, &out);
	if (!mapper_says(m, LIMBECK_SAYS_NAMELESS))
		name = arena_printf(&m->arena, "%s_match", limbeck_object_name(key));
	check = text && name ? mapper_add(m, LIMBECK_KIND_CHECK, true, mapper_fit(m, name)) : NULL;
	object_set(check, LIMBECK_ATTR_EXPRESSION, text);
	return check ? 0 : -1;
}

static int map_match(struct mapper *m, const struct limbeck_object *key,
	struct limbeck_object *to)
{
	if (!limbeck_object_get(key, LIMBECK_ATTR_MATCH))
		return 0;
	if (mapper_says(m, LIMBECK_SAYS_MATCH_FULL)) {
		object_copy_attribute(to, key, LIMBECK_ATTR_MATCH);
		return 0;
	}
	return limbeck_object_count(key, LIMBECK_ATTR_COLUMNS) > 1 ? check_full(m, key) : 0;
}

static int map_action(struct mapper *m, const struct limbeck_object *key,
	enum limbeck_attribute attribute, struct limbeck_object *to)
{
	const char *action = limbeck_object_get(key, attribute);

	if (!action || (strcmp(action, "RESTRICT") == 0 && !mapper_says(m, LIMBECK_SAYS_RESTRICT)))
		return 0;
	if (strcmp(action, "SET DEFAULT") == 0 && !mapper_says(m, LIMBECK_SAYS_SET_DEFAULT))
		return mapper_refuse(m, key, "ON %s SET DEFAULT has no counterpart",
			attribute == LIMBECK_ATTR_ON_DELETE ? "DELETE" : "UPDATE");
	object_set(to, attribute, action);
	return 0;
}

/* The columns that it refers to are said, even if home leaves them out. */
static int map_referred(struct mapper *m, const struct limbeck_object *key,
	struct limbeck_object *to)
{
	const char *schema = limbeck_object_get(key, LIMBECK_ATTR_REF_SCHEMA);
	const char *table = limbeck_object_get(key, LIMBECK_ATTR_REF_TABLE);
	const struct limbeck_object *other = table ? catalog_relation(m->home, schema, table) : NULL;
	const struct limbeck_object *primary;

	if (schema && !mapper_says(m, LIMBECK_SAYS_SCHEMA)
		&& !(other && limbeck_object_in_default_schema(other)))
		return mapper_refuse(m, key, "it refers to another schema, and the engine has none");
	if (mapper_says(m, LIMBECK_SAYS_SCHEMA))
		object_set(to, LIMBECK_ATTR_REF_SCHEMA, schema);
	object_set(to, LIMBECK_ATTR_REF_TABLE, table);
	copy_list(to, key, LIMBECK_ATTR_REF_COLUMNS);
	if (limbeck_object_count(key, LIMBECK_ATTR_REF_COLUMNS))
		return 0;
	primary = other ? mapper_part_of(m, other, LIMBECK_KIND_PRIMARY_KEY, NULL) : NULL;
	for (size_t i = 0; i < limbeck_object_count(primary, LIMBECK_ATTR_COLUMNS); i++)
		object_append(to, LIMBECK_ATTR_REF_COLUMNS,
			limbeck_object_item(primary, LIMBECK_ATTR_COLUMNS, i));
	return 0;
}

/* Whether the key or index begins with the columns of the foreign key. */
static bool begins_with(const struct limbeck_object *index, const struct limbeck_object *key)
{
	size_t count = limbeck_object_count(key, LIMBECK_ATTR_COLUMNS);

	if (limbeck_object_count(index, LIMBECK_ATTR_COLUMNS) < count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(limbeck_object_item(index, LIMBECK_ATTR_COLUMNS, i),
			limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i)) != 0)
			return false;
	return true;
}

/* The index that the engine makes for a foreign key, where the table has none that serves. */
static void note_index(struct mapper *m, const struct limbeck_object *key,
	struct limbeck_object *to)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_PRIMARY_KEY, LIMBECK_KIND_UNIQUE,
		LIMBECK_KIND_INDEX };

	if (!mapper_says(m, LIMBECK_SAYS_KEY_INDEX))
		return;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct limbeck_object *index = NULL;

		while ((index = mapper_part(m, kinds[i], index)))
			if (begins_with(index, key))
				return;
	}
	object_set(to, LIMBECK_ATTR_BACKING_INDEX, limbeck_object_name(to));
}

/* One that leads nowhere, as some home engines have it, comes once the table is there. */
static bool leads_nowhere(const struct mapper *m, const struct limbeck_object *key)
{
	const char *table = limbeck_object_get(key, LIMBECK_ATTR_REF_TABLE);

	return !table || !catalog_relation(m->home,
		limbeck_object_get(key, LIMBECK_ATTR_REF_SCHEMA), table);
}

static int map_foreign(struct mapper *m, const struct limbeck_object *key)
{
	struct limbeck_object *to;

	if (leads_nowhere(m, key))
		return 0;
	to = mapper_add(m, LIMBECK_KIND_FOREIGN_KEY, true, mapper_part_name(m, key));
	if (!to)
		return -1;
	copy_list(to, key, LIMBECK_ATTR_COLUMNS);
	if (limbeck_object_get(key, LIMBECK_ATTR_ON_DELETE_COLUMNS) && !mapper_is_common(m))
		return mapper_refuse(m, key, "ON DELETE SET NULL of some of its columns has no "
			"counterpart");
	copy_list(to, key, LIMBECK_ATTR_ON_DELETE_COLUMNS);
	if (map_referred(m, key, to) || map_match(m, key, to)
		|| map_action(m, key, LIMBECK_ATTR_ON_DELETE, to)
		|| map_action(m, key, LIMBECK_ATTR_ON_UPDATE, to))
		return -1;
	if (limbeck_object_get(key, LIMBECK_ATTR_DEFERRABLE)) {
		if (mapper_says(m, LIMBECK_SAYS_DEFERRABLE))
			object_copy_attribute(to, key, LIMBECK_ATTR_DEFERRABLE);
		else
			remark_deferral(m, key);
	}
	if (limbeck_object_get(key, LIMBECK_ATTR_NOT_ENFORCED))
		mapper_remark(m, key, "NOT VALID is left out: it holds for all rows");
	note_index(m, key, to);
	return 0;
}

static int map_exclusion(struct mapper *m, const struct limbeck_object *key)
{
	struct object_name name;

	if (!mapper_says(m, LIMBECK_SAYS_EXCLUDE))
		return mapper_refuse(m, key, "EXCLUDE has no counterpart");
	object_name_of(key, &name);
	return catalog_copy(m->to, key, false, &name) ? 0 : mapper_nomem(m);
}

static int map_key(struct mapper *m, const struct limbeck_object *key)
{
	switch (limbeck_object_kind(key)) {
	case LIMBECK_KIND_PRIMARY_KEY:
		return map_primary(m, key);
	case LIMBECK_KIND_UNIQUE:
		return map_unique(m, key);
	case LIMBECK_KIND_FOREIGN_KEY:
		return map_foreign(m, key);
	default:
		return map_exclusion(m, key);
	}
}

/* A column that numbers the rows is the first of some key, where the engine wants that. */
static bool leads_key(const struct mapper *m, const char *column)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_PRIMARY_KEY, LIMBECK_KIND_UNIQUE,
		LIMBECK_KIND_INDEX };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct limbeck_object *key = NULL;

		while ((key = mapper_part(m, kinds[i], key)))
			if (strcmp(limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, 0), column) == 0
				&& !limbeck_object_get(key, LIMBECK_ATTR_PREDICATE))
				return true;
	}
	return false;
}

static int lead_key(struct mapper *m, const struct limbeck_object *column)
{
	const char *name = limbeck_object_name(column);
	struct strbuf out = STRBUF_INIT;
	struct limbeck_object *index;
	const char *text;

	if (!limbeck_object_get(column, LIMBECK_ATTR_IDENTITY) || leads_key(m, name))
		return 0;
	mapper_quote(m, &out, name);
	text = mapper_text(m, &out);
	name = arena_printf(&m->arena, "%s_%s_idx", m->name, name);
	index = text && name ? mapper_add(m, LIMBECK_KIND_INDEX, true, mapper_fit(m, name)) : NULL;
	object_append(index, LIMBECK_ATTR_COLUMNS, limbeck_object_name(column));
	object_append(index, LIMBECK_ATTR_PARTS, text);
	return index ? 0 : -1;
}

int map_keys(struct mapper *m)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_PRIMARY_KEY, LIMBECK_KIND_UNIQUE,
		LIMBECK_KIND_EXCLUSION, LIMBECK_KIND_FOREIGN_KEY };
	const struct limbeck_object *column = NULL;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct limbeck_object *key = NULL;

		while ((key = mapper_part(m, kinds[i], key)))
			if (map_key(m, key))
				return -1;
	}
	if (mapper_says(m, LIMBECK_SAYS_IDENTITY_ANYWHERE) || m->translation->identity_type)
		return 0;
	while ((column = catalog_next(m->to, LIMBECK_KIND_COLUMN, NULL, m->name, column)))
		if (lead_key(m, column))
			return -1;
	return 0;
}
