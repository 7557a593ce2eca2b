/* SPDX-License-Identifier: BSD-2-Clause */
/* CREATE TYPE, DOMAIN, SEQUENCE, SCHEMA, DATABASE, EXTENSION */
#include "ddl/ddl_int.h"

static const struct option_form extension_forms[] = {
	{ "SCHEMA", OPTION_SCHEMA, SHAPE_NAME, 0 },
	{ "VERSION", OPTION_VERSION, SHAPE_VALUE, 0 },
	{ "FROM", OPTION_OTHER, SHAPE_VALUE, 0 },
	{ "CASCADE", OPTION_CASCADE, SHAPE_NONE, 0 },
	{ NULL, 0, 0, 0 }
};

/* MySQL's schemas have what its databases have. */
const struct option_form database_forms[] = {
	{ "DEFAULT CHARACTER SET", OPTION_CHARSET, SHAPE_NAME, OPTION_EQUALS },
	{ "DEFAULT CHARSET", OPTION_CHARSET, SHAPE_NAME, OPTION_EQUALS },
	{ "CHARACTER SET", OPTION_CHARSET, SHAPE_NAME, OPTION_EQUALS },
	{ "CHARSET", OPTION_CHARSET, SHAPE_NAME, OPTION_EQUALS },
	{ "DEFAULT COLLATE", OPTION_COLLATE, SHAPE_NAME, OPTION_EQUALS },
	{ "COLLATE", OPTION_COLLATE, SHAPE_NAME, OPTION_EQUALS },
	{ "COMMENT", OPTION_COMMENT, SHAPE_STRING, OPTION_EQUALS },
	{ "DEFAULT ENCRYPTION", OPTION_OTHER, SHAPE_VALUE, OPTION_EQUALS },
	{ "ENCRYPTION", OPTION_OTHER, SHAPE_VALUE, OPTION_EQUALS },
	{ "AUTHORIZATION", OPTION_OWNER, SHAPE_NAME, 0 },
	{ "OWNER", OPTION_OWNER, SHAPE_NAME, OPTION_EQUALS },
	{ "TEMPLATE", OPTION_OTHER, SHAPE_VALUE, OPTION_EQUALS },
	{ "ENCODING", OPTION_OTHER, SHAPE_VALUE, OPTION_EQUALS },
	{ "LOCALE", OPTION_OTHER, SHAPE_VALUE, OPTION_EQUALS },
	{ "LC_COLLATE", OPTION_OTHER, SHAPE_VALUE, OPTION_EQUALS },
	{ "LC_CTYPE", OPTION_OTHER, SHAPE_VALUE, OPTION_EQUALS },
	{ "TABLESPACE", OPTION_TABLESPACE, SHAPE_NAME, OPTION_EQUALS },
	{ "CONNECTION LIMIT", OPTION_OTHER, SHAPE_NUMBER, OPTION_EQUALS },
	{ NULL, 0, 0, 0 }
};

int label_parse(struct parser *p, struct ddl_label **out, struct limbeck_error *err)
{
	if (!parser_at_kind(p, TOKEN_STRING))
		return parser_fail(p, "a string", err);
	*out = parser_alloc(p, sizeof **out, err);
	return *out ? option_expr(p, &(*out)->value, err) : -1;
}

static int parse_labels(struct parser *p, struct ddl_create *create, struct limbeck_error *err)
{
	struct ddl_label **tail = &create->labels;

	create->is_enum = true;
	if (parser_expect_kind(p, TOKEN_OPEN, err))
		return -1;
	if (parser_accept_kind(p, TOKEN_CLOSE))
		return 0;
	do {
		if (label_parse(p, tail, err))
			return -1;
		tail = &(*tail)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

static int parse_type(struct parser *p, struct ddl_create *create, struct limbeck_error *err)
{
	if (parser_accept(p, "AS ENUM"))
		return parse_labels(p, create, err);
	if (!parser_at(p, "AS") && !parser_at_kind(p, TOKEN_OPEN) && !parser_ended(p))
		return parser_fail(p, "AS", err);
	create->body = parser_rest(p);
	return 0;
}

static int parse_domain(struct parser *p, struct ddl_create *create, struct limbeck_error *err)
{
	create->as = parser_accept(p, "AS");
	return type_parse(p, TYPE_OF_COLUMN, &create->type, err) ? -1
		: clauses_parse(p, &create->clauses, err);
}

static int parse_rest(struct parser *p, struct ddl_create *create, struct limbeck_error *err)
{
	switch (create->object) {
	case DDL_TYPE: return parse_type(p, create, err);
	case DDL_DOMAIN: return parse_domain(p, create, err);
	case DDL_SEQUENCE:
		return options_parse(p, sequence_forms, false, &create->options, err);
	case DDL_EXTENSION:
		create->with = parser_accept(p, "WITH");
		return options_parse(p, extension_forms, false, &create->options, err);
	case DDL_SCHEMA:
		if (options_parse(p, database_forms, false, &create->options, err))
			return -1;
		if (!parser_ended(p)) /* the objects in it */
			create->body = parser_rest(p);
		return 0;
	default:
		create->with = parser_accept(p, "WITH");
		return options_parse(p, database_forms, false, &create->options, err);
	}
}

static const struct {
	const char *words;
	enum ddl_kind kind;
	enum ddl_object object;
} kinds[] = {
	{ "TYPE", DDL_CREATE_TYPE, DDL_TYPE },
	{ "DOMAIN", DDL_CREATE_DOMAIN, DDL_DOMAIN },
	{ "SEQUENCE", DDL_CREATE_SEQUENCE, DDL_SEQUENCE },
	{ "TEMPORARY SEQUENCE", DDL_CREATE_SEQUENCE, DDL_SEQUENCE },
	{ "TEMP SEQUENCE", DDL_CREATE_SEQUENCE, DDL_SEQUENCE },
	{ "UNLOGGED SEQUENCE", DDL_CREATE_SEQUENCE, DDL_SEQUENCE },
	{ "SCHEMA", DDL_CREATE_SCHEMA, DDL_SCHEMA },
	{ "DATABASE", DDL_CREATE_SCHEMA, DDL_DATABASE },
	{ "EXTENSION", DDL_CREATE_EXTENSION, DDL_EXTENSION }
};

int create_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err)
{
	struct ddl_create *create = parser_alloc(p, sizeof *create, err);
	size_t i = 0, count = sizeof kinds / sizeof *kinds;

	if (!create)
		return -1;
	statement->create = create;
	create->or_replace = parser_accept(p, "OR REPLACE");
	while (i < count && !parser_accept(p, kinds[i].words))
		i++;
	if (i == count)
		return parser_fail(p, NULL, err);
	create->words = kinds[i].words;
	create->object = kinds[i].object;
	statement->kind = kinds[i].kind;
	create->if_not_exists = parser_accept(p, "IF NOT EXISTS");
	if (!parser_at(p, "AUTHORIZATION") && name_parse_new(p, &create->name, err))
		return -1;
	return parse_rest(p, create, err);
}
