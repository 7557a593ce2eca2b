/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sums of times and intervals. What is added is said to the phrases unit by unit, months
 * before days before seconds, as PostgreSQL adds them:
 *
 *     limbeck.add_months(time, n, 'n months')  limbeck.add_days(time, n, 'n days')
 *     limbeck.add_seconds(time, n, 'n seconds')  limbeck.add_fraction(...), if n is no integer
 *     limbeck.date_days(date, n, 'n days')  limbeck.days_between(date, date)
 */
#include "translate/phrase_rules.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct span {
	double months, days, seconds;
	const struct ddl_expr *times;   /* all of it so many times; NULL: once */
};

static const struct { const char *unit; double months, days, seconds; } units[] = {
	{ "microsecond", 0, 0, 1e-6 }, { "millisecond", 0, 0, 1e-3 }, { "second", 0, 0, 1 },
	{ "sec", 0, 0, 1 }, { "s", 0, 0, 1 }, { "minute", 0, 0, 60 }, { "min", 0, 0, 60 },
	{ "m", 0, 0, 60 }, { "hour", 0, 0, 3600 }, { "hr", 0, 0, 3600 }, { "h", 0, 0, 3600 },
	{ "day", 0, 1, 0 }, { "d", 0, 1, 0 }, { "week", 0, 7, 0 }, { "w", 0, 7, 0 },
	{ "month", 1, 0, 0 }, { "mon", 1, 0, 0 }, { "year", 12, 0, 0 }, { "yr", 12, 0, 0 },
	{ "y", 12, 0, 0 }, { "decade", 120, 0, 0 }, { "century", 1200, 0, 0 }
};

static bool add_unit(struct span *span, double value, const char *word, size_t length)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		size_t own = strlen(units[i].unit);

		if ((length != own && !(length == own + 1 && own > 1 && tolower((unsigned char)
			word[own]) == 's')) || strncasecmp(units[i].unit, word, own) != 0)
			continue;
		span->months += value * units[i].months;
		span->days += value * units[i].days;
		span->seconds += value * units[i].seconds;
		return true;
	}
	return false;
}

/* 01:02:03, behind the hours that were read already. */
static bool add_clock(struct span *span, double hours, bool minus, const char **at)
{
	char *end;
	double minutes = strtod(*at + 1, &end), seconds = 0;

	if (end == *at + 1)
		return false;
	if (*end == ':')
		seconds = strtod(end + 1, &end);
	*at = end;
	span->seconds += hours * 3600 + (minus ? -1 : 1) * (minutes * 60 + seconds);
	return true;
}

/* "1 year 2 days 03:04:05 ago"; unit: that of a number without one, or NULL. */
static bool read_span(const char *text, const char *unit, struct span *span)
{
	const char *at = text + strspn(text, " @");

	*span = (struct span) { 0, 0, 0, NULL };
	if (!*at)
		return false;
	for (; *at; at += strspn(at, " ,")) {
		bool minus = *at == '-';
		char *end;
		double value;
		size_t length;

		if (strcasecmp(at, "ago") == 0) {
			span->months = -span->months;
			span->days = -span->days;
			span->seconds = -span->seconds;
			return true;
		}
		if (!isdigit((unsigned char)at[*at == '-' || *at == '+']) && *at != '.')
			return false;
		value = strtod(at, &end);
		at = end;
		if (*at == ':') {
			if (!add_clock(span, value, minus, &at))
				return false;
			continue;
		}
		at += strspn(at, " ");
		for (length = 0; isalpha((unsigned char)at[length]); )
			length++;
		if (length > 0 ? !add_unit(span, value, at, length)
			: !add_unit(span, value, unit ? unit : "second", strlen(unit ? unit : "second")))
			return false;
		at += length;
	}
	return true;
}

static bool literal_span(struct arena *arena, const struct ddl_expr *string, const char *unit,
	struct span *span)
{
	const char *text;

	if (string->kind == EXPR_NUMBER)
		return read_span(string->word, unit, span);
	if (string->kind != EXPR_STRING)
		return false;
	text = arena_strndup(arena, string->string->value, string->string->length);
	return text && read_span(text, unit, span);
}

