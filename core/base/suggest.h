/* SPDX-License-Identifier: BSD-2-Clause */
/* "Did you mean ...?" */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include <stddef.h>

/* How many letters must be added, dropped, changed or swapped to make b of a. */
size_t suggest_distance(const char *a, const char *b);
/* The candidate nearest to name, if it is near enough to be meant; else NULL. */
const char *suggest_nearest(const char *name, const char *const *candidates, size_t count);

#endif
