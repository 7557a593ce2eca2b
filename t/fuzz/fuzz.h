/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A fuzz target is one file here that defines LLVMFuzzerTestOneInput(): it reads
 * the input as what its room reads, and stops the program where a property does
 * not hold. t/README says how to run and how to add one.
 *
 * An input's first bytes choose (dialect, sizes); they may be any, so that a seed
 * can be written with an editor.
 */
#ifndef T_FUZZ_FUZZ_H
#define T_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include <limbeck/dialect.h>
#include <limbeck/error.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is left of the input. */
struct fuzz {
	const uint8_t *data;
	size_t left;
};

/* The next byte, 0 where there is none. */
unsigned fuzz_byte(struct fuzz *input);
/* A dialect, chosen by the next byte. */
const struct limbeck_lexis *fuzz_lexis(struct fuzz *input);
/* All that is left, with a zero byte behind it; *length may be NULL. */
char *fuzz_rest(struct fuzz *input, struct arena *arena, size_t *length);
/* As fuzz_rest(), up to the next newline, which is passed over, and without zero bytes. */
char *fuzz_line(struct fuzz *input, struct arena *arena);

/* Whether the word stands in the text, zero bytes or not. */
bool fuzz_has(const char *text, size_t length, const char *word);

/* Stops the program, with what is wrong, unless a property holds. */
void fuzz_must(bool holds, const char *property);
/* Stops the program unless both texts, which may be NULL, are equal. */
void fuzz_same(const char *a, const char *b, const char *property);
/* A failure must come with an error that has a code and a message; it is
 * released. */
void fuzz_failed(struct limbeck_error *err);
/* The whole text of an error, in the arena. */
char *fuzz_error_text(struct arena *arena, const struct limbeck_error *err);

#endif
