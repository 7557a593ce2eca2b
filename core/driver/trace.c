/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/trace.h"

#include "base/strbuf.h"
#include "driver/hide.h"

enum { TEXT_SHOWN = 200 };

static void add_text(struct strbuf *line, const char *text, size_t length)
{
	size_t shown = length < TEXT_SHOWN ? length : TEXT_SHOWN;

	/* Not in the middle of a UTF-8 sequence. */
	while (shown && shown < length && ((unsigned char)text[shown] & 0xc0) == 0x80)
		shown--;
	for (size_t i = 0; i < shown; i++) {
		unsigned char c = (unsigned char)text[i];

		strbuf_addch(line, c < 0x20 || c == 0x7f ? ' ' : c);
	}
	if (shown < length)
		strbuf_addf(line, "... (%zu bytes)", length);
}

void trace_call(const struct log *log, const struct trace *trace)
{
	struct strbuf line = STRBUF_INIT;

	if (!log_wants(log, LIMBECK_LOG_DEBUG))
		return;
	strbuf_addf(&line, "%s: %s", trace->engine, trace->member);
	if (trace->count > 1)
		strbuf_addf(&line, " of %zu statements", trace->count);
	strbuf_addf(&line, " (%.3f ms)", trace->seconds * 1000);
	if (trace->text) {
		strbuf_addstr(&line, ": ");
		add_text(&line, trace->text, trace->length);
	}
	if (trace->failed)
		strbuf_addf(&line, " -- failed: %s", trace->failed);
	hide_in_text(trace->hide, line.buf);
	if (!strbuf_failed(&line))
		log_write(log, LIMBECK_LOG_DEBUG, "%s", line.buf);
	strbuf_release(&line);
}
