/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "schema/catalog_int.h"

/* Short texts are packed into blocks; an arena would align each. */
enum { TEXT_BLOCK = 4000 };

/* Where a text like this one was put the last time. */
static const char **recent_text(struct limbeck_catalog *catalog, const char *text, size_t length)
{
	unsigned hash = (unsigned)length;

	for (size_t i = 0; i < length; i++)
		hash = hash * 31 + (unsigned char)text[i];
	return &catalog->recent[hash % TEXT_RECENT];
}

static const char *pack_text(struct limbeck_catalog *catalog, const char *text, size_t length)
{
	char *copy;

	if (catalog->texts_left <= length) {
		catalog->texts = arena_alloc(&catalog->arena, TEXT_BLOCK);
		catalog->texts_left = catalog->texts ? TEXT_BLOCK : 0;
	}
	if (!catalog->texts) {
		catalog->failed = true;
		return NULL;
	}
	copy = catalog->texts;
	memcpy(copy, text, length);
	copy[length] = '\0';
	catalog->texts += length + 1;
	catalog->texts_left -= length + 1;
	return copy;
}

const char *catalog_text(struct limbeck_catalog *catalog, const char *text, size_t length)
{
	const char *copy, **recent;

	length = strnlen(text, length);
	if (length >= TEXT_SHORT) {
		copy = arena_strndup(&catalog->arena, text, length);
		catalog->failed |= !copy;
		return copy;
	}
	recent = recent_text(catalog, text, length);
	if (!*recent || strncmp(*recent, text, length) != 0 || (*recent)[length])
		*recent = pack_text(catalog, text, length);
	return *recent;
}
