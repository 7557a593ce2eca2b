/* SPDX-License-Identifier: BSD-2-Clause */
/* Literals that begin with their type: DATE '...', INTERVAL 1 DAY, double precision '1'. */
#include "ddl/expr_int.h"

#include <string.h>

#include "base/error.h"
#include "base/strbuf.h"

static const char *const units[] = { "YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "WEEK",
	"QUARTER", "MICROSECOND", "SECOND_MICROSECOND", "MINUTE_MICROSECOND", "MINUTE_SECOND",
	"HOUR_MICROSECOND", "HOUR_SECOND", "HOUR_MINUTE", "DAY_MICROSECOND", "DAY_SECOND",
	"DAY_MINUTE", "DAY_HOUR", "YEAR_MONTH", NULL };

/* These may have arguments or further words before the string. */
static const char *const longer[] = { "DOUBLE", "CHARACTER", "CHAR", "NATIONAL", "NCHAR", "VARCHAR",
	"TIMESTAMP", "TIMESTAMPTZ", "TIME", "TIMETZ", "BIT", "NUMERIC", "DECIMAL", "DEC", "FLOAT",
	"INTERVAL", NULL };

static const char *const times[] = { "DATE", "TIME", "TIMESTAMP", NULL };

/* (n), and what else a unit has: into one text. */
static int unit(struct parser *p, const char **out, struct limbeck_error *err)
{
	struct ddl_span span = parser_open_span(p), group;

	*out = NULL;
	if (!parser_at_any(p, units))
		return 0;
	parser_next(p);
	if (parser_at_kind(p, TOKEN_OPEN) && parser_group(p, &group, err))
		return -1;
	if (parser_accept(p, "TO")) {
		parser_next(p);
		if (parser_at_kind(p, TOKEN_OPEN) && parser_group(p, &group, err))
			return -1;
	}
	parser_close_span(p, &span);
	*out = expr_upper(p, span.text, span.length, err);
	return *out ? 0 : -1;
}

/* INTERVAL (1, 2, 3) is a call, INTERVAL (1) DAY none. */
static bool interval_here(struct parser *p)
{
	struct parser_cursor saved = p->at;
	struct ddl_span group;
	bool here;

	switch (parser_peek(p, 1)->kind) {
	case TOKEN_OPEN:
		parser_next(p);
		here = parser_group(p, &group, NULL) == 0 && parser_at_any(p, units);
		p->at = saved;
		return here;
	case TOKEN_NUMBER:
	case TOKEN_STRING:
	case TOKEN_PARAMETER:
		return true;
	case TOKEN_OPERATOR:
		return strchr("-+@", parser_peek(p, 1)->text[0]) && !p->operators->other;
	case TOKEN_WORD:
	case TOKEN_IDENTIFIER:
		return !p->operators->other && !alias_reserved(parser_peek(p, 1));
	default:
		return false;
	}
}

static int interval(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	const struct ddl_expr *operand;
	struct ddl_expr *string;
	bool literal;

	if (expr_new(p, EXPR_INTERVAL, out, err))
		return -1;
	parser_next(p);
	literal = expr_at_string(p);
	if (literal ? expr_string(p, &string, err) : expr_parse_free(p, &operand, err))
		return -1;
	if (expr_add(p, *out, literal ? string : operand, err) || unit(p, &(*out)->word, err))
		return -1;
	if (!(*out)->word && !literal)
		return parser_fail(p, "a unit", err);
	return expr_end(p, *out, err);
}

static int typed(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	struct ddl_expr *string;

	if (expr_new(p, EXPR_TYPED, out, err)
		|| type_parse(p, TYPE_OF_CAST, &(*out)->type, err))
		return -1;
	if (!parser_at_kind(p, TOKEN_STRING))
		return parser_fail(p, "a string", err);
	return expr_string(p, &string, err) || expr_add(p, *out, string, err)
		|| expr_end(p, *out, err) ? -1 : 0;
}

/* Whether a type of several tokens begins here, with a string behind it. */
static bool type_before_string(struct parser *p)
{
	struct parser_cursor saved = p->at;
	struct ddl_type *type;
	bool here;

	here = type_parse(p, TYPE_OF_CAST, &type, NULL) == 0 && parser_at_kind(p, TOKEN_STRING);
	p->at = saved;
	return here;
}

int expr_typed(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	/* Elsewhere a string behind a name is an alias. */
	bool any = p->lexis->flags & LIMBECK_LEX_E_STRINGS;
	enum token_kind next = parser_peek(p, 1)->kind;

	if (expr_reserved(parser_peek(p, 0)))
		return 0;
	if (parser_at(p, "INTERVAL") && interval_here(p)
		&& !(next == TOKEN_OPEN && p->operators->other))
		return interval(p, out, err);
	if (next == TOKEN_STRING)
		return any || parser_at_any(p, times) ? typed(p, out, err) : 0;
	if (!any)
		return 0;
	if (parser_at_any(p, longer) ? type_before_string(p)
		: parser_peek(p, 1)->text[0] == '.' && parser_peek(p, 3)->kind == TOKEN_STRING)
		return typed(p, out, err);
	return 0;
}
