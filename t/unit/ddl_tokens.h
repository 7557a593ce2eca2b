/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether two texts of SQL have the same tokens, but for spacing, comments and the case
 * of words that are not quoted. */
#ifndef T_UNIT_DDL_TOKENS_H
#define T_UNIT_DDL_TOKENS_H

#include <stdbool.h>

#include "base/strbuf.h"
#include <limbeck/dialect.h>

/* What differs first is put into why. */
bool same_tokens(const struct limbeck_lexis *lexis, const char *got, const char *want,
	struct strbuf *why);

#endif
