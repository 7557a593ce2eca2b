/* SPDX-License-Identifier: BSD-2-Clause */
#include "ddl/operators.h"

#include <string.h>
#include <strings.h>

static void add(struct operators *all, const char *text, size_t length, char grouping)
{
	struct operator *one = &all->items[all->count];
	const char *equals;

	if (length == 3 && memcmp(text, "...", 3) == 0) {
		all->other = all->levels;
		return;
	}
	if (all->count == OPERATORS_MOST)
		return;
	*one = (struct operator) { .text = text, .level = all->levels, .grouping = grouping };
	equals = length > 2 ? memchr(text + 1, '~', length - 2) : NULL;
	if (equals) {
		one->means = equals + 1;
		one->means_length = (unsigned char)(text + length - one->means);
		length = (size_t)(equals - text);
	}
	one->prefix = length > 1 && text[length - 1] == '_';
	if (one->prefix)
		length--;
	one->length = (unsigned char)length;
	all->count++;
}

void operators_init(struct operators *operators, const char *description)
{
	const char *at = description;

	operators->count = 0;
	operators->levels = 0;
	operators->other = 0;
	while (*at) {
		char grouping = *at++;

		operators->levels++;
		while (*at && *at != '\n') {
			size_t length = strcspn(at, " \n");

			if (length > 0)
				add(operators, at, length, grouping);
			at += length;
			while (*at == ' ')
				at++;
		}
		if (*at)
			at++;
	}
}

const struct operator *operators_find(const struct operators *operators, const char *text,
	size_t length, bool prefix)
{
	for (size_t i = 0; i < operators->count; i++) {
		const struct operator *one = &operators->items[i];

		if (one->length == length && one->prefix == prefix
			&& strncasecmp(one->text, text, length) == 0)
			return one;
	}
	return NULL;
}

static bool is_symbol(char c)
{
	return c && strchr("+-*/<>=~!@#%^&|`?:", c);
}

unsigned operators_level(const struct operators *operators, const char *text, bool prefix)
{
	const struct operator *one = operators_find(operators, text, strlen(text), prefix);

	if (one)
		return one->level;
	return is_symbol(*text) && *text != ':' ? operators->other : 0;
}

/* A run that ends in a sign is an operator with that sign only if it holds one of the
 * characters that no operator of the standard has (PostgreSQL "Lexical Structure",
 * "Operators"). */
static size_t measure_run(const char *text, size_t length)
{
	size_t end = 0;
	bool free = false;

	for (; end < length && text[end] != ':'; end++) {
		if (end > 0 && ((text[end - 1] == '-' && text[end] == '-')
			|| (text[end - 1] == '/' && text[end] == '*'))) {
			end--;
			break;
		}
		free = free || strchr("~!@#%^&|`?", text[end]);
	}
	while (end > 1 && !free && strchr("+-", text[end - 1]))
		end--;
	return end;
}

size_t operators_measure(const struct operators *operators, const char *text, size_t length)
{
	size_t longest = 0;

	for (size_t i = 0; i < operators->count; i++) {
		const struct operator *one = &operators->items[i];

		if (one->length > longest && one->length <= length
			&& memcmp(one->text, text, one->length) == 0)
			longest = one->length;
	}
	if (operators->other && length > 0 && text[0] != ':') {
		size_t run = measure_run(text, length);

		return run > longest ? run : longest;
	}
	return longest;
}
