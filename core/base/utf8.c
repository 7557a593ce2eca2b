/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/utf8.h"

/* How many bytes a sequence has by its first one; 0 when none begins so. The
 * smallest value of the second byte, and the largest, exclude overlong forms,
 * surrogates and what lies beyond U+10FFFF (RFC 3629, section 4). */
static size_t sequence_size(unsigned char first, unsigned char *least, unsigned char *most)
{
	*least = 0x80;
	*most = 0xbf;
	if (first < 0x80)
		return 1;
	if (first < 0xc2 || first > 0xf4)
		return 0;
	if (first < 0xe0)
		return 2;
	if (first == 0xe0)
		*least = 0xa0;
	if (first == 0xed)
		*most = 0x9f;
	if (first < 0xf0)
		return 3;
	if (first == 0xf0)
		*least = 0x90;
	if (first == 0xf4)
		*most = 0x8f;
	return 4;
}

size_t utf8_sequence(const char *text, size_t length)
{
	unsigned char least, most, c;
	size_t size;

	if (!length)
		return 0;
	size = sequence_size((unsigned char)text[0], &least, &most);
	if (size > length)
		return 0;
	for (size_t i = 1; i < size; i++) {
		c = (unsigned char)text[i];
		if (c < least || c > most)
			return 0;
		least = 0x80;
		most = 0xbf;
	}
	return size;
}

size_t utf8_count(const char *text, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; count++) {
		size_t size = utf8_sequence(text + i, length - i);

		i += size ? size : 1;
	}
	return count;
}
