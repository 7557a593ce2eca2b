/* SPDX-License-Identifier: BSD-2-Clause */
/* Types of columns. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "translate/map_int.h"

enum { DEEPEST_KEY = 16 };

static bool is_whole(const char *meaning)
{
	return strcmp(meaning, "smallint") == 0 || strcmp(meaning, "integer") == 0
		|| strcmp(meaning, "bigint") == 0;
}

/* An unsigned number of 64 bits, which home may number rows by. */
static bool is_unsigned(const char *meaning)
{
	return strcmp(meaning, "numeric(20,0)") == 0;
}

static void settle_number(const struct limbeck_object *column, struct home_kind *kind)
{
	if (limbeck_object_get(column, LIMBECK_ATTR_IDENTITY) && is_unsigned(kind->meaning))
		kind->text = kind->meaning = "bigint";
}

/* What numbers rows is a whole number, and so is what refers to it; where both ends of a
 * foreign key must have one type it is that of the other end. */
static int follow_keys(struct mapper *m, const struct limbeck_object *column,
	struct home_kind *kind)
{
	bool one = !mapper_says(m, LIMBECK_SAYS_MIXED_KEYS);
	struct home_kind other;

	settle_number(column, kind);
	for (unsigned i = 0; i < DEEPEST_KEY; i++) {
		if (!is_whole(kind->meaning) && !is_unsigned(kind->meaning))
			return 0;
		column = mapper_referred(m, column);
		if (!column)
			return 0;
		if (map_type_read(m, column, &other))
			return -1;
		settle_number(column, &other);
		if (is_whole(other.meaning) && (one || is_unsigned(kind->meaning))) {
			kind->text = other.text;
			kind->meaning = other.meaning;
		}
	}
	return 0;
}

int mapper_values(struct mapper *m, const struct home_kind *kind, const char ***values,
	size_t *count)
{
	size_t most = kind->enumeration
		? limbeck_object_count(kind->enumeration, LIMBECK_ATTR_VALUES)
		: strlen(kind->text);
	struct scanner scanner;
	struct token token;

	*count = 0;
	*values = arena_array(&m->arena, most + 1, sizeof **values);
	if (!*values)
		return mapper_nomem(m);
	for (; kind->enumeration && *count < most; ++*count)
		(*values)[*count] = limbeck_object_item(kind->enumeration, LIMBECK_ATTR_VALUES,
			*count);
	if (kind->enumeration)
		return 0;
	scanner_init(&scanner, dialect_lexis(LIMBECK_COMMON_DIALECT), kind->text,
		strlen(kind->text), true);
	for (scanner_next(&scanner, &token); token.kind != TOKEN_END && token.kind != TOKEN_BAD;
		scanner_next(&scanner, &token)) {
		struct strbuf text = STRBUF_INIT;

		if (token.kind != TOKEN_STRING)
			continue;
		for (size_t i = 1; i + 1 < token.length; i++) {
			strbuf_addch(&text, token.text[i]);
			i += token.text[i] == '\'';
		}
		(*values)[*count] = mapper_text(m, &text);
		if (!(*values)[(*count)++])
			return -1;
	}
	return 0;
}

static int put_enum(struct mapper *m, const struct home_kind *kind, struct strbuf *out)
{
	const char **values;
	size_t count;

	if (mapper_values(m, kind, &values, &count))
		return -1;
	strbuf_addstr(out, "enum(");
	for (size_t i = 0; i < count; i++) {
		if (i)
			strbuf_addch(out, ',');
		mapper_literal(m, out, values[i]);
	}
	strbuf_addch(out, ')');
	return 0;
}

/* The common type that stands for it: text for an enum, json for an array. */
static const char *stand_in(const struct mapper *m, const struct home_kind *kind)
{
	if (kind->sort == SORT_ENUM && !(kind->enumeration && mapper_says(m,
		LIMBECK_SAYS_ENUM_TYPE)))
		return "text";
	if (kind->sort == SORT_ARRAY && !mapper_says(m, LIMBECK_SAYS_ARRAY))
		return "json";
	return kind->text;
}

static int refuse_type(struct mapper *m, const struct limbeck_object *column,
	const struct home_kind *kind)
{
	if (!error_is(m->err, LIMBECK_E_UNSUPPORTED))
		return -1;
	return mapper_refuse(m, column, "the type %s has no counterpart", kind->text);
}

static size_t limit_of(const struct home_kind *kind)
{
	const char *limit = strchr(kind->meaning, '(');

	return limit ? (size_t)strtoul(limit + 1, NULL, 10) : 0;
}

static bool is_too_long(const struct mapper *m, const struct home_kind *kind)
{
	return m->translation->text_length && kind->sort == SORT_PLAIN
		&& (meaning_begins(kind->meaning, "text") || meaning_begins(kind->meaning, "char"))
		&& limit_of(kind) > m->translation->text_length;
}

static bool is_wide_char(const struct mapper *m, const struct home_kind *kind)
{
	return m->translation->char_length && kind->sort == SORT_PLAIN
		&& meaning_begins(kind->meaning, "char")
		&& limit_of(kind) > m->translation->char_length;
}

