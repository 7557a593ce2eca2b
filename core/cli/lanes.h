/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Branches beside a list, as `git log --graph` draws them. The list goes from
 * newest to oldest; each member is a number, and has edges to members further
 * down. A lane is a line that is open: it goes down to one member.
 */
#ifndef CLI_LANES_H
#define CLI_LANES_H

#include <stdbool.h>
#include <stddef.h>

struct lane {
	size_t to;
	bool dotted;
};

struct lanes {
	struct lane *open;     /* from left to right, each to another member */
	size_t count;
	size_t capacity;
	char *row;             /* being drawn */
	size_t row_size;
	char *text;            /* what lanes_draw() has drawn */
	size_t length;
	size_t size;
	size_t ended;          /* lanes beside the one that ended last, at the right */
	bool has_ended;
	bool failed;           /* no memory; sticky */
};

/* Draws the next member and its edges, each to another member, in text: rows,
 * each ended by a newline and without blanks at its end. The member is the '*'
 * in the first; but an empty row may come before it, where it would else seem
 * to hang on the one above. The last row is what stands beside all that
 * follows, until the next member. */
void lanes_draw(struct lanes *lanes, size_t member, const struct lane *edges, size_t count);
void lanes_release(struct lanes *lanes);

#endif
