/* SPDX-License-Identifier: BSD-2-Clause */
/* Columns: what numbers them, what they are computed from, where they may be null. */
#include <string.h>
#include <strings.h>

#include "translate/map_int.h"

static bool is_in(const struct limbeck_object *column, const struct limbeck_object *part)
{
	return mapper_list_has(part, LIMBECK_ATTR_COLUMNS, limbeck_object_name(column));
}

/* The table of the column, as a table at work: keys are looked up in it. */
static const struct limbeck_object *next_of(const struct mapper *m,
	const struct limbeck_object *column, enum limbeck_kind kind,
	const struct limbeck_object *previous)
{
	return catalog_next(m->home, kind, limbeck_object_schema(column),
		limbeck_object_table(column), previous);
}

bool column_in_primary(const struct mapper *m, const struct limbeck_object *column)
{
	const struct limbeck_object *key = next_of(m, column, LIMBECK_KIND_PRIMARY_KEY, NULL);

	return key && is_in(column, key);
}

bool column_is_key(const struct mapper *m, const struct limbeck_object *column)
{
	const struct limbeck_object *key = next_of(m, column, LIMBECK_KIND_PRIMARY_KEY, NULL);

	return key && limbeck_object_count(key, LIMBECK_ATTR_COLUMNS) == 1 && is_in(column, key);
}

bool column_in_key(const struct mapper *m, const struct limbeck_object *column)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_PRIMARY_KEY, LIMBECK_KIND_UNIQUE,
		LIMBECK_KIND_FOREIGN_KEY, LIMBECK_KIND_INDEX };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct limbeck_object *key = NULL;

		while ((key = next_of(m, column, kinds[i], key)))
			if ((kinds[i] != LIMBECK_KIND_INDEX
				|| limbeck_object_get(key, LIMBECK_ATTR_UNIQUE)) && is_in(column, key))
				return true;
	}
	return false;
}

static bool says_sequence(struct mapper *m, const struct limbeck_object *column)
{
	return limbeck_object_get(column, LIMBECK_ATTR_IDENTITY)
		|| (!mapper_says(m, LIMBECK_SAYS_SEQUENCE) && column_counts(m, column));
}

static void remark_numbers(struct mapper *m, const struct limbeck_object *column)
{
	const char *start = limbeck_object_get(column, LIMBECK_ATTR_START);
	const char *step = limbeck_object_get(column, LIMBECK_ATTR_INCREMENT);

	if (start && strcmp(start, "1") != 0)
		mapper_remark(m, column, "its numbers begin with 1, not with %s", start);
	if (step && strcmp(step, "1") != 0)
		mapper_remark(m, column, "its numbers go on by 1, not by %s", step);
}

static int refuse_numbers(struct mapper *m, const struct limbeck_object *column)
{
	if (mapper_part(m, LIMBECK_KIND_PRIMARY_KEY, NULL))
		return mapper_refuse(m, column, "the engine numbers the rows by no other column than "
			"one that is the whole primary key");
	mapper_remark(m, column, "it gets no numbers by itself while it is not the primary key");
	return 0;
}

/* Another column of the table that has numbers by itself and comes before it. */
static bool has_numbered(struct mapper *m, const struct limbeck_object *column)
{
	const struct limbeck_object *other = NULL;

	while ((other = mapper_part(m, LIMBECK_KIND_COLUMN, other)) && other != column)
		if (says_sequence(m, other))
			return true;
	return false;
}

/* IDENTITY: what the engine calls a column that numbers the rows. */
static int map_numbers(struct mapper *m, const struct limbeck_object *column,
	struct limbeck_object *to)
{
	const char *own = limbeck_object_get(column, LIMBECK_ATTR_IDENTITY);
	bool foreign = own && (strcmp(own, "auto_increment") == 0
		|| strcmp(own, "autoincrement") == 0);
	static const enum limbeck_attribute details[] = { LIMBECK_ATTR_START,
		LIMBECK_ATTR_INCREMENT, LIMBECK_ATTR_MINIMUM, LIMBECK_ATTR_MAXIMUM,
		LIMBECK_ATTR_CACHE, LIMBECK_ATTR_CYCLE };

	if (!m->translation->identity) {
		object_set(to, LIMBECK_ATTR_IDENTITY, foreign ? "by default" : own);
		for (size_t i = 0; i < sizeof details / sizeof *details; i++)
			object_copy_attribute(to, column, details[i]);
		return 0;
	}
	if (m->translation->identity_type && !column_is_key(m, column))
		return refuse_numbers(m, column);
	if (has_numbered(m, column))
		return mapper_refuse(m, column, "the engine numbers the rows of a table by one "
			"column alone");
	if (m->translation->identity_type)
		object_set(to, LIMBECK_ATTR_TYPE, m->translation->identity_type);
	object_set(to, LIMBECK_ATTR_IDENTITY, m->translation->identity);
	remark_numbers(m, column);
	return 0;
}

