/* SPDX-License-Identifier: BSD-2-Clause */
#include "ddl/option.h"

#include "ddl/print.h"
#include "ddl/type.h"

static const struct option_form parameter_form = { "", OPTION_PARAMETER, SHAPE_VALUE, 0 };

static const struct option_form stored_forms[] = {
	{ "STORED", OPTION_STORED, SHAPE_NONE, 0 },
	{ "PERSISTENT", OPTION_STORED, SHAPE_NONE, 0 },
	{ "VIRTUAL", OPTION_VIRTUAL, SHAPE_NONE, 0 },
	{ NULL, 0, 0, 0 }
};

const struct option_form sequence_forms[] = {
	{ "AS", OPTION_AS_TYPE, SHAPE_TYPE, 0 },
	{ "INCREMENT BY", OPTION_INCREMENT, SHAPE_NUMBER, OPTION_EQUALS },
	{ "INCREMENT", OPTION_INCREMENT, SHAPE_NUMBER, OPTION_EQUALS },
	{ "MINVALUE", OPTION_MINVALUE, SHAPE_NUMBER, OPTION_EQUALS },
	{ "NO MINVALUE", OPTION_NO_MINVALUE, SHAPE_NONE, 0 },
	{ "NOMINVALUE", OPTION_NO_MINVALUE, SHAPE_NONE, 0 },
	{ "MAXVALUE", OPTION_MAXVALUE, SHAPE_NUMBER, OPTION_EQUALS },
	{ "NO MAXVALUE", OPTION_NO_MAXVALUE, SHAPE_NONE, 0 },
	{ "NOMAXVALUE", OPTION_NO_MAXVALUE, SHAPE_NONE, 0 },
	{ "START WITH", OPTION_START, SHAPE_NUMBER, OPTION_EQUALS },
	{ "START", OPTION_START, SHAPE_NUMBER, OPTION_EQUALS },
	{ "RESTART WITH", OPTION_RESTART, SHAPE_NUMBER, OPTION_EQUALS },
	{ "RESTART", OPTION_RESTART, SHAPE_NUMBER_MAYBE, OPTION_EQUALS },
	{ "NO CACHE", OPTION_OTHER, SHAPE_NONE, 0 },
	{ "NOCACHE", OPTION_OTHER, SHAPE_NONE, 0 },
	{ "CACHE", OPTION_CACHE, SHAPE_NUMBER, OPTION_EQUALS },
	{ "NO CYCLE", OPTION_NO_CYCLE, SHAPE_NONE, 0 },
	{ "NOCYCLE", OPTION_NO_CYCLE, SHAPE_NONE, 0 },
	{ "CYCLE", OPTION_CYCLE, SHAPE_NONE, 0 },
	{ "OWNED BY", OPTION_OWNED_BY, SHAPE_NAME, 0 },
	{ "SEQUENCE NAME", OPTION_SEQUENCE_NAME, SHAPE_NAME, 0 },
	{ NULL, 0, 0, 0 }
};

int option_expr(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	bool before = p->restricted;
	int failed;

	p->restricted = true;
	failed = expr_parse(p, out, err);
	p->restricted = before;
	return failed;
}

int option_group_expr(struct parser *p, struct ddl_expr **out, struct limbeck_error *err)
{
	bool before = p->restricted;
	int failed;

	if (parser_expect_kind(p, TOKEN_OPEN, err))
		return -1;
	p->restricted = false;
	failed = expr_parse(p, out, err);
	p->restricted = before;
	return failed ? -1 : parser_expect_kind(p, TOKEN_CLOSE, err);
}

void option_group_expr_print(struct printer *out, const struct ddl_expr *expr)
{
	printer_open(out);
	expr_print(out, expr);
	printer_close(out);
}

static bool at_number(struct parser *p)
{
	return parser_at_kind(p, TOKEN_NUMBER) || parser_at_operator(p, "-")
		|| parser_at_operator(p, "+");
}

static int parse_name(struct parser *p, struct ddl_option *option, struct limbeck_error *err)
{
	option->name = parser_alloc(p, sizeof *option->name, err);
	return option->name ? name_parse_string(p, option->name, err) : -1;
}

