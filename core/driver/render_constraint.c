/* SPDX-License-Identifier: BSD-2-Clause */
/* Constraints and triggers of tables that are there. */
#include "driver/render_int.h"

#include <string.h>

void standard_add_constraint(struct limbeck_out *out, const struct limbeck_object *constraint)
{
	standard_alter_table(out, constraint);
	out_put(out, "ADD ");
	standard_constraint(out, constraint);
	out_end(out);
	standard_comment(out, constraint);
}

/* What may differ for an ALTER to be enough. */
static bool only(const struct limbeck_change *change, enum limbeck_attribute attribute)
{
	enum limbeck_attribute at = LIMBECK_ATTR_NONE;

	while ((at = object_differs(change->before, change->after, at)) != LIMBECK_ATTR_NONE)
		if (at != attribute && at != LIMBECK_ATTR_COMMENT)
			return false;
	return true;
}

static void alter_named(struct limbeck_out *out, const struct limbeck_object *constraint,
	const char *verb)
{
	standard_alter_table(out, constraint);
	out_put(out, "%s CONSTRAINT ", verb);
	out_put_name(out, limbeck_object_name(constraint));
}

static void change_timing(struct limbeck_out *out, const struct limbeck_object *constraint)
{
	const char *deferrable = get(constraint, LIMBECK_ATTR_DEFERRABLE);

	alter_named(out, constraint, "ALTER");
	out_put(out, !deferrable ? " NOT DEFERRABLE" :
		strcmp(deferrable, "deferrable") == 0 ? " DEFERRABLE INITIALLY IMMEDIATE" :
		" DEFERRABLE INITIALLY DEFERRED");
	out_end(out);
}

int standard_alter_constraint(struct limbeck_out *out, const struct limbeck_change *change)
{
	const struct limbeck_object *after = change->after;
	bool validated = standard_is(change->before, LIMBECK_ATTR_NOT_ENFORCED, "not valid") &&
		!get(after, LIMBECK_ATTR_NOT_ENFORCED);
	bool timing = differs(change, LIMBECK_ATTR_DEFERRABLE);

	if (standard_is_nameless(after))
		return 0;
	if (only(change, LIMBECK_ATTR_NOT_ENFORCED) && validated) {
		alter_named(out, after, "VALIDATE");
		out_end(out);
	} else if (only(change, LIMBECK_ATTR_DEFERRABLE) && timing &&
		   limbeck_object_kind(after) == LIMBECK_KIND_FOREIGN_KEY) {
		change_timing(out, after);
	} else if (!only(change, LIMBECK_ATTR_NONE)) {
		return 0;
	}
	standard_comment_change(out, change);
	return 1;
}

void standard_trigger_state(struct limbeck_out *out, const struct limbeck_object *trigger)
{
	static const struct {
		const char *state;
		const char *words;
	} states[] = { { "disabled", "DISABLE" }, { "replica", "ENABLE REPLICA" },
		{ "always", "ENABLE ALWAYS" } };
	const char *words = "ENABLE";

	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (standard_is(trigger, LIMBECK_ATTR_ENABLED, states[i].state))
			words = states[i].words;
	standard_alter_table(out, trigger);
	out_put(out, "%s TRIGGER ", words);
	out_put_name(out, limbeck_object_name(trigger));
	out_end(out);
}

int standard_alter_trigger(struct limbeck_out *out, const struct limbeck_change *change)
{
	if (!only(change, LIMBECK_ATTR_ENABLED))
		return 0;
	if (differs(change, LIMBECK_ATTR_ENABLED))
		standard_trigger_state(out, change->after);
	standard_comment_change(out, change);
	return 1;
}
