/* SPDX-License-Identifier: BSD-2-Clause */
/* Lists of revisions in messages. */
#ifndef REVISION_DESCRIBE_H
#define REVISION_DESCRIBE_H

#include "revision/graph.h"
#include "base/strbuf.h"

/* Adds "ID, FILE, MESSAGE", without what is empty. */
void describe_revision(struct strbuf *out, const struct revision *revision);

/* Makes err's detail of heading and, each on a line of its own, the revisions
 * of the list; of a long list, the first few and how many more there are. */
void describe_list(struct limbeck_error *err, const char *heading,
	const struct revision_list *list);

#endif
