/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/drawing.h"

#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/lanes.h"
#include "cli/listing.h"

/* An id, and whose it is. */
struct key {
	const char *id;
	size_t number;
};

struct edges {
	struct lane *items;
	size_t count;
	size_t capacity;
};

int drawing_init(struct drawing *drawing, const struct stream *out, unsigned flags,
	struct limbeck_error *err)
{
	memset(drawing, 0, sizeof *drawing);
	drawing->out = out;
	drawing->flags = flags;
	drawing->text = *out;
	drawing->text.file = open_memstream(&drawing->text_bytes, &drawing->text_size);
	drawing->names = open_memstream(&drawing->name_bytes, &drawing->name_size);
	return drawing->text.file && drawing->names ? 0 : cli_nomem(err);
}

static bool make_room(struct drawing *drawing)
{
	size_t capacity = drawing->capacity > 0 ? 2 * drawing->capacity : 64;
	struct drawing_item *more;

	if (drawing->count + 1 < drawing->capacity)
		return true;
	more = realloc(drawing->items, capacity * sizeof *more);
	if (!more)
		return false;
	drawing->items = more;
	drawing->capacity = capacity;
	return true;
}

static void put_name(FILE *names, const char *name)
{
	fwrite(name, 1, strlen(name) + 1, names);
}

/* One more item is there than are counted: where the last one ends. */
static void begin_item(struct drawing *drawing)
{
	struct drawing_item *item = &drawing->items[drawing->count];

	item->text = (size_t)ftello(drawing->text.file);
	item->names = (size_t)ftello(drawing->names);
}

int drawing_add(void *data, const struct limbeck_revision *revision)
{
	struct drawing *drawing = data;

	if (!make_room(drawing)) {
		drawing->failed = true;
		return 1;
	}
	begin_item(drawing);
	put_name(drawing->names, revision->id);
	for (size_t i = 0; i < revision->parent_count; i++)
		put_name(drawing->names, revision->parents[i]);
	for (size_t i = 0; i < revision->need_count; i++)
		put_name(drawing->names, revision->needs[i]);
	listing_put(&drawing->text, revision, drawing->flags);
	drawing->items[drawing->count++].parents = revision->parent_count;
	begin_item(drawing);
	return 0;
}

static int by_id(const void *a, const void *b)
{
	const struct key *left = a, *right = b;

	return strcmp(left->id, right->id);
}

static struct key *make_keys(const struct drawing *drawing)
{
	struct key *keys = calloc(drawing->count + 1, sizeof *keys);

	for (size_t i = 0; keys && i < drawing->count; i++)
		keys[i] = (struct key){ drawing->name_bytes + drawing->items[i].names, i };
	if (keys)
		qsort(keys, drawing->count, sizeof *keys, by_id);
	return keys;
}

static bool add_edge(struct edges *edges, size_t to, bool dotted)
{
	size_t capacity = edges->capacity > 0 ? 2 * edges->capacity : 8;
	struct lane *more;

	for (size_t i = 0; i < edges->count; i++)
		if (edges->items[i].to == to)
			return true;
	if (edges->count == edges->capacity) {
		more = realloc(edges->items, capacity * sizeof *more);
		if (!more)
			return false;
		edges->items = more;
		edges->capacity = capacity;
	}
	edges->items[edges->count++] = (struct lane){ to, dotted };
	return true;
}

/* Those that lead to a revision of the list. */
static bool find_edges(const struct drawing *drawing, const struct key *keys, size_t number,
	struct edges *edges)
{
	const struct drawing_item *item = &drawing->items[number];
	const char *name = drawing->name_bytes + item->names;
	const char *end = drawing->name_bytes + item[1].names;
	size_t place = 0;

	edges->count = 0;
	for (name += strlen(name) + 1; name < end; name += strlen(name) + 1, place++) {
		struct key wanted = { name, 0 };
		const struct key *found = bsearch(&wanted, keys, drawing->count, sizeof *keys,
			by_id);

		if (found && !add_edge(edges, found->number, place >= item->parents))
			return false;
	}
	return true;
}

/* The rows of one revision are as wide as the widest of them. */
static size_t width_of(const struct lanes *lanes)
{
	size_t width = 0;

	for (size_t at = 0; at < lanes->length; at++) {
		const char *row = lanes->text + at;
		size_t length = (size_t)((const char *)memchr(row, '\n', lanes->length - at) - row);

		width = length > width ? length : width;
		at += length;
	}
	return (width | 1) + 1;
}

/* A row of the drawing and a line of the text; either may be NULL. */
static void put_row(FILE *file, const char *row, size_t width, const char *text, size_t length)
{
	size_t drawn = row ? strcspn(row, "\n") : 0;

	if (row)
		fwrite(row, 1, drawn, file);
	if (length > 0) {
		fprintf(file, "%*s", (int)(width > drawn ? width - drawn : 0), "");
		fwrite(text, 1, length, file);
	}
	putc('\n', file);
}

static const char *next_line(const char *line, const char *end)
{
	const char *newline = line < end ? memchr(line, '\n', (size_t)(end - line)) : NULL;

	return newline ? newline + 1 : end;
}

static void put_item(const struct drawing *drawing, const struct lanes *lanes, size_t number)
{
	const char *text = drawing->text_bytes + drawing->items[number].text;
	const char *text_end = drawing->text_bytes + drawing->items[number + 1].text;
	const char *row = lanes->text, *row_end = row + lanes->length;
	size_t width = width_of(lanes);
	FILE *file = drawing->out->file;

	/* A row without the revision comes before it. */
	if (!memchr(row, '*', strcspn(row, "\n"))) {
		put_row(file, row, width, NULL, 0);
		row = next_line(row, row_end);
	}
	/* The last row stays for as long as there is text, and is not needed else. */
	while (text < text_end || next_line(row, row_end) < row_end) {
		const char *next = next_line(text, text_end);

		put_row(file, row, width, text, next > text ? (size_t)(next - text) - 1 : 0);
		text = next;
		if (next_line(row, row_end) < row_end)
			row = next_line(row, row_end);
	}
}

static int draw_all(const struct drawing *drawing, const struct key *keys,
	struct limbeck_error *err)
{
	struct lanes lanes = { 0 };
	struct edges edges = { 0 };
	int rc = 0;

	for (size_t i = 0; i < drawing->count && rc == 0; i++) {
		if (!find_edges(drawing, keys, i, &edges)) {
			rc = cli_nomem(err);
			break;
		}
		lanes_draw(&lanes, i, edges.items, edges.count);
		if (lanes.failed)
			rc = cli_nomem(err);
		else
			put_item(drawing, &lanes, i);
	}
	free(edges.items);
	lanes_release(&lanes);
	return rc;
}

int drawing_print(struct drawing *drawing, struct limbeck_error *err)
{
	struct key *keys;
	int rc;

	if (drawing->failed || fflush(drawing->text.file) != 0 || fflush(drawing->names) != 0)
		return cli_nomem(err);
	keys = make_keys(drawing);
	if (!keys)
		return cli_nomem(err);
	rc = draw_all(drawing, keys, err);
	free(keys);
	return rc;
}

void drawing_release(struct drawing *drawing)
{
	if (drawing->text.file)
		fclose(drawing->text.file);
	if (drawing->names)
		fclose(drawing->names);
	free(drawing->text_bytes);
	free(drawing->name_bytes);
	free(drawing->items);
}
