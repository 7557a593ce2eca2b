/* SPDX-License-Identifier: BSD-2-Clause */
/* What reaches out of a scratch in the middle of a statement: names above all. */
#include <string.h>

#include "scratch_guard.h"

static void copy_text(char *to, size_t size, const char *from, size_t length)
{
	if (length >= size)
		length = size - 1;
	memcpy(to, from, length);
	to[length] = '\0';
}

/* In a body nothing is run yet: what is defined becomes a way out. */
void guard_reached(struct guard_walk *walk, enum guard_reach reach, const char *what)
{
	if (walk->problem.reach)
		return;
	if (walk->body == BODY_INSIDE && !(walk->kind == KIND_VIEW && reach == REACH_HOME)) {
		if (walk->kind != KIND_EVENT)
			guard_keep(walk, &walk->guard->outlets, &walk->name,
				walk->kind == KIND_ROUTINE);
		walk->left_out = NULL;
		return;
	}
	walk->problem.reach = reach;
	walk->problem.at = walk->token.kind == LIMBECK_TOKEN_END ? walk->start : walk->token.text;
	copy_text(walk->problem.what, sizeof(walk->problem.what), what, strlen(what));
}

/* Whether the database's name is that of a table or an alias in the text as well, so
 * that a name of two parts can be a column. */
static bool is_table_too(const struct guard_walk *walk)
{
	struct limbeck_token token, next;
	size_t at = 0;

	limbeck_host->token(walk->lexis, walk->text, walk->length, &at, &token);
	while (token.kind != LIMBECK_TOKEN_END) {
		limbeck_host->token(walk->lexis, walk->text, walk->length, &at, &next);
		if ((token.kind == LIMBECK_TOKEN_WORD || token.kind == LIMBECK_TOKEN_IDENTIFIER) &&
			!guard_is_dot(&next) && guard_is_same(&token, &walk->token))
			return true;
		token = next;
	}
	return false;
}

static const char before_tables[] = "from join into table tables references exists view "
	"trigger procedure function event sequence call to straight_join ignore low_priority "
	"delayed high_priority quick concurrent delete insert replace using truncate handler";

static bool is_place_of_table(const struct guard_walk *walk)
{
	const struct limbeck_token *last = &walk->last;
	bool call = walk->parens < 64 && walk->calls >> walk->parens & 1;
	struct limbeck_token behind;
	size_t at;

	if (call && guard_is(last, "from"))
		return false;
	if (guard_is_any(last, before_tables) || (guard_is(last, "like") && guard_begins(walk,
		"CREATE TABLE")))
		return true;
	if (walk->tables && (*last->text == ',' || *last->text == '(' || guard_is(last, "update")))
		return true;
	if (walk->after.kind == LIMBECK_TOKEN_END)
		return false;
	at = (size_t)(walk->after.text + walk->after.length - walk->text);
	limbeck_host->token(walk->lexis, walk->text, walk->length, &at, &behind);
	if (behind.kind == LIMBECK_TOKEN_END)
		return guard_is(last, "on");
	/* Of three parts; a function's; CREATE INDEX, CREATE TRIGGER. */
	return guard_is_dot(&behind) || *behind.text == '(' ||
		(guard_is(last, "on") && guard_is(&behind, "for"));
}

static bool is_read_only(const struct guard_walk *walk)
{
	return !walk->writes && !guard_is_any(&walk->last, "into update table insert replace delete "
		"view exists trigger procedure function event call on to ignore low_priority "
		"quick references handler truncate");
}

/* The server's own databases may be read. */
static bool is_system(const struct guard_name *database)
{
	return same_word(database->name, "mysql") || same_word(database->name, "sys") ||
		same_word(database->name, "performance_schema");
}

/* 2020_shop.orders is read as one number. */
static bool is_number_name(const struct limbeck_token *token)
{
	size_t i = 0;

	while (i < token->length && token->text[i] >= '0' && token->text[i] <= '9')
		i++;
	return i > 0 && i < token->length && token->text[i] != '.' &&
		memchr(token->text, '.', token->length);
}

static void look_for_database(struct guard_walk *walk)
{
	const struct limbeck_token *token = &walk->token;
	bool number = token->kind == LIMBECK_TOKEN_NUMBER;
	const struct limbeck_token *end = number ? token :
		walk->after.kind == LIMBECK_TOKEN_END ? &walk->next : &walk->after;
	const struct guard_name *database;
	char what[sizeof(walk->problem.what)];
	size_t length;

	if (number ? !is_number_name(token) : !guard_is_dot(&walk->next))
		return;
	if (guard_is_dot(&walk->last) || *walk->last.text == '@' || guard_begins(walk, "SHOW"))
		return;
	database = guard_find(walk->guard->databases, token, walk->guard->folded);
	if (!database || (is_system(database) && is_read_only(walk)))
		return;
	if (walk->body == BODY_INSIDE && guard_is_any(token, "new old"))
		return;
	if (!number && is_table_too(walk) && !is_place_of_table(walk))
		return;
	length = (size_t)(end->text + end->length - token->text);
	copy_text(what, sizeof(what), token->text, length);
	guard_reached(walk, walk->guard->home && strcmp(walk->guard->home, database->name) == 0 ?
		REACH_HOME : REACH_DATABASE, what);
}

