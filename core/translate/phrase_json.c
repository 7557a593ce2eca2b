/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * JSON: paths by keys and numbers become one path in the notation of SQL/JSON, and are
 * said to the phrases as
 *
 *     limbeck.json(x, '$."a"[0]')       what is there, as JSON
 *     limbeck.json_text(x, '$."a"[0]')  ... as text
 *     limbeck.json_at(x, '$."a"[0]', '$."a"')  the same of an element of an array, where
 *     limbeck.json_text_at(...)         the engine has a phrase for it: others may take a
 *                                       value for an array of one
 *     limbeck.json_has(x, 'a', '$."a"') whether the key is there
 *     limbeck.json_set(x, path, value)  limbeck.json_replace(...): what is there alone
 *     limbeck.json_remove(x, path)      limbeck.json_merge(x, y), where y holds no object or null
 */
#include "translate/phrase_rules.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void add_key(struct strbuf *out, const char *key, size_t length)
{
	strbuf_addstr(out, ".\"");
	for (size_t i = 0; i < length; i++) {
		if (key[i] == '"' || key[i] == '\\')
			strbuf_addch(out, '\\');
		strbuf_addch(out, key[i]);
	}
	strbuf_addch(out, '"');
}

static bool all_digits(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!isdigit((unsigned char)text[i]))
			return false;
	return length > 0;
}

static void add_step(struct strbuf *out, const char *text, size_t length)
{
	if (all_digits(text, length))
		strbuf_addf(out, "[%.*s]", (int)length, text);
	else
		add_key(out, text, length);
}

/* '{a,0,"b c"}': an element of digits is a place in an array. */
static bool add_keys(struct strbuf *out, const struct ddl_string *keys)
{
	const char *at = keys->value, *end = at + keys->length;

	if (keys->length < 2 || *at != '{' || end[-1] != '}')
		return false;
	at++;
	end--;
	while (at < end) {
		bool quoted = *at == '"';
		const char *stop;

		at += quoted;
		for (stop = at; stop < end && *stop != (quoted ? '"' : ','); )
			stop++;
		if (quoted)
			add_key(out, at, (size_t)(stop - at));
		else
			add_step(out, at, (size_t)(stop - at));
		at = stop + quoted;
		if (at < end && *at++ != ',')
			return false;
	}
	return true;
}

/* The path that a step of an operator means; false: it is none that is known now. */
static bool literal_step(struct strbuf *out, const char *word, const struct ddl_expr *key)
{
	key = expr_inner(key);
	if (key->kind == EXPR_CAST && key->form == CAST_COLONS)
		key = expr_inner(key->args.items[0]);
	if (word[0] == '#' && key->kind == EXPR_ARRAY && !key->query) {
		for (size_t i = 0; i < key->args.count; i++) {
			const struct ddl_expr *one = expr_inner(key->args.items[i]);

			if (one->kind != EXPR_STRING)
				return false;
			add_step(out, one->string->value, one->string->length);
		}
		return true;
	}
	if (key->kind == EXPR_STRING && word[0] == '#')
		return add_keys(out, key->string);
	if (key->kind == EXPR_STRING) {
		add_key(out, key->string->value, key->string->length);
		return true;
	}
	if (key->kind != EXPR_NUMBER || !all_digits(key->word, strlen(key->word)))
		return false;
	strbuf_addf(out, "[%s]", key->word);
	return true;
}

static bool is_step(const struct ddl_expr *expr)
{
	return expr->kind == EXPR_INFIX && (strcmp(expr->word, "->") == 0
		|| strcmp(expr->word, "#>") == 0);
}

/* The whole path below an expression of JSON, and that expression. */
static const struct ddl_expr *collect(struct strbuf *path, const struct ddl_expr *expr, bool top,
	size_t *steps)
{
	const struct ddl_expr *base;

	expr = expr_inner(expr);
	if (!top && !is_step(expr))
		return expr;
	base = collect(path, expr->args.items[0], false, steps);
	for (size_t i = 1; base && i < expr->args.count; i++, (*steps)++)
		if (!literal_step(path, expr->word, expr->args.items[i]))
			return NULL;
	return base;
}

