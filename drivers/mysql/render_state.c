/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table between two changes: as it is before all of them, with those before
 * changes[i] made. A table that is made by these changes is looked up as it is
 * after them.
 */
#include "render.h"

static bool is_about(const struct limbeck_change *change, int verb, enum limbeck_kind kind)
{
	return change->verb == verb && kind_of(object_of(change)) == kind;
}

const char *state_name(const struct alter *alter, size_t i, const char *column)
{
	size_t k;

	for (k = 0; column && k < i; k++) {
		const struct limbeck_change *change = &alter->changes[k];

		if (is_about(change, LIMBECK_RENAME, LIMBECK_KIND_COLUMN) &&
			same_text(name_of(change->before), column))
			column = name_of(change->after);
	}
	return column;
}

static const struct limbeck_object *first_column(const struct alter *alter, size_t i,
	const char *name)
{
	const struct limbeck_catalog *before = alter->rendering->before;
	const struct limbeck_object *column = NULL;

	while (before && (column = limbeck_host->object_next(before, LIMBECK_KIND_COLUMN, NULL,
		alter->table, column)) != NULL) {
		if (same_text(state_name(alter, i, name_of(column)), name))
			return column;
	}
	return NULL;
}

const struct limbeck_object *state_column(const struct alter *alter, size_t i, const char *name)
{
	const struct limbeck_object *column = first_column(alter, i, name);
	size_t k, m;

	for (k = 0; k < i; k++) {
		const struct limbeck_change *change = &alter->changes[k];

		for (m = 0; m < change->member_count; m++) {
			if (kind_of(change->members[m]) == LIMBECK_KIND_COLUMN &&
				same_text(name_of(change->members[m]), name))
				column = change->members[m];
		}
		if (kind_of(object_of(change)) == LIMBECK_KIND_COLUMN &&
			same_text(name_of(object_of(change)), name))
			column = change->after;
	}
	return column;
}

/* Whether the object is gone, or another by this name has come, before i. */
static bool is_gone(const struct alter *alter, size_t i, const struct limbeck_object *object)
{
	size_t k;

	for (k = 0; k < i; k++) {
		const struct limbeck_change *change = &alter->changes[k];

		if (change->before && kind_of(change->before) == kind_of(object) &&
			same_text(name_of(change->before), name_of(object)))
			return true;
	}
	return false;
}

/* Object number n of those that the changes before i make, a changed one too. */
static const struct limbeck_object *made(const struct alter *alter, size_t i,
	enum limbeck_kind kind, size_t *n)
{
	size_t seen = 0;
	size_t k, m;

	for (k = 0; k < i; k++) {
		const struct limbeck_change *change = &alter->changes[k];

		for (m = 0; m <= change->member_count; m++) {
			const struct limbeck_object *object = m < change->member_count ?
				change->members[m] : change->after;

			if (!object || kind_of(object) != kind || seen++ < *n)
				continue;
			(*n)++;
			if (!is_gone(alter, i, object) || object == change->after)
				return object;
		}
	}
	return NULL;
}

/* First those of before, then those that were made. */
const struct limbeck_object *state_next(const struct alter *alter, size_t i,
	enum limbeck_kind kind, const struct limbeck_object *previous)
{
	const struct limbeck_catalog *before = alter->rendering->before;
	const struct limbeck_object *object = NULL;
	bool found = previous == NULL;
	size_t n = 0;

	while (before && (object = limbeck_host->object_next(before, kind, NULL, alter->table,
		object)) != NULL) {
		if (found && !is_gone(alter, i, object))
			return object;
		found = found || object == previous;
	}
	while ((object = made(alter, i, kind, &n)) != NULL) {
		if (found)
			return object;
		found = object == previous;
	}
	return NULL;
}

bool state_has(const struct alter *alter, size_t i, enum limbeck_kind kind, const char *name)
{
	const struct limbeck_object *object = NULL;

	while ((object = state_next(alter, i, kind, object)) != NULL) {
		if (same_text(name_of(object), name))
			return true;
	}
	return false;
}

bool state_in_primary_key(const struct alter *alter, size_t i, const char *column)
{
	const struct limbeck_object *key = state_next(alter, i, LIMBECK_KIND_PRIMARY_KEY, NULL);
	size_t count = key ? limbeck_host->object_count(key, LIMBECK_ATTR_COLUMNS) : 0;
	size_t k;

	for (k = 0; k < count; k++) {
		if (same_text(state_name(alter, i, limbeck_host->object_item(key,
			LIMBECK_ATTR_COLUMNS, k)), column))
			return true;
	}
	return false;
}

static const enum limbeck_kind keys[] = { LIMBECK_KIND_PRIMARY_KEY, LIMBECK_KIND_UNIQUE,
	LIMBECK_KIND_INDEX };
#define KEYS (sizeof(keys) / sizeof(keys[0]))

bool state_is_led(const struct alter *alter, size_t i, const char *column)
{
	size_t k;

	for (k = 0; k < KEYS; k++) {
		const struct limbeck_object *key = NULL;

		while ((key = state_next(alter, i, keys[k], key)) != NULL) {
			if (same_text(state_name(alter, i, limbeck_host->object_item(key,
				LIMBECK_ATTR_COLUMNS, 0)), column))
				return true;
		}
	}
	return false;
}

static bool begins_with_columns(const struct alter *alter, size_t i,
	const struct limbeck_object *index, const struct limbeck_object *key)
{
	size_t count = limbeck_host->object_count(key, LIMBECK_ATTR_COLUMNS);
	const char *method = get(index, LIMBECK_ATTR_METHOD);
	size_t k;

	if ((method && strcmp(method, "HASH") != 0) ||
		limbeck_host->object_count(index, LIMBECK_ATTR_COLUMNS) < count)
		return false;
	for (k = 0; k < count; k++) {
		const char *a = limbeck_host->object_item(index, LIMBECK_ATTR_COLUMNS, k);
		const char *b = limbeck_host->object_item(key, LIMBECK_ATTR_COLUMNS, k);

		if (!same_text(state_name(alter, i, a), state_name(alter, i, b)))
			return false;
	}
	return true;
}

bool state_backs(const struct alter *alter, size_t i, const struct limbeck_object *key)
{
	size_t k;

	for (k = 0; k < KEYS; k++) {
		const struct limbeck_object *index = NULL;

		while ((index = state_next(alter, i, keys[k], index)) != NULL) {
			if (begins_with_columns(alter, i, index, key))
				return true;
		}
	}
	return false;
}
