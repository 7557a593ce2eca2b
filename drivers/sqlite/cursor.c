/* SPDX-License-Identifier: BSD-2-Clause */
/* A walk over the tokens of a definition. */
#include "schema.h"

#include <string.h>

static const struct limbeck_lexis lexis = LIMBECK_LEXIS_SQLITE;

struct block {
	struct block *next;
	char *text;
};

char *pool_take(struct pool *pool, char *text)
{
	struct block *block = text ? sqlite3_malloc64(sizeof *block) : NULL;

	if (!block) {
		sqlite3_free(text);
		pool->failed = true;
		return NULL;
	}
	*block = (struct block){ .next = pool->blocks, .text = text };
	pool->blocks = block;
	return text;
}

char *pool_copy(struct pool *pool, const char *text, size_t length)
{
	char *copy = sqlite3_malloc64(length + 1);

	if (copy) {
		memcpy(copy, text, length);
		copy[length] = '\0';
	}
	return pool_take(pool, copy);
}

void pool_release(struct pool *pool)
{
	while (pool->blocks) {
		struct block *block = pool->blocks;

		pool->blocks = block->next;
		sqlite3_free(block->text);
		sqlite3_free(block);
	}
}

void cursor_init(struct cursor *cursor, const char *text, size_t length)
{
	*cursor = (struct cursor){ .text = text, .length = length };
	cursor_next(cursor);
}

void cursor_next(struct cursor *cursor)
{
	if (cursor->token.text)
		cursor->end = (size_t)(cursor->token.text - cursor->text) + cursor->token.length;
	limbeck_host->token(&lexis, cursor->text, cursor->length, &cursor->position,
		&cursor->token);
}

bool cursor_at_end(const struct cursor *cursor)
{
	return cursor->token.kind == LIMBECK_TOKEN_END;
}

bool token_is(const struct limbeck_token *token, const char *word)
{
	return token->kind == LIMBECK_TOKEN_WORD && token->length == strlen(word) &&
		sqlite3_strnicmp(token->text, word, (int)token->length) == 0;
}

bool cursor_at_word(const struct cursor *cursor, const char *word)
{
	return token_is(&cursor->token, word);
}

bool cursor_at(const struct cursor *cursor, char c)
{
	return cursor->token.kind == LIMBECK_TOKEN_OTHER && cursor->token.length == 1 &&
		cursor->token.text[0] == c;
}

bool cursor_at_name(const struct cursor *cursor)
{
	return cursor->token.kind == LIMBECK_TOKEN_WORD ||
		cursor->token.kind == LIMBECK_TOKEN_IDENTIFIER ||
		cursor->token.kind == LIMBECK_TOKEN_STRING;
}

bool cursor_take_word(struct cursor *cursor, const char *word)
{
	bool is = cursor_at_word(cursor, word);

	if (is)
		cursor_next(cursor);
	return is;
}

bool cursor_take(struct cursor *cursor, char c)
{
	bool is = cursor_at(cursor, c);

	if (is)
		cursor_next(cursor);
	return is;
}

char *token_name(const struct limbeck_token *token, struct pool *pool)
{
	char *name = pool_copy(pool, token->text, token->length), *out = name;
	char quote = token->text[0];

	if (!name || token->kind == LIMBECK_TOKEN_WORD || token->length < 2)
		return name;
	for (size_t i = 1; i + 1 < token->length; i++) {
		*out++ = token->text[i];
		if (token->text[i] == quote && quote != '[' && token->text[i + 1] == quote)
			i++;
	}
	*out = '\0';
	return name;
}

const char *cursor_take_name(struct cursor *cursor, struct pool *pool)
{
	const char *name;

	if (!cursor_at_name(cursor))
		return NULL;
	name = token_name(&cursor->token, pool);
	cursor_next(cursor);
	return name;
}

bool cursor_take_parens(struct cursor *cursor, const char **text, size_t *length)
{
	size_t depth = 1;

	if (!cursor_take(cursor, '('))
		return false;
	*text = cursor->token.text;
	for (;; cursor_next(cursor)) {
		if (cursor_at_end(cursor))
			return false;
		if (cursor_at(cursor, '('))
			depth++;
		else if (cursor_at(cursor, ')') && --depth == 0)
			break;
	}
	*length = *text < cursor->token.text ?
		(size_t)(cursor->text + cursor->end - *text) : 0;
	cursor_next(cursor);
	return true;
}

size_t cursor_offset(const struct cursor *cursor)
{
	return cursor_at_end(cursor) ? cursor->length :
		(size_t)(cursor->token.text - cursor->text);
}

void text_strip(const char **text, size_t *length)
{
	struct cursor cursor;
	const char *inner;
	size_t inner_length;

	for (;;) {
		cursor_init(&cursor, *text, *length);
		if (!cursor_take_parens(&cursor, &inner, &inner_length) || !cursor_at_end(&cursor))
			return;
		*text = inner;
		*length = inner_length;
	}
}

bool text_has_name(const char *text, const char *name)
{
	struct cursor cursor;
	struct pool pool = { 0 };
	bool found = false;

	if (!text)
		return false;
	cursor_init(&cursor, text, strlen(text));
	while (!found && !cursor_at_end(&cursor)) {
		const char *word = cursor.token.kind == LIMBECK_TOKEN_WORD ||
			cursor.token.kind == LIMBECK_TOKEN_IDENTIFIER ?
			token_name(&cursor.token, &pool) : NULL;

		found = word && sqlite3_stricmp(word, name) == 0;
		pool_release(&pool);
		cursor_next(&cursor);
	}
	return found;
}

/* Upper case too: SQLite compares names without regard to case. */
static bool is_plain(const char *name)
{
	size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_");

	return length > 0 && !name[length] && (name[0] < '0' || name[0] > '9') &&
		!sqlite3_keyword_check(name, (int)length);
}

char *name_written(struct pool *pool, const char *name)
{
	if (is_plain(name))
		return pool_copy(pool, name, strlen(name));
	return pool_take(pool, sqlite3_mprintf("\"%w\"", name));
}
