/* SPDX-License-Identifier: BSD-2-Clause */
#include "ddl/print.h"

#include <string.h>

void printer_text(struct printer *out, const char *text, size_t length)
{
	if (!out->glue)
		strbuf_addch(out->out, ' ');
	strbuf_add(out->out, text, length);
	out->glue = false;
}

void printer_word(struct printer *out, const char *text)
{
	printer_text(out, text, strlen(text));
}

void printer_span(struct printer *out, const struct ddl_span *span)
{
	if (span->length)
		printer_text(out, span->text, span->length);
}

void printer_open(struct printer *out)
{
	printer_word(out, "(");
	out->glue = true;
}

void printer_close(struct printer *out)
{
	strbuf_addch(out->out, ')');
	out->glue = false;
}

void printer_comma(struct printer *out)
{
	strbuf_addch(out->out, ',');
	out->glue = false;
}

void printer_dot(struct printer *out)
{
	strbuf_addch(out->out, '.');
	out->glue = true;
}

void printer_glue(struct printer *out)
{
	out->glue = true;
}

void printer_if(struct printer *out, bool flag, const char *text)
{
	if (flag)
		printer_word(out, text);
}
