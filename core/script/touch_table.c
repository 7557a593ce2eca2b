/* SPDX-License-Identifier: BSD-2-Clause */
/* CREATE TABLE and CREATE INDEX. */
#include "script/touch_int.h"

/* A table that another takes its columns or rows from. */
static bool take_from(struct toucher *t)
{
	static const char *const sources[] = { "LIKE", "INHERITS", "OF", NULL };
	bool several = touch_at(t, "INHERITS");
	struct chain table;

	if (t->depth > 1 || !touch_at_any(t, sources))
		return false;
	do {
		touch_next(t);
		if (several && t->token.kind == TOKEN_OPEN)
			touch_next(t);
		if (!touch_chain(t, &table))
			break;
		touch_add_object(t, &table, TOUCH_WHOLE);
		touch_add_object(t, &table, TOUCH_DATA);
	} while (several && t->token.kind == TOKEN_COMMA);
	return true;
}

/* The name of a column, constraint or index of the table itself. */
static bool is_own(const struct toucher *t)
{
	static const char *const others[] = { "CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK",
		"EXCLUDE", "INDEX", "KEY", "FULLTEXT", "SPATIAL", "PERIOD", "REFERENCES", NULL };
	const struct token *previous = &t->previous;

	if (t->depth == 0 || t->token.kind == TOKEN_STRING || touch_at_any(t, others))
		return false;
	if (t->depth > 1)
		return touch_peek(t).kind != TOKEN_OPEN;
	return previous->kind == TOKEN_OPEN || previous->kind == TOKEN_COMMA
		|| token_is(previous, "CONSTRAINT") || token_is(previous, "KEY")
		|| token_is(previous, "INDEX");
}

void touch_create_table(struct toucher *t)
{
	static const char *const queries[] = { "SELECT", "VALUES", "EXECUTE", NULL };
	struct chain table;
	bool query = false;

	touch_pass_if(t);
	if (!touch_chain(t, &table)) {
		touch_unknown(t, "it is not clear which table it creates");
		return;
	}
	touch_add_object(t, &table, TOUCH_WRITE);
	while (!touch_ended(t)) {
		if (touch_at_any(t, queries) || (t->depth == 0 && touch_at(t, "AS")))
			query = t->out->rows = true;
		if (!query && take_from(t))
			continue;
		if (!query && is_own(t))
			touch_next(t);
		else
			touch_word(t, !query);
	}
}

struct index {
	struct toucher *t;
	struct chain table;
	bool unique;
	struct strbuf name;    /* that one without a name gets: table_column_idx */
};

/* A column, or a function at its parenthesis. */
static void add_index_column(struct index *index, const char *name)
{
	struct toucher *t = index->t;

	strbuf_addf(&index->name, "_%s", name);
	touch_add(t, (struct touch) { .name = name, .flags = TOUCH_WORD });
	if (index->unique && t->token.kind != TOKEN_OPEN)
		touch_add_column(t, &index->table, touch_format(t, "(unique %)", name), TOUCH_WRITE);
}

/* The list in parentheses. */
static void index_columns(struct index *index)
{
	struct toucher *t = index->t;
	struct chain name;

	do {
		bool first = t->depth == 1 && (t->previous.kind == TOKEN_OPEN
			|| t->previous.kind == TOKEN_COMMA);

		if (first && touch_chain(t, &name))
			add_index_column(index, name.parts[name.count - 1]);
		else
			touch_word(t, false);
	} while (!touch_ended(t) && t->depth > 0);
}

/* An index is an object, or a part of its table, or both. */
static void add_index(struct index *index, const struct chain *name)
{
	struct toucher *t = index->t;
	struct chain made = index->table;

	if (name->count == 0) {
		strbuf_addstr(&index->name, "_idx");
		made.parts[made.count - 1] = touch_format(t, "%", index->name.buf);
		name = &made;
	}
	touch_add_object(t, name, TOUCH_WRITE);
	touch_add_column(t, &index->table, name->parts[name->count - 1], TOUCH_WRITE);
}

void touch_create_index(struct toucher *t, bool unique)
{
	struct index index = { .t = t, .unique = unique, .name = STRBUF_INIT };
	struct chain name = { .count = 0 };

	touch_pass(t, "CONCURRENTLY");
	touch_pass_if(t);
	if (!touch_at(t, "ON"))
		touch_chain(t, &name);
	while (!touch_ended(t) && !touch_pass(t, "ON"))
		touch_next(t);
	touch_pass(t, "ONLY");
	if (!touch_chain(t, &index.table)) {
		touch_unknown(t, "it is not clear which table the index is on");
		return;
	}
	/* Of rows that can't be unique it makes an error. */
	t->out->rows = unique;
	touch_add_object(t, &index.table, 0);
	strbuf_addstr(&index.name, index.table.parts[index.table.count - 1]);
	if (touch_pass(t, "USING"))
		touch_next(t);
	if (t->token.kind == TOKEN_OPEN)
		index_columns(&index);
	add_index(&index, &name);
	touch_rest(t, false);
	t->failed = t->failed || strbuf_failed(&index.name);
	strbuf_release(&index.name);
}
