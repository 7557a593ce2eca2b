/* SPDX-License-Identifier: BSD-2-Clause */
#include "render.h"

static bool is_column(const struct limbeck_object *object)
{
	return limbeck_host->object_kind(object) == LIMBECK_KIND_COLUMN;
}

static bool is_special(const struct limbeck_change *change)
{
	size_t i;

	for (i = 0; i < change->member_count; i++) {
		if (get(change->members[i], LIMBECK_ATTR_STORAGE) ||
			(get(change->members[i], LIMBECK_ATTR_PREDICATE) &&
			get(change->members[i], LIMBECK_ATTR_OPTIONS)))
			return true;
	}
	return find_replica(get(change->after, LIMBECK_ATTR_OPTIONS)) != NULL;
}

static bool comes_later(const struct limbeck_object *member)
{
	return get(member, LIMBECK_ATTR_NOT_ENFORCED) != NULL;
}

static void put_members(const struct render *render, const struct limbeck_change *change,
	bool partition)
{
	size_t said = 0;
	size_t i;

	for (i = 0; i < change->member_count; i++) {
		const struct limbeck_object *member = change->members[i];

		if (comes_later(member) || (partition && is_column(member)))
			continue;
		limbeck_host->put(render->out, said++ ? ",\n    " : " (\n    ");
		if (is_column(member))
			put_column(render, member);
		else
			put_constraint(render, member);
	}
	limbeck_host->put(render->out, said ? "\n)" : partition ? "" : " ()");
}

static void put_behind(const struct render *render, const struct limbeck_object *table)
{
	size_t count = limbeck_host->object_count(table, LIMBECK_ATTR_INHERITS);
	const char *bound = get(table, LIMBECK_ATTR_PARTITION_BOUND);
	const char *by = get(table, LIMBECK_ATTR_PARTITION_BY);
	const char *options = get(table, LIMBECK_ATTR_OPTIONS);
	const char *replica = find_replica(options);
	size_t i;

	for (i = 0; i < count; i++)
		limbeck_host->put(render->out, "%s%s%s", i ? ", " : " INHERITS (",
			limbeck_host->object_item(table, LIMBECK_ATTR_INHERITS, i),
			i + 1 < count ? "" : ")");
	if (bound)
		limbeck_host->put(render->out, " %s", bound);
	if (by)
		limbeck_host->put(render->out, " PARTITION BY %s", by);
	if (options && options != replica)
		limbeck_host->put(render->out, " %.*s",
			replica ? (int)(replica - options - 1) : (int)strlen(options), options);
}

static void alter_to(const struct render *render, const struct limbeck_object *table,
	const char *words)
{
	put_alter(render, table);
	limbeck_host->put(render->out, "%s", words);
	limbeck_host->end(render->out);
}

static void change_security(const struct render *render, const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	const char *was = before ? get(before, LIMBECK_ATTR_ROW_SECURITY) : NULL;
	const char *is = get(after, LIMBECK_ATTR_ROW_SECURITY);

	if (!was != !is)
		alter_to(render, after, is ? "ENABLE ROW LEVEL SECURITY" :
			"DISABLE ROW LEVEL SECURITY");
	if (same_text(was, "forced") != same_text(is, "forced"))
		alter_to(render, after, same_text(is, "forced") ? "FORCE ROW LEVEL SECURITY" :
			"NO FORCE ROW LEVEL SECURITY");
}

static void change_replica(const struct render *render, const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	const char *was = before ? find_replica(get(before, LIMBECK_ATTR_OPTIONS)) : NULL;
	const char *is = find_replica(get(after, LIMBECK_ATTR_OPTIONS));

	if (!same_text(was, is))
		alter_to(render, after, is ? is : "REPLICA IDENTITY DEFAULT");
}

static void finish_member(const struct render *render, const struct limbeck_object *member)
{
	if (is_column(member))
		put_storage(render, NULL, member);
	if (comes_later(member)) {
		put_alter(render, member);
		limbeck_host->put(render->out, "ADD ");
		put_constraint(render, member);
		limbeck_host->end(render->out);
	}
	if (get(member, LIMBECK_ATTR_COMMENT))
		put_comment(render, is_column(member) ? "COLUMN" : "CONSTRAINT", member);
}

int render_create_table(const struct render *render, const struct limbeck_change *change)
{
	const struct limbeck_object *table = change->after;
	bool partition = limbeck_host->object_count(table, LIMBECK_ATTR_PARTITION_OF) == 2;
	size_t i;

	if (!is_special(change))
		return 0;
	limbeck_host->put(render->out, "CREATE %sTABLE ",
		get(table, LIMBECK_ATTR_UNLOGGED) ? "UNLOGGED " : "");
	put_own_name(render, table);
	if (partition) {
		limbeck_host->put(render->out, " PARTITION OF ");
		limbeck_host->put_qualified(render->out,
			limbeck_host->object_item(table, LIMBECK_ATTR_PARTITION_OF, 0),
			limbeck_host->object_item(table, LIMBECK_ATTR_PARTITION_OF, 1));
	}
	put_members(render, change, partition);
	put_behind(render, table);
	limbeck_host->end(render->out);
	change_replica(render, NULL, table);
	change_security(render, NULL, table);
	if (get(table, LIMBECK_ATTR_COMMENT))
		put_comment(render, "TABLE", table);
	for (i = 0; i < change->member_count; i++)
		finish_member(render, change->members[i]);
	return 1;
}

