/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What keys are to each other: a foreign key needs an index that begins with its
 * columns, and the server makes one where there is none. No key can be without
 * a column that goes.
 */
#include "render.h"

#include <ctype.h>
#include <strings.h>

/* What the server calls, or would call, the index that it makes for the key. */
static const char *backing_name(const struct limbeck_object *key)
{
	const char *known = get(key, LIMBECK_ATTR_BACKING_INDEX);

	if (known)
		return known;
	return get(key, LIMBECK_ATTR_UNNAMED) ?
		limbeck_host->object_item(key, LIMBECK_ATTR_COLUMNS, 0) : name_of(key);
}

void drop_named_key(struct alter *alter, const char *what, const char *name)
{
	alter_clause(alter);
	limbeck_host->put(alter->out, "DROP %s ", what);
	limbeck_host->put_name(alter->out, name);
}

static void add_backing(struct alter *alter, const struct limbeck_object *key)
{
	alter_clause(alter);
	limbeck_host->put(alter->out, "ADD KEY ");
	limbeck_host->put_name(alter->out, backing_name(key));
	limbeck_host->put(alter->out, " (");
	limbeck_host->put_names(alter->out, key, LIMBECK_ATTR_COLUMNS);
	limbeck_host->put(alter->out, ")");
}

/* Another foreign key of the same column that has only this one's index. */
static const struct limbeck_object *sharer(const struct alter *alter,
	const struct limbeck_object *gone)
{
	const char *column = limbeck_host->object_item(gone, LIMBECK_ATTR_COLUMNS, 0);
	const struct limbeck_object *key = NULL;

	while ((key = state_next(alter, alter->to, LIMBECK_KIND_FOREIGN_KEY, key)) != NULL) {
		if (same_text(limbeck_host->object_item(key, LIMBECK_ATTR_COLUMNS, 0), column) &&
			!get(key, LIMBECK_ATTR_BACKING_INDEX) &&
			!state_backs(alter, alter->to, key))
			return key;
	}
	return NULL;
}

/* A foreign key's own index stays behind when the key goes, where it would be an
 * index that nobody asked for; unless another has come, which has replaced it. */
void drop_backing(struct alter *alter, const struct limbeck_change *change)
{
	const char *backing = get(change->before, LIMBECK_ATTR_BACKING_INDEX);
	const struct limbeck_object *key;

	if (!backing || change->flags & LIMBECK_CHANGE_AGAIN ||
		state_backs(alter, alter->from, change->before))
		return;
	key = sharer(alter, change->before);
	if (key && same_text(backing_name(key), backing))
		return;
	drop_named_key(alter, "KEY", backing);
	if (key)
		add_backing(alter, key);
}

/* A foreign key that loses the index it needs gets one made for it alone; where
 * another comes, that one goes. */
void balance_indexes(struct alter *alter)
{
	const struct limbeck_object *key = NULL;

	while ((key = state_next(alter, alter->to, LIMBECK_KIND_FOREIGN_KEY, key)) != NULL) {
		bool before = state_backs(alter, alter->from, key);
		bool after = state_backs(alter, alter->to, key);

		if (alter_names(alter, LIMBECK_KIND_FOREIGN_KEY, name_of(key)) || before == after)
			continue;
		if (after)
			drop_named_key(alter, "KEY", backing_name(key));
		else
			add_backing(alter, key);
	}
}

bool index_is_tied(const struct alter *alter, size_t i)
{
	const struct limbeck_object *key = NULL;
	const char *column = limbeck_host->object_item(object_of(&alter->changes[i]),
		LIMBECK_ATTR_COLUMNS, 0);

	if (state_is_led(alter, i, column) != state_is_led(alter, i + 1, column)) {
		const struct limbeck_object *first = state_column(alter, i + 1, column);

		if (first && get(first, LIMBECK_ATTR_IDENTITY))
			return true;
	}
	while ((key = state_next(alter, i, LIMBECK_KIND_FOREIGN_KEY, key)) != NULL) {
		if (state_backs(alter, i, key) != state_backs(alter, i + 1, key))
			return true;
	}
	return false;
}

static size_t word_length(const char *text)
{
	size_t length = 0;

	while (isalnum((unsigned char)text[length]) || text[length] == '_' || text[length] == '$' ||
		(unsigned char)text[length] >= 0x80)
		length++;
	return length;
}

/* What stands between quotes, with them; a quote that is doubled begins the next one. */
static size_t quoted_length(const char *text)
{
	size_t length = 1;

	while (text[length] && text[length] != *text)
		length += *text != '`' && text[length] == '\\' && text[length + 1] ? 2 : 1;
	return text[length] ? length + 1 : length;
}

/* Expressions come from the server, which quotes all names, or from a translation, which
 * quotes what must be. */
bool text_names(const char *text, const char *column)
{
	size_t length = strlen(column);

	while (text && *text) {
		bool name = *text == '`', quoted = name || *text == '\'' || *text == '"';
		size_t word = quoted ? quoted_length(text) : word_length(text);

		if (name && word == length + 2 && strncmp(text + 1, column, length) == 0)
			return true;
		if (!quoted && word == length && strncasecmp(text, column, length) == 0 &&
			text[word] != '(')
			return true;
		text += word ? word : 1;
	}
	return false;
}

bool check_names(const struct limbeck_object *check, const char *column)
{
	return text_names(get(check, LIMBECK_ATTR_EXPRESSION), column);
}

static bool holds(const struct limbeck_object *part, const char *column)
{
	size_t count = limbeck_host->object_count(part, LIMBECK_ATTR_COLUMNS);
	size_t i;

	if (kind_of(part) == LIMBECK_KIND_CHECK)
		return check_names(part, column);
	/* An index whose only column goes needs no word. */
	if (count == 1 && kind_of(part) != LIMBECK_KIND_FOREIGN_KEY)
		return false;
	for (i = 0; i < count; i++) {
		if (same_text(limbeck_host->object_item(part, LIMBECK_ATTR_COLUMNS, i), column))
			return true;
	}
	return false;
}

static bool is_named_anywhere(const struct alter *alter, const struct limbeck_object *part)
{
	size_t i;

	for (i = 0; i < alter->count; i++) {
		const struct limbeck_object *before = alter->changes[i].before;

		if (before && kind_of(before) == kind_of(part) &&
			same_text(name_of(before), name_of(part)))
			return true;
	}
	return false;
}

static void drop_holders_of(struct alter *alter, const char *column)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_FOREIGN_KEY, LIMBECK_KIND_CHECK,
		LIMBECK_KIND_PRIMARY_KEY, LIMBECK_KIND_UNIQUE, LIMBECK_KIND_INDEX };
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const struct limbeck_object *part = NULL;

		while ((part = state_next(alter, alter->from, kinds[i], part)) != NULL) {
			if (holds(part, column) && !is_named_anywhere(alter, part) &&
				!limbeck_host->object_find(alter->rendering->after, kinds[i], NULL,
					alter->table, name_of(part), NULL))
				drop_key(alter, part);
		}
	}
}

void drop_holders(struct alter *alter)
{
	size_t i;

	for (i = alter->from; i < alter->to; i++) {
		const struct limbeck_change *change = &alter->changes[i];

		if (change->verb == LIMBECK_DROP && kind_of(change->before) == LIMBECK_KIND_COLUMN)
			drop_holders_of(alter, name_of(change->before));
	}
}
