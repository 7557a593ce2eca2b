/* SPDX-License-Identifier: BSD-2-Clause */
/* Which changes of a table become one ALTER TABLE. */
#include "render.h"

/* Changes of one class go together. Indexes stay apart where they can: they are
 * made without a copy of the table. */
enum class { CLASS_ALONE, CLASS_TABLE, CLASS_INDEX, CLASS_KEY_GOES, CLASS_KEY_COMES, CLASS_OTHER };

static enum class class_of(const struct limbeck_change *change)
{
	enum limbeck_kind kind = kind_of(object_of(change));

	if (change->verb == LIMBECK_FILL || kind == LIMBECK_KIND_TRIGGER ||
		(kind == LIMBECK_KIND_TABLE && change->verb != LIMBECK_ALTER))
		return CLASS_OTHER;
	if (change->verb == LIMBECK_RENAME)
		return CLASS_ALONE;
	if (kind == LIMBECK_KIND_INDEX)
		return CLASS_INDEX;
	if (kind != LIMBECK_KIND_FOREIGN_KEY)
		return CLASS_TABLE;
	return change->verb == LIMBECK_DROP ? CLASS_KEY_GOES : CLASS_KEY_COMES;
}

void alter_clause(struct alter *alter)
{
	if (alter->begun) {
		limbeck_host->put(alter->out, ",\n    ");
		return;
	}
	alter->begun = true;
	limbeck_host->put(alter->out, "ALTER TABLE ");
	limbeck_host->put_name(alter->out, alter->table);
	limbeck_host->put(alter->out, " ");
}

void alter_end(struct alter *alter)
{
	if (alter->begun)
		limbeck_host->end(alter->out);
	alter->begun = false;
}

bool alter_names(const struct alter *alter, enum limbeck_kind kind, const char *name)
{
	size_t i;

	for (i = alter->from; i < alter->to; i++) {
		const struct limbeck_object *object = object_of(&alter->changes[i]);

		if (kind_of(object) == kind && same_text(name_of(object), name))
			return true;
	}
	return false;
}

/* A column can be named once in a statement. */
static bool is_repeated(const struct alter *alter, const struct limbeck_change *change)
{
	const struct limbeck_object *object = object_of(change);

	return kind_of(object) == LIMBECK_KIND_COLUMN &&
		alter_names(alter, LIMBECK_KIND_COLUMN, name_of(object));
}

static void gather(struct alter *alter, size_t at)
{
	enum class class = class_of(&alter->changes[at]);

	alter->from = at;
	alter->to = at + 1;
	while (class != CLASS_ALONE && alter->to < alter->count &&
		class_of(&alter->changes[alter->to]) == class &&
		!is_repeated(alter, &alter->changes[alter->to]))
		alter->to++;
}

static bool is_any_tied(const struct alter *alter)
{
	size_t i;

	for (i = alter->from; i < alter->to; i++) {
		const struct limbeck_change *change = &alter->changes[i];

		if (change->verb == LIMBECK_ALTER || index_is_tied(alter, i))
			return true;
	}
	return false;
}

static void change_index(struct alter *alter, const struct limbeck_change *change)
{
	if (change->verb == LIMBECK_CREATE) {
		create_index(alter->out, change->after);
		return;
	}
	limbeck_host->put(alter->out, "DROP INDEX ");
	limbeck_host->put_name(alter->out, name_of(change->before));
	limbeck_host->put(alter->out, " ON ");
	limbeck_host->put_name(alter->out, alter->table);
	limbeck_host->end(alter->out);
}

static void put_change(struct alter *alter, const struct limbeck_change *change)
{
	enum limbeck_kind kind = kind_of(object_of(change));

	if (kind == LIMBECK_KIND_TABLE)
		alter_options(alter, change);
	else if (kind != LIMBECK_KIND_COLUMN)
		alter_key(alter, change);
	else if (change->verb == LIMBECK_RENAME)
		rename_column(alter, change);
	else
		alter_column(alter, change);
}

size_t render_alter_table(struct alter *alter, size_t at)
{
	enum class class = class_of(&alter->changes[at]);
	size_t i;

	if (class == CLASS_OTHER)
		return 0;
	gather(alter, at);
	if (class == CLASS_INDEX && !is_any_tied(alter)) {
		change_index(alter, &alter->changes[at]);
		return 1;
	}
	for (i = alter->from; i < alter->to; i++)
		put_change(alter, &alter->changes[i]);
	if (class == CLASS_TABLE || class == CLASS_INDEX) {
		drop_holders(alter);
		balance_indexes(alter);
		alter_other_columns(alter);
	}
	alter_end(alter);
	for (i = alter->from; i < alter->to; i++) {
		if (kind_of(object_of(&alter->changes[i])) == LIMBECK_KIND_TABLE)
			alter_partitions(alter, &alter->changes[i]);
	}
	return alter->to - alter->from;
}