/* Statements that do not run what they name. */
static bool only_names(const struct guard_walk *walk)
{
	static const char *const verbs[] = { "DROP", "ALTER", "RENAME", "SHOW", "DESCRIBE", "DESC",
		"LOCK", "CHECK", "OPTIMIZE", "CREATE" };
	size_t i;

	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (guard_begins(walk, verbs[i]))
			return !walk->selects;
	}
	return false;
}

static void look_for_outlet(struct guard_walk *walk)
{
	const struct guard_name *outlet = guard_find(walk->guard->outlets, &walk->token, true);

	if (walk->uses && guard_begins(walk, "RENAME") && guard_is(&walk->last, "to"))
		guard_keep(walk, &walk->guard->outlets, &walk->token, false);
	if (!outlet || (outlet->call && *walk->next.text != '(' && !guard_is(&walk->last, "call")))
		return;
	walk->uses = true;
	if (walk->body != BODY_INSIDE && only_names(walk))
		return;
	guard_reached(walk, REACH_OUTLET, outlet->name);
}

static void look_at_set(struct guard_walk *walk)
{
	const struct limbeck_token *scope = &walk->token;
	bool user = false;

	if (*scope->text == '@' && *walk->next.text == '@')
		scope = &walk->after;
	else if (*scope->text == '@' && *walk->last.text != '@')
		user = true;
	walk->variables = walk->variables || user;
	if (*walk->last.text != ',' || walk->parens > 0)
		return;
	if (walk->left_out ? user || guard_is_any(scope, "session local") :
		guard_is_any(scope, "global persist persist_only"))
		guard_reached(walk, REACH_SERVER, "SET GLOBAL");
}

/* Engines whose tables are elsewhere. */
static bool is_remote_engine(const struct guard_walk *walk)
{
	const struct limbeck_token *name = *walk->next.text == '=' ? &walk->after : &walk->next;

	return guard_is_any(name, "federated connect spider s3 sphinx");
}

static bool is_alter_database(const struct guard_walk *walk)
{
	if (!guard_begins(walk, "ALTER DATABASE") && !guard_begins(walk, "ALTER SCHEMA"))
		return false;
	if (!guard_is_any(&walk->last, "database schema"))
		return false;
	/* Without a name it is the scratch itself. */
	return !guard_is_any(&walk->token, "character charset collate default encryption read "
		"comment") || guard_find(walk->guard->databases, &walk->token, true);
}

static void look_at_word(struct guard_walk *walk)
{
	const struct limbeck_token *token = &walk->token;

	/* The definition of a function of all databases has no body. */
	if (guard_is(token, "soname"))
		walk->body = BODY_NONE;
	if (guard_is(token, "into") && guard_is_any(&walk->next, "outfile dumpfile"))
		guard_reached(walk, REACH_SERVER, "INTO OUTFILE");
	else if (guard_is(token, "load_file") && *walk->next.text == '(')
		guard_reached(walk, REACH_SERVER, "LOAD_FILE()");
	else if (guard_is(token, "release_all_locks") && *walk->next.text == '(')
		guard_reached(walk, REACH_SERVER, "RELEASE_ALL_LOCKS()");
	else if (guard_is(token, "soname"))
		guard_reached(walk, REACH_SERVER, "CREATE FUNCTION ... SONAME");
	else if (guard_is(token, "engine") && is_remote_engine(walk))
		guard_reached(walk, REACH_SERVER, "a table of another server, or in another file,");
	else if (guard_is(token, "update") && !guard_is_any(&walk->last, "on for key before after or"))
		walk->writes = true;
	else if (guard_is(token, "delete") && !guard_is_any(&walk->last, "on before after or"))
		walk->writes = true;
	else if (guard_is(token, "select"))
		walk->selects = true;
	if (guard_is(token, "update") && guard_is(&walk->last, "key"))
		walk->tables = false;
	else if (guard_is_any(token, "from join into update table tables"))
		walk->tables = !(walk->parens < 64 && walk->calls >> walk->parens & 1);
	else if (guard_is_any(token, "where set on using values select group order having limit"))
		walk->tables = false;
}

void guard_look(struct guard_walk *walk)
{
	const struct limbeck_token *token = &walk->token;
	bool name = token->kind == LIMBECK_TOKEN_WORD || token->kind == LIMBECK_TOKEN_IDENTIFIER;

	if (guard_begins(walk, "SET"))
		look_at_set(walk);
	if (walk->left_out || walk->problem.reach)
		return;
	if (is_alter_database(walk))
		guard_reached(walk, REACH_SERVER, "ALTER DATABASE");
	if (token->kind == LIMBECK_TOKEN_WORD)
		look_at_word(walk);
	if (name || token->kind == LIMBECK_TOKEN_NUMBER)
		look_for_database(walk);
	if (name && !walk->problem.reach)
		look_for_outlet(walk);
	if (token->kind == LIMBECK_TOKEN_STRING && (walk->variables ||
		guard_begins(walk, "PREPARE") || guard_begins(walk, "EXECUTE")))
		guard_nested(walk, token);
}
