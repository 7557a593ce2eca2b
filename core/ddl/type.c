/* SPDX-License-Identifier: BSD-2-Clause */
#include "ddl/type.h"

#include <string.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "ddl/print.h"

/* Types of several words: each pair may stand in this order. */
static const char *const pairs[][2] = {
	{ "DOUBLE", "PRECISION" }, { "CHARACTER", "VARYING" }, { "CHAR", "VARYING" },
	{ "NCHAR", "VARYING" }, { "NCHAR", "VARCHAR" }, { "NATIONAL", "CHARACTER" },
	{ "NATIONAL", "CHAR" }, { "NATIONAL", "VARCHAR" }, { "CHARACTER", "LARGE" },
	{ "CHAR", "LARGE" }, { "BINARY", "LARGE" }, { "LARGE", "OBJECT" }, { "CHAR", "BYTE" },
	{ "BIT", "VARYING" }, { "LONG", "VARCHAR" }, { "LONG", "VARBINARY" },
	{ "SIGNED", "INTEGER" }, { "SIGNED", "INT" }, { "UNSIGNED", "INTEGER" },
	{ "UNSIGNED", "INT" }
};

static const struct {
	const char *words;
	unsigned flag;
	bool column;    /* not in a cast */
	bool names;     /* a name follows */
} attributes[] = {
	{ "UNSIGNED", TYPE_UNSIGNED, false, false },
	{ "SIGNED", 0, false, false },
	{ "ZEROFILL", TYPE_ZEROFILL, false, false },
	{ "BINARY", TYPE_BINARY, true, false },
	{ "ASCII", 0, true, false },
	{ "UNICODE", 0, true, false },
	{ "BYTE", 0, true, false },
	{ "CHARACTER SET", 0, false, true },
	{ "CHAR SET", 0, false, true },
	{ "CHARSET", 0, false, true },
	{ "COLLATE", 0, true, true }
};

static bool at_second_word(struct parser *p, const struct token *first)
{
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (token_is(first, pairs[i][0]) && parser_at(p, pairs[i][1]))
			return true;
	return false;
}

/* Whether a word goes on with a type that may consist of any words. */
static bool at_any_word(struct parser *p, enum type_context context)
{
	static const char *const clauses[] = { "CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE",
		"CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS", "AUTO_INCREMENT",
		"AUTOINCREMENT", "COMMENT", "ON", "FOREIGN", "UNSIGNED", "ZEROFILL", "CHARACTER SET",
		"WITH TIME ZONE", "WITHOUT TIME ZONE", "DEFERRABLE", "INITIALLY", NULL };

	return context == TYPE_OF_COLUMN && p->lexis->flags & LIMBECK_LEX_TRIGGER_BODIES
		&& name_at(p, 0) && !parser_at_any(p, clauses);
}

static int parse_words(struct parser *p, enum type_context context, struct ddl_type *type,
	struct limbeck_error *err)
{
	struct ddl_ident **tail = &type->words;
	struct token previous = *parser_peek(p, 0);

	if (name_parse(p, &type->name, err))
		return -1;
	if (type->name.count > 1)
		return 0;
	while (at_second_word(p, &previous) || at_any_word(p, context)) {
		previous = *parser_peek(p, 0);
		if (ident_parse_new(p, tail, err))
			return -1;
		tail = &(*tail)->next;
	}
	return 0;
}

/* YEAR TO MONTH and the like. */
static int parse_fields(struct parser *p, struct ddl_type *type, struct limbeck_error *err)
{
	static const char *const fields[] = { "YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND",
		NULL };
	static const char *const to[] = { "TO MONTH", "TO HOUR", "TO MINUTE", "TO SECOND", NULL };
	struct ddl_ident **tail = &type->fields;

	if (strcmp(type->plain, "interval") != 0 || !parser_at_any(p, fields))
		return 0;
	if (ident_parse_new(p, tail, err))
		return -1;
	tail = &(*tail)->next;
	if (!parser_at_any(p, to))
		return 0;
	if (ident_parse_new(p, tail, err))
		return -1;
	return ident_parse_new(p, &(*tail)->next, err);
}

static int parse_argument(struct parser *p, struct type_argument *argument,
	struct limbeck_error *err)
{
	bool sign;

	argument->span = parser_open_span(p);
	sign = parser_accept_operator(p, "-") || parser_accept_operator(p, "+");
	argument->kind = parser_peek(p, 0)->kind;
	if (argument->kind != TOKEN_NUMBER && (sign || (argument->kind != TOKEN_STRING
		&& argument->kind != TOKEN_WORD && argument->kind != TOKEN_IDENTIFIER)))
		return parser_fail(p, "an argument of a type", err);
	parser_next(p);
	parser_close_span(p, &argument->span);
	return 0;
}

static int parse_arguments(struct parser *p, struct ddl_type *type, struct limbeck_error *err)
{
	struct type_argument **tail = &type->arguments;

	if (!parser_accept_kind(p, TOKEN_OPEN))
		return 0;
	do {
		*tail = parser_alloc(p, sizeof **tail, err);
		if (!*tail || parse_argument(p, *tail, err))
			return -1;
		tail = &(*tail)->next;
	} while (parser_accept_kind(p, TOKEN_COMMA));
	return parser_expect_kind(p, TOKEN_CLOSE, err);
}

/* 1: one was read, 0: there is none. */
static int parse_attribute(struct parser *p, enum type_context context, struct ddl_type *type,
	struct type_attribute **out, struct limbeck_error *err)
{
	size_t i = 0, count = sizeof attributes / sizeof *attributes;

