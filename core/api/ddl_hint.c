/* SPDX-License-Identifier: BSD-2-Clause */
/* "-- @renamed OLD" in files of DDL. */
#include "api/ddl.h"

#include <string.h>

#include "base/error.h"
#include "base/suggest.h"

static const char word_renamed[] = "renamed";

/* Tokens of one statement; comments count. */
struct reader {
	struct ddl *ddl;
	const struct ddl_statement *statement;
	struct scanner scanner;
	struct token token;
};

static void step(struct reader *reader)
{
	do
		scanner_next(&reader->scanner, &reader->token);
	while (reader->token.kind == TOKEN_EXECUTABLE);
}

static void step_code(struct reader *reader)
{
	do
		step(reader);
	while (reader->token.kind == TOKEN_COMMENT);
}

static bool at_end(const struct reader *reader)
{
	return reader->token.kind == TOKEN_END || reader->token.kind == TOKEN_BAD
		|| reader->token.kind == TOKEN_MORE;
}

const char *ddl_plain_name(struct arena *arena, const char *text, size_t length)
{
	char *out, *to;
	char close;

	if (length < 2 || !strchr("\"`[", text[0]))
		return arena_strndup(arena, text, length);
	close = text[0] == '[' ? ']' : text[0];
	out = to = arena_alloc(arena, length);
	if (!out)
		return NULL;
	for (size_t i = 1; i + 1 < length; i++) {
		*to++ = text[i];
		if (text[i] == close && text[i + 1] == close)
			i++;
	}
	return out;
}

/* What stands behind @renamed: one name. */
static int read_old(struct ddl *ddl, const char *text, size_t length, const char **old,
	struct limbeck_error *err)
{
	struct scanner scanner;
	struct token token, behind;

	scanner_init(&scanner, ddl->lexis, text, length, true);
	scanner_next(&scanner, &token);
	scanner_next(&scanner, &behind);
	if ((token.kind != TOKEN_WORD && token.kind != TOKEN_IDENTIFIER
			&& token.kind != TOKEN_STRING) || behind.kind != TOKEN_END) {
		error_set(err, LIMBECK_E_SCRIPT, "@renamed needs one name");
		error_hint(err, "Write the old name behind it, without its table: "
			"`-- @renamed old_name`.");
		return -1;
	}
	*old = ddl_plain_name(ddl->arena, token.text, token.length);
	return *old ? 1 : error_nomem(err);
}

int ddl_directive(struct ddl *ddl, const char *text, size_t length, const char **old,
	struct limbeck_error *err)
{
	static const char *const known[] = { word_renamed };
	size_t end = 1;
	const char *name;

	while (end < length && text[end] != ' ' && text[end] != '\t')
		end++;
	name = arena_strndup(ddl->arena, text + 1, end - 1);
	if (!name)
		return error_nomem(err);
	if (!strcmp(name, word_renamed))
		return read_old(ddl, text + end, length - end, old, err);
	if (!suggest_nearest(name, known, 1))
		return 0;
	error_set(err, LIMBECK_E_SCRIPT, "unknown directive @%s", name);
	error_hint(err, "Did you mean @%s?", word_renamed);
	return -1;
}

/* Whether the token is a comment "-- @word ...": *text is from the "@" on. */
static bool is_directive(const struct token *token, const char **text, size_t *length)
{
	size_t at = 2;

	if (token->kind != TOKEN_COMMENT || token->length < 2 || memcmp(token->text, "--", 2) != 0)
		return false;
	while (at < token->length && (token->text[at] == ' ' || token->text[at] == '\t'))
		at++;
	*text = token->text + at;
	*length = token->length - at;
	while (*length && strchr(" \t\r", (*text)[*length - 1]))
		--*length;
	return *length > 1 && (*text)[0] == '@' && (*text)[1] >= 'a' && (*text)[1] <= 'z';
}

/* The token's place in the text. */
static void locate(const struct reader *reader, struct ddl_hint *hint)
{
	const struct token *token = &reader->token;

	hint->from = reader->statement->from;
	hint->line = reader->statement->line + token->line - 1;
	hint->column = token->line == 1 ? reader->statement->column + token->column - 1
		: token->column;
}

static int fail_at(const struct ddl_hint *hint, const char *what, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_SCRIPT, "@renamed %s", what);
	error_hint(err, "It belongs on a line of its own before CREATE TABLE, or before the line "
		"of a column.");
	return ddl_fail(hint->from, hint->line, hint->column, err);
}

static const char *take_name(struct reader *reader)
{
	const char *name = ddl_plain_name(reader->ddl->arena, reader->token.text,
		reader->token.length);

	step_code(reader);
	return name;
}

/* CREATE ... TABLE [IF NOT EXISTS] [schema.]name: the reader then stands behind
 * the name. LIMBECK_KIND_NONE: something else is created, or nothing. */
