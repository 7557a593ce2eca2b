/* SPDX-License-Identifier: BSD-2-Clause */
/* Writing new revision files. */
#ifndef API_CREATE_H
#define API_CREATE_H

#include "api/session.h"

/* What a new revision holds beside what struct limbeck_new says. All may be NULL. */
struct create_content {
	const char *upgrade;            /* the bodies of its sections */
	const char *downgrade;
	const char *upgrade_flags;      /* and their flags: "rebuild" */
	const char *downgrade_flags;
	const struct names *replaces;
	/* These, in place of what->heads, depends and labels, and not checked. */
	const struct names *parents;
	const struct names *depends;
	const struct names *labels;
	const char *dialect;            /* that it is in; NULL: the project's */
	/* Fills in the rest once all that can be known to be wrong is known not to be: 1,
	 * 0 (there is nothing to write: no file, *path stays NULL), or -1. NULL: 1. */
	int (*make)(void *data, struct create_content *content, struct limbeck_error *err);
	void *data;
};

/* As limbeck_revision_create(), with content (may be NULL). */
int create_revision(struct limbeck *lb, const struct limbeck_new *what,
	const struct create_content *content, char **path, struct limbeck_error *err);

#endif
