/* SPDX-License-Identifier: BSD-2-Clause */
/* Which names need no quotes anywhere. */
#ifndef SQL_RESERVED_H
#define SQL_RESERVED_H

#include <stdbool.h>

/* Whether a word, in lower case, can't stand unquoted for a column, a table or a
 * type in at least one dialect of SQL. */
bool reserved_word(const char *word);
/* Whether the name means the same without quotes as with them, in any dialect: it
 * is a word in lower case that is not reserved. */
bool reserved_is_plain(const char *name);

#endif
