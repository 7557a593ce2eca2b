/* SPDX-License-Identifier: BSD-2-Clause */
/* DROP, TRUNCATE, RENAME TABLE, COMMENT ON */
#include "ddl/ddl_int.h"

static const struct {
	const char *words;
	enum ddl_object object;
} objects[] = {
	{ "TABLE", DDL_TABLE }, { "TABLES", DDL_TABLE }, { "TEMPORARY TABLE", DDL_TABLE },
	{ "FOREIGN TABLE", DDL_FOREIGN_TABLE }, { "VIEW", DDL_VIEW },
	{ "MATERIALIZED VIEW", DDL_MATERIALIZED_VIEW }, { "INDEX", DDL_INDEX },
	{ "SEQUENCE", DDL_SEQUENCE }, { "TYPE", DDL_TYPE }, { "DOMAIN", DDL_DOMAIN },
	{ "SCHEMA", DDL_SCHEMA }, { "DATABASE", DDL_DATABASE }, { "EXTENSION", DDL_EXTENSION },
	{ "COLUMN", DDL_COLUMN }, { "CONSTRAINT", DDL_CONSTRAINT }, { "FUNCTION", DDL_FUNCTION },
	{ "PROCEDURE", DDL_PROCEDURE }, { "ROUTINE", DDL_ROUTINE_OBJECT },
	{ "AGGREGATE", DDL_AGGREGATE }, { "TRIGGER", DDL_TRIGGER }, { "RULE", DDL_RULE },
	{ "POLICY", DDL_POLICY }, { "EVENT TRIGGER", DDL_OTHER_OBJECT }, { "EVENT", DDL_EVENT },
	{ "ROLE", DDL_ROLE }, { "USER", DDL_ROLE }, { "GROUP", DDL_ROLE },
	{ "COLLATION", DDL_OTHER_OBJECT }, { "CONVERSION", DDL_OTHER_OBJECT },
	{ "SERVER", DDL_OTHER_OBJECT }, { "FOREIGN DATA WRAPPER", DDL_OTHER_OBJECT },
	{ "LANGUAGE", DDL_OTHER_OBJECT }, { "PROCEDURAL LANGUAGE", DDL_OTHER_OBJECT },
	{ "PUBLICATION", DDL_OTHER_OBJECT }, { "SUBSCRIPTION", DDL_OTHER_OBJECT },
	{ "STATISTICS", DDL_OTHER_OBJECT }, { "TABLESPACE", DDL_OTHER_OBJECT },
	{ "ACCESS METHOD", DDL_OTHER_OBJECT }, { "TEXT SEARCH CONFIGURATION", DDL_OTHER_OBJECT },
	{ "TEXT SEARCH DICTIONARY", DDL_OTHER_OBJECT }
};

static const struct option_form drop_forms[] = {
	{ "CASCADE", OPTION_CASCADE, SHAPE_NONE, 0 },
	{ "RESTRICT", OPTION_RESTRICT, SHAPE_NONE, 0 },
	{ "RESTART IDENTITY", OPTION_RESTART, SHAPE_NONE, 0 },
	{ "CONTINUE IDENTITY", OPTION_OTHER, SHAPE_NONE, 0 },
	{ "ALGORITHM", OPTION_OTHER, SHAPE_VALUE, OPTION_EQUALS },
	{ "LOCK", OPTION_OTHER, SHAPE_VALUE, OPTION_EQUALS },
	{ "WITH", OPTION_OTHER, SHAPE_GROUP, OPTION_OPEN },
	{ NULL, 0, 0, 0 }
};

const char *object_parse(struct parser *p, enum ddl_object *out)
{
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
		if (parser_accept(p, objects[i].words)) {
			*out = objects[i].object;
			return objects[i].words;
		}
	return NULL;
}

bool object_at(struct parser *p)
{
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
		if (parser_at(p, objects[i].words))
			return true;
	return false;
}

static int parse_target(struct parser *p, struct ddl_target *target, struct limbeck_error *err)
{
	if (name_parse_string(p, &target->name, err))
		return -1;
	target->star = parser_accept_operator(p, "*");
	if (parser_at_operator(p, "@")) { /* 'user'@'host' */
		target->arguments = parser_open_span(p);
		parser_next(p);
		parser_next(p);
		parser_close_span(p, &target->arguments);
		return 0;
	}
	return parser_at_kind(p, TOKEN_OPEN) ? parser_group(p, &target->arguments, err) : 0;
}

static int parse_targets(struct parser *p, struct ddl_target **tail, struct limbeck_error *err)
{
	do {
		*tail = parser_alloc(p, sizeof **tail, err);
		if (!*tail || parse_target(p, *tail, err))
			return -1;
		tail = &(*tail)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return 0;
}

int drop_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err)
{
	struct ddl_drop *drop = parser_alloc(p, sizeof *drop, err);

	if (!drop)
		return -1;
	statement->kind = DDL_DROP;
	statement->drop = drop;
	drop->words = object_parse(p, &drop->object);
	if (!drop->words)
		return parser_fail(p, "the kind of what is dropped", err);
	drop->concurrently = parser_accept(p, "CONCURRENTLY");
	drop->if_exists = parser_accept(p, "IF EXISTS");
	if (parse_targets(p, &drop->targets, err))
		return -1;
	if (parser_accept(p, "ON") && name_parse_new(p, &drop->table, err))
		return -1;
	return options_parse(p, drop_forms, false, &drop->options, err);
}

int truncate_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err)
{
	struct ddl_drop *drop = parser_alloc(p, sizeof *drop, err);

	if (!drop)
		return -1;
	statement->kind = DDL_TRUNCATE;
	statement->drop = drop;
	drop->object = DDL_TABLE;
	drop->words = parser_accept(p, "TABLE") ? "TABLE" : "";
	drop->only = parser_accept(p, "ONLY");
	if (parse_targets(p, &drop->targets, err))
		return -1;
	return options_parse(p, drop_forms, false, &drop->options, err);
}

int rename_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err)
{
	struct ddl_rename **tail = &statement->rename;

	statement->kind = DDL_RENAME;
	do {
		*tail = parser_alloc(p, sizeof **tail, err);
		if (!*tail || name_parse(p, &(*tail)->from, err) || parser_expect(p, "TO", err)
			|| name_parse(p, &(*tail)->to, err))
			return -1;
		tail = &(*tail)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return 0;
}

int comment_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err)
{
	struct ddl_comment *comment = parser_alloc(p, sizeof *comment, err);

	if (!comment)
		return -1;
	statement->kind = DDL_COMMENT;
	statement->comment = comment;
	comment->words = object_parse(p, &comment->object);
	if (!comment->words)
		return parser_fail(p, "the kind of what the comment is about", err);
	if (parse_target(p, &comment->target, err))
		return -1;
	if (parser_accept(p, "ON")) {
		comment->on_domain = parser_accept(p, "DOMAIN");
		if (name_parse_new(p, &comment->table, err))
			return -1;
	}
	if (parser_expect(p, "IS", err))
		return -1;
	if (!parser_at(p, "NULL") && !parser_at_kind(p, TOKEN_STRING))
		return parser_fail(p, "a string or NULL", err);
	return option_expr(p, &comment->text, err);
}
