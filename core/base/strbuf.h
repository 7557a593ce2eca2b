/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The one string builder.
 *
 * Invariants: after STRBUF_INIT, buf is never NULL and buf[len] is 0. When
 * memory runs out the builder is marked failed, keeps what it has, and ignores
 * what comes; so a chain of additions needs one look at strbuf_failed(), at
 * its end.
 *
 * strbuf_release() frees and leaves it as after STRBUF_INIT. strbuf_detach()
 * hands over the text, to be freed with mem_free(), NULL if it has failed.
 */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <limbeck/version.h>

struct strbuf {
	char *buf;
	size_t len;
	size_t capacity; /* 0: buf is not ours to free */
	bool failed;
};

extern char strbuf_empty[];
#define STRBUF_INIT { strbuf_empty, 0, 0, false }

void strbuf_init(struct strbuf *sb);
void strbuf_release(struct strbuf *sb);
/* Empties it, keeps the memory, and forgets a failure. */
void strbuf_reset(struct strbuf *sb);
/* Makes room for extra bytes and the zero after them. */
bool strbuf_grow(struct strbuf *sb, size_t extra);
void strbuf_add(struct strbuf *sb, const void *data, size_t length);
void strbuf_addstr(struct strbuf *sb, const char *text);
void strbuf_addch(struct strbuf *sb, int c);
void strbuf_addf(struct strbuf *sb, const char *format, ...) LIMBECK_PRINTF(2, 3);
void strbuf_vaddf(struct strbuf *sb, const char *format, va_list arguments) LIMBECK_PRINTF(2, 0);
/* Removes count bytes at the front. */
void strbuf_shift(struct strbuf *sb, size_t count);
void strbuf_truncate(struct strbuf *sb, size_t length);
static inline bool strbuf_failed(const struct strbuf *sb) { return sb->failed; }
char *strbuf_detach(struct strbuf *sb);

#endif
