/* SPDX-License-Identifier: BSD-2-Clause */
/* What a statement mentions. */
#include "script/touch_int.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"

/* Words that no dialect takes for a name unless they are quoted. */
static const char *const reserved[] = {
	"ALL", "AND", "AS", "BETWEEN", "CASE", "CHECK", "COLLATE", "CONSTRAINT", "CREATE",
	"DEFAULT", "DISTINCT", "ELSE", "EXCEPT", "FOREIGN", "FROM", "GRANT", "GROUP", "HAVING",
	"IN", "INTO", "IS", "JOIN", "LIMIT", "NOT", "NULL", "ON", "OR", "ORDER", "PRIMARY",
	"SELECT", "TABLE", "THEN", "TO", "UNION", "UNIQUE", "USING", "WHEN", "WHERE", NULL
};

/* Functions that do nothing but give a value, and other words that may stand
 * before a parenthesis. */
static const char *const harmless[] = {
	"abs", "any", "array_agg", "avg", "bool_and", "bool_or", "cast", "ceil", "char",
	"char_length", "coalesce", "concat", "count", "date", "date_trunc", "decimal", "exists",
	"extract", "filter", "first_value", "floor", "greatest", "group_concat", "if", "ifnull",
	"instr", "interval", "json_agg", "jsonb_agg", "lag", "last_value", "lead", "least", "left",
	"length", "lower", "materialized", "max", "md5", "min", "now", "nullif", "numeric", "over",
	"position", "rank", "replace", "right", "round", "row", "row_number", "strftime",
	"string_agg", "substr", "substring", "sum", "timestamp", "to_char", "to_date", "trim",
	"upper", "values", "varchar", NULL
};

static bool is_seen(struct toucher *t, const struct touch *touch)
{
	const char *key;

	strbuf_reset(&t->text);
	strbuf_addf(&t->text, "%u\1%s\1%s\1%s", touch->flags, touch->name,
		touch->schema ? touch->schema : "", touch->column ? touch->column : "");
	if (map_get(&t->seen, t->text.buf))
		return true;
	key = strbuf_failed(&t->text) ? NULL : arena_strdup(t->arena, t->text.buf);
	if (!key || !map_put(&t->seen, key, t))
		t->failed = true;
	return false;
}

void touch_add(struct toucher *t, struct touch touch)
{
	if (!is_seen(t, &touch) && !vec_push_arena(&t->out->list, touch, t->arena))
		t->failed = true;
}

static struct touch touch_of(const struct chain *chain, unsigned flags)
{
	return (struct touch) {
		.schema = chain->count > 1 ? chain->parts[chain->count - 2] : NULL,
		.name = chain->parts[chain->count - 1], .flags = flags };
}

void touch_add_object(struct toucher *t, const struct chain *chain, unsigned flags)
{
	if (chain->count)
		touch_add(t, touch_of(chain, flags));
}

void touch_add_column(struct toucher *t, const struct chain *table, const char *column,
	unsigned flags)
{
	struct touch touch;

	if (!table->count)
		return;
	touch = touch_of(table, flags);
	touch.column = column;
	touch_add(t, touch);
}

void touch_list(struct toucher *t, unsigned flags)
{
	static const char *const passed[] = { "ONLY", NULL };
	struct chain chain;

	for (;;) {
		touch_pass_all(t, passed);
		if (!touch_chain(t, &chain))
			return;
		touch_add_object(t, &chain, flags);
		touch_pass_group(t);
		if (touch_at_operator(t, "*"))
			touch_next(t);
		if (t->token.kind != TOKEN_COMMA)
			return;
		touch_next(t);
	}
}

void touch_references(struct toucher *t)
{
	struct chain table, column;

	touch_next(t);
	if (!touch_chain(t, &table))
		return;
	touch_add_column(t, &table, "(keys)", 0);
	if (t->token.kind != TOKEN_OPEN) {
		touch_add_column(t, &table, "(primary key)", 0);
		return;
	}
	do {
		touch_next(t);
		if (!touch_chain(t, &column))
			break;
		touch_add_column(t, &table, column.parts[0], 0);
		touch_add_column(t, &table, touch_format(t, "(unique %)", column.parts[0]), 0);
	} while (t->token.kind == TOKEN_COMMA);
}

/* SELECT *, t.*, but neither count(*) nor a product. */
static bool is_star(const struct toucher *t)
{
	static const char *const before[] = { "SELECT", "ALL", "DISTINCT", "RETURNING", NULL };
	const struct token *previous = &t->previous;

	if (!touch_at_operator(t, "*"))
		return false;
	for (size_t i = 0; before[i]; i++)
		if (token_is(previous, before[i]))
			return true;
	return previous->kind == TOKEN_COMMA;
}

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (!strcmp(name, *names))
			return true;
	return false;
}

/* A call of the function whose name was just read; at its parenthesis. */
static void call(struct toucher *t, const char *name)
{
	bool sets = !strcmp(name, "setval"), steps = !strcmp(name, "nextval");
	struct chain sequence;

	if (sets || steps || !strcmp(name, "currval")) {
		touch_next(t);
		if (t->token.kind == TOKEN_STRING && touch_string_chain(t, &t->token, &sequence)) {
			touch_add_object(t, &sequence,
				sets || (steps && t->out->rows) ? TOUCH_WRITE : 0U);
			return;
		}
	} else if (is_one_of(name, harmless)) {
		return;
	}
	if (t->runs)
		touch_unknown(t, "what a function that it calls does is not in the file");
}

/* All that a name can stand for: of a.b, b in the schema a, b of the table or
 * alias a, and that table. */
static void mention(struct toucher *t, const struct chain *chain, unsigned flags)
{
	for (size_t i = 0; i < chain->count; i++)
		touch_add(t, (struct touch) { .schema = i ? chain->parts[i - 1] : NULL,
			.name = chain->parts[i], .flags = flags });
	t->out->star = t->out->star || chain->star;
}

/* 'name'::regclass */
static void string(struct toucher *t)
{
	const struct token text = t->token;
	struct chain chain;

	touch_next(t);
	if (!touch_at_operator(t, "::"))
		return;
	touch_next(t);
	if (t->token.kind == TOKEN_WORD && t->token.length > 3
		&& strncasecmp(t->token.text, "reg", 3) == 0 && touch_string_chain(t, &text, &chain))
		touch_add_object(t, &chain, 0);
}

void touch_word(struct toucher *t, bool objects_only)
{
	struct chain chain;

	if (t->token.kind == TOKEN_STRING) {
		string(t);
	} else if (touch_at(t, "REFERENCES")) {
		touch_references(t);
	} else if (touch_at_any(t, reserved)) {
		touch_next(t);
	} else if (touch_chain(t, &chain)) {
		mention(t, &chain, objects_only ? 0U : TOUCH_WORD);
		if (t->token.kind == TOKEN_OPEN)
			call(t, chain.parts[chain.count - 1]);
	} else {
		t->out->star = t->out->star || is_star(t);
		touch_next(t);
	}
}

void touch_rest(struct toucher *t, bool objects_only)
{
	while (!touch_ended(t))
		touch_word(t, objects_only);
}
