/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a splitter's text comes from: a file, or a text in memory. */
#ifndef SCRIPT_INPUT_H
#define SCRIPT_INPUT_H

#include "script/script.h"

struct input {
	int fd;                 /* -1: text */
	const char *shown;
	const char *text;
	size_t left;
	struct checksum *sum;   /* taken of all that is read; may be NULL */
};

int input_open(struct input *input, const struct script_source *source, struct checksum *sum,
	struct limbeck_error *err);
void input_close(struct input *input);
/* A splitter_read_fn; data is a struct input. */
int input_read(void *data, struct strbuf *out, size_t limit, bool *end, struct limbeck_error *err);

#endif
