/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/error.h"

#include <errno.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"

void limbeck_error_release(struct limbeck_error *err)
{
	const struct limbeck_error empty = LIMBECK_ERROR_INIT;

	if (!err)
		return;
	mem_free(err->message);
	mem_free(err->detail);
	mem_free(err->hint);
	mem_free(err->file);
	mem_free(err->source);
	mem_free(err->engine);
	mem_free(err->outcome);
	*err = empty;
}

const char *limbeck_code_name(int code)
{
	static const char *const names[] = {
		[LIMBECK_OK] = "ok",
		[LIMBECK_E_NOMEM] = "memory",
		[LIMBECK_E_INTERNAL] = "internal",
		[LIMBECK_E_USAGE] = "usage",
		[LIMBECK_E_CONFIG] = "config",
		[LIMBECK_E_IO] = "io",
		[LIMBECK_E_SCRIPT] = "script",
		[LIMBECK_E_GRAPH] = "graph",
		[LIMBECK_E_UNKNOWN] = "unknown",
		[LIMBECK_E_AMBIGUOUS] = "ambiguous",
		[LIMBECK_E_BRANCH] = "branch",
		[LIMBECK_E_RANGE] = "range",
		[LIMBECK_E_STATE] = "state",
		[LIMBECK_E_IRREVERSIBLE] = "irreversible",
		[LIMBECK_E_DRIVER] = "driver",
		[LIMBECK_E_CONNECT] = "connect",
		[LIMBECK_E_SQL] = "sql",
		[LIMBECK_E_NO_TABLE] = "no_table",
		[LIMBECK_E_BUSY] = "busy",
		[LIMBECK_E_CONFLICT] = "conflict",
		[LIMBECK_E_UNSUPPORTED] = "unsupported",
		[LIMBECK_E_CANCELLED] = "cancelled",
		[LIMBECK_E_FOUND] = "found",
	};

	if (code < 0 || (size_t)code >= sizeof names / sizeof *names)
		return "internal";
	return names[code];
}

static char *vformat(const char *format, va_list arguments) LIMBECK_PRINTF(1, 0);
static char *vformat(const char *format, va_list arguments)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_vaddf(&text, format, arguments);
	return strbuf_detach(&text);
}

/* Takes the new text first, since the arguments may lie in the old one. */
static void replace(char **place, char *text)
{
	mem_free(*place);
	*place = text;
}

int error_vset(struct limbeck_error *err, int code, const char *format, va_list arguments)
{
	char *message;

	if (!err)
		return -1;
	message = vformat(format, arguments);
	limbeck_error_release(err);
	err->code = code;
	err->message = message;
	return -1;
}

int error_set(struct limbeck_error *err, int code, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	error_vset(err, code, format, arguments);
	va_end(arguments);
	return -1;
}

int error_nomem(struct limbeck_error *err)
{
	return error_set(err, LIMBECK_E_NOMEM, "out of memory");
}

int error_errno(struct limbeck_error *err, const char *format, ...)
{
	const char *reason = strerror(errno);
	struct strbuf text = STRBUF_INIT;
	va_list arguments;

	va_start(arguments, format);
	strbuf_vaddf(&text, format, arguments);
	va_end(arguments);
	error_set(err, LIMBECK_E_IO, "%s: %s", text.buf, reason);
	strbuf_release(&text);
	return -1;
}

void error_detail(struct limbeck_error *err, const char *format, ...)
{
	va_list arguments;

	if (!err)
		return;
	va_start(arguments, format);
	replace(&err->detail, vformat(format, arguments));
	va_end(arguments);
}

void error_hint(struct limbeck_error *err, const char *format, ...)
{
	va_list arguments;

	if (!err)
		return;
	va_start(arguments, format);
	replace(&err->hint, vformat(format, arguments));
	va_end(arguments);
}

void error_outcome(struct limbeck_error *err, const char *format, ...)
{
	va_list arguments;

	if (!err)
		return;
	va_start(arguments, format);
	replace(&err->outcome, vformat(format, arguments));
	va_end(arguments);
}

void error_engine(struct limbeck_error *err, const char *engine)
{
	if (err)
		replace(&err->engine, mem_strdup(engine));
}

void error_place(struct limbeck_error *err, const char *file, unsigned line, unsigned column)
{
	if (!err)
		return;
	replace(&err->file, mem_strdup(file));
	err->line = line;
	err->column = column;
}

/* What could upset a terminal or is no UTF-8 becomes U+FFFD, one for one, so
 * that the column keeps its meaning. */
void error_source(struct limbeck_error *err, const char *text, size_t length)
{
	struct strbuf line = STRBUF_INIT;

	if (!err)
		return;
	while (length && (text[length - 1] == '\n' || text[length - 1] == '\r'))
		length--;
	for (size_t i = 0; i < length;) {
		size_t size = utf8_sequence(text + i, length - i);
		unsigned char c = (unsigned char)text[i];

		if (!size || (c < 0x20 && c != '\t') || c == 0x7f)
			strbuf_addstr(&line, "\xef\xbf\xbd");
		else
			strbuf_add(&line, text + i, size);
		i += size ? size : 1;
	}
	replace(&err->source, strbuf_detach(&line));
}

void error_move(struct limbeck_error *to, struct limbeck_error *from)
{
	const struct limbeck_error empty = LIMBECK_ERROR_INIT;

	if (!to) {
		limbeck_error_release(from);
		return;
	}
	if (to == from)
		return;
	limbeck_error_release(to);
	*to = *from;
	*from = empty;
}
