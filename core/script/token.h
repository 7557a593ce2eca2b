/* SPDX-License-Identifier: BSD-2-Clause */
/* Tokens of templates, as Python writes them: %(name)s, %(name)04d, %(name).2d. */
#ifndef SCRIPT_TOKEN_H
#define SCRIPT_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include <limbeck/error.h>

struct template_token {
	const char *name;
	size_t name_length;
	size_t length;      /* of all, from the percent sign on */
	bool zero;          /* fill up to width with zeros */
	int width;
	int digits;         /* at least so many; -1: not said */
	char conversion;    /* s or d */
};

/* Reads the token at text: 1, 0 when there is none (a lone percent sign), -1
 * when it is not well formed; the caller adds the place. */
int template_token(const char *text, size_t length, struct template_token *token,
	struct limbeck_error *err);
/* True if the token has that name. */
bool template_token_is(const struct template_token *token, const char *name);
/* Fills err for a token whose name is none of names. Always -1. */
int template_token_unknown(const struct template_token *token, const char *const *names,
	size_t count, struct limbeck_error *err);
void template_add_number(struct strbuf *out, const struct template_token *token, int64_t value);

#endif