/* "USING method" at the beginning of the options. */
static size_t method_length(const char *options)
{
	return options && strncmp(options, "USING ", 6) == 0 ? 6 + strcspn(options + 6, " ") : 0;
}

static void change_method(const struct render *render, const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	const char *was = get(before, LIMBECK_ATTR_OPTIONS);
	const char *is = get(after, LIMBECK_ATTR_OPTIONS);
	size_t old = method_length(was);
	size_t new = method_length(is);

	if (old == new && (!new || strncmp(was, is, new) == 0))
		return;
	put_alter(render, after);
	limbeck_host->put(render->out, "SET ACCESS METHOD %.*s", new ? (int)new - 6 : 4,
		new ? is + 6 : "heap");
	limbeck_host->end(render->out);
}

static bool has_item(const struct limbeck_object *table, const char *name)
{
	size_t i;

	for (i = 0; i < limbeck_host->object_count(table, LIMBECK_ATTR_INHERITS); i++) {
		if (same_text(limbeck_host->object_item(table, LIMBECK_ATTR_INHERITS, i), name))
			return true;
	}
	return false;
}

static void change_parents(const struct render *render, const struct limbeck_object *from,
	const struct limbeck_object *without, const struct limbeck_object *table, const char *words)
{
	size_t i;

	for (i = 0; i < limbeck_host->object_count(from, LIMBECK_ATTR_INHERITS); i++) {
		const char *parent = limbeck_host->object_item(from, LIMBECK_ATTR_INHERITS, i);

		if (has_item(without, parent))
			continue;
		put_alter(render, table);
		limbeck_host->put(render->out, "%s %s", words, parent);
		limbeck_host->end(render->out);
	}
}

static void attach(const struct render *render, const struct limbeck_object *table, bool detach)
{
	const char *bound = get(table, LIMBECK_ATTR_PARTITION_BOUND);

	if (limbeck_host->object_count(table, LIMBECK_ATTR_PARTITION_OF) != 2)
		return;
	limbeck_host->put(render->out, "ALTER TABLE ");
	limbeck_host->put_qualified(render->out,
		limbeck_host->object_item(table, LIMBECK_ATTR_PARTITION_OF, 0),
		limbeck_host->object_item(table, LIMBECK_ATTR_PARTITION_OF, 1));
	limbeck_host->put(render->out, detach ? " DETACH PARTITION " : " ATTACH PARTITION ");
	put_own_name(render, table);
	if (!detach && bound)
		limbeck_host->put(render->out, " %s", bound);
	limbeck_host->end(render->out);
}

static void change_place(const struct render *render, const struct limbeck_change *change)
{
	const struct limbeck_object *after = change->after;

	if (differs(change, LIMBECK_ATTR_PARTITION_OF) ||
		differs(change, LIMBECK_ATTR_PARTITION_BOUND)) {
		attach(render, change->before, true);
		attach(render, after, false);
	}
	change_parents(render, change->before, after, after, "NO INHERIT");
	change_parents(render, after, change->before, after, "INHERIT");
}

int render_alter_table(const struct render *render, const struct limbeck_change *change)
{
	const struct limbeck_object *before = change->before;
	const struct limbeck_object *after = change->after;

	if (!differs(change, LIMBECK_ATTR_OPTIONS) || differs(change, LIMBECK_ATTR_PARTITION_BY))
		return 0;
	change_place(render, change);
	if (differs(change, LIMBECK_ATTR_UNLOGGED))
		alter_to(render, after, get(after, LIMBECK_ATTR_UNLOGGED) ? "SET UNLOGGED" :
			"SET LOGGED");
	change_method(render, before, after);
	put_parameters(render, change, "TABLE");
	change_replica(render, before, after);
	change_security(render, before, after);
	if (differs(change, LIMBECK_ATTR_COMMENT))
		put_comment(render, "TABLE", after);
	return 1;
}

int render_rename_table(const struct render *render, const struct limbeck_change *change)
{
	const struct limbeck_object *column = NULL;

	if (!same_text(schema_of(change->before), schema_of(change->after)))
		return 0;
	put_alter(render, change->before);
	limbeck_host->put(render->out, "RENAME TO ");
	limbeck_host->put_name(render->out, name_of(change->after));
	limbeck_host->end(render->out);
	while ((column = next_part(render->rendering->after, LIMBECK_KIND_COLUMN, change->after,
		column)))
		rename_numbering(render, column, name_of(change->before), name_of(column));
	return 1;
}

int render_add_exclusion(const struct render *render, const struct limbeck_change *change)
{
	const struct limbeck_object *constraint = change->after;

	put_alter(render, constraint);
	limbeck_host->put(render->out, "ADD ");
	put_constraint(render, constraint);
	limbeck_host->end(render->out);
	if (get(constraint, LIMBECK_ATTR_COMMENT))
		put_comment(render, "CONSTRAINT", constraint);
	return 1;
}
