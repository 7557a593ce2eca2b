/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/table.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/text.h"

static bool make_room(struct table *table)
{
	size_t capacity = table->capacity > 0 ? 2 * table->capacity : 64;
	char **more;

	if (table->count < table->capacity)
		return true;
	more = realloc(table->cells, capacity * sizeof *more);
	if (!more)
		return false;
	table->cells = more;
	table->capacity = capacity;
	return true;
}

void table_add(struct table *table, const char *text)
{
	char *cell = text_line(text ? text : "");

	if (!cell || !make_room(table)) {
		table->failed = true;
		free(cell);
		return;
	}
	table->cells[table->count++] = cell;
}

void table_add_format(struct table *table, const char *format, ...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	table_add(table, text);
}

static size_t column_width(const struct table *table, size_t column)
{
	size_t widest = 0;

	for (size_t i = column; i < table->count; i += table->columns) {
		size_t width = text_width(table->cells[i]);

		if (width > widest)
			widest = width;
	}
	return widest;
}

static void put_padding(FILE *file, size_t count)
{
	while (count-- > 0)
		putc(' ', file);
}

static void put_cell(const struct stream *stream, const char *cell, size_t padding, bool right,
	bool heading)
{
	if (right)
		put_padding(stream->file, padding);
	if (heading)
		stream_paint(stream, PAINT_HEADING, cell);
	else
		fputs(cell, stream->file);
	if (!right)
		put_padding(stream->file, padding);
}

/* A row without the blanks that would end it. */
static void put_row(const struct table *table, size_t first, const size_t *widths,
	const struct stream *stream)
{
	size_t last = table->columns, at = 0;

	while (last > 1 && table->cells[first + last - 1][0] == '\0')
		last--;
	for (size_t c = 0; c < last; c++) {
		char *cell = table->cells[first + c];
		bool right = (table->right >> c & 1) != 0;
		size_t width = stream_width(stream);

		if (c == table->columns - 1 && stream->terminal && width > at)
			cell[text_cut(cell, width - at)] = '\0';
		put_cell(stream, cell, c == last - 1 && !right ? 0 : widths[c] - text_width(cell),
			right, first == 0 && !table->plain);
		if (c < last - 1)
			put_padding(stream->file, 2);
		at += widths[c] + 2;
	}
	putc('\n', stream->file);
}

int table_print(const struct table *table, const struct stream *stream,
	struct limbeck_error *err)
{
	size_t *widths = calloc(table->columns, sizeof *widths);

	if (!widths || table->failed) {
		free(widths);
		return cli_nomem(err);
	}
	for (size_t c = 0; c < table->columns; c++)
		widths[c] = column_width(table, c);
	for (size_t first = 0; first + table->columns <= table->count; first += table->columns)
		put_row(table, first, widths, stream);
	free(widths);
	return 0;
}

void table_release(struct table *table)
{
	for (size_t i = 0; i < table->count; i++)
		free(table->cells[i]);
	free(table->cells);
	table->cells = NULL;
	table->count = table->capacity = 0;
}
