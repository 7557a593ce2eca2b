/* SPDX-License-Identifier: BSD-2-Clause */
/* ALTER of tables and of all else that has actions; several in one statement. */
#include "ddl/ddl_int.h"

#include "base/error.h"

/* Actions that are a few words and a value, whatever they alter. */
static const struct option_form action_forms[] = {
	{ "OWNER TO", ACTION_OWNER, SHAPE_NAME, 0 },
	{ "OWNER", ACTION_OWNER, SHAPE_NAME, 0 },
	{ "SET SCHEMA", ACTION_SET_SCHEMA, SHAPE_NAME, 0 },
	{ "VALIDATE CONSTRAINT", ACTION_VALIDATE, SHAPE_NAME, 0 },
	{ "ENABLE ROW LEVEL SECURITY", ACTION_ROW_SECURITY, SHAPE_NONE, 0 },
	{ "DISABLE ROW LEVEL SECURITY", ACTION_ROW_SECURITY, SHAPE_NONE, 0 },
	{ "FORCE ROW LEVEL SECURITY", ACTION_ROW_SECURITY, SHAPE_NONE, 0 },
	{ "NO FORCE ROW LEVEL SECURITY", ACTION_ROW_SECURITY, SHAPE_NONE, 0 },
	{ "ENABLE TRIGGER", ACTION_TRIGGERS, SHAPE_NAME, 0 },
	{ "ENABLE REPLICA TRIGGER", ACTION_TRIGGERS, SHAPE_NAME, 0 },
	{ "ENABLE ALWAYS TRIGGER", ACTION_TRIGGERS, SHAPE_NAME, 0 },
	{ "DISABLE TRIGGER", ACTION_TRIGGERS, SHAPE_NAME, 0 },
	{ "ENABLE RULE", ACTION_TRIGGERS, SHAPE_NAME, 0 },
	{ "ENABLE REPLICA RULE", ACTION_TRIGGERS, SHAPE_NAME, 0 },
	{ "ENABLE ALWAYS RULE", ACTION_TRIGGERS, SHAPE_NAME, 0 },
	{ "DISABLE RULE", ACTION_TRIGGERS, SHAPE_NAME, 0 },
	{ "ENABLE KEYS", ACTION_TRIGGERS, SHAPE_NONE, 0 },
	{ "DISABLE KEYS", ACTION_TRIGGERS, SHAPE_NONE, 0 },
	{ "CLUSTER ON", ACTION_STORAGE, SHAPE_NAME, 0 },
	{ "SET WITHOUT CLUSTER", ACTION_STORAGE, SHAPE_NONE, 0 },
	{ "SET WITHOUT OIDS", ACTION_STORAGE, SHAPE_NONE, 0 },
	{ "SET WITH OIDS", ACTION_STORAGE, SHAPE_NONE, 0 },
	{ "SET TABLESPACE", ACTION_STORAGE, SHAPE_NAME, 0 },
	{ "SET ACCESS METHOD", ACTION_STORAGE, SHAPE_NAME, 0 },
	{ "SET LOGGED", ACTION_STORAGE, SHAPE_NONE, 0 },
	{ "SET UNLOGGED", ACTION_STORAGE, SHAPE_NONE, 0 },
	{ "SET", ACTION_STORAGE, SHAPE_PARAMETERS, OPTION_OPEN },
	{ "RESET", ACTION_STORAGE, SHAPE_PARAMETERS, OPTION_OPEN },
	{ "REPLICA IDENTITY USING INDEX", ACTION_STORAGE, SHAPE_NAME, 0 },
	{ "REPLICA IDENTITY", ACTION_STORAGE, SHAPE_VALUE, 0 },
	{ "DISCARD TABLESPACE", ACTION_STORAGE, SHAPE_NONE, 0 },
	{ "IMPORT TABLESPACE", ACTION_STORAGE, SHAPE_NONE, 0 },
	{ "OPTIONS", ACTION_STORAGE, SHAPE_GROUP, 0 },
	{ "INHERIT", ACTION_INHERIT, SHAPE_NAME, 0 },
	{ "NO INHERIT", ACTION_INHERIT, SHAPE_NAME, 0 },
	{ "NOT OF", ACTION_INHERIT, SHAPE_NONE, 0 },
	{ "OF", ACTION_INHERIT, SHAPE_NAME, 0 },
	{ "CONVERT TO CHARACTER SET", ACTION_CONVERT, SHAPE_NAME, 0 },
	{ "CONVERT TO CHARSET", ACTION_CONVERT, SHAPE_NAME, 0 },
	{ "ATTACH PARTITION", ACTION_ATTACH, SHAPE_REST, 0 },
	{ "DETACH PARTITION", ACTION_DETACH, SHAPE_REST, 0 },
	{ "DROP PARTITION", ACTION_PARTITION, SHAPE_REST, 0 },
	{ "TRUNCATE PARTITION", ACTION_PARTITION, SHAPE_REST, 0 },
	{ "COALESCE PARTITION", ACTION_PARTITION, SHAPE_REST, 0 },
	{ "REORGANIZE PARTITION", ACTION_PARTITION, SHAPE_REST, 0 },
	{ "EXCHANGE PARTITION", ACTION_PARTITION, SHAPE_REST, 0 },
	{ "REBUILD PARTITION", ACTION_PARTITION, SHAPE_REST, 0 },
	{ "ANALYZE PARTITION", ACTION_PARTITION, SHAPE_REST, 0 },
	{ "REMOVE PARTITIONING", ACTION_PARTITION, SHAPE_NONE, 0 },
	{ "PARTITION BY", ACTION_PARTITION, SHAPE_PARTITION, 0 },
	{ "ALGORITHM", ACTION_HOW, SHAPE_VALUE, OPTION_EQUALS },
	{ "LOCK", ACTION_HOW, SHAPE_VALUE, OPTION_EQUALS },
	{ "FORCE", ACTION_HOW, SHAPE_NONE, 0 },
	{ "ORDER BY", ACTION_HOW, SHAPE_REST, 0 },
	{ "WITH VALIDATION", ACTION_HOW, SHAPE_NONE, 0 },
	{ "WITHOUT VALIDATION", ACTION_HOW, SHAPE_NONE, 0 },
	{ "NOWAIT", ACTION_HOW, SHAPE_NONE, 0 },
	{ "UPDATE TO", ACTION_VERSION, SHAPE_VALUE, 0 },
	{ "UPDATE", ACTION_VERSION, SHAPE_NONE, 0 },
	{ "DEPENDS ON EXTENSION", ACTION_STORAGE, SHAPE_NAME, 0 },
	{ NULL, 0, 0, 0 }
};

