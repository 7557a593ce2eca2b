/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls of another home dialect in common words. */
#include "translate/phrase_inward.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/vec.h"

static const struct ddl_expr *texts(struct printer *out, const struct ddl_expr *operand)
{
	const struct ddl_expr *inner = expr_inner(operand);

	if (inner->kind == EXPR_STRING || meaning_is(expr_meaning(rewriting_of(out), operand), "text"))
		return operand;
	return cast_to(out, operand, "text");
}

/* CONCAT(a, b): a || b, each as a text. */
static const struct ddl_expr *concatenated(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	struct expr_list list = { NULL, 0, 0 };
	const struct ddl_expr *made;

	for (size_t i = 0; i < expr->args.count; i++)
		if (!vec_push_arena(&list, texts(out, expr->args.items[i]), &r->arena))
			return phrase_nomem(out);
	if (list.count == 1)
		return phrase_again(out, list.items[0]);
	made = make_infix_list(&r->arena, "||", &list);
	return made ? made : phrase_nomem(out);
}

/* IF(a, b, c), iif(a, b, c) */
static const struct ddl_expr *chosen(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *made = make_case(&r->arena, inward_condition(out, expr->args.items[0]),
		expr->args.items[1], expr->args.count > 2 ? expr->args.items[2] : NULL);

	return made ? made : phrase_nomem(out);
}

/* GROUP_CONCAT(x ORDER BY y SEPARATOR s): string_agg(x, s ORDER BY y) */
static const struct ddl_expr *aggregated(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *comma = make_string(&r->arena, ",", 1);
	const struct ddl_expr *separator = expr->args.count > 1 ? expr->args.items[1]
		: expr->call->separator ? expr->call->separator : comma;
	const struct ddl_expr *made;

	if (expr->args.count == 0 || expr->args.count > 2 || expr->call->limit) {
		target_refuse(out, &expr->span, "this aggregate of texts has no counterpart");
		return NULL;
	}
	made = make_call(&r->arena, "string_agg", 2, texts(out, expr->args.items[0]), separator);
	if (!made)
		return phrase_nomem(out);
	made->call->quantifier = expr->call->quantifier;
	made->call->order = expr->call->order;
	made->call->filter = expr->call->filter;
	made->call->over = expr->call->over;
	return made;
}

/* '+1 day', '-3 months', 'start of month' */
static const struct ddl_expr *modified(struct printer *out, const struct ddl_expr *time,
	const struct ddl_expr *modifier)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *literal = expr_inner(modifier), *interval, *made = NULL;
	const char *text = literal->kind == EXPR_STRING ? arena_strndup(&r->arena,
		literal->string->value, literal->string->length) : NULL;
	static const char *const starts[] = { "month", "year", "day" };

	if (text && (strcmp(text, "localtime") == 0 || strcmp(text, "utc") == 0
		|| strcmp(text, "subsec") == 0))
		return time;
	for (size_t i = 0; text && i < 3; i++)
		if (strncmp(text, "start of ", 9) == 0 && strcmp(text + 9, starts[i]) == 0)
			made = make_call(&r->arena, "date_trunc", 2, make_string(&r->arena,
				starts[i], strlen(starts[i])), time);
	if (!made && text && strpbrk(text, "0123456789") && strpbrk(text, "dhmsy")) {
		interval = make_cast(&r->arena, make_string(&r->arena, text + (*text == '+'),
			strlen(text) - (*text == '+')), "interval");
		made = make_infix(&r->arena, time, "+", interval);
	}
	if (!made)
		target_refuse(out, &modifier->span, "this modifier of a time has no counterpart");
	return made;
}

/* What datetime(x, ...) and its kin are about, as a timestamp. */
static const struct ddl_expr *moment(struct printer *out, const struct ddl_expr *expr, size_t from)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *time = expr->args.count > from ? expr_inner(expr->args.items[from]) : NULL;
	const struct ddl_expr *made;
	size_t next = from + 1;

	if (!time || (time->kind == EXPR_STRING && time->string->length == 3
		&& memcmp(time->string->value, "now", 3) == 0)) {
		made = make_call(&r->arena, "now", 0);
	} else if (expr->args.count > next && expr_inner(expr->args.items[next])->kind == EXPR_STRING
		&& expr_inner(expr->args.items[next])->string->length == 9
		&& memcmp(expr_inner(expr->args.items[next])->string->value, "unixepoch", 9) == 0) {
		made = make_call(&r->arena, "to_timestamp", 1, time);
		next++;
	} else {
		made = meaning_is(expr_meaning(r, time), "moment") ? time
			: cast_to(out, time, "timestamp");
	}
	for (; made && next < expr->args.count; next++)
		made = modified(out, made, expr->args.items[next]);
	return made;
}

