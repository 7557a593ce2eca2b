/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Changes into SQL: the driver renders what is its engine's own, the standard
 * renderer here does the rest in the words of standard SQL (ISO/IEC 9075-11,
 * with CREATE INDEX, CREATE TYPE ... AS ENUM and COMMENT ON as PostgreSQL has
 * them).
 */
#ifndef DRIVER_RENDER_H
#define DRIVER_RENDER_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "driver/connection.h"
#include "schema/catalog.h"

/* Receives what is rendered, statement by statement. */
struct limbeck_out;

/* What came out. */
struct rendered {
	/* Statements with ";" behind each, comments, @autocommit blocks, @decide
	 * directives: the body of a section of a revision file. Groups of statements
	 * about different objects are separated by an empty line. */
	struct strbuf text;
	size_t statements;
	bool rebuild;        /* the section needs the flag `rebuild` */
	bool autocommit;     /* has an @autocommit block */
	bool decides;        /* has an @decide directive */
};

void rendered_init(struct rendered *rendered);
void rendered_release(struct rendered *rendered);

/* Renders changes, which lead on from `before` (a catalog that is not changed;
 * a copy is taken through them). server may be NULL. Where a change is
 * destructive a remark says what is lost. LIMBECK_E_UNSUPPORTED, with the object,
 * where an engine can't. */
int render_changes(const struct driver *driver, const struct limbeck_server *server,
	const struct limbeck_catalog *before, const struct limbeck_change *changes, size_t count,
	struct rendered *rendered, struct limbeck_error *err);

#endif
