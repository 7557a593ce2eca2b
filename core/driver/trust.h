/* SPDX-License-Identifier: BSD-2-Clause */
/* Who could have put a driver there, or changed it. */
#ifndef DRIVER_TRUST_H
#define DRIVER_TRUST_H

#include "base/arena.h"
#include <limbeck/error.h>

/* Refuses a file that somebody other than root and the effective user could have
 * put in its place or changed: it, a folder above it, or a link on the way belongs
 * to another user, or may be written to by all or by a group in which there are
 * others. The sticky bit of a folder keeps what is in it from others. file is an
 * absolute path. */
int trust_check(struct arena *arena, const char *file, struct limbeck_error *err);

#endif
