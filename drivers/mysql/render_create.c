/* SPDX-License-Identifier: BSD-2-Clause */
#include "render.h"

/* What is added to the new table at once is written with it, but for a foreign key
 * whose table comes later. */
static bool is_made_with_it(const struct alter *alter, const struct limbeck_change *change)
{
	const struct limbeck_object *object = object_of(change);
	enum limbeck_kind kind = kind_of(object);

	if (change->verb != LIMBECK_CREATE)
		return false;
	if (kind == LIMBECK_KIND_FOREIGN_KEY)
		return limbeck_host->object_find(alter->rendering->after, LIMBECK_KIND_TABLE, NULL,
			NULL, get(object, LIMBECK_ATTR_REF_TABLE), NULL) != NULL;
	return kind == LIMBECK_KIND_INDEX ||
		(kind >= LIMBECK_KIND_PRIMARY_KEY && kind < LIMBECK_KIND_FOREIGN_KEY);
}

static void next(struct alter *alter)
{
	limbeck_host->put(alter->out, alter->begun ? ",\n    " : " (\n    ");
	alter->begun = true;
}

static void put_columns(struct alter *alter, const struct limbeck_change *table)
{
	const char *start = NULL;
	const char *end = NULL;
	size_t i;

	for (i = 0; i < table->member_count; i++) {
		const struct limbeck_object *column = table->members[i];
		const char *generated = get(column, LIMBECK_ATTR_GENERATED);

		if (kind_of(column) != LIMBECK_KIND_COLUMN)
			continue;
		next(alter);
		put_column(alter, alter->to, name_of(column), column);
		if (same_text(generated, "ROW START"))
			start = name_of(column);
		else if (same_text(generated, "ROW END"))
			end = name_of(column);
	}
	if (!start || !end)
		return;
	next(alter);
	limbeck_host->put(alter->out, "PERIOD FOR SYSTEM_TIME (");
	limbeck_host->put_name(alter->out, start);
	limbeck_host->put(alter->out, ", ");
	limbeck_host->put_name(alter->out, end);
	limbeck_host->put(alter->out, ")");
}

static void put_if_kind(struct alter *alter, const struct limbeck_object *object,
	enum limbeck_kind kind)
{
	if (kind_of(object) != kind)
		return;
	next(alter);
	put_key(alter->out, object);
}

static void put_keys(struct alter *alter, enum limbeck_kind kind)
{
	const struct limbeck_change *table = &alter->changes[alter->from];
	size_t i;

	for (i = 0; i < table->member_count; i++)
		put_if_kind(alter, table->members[i], kind);
	for (i = alter->from + 1; i < alter->to; i++)
		put_if_kind(alter, alter->changes[i].after, kind);
}

size_t render_create_table(struct alter *alter, size_t at)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_PRIMARY_KEY, LIMBECK_KIND_UNIQUE,
		LIMBECK_KIND_INDEX, LIMBECK_KIND_CHECK, LIMBECK_KIND_FOREIGN_KEY };
	const struct limbeck_object *table = alter->changes[at].after;
	const char *partitions = get(table, LIMBECK_ATTR_PARTITION_BY);
	size_t i;

	alter->from = at;
	alter->to = at + 1;
	while (alter->to < alter->count && is_made_with_it(alter, &alter->changes[alter->to]))
		alter->to++;
	limbeck_host->put(alter->out, get(table, LIMBECK_ATTR_TEMPORARY) ?
		"CREATE TEMPORARY TABLE " : "CREATE TABLE ");
	limbeck_host->put_name(alter->out, name_of(table));
	put_columns(alter, &alter->changes[at]);
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		put_keys(alter, kinds[i]);
	limbeck_host->put(alter->out, alter->begun ? "\n)" : "");
	put_options(alter->out, table);
	if (partitions)
		limbeck_host->put(alter->out, "\nPARTITION BY %s", partitions);
	limbeck_host->end(alter->out);
	alter->begun = false;
	return alter->to - alter->from;
}
