/* SPDX-License-Identifier: BSD-2-Clause */
/* What a server or a client library says may quote how it was called; its secrets
 * are taken out of all that a driver says. */
#ifndef DRIVER_HIDE_H
#define DRIVER_HIDE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"
#include <limbeck/driver.h>

/* The secrets of a URL: its password and the values of secret parameters, as they are
 * and as a URL has them. One that is also the user, the host or the database is none.
 * Zeroes are none. */
struct hide {
	struct arena arena;
	VEC(const char *) secrets;
};

/* Fills hide, which is zeroed, with copies. false: no memory. */
bool hide_init(struct hide *hide, const struct limbeck_url *url);
void hide_release(struct hide *hide);

/* Puts "***" in the place of each in text, which only gets shorter. hide and text may
 * be NULL. */
void hide_in_text(const struct hide *hide, char *text);
/* The same with all texts of an error but the line of the file. */
void hide_in_error(const struct hide *hide, struct limbeck_error *err);

#endif
