/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The Test Anything Protocol (testanything.org, version 12) for unit tests.
 * A test says plan() first or leaves the counting to done_testing(), and ends
 * with `return done_testing();`, which is 0 when all went well.
 */
#ifndef T_UNIT_TAP_H
#define T_UNIT_TAP_H

#include <stdbool.h>

#include <limbeck/version.h>

void plan(unsigned count);
int done_testing(void);
/* Each says a line "ok" or "not ok" with the name, formatted as by printf, and
 * returns whether it was ok; those that compare show both sides if not. */
bool ok(bool success, const char *name, ...) LIMBECK_PRINTF(2, 3);
/* NULL is equal to NULL alone. */
bool is_str(const char *got, const char *want, const char *name, ...) LIMBECK_PRINTF(3, 4);
bool is_int(long long got, long long want, const char *name, ...) LIMBECK_PRINTF(3, 4);
/* A remark, each of its lines behind "# ". */
void diag(const char *format, ...) LIMBECK_PRINTF(1, 2);

#endif
