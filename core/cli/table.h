/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows of cells, printed in aligned columns. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/output.h"

struct table {
	size_t columns;
	unsigned right;   /* bit N: column N is flush right */
	bool plain;       /* the first row is no heading */
	char **cells;
	size_t count;
	size_t capacity;
	bool failed;      /* no memory; sticky */
};

/* Adds a cell; rows fill up from left to right. The first row is the heading. */
void table_add(struct table *table, const char *text);
void table_add_format(struct table *table, const char *format, ...) LIMBECK_PRINTF(2, 3);

/* Writes it all; the last column is cut at a terminal's edge. */
int table_print(const struct table *table, const struct stream *stream,
	struct limbeck_error *err);
void table_release(struct table *table);

#endif
