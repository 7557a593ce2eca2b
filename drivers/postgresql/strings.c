/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "postgresql.h"

static bool grow(struct strings *strings, size_t more)
{
	size_t room = strings->room ? strings->room : 256;
	char *text;

	if (strings->failed)
		return false;
	if (strings->length + more < strings->room)
		return true;
	while (room <= strings->length + more)
		room *= 2;
	text = limbeck_host->alloc(room);
	strings->failed = !text;
	if (!text)
		return false;
	if (strings->length)
		memcpy(text, strings->text, strings->length);
	limbeck_host->free(strings->text);
	strings->text = text;
	strings->room = room;
	return true;
}

void strings_add_n(struct strings *strings, const char *text, size_t length)
{
	if (!grow(strings, length))
		return;
	memcpy(strings->text + strings->length, text, length);
	strings->length += length;
	strings->text[strings->length] = '\0';
}

void strings_add(struct strings *strings, const char *text)
{
	strings_add_n(strings, text, strlen(text));
}

void strings_addf(struct strings *strings, const char *format, ...)
{
	va_list arguments;
	char number[64];

	va_start(arguments, format);
	vsnprintf(number, sizeof(number), format, arguments);
	va_end(arguments);
	strings_add(strings, number);
}

void strings_add_quoted(struct strings *strings, const char *text, char quote)
{
	strings_add_n(strings, &quote, 1);
	for (; *text; text++) {
		if (*text == quote)
			strings_add_n(strings, &quote, 1);
		strings_add_n(strings, text, 1);
	}
	strings_add_n(strings, &quote, 1);
}

void strings_clear(struct strings *strings)
{
	strings->length = 0;
	if (strings->text)
		strings->text[0] = '\0';
}

void strings_release(struct strings *strings)
{
	limbeck_host->free(strings->text);
	memset(strings, 0, sizeof(*strings));
}
