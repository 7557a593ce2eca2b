/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/strbuf.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { STRBUF_SMALLEST = 64 };

/* What the buf of an empty builder points to; nothing ever writes to it. */
char strbuf_empty[1];

void strbuf_init(struct strbuf *sb)
{
	sb->buf = strbuf_empty;
	sb->len = 0;
	sb->capacity = 0;
	sb->failed = false;
}

void strbuf_release(struct strbuf *sb)
{
	if (sb->capacity)
		mem_free(sb->buf);
	strbuf_init(sb);
}

void strbuf_reset(struct strbuf *sb)
{
	strbuf_truncate(sb, 0);
	sb->failed = false;
}

bool strbuf_grow(struct strbuf *sb, size_t extra)
{
	size_t needed, wanted;
	char *grown;

	if (sb->failed)
		return false;
	if (extra >= SIZE_MAX / 2 - sb->len) {
		sb->failed = true;
		return false;
	}
	needed = sb->len + extra + 1;
	if (needed <= sb->capacity)
		return true;
	wanted = sb->capacity < STRBUF_SMALLEST ? STRBUF_SMALLEST : sb->capacity * 2;
	wanted = wanted < needed ? needed : wanted;
	grown = mem_realloc(sb->capacity ? sb->buf : NULL, wanted);
	if (!grown) {
		sb->failed = true;
		return false;
	}
	if (!sb->capacity)
		grown[0] = '\0';
	sb->buf = grown;
	sb->capacity = wanted;
	return true;
}

void strbuf_add(struct strbuf *sb, const void *data, size_t length)
{
	if (!length || !strbuf_grow(sb, length))
		return;
	memcpy(sb->buf + sb->len, data, length);
	sb->len += length;
	sb->buf[sb->len] = '\0';
}

void strbuf_addstr(struct strbuf *sb, const char *text)
{
	strbuf_add(sb, text, strlen(text));
}

void strbuf_addch(struct strbuf *sb, int c)
{
	if (!strbuf_grow(sb, 1))
		return;
	sb->buf[sb->len++] = (char)c;
	sb->buf[sb->len] = '\0';
}

void strbuf_addf(struct strbuf *sb, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	strbuf_vaddf(sb, format, arguments);
	va_end(arguments);
}

void strbuf_vaddf(struct strbuf *sb, const char *format, va_list arguments)
{
	va_list again;
	int length;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0) {
		sb->failed = true;
		return;
	}
	if (!strbuf_grow(sb, (size_t)length))
		return;
	vsnprintf(sb->buf + sb->len, (size_t)length + 1, format, arguments);
	sb->len += (size_t)length;
}

void strbuf_shift(struct strbuf *sb, size_t count)
{
	if (count > sb->len)
		count = sb->len;
	if (!count)
		return;
	memmove(sb->buf, sb->buf + count, sb->len - count + 1);
	sb->len -= count;
}

void strbuf_truncate(struct strbuf *sb, size_t length)
{
	if (length >= sb->len)
		return;
	sb->len = length;
	sb->buf[length] = '\0';
}

char *strbuf_detach(struct strbuf *sb)
{
	char *text;

	if (sb->failed || !strbuf_grow(sb, 0)) {
		strbuf_release(sb);
		return NULL;
	}
	text = sb->buf;
	strbuf_init(sb);
	return text;
}
