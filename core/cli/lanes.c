/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lane j is drawn in column 2j, what leads from lane to lane in the odd columns
 * between. A row moves lanes by one place at most, or leads one line beneath
 * any number of others.
 */
#include "cli/lanes.h"

#include <stdlib.h>
#include <string.h>

static bool reserve(void **memory, size_t *capacity, size_t count, size_t item_size)
{
	size_t wanted = *capacity > 0 ? *capacity : 16;
	void *more;

	if (count <= *capacity)
		return true;
	while (wanted < count)
		wanted *= 2;
	more = realloc(*memory, wanted * item_size);
	if (!more)
		return false;
	*memory = more;
	*capacity = wanted;
	return true;
}

static size_t find(const struct lanes *lanes, size_t to)
{
	size_t i = 0;

	while (i < lanes->count && lanes->open[i].to != to)
		i++;
	return i;
}

static bool is_open(const struct lanes *lanes, size_t to)
{
	return find(lanes, to) < lanes->count;
}

/* A lane that is not dotted for one edge is not dotted for any other. */
static void join(struct lanes *lanes, size_t at, struct lane edge)
{
	lanes->open[at].dotted = lanes->open[at].dotted && edge.dotted;
}

static void insert(struct lanes *lanes, size_t at, struct lane lane)
{
	void *open = lanes->open;

	if (!reserve(&open, &lanes->capacity, lanes->count + 1, sizeof *lanes->open)) {
		lanes->failed = true;
		return;
	}
	lanes->open = open;
	memmove(&lanes->open[at + 1], &lanes->open[at],
		(lanes->count - at) * sizeof *lanes->open);
	lanes->open[at] = lane;
	lanes->count++;
}

static void drop(struct lanes *lanes, size_t at)
{
	lanes->count--;
	memmove(&lanes->open[at], &lanes->open[at + 1],
		(lanes->count - at) * sizeof *lanes->open);
}

/* Begins a row: the lanes before place upto go straight on. */
static bool begin_row(struct lanes *lanes, size_t upto)
{
	void *row = lanes->row;

	if (lanes->failed || !reserve(&row, &lanes->row_size, 2 * lanes->count + 2, 1)) {
		lanes->failed = true;
		return false;
	}
	lanes->row = row;
	memset(lanes->row, ' ', 2 * lanes->count + 2);
	for (size_t i = 0; i < upto; i++)
		lanes->row[2 * i] = lanes->open[i].dotted ? ':' : '|';
	return true;
}

static void end_row(struct lanes *lanes)
{
	size_t length = 2 * lanes->count + 2;
	void *text = lanes->text;

	while (length > 0 && lanes->row[length - 1] == ' ')
		length--;
	if (!reserve(&text, &lanes->size, lanes->length + length + 1, 1)) {
		lanes->failed = true;
		return;
	}
	lanes->text = text;
	memcpy(lanes->text + lanes->length, lanes->row, length);
	lanes->text[lanes->length + length] = '\n';
	lanes->length += length + 1;
}

static void draw_straight(struct lanes *lanes)
{
	if (begin_row(lanes, lanes->count))
		end_row(lanes);
}

static void draw_member(struct lanes *lanes, size_t at)
{
	if (!begin_row(lanes, lanes->count))
		return;
	lanes->row[2 * at] = '*';
	end_row(lanes);
}

/* What leads beneath the lanes between left and right. */
static void underline(struct lanes *lanes, size_t left, size_t right, bool dotted)
{
	for (size_t i = left + 1; i < right; i++)
		lanes->row[2 * i - 1] = dotted ? '.' : '_';
}

/* A line from one lane, which goes on, to another. */
static void draw_join(struct lanes *lanes, size_t from, size_t to, struct lane edge)
{
	join(lanes, to, edge);
	if (!begin_row(lanes, lanes->count))
		return;
	if (to < from) {
		underline(lanes, to, from, edge.dotted);
		lanes->row[2 * from - 1] = '/';
	} else {
		lanes->row[2 * from + 1] = '\\';
		for (size_t i = from + 1; i < to; i++)
			lanes->row[2 * i + 1] = edge.dotted ? '.' : '_';
	}
	end_row(lanes);
}

/* A new lane comes out of the one to its left; those to the right make room. */
static void draw_insert(struct lanes *lanes, size_t from, struct lane edge)
{
	if (!begin_row(lanes, from + 1))
		return;
	for (size_t i = from; i < lanes->count; i++)
		lanes->row[2 * i + 1] = '\\';
	end_row(lanes);
	insert(lanes, from + 1, edge);
}

/* A lane ends in another to its left, or in nothing (to == from); those to the
 * right close up. */
static void draw_end(struct lanes *lanes, size_t from, size_t to, bool dotted)
{
	bool seen = to < from || from + 1 < lanes->count;

	if (seen && begin_row(lanes, from)) {
		underline(lanes, to, from, dotted);
		for (size_t i = to < from ? from : from + 1; i < lanes->count; i++)
			lanes->row[2 * i - 1] = '/';
		end_row(lanes);
	}
	lanes->has_ended = !seen;
	drop(lanes, from);
	lanes->ended = lanes->count;
}

/* All edges but the one that the member's own lane takes; those to lanes that
 * are open first, for they don't move any. */
static void draw_others(struct lanes *lanes, size_t at, const struct lane *edges, size_t count,
	size_t own)
{
	for (size_t i = 0; i < count; i++) {
		size_t to = find(lanes, edges[i].to);

		if (i != own && to < lanes->count && to != at)
			draw_join(lanes, at, to, edges[i]);
	}
	for (size_t i = count; i-- > 0;)
		if (i != own && !is_open(lanes, edges[i].to))
			draw_insert(lanes, at, edges[i]);
}

/* The member's own lane ends: its edge leads where another lane leads. */
static void draw_meeting(struct lanes *lanes, size_t at, struct lane edge)
{
	size_t other = find(lanes, edge.to);

	if (other < at) {
		join(lanes, other, edge);
		draw_end(lanes, at, other, edge.dotted);
		return;
	}
	edge.dotted = edge.dotted && lanes->open[other].dotted;
	lanes->open[at] = edge;
	draw_end(lanes, other, at, edge.dotted);
}

static size_t place(struct lanes *lanes, size_t member)
{
	size_t at = find(lanes, member);

	if (at < lanes->count)
		return at;
	if (lanes->has_ended && lanes->ended == at)
		draw_straight(lanes);
	insert(lanes, at, (struct lane){ member, false });
	return at;
}

void lanes_draw(struct lanes *lanes, size_t member, const struct lane *edges, size_t count)
{
	size_t at, own = 0;

	lanes->length = 0;
	at = place(lanes, member);
	lanes->has_ended = false;
	draw_member(lanes, at);
	if (lanes->failed)
		return;
	while (own < count && is_open(lanes, edges[own].to))
		own++;
	if (own < count)
		lanes->open[at] = edges[own];
	draw_others(lanes, at, edges, count, own < count ? own : 0);
	if (lanes->failed)
		return;
	if (count == 0)
		draw_end(lanes, at, at, false);
	else if (own == count)
		draw_meeting(lanes, at, edges[0]);
	draw_straight(lanes);
}

void lanes_release(struct lanes *lanes)
{
	free(lanes->open);
	free(lanes->row);
	free(lanes->text);
	memset(lanes, 0, sizeof *lanes);
}
