/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether two types mean the same on two engines. */
#ifndef DIFF_MEANING_H
#define DIFF_MEANING_H

#include <stdbool.h>

/* a and b: LIMBECK_ATTR_MEANING. lenient: one of the engines does not hold values to
 * the type that was written. keyed: the column is in a key or index, which some
 * engines have on texts of limited length alone. */
bool meaning_same(const char *a, const char *b, bool lenient, bool keyed);

#endif