static enum limbeck_kind read_head(struct reader *reader, const char **schema, const char **name)
{
	static const struct { const char *word; enum limbeck_kind kind; } kinds[] = {
		{ "TABLE", LIMBECK_KIND_TABLE }, { "VIEW", LIMBECK_KIND_VIEW },
		{ "SEQUENCE", LIMBECK_KIND_SEQUENCE }, { "TYPE", LIMBECK_KIND_ENUM },
		{ "DOMAIN", LIMBECK_KIND_DOMAIN },
	};
	static const char *const optional[] = { "IF", "NOT", "EXISTS" };
	enum limbeck_kind kind = LIMBECK_KIND_NONE;
	bool materialized = false;

	step_code(reader);
	if (!token_is(&reader->token, "CREATE"))
		return LIMBECK_KIND_NONE;
	for (int i = 0; i < 4 && !kind; i++) {
		step_code(reader);
		materialized = materialized || token_is(&reader->token, "MATERIALIZED");
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
			if (token_is(&reader->token, kinds[k].word))
				kind = kinds[k].kind;
	}
	step_code(reader);
	for (size_t i = 0; i < sizeof optional / sizeof *optional; i++)
		if (token_is(&reader->token, optional[i]))
			step_code(reader);
	*schema = NULL;
	*name = take_name(reader);
	if (reader->token.length == 1 && reader->token.text[0] == '.') {
		step_code(reader);
		*schema = *name;
		*name = take_name(reader);
	}
	return materialized && kind == LIMBECK_KIND_VIEW ? LIMBECK_KIND_MATERIALIZED_VIEW : kind;
}

/* Whether an element of CREATE TABLE that begins so is no column. */
static bool is_constraint(const struct token *token)
{
	static const char *const words[] = {
		"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "EXCLUDE", "LIKE", "PERIOD"
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (token_is(token, words[i]))
			return true;
	return token->kind != TOKEN_WORD && token->kind != TOKEN_IDENTIFIER
		&& token->kind != TOKEN_STRING;
}

/* A comment among the columns. `fresh`: a column begins behind it. */
static int take_comment(struct reader *reader, struct ddl_hint *hint, bool fresh,
	struct limbeck_error *err)
{
	const char *text, *old = NULL;
	size_t length;
	int result;

	if (!is_directive(&reader->token, &text, &length))
		return 0;
	locate(reader, hint);
	result = ddl_directive(reader->ddl, text, length, &old, err);
	if (result < 0)
		return ddl_fail(hint->from, hint->line, hint->column, err);
	if (result == 0)
		return 0;
	if (hint->old || !fresh || !reader->token.first)
		return fail_at(hint, "does not stand before a column", err);
	hint->old = old;
	return 0;
}

static int take_column(struct reader *reader, struct ddl_hint *hint, struct limbeck_error *err)
{
	if (!hint->old)
		return 0;
	if (is_constraint(&reader->token))
		return fail_at(hint, "does not stand before a column", err);
	hint->name = ddl_plain_name(reader->ddl->arena, reader->token.text, reader->token.length);
	if (!hint->name || !vec_push_arena(&reader->ddl->hints, *hint, reader->ddl->arena))
		return error_nomem(err);
	hint->old = NULL;
	return 0;
}

/* The reader stands behind the table's name. */
static int read_columns(struct reader *reader, const char *schema, const char *table,
	struct limbeck_error *err)
{
	struct ddl_hint hint = { .kind = LIMBECK_KIND_COLUMN, .schema = schema, .table = table };
	unsigned depth = 0;
	bool fresh = false;
	int result = 0;

	for (; result == 0 && !at_end(reader); step(reader)) {
		const struct token *token = &reader->token;

		if (token->kind == TOKEN_COMMENT) {
			result = take_comment(reader, &hint, fresh, err);
			continue;
		}
		if (fresh)
			result = take_column(reader, &hint, err);
		fresh = false;
		if (token->kind == TOKEN_OPEN)
			fresh = depth++ == 0;
		else if (token->kind == TOKEN_CLOSE)
			depth -= depth > 0;
		else if (token->kind == TOKEN_COMMA)
			fresh = depth == 1;
	}
	if (result == 0 && hint.old)
		return fail_at(&hint, "does not stand before a column", err);
	return result;
}

int ddl_hints(struct ddl *ddl, const struct ddl_statement *statement, struct ddl_hint *before,
	struct limbeck_error *err)
{
	struct reader reader = { .ddl = ddl, .statement = statement };
	const char *schema = NULL, *name = NULL;
	enum limbeck_kind kind;

	scanner_init(&reader.scanner, ddl->lexis, statement->sql, statement->length, true);
	kind = read_head(&reader, &schema, &name);
	if (kind && !name)
		return error_nomem(err);
	if (before && !kind)
		return fail_at(before, "stands before nothing that can have been renamed", err);
	if (before) {
		before->kind = kind;
		before->schema = schema;
		before->name = name;
		if (!vec_push_arena(&ddl->hints, *before, ddl->arena))
			return error_nomem(err);
	}
	return kind == LIMBECK_KIND_TABLE ? read_columns(&reader, schema, name, err) : 0;
}
