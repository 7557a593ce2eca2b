/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Filling struct limbeck_error. All functions take a NULL err; those that fill
 * return -1, so that `return error_set(...)` reads well. Filling an error that
 * is already filled replaces it. A text that finds no memory is left out; the
 * code always arrives.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>

#include <limbeck/error.h>

int error_set(struct limbeck_error *err, int code, const char *format, ...) LIMBECK_PRINTF(3, 4);
int error_vset(struct limbeck_error *err, int code, const char *format, va_list arguments)
	LIMBECK_PRINTF(3, 0);
int error_nomem(struct limbeck_error *err);
/* As error_set(LIMBECK_E_IO) with ": " and strerror(errno) added. */
int error_errno(struct limbeck_error *err, const char *format, ...) LIMBECK_PRINTF(2, 3);

/* These add to an error that was just filled; each replaces what was there. */
void error_detail(struct limbeck_error *err, const char *format, ...) LIMBECK_PRINTF(2, 3);
void error_hint(struct limbeck_error *err, const char *format, ...) LIMBECK_PRINTF(2, 3);
void error_outcome(struct limbeck_error *err, const char *format, ...) LIMBECK_PRINTF(2, 3);
void error_engine(struct limbeck_error *err, const char *engine);
/* The place; line and column from 1, 0 when not known. */
void error_place(struct limbeck_error *err, const char *file, unsigned line, unsigned column);
/* The line of the file that the place is in, without its end. */
void error_source(struct limbeck_error *err, const char *text, size_t length);

static inline bool error_is(const struct limbeck_error *err, int code)
{
	return err && err->code == code;
}
/* Moves from into to, which is released first; from is empty afterwards. */
void error_move(struct limbeck_error *to, struct limbeck_error *from);

#endif