/* A key of the type that numbers the rows would do so without being asked. */
static void keep_plain(struct mapper *m, const struct limbeck_object *column,
	struct limbeck_object *to)
{
	const char *counting = m->translation->identity_type;

	if (counting && m->translation->plain_type && column_is_key(m, column)
		&& strcasecmp(counting, limbeck_object_get(to, LIMBECK_ATTR_TYPE)) == 0)
		object_set(to, LIMBECK_ATTR_TYPE, m->translation->plain_type);
}

static int map_generated(struct mapper *m, const struct limbeck_object *column,
	struct limbeck_object *to)
{
	const char *text = limbeck_object_get(column, LIMBECK_ATTR_GENERATED);
	const char *kind = limbeck_object_get(column, LIMBECK_ATTR_GENERATED_KIND);
	bool stored = mapper_says(m, LIMBECK_SAYS_STORED_COLUMN);
	bool computed = mapper_says(m, LIMBECK_SAYS_VIRTUAL_COLUMN);
	struct strbuf out = STRBUF_INIT;

	if (!stored && !computed)
		return mapper_refuse(m, column, "the engine has no generated columns");
	if (mapper_expr(m, column, text, &out)) {
		strbuf_release(&out);
		return -1;
	}
	text = mapper_text(m, &out);
	object_set(to, LIMBECK_ATTR_GENERATED, text);
	if (kind && strcmp(kind, "virtual") == 0 ? computed : !stored)
		kind = "virtual";
	else
		kind = "stored";
	object_set(to, LIMBECK_ATTR_GENERATED_KIND, kind);
	return text ? 0 : -1;
}

static bool is_not_null(const struct limbeck_object *column, const struct home_kind *kind)
{
	bool result = limbeck_object_get(column, LIMBECK_ATTR_NOT_NULL) != NULL;

	for (size_t i = 0; i < kind->domain_count; i++)
		result = result || limbeck_object_get(kind->domains[i], LIMBECK_ATTR_NOT_NULL);
	return result;
}

static void map_null(struct mapper *m, const struct limbeck_object *column,
	const struct home_kind *kind, struct limbeck_object *to)
{
	bool generated = limbeck_object_get(to, LIMBECK_ATTR_GENERATED) != NULL;
	bool counts = m->translation->identity_type
		&& limbeck_object_get(to, LIMBECK_ATTR_IDENTITY);
	bool not_null = is_not_null(column, kind);

	if (column_in_primary(m, column))
		not_null = !mapper_says(m, LIMBECK_SAYS_KEY_NOT_NULL) && !counts;
	if (not_null && generated && !mapper_says(m, LIMBECK_SAYS_GENERATED_NOT_NULL)) {
		mapper_remark(m, column, "NOT NULL is left out: the engine has it not with "
			"generated columns");
		not_null = false;
	}
	object_set(to, LIMBECK_ATTR_NOT_NULL, not_null ? "yes" : NULL);
}

static int map_on_update(struct mapper *m, const struct limbeck_object *column,
	struct limbeck_object *to)
{
	const char *text = limbeck_object_get(column, LIMBECK_ATTR_ON_UPDATE);
	struct strbuf out = STRBUF_INIT;

	if (!text)
		return 0;
	if (!mapper_says(m, LIMBECK_SAYS_ON_UPDATE))
		return mapper_refuse(m, column, "ON UPDATE %s has no counterpart: the engine needs a "
			"trigger for it", text);
	if (mapper_expr(m, column, text, &out)) {
		strbuf_release(&out);
		return -1;
	}
	text = mapper_text(m, &out);
	object_set(to, LIMBECK_ATTR_ON_UPDATE, text);
	return text ? 0 : -1;
}

static int map_value(struct mapper *m, const struct limbeck_object *column,
	const struct home_kind *kind, struct limbeck_object *to)
{
	if (limbeck_object_get(column, LIMBECK_ATTR_GENERATED))
		return map_generated(m, column, to);
	if (says_sequence(m, column))
		return map_numbers(m, column, to);
	keep_plain(m, column, to);
	return map_default(m, column, kind, to);
}

static int map_column(struct mapper *m, const struct limbeck_object *column)
{
	const char *name = limbeck_object_name(column);
	struct limbeck_object *to;
	struct home_kind kind;

	if (m->translation->name_length && strlen(name) > m->translation->name_length)
		return mapper_refuse(m, column, "its name is longer than %zu bytes",
			m->translation->name_length);
	to = mapper_add(m, LIMBECK_KIND_COLUMN, true, name);
	if (!to || map_type(m, column, &kind, to) || map_value(m, column, &kind, to)
		|| map_on_update(m, column, to) || map_type_checks(m, column, &kind, to))
		return -1;
	map_null(m, column, &kind, to);
	mapper_comment(m, column, to);
	return 0;
}

int map_columns(struct mapper *m)
{
	const struct limbeck_object *column = NULL;

	while ((column = mapper_part(m, LIMBECK_KIND_COLUMN, column)))
		if (map_column(m, column))
			return -1;
	return 0;
}
