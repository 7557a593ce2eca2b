/* SPDX-License-Identifier: BSD-2-Clause */
/* ALTER of all but tables, DROP, RENAME, COMMENT, GRANT, REVOKE. */
#include "script/touch_int.h"

/* Kinds of objects that have names of their own. */
static const char *const kinds[] = { "TABLE", "VIEW", "INDEX", "SEQUENCE", "TYPE", "DOMAIN",
	"FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE", "EXTENSION", NULL };
static const char *const schemas[] = { "SCHEMA", "DATABASE", NULL };
/* Those that are a part of a table. */
static const char *const parts[] = { "TRIGGER", "POLICY", "CONSTRAINT", NULL };
static const char *const modifiers[] = { "MATERIALIZED", "FOREIGN", "TEMPORARY", "IGNORE", "ONLINE",
	"OFFLINE", NULL };

static const char *const not_known = "what it is about is of a kind that is not known";

/* Reads "name ON table" and gives the name, NULL where the table is not there:
 * then it is in table. */
static const char *part_name(struct toucher *t, struct chain *table)
{
	struct chain name;

	touch_pass_if(t);
	if (!touch_chain(t, &name))
		touch_unknown(t, not_known);
	*table = name;
	if (!touch_pass(t, "ON"))
		return NULL;
	touch_pass(t, "DOMAIN");
	if (!touch_chain(t, table))
		touch_unknown(t, not_known);
	return name.count && table->count ? name.parts[name.count - 1] : NULL;
}

/* A name that replaces one: in the same schema, unless it says otherwise. */
static void add_renamed(struct toucher *t, const struct chain *old, unsigned flags)
{
	struct chain name;

	if (!touch_chain(t, &name))
		return;
	if (name.count == 1 && old->count > 1)
		name = (struct chain) { .count = 2,
			.parts = { old->parts[old->count - 2], name.parts[0] } };
	touch_add_object(t, &name, flags);
}

static void alter_object(struct toucher *t, unsigned flags)
{
	struct chain name, schema;

	touch_pass_if(t);
	if (!touch_chain(t, &name)) {
		touch_unknown(t, not_known);
		return;
	}
	touch_add_object(t, &name, flags);
	touch_pass_group(t);
	while (!touch_ended(t))
		if (token_is(&t->previous, "RENAME") && touch_pass(t, "TO"))
			add_renamed(t, &name, flags);
		else if (token_is(&t->previous, "SET") && touch_pass(t, "SCHEMA")
			&& touch_chain(t, &schema))
			touch_add(t, (struct touch) { .schema = schema.parts[0],
				.name = name.parts[name.count - 1], .flags = flags });
		else
			touch_word(t, false);
}

static void alter_part(struct toucher *t)
{
	struct chain table, name;
	const char *part = part_name(t, &table);

	if (!part) {
		touch_unknown(t, not_known);
		return;
	}
	touch_add_column(t, &table, part, TOUCH_WRITE);
	if (touch_pass(t, "RENAME") && touch_pass(t, "TO") && touch_chain(t, &name))
		touch_add_column(t, &table, name.parts[0], TOUCH_WRITE);
	touch_rest(t, false);
}

void touch_alter(struct toucher *t)
{
	touch_pass_all(t, modifiers);
	if (touch_pass(t, "TABLE")) {
		touch_alter_table(t);
	} else if (touch_at_any(t, kinds)) {
		touch_next(t);
		alter_object(t, TOUCH_WRITE);
	} else if (touch_at_any(t, schemas)) {
		touch_next(t);
		alter_object(t, TOUCH_WRITE | TOUCH_SCHEMA);
	} else if (touch_at_any(t, parts)) {
		touch_next(t);
		alter_part(t);
	} else {
		touch_unknown(t, not_known);
	}
}

static void drop_part(struct toucher *t)
{
	struct chain table;
	const char *part = part_name(t, &table);

	if (part)
		touch_add_column(t, &table, part, TOUCH_WRITE);
	else
		touch_add_object(t, &table, TOUCH_WRITE);
	touch_rest(t, true);
}

static void drop_index(struct toucher *t)
{
	struct chain table, name;

	touch_pass(t, "CONCURRENTLY");
	touch_pass_if(t);
	for (;;) {
		if (!touch_chain(t, &name))
			touch_unknown(t, not_known);
		touch_add_object(t, &name, TOUCH_WRITE);
		if (touch_pass(t, "ON") && touch_chain(t, &table))
			touch_add_column(t, &table, name.parts[0], TOUCH_WRITE);
		if (t->token.kind != TOKEN_COMMA)
			break;
		touch_next(t);
	}
	touch_rest(t, true);
}

void touch_drop(struct toucher *t)
{
	touch_pass_all(t, modifiers);
	if (touch_pass(t, "INDEX")) {
		drop_index(t);
	} else if (touch_at_any(t, parts)) {
		touch_next(t);
		drop_part(t);
	} else if (touch_at_any(t, kinds) || touch_at_any(t, schemas)) {
		unsigned flags = TOUCH_WRITE | (touch_at_any(t, schemas) ? TOUCH_SCHEMA : 0U);

		touch_next(t);
		touch_pass_if(t);
		touch_list(t, flags);
		touch_rest(t, true);
	} else {
		touch_unknown(t, not_known);
	}
}

void touch_rename(struct toucher *t)
{
	struct chain name;

	if (!touch_pass(t, "TABLE"))
		touch_unknown(t, not_known);
	while (!touch_ended(t))
		if (touch_at(t, "TO") || !touch_chain(t, &name))
			touch_next(t);
		else
			touch_add_object(t, &name, TOUCH_WRITE);
}

static void comment_on_column(struct toucher *t)
{
	struct chain name;
	const char *column;

	if (!touch_chain(t, &name) || name.count < 2) {
		touch_unknown(t, not_known);
		return;
	}
	column = name.parts[--name.count];
	touch_add_column(t, &name, column, 0);
	touch_add_column(t, &name, touch_format(t, "(comment on %)", column), TOUCH_WRITE);
}

static void comment_on_part(struct toucher *t)
{
	struct chain table;
	const char *part = part_name(t, &table);

	if (!part) {
		touch_unknown(t, not_known);
		return;
	}
	touch_add_column(t, &table, part, 0);
	touch_add_column(t, &table, touch_format(t, "(comment on %)", part), TOUCH_WRITE);
}

void touch_comment(struct toucher *t)
{
	struct chain name;
	unsigned flags;

	touch_pass(t, "ON");
	touch_pass_all(t, modifiers);
	flags = TOUCH_WRITE | (touch_at_any(t, schemas) ? TOUCH_SCHEMA : 0U);
	if (touch_pass(t, "COLUMN")) {
		comment_on_column(t);
	} else if (touch_at_any(t, parts)) {
		touch_next(t);
		comment_on_part(t);
	} else if (touch_at_any(t, kinds) || touch_at_any(t, schemas)) {
		touch_next(t);
		if (touch_chain(t, &name))
			touch_add_column(t, &name, "(comment)", flags);
	} else {
		touch_unknown(t, not_known);
	}
}
