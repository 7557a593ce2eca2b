/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables with all their parts. */
#include <string.h>

#include "translate/map_int.h"

/* What says how a table is kept, and nothing of its rows. */
static void remark_storage(struct mapper *m, const struct limbeck_object *table)
{
	static const struct {
		enum limbeck_attribute attribute;
		const char *what;
	} left[] = {
		{ LIMBECK_ATTR_OPTIONS, "its storage options are left out" },
		{ LIMBECK_ATTR_UNLOGGED, "it is logged as any other" },
	};

	for (size_t i = 0; i < sizeof left / sizeof *left; i++)
		if (limbeck_object_get(table, left[i].attribute))
			mapper_remark(m, table, "%s", left[i].what);
	if (limbeck_object_get(table, LIMBECK_ATTR_PARTITION_BY)
		&& !mapper_says(m, LIMBECK_SAYS_PARTITION))
		mapper_remark(m, table, "it is one plain table, without partitions");
}

/* 1: the table has no place of its own there; -1: it has no counterpart. */
static int is_left_out(struct mapper *m, const struct limbeck_object *table)
{
	if (limbeck_object_count(table, LIMBECK_ATTR_PARTITION_OF)
		&& !mapper_says(m, LIMBECK_SAYS_PARTITION)) {
		mapper_remark(m, table, "it is left out: its rows are in %s",
			limbeck_object_item(table, LIMBECK_ATTR_PARTITION_OF, 1));
		return 1;
	}
	if (limbeck_object_get(table, LIMBECK_ATTR_INHERITS))
		return mapper_refuse(m, table, "the engine has no tables that inherit from others");
	if (limbeck_object_get(table, LIMBECK_ATTR_ROW_SECURITY))
		return mapper_refuse(m, table, "the engine has no row security");
	return 0;
}

/* Columns with their constraints, or foreign keys and indexes that need them. */
static int map_parts(struct mapper *m)
{
	if (map_columns(m) || map_checks(m) || map_keys(m))
		return -1;
	return map_indexes(m);
}

int map_table(struct mapper *m, const struct limbeck_object *table)
{
	struct limbeck_object *to;
	int left = is_left_out(m, table);

	if (left)
		return left < 0 ? -1 : 0;
	m->table = table;
	m->name = mapper_fit(m, limbeck_object_name(table));
	if (!m->name)
		return mapper_nomem(m);
	if (strcmp(m->name, limbeck_object_name(table)) != 0)
		return mapper_refuse(m, table, "its name is longer than %zu bytes",
			m->translation->name_length);
	to = mapper_add(m, LIMBECK_KIND_TABLE, false, m->name);
	if (!to)
		return -1;
	remark_storage(m, table);
	mapper_comment(m, table, to);
	if (mapper_says(m, LIMBECK_SAYS_PARTITION)) {
		object_copy_attribute(to, table, LIMBECK_ATTR_PARTITION_BY);
		object_copy_attribute(to, table, LIMBECK_ATTR_PARTITION_OF);
		object_copy_attribute(to, table, LIMBECK_ATTR_PARTITION_BOUND);
	}
	object_copy_attribute(to, table, LIMBECK_ATTR_TEMPORARY);
	object_set(to, LIMBECK_ATTR_COLLATION, m->translation->collation);
	return map_parts(m);
}
