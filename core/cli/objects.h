/* SPDX-License-Identifier: BSD-2-Clause */
/* The objects of a schema, as `schema show` prints them. */
#ifndef CLI_OBJECTS_H
#define CLI_OBJECTS_H

#include "cli/cli.h"
#include "cli/json.h"
#include "cli/table.h"

json_t *object_json(const struct limbeck_object *object);

/* Prints objects as they come, each table before its parts: a heading, its columns
 * in aligned cells, and its other parts a line each. */
struct objects {
	struct cli *cli;
	struct json_list json;
	struct table columns;   /* of the table that was headed last */
	size_t count;           /* objects with a heading */
	int rc;
	struct limbeck_error *err;
};

void objects_init(struct objects *objects, struct cli *cli, struct limbeck_error *err);
/* For limbeck_schema_objects(). */
int objects_add(void *data, const struct limbeck_object *object);
/* Prints what is left. */
int objects_finish(struct objects *objects);
void objects_release(struct objects *objects);

#endif
