/* SPDX-License-Identifier: BSD-2-Clause */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "subject.h"

void words_next(struct words *words)
{
	limbeck_host->token(words->lexis, words->text, words->length, &words->position,
		&words->token);
}

void words_init(struct words *words, const struct postgresql *pg,
	const struct limbeck_statement *statement)
{
	static const struct limbeck_lexis standard = LIMBECK_LEXIS_POSTGRESQL;

	*words = (struct words) { .lexis = pg->lexis.size ? &pg->lexis : &standard,
		.text = statement->sql, .length = statement->length };
	words_next(words);
}

bool words_is(const struct words *words, const char *list)
{
	const struct limbeck_token *token = &words->token;

	if (token->kind != LIMBECK_TOKEN_WORD)
		return false;
	while (*list) {
		size_t length = strcspn(list, " ");

		if (length == token->length && strncasecmp(list, token->text, length) == 0)
			return true;
		list += length + (list[length] == ' ');
	}
	return false;
}

bool words_take(struct words *words, const char *list)
{
	bool taken = words_is(words, list);

	if (taken)
		words_next(words);
	return taken;
}

bool words_sign(const struct words *words, char sign)
{
	return words->token.kind == LIMBECK_TOKEN_OTHER && *words->token.text == sign;
}

/* As the server reads it: without quotes, or in lower case. */
static bool read_name(const struct words *words, char plain[POSTGRESQL_NAME_BYTES])
{
	const char *from = words->token.text;
	const char *end = from + words->token.length;
	bool quoted = words->token.kind == LIMBECK_TOKEN_IDENTIFIER;
	size_t length = 0;

	if (!quoted && words->token.kind != LIMBECK_TOKEN_WORD)
		return false;
	for (from += quoted, end -= quoted; from < end; from++) {
		if (quoted && *from == '"' && from + 1 < end)
			from++;
		if (length + 1 == POSTGRESQL_NAME_BYTES)
			return false;
		plain[length++] = quoted ? *from : (char)tolower((unsigned char)*from);
	}
	plain[length] = '\0';
	return length > 0;
}

static void quote(const char *plain, char *to)
{
	for (*to++ = '"'; *plain; plain++) {
		if (*plain == '"')
			*to++ = '"';
		*to++ = *plain;
	}
	strcpy(to, "\"");
}

bool words_name(struct words *words, char quoted[2 * SUBJECT_NAME + 1],
	char plain[POSTGRESQL_NAME_BYTES])
{
	size_t length;

	if (!read_name(words, plain))
		return false;
	quote(plain, quoted);
	words_next(words);
	if (!words_sign(words, '.'))
		return true;
	words_next(words);
	if (!read_name(words, plain))
		return false;
	length = strlen(quoted);
	quoted[length] = '.';
	quote(plain, quoted + length + 1);
	words_next(words);
	return true;
}

static bool take_name(struct words *words, struct subject *subject)
{
	size_t i = subject->count;

	if (i == SUBJECT_OBJECTS || !words_name(words, subject->names[i], subject->plain[i]))
		return false;
	subject->count++;
	return true;
}

static bool take_names(struct words *words, struct subject *subject)
{
	if (!take_name(words, subject))
		return false;
	while (words_sign(words, ',')) {
		words_next(words);
		if (!take_name(words, subject))
			return false;
	}
	return true;
}

static void skip_existence(struct words *words)
{
	if (words_take(words, "if")) {
		words_take(words, "not");
		words_take(words, "exists");
	}
}

/* Behind CREATE [UNIQUE] INDEX. */
static bool read_index(struct words *words, struct subject *subject)
{
	char quoted[2 * SUBJECT_NAME + 1];

	subject->kind = SUBJECT_INDEX;
	subject->concurrently = words_take(words, "concurrently");
	skip_existence(words);
	if (!words_is(words, "on") && !words_name(words, quoted, subject->index))
		return false;
	if (!words_take(words, "on"))
		return false;
	words_take(words, "only");
	return take_name(words, subject);
}

/* TRIGGER x ... ON t: of the table. */
static bool read_part(struct words *words, struct subject *subject)
{
	subject->kind = SUBJECT_RELATION;
	while (words->token.kind != LIMBECK_TOKEN_END && !words_is(words, "on"))
		words_next(words);
	return words_take(words, "on") && take_name(words, subject);
}

