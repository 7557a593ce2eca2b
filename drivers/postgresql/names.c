/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "postgresql.h"

/* The longest beginning of a text with at most `length` bytes that does not end
 * within a character. */
static size_t clip(const char *text, size_t length)
{
	while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
		length--;
	return length;
}

/* Where the parts are too long together, the server shortens the longer one, byte
 * by byte. */
void postgresql_sequence_name(char name[POSTGRESQL_NAME_BYTES], const char *table,
	const char *column)
{
	static const char end[] = "_seq";
	size_t room = POSTGRESQL_NAME_BYTES - 1 - (sizeof(end) - 1) - 1;
	size_t first = strlen(table);
	size_t second = strlen(column);

	while (first + second > room) {
		if (first > second)
			first--;
		else
			second--;
	}
	first = clip(table, first);
	second = clip(column, second);
	memcpy(name, table, first);
	name[first] = '_';
	memcpy(name + first + 1, column, second);
	strcpy(name + first + 1 + second, end);
}
