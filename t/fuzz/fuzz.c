/* SPDX-License-Identifier: BSD-2-Clause */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sql/scanner.h"

unsigned fuzz_byte(struct fuzz *input)
{
	if (!input->left)
		return 0;
	input->left--;
	return *input->data++;
}

const struct limbeck_lexis *fuzz_lexis(struct fuzz *input)
{
	switch (fuzz_byte(input)) {
	case 'p': return dialect_lexis("postgresql");
	case 's': return dialect_lexis("sqlite");
	default: return dialect_lexis("mysql");
	}
}

static char *take(struct fuzz *input, struct arena *arena, size_t length)
{
	char *text = arena_alloc(arena, length + 1);

	fuzz_must(text != NULL, "there is memory");
	if (length)
		memcpy(text, input->data, length);
	input->data += length;
	input->left -= length;
	return text;
}

char *fuzz_rest(struct fuzz *input, struct arena *arena, size_t *length)
{
	if (length)
		*length = input->left;
	return take(input, arena, input->left);
}

char *fuzz_line(struct fuzz *input, struct arena *arena)
{
	const uint8_t *end = input->left ? memchr(input->data, '\n', input->left) : NULL;
	char *text = take(input, arena, end ? (size_t)(end - input->data) : input->left);

	if (end)
		fuzz_byte(input);
	return text;
}

bool fuzz_has(const char *text, size_t length, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= length; i++)
		if (memcmp(text + i, word, n) == 0)
			return true;
	return false;
}

void fuzz_must(bool holds, const char *property)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s\n", property);
	abort();
}

void fuzz_same(const char *a, const char *b, const char *property)
{
	if (a == b || (a && b && strcmp(a, b) == 0))
		return;
	fprintf(stderr, "one:   %s\nother: %s\n", a ? a : "(none)", b ? b : "(none)");
	fuzz_must(false, property);
}

void fuzz_failed(struct limbeck_error *err)
{
	fuzz_must(err->code != LIMBECK_OK && err->code != LIMBECK_E_INTERNAL,
		"a failure has a code, and is no defect");
	fuzz_must(err->message && *err->message, "a failure has a message");
	limbeck_error_release(err);
}

char *fuzz_error_text(struct arena *arena, const struct limbeck_error *err)
{
	char *text = limbeck_error_text(err);
	char *copy = text ? arena_strdup(arena, text) : NULL;

	fuzz_must(copy != NULL, "an error has a text");
	free(text);
	return copy;
}
