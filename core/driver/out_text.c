/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/out_text.h"

#include <string.h>

#include "base/error.h"
#include "sql/splitter.h"

void out_text_line(struct strbuf *to, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		strbuf_addch(to, c < 0x20 || c == 0x7f ? ' ' : c);
	}
}

struct source {
	const char *text;
	size_t length;
};

static int read_source(void *data, struct strbuf *out, size_t limit, bool *end,
	struct limbeck_error *err)
{
	struct source *source = data;
	size_t length = source->length < limit ? source->length : limit;

	(void)err;
	strbuf_add(out, source->text, length);
	source->text += length;
	source->length -= length;
	*end = source->length == 0;
	return 0;
}

/* 1: the text is one statement to the splitter, all of it, and closed; 0: it is
 * not (a comment at either end is dropped, and one at the end hides the ";");
 * -1: no memory. */
static int is_one(const struct limbeck_lexis *lexis, const struct strbuf *text, size_t length)
{
	struct source source = { text->buf, text->len };
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	struct splitter splitter;
	struct split_item item;
	int result = 0;

	splitter_init(&splitter, lexis, "", read_source, &source);
	if (splitter_next(&splitter, &item, &problem) < 0)
		goto out;
	if (item.kind != SPLIT_STATEMENT || !item.closed || item.offset != 0 ||
	    item.length != length)
		goto out;
	if (splitter_next(&splitter, &item, &problem) < 0)
		goto out;
	result = item.kind == SPLIT_END;
out:
	if (problem.code == LIMBECK_E_NOMEM)
		result = -1;
	limbeck_error_release(&problem);
	splitter_release(&splitter);
	return result;
}

static size_t without_end(const char *text)
{
	size_t length = strlen(text);

	while (length && strchr(" \t\r\n", text[length - 1]))
		length--;
	return length;
}

int out_text_statement(struct strbuf *to, const struct limbeck_lexis *lexis, const char *text)
{
	struct strbuf closed = STRBUF_INIT;
	size_t length;
	int one;

	text += strspn(text, " \t\r\n");
	length = without_end(text);
	strbuf_add(&closed, text, length);
	strbuf_addch(&closed, ';');
	one = strbuf_failed(&closed) ? -1 : is_one(lexis, &closed, length);
	if (one > 0) {
		strbuf_add(to, closed.buf, closed.len);
		strbuf_addch(to, '\n');
	} else if (one == 0) {
		strbuf_addstr(to, "-- @statement\n");
		strbuf_add(to, text, length);
		strbuf_addstr(to, "\n-- @end\n");
	}
	strbuf_release(&closed);
	return one < 0 ? -1 : 0;
}
