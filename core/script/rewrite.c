/* SPDX-License-Identifier: BSD-2-Clause */
/* Changing the header of a revision file, and nothing else of it. */
#include "script/script.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/strbuf.h"

/* A header line "-- @word ...": where the line begins, and the next one. */
struct header_line {
	size_t start;
	size_t end;
	bool found;
};

static bool is_directive(const char *line, size_t length, const char *word)
{
	size_t n = strlen(word);
	const char *end = line + length;

	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	if (end - line < 2 || line[0] != '-' || line[1] != '-')
		return false;
	for (line += 2; line < end && (*line == ' ' || *line == '\t'); line++)
		;
	return (size_t)(end - line) >= n && !memcmp(line, word, n)
		&& ((size_t)(end - line) == n || strchr(" \t\r\n", line[n]));
}

static struct header_line find_line(const struct strbuf *text, const char *word)
{
	struct header_line line = { 0, 0, false };

	while (line.start < text->len) {
		const char *newline = memchr(text->buf + line.start, '\n', text->len - line.start);

		line.end = newline ? (size_t)(newline - text->buf) + 1 : text->len;
		if (is_directive(text->buf + line.start, line.end - line.start, word)) {
			line.found = true;
			return line;
		}
		if (is_directive(text->buf + line.start, line.end - line.start, "@upgrade")
			|| is_directive(text->buf + line.start, line.end - line.start, "@downgrade"))
			break;
		line.start = line.end;
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

int script_set_parents(const char *path, const struct names *parents, struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
	struct header_line line;
	int result = file_read(path, 0, &text, err);

	if (result == 0) {
		bool crlf = strstr(text.buf, "\r\n") != NULL;

		line = find_line(&text, "@parents");
		if (!line.found) {
			/* Right behind @revision, which every file has. */
			line = find_line(&text, "@revision");
			line.start = line.end;
		}
		strbuf_add(&out, text.buf, line.start);
		write_parents(&out, parents, crlf);
		strbuf_add(&out, text.buf + line.end, text.len - line.end);
		result = strbuf_failed(&out) ? error_nomem(err)
			: file_replace(path, out.buf, out.len, err);
	}
	strbuf_release(&text);
	strbuf_release(&out);
	return result;
}
