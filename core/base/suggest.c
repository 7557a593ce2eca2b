/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/suggest.h"

#include <stdbool.h>
#include <string.h>

/* Longer names are compared up to here, which is as good for a suggestion. */
enum { NAME_LONGEST = 63 };

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same(char a, char b, bool fold)
{
	return a == b || (fold && lower(a) == lower(b));
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Optimal string alignment: Levenshtein's distance, where two neighbours that
 * changed places count as one. Three rows of the matrix are enough. */
static size_t distance(const char *a, const char *b, bool fold)
{
	size_t rows[3][NAME_LONGEST + 1];
	size_t a_length = strnlen(a, NAME_LONGEST), b_length = strnlen(b, NAME_LONGEST);

	for (size_t j = 0; j <= b_length; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *top = rows[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			row[j] = above[j - 1] + (same(a[i - 1], b[j - 1], fold) ? 0 : 1);
			row[j] = least(row[j], least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2], fold) &&
			    same(a[i - 2], b[j - 1], fold))
				row[j] = least(row[j], top[j - 2] + 1);
		}
	}
	return rows[a_length % 3][b_length];
}

size_t suggest_distance(const char *a, const char *b)
{
	return distance(a, b, false);
}

static bool begins_with(const char *text, const char *start, size_t length)
{
	size_t i = 0;

	while (i < length && text[i] && same(text[i], start[i], true))
		i++;
	return i == length;
}

const char *suggest_nearest(const char *name, const char *const *candidates, size_t count)
{
	const char *nearest = NULL;
	size_t length = strlen(name), best = 0;

	for (size_t i = 0; i < count; i++) {
		size_t far = distance(name, candidates[i], true);
		size_t longer = strlen(candidates[i]);

		longer = longer > length ? longer : length;
		if (far > (longer + 2) / 3 &&
		    !(length >= 3 && begins_with(candidates[i], name, length)))
			continue;
		if (!nearest || far < best) {
			nearest = candidates[i];
			best = far;
		}
	}
	return nearest;
}
