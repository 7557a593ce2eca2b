/* SPDX-License-Identifier: BSD-2-Clause */
/* Statements that are told by their first words, and perhaps a name. */
#include "ddl/ddl_int.h"

#include "base/error.h"

static const struct {
	const char *words;
	enum ddl_kind kind;
} statements[] = {
	{ "GRANT", DDL_RIGHTS }, { "REVOKE", DDL_RIGHTS }, { "REASSIGN OWNED", DDL_RIGHTS },
	{ "DROP OWNED", DDL_RIGHTS }, { "ALTER DEFAULT PRIVILEGES", DDL_RIGHTS },
	{ "RENAME USER", DDL_RIGHTS }, { "FLUSH", DDL_RIGHTS }, { "SET PASSWORD", DDL_RIGHTS },
	{ "SECURITY LABEL", DDL_RIGHTS },
	{ "SET", DDL_SETTING }, { "RESET", DDL_SETTING }, { "PRAGMA", DDL_SETTING },
	{ "USE", DDL_SETTING }, { "SHOW", DDL_SETTING }, { "DISCARD", DDL_SETTING },
	{ "ATTACH", DDL_SETTING }, { "DETACH", DDL_SETTING },
	{ "BEGIN", DDL_TRANSACTION }, { "START TRANSACTION", DDL_TRANSACTION },
	{ "COMMIT", DDL_TRANSACTION }, { "END", DDL_TRANSACTION }, { "ROLLBACK", DDL_TRANSACTION },
	{ "ABORT", DDL_TRANSACTION }, { "SAVEPOINT", DDL_TRANSACTION },
	{ "RELEASE", DDL_TRANSACTION }, { "PREPARE TRANSACTION", DDL_TRANSACTION },
	{ "LOCK", DDL_TRANSACTION }, { "UNLOCK", DDL_TRANSACTION },
	{ "ANALYZE", DDL_MAINTENANCE }, { "ANALYSE", DDL_MAINTENANCE },
	{ "VACUUM", DDL_MAINTENANCE }, { "REINDEX", DDL_MAINTENANCE },
	{ "CLUSTER", DDL_MAINTENANCE }, { "REFRESH MATERIALIZED VIEW", DDL_MAINTENANCE },
	{ "CHECKPOINT", DDL_MAINTENANCE }, { "OPTIMIZE", DDL_MAINTENANCE },
	{ "REPAIR", DDL_MAINTENANCE }, { "CHECK TABLE", DDL_MAINTENANCE },
	{ "EXPLAIN", DDL_MAINTENANCE }, { "LISTEN", DDL_MAINTENANCE },
	{ "UNLISTEN", DDL_MAINTENANCE }, { "NOTIFY", DDL_MAINTENANCE },
	{ "DO", DDL_ROUTINE }, { "CALL", DDL_ROUTINE }, { "EXECUTE", DDL_ROUTINE },
	{ "PREPARE", DDL_ROUTINE }, { "DEALLOCATE", DDL_ROUTINE }, { "DECLARE", DDL_ROUTINE },
	{ "COPY", DDL_OTHER }, { "LOAD DATA", DDL_OTHER }, { "LOAD", DDL_OTHER },
	{ "HANDLER", DDL_OTHER }, { "IMPORT FOREIGN SCHEMA", DDL_OTHER }, { "MERGE", DDL_OTHER },
	{ "COMMENT ON", DDL_OTHER }
};

