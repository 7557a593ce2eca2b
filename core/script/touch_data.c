/* SPDX-License-Identifier: BSD-2-Clause */
/* INSERT, UPDATE, DELETE, and what stands in a query. */
#include "script/touch_int.h"

enum { ROWS = TOUCH_WRITE | TOUCH_DATA };

static const char *const modifiers[] = { "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "QUICK",
	"IGNORE", "OVERWRITE", "ONLY", NULL };

/* INSERT OR IGNORE and the like, and the words above. */
static void pass_modifiers(struct toucher *t)
{
	if (touch_pass(t, "OR"))
		touch_next(t);
	touch_pass_all(t, modifiers);
}

/* Whether a list of columns stands here, and not the query. */
static bool names_columns(struct toucher *t)
{
	static const char *const queries[] = { "SELECT", "WITH", "VALUES", NULL };

	if (touch_at(t, "SET"))
		return true;
	if (t->token.kind != TOKEN_OPEN)
		return false;
	touch_next(t);
	return t->token.kind != TOKEN_OPEN && !touch_at_any(t, queries);
}

void touch_insert(struct toucher *t)
{
	struct chain table, alias;

	t->out->rows = true;
	pass_modifiers(t);
	touch_pass(t, "INTO");
	touch_pass(t, "TABLE");
	if (!touch_chain(t, &table)) {
		touch_unknown(t, "it is not clear where it inserts");
		return;
	}
	touch_add_object(t, &table, ROWS);
	if (touch_pass(t, "PARTITION"))
		touch_pass_group(t);
	if (touch_pass(t, "AS"))
		touch_chain(t, &alias);
	if (!names_columns(t))
		touch_add_object(t, &table, TOUCH_WHOLE);
	touch_rest(t, false);
}

/* One target of SET: a = or (a, b) = */
static void set_target(struct toucher *t, const struct chain *table)
{
	bool group = t->token.kind == TOKEN_OPEN;
	struct chain column;

	do {
		if (group)
			touch_next(t);
		if (!touch_chain(t, &column))
			break;
		touch_add_column(t, table, column.parts[column.count - 1], ROWS);
	} while (group && t->token.kind == TOKEN_COMMA);
}

static void set_list(struct toucher *t, const struct chain *table)
{
	static const char *const ends[] = { "FROM", "WHERE", "RETURNING", "ORDER", "LIMIT", NULL };

	while (!touch_ended(t) && !touch_at_any(t, ends)) {
		set_target(t, table);
		while (!touch_ended(t) && (t->depth > 0
				|| (t->token.kind != TOKEN_COMMA && !touch_at_any(t, ends))))
			touch_word(t, false);
		if (t->token.kind == TOKEN_COMMA)
			touch_next(t);
	}
}

/* The tables of a join, up to the word; which of them is written is not known. */
static void write_joined(struct toucher *t, const char *end)
{
	struct chain table;

	while (!touch_ended(t) && !touch_at(t, end)) {
		const struct token *previous = &t->previous;
		bool begins = token_is(previous, "JOIN") || token_is(previous, "FROM")
			|| previous->kind == TOKEN_COMMA;

		if (begins && !touch_at(t, "FROM") && touch_chain(t, &table))
			touch_add_object(t, &table, ROWS);
		else
			touch_word(t, false);
	}
}

void touch_update(struct toucher *t)
{
	struct chain table, alias;
	static const char *const joins[] = { "SET", "JOIN", "INNER", "LEFT", "RIGHT", "CROSS",
		"NATURAL", "STRAIGHT_JOIN", NULL };

	t->out->rows = true;
	pass_modifiers(t);
	if (!touch_chain(t, &table)) {
		touch_unknown(t, "it is not clear what it updates");
		return;
	}
	touch_add_object(t, &table, 0);
	if (touch_at_operator(t, "*"))
		touch_next(t);
	touch_pass(t, "AS");
	if (!touch_at_any(t, joins))
		touch_chain(t, &alias);
	if (touch_pass(t, "SET")) {
		set_list(t, &table);
	} else {
		touch_add_object(t, &table, ROWS);
		write_joined(t, "SET");
	}
	touch_rest(t, false);
}

void touch_delete(struct toucher *t)
{
	bool several;

	t->out->rows = true;
	pass_modifiers(t);
	/* DELETE a, b FROM a JOIN b...: they may be aliases of what follows. */
	several = !touch_pass(t, "FROM");
	touch_list(t, ROWS);
	if (several)
		write_joined(t, "WHERE");
	touch_rest(t, false);
}

void touch_merge(struct toucher *t)
{
	struct chain table;

	t->out->rows = true;
	touch_pass(t, "INTO");
	touch_pass(t, "ONLY");
	if (touch_chain(t, &table))
		touch_add_object(t, &table, ROWS);
	else
		touch_unknown(t, "it is not clear where it merges");
	touch_rest(t, false);
}

void touch_truncate(struct toucher *t)
{
	t->out->rows = true;
	touch_pass(t, "TABLE");
	touch_list(t, ROWS);
	touch_rest(t, false);
}

/* What a query writes: into a table that it makes, or by a statement in WITH. */
static void query_target(struct toucher *t)
{
	static const char *const kinds[] = { "TEMPORARY", "TEMP", "UNLOGGED", "TABLE", "ONLY",
		NULL };
	bool locks = token_is(&t->previous, "FOR") || token_is(&t->previous, "KEY");
	bool updates = touch_at(t, "UPDATE") && !locks, deletes = touch_at(t, "DELETE");
	bool inserts = token_is(&t->previous, "INSERT") || token_is(&t->previous, "MERGE");
	struct chain table;

	touch_next(t);
	if (deletes && !touch_pass(t, "FROM"))
		return;
	touch_pass_all(t, kinds);
	if (touch_at(t, "SET") || !touch_chain(t, &table))
		return;
	if (updates || deletes || inserts)
		touch_add_object(t, &table, ROWS);
	else
		touch_add_object(t, &table, locks ? 0U : TOUCH_WRITE);
}

void touch_query(struct toucher *t)
{
	static const char *const targets[] = { "INTO", "UPDATE", "DELETE", NULL };

	t->out->rows = true;
	t->runs = true;
	while (!touch_ended(t))
		if (touch_at_any(t, targets))
			query_target(t);
		else
			touch_word(t, false);
}
