/* SPDX-License-Identifier: BSD-2-Clause */
/* What was renamed: said by hints in schema files, by options, or when asked. */
#ifndef API_RENAMES_H
#define API_RENAMES_H

#include <stdbool.h>

#include "api/ddl.h"
#include "diff/diff.h"

struct renames {
	struct arena *arena;
	const struct limbeck_catalog *before;
	const struct limbeck_catalog *after;
	struct diff_rename *items;
	size_t count;
	size_t capacity;
	bool none;              /* nothing else was renamed: no need to ask */
};

/* Takes those hints that still say something: whose old name is there before and
 * not after, and whose new name the other way round. */
int renames_add_hints(struct renames *renames, const struct ddl *ddl, struct limbeck_error *err);
/* "users=people", "users.fullname=name", "billing.users.fullname=name"; "none". */
int renames_add_texts(struct renames *renames, const char *const *texts, size_t count,
	struct limbeck_error *err);
/* come is gone under another name. */
int renames_add_pair(struct renames *renames, const struct limbeck_object *gone,
	const struct limbeck_object *come, struct limbeck_error *err);
/* The same for the way back: arena, before and after of out are set. */
int renames_invert(const struct renames *renames, struct renames *out, struct limbeck_error *err);

#endif
