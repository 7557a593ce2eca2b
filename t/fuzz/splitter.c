/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The scanner and the splitter, in every dialect. What comes out does not depend on
 * how the text is read; it stands in the text where it says; and the statements,
 * joined by semicolons, are split into the same ones again.
 */
#include <string.h>

#include "base/vec.h"
#include "fuzz.h"
#include "sql/splitter.h"

struct text {
	const char *at;
	size_t left;
	size_t step;        /* how much is read at once */
};

struct piece {
	struct split_item item;
};

struct split {
	VEC(struct piece) pieces;
	struct limbeck_error err;
	bool failed;
};

static int read_step(void *data, struct strbuf *out, size_t limit, bool *end,
	struct limbeck_error *err)
{
	struct text *text = data;

	(void)err;
	limit = limit < text->step ? limit : text->step;
	limit = limit < text->left ? limit : text->left;
	strbuf_add(out, text->at, limit);
	text->at += limit;
	text->left -= limit;
	*end = text->left == 0;
	return 0;
}

static void split_text(struct arena *arena, struct split *split, const struct limbeck_lexis *lexis,
	const char *text, size_t length, size_t step)
{
	struct text source = { text, length, step };
	struct splitter splitter;
	struct piece piece;

	memset(split, 0, sizeof *split);
	split->err = (struct limbeck_error)LIMBECK_ERROR_INIT;
	splitter_init(&splitter, lexis, "f.sql", read_step, &source);
	do {
		split->failed = splitter_next(&splitter, &piece.item, &split->err) < 0;
		if (split->failed || piece.item.kind == SPLIT_END)
			break;
		piece.item.text = arena_strndup(arena, piece.item.text, piece.item.length);
		fuzz_must(piece.item.text && vec_push_arena(&split->pieces, piece, arena),
			"there is memory");
	} while (true);
	splitter_release(&splitter);
}

static void compare_items(const struct split_item *a, const struct split_item *b)
{
	fuzz_must(a->kind == b->kind, "items are of the same kind");
	fuzz_must(a->length == strlen(a->text), "a text has no zero byte");
	fuzz_same(a->text, b->text, "texts are the same");
	fuzz_must(a->transaction == b->transaction, "items mean the same");
}

static void compare_places(const struct split_item *a, const struct split_item *b)
{
	fuzz_must(a->offset == b->offset && a->line == b->line && a->column == b->column,
		"places are the same");
	fuzz_must(a->closed == b->closed, "ends are the same");
}

static void check_steps(const struct split *all, const struct split *some)
{
	fuzz_must(all->failed == some->failed && all->pieces.count == some->pieces.count,
		"what is split does not depend on how it is read");
	for (size_t i = 0; i < all->pieces.count; i++) {
		compare_items(&all->pieces.items[i].item, &some->pieces.items[i].item);
		compare_places(&all->pieces.items[i].item, &some->pieces.items[i].item);
	}
	fuzz_must(all->err.line == some->err.line && all->err.column == some->err.column,
		"the place of an error does not depend on how it is read");
	fuzz_same(all->err.message, some->err.message, "nor does its message");
}

static void check_places(const struct split *split, const char *text, size_t length)
{
	size_t at = 0;
	unsigned line = 1;

	for (size_t i = 0; i < split->pieces.count; i++) {
		const struct split_item *item = &split->pieces.items[i].item;

		fuzz_must(item->offset >= at && item->offset + item->length <= length,
			"items come in order");
		fuzz_must(item->length > 0, "an item has a text");
		for (; at < item->offset; at++)
			line += text[at] == '\n';
		fuzz_must(line == item->line, "the line is right");
		fuzz_must(memcmp(text + at, item->text, item->length) == 0,
			"an item stands where it says");
	}
}

static bool has_word(const char *text, size_t length, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= length; i++)
		if (strncasecmp(text + i, word, n) == 0)
			return true;
	return false;
}

static void check_joined(struct arena *arena, const struct limbeck_lexis *lexis,
	const struct split *split)
{
	struct strbuf joined = STRBUF_INIT;
	struct split again;
	size_t count = 0;

	/* A first word on its line may be the client's, so none is. */
	for (size_t i = 0; i < split->pieces.count; i++) {
		const struct split_item *item = &split->pieces.items[i].item;

		if (item->kind != SPLIT_STATEMENT)
			continue;
		strbuf_addstr(&joined, ";");
		strbuf_add(&joined, item->text, item->length);
	}
	strbuf_addstr(&joined, ";");
	split_text(arena, &again, lexis, joined.buf, joined.len, joined.len + 1);
	fuzz_must(!again.failed, "statements can be joined again");
	for (size_t i = 0; i < split->pieces.count; i++) {
		if (split->pieces.items[i].item.kind != SPLIT_STATEMENT)
			continue;
		fuzz_must(count < again.pieces.count, "there are as many statements");
		compare_items(&split->pieces.items[i].item, &again.pieces.items[count++].item);
	}
	fuzz_must(count == again.pieces.count, "there are no more statements");
	strbuf_release(&joined);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz input = { data, size };
	struct arena arena = ARENA_INIT;
	const struct limbeck_lexis *lexis = fuzz_lexis(&input);
	size_t step = fuzz_byte(&input) % 61 + 1, length;
	const char *text = fuzz_rest(&input, &arena, &length);
	struct split all, some;

	split_text(&arena, &all, lexis, text, length, length + 1);
	split_text(&arena, &some, lexis, text, length, step);
	check_steps(&all, &some);
	check_places(&all, text, length);
	if (all.failed)
		fuzz_failed(&all.err);
	else if (!(lexis->flags & LIMBECK_LEX_DELIMITER) || !has_word(text, length, "delimiter"))
		check_joined(&arena, lexis, &all);
	limbeck_error_release(&some.err);
	arena_release(&arena);
	return 0;
}
