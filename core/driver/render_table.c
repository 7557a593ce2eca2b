/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/render_int.h"

#include <string.h>

/* Rows that break it may be there: it can only be added so. */
static bool comes_later(const struct limbeck_object *member)
{
	return standard_is(member, LIMBECK_ATTR_NOT_ENFORCED, "not valid");
}

/* A partition has its columns from its parent; of them only what it may have
 * different is said. */
static bool is_said(const struct limbeck_object *member, bool partition)
{
	if (comes_later(member))
		return false;
	return !partition || limbeck_object_kind(member) != LIMBECK_KIND_COLUMN ||
		is_yes(member, LIMBECK_ATTR_DEFAULT);
}

static void put_member(struct limbeck_out *out, const struct limbeck_object *member,
	bool partition)
{
	if (partition && limbeck_object_kind(member) == LIMBECK_KIND_COLUMN) {
		out_put_name(out, limbeck_object_name(member));
		standard_option(out, "DEFAULT", member, LIMBECK_ATTR_DEFAULT);
		if (is_yes(member, LIMBECK_ATTR_NOT_NULL))
			out_put(out, " NOT NULL");
	} else {
		out_put_definition(out, member);
	}
}

static void put_members(struct limbeck_out *out, const struct limbeck_change *change,
	bool partition)
{
	size_t said = 0;

	for (size_t i = 0; i < change->member_count; i++) {
		if (!is_said(change->members[i], partition))
			continue;
		out_put(out, said++ ? ",\n    " : " (\n    ");
		put_member(out, change->members[i], partition);
	}
	if (said)
		out_put(out, "\n)");
	else if (!partition)
		out_put(out, " ()");
}

static void put_parent(struct limbeck_out *out, const struct limbeck_object *table)
{
	out_put_qualified(out, limbeck_object_item(table, LIMBECK_ATTR_PARTITION_OF, 0),
		limbeck_object_item(table, LIMBECK_ATTR_PARTITION_OF, 1));
}

static void put_behind(struct limbeck_out *out, const struct limbeck_object *table)
{
	size_t count = limbeck_object_count(table, LIMBECK_ATTR_INHERITS);

	for (size_t i = 0; i < count; i++)
		out_put(out, "%s%s%s", i ? ", " : " INHERITS (",
			limbeck_object_item(table, LIMBECK_ATTR_INHERITS, i),
			i + 1 < count ? "" : ")");
	standard_option(out, "", table, LIMBECK_ATTR_PARTITION_BOUND);
	standard_option(out, "PARTITION BY", table, LIMBECK_ATTR_PARTITION_BY);
	if (is_yes(table, LIMBECK_ATTR_STRICT))
		out_put(out, " STRICT%s", is_yes(table, LIMBECK_ATTR_WITHOUT_ROWID) ? "," : "");
	if (is_yes(table, LIMBECK_ATTR_WITHOUT_ROWID))
		out_put(out, " WITHOUT ROWID");
	standard_option(out, "", table, LIMBECK_ATTR_OPTIONS);
}

static void alter(struct limbeck_out *out, const struct limbeck_object *table)
{
	out_put(out, "ALTER TABLE ");
	standard_name(out, table);
	out_put(out, " ");
}

static void row_security(struct limbeck_out *out, const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	bool was = before && get(before, LIMBECK_ATTR_ROW_SECURITY);
	bool was_forced = before && standard_is(before, LIMBECK_ATTR_ROW_SECURITY, "forced");
	bool is = get(after, LIMBECK_ATTR_ROW_SECURITY);
	bool is_forced = standard_is(after, LIMBECK_ATTR_ROW_SECURITY, "forced");

	if (was != is) {
		alter(out, after);
		out_put(out, "%s ROW LEVEL SECURITY", is ? "ENABLE" : "DISABLE");
		out_end(out);
	}
	if (was_forced != is_forced) {
		alter(out, after);
		out_put(out, "%sFORCE ROW LEVEL SECURITY", is_forced ? "" : "NO ");
		out_end(out);
	}
}

