/* SPDX-License-Identifier: BSD-2-Clause */
/* See scratch_guard.h. Here: statement by statement, what is left out, and errors. */
#include <ctype.h>
#include <string.h>

#include "scratch_guard.h"

struct guard_rule {
	const char *words;
	bool refused;        /* else left out */
};

/* How statements begin that reach out, whatever follows. */
static const struct guard_rule rules[] = {
	{ "GRANT", false }, { "REVOKE", false }, { "CREATE USER", false }, { "ALTER USER", false },
	{ "DROP USER", false }, { "RENAME USER", false }, { "CREATE ROLE", false },
	{ "DROP ROLE", false }, { "SET PASSWORD", false }, { "SET DEFAULT ROLE", false },
	{ "SET ROLE", false }, { "SET GLOBAL", false }, { "SET PERSIST", false },
	{ "SET PERSIST_ONLY", false }, { "RESET PERSIST", false }, { "FLUSH", false },
	{ "USE", true }, { "CREATE DATABASE", true }, { "DROP DATABASE", true },
	{ "CREATE SCHEMA", true }, { "DROP SCHEMA", true }, { "KILL", true },
	{ "SHUTDOWN", true }, { "RESTART", true }, { "LOAD DATA", true }, { "LOAD XML", true },
	{ "INSTALL", true }, { "UNINSTALL", true }, { "CHANGE", true }, { "CREATE SERVER", true },
	{ "ALTER SERVER", true }, { "DROP SERVER", true }, { "CREATE TABLESPACE", true },
	{ "ALTER TABLESPACE", true }, { "DROP TABLESPACE", true }, { "CREATE LOGFILE", true },
	{ "ALTER LOGFILE", true }, { "DROP LOGFILE", true }, { "ALTER INSTANCE", true },
	{ "LOCK INSTANCE", true }, { "CREATE RESOURCE", true }, { "ALTER RESOURCE", true },
	{ "DROP RESOURCE", true }, { "SET RESOURCE", true },
	{ "CREATE SPATIAL REFERENCE", true }, { "DROP SPATIAL REFERENCE", true },
	{ "RESET", true }, { "PURGE", true }, { "START SLAVE", true }, { "START REPLICA", true },
	{ "START ALL", true }, { "START GROUP_REPLICATION", true }, { "STOP", true },
	{ "CLONE", true }, { "BINLOG", true }, { "BACKUP", true }, { "IMPORT", true },
	{ "XA", true },
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* What takes the place of a statement that is left out. */
static const char nothing[] = "DO 0";

bool guard_begins(const struct guard_walk *walk, const char *words)
{
	size_t length = strlen(words);

	return strncmp(walk->phrase, words, length) == 0 &&
		(walk->phrase[length] == '\0' || walk->phrase[length] == ' ');
}

static bool add_word(char *phrase, const struct limbeck_token *token)
{
	size_t length = strlen(phrase);
	size_t i;

	if (length + token->length + 2 > GUARD_PHRASE)
		return false;
	if (length > 0)
		phrase[length++] = ' ';
	for (i = 0; i < token->length; i++)
		phrase[length + i] = (char)toupper((unsigned char)token->text[i]);
	phrase[length + i] = '\0';
	return true;
}

/* The first words, without those that may stand in between. @@global is a word too. */
static void read_phrase(struct guard_walk *walk)
{
	size_t at = (size_t)(walk->token.text - walk->text);
	struct limbeck_token token;
	unsigned words = 0;

	walk->phrase[0] = '\0';
	while (words < GUARD_WORDS) {
		limbeck_host->token(walk->lexis, walk->text, walk->length, &at, &token);
		if (token.kind == LIMBECK_TOKEN_OTHER && *token.text == '@' &&
			at < walk->length && walk->text[at] == '@') {
			at++;
			continue;
		}
		if (token.kind != LIMBECK_TOKEN_WORD)
			return;
		if (words > 0 && guard_is_any(&token, "or replace undo temporary aggregate"))
			continue;
		if (!add_word(walk->phrase, &token))
			return;
		words++;
	}
}

static void end_statement(struct guard_walk *walk)
{
	const char *end = walk->last.text + walk->last.length;

	if (!walk->left_out || walk->problem.reach)
		return;
	if (walk->nested || walk->body == BODY_INSIDE) {
		guard_reached(walk, REACH_SERVER, walk->left_out->words);
		return;
	}
	guard_replace(walk, walk->start, (size_t)(end - walk->start), nothing);
	if (!walk->out || walk->guard->said & UINT64_C(1) << (walk->left_out - rules))
		return;
	walk->guard->said |= UINT64_C(1) << (walk->left_out - rules);
	limbeck_host->log(walk->c->session, LIMBECK_LOG_INFO,
		"left out in scratch, since it would take effect outside of it: %s",
		walk->left_out->words);
}

static void begin_statement(struct guard_walk *walk)
{
	size_t i;

	read_phrase(walk);
	walk->start = walk->token.text;
	walk->left_out = NULL;
	walk->writes = walk->selects = walk->variables = walk->uses = walk->tables = false;
	walk->compound = walk->compound || *walk->next.text == ':' ||
		guard_is_any(&walk->token, "begin if case loop while repeat for");
	for (i = 0; i < LENGTH(rules); i++) {
		if (!guard_begins(walk, rules[i].words))
			continue;
		if (rules[i].refused)
			guard_reached(walk, REACH_SERVER, rules[i].words);
		else
			walk->left_out = &rules[i];
		return;
	}
	if (walk->body == BODY_INSIDE && (guard_begins(walk, "CREATE EVENT") ||
		guard_begins(walk, "ALTER EVENT")))
		guard_reached(walk, REACH_SERVER, "an event");
}

/* Whether a statement may begin here. In the text of an expression some of these
 * words lead to no statement, which does no harm. */
static bool at_statement(const struct guard_walk *walk)
{
	const struct limbeck_token *last = &walk->last;

	if (last->kind == LIMBECK_TOKEN_END || *last->text == ';')
		return true;
	if (guard_is(last, "for"))
		return guard_begins(walk, "SET STATEMENT");
	if (!walk->compound && walk->body != BODY_INSIDE)
		return false;
	if (guard_is_any(last, "begin then else do loop repeat atomic row"))
		return true;
	if (walk->body != BODY_INSIDE || walk->kind != KIND_ROUTINE || walk->depth > 0)
		return false;
	return (*last->text == ')' && walk->parens == 0) ||
		guard_is_any(last, "deterministic data sql definer invoker");
}

static void fetch(struct guard_walk *walk)
{
	uint64_t bit;

	walk->last = walk->token;
	walk->token = walk->next;
	walk->next = walk->after;
	limbeck_host->token(walk->lexis, walk->text, walk->length, &walk->position, &walk->after);
	if (walk->after.kind == LIMBECK_TOKEN_END)
		walk->after.text = "";
	if (walk->token.kind != LIMBECK_TOKEN_OTHER)
		return;
	if (*walk->token.text == '(') {
		bit = ++walk->parens < 64 ? UINT64_C(1) << walk->parens : 0;
		walk->calls = guard_is_any(&walk->last, "extract trim substring substr mid") ?
			walk->calls | bit : walk->calls & ~bit;
	} else if (*walk->token.text == ')' && walk->parens > 0) {
		walk->parens--;
	}
}

static void walk_text(struct guard_walk *walk)
{
	fetch(walk);
	fetch(walk);
	fetch(walk);
	while (walk->token.kind != LIMBECK_TOKEN_END && !walk->problem.reach && !walk->nomem) {
		if (*walk->token.text == ';')
			end_statement(walk);
		else if (!walk->left_out && at_statement(walk))
			begin_statement(walk);
		if (!walk->problem.reach)
			guard_look(walk);
		guard_follow_body(walk);
		if (*walk->token.text == ';') {
			walk->left_out = NULL;
			walk->parens = 0;
		}
		fetch(walk);
	}
	end_statement(walk);
}

static void start(struct guard_walk *walk, struct connection *c, const char *text, size_t length)
{
	memset(walk, 0, sizeof(*walk));
	walk->c = c;
	walk->guard = c->guard;
	walk->lexis = &c->lexis;
	walk->text = text;
	walk->length = length;
	walk->copied = text;
	walk->start = text;
	walk->token.text = walk->next.text = walk->after.text = "";
}

void guard_nested(struct guard_walk *walk, const struct limbeck_token *string)
{
	const char *quote = string->text;
	struct guard_walk inner;
	size_t skip;

	while (*quote != '\'' && *quote != '"' && quote < string->text + string->length)
		quote++;
	skip = (size_t)(quote - string->text) + 1;
	if (walk->nested || skip >= string->length)
		return;
	start(&inner, walk->c, string->text + skip, string->length - skip - 1);
	inner.nested = true;
	walk_text(&inner);
	walk->nomem = walk->nomem || inner.nomem;
	if (inner.problem.reach)
		guard_reached(walk, inner.problem.reach, inner.problem.what);
}

void guard_replace(struct guard_walk *walk, const char *at, size_t length, const char *by)
{
	walk->edited = true;
	if (!walk->out)
		return;
	text_add_n(walk->out, walk->copied, (size_t)(at - walk->copied));
	text_add(walk->out, by);
	walk->copied = at + length;
}

static void release_names(struct guard_name *list)
{
	while (list) {
		struct guard_name *next = list->next;

		limbeck_host->free(list);
		list = next;
	}
}

/* What the user can't see can't be reached either. */
static int read_databases(struct connection *c, struct limbeck_error *err)
{
	static const char sql[] = "SELECT schema_name FROM information_schema.schemata "
		"WHERE schema_name <> 'information_schema' AND schema_name <> DATABASE()";
	MYSQL_RES *result;
	MYSQL_ROW row;
	bool nomem = false;

	if (mysql_query(c->link, sql) != 0)
		return connection_fail(c, NULL, err);
	result = mysql_store_result(c->link);
	if (!result)
		return connection_fail(c, NULL, err);
	while (!nomem && (row = mysql_fetch_row(result)) != NULL) {
		size_t length = strlen(row[0]);
		struct guard_name *name = limbeck_host->alloc(sizeof(*name) + length + 1);

		nomem = !name;
		if (nomem)
			continue;
		memcpy(name->name, row[0], length + 1);
		name->next = c->guard->databases;
		c->guard->databases = name;
	}
	mysql_free_result(result);
	return nomem ? connection_nomem(err) : 0;
}

int guard_open(struct connection *c, const char *home, struct limbeck_error *err)
{
	char *folded = NULL;

	c->guard = limbeck_host->alloc(sizeof(*c->guard));
	if (!c->guard)
		return connection_nomem(err);
	c->guard->home = text_copy(home);
	if (home && !c->guard->home)
		return connection_nomem(err);
	if (connection_row(c, "SELECT @@lower_case_table_names", &folded, 1, err) < 0)
		return -1;
	c->guard->folded = folded && strcmp(folded, "0") != 0;
	limbeck_host->free(folded);
	return read_databases(c, err);
}

static int fail_reach(const struct guard_problem *problem,
	const struct limbeck_statement *statement, struct limbeck_error *err)
{
	static const char except[] = "In a revision, put it between `-- @except scratch` and "
		"`-- @end`: it is run by upgrade, and not where revisions are only tried out.";
	bool database = problem->reach == REACH_HOME || problem->reach == REACH_DATABASE;

	limbeck_host->fail(err, LIMBECK_E_UNSUPPORTED, database ?
		"%s is outside of the scratch database" : "%s reaches out of the scratch database",
		problem->what);
	limbeck_host->fail_detail(err, "Schemas and revisions are tried out in a database of "
		"their own, and nothing else may be changed by that, or read.");
	if (problem->reach == REACH_HOME)
		limbeck_host->fail_hint(err, "Write the name without its database: it then means "
			"the database of the connection, which is the scratch there.");
	else if (problem->reach == REACH_DATABASE)
		limbeck_host->fail_hint(err, "In a revision, put it between `-- @except scratch` "
			"and `-- @end`: it is run by upgrade, and not where revisions are only "
			"tried out. Or let scratch_url name a server of its own, without this "
			"database.");
	else
		limbeck_host->fail_hint(err, except);
	limbeck_host->fail_position(err, (size_t)(problem->at - statement->sql) + 1);
	return -1;
}

void guard_close(struct connection *c)
{
	struct guard *guard = c->guard;

	if (!guard)
		return;
	release_names(guard->databases);
	release_names(guard->outlets);
	release_names(guard->replicas);
	limbeck_host->free(guard->home);
	limbeck_host->free(guard);
	c->guard = NULL;
}

bool guard_is_clean(struct connection *c, const struct limbeck_statement *statement)
{
	struct guard_walk walk;

	if (!c->guard)
		return true;
	start(&walk, c, statement->sql, statement->length);
	walk_text(&walk);
	return !walk.problem.reach && !walk.nomem && !walk.edited;
}

int guard_check(struct connection *c, const struct limbeck_statement *statement, struct text *out,
	struct limbeck_error *err)
{
	struct guard_walk walk;

	if (!c->guard)
		return 0;
	start(&walk, c, statement->sql, statement->length);
	walk.out = out;
	walk_text(&walk);
	if (walk.problem.reach)
		return fail_reach(&walk.problem, statement, err);
	if (walk.edited)
		text_add_n(out, walk.copied,
			statement->length - (size_t)(walk.copied - statement->sql));
	return walk.nomem || out->failed ? connection_nomem(err) : 0;
}
