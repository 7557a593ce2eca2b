/* SPDX-License-Identifier: BSD-2-Clause */
/* Changing the header of a revision file, and nothing else of it. */
#include "script/script.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "script/directive.h"

/* A header line "-- @word ...": where the line begins, and the next one. */
struct header_line {
	size_t start;
	size_t end;
	bool found;
};

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || (*at >= '\t' && *at <= '\r')))
		at++;
	return at;
}

/* Whether the header ends before the line: it is neither blank nor a comment. */
static bool is_body(const char *line, size_t length)
{
	const char *end = line + length;

	line = skip_blanks(line, end);
	return line < end && (end - line < 2 || line[0] != '-' || line[1] != '-');
}

/* The directive that a line of the header is, DIRECTIVE_UNKNOWN if it is none. */
static enum directive_id directive_of(const char *start, size_t length)
{
	const char *end = start + length, *line = skip_blanks(start, end);
	struct directive directive;

	line = end - line < 2 ? end : skip_blanks(line + 2, end);
	if (is_body(start, length) || end - line < 2 || line[0] != '@' || line[1] < 'a' || line[1] > 'z')
		return DIRECTIVE_UNKNOWN;
	directive_parse(&directive, line, (size_t)(end - line));
	return directive.id;
}

static struct header_line find_line(const struct strbuf *text, enum directive_id wanted)
{
	struct header_line line = { 0, 0, false };

	/* A byte-order mark is no part of the first line. */
	if (strncmp(text->buf, "\xef\xbb\xbf", 3) == 0)
		line.start = 3;
	for (; line.start < text->len; line.start = line.end) {
		const char *start = text->buf + line.start;
		const char *newline = memchr(start, '\n', text->len - line.start);
		size_t length = newline ? (size_t)(newline - start) + 1 : text->len - line.start;
		enum directive_id id = directive_of(start, length);

		line.end = line.start + length;
		line.found = id == wanted;
		if (line.found || is_body(start, length)
			|| (id != DIRECTIVE_UNKNOWN && !directive_is_header(id)))
			break;
	}
	return line;
}

static void write_parents(struct strbuf *out, const struct names *parents, bool crlf)
{
	if (parents->count == 0)
		return;
	strbuf_addstr(out, "-- @parents");
	for (size_t i = 0; i < parents->count; i++)
		strbuf_addf(out, " %s", parents->items[i]);
	strbuf_addstr(out, crlf ? "\r\n" : "\n");
}

void script_put_parents(const struct strbuf *text, const struct names *parents, struct strbuf *out)
{
	bool crlf = strstr(text->buf, "\r\n") != NULL;
	struct header_line line = find_line(text, DIRECTIVE_PARENTS);

	if (!line.found) {
		/* Right behind @revision, which every file has. */
		line = find_line(text, DIRECTIVE_REVISION);
		line.start = line.end;
	}
	strbuf_add(out, text->buf, line.start);
	if (parents->count && line.start == text->len && text->buf[line.start - 1] != '\n')
		strbuf_addstr(out, crlf ? "\r\n" : "\n");
	write_parents(out, parents, crlf);
	strbuf_add(out, text->buf + line.end, text->len - line.end);
}

int script_set_parents(const char *path, const struct names *parents, struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
	int result = file_read(path, 0, &text, err);

	if (result == 0) {
		script_put_parents(&text, parents, &out);
		result = strbuf_failed(&out) ? error_nomem(err)
			: file_replace(path, out.buf, out.len, err);
	}
	strbuf_release(&text);
	strbuf_release(&out);
	return result;
}
