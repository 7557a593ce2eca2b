/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"

static bool continues(unsigned char byte)
{
	return (byte & 0xC0) == 0x80;
}

/* RFC 3629, "Syntax of UTF-8 Byte Sequences". */
size_t text_span(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	if (u[0] == 0)
		return 0;
	if (u[0] < 0x80)
		return 1;
	if (u[0] >= 0xC2 && u[0] <= 0xDF)
		return continues(u[1]) ? 2 : 0;
	if (u[0] >= 0xE0 && u[0] <= 0xEF) {
		if ((u[0] == 0xE0 && u[1] < 0xA0) || (u[0] == 0xED && u[1] > 0x9F))
			return 0;
		return continues(u[1]) && continues(u[2]) ? 3 : 0;
	}
	if (u[0] >= 0xF0 && u[0] <= 0xF4) {
		if ((u[0] == 0xF0 && u[1] < 0x90) || (u[0] == 0xF4 && u[1] > 0x8F))
			return 0;
		return continues(u[1]) && continues(u[2]) && continues(u[3]) ? 4 : 0;
	}
	return 0;
}

/* What steers a terminal: C0 without newline and tab, DEL, and C1. */
static bool steers(const char *s, size_t length)
{
	unsigned char first = (unsigned char)s[0];

	if (length == 1)
		return (first < 0x20 && first != '\n' && first != '\t') || first == 0x7F;
	return length == 2 && first == 0xC2 && (unsigned char)s[1] < 0xA0;
}

void text_put(FILE *file, const char *s)
{
	while (*s != '\0') {
		const char *start = s;
		size_t length = 0;

		while ((length = text_span(s)) > 0 && !steers(s, length))
			s += length;
		if (s > start)
			fwrite(start, 1, (size_t)(s - start), file);
		if (*s == '\0')
			break;
		fputs(length == 0 ? REPLACEMENT : "?", file);
		s += length == 0 ? 1 : length;
	}
}

char *text_utf8(const char *s)
{
	char *copy = malloc(strlen(s) * (sizeof REPLACEMENT - 1) + 1);
	char *to = copy;

	if (!copy)
		return NULL;
	while (*s != '\0') {
		size_t length = text_span(s);

		if (length > 0) {
			memcpy(to, s, length);
			to += length;
			s += length;
		} else {
			memcpy(to, REPLACEMENT, sizeof REPLACEMENT - 1);
			to += sizeof REPLACEMENT - 1;
			s++;
		}
	}
	*to = '\0';
	return copy;
}

char *text_line(const char *s)
{
	char *copy = text_utf8(s);
	char *from = copy, *to = copy;

	if (!copy)
		return NULL;
	while (*from != '\0') {
		size_t length = text_span(from);

		if (*from == '\n' || *from == '\t') {
			*to++ = ' ';
		} else if (steers(from, length)) {
			*to++ = '?';
		} else {
			memmove(to, from, length);
			to += length;
		}
		from += length;
	}
	*to = '\0';
	return copy;
}

/* Where what follows "://" and a colon ends: at the last "@"; where there is none,
 * for an identifier was cut there, at a quote, if no port can be meant. colon
 * itself when there is nothing to hide. */
static char *password_end(char *authority, char *colon)
{
	char *end = authority + strcspn(authority, " \t\n\"'");

	while (end > colon && *end != '@')
		end--;
	if (end > colon)
		return end;
	end = authority + strcspn(authority, " \t\n\"'/?#[,");
	return *end == '"' && end > colon + 1 + strspn(colon + 1, "0123456789") ? end : colon;
}

void text_hide_passwords(char *text)
{
	while ((text = strstr(text, "://"))) {
		size_t length = strcspn(text += 3, " \t\n\"'");
		char *colon = memchr(text, ':', length);
		char *end = colon ? password_end(text, colon) : NULL;

		if (colon && end > colon)
			memmove(colon, end, strlen(end) + 1);
	}
}

size_t text_width(const char *s)
{
	size_t width = 0;

	for (; *s != '\0'; s++)
		width += !continues((unsigned char)*s);
	return width;
}

size_t text_cut(const char *s, size_t width)
{
	size_t i = 0;

	for (; s[i] != '\0'; i++) {
		if (continues((unsigned char)s[i]))
			continue;
		if (width == 0)
			break;
		width--;
	}
	return i;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

enum { LONGEST = 40 };

/* Optimal string alignment: letters added, dropped, changed or swapped. */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][LONGEST + 1];
	size_t m = strlen(a), n = strlen(b);

	if (m > LONGEST || n > LONGEST)
		return LONGEST;
	for (size_t j = 0; j <= n; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= m; i++) {
		size_t *now = rows[i % 3];
		const size_t *above = rows[(i + 2) % 3];
		const size_t *before = rows[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= n; j++) {
			now[j] = least(least(above[j] + 1, now[j - 1] + 1),
				above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = least(now[j], before[j - 2] + 1);
		}
	}
	return rows[m % 3][n];
}

const char *text_nearest(const char *name, const char *const *candidates, size_t count)
{
	const char *best = NULL;
	size_t length = strlen(name);
	size_t limit = length <= 3 ? 1 : length <= 6 ? 2 : 3;

	for (size_t i = 0; i < count; i++) {
		size_t far = distance(name, candidates[i]);

		if (far <= limit && far < strlen(candidates[i])) {
			best = candidates[i];
			if (far == 0)
				break;
			limit = far - 1;
		}
	}
	if (best)
		return best;
	for (size_t i = 0; i < count && length >= 3; i++)
		if (strncmp(name, candidates[i], length) == 0)
			return candidates[i];
	return NULL;
}

void text_put_list(FILE *file, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			fputs(", ", file);
		text_put(file, texts[i]);
	}
}
