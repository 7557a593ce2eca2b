/* SPDX-License-Identifier: BSD-2-Clause */
#include "config/expand.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/strbuf.h"

enum { DEPTH_MOST = 8 };

struct expander {
	struct arena *arena;
	const struct expansion *with;
	const char *text;
	struct strbuf out;
	size_t offset;
	struct limbeck_error *err;
};

static int expand_range(struct expander *x, const char *p, const char *end, unsigned depth);

static int starts(const char *p, const char *end, const char *with)
{
	size_t length = strlen(with);

	return (size_t)(end - p) >= length && memcmp(p, with, length) == 0;
}

static int fail(struct expander *x, const char *at, const char *message, const char *hint)
{
	x->offset = (size_t)(at - x->text);
	error_set(x->err, LIMBECK_E_CONFIG, "%s", message);
	error_hint(x->err, "%s", hint);
	return -1;
}

static int fail_unset(struct expander *x, const char *at, const char *name)
{
	x->offset = (size_t)(at - x->text);
	error_set(x->err, LIMBECK_E_CONFIG, "variable \"%s\" is not set", name);
	error_hint(x->err, "Set it in the environment or with -x %s=VALUE, or write "
		"${%s:-DEFAULT}.", name, name);
	return -1;
}

static const char *variable_value(const struct expansion *with, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = with->count; i-- > 0;) {
		const char *variable = with->variables[i];

		if (strncmp(variable, name, length) != 0)
			continue;
		if (variable[length] == '=')
			return variable + length + 1;
		if (!variable[length])
			return "";
	}
	return getenv(name);
}

/* The brace that ends what "${" began before p; NULL when none does. */
static const char *closing_brace(const char *p, const char *end)
{
	size_t open = 1;

	for (; p < end; p++) {
		if (starts(p, end, "${"))
			open++;
		else if (*p == '}' && --open == 0)
			return p;
	}
	return NULL;
}

static size_t name_length(const char *p)
{
	return strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.");
}

/* p is at "${". What follows the variable, or NULL. */
static const char *expand_variable(struct expander *x, const char *p, const char *end,
	unsigned depth)
{
	const char *start = p + 2, *close = closing_brace(start, end), *value, *after;
	size_t length = name_length(start);
	char *name;

	after = start + length;
	if (!close || !length || after > close || (after < close && !starts(after, close, ":-"))) {
		fail(x, p, close ? "\"${\" without the name of a variable" : "\"${\" without \"}\"",
			"Write ${NAME} or ${NAME:-DEFAULT}, or $${ for ${ itself.");
		return NULL;
	}
	name = arena_strndup(x->arena, start, length);
	if (!name) {
		error_nomem(x->err);
		return NULL;
	}
	value = variable_value(x->with, name);
	if (after < close && (!value || !value[0]))
		return expand_range(x, after + 2, close, depth + 1) < 0 ? NULL : close + 1;
	if (!value) {
		fail_unset(x, p, name);
		return NULL;
	}
	strbuf_addstr(&x->out, value);
	return close + 1;
}

static int expand_range(struct expander *x, const char *p, const char *end, unsigned depth)
{
	if (depth > DEPTH_MOST)
		return fail(x, p, "variables stand too deep inside each other", "Use fewer.");
	while (p < end) {
		if (starts(p, end, "%%")) {
			strbuf_addch(&x->out, '%');
			p += 2;
		} else if (starts(p, end, "%(here)s")) {
			strbuf_addstr(&x->out, x->with->here);
			p += strlen("%(here)s");
		} else if (starts(p, end, "$${")) {
			strbuf_addstr(&x->out, "${");
			p += 3;
		} else if (starts(p, end, "${")) {
			p = expand_variable(x, p, end, depth);
			if (!p)
				return -1;
		} else {
			strbuf_addch(&x->out, *p++);
		}
	}
	return 0;
}

char *expand_text(struct arena *arena, const struct expansion *with, const char *text,
	size_t *offset, struct limbeck_error *err)
{
	struct expander x = { .arena = arena, .with = with, .text = text, .err = err };
	char *result = NULL;

	strbuf_init(&x.out);
	*offset = 0;
	if (expand_range(&x, text, text + strlen(text), 0) < 0) {
		*offset = x.offset;
		goto out;
	}
	if (!strbuf_failed(&x.out))
		result = arena_strndup(arena, x.out.buf, x.out.len);
	if (!result)
		error_nomem(err);
out:
	strbuf_release(&x.out);
	return result;
}
