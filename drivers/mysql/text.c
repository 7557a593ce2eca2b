/* SPDX-License-Identifier: BSD-2-Clause */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

void text_release(struct text *text)
{
	limbeck_host->free(text->data);
	memset(text, 0, sizeof(*text));
}

const char *text_string(const struct text *text)
{
	return text->data ? text->data : "";
}

void text_clear(struct text *text)
{
	text->length = 0;
	if (text->data)
		text->data[0] = '\0';
}

static void fail(struct text *text)
{
	text_release(text);
	text->failed = true;
}

/* Room for so many bytes more and the zero byte. */
static bool reserve(struct text *text, size_t more)
{
	size_t size = text->size ? text->size : 64;
	char *data;

	if (text->failed)
		return false;
	if (text->size > text->length && text->size - text->length > more)
		return true;
	while (size - text->length <= more) {
		if (size > (size_t)-1 / 4) {
			fail(text);
			return false;
		}
		size *= 2;
	}
	data = limbeck_host->alloc(size);
	if (!data) {
		fail(text);
		return false;
	}
	if (text->length > 0)
		memcpy(data, text->data, text->length);
	limbeck_host->free(text->data);
	text->data = data;
	text->size = size;
	return true;
}

void text_add_n(struct text *text, const char *from, size_t length)
{
	if (!reserve(text, length))
		return;
	if (length > 0)
		memcpy(text->data + text->length, from, length);
	text->length += length;
	text->data[text->length] = '\0';
}

void text_add(struct text *text, const char *from)
{
	text_add_n(text, from, strlen(from));
}

void text_addf(struct text *text, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0 || !reserve(text, (size_t)length))
		return;
	va_start(arguments, format);
	vsnprintf(text->data + text->length, (size_t)length + 1, format, arguments);
	va_end(arguments);
	text->length += (size_t)length;
}

void text_add_name(struct text *text, const char *name)
{
	text_add_n(text, "`", 1);
	for (; *name; name++)
		text_add_n(text, *name == '`' ? "``" : name, *name == '`' ? 2 : 1);
	text_add_n(text, "`", 1);
}

void text_add_literal(struct text *text, const char *literal, bool backslash)
{
	text_add_n(text, "'", 1);
	for (; *literal; literal++) {
		if (*literal == '\'')
			text_add_n(text, "''", 2);
		else if (*literal == '\\' && backslash)
			text_add_n(text, "\\\\", 2);
		else
			text_add_n(text, literal, 1);
	}
	text_add_n(text, "'", 1);
}

bool same_word(const char *a, const char *b)
{
	return a && b && strcasecmp(a, b) == 0;
}

bool begins_with(const char *text, const char *word)
{
	return strncasecmp(text, word, strlen(word)) == 0;
}

const char *find_word(const char *text, const char *word)
{
	for (; *text; text++) {
		if (begins_with(text, word))
			return text;
	}
	return NULL;
}