/* A number or string into expr, a word into idents. */
static int parse_value(struct parser *p, struct ddl_option *option, struct limbeck_error *err)
{
	if (at_number(p) || parser_at_kind(p, TOKEN_STRING))
		return option_expr(p, &option->expr, err);
	return ident_parse_new(p, &option->idents, err);
}

static int parse_parameter(struct parser *p, struct ddl_option *option, struct limbeck_error *err)
{
	option->kind = OPTION_PARAMETER;
	option->form = &parameter_form;
	option->span = parser_open_span(p);
	if (parse_name(p, option, err))
		return -1;
	option->equals = parser_accept_operator(p, "=");
	if (option->equals && parse_value(p, option, err))
		return -1;
	parser_close_span(p, &option->span);
	return 0;
}

int option_parameters_parse(struct parser *p, struct ddl_option **tail,
	struct limbeck_error *err)
{
	bool comma = false;

	if (parser_expect_kind(p, TOKEN_OPEN, err))
		return -1;
	do {
		*tail = parser_alloc(p, sizeof **tail, err);
		if (!*tail || parse_parameter(p, *tail, err))
			return -1;
		(*tail)->comma = comma;
		comma = true;
		tail = &(*tail)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

static int parse_string(struct parser *p, struct ddl_option *option, struct limbeck_error *err)
{
	if (!parser_at_kind(p, TOKEN_STRING))
		return parser_fail(p, "a string", err);
	return option_expr(p, &option->expr, err);
}

static int parse_number(struct parser *p, struct ddl_option *option, struct limbeck_error *err)
{
	if (!at_number(p))
		return parser_fail(p, "a number", err);
	return option_expr(p, &option->expr, err);
}

static int parse_sequence(struct parser *p, struct ddl_option *option, struct limbeck_error *err)
{
	if (!parser_accept_kind(p, TOKEN_OPEN))
		return 0;
	if (options_parse(p, sequence_forms, false, &option->options, err))
		return -1;
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

static int parse_names_group(struct parser *p, struct ddl_option *option,
	struct limbeck_error *err)
{
	if (parser_expect_kind(p, TOKEN_OPEN, err) || name_list_parse(p, &option->name, err))
		return -1;
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

static int parse_generated(struct parser *p, struct ddl_option *option, struct limbeck_error *err)
{
	if (option_group_expr(p, &option->expr, err))
		return -1;
	return options_parse(p, stored_forms, false, &option->options, err);
}

/* Up to a comma outside parentheses. */
static int parse_rest(struct parser *p, struct ddl_option *option, struct limbeck_error *err)
{
	struct ddl_span span = parser_open_span(p), group;

	while (!parser_at_kind(p, TOKEN_COMMA) && !parser_ended(p)) {
		if (parser_at_kind(p, TOKEN_OPEN)) {
			if (parser_group(p, &group, err))
				return -1;
		} else if (parser_at_kind(p, TOKEN_CLOSE) || parser_at_kind(p, TOKEN_BAD)) {
			return parser_fail(p, NULL, err);
		} else {
			parser_next(p);
		}
	}
	parser_close_span(p, &span);
	option->text = span;
	return 0;
}

/* RANGE (a), LINEAR KEY ALGORITHM = 2 (a) and the like, from behind BY on. */
static int parse_strategy(struct parser *p, struct limbeck_error *err)
{
	static const char *const strategies[] = { "LINEAR", "RANGE", "LIST", "HASH", "KEY",
		"COLUMNS", "SYSTEM_TIME", NULL };
	struct ddl_span group;

	if (!parser_at_any(p, strategies))
		return parser_fail(p, "a way of partitioning", err);
	while (parser_at_any(p, strategies))
		parser_next(p);
	if (parser_accept(p, "ALGORITHM") && (parser_expect_operator(p, "=", err)
		|| parser_expect_kind(p, TOKEN_NUMBER, err)))
		return -1;
	return parser_at_kind(p, TOKEN_OPEN) ? parser_group(p, &group, err) : 0;
}

static int parse_partition(struct parser *p, struct ddl_option *option, struct limbeck_error *err)
{
	struct ddl_span span = parser_open_span(p), group;

	if (parse_strategy(p, err))
		return -1;
	for (;;) {
		if (parser_accept(p, "PARTITIONS") || parser_accept(p, "SUBPARTITIONS")) {
			if (parser_expect_kind(p, TOKEN_NUMBER, err))
				return -1;
		} else if (parser_accept(p, "SUBPARTITION BY")) {
			if (parse_strategy(p, err))
				return -1;
		} else if (!parser_at_kind(p, TOKEN_OPEN)) {
			break;
		} else if (parser_group(p, &group, err)) {
			return -1;
		}
	}
	parser_close_span(p, &span);
	option->text = span;
	return 0;
}

static int parse_shape(struct parser *p, struct ddl_option *option, struct limbeck_error *err)
{
	switch ((enum option_shape)option->form->shape) {
	case SHAPE_NONE: return 0;
	case SHAPE_NAME: return parse_name(p, option, err);
	case SHAPE_NAMES: return name_list_parse(p, &option->name, err);
	case SHAPE_NAMES_GROUP: return parse_names_group(p, option, err);
	case SHAPE_IDENTS_MAYBE:
		if (!parser_at_kind(p, TOKEN_OPEN))
			return 0;
		/* fall through */
	case SHAPE_IDENTS: return ident_group_parse(p, &option->idents, err);
	case SHAPE_EXPR: return option_expr(p, &option->expr, err);
	case SHAPE_EXPR_GROUP: return option_group_expr(p, &option->expr, err);
	case SHAPE_CONDITION: return expr_parse(p, &option->expr, err);
	case SHAPE_STRING: return parse_string(p, option, err);
	case SHAPE_NUMBER_MAYBE:
		if (!option->equals && !at_number(p))
			return 0;
		/* fall through */
	case SHAPE_NUMBER: return parse_number(p, option, err);
	case SHAPE_VALUE: return parse_value(p, option, err);
	case SHAPE_TYPE: return type_parse(p, TYPE_OF_CAST, &option->type, err);
	case SHAPE_PARAMETERS: return option_parameters_parse(p, &option->options, err);
	case SHAPE_SEQUENCE: return parse_sequence(p, option, err);
	case SHAPE_GENERATED: return parse_generated(p, option, err);
	case SHAPE_GROUP_MAYBE:
		if (!parser_at_kind(p, TOKEN_OPEN))
			return 0;
		/* fall through */
	case SHAPE_GROUP: return parser_group(p, &option->text, err);
	case SHAPE_REST: return parse_rest(p, option, err);
	case SHAPE_PARTITION: return parse_partition(p, option, err);
	}
	return 0;
}

static bool accept_form(struct parser *p, const struct option_form *form)
{
	struct parser_cursor before = p->at;

	if (!parser_accept(p, form->words))
		return false;
	if (!(form->flags & OPTION_OPEN) || parser_at_kind(p, TOKEN_OPEN))
		return true;
	p->at = before;
	return false;
}

int option_parse(struct parser *p, const struct option_form *forms, struct ddl_option **out,
	struct limbeck_error *err)
{
	struct ddl_span span = parser_open_span(p);
	struct ddl_option *option;

	while (forms->words && !accept_form(p, forms))
		forms++;
	if (!forms->words)
		return 0;
	option = parser_alloc(p, sizeof *option, err);
	if (!option)
		return -1;
	option->form = forms;
	option->kind = forms->kind;
	option->span = span;
	if (forms->flags & OPTION_EQUALS)
		option->equals = parser_accept_operator(p, "=");
	if (parse_shape(p, option, err))
		return -1;
	parser_close_span(p, &option->span);
	*out = option;
	return 1;
}

int options_parse(struct parser *p, const struct option_form *forms, bool commas,
	struct ddl_option **out, struct limbeck_error *err)
{
	struct ddl_option **tail = out;
	int found;

	for (;;) {
		bool comma = commas && *out && parser_accept_kind(p, TOKEN_COMMA);

		found = option_parse(p, forms, tail, err);
		if (found == 0 && comma)
			return parser_fail(p, "an option", err);
		if (found != 1)
			return found;
		(*tail)->comma = comma;
		tail = &(*tail)->next;
	}
}

const struct ddl_option *option_of(const struct ddl_option *first, unsigned kind)
{
	while (first && first->kind != kind)
		first = first->next;
	return first;
}
