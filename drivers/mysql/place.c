/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The server sends no position with an error. A syntax error quotes the text
 * from the error on, "near '...' at line N": up to 80 bytes of what was sent,
 * which may reach into the next statement. (The line is of no use: newlines in
 * strings are not counted.) Some other errors quote one name.
 */
#include <string.h>

#include "connection.h"

#define NEAR_BYTES 80
/* A line end and a semicolon. */
#define BETWEEN 2

/* Where the quoted text is among the statement's own bytes. */
static size_t near_position(const char *near, size_t length, const struct sent *sent)
{
	bool cut = length >= NEAR_BYTES;
	size_t found = 0;
	size_t i;

	if (length == 0)
		return sent->size + 1;
	/* MariaDB marks a text that it cut. */
	if (cut && memcmp(near + length - 3, "...", 3) == 0)
		length -= 3;
	for (i = 0; i < sent->size + BETWEEN && sent->start + i + length <= sent->length; i++) {
		if (memcmp(sent->text + sent->start + i, near, length) != 0)
			continue;
		found = i + 1;
		/* One that was not cut goes to the end of all: the last place. */
		if (cut)
			break;
	}
	/* At its end the server sees what separates it from the next one. */
	return found > sent->size ? sent->size + 1 : found;
}

static size_t syntax_position(const char *message, const struct sent *sent)
{
	static const char before[] = "near '";
	static const char after[] = "' at line ";
	const char *near = strstr(message, before);
	const char *end = NULL;
	const char *next;

	if (!near)
		return 0;
	near += strlen(before);
	for (next = near; (next = strstr(next, after)) != NULL; next++)
		end = next;
	return end ? near_position(near, (size_t)(end - near), sent) : 0;
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* The one place where the word stands; 0 where there are none or several. */
static size_t word_position(const char *word, size_t length, const struct sent *sent)
{
	const char *text = sent->text + sent->start;
	size_t found = 0;
	size_t i;

	for (i = 0; length > 0 && i + length <= sent->size; i++) {
		if (memcmp(text + i, word, length) != 0 || (i > 0 && is_name_byte(text[i - 1])) ||
			(i + length < sent->size && is_name_byte(text[i + length])))
			continue;
		if (found)
			return 0;
		found = i + 1;
	}
	return found;
}

/* The first name between '...' or `...`, which "Can't" does not begin. */
static size_t name_position(const char *message, bool qualified, const struct sent *sent)
{
	const char *word;
	const char *end;
	const char *dot;

	for (word = message; *word; word++) {
		if ((*word == '\'' || *word == '`') && word > message && word[-1] == ' ')
			break;
	}
	end = *word ? strchr(word + 1, *word) : NULL;
	if (!end)
		return 0;
	word++;
	dot = memchr(word, '.', (size_t)(end - word));
	if (qualified && dot)
		word = dot + 1;
	return word_position(word, (size_t)(end - word), sent);
}

size_t error_position(unsigned number, const char *message, const struct sent *sent)
{
	switch (number) {
	case 1064: /* syntax error */
		return syntax_position(message, sent);
	case 1051: /* unknown table 'database.name' */
	case 1146: /* no such table, likewise */
		return name_position(message, true, sent);
	case 1050: /* table exists */
	case 1054: /* unknown column */
	case 1060: /* duplicate column */
	case 1061: /* duplicate key name */
	case 1072: /* no such column for a key */
	case 1091: /* can't drop */
		return name_position(message, false, sent);
	default:
		return 0;
	}
}
