/* SPDX-License-Identifier: BSD-2-Clause */
/* Types of which one can't hold all values of the other. */
#include <limits.h>
#include <stdlib.h>
#include <strings.h>

#include "diff/diff_int.h"

enum family { INTEGERS = 1, FLOATS, TEXTS, BYTES, NUMERIC, MOMENTS, VALUES };

/* Types of a family, the wider the higher. In those with limit, the number in
 * parentheses says how wide. */
static const struct known_type {
	const char *name;
	enum family family;
	int width;
	int limit;      /* 0: has none; else the limit where none is written */
} known_types[] = {
	{ "tinyint", INTEGERS, 1, 0 },
	{ "smallint", INTEGERS, 2, 0 },
	{ "int2", INTEGERS, 2, 0 },
	{ "mediumint", INTEGERS, 3, 0 },
	{ "int", INTEGERS, 4, 0 },
	{ "integer", INTEGERS, 4, 0 },
	{ "int4", INTEGERS, 4, 0 },
	{ "bigint", INTEGERS, 8, 0 },
	{ "int8", INTEGERS, 8, 0 },
	{ "real", FLOATS, 4, 0 },
	{ "float4", FLOATS, 4, 0 },
	{ "double", FLOATS, 8, 0 },
	{ "double precision", FLOATS, 8, 0 },
	{ "float8", FLOATS, 8, 0 },
	{ "char", TEXTS, 0, 1 },
	{ "character", TEXTS, 0, 1 },
	{ "varchar", TEXTS, 0, INT_MAX },
	{ "character varying", TEXTS, 0, INT_MAX },
	{ "tinytext", TEXTS, 0, 255 },
	{ "text", TEXTS, 0, INT_MAX },
	{ "binary", BYTES, 0, 1 },
	{ "varbinary", BYTES, 0, INT_MAX },
	{ "numeric", NUMERIC, 0, 0 },
	{ "decimal", NUMERIC, 0, 0 },
	{ "time", MOMENTS, 0, 6 },
	{ "datetime", MOMENTS, 0, 6 },
	{ "timestamp", MOMENTS, 0, 6 },
	{ "timestamp without time zone", MOMENTS, 0, 6 },
	{ "timestamp with time zone", MOMENTS, 0, 6 },
	{ "enum", VALUES, 0, 0 },
	{ "set", VALUES, 0, 0 },
};

/* A type taken apart: name [(inside)] [rest]; the rest counts to the name. */
struct parts {
	char name[64];
	const char *inside;      /* behind the parenthesis; NULL: none */
	const struct known_type *known;
	bool is_unsigned;
	long first, second;      /* numbers inside, -1: none */
};

static void add_word(char *name, size_t size, const char *text, size_t length)
{
	size_t used = strlen(name);

	while (length && text[0] == ' ')
		text++, length--;
	while (length && text[length - 1] == ' ')
		length--;
	if (!length || used + length + 2 > size)
		return;
	if (used)
		name[used++] = ' ';
	memcpy(name + used, text, length);
	name[used + length] = '\0';
}

static void read_numbers(struct parts *parts)
{
	char *end;

	parts->first = parts->second = -1;
	if (!parts->inside || parts->inside[0] < '0' || parts->inside[0] > '9')
		return;
	parts->first = strtol(parts->inside, &end, 10);
	while (*end == ' ' || *end == ',')
		end++;
	if (*end >= '0' && *end <= '9')
		parts->second = strtol(end, NULL, 10);
}

static bool take_apart(const char *type, struct parts *parts)
{
	const char *open = strchr(type, '(');
	const char *close = open ? strrchr(open, ')') : NULL;
	size_t length;

	memset(parts, 0, sizeof *parts);
	length = open ? (size_t)(open - type) : strlen(type);
	add_word(parts->name, sizeof parts->name, type, length);
	if (close)
		add_word(parts->name, sizeof parts->name, close + 1, strlen(close + 1));
	length = strlen(parts->name);
	if (length > 9 && strcasecmp(parts->name + length - 9, " unsigned") == 0) {
		parts->is_unsigned = true;
		parts->name[length - 9] = '\0';
	}
	parts->inside = close ? open + 1 : NULL;
	read_numbers(parts);
	for (size_t i = 0; i < sizeof known_types / sizeof *known_types; i++)
		if (strcasecmp(known_types[i].name, parts->name) == 0)
			parts->known = &known_types[i];
	return parts->known != NULL;
}

static long limit_of(const struct parts *parts)
{
	return parts->first >= 0 ? parts->first : parts->known->limit;
}

/* numeric(p,s) has p - s digits before the point; without numbers it has all. */
static bool numeric_loses(const struct parts *before, const struct parts *after)
{
	long scale_before = before->second > 0 ? before->second : 0;
	long scale_after = after->second > 0 ? after->second : 0;

	if (after->first < 0)
		return false;
	if (before->first < 0)
		return true;
	return scale_after < scale_before ||
		after->first - scale_after < before->first - scale_before;
}

/* Whether each item of enum('a','b') is one of the other's. */
static bool values_lose(const struct parts *before, const struct parts *after)
{
	const char *at = before->inside;

	while (at && (at = strchr(at, '\''))) {
		const char *end = at + 1;
		bool found = false;

		while (*end && (*end != '\'' || end[1] == '\''))
			end += *end == '\'' ? 2 : 1;
		if (!*end)
			return false;
		end++;
		for (const char *other = after->inside; other && (other = strchr(other, '\''));
			other++)
			found |= strncmp(other, at, (size_t)(end - at)) == 0 &&
				(other[end - at] == ',' || other[end - at] == ')');
		if (!found)
			return true;
		at = end;
	}
	return false;
}

static bool type_loses(const char *before, const char *after)
{
	struct parts from, to;

	if (!take_apart(before, &from) || !take_apart(after, &to))
		return false;
	if (from.known->family == NUMERIC && to.known->family == INTEGERS)
		return from.first < 0 || from.second > 0;
	if (from.known->family == FLOATS && to.known->family == INTEGERS)
		return true;
	if (from.known->family != to.known->family)
		return false;
	switch (from.known->family) {
	case INTEGERS:
	case FLOATS:
		return to.known->width < from.known->width ||
			(to.known->width == from.known->width &&
				from.is_unsigned != to.is_unsigned);
	case NUMERIC:
		return numeric_loses(&from, &to);
	case VALUES:
		return values_lose(&from, &to);
	default:
		return limit_of(&to) < limit_of(&from);
	}
}

bool loses_values(const struct limbeck_object *before, const struct limbeck_object *after)
{
	const char *from = limbeck_object_get(before, LIMBECK_ATTR_TYPE);
	const char *to = limbeck_object_get(after, LIMBECK_ATTR_TYPE);

	return from && to && type_loses(from, to);
}

bool enum_loses(const struct limbeck_object *before, const struct limbeck_object *after)
{
	for (size_t i = 0; i < limbeck_object_count(before, LIMBECK_ATTR_VALUES); i++)
		if (!list_has(after, LIMBECK_ATTR_VALUES,
				limbeck_object_item(before, LIMBECK_ATTR_VALUES, i)))
			return true;
	return false;
}
