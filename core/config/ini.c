/* SPDX-License-Identifier: BSD-2-Clause */
#include "config/ini.h"

#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "base/vec.h"

struct parser {
	struct arena *arena;
	const char *shown;
	int (*fn)(void *data, const struct ini_entry *entry, struct limbeck_error *err);
	void *data;
	struct limbeck_error *err;

	unsigned line;            /* the number of the present line */
	const char *start;        /* where it begins */
	const char *section;      /* NULL: before the first one */
	struct ini_entry entry;   /* its key is NULL when none is open */
	struct strbuf value;      /* of the open entry */
	VEC(struct ini_line) lines;
	size_t empty;             /* empty lines since the value's last one */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/* Narrows *start ... *end to what lies between blanks. */
static void trim(const char **start, const char **end)
{
	while (*start < *end && is_blank(**start))
		++*start;
	while (*end > *start && is_blank((*end)[-1]))
		--*end;
}

static unsigned column_of(const struct parser *p, const char *at)
{
	return (unsigned)utf8_count(p->start, (size_t)(at - p->start)) + 1;
}

static int fail(struct parser *p, const char *at, const char *message, const char *hint)
{
	error_set(p->err, LIMBECK_E_CONFIG, "%s", message);
	error_place(p->err, p->shown, p->line, column_of(p, at));
	error_hint(p->err, "%s", hint);
	return -1;
}

static int flush(struct parser *p)
{
	struct ini_entry entry = p->entry;

	p->empty = 0;
	if (!entry.key)
		return 0;
	p->entry.key = NULL;
	if (strbuf_failed(&p->value))
		return error_nomem(p->err);
	entry.value = arena_strndup(p->arena, p->value.buf, p->value.len);
	if (!entry.value)
		return error_nomem(p->err);
	entry.lines = p->lines.items;
	entry.line_count = p->lines.count;
	return p->fn(p->data, &entry, p->err) ? -1 : 0;
}

static int add_line(struct parser *p, const char *start, const char *end)
{
	const struct ini_line line = { p->value.len, p->line, column_of(p, start) };

	strbuf_add(&p->value, start, (size_t)(end - start));
	return vec_push_arena(&p->lines, line, p->arena) ? 0 : error_nomem(p->err);
}

static int continue_value(struct parser *p, const char *start, const char *end)
{
	for (; p->empty; p->empty--)
		strbuf_addch(&p->value, '\n');
	if (p->value.len || p->lines.count > 1)
		strbuf_addch(&p->value, '\n');
	else
		p->lines.count = 0; /* the value begins here, not behind the "=" */
	return add_line(p, start, end);
}

static int parse_section(struct parser *p, const char *start, const char *end)
{
	struct ini_entry head = { .line = p->line, .key_column = column_of(p, start) };
	const char *name = start + 1;
	const char *close = memchr(start, ']', (size_t)(end - start));

	if (!close)
		return fail(p, start, "section without \"]\"", "Write it as [NAME].");
	if (close + 1 < end)
		return fail(p, close + 1, "text after the section's \"]\"",
			"Put it on a line of its own.");
	trim(&name, &close);
	if (name == close)
		return fail(p, start, "section without a name", "Write it as [NAME].");
	p->section = arena_strndup(p->arena, name, (size_t)(close - name));
	if (!p->section)
		return error_nomem(p->err);
	head.section = p->section;
	return p->fn(p->data, &head, p->err) ? -1 : 0;
}

static int parse_key(struct parser *p, const char *start, const char *end)
{
	const char *sign = start, *value, *key_end;

	while (sign < end && *sign != '=' && *sign != ':')
		sign++;
	if (sign == end)
		return fail(p, start, "key without a value",
			"A line is [SECTION], KEY = VALUE, or a comment that begins with # or ;. "
			"A value goes on in lines that begin with a blank.");
	if (sign == start)
		return fail(p, start, "value without a key", "Write it as KEY = VALUE.");
	if (!p->section)
		return fail(p, start, "key outside of a section",
			"Put a line such as [limbeck] before it.");
	key_end = sign;
	value = sign + 1;
	trim(&start, &key_end);
	trim(&value, &end);
	p->entry.section = p->section;
	p->entry.key = arena_strndup(p->arena, start, (size_t)(key_end - start));
	if (!p->entry.key)
		return error_nomem(p->err);
	p->entry.line = p->line;
	p->entry.key_column = column_of(p, start);
	strbuf_reset(&p->value);
	memset(&p->lines, 0, sizeof p->lines); /* the entry before keeps its own */
	return add_line(p, value, end);
}

static int parse_line(struct parser *p, const char *start, const char *end)
{
	bool indented;

	p->start = start;
	indented = start < end && is_blank(*start);
	trim(&start, &end);
	if (start == end) {
		p->empty++;
		return 0;
	}
	if (*start == '#' || *start == ';')
		return 0;
	if (indented && p->entry.key)
		return continue_value(p, start, end);
	if (flush(p) < 0)
		return -1;
	return *start == '[' ? parse_section(p, start, end) : parse_key(p, start, end);
}

int ini_parse(struct arena *arena, const char *text, size_t length, const char *shown,
	int (*fn)(void *data, const struct ini_entry *entry, struct limbeck_error *err),
	void *data, struct limbeck_error *err)
{
	struct parser p = { .arena = arena, .shown = shown, .fn = fn, .data = data, .err = err };
	const char *end = text + length, *zero;
	int result = 0;

	strbuf_init(&p.value);
	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	while (text < end && result == 0) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *line_end = newline ? newline : end;

		p.line++;
		p.start = text;
		zero = memchr(text, '\0', (size_t)(line_end - text));
		if (zero)
			result = fail(&p, zero, "NUL byte in the text",
				"The file must be UTF-8 text.");
		else
			result = parse_line(&p, text, line_end);
		text = newline ? newline + 1 : end;
	}
	if (result == 0)
		result = flush(&p);
	strbuf_release(&p.value);
	return result;
}

void ini_place(const struct ini_entry *entry, size_t offset, unsigned *line, unsigned *column)
{
	const struct ini_line *at = entry->lines;

	for (size_t i = 1; i < entry->line_count && entry->lines[i].offset <= offset; i++)
		at = &entry->lines[i];
	*line = at->line;
	*column = at->column + (unsigned)utf8_count(entry->value + at->offset, offset - at->offset);
}

const char *ini_source(const char *text, size_t text_length, unsigned line, size_t *length)
{
	const char *end = text + text_length, *newline;

	if (text_length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	while ((newline = memchr(text, '\n', (size_t)(end - text))) && --line)
		text = newline + 1;
	*length = (size_t)((newline ? newline : end) - text);
	return text;
}