/* '$."' || key || '"', '$[' || number || ']' */
static const struct ddl_expr *made_path(struct rewriting *r, const struct ddl_expr *key)
{
	struct arena *arena = &r->arena;
	bool number = meaning_is(expr_meaning(r, key), "integer");
	const struct ddl_expr *parts[3] = { make_string(arena, number ? "$[" : "$.\"", number ? 2 : 3),
		key, make_string(arena, number ? "]" : "\"", 1) };
	const struct expr_list list = { parts, 3, 3 };

	return parts[0] && parts[2] ? make_infix_list(arena, "||", &list) : NULL;
}

/* '$.a[0]': by the words for elements, where there is a phrase; NULL: there is none. */
static const struct ddl_expr *element_call(struct printer *out, const struct ddl_expr *base,
	const struct ddl_expr *path, bool text)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_string *string = path->kind == EXPR_STRING ? path->string : NULL;
	size_t length = string ? string->length : 0;
	const struct ddl_expr *args[3] = { base, path, NULL }, *call, *node;

	if (length < 2 || string->value[length - 1] != ']')
		return NULL;
	while (length > 1 && string->value[length - 1] != '[')
		length--;
	args[2] = make_string(&r->arena, string->value, length - 1);
	call = own_call(&r->arena, text ? "json_text_at" : "json_at", 3, args);
	node = call ? phrase_apply(out, call) : phrase_nomem(out);
	return node == call ? NULL : node;
}

static const struct ddl_expr *path_call(struct printer *out, const struct ddl_expr *expr,
	const struct ddl_expr *base, const struct ddl_expr *path)
{
	struct rewriting *r = rewriting_of(out);
	bool text = strstr(expr->word, ">>") != NULL;
	const struct ddl_expr *args[2] = { base, path };
	const struct ddl_expr *node = path ? element_call(out, base, path, text) : NULL;
	struct ddl_expr *call;

	if (node || out->target->failed)
		return node;
	call = make_copy(&r->arena, own_call(&r->arena, text ? "json_text" : "json", 2, args));
	if (!call)
		return phrase_nomem(out);
	call->span = expr->span;
	return phrase_again(out, call);
}

/* a -> b -> c, with a key that is known at run time alone: step by step. */
static const struct ddl_expr *by_steps(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *base = expr->args.items[0];
	struct ddl_expr *left;

	if (expr->word[0] == '#') {
		target_refuse(out, &expr->span, "a path of JSON that is no literal has no counterpart");
		return NULL;
	}
	if (expr->args.count > 2) {
		left = make_copy(&r->arena, expr);
		if (!left)
			return phrase_nomem(out);
		left->args.count--;
		base = left;
	}
	return path_call(out, expr, base, made_path(r, expr->args.items[expr->args.count - 1]));
}

static const struct ddl_expr *has_key(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	struct strbuf path = STRBUF_INIT;
	const struct ddl_expr *args[3] = { expr->args.items[0], expr->args.items[1], NULL };

	strbuf_addch(&path, '$');
	if (literal_step(&path, "->", args[1]))
		args[2] = make_string(&r->arena, path.buf, path.len);
	else
		args[2] = made_path(r, args[1]);
	strbuf_release(&path);
	return phrase_again(out, own_call(&r->arena, "json_has", 3, args));
}

/* Whether a text of JSON is an object of plain values, which merge in the same way
 * everywhere. */
static bool is_flat(const struct ddl_expr *expr)
{
	const struct ddl_string *text;
	const char *at, *end;

	expr = expr_inner(expr);
	if (expr->kind == EXPR_CAST || expr->kind == EXPR_TYPED)
		expr = expr_inner(expr->args.items[0]);
	if (expr->kind != EXPR_STRING)
		return false;
	text = expr->string;
	at = text->value + (text->length > 0);
	end = text->value + text->length;
	if (text->length < 2 || text->value[0] != '{')
		return false;
	for (; at < end; at++)
		if (*at == '{' || (*at == 'n' && end - at > 3 && memcmp(at, "null", 4) == 0))
			return false;
	return true;
}

