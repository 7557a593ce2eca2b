/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A text that grows. Once memory has run out it is marked failed and takes
 * nothing more; its contents are then the empty text.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <limbeck/driver.h>

struct text {
	char *data;      /* ends in a zero byte; NULL while nothing was added */
	size_t length;
	size_t size;
	bool failed;
};

#define TEXT_INIT { NULL, 0, 0, false }

void text_release(struct text *text);
/* What is in it: never NULL. */
const char *text_string(const struct text *text);
void text_clear(struct text *text);
void text_add_n(struct text *text, const char *from, size_t length);
void text_add(struct text *text, const char *from);
void text_addf(struct text *text, const char *format, ...) LIMBECK_PRINTF(2, 3);
/* `name` */
void text_add_name(struct text *text, const char *name);
/* 'literal', for a session whose strings have backslash escapes, or not. */
void text_add_literal(struct text *text, const char *literal, bool backslash);

/* Whether the texts are the same but for the case of ASCII letters; NULL is none. */
bool same_word(const char *a, const char *b);
/* Whether text begins with the word, in any case. */
bool begins_with(const char *text, const char *word);
/* The place of a word in a text, in any case; NULL: not there. */
const char *find_word(const char *text, const char *word);

#endif
