/* SPDX-License-Identifier: BSD-2-Clause */
/* Text from files and servers, made fit to be printed. */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <stddef.h>
#include <stdio.h>

/* The length of the well-formed UTF-8 sequence at s, 0 when there is none. */
size_t text_span(const char *s);

/* Writes s; bytes that are no UTF-8 become U+FFFD, control characters but for
 * newline and tab become '?'. */
void text_put(FILE *file, const char *s);
/* The same as a copy, with blanks for newlines too; NULL when there is no
 * memory. */
char *text_line(const char *s);
/* A copy in which bytes that are no UTF-8 have become U+FFFD. */
char *text_utf8(const char *s);

/* Takes the passwords out of what may be URLs in text: a message may quote what
 * was typed in the wrong place. */
void text_hide_passwords(char *text);

/* How many characters s has. */
size_t text_width(const char *s);
/* How many bytes the first width characters take. */
size_t text_cut(const char *s, size_t width);

/* Which of the candidates name was probably meant to be, or NULL. */
const char *text_nearest(const char *name, const char *const *candidates, size_t count);

/* Writes the texts with ", " between them. */
void text_put_list(FILE *file, const char *const *texts, size_t count);

#endif
