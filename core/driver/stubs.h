/* SPDX-License-Identifier: BSD-2-Clause */
/* The standard behaviour of what a driver leaves out. */
#ifndef DRIVER_STUBS_H
#define DRIVER_STUBS_H

#include <limbeck/driver.h>

/* Fills the absent members of a table, so that core never tests one. */
void stubs_fill(struct limbeck_driver *table);
/* Likewise for the traits, by what the table has itself: call it first. */
void stubs_fill_traits(struct limbeck_traits *traits, const struct limbeck_driver *table);

#endif
