/* SPDX-License-Identifier: BSD-2-Clause */
/* The two streams, and whether they are in colour. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include <limbeck/error.h>

enum paint {
	PAINT_ID,
	PAINT_MARK,
	PAINT_LABEL,
	PAINT_HEADING,
	PAINT_DIM,
	PAINT_ERROR,
	PAINT_HINT
};

struct stream {
	FILE *file;
	bool color;
	bool terminal;
};

struct output {
	struct stream out;
	struct stream err;
};

/* Sees to it that descriptors 0 to 2 are taken, so that no file of ours lands
 * on one of them, and that writing to a closed pipe is an error, no signal. */
int output_prepare(void);

/* when is "auto", "always", "never" or NULL for auto. */
int output_setup(struct output *output, const char *when, struct limbeck_error *err);

bool stream_is_terminal(FILE *file);

/* Columns of the terminal; 80 where it is none. */
size_t stream_width(const struct stream *stream);

/* Writes text (replacing what is no UTF-8 or would steer a terminal), painted. */
void stream_paint(const struct stream *stream, enum paint paint, const char *text);

/* Writes a diagnostic of limbeck_error_text() with its key words painted. */
void stream_diagnostic(const struct stream *stream, const struct limbeck_error *error);

/* Flushes standard output: 0, or the errno of the first write that failed. */
int output_finish(void);

#endif
