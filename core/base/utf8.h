/* SPDX-License-Identifier: BSD-2-Clause */
/* As much of UTF-8 as diagnostics need. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>

/* How many characters the first length bytes hold; a byte that is no UTF-8
 * counts as one. */
size_t utf8_count(const char *text, size_t length);
/* How many bytes the first character has, 0 when text does not begin with a
 * whole and valid one. */
size_t utf8_sequence(const char *text, size_t length);

#endif
