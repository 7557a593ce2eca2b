/* SPDX-License-Identifier: BSD-2-Clause */
/* Taking over the table that a driver's entry function returns. */
#ifndef DRIVER_TABLE_H
#define DRIVER_TABLE_H

#include "driver/loader.h"

/* Checks the entry, and copies table and traits into driver, whose path and
 * scheme are set: what both sides know, and stubs for the rest. */
int table_adopt(struct driver *driver, const struct limbeck_driver_entry *entry,
	struct limbeck_error *err);

#endif
