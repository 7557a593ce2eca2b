/* SPDX-License-Identifier: BSD-2-Clause */
/* Indexes, the keys that MySQL has inside tables, and the elements of both. */
#include "ddl/ddl_int.h"

static const struct option_form part_forms[] = {
	{ "ASC", OPTION_ASC, SHAPE_NONE, 0 },
	{ "DESC", OPTION_DESC, SHAPE_NONE, 0 },
	{ "NULLS FIRST", OPTION_NULLS_FIRST, SHAPE_NONE, 0 },
	{ "NULLS LAST", OPTION_NULLS_LAST, SHAPE_NONE, 0 },
	{ "AUTOINCREMENT", OPTION_AUTO_INCREMENT, SHAPE_NONE, 0 },
	{ "WITHOUT OVERLAPS", OPTION_OTHER, SHAPE_NONE, 0 },
	{ NULL, 0, 0, 0 }
};

static const struct option_form index_forms[] = {
	{ "INCLUDE", OPTION_INCLUDE, SHAPE_IDENTS, 0 },
	{ "NULLS NOT DISTINCT", OPTION_NULLS_NOT_DISTINCT, SHAPE_NONE, 0 },
	{ "NULLS DISTINCT", OPTION_OTHER, SHAPE_NONE, 0 },
	{ "WITH PARSER", OPTION_PARSER, SHAPE_NAME, 0 },
	{ "WITH", OPTION_PARAMETERS, SHAPE_PARAMETERS, OPTION_OPEN },
	{ "TABLESPACE", OPTION_TABLESPACE, SHAPE_NAME, 0 },
	{ "WHERE", OPTION_WHERE, SHAPE_CONDITION, 0 },
	{ "USING", OPTION_USING, SHAPE_NAME, 0 },
	{ "COMMENT", OPTION_COMMENT, SHAPE_STRING, 0 },
	{ "KEY_BLOCK_SIZE", OPTION_OTHER, SHAPE_NUMBER, OPTION_EQUALS },
	{ "INVISIBLE", OPTION_INVISIBLE, SHAPE_NONE, 0 },
	{ "VISIBLE", OPTION_OTHER, SHAPE_NONE, 0 },
	{ "NOT IGNORED", OPTION_OTHER, SHAPE_NONE, 0 },
	{ "IGNORED", OPTION_INVISIBLE, SHAPE_NONE, 0 },
	{ "ALGORITHM", OPTION_OTHER, SHAPE_VALUE, OPTION_EQUALS },
	{ "LOCK", OPTION_OTHER, SHAPE_VALUE, OPTION_EQUALS },
	{ NULL, 0, 0, 0 }
};

static const struct option_form using_forms[] = {
	{ "USING", OPTION_USING, SHAPE_NAME, 0 },
	{ NULL, 0, 0, 0 }
};

/* A name that is not the beginning of an expression. */
static bool at_column(struct parser *p)
{
	static const char *const operators[] = { "IS", "IN", "NOT", "AND", "OR", "LIKE", "GLOB",
		"BETWEEN", "REGEXP", NULL };
	const struct token *next = parser_peek(p, 1);

	if (!name_at(p, 0) || parser_at(p, "CASE"))
		return false;
	for (size_t i = 0; operators[i]; i++)
		if (token_is(next, operators[i]))
			return false;
	return next->kind == TOKEN_COMMA || next->kind == TOKEN_CLOSE || next->kind == TOKEN_WORD
		|| next->kind == TOKEN_IDENTIFIER;
}

/* column(10) */
static bool at_prefix(struct parser *p)
{
	return name_at(p, 0) && parser_peek(p, 1)->kind == TOKEN_OPEN
		&& parser_peek(p, 2)->kind == TOKEN_NUMBER && parser_peek(p, 3)->kind == TOKEN_CLOSE;
}

static int parse_subject(struct parser *p, struct ddl_part *part, struct limbeck_error *err)
{
	if (at_prefix(p)) {
		if (ident_parse_new(p, &part->column, err))
			return -1;
		parser_next(p);
		part->prefix = parser_take(p);
		parser_next(p);
		return 0;
	}
	return at_column(p) ? ident_parse_new(p, &part->column, err)
			    : option_expr(p, &part->expr, err);
}

static int parse_opclass(struct parser *p, struct ddl_part *part, struct limbeck_error *err)
{
	static const char *const others[] = { "ASC", "DESC", "NULLS", "WITH", "WITHOUT",
		"AUTOINCREMENT", NULL };

	if (!name_at(p, 0) || parser_at_any(p, others))
		return 0;
	if (name_parse_new(p, &part->opclass, err))
		return -1;
	if (!parser_at_kind(p, TOKEN_OPEN))
		return 0;
	return option_parameters_parse(p, &part->opclass_options, err);
}

/* = && -|- OPERATOR(schema.=) */
static int parse_operator(struct parser *p, struct ddl_part *part, struct limbeck_error *err)
{
	struct ddl_span span = parser_open_span(p), group;

	if (parser_accept(p, "OPERATOR")) {
		if (parser_group(p, &group, err))
			return -1;
	} else {
		if (!parser_at_kind(p, TOKEN_OPERATOR))
			return parser_fail(p, "an operator", err);
		while (parser_at_kind(p, TOKEN_OPERATOR))
			parser_next(p);
	}
	parser_close_span(p, &span);
	part->operator = span;
	return 0;
}