/* (n || ' days')::interval */
static bool built_span(struct arena *arena, const struct ddl_expr *sum, struct span *span)
{
	const struct ddl_expr *last;
	struct ddl_string padded;
	struct ddl_expr unit;
	char *text;

	if (sum->kind != EXPR_INFIX || strcmp(sum->word, "||") != 0 || sum->args.count != 2)
		return false;
	last = expr_inner(sum->args.items[1]);
	if (last->kind != EXPR_STRING || !(text = arena_printf(arena, "1%.*s",
		(int)last->string->length, last->string->value)))
		return false;
	padded = *last->string;
	padded.value = text;
	padded.length++;
	unit = *last;
	unit.string = &padded;
	if (!literal_span(arena, &unit, NULL, span))
		return false;
	span->times = sum->args.items[0];
	return true;
}

static bool is_interval_type(const struct ddl_expr *expr)
{
	return expr->type && strcmp(expr->type->simple, "interval") == 0;
}

static bool span_of(struct rewriting *r, const struct ddl_expr *expr, struct span *span);

static bool multiplied(struct rewriting *r, const struct ddl_expr *expr, struct span *span)
{
	const struct ddl_expr *left = expr_inner(expr->args.items[0]);
	const struct ddl_expr *right = expr_inner(expr->args.items[1]);

	if (strcmp(expr->word, "*") != 0 || expr->args.count != 2)
		return false;
	if (span_of(r, left, span) && !span->times) {
		span->times = right;
		return true;
	}
	if (!span_of(r, right, span) || span->times)
		return false;
	span->times = left;
	return true;
}

/* make_interval(days => n) */
static bool made_span(const struct ddl_expr *expr, struct span *span)
{
	const struct ddl_ident *name = expr->args.count == 1 && expr->call->parts
		? expr->call->parts[0].name : NULL;

	*span = (struct span) { 0, 0, 0, NULL };
	if (!name || !add_unit(span, 1, name->name, strlen(name->name)))
		return false;
	span->times = expr->args.items[0];
	return true;
}

static bool span_of(struct rewriting *r, const struct ddl_expr *expr, struct span *span)
{
	const struct ddl_expr *operand;

	expr = expr_inner(expr);
	switch (expr->kind) {
	case EXPR_INTERVAL:
		return literal_span(&r->arena, expr_inner(expr->args.items[0]), expr->word, span);
	case EXPR_TYPED:
	case EXPR_CAST:
		operand = expr_inner(expr->args.items[0]);
		return is_interval_type(expr) && (literal_span(&r->arena, operand, NULL, span)
			|| built_span(&r->arena, operand, span));
	case EXPR_INFIX: return multiplied(r, expr, span);
	case EXPR_CALL: return expr_calls(expr, "make_interval") && made_span(expr, span);
	case EXPR_PREFIX:
		if (strcmp(expr->word, "-") != 0 || !span_of(r, expr->args.items[0], span)
			|| span->times)
			return false;
		span->months = -span->months;
		span->days = -span->days;
		span->seconds = -span->seconds;
		return true;
	default: return false;
	}
}

static const struct ddl_expr *amount(struct rewriting *r, double value,
	const struct ddl_expr *times)
{
	const char *text = arena_printf(&r->arena, "%.6f", value < 0 ? -value : value);
	const struct ddl_expr *number;
	char *end;

	if (!text)
		return NULL;
	end = strchr(text, '.') + 7;
	while (end[-1] == '0')
		end--;
	text = arena_strndup(&r->arena, text, (size_t)(end - text) - (end[-1] == '.'));
	if (text && value < 0)
		text = arena_printf(&r->arena, "-%s", text);
	number = text ? make_number(&r->arena, text) : NULL;
	if (!number || !times)
		return number;
	if (strcmp(text, "1") == 0)
		return times;
	return make_infix(&r->arena, make_parens(&r->arena, times), "*", number);
}

/* n || ' days', as one string where n is known. */
static const struct ddl_expr *with_unit(struct rewriting *r, const struct ddl_expr *number,
	const char *unit)
{
	const char *text;

	if (!number || number->kind != EXPR_NUMBER)
		return make_infix(&r->arena, number, "||", make_string(&r->arena, unit,
			strlen(unit)));
	text = arena_printf(&r->arena, "%s%s%s", number->word[0] == '-' ? "" : "+", number->word,
		unit);
	return text ? make_string(&r->arena, text, strlen(text)) : NULL;
}

