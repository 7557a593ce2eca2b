/* SPDX-License-Identifier: BSD-2-Clause */
/* limbeck_error_text(): an error as people read it. */
#include "base/error.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <string.h>

/* Of a long line so much is shown: at most this wide before the caret, and at
 * most that wide in all. A tab counts as TAB, the widest that it can be. */
enum { BEFORE_CARET = 80, SHOWN_WIDTH = 104, TAB = 8 };

static size_t step(const char *text)
{
	size_t size = utf8_sequence(text, strlen(text) < 4 ? strlen(text) : 4);

	return size ? size : 1;
}

static size_t width(const char *text)
{
	return *text == '\t' ? TAB : 1;
}

/* The part of a line that is shown; caret is where the column is, NULL: none. */
struct excerpt {
	const char *start, *caret, *end;
};

static struct excerpt excerpt_find(const char *line, unsigned column)
{
	struct excerpt part = { line, line, line };
	size_t before = 0;

	for (unsigned i = 1; i < column && *part.caret; i++) {
		before += width(part.caret);
		part.caret += step(part.caret);
	}
	while (before > BEFORE_CARET) {
		before -= width(part.start);
		part.start += step(part.start);
	}
	for (part.end = part.caret; *part.end && before < SHOWN_WIDTH; ) {
		before += width(part.end);
		part.end += step(part.end);
	}
	if (!column)
		part.caret = NULL;
	return part;
}

static void add_source(struct strbuf *out, const struct limbeck_error *err)
{
	struct excerpt part = excerpt_find(err->source, err->column);
	size_t number = out->len, gutter;
	bool cut = part.start > err->source;

	strbuf_addf(out, "  %u", err->line);
	gutter = out->len - number;
	strbuf_addf(out, " | %s", cut ? "..." : "");
	strbuf_add(out, part.start, (size_t)(part.end - part.start));
	strbuf_addf(out, "%s\n", *part.end ? "..." : "");
	if (!part.caret)
		return;
	strbuf_addf(out, "%*s | %s", (int)gutter, "", cut ? "   " : "");
	for (const char *p = part.start; p < part.caret; p += step(p))
		strbuf_addch(out, *p == '\t' ? '\t' : ' ');
	strbuf_addstr(out, "^\n");
}

static void add_place(struct strbuf *out, const struct limbeck_error *err)
{
	if (!err->file)
		return;
	strbuf_addstr(out, err->file);
	if (err->line)
		strbuf_addf(out, ":%u", err->line);
	if (err->line && err->column)
		strbuf_addf(out, ":%u", err->column);
	strbuf_addstr(out, ": ");
}

static void add_engine(struct strbuf *out, const struct limbeck_error *err)
{
	const char *between = "";

	if (!err->sqlstate[0] && !err->vendor && !err->outcome)
		return;
	if (err->engine)
		strbuf_addf(out, "%s: ", err->engine);
	if (err->sqlstate[0]) {
		strbuf_addf(out, "SQLSTATE %.5s", err->sqlstate);
		between = ", ";
	}
	if (err->vendor) {
		strbuf_addf(out, "%serror %d", between, err->vendor);
		between = ", ";
	}
	if (err->outcome)
		strbuf_addf(out, "%s%s", between[0] ? "; " : "", err->outcome);
	strbuf_addch(out, '\n');
}

char *limbeck_error_text(const struct limbeck_error *err)
{
	struct strbuf out = STRBUF_INIT;
	const char *message = err->message;

	if (!message && err->code == LIMBECK_E_NOMEM)
		message = "out of memory";
	if (!message)
		message = limbeck_code_name(err->code);
	add_place(&out, err);
	strbuf_addf(&out, "error: %s\n", message);
	if (err->source && err->line)
		add_source(&out, err);
	add_engine(&out, err);
	if (err->detail)
		strbuf_addf(&out, "detail: %s\n", err->detail);
	if (err->hint)
		strbuf_addf(&out, "hint: %s\n", err->hint);
	return strbuf_detach(&out);
}