void standard_create_table(struct limbeck_out *out, const struct limbeck_change *change)
{
	const struct limbeck_object *table = change->after;
	bool partition = limbeck_object_count(table, LIMBECK_ATTR_PARTITION_OF) > 0;

	out_put(out, "CREATE %sTABLE ", limbeck_object_get(table, LIMBECK_ATTR_TEMPORARY)
		? "TEMPORARY " : is_yes(table, LIMBECK_ATTR_UNLOGGED) ? "UNLOGGED " : "");
	standard_name(out, table);
	if (partition) {
		out_put(out, " PARTITION OF ");
		put_parent(out, table);
	}
	put_members(out, change, partition);
	put_behind(out, table);
	out_end(out);
	for (size_t i = 0; i < change->member_count; i++)
		if (comes_later(change->members[i]))
			standard_add_constraint(out, change->members[i]);
	row_security(out, NULL, table);
	standard_comment(out, table);
	for (size_t i = 0; i < change->member_count; i++)
		if (!comes_later(change->members[i]))
			standard_comment(out, change->members[i]);
}

static void attach(struct limbeck_out *out, const struct limbeck_object *table,
	const char *words, const char *bound)
{
	if (!limbeck_object_count(table, LIMBECK_ATTR_PARTITION_OF))
		return;
	out_put(out, "ALTER TABLE ");
	put_parent(out, table);
	out_put(out, " %s PARTITION ", words);
	standard_name(out, table);
	out_put(out, "%s%s", *bound ? " " : "", bound);
	out_end(out);
}

static bool has_item(const struct limbeck_object *table, const char *name)
{
	size_t count = limbeck_object_count(table, LIMBECK_ATTR_INHERITS);

	for (size_t i = 0; i < count; i++)
		if (strcmp(limbeck_object_item(table, LIMBECK_ATTR_INHERITS, i), name) == 0)
			return true;
	return false;
}

static void inherit(struct limbeck_out *out, const struct limbeck_object *from,
	const struct limbeck_object *without, const struct limbeck_object *table, const char *words)
{
	size_t count = limbeck_object_count(from, LIMBECK_ATTR_INHERITS);

	for (size_t i = 0; i < count; i++) {
		const char *parent = limbeck_object_item(from, LIMBECK_ATTR_INHERITS, i);

		if (has_item(without, parent))
			continue;
		alter(out, table);
		out_put(out, "%s %s", words, parent);
		out_end(out);
	}
}

/* The first attribute that no ALTER TABLE changes. */
static enum limbeck_attribute fixed(const struct limbeck_change *change)
{
	static const enum limbeck_attribute attributes[] = { LIMBECK_ATTR_OPTIONS,
		LIMBECK_ATTR_PARTITION_BY, LIMBECK_ATTR_STRICT, LIMBECK_ATTR_WITHOUT_ROWID };

	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		if (differs(change, attributes[i]))
			return attributes[i];
	return LIMBECK_ATTR_NONE;
}

int standard_alter_table_change(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	const struct limbeck_object *before = change->before, *after = change->after;

	if (fixed(change) != LIMBECK_ATTR_NONE)
		return standard_unsupported(change, fixed(change), "can't be changed in place",
			err);
	if (differs(change, LIMBECK_ATTR_PARTITION_OF) ||
	    differs(change, LIMBECK_ATTR_PARTITION_BOUND)) {
		attach(out, before, "DETACH", "");
		attach(out, after, "ATTACH", text(after, LIMBECK_ATTR_PARTITION_BOUND));
	}
	inherit(out, before, after, after, "NO INHERIT");
	inherit(out, after, before, after, "INHERIT");
	if (differs(change, LIMBECK_ATTR_UNLOGGED)) {
		alter(out, after);
		out_put(out, "SET %sLOGGED", is_yes(after, LIMBECK_ATTR_UNLOGGED) ? "UN" : "");
		out_end(out);
	}
	row_security(out, before, after);
	standard_comment_change(out, change);
	return 0;
}