static enum subject_kind kind_of(const struct words *words)
{
	static const struct {
		const char *words;
		enum subject_kind kind;
	} kinds[] = {
		{ "table view sequence index", SUBJECT_EXISTENCE }, { "type domain", SUBJECT_TYPE },
		{ "function procedure aggregate routine", SUBJECT_ROUTINE },
		{ "schema", SUBJECT_SCHEMA }, { "extension", SUBJECT_EXTENSION },
		{ "database", SUBJECT_DATABASE },
	};
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (words_is(words, kinds[i].words))
			return kinds[i].kind;
	return SUBJECT_UNKNOWN;
}

static bool read_create(struct words *words, struct subject *subject)
{
	bool replaces = false;

	while (words_is(words, "or replace temp temporary unlogged global local recursive foreign "
			"materialized unique constraint event")) {
		replaces = replaces || words_is(words, "replace");
		words_next(words);
	}
	if (words_take(words, "index"))
		return read_index(words, subject);
	if (words_take(words, "trigger policy rule"))
		return read_part(words, subject);
	subject->kind = kind_of(words);
	words_next(words);
	skip_existence(words);
	if (subject->kind == SUBJECT_EXISTENCE && replaces)
		subject->kind = SUBJECT_RELATION;
	return take_name(words, subject);
}

static bool read_drop(struct words *words, struct subject *subject)
{
	words_take(words, "foreign materialized");
	if (words_take(words, "trigger policy rule"))
		return read_part(words, subject);
	subject->kind = kind_of(words);
	words_next(words);
	subject->concurrently = words_take(words, "concurrently");
	skip_existence(words);
	return subject->kind == SUBJECT_ROUTINE ? take_name(words, subject) :
		take_names(words, subject);
}

static bool read_alter(struct words *words, struct subject *subject)
{
	words_take(words, "foreign materialized");
	if (words_is(words, "system")) {
		subject->kind = SUBJECT_AGAIN;
		return true;
	}
	subject->kind = kind_of(words);
	if (words_is(words, "sequence") || subject->kind > SUBJECT_TYPE)
		return false;
	if (subject->kind == SUBJECT_EXISTENCE)
		subject->kind = SUBJECT_RELATION;
	words_next(words);
	skip_existence(words);
	words_take(words, "only");
	if (!take_name(words, subject))
		return false;
	/* A partition is detached in two steps. */
	while (words->token.kind != LIMBECK_TOKEN_END && !words_is(words, "detach"))
		words_next(words);
	return words->token.kind == LIMBECK_TOKEN_END;
}

static bool read_reindex(struct words *words, struct subject *subject)
{
	subject->kind = SUBJECT_AGAIN;
	if (words_sign(words, '('))
		while (words->token.kind != LIMBECK_TOKEN_END && !words_sign(words, ')')) {
			subject->concurrently = subject->concurrently ||
				words_is(words, "concurrently");
			words_next(words);
		}
	if (words_sign(words, ')'))
		words_next(words);
	if (!words_take(words, "index table"))
		return true;
	if (words_take(words, "concurrently"))
		subject->concurrently = true;
	if (subject->concurrently && take_name(words, subject))
		subject->kind = SUBJECT_REINDEX;
	return true;
}

static bool read(struct words *words, struct subject *subject)
{
	if (words_is(words, "vacuum analyze cluster refresh checkpoint grant revoke comment "
			"security")) {
		subject->kind = SUBJECT_AGAIN;
		return true;
	}
	if (words_take(words, "reindex"))
		return read_reindex(words, subject);
	if (words_take(words, "create"))
		return read_create(words, subject);
	if (words_take(words, "drop"))
		return read_drop(words, subject);
	return words_take(words, "alter") && read_alter(words, subject);
}

void subject_read(struct subject *subject, const struct postgresql *pg,
	const struct limbeck_statement *statement)
{
	struct words words;

	memset(subject, 0, sizeof(*subject));
	words_init(&words, pg, statement);
	if (!read(&words, subject))
		subject->kind = SUBJECT_UNKNOWN;
}
