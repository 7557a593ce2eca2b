/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Printing trees: tokens with a blank between two of them, but for parentheses,
 * commas and full stops. A failure to find memory shows in the string builder.
 */
#ifndef DDL_PRINT_H
#define DDL_PRINT_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "ddl/parser.h"

struct print_target;

struct printer {
	struct strbuf *out;
	bool glue;   /* the next token stands right behind the last */
	/* NULL: as it was written; else for another dialect (target.h). */
	struct print_target *target;
};

#define PRINTER_INIT(strbuf) { strbuf, true, NULL }

/* Keywords, an operator, a name: any text that is not one of the next three. */
void printer_word(struct printer *out, const char *text);
void printer_text(struct printer *out, const char *text, size_t length);
/* As it was written, comments included; nothing if it is empty. */
void printer_span(struct printer *out, const struct ddl_span *span);
void printer_open(struct printer *out);    /* ( */
void printer_close(struct printer *out);   /* ) */
void printer_comma(struct printer *out);
void printer_dot(struct printer *out);
/* No blank before the next token: f( a[ */
void printer_glue(struct printer *out);
/* The word if the flag is set. */
void printer_if(struct printer *out, bool flag, const char *text);

#endif
