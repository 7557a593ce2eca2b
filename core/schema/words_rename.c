/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "schema/catalog.h"
#include "schema/words.h"
#include "sql/quote.h"
#include "sql/reserved.h"

struct renamer {
	const struct word_rename *how;
	const char *text;
	size_t done;            /* how far the text is written */
	token_list tokens;
	VEC(size_t) aliases;    /* tokens that are other names of the column's table */
	bool all_quoted;        /* names stand in quotes that need none */
	bool changed;
};

static bool is_plain(const struct word_rename *how, const char *name)
{
	struct strbuf lower = STRBUF_INIT;
	bool plain;

	if (!how->fold || !words_ordinary(name, strlen(name)))
		return reserved_is_plain(name);
	for (; *name; name++)
		strbuf_addch(&lower, *name >= 'A' && *name <= 'Z' ? *name + ('a' - 'A') : *name);
	plain = !strbuf_failed(&lower) && reserved_is_plain(lower.buf);
	strbuf_release(&lower);
	return plain;
}

static const struct token *token_at(const struct renamer *r, size_t i)
{
	static const struct token none = { .kind = TOKEN_END };

	return i < r->tokens.count ? &r->tokens.items[i] : &none;
}

/* The name before the point before token i; NULL: there is no point. One that
 * stands behind no name is an END. */
static const struct token *qualifier(const struct renamer *r, size_t i)
{
	if (!i || !words_is_point(token_at(r, i - 1)))
		return NULL;
	return token_at(r, i >= 2 && words_is_name(token_at(r, i - 2)) ? i - 2 : r->tokens.count);
}

/* Finds `table alias` and `table AS alias`. A keyword that is taken for an alias
 * does no harm: no point follows it. */
static bool find_aliases(struct renamer *r)
{
	for (size_t i = 0; i < r->tokens.count; i++) {
		size_t next = i + 1;

		if (!words_match(token_at(r, i), r->how->table, r->how->fold))
			continue;
		if (token_is(token_at(r, next), "AS"))
			next++;
		if (words_is_name(token_at(r, next)) && !vec_push(&r->aliases, next))
			return false;
	}
	return true;
}

static bool same_name(const struct renamer *r, const struct token *a, const struct token *b)
{
	struct strbuf name = STRBUF_INIT;
	bool same;

	words_name(&name, b);
	same = !strbuf_failed(&name) && words_match(a, name.buf, r->how->fold);
	strbuf_release(&name);
	return same;
}

static bool is_of_table(const struct renamer *r, const struct token *name)
{
	if (words_match(name, r->how->table, r->how->fold) || token_is(name, "EXCLUDED"))
		return true;
	if (r->how->row && (token_is(name, "NEW") || token_is(name, "OLD")))
		return true;
	for (size_t i = 0; i < r->aliases.count; i++)
		if (same_name(r, name, token_at(r, r->aliases.items[i])))
			return true;
	return false;
}

/* A name behind AS is another one; one before a point or a parenthesis is no
 * column's. */
static bool is_column(const struct renamer *r, size_t i)
{
	const struct token *of = qualifier(r, i), *next = token_at(r, i + 1);

	if (words_is_point(next) || (next->kind == TOKEN_OPEN && token_at(r, i)->kind == TOKEN_WORD))
		return false;
	if (of)
		return of->kind != TOKEN_END && is_of_table(r, of);
	return !i || !token_is(token_at(r, i - 1), "AS");
}

static bool is_cast(const struct renamer *r, size_t i)
{
	const struct token *before = i ? token_at(r, i - 1) : NULL;

	return before && before->length == 2 && memcmp(before->text, "::", 2) == 0;
}

static bool is_meant(const struct renamer *r, size_t i)
{
	const struct token *of = qualifier(r, i), *next = token_at(r, i + 1);

	if (!words_match(token_at(r, i), r->how->from, r->how->fold))
		return false;
	switch (r->how->kind) {
	case WORD_COLUMN:
		return is_column(r, i);
	case WORD_SCHEMA:
		return !of && words_is_point(next);
	case WORD_CALL:
		if (next->kind != TOKEN_OPEN)
			return false;
		break;
	case WORD_TYPE:
		if (!is_cast(r, of && of->kind != TOKEN_END ? i - 2 : i))
			return false;
		break;
	case WORD_NAME:
		break;
	case WORD_ANY:
		return true;
	}
	return !of || (of->kind != TOKEN_END && r->how->schema &&
		words_match(of, r->how->schema, r->how->fold));
}

/* Quotes stay where the engine or somebody put them without need. */
static void add_name(struct renamer *r, struct strbuf *out, const struct token *old)
{
	const char *to = r->how->to;
	struct limbeck_lexis lexis = *r->how->lexis;
	char close = old->text[old->length - 1];
	bool quoted = old->kind == TOKEN_IDENTIFIER;

	if (is_plain(r->how, to) && !(quoted && (r->all_quoted || is_plain(r->how, r->how->from)))) {
		strbuf_addstr(out, to);
		return;
	}
	for (const char *pair = lexis.identifier_quotes; quoted && pair[0] && pair[1]; pair += 2)
		if (pair[1] == close && !(close == ']' && strchr(to, ']'))) {
			lexis.identifier_quotes = pair;
			break;
		}
	quote_identifier(out, &lexis, to);
}

