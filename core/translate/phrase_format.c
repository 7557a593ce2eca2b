/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * to_char() of times: the format in the two notations that engines have,
 *
 *     limbeck.to_char(x, '%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%i:%s')
 *
 * as strftime() has it (C11 7.27.3.5) and as MySQL's DATE_FORMAT() does.
 */
#include "translate/phrase_rules.h"

#include <string.h>

static const struct { const char *from, *c, *my; } fields[] = {
	{ "YYYY", "%Y", "%Y" }, { "HH24", "%H", "%H" }, { "MM", "%m", "%m" }, { "DDD", "%j", "%j" },
	{ "DD", "%d", "%d" }, { "MI", "%M", "%i" }, { "SS", "%S", "%s" }, { "yyyy", "%Y", "%Y" },
	{ "hh24", "%H", "%H" }, { "mm", "%m", "%m" }, { "dd", "%d", "%d" }, { "mi", "%M", "%i" },
	{ "ss", "%S", "%s" }
};

static void literal(struct strbuf *c, struct strbuf *my, char character)
{
	if (character == '%') {
		strbuf_addch(c, '%');
		strbuf_addch(my, '%');
	}
	strbuf_addch(c, character);
	strbuf_addch(my, character);
}

static bool format(const char *at, const char *end, struct strbuf *c, struct strbuf *my)
{
	while (at < end) {
		size_t i = 0, count = sizeof fields / sizeof *fields;

		if (*at == '"') {
			for (at++; at < end && *at != '"'; at++)
				literal(c, my, *at);
			at++;
			continue;
		}
		while (i < count && ((size_t)(end - at) < strlen(fields[i].from)
			|| memcmp(at, fields[i].from, strlen(fields[i].from)) != 0))
			i++;
		if (i < count) {
			strbuf_addstr(c, fields[i].c);
			strbuf_addstr(my, fields[i].my);
			at += strlen(fields[i].from);
		} else if (strchr("-/.,:; _", *at)) {
			literal(c, my, *at++);
		} else {
			return false;
		}
	}
	return true;
}

const struct ddl_expr *rule_to_char(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *pattern = expr->args.count == 2 ? expr_inner(expr->args.items[1]) : NULL;
	const char *its = pattern ? expr_meaning(r, expr->args.items[0]) : "other";
	const struct ddl_expr *args[3] = { NULL, NULL, NULL };
	struct strbuf c = STRBUF_INIT, my = STRBUF_INIT;

	if (pattern && pattern->kind == EXPR_STRING && (meaning_is(its, "moment")
		|| strcmp(its, "date") == 0) && format(pattern->string->value,
		pattern->string->value + pattern->string->length, &c, &my)) {
		args[0] = expr->args.items[0];
		args[1] = make_string(&r->arena, c.buf, c.len);
		args[2] = make_string(&r->arena, my.buf, my.len);
	}
	strbuf_release(&c);
	strbuf_release(&my);
	return args[0] ? phrase_again(out, own_call(&r->arena, "to_char", 3, args))
		: phrase_call(out, expr);
}
