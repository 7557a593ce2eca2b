/* SPDX-License-Identifier: BSD-2-Clause */
/* Two catalogs of one engine: what differs, in words and in statements. */
#ifndef API_PROOF_H
#define API_PROOF_H

#include "api/session.h"
#include "driver/render.h"
#include "schema/catalog.h"

/* Adds a line for each change that leads from before to after ("add column
 * users.phone text") to lines, which is the arena's; at most so many, and then one
 * that says how many more. *count is how many there are. connection is one of the
 * engine. */
enum { PROOF_LINES = 20 };
int proof_describe(struct connection *connection, struct arena *arena,
	const struct limbeck_catalog *before, const struct limbeck_catalog *after,
	struct names *lines, size_t *count, struct limbeck_error *err);

/* Puts the statements that lead from before to after into rendered, which is
 * initialised. */
int proof_render(struct connection *connection,
	const struct limbeck_catalog *before, const struct limbeck_catalog *after,
	struct rendered *rendered, struct limbeck_error *err);

/* Fails with LIMBECK_E_STATE, message and the lines as the detail. */
int proof_fail(const char *message, const struct names *lines, struct limbeck_error *err);

/* A catalog as both of that one's rules, with nothing in it. NULL: no memory. */
struct limbeck_catalog *proof_empty(const struct limbeck_catalog *catalog);

/* What an @dialect of a file must say that holds statements rendered for the
 * connected engine; NULL: nothing. */
const char *proof_dialect(const struct limbeck *lb);

#endif