/* Whether what stands at a place is a quote, which a name must not touch that may be
 * quoted, or taken for the prefix of a string. */
static bool is_quote(const char *at)
{
	return *at && strchr("'\"`", *at);
}

static void replace(struct renamer *r, struct strbuf *out, size_t i)
{
	const struct token *old = token_at(r, i), *of = qualifier(r, i);
	const char *schema = r->how->to_schema;
	size_t start = old->offset, end = old->offset + old->length;

	if (schema && of && of->kind != TOKEN_END && of->offset >= r->done)
		start = of->offset;
	strbuf_add(out, r->text + r->done, start - r->done);
	if (out->len && is_quote(out->buf + out->len - 1))
		strbuf_addch(out, ' ');
	if (schema && *schema) {
		if (is_plain(r->how, schema))
			strbuf_addstr(out, schema);
		else
			quote_identifier(out, r->how->lexis, schema);
		strbuf_addch(out, '.');
	}
	add_name(r, out, old);
	if (i + 1 < r->tokens.count && token_at(r, i + 1)->offset == end && is_quote(r->text + end))
		strbuf_addch(out, ' ');
	r->done = end;
	r->changed = true;
}

static bool rename_in(struct strbuf *out, const struct word_rename *how, const char *text,
	size_t length);

/* A string that is nothing but the name: 'name', 'schema.name'. */
static void replace_in_string(struct renamer *r, struct strbuf *out, size_t i)
{
	const struct token *string = token_at(r, i);
	struct word_rename inner = *r->how;
	struct strbuf content = STRBUF_INIT;
	token_list tokens = VEC_INIT;
	bool name;

	if (string->length < 3 || string->text[0] != '\'')
		return;
	inner.strings = false;
	if (!words_read(&tokens, r->how->lexis, string->text + 1, string->length - 2))
		out->failed = true;
	name = (tokens.count == 1 || tokens.count == 3) &&
		words_is_name(&tokens.items[tokens.count - 1]) &&
		(tokens.count == 1 || words_is_point(&tokens.items[1]));
	if (name && rename_in(&content, &inner, string->text + 1, string->length - 2)) {
		strbuf_add(out, r->text + r->done, string->offset - r->done);
		quote_literal_n(out, r->how->lexis, content.buf, content.len);
		r->done = string->offset + string->length;
		r->changed = true;
	}
	out->failed |= content.failed;
	vec_release(&tokens);
	strbuf_release(&content);
}

static bool is_quoted_plain(const struct renamer *r, const struct token *token)
{
	struct strbuf name = STRBUF_INIT;
	bool plain = false;

	if (token->kind == TOKEN_IDENTIFIER) {
		words_name(&name, token);
		plain = !strbuf_failed(&name) && is_plain(r->how, name.buf);
	}
	strbuf_release(&name);
	return plain;
}

static bool mentions(const token_list *tokens, const struct word_rename *how)
{
	for (size_t i = 0; i < tokens->count; i++)
		if (words_match(&tokens->items[i], how->from, how->fold) ||
			(how->strings && tokens->items[i].kind == TOKEN_STRING))
			return true;
	return false;
}

static bool rename_in(struct strbuf *out, const struct word_rename *how, const char *text,
	size_t length)
{
	struct renamer r = { .how = how, .text = text, .tokens = VEC_INIT, .aliases = VEC_INIT };

	if (!words_read(&r.tokens, how->lexis, text, length)) {
		out->failed = true;
		goto out;
	}
	if (!mentions(&r.tokens, how))
		goto out;
	if (how->kind == WORD_COLUMN && !find_aliases(&r))
		out->failed = true;
	for (size_t i = 0; i < r.tokens.count && !r.all_quoted; i++)
		r.all_quoted = is_quoted_plain(&r, token_at(&r, i));
	for (size_t i = 0; i < r.tokens.count; i++) {
		if (is_meant(&r, i))
			replace(&r, out, i);
		else if (how->strings && token_at(&r, i)->kind == TOKEN_STRING)
			replace_in_string(&r, out, i);
		if (r.changed && how->first)
			break;
	}
out:
	strbuf_add(out, text + r.done, length - r.done);
	vec_release(&r.tokens);
	vec_release(&r.aliases);
	return r.changed;
}

bool words_rename(struct strbuf *out, const struct word_rename *how, const char *text)
{
	return rename_in(out, how, text, strlen(text));
}

void text_rename(struct strbuf *out, const struct limbeck_lexis *lexis, const char *text,
	const char *table, const char *from, const char *to)
{
	struct word_rename how = { .lexis = lexis, .fold = true, .from = from, .to = to,
		.kind = table ? WORD_COLUMN : WORD_ANY, .table = table };

	words_rename(out, &how, text);
}

int words_mention(const struct limbeck_lexis *lexis, const char *text, const char *name, bool fold)
{
	token_list tokens = VEC_INIT;
	int found = words_read(&tokens, lexis, text, strlen(text)) ? 0 : -1;

	for (size_t i = 0; i < tokens.count && !found; i++)
		found = words_match(&tokens.items[i], name, fold);
	vec_release(&tokens);
	return found;
}

bool text_mentions(const struct limbeck_lexis *lexis, const char *text, const char *name)
{
	return words_mention(lexis, text, name, true) != 0;
}
