/* SPDX-License-Identifier: BSD-2-Clause */
/* Which statement it is. */
#include "ddl/ddl_int.h"

typedef int parse_fn(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err);

struct opening {
	const char *words;
	const char *construct;
	parse_fn *parse;
	bool (*at)(struct parser *p); /* whether what follows is known too; NULL: it need not be */
};

/* Behind CREATE and what may stand before these words. */
static const struct opening created[] = {
	{ "TABLE", "CREATE TABLE", table_parse, NULL },
	{ "INDEX", "CREATE INDEX", index_parse, NULL },
	{ "MATERIALIZED VIEW", "CREATE MATERIALIZED VIEW", view_parse, NULL },
	{ "VIEW", "CREATE VIEW", view_parse, NULL },
	{ "TYPE", "CREATE TYPE", create_parse, NULL },
	{ "DOMAIN", "CREATE DOMAIN", create_parse, NULL },
	{ "SEQUENCE", "CREATE SEQUENCE", create_parse, NULL },
	{ "SCHEMA", "CREATE SCHEMA", create_parse, NULL },
	{ "DATABASE", "CREATE DATABASE", create_parse, NULL },
	{ "EXTENSION", "CREATE EXTENSION", create_parse, NULL },
	{ NULL, NULL, NULL, NULL }
};

static const struct opening others[] = {
	{ "ALTER", "ALTER", alter_parse, alter_at },
	{ "DROP", "DROP", drop_parse, object_at },
	{ "TRUNCATE", "TRUNCATE", truncate_parse, NULL },
	{ "RENAME TABLE", "RENAME TABLE", rename_parse, NULL },
	{ "COMMENT ON", "COMMENT ON", comment_parse, object_at },
	{ NULL, NULL, NULL, NULL }
};

/* Passes what may stand between CREATE and the kind of what is made. */
static void skip_modifiers(struct parser *p)
{
	static const char *const words[] = { "OR REPLACE", "GLOBAL", "LOCAL", "TEMPORARY", "TEMP",
		"UNLOGGED", "FOREIGN TABLE", "VIRTUAL", "UNIQUE", "FULLTEXT", "SPATIAL", "RECURSIVE",
		"SQL SECURITY DEFINER", "SQL SECURITY INVOKER", NULL };
	static const char *const valued[] = { "ALGORITHM", "DEFINER", NULL };

	for (;;) {
		if (parser_at(p, "FOREIGN TABLE")) {
			parser_accept(p, "FOREIGN");
			return;
		}
		if (parser_accept_any(p, valued)) {
			parser_accept_operator(p, "=");
			parser_next(p);
			if (parser_accept_operator(p, "@"))
				parser_next(p);
			else if (parser_accept_kind(p, TOKEN_OPEN))
				parser_next(p);
		} else if (!parser_accept_any(p, words)) {
			return;
		}
	}
}

static const struct opening *find(struct parser *p, const struct opening *opening)
{
	while (opening->words && !parser_at(p, opening->words))
		opening++;
	return opening->words ? opening : NULL;
}

/* Passes CREATE, and what stands before a name in the others, where they are understood
 * as trees; else NULL, and nothing is passed. */
static const struct opening *find_opening(struct parser *p)
{
	struct parser_cursor before = p->at, created_from;
	const struct opening *opening = find(p, others);

	if (opening) {
		parser_accept(p, opening->words);
		if (!opening->at || opening->at(p))
			return opening;
	} else if (parser_accept(p, "CREATE")) {
		created_from = p->at;
		skip_modifiers(p);
		opening = find(p, created);
		p->at = created_from;
		if (opening)
			return opening;
	}
	p->at = before;
	return NULL;
}

static int parse_statement(struct parser *p, struct ddl_statement *statement,
	struct limbeck_error *err)
{
	const struct opening *opening;
	int found;

	if (dml_at(p)) {
		statement->kind = DDL_DATA;
		p->construct = statement->construct = "the statement";
		return dml_parse(p, &statement->data, err);
	}
	opening = find_opening(p);
	if (opening) {
		p->construct = statement->construct = opening->construct;
		return opening->parse(p, statement, err);
	}
	found = other_parse(p, statement, err);
	if (found == 0)
		return parser_fail(p, "a statement", err);
	return found == 1 ? 0 : -1;
}

int ddl_parse(struct arena *arena, const struct limbeck_lexis *lexis, const char *dialect,
	const char *text, size_t length, const struct ddl_place *place,
	struct ddl_statement **out, struct limbeck_error *err)
{
	struct ddl_statement *statement;
	struct parser p;

	if (parser_init(&p, arena, lexis, dialect, text, length, place, err))
		return -1;
	statement = parser_alloc(&p, sizeof *statement, err);
	if (!statement)
		return -1;
	/* All of the text, since it may begin inside an executable comment. */
	statement->span = (struct ddl_span) { .text = p.text, .length = length,
		.line = p.at.scanner.line, .column = p.at.scanner.column };
	if (parse_statement(&p, statement, err))
		return -1;
	if (!parser_ended(&p))
		return parser_fail(&p, NULL, err);
	*out = statement;
	return 0;
}

void ddl_print(struct strbuf *text, const struct ddl_statement *statement)
{
	struct printer out = PRINTER_INIT(text);

	switch (statement->kind) {
	case DDL_CREATE_TABLE: table_print(&out, statement->table); break;
	case DDL_CREATE_INDEX:
		printer_word(&out, "CREATE");
		index_print(&out, statement->index);
		break;
	case DDL_CREATE_VIEW: view_print(&out, statement->view); break;
	case DDL_CREATE_TYPE:
	case DDL_CREATE_DOMAIN:
	case DDL_CREATE_SEQUENCE:
	case DDL_CREATE_SCHEMA:
	case DDL_CREATE_EXTENSION: create_print(&out, statement->create); break;
	case DDL_ALTER: alter_print(&out, statement->alter); break;
	case DDL_DROP:
	case DDL_TRUNCATE:
		drop_print(&out, statement->drop, statement->kind == DDL_TRUNCATE);
		break;
	case DDL_RENAME: rename_print(&out, statement->rename); break;
	case DDL_COMMENT: comment_print(&out, statement->comment); break;
	case DDL_DATA: dml_print(&out, statement->data); break;
	case DDL_ROUTINE:
	case DDL_RIGHTS:
	case DDL_SETTING:
	case DDL_TRANSACTION:
	case DDL_MAINTENANCE:
	case DDL_OTHER: printer_span(&out, &statement->span); break;
	}
}