/* Behind CREATE, ALTER or DROP. */
static const struct {
	const char *words;
	enum ddl_kind kind;
	const char *table;   /* the word before the table's name */
} objects[] = {
	{ "FUNCTION", DDL_ROUTINE, NULL }, { "PROCEDURE", DDL_ROUTINE, NULL },
	{ "ROUTINE", DDL_ROUTINE, NULL }, { "AGGREGATE FUNCTION", DDL_ROUTINE, NULL },
	{ "AGGREGATE", DDL_ROUTINE, NULL }, { "CONSTRAINT TRIGGER", DDL_ROUTINE, "ON" },
	{ "TEMPORARY TRIGGER", DDL_ROUTINE, "ON" }, { "TEMP TRIGGER", DDL_ROUTINE, "ON" },
	{ "TRIGGER", DDL_ROUTINE, "ON" }, { "EVENT TRIGGER", DDL_ROUTINE, NULL },
	{ "EVENT", DDL_ROUTINE, NULL }, { "RULE", DDL_ROUTINE, "TO" },
	{ "POLICY", DDL_ROUTINE, "ON" }, { "PACKAGE", DDL_ROUTINE, NULL },
	{ "ROLE", DDL_RIGHTS, NULL }, { "USER MAPPING", DDL_OTHER, NULL },
	{ "USER", DDL_RIGHTS, NULL }, { "GROUP", DDL_RIGHTS, NULL },
	{ "LANGUAGE", DDL_OTHER, NULL }, { "TRUSTED LANGUAGE", DDL_OTHER, NULL },
	{ "PROCEDURAL LANGUAGE", DDL_OTHER, NULL }, { "OPERATOR CLASS", DDL_OTHER, NULL },
	{ "OPERATOR FAMILY", DDL_OTHER, NULL }, { "OPERATOR", DDL_OTHER, NULL },
	{ "CAST", DDL_OTHER, NULL }, { "COLLATION", DDL_OTHER, NULL },
	{ "CONVERSION", DDL_OTHER, NULL }, { "DEFAULT CONVERSION", DDL_OTHER, NULL },
	{ "TEXT SEARCH CONFIGURATION", DDL_OTHER, NULL },
	{ "TEXT SEARCH DICTIONARY", DDL_OTHER, NULL },
	{ "TEXT SEARCH TEMPLATE", DDL_OTHER, NULL }, { "TEXT SEARCH PARSER", DDL_OTHER, NULL },
	{ "SERVER", DDL_OTHER, NULL }, { "FOREIGN DATA WRAPPER", DDL_OTHER, NULL },
	{ "PUBLICATION", DDL_OTHER, NULL }, { "SUBSCRIPTION", DDL_OTHER, NULL },
	{ "STATISTICS", DDL_OTHER, NULL }, { "TABLESPACE", DDL_OTHER, NULL },
	{ "UNDO TABLESPACE", DDL_OTHER, NULL }, { "LOGFILE GROUP", DDL_OTHER, NULL },
	{ "TRANSFORM", DDL_OTHER, NULL }, { "ACCESS METHOD", DDL_OTHER, NULL },
	{ "LARGE OBJECT", DDL_OTHER, NULL }, { "SYSTEM", DDL_SETTING, NULL },
	{ "INSTANCE", DDL_OTHER, NULL }, { "PROPERTY GRAPH", DDL_OTHER, NULL }
};

static const char *const verbs[] = { "CREATE", "ALTER", "DROP", NULL };

/* DEFINER = 'user'@'host', OR REPLACE: before the kind of what is made. */
static void skip_modifiers(struct parser *p)
{
	parser_accept(p, "OR REPLACE");
	if (!parser_accept(p, "DEFINER"))
		return;
	parser_accept_operator(p, "=");
	parser_next(p);
	if (parser_accept_operator(p, "@"))
		parser_next(p);
	else if (parser_accept_kind(p, TOKEN_OPEN))
		parser_accept_kind(p, TOKEN_CLOSE);
}

static int parse_name(struct parser *p, struct ddl_name **out, struct limbeck_error *err)
{
	if (!parser_accept(p, "IF NOT EXISTS"))
		parser_accept(p, "IF EXISTS");
	return name_at(p, 0) ? name_parse_new(p, out, err) : 0;
}

/* The name behind the first such word that is in no parentheses. */
static int find_table(struct parser *p, const char *word, struct ddl_name **out,
	struct limbeck_error *err)
{
	struct ddl_span group;

	while (!parser_ended(p) && !parser_at_kind(p, TOKEN_BAD)) {
		if (parser_at_kind(p, TOKEN_OPEN)) {
			if (parser_group(p, &group, err))
				return -1;
		} else if (parser_accept(p, word)) {
			parser_accept(p, "ONLY");
			return name_at(p, 0) ? name_parse_new(p, out, err) : 0;
		} else {
			parser_next(p);
		}
	}
	return 0;
}

static int finish(struct parser *p, struct ddl_statement *statement, enum ddl_kind kind,
	struct limbeck_error *err)
{
	statement->kind = kind;
	parser_rest(p);
	return parser_ended(p) ? 1 : parser_fail(p, NULL, err);
}

static int parse_object(struct parser *p, struct ddl_statement *statement, const char *verb,
	struct limbeck_error *err)
{
	size_t i = 0, count = sizeof objects / sizeof *objects;

	skip_modifiers(p);
	while (i < count && !parser_accept(p, objects[i].words))
		i++;
	if (i == count)
		return 0;
	statement->construct = arena_printf(p->arena, "%s %s", verb, objects[i].words);
	if (!statement->construct)
		return error_nomem(err);
	p->construct = statement->construct;
	if (parse_name(p, &statement->other->name, err))
		return -1;
	if (objects[i].table && find_table(p, objects[i].table, &statement->other->table, err))
		return -1;
	return finish(p, statement, objects[i].kind, err);
}

int other_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err)
{
	struct parser_cursor before = p->at;
	const char *verb;
	int found = 0;

	statement->other = parser_alloc(p, sizeof *statement->other, err);
	if (!statement->other)
		return -1;
	for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
		if (parser_accept(p, statements[i].words)) {
			p->construct = statement->construct = statements[i].words;
			return finish(p, statement, statements[i].kind, err);
		}
	verb = parser_accept_any(p, verbs);
	if (verb)
		found = parse_object(p, statement, verb, err);
	if (found == 0)
		p->at = before;
	return found;
}
