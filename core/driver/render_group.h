/* SPDX-License-Identifier: BSD-2-Clause */
/* Which changes are rendered together: those that follow each other and are about
 * one table, or one other object. */
#ifndef DRIVER_RENDER_GROUP_H
#define DRIVER_RENDER_GROUP_H

#include <stddef.h>

#include "schema/catalog.h"

/* How many of the changes, from the first on, are one group; count is not 0. The
 * creation of a table begins one, its end ends one, its renaming is one. */
size_t group_length(const struct limbeck_change *changes, size_t count);

/* Sets *before to a catalog of the table (or view, or domain) that the change is
 * about, with its parts, as it is in catalog; empty where it is not there. NULL
 * where the change is about neither. */
int group_before(const struct limbeck_catalog *catalog, const struct limbeck_change *change,
	struct limbeck_catalog **before, struct limbeck_error *err);

#endif
