/* SPDX-License-Identifier: BSD-2-Clause */
#include "config/value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/vec.h"

#define BLANKS " \t\r\n\f\v"

bool value_boolean(const char *text, bool *out)
{
	static const char *const words[] = {
		"false", "true", "no", "yes", "off", "on", "0", "1",
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcasecmp(text, words[i]) == 0) {
			*out = i % 2 == 1;
			return true;
		}
	}
	return false;
}

bool value_integer(const char *text, long least, long most, long *out)
{
	char *end;
	long number;

	if (!text[0] || strchr(BLANKS, text[0]))
		return false;
	errno = 0;
	number = strtol(text, &end, 10);
	if (*end || errno || number < least || number > most)
		return false;
	*out = number;
	return true;
}

/* Digits, and a fraction after a point, whatever the locale's sign for it is;
 * what follows, or NULL. */
static const char *number_end(const char *text, double *out)
{
	double number = 0, place = 1;
	const char *p = text;

	for (; *p >= '0' && *p <= '9'; p++)
		number = number * 10 + (*p - '0');
	if (p == text)
		return NULL;
	if (*p == '.') {
		if (p[1] < '0' || p[1] > '9')
			return NULL;
		while (*++p >= '0' && *p <= '9')
			number += (*p - '0') * (place /= 10);
	}
	*out = number;
	return p;
}

bool value_duration(const char *text, double *out)
{
	static const struct {
		const char *name;
		double seconds;
	} units[] = {
		{ "", 1 }, { "ms", 0.001 }, { "s", 1 },
		{ "min", 60 }, { "h", 3600 }, { "d", 86400 },
	};
	double number;
	const char *unit = number_end(text, &number);

	if (!unit || number > 1e9)
		return false;
	unit += strspn(unit, BLANKS);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (strcmp(unit, units[i].name) == 0) {
			*out = number * units[i].seconds;
			return true;
		}
	}
	return false;
}

bool value_split(struct arena *arena, const char *text, const char *separators,
	const char *const **out, size_t *count)
{
	VEC(const char *) pieces = VEC_INIT;

	while (*text) {
		size_t length = strcspn(text, separators), inner = length;
		const char *start = text, *piece;

		text += length + (text[length] ? 1 : 0);
		while (inner && strchr(BLANKS, start[0])) {
			start++;
			inner--;
		}
		while (inner && strchr(BLANKS, start[inner - 1]))
			inner--;
		if (!inner)
			continue;
		piece = arena_strndup(arena, start, inner);
		if (!piece || !vec_push_arena(&pieces, piece, arena))
			return false;
	}
	*out = pieces.items;
	*count = pieces.count;
	return true;
}
