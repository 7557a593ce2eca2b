/* SPDX-License-Identifier: BSD-2-Clause */
/* CREATE VIEW and CREATE MATERIALIZED VIEW */
#include "ddl/ddl_int.h"

static const struct option_form before_forms[] = {
	{ "ALGORITHM", OPTION_OTHER, SHAPE_VALUE, OPTION_EQUALS },
	{ "SQL SECURITY DEFINER", OPTION_OTHER, SHAPE_NONE, 0 },
	{ "SQL SECURITY INVOKER", OPTION_OTHER, SHAPE_NONE, 0 },
	{ NULL, 0, 0, 0 }
};

static const struct option_form definer_form = { "DEFINER", OPTION_OWNER, SHAPE_GROUP,
	OPTION_EQUALS };

static const struct option_form view_forms[] = {
	{ "WITH", OPTION_PARAMETERS, SHAPE_PARAMETERS, OPTION_OPEN },
	{ "USING", OPTION_USING, SHAPE_NAME, 0 },
	{ "TABLESPACE", OPTION_TABLESPACE, SHAPE_NAME, 0 },
	{ NULL, 0, 0, 0 }
};

static const struct option_form after_forms[] = {
	{ "WITH CHECK OPTION", OPTION_CHECK_OPTION, SHAPE_NONE, 0 },
	{ "WITH CASCADED CHECK OPTION", OPTION_CHECK_OPTION, SHAPE_NONE, 0 },
	{ "WITH LOCAL CHECK OPTION", OPTION_CHECK_OPTION, SHAPE_NONE, 0 },
	{ "WITH DATA", OPTION_WITH_DATA, SHAPE_NONE, 0 },
	{ "WITH NO DATA", OPTION_NO_DATA, SHAPE_NONE, 0 },
	{ NULL, 0, 0, 0 }
};

/* 'user'@'host', user, CURRENT_USER() */
static int parse_user(struct parser *p, struct ddl_span *out, struct limbeck_error *err)
{
	struct ddl_span span = parser_open_span(p);

	if (!name_at(p, 0) && !parser_at_kind(p, TOKEN_STRING))
		return parser_fail(p, "a user", err);
	parser_next(p);
	if (parser_accept_operator(p, "@"))
		parser_next(p);
	else if (parser_accept_kind(p, TOKEN_OPEN) && parser_expect_kind(p, TOKEN_CLOSE, err))
		return -1;
	parser_close_span(p, &span);
	*out = span;
	return 0;
}

static int parse_definer(struct parser *p, struct ddl_option **out, struct limbeck_error *err)
{
	struct ddl_option *option = parser_alloc(p, sizeof *option, err);

	if (!option)
		return -1;
	option->span = parser_open_span(p);
	option->form = &definer_form;
	option->kind = OPTION_OWNER;
	parser_next(p);
	option->equals = parser_accept_operator(p, "=");
	if (parse_user(p, &option->text, err))
		return -1;
	parser_close_span(p, &option->span);
	*out = option;
	return 1;
}

static int parse_before(struct parser *p, struct ddl_view *view, struct limbeck_error *err)
{
	struct ddl_option **tail = &view->before;
	int found;

	do {
		found = parser_at(p, "DEFINER") ? parse_definer(p, tail, err)
						: option_parse(p, before_forms, tail, err);
		if (found == 1)
			tail = &(*tail)->next;
	} while (found == 1);
	return found;
}

static int parse_body(struct parser *p, struct ddl_view *view, struct limbeck_error *err)
{
	if (parser_at_kind(p, TOKEN_OPEN) && ident_group_parse(p, &view->columns, err))
		return -1;
	if (options_parse(p, view_forms, false, &view->options, err)
		|| parser_expect(p, "AS", err) || ddl_query_parse(p, &view->query, err))
		return -1;
	return options_parse(p, after_forms, false, &view->after, err);
}

int view_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err)
{
	static const char *const kinds[] = { "TEMPORARY RECURSIVE", "TEMP RECURSIVE", "TEMPORARY",
		"TEMP", "RECURSIVE", "MATERIALIZED", NULL };
	struct ddl_view *view = parser_alloc(p, sizeof *view, err);

	if (!view)
		return -1;
	statement->kind = DDL_CREATE_VIEW;
	statement->view = view;
	view->or_replace = parser_accept(p, "OR REPLACE");
	if (parse_before(p, view, err))
		return -1;
	view->words = parser_accept_any(p, kinds);
	if (!view->words)
		view->words = "";
	view->materialized = view->words[0] == 'M';
	if (parser_expect(p, "VIEW", err))
		return -1;
	view->if_not_exists = parser_accept(p, "IF NOT EXISTS");
	return name_parse(p, &view->name, err) ? -1 : parse_body(p, view, err);
}
