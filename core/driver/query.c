/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/connection.h"

#include <string.h>

#include "base/error.h"
#include "base/vec.h"

struct collector {
	struct arena *arena;
	VEC(const char **) rows;
	size_t columns;
	bool uneven;  /* rows of several widths: several results */
	bool nomem;
};

static bool copy_row(struct collector *collector, size_t count, const char *const *values,
	const size_t *lengths)
{
	const char **row = arena_array(collector->arena, count ? count : 1, sizeof *row);

	if (!row)
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t length;

		if (!values[i])
			continue;
		length = lengths ? lengths[i] : strlen(values[i]);
		row[i] = arena_strndup(collector->arena, values[i], length);
		if (!row[i])
			return false;
	}
	return vec_push_arena(&collector->rows, row, collector->arena);
}

static int collect(void *data, size_t count, const char *const *values, const size_t *lengths)
{
	struct collector *collector = data;

	if (collector->rows.count && count != collector->columns)
		collector->uneven = true;
	else if (!copy_row(collector, count, values, lengths))
		collector->nomem = true;
	collector->columns = count;
	return collector->uneven || collector->nomem;
}

int connection_query(struct connection *connection, struct arena *arena, const char *sql,
	struct rows *rows, struct limbeck_error *err)
{
	struct collector collector = { .arena = arena };
	struct limbeck_sink sink = { .row = collect, .data = &collector };

	if (connection_execute(connection, sql, strlen(sql), &sink, NULL, err) < 0)
		return -1;
	if (collector.nomem)
		return error_nomem(err);
	if (collector.uneven)
		return error_set(err, LIMBECK_E_INTERNAL,
			"driver \"%s\": rows of one query differ in width",
			connection_engine(connection));
	rows->items = collector.rows.items;
	rows->count = collector.rows.count;
	rows->columns = collector.columns;
	return 0;
}
