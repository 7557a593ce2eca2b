/* SPDX-License-Identifier: BSD-2-Clause */
/* Storage parameters that change, and the states of rules and event triggers. */
#include "render.h"

static bool has(const char *options, const char *item, size_t length)
{
	const char *from;
	const char *to;
	const char *other;
	size_t size;

	if (!find_parameters(options, &from, &to))
		return false;
	while (next_item(&from, to, &other, &size)) {
		if (size >= length && strncmp(other, item, length) == 0 &&
			(size == length || other[length] == '='))
			return true;
	}
	return false;
}

/* The items of `options` that `others` has not, whole or (names) by name alone. */
static void put_items(const struct render *render, const struct limbeck_object *object,
	const char *word, const char *verb, const char *options, const char *others, bool names)
{
	const char *from;
	const char *to;
	const char *item;
	const char *between = "";
	size_t length;

	if (!find_parameters(options, &from, &to))
		return;
	while (next_item(&from, to, &item, &length)) {
		const char *sign = names ? memchr(item, '=', length) : NULL;

		if (sign)
			length = (size_t)(sign - item);
		if (has(others, item, length))
			continue;
		if (!*between) {
			limbeck_host->put(render->out, "ALTER %s ", word);
			put_own_name(render, object);
			limbeck_host->put(render->out, " %s (", verb);
		}
		limbeck_host->put(render->out, "%s%.*s", between, (int)length, item);
		between = ", ";
	}
	if (*between) {
		limbeck_host->put(render->out, ")");
		limbeck_host->end(render->out);
	}
}

void put_parameters(const struct render *render, const struct limbeck_change *change,
	const char *word)
{
	const char *was = get(change->before, LIMBECK_ATTR_OPTIONS);
	const char *is = get(change->after, LIMBECK_ATTR_OPTIONS);

	put_items(render, change->after, word, "RESET", was, is, true);
	put_items(render, change->after, word, "SET", is, was, false);
}

/* Of an index, also of a constraint's. */
int render_alter_options(const struct render *render, const struct limbeck_change *change)
{
	bool index = limbeck_host->object_kind(change->after) == LIMBECK_KIND_INDEX;

	if (!differs(change, LIMBECK_ATTR_OPTIONS))
		return 0;
	put_parameters(render, change, "INDEX");
	if (!differs(change, LIMBECK_ATTR_COMMENT))
		return 1;
	if (!index) {
		put_comment(render, "CONSTRAINT", change->after);
		return 1;
	}
	limbeck_host->put(render->out, "COMMENT ON INDEX ");
	put_own_name(render, change->after);
	limbeck_host->put(render->out, " IS ");
	limbeck_host->put_literal(render->out, get(change->after, LIMBECK_ATTR_COMMENT));
	limbeck_host->end(render->out);
	return 1;
}

static void put_state(const struct render *render, const struct limbeck_object *object)
{
	const char *state = get(object, LIMBECK_ATTR_ENABLED);
	const char *words = !state ? "ENABLE" : strcmp(state, "disabled") == 0 ? "DISABLE" :
		strcmp(state, "replica") == 0 ? "ENABLE REPLICA" : "ENABLE ALWAYS";

	if (limbeck_host->object_table(object)) {
		put_alter(render, object);
		limbeck_host->put(render->out, "%s %s ", words, get(object, LIMBECK_ATTR_WORD));
		limbeck_host->put_name(render->out, name_of(object));
	} else {
		limbeck_host->put(render->out, "ALTER %s ", get(object, LIMBECK_ATTR_WORD));
		limbeck_host->put_name(render->out, name_of(object));
		limbeck_host->put(render->out, " %s", words);
	}
	limbeck_host->end(render->out);
}

int render_create_other(const struct render *render, const struct limbeck_change *change)
{
	const struct limbeck_object *object = change->after;
	const char *definition = get(object, LIMBECK_ATTR_DEFINITION);

	if (!get(object, LIMBECK_ATTR_ENABLED) || !definition || !get(object, LIMBECK_ATTR_WORD))
		return 0;
	limbeck_host->put(render->out, "%s", definition);
	limbeck_host->end(render->out);
	put_state(render, object);
	if (get(object, LIMBECK_ATTR_COMMENT))
		put_comment(render, get(object, LIMBECK_ATTR_WORD), object);
	return 1;
}

int render_alter_other(const struct render *render, const struct limbeck_change *change)
{
	const char *word = get(change->after, LIMBECK_ATTR_WORD);

	if (!word || differs(change, LIMBECK_ATTR_DEFINITION) ||
		!differs(change, LIMBECK_ATTR_ENABLED))
		return 0;
	put_state(render, change->after);
	if (differs(change, LIMBECK_ATTR_COMMENT))
		put_comment(render, word, change->after);
	return 1;
}

/* It may have gone with the table that owned it. */
int render_drop_sequence(const struct render *render, const struct limbeck_change *change)
{
	if (!limbeck_host->object_count(change->before, LIMBECK_ATTR_OWNED_BY))
		return 0;
	limbeck_host->put(render->out, "DROP SEQUENCE IF EXISTS ");
	put_own_name(render, change->before);
	limbeck_host->end(render->out);
	return 1;
}

/* Columns keep theirs when the view is replaced. */
static void put_column_comments(const struct render *render, const struct limbeck_change *change)
{
	const struct limbeck_object *view = change->after;
	size_t count = limbeck_host->object_count(view, LIMBECK_ATTR_COLUMNS);
	size_t i;

	for (i = 0; i < count; i++) {
		const char *was = limbeck_host->object_item(change->before,
			LIMBECK_ATTR_COLUMN_COMMENTS, i);
		const char *is = limbeck_host->object_item(view, LIMBECK_ATTR_COLUMN_COMMENTS, i);

		if (same_text(was ? was : "", is ? is : ""))
			continue;
		limbeck_host->put(render->out, "COMMENT ON COLUMN ");
		put_own_name(render, view);
		limbeck_host->put(render->out, ".");
		limbeck_host->put_name(render->out,
			limbeck_host->object_item(view, LIMBECK_ATTR_COLUMNS, i));
		limbeck_host->put(render->out, " IS ");
		limbeck_host->put_literal(render->out, is && *is ? is : NULL);
		limbeck_host->end(render->out);
	}
}

/* CREATE VIEW with OR REPLACE; what the new one's options do not name is back to
 * its default by that. */
int render_alter_view(const struct render *render, const struct limbeck_change *change)
{
	static const char words[] = "CREATE VIEW ";
	const char *definition = get(change->after, LIMBECK_ATTR_DEFINITION);

	if (!differs(change, LIMBECK_ATTR_DEFINITION) || !definition ||
		strncmp(definition, words, sizeof(words) - 1) != 0)
		return 0;
	limbeck_host->put(render->out, "CREATE OR REPLACE VIEW %s",
		definition + sizeof(words) - 1);
	limbeck_host->end(render->out);
	if (differs(change, LIMBECK_ATTR_COMMENT))
		put_comment(render, "VIEW", change->after);
	put_column_comments(render, change);
	return 1;
}
