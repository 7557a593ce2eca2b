/* SPDX-License-Identifier: BSD-2-Clause */
/* A statement as a revision file has it. */
#ifndef DRIVER_OUT_TEXT_H
#define DRIVER_OUT_TEXT_H

#include "base/strbuf.h"
#include <limbeck/dialect.h>

/* The text on one line: what would end it becomes a blank. */
void out_text_line(struct strbuf *to, const char *text);
/* The statement and its ";", or, where the splitter would see anything else in
 * that than this one statement, an @statement block. -1: no memory. */
int out_text_statement(struct strbuf *to, const struct limbeck_lexis *lexis, const char *text);

#endif
