/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>
#include <strings.h>

#include "subject.h"

void words_next(struct words *words)
{
	limbeck_host->token(words->lexis, words->text, words->length, &words->position,
		&words->token);
}

void words_init(struct words *words, const struct connection *c,
	const struct limbeck_statement *statement)
{
	static const struct limbeck_lexis standard = LIMBECK_LEXIS_MYSQL;

	*words = (struct words) { .lexis = c->own_lexis ? &c->lexis : &standard,
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

static bool is_sign(const struct words *words, char sign)
{
	return words->token.kind == LIMBECK_TOKEN_OTHER && *words->token.text == sign;
}

bool words_name(const struct words *words, char name[SUBJECT_NAME])
{
	const char *from = words->token.text;
	const char *end = from + words->token.length;
	bool quoted = words->token.kind == LIMBECK_TOKEN_IDENTIFIER;
	size_t length = 0;

	if (!quoted && words->token.kind != LIMBECK_TOKEN_WORD)
		return false;
	for (from += quoted, end -= quoted; from < end; from++) {
		/* A quote within is doubled. */
		if (quoted && *from == *end && from + 1 < end)
			from++;
		if (length + 1 >= SUBJECT_NAME)
			return false;
		name[length++] = *from;
	}
	name[length] = '\0';
	return length > 0;
}

/* name, or schema.name. */
static bool take_name(struct words *words, struct subject *subject)
{
	struct subject_name *to = &subject->names[subject->count];

	if (subject->count == SUBJECT_OBJECTS || !words_name(words, to->name))
		return false;
	to->schema[0] = '\0';
	words_next(words);
	if (is_sign(words, '.')) {
		words_next(words);
		strcpy(to->schema, to->name);
		if (!words_name(words, to->name))
			return false;
		words_next(words);
	}
	subject->count++;
	return true;
}

static void skip_existence(struct words *words)
{
	if (words_take(words, "if")) {
		words_take(words, "not");
		words_take(words, "exists");
	}
}

/* a, b, c; or, with a word between, a TO b, c TO d. */
static bool take_names(struct words *words, struct subject *subject, const char *between)
{
	for (;;) {
		if (!take_name(words, subject))
			return false;
		if (between && words_take(words, between) && !take_name(words, subject))
			return false;
		/* DROP TABLE t WAIT 5 */
		if (!is_sign(words, ','))
			return true;
		words_next(words);
	}
}

/* Where a name comes twice, tables are swapped: each may look as it did. */
static bool has_twice(const struct subject *subject)
{
	size_t i, j;

	for (i = 0; i < subject->count; i++)
		for (j = i + 1; j < subject->count; j++)
			if (strcasecmp(subject->names[i].name, subject->names[j].name) == 0)
				return true;
	return false;
}

static bool read_alter_table(struct words *words, struct subject *subject)
{
	subject->kind = SUBJECT_TABLE;
	words_take(words, "table");
	skip_existence(words);
	if (!take_name(words, subject))
		return false;
	while (words->token.kind != LIMBECK_TOKEN_END) {
		bool renames = words_is(words, "rename");
		bool engine = words_is(words, "engine");

		if (words_is(words, "partition partitions tablespace"))
			subject->hidden = true;
		words_next(words);
		if (engine && is_sign(words, '='))
			words_next(words);
		if (engine && !words_name(words, subject->engine))
			subject->engine[0] = '\0';
		if (renames && !words_is(words, "column index key constraint")) {
			words_take(words, "to as");
			if (!take_name(words, subject))
				return false;
		}
	}
	return !has_twice(subject);
}

static bool read_rename(struct words *words, struct subject *subject)
{
	subject->kind = SUBJECT_EXISTENCE;
	if (!words_take(words, "table tables"))
		return false;
	skip_existence(words);
	return take_names(words, subject, "to") && !has_twice(subject);
}

static const struct kind_word {
	const char *word;
	enum subject_kind kind;
} kind_words[] = {
	{ "table tables sequence", SUBJECT_EXISTENCE }, { "view", SUBJECT_VIEW },
	{ "trigger", SUBJECT_TRIGGER }, { "procedure", SUBJECT_PROCEDURE },
	{ "function", SUBJECT_FUNCTION }, { "event", SUBJECT_EVENT },
	{ "database schema", SUBJECT_DATABASE },
};

/* CREATE INDEX x ON t, DROP INDEX x ON t. */
static bool read_index(struct words *words, struct subject *subject)
{
	char name[SUBJECT_NAME];

	subject->kind = SUBJECT_INDEXES;
	skip_existence(words);
	if (!words_name(words, name))
		return false;
	while (words->token.kind != LIMBECK_TOKEN_END && !words_is(words, "on"))
		words_next(words);
	return words_take(words, "on") && take_name(words, subject);
}

static enum subject_kind kind_of(const struct words *words)
{
	size_t i;

	for (i = 0; i < sizeof(kind_words) / sizeof(kind_words[0]); i++)
		if (words_is(words, kind_words[i].word))
			return kind_words[i].kind;
	return SUBJECT_UNKNOWN;
}

static void read_engine(struct words *words, struct subject *subject)
{
	while (words->token.kind != LIMBECK_TOKEN_END && !words_is(words, "engine"))
		words_next(words);
	if (!words_take(words, "engine"))
		return;
	if (is_sign(words, '='))
		words_next(words);
	if (!words_name(words, subject->engine))
		subject->engine[0] = '\0';
}

/* Words like DEFINER = 'user'@'host' stand before what it is. */
static bool read_object(struct words *words, struct subject *subject, bool drops)
{
	while (words->token.kind != LIMBECK_TOKEN_END && kind_of(words) == SUBJECT_UNKNOWN &&
		!words_is(words, "index user role server tablespace")) {
		if (words_is(words, "temporary"))
			subject->temporary = true;
		words_next(words);
	}
	if (words_take(words, "index"))
		return read_index(words, subject);
	subject->kind = kind_of(words);
	if (subject->kind == SUBJECT_UNKNOWN)
		return false;
	words_next(words);
	skip_existence(words);
	if (drops && (subject->kind == SUBJECT_EXISTENCE || subject->kind == SUBJECT_VIEW))
		return take_names(words, subject, NULL) && !has_twice(subject);
	if (!take_name(words, subject))
		return false;
	if (subject->kind == SUBJECT_EXISTENCE)
		read_engine(words, subject);
	return true;
}

static bool read(struct words *words, struct subject *subject)
{
	if (words_is(words, "analyze optimize check repair flush grant cache unlock")) {
		subject->kind = SUBJECT_AGAIN;
		return true;
	}
	if (words_take(words, "rename"))
		return read_rename(words, subject);
	if (words_take(words, "create"))
		return read_object(words, subject, false);
	if (words_take(words, "drop"))
		return read_object(words, subject, true);
	if (!words_take(words, "alter"))
		return false;
	while (words_take(words, "online ignore"))
		;
	if (words_is(words, "table"))
		return read_alter_table(words, subject);
	return !words_is(words, "sequence") && read_object(words, subject, false);
}

void subject_read(struct subject *subject, const struct connection *c,
	const struct limbeck_statement *statement)
{
	struct words words;

	memset(subject, 0, sizeof(*subject));
	words_init(&words, c, statement);
	if (!read(&words, subject))
		subject->kind = SUBJECT_UNKNOWN;
}