/* x || '{"a": 1}', x || jsonb_build_object('a', 1) */
const struct ddl_expr *rule_merge(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *made = expr->args.items[0];

	for (size_t i = 1; made && i < expr->args.count; i++) {
		const struct ddl_expr *args[2] = { made, expr->args.items[i] };

		if (!is_flat(args[1])) {
			target_refuse(out, &expr->span, "|| of JSON that is no literal object of plain "
				"values has no counterpart");
			return NULL;
		}
		made = own_call(&r->arena, "json_merge", 2, args);
	}
	return phrase_again(out, made);
}

/* x - 'a', x - 1, x #- '{a,b}' */
const struct ddl_expr *rule_remove(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *made = expr->args.items[0];

	for (size_t i = 1; made && i < expr->args.count; i++) {
		struct strbuf path = STRBUF_INIT;
		const struct ddl_expr *args[2] = { made, NULL };

		strbuf_addch(&path, '$');
		if (literal_step(&path, expr->word[0] == '#' ? "#>" : "->", expr->args.items[i]))
			args[1] = make_string(&r->arena, path.buf, path.len);
		strbuf_release(&path);
		if (!args[1]) {
			target_refuse(out, &expr->span, "a key that is no literal can't be taken out of "
				"JSON here");
			return NULL;
		}
		made = own_call(&r->arena, "json_remove", 2, args);
	}
	return phrase_again(out, made);
}

/* jsonb_set(x, '{a,b}', value, create) */
const struct ddl_expr *rule_json_set(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *args[3], *create;
	struct strbuf path = STRBUF_INIT;
	bool replace = false, known;

	if (expr->args.count < 3 || expr->args.count > 4)
		return phrase_call(out, expr);
	create = expr->args.count > 3 ? expr_inner(expr->args.items[3]) : NULL;
	known = !create || create->kind == EXPR_KEYWORD;
	replace = create && known && create->word[0] == 'F';
	args[0] = expr->args.items[0];
	args[1] = NULL;
	args[2] = cast_value(out, expr->args.items[2], "jsonb");
	strbuf_addch(&path, '$');
	if (known && literal_step(&path, "#>", expr->args.items[1]))
		args[1] = make_string(&r->arena, path.buf, path.len);
	strbuf_release(&path);
	if (!args[1])
		return phrase_call(out, expr);
	return phrase_again(out, own_call(&r->arena, replace ? "json_replace" : "json_set", 3, args));
}

const struct ddl_expr *rule_path(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	struct strbuf path = STRBUF_INIT;
	const struct ddl_expr *base, *string = NULL;
	size_t steps = 0;

	if (strcmp(expr->word, "?") == 0 && expr->args.count == 2)
		return has_key(out, expr);
	if (strcmp(expr->word, "#-") == 0)
		return rule_remove(out, expr);
	if (expr->word[0] == '?')
		return phrase_apply(out, expr);
	strbuf_addch(&path, '$');
	base = collect(&path, expr, true, &steps);
	if (base)
		string = make_string(&r->arena, path.buf, path.len);
	strbuf_release(&path);
	if (base)
		return string ? path_call(out, expr, base, string) : phrase_nomem(out);
	return by_steps(out, expr);
}

static void add_string(struct strbuf *out, struct arena *arena, const struct ddl_string *string)
{
	const char *text = arena_strndup(arena, string->value, string->length);

	if (text)
		json_element(out, "text", text);
	else
		out->failed = true;
}

bool json_constant(struct strbuf *out, struct arena *arena, const struct ddl_expr *expr)
{
	expr = expr_inner(expr);
	if (expr->kind == EXPR_CAST && expr->type && expr->form == CAST_COLONS
		&& (strcmp(expr->type->simple, "text") == 0
		|| strcmp(expr->type->simple, "varchar") == 0))
		expr = expr_inner(expr->args.items[0]);
	if (expr->kind == EXPR_STRING && expr->string->form != STRING_BITS
		&& expr->string->form != STRING_HEX)
		add_string(out, arena, expr->string);
	else if (expr->kind == EXPR_NUMBER)
		strbuf_addstr(out, expr->word);
	else if (expr->kind == EXPR_KEYWORD && expr->word[0] != 'D')
		strbuf_addstr(out, expr->word[0] == 'T' ? "true" : expr->word[0] == 'F' ? "false"
			: "null");
	else
		return false;
	return true;
}
