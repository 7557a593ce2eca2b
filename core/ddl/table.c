/* SPDX-License-Identifier: BSD-2-Clause */
/* CREATE TABLE */
#include "ddl/ddl_int.h"

static const struct option_form like_forms[] = {
	{ "INCLUDING", OPTION_INCLUDING, SHAPE_NAME, 0 },
	{ "EXCLUDING", OPTION_EXCLUDING, SHAPE_NAME, 0 },
	{ NULL, 0, 0, 0 }
};

static const struct option_form data_forms[] = {
	{ "WITH DATA", OPTION_WITH_DATA, SHAPE_NONE, 0 },
	{ "WITH NO DATA", OPTION_NO_DATA, SHAPE_NONE, 0 },
	{ NULL, 0, 0, 0 }
};

static int parse_like(struct parser *p, struct ddl_like **out, struct limbeck_error *err)
{
	struct ddl_like *like = parser_alloc(p, sizeof *like, err);

	if (!like || parser_expect(p, "LIKE", err) || name_parse(p, &like->table, err))
		return -1;
	*out = like;
	return options_parse(p, like_forms, false, &like->options, err);
}

static int parse_element(struct parser *p, struct ddl_element *element,
	struct limbeck_error *err)
{
	int failed;

	element->span = parser_open_span(p);
	if (constraint_at(p))
		failed = constraint_parse(p, &element->constraint, err);
	else if (index_at_key(p))
		failed = index_parse_key(p, &element->index, err);
	else if (parser_at(p, "LIKE"))
		failed = parse_like(p, &element->like, err);
	else
		failed = column_parse(p, &element->column, err);
	parser_close_span(p, &element->span);
	return failed;
}

int elements_parse(struct parser *p, struct ddl_element **out, struct limbeck_error *err)
{
	if (parser_expect_kind(p, TOKEN_OPEN, err))
		return -1;
	if (parser_accept_kind(p, TOKEN_CLOSE)) /* PostgreSQL has tables without columns */
		return 0;
	do {
		*out = parser_alloc(p, sizeof **out, err);
		if (!*out || parse_element(p, *out, err))
			return -1;
		out = &(*out)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

int bound_parse(struct parser *p, struct ddl_span *out, struct limbeck_error *err)
{
	static const char *const words[] = { "FROM", "TO", "IN", "WITH", NULL };
	struct ddl_span span = parser_open_span(p), group;

	if (!parser_accept(p, "DEFAULT")) {
		if (parser_expect(p, "FOR VALUES", err))
			return -1;
		while (parser_accept_any(p, words))
			if (parser_group(p, &group, err))
				return -1;
	}
	parser_close_span(p, &span);
	*out = span;
	return 0;
}

/* (SELECT ...) */
static bool at_query(struct parser *p)
{
	struct parser_cursor before = p->at;
	bool found;

	while (parser_accept_kind(p, TOKEN_OPEN))
		;
	found = parser_at(p, "SELECT") || parser_at(p, "WITH");
	p->at = before;
	return found;
}

/* What stands between the table's name and its options. */
static int parse_shape(struct parser *p, struct ddl_table *table, struct limbeck_error *err)
{
	if (parser_at(p, "LIKE"))
		return parse_like(p, &table->like, err);
	if (parser_accept(p, "PARTITION OF")) {
		if (name_parse_new(p, &table->partition_of, err))
			return -1;
	} else if (parser_accept(p, "OF") && name_parse_new(p, &table->of, err)) {
		return -1;
	}
	if (parser_at_kind(p, TOKEN_OPEN) && !at_query(p)) {
		table->parentheses = true;
		if (elements_parse(p, &table->elements, err))
			return -1;
	}
	return table->partition_of ? bound_parse(p, &table->bound, err) : 0;
}

static int parse_query(struct parser *p, struct ddl_table *table, struct limbeck_error *err)
{
	static const char *const words[] = { "IGNORE AS", "REPLACE AS", "AS", "IGNORE", "REPLACE",
		NULL };

	table->as = parser_accept_any(p, words);
	if (!table->as) {
		if (!dml_at(p))
			return 0;
		table->as = "";
	}
	if (parser_at(p, "EXECUTE"))
		table->execute = parser_rest(p);
	else if (ddl_query_parse(p, &table->query, err))
		return -1;
	return options_parse(p, data_forms, false, &table->data, err);
}

/* From behind the name on. */
static int parse_definition(struct parser *p, struct ddl_table *table, struct limbeck_error *err)
{
	if (table->virtual) {
		if (!parser_at(p, "USING"))
			return parser_fail(p, "USING", err);
		table->module = parser_rest(p);
		return 0;
	}
	if (parse_shape(p, table, err) || options_parse(p, table_forms, true, &table->options, err))
		return -1;
	if (parse_query(p, table, err))
		return -1;
	if (!table->parentheses && !table->like && !table->of && !table->partition_of
		&& !table->as)
		return parser_fail(p, "(", err);
	return 0;
}

int table_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err)
{
	static const char *const kinds[] = { "GLOBAL TEMPORARY", "LOCAL TEMPORARY", "GLOBAL TEMP",
		"LOCAL TEMP", "TEMPORARY", "TEMP", "UNLOGGED", "FOREIGN", "VIRTUAL", NULL };
	struct ddl_table *table = parser_alloc(p, sizeof *table, err);

	if (!table)
		return -1;
	statement->kind = DDL_CREATE_TABLE;
	statement->table = table;
	table->or_replace = parser_accept(p, "OR REPLACE");
	table->words = parser_accept_any(p, kinds);
	if (!table->words)
		table->words = "";
	table->virtual = table->words[0] == 'V';
	table->temporary = table->words[0] && !table->virtual && table->words[0] != 'U'
		&& table->words[0] != 'F';
	if (parser_expect(p, "TABLE", err))
		return -1;
	table->if_not_exists = parser_accept(p, "IF NOT EXISTS");
	if (name_parse(p, &table->name, err))
		return -1;
	return parse_definition(p, table, err);
}
