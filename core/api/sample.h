/* SPDX-License-Identifier: BSD-2-Clause */
/* Made-up rows, to see whether revisions keep rows, and how many there are. */
#ifndef API_SAMPLE_H
#define API_SAMPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "driver/connection.h"
#include "schema/catalog.h"

/* The rows of the tables of a catalog. */
struct sample_count {
	const char *schema;   /* NULL: none */
	const char *table;
	int64_t rows;
};
struct sample_counts {
	struct sample_count *items;
	size_t count;
	size_t capacity;
};

/* Strings are the arena's. */
int sample_count(struct connection *connection, struct arena *arena,
	const struct limbeck_catalog *catalog, struct sample_counts *out,
	struct limbeck_error *err);
/* The rows of a table, -1 where it is not among them. */
int64_t sample_find(const struct sample_counts *counts, const char *schema, const char *table);

/* Puts a row or two into each table that has none, as its columns allow; a table
 * that takes none stays empty. */
int sample_fill(struct connection *connection, struct arena *arena,
	const struct limbeck_catalog *catalog, struct limbeck_error *err);

#endif
