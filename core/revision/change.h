/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef REVISION_CHANGE_H
#define REVISION_CHANGE_H

#include "revision/graph.h"

/* What a step does to the rows of the version table, in this order: delete
 * each of deletes, insert each of inserts, then change update_from into
 * update_to (both NULL: no update). */
struct version_change {
	struct names deletes;
	struct names inserts;
	const char *update_from;
	const char *update_to;
};

#endif
