/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/render_int.h"

#include <string.h>

static bool same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static void put_new_name(struct limbeck_out *out, const struct limbeck_object *after)
{
	out_put(out, " TO ");
	out_put_name(out, limbeck_object_name(after));
	out_end(out);
}

/* Moved first, under its old name. */
static void rename_object(struct limbeck_out *out, const struct limbeck_change *change)
{
	const struct limbeck_object *before = change->before, *after = change->after;
	bool moved = limbeck_object_schema(after) &&
		!same(limbeck_object_schema(before), limbeck_object_schema(after));

	if (moved) {
		out_put(out, "ALTER ");
		standard_what(out, before);
		out_put(out, " SET SCHEMA ");
		out_put_name(out, limbeck_object_schema(after));
		out_end(out);
	}
	if (moved && same(limbeck_object_name(before), limbeck_object_name(after)))
		return;
	out_put(out, "ALTER ");
	if (moved)
		standard_what_in(out, before, limbeck_object_schema(after));
	else
		standard_what(out, before);
	out_put(out, " RENAME");
	put_new_name(out, after);
}

static void rename_part(struct limbeck_out *out, const struct limbeck_change *change,
	const char *word)
{
	standard_alter_table(out, change->after);
	out_put(out, "RENAME %s ", word);
	out_put_name(out, limbeck_object_name(change->before));
	put_new_name(out, change->after);
}

int standard_rename(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	if (standard_is_nameless(change->before) || standard_is_nameless(change->after))
		return standard_unsupported(change, LIMBECK_ATTR_NONE,
			"has no name of its own, and can't be renamed", err);
	if (limbeck_object_kind(change->after) == LIMBECK_KIND_COLUMN)
		rename_part(out, change, "COLUMN");
	else if (standard_is_constraint(change->after))
		rename_part(out, change, "CONSTRAINT");
	else
		rename_object(out, change);
	return 0;
}