static const struct ddl_expr *added(struct rewriting *r, const char *word, const char *unit,
	const struct ddl_expr *time, double value, const struct ddl_expr *times)
{
	const struct ddl_expr *args[3] = { time, NULL, NULL };

	if (!(value < 0 || value > 0))
		return time;
	args[1] = amount(r, value, times);
	args[2] = with_unit(r, args[1], unit);
	return own_call(&r->arena, word, 3, args);
}

/* Whole units alone: what is left of a month or a day is days and hours at home. */
static bool whole(double value)
{
	return value > -1e9 && value < 1e9 && value - (double)(long)value == 0;
}

static const struct ddl_expr *add_span(struct printer *out, const struct ddl_expr *time,
	struct span span, bool minus)
{
	struct rewriting *r = rewriting_of(out);
	double sign = minus ? -1 : 1;

	if (!whole(span.months) || !whole(span.days) || (span.months == 0 && span.days == 0
		&& span.seconds == 0))
		return NULL;
	if (strcmp(expr_meaning(r, time), "date") == 0)
		time = cast_to(out, time, "timestamp");
	time = added(r, "add_months", " months", time, sign * span.months, span.times);
	time = added(r, "add_days", " days", time, sign * span.days, span.times);
	return added(r, whole(span.seconds) ? "add_seconds" : "add_fraction",
		" seconds", time, sign * span.seconds, span.times);
}

static const struct ddl_expr *of_dates(struct printer *out, const struct ddl_expr *left,
	const struct ddl_expr *right, bool minus)
{
	struct rewriting *r = rewriting_of(out);
	const char *a = expr_meaning(r, left), *b = expr_meaning(r, right);
	const struct ddl_expr *args[3] = { left, right, NULL };
	bool behind = strcmp(a, "date") == 0 && meaning_is(b, "integer");

	if (!behind && !minus && strcmp(b, "date") == 0 && meaning_is(a, "integer")) {
		args[0] = right;
		args[1] = left;
		behind = true;
	}
	if (behind) {
		if (minus)
			args[1] = right->kind == EXPR_NUMBER ? make_number(&r->arena,
				arena_printf(&r->arena, "-%s", right->word))
				: make_prefix(&r->arena, "-", make_parens(&r->arena, right));
		args[2] = with_unit(r, args[1], " days");
		return own_call(&r->arena, "date_days", 3, args);
	}
	if (minus && strcmp(a, "date") == 0 && strcmp(b, "date") == 0)
		return own_call(&r->arena, "days_between", 2, args);
	return NULL;
}

static const struct ddl_expr *of_two(struct printer *out, const struct ddl_expr *left,
	const struct ddl_expr *right, bool minus)
{
	struct rewriting *r = rewriting_of(out);
	struct span span;

	if (span_of(r, right, &span) && !meaning_is(expr_meaning(r, left), "interval"))
		return add_span(out, left, span, minus);
	if (!minus && span_of(r, left, &span) && !meaning_is(expr_meaning(r, right), "interval"))
		return add_span(out, right, span, false);
	return of_dates(out, left, right, minus);
}

static bool is_time(const char *meaning)
{
	return meaning_is(meaning, "moment") || strcmp(meaning, "date") == 0
		|| strcmp(meaning, "time") == 0 || strcmp(meaning, "interval") == 0;
}

const struct ddl_expr *rule_sum(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *left = expr->args.items[0], *made;
	const struct ddl_expr *right = expr->args.items[expr->args.count - 1];
	struct ddl_expr *copy;

	if (expr->args.count > 2) {
		copy = make_copy(&r->arena, expr);
		if (!copy)
			return phrase_nomem(out);
		copy->args.count--;
		left = copy;
	}
	made = of_two(out, left, right, strcmp(expr->word, "-") == 0);
	if (made)
		return phrase_again(out, made);
	if (out->target->failed)
		return NULL;
	made = phrase_apply(out, expr);
	if (made == expr && (is_time(expr_meaning(r, left)) || is_time(expr_meaning(r, right)))) {
		target_refuse(out, &expr->span, "this sum of times and intervals has no counterpart");
		return NULL;
	}
	return made;
}
