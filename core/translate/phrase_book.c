/* SPDX-License-Identifier: BSD-2-Clause */
/* Phrasebooks: tables made ready for use. */
#include "translate/phrase_int.h"

#include <ctype.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"

/* How a pattern or a replacement is read. */
struct reading {
	const struct limbeck_lexis *lexis;
	const char *dialect;
	const struct operators *operators;
};

static const char *lowered(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text);

	for (char *c = copy; c && *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return copy;
}

const char *phrase_key(struct arena *arena, const struct ddl_expr *expr)
{
	if (expr->kind == EXPR_CALL)
		return lowered(arena, expr->call->name.last->name);
	if (expr->kind == EXPR_COLUMN)
		return arena_printf(arena, "%d %s", (int)expr->kind, expr->name->last->name);
	return arena_printf(arena, "%d %s", (int)expr->kind, expr->word ? expr->word : "");
}

/* What no dialect has, in words that each can read: $$ as $0, $1::class as a call. */
static const char *readable(struct arena *arena, const char *text)
{
	struct strbuf out = STRBUF_INIT;
	const char *copy = NULL;

	while (*text) {
		size_t length = text[0] == '$' && isdigit((unsigned char)text[1])
			&& text[2] == ':' && text[3] == ':' ? strspn(text + 4,
			"abcdefghijklmnopqrstuvwxyz") : 0;

		if (length > 0) {
			strbuf_addf(&out, PHRASE_CLASS "(%.2s, %.*s)", text, (int)length, text + 4);
			text += 4 + length;
		} else if (text[0] == '$' && text[1] == '$') {
			strbuf_addstr(&out, "$0");
			text += 2;
		} else {
			strbuf_addch(&out, *text++);
		}
	}
	if (!strbuf_failed(&out))
		copy = arena_strdup(arena, out.buf);
	strbuf_release(&out);
	return copy;
}

static int read_expr(struct phrasebook *book, const struct reading *reading, const char *text,
	const struct ddl_expr **out, struct limbeck_error *err)
{
	const struct ddl_place place = { "a table of phrases", 1, 1 };
	const char *copy = readable(&book->arena, text);
	struct ddl_expr *expr;
	struct parser p;

	if (!copy || parser_init(&p, &book->arena, reading->lexis, reading->dialect, copy,
		strlen(copy), &place, err))
		return copy ? -1 : error_nomem(err);
	p.operators = reading->operators;
	p.values_call = true;
	if (expr_parse(&p, &expr, err) || (!parser_ended(&p) && parser_fail(&p, NULL, err))) {
		error_detail(err, "The phrase is: %s", text);
		return -1;
	}
	*out = expr;
	return 0;
}

static bool add(struct phrasebook *book, struct ready_phrase *phrase)
{
	const char *key = phrase_key(&book->arena, phrase->from);
	struct ready_phrase *first = key ? map_get(&book->phrases, key) : NULL;

	if (!first)
		return key && map_put(&book->phrases, key, phrase);
	while (first->next)
		first = first->next;
	first->next = phrase;
	return true;
}

static int read_phrases(struct phrasebook *book, const struct limbeck_phrase *phrases,
	const struct reading *from, const struct reading *to, struct limbeck_error *err)
{
	for (; phrases && phrases->from; phrases++) {
		struct ready_phrase *phrase = arena_alloc(&book->arena, sizeof *phrase);

		if (!phrase)
			return error_nomem(err);
		if (read_expr(book, from, phrases->from, &phrase->from, err)
			|| (phrases->to && read_expr(book, to, phrases->to, &phrase->to, err)))
			return -1;
		if (!add(book, phrase))
			return error_nomem(err);
	}
	return 0;
}

static int read_functions(struct phrasebook *book, const char *functions,
	struct limbeck_error *err)
{
	const char *at = functions ? functions : "";

	for (at += strspn(at, " \n"); *at; at += strspn(at, " \n")) {
		size_t length = strcspn(at, " \n");
		char *name = arena_strndup(&book->arena, at, length);

		if (!name || !map_put(&book->functions, name, name))
			return error_nomem(err);
		at += length;
	}
	book->common = map_get(&book->functions, "*") != NULL;
	return 0;
}

static int read_inward(struct phrasebook *book, struct limbeck_error *err)
{
	const struct reading home = { dialect_lexis(book->dialect), book->dialect, NULL };
	const struct reading common = { dialect_lexis(LIMBECK_COMMON_DIALECT),
		LIMBECK_COMMON_DIALECT, NULL };

	book->home = home_phrases(book->dialect);
	if (!book->home || !home.lexis)
		return error_set(err, LIMBECK_E_UNSUPPORTED,
			"statements of the dialect \"%s\" can't be translated", book->dialect);
	book->lexis = common.lexis;
	book->operators = dialect_operators(LIMBECK_COMMON_DIALECT);
	book->types = book->home->types;
	return read_phrases(book, book->home->expressions, &home, &common, err);
}

static int read_outward(struct phrasebook *book, const struct limbeck_lexis *lexis,
	struct limbeck_error *err)
{
	struct operators *operators = arena_alloc(&book->arena, sizeof *operators);
	const struct reading common = { dialect_lexis(LIMBECK_COMMON_DIALECT),
		LIMBECK_COMMON_DIALECT, NULL };
	const struct reading engine = { lexis, NULL, operators };

	if (!operators)
		return error_nomem(err);
	operators_init(operators, book->translation->operators);
	book->dialect = LIMBECK_COMMON_DIALECT;
	book->home = home_phrases(LIMBECK_COMMON_DIALECT);
	book->lexis = lexis;
	book->operators = book->translation->operators;
	book->types = book->translation->types;
	book->cast_types = book->translation->cast_types;
	if (read_functions(book, book->translation->functions, err))
		return -1;
	return read_phrases(book, book->translation->expressions, &common, &engine, err);
}

int phrasebook_new(const struct phrase_options *options, struct phrasebook **out,
	struct limbeck_error *err)
{
	struct phrasebook *book = mem_alloc(sizeof *book);
	const struct phrase_options inward = { PHRASE_INWARD, options->dialect, NULL, NULL };
	int result;

	if (!book)
		return error_nomem(err);
	book->way = options->way;
	book->dialect = options->dialect;
	book->translation = options->translation;
	if (options->way == PHRASE_INWARD)
		result = read_inward(book, err);
	else
		result = read_outward(book, options->lexis, err);
	if (result == 0 && options->way == PHRASE_ACROSS
		&& strcmp(options->dialect, LIMBECK_COMMON_DIALECT) != 0)
		result = phrasebook_new(&inward, &book->inward, err);
	if (result) {
		phrasebook_free(book);
		return -1;
	}
	*out = book;
	return 0;
}

void phrasebook_free(struct phrasebook *book)
{
	if (!book)
		return;
	phrasebook_free(book->inward);
	map_release(&book->phrases);
	map_release(&book->functions);
	arena_release(&book->arena);
	mem_free(book);
}
