/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An INI reader of our own: those that distributions package cut long lines,
 * take "; " inside a value for a comment, or do not tell the line and column
 * that a diagnostic needs.
 *
 * The form: [section], key = value or key : value, comments on lines of their
 * own that begin with # or ;, a value goes on in lines that begin with a
 * blank (joined by a newline, as Python's ConfigParser does). Names are
 * case-sensitive. Spaces around names and values are dropped. A byte-order
 * mark at the front is dropped, lines end with LF or CR LF.
 */
#ifndef CONFIG_INI_H
#define CONFIG_INI_H

#include <stddef.h>

#include "base/arena.h"
#include <limbeck/error.h>

/* Where a line of a value begins: in the value, and in the file. */
struct ini_line {
	size_t offset;
	unsigned line;
	unsigned column;
};

struct ini_entry {
	const char *section;
	const char *key;              /* NULL: the [section] line itself */
	const char *value;            /* NULL with it */
	unsigned line;
	unsigned key_column;
	const struct ini_line *lines; /* of the value, at least one */
	size_t line_count;
};

/* Calls fn for each section's head and each entry in order; nonzero from fn
 * stops with -1 (fn has filled err). Strings live in the arena. shown is the
 * file's name in errors. An error never shows a value, which may be secret. */
int ini_parse(struct arena *arena, const char *text, size_t length, const char *shown,
	int (*fn)(void *data, const struct ini_entry *entry, struct limbeck_error *err),
	void *data, struct limbeck_error *err);

/* The line and column of the byte of an entry's value at offset. */
void ini_place(const struct ini_entry *entry, size_t offset, unsigned *line, unsigned *column);

/* The line of text with that number, from 1; *length is its length. */
const char *ini_source(const char *text, size_t text_length, unsigned line, size_t *length);

#endif
