/* SPDX-License-Identifier: BSD-2-Clause */
/* CREATE of all but tables and indexes. */
#include "script/touch_int.h"

#include <string.h>
#include <strings.h>


static const char *const no_name = "it is not clear what it creates";

struct creation {
	const char *kind;
	void (*read)(struct toucher *t);
};

/* What may stand between CREATE and the kind of object. */
static const char *const modifiers[] = { "OR", "REPLACE", "TEMP", "TEMPORARY", "UNLOGGED", "GLOBAL",
	"LOCAL", "FULLTEXT", "SPATIAL", "FOREIGN", "RECURSIVE", "CONSTRAINT", "SQL", "SECURITY",
	"INVOKER", NULL };

static void create_named(struct toucher *t, bool objects_only)
{
	struct chain name;

	touch_pass_if(t);
	if (touch_chain(t, &name))
		touch_add_object(t, &name, TOUCH_WRITE);
	else
		touch_unknown(t, no_name);
	touch_rest(t, objects_only);
}

static void create_type(struct toucher *t)
{
	create_named(t, true);
}

static void create_sequence(struct toucher *t)
{
	create_named(t, false);
}

static void create_view(struct toucher *t)
{
	create_named(t, false);
}

/* Its rows are those of now. */
static void create_stored_view(struct toucher *t)
{
	touch_pass(t, "VIEW");
	t->out->rows = true;
	create_named(t, false);
}

/* One that may be there already is made by whoever comes first. */
static unsigned shared_flags(struct toucher *t)
{
	return TOUCH_WRITE | (touch_pass_if(t) ? TOUCH_SHARED : 0U);
}

static void create_schema(struct toucher *t)
{
	unsigned flags = shared_flags(t) | TOUCH_SCHEMA;
	struct chain name;

	touch_pass(t, "AUTHORIZATION");
	if (touch_chain(t, &name))
		touch_add_object(t, &name, flags);
	else
		touch_unknown(t, no_name);
	while (!touch_ended(t)) {
		if (touch_at(t, "CREATE") || touch_at(t, "GRANT"))
			touch_unknown(t, "it creates objects along with the schema");
		touch_word(t, true);
	}
}

static void create_extension(struct toucher *t)
{
	unsigned flags = shared_flags(t);
	struct chain name;

	if (touch_chain(t, &name))
		touch_add_object(t, &name, flags);
	else
		touch_unknown(t, no_name);
	touch_rest(t, true);
}

static void create_table(struct toucher *t)
{
	touch_create_table(t);
}

static void create_index(struct toucher *t)
{
	touch_create_index(t, false);
}

static void create_unique(struct toucher *t)
{
	if (touch_pass(t, "INDEX"))
		touch_create_index(t, true);
	else
		touch_unknown(t, no_name);
}

static void create_policy(struct toucher *t)
{
	struct chain name, table;

	if (touch_chain(t, &name) && touch_pass(t, "ON") && touch_chain(t, &table))
		touch_add_column(t, &table, name.parts[0], TOUCH_WRITE);
	else
		touch_unknown(t, no_name);
	touch_rest(t, false);
}

static void create_trigger(struct toucher *t)
{
	struct chain name, table = { .count = 0 };
	bool own_body = true;

	t->body = true;
	touch_pass_if(t);
	if (!touch_chain(t, &name))
		touch_unknown(t, no_name);
	/* The name again, for a DROP that names no table. */
	touch_add_object(t, &name, 0);
	while (!touch_ended(t) && !touch_pass(t, "ON"))
		touch_word(t, false);
	if (!touch_chain(t, &table))
		touch_unknown(t, no_name);
	while (!touch_ended(t)) {
		if (touch_pass(t, "EXECUTE"))
			own_body = false;
		touch_word(t, false);
	}
	/* From here on it has its part in what happens to the rows. */
	touch_add_object(t, &table, TOUCH_DATA);
	if (table.count && name.count)
		touch_add_column(t, &table, name.parts[name.count - 1], TOUCH_WRITE);
	/* Where the body stands in the trigger, its name is the schema's. */
	if (own_body)
		touch_add_object(t, &name, TOUCH_WRITE);
}

