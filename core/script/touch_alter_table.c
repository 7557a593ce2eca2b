/* SPDX-License-Identifier: BSD-2-Clause */
/* ALTER TABLE, whose actions mostly touch a part of the table alone. */
#include "script/touch_int.h"

/* What ALTER TABLE is about. */
struct alteration {
	struct toucher *t;
	struct chain table;
};

static void write_part(struct alteration *a, const char *part)
{
	touch_add_column(a->t, &a->table, part, TOUCH_WRITE);
}

/* Whether one of these words stands here and says of which kind the name behind
 * it is, rather than being the name of a column. */
static bool at_kind(const struct toucher *t, const char *const *words)
{
	static const char *const verbs[] = { "TO", "TYPE", "SET", "DROP", "ADD", "RESTART",
		"CASCADE", "RESTRICT", NULL };
	struct token next;

	if (!touch_at_any(t, words))
		return false;
	next = touch_peek(t);
	for (size_t i = 0; verbs[i]; i++)
		if (token_is(&next, verbs[i]))
			return false;
	return next.kind == TOKEN_WORD || next.kind == TOKEN_IDENTIFIER;
}

static void pass_kinds(struct toucher *t, const char *const *words)
{
	while (at_kind(t, words))
		touch_next(t);
}

/* The name that stands here, of a column, constraint or index. */
static bool write_named(struct alteration *a)
{
	struct chain name;

	touch_pass_if(a->t);
	if (!touch_chain(a->t, &name))
		return false;
	write_part(a, name.parts[name.count - 1]);
	return true;
}

static bool at_action_end(const struct alteration *a)
{
	return touch_ended(a->t) || (a->t->depth == 0 && a->t->token.kind == TOKEN_COMMA);
}

/* The rest of an action, whose words may be columns of the table. */
static void action_rest(struct alteration *a)
{
	while (!at_action_end(a))
		touch_word(a->t, false);
}

/* The columns in the parentheses that begin here become unique. */
static void unique_columns(struct alteration *a)
{
	struct toucher *t = a->t;
	struct chain column;

	if (t->token.kind != TOKEN_OPEN)
		return;
	do {
		touch_next(t);
		if (!touch_chain(t, &column))
			break;
		touch_add_column(t, &a->table, column.parts[0], 0);
		write_part(a, touch_format(t, "(unique %)", column.parts[0]));
		while (!touch_ended(t) && t->depth > 0 && t->token.kind != TOKEN_COMMA)
			touch_word(t, false);
	} while (t->token.kind == TOKEN_COMMA);
}

/* Whether an index is added, as in KEY name (column), and not a column that has
 * the word for its name. */
static bool at_index(const struct toucher *t)
{
	static const char *const words[] = { "INDEX", "KEY", "FULLTEXT", "SPATIAL", "EXCLUDE",
		NULL };
	struct scanner scanner = t->scanner;
	struct token next;

	if (!touch_at_any(t, words))
		return false;
	for (unsigned i = 0; i < 2; i++) {
		next = touch_scan(&scanner);
		if (next.kind == TOKEN_OPEN) {
			next = touch_scan(&scanner);
			return next.kind != TOKEN_NUMBER && next.kind != TOKEN_STRING;
		}
		if (token_is(&next, "USING") || token_is(&next, "INDEX") || token_is(&next, "KEY"))
			return true;
	}
	return false;
}

/* A constraint or index behind its name in ADD CONSTRAINT; named: it has one. */
static bool add_key(struct alteration *a, bool named)
{
	static const char *const kinds[] = { "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", NULL };
	static const char *const words[] = { "PRIMARY", "UNIQUE", "FULLTEXT", "SPATIAL", "INDEX",
		"KEY", "FOREIGN", "NULLS", "NOT", "DISTINCT", NULL };
	struct toucher *t = a->t;
	bool primary = touch_at(t, "PRIMARY"), unique = primary || touch_at(t, "UNIQUE");
	bool plain = !touch_at(t, "CHECK") && !touch_at(t, "EXCLUDE");

	if (!touch_at_any(t, kinds) && !at_index(t))
		return false;
	touch_pass_all(t, words);
	/* Keys and indexes may have a name here too. */
	if (plain && !touch_at(t, "USING"))
		named = write_named(a) || named;
	if (primary)
		write_part(a, "(primary key)");
	else if (!named)
		write_part(a, "(unnamed constraint)");
	if (touch_pass(t, "USING"))
		touch_next(t);
	if (unique)
		unique_columns(a);
	action_rest(a);
	return true;
}

struct definition {
	bool not_null;
	bool fills;    /* has a default */
	bool checked;  /* existing rows matter, or get values in some order */
};

static void note_definition(const struct toucher *t, struct definition *definition)
{
	static const char *const checks[] = { "UNIQUE", "PRIMARY", "CHECK", "REFERENCES",
		"GENERATED", "AS", "AUTO_INCREMENT", "SERIAL", "BIGSERIAL", "SMALLSERIAL", "NEXTVAL",
		NULL };

	if (touch_at(t, "NULL") && token_is(&t->previous, "NOT"))
		definition->not_null = true;
	if (touch_at(t, "DEFAULT"))
		definition->fills = true;
	if (touch_at_any(t, checks))
		definition->checked = true;
}

/* A column's name and all behind it, up to a comma or the end of a list. */
static void define_column(struct alteration *a, bool is_new)
{
	struct definition definition = { .checked = !is_new };
	struct toucher *t = a->t;
	unsigned depth = t->depth;
	struct chain name;
	bool words = false;

	if (!write_named(a))
		touch_next(t);
	while (!touch_ended(t) && t->depth >= depth
		&& (t->depth > depth || t->token.kind != TOKEN_COMMA)) {
		note_definition(t, &definition);
		words = words || touch_at(t, "USING");
		if (touch_pass(t, "AFTER") && touch_chain(t, &name))
			touch_add_column(t, &a->table, name.parts[0], 0);
		else if (touch_pass(t, "CONSTRAINT"))
			write_named(a);
		else
			touch_word(t, !words && t->depth == depth);
	}
	if (definition.checked || (definition.not_null && !definition.fills))
		t->out->rows = true;
}

