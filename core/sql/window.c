/* SPDX-License-Identifier: BSD-2-Clause */
#include "sql/window.h"

#include <string.h>

#include "base/error.h"

enum {
	/* Most files are small: the window begins so, and grows at once to what
	 * reads large ones fast. */
	FIRST_SIZE = 8192,
	WINDOW_SIZE = 65536,
	/* How much of a line is kept before what is read, so that an error can
	 * show it; and how long a line may be to be shown. */
	LINE_KEPT = 1024,
	LINE_SHOWN = 400
};

static const char bom[] = "\xef\xbb\xbf";

void splitter_init(struct splitter *splitter, const struct limbeck_lexis *lexis, const char *shown,
	splitter_read_fn *read, void *data)
{
	memset(splitter, 0, sizeof *splitter);
	splitter->shown = shown;
	splitter->read = read;
	splitter->data = data;
	strbuf_init(&splitter->window);
	scanner_init(&splitter->scanner, lexis, splitter->window.buf, 0, false);
}

void splitter_release(struct splitter *splitter)
{
	strbuf_release(&splitter->window);
}

void splitter_lexis(struct splitter *splitter, const struct limbeck_lexis *lexis)
{
	splitter->scanner.lexis = lexis;
	splitter->delimiter[0] = '\0';
}

/* Where the line of offset `at` begins, if that is in reach. */
static bool find_line(const struct splitter *sp, size_t at, size_t reach, size_t *start)
{
	size_t least = at > reach ? at - reach : 0;

	while (at > least && sp->window.buf[at - 1] != '\n')
		at--;
	*start = at;
	return at > 0 ? sp->window.buf[at - 1] == '\n' : sp->base == 0;
}

void splitter_place(const struct splitter *splitter, unsigned line, unsigned column,
	struct limbeck_error *err)
{
	const struct scanner *s = &splitter->scanner;
	size_t start, at = s->pos;
	const char *text, *newline;

	error_place(err, splitter->shown, line, column);
	for (unsigned here = s->line; here > line; here--) {
		while (at > 0 && s->window[at - 1] != '\n')
			at--;
		if (at == 0)
			return;
		at--;
	}
	if (s->line < line || !find_line(splitter, at, LINE_KEPT, &start))
		return;
	if (splitter->base == 0 && start == 0 && s->length >= 3 && memcmp(s->window, bom, 3) == 0)
		start = 3;
	text = s->window + start;
	newline = memchr(text, '\n', s->length - start);
	if (!newline && !splitter->end)
		return;
	at = newline ? (size_t)(newline - text) : s->length - start;
	if (at <= LINE_SHOWN)
		error_source(err, text, at);
}

static int zero_byte(struct splitter *sp, size_t at, struct limbeck_error *err)
{
	struct scanner place = sp->scanner;

	place.window = sp->window.buf;
	scanner_skip(&place, at);
	error_set(err, LIMBECK_E_SCRIPT, "zero byte in the text");
	error_place(err, sp->shown, place.line, place.column);
	error_hint(err, "Revision files are UTF-8; if this one is in UTF-16, save it as UTF-8.");
	return -1;
}

static int read_more(struct splitter *sp, size_t target, struct limbeck_error *err)
{
	struct strbuf *window = &sp->window;
	const char *zero;

	if (!strbuf_grow(window, target - window->len))
		return error_nomem(err);
	while (!sp->end && window->len < target) {
		size_t had = window->len;

		if (sp->read(sp->data, window, target - had, &sp->end, err) < 0)
			return -1;
		if (strbuf_failed(window))
			return error_nomem(err);
		zero = memchr(window->buf + had, '\0', window->len - had);
		if (zero)
			return zero_byte(sp, (size_t)(zero - window->buf), err);
	}
	return 0;
}

int window_fill(struct splitter *splitter, size_t keep, size_t *dropped, struct limbeck_error *err)
{
	struct strbuf *window = &splitter->window;
	struct scanner *s = &splitter->scanner;
	size_t target;

	/* The line's beginning stays for error messages, and the line end before
	 * it tells that it is one. */
	if (find_line(splitter, keep, LINE_KEPT, &keep))
		keep = keep ? keep - 1 : 0;
	strbuf_shift(window, keep);
	splitter->base += keep;
	scanner_window(s, window->buf, window->len, keep, false);
	*dropped = keep;
	target = splitter->begun ? WINDOW_SIZE : FIRST_SIZE;
	if (window->len * 2 > target)
		target = window->len * 2;
	if (read_more(splitter, target, err) < 0)
		return -1;
	scanner_window(s, window->buf, window->len, 0, splitter->end);
	if (!splitter->begun && window->len >= 3 && memcmp(window->buf, bom, 3) == 0)
		s->pos = 3;
	splitter->begun = true;
	return 0;
}

size_t directive_offset(const char *line, size_t length)
{
	size_t at = 0;

	while (at < length && (line[at] == ' ' || line[at] == '\t'))
		at++;
	if (length - at < 4 || line[at] != '-' || line[at + 1] != '-')
		return 0;
	at += 2;
	while (at < length && (line[at] == ' ' || line[at] == '\t'))
		at++;
	if (length - at < 2 || line[at] != '@' || line[at + 1] < 'a' || line[at + 1] > 'z')
		return 0;
	return at;
}

size_t trimmed_length(const char *text, size_t length)
{
	while (length && strchr(" \t\n\v\f\r", text[length - 1]))
		length--;
	return length;
}
