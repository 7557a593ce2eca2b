/* SPDX-License-Identifier: BSD-2-Clause */
/* The splitter's window on its input; private to the splitter. */
#ifndef SQL_WINDOW_H
#define SQL_WINDOW_H

#include "sql/splitter.h"

/* Drops what stands before offset keep of the window and reads on, at least
 * doubling what is left; *dropped is how far all offsets have moved. */
int window_fill(struct splitter *splitter, size_t keep, size_t *dropped, struct limbeck_error *err);
/* The "@" of a line "-- @word", as offset in it; 0 if the line is no directive. */
size_t directive_offset(const char *line, size_t length);
/* Where text ends without the blanks at its end. */
size_t trimmed_length(const char *text, size_t length);

#endif