/* ADD COLUMN (a int, b int) */
static void define_columns(struct alteration *a)
{
	do {
		touch_next(a->t);
		define_column(a, true);
	} while (a->t->token.kind == TOKEN_COMMA);
	action_rest(a);
}

static void write_all(struct alteration *a)
{
	a->t->out->rows = true;
	touch_add_object(a->t, &a->table, TOUCH_WRITE);
	action_rest(a);
}

static bool adds_partition(const struct toucher *t)
{
	struct token next = touch_peek(t);

	if (touch_at(t, "PERIOD"))
		return token_is(&next, "FOR");
	return touch_at(t, "PARTITION") && (next.kind == TOKEN_OPEN
		|| token_is(&next, "PARTITIONS") || token_is(&next, "IF"));
}

static void add(struct alteration *a)
{
	struct toucher *t = a->t;

	if (adds_partition(t)) {
		write_all(a);
	} else if (touch_pass(t, "CONSTRAINT")) {
		static const char *const kinds[] = { "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", NULL };
		bool named = !touch_at_any(t, kinds) && write_named(a);

		t->out->rows = true;
		add_key(a, named);
		action_rest(a);
	} else if (add_key(a, false)) {
		t->out->rows = true;
	} else {
		touch_pass(t, "COLUMN");
		if (t->token.kind == TOKEN_OPEN)
			define_columns(a);
		else
			define_column(a, true);
	}
}

static void drop(struct alteration *a)
{
	static const char *const keys[] = { "CONSTRAINT", "INDEX", "KEY", "FOREIGN", "CHECK", NULL };
	static const char *const partitions[] = { "PARTITION", "PERIOD", NULL };
	struct toucher *t = a->t;

	if (at_kind(t, partitions)) {
		write_all(a);
		return;
	}
	if (touch_at(t, "PRIMARY")) {
		write_part(a, "(primary key)");
		touch_add_column(t, &a->table, "(keys)", TOUCH_WRITE | TOUCH_SHARED);
	} else if (at_kind(t, keys)) {
		pass_kinds(t, keys);
		write_named(a);
		touch_add_column(t, &a->table, "(keys)", TOUCH_WRITE | TOUCH_SHARED);
		t->out->rows = true;
	} else {
		touch_pass(t, "COLUMN");
		write_named(a);
	}
	action_rest(a);
}

/* ALTER COLUMN, MODIFY, CHANGE */
static void change(struct alteration *a)
{
	static const char *const words[] = { "COLUMN", "CONSTRAINT", "INDEX", "CHECK", NULL };
	struct chain name;
	bool renames = token_is(&a->t->previous, "CHANGE");

	a->t->out->rows = true;
	pass_kinds(a->t, words);
	if (renames) {
		touch_pass_if(a->t);
		if (touch_chain(a->t, &name))
			write_part(a, name.parts[0]);
	}
	define_column(a, false);
}

/* The table gets another name, perhaps in another schema. */
static void move(struct alteration *a)
{
	struct chain name;

	if (touch_chain(a->t, &name)) {
		if (name.count == 1 && a->table.count > 1)
			name = (struct chain) { .count = 2, .parts = {
				a->table.parts[a->table.count - 2], name.parts[0] } };
		touch_add_object(a->t, &name, TOUCH_WRITE);
	}
	write_all(a);
}

static void rename_part(struct alteration *a)
{
	static const char *const kinds[] = { "COLUMN", "CONSTRAINT", "INDEX", "KEY", NULL };
	struct toucher *t = a->t;
	struct chain name;

	if (touch_pass(t, "TO") || touch_pass(t, "AS")) {
		move(a);
		return;
	}
	pass_kinds(t, kinds);
	touch_pass_if(t);
	if (!touch_chain(t, &name) || !touch_pass(t, "TO")) {
		touch_add_object(t, &name, TOUCH_WRITE);
		write_all(a);
		return;
	}
	write_part(a, name.parts[0]);
	write_named(a);
	action_rest(a);
}

static void set_schema(struct alteration *a)
{
	struct chain schema;

	if (touch_pass(a->t, "SCHEMA") && touch_chain(a->t, &schema))
		touch_add(a->t, (struct touch) { .schema = schema.parts[0],
			.name = a->table.parts[a->table.count - 1], .flags = TOUCH_WRITE });
	write_all(a);
}

static void act(struct alteration *a)
{
	struct toucher *t = a->t;

	if (touch_pass(t, "ADD"))
		add(a);
	else if (touch_pass(t, "DROP"))
		drop(a);
	else if (touch_pass(t, "ALTER") || touch_pass(t, "MODIFY") || touch_pass(t, "CHANGE"))
		change(a);
	else if (touch_pass(t, "RENAME"))
		rename_part(a);
	else if (touch_pass(t, "SET"))
		set_schema(a);
	else
		write_all(a);
}

void touch_alter_table(struct toucher *t)
{
	struct alteration a = { .t = t };

	touch_pass_if(t);
	touch_pass(t, "ONLY");
	if (!touch_chain(t, &a.table)) {
		touch_unknown(t, "it is not clear which table it alters");
		return;
	}
	touch_add_object(t, &a.table, 0);
	if (touch_at_operator(t, "*"))
		touch_next(t);
	while (!touch_ended(t)) {
		act(&a);
		if (t->token.kind == TOKEN_COMMA)
			touch_next(t);
	}
}