/* A word of a routine's body. */
static void body_word(struct toucher *t)
{
	if (touch_at(t, "EXECUTE") || touch_at(t, "PREPARE"))
		touch_unknown(t, "its body makes statements as it runs");
	touch_word(t, false);
}

/* The text between the quotes of a body. */
static void body_text(struct toucher *t, const struct token *token)
{
	struct toucher inner = *t;
	const char *text = token->text;
	size_t quote = 1;

	if (text[0] == '$')
		while (text[quote++] != '$')
			;
	touch_begin(&inner, t->scanner.lexis, text + quote, token->length - 2 * quote);
	while (!touch_ended(&inner))
		body_word(&inner);
	t->names = inner.names;
	t->seen = inner.seen;
	t->text = inner.text;
	t->failed = inner.failed;
}

/* Whether a body in this language reads as SQL does; at its name. */
static bool is_readable(const struct toucher *t)
{
	static const char *const names[] = { "SQL", "PLPGSQL", NULL };
	const struct token *token = &t->token;

	if (touch_at_any(t, names))
		return true;
	for (size_t i = 0; names[i] && token->kind == TOKEN_STRING; i++)
		if (token->length == strlen(names[i]) + 2
			&& !strncasecmp(token->text + 1, names[i], token->length - 2))
			return true;
	return false;
}

static void create_routine(struct toucher *t)
{
	struct token body = { .kind = TOKEN_END };
	bool readable = true;
	struct chain name;

	t->body = true;
	touch_pass_if(t);
	if (touch_chain(t, &name))
		touch_add_object(t, &name, TOUCH_WRITE);
	else
		touch_unknown(t, no_name);
	while (!touch_ended(t)) {
		if (touch_pass(t, "LANGUAGE"))
			readable = is_readable(t);
		if (t->token.kind == TOKEN_STRING && token_is(&t->previous, "AS"))
			body = t->token;
		body_word(t);
	}
	if (!readable)
		touch_unknown(t, "its body is not SQL");
	else if (body.kind == TOKEN_STRING && strchr("$'", body.text[0]))
		body_text(t, &body);
}

static const struct creation creations[] = {
	{ "TABLE", create_table }, { "INDEX", create_index }, { "UNIQUE", create_unique },
	{ "VIEW", create_view }, { "MATERIALIZED", create_stored_view },
	{ "TRIGGER", create_trigger }, { "FUNCTION", create_routine },
	{ "PROCEDURE", create_routine }, { "SEQUENCE", create_sequence }, { "TYPE", create_type },
	{ "DOMAIN", create_type }, { "SCHEMA", create_schema }, { "DATABASE", create_schema },
	{ "EXTENSION", create_extension }, { "POLICY", create_policy },
};

/* DEFINER = who, ALGORITHM = how. */
static bool pass_setting(struct toucher *t)
{
	struct chain name;

	if (!touch_pass(t, "DEFINER") && !touch_pass(t, "ALGORITHM"))
		return false;
	/* Not so in SQL SECURITY DEFINER. */
	if (!touch_at_operator(t, "="))
		return true;
	do {
		touch_next(t);
		if (t->token.kind == TOKEN_STRING)
			touch_next(t);
		else
			touch_chain(t, &name);
	} while (touch_at_operator(t, "@"));
	touch_pass_group(t);
	return true;
}

void touch_create(struct toucher *t)
{
	do
		touch_pass_all(t, modifiers);
	while (pass_setting(t));
	for (size_t i = 0; i < sizeof creations / sizeof *creations; i++)
		if (touch_pass(t, creations[i].kind)) {
			creations[i].read(t);
			return;
		}
	touch_unknown(t, "what it creates is of a kind that is not known");
}