static const struct option_form none[] = { { NULL, 0, 0, 0 } };

/* What else, by what is altered, is an option of that object. */
static const struct option_form *object_forms(enum ddl_object object)
{
	switch (object) {
	case DDL_TABLE: return table_forms;
	case DDL_FOREIGN_TABLE: return table_forms;
	case DDL_SEQUENCE: return sequence_forms;
	case DDL_SCHEMA: return database_forms;
	case DDL_DATABASE: return database_forms;
	default: return none;
	}
}

static int parse_option(struct alteration *a, struct limbeck_error *err)
{
	struct ddl_action *action = a->action;
	int found = option_parse(a->p, action_forms, &action->option, err);

	if (found == 1) {
		action->kind = (enum ddl_action_kind)action->option->kind;
		action->option->kind = OPTION_OTHER;
		if (action->kind == ACTION_CONVERT && parser_accept(a->p, "COLLATE"))
			return name_parse_new(a->p, &action->target, err);
		return 0;
	}
	if (found == 0)
		found = option_parse(a->p, object_forms(a->object), &action->option, err);
	if (found == 0)
		return parser_fail(a->p, "an action", err);
	if (a->object == DDL_SEQUENCE)
		action->kind = ACTION_SEQUENCE;
	return found == 1 ? 0 : -1;
}

static int parse_query(struct alteration *a, struct limbeck_error *err)
{
	a->action->kind = ACTION_QUERY;
	a->action->words = "AS";
	parser_next(a->p);
	return ddl_query_parse(a->p, &a->action->query, err);
}

/* SET DEFAULT x, SET NOT NULL of a domain. */
static int parse_domain(struct alteration *a, struct limbeck_error *err)
{
	static const char *const words[] = { "SET DEFAULT", "DROP DEFAULT", "SET NOT NULL",
		"DROP NOT NULL", NULL };
	struct ddl_action *action = a->action;

	action->words = parser_accept_any(a->p, words);
	for (unsigned i = 0; words[i]; i++)
		if (words[i] == action->words)
			action->kind = (enum ddl_action_kind)(ACTION_SET_DEFAULT + i);
	return action->kind == ACTION_SET_DEFAULT ? option_expr(a->p, &action->expr, err) : 0;
}

