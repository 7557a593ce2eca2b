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
	{ "GRANT", false }, { "REVOKE", false }, { "ALTER DEFAULT PRIVILEGES", false },
	{ "CREATE ROLE", false }, { "ALTER ROLE", false }, { "DROP ROLE", false },
	{ "CREATE GROUP", false }, { "ALTER GROUP", false }, { "DROP GROUP", false },
	{ "CREATE USER", false }, { "ALTER USER", false }, { "DROP USER", false },
	{ "SET ROLE", false }, { "SET LOCAL ROLE", false }, { "SET SESSION ROLE", false },
	{ "SET SESSION AUTHORIZATION", false }, { "SET LOCAL SESSION AUTHORIZATION", false },
	{ "RESET ROLE", false }, { "RESET SESSION AUTHORIZATION", false },
	{ "REASSIGN OWNED", false }, { "SECURITY LABEL", false }, { "COMMENT ON ROLE", false },
	{ "COMMENT ON DATABASE", false }, { "COMMENT ON TABLESPACE", false },
	{ "ALTER SYSTEM", false }, { "ALTER DATABASE", false }, { "CHECKPOINT", false },
	{ "OWNER TO", false },
	{ "CREATE DATABASE", true }, { "DROP DATABASE", true }, { "CREATE TABLESPACE", true },
	{ "ALTER TABLESPACE", true }, { "DROP TABLESPACE", true }, { "DROP OWNED", true },
	{ "CREATE SUBSCRIPTION", true }, { "ALTER SUBSCRIPTION", true },
	{ "DROP SUBSCRIPTION", true }, { "IMPORT FOREIGN SCHEMA", true },
	{ "PREPARE TRANSACTION", true },
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const struct guard_rule *find_rule(const char *words)
{
	size_t i = 0;

	while (strcmp(rules[i].words, words) != 0)
		i++;
	return &rules[i];
}

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

static void read_phrase(struct guard_walk *walk)
{
	size_t at = (size_t)(walk->token.text - walk->text);
	struct limbeck_token token;
	unsigned words = 0;

	walk->phrase[0] = '\0';
	while (words < GUARD_WORDS) {
		limbeck_host->token(walk->lexis, walk->text, walk->length, &at, &token);
		if (token.kind != LIMBECK_TOKEN_WORD)
			return;
		if (words == 1 && guard_is_any(&token, "or replace"))
			continue;
		if (!add_word(walk->phrase, &token))
			return;
		words++;
	}
}

/* Blank, where SQL is read, and PL/pgSQL's statement of no effect in a body. */
static void blank(struct guard_walk *walk, const char *end)
{
	static const char nothing[] = "NULL";
	char *to = walk->out + (walk->start - walk->text);
	size_t length = (size_t)(end - walk->start);

	memset(to, ' ', length);
	if (walk->nested && length >= strlen(nothing))
		memcpy(to, nothing, strlen(nothing));
}

static void leave_out(struct guard_walk *walk, const char *end)
{
	struct guard *guard = walk->pg->guard;
	uint64_t bit = UINT64_C(1) << (walk->left_out - rules);

	walk->left = true;
	if (!walk->out)
		return;
	blank(walk, end);
	if (!(guard->said & bit))
		limbeck_host->log(walk->pg->session, LIMBECK_LOG_INFO,
			"left out in scratch, since it would take effect outside of it: %s",
			walk->left_out->words);
	guard->said |= bit;
}

static void end_statement(struct guard_walk *walk)
{
	if (walk->owner == 3 && !walk->several && guard_begins(walk, "ALTER"))
		walk->left_out = find_rule("OWNER TO");
	if (!walk->left_out || walk->problem.reach)
		return;
	if (walk->body == BODY_INSIDE)
		guard_reached(walk, REACH_SERVER, walk->left_out->words);
	else
		leave_out(walk, walk->last.text + walk->last.length);
}

static void begin_statement(struct guard_walk *walk)
{
	size_t i;

	read_phrase(walk);
	walk->start = walk->token.text;
	walk->left_out = NULL;
	walk->owner = 0;
	walk->several = walk->selects = false;
	for (i = 0; i < LENGTH(rules); i++) {
		if (!guard_begins(walk, rules[i].words))
			continue;
		if (rules[i].refused)
			guard_reached(walk, REACH_SERVER, rules[i].words);
		else
			walk->left_out = &rules[i];
		break;
	}
	/* A mapping of the database's own. */
	if (guard_begins(walk, "CREATE USER MAPPING") || guard_begins(walk, "ALTER USER MAPPING") ||
		guard_begins(walk, "DROP USER MAPPING"))
		walk->left_out = NULL;
}

static bool at_statement(const struct guard_walk *walk)
{
	const struct limbeck_token *last = &walk->last;

	if (last->kind == LIMBECK_TOKEN_END || *last->text == ';')
		return true;
	return (walk->nested || walk->body == BODY_INSIDE) &&
		guard_is_any(last, "begin then else loop atomic");
}

static void fetch(struct guard_walk *walk)
{
	walk->last = walk->token;
	walk->token = walk->next;
	limbeck_host->token(walk->lexis, walk->text, walk->length, &walk->position, &walk->next);
	if (walk->next.kind == LIMBECK_TOKEN_END)
		walk->next.text = "";
	if (walk->token.kind != LIMBECK_TOKEN_OTHER)
		return;
	if (*walk->token.text == '(')
		walk->parens++;
	else if (*walk->token.text == ')' && walk->parens > 0)
		walk->parens--;
}

