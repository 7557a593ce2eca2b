/* SPDX-License-Identifier: BSD-2-Clause */
/* Types of home: what they mean, and where they come from. */
#include <string.h>

#include "translate/map_int.h"

enum { DEEPEST_TYPE = 8 };

/* The usual words for a type, and its meaning; with the numbers behind it, if any. */
static const struct {
	const char *type;
	const char *meaning;
	bool sized;
} meanings[] = {
	{ "boolean", "boolean", false }, { "smallint", "smallint", false },
	{ "integer", "integer", false }, { "bigint", "bigint", false },
	{ "numeric", "numeric", true }, { "real", "real", false },
	{ "double precision", "double", false }, { "money", "numeric(19,2)", false },
	{ "oid", "bigint", false }, { "text", "text", false }, { "varchar", "text", true },
	{ "name", "text", false }, { "citext", "text", false }, { "char", "char", true },
	{ "bytea", "blob", false }, { "date", "date", false }, { "time", "time", false },
	{ "timetz", "timetz", false }, { "timestamp", "timestamp", false },
	{ "timestamptz", "timestamptz", false }, { "interval", "interval", false },
	{ "uuid", "uuid", false }, { "json", "json", false }, { "jsonb", "json", false },
	{ "inet", "inet", false }, { "cidr", "inet", false },
};

bool meaning_begins(const char *meaning, const char *word)
{
	size_t length = strlen(word);

	return strncmp(meaning, word, length) == 0
		&& (meaning[length] == '\0' || meaning[length] == '(');
}

/* "numeric(10,2)" of "numeric(10, 2)". */
static const char *sized_meaning(struct mapper *m, const char *word, const char *limits)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_addstr(&text, word);
	for (; *limits; limits++)
		if (*limits != ' ')
			strbuf_addch(&text, *limits);
	return mapper_text(m, &text);
}

static const char *meaning_of(struct mapper *m, const char *type)
{
	size_t length = strcspn(type, "(");
	const char *limits = type + length;

	while (length && type[length - 1] == ' ')
		length--;
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		if (strlen(meanings[i].type) != length
			|| strncmp(meanings[i].type, type, length) != 0)
			continue;
		return meanings[i].sized && *limits
			? sized_meaning(m, meanings[i].meaning, limits) : meanings[i].meaning;
	}
	return "other";
}

/* A part of a name at the scanner, without quotes. */
static bool read_name(struct scanner *scanner, struct strbuf *out)
{
	struct token token;

	scanner_next(scanner, &token);
	if (token.kind == TOKEN_WORD)
		strbuf_add(out, token.text, token.length);
	else if (token.kind != TOKEN_IDENTIFIER)
		return false;
	for (size_t i = 1; token.kind == TOKEN_IDENTIFIER && i + 1 < token.length; i++) {
		strbuf_addch(out, token.text[i]);
		i += token.text[i] == '"';
	}
	return true;
}

static const struct limbeck_object *find_type(const struct mapper *m, const char *schema,
	const char *name)
{
	struct object_name full = { .kind = LIMBECK_KIND_ENUM, .schema = schema, .name = name };
	const struct limbeck_object *found = catalog_find(m->home, &full);

	full.kind = LIMBECK_KIND_DOMAIN;
	return found ? found : catalog_find(m->home, &full);
}

const struct limbeck_object *mapper_user_type(const struct mapper *m, const char *text)
{
	struct strbuf first = STRBUF_INIT, second = STRBUF_INIT;
	const struct limbeck_object *found = NULL;
	size_t length = text ? strlen(text) : 0;
	struct scanner scanner;
	struct token token;

	while (length > 2 && strncmp(text + length - 2, "[]", 2) == 0)
		length -= 2;
	if (!length)
		return NULL;
	scanner_init(&scanner, dialect_lexis(LIMBECK_COMMON_DIALECT), text, length, true);
	if (read_name(&scanner, &first)) {
		scanner_next(&scanner, &token);
		if (token.kind == TOKEN_END)
			found = find_type(m, NULL, first.buf);
		else if (token.length == 1 && *token.text == '.' && read_name(&scanner, &second))
			found = find_type(m, first.buf, second.buf);
	}
	strbuf_release(&first);
	strbuf_release(&second);
	return found;
}

