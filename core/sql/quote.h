/* SPDX-License-Identifier: BSD-2-Clause */
/* Quoting, by lexical traits. A zero byte or an invalid name is never written:
 * these append nothing and mark the builder failed. */
#ifndef SQL_QUOTE_H
#define SQL_QUOTE_H

#include "base/strbuf.h"
#include <limbeck/dialect.h>

/* An identifier, always quoted. */
void quote_identifier(struct strbuf *out, const struct limbeck_lexis *lexis, const char *name);
/* schema.name, or name where schema is NULL or "". */
void quote_qualified(struct strbuf *out, const struct limbeck_lexis *lexis, const char *schema,
	const char *name);
/* A string literal; NULL text gives NULL. */
void quote_literal(struct strbuf *out, const struct limbeck_lexis *lexis, const char *text);
void quote_literal_n(struct strbuf *out, const struct limbeck_lexis *lexis, const char *text,
	size_t length);

#endif
