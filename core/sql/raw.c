/* SPDX-License-Identifier: BSD-2-Clause */
#include "sql/splitter.h"

#include <string.h>

#include "sql/window.h"

static bool is_stop(const char *line, size_t length, const char *const *stops)
{
	size_t at = directive_offset(line, length), end;

	if (!at)
		return false;
	for (end = ++at; end < length && !strchr(" \t\r\n", line[end]); end++)
		;
	for (; *stops; stops++)
		if (strlen(*stops) == end - at && memcmp(*stops, line + at, end - at) == 0)
			return true;
	return false;
}

/* What a search for a line that stops has found. */
struct passage {
	size_t start;      /* of the text, in the window */
	size_t scan;       /* of the line that is looked at */
	bool any;          /* something but blanks */
	bool keep;
};

/* Looks at one line: 1 it stops or there is none, 0 go on. */
static int pass_line(struct splitter *sp, const char *const *stops, struct passage *p,
	struct limbeck_error *err)
{
	const char *line = sp->window.buf + p->scan;
	size_t left = sp->window.len - p->scan, length, dropped;
	const char *newline = memchr(line, '\n', left);

	if (!newline && !sp->end) {
		if (!p->keep) {
			scanner_skip(&sp->scanner, p->scan);
			p->start = p->scan;
		}
		if (window_fill(sp, p->start, &dropped, err) < 0)
			return -1;
		p->start -= dropped;
		p->scan -= dropped;
		return 0;
	}
	length = newline ? (size_t)(newline - line) : left;
	if (left == 0 || is_stop(line, length, stops))
		return 1;
	p->any = p->any || trimmed_length(line, length) > 0;
	p->scan += newline ? length + 1 : length;
	return 0;
}

int splitter_raw(struct splitter *splitter, const char *const *stops, bool keep,
	struct split_item *item, struct limbeck_error *err)
{
	struct scanner *s = &splitter->scanner;
	struct passage p = { .start = s->pos, .scan = s->pos, .keep = keep };
	int result;

	do
		result = pass_line(splitter, stops, &p, err);
	while (result == 0);
	if (result < 0)
		return -1;
	while (p.start < p.scan && strchr(" \t\n\v\f\r", splitter->window.buf[p.start]))
		p.start++;
	scanner_skip(s, p.start);
	*item = (struct split_item) { .kind = p.any ? SPLIT_STATEMENT : SPLIT_END, .text = "",
		.offset = splitter->base + p.start, .line = s->line, .column = s->column };
	if (keep) {
		item->text = splitter->window.buf + p.start;
		item->length = trimmed_length(item->text, p.scan - p.start);
	}
	scanner_skip(s, p.scan);
	return 0;
}