static const struct { const char *from, *to; } c_fields[] = {
	{ "%Y", "YYYY" }, { "%m", "MM" }, { "%d", "DD" }, { "%H", "HH24" }, { "%M", "MI" },
	{ "%S", "SS" }, { "%f", "SS.MS" }, { "%j", "DDD" }
};
static const struct { const char *from, *to; } my_fields[] = {
	{ "%Y", "YYYY" }, { "%m", "MM" }, { "%d", "DD" }, { "%H", "HH24" }, { "%i", "MI" },
	{ "%s", "SS" }, { "%S", "SS" }, { "%f", "US" }, { "%j", "DDD" }, { "%T", "HH24:MI:SS" },
	{ "%M", "FMMonth" }, { "%b", "Mon" }
};

/* A format of strftime() or DATE_FORMAT() as one of to_char(). */
static const struct ddl_expr *format(struct rewriting *r, const struct ddl_expr *expr, bool c)
{
	size_t count = c ? sizeof c_fields / sizeof *c_fields : sizeof my_fields / sizeof *my_fields;
	struct strbuf text = STRBUF_INIT;
	const struct ddl_expr *made = NULL;
	const char *at;

	expr = expr_inner(expr);
	if (expr->kind != EXPR_STRING)
		return NULL;
	at = arena_strndup(&r->arena, expr->string->value, expr->string->length);
	while (at && *at) {
		size_t i = 0;

		while (i < count && strncmp(at, c ? c_fields[i].from : my_fields[i].from, 2) != 0)
			i++;
		if (*at == '%' && i == count) {
			strbuf_release(&text);
			return NULL;
		}
		if (i < count) {
			strbuf_addstr(&text, c ? c_fields[i].to : my_fields[i].to);
			at += 2;
		} else if (isalpha((unsigned char)*at)) {
			strbuf_addf(&text, "\"%c\"", *at++);
		} else {
			strbuf_addch(&text, *at++);
		}
	}
	if (!strbuf_failed(&text))
		made = make_string(&r->arena, text.buf, text.len);
	strbuf_release(&text);
	return made;
}

static const struct ddl_expr *formatted(struct printer *out, const struct ddl_expr *expr,
	const struct ddl_expr *time, const struct ddl_expr *pattern, bool c)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *text = format(r, pattern, c), *made;

	if (out->target->failed)
		return NULL;
	if (!text || !time) {
		target_refuse(out, &expr->span, "this format of a time has no counterpart");
		return NULL;
	}
	made = make_call(&r->arena, "to_char", 2, time, text);
	return made ? made : phrase_nomem(out);
}

static bool is_text(const struct ddl_expr *expr, const char *text)
{
	expr = expr_inner(expr);
	return expr->kind == EXPR_STRING && expr->string->length == strlen(text)
		&& memcmp(expr->string->value, text, strlen(text)) == 0;
}

/* strftime(format, time, ...) */
static const struct ddl_expr *by_format(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *time = moment(out, expr, 1), *made;

	if (!time)
		return out->target->failed ? NULL : phrase_nomem(out);
	/* As a time without a format is said there. */
	if (is_text(expr->args.items[0], "%Y-%m-%d %H:%M:%f000"))
		return time;
	if (!is_text(expr->args.items[0], "%s"))
		return formatted(out, expr, time, expr->args.items[0], true);
	made = cast_to(out, make_call(&r->arena, "floor", 1, make_call(&r->arena, "date_part", 2,
		make_string(&r->arena, "epoch", 5), time)), "bigint");
	return made ? made : phrase_nomem(out);
}

static const struct ddl_expr *by_modifiers(struct printer *out, const struct ddl_expr *expr,
	const char *type)
{
	const struct ddl_expr *time = moment(out, expr, 0);

	if (!time || out->target->failed)
		return NULL;
	return type ? cast_to(out, time, type) : time;
}

/* JSON_SET(x, '$.a', v): jsonb_set(x, '{a}', v as JSON) */
static const struct ddl_expr *json_changed(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *made = as_json(out, expr->args.items[0]);

	for (size_t i = 1; made && i + 1 < expr->args.count; i += 2) {
		const struct ddl_expr *keys = json_keys(r, expr->args.items[i]);
		const struct ddl_expr *value = expr->args.items[i + 1];

		if (!keys) {
			target_refuse(out, &expr->span, "this path of JSON has no counterpart");
			return NULL;
		}
		if (expr_inner(value)->kind == EXPR_STRING)
			value = cast_to(out, value, "text");
		made = make_call(&r->arena, "jsonb_set", 3, made, keys,
			make_call(&r->arena, "to_jsonb", 1, value));
	}
	return made ? made : phrase_nomem(out);
}

static const struct ddl_expr *json_removed(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *made = as_json(out, expr->args.items[0]);

	for (size_t i = 1; made && i < expr->args.count; i++) {
		const struct ddl_expr *keys = json_keys(r, expr->args.items[i]);

		if (!keys) {
			target_refuse(out, &expr->span, "this path of JSON has no counterpart");
			return NULL;
		}
		made = make_infix(&r->arena, made, "#-", keys);
	}
	return made ? made : phrase_nomem(out);
}

