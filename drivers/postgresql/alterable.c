/* SPDX-License-Identifier: BSD-2-Clause */
/* Which objects can be altered, and need not be dropped and created. */
#include "render.h"

static const struct limbeck_lexis lexis = LIMBECK_LEXIS_POSTGRESQL;

/* What is known but never compared. */
static bool is_silent(int attribute)
{
	return attribute == LIMBECK_ATTR_VERSION || attribute == LIMBECK_ATTR_MEANING ||
		attribute == LIMBECK_ATTR_NO_DATA;
}

/* Whether they differ in nothing but the comment and this attribute. */
static bool differ_only(const struct limbeck_object *before, const struct limbeck_object *after,
	enum limbeck_attribute attribute)
{
	int i;

	for (i = LIMBECK_ATTR_NONE + 1; i < LIMBECK_ATTR_COUNT; i++) {
		if (i != LIMBECK_ATTR_COMMENT && i != (int)attribute && !is_silent(i) &&
			!limbeck_host->object_same(before, after, (enum limbeck_attribute)i))
			return false;
	}
	return true;
}

/* Values only come. */
static bool only_grows(const struct limbeck_object *before, const struct limbeck_object *after)
{
	size_t old = limbeck_host->object_count(before, LIMBECK_ATTR_VALUES);
	size_t count = limbeck_host->object_count(after, LIMBECK_ATTR_VALUES);
	size_t found = 0;
	size_t i;

	for (i = 0; i < count && found < old; i++)
		found += same_text(limbeck_host->object_item(before, LIMBECK_ATTR_VALUES, found),
			limbeck_host->object_item(after, LIMBECK_ATTR_VALUES, i));
	return found == old;
}

/* The beginning of an argument up to its default. */
static size_t without_default(const char *item, size_t length, bool *has)
{
	size_t position = 0;
	struct limbeck_token token;

	*has = false;
	for (;;) {
		limbeck_host->token(&lexis, item, length, &position, &token);
		if (token.kind == LIMBECK_TOKEN_END)
			return length;
		if (token.kind == LIMBECK_TOKEN_WORD && token.length == 7 &&
			strncmp(token.text, "DEFAULT", 7) == 0) {
			*has = true;
			return (size_t)(token.text - item);
		}
	}
}

/* The names and types of arguments stay, and no default is taken away. */
static bool same_arguments(const char *was, const char *is)
{
	const char *from_was, *to_was, *from_is, *to_is;
	const char *item_was, *item_is;
	size_t length_was, length_is;

	if (!inside(was, &from_was, &to_was) || !inside(is, &from_is, &to_is))
		return false;
	for (;;) {
		bool more_was = next_item(&from_was, to_was, &item_was, &length_was);
		bool more_is = next_item(&from_is, to_is, &item_is, &length_is);
		bool had, has;

		if (!more_was || !more_is)
			return more_was == more_is;
		length_was = without_default(item_was, length_was, &had);
		length_is = without_default(item_is, length_is, &has);
		while (length_was && item_was[length_was - 1] == ' ')
			length_was--;
		while (length_is && item_is[length_is - 1] == ' ')
			length_is--;
		if ((had && !has) || length_was != length_is ||
			strncmp(item_was, item_is, length_was) != 0)
			return false;
	}
}

static bool function_alterable(const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	static const char words[] = "CREATE OR REPLACE ";
	const char *was = get(before, LIMBECK_ATTR_DEFINITION);
	const char *is = get(after, LIMBECK_ATTR_DEFINITION);

	return was && is && strncmp(is, words, sizeof(words) - 1) == 0 &&
		limbeck_host->object_same(before, after, LIMBECK_ATTR_RESULT) &&
		limbeck_host->object_same(before, after, LIMBECK_ATTR_WORD) &&
		same_arguments(was, is);
}

/* The list between SELECT and FROM, where the view begins so. */
static bool select_list(const char *definition, const char **from, const char **to)
{
	const char *as = definition ? strstr(definition, " AS\n") : NULL;
	size_t length = as ? strlen(as) : 0;
	size_t position = 4;
	size_t depth = 0;
	struct limbeck_token token;

	if (!as)
		return false;
	limbeck_host->token(&lexis, as, length, &position, &token);
	if (token.kind != LIMBECK_TOKEN_WORD || strncmp(token.text, "SELECT", token.length) != 0)
		return false;
	*from = as + position;
	for (;;) {
		limbeck_host->token(&lexis, as, length, &position, &token);
		*to = token.text;
		if (token.kind == LIMBECK_TOKEN_END) {
			*to = as + length;
			return true;
		}
		if (token.kind == LIMBECK_TOKEN_WORD && !depth && token.length == 4 &&
			strncmp(token.text, "FROM", 4) == 0)
			return true;
		depth += token.text[0] == '(' && token.length == 1;
		depth -= depth && token.text[0] == ')' && token.length == 1;
	}
}