static bool is_array(const char *text)
{
	size_t length = strlen(text);

	return length > 2 && strcmp(text + length - 2, "[]") == 0;
}

static bool begins(const char *text, const char *word)
{
	return strncmp(text, word, strlen(word)) == 0;
}

static const char *plain_meaning(struct mapper *m, struct home_kind *kind)
{
	if (is_array(kind->text)) {
		kind->sort = SORT_ARRAY;
		return "array";
	}
	if (begins(kind->text, "enum(")) {
		kind->sort = SORT_ENUM;
		return "enum";
	}
	return meaning_of(m, kind->text);
}

int map_type_read(struct mapper *m, const struct limbeck_object *column, struct home_kind *kind)
{
	const struct limbeck_object *type;

	*kind = (struct home_kind) { .sort = SORT_PLAIN };
	kind->text = limbeck_object_get(column, LIMBECK_ATTR_TYPE);
	if (!kind->text)
		return mapper_refuse(m, column, "it has no type");
	while ((type = is_array(kind->text) ? NULL : mapper_user_type(m, kind->text))) {
		if (limbeck_object_kind(type) == LIMBECK_KIND_ENUM) {
			kind->sort = SORT_ENUM;
			kind->enumeration = type;
			kind->meaning = "enum";
			return 0;
		}
		if (mapper_says(m, LIMBECK_SAYS_DOMAIN))
			break;
		if (kind->domain_count == DEEPEST_TYPE)
			return mapper_refuse(m, column, "its type is a domain of too many others");
		kind->domains[kind->domain_count++] = type;
		kind->text = limbeck_object_get(type, LIMBECK_ATTR_TYPE);
		if (!kind->text)
			return mapper_refuse(m, type, "it has no type");
	}
	if (begins(kind->text, "set("))
		return mapper_refuse(m, column, "the type %s has no counterpart", kind->text);
	kind->meaning = plain_meaning(m, kind);
	return kind->meaning ? 0 : -1;
}

bool kind_is_long(const struct home_kind *kind)
{
	return strcmp(kind->meaning, "text") == 0 || strcmp(kind->meaning, "other") == 0;
}

const struct limbeck_object *mapper_column(const struct mapper *m,
	const struct limbeck_object *table, const char *name)
{
	struct object_name full = { .kind = LIMBECK_KIND_COLUMN,
		.schema = limbeck_object_schema(table), .table = limbeck_object_name(table),
		.name = name };

	return catalog_find(m->home, &full);
}

const struct limbeck_object *mapper_table(const struct mapper *m,
	const struct limbeck_object *part)
{
	return catalog_relation(m->home, limbeck_object_schema(part), limbeck_object_table(part));
}

/* Column number i of those that the foreign key refers to. */
static const struct limbeck_object *referred_at(const struct mapper *m,
	const struct limbeck_object *key, size_t i)
{
	const struct limbeck_object *table = catalog_relation(m->home,
		limbeck_object_get(key, LIMBECK_ATTR_REF_SCHEMA),
		limbeck_object_get(key, LIMBECK_ATTR_REF_TABLE));
	const char *name = limbeck_object_item(key, LIMBECK_ATTR_REF_COLUMNS, i);

	if (table && !name)
		name = limbeck_object_item(mapper_part_of(m, table, LIMBECK_KIND_PRIMARY_KEY, NULL),
			LIMBECK_ATTR_COLUMNS, i);
	return table && name ? mapper_column(m, table, name) : NULL;
}

const struct limbeck_object *mapper_referred(const struct mapper *m,
	const struct limbeck_object *column)
{
	const struct limbeck_object *table = mapper_table(m, column), *key = NULL;
	const char *name = limbeck_object_name(column);

	while (table && (key = mapper_part_of(m, table, LIMBECK_KIND_FOREIGN_KEY, key))) {
		size_t count = limbeck_object_count(key, LIMBECK_ATTR_COLUMNS);

		for (size_t i = 0; i < count; i++)
			if (strcmp(limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i), name) == 0)
				return referred_at(m, key, i);
	}
	return NULL;
}
