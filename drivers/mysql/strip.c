/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The server writes a view's query with every table, and columns of tables
 * without an alias, qualified by the database. Where the database's name is an
 * alias in the query as well, a name of two parts can be a column of that alias;
 * a table then is what follows FROM and JOIN.
 */
#include <string.h>

#include "introspect.h"

struct walk {
	const struct limbeck_lexis *lexis;
	const char *sql;
	size_t length;
	size_t position;
	struct limbeck_token token;
	char before;        /* the byte in front of the token */
	struct limbeck_token last;  /* the token before */
	bool table;         /* a table's name may come */
	unsigned depth;     /* of parentheses; the first 64 are looked at */
	uint64_t calls;     /* those of functions that take FROM */
};

static bool step(struct walk *walk)
{
	walk->last = walk->token;
	limbeck_host->token(walk->lexis, walk->sql, walk->length, &walk->position, &walk->token);
	if (walk->token.kind == LIMBECK_TOKEN_END)
		return false;
	walk->before = walk->token.text > walk->sql ? walk->token.text[-1] : '\0';
	return true;
}

static void start(struct walk *walk, const struct reader *r, const char *sql)
{
	memset(walk, 0, sizeof(*walk));
	walk->lexis = &r->c->lexis;
	walk->sql = sql;
	walk->length = strlen(sql);
}

static bool is_database(const struct walk *walk, const struct text *name)
{
	const struct limbeck_token *token = &walk->token;

	return token->kind == LIMBECK_TOKEN_IDENTIFIER && token->length == name->length &&
		memcmp(token->text, name->data, name->length) == 0 && walk->before != '.';
}

static bool is_alias_too(const struct reader *r, const struct text *name, const char *sql)
{
	struct walk walk;

	start(&walk, r, sql);
	while (step(&walk)) {
		if (is_database(&walk, name) && walk.token.text[walk.token.length] != '.')
			return true;
	}
	return false;
}

static bool is_word(const struct limbeck_token *token, const char *word)
{
	return token->kind == LIMBECK_TOKEN_WORD && token->length == strlen(word) &&
		begins_with(token->text, word);
}

/* Whether the name that the token begins has a third part, or is a call. */
static bool is_plain(const struct walk *walk)
{
	struct walk next = *walk;
	char end;

	next.position = (size_t)(walk->token.text - walk->sql) + walk->token.length + 1;
	if (!step(&next))
		return false;
	end = next.token.text[next.token.length];
	return end == '.' || end == '(';
}

static bool takes_from(const struct limbeck_token *token)
{
	return is_word(token, "extract") || is_word(token, "trim") ||
		is_word(token, "substring") || is_word(token, "substr");
}

/* Looks at the token for what may come behind it. */
static void follow(struct walk *walk)
{
	const struct limbeck_token *token = &walk->token;
	uint64_t bit;

	if (token->length == 1 && *token->text == '(') {
		bit = ++walk->depth < 64 ? UINT64_C(1) << walk->depth : 0;
		walk->calls = takes_from(&walk->last) ? walk->calls | bit : walk->calls & ~bit;
		return;
	}
	bit = walk->depth < 64 ? UINT64_C(1) << walk->depth : 0;
	walk->table = is_word(token, "join") ||
		(is_word(token, "from") && !(walk->calls & bit));
	if (token->length == 1 && *token->text == ')' && walk->depth > 0)
		walk->depth--;
}

void strip_database(struct text *out, const struct reader *r, const char *sql)
{
	struct text name = TEXT_INIT;
	const char *copied = sql;
	struct walk walk;
	bool alias;

	text_add_name(&name, r->c->database);
	if (name.failed)
		out->failed = true;
	alias = !name.failed && is_alias_too(r, &name, sql);
	start(&walk, r, sql);
	while (!name.failed && step(&walk)) {
		const struct limbeck_token *token = &walk.token;

		if (is_database(&walk, &name) && token->text[token->length] == '.' &&
			(!alias || walk.table || is_plain(&walk))) {
			text_add_n(out, copied, (size_t)(token->text - copied));
			copied = token->text + token->length + 1;
		}
		follow(&walk);
	}
	text_add(out, copied);
	text_release(&name);
}