static void walk_text(struct guard_walk *walk)
{
	fetch(walk);
	fetch(walk);
	while (walk->token.kind != LIMBECK_TOKEN_END && !walk->problem.reach && !walk->nomem) {
		bool ends = *walk->token.text == ';';

		if (ends)
			end_statement(walk);
		else if (!walk->left_out && at_statement(walk))
			begin_statement(walk);
		if (!walk->left_out && !walk->problem.reach)
			guard_look(walk);
		guard_follow_body(walk);
		if (ends) {
			walk->left_out = NULL;
			walk->owner = 0;
			walk->parens = 0;
		}
		fetch(walk);
	}
	end_statement(walk);
}

static void start(struct guard_walk *walk, struct postgresql *pg,
	const struct limbeck_lexis *lexis, const char *text, size_t length)
{
	memset(walk, 0, sizeof(*walk));
	walk->pg = pg;
	walk->lexis = lexis;
	walk->text = text;
	walk->length = length;
	walk->start = text;
	walk->token.text = walk->next.text = "";
}

/* A quoted string begins with one quote, or with a dollar quote, which it ends with. */
static size_t quote_length(const struct limbeck_token *string)
{
	const char *end;
	size_t i = 0;

	if (*string->text == '$') {
		end = memchr(string->text + 1, '$', string->length - 1);
		return end ? (size_t)(end - string->text) + 1 : 0;
	}
	while (i < string->length && string->text[i] != '\'')
		i++;
	return i + 1;
}

void guard_nested(struct guard_walk *walk, const struct limbeck_token *string)
{
	size_t open = quote_length(string);
	size_t close = *string->text == '$' ? open : 1;
	struct guard_walk inner;

	if (walk->nested >= GUARD_DEPTH || open == 0 || open + close > string->length)
		return;
	start(&inner, walk->pg, walk->lexis, string->text + open, string->length - open - close);
	inner.nested = walk->nested + 1;
	/* What is in EXECUTE 'text' is left out with its EXECUTE. */
	if (walk->out && guard_begins(walk, "DO"))
		inner.out = walk->out + (inner.text - walk->text);
	walk_text(&inner);
	walk->nomem = walk->nomem || inner.nomem;
	if (inner.problem.reach)
		guard_reached(walk, inner.problem.reach, inner.problem.what);
	else if (inner.left && walk->body == BODY_INSIDE)
		guard_reached(walk, REACH_SERVER, "GRANT");
	else if (inner.left && guard_begins(walk, "DO"))
		walk->left = true;
	else if (inner.left)
		walk->left_out = find_rule("GRANT");
}

static void release_names(struct guard_name *list)
{
	while (list) {
		struct guard_name *next = list->next;

		limbeck_host->free(list);
		list = next;
	}
}

int guard_open(struct postgresql *pg, struct limbeck_error *err)
{
	pg->guard = limbeck_host->alloc(sizeof(*pg->guard));
	return pg->guard ? 0 : postgresql_nomem(err);
}

void guard_close(struct postgresql *pg)
{
	if (!pg->guard)
		return;
	release_names(pg->guard->outlets);
	limbeck_host->free(pg->guard);
	pg->guard = NULL;
}

static int fail_reach(const struct guard_walk *walk, struct limbeck_error *err)
{
	limbeck_host->fail(err, LIMBECK_E_UNSUPPORTED, "%s reaches out of the scratch database",
		walk->problem.what);
	limbeck_host->fail_detail(err, "Schemas and revisions are tried out in a database of "
		"their own, and nothing else may be changed by that, or read.");
	limbeck_host->fail_hint(err, "In a revision, put it between `-- @except scratch` and "
		"`-- @end`: it is run by upgrade, and not where revisions are only tried out.");
	limbeck_host->fail_position(err, (size_t)(walk->problem.at - walk->text) + 1);
	return -1;
}

static void walk_statement(struct guard_walk *walk, struct postgresql *pg,
	struct limbeck_lexis *lexis, const char *text, size_t length, char *out)
{
	static const struct limbeck_lexis standard = LIMBECK_LEXIS_POSTGRESQL;
	const char *conforming = PQparameterStatus(pg->link, "standard_conforming_strings");

	*lexis = standard;
	if (conforming && strcmp(conforming, "off") == 0)
		lexis->flags |= LIMBECK_LEX_BACKSLASH;
	start(walk, pg, lexis, text, length);
	walk->out = out;
	walk_text(walk);
}

bool postgresql_scratch_is_clean(struct postgresql *pg,
	const struct limbeck_statement *statement)
{
	struct limbeck_lexis lexis;
	struct guard_walk walk;

	if (!pg->guard)
		return true;
	walk_statement(&walk, pg, &lexis, statement->sql, statement->length, NULL);
	return !walk.problem.reach && !walk.left && !walk.nomem;
}

int postgresql_scratch_guard(struct postgresql *pg, const struct limbeck_statement *statement,
	struct limbeck_error *err)
{
	struct limbeck_lexis lexis;
	struct guard_walk walk;

	if (!pg->guard)
		return 0;
	walk_statement(&walk, pg, &lexis, statement->sql, statement->length, pg->text);
	if (walk.nomem)
		return postgresql_nomem(err);
	return walk.problem.reach ? fail_reach(&walk, err) : 0;
}