/* max(a, b) of values beside each other: null if one of them is. */
static const struct ddl_expr *extreme(struct printer *out, const struct ddl_expr *expr,
	const char *name)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *known = NULL, *made;

	for (size_t i = 0; i < expr->args.count; i++) {
		const struct ddl_expr *one = make_test(&r->arena, expr->args.items[i], true, "NULL");

		if (expr_inner(expr->args.items[i])->kind == EXPR_NUMBER
			|| expr_inner(expr->args.items[i])->kind == EXPR_STRING)
			continue;
		known = known ? make_infix(&r->arena, known, "AND", one) : one;
	}
	made = make_final(&r->arena, make_call_list(&r->arena, name, &expr->args));
	if (known)
		made = make_case(&r->arena, known, made, NULL);
	return made ? made : phrase_nomem(out);
}

/* SUM(a = b): truth counts as 1 and 0. */
static const struct ddl_expr *summed(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_expr *copy;

	if (expr->args.count != 1
		|| strcmp(expr_meaning(r, expr->args.items[0]), "boolean") != 0)
		return phrase_call(out, expr);
	copy = make_copy(&r->arena, expr);
	if (!copy)
		return phrase_nomem(out);
	copy->args.items[0] = cast_to(out, copy->args.items[0], "integer");
	return copy;
}

static const struct ddl_expr *with_window(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_expr *copy = make_copy(&r->arena, expr);
	struct ddl_call *call = copy ? arena_alloc(&r->arena, sizeof *call) : NULL;

	if (!call)
		return phrase_nomem(out);
	*call = *expr->call;
	call->over = inward_window(out, call->over);
	copy->call = call;
	return copy;
}

static const struct ddl_expr *of_time(struct printer *out, const struct ddl_expr *expr)
{
	bool loose = rewriting_of(out)->book->home->loose;

	if (loose && expr_calls(expr, "datetime"))
		return by_modifiers(out, expr, NULL);
	if (loose && expr_calls(expr, "date"))
		return by_modifiers(out, expr, "date");
	if (loose && expr_calls(expr, "time"))
		return by_modifiers(out, expr, "time");
	if (expr_calls(expr, "strftime") && expr->args.count > 0)
		return by_format(out, expr);
	if (expr_calls(expr, "date_format") && expr->args.count == 2)
		return formatted(out, expr, expr->args.items[0], expr->args.items[1], false);
	return phrase_call(out, expr);
}

/* VALUES(a) in ON DUPLICATE KEY UPDATE: excluded.a */
static const struct ddl_expr *new_value(struct printer *out, const struct ddl_expr *column)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_name excluded = { .last = made_ident(r, "excluded") };
	const struct ddl_expr *made = excluded.last
		? make_final(&r->arena, qualified_column(r, &excluded, column)) : NULL;

	return made ? made : phrase_nomem(out);
}

const struct ddl_expr *inward_call(struct printer *out, const struct ddl_expr *expr)
{
	bool loose = rewriting_of(out)->book->home->loose;
	size_t count = expr->args.count;

	if (expr->call->over && expr->call->over->parens) {
		expr = with_window(out, expr);
		if (!expr)
			return NULL;
	}
	if ((expr_calls(expr, "values") || expr_calls(expr, "value")) && count == 1
		&& expr_inner(expr->args.items[0])->kind == EXPR_COLUMN)
		return new_value(out, expr_inner(expr->args.items[0]));
	if ((expr_calls(expr, "if") || expr_calls(expr, "iif")) && count >= 2)
		return chosen(out, expr);
	if (expr_calls(expr, "concat") && !loose && count > 0)
		return concatenated(out, expr);
	if (expr_calls(expr, "group_concat"))
		return aggregated(out, expr);
	if ((expr_calls(expr, "json_extract") || expr_calls(expr, "json_value")) && count == 2)
		return inward_json(out, expr, loose || expr_calls(expr, "json_value"));
	if (expr_calls(expr, "json_unquote") && count == 1
		&& expr_calls(expr_inner(expr->args.items[0]), "json_extract"))
		return inward_json(out, expr_inner(expr->args.items[0]), true);
	if ((expr_calls(expr, "json_set") || expr_calls(expr, "json_replace")
		|| expr_calls(expr, "json_insert")) && count >= 3)
		return json_changed(out, expr);
	if (expr_calls(expr, "json_remove") && count >= 2)
		return json_removed(out, expr);
	if (expr_calls(expr, "greatest") || (loose && expr_calls(expr, "max") && count > 1))
		return extreme(out, expr, "greatest");
	if (expr_calls(expr, "least") || (loose && expr_calls(expr, "min") && count > 1))
		return extreme(out, expr, "least");
	if (expr_calls(expr, "sum") || expr_calls(expr, "avg"))
		return summed(out, expr);
	return of_time(out, expr);
}