/* How many texts without a limit the key has. */
static size_t count_long(struct mapper *m, const struct limbeck_object *key)
{
	size_t count = 0;

	for (size_t i = 0; i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++) {
		const struct limbeck_object *column = mapper_column(m, mapper_table(m, key),
			limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i));
		struct home_kind kind;

		if (column && map_type_read(m, column, &kind) == 0 && kind_is_long(&kind))
			count++;
	}
	return count;
}

size_t mapper_share(const struct mapper *m, size_t usual, size_t count)
{
	size_t share = count ? m->translation->key_length / 4 / count : 0;

	/* Some bytes are for the other parts. */
	return count > 3 && share > 8 && share - 8 < usual ? share - 8 : usual;
}

/* The usual type, or one that is shorter where a key has many such. */
static void put_key_text(struct mapper *m, const struct limbeck_object *column,
	struct strbuf *out)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_PRIMARY_KEY, LIMBECK_KIND_UNIQUE,
		LIMBECK_KIND_INDEX };
	const char *usual = m->translation->key_text, *limit = strchr(usual, '(');
	const struct limbeck_object *table = mapper_table(m, column);
	size_t most = 0;

	for (size_t i = 0; table && i < sizeof kinds / sizeof *kinds; i++) {
		const struct limbeck_object *key = NULL;

		while ((key = mapper_part_of(m, table, kinds[i], key))) {
			bool holds = mapper_list_has(key, LIMBECK_ATTR_COLUMNS,
				limbeck_object_name(column)) && (kinds[i] != LIMBECK_KIND_INDEX
					|| limbeck_object_get(key, LIMBECK_ATTR_UNIQUE));
			size_t count = holds ? count_long(m, key) : 0;

			most = count > most ? count : most;
		}
	}
	if (!limit || most <= 3)
		strbuf_addstr(out, usual);
	else
		strbuf_addf(out, "%.*s(%zu)", (int)(limit - usual), usual,
			mapper_share(m, (size_t)strtoul(limit + 1, NULL, 10), most));
}

static int put_type(struct mapper *m, const struct limbeck_object *column,
	const struct home_kind *kind, struct strbuf *out)
{
	bool keyed = !mapper_says(m, LIMBECK_SAYS_TEXT_KEY) && column_in_key(m, column);

	if (kind->sort == SORT_ENUM && mapper_says(m, LIMBECK_SAYS_ENUM_COLUMN))
		return put_enum(m, kind, out);
	if (kind->enumeration && mapper_says(m, LIMBECK_SAYS_ENUM_TYPE)) {
		strbuf_addstr(out, limbeck_object_get(column, LIMBECK_ATTR_TYPE));
		return 0;
	}
	if (keyed && kind->sort == SORT_PLAIN && kind_is_long(kind)) {
		put_key_text(m, column, out);
		return 0;
	}
	if (!keyed && is_too_long(m, kind)) {
		mapper_remark(m, column, "its limit is left out, for the engine has none so long");
		return phrase_type_text(m->mapping->outward, "text", out, m->err);
	}
	if (is_wide_char(m, kind)) {
		strbuf_addf(out, "varchar%s", strchr(kind->meaning, '('));
		return 0;
	}
	if (keyed && strcmp(kind->meaning, "blob") == 0 && m->translation->key_blob) {
		strbuf_addstr(out, m->translation->key_blob);
		return 0;
	}
	if (keyed && (kind->sort == SORT_ARRAY || strcmp(kind->meaning, "json") == 0))
		return mapper_refuse(m, column, "the type %s can't be part of a key",
			kind->text);
	if (phrase_type_text(m->mapping->outward, stand_in(m, kind), out, m->err) == 0)
		return 0;
	return refuse_type(m, column, kind);
}

static bool ignores_case(const char *collation)
{
	size_t length = collation ? strlen(collation) : 0;

	return collation && (strcmp(collation, "NOCASE") == 0 || strcmp(collation, "nocase") == 0
		|| (length > 3 && strcmp(collation + length - 3, "_ci") == 0));
}

static void map_collation(struct mapper *m, const struct limbeck_object *column,
	const struct home_kind *kind, struct limbeck_object *to)
{
	const char *collation = limbeck_object_get(column, LIMBECK_ATTR_COLLATION);
	bool nocase = ignores_case(collation);

	if (nocase || strcmp(kind->text, "citext") == 0) {
		object_set(to, LIMBECK_ATTR_COLLATION, m->translation->nocase);
		if (nocase && !m->translation->nocase)
			mapper_remark(m, column, "letters of different case are different in it, "
				"for the engine has no collation like %s", collation);
	} else if (collation && strcmp(collation, "C") != 0 && strcmp(collation, "\"C\"") != 0
		&& strcmp(collation, "POSIX") != 0) {
		mapper_remark(m, column, "its collation %s is left out", collation);
	}
}

int map_type(struct mapper *m, const struct limbeck_object *column, struct home_kind *kind,
	struct limbeck_object *to)
{
	struct strbuf text = STRBUF_INIT;
	const char *type = NULL;

	if (map_type_read(m, column, kind) || follow_keys(m, column, kind))
		return -1;
	if (put_type(m, column, kind, &text)) {
		strbuf_release(&text);
		return -1;
	}
	type = mapper_text(m, &text);
	if (!type)
		return -1;
	object_set(to, LIMBECK_ATTR_TYPE, type);
	object_set(to, LIMBECK_ATTR_MEANING, kind->meaning);
	map_collation(m, column, kind, to);
	return 0;
}