static bool at_domain(struct alteration *a)
{
	static const char *const words[] = { "SET DEFAULT", "DROP DEFAULT", "SET NOT NULL",
		"DROP NOT NULL", NULL };

	return a->object == DDL_DOMAIN && parser_at_any(a->p, words);
}

static int dispatch(struct alteration *a, struct limbeck_error *err)
{
	struct parser *p = a->p;

	if (at_domain(a))
		return parse_domain(a, err);
	if (parser_at(p, "DROP PARTITION") && name_at(p, 2))
		return parse_option(a, err);
	if (parser_at(p, "ADD"))
		return alter_add(a, err);
	if (parser_at(p, "DROP"))
		return alter_drop(a, err);
	if (parser_at(p, "ALTER"))
		return alter_column(a, err);
	if (parser_at(p, "MODIFY") || parser_at(p, "CHANGE"))
		return alter_modify(a, err);
	if (parser_at(p, "RENAME"))
		return alter_rename(a, err);
	if (parser_at(p, "AS") && a->object == DDL_VIEW)
		return parse_query(a, err);
	return parse_option(a, err);
}

/* Options need no commas between them. */
static bool goes_on(struct parser *p, const struct ddl_action *action)
{
	if (action->kind == ACTION_OPTION || action->kind == ACTION_SEQUENCE)
		return !parser_ended(p);
	return parser_at(p, "PARTITION BY");
}

static int parse_actions(struct parser *p, struct ddl_alter *alter, struct limbeck_error *err)
{
	struct ddl_action **tail = &alter->actions;
	struct alteration a = { .p = p, .object = alter->object };

	do {
		a.action = *tail = parser_alloc(p, sizeof **tail, err);
		if (!*tail)
			return -1;
		a.action->span = parser_open_span(p);
		if (dispatch(&a, err))
			return -1;
		parser_close_span(p, &a.action->span);
		a.action->comma = parser_accept_kind(p, TOKEN_COMMA);
		tail = &(*tail)->next;
	} while (a.action->comma || goes_on(p, a.action));
	return 0;
}

static const struct {
	const char *words;
	enum ddl_object object;
} objects[] = {
	{ "TABLE", DDL_TABLE }, { "ONLINE TABLE", DDL_TABLE }, { "IGNORE TABLE", DDL_TABLE },
	{ "ONLINE IGNORE TABLE", DDL_TABLE }, { "FOREIGN TABLE", DDL_FOREIGN_TABLE },
	{ "INDEX", DDL_INDEX }, { "SEQUENCE", DDL_SEQUENCE }, { "VIEW", DDL_VIEW },
	{ "MATERIALIZED VIEW", DDL_MATERIALIZED_VIEW }, { "TYPE", DDL_TYPE },
	{ "DOMAIN", DDL_DOMAIN }, { "SCHEMA", DDL_SCHEMA }, { "DATABASE", DDL_DATABASE },
	{ "EXTENSION", DDL_EXTENSION }
};

bool alter_at(struct parser *p)
{
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
		if (parser_at(p, objects[i].words))
			return true;
	return false;
}

/* ALTER VIEW v (a, b) AS ... */
static int parse_columns(struct parser *p, struct ddl_alter *alter, struct limbeck_error *err)
{
	if (alter->object != DDL_VIEW || !parser_at_kind(p, TOKEN_OPEN))
		return 0;
	return ident_group_parse(p, &alter->columns, err);
}

int alter_parse(struct parser *p, struct ddl_statement *statement, struct limbeck_error *err)
{
	struct ddl_alter *alter = parser_alloc(p, sizeof *alter, err);
	size_t i = 0, count = sizeof objects / sizeof *objects;

	if (!alter)
		return -1;
	statement->kind = DDL_ALTER;
	statement->alter = alter;
	while (i < count && !parser_accept(p, objects[i].words))
		i++;
	if (i == count)
		return parser_fail(p, NULL, err);
	alter->words = objects[i].words;
	alter->object = objects[i].object;
	p->construct = statement->construct = arena_printf(p->arena, "ALTER %s", alter->words);
	if (!p->construct)
		return error_nomem(err);
	alter->if_exists = parser_accept(p, "IF EXISTS");
	alter->only = parser_accept(p, "ONLY");
	if (name_parse_new(p, &alter->name, err))
		return -1;
	alter->star = parser_accept_operator(p, "*");
	return parse_columns(p, alter, err) ? -1 : parse_actions(p, alter, err);
}
