/* SPDX-License-Identifier: BSD-2-Clause */
/* Enums and composite types grow in place; any other change makes them anew. */
#include "render.h"

/* Whether a text that is, or will be, in the schema has the value as a string: then it
 * can't be used before what adds it is committed. */
static bool object_uses(const struct limbeck_object *object, const char *literal)
{
	static const enum limbeck_attribute attributes[] = { LIMBECK_ATTR_DEFAULT,
		LIMBECK_ATTR_GENERATED, LIMBECK_ATTR_EXPRESSION, LIMBECK_ATTR_PREDICATE,
		LIMBECK_ATTR_PARTS, LIMBECK_ATTR_PARTITION_BOUND, LIMBECK_ATTR_DEFINITION };
	size_t i, n;

	for (i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
		for (n = 0; n < limbeck_host->object_count(object, attributes[i]); n++) {
			if (strstr(limbeck_host->object_item(object, attributes[i], n), literal))
				return true;
		}
	}
	return false;
}

static bool is_used(const struct limbeck_object *type, const char *value)
{
	const struct limbeck_catalog *catalog = limbeck_host->object_catalog(type);
	const struct limbeck_object *object = NULL;
	struct strings literal = { NULL, 0, 0, false };
	bool used = false;

	strings_add_quoted(&literal, value, '\'');
	while (!used && (object = limbeck_host->object_next(catalog, LIMBECK_KIND_NONE, NULL, NULL,
		object)))
		used = literal.failed || object_uses(object, literal.text);
	strings_release(&literal);
	return used;
}

static void add_value(const struct render *render, const struct limbeck_object *type,
	const char *value, const char *words, const char *neighbour)
{
	limbeck_host->put(render->out, "ALTER TYPE ");
	put_own_name(render, type);
	limbeck_host->put(render->out, " ADD VALUE ");
	limbeck_host->put_literal(render->out, value);
	if (neighbour) {
		limbeck_host->put(render->out, " %s ", words);
		limbeck_host->put_literal(render->out, neighbour);
	}
	if (is_used(type, value))
		limbeck_host->put_autocommit(render->out);
	limbeck_host->end(render->out);
}

static const char *value_of(const struct limbeck_object *type, size_t i)
{
	return limbeck_host->object_item(type, LIMBECK_ATTR_VALUES, i);
}

/* Each new value stands behind the one before it; those at the end need no place. */
int render_alter_enum(const struct render *render, const struct limbeck_change *change)
{
	const struct limbeck_object *before = change->before;
	const struct limbeck_object *after = change->after;
	size_t old = limbeck_host->object_count(before, LIMBECK_ATTR_VALUES);
	size_t count = limbeck_host->object_count(after, LIMBECK_ATTR_VALUES);
	size_t found = 0;
	size_t i;

	if (!differs(change, LIMBECK_ATTR_VALUES))
		return 0;
	for (i = 0; i < count; i++) {
		const char *value = value_of(after, i);

		if (found < old && same_text(value_of(before, found), value))
			found++;
		else if (found == old)
			add_value(render, after, value, "", NULL);
		else if (i > 0)
			add_value(render, after, value, "AFTER", value_of(after, i - 1));
		else
			add_value(render, after, value, "BEFORE", value_of(before, 0));
	}
	if (differs(change, LIMBECK_ATTR_COMMENT))
		put_comment(render, "TYPE", after);
	return 1;
}

/* Attributes at the end: see alterable.c. */
int render_alter_composite(const struct render *render, const struct limbeck_change *change)
{
	const char *was = get(change->before, LIMBECK_ATTR_DEFINITION);
	const char *is = get(change->after, LIMBECK_ATTR_DEFINITION);
	const char *from;
	const char *to;
	const char *old;
	const char *old_end;
	const char *item;
	size_t length;

	if (!differs(change, LIMBECK_ATTR_DEFINITION))
		return 0;
	if (!was || !is || !inside(was, &old, &old_end) || !inside(is, &from, &to))
		return 0;
	while (next_item(&from, to, &item, &length)) {
		const char *same;
		size_t size;

		if (next_item(&old, old_end, &same, &size))
			continue;
		limbeck_host->put(render->out, "ALTER TYPE ");
		put_own_name(render, change->after);
		limbeck_host->put(render->out, " ADD ATTRIBUTE %.*s", (int)length, item);
		limbeck_host->end(render->out);
	}
	if (differs(change, LIMBECK_ATTR_COMMENT))
		put_comment(render, "TYPE", change->after);
	return 1;
}
