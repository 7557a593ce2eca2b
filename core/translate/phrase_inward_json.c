/* SPDX-License-Identifier: BSD-2-Clause */
/* Paths of JSON, '$.a.b[0]', as lists of keys: '{a,b,0}'. */
#include "translate/phrase_inward.h"

#include <ctype.h>
#include <string.h>

static void add_key(struct strbuf *out, const char *key, size_t length, bool *first)
{
	strbuf_addch(out, *first ? '{' : ',');
	*first = false;
	strbuf_addch(out, '"');
	for (size_t i = 0; i < length; i++) {
		if (key[i] == '"' || key[i] == '\\')
			strbuf_addch(out, '\\');
		strbuf_addch(out, key[i]);
	}
	strbuf_addch(out, '"');
}

/* false: it is more than keys and numbers. */
static bool keys_of(struct strbuf *out, const char *at)
{
	bool first = true;

	if (*at++ != '$')
		return false;
	while (*at) {
		size_t length;

		if (*at == '[') {
			length = strspn(at + 1, "0123456789");
			if (length == 0 || at[length + 1] != ']')
				return false;
			add_key(out, at + 1, length, &first);
			at += length + 2;
		} else if (at[0] == '.' && at[1] == '"') {
			length = strcspn(at + 2, "\"");
			if (!at[length + 2])
				return false;
			add_key(out, at + 2, length, &first);
			at += length + 3;
		} else if (at[0] == '.') {
			length = strcspn(at + 1, ".[*");
			if (length == 0 || at[length + 1] == '*')
				return false;
			add_key(out, at + 1, length, &first);
			at += length + 1;
		} else {
			return false;
		}
	}
	strbuf_addstr(out, first ? "{}" : "}");
	return true;
}

const struct ddl_expr *json_keys(struct rewriting *r, const struct ddl_expr *path)
{
	const struct ddl_expr *made = NULL;
	struct strbuf keys = STRBUF_INIT;
	const char *text;

	path = expr_inner(path);
	if (path->kind != EXPR_STRING)
		return NULL;
	text = arena_strndup(&r->arena, path->string->value, path->string->length);
	if (text && *text != '$')
		text = arena_printf(&r->arena, "$.\"%s\"", text);
	if (text && keys_of(&keys, text) && !strbuf_failed(&keys))
		made = make_string(&r->arena, keys.buf, keys.len);
	strbuf_release(&keys);
	return made;
}

/* What is JSON at home may be a text to the common dialect. */
const struct ddl_expr *as_json(struct printer *out, const struct ddl_expr *expr)
{
	return strcmp(expr_meaning(rewriting_of(out), expr), "json") == 0 ? expr
		: make_cast(&rewriting_of(out)->arena, expr, "jsonb");
}

const struct ddl_expr *inward_json(struct printer *out, const struct ddl_expr *expr, bool text)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *keys, *made;

	if (expr->args.count != 2 || !(keys = json_keys(r, expr->args.items[1]))) {
		target_refuse(out, &expr->span, "this path of JSON has no counterpart");
		return NULL;
	}
	made = make_infix(&r->arena, as_json(out, expr->args.items[0]), text ? "#>>" : "#>", keys);
	return made ? made : phrase_nomem(out);
}
