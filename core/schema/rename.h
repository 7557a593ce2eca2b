/* SPDX-License-Identifier: BSD-2-Clause */
/* Another name for an object of a catalog; private to the room. */
#ifndef SCHEMA_RENAME_H
#define SCHEMA_RENAME_H

#include "schema/catalog_int.h"

/* Gives object the schema and name of `to`, and all that holds its name the new
 * one. No memory: the catalog is failed. */
void rename_object(struct limbeck_object *object, const struct object_name *to);

#endif