/* Columns only come, at the end, and those that were there are the same: so are their
 * types then. */
static bool view_alterable(const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	const char *from_was, *to_was, *from_is, *to_is;
	const char *item_was, *item_is;
	size_t length_was, length_is;
	size_t count = limbeck_host->object_count(before, LIMBECK_ATTR_COLUMNS);
	size_t i;

	for (i = 0; i < count; i++) {
		if (!same_text(limbeck_host->object_item(before, LIMBECK_ATTR_COLUMNS, i),
			limbeck_host->object_item(after, LIMBECK_ATTR_COLUMNS, i)))
			return false;
	}
	if (!select_list(get(before, LIMBECK_ATTR_DEFINITION), &from_was, &to_was) ||
		!select_list(get(after, LIMBECK_ATTR_DEFINITION), &from_is, &to_is))
		return false;
	while (next_item(&from_was, to_was, &item_was, &length_was)) {
		if (!next_item(&from_is, to_is, &item_is, &length_is) || length_was != length_is ||
			strncmp(item_was, item_is, length_was) != 0)
			return false;
	}
	return true;
}

/* A composite type whose attributes only come, at the end. */
static bool type_alterable(const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	const char *was = get(before, LIMBECK_ATTR_DEFINITION);
	const char *is = get(after, LIMBECK_ATTR_DEFINITION);
	const char *from_was, *to_was, *from_is, *to_is;
	const char *item_was, *item_is;
	size_t length_was, length_is;

	if (!was || !is || !strstr(was, " AS (") || !strstr(is, " AS (") ||
		!inside(was, &from_was, &to_was) || !inside(is, &from_is, &to_is))
		return false;
	while (next_item(&from_was, to_was, &item_was, &length_was)) {
		if (!next_item(&from_is, to_is, &item_is, &length_is) || length_was != length_is ||
			strncmp(item_was, item_is, length_was) != 0)
			return false;
	}
	return true;
}

/* A key's timing can be altered for foreign keys, its storage for those that have an
 * index; what was not valid can become it. */
static bool constraint_alterable(enum limbeck_kind kind, const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	if (kind == LIMBECK_KIND_PRIMARY_KEY || kind == LIMBECK_KIND_UNIQUE)
		return differ_only(before, after, LIMBECK_ATTR_OPTIONS);
	if (kind == LIMBECK_KIND_FOREIGN_KEY && differ_only(before, after, LIMBECK_ATTR_DEFERRABLE))
		return true;
	return differ_only(before, after, LIMBECK_ATTR_NOT_ENFORCED) &&
		!get(after, LIMBECK_ATTR_NOT_ENFORCED);
}

int postgresql_alterable(const struct limbeck_object *before, const struct limbeck_object *after)
{
	enum limbeck_kind kind = limbeck_host->object_kind(after);

	if (differ_only(before, after, LIMBECK_ATTR_COLUMN_COMMENTS))
		return 1;
	switch (kind) {
	case LIMBECK_KIND_EXTENSION:
	case LIMBECK_KIND_SEQUENCE:
		return 1;
	case LIMBECK_KIND_ENUM:
		return only_grows(before, after);
	case LIMBECK_KIND_DOMAIN:
		return limbeck_host->object_same(before, after, LIMBECK_ATTR_TYPE) &&
			limbeck_host->object_same(before, after, LIMBECK_ATTR_COLLATION);
	case LIMBECK_KIND_TYPE:
		return type_alterable(before, after);
	case LIMBECK_KIND_FUNCTION:
		return function_alterable(before, after);
	case LIMBECK_KIND_VIEW:
		return view_alterable(before, after);
	case LIMBECK_KIND_INDEX:
		return differ_only(before, after, LIMBECK_ATTR_OPTIONS);
	case LIMBECK_KIND_TRIGGER:
	case LIMBECK_KIND_OTHER:
		return differ_only(before, after, LIMBECK_ATTR_ENABLED);
	case LIMBECK_KIND_PRIMARY_KEY:
	case LIMBECK_KIND_UNIQUE:
	case LIMBECK_KIND_CHECK:
	case LIMBECK_KIND_EXCLUSION:
	case LIMBECK_KIND_FOREIGN_KEY:
		return constraint_alterable(kind, before, after);
	default:
		return 0;
	}
}