static int parse_part(struct parser *p, bool exclusion, struct ddl_part *part,
	struct limbeck_error *err)
{
	part->span = parser_open_span(p);
	part->period = parser_at(p, "PERIOD") && name_at(p, 1) && parser_accept(p, "PERIOD");
	if (parse_subject(p, part, err))
		return -1;
	if (parser_accept(p, "COLLATE")) {
		part->collation = parser_alloc(p, sizeof *part->collation, err);
		if (!part->collation || name_parse_string(p, part->collation, err))
			return -1;
	}
	if (parse_opclass(p, part, err) || options_parse(p, part_forms, false, &part->options, err))
		return -1;
	if (exclusion && (parser_expect(p, "WITH", err) || parse_operator(p, part, err)))
		return -1;
	parser_close_span(p, &part->span);
	return 0;
}

int parts_parse(struct parser *p, bool exclusion, struct ddl_part **out,
	struct limbeck_error *err)
{
	if (parser_expect_kind(p, TOKEN_OPEN, err))
		return -1;
	do {
		*out = parser_alloc(p, sizeof **out, err);
		if (!*out || parse_part(p, exclusion, *out, err))
			return -1;
		out = &(*out)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

static const char *const key_words[] = { "FULLTEXT KEY", "FULLTEXT INDEX", "FULLTEXT",
	"SPATIAL KEY", "SPATIAL INDEX", "SPATIAL", "KEY", "INDEX", NULL };

/* Whether the group that begins here holds what an index has, not a type's arguments. */
static bool at_parts(struct parser *p)
{
	unsigned depth = 0;

	do {
		const struct token *token = parser_peek(p, 0);

		if (token->kind == TOKEN_OPEN)
			depth++;
		else if (token->kind == TOKEN_CLOSE)
			depth--;
		else if (depth == 1 && (token->kind == TOKEN_NUMBER || token->kind == TOKEN_STRING))
			return false;
		else if (token->kind == TOKEN_END || token->kind == TOKEN_BAD)
			return false;
		parser_next(p);
	} while (depth > 0);
	return true;
}

/* Not a column that has the word for its name: KEY name (column), but key text. */
bool index_at_key(struct parser *p)
{
	struct parser_cursor before = p->at;
	bool found = parser_accept_any(p, key_words) != NULL;

	if (found && !parser_at_kind(p, TOKEN_OPEN) && !parser_at(p, "USING")) {
		parser_accept(p, "IF NOT EXISTS");
		found = name_at(p, 0);
		parser_next(p);
	}
	if (found && parser_accept(p, "USING"))
		parser_next(p);
	found = found && parser_at_kind(p, TOKEN_OPEN) && at_parts(p);
	p->at = before;
	return found;
}

int index_parse_key(struct parser *p, struct ddl_index **out, struct limbeck_error *err)
{
	struct ddl_index *index = parser_alloc(p, sizeof *index, err);

	if (!index)
		return -1;
	index->span = parser_open_span(p);
	index->words = parser_accept_any(p, key_words);
	if (!index->words)
		return parser_fail(p, "KEY", err);
	index->if_not_exists = parser_accept(p, "IF NOT EXISTS");
	if (name_at(p, 0) && !parser_at(p, "USING") && name_parse_new(p, &index->name, err))
		return -1;
	if (options_parse(p, using_forms, false, &index->before, err)
		|| parts_parse(p, false, &index->parts, err)
		|| options_parse(p, index_forms, false, &index->options, err))
		return -1;
	parser_close_span(p, &index->span);
	*out = index;
	return 0;
}

static int parse_target(struct parser *p, struct ddl_index *index, struct limbeck_error *err)
{
	if (parser_expect(p, "ON", err))
		return -1;
	index->only = parser_accept(p, "ONLY");
	if (name_parse_new(p, &index->table, err)
		|| options_parse(p, using_forms, false, &index->before, err)
		|| parts_parse(p, false, &index->parts, err))
		return -1;
	return options_parse(p, index_forms, false, &index->options, err);
}

int index_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err)
{
	static const char *const kinds[] = { "UNIQUE", "FULLTEXT", "SPATIAL", NULL };
	struct ddl_index *index = parser_alloc(p, sizeof *index, err);

	if (!index)
		return -1;
	statement->kind = DDL_CREATE_INDEX;
	statement->index = index;
	index->span = statement->span;
	index->or_replace = parser_accept(p, "OR REPLACE");
	index->words = parser_accept_any(p, kinds);
	if (!index->words)
		index->words = "";
	index->unique = index->words[0] == 'U';
	if (parser_expect(p, "INDEX", err))
		return -1;
	index->concurrently = parser_accept(p, "CONCURRENTLY");
	index->if_not_exists = parser_accept(p, "IF NOT EXISTS");
	if (!parser_at(p, "ON") && name_parse_new(p, &index->name, err))
		return -1;
	return options_parse(p, using_forms, false, &index->early, err)
		? -1 : parse_target(p, index, err);
}
