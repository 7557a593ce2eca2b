/* SPDX-License-Identifier: BSD-2-Clause */
/* What can't be done, and what is left out. */
#include <string.h>

#include "base/error.h"
#include "translate/home_int.h"

int home_nomem(struct performer *p)
{
	return error_nomem(p->err);
}

static void fill(struct strbuf *out, const char *pattern, const char *const tokens[][2],
	size_t count)
{
	while (*pattern) {
		size_t i = 0;

		while (i < count && strncmp(pattern, tokens[i][0], strlen(tokens[i][0])) != 0)
			i++;
		if (i < count) {
			strbuf_addstr(out, tokens[i][1] ? tokens[i][1] : "");
			pattern += strlen(tokens[i][0]);
		} else {
			strbuf_addch(out, *pattern++);
		}
	}
}

int home_complain(struct performer *p, enum home_message message, const struct ddl_span *span,
	const char *kind, const char *name, const char *table)
{
	const char *const tokens[][2] = { { "{kind}", kind }, { "{name}", name },
		{ "{table}", table } };
	struct strbuf text = STRBUF_INIT;

	fill(&text, p->traits->messages[message], tokens, sizeof tokens / sizeof *tokens);
	error_set(p->err, LIMBECK_E_SQL, "%s", text.buf);
	error_place(p->err, p->home->file, span ? span->line : 0, span ? span->column : 0);
	strbuf_release(&text);
	return -1;
}

int home_refuse(struct performer *p, const struct ddl_span *span, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	error_vset(p->err, LIMBECK_E_UNSUPPORTED, format, arguments);
	va_end(arguments);
	error_place(p->err, p->home->file, span ? span->line : 0, span ? span->column : 0);
	return -1;
}

int home_notice(struct performer *p, const struct ddl_span *span, const char *format, ...)
{
	struct home_notice notice = { .line = span ? span->line : 0,
		.column = span ? span->column : 0 };
	va_list arguments;

	va_start(arguments, format);
	notice.what = arena_vprintf(p->arena, format, arguments);
	va_end(arguments);
	if (!notice.what || !vec_push_arena(&p->effect->notices, notice, p->arena))
		return home_nomem(p);
	return 0;
}

int home_leave(struct performer *p, const char *why)
{
	p->effect->dropped = why;
	return 0;
}

int home_skip_option(struct performer *p, const struct ddl_option *option, const char *of)
{
	const char *words = option->form && option->form->words[0] ? option->form->words
								   : "a parameter";

	return home_notice(p, &option->span, "%s of %s", words, of);
}