	while (i < count && ((attributes[i].column && context == TYPE_OF_CAST)
		|| !parser_accept(p, attributes[i].words)))
		i++;
	if (i == count)
		return 0;
	*out = parser_alloc(p, sizeof **out, err);
	if (!*out)
		return -1;
	(*out)->words = attributes[i].words;
	type->flags |= attributes[i].flag;
	if (!attributes[i].names)
		return 1;
	return name_parse_string(p, &(*out)->name, err) ? -1 : 1;
}

static int parse_attributes(struct parser *p, enum type_context context, struct ddl_type *type,
	struct limbeck_error *err)
{
	struct type_attribute **tail = &type->attributes;
	int found;

	while ((found = parse_attribute(p, context, type, tail, err)) == 1)
		tail = &(*tail)->next;
	return found;
}

static int parse_dimensions(struct parser *p, struct ddl_type *type, struct limbeck_error *err)
{
	struct type_dimension **tail = &type->dimensions;

	if (parser_accept(p, "ARRAY"))
		type->flags |= TYPE_ARRAY_WORD;
	while (parser_accept_operator(p, "[")) {
		*tail = parser_alloc(p, sizeof **tail, err);
		if (!*tail)
			return -1;
		if (parser_at_kind(p, TOKEN_NUMBER))
			(*tail)->size = parser_take(p);
		if (parser_expect_operator(p, "]", err))
			return -1;
		tail = &(*tail)->next;
	}
	return 0;
}

static void add_plain(struct strbuf *out, const struct ddl_ident *ident)
{
	for (const char *c = ident->name; *c; c++)
		strbuf_addch(out, !ident->quoted && *c >= 'A' && *c <= 'Z' ? *c + ('a' - 'A') : *c);
}

static int name_type(struct parser *p, struct ddl_type *type, struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT;
	size_t simple = 0;

	for (const struct ddl_ident *part = type->name.first; part; part = part->next) {
		if (part != type->name.first)
			strbuf_addch(&text, '.');
		simple = text.len;
		add_plain(&text, part);
	}
	for (const struct ddl_ident *word = type->words; word; word = word->next) {
		strbuf_addch(&text, ' ');
		add_plain(&text, word);
	}
	type->plain = strbuf_failed(&text) ? NULL : arena_strdup(p->arena, text.buf);
	strbuf_release(&text);
	if (!type->plain)
		return error_nomem(err);
	type->simple = type->plain + simple;
	return 0;
}

int type_parse(struct parser *p, enum type_context context, struct ddl_type **out,
	struct limbeck_error *err)
{
	struct ddl_type *type = parser_alloc(p, sizeof *type, err);

	if (!type)
		return -1;
	type->span = parser_open_span(p);
	if (parse_words(p, context, type, err) || name_type(p, type, err)
		|| parse_fields(p, type, err) || parse_arguments(p, type, err))
		return -1;
	if (parser_accept(p, "WITH TIME ZONE"))
		type->flags |= TYPE_WITH_ZONE;
	else if (parser_accept(p, "WITHOUT TIME ZONE"))
		type->flags |= TYPE_WITHOUT_ZONE;
	if (parse_attributes(p, context, type, err) || parse_dimensions(p, type, err))
		return -1;
	parser_close_span(p, &type->span);
	*out = type;
	return 0;
}

static void print_words(struct printer *out, const struct ddl_ident *word)
{
	for (; word; word = word->next)
		ident_print(out, word);
}

static void print_arguments(struct printer *out, const struct type_argument *argument)
{
	if (!argument)
		return;
	printer_glue(out);
	printer_open(out);
	for (; argument; argument = argument->next) {
		printer_span(out, &argument->span);
		if (argument->next)
			printer_comma(out);
	}
	printer_close(out);
}

void type_print(struct printer *out, const struct ddl_type *type)
{
	name_print(out, &type->name);
	print_words(out, type->words);
	print_words(out, type->fields);
	print_arguments(out, type->arguments);
	printer_if(out, type->flags & TYPE_WITH_ZONE, "WITH TIME ZONE");
	printer_if(out, type->flags & TYPE_WITHOUT_ZONE, "WITHOUT TIME ZONE");
	for (const struct type_attribute *a = type->attributes; a; a = a->next) {
		printer_word(out, a->words);
		name_print(out, &a->name);
	}
	printer_if(out, type->flags & TYPE_ARRAY_WORD, "ARRAY");
	for (const struct type_dimension *d = type->dimensions; d; d = d->next) {
		printer_glue(out);
		printer_word(out, "[");
		printer_glue(out);
		printer_span(out, &d->size);
		printer_glue(out);
		printer_word(out, "]");
	}
}

const struct ddl_name *type_collation(const struct ddl_type *type)
{
	for (const struct type_attribute *a = type->attributes; a; a = a->next)
		if (strcmp(a->words, "COLLATE") == 0)
			return &a->name;
	return NULL;
}

const struct ddl_name *type_charset(const struct ddl_type *type)
{
	for (const struct type_attribute *a = type->attributes; a; a = a->next)
		if (a->name.count && strcmp(a->words, "COLLATE") != 0)
			return &a->name;
	return NULL;
}

unsigned type_argument_count(const struct ddl_type *type)
{
	unsigned count = 0;

	for (const struct type_argument *a = type->arguments; a; a = a->next)
		count++;
	return count;
}
